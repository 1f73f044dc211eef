"""Raw text to Lines: each kept or dropped by a named rule; nothing is deleted."""
import re
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from spacy.lang.en.stop_words import STOP_WORDS

from ..codebook import days
from ..records import Line
from . import fields, language

SENTENCE_END = re.compile(r"[.!?\u2026]['\"\u201d\u2019)\]]*$")
WORD = re.compile(r"[^\W_][\w.'\u2019-]*")
ITEM = re.compile(r"(?:[-*\u2022\u2013]|\(?\d{1,2}[.)]) +[A-Z]")
HEADING = re.compile(r"(?:#{1,6}|>) +\S")  # Markdown's, and its quotations
BULLET = re.compile(r"(?:#{1,6}|>|[-*\u2022\u2013]|\(?\d{1,2}[.)]) +")
INDENT = 2     # spaces by which the first line of a paragraph stands in
FULL = 45      # characters of a line that may run on into the next
COLUMN = 50    # characters of the longest line of a text that is set in one narrow column
SHORT = 12     # words that a date line has at most
GOES_ON = 0.4  # share of a sentence's words that the article before it used
DECK = 0.3     # share of its words that a line beside the headline has in common with the body, where it is a deck
LONGEST = 1000  # characters up to which a line may be furniture; a longer one is text
HEAD = 100     # lines before the lead among which the headline stands


def lines_of(document, book):
    """The Lines of a document, one for each that is not blank, in order."""
    given = fields.fields_of(document.text, book)
    read = [y for x in read_lines(document.text) for y in in_parts(x, given.get(x.line))]
    before = [Line(0, 0, 0, ""), *read]
    read = [replace(x, gap=x.gap or a.rule == fields.RULE) for a, x in zip(before, read, strict=False)]
    read = [replace(x, gap=True, prose=True) if opens(x, book) else x for x in read]
    lines = [y for x in with_prose(read) for y in without_bullet(by_pattern(x, book))]
    return by_place(by_marker(outside(lines, document.outside), book), book)


def in_parts(line, field):
    """The name of a field and what the field holds, each a Line; a line that is in no field is whole."""
    if not field:
        return [line]
    if field.gives == "other":
        return [replace(line, kind=fields.RULE, rule=fields.RULE, prose=False)]
    at, kind = field.start - line.start, fields.SHOWN.get(field.gives, "")
    value = replace(line, start=field.start, end=field.end, text=line.text[at:at + field.end - field.start], kind=kind,
                    rule=fields.RULE if kind == "outlet" else "", prose=line.prose and not kind)
    named = replace(line, end=field.start, text=line.text[:at], kind=fields.RULE, rule=fields.RULE, prose=False)
    named = replace(named, text=named.text.rstrip(), end=named.start + len(named.text.rstrip()))
    return [x for x in (named, value) if x.text.strip()]


def without_bullet(line):
    """An item of a list in two: its bullet, and what it says."""
    item = line.prose and is_item(line) or HEADING.match(line.text)
    bullet = BULLET.match(line.text) if item and not line.kind else None
    if not bullet:
        return [line]
    at = bullet.end()
    mark = line.text[:at].rstrip()
    return [replace(line, end=line.start + len(mark), text=mark, kind="bullet", rule="bullet", prose=False),
            replace(line, start=line.start + at, text=line.text[at:])]


def outside(lines, numbers):
    """The lines; what stands outside the text proper of a page (`numbers`) is dropped, but for its head: dates and
    bylines above the text, and what may be its headline. A full sentence amid the text is kept: it may be of it."""
    main = [x.line for x in lines if x.line not in numbers and not x.kind]
    if not numbers or not main:
        return lines
    return [x if x.line not in numbers or x.kind in fields.SHOWN.values() and x.line < main[-1]
            or not x.kind and (x.line < main[0] and not x.prose or main[0] < x.line < main[-1] and x.prose)
            else dropped(x, "outside-text") for x in lines]


def opens(line, book):
    """True for the first line of a lead: 'MOSCOW, Dec 4, 2006 - Russia has delivered'."""
    end = language.dateline_end(language.plain(line.text), book.rows("datelines"))
    return bool(end) and len(WORD.findall(line.text[end:])) >= 5


def read_lines(text):
    """Every non-blank line; a full sentence and a long line are prose."""
    start, gap, margin, width = 0, True, 0, 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            set_in = indent >= INDENT and (indent >= margin + INDENT or width < FULL)
            gap, margin, width = gap or set_in, indent, len(stripped)
            first, words = start + raw.index(stripped), len(WORD.findall(stripped))
            prose = words >= 16 or words >= 9 and ended(stripped)
            yield Line(number, first, first + len(stripped), stripped, gap=gap, words=words, prose=prose)
        gap = not stripped
        start += len(raw) + 1


