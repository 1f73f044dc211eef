"""Who has accused, asked and offered what so far in an article, so that an answer finds whom it is for."""


class Replies:
    """What one article has told so far of reproaches, appeals and offers; `pair` and `silent` are country codes."""

    def __init__(self, pair, silent):
        self.pair, self.silent = pair, silent
        self.accusers = []  # (by, against) of reproaches, bans and threats, in order
        self.offers = []    # (by, to) of promises, offers and requests, in order

    def note(self, event, source, target):
        """Remembers one event by the countries of its sides."""
        third = not set(source) & set(self.pair)
        if event in ("ACCUSE", "SANCTION", "THREATEN") or event == "REQUEST" and third:
            self.accusers.append((source, target))
        if event in ("AGREE", "REQUEST") and target:
            self.offers.append((source, target))

    def last_accuser(self, own):
        """The last one who accused one of `own`, or the third party that accused its partner; [] for none."""
        own = set(own)
        for by, against in reversed(self.accusers):
            charged = set(against) & own or set(against) & set(self.pair) and not set(by) & set(self.pair)
            if charged and not own & set(by) and not set(by) & self.silent:
                return list(by)
        return []

    def last_offer(self, own):
        """Who has offered one of `own` something, or asked it for something, last; [] for nobody."""
        own = set(own)
        return next((list(by) for by, to in reversed(self.offers) if own & set(to) and not own & set(by)), [])

    def last_charged(self):
        """The member of the pair that was accused or punished last: whom 'Britain followed suit' means; []."""
        met = self.accusers[-1][1] if self.accusers else []
        return list(met) if set(met) & set(self.pair) else []

    def sanctioner(self, own):
        """The third party that has accused one of `own` last; [] where none has."""
        own, pair = set(own), set(self.pair)
        return next((by for by, against in reversed(self.accusers) if set(against) & own and not set(by) & pair), [])
