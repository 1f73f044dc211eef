"""Date lines and datelines to clues: which of the dates on a page is its own, and in which order day and month stand.
"""
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from ..codebook import days
from ..codebook.calendars import full_year
from ..reading import language
from ..records import Clue
from .evidence import FIRST, LAST, any_of, days_from, days_of, first_of, on_weekday, one_day

NAMED_DAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
SHORT = [d[:3].title() for d in days.WEEKDAYS]
LEADS = 4  # paragraphs at the head of which a dateline may stand
DAYS = ("day", "day_numeric", "day_open", "month")  # kinds of a date line, the surest first
OWN = ("headline", "subhead", "byline", "posting", "body")  # kinds of line beside which an article prints its day
METADATA = ("page-date", "file-date")  # kinds of line in which a format says the day
YEAR = timedelta(days=366)
FEW = 3  # days between which it stays open that a clue names


def line_clues(lines, book):
    """Date lines, posting lines and datelines of a lead; dates that are not the article's are shown and not used."""
    day_first, found = order_of(lines, book), []
    for x in lines:
        text = language.plain(x.text)
        if x.kind in ("dateline", "posting") or x.kind == "headline" and re.match(r"\W*(?:date|Date)\b", text):
            found.append((x, list(dated(x, text, "posting" if x.kind == "posting" else "dateline", book, day_first))))
        elif x.kind in METADATA:
            found.append((x, list(dated(x, text, x.kind, book))))
        elif x.kind == "template-date":
            found.append((x, list(dated(x, text, "template", book, day_first))))
    heads = list(lead_clues(lines, book))
    for _, clues in settled(found, lines, heads, book):
        yield from clues
    yield from heads


def leads(lines):
    """The first paragraphs, at the head of which a dateline may stand."""
    return [x for x in lines if x.kind == "body"][:LEADS]


def lead_clues(lines, book):
    """The clues of the datelines with which one of the first paragraphs begins."""
    for n, lead in enumerate(leads(lines)):
        printed = dateline(lead.text, book)
        if n == 0 or any(w.kind == "day" for w in days.find(printed, book)):
            yield from dated(lead, printed, "dateline", book)


def dateline(text, book):
    """The dateline at the head of a paragraph, in plain text; '' for none."""
    text = language.plain(text)
    return text[:language.dateline_end(text, book.rows("datelines"))]


def lead_dateline(lines, book):
    """The first dateline with which one of the first paragraphs begins; '' for none."""
    return next(filter(None, (dateline(x.text, book) for x in leads(lines))), "")


# ---------------------------------------------------------------- one line
def dates_on(text, book):
    """[(the date, whether a word in front of it says 'updated')] of a line."""
    found, end = [], 0
    for w in days.find(text, book):
        if w.kind in DAYS:
            found.append((w, bool(labels(book, "updated").search(text[end:w.start]))))
            end = w.end
    return found


@lru_cache(maxsize=None)
def labels(book, name):
    """A pattern that finds a word of the list, in capitals or not."""
    return re.compile(rf"\b(?:{'|'.join(sorted(book.words(name)))})\b", re.I)


def dated(x, text, kind, book, day_first=None):
    """The clue of one date line: a day, or, without a year, that day of any year; and that of the weekday beside it."""
    found = dates_on(text, book)
    own = [w for w, updated in found if not updated] or [w for w, _ in found]
    if not own:
        return
    when = with_year(min(own, key=lambda w: DAYS.index(w.kind)), found, book)
    when = in_order(when, day_first) if day_first is not None else when
    at, about = x.place(when.start, when.end), "published" if kind in ("posting", *METADATA) else "anchor"
    said, allowed = up_to(when) if kind == "file-date" else allowed_by(when, book)
    clue = kind if when.first or kind == "template" else "dateline-open"
    yield Clue(clue, *at, said, allowed, "metadata" if kind in METADATA else "text", about)
    name = NAMED_DAY.search(text)
    if name and allowed.bit_count() > 1 and clue != "template":
        # 'Mon Nov 23': of the years only those in which that day was a Monday
        n = SHORT.index(name[1])
        yield Clue("weekday-of-date", *at, f"years in which it was a {days.WEEKDAYS[n].title()}",
                   allowed & on_weekday(n), about=about if when.first else "anchor")


def up_to(when):
    """(in words, the set of days) that the making of a file on a date allows."""
    return f"on or before {when.last}", days_from(None, when.last)


def allowed_by(when, book):
    """(in words, the set of days) that a date on a date line allows."""
    if not when.first:
        return "that day of any year", days_of(in_any_year(when.text, book))
    if when.first == when.last:
        return str(when.first), days_from(when.first, when.last)
    if when.kind == "month":
        return f"{when.first} to {when.last}", days_from(when.first, when.last)
    return f"{when.first} or {when.last}", days_of((when.first, when.last))


def with_year(when, found, book):
    """A day without a year, beside one of an update with its year ('3 May | Updated 5 May 2010'): the last such day up
    to it."""
    later = [w.first for w, updated in found if updated and w.kind == "day"]
    known = [d for d in in_any_year(when.text, book) if later and later[0] - YEAR < d <= later[0]]
    if when.kind != "day_open" or not known:
        return when
    return replace(when, first=known[-1], last=known[-1], edtf=str(known[-1]), kind="day")