def ended(text):
    """True where a text ends as a sentence does."""
    return bool(SENTENCE_END.search(text))


def with_prose(lines):
    """The lines; each of a hard-wrapped paragraph is prose too, and each item of a list that goes on as a sentence."""
    widest = max((len(x.text) for x in lines), default=0)
    wide = 0.7 * widest if widest <= COLUMN else FULL
    for block in blocks(lines):
        enough = 20 if wide == FULL else 12
        full = sum(x.words for x in block) >= enough and all(len(x.text) >= wide for x in block[:-1])
        wrapped = len(block) > 1 and (full or runs_through(block))
        yield from (replace(x, prose=True) if wrapped or is_item(x) else x for x in block)


def runs_through(block):
    """True for lines of which each goes on in the next, and the last ends as a sentence does: 'Russia also trained the
    crews of / these missiles.'"""
    return (ended(block[-1].text) and sum(x.words for x in block) >= 9
            and not any(ended(x.text) for x in block[:-1]) and all(x.text[0].islower() for x in block[1:]))


def is_item(line):
    """True for an item of a list that says something: '- Russia will deliver fighters to Iran;'."""
    return line.words >= 5 and bool(ITEM.match(line.text)) and line.text[-1] in ".;,"


def blocks(lines):
    """Runs of lines with no blank line between them."""
    starts = [i for i, x in enumerate(lines) if x.gap or i == 0]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]


def dropped(line, rule, kind="menu"):
    """The line as dropped by the rule; one that a rule knows already stays as it is."""
    return line if line.kind else replace(line, rule=rule, kind=kind)


def by_pattern(line, book):
    """The line as a rule knows it by its wording; a full sentence falls only to a rule that may drop one."""
    if line.kind:
        return line
    text = language.plain(line.text)
    told = line.prose and line.words >= 16 and ended(text) and tells_of_pair(text, book)
    for rule in book.near("boilerplate", text) if len(text) <= LONGEST and not told else ():
        if rule.scope == "to-end" or line.prose and (rule.prose != "yes" or '"' in text and line.words > 12):
            continue
        if rule.regex.search(text) and not (rule.kind == "menu" and begins_with_day(text, book)):
            return replace(line, kind=rule.kind, rule="" if rule.scope == "keep" else rule.rule)
    dated = (not line.prose or line.words <= SHORT) and is_dateline(text, book)
    return replace(line, kind="dateline") if dated else line


def tells_of_pair(text, book):
    """True for a text that names both of the pair and what the codebook is about: no furniture does so in a sentence.
    """
    named = {r.country for r in book.near("actors", text) if r.country in book.pair and r.regex.search(text)}
    return set(book.pair) <= named and any(r.regex.search(text) for r in book.near("subject", text))


def begins_with_day(text, book):
    """A date line that looks like a menu: 'October 18, 2020 / 1:41 PM / Updated'."""
    return any(w.kind == "day" and w.start == 0 for w in days.find(text[:40], book)) and is_dateline(text, book)


def is_dateline(text, book):
    """A line that is little else than a date: 'May 9, 2011', 'Monday, 2 March, 2009, 10:20 GMT'."""
    found = [w for w in days.find(text, book) if w.kind in ("day", "day_numeric", "day_open", "month")]
    others = len(WORD.findall(clock(book).sub("", text))) - max((len(WORD.findall(w.text)) for w in found), default=99)
    return bool(found) and others <= (4 if any(w.first for w in found) else 3)


@lru_cache(maxsize=None)
def clock(book):
    """A pattern for the time of day and the time zone on a date line."""
    zones = "|".join(sorted(book.words("time_zones")))
    return re.compile(rf"\d\d?[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?|\((?:UTC|GMT).*?\)|\b(?:{zones})\b", re.I)


def by_marker(lines, book):
    """The lines; from a comment form or a list of other stories on, everything goes: but not the better part of the
    article."""
    read = [0, *accumulate(x.words * x.prose for x in lines)]  # words of prose before each line
    found = list(lines)
    for i, line in enumerate(lines):
        text = "" if line.prose or len(line.text) > LONGEST else language.plain(line.text)
        rule = next((r for r in book.near("boilerplate", text) if r.scope == "to-end" and r.regex.search(text)), None)
        if not rule or found[i].rule:
            continue
        found[i] = replace(line, rule=rule.rule, kind=rule.kind)
        if read[i] > read[-1] - read[i]:
            found[i + 1:] = behind(found, i, rule)
            if rule.kind != "teaser":
                break
    return found


