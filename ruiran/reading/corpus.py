"""Reads raw files into frozen Documents; every offset of every table points into `Document.text`."""
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from ..codebook.files import CodebookError, table_of
from ..faults import printable
from .encodings import Unreadable, decode

LARGEST = 5_000_000  # bytes; an article is some kilobytes, a larger file is a dump that wants splitting
LONGEST = 300_000    # characters
WORDS = 3            # fewest words of an article
TAGS = 5             # tags from which on a text is a page
MANIFEST = "manifest.json"
SOURCES = "sources.csv"
CORRECTIONS = "corrections.csv"  # what a person has decided on these articles
MADE = {"figures", "report.html"}  # what may stand beside the tables of a run and is made of them
OWN = (SOURCES, CORRECTIONS, "answers.jsonl", "requests.jsonl")  # what may stand beside the articles and is none
MARKUP = re.compile(r"\s*(?:<!doctype\b|<html\b|<\?xml\b|\{\\rtf|%PDF-|%!PS)", re.I)
TAG = re.compile(r"</?(?:html|head|body|title|div|p|br|span|a|b|i|em|strong|script|style|table|t[dr]|[uo]l|li|img|meta|"
                 r"link|h[1-6]|font|section|article)\b[^<>]{0,300}>", re.I)
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Document:
    """One article: `text` is the raw text, `about` the row of sources.csv that describes it (or {})."""

    doc_id: str
    file: str
    sha256: str
    text: str
    about: dict = field(default_factory=dict)


def read_folder(folder, skip=None):
    """(documents, problems) of every file in `folder` and below, but those of a run's tables and the folder `skip`;
    a sources.csv beside the articles is optional. Nothing is missing without a word: what is not read is a problem."""
    folder = check(folder)
    about, faults = read_sources(folder / SOURCES)
    documents, problems, lost = {}, [{"file": SOURCES, "problem": fault} for fault in faults], set(about)
    for path, fault in sorted(found_in(folder, {*(folder / name for name in OWN), skip})):
        name = printable(path.relative_to(folder).as_posix())  # what no terminal should obey is written out
        lost.discard(name)
        document, note = (None, fault) if fault else try_document(path, name, about.get(name, {}))
        if document and document.doc_id in documents:
            note = f"has the same doc_id as {documents[document.doc_id].file}; rename one"
        elif document:
            documents[document.doc_id] = document
        problems += [{"file": name, "problem": note}] if note else []
    fault = "named in sources.csv but not in the folder; add it or drop the row"
    problems += [{"file": printable(name), "problem": fault} for name in sorted(lost)]
    return list(documents.values()), problems


def try_document(path, name, about):
    """(Document, what to know about it) of a file; (None, why) where it cannot be read as an article."""
    try:
        return read_document(path, name, about)
    except Unreadable as error:
        return None, str(error)
    except OSError as error:
        return None, f"cannot be read ({error.strerror}); mend its permissions"


def check(folder):
    """The folder as a Path; raises Unreadable where there is none."""
    if not Path(folder).is_dir():
        raise Unreadable(f"{printable(folder)}: no such folder")
    return Path(folder)


# ---------------------------------------------------------------- what is in the folder
def found_in(folder, skip):
    """(path, '' or why it is not read) of everything in the folder and below, but for what is in `skip` (real paths)
    and what runs wrote."""
    own = written(folder)
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
    """The names of the files in a folder that a run has written there, by its manifest; none where there is no such."""
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {MANIFEST, *named["files"]} if named["made_by"] == "ruiran" else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


# ---------------------------------------------------------------- sources.csv
def read_sources(path):
    """(sources.csv as {file: row}, [what is wrong with it]); nothing of either where there is none."""
    if not path.exists() and not path.is_symlink():
        return {}, []
    try:
        text, note = decode(path.read_bytes())
        table = table_of(path.name, text.removeprefix("\ufeff"))
    except OSError as error:
        return {}, [f"cannot be read: {error.strerror}; outlets and hashes in it are left out"]
    except (Unreadable, CodebookError) as error:
        return {}, [f"{error}; outlets and hashes in it are left out"]
    if "file" not in table.columns:
        return {}, ["no column `file`; it names the article that a row describes"]
    rows = [dict(zip(table.columns, row[1:], strict=True)) for row in table.rows]
    return {row["file"]: row for row in rows}, [note] if note else []


# ---------------------------------------------------------------- one file
def read_document(path, name, about):
    """(Document, '' or what to know about how it was read); raises Unreadable for a format, size, encoding or hash that
    is not as expected."""
    if path.suffix.lower() != ".txt":
        raise Unreadable(f"{printable(path.suffix) or 'no ending'}: only .txt is read; save the article as plain text")
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.stat().st_size:,} bytes: too large for one article; split it")
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if about.get("sha256", sha256) not in ("", sha256):
        raise Unreadable("sha256 is not the one in sources.csv: the file was changed; restore it or mend the row")
    text, note = decode(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if fault := no_article(text):
        raise Unreadable(fault)
    return Document(doc_id_of(name), name, sha256, text, about), note


def doc_id_of(name):
    """The doc_id of an article by its path below the folder."""
    return name.rsplit(".", 1)[0].replace("/", "__")


def no_article(text):
    """Why a text is no article; '' for one that may be."""
    if not text.strip():
        return "empty: there is no text in it"
    if len(text) > LONGEST:
        return f"{len(text):,} characters, more than the {LONGEST:,} of one article; split it"
    if found := MARKUP.match(text):
        return f"{found[0].strip()[:20]!r}: this is no plain text but a page or document; save its text alone"
    if len(tags := TAG.findall(text)) >= TAGS:
        return f"holds {len(tags)} tags such as {printable(tags[0])}: save the text of the page alone"
    words = len(WORD.findall(text))
    return f"{words} {'word' if words == 1 else 'words'}: no article" if words < WORDS else ""
