"""Files as the texts of articles: which reader takes which file, by its ending and its first bytes.

A reader gives Pieces: what a person reads in the file, with what its format says of title, day and outlet in a head in
front, as a page in Markdown has it.
"""
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from ..faults import printable
from . import fields
from .encodings import Unreadable, decode

READERS = {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".html": "page", ".htm": "page",
           ".xhtml": "page", ".pdf": "pdf", ".csv": "table", ".tsv": "table", ".jsonl": "table", ".ndjson": "table",
           ".parquet": "table"}
LARGEST = {"text": 20_000_000, "page": 5_000_000, "pdf": 50_000_000, "table": 1_000_000_000}  # bytes of a file
LONGEST = 300_000  # characters of an article
FEWEST = 30        # words of a page or a PDF: with fewer it shows no text
NAMED = "text, Markdown, HTML, PDF, CSV, JSON Lines and Parquet"
SIGNS = {b"%PDF-": ("a PDF", ".pdf"), b"PK\x03\x04": ("a zip archive or an office document", ""),
         b"PAR1": ("a Parquet file", ".parquet"), b"\x1f\x8b": ("a gzip archive", ""), b"{\\rtf": ("a rich text", ""),
         b"\xd0\xcf\x11\xe0": ("an old office document", ""), b"\x89PNG": ("a picture", ""),
         b"\xff\xd8": ("a picture", "")}
PAGE = re.compile(r"\ufeff?\s*(?:<!doctype html\b|<html\b)", re.I)
SHOWN = 5  # parts named of those with the same fault
EXTRA = "reading {} needs the extra `formats`: pip install 'ruiran[formats]'"


@dataclass(frozen=True)
class Piece:
    """One text of a file: `number` its place among several, 0 where it is alone; `outside` the numbers of lines that
    are no part of the text proper; `made` where the text is not the file's own but was taken out of it."""

    text: str
    number: int = 0
    outside: frozenset = frozenset()
    made: bool = False


@dataclass(frozen=True)
class Cut:
    """A part of a file of rows: its first byte or row group and the one behind its last, the number of the row before
    its first, the hash of the whole file, and about how many bytes the part has."""

    start: int
    stop: int
    before: int
    sha256: str
    bytes: int


def pieces_of(path, book, cut=None):
    """(Pieces of a file or of a Cut of it, what to know about how it was read). Raises Unreadable for a format that is
    not read or not what the name says, OSError."""
    ending = path.suffix.lower()
    if ending not in READERS:
        raise Unreadable(f"{printable(path.suffix) or 'no ending'}: {NAMED} are read; save the article as one of them")
    with path.open("rb") as file:
        check_signs(file.read(16), ending)
    if cut:
        return table(path, book, cut)
    return read_as(READERS[ending], path, book)


def read_as(kind, path, book):
    """What the reader of that kind gives of a file. Raises Unreadable for one that is too large."""
    if path.stat().st_size > LARGEST[kind]:
        raise Unreadable(f"{path.stat().st_size:,} bytes: too large; split it, or save its text alone")
    return READS[kind](path, book)


def check_signs(first, ending):
    """Raises Unreadable for a file whose first bytes are another format's than its ending says."""
    for sign, (what, right) in SIGNS.items():
        if first.startswith(sign) and ending != right:
            remedy = f"name it {right}" if right else f"save its text, or unpack it; {NAMED} are read"
            raise Unreadable(f"this is {what} under the name of another ({ending}); {remedy}")
    if ending in (".pdf", ".parquet") and not any(first.startswith(s) for s, (_, e) in SIGNS.items() if e == ending):
        raise Unreadable(f"no {ending[1:].upper()} although its name says so; save it again, or mend its name")


@lru_cache(maxsize=None)
def library(name, what):
    """A module that only some need. Raises Unreadable that says what to install."""
    try:
        return import_module(name)
    except ImportError:
        raise Unreadable(EXTRA.format(what)) from None


def lines(text):
    """Text with the one line end that offsets count."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def head(**given):
    """What a format says of an article as a head in front of its text; '' where it says nothing."""
    said = [f"{name.replace('_', '-')}: {' '.join(str(value).split())}" for name, value in given.items()
            if str(value or "").strip()]
    return "\n".join(["---", *said, "---", "", ""]) if said else ""


def piece_of(front, blocks):
    """The Piece of a head and blocks, lists of (line, whether it is part of the article), a blank line between two."""
    said = [pair for block in blocks for pair in (*block, ("", True))]
    if not any(line and inside for line, inside in said):
        said = [(line, True) for line, _ in said]  # nothing is known of any
    first = front.count("\n") + 1
    return Piece(front + "\n".join(line for line, _ in said), made=True,
                 outside=frozenset(first + n for n, (_, inside) in enumerate(said) if not inside))


class Note(NamedTuple):
    """What to know of the parts of a file that hold no article: what they are, and (fault, number) of each."""

    what: str
    faults: tuple

    def __str__(self):
        """In words, a few of each fault named."""
        said = []
        for fault, n in Counter(fault for fault, _ in self.faults).items():
            numbers = [str(number) for f, number in self.faults if f == fault]
            named = ", ".join(numbers[:SHOWN]) + (f" and {n - SHOWN:,} more" if n > SHOWN else "")
            said.append(f"{self.what}{'s' * (n > 1)} {named}: {fault}")
        return "; ".join(said)

    def __bool__(self):
        """Whether there is anything to know."""
        return bool(self.faults)


# ---------------------------------------------------------------- text, with one article or many
def texts(path, book):
    """(Pieces, note) of a file of plain text: an export of a press database may hold many articles."""
    text, note = decode(path.read_bytes())
    if PAGE.match(text):
        return read_as("page", path, book)[0], "a web page under the name of a text, read as a page; name it .html"
    found, fault = fields.articles_in(lines(text), book)
    if len(found) < 2:
        return [Piece(lines(text))], note or fault
    return [Piece(part, n, made=True) for n, part in enumerate(found, 1)], "; ".join(filter(None, (note, fault)))


def page(path, book):
    """(Pieces, note) of a web page."""
    from . import pages
    return pages.pieces(path.read_bytes())


def pdf(path, book):
    """(Pieces, note) of a PDF."""
    from . import pdf as reader
    return reader.pieces(path.read_bytes())


def table(path, book, cut=None):
    """(Pieces, note) of a table of articles, or of a Cut of one."""
    from . import rows
    return rows.pieces(path, book, cut)


READS = {"text": texts, "page": page, "pdf": pdf, "table": table}
