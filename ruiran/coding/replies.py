"""Who has accused whom so far in an article, so that an answer finds whom it is for."""
from dataclasses import dataclass

from ..records import countries


@dataclass(frozen=True)
class Told:
    """The reproaches, bans and threats of one article so far, each (by, to) as countries, in order; `pair` and `silent`
    (who answers nobody) are countries too."""

    pair: tuple
    silent: frozenset
    accusers: tuple = ()

    def with_act(self, e):
        """What is told after one more event."""
        source, target = (tuple(countries(filter(None, cell.split(";")))) for cell in (e.source, e.target))
        accuses = e.event in ("ACCUSE", "SANCTION", "THREATEN") or e.event == "REQUEST" and not set(source) & set(
            self.pair)
        return Told(self.pair, self.silent, (*self.accusers, (source, target))) if accuses else self

    def last_accuser(self, own):
        """The last one who accused one of `own`, or the third party that accused its partner; [] for none."""
        own, pair = set(own), set(self.pair)
        for by, against in reversed(self.accusers):
            charged = set(against) & own or set(against) & pair and not set(by) & pair
            if charged and not own & set(by) and not set(by) & self.silent:
                return list(by)
        return []

    def sanctioner(self, own):
        """The third party that has accused one of `own` last; [] where none has."""
        own, pair = set(own), set(self.pair)
        return next((list(by) for by, to in reversed(self.accusers) if set(to) & own and not set(by) & pair), [])
