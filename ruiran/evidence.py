"""Clues on a day as sets of days: what each allows, and what is left when all are taken together."""
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

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


def latest_act(clues):
    """Beside a date line without a year: who prints no year writes within a year of the latest act that is dated."""
    dated = [c for c in clues if c.kind in ("act-in-text", "known-act")]
    if dated and any(c.kind == "dateline-open" for c in clues):
        last = max(dated, key=lambda c: (min(c.days), c.start or 0))
        first = date.fromordinal(min(last.days))
        end = date(first.year + 1, 12, 31) if last.text.strip().isdigit() else first + timedelta(days=365)
        yield Clue("latest-act", last.line, last.start, last.end, last.text, f"{first} to {end}", ordinals(first, end))


def written_before(clues):
    """Where a dateline without a year lies a day or two before the paper's own day: written on the one, published on
    the other, as 'MOSCOW, Feb. 22' in a paper of February 23."""
    paper = {d for c in clues if c.kind == "dateline" and len(c.days) == 1 for d in c.days}
    wired = [c for c in clues if c.kind == "dateline-open"]
    if len(paper) != 1 or not wired:
        return clues
    day = paper.pop()
    before = {d for c in wired for d in c.days if 0 < day - d <= 2}
    if not before:
        return clues
    return [replace(c, about="published") if c.kind == "dateline" else
            replace(c, days=c.days & before, allows="the day before the paper's") if c in wired else c for c in clues]