@lru_cache(maxsize=1000)
def in_any_year(text, book):
    """A day printed without its year ('Feb. 29') in each year that has it, as dates."""
    ends = [date(y, 12, 31) for y in range(FIRST.year, LAST.year + 1)]
    return tuple(dict.fromkeys(w.first for end in ends for w in days.find(text, book, (end, end)) if w.first))


# ---------------------------------------------------------------- day and month in figures
def order_of(lines, book):
    """True where the figures of the page's date lines are day and month, False where month and day, None where they may
    be either: 13/05 is a day first, and nothing is updated before it is published."""
    found = [(w, updated) for x in lines if x.kind in ("dateline", "posting", "template-date")
             for w, updated in dates_on(language.plain(x.text), book) if w.kind in ("day", "day_numeric")]
    left = [day_first for day_first in (True, False) if fits(found, day_first)]
    return left[0] if len(left) == 1 else None


def fits(found, day_first):
    """True where all dates in figures can be read in that order, and none is published after it was updated."""
    read = [(as_day(w, day_first), updated) for w, updated in found]
    first = [d for d, updated in read if not updated and d]
    last = [d for d, updated in read if updated and d]
    return all(d for d, _ in read) and (not first or not last or min(first) <= max(last))


def as_day(when, day_first):
    """The day of a date, its figures read in that order; None where they have none in it."""
    if when.kind == "day":
        return when.first
    a, b, y = re.findall(r"\d+", when.text)[-3:]
    try:
        return date(full_year(y), *((int(b), int(a)) if day_first else (int(a), int(b))))
    except ValueError:
        return None


def in_order(when, day_first):
    """A date in figures as the one day that it is in that order."""
    day = as_day(when, day_first) if when.kind == "day_numeric" else None
    return replace(when, first=day, last=day, edtf=str(day)) if day else when


# ---------------------------------------------------------------- several dates on a page
def settled(found, lines, heads, book):
    """The (line, clues) of date lines; what is the page's and not the article's becomes a template date: an update
    beside the first day, a clock at the top of the page, the dates of a list below the text."""
    found, place = without_updates(found, heads, book), places(lines)
    for kind in ("posting", "dateline", "dateline-open"):
        found = chosen(found, place, kind)
    return beside_lead(found, place, heads)


def template(clues):
    """The clues as those of the page's template."""
    return [replace(c, kind="template") for c in clues if c.kind != "weekday-of-date"]


def without_updates(found, heads, book):
    """The (line, clues); an update counts only where nothing else is dated."""
    def updated(x):
        return all(late for _, late in dates_on(language.plain(x.text), book))
    others = heads or [x for x, clues in found if clues and clues[0].kind != "template" and not updated(x)]
    return [(x, template(clues) if others and clues and updated(x) else clues) for x, clues in found]


def chosen(found, place, kind):
    """The (line, clues); of several lines of a kind whose days differ those count that stand beside headline, byline or
    lead, else those above the lead. Where these differ too, it may be any of them."""
    rivals = [(x, clues) for x, clues in found if clues and clues[0].kind == kind]
    if len(rivals) < 2 or common(rivals):
        return found
    nearest = min(place[x.line] for x, _ in rivals)
    group = [(x, clues) for x, clues in rivals if place[x.line] == nearest]
    left = group if common(group) else [(x, either(clues, group)) for x, clues in group[:FEW]]
    kept = {x.line: clues for x, clues in left}
    return [(x, kept.get(x.line, template(clues)) if clues and clues[0].kind == kind else clues) for x, clues in found]


def common(group):
    """True where one day is left by all the lines."""
    left = group[0][1][0].days
    for _, clues in group:
        left &= clues[0].days
    return bool(left)


def either(clues, group):
    """The clues of a line as allowing the days of any of the group."""
    said = " or ".join(list(dict.fromkeys(c[0].allows for _, c in group))[:FEW])
    said += f" or one of {len(group) - FEW} others" if len(group) > FEW else ""
    return [replace(clues[0], days=any_of(c[0].days for _, c in group), allows=said)]


def places(lines):
    """{line number: 0 for a line above the lead and beside headline or byline, 1 for another above the lead, 2 for one
    below it}."""
    lead = next((n for n, x in enumerate(lines) if x.kind == "body"), len(lines))
    kinds = ["", *(x.kind for x in lines), ""]
    return {x.line: 2 if n > lead else 0 if kinds[n] in OWN or kinds[n + 2] in OWN else 1 for n, x in enumerate(lines)}


def beside_lead(found, place, heads):
    """The (line, clues) where the lead has a dateline: one line printed later beside the headline is the day of the
    page, what is printed elsewhere or earlier is none of the article's."""
    wired = next((c for c in heads if c.kind in ("dateline", "dateline-open")), None)
    if wired is None:
        return found
    return [(x, against(clues, wired, place[x.line])) if clues and clues[0].kind == "dateline" else (x, clues)
            for x, clues in found]


def against(clues, wired, place):
    """The clues of a date line, beside the clue of the lead's dateline."""
    day = first_of(clues[0].days)
    days_before = days_from(day - timedelta(days=3), day)
    if clues[0].days & wired.days or wired.days & days_before and wired.kind == "dateline-open":
        return clues
    if place or one_day(wired.days) > str(day):
        return template(clues)
    return [replace(c, about="published") for c in clues] if one_day(wired.days) else clues
