"""PDFs to text: rows that belong together are one paragraph, words that a line end parts are whole, and running heads
stand at the end, marked."""
import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from .encodings import Unreadable
from .formats import FEWEST, head, library, piece_of

PAGES = 100           # pages of one article
EDGE = 3              # rows at the top and the foot of a page among which running heads stand
SELDOM = 3            # rows below others in one type, from which on it is that of a text
NEAR = 1.1            # of the usual distance of two rows: a larger one parts paragraphs
PARTED = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
NEXT = re.compile(r"[a-z]{2,}")
NUMBER = re.compile(r"(?i)\W*(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\W*")
ENDED = re.compile(r"[.!?:][\"')\]\u2019\u201d]*\s*$")


@dataclass(frozen=True)
class Row:
    """One printed row: its text, the size of its type and its height on the page, both in points."""

    text: str
    size: float
    height: float


def pieces(data):
    """([the Piece of a PDF], ''), of bytes. Raises Unreadable for one that is locked, broken, too long or without
    text."""
    pypdf = library("pypdf", "PDFs")
    try:
        file = pypdf.PdfReader(BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise Unreadable("locked by a password; save it again without")
        if len(file.pages) > PAGES:
            raise Unreadable(f"{len(file.pages)} pages, more than the {PAGES} of one article; split it")
        sheets = [rows_of(page) for page in file.pages]
        made = getattr(file.metadata, "creation_date", None)
    except Unreadable:
        raise
    except Exception as error:  # a broken PDF raises whatever its parser meets
        raise Unreadable(f"a PDF that cannot be read ({type(error).__name__}); print it to PDF again") from None
    if sum(len(row.text.split()) for sheet in sheets for row in sheet) < FEWEST:
        raise Unreadable("a PDF without text: pictures of pages; recognise the text (OCR) and save it as .txt")
    running = running_heads(sheets)
    apart = set(running)
    text = paragraphs([row for sheet in sheets for row in sheet if row not in apart])
    front = head(file_date=made.strftime("%Y-%m-%d") if made else "")
    blocks = [*(([line, True],) for line in text), *(([row.text.strip(), False],) for row in running)]
    return [piece_of(front, blocks)], ""


def rows_of(page):
    """The Rows of a page that hold text, in the order in which it gives them."""
    found, words, place = [], [], None

    def heard(text, matrix, at, font, size):
        nonlocal words, place
        for n, part in enumerate(text.split("\n")):
            if n:
                found.append((words, place))
                words, place = [], None
            if part.strip() and place is None:
                place = round(abs(size * at[3] * matrix[3]), 1), round(at[5] * matrix[3] + matrix[5], 1)
            words.append(part)

    page.extract_text(visitor_text=heard)
    return [Row("".join(words), *place) for words, place in [*found, (words, place)] if place]


def running_heads(sheets):
    """The Rows at the edge of a page that stand at that of another too, but for their figures, or number the page."""
    edges = [{shape(row) for row in [*sheet[:EDGE], *sheet[-EDGE:]]} for sheet in sheets]
    often = {line for line, n in Counter(line for edge in edges for line in edge).items() if n > 1}
    return [row for sheet in sheets for row in dict.fromkeys([*sheet[:EDGE], *sheet[-EDGE:]])
            if shape(row) in often or NUMBER.fullmatch(row.text)]


def shape(row):
    """A row without its figures, which differ from page to page."""
    return re.sub(r"\d+", "0", row.text.strip())


def paragraphs(rows):
    """Rows as paragraphs, each one line of text."""
    usual = leading(rows)
    printed, made = " ".join(row.text for row in rows), []
    for before, row in zip([None, *rows], rows, strict=False):
        if before and goes_on(before, row, usual.get(row.size, 0)):
            made[-1] = joined(made[-1], row.text.strip(), printed)
        else:
            made.append(row.text.strip())
    return [" ".join(text.split()) for text in made]


def leading(rows):
    """{size of type: the usual distance of two rows in it}; none for small type that seldom runs on, as on a line of
    links."""
    steps = {}
    for a, b in zip(rows, rows[1:], strict=False):
        if a.size == b.size and 0 < a.height - b.height < 4 * max(a.size, 1):
            steps.setdefault(a.size, []).append(round(a.height - b.height))
    body = max(steps, key=lambda size: len(steps[size]), default=0)
    return {size: Counter(found).most_common(1)[0][0] for size, found in steps.items()
            if size >= body or len(found) >= SELDOM}


def goes_on(row, following, usual):
    """True where the second row belongs to the paragraph of the first: set in the same type, right below it and not set
    in, or, at the top of a column or page, in the middle of a sentence."""
    if row.size != following.size or following.text.startswith("  "):
        return False
    step = row.height - following.height
    return step <= NEAR * usual + 1 if step > 0 else not ENDED.search(row.text)


def joined(text, row, printed):
    """Text that goes on in the next row: 'deliv-' and 'ered' are one word, 'S-' and '300' keep their hyphen, and so do
    'arms-' and 'control' where 'arms-control' is printed elsewhere."""
    parted, rest = PARTED.search(text), NEXT.match(row)
    if parted and rest:
        return (text if f"{parted[1]}-{rest[0]}" in printed else text[:parted.end(1)]) + row
    return text + ("" if re.search(r"\w-$", text) else " ") + row
