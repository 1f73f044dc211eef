"""Clues on a day as sets of days: what each allows, and what is left when all are taken together.

A set of days is a whole number with a bit for each day from FIRST on: `&`, `|` and bit_count() work on it, and all 65
years take three kilobytes.
"""
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_

from ..records import Clue

FIRST, LAST = date(1985, 1, 1), date(2049, 12, 31)
UNIVERSE = (1 << (LAST - FIRST).days + 1) - 1


def days_from(first, last):
    """The set of days from first to last (dates; None = open), as far as they lie between FIRST and LAST."""
    low, high = max(first or FIRST, FIRST), min(last or LAST, LAST)
    return (1 << (high - low).days + 1) - 1 << (low - FIRST).days if low <= high else 0


def any_of(sets):
    """The set of the days that one of the sets has."""
    return reduce(or_, sets, 0)


def days_of(dates):
    """The set of the days given."""
    return any_of(days_from(day, day) for day in dates)


def first_of(found):
    """The first day of a set."""
    return FIRST + timedelta(days=(found & -found).bit_length() - 1)


@lru_cache(maxsize=7)
def on_weekday(n):
    """The set of all Mondays (0), Tuesdays (1), ..., Sundays (6)."""
    return days_of(FIRST + timedelta(days=d) for d in range((n - FIRST.weekday()) % 7, (LAST - FIRST).days + 1, 7))


def bounded(found):
    """True where the days left are less than a quarter of all."""
    return found.bit_count() < UNIVERSE.bit_count() / 4


def one_day(found):
    """The one day left as ISO text, '' where several are."""
    return str(first_of(found)) if found.bit_count() == 1 else ""


def interval(found):
    """(first, last) day left as dates, None where open."""
    first, last = first_of(found), FIRST + timedelta(days=found.bit_length() - 1)
    return (None if first == FIRST else first, None if last == LAST else last)


def intersect(clues, kinds):
    """(the days that are left, the clues with how many each left), strongest first; a clue that would leave none is
    shown and not used."""
    left, weighed = UNIVERSE, []
    for clue in clues:
        used = bool(left & clue.days) and kinds[clue.kind].used == "yes"
        left = left & clue.days if used else left
        weighed.append(replace(clue, days_left=left.bit_count() if all(interval(left)) else None, used=used))
    return left, weighed


def latest_act(clues):
    """Beside a date line without a year: who prints no year writes within a year of the latest act that is dated."""
    dated = [c for c in clues if c.kind in ("act-in-text", "known-act") and c.days]
    if dated and any(c.kind == "dateline-open" for c in clues):
        last = max(dated, key=lambda c: (first_of(c.days), c.start))
        first = first_of(last.days)
        end = date(first.year + 1, 12, 31) if last.text.strip().isdigit() else first + timedelta(days=365)
        yield Clue("latest-act", last.line, last.start, last.end, last.text, f"{first} to {end}",
                   days_from(first, end))


def written_before(clues):
    """Where a dateline without a year lies a day or two before the paper's own day: written on the one, published on
    the other, as 'MOSCOW, Feb. 22' in a paper of February 23."""
    paper = {first_of(c.days) for c in clues if c.kind == "dateline" and c.days.bit_count() == 1}
    wired = [c for c in clues if c.kind == "dateline-open"]
    day = paper.pop() if len(paper) == 1 else None
    before = days_from(day - timedelta(days=2), day - timedelta(days=1)) if day else 0
    if not any(c.days & before for c in wired):
        return clues
    return [replace(c, about="published") if c.kind == "dateline" else
            replace(c, days=c.days & before, allows="the day before the paper's") if c in wired else c for c in clues]
