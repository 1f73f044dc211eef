"""The paragraphs that the parser reads; characters are replaced one for one, so offsets stay raw offsets."""
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Span
from spacy.util import filter_spans

from ..faults import TooMuch
from . import parser

PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2011\u2010\n\t", "''\"\"\u0020--  ")
PIECE = 4_000  # characters of a paragraph at most: what is done with one may grow with the square of its length
END = re.compile(r"[.!?][\"')]*\s")
EMPHASIS = re.compile(r"(?<![\w*_])(?:\*\*|__|[*_])(?=[\w\"'])|(?<=[\w.,!?\"'])(?:\*\*|__|[*_])(?![\w*_])")
OTHER = re.compile(r"[\W_]+")
TOKENS = 60_000  # words and signs of an article, as spaCy counts them
DATELINE = 140  # characters of a paragraph within which its dateline ends
HEADS = ("headline", "subhead")


def plain(text):
    """The same characters with straight quotation marks, plain spaces and hyphens: as many as before."""
    return text if text.isascii() and text.isprintable() else text.translate(PLAIN)


def unmarked(text):
    """The same characters, but for the marks of Markdown around words, which are spaces."""
    return EMPHASIS.sub(lambda m: " " * len(m[0]), text) if "*" in text or "_" in text else text


@dataclass(frozen=True)
class Paragraph:
    """Parsed kept text: `start` and `end` are raw offsets, `lines` its lines, `doc` its parse."""

    start: int
    end: int
    lines: tuple  # (line number, raw start)
    kind: str
    text: str
    doc: object = None

    def line_at(self, offset):
        """The number of the line on which the raw offset stands."""
        return self.lines[max(bisect_right([s for _, s in self.lines], offset) - 1, 0)][0]

    def place(self, start, end):
        """(line, start, end, text) of the characters start to end of the paragraph, its offsets raw."""
        return self.line_at(self.start + start), self.start + start, self.start + end, self.text[start:end]


def paragraphs_of(text, lines):
    """Kept lines as Paragraphs, unparsed: hard-wrapped lines that run on are one; one that is very long is read in
    pieces."""
    kept = [row for row in lines if not row.rule]
    wrapped, groups = is_wrapped(kept), []
    for row in kept:
        if groups and wrapped and runs_on(groups[-1][-1], row, text):
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        start, end = group[0].start, group[-1].end
        places = tuple((row.line, row.start) for row in group)
        yield from pieces(Paragraph(start, end, places, group[0].kind, unmarked(plain(text[start:end]))))


def pieces(p):
    """A paragraph as paragraphs of at most PIECE characters, cut behind a sentence, else between words, else
    anywhere."""
    text, start = p.text, p.start
    while len(text) > PIECE:
        ends = [m.end() for m in END.finditer(text, 0, PIECE)] or [text.rfind(" ", 1, PIECE) + 1 or PIECE]
        piece, rest = text[:ends[-1]].rstrip(), text[ends[-1]:].lstrip()
        yield replace(p, start=start, end=start + len(piece), text=piece)
        text, start = rest, start + len(text) - len(rest)
    if text:
        yield replace(p, start=start, text=text)


def same_words(a, b):
    """True where two texts have the same letters and figures, in capitals or not."""
    return OTHER.sub("", lowered(a)) == OTHER.sub("", lowered(b))


def is_wrapped(rows):
    """True where most body lines that have a next line at once break in mid-sentence, at a like width."""
    body = [r for r in rows if r.kind == "body"]
    pairs = [(a, b) for a, b in zip(body, body[1:], strict=False) if b.line == a.line + 1]
    broken = [a for a, _ in pairs if not re.search(r"[.!?:]['\"\u201d\u2019)]*$", a.text)]
    wide = max((len(a.text) for a, _ in pairs if "://" not in a.text), default=0)  # an address is not wrapped
    return len(pairs) >= 3 and len(broken) > len(pairs) / 2 and wide <= 110


def runs_on(row, following, text):
    """Two body lines with no blank line between them, the second not set in as the first of a paragraph."""
    between = text[row.end:following.start]
    indents = [row.start - text.rfind("\n", 0, row.start) - 1, len(between) - between.rfind("\n") - 1]
    return row.kind == following.kind == "body" and between.count("\n") == 1 and indents[1] < indents[0] + 2


class Known(NamedTuple):
    """What is known of texts before they are parsed, each from a text: `names` the matches of names, `dates` the spans
    of dates, `unknown` whether somebody may be named whom no list has; `datelines` the rows of that codebook file."""

    names: Callable
    dates: Callable
    unknown: Callable
    datelines: tuple


class Unparsed(NamedTuple):
    """A text for the parser, the spans of its dates, and whether the model is to look for names in it."""

    text: str
    dates: tuple
    unknown: bool


def cased(paragraphs, known):
    """The paragraphs, the capitals of headlines lowered but for names, by what is Known of their texts."""
    return [replace(p, text=sentence_case(p.text, known.names)) if p.kind in HEADS else p for p in paragraphs]


def parsed(paragraphs, known):
    """The paragraphs with their spaCy parse; a dateline ('MOSCOW, Jan. 31 (UPI) --') is blank to the parser."""
    docs = parsed_docs(tuple(unparsed(p.text, known) for p in paragraphs))
    return [replace(p, doc=d) for p, d in zip(paragraphs, docs, strict=True)]


def unparsed(text, known):
    """A text as the parser is given it."""
    return Unparsed(without_dateline(text, known.datelines), tuple(known.dates(text)), known.unknown(text))


@lru_cache(maxsize=8)  # an article that another one dates is read a second time
def parsed_docs(texts):
    """The parse of each Unparsed text as Docs, their `ents` the dates and, where they are looked for, the names
    that the model finds."""
    docs = [with_dates(parser.nlp().make_doc(t.text), t.dates) for t in texts]
    if (count := sum(map(len, docs))) > TOKENS:
        raise TooMuch(f"{count:,} words and signs, more than the {TOKENS:,} of one article; split it")
    return parser.read(docs, [t.unknown for t in texts])


def with_dates(doc, dates):
    """The Doc, its `ents` the spans of dates."""
    spans = (doc.char_span(*span, alignment_mode="expand") for span in dates)
    doc.ents = filter_spans([Span(doc, s.start, s.end, "DATE") for s in spans if s is not None])
    return doc


def dateline_end(text, datelines):
    """Where the dateline of a paragraph ends, by the patterns of codebook `datelines`: 0 for none."""
    head = text[:DATELINE]
    return max((m.end() for r in datelines if (m := r.regex.match(head))), default=0)


def without_dateline(text, datelines):
    """The text with its dateline turned into spaces, as many as it had characters."""
    end = dateline_end(text, datelines)
    rest = text[end:].lstrip(" –—-") if end else text
    return " " * (len(text) - len(rest)) + rest


def sentence_case(text, names):
    """A headline in title or full capitals as an ordinary sentence of the same length; `names` keep theirs."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if not words or sum(w[0].isupper() for w in words) < 0.6 * len(words):
        return text
    if sum(w.isupper() for w in words) > 0.7 * len(words):
        text = re.sub(r"[^\W\d_]{3,}(?:'[^\W\d_]+)?", lambda m: m[0][0] + lowered(m[0][1:]), text)
    keep = {0, *(i for m in names(text) for i in range(*m.span()))}
    return "".join(c if i in keep else lowered(c) for i, c in enumerate(text))


def lowered(text):
    """The text in small letters, one for one: 'İ', whose small letter is two characters, stays."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
