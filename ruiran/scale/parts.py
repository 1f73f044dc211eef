"""What a batch leaves in a folder of its own, whole or not at all: a run that is killed goes on from there."""
import hashlib
import os
import pickle
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import spacy

from .. import pipeline, store, tables
from ..codebook import memory
from ..collection import Founds, Here
from ..model.answers import NONE
from ..reading import corpus
from . import shards
from .batches import Batch

# In a folder of this package alone: nothing is loaded from elsewhere. What is kept of a batch, its Founds without rows,
# and the rows of `reasons` by article.
KEPT, FOUND, REASONS = "part.pickle", "found.pickle", "reasons.pickle"
WORK = ".pieces"       # the folder in OUT where batches are kept until all are coded


@dataclass(frozen=True)
class Job:
    """How batches are coded: the Codebook, corrections, the index of answers or None, and the folder of their parts."""

    book: object
    fixes: tuple
    answers: Path | None
    answers_stamp: str
    parts: Path

    def answers_to(self, documents):
        """The answers about some articles."""
        return shards.answers_to(self.answers, documents, self.book) if self.answers else NONE

    def folder(self, batch):
        """Where a batch leaves its part: a name that is another as soon as a file, a codebook or the code is."""
        known = hashlib.sha256(f"{state_of(self.book)} {self.answers_stamp} {self.fixes}".encode())
        for s in batch.sources:
            about = s.path.stat() if s.path.exists() else None
            known.update(repr((s.name, s.cut, s.about, about and (about.st_size, about.st_mtime_ns))).encode())
        return self.parts / f"{batch.name}-{known.hexdigest()[:16]}"


@dataclass(frozen=True)
class Part:
    """What is kept of a batch beside its Founds: how many articles it has, the problems of each by doc_id and the
    others, {file: (its hash, its rows)} of its tables, {file: its hash} of its made texts, the articles about which
    there are answers, and how many of these were made with other instructions."""

    batch: Batch
    count: int
    notes: dict
    problems: tuple
    files: dict
    texts: dict
    answered: tuple
    elsewhere: int


@lru_cache(maxsize=8)
def state_of(book):
    """What makes rows what they are beside the articles: the codebook, this package and the parser."""
    found = hashlib.sha256(memory.key(book.files.values()).encode() + spacy.__version__.encode())
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


# ---------------------------------------------------------------- coded
def coded(batch, job):
    """Codes a batch and keeps its part; returns (number, how many articles, the folder). One that is there is kept."""
    folder = job.folder(batch)
    if not (folder / KEPT).exists():
        documents, problems = corpus.read_sources(batch.sources, job.book)
        answers = job.answers_to(documents)
        tried = [pipeline.attempt(d, job.book, answers=answers, order=(batch.number, n))
                 for n, d in enumerate(documents)]
        keep(batch, folder, documents, problems, tried, answers, job)
    return batch.number, read(folder).count, folder


def keep(batch, folder, documents, problems, tried, answers, job):
    """Writes the part of a batch whose Documents were tried."""
    found = [f for f, _ in tried if f]
    notes = {d.doc_id: pipeline.problems_in(d, *told) for d, told in zip(documents, tried, strict=True)}
    problems = [*problems, *replace(answers, elsewhere=0).faults(documents)]
    with whole(folder) as fresh:
        files = write(fresh, {name: [row for f in found for row in f.rows[name]] for name in pipeline.OWN}, job.book)
        texts = dict(store.keep_text(d.text, fresh, d.text_file) for d in documents if d.made)
        write_part(fresh, found, Part(batch, len(documents), notes, tuple(problems), files, texts,
                                      tuple(answers.whole), answers.elsewhere))


def write(folder, rows, book):
    """Writes tables of a batch as Parquet files; returns {file: (its hash, its rows)}."""
    written = [store.write_table(book, found, folder / f"{name}.parquet") for name, found in rows.items()]
    return {name: (sha256, len(found)) for (name, sha256), found in zip(written, rows.values(), strict=True)}


