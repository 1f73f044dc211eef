"""Tables of articles to texts: CSV, JSON Lines and Parquet with columns of text, title, day and outlet."""
import csv
import json
import sys
from io import StringIO

from ..faults import printable
from . import fields
from .encodings import Unreadable, decode
from .formats import Note, Piece, head, library, lines


def pieces(path, book, cut=None):
    """(Pieces, a row of the table each, numbered as its rows are; which rows hold no text, and why), of a whole file or
    a formats.Cut of one. Raises Unreadable where no column holds texts."""
    found, faults, columns = [], [], {}
    for number, row, fault in READS[path.suffix.lower()](path, cut):
        columns |= dict.fromkeys(map(str, row))
        given = cells(row, book)
        text = lines(given.pop("text", ""))
        if fault or not text.strip():
            faults.append((fault or "no text", number))
        else:
            found.append(Piece(with_head(given, text), number, made=True))
    if not found and not columns and not cut:
        raise Unreadable("no rows: there is nothing in it")
    if not found and not cut and "text" not in {fields.gives(book, "table").get(c.strip().lower()) for c in columns}:
        names = ", ".join(n for n, gives in fields.gives(book, "table").items() if gives == "text")
        raise Unreadable(f"no column of texts ({names}); its columns are {printable(', '.join(columns))[:200]}: rename "
                         "one")
    return found, Note("row", tuple(faults))


def cells(row, book):
    """{text, title, date, outlet} as far as a row has them, the first column of each kind that is not empty."""
    known, found = fields.gives(book, "table"), {}
    for name, value in row.items():
        gives = known.get(str(name).strip().lower())
        if gives and value is not None and str(value).strip() not in ("", "nan", "NaT", "None"):
            found.setdefault(gives, str(value))
    return found


def with_head(given, text):
    """The text with a head that says its title, day and outlet; a title with which the text begins is its own."""
    title = given.get("title", "")
    if title and " ".join(text.split())[:len(title)] == " ".join(title.split()):
        title = ""
    return head(title=title, date=given.get("date", "").replace("T", " ").split(" 00:00")[0],
                outlet=given.get("outlet", "")) + text


# ---------------------------------------------------------------- (number from 1, {column: value}, '' or a fault)
def from_csv(path, _):
    """The rows of a CSV file, the header not counted; it is never cut, as a cell may have lines."""
    text, _ = decode(path.read_bytes())
    text = lines(text)
    csv.field_size_limit(sys.maxsize)
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    number = 0
    try:
        for number, row in enumerate(csv.DictReader(StringIO(text), delimiter=sign, strict=True), 1):
            fault = "more cells than columns: a comma or a quotation mark too many" if None in row else ""
            yield number, {k: v for k, v in row.items() if k is not None}, fault
    except csv.Error as error:
        yield number + 1, {}, f"here it breaks off ({error}): mend the quotation marks"


def from_json(path, cut):
    """The objects of a file of JSON Lines, or of a part of it."""
    start, size, before = (cut.start, cut.stop - cut.start, cut.before) if cut else (0, -1, 0)
    with path.open("rb") as file:
        file.seek(start)
        text, _ = decode(file.read(size))
    for number, line in enumerate(lines(text).split("\n"), before + 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield number, row if isinstance(row, dict) else {}, "" if isinstance(row, dict) else "no JSON object"


def from_parquet(path, cut):
    """The rows of a Parquet file, or of a part of it."""
    arrow = library("pyarrow.parquet", "Parquet files")
    number, groups = (cut.before, range(cut.start, cut.stop)) if cut else (0, None)
    try:
        with arrow.ParquetFile(path) as file:
            for batch in file.iter_batches(1000, row_groups=groups and list(groups)):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row, ""
    except (ValueError, OSError) as error:
        raise Unreadable(f"no Parquet file that can be read ({printable(str(error))[:80]}); write it again") from None


READS = {".csv": from_csv, ".tsv": from_csv, ".jsonl": from_json, ".ndjson": from_json, ".parquet": from_parquet}
