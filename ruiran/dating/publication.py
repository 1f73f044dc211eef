"""The day of publication: the set of days that no clue rules out, each clue a row with the words it rests on."""
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from ..codebook import days, people
from ..codebook.calendars import first_day, last_day
from ..reading import language
from .evidence import (
    FIRST,
    LAST,
    Clue,
    bounded,
    days_from,
    days_of,
    intersect,
    interval,
    latest_act,
    on_weekday,
    one_day,
    span,
    written_before,
)

SHORT = [d[:3].title() for d in days.WEEKDAYS]
REACH = 300                      # characters before a date in which a word tells that it is to come
LONG = ("decade", "span_years")  # kinds of expression too wide to date an article
LEADS = 4                        # paragraphs at the head of which a dateline may stand
DAYS = ("day", "day_numeric", "day_open", "month")  # kinds of a date line, the surest first


def dates_of(document, lines, book, elsewhere=()):
    """(row of `documents`, rows of `clues`, (first, last) day left); `elsewhere` are Clues from other articles."""
    clues = [*line_clues(document, lines, book), *text_clues(document, lines, book), *elsewhere]
    clues += latest_act(clues)
    clues = written_before(clues)
    kinds = {r.clue: r for r in book.rows("clues")}
    clues.sort(key=lambda c: int(kinds[c.kind].rank))
    anchor, rows = intersect([c for c in clues if c.about == "anchor"], kinds)
    posted, posted_rows = intersect([c for c in clues if c.about == "published"], kinds)
    published = posted if bounded(posted) else anchor
    if bounded(posted) and not any(c.kind in ("dateline", "dateline-open") and c.about == "anchor" for c in clues):
        anchor = posted & anchor or posted
    row = {**document.row(), "title": next((x["text"] for x in lines if x["kind"] == "headline"), ""),
           **span(published, "published"), "anchor": one_day(anchor)}
    return row, [{"doc_id": document.doc_id, **r} for r in posted_rows + rows], interval(anchor)


# ---------------------------------------------------------------- lines that are dates
def line_clues(document, lines, book):
    """Date lines, posting lines and datelines of a lead; template dates are shown and not used."""
    for x in lines:
        text = language.plain(x["text"])
        if x["kind"] in ("dateline", "posting") or x["kind"] == "headline" and re.match(r"\W*(?:date|Date)\b", text):
            yield from dated(x, text, "posting" if x["kind"] == "posting" else "dateline", book)
        elif x["kind"] == "template-date":
            yield from dated(x, text, "template", book)
    leads = [x for x in lines if x["kind"] == "body" and not x["rule"]][:LEADS]
    for n, lead in enumerate(leads):
        text = language.plain(lead["text"])[:140]
        printed = [m[0] for r in book.rows("datelines") if (m := r.regex.match(text))][:1]
        full = [p for p in printed if n == 0 or any(w.kind == "day" for w in days.find(p, book))]
        yield from (c for p in full for c in dated({**lead, "end": lead["start"] + len(p)}, p, "dateline", book))


def dated(x, text, kind, book):
    """The clue of one date line: a day, or, without a year, that day of any year."""
    found = [w for w in days.find(text, book) if w.kind in DAYS]
    if not found:
        return
    when = min(found, key=lambda w: DAYS.index(w.kind))
    at = (x["line"], x["start"] + when.start, x["start"] + when.end, when.text)
    about = "published" if kind == "posting" else "anchor"
    if when.first:
        when = as_beside(when, found)
        either = when.kind == "day_numeric"
        allowed = days_of((when.first, when.last)) if either else days_from(when.first, when.last)
        yield Clue(kind, *at, days_said(when), allowed, about=about)
        yield from weekday_clue(text, at, allowed, about)
    else:
        allowed = days_of(in_any_year(when.text, book))
        yield Clue("dateline-open", *at, "that day of any year", allowed, about=about)
        yield from weekday_clue(text, at, allowed, "anchor")


