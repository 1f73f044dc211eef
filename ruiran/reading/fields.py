"""Names of fields in front of what they hold: the tags of press databases, and the head of a page in Markdown."""
import re
from dataclasses import dataclass
from functools import lru_cache

from ..codebook import days

RULE = "field"      # the rule by which a tag, and what is no text of the article, is dropped
SHOWN = {"title": "headline", "date": "posting", "page-date": "page-date", "file-date": "file-date",
         "byline": "byline", "outlet": "outlet"}  # field -> kind of its line
FEWEST = 3          # names from which on a text has fields
HEADER = {"---": ":", "+++": "="}  # fence of a head -> what stands behind its names
NAME = re.compile(r"[\w-]{2,30}\s*[:=]")
LONG = 60           # lines of a head
OUTER = " \t\"'"
PATTERNS = {"factiva": re.compile(r"(?P<name>[A-Z]{2,3})(?:[ \t]{2,}|[ \t]*$)"),
            "nexis": re.compile(r"[ \t]*(?:(?P<name>[A-Z][A-Z-]{3,20}|[A-Z][a-z]+(?:-[A-Z][a-z]+)?):[ \t]*|"
                                r"(?:Body|BODY)\s*$)")}
MARK = re.compile(r"[ \t\f]*(?:(?:Document )?\d{1,6} of \d{1,6}(?: DOCUMENTS)?|End of Document)\s*")


@dataclass(frozen=True)
class Field:
    """What one line holds of a field: `start` to `end` are characters of the whole text, `gives` is the codebook's."""

    gives: str
    start: int
    end: int


@lru_cache(maxsize=None)
def gives(book, form):
    """{name of a field in small letters: what it gives} of one form of codebook `fields`."""
    return {row.name.lower(): row.gives for row in book.rows("fields") if row.form == form}


def form_of(text, book):
    """The form in which a text has its fields, a key of FORMS; '' where it has none."""
    first = text.lstrip().partition("\n")[0].strip()
    if first in HEADER:
        return "header"
    return next((form for form in ("factiva", "nexis") if has_fields(text, form, book)), "")


def has_fields(text, form, book):
    """True where a text has a headline and more fields of a form."""
    found = {name for line in text.split("\n") if (name := name_of(line, form, book))}
    return len(found) >= FEWEST and ("hd" in found or "headline" in found or bool({"length", "body"} <= found))


def name_of(line, form, book):
    """The name of the field that begins with this line, in small letters; '' for none."""
    found = PATTERNS[form].match(line)
    name = (found["name"] or "body").lower() if found else ""
    return name if name in gives(book, form) else ""


def fields_of(text, book):
    """{line: Field} of the lines of a text that belong to a field; {} where the text has none."""
    form = form_of(text, book)
    return {} if not form else header(text, book) if form == "header" else tagged(text, form, book)


def lines_in(text):
    """(number, start, line) of each line of a text."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, line
        start += len(line) + 1


def header(text, book):
    """The fields of a head between two fences, '---' (YAML) or '+++' (TOML); one that is never closed ends where the
    names do."""
    rows = [(number, start, line) for number, start, line in lines_in(text) if line.strip()]
    fence = rows[0][2].strip()
    closed = next((n for n, (_, _, line) in enumerate(rows[1:LONG], 1) if line.strip() == fence), 0)
    names = next((n for n, (_, _, line) in enumerate(rows[1:], 1) if not NAME.match(line)), len(rows))
    found = {number: Field("other", start, start) for number, start, _ in rows[:closed + 1 if closed else names]}
    for number, start, line in rows[1:closed or names]:
        name, _, value = line.partition(HEADER[fence])
        kind = gives(book, "header").get(name.strip().lower(), "other")
        at = start + len(line) - len(value.lstrip(OUTER))
        if kind != "other" and value.strip(OUTER):
            found[number] = Field(kind, at, at + len(value.strip(OUTER)))
    return found if any(field.gives != "other" for field in found.values()) else {}


def tagged(text, form, book):
    """The fields of an article of a press database. A field of Factiva's lasts until the next, one of Nexis' until a
    blank line; in front of Nexis' fields the name of the outlet stands on the line above the day."""
    found, now, above = {}, "", None
    for number, start, line in lines_in(text):
        mark, bare = MARK.fullmatch(line), line.strip()
        match = None if mark else PATTERNS[form].match(line)
        name = (match["name"] or "body").lower() if match else ""
        begins = name in gives(book, form)
        if begins or mark or not bare and form == "nexis":
            now = gives(book, form)[name] if begins else "other" if mark else ""
        at = start + (match.end() if begins else len(line) - len(line.lstrip()))
        if now and bare:
            found[number] = Field(now, start + len(line) if mark else at, max(at, start + len(line.rstrip())))
        elif bare and form == "nexis" and above and not found.keys() - {1} - {above[0]} and is_day(line, book):
            found[above[0]] = Field("outlet", *above[1:])
        if bare and not now:
            above = (number, at, start + len(line.rstrip()))
    return found


def is_day(line, book):
    """True for a line that is little else than a day: 'March 3, 2008 Monday'."""
    return len(line.split()) <= 6 and any(w.kind == "day" for w in days.find(line, book))


# ---------------------------------------------------------------- many articles in one text
def articles_in(text, book):
    """(the articles of an export of a press database, each a part of the text; '' or what is amiss): Nexis has a mark
    between two, Factiva the field AN at the end of each. One part where the text is no export of several."""
    form = form_of(text, book)
    if form not in PATTERNS:
        return [text], ""
    starts = {"nexis": marks, "factiva": numbers}[form](text, book)
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    parts = [part for part in parts if len(part.split()) > FEWEST]
    if len(parts) < 2:
        return [text], ""
    whole = form == "nexis" or any(name_of(line, form, book) == "an" for line in parts[-1].split("\n"))
    missing = missing_of(text) if form == "nexis" else 0
    fault = "" if whole else "the last article breaks off: it has no field AN; export it again"
    return parts, f"{missing} of its articles are missing; export it again" if missing > 0 else fault


def marks(text, book):
    """Where the articles of an export of Nexis begin: at 'Document 2 of 9', '2 of 9 DOCUMENTS', or behind 'End of
    Document'."""
    found = [(start, line) for _, start, line in lines_in(text) if line.strip() and MARK.fullmatch(line)]
    ends = [start + len(line) for start, line in found if "End" in line]
    return [start for start, line in found if "End" not in line] or [0, *ends[:-1], *(
        end for end in ends[-1:] if len(text[end:].split()) > FEWEST)]


def missing_of(text):
    """How many articles an export of Nexis says that it has, and has not."""
    counts = [re.findall(r"\d+", line) for line in text.split("\n") if "of" in line and MARK.fullmatch(line)]
    return max((int(last) - len(counts) for _, last in filter(None, counts)), default=0)


def numbers(text, book):
    """Where the articles of an export of Factiva begin: the first at the top, others at the field behind AN, or where
    a field of their head comes again."""
    starts, seen = [0], set()
    for _, start, line in lines_in(text):
        name = name_of(line, "factiva", book)
        if name and seen and ("an" in seen or name in ("se", "hd") and "hd" in seen):
            starts.append(start)
            seen = set()
        seen |= {name} - {""}
    return starts
