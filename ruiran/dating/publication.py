"""The day of publication: the set of days that no clue rules out, each clue a row with the words it rests on."""
import re
from datetime import date, timedelta
from functools import lru_cache

from ..codebook import days, people
from ..codebook.calendars import first_day, last_day
from ..reading import language
from ..records import Article, Clue, Line
from . import evidence
from .evidence import any_of, days_from, days_of, interval, on_weekday, one_day
from .outlets import outlet_of
from .printed import NAMED_DAY, SHORT, dateline, in_any_year, line_clues

REACH = 300                      # characters before a date in which a word tells that it is to come
STOP = re.compile(r"[.!?](?<![A-Z].)(?<!\bGen.)(?<!\bMr.)['\"]?\s+(?=[\"'A-Z])")
LONG = ("decade", "span_years")  # kinds of expression too wide to date an article


def dates_of(document, lines, book, elsewhere=()):
    """(Article, Clues, (first, last) day left); `elsewhere` are Clues from other articles."""
    clues = [*line_clues(lines, book), *text_clues(lines, book), *elsewhere]
    kinds = book.keyed("clues", "clue")
    clues = evidence.written_before([*clues, *evidence.latest_act(clues)])
    clues.sort(key=lambda c: int(kinds[c.kind].rank))
    anchor, dating = evidence.intersect([c for c in clues if c.about == "anchor"], kinds)
    posted, posting = evidence.intersect([c for c in clues if c.about == "published"], kinds)
    published = posted if evidence.bounded(posted) else anchor
    if published is posted and not any(c.kind in ("dateline", "dateline-open") and c.about == "anchor" for c in clues):
        anchor = posted & anchor or posted
    outlet = document.about.get("outlet", "") or outlet_of(lines, book)
    article = Article(document.file, document.sha256, "", outlet, headline(lines), one_day(published),
                      *(str(day or "") for day in interval(published)), one_day(anchor), document.text_file)
    return article, posting + dating, interval(anchor)


def headline(lines):
    """The headline as printed, also where it runs on over several lines; '' for none."""
    found = [x for x in lines if x.kind == "headline"]
    return " ".join(x.text for n, x in enumerate(found) if x.line == found[0].line + n)


# ---------------------------------------------------------------- what the text presupposes
def text_clues(lines, book):
    """Clues of dated acts, offices, known acts, annual figures, and of a weekday where the date line is open."""
    open_day = any(has_open_day(x, book) for x in lines if x.kind in ("dateline", "body"))
    for x in lines:
        if x.rule or x.kind not in ("body", "subhead", "headline"):
            continue
        for s in sentences(x):
            whens = days.find(s.text, book)
            yield from (*dated_acts(whens, s, book), *named_day(whens, s, book), *known_acts(whens, s, book))
            if not any(w.absolute for w in whens):
                yield from offices(s, book)
            yield from annual(s, book)
            if open_day:
                yield from said_on(whens, s)


def has_open_day(x, book):
    """True for a date without a year, or that may be either of two days, on a date line or at the head of a paragraph.
    """
    head = language.plain(x.text[:80]) if x.kind == "dateline" else dateline(x.text[:80], book)
    return any(w.kind == "day_open" or w.kind == "day_numeric" and w.first != w.last for w in days.find(head, book))


def sentences(line):
    """The sentences of a Line as Lines of plain text, by full stops in front of capitals: enough for clues, without a
    parse."""
    text, start = language.plain(line.text), 0
    ends = [m.end() for m in STOP.finditer(text)]
    for end in (*ends, len(text)):
        sentence = text[start:end].rstrip()
        first = line.start + start
        yield Line(line.line, first, first + len(sentence), sentence)
        start = end


@lru_cache(maxsize=None)
def in_front(book, name):
    """A pattern that finds a word of the list."""
    return re.compile(rf"\b(?:{'|'.join(sorted(book.words(name)))})\b")


def to_come(book, name, when, sentence):
    """True where a word of the list stands in front of a date in its sentence."""
    before = sentence.text[max(when.start - REACH, 0):when.start]
    return bool(in_front(book, name).search(before.rpartition(".")[2]))