def as_beside(when, found):
    """A day that may be either of two, read as the others of its line are: beside 13/05/2016, 11/05/2016 is in May."""
    figures = [[int(n) for n in re.findall(r"\d+", w.text)][-3:] for w in found if w.kind == "day_numeric"]
    day_first = {f[0] > 12 for f in figures if max(f[:2]) > 12}
    if when.kind != "day_numeric" or when.first == when.last or len(day_first) != 1:
        return when
    month = [int(n) for n in re.findall(r"\d+", when.text)][-3:][1 if day_first.pop() else 0]
    one = when.first if when.first.month == month else when.last
    return replace(when, first=one, last=one, edtf=str(one))


@lru_cache(maxsize=1000)
def in_any_year(text, book):
    """A day printed without its year ('Feb. 29') in each year that has it, as dates."""
    ends = [date(y, 12, 31) for y in range(FIRST.year, LAST.year + 1)]
    read = [w.first for end in ends for w in days.find(text, book, (end, end)) if w.first and w.kind == "day_open"]
    return tuple(dict.fromkeys(read))


def days_said(when):
    """The days of a date line in words: one, a range for a month, else either end."""
    if when.first == when.last:
        return str(when.first)
    return f"{when.first} {'to' if when.kind == 'month' else 'or'} {when.last}"


def weekday_clue(text, at, allowed, about):
    """'Mon Nov 23': of the years only those in which that day was a Monday."""
    names = re.search(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)", text)
    if names and allowed.bit_count() > 1:
        n = SHORT.index(names[1])
        yield Clue("weekday-of-date", *at, f"years in which it was a {days.WEEKDAYS[n].title()}",
                   allowed & on_weekday(n), about=about)


# ---------------------------------------------------------------- what the text presupposes
def text_clues(document, lines, book):
    """Clues of dated acts, offices, known acts, annual figures, and of a weekday where the date line has no year."""
    open_day = [w for x in lines if x["kind"] in ("dateline", "body") for w in open_days(x, book)]
    for x in lines:
        if x["rule"] or x["kind"] not in ("body", "subhead", "headline"):
            continue
        text = language.plain(x["text"])
        for start, sentence in sentences(text):
            at = (x["line"], x["start"] + start, x["start"] + start + len(sentence), sentence)
            whens = days.find(sentence, book)
            yield from (*dated_acts(whens, at, book), *acts_ahead(whens, at, book), *named_day(whens, at, book))
            yield from known_acts(sentence, at, book)
            if not any(w.absolute for w in whens):
                yield from offices(sentence, at, book)
            yield from annual(sentence, at, book)
            if open_day:
                yield from said_on(whens, at)


def open_days(x, book):
    """Dates without a year, or that may be either of two days, on a date line or in the dateline of a paragraph."""
    text = language.plain(x["text"])[:80]
    printed = (m[0] for r in book.rows("datelines") if (m := r.regex.match(text)))
    head = text if x["kind"] == "dateline" else next(printed, "")
    return [w for w in days.find(head, book) if w.kind == "day_open" or w.kind == "day_numeric" and w.first != w.last]


def sentences(text):
    """(start, sentence) by full stops in front of capitals: enough for clues, without a parse."""
    start = 0
    for m in re.finditer(r"(?<![A-Z])(?<!\bGen)(?<!\bMr)[.!?]['\"]?\s+(?=[\"'A-Z])", text):
        yield start, text[start:m.end()].rstrip()
        start = m.end()
    yield start, text[start:]


@lru_cache(maxsize=None)
def in_front(book, name):
    """A pattern that finds a word of the list."""
    return re.compile(rf"\b(?:{'|'.join(sorted(book.words(name)))})\b")


def to_come(book, name, when, at):
    """True where a word of the list stands in front of a date in its sentence `at`."""
    before = at[3][max(when.start - REACH, 0):when.start]
    return bool(in_front(book, name).search(before.rpartition(".")[2]))


def words_at(when, at):
    """(line, start, end, text) of a time expression in the sentence `at`."""
    return at[0], at[1] + when.start, at[1] + when.end, when.text


def dated_acts(whens, at, book):
    """An act dated in the text and told as past was over, or under way, when the article was written."""
    for w in whens:
        if w.absolute and w.kind not in LONG and w.first and not to_come(book, "perhaps_to_come", w, at):
            yield Clue("act-in-text", *words_at(w, at), f"on or after {w.first}", days_from(w.first, None))


