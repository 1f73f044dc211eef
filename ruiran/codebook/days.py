"""Time expressions of a text as intervals of days with their precision (EDTF), read against an anchor."""
import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .calendars import ABSOLUTE, DAY, MONTHS, SEASONS, day, month, month_number, one_day, span, year
from .calendars import season as season_of

WEEKDAYS = [d.lower() for d in calendar.day_name]
ADDRESS = re.compile(r"(?:https?://|www\.|\b(?:\w[\w-]{0,60}\.){1,4}[a-z]{2,9}/|(?<![\w.])/(?=(?:19|20)\d\d/))[^\s)>\]\"]+")
LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


@dataclass(frozen=True)
class When:
    """A time expression: offsets in the text read, first and last day (None = open), EDTF, kind of expression."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    edtf: str
    kind: str

    @property
    def absolute(self):
        """True where the words alone tell the days."""
        return self.kind in ("day", "day_range", "month", "year", "year_part", "season_year", "decade", "span_years")


def find(text, book, anchor=(None, None), future=lambda start: False):
    """Every time expression of `text`, longest first where they overlap, in order; `anchor` is the first and
    last day on which the article may have been written, `future(start)` tells the tense at an offset."""
    found, before = [], None
    for kind, m in matches(text, book):
        when = read(book, kind, m, anchor, future(m.start()), before)
        found += [when] if when else []
        before = when if when and when.first else before
    return found


@lru_cache(maxsize=256)
def matches(text, book):
    """((kind, match), …) of codebook `times` in order, longest first where they overlap."""
    text = ADDRESS.sub(lambda m: " " * len(m[0]), text)  # a date in the address of a page is no date
    every = [(row.kind, m) for row, m in book.matches("times", text)]
    taken, free = bytearray(len(text)), []
    for kind, m in sorted(every, key=lambda match: len(match[1][0]), reverse=True):  # among equals the earlier row
        if taken.find(1, *m.span()) < 0:
            taken[m.start():m.end()] = b"\1" * len(m[0])
            free.append((kind, m))
    return tuple(sorted(free, key=lambda match: match[1].start()))


def spans(text, book):
    """(start, end) of every time expression of a text, in order, whatever its day."""
    return [m.span() for _, m in matches(text, book)]


def read(book, kind, match, anchor, future, before):
    """One match as a When, or None where the figures are no date."""
    groups = {k: v.lower() if k in ("rel", "part", "word") else v for k, v in match.groupdict().items() if v}
    if "part" in groups:
        groups["part"] = next((r for r in book.rows("parts") if r.regex.search(groups["part"])), None)
    try:
        if "n" in groups:
            groups["n"] = book.number(groups["n"])
        if kind in ABSOLUTE:
            first, last, edtf = ABSOLUTE[kind](groups)
        elif kind in BEHIND:
            groups["between"] = match.string[before.end:match.start()] if before else ""
            first, last, edtf = BEHIND[kind](groups, before) if before else (None, None, "")
        else:
            first, last, edtf = relative(kind, groups, anchor, future)
    except ValueError:
        return None
    except OverflowError:  # 'some 3000 years ago': a time, but none that a calendar has
        first, last, edtf = None, None, ""
    if first and last and last < first:
        return None
    return When(match.start(), match.end(), match[0], first, last, edtf, kind)


def relative(kind, groups, anchor, future):
    """(first, last, EDTF) of a relative expression, read once against each end of the anchor; open where that is."""
    early, late = (RELATIVE[kind](groups, day, future) if day else (None, None, "") for day in anchor)
    first, last = early[0], late[1]
    return first, last, early[2] if early == late else f"{first or '..'}/{last or '..'}"


# ---------------------------------------------------------------- relative
def nearest_year(m, d, anchor, future):
    """The year in which the day is nearest to the anchor on the side that the tense tells; 29 February is in leap years
    alone. ValueError for a day that no year has."""
    years = range(max(anchor.year - 8, 1), anchor.year + 9)
    found = [date(y, m, d) for y in years if d <= calendar.monthrange(y, m)[1]]
    return min(f for f in found if f >= anchor).year if future else max(f for f in found if f <= anchor + DAY).year


def day_open(g, anchor, future):
    """(first, last, EDTF) of a day or days without a year, 'Jan. 23', 'December 26-28'."""
    return day({**g, "y": nearest_year(month_number(g["m"]), int(g["d"]), anchor, future)})


def month_open(g, anchor, future):
    """(first, last, EDTF) of a month without a year, 'last September'."""
    m = month_number(g["m"])
    y = nearest_year(m, 1, anchor, future or g.get("rel") in ("next", "by"))
    if g.get("rel") == "last" and (y, m) == (anchor.year, anchor.month):
        y -= 1
    return month({**g, "y": y})


def month_of_unit(g, anchor, future):
    """(first, last, EDTF) of a month of the year before, of this one or of the next: 'in April last year'."""
    return month({**g, "y": anchor.year + {"last": -1, "this": 0, "next": 1}[g["rel"]]})


def weekday(g, anchor, future):
    """'Tuesday' is the last one up to the anchor day, or the next one where the verb points ahead."""
    n = WEEKDAYS.index(g["wd"].lower())
    ahead = future or g.get("rel") in ("next", "until", "till")
    return one_day(anchor + (n - anchor.weekday()) % 7 * DAY if ahead else anchor - (anchor.weekday() - n) % 7 * DAY)


def unit(g, anchor, future):
    """(first, last, EDTF) of 'last year', 'this week', 'next summer'."""
    word = g["unit"].split()[-1]
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(g["rel"], 0)
    if word == "year":
        return year({**g, "y": anchor.year + shift})
    if word == "month":
        index = anchor.year * 12 + anchor.month - 1 + shift
        return month({**g, "m": MONTHS[index % 12], "y": index // 12})
    if word in ("day", "decade"):
        return span(anchor - LENGTH[word] * DAY, anchor)
    return week(anchor, shift, future) if word == "week" else season(word, anchor, shift)


def week(anchor, shift, future):
    """(first, last, EDTF) of a week from Monday on; this week ends on the anchor unless the verb points ahead."""
    first = anchor - (anchor.weekday() - 7 * shift) * DAY
    return span(first, first + 6 * DAY if shift or future else anchor)


def season(word, anchor, shift):
    """(first, last, EDTF) of a season, the last that had begun unless it is the next one."""
    m = SEASONS[word]
    y = anchor.year + (1 if shift > 0 and date(anchor.year, m, 1) < anchor else 0)
    return season_of(word, y - 1 if date(y, m, 1) > anchor and shift <= 0 else y)


def day_word(g, anchor, future):
    """(first, last, EDTF) of yesterday, today and tomorrow."""
    return one_day(anchor + {"yesterday": -1, "tomorrow": 1}.get(g["word"], 0) * DAY)


def ago(g, anchor, future):
    """'Two months ago' is a fortnight around that day; 'less than' and 'more than' leave one side."""
    n, length = g["n"], LENGTH[g["unit"]]
    if n is None:
        return span(anchor - 10 * length * DAY, anchor - 2 * length * DAY, "~", "~")
    middle, slack = anchor - n * length * DAY, min(length // 2, 366)
    first, last = middle - slack * DAY, middle + min(slack, length * n) * DAY
    if g.get("vague") == "less than":
        first, last = middle, middle + length * DAY
    elif g.get("vague") in ("more than", "over"):
        last = middle
    return one_day(first) if first == last else span(first, last, "~", "~")


def past_span(g, anchor, future):
    """(first, last, EDTF) of 'for about a year': up to the anchor."""
    return span(anchor - (g.get("n", 1) or 3) * LENGTH[g["unit"]] * DAY, anchor, "~")


def rest(g, anchor, future):
    """(first, last, EDTF) of 'so far', 'recently': about a year up to the anchor."""
    return span(anchor - 365 * DAY, anchor, "~")


# ---------------------------------------------------------------- counted from the expression before
def same_year(g, before):
    """(first, last, EDTF) of 'July of the same year'."""
    return month({**g, "y": before.first.year})


def previous_day(g, before):
    """(first, last, EDTF) of 'the day before' another day; open where the other is no single day."""
    return one_day(before.first - DAY) if before.first == before.last else (None, None, "")


def since_known(g, before):
    """(first, last, EDTF) of 'three months after' a day, half a unit around it; open where the one before is no day.
    'On Friday, two days after it voted' dates the vote: there the words count back."""
    if before.first != before.last or not g["n"]:
        return None, None, ""
    back = g["word"] == "after" and not re.search(r"[.!?] ", g["between"])
    middle = moved(before.first, -g["n"] if back else g["n"], g["unit"])
    slack = LENGTH[g["unit"]] // 2 * DAY
    return span(middle - slack, middle + slack, "~", "~") if slack else one_day(middle)


def moved(day, n, unit):
    """The day n units after another, before it where n is negative; 31 January and a month is the end of February.
    ValueError for half a month or year."""
    if unit in ("day", "week"):
        return day + n * LENGTH[unit] * DAY
    if n != int(n):
        raise ValueError(n)
    y, m = divmod(day.year * 12 + day.month - 1 + int(n) * (12 if unit == "year" else 1), 12)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


# Kind of expression in codebook `times` -> what reads it: from the one before it, or from the anchor.
BEHIND = {"month_same": same_year, "day_before": previous_day, "since_known": since_known}
RELATIVE = {"day_open": day_open, "day_open_range": day_open, "month_open": month_open, "month_of_unit": month_of_unit,
            "weekday": weekday, "unit": unit, "day_word": day_word, "ago": ago, "past_span": past_span, "rest": rest}
