"""Reads raw files into frozen Documents; every offset of every table points into `Document.text`."""
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from charset_normalizer import from_bytes

LARGEST = 5_000_000  # bytes; an article is some kilobytes, a larger file is a dump that wants splitting


class Unreadable(ValueError):
    """A file that cannot be read as an article; the message says why and what to do."""


@dataclass(frozen=True)
class Document:
    """One article: `text` is the raw text, `about` the row of sources.csv that describes it (or {})."""

    doc_id: str
    file: str
    sha256: str
    text: str
    about: dict = field(default_factory=dict)

    def row(self):
        """The article's row of the `documents` table, as far as the file tells it."""
        return {"doc_id": self.doc_id, "file": self.file, "sha256": self.sha256, "outlet": self.about.get("outlet", "")}


def read_folder(folder):
    """(documents, problems) of every file in `folder` and below; sources.csv beside the articles is optional."""
    folder = Path(folder)
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder")
    about = read_sources(folder / "sources.csv")
    documents, problems = [], []
    for path in sorted(p for p in folder.rglob("*") if wanted(p, folder)):
        name = path.relative_to(folder).as_posix()
        try:
            document = read_document(path, name, about.get(name, {}))
            twin = next((d.file for d in documents if d.doc_id == document.doc_id), None)
            if twin:
                raise Unreadable(f"has the same doc_id as {twin}; rename one")
            documents.append(document)
        except (Unreadable, OSError) as error:
            problems.append({"file": name, "problem": str(error)})
    missing = sorted(set(about) - {p.relative_to(folder).as_posix() for p in folder.rglob("*")})
    fault = "named in sources.csv but not in the folder; add it or drop the row"
    problems += [{"file": name, "problem": fault} for name in missing]
    return documents, problems


def wanted(path, folder):
    """Files that may be articles: neither hidden nor the list of sources."""
    parts = path.relative_to(folder).parts
    return path.is_file() and not any(p.startswith(".") for p in parts) and path.name != "sources.csv"


def read_sources(path):
    """sources.csv as {file: row}; empty where there is none."""
    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if "file" not in table.columns:
        raise Unreadable(f"{path.name}: no column `file`; it names the article that a row describes")
    return {row["file"]: row for row in table.to_dict("records")}


def read_document(path, name, about):
    """One Document; raises Unreadable for a format, size, encoding or hash that is not as expected."""
    if path.suffix.lower() != ".txt":
        raise Unreadable(f"{path.suffix or 'no ending'}: only .txt is read; save the article as plain text")
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.stat().st_size:,} bytes: too large for one article; split it")
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if about.get("sha256", sha256) not in ("", sha256):
        raise Unreadable("sha256 is not the one in sources.csv: the file was changed; restore it or mend the row")
    text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("empty: there is no text in it")
    return Document(name.rsplit(".", 1)[0].replace("/", "__"), name, sha256, text, about)


def decode(data):
    """Text of UTF-8 bytes, else of the encoding that charset-normalizer finds; raises Unreadable."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable("UTF-16 that breaks off; save it again, as UTF-8") from None
    if b"\0" in data:
        raise Unreadable("holds NUL bytes: this is no text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise Unreadable("no known encoding fits; save it as UTF-8") from None
        return str(best)