def acts_ahead(whens, at, book):
    """A day told as still to come had not passed when the article was written."""
    for w in whens:
        if w.absolute and w.kind not in LONG and w.last and to_come(book, "surely_to_come", w, at):
            yield Clue("act-ahead", *words_at(w, at), f"on or before {w.last}", days_from(None, w.last))


def named_day(whens, at, book):
    """'Wednesday, Sept. 28' without a year: the half year after that day, in the years in which it was a Wednesday."""
    for w in whens:
        before = re.search(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? $", at[3][max(w.start - 12, 0):w.start])
        if w.kind == "day_open" and before:
            n, allowed = SHORT.index(before[1]), 0
            for day in in_any_year(w.text, book):
                allowed |= days_from(day, day + timedelta(days=183)) if day.weekday() == n else 0
            yield Clue("weekday-of-date", *words_at(w, at), f"the half year after a {before[1]} {w.text}", allowed)


def known_acts(sentence, at, book):
    """An act that the codebook dates, told as past; with 'last year' or 'last September' beside it also the year."""
    for r in book.near("known_acts", sentence):
        m = r.regex.search(sentence)
        if not m:
            continue
        span_at = (at[0], at[1] + m.start(), at[1] + m.end(), m[0])
        first = first_day(r.since)
        if r.told == "done":
            said = f"on or after {r.since}: {r.act}"
            yield Clue("known-act", *span_at, said, days_from(first, None), basis="codebook")
        for when in days.find(sentence, book):
            if when.kind in ("unit", "month_open", "month_of_unit", "weekday"):
                said, meant = f"days on which '{when.text}' means {r.since[:7]}: {r.act}", means(when.text, first, book)
                yield Clue("known-act-relative", *words_at(when, at), said, meant, basis="codebook")


@lru_cache(maxsize=1000)
def means(text, day, book):
    """Days on which the relative expression covers `day`: anchors are tried one by one over the next two years."""
    allowed = []
    for n in range(0, 760):
        anchor = day + timedelta(days=n)
        read = [w for w in days.find(text, book, (anchor, anchor)) if w.first]
        if read and read[0].first <= day <= read[0].last:
            allowed.append(anchor)
    return days_of(allowed)


def offices(sentence, at, book):
    """An office printed beside a name was held when the article was written; a former one was over."""
    for person, start, end in people.named(book, sentence):
        title, former = people.title_beside(book, sentence, start, end)
        held = [(r.since, r.until) for r in people.terms(book, person) if title and people.same_office(title, r.office)]
        if held:
            yield office_clue(former, held, person, title, at, start, end)


def office_clue(former, terms, person, title, at, start, end):
    """The Clue of one office: a day in one of its terms, or for a former one after the last of them."""
    words = (at[0], at[1] + start, at[1] + end, at[3][start:end])
    if former:
        ends = [u for _, u in terms if u]
        last = first_day(max(ends)) if ends else None
        said = f"after {person} was {title}" + (f" (to {max(ends)})" if ends else "")
        return Clue("former-office", *words, said, days_from(last, None), basis="codebook")
    allowed = 0
    for s, u in terms:
        allowed |= days_from(first_day(s), last_day(u))
    said = " or ".join(f"{s or '..'} to {u or '..'}" for s, u in terms)
    return Clue("office", *words, f"while {person} was {title}: {said}", allowed, basis="codebook")


def annual(sentence, at, book):
    """A ranking or total of a year is that of the last full year: a convention, so the weakest clue."""
    for r in book.near("annual", sentence):
        m = r.regex.search(sentence)
        if m:
            year = int(m["y"]) + 1
            allowed = days_from(date(year, 1, 1), date(year, 12, 31))
            yield Clue("annual-figure", at[0], at[1] + m.start(), at[1] + m.end(), m[0], f"in {year}", allowed)


def said_on(whens, at):
    """Beside a date line without a year: a weekday of the report is that day or the one before."""
    for w in whens:
        if w.kind == "weekday" and not re.match(r"(?i)(?:last|next)", w.text):
            n = next(i for i, d in enumerate(days.WEEKDAYS) if d in w.text.lower())
            allowed = on_weekday(n) | on_weekday((n + 1) % 7)
            yield Clue("weekday-near", *words_at(w, at), "that weekday or the day after it", allowed)
            return
