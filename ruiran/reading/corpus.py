"""Reads raw files into frozen Documents; every offset of every table points into `Document.text`."""
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from ..codebook.files import CodebookError, table_of
from ..faults import printable
from . import formats
from .encodings import Unreadable, decode

WORDS = 3            # fewest words of an article
TAGS = 5             # tags from which on a text is a page
LONG = 200           # bytes of a name that every disk can hold, with an ending
TEXTS = "text"       # the folder below OUT with the texts taken out of pages, PDFs and the like
MANIFEST = "manifest.json"
SOURCES = "sources.csv"
CORRECTIONS = "corrections.csv"  # what a person has decided on these articles
MADE = {"figures", "report.html"}  # what may stand beside the tables of a run and is made of them
OWN = (SOURCES, CORRECTIONS, "answers.jsonl", "requests.jsonl")  # what may stand beside the articles and is none
MARKUP = re.compile(r"\s*(?:<!doctype\b|<html\b|<\?xml\b|\{\\rtf|%PDF-|%!PS)", re.I)
TAG = re.compile(r"</?(?:html|head|body|title|div|p|br|span|a|b|i|em|strong|script|style|table|t[dr]|[uo]l|li|img|meta|"
                 r"link|h[1-6]|font|section|article)\b[^<>]{0,300}>", re.I)
WORD = re.compile(r"[^\W\d_]{2,}")
PART = re.compile(r"[a-z]+/part-\d+\.parquet")  # of a table; nothing beyond the folder is named


@dataclass(frozen=True)
class Document:
    """One article: `text` is the raw text, `about` the row of sources.csv that describes it (or {}), `outside` the
    numbers of the lines that its reader takes for no part of the article, `made` that the text was taken out of the
    file, and is not all of it."""

    doc_id: str
    file: str
    sha256: str
    text: str
    about: dict = field(default_factory=dict)
    outside: frozenset = frozenset()
    made: bool = False

    @property
    def place(self):
        """The file, and which of its articles: 'export.txt#2'."""
        _, mark, number = self.doc_id.rpartition("#")
        return f"{self.file}#{number}" if mark and number.isdecimal() else self.file

    @property
    def known_as(self):
        """The hash by which a model is asked about the article: of its file, or of its place in a file of several."""
        if self.place == self.file:
            return self.sha256
        return hashlib.sha256(f"{self.sha256} {self.place.removeprefix(self.file)}".encode()).hexdigest()

    @property
    def text_file(self):
        """The name of the file below OUT that holds a text that was made; '' where the article's own file does."""
        name = self.doc_id if len(self.doc_id.encode()) <= LONG else hashlib.sha256(self.doc_id.encode()).hexdigest()
        return f"{TEXTS}/{name}.txt" if self.made else ""


def read_folder(folder, book, skip=None):
    """(documents, problems) of every file in `folder` and below, but those of a run's tables and the folder `skip`;
    a sources.csv beside the articles is optional. Nothing is missing without a word: what is not read is a problem."""
    sources, problems = listed(folder, skip)
    documents, faults = read_sources(sources, book)
    return documents, problems + said(faults)


@dataclass(frozen=True)
class Source:
    """A file with articles, its name below the folder and its row of sources.csv; `cut`, a formats.Cut, where it is a
    part of a file."""

    path: Path
    name: str
    about: dict
    cut: object = None


def listed(folder, skip=None):
    """(Sources in the order of their articles' doc_ids, problems) of a folder, unread."""
    folder = check(folder)
    about, faults = read_about(folder / SOURCES)
    sources, problems, lost = [], [{"file": SOURCES, "problem": fault} for fault in faults], set(about)
    for path, fault in found_in(folder, {*(folder / name for name in OWN), skip}):
        name = printable(path.relative_to(folder).as_posix())  # what no terminal should obey is written out
        lost.discard(name)
        if fault:
            problems.append({"file": name, "problem": fault})
        else:
            sources.append(Source(path, name, about.get(name, {})))
    fault = "named in sources.csv but not in the folder; add it or drop the row"
    problems += [{"file": printable(name), "problem": fault} for name in sorted(lost)]
    return sorted(sources, key=lambda s: (doc_id_of(s.name), s.name, str(s.path))), problems


def read_sources(sources, book, read=None):
    """(Documents, problems) of Sources, each doc_id once; `read` reads one (default: try_documents). What a problem is
    may be a formats.Note."""
    documents, problems = {}, []
    for source in sources:
        found, notes = (read or try_documents)(source, book)
        for document in found:
            if document.doc_id in documents:
                notes.append(f"has the same doc_id as {documents[document.doc_id].file}; rename one")
            else:
                documents[document.doc_id] = document
        problems += [{"file": source.name, "problem": note} for note in notes]
    return list(documents.values()), problems


def said(problems):
    """Rows of `problems` in words: the Notes of one file that was cut, each a row, are one."""
    rows = {}
    for n, row in enumerate(problems):
        note = row["problem"]
        if isinstance(note, formats.Note):
            before = rows.get((row["file"], note.what), row | {"problem": note._replace(faults=())})["problem"]
            rows[row["file"], note.what] = row | {"problem": note._replace(faults=before.faults + note.faults)}
        else:
            rows[n] = row
    return [row | {"problem": str(row["problem"])} for row in rows.values()]


