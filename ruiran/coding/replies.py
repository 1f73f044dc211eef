"""Who has accused, asked and offered what so far in an article, so that an answer finds whom it is for."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """The reproaches, bans and threats of one article so far, and its promises, offers and requests: each (by, to) as
    countries, in order; `pair` and `silent` (who answers nobody) are countries too."""

    pair: tuple
    silent: frozenset
    accusers: tuple = ()
    offers: tuple = ()

    def with_act(self, e):
        """What is told after one more event."""
        source, target = (tuple(dict.fromkeys(c.split(":")[0] for c in cell.split(";") if c)) for cell in (
            e.source, e.target))
        told = ((source, target),)
        accuses = e.event in ("ACCUSE", "SANCTION", "THREATEN") or e.event == "REQUEST" and not set(source) & set(
            self.pair)
        offers = e.event in ("AGREE", "REQUEST") and target
        return Told(self.pair, self.silent, self.accusers + told * bool(accuses), self.offers + told * bool(offers))

    def last_accuser(self, own):
        """The last one who accused one of `own`, or the third party that accused its partner; [] for none."""
        own, pair = set(own), set(self.pair)
        for by, against in reversed(self.accusers):
            charged = set(against) & own or set(against) & pair and not set(by) & pair
            if charged and not own & set(by) and not set(by) & self.silent:
                return list(by)
        return []

    def last_offer(self, own):
        """Who has offered one of `own` something, or asked it for something, last; [] for nobody."""
        own = set(own)
        return next((list(by) for by, to in reversed(self.offers) if own & set(to) and not own & set(by)), [])

    def last_charged(self):
        """The member of the pair that was accused or punished last: whom 'Britain followed suit' means; []."""
        met = self.accusers[-1][1] if self.accusers else ()
        return list(met) if set(met) & set(self.pair) else []

    def sanctioner(self, own):
        """The third party that has accused one of `own` last; [] where none has."""
        own, pair = set(own), set(self.pair)
        return next((list(by) for by, to in reversed(self.accusers) if set(to) & own and not set(by) & pair), [])