def behind(lines, i, rule):
    """The lines behind the marker at `i`, dropped but for those with which the article goes on behind a box."""
    body, again = " ".join(x.text for x in lines[:i] if x.prose), False
    for later in lines[i + 1:]:
        full = later.prose and ended(later.text)
        again = again or rule.kind == "teaser" and full and later.words >= 12 and overlap(later.text, body) >= GOES_ON
        yield later if again and full else replace(later, rule=rule.rule, kind=rule.kind)


def by_place(lines, book):
    """The lines; what is left falls by its place: before the lead, among the body, after it."""
    prose = [i for i, x in enumerate(lines) if x.prose and not x.rule and not x.kind]
    if not prose:
        title = headline(lines, "", book)
        return [replace(x, kind="headline") if x is title else x for x in lines]
    first, last = prose[0], prose[-1] + 1
    while first and is_short_lead(lines, first - 1):
        first -= 1
    while last < len(lines) and not lines[last].kind and lines[last].words >= 4 and ended(lines[last].text):
        last += 1  # a short sentence that no rule knows, 'Iran denies all of it.', may be the last paragraph
    body = " ".join(lines[i].text for i in prose)
    return [*before_lead(lines[:first], body, book), *in_body(lines[first:last]),
            *(dropped(x, "after-body") for x in lines[last:])]


def is_short_lead(lines, i):
    """True for a sentence of few words right below a date line: the lead, and no headline."""
    line = lines[i]
    return not line.kind and line.words >= 5 and line.text.endswith(".") and i > 0 and lines[i - 1].kind == "dateline"


def stems(text):
    """First letters of the words that carry meaning."""
    words = re.findall(r"[^\W\d_]\w+", language.plain(text).lower())
    return {w[:5] for w in words if w not in STOP_WORDS}


def overlap(text, body):
    """Share of a line's words that the body uses too."""
    own = stems(text)
    return len(own & stems(body)) / len(own) if own else 0.0


def before_lead(lines, body, book):
    """The lines; the headline and a deck are kept, the rest before the lead is furniture."""
    yield from (dropped(x, "before-lead") for x in lines[:-HEAD])
    lines = lines[-HEAD:]
    dated = [a for a, b in zip(lines, lines[1:], strict=False) if b.kind in ("dateline", "byline", "posting")]
    title = printed_title(lines) or headline([x for x in lines if not x.kind], body, book, dated, len(lines) == 1)
    for i, line in enumerate(lines):
        beside = any(x is title for x in lines[max(i - 1, 0):i + 2])
        if line is title or title and title.kind == line.kind == "headline":
            yield replace(line, kind="headline")
        elif line.kind == "headline":  # a field gives it, and the page prints it
            yield replace(line, kind=fields.RULE, rule=fields.RULE)
        elif not line.kind and line.words >= 6 and beside and overlap(line.text, body) >= DECK:
            yield replace(line, kind="subhead")
        else:
            yield dropped(line, "before-lead", "menu" if line.words <= 4 else "tagline")


def printed_title(lines):
    """The line that prints what a field gives as the headline, else the first of that field; None where there is no
    such field."""
    given = [x for x in lines if x.kind == "headline"]
    title = " ".join(x.text for x in given)
    said = [x for x in lines if given and not x.kind and language.same_words(x.text, title)]
    return (said or given or [None])[0]


def headline(candidates, body, book, dated=(), top=False):
    """The line before the lead that shares most with the body, names an actor and stands above a date or byline (one of
    `dated`), the last among equals; else the only line, where it stands above the only date or at the `top`; or None.
    """
    scored = []
    for i, x in enumerate(candidates):
        if 2 < x.words < 25 and not re.search(r"[a-z]\. [A-Z]|:$", x.text):
            named = any(r.regex.search(x.text) for r in book.near("actors", x.text))
            above = x in dated and x.words > 4
            scored.append((overlap(x.text, body) * len(stems(x.text)) + 2 * named + 2 * above, i))
    if scored and (not body or max(scored)[0] >= 1):
        return candidates[max(scored)[1]]
    alone = len(candidates) == 1 and (candidates == list(dated) or top and candidates[0].words > 1)
    return candidates[0] if alone else None


def in_body(lines):
    """The lines: prose is body; a short line alone is a subhead, one stuck to a paragraph a caption, a run of them a
    menu."""
    spaced = sum(x.gap for x in lines[1:] if x.prose) >= 0.7 * max(sum(x.prose for x in lines[1:]), 1)
    for block in blocks(lines):
        short = [not x.prose and not x.kind for x in block]
        menu = 2 < sum(short) == len(block)
        for line, is_short in zip(block, short, strict=True):
            if is_short and menu:
                yield dropped(line, "menu-block")
            elif is_short and spaced and len(block) > sum(short) and line.words <= 4 and not ended(line.text):
                yield dropped(line, "caption-block", "caption")
            elif line.kind:
                yield line
            else:
                yield replace(line, kind="body" if line.prose or ended(line.text) else "subhead")