def dated_acts(whens, sentence, book):
    """An act dated in the text and told as past was over, or under way, when the article was written; a day told as
    still to come had not passed."""
    for w in whens:
        if w.absolute and w.kind not in LONG:
            at = sentence.place(w.start, w.end)
            if not to_come(book, "perhaps_to_come", w, sentence):
                yield Clue("act-in-text", *at, f"on or after {w.first}", days_from(w.first, None))
            if to_come(book, "surely_to_come", w, sentence):
                yield Clue("act-ahead", *at, f"on or before {w.last}", days_from(None, w.last))


def named_day(whens, sentence, book):
    """'Wednesday, Sept. 28' without a year: the half year after that day, in the years in which it was a Wednesday."""
    for w in whens:
        before = re.search(NAMED_DAY.pattern + "[a-z]*,? $", sentence.text[max(w.start - 12, 0):w.start])
        if w.kind == "day_open" and before:
            allowed = any_of(days_from(day, day + timedelta(days=183)) for day in in_any_year(w.text, book)
                             if day.weekday() == SHORT.index(before[1]))
            yield Clue("weekday-of-date", *sentence.place(w.start, w.end),
                       f"the half year after a {before[1]} {w.text}", allowed)


def known_acts(whens, sentence, book):
    """An act that the codebook dates, told as past; with 'last year' or 'last September' beside it also the year."""
    for r in book.near("known_acts", sentence.text):
        m = r.regex.search(sentence.text)
        if not m:
            continue
        first = first_day(r.since)
        if r.told == "done":
            yield Clue("known-act", *sentence.place(*m.span()), f"on or after {r.since}: {r.act}",
                       days_from(first, None), basis="codebook")
        for w in whens:
            if w.kind in ("unit", "month_open", "month_of_unit", "weekday"):
                said = f"days on which '{w.text}' means {r.since[:7]}: {r.act}"
                yield Clue("known-act-relative", *sentence.place(w.start, w.end), said, means(w.text, first, book),
                           basis="codebook")


@lru_cache(maxsize=1000)
def means(text, day, book):
    """Days on which the relative expression covers `day`: anchors are tried one by one over the next two years."""
    anchors = [day + timedelta(days=n) for n in range(760)]
    read = [(anchor, next(iter(days.find(text, book, (anchor, anchor))), None)) for anchor in anchors]
    return days_of(anchor for anchor, when in read if when and when.first <= day <= when.last)


def offices(sentence, book):
    """An office printed beside a name was held when the article was written; a former one was over."""
    for person, start, end in people.named(book, sentence.text):
        title, former = people.title_beside(book, sentence.text, start, end)
        terms = [(r.since, r.until) for r in people.terms(book, person)
                 if title and people.same_office(title, r.office)]
        if terms and former:
            last = max(until for _, until in terms)
            said = f"after {person} was {title}" + (f" (to {last})" if last else "")
            kind, allowed = "former-office", days_from(first_day(last), None)
        elif terms:
            said = f"while {person} was {title}: " + " or ".join(f"{s or '..'} to {u or '..'}" for s, u in terms)
            kind, allowed = "office", any_of(days_from(first_day(s), last_day(u)) for s, u in terms)
        if terms:
            yield Clue(kind, *sentence.place(start, end), said, allowed, basis="codebook")


def annual(sentence, book):
    """A ranking or total of a year is that of the last full year: a convention, so the weakest clue."""
    for r in book.near("annual", sentence.text):
        if m := r.regex.search(sentence.text):
            year = int(m["y"]) + 1
            allowed = days_from(date(year, 1, 1), date(year, 12, 31))
            yield Clue("annual-figure", *sentence.place(*m.span()), f"in {year}", allowed)


def said_on(whens, sentence):
    """Beside a date line without a year: a weekday of the report is that day or the one before."""
    for w in whens:
        if w.kind == "weekday" and not re.match("(?i)last|next", w.text):
            n = next(i for i, d in enumerate(days.WEEKDAYS) if d in w.text.lower())
            allowed = on_weekday(n) | on_weekday((n + 1) % 7)
            yield Clue("weekday-near", *sentence.place(w.start, w.end), "that weekday or the day after it", allowed)
            return