def try_documents(source, book):
    """(Documents, [what to know about them]) of a file; none of the first where it cannot be read as an article."""
    try:
        return read_documents(source, book)
    except Unreadable as error:
        return [], [str(error)]
    except OSError as error:
        return [], [f"cannot be read ({error.strerror}); mend its permissions"]


def check(folder):
    """The folder as a Path; raises Unreadable where there is none."""
    if not Path(folder).is_dir():
        raise Unreadable(f"{printable(folder)}: no such folder")
    return Path(folder)


# ---------------------------------------------------------------- what is in the folder
def found_in(folder, skip):
    """(path, '' or why it is not read) of everything in the folder and below, but for what is in `skip` (real paths)
    and what runs wrote."""
    own = {name.split("/")[0] for name in written(folder)}
    own |= MADE if own else set()
    try:
        inside = [(path, unread(path)) for path in folder.iterdir()]
    except OSError as error:
        yield folder, f"a folder that cannot be opened ({error.strerror}); change its permissions"
        return
    for path, fault in inside:
        if path.name in own or {path, path.resolve()} & skip:
            continue
        if fault or path.is_file():
            yield path, fault
        else:
            yield from found_in(path, skip)


def unread(path):
    """Why a path is not read; '' for a file and for a folder to look into."""
    if path.name.startswith("."):
        return "hidden: not read; give it a name without a dot in front"
    if path.is_symlink() and not path.exists():
        return "a link to nothing; mend or delete it"
    if path.is_symlink() and path.is_dir():
        return "a link to a folder: not followed; copy the folder, or name it in a run of its own"
    return "" if path.is_file() or path.is_dir() else "neither file nor folder; delete it"


def written(folder):
    """The names of the files in a folder and below that a run has written there, by its manifest; none where there is
    no such."""
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = {MANIFEST, *named["files"], *named.get("texts", ())} if named["made_by"] == "ruiran" else set()
        return {name for name in names if "/" not in name.removeprefix(f"{TEXTS}/") or PART.fullmatch(name)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


# ---------------------------------------------------------------- sources.csv
def read_about(path):
    """(sources.csv as {file: row}, [what is wrong with it]); nothing of either where there is none."""
    if not path.exists() and not path.is_symlink():
        return {}, []
    try:
        text, note = decode(path.read_bytes())
        table = table_of(path.name, text.removeprefix("\ufeff"))
    except OSError as error:
        return {}, [f"cannot be read: {error.strerror}; outlets and hashes in it are left out"]
    except (Unreadable, CodebookError) as error:
        return {}, [f"{str(error).splitlines()[0]}; outlets and hashes in it are left out"]
    if "file" not in table.columns:
        return {}, ["no column `file`; it names the article that a row describes"]
    rows = [dict(zip(table.columns, row[1:], strict=True)) for row in table.rows]
    return {row["file"]: row for row in rows}, [note] if note else []


# ---------------------------------------------------------------- one file
def read_documents(source, book):
    """(Documents, [what to know about how they were read]) of one file. Raises Unreadable for a format, size, encoding
    or hash that is not as expected, OSError."""
    name, about, cut = source.name, source.about, source.cut
    pieces, note = formats.pieces_of(source.path, book, cut)
    sha256 = cut.sha256 if cut else hash_of(source.path)
    if about.get("sha256", sha256) not in ("", sha256):
        raise Unreadable("sha256 is not the one in sources.csv: the file was changed; restore it or mend the row")
    found, faults = [], []
    for piece in pieces:
        fault = no_article(piece.text)
        if fault and not piece.number:
            raise Unreadable(fault)
        doc_id = doc_id_of(name) + (f"#{piece.number}" if piece.number else "")
        if fault:
            faults.append((fault, piece.number))
        else:
            found.append(Document(doc_id, name, sha256, piece.text, about, piece.outside, piece.made))
    return found, [said for said in (note, formats.Note("article", tuple(faults))) if said]


def hash_of(path):
    """The sha256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def doc_id_of(name):
    """The doc_id of an article by its path below the folder."""
    return name.rsplit(".", 1)[0].replace("/", "__")


def no_article(text):
    """Why a text is no article; '' for one that may be."""
    if not text.strip():
        return "empty: there is no text in it"
    if len(text) > formats.LONGEST:
        return f"{len(text):,} characters, more than the {formats.LONGEST:,} of one article; split it"
    if found := MARKUP.match(text):
        return f"{found[0].strip()[:20]!r}: this is no plain text but a document; save its text alone"
    if len(tags := TAG.findall(text)) >= TAGS:
        return f"holds {len(tags)} tags such as {printable(tags[0])}: save the text of the page alone"
    words = len(WORD.findall(text))
    return f"{words} {'word' if words == 1 else 'words'}: no article" if words < WORDS else ""
