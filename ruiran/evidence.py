"""Clues on a day as sets of days: what each allows, and what is left when all are taken together."""
from dataclasses import dataclass, field
from datetime import date

FIRST, LAST = date(1985, 1, 1), date(2049, 12, 31)
UNIVERSE = frozenset(range(FIRST.toordinal(), LAST.toordinal() + 1))


@dataclass
class Clue:
    """A piece of evidence: its kind, its words, the days that it allows (ordinals); `about`: anchor or published."""

    kind: str
    line: int | None
    start: int | None
    end: int | None
    text: str
    allows: str
    days: frozenset = field(repr=False)
    basis: str = "text"
    about: str = "anchor"


def bounded(found):
    """True where the days left are less than a quarter of all."""
    return len(found) < len(UNIVERSE) / 4


def one_day(found):
    """The one day left as ISO text, '' where several are."""
    return str(date.fromordinal(min(found))) if len(found) == 1 else ""


def interval(found):
    """(first, last) day left as dates, None where open."""
    first, last = date.fromordinal(min(found)), date.fromordinal(max(found))
    return (None if first == FIRST else first, None if last == LAST else last)


def span(found, name):
    """The days left as columns `name`, `name`_from and `name`_to, '' where open."""
    first, last = interval(found)
    return {name: one_day(found), f"{name}_from": str(first or ""), f"{name}_to": str(last or "")}


def intersect(clues, kinds):
    """The days that are left, strongest clues first; a clue that would leave none is shown and not used."""
    left, rows = UNIVERSE, []
    for clue in clues:
        both = left & clue.days
        used = bool(both) and kinds[clue.kind].used == "yes"
        left = both if used else left
        first, last = interval(left)
        rows.append({"clue": clue.kind, "line": clue.line, "start": clue.start, "end": clue.end, "text": clue.text,
                     "allows": clue.allows, "days_left": len(left) if first and last else None, "used": used,
                     "basis": clue.basis})
    return left, rows


def ordinals(first, last):
    """Every day from first to last (None = open)."""
    return frozenset(range((first or FIRST).toordinal(), (last or LAST).toordinal() + 1)) & UNIVERSE
