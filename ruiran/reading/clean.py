"""Raw text to `lines`: each kept or dropped by a named rule; nothing is deleted."""
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from spacy.lang.en.stop_words import STOP_WORDS

from ..codebook import days
from . import language

SENTENCE_END = re.compile(r"[.!?\u2026]['\"\u201d\u2019)\]]*$")
WORD = re.compile(r"[^\W_][\w.'\u2019-]*")
INDENT = 2     # spaces by which the first line of a paragraph stands in
FULL = 45      # characters of a line that may run on into the next
SHORT = 12     # words that a date line has at most
GOES_ON = 0.4  # share of a sentence's words that the article before it used
LONG = 20      # words from which on a paragraph of its own goes on with the article, where it shares
SOME = 0.15    # this many of its words
LONGEST = 1000  # characters up to which a line may be furniture; a longer one is text
HEAD = 100     # lines before the lead among which the headline stands


@dataclass
class Line:
    """A non-blank line, its row of the table and what its shape tells."""

    row: dict
    gap: bool          # a blank line, or nothing, stands before it
    words: int = 0
    prose: bool = False


def lines_of(document, book):
    """Rows of the `lines` table, one a non-blank line, in order."""
    lines = list(read_lines(document.text))
    mark_prose(lines)
    by_pattern(lines, book)
    by_marker(lines, book)
    by_place(lines, book)
    return [{"doc_id": document.doc_id, **line.row} for line in lines]


def read_lines(text):
    """Every non-blank line with its offsets, without the white space around it."""
    start, gap, margin, width = 0, True, 0, 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            set_in = indent >= INDENT and (indent >= margin + INDENT or width < FULL)
            gap, margin, width = gap or set_in, indent, len(stripped)
            first = start + raw.index(stripped)
            row = {"line": number, "start": first, "end": first + len(stripped), "text": stripped, "kind": "",
                   "rule": ""}
            yield Line(row, gap, len(WORD.findall(stripped)))
        gap = not stripped
        start += len(raw) + 1


def mark_prose(lines):
    """A line is prose when it is a full sentence, or long, or part of a hard-wrapped paragraph."""
    for line in lines:
        ended = SENTENCE_END.search(line.row["text"])
        line.prose = line.words >= 16 or bool(ended and line.words >= 9)
    for block in blocks(lines):
        if len(block) > 1 and sum(b.words for b in block) >= 20 and all(len(b.row["text"]) >= FULL for b in block[:-1]):
            for line in block:
                line.prose = True


def blocks(lines):
    """Runs of lines with no blank line between them."""
    run = []
    for line in lines:
        if line.gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def drop(line, rule, kind):
    """Marks a line as dropped by the rule."""
    line.row.update(rule=rule, kind=kind)


def by_pattern(lines, book):
    """Rules that know a line by its wording; a full sentence falls only to a rule that may drop one."""
    rules = [r for r in book.rows("boilerplate") if r.scope in ("line", "keep")]
    for line in lines:
        text = language.plain(line.row["text"])
        for rule in rules if len(text) <= LONGEST else ():
            if line.prose and rule.prose != "yes" or line.prose and '"' in text and line.words > 12:
                continue
            if rule.regex.search(text) and not (rule.kind == "menu" and begins_with_day(text, book)):
                line.row.update(kind=rule.kind, rule="" if rule.scope == "keep" else rule.rule)
                break
        else:
            if (not line.prose or line.words <= SHORT) and is_dateline(text, book):
                line.row["kind"] = "dateline"


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
    """From a comment form or a list of other stories on, everything goes: but not the better part of the article."""
    rules = [r for r in book.rows("boilerplate") if r.scope == "to-end"]
    read = [0, *accumulate(x.words * x.prose for x in lines)]  # words of prose before each line
    for i, line in enumerate(lines):
        text = language.plain(line.row["text"])
        short = not line.prose and len(text) <= LONGEST
        rule = next((r for r in rules if short and r.regex.search(text)), None)
        if not rule or line.row["rule"]:
            continue
        before, after = read[i], read[-1] - read[i]
        drop(line, rule.rule, rule.kind)
        if before > after:
            body = " ".join(x.row["text"] for x in lines[:i] if x.prose)
            again = False  # the article has gone on behind the box
            for later in lines[i + 1:]:
                again = again or rule.kind == "teaser" and goes_on(later, body)
                if not (again and later.prose and SENTENCE_END.search(later.row["text"])):
                    drop(later, rule.rule, rule.kind)
            if rule.kind != "teaser":
                return