def write_part(folder, found, part):
    """Writes a Part, its Founds and their reasons."""
    light, reasons = [replace(f, rows={}) for f in found], {f.doc_id: f.rows["reasons"] for f in found}
    for name, value in ((FOUND, light), (REASONS, reasons), (KEPT, part)):
        (folder / name).write_bytes(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def read(folder, name=KEPT):
    """The Part in a folder, or what else is kept there."""
    return pickle.loads((folder / name).read_bytes())


@contextmanager
def whole(folder):
    """A hidden folder to write to, which then takes the place of `folder`."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        yield fresh
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def founds(folder, told):
    """The Founds of a part, without rows, with what is told of them."""
    return Founds(read(folder, FOUND)).joined(Here(told)).found()


# ---------------------------------------------------------------- coded again
def again(folder, clues, job):
    """Codes those articles of a part again that others date or a person corrects, `clues` by doc_id, and keeps the part
    so changed in a folder of its own, which is returned. Raises corrections.Stale."""
    part, was, reasons = read(folder), {f.doc_id: f for f in read(folder, FOUND)}, read(folder, REASONS)
    documents = [d for d in corpus.read_sources(part.batch.sources, job.book)[0] if d.doc_id in clues]
    answers = job.answers_to(documents)
    tried = {d.doc_id: pipeline.attempt(d, job.book, clues[d.doc_id], job.fixes, answers, was[d.doc_id].order)
             for d in documents}
    notes = {d.doc_id: pipeline.problems_in(d, *tried[d.doc_id]) for d in documents}
    fresh = {doc_id: found for doc_id, (found, _) in tried.items()}
    kept = {doc_id: replace(f, rows={"reasons": reasons[doc_id]}) for doc_id, f in was.items()}
    with whole(folder / "again") as to:
        files = write(to, {name: with_fresh(name, folder, was, fresh, job.book) for name in pipeline.OWN}, job.book)
        part = replace(part, notes=part.notes | notes, files=files)
        write_part(to, [f for f in (kept | fresh).values() if f], part)
    return folder / "again"


def with_fresh(name, folder, order, fresh, book):
    """The rows of a table of a batch, those of fresh Founds in the place of what they were."""
    kept = {doc_id: [] for doc_id in order}
    for row in tables.rows_of(store.read_table(book, folder / f"{name}.parquet")):
        kept[row["doc_id"]].append(row)
    kept |= {doc_id: found.rows[name] if found else [] for doc_id, found in fresh.items()}
    return [row for rows in kept.values() for row in rows]


# ---------------------------------------------------------------- the tables
def finish(item, to, book):
    """(file, its hash, its rows) of every table of a batch, written below `to`, of (its number, (its folder, what
    others tell of its articles)); `acts` has files of its own. Texts are put there too."""
    number, (folder, others) = item
    rows, reasons = {name: [] for name in ("documents", "events", "claims", "reasons")}, read(folder, REASONS)
    for f in sorted(founds(folder, others), key=lambda f: f.order):
        own = pipeline.rows_of_found(replace(f, rows={"reasons": reasons.pop(f.doc_id)}))
        for name in rows:
            rows[name] += own[name]
    for name, own in rows.items():
        yield written(to, name, number, own, book)
    part, texts = read(folder), folder.parent if folder.name == "again" else folder
    for name in part.texts:
        link(texts / name, to / name)
    for name, told in part.files.items():
        own = f"{Path(name).stem}/{part_name(number)}"
        link(folder / name, to / own)
        yield own, *told


def finish_acts(number, acts, to, book):
    """The same of the (place, Act)s that are told first in a batch."""
    yield written(to, "acts", number, [act.row() for _, act in sorted(acts)], book)


def part_name(number):
    """The name of the file of a batch."""
    return f"part-{number:06}.parquet"


def written(to, name, number, rows, book):
    """(file, its hash, its rows) of a table of a batch that is written below `to`."""
    path = to / name / part_name(number)
    path.parent.mkdir(exist_ok=True)
    _, sha256 = store.write_table(book, rows, path, name)
    return f"{name}/{path.name}", sha256, len(rows)


def link(path, target):
    """Gives a file another name, or copies it where the disk has no links; one that is there is of a try before."""
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def write_rest(to, rows, book):
    """The same of tables of the whole, and of those that no batch has, empty."""
    empty = {row.table: [] for row in book.rows("tables") if not (to / row.table).exists()}
    return [written(to, name, 0, own, book) for name, own in {**empty, **rows}.items()]