def goes_on(line, body):
    """True for a full sentence behind a box of other stories that speaks of what the article speaks of."""
    ended, shared = SENTENCE_END.search(line.row["text"]), overlap(line.row["text"], body)
    own = line.gap and line.words >= LONG and shared >= SOME
    return line.prose and line.words >= 12 and bool(ended) and (shared >= GOES_ON or own)


def by_place(lines, book):
    """What is left falls by its place: before the lead, among the body, after it."""
    prose = [i for i, x in enumerate(lines) if x.prose and not x.row["rule"] and not x.row["kind"]]
    if not prose:
        name_headline(lines, "", book)
        return
    first, last = prose[0], prose[-1]
    body = " ".join(lines[i].row["text"] for i in prose)
    while last + 1 < len(lines) and is_short_sentence(lines[last + 1]):
        last += 1  # 'Iran denies it.' may be the last paragraph
    before_lead(lines[:first], body, book)
    in_body(lines[first:last + 1])
    for line in lines[last + 1:]:
        if not line.row["kind"]:
            drop(line, "after-body", "menu")


def is_short_sentence(line):
    """A line of a few words that ends as a sentence and that no rule knows."""
    text = line.row["text"]
    return not line.row["kind"] and line.words >= 4 and bool(SENTENCE_END.search(text)) and has_verb(text)


def stems(text):
    """First letters of the words that carry meaning."""
    words = re.findall(r"[^\W\d_]\w+", language.plain(text).lower())
    return {w[:5] for w in words if w not in STOP_WORDS}


def overlap(text, body):
    """Share of a line's words that the body uses too."""
    own = stems(text)
    return len(own & stems(body)) / len(own) if own else 0.0


def before_lead(lines, body, book):
    """The headline and a deck are kept; the rest before the lead is furniture."""
    far, lines = lines[:-HEAD], lines[-HEAD:]
    for line in far:
        if not line.row["kind"]:
            drop(line, "before-lead", "menu")
    open_lines = [x for x in lines if not x.row["kind"]]
    dated = [a for a, b in zip(lines, lines[1:], strict=False) if b.row["kind"] in ("dateline", "byline", "posting")]
    title = name_headline(open_lines, body, book, dated)
    for i, line in enumerate(lines):
        text = line.row["text"]
        if line.row["kind"]:
            continue
        beside = any(x is title for x in lines[max(i - 1, 0):i + 2])
        shared = overlap(text, body)
        sentence = shared >= 0.6 and (has_verb(text) or SENTENCE_END.search(text))
        if line.words >= 6 and (sentence or beside and shared >= 0.3):
            line.row["kind"] = "subhead"
        else:
            drop(line, "before-lead", "menu" if line.words <= 4 else "tagline")


def name_headline(candidates, body, book, dated=()):
    """The line before the lead that shares most with the body, names an actor and stands above a date or byline (one of
    `dated`), the last among equals; or None."""
    scored = []
    for i, x in enumerate(candidates):
        text = x.row["text"]
        if 2 < x.words < 25 and not re.search(r"[a-z]\. [A-Z]|:$", text):
            named = any(r.regex.search(text) for r in book.near("actors", text))
            scored.append((overlap(text, body) * len(stems(text)) + 2 * named + 2 * (x in dated and x.words > 4), i, x))
    if not scored or body and max(scored)[0] < 1:
        return None
    title = max(scored)[2]
    title.row["kind"] = "headline"
    return title


def has_verb(text):
    """True where the parser sees a finite verb in the line."""
    return any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in language.parser()(language.plain(text)))


def in_body(lines):
    """Prose is body; a short line alone is a subhead, one stuck to a paragraph a caption, a run of them a menu."""
    spaced = sum(x.gap for x in lines[1:] if x.prose) >= 0.7 * max(sum(x.prose for x in lines[1:]), 1)
    for block in blocks(lines):
        short = [not x.prose and not x.row["kind"] for x in block]
        menu = 2 < sum(short) == len(block)
        for line, is_short in zip(block, short, strict=True):
            ended = SENTENCE_END.search(line.row["text"])
            if is_short and menu:
                drop(line, "menu-block", "menu")
            elif is_short and spaced and len(block) > sum(short) and line.words <= 4 and not ended:
                drop(line, "caption-block", "caption")
            elif not line.row["kind"]:
                line.row["kind"] = "body" if line.prose or ended else "subhead"
