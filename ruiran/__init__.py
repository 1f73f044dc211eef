"""ruiran codes the Russia-Iran arms relationship from news; every number can be walked back to a sentence.

What a function needs is imported when it is called, so that `import ruiran` costs nothing.
"""
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW, DERIVED, HAND = ROOT / "data" / "raw", ROOT / "data" / "derived", ROOT / "data" / "hand"
ANSWERS = ROOT / "data" / "answers" / "reader_1.jsonl"

__all__ = ["ANSWERS", "DERIVED", "HAND", "RAW", "code", "read", "run", "tables_folder", "trace"]


def code(folder=RAW, codebook_folder=None, corrections_file=None, answers_file=None):
    """Codes every article in `folder` and below: a dict of DataFrames by table name, as data/README.md describes them.
    Without answers of a model (a file of them, see data/answers) the rows are those of the rules.

    Raises corpus.Unreadable for a folder that is not there, codebook.CodebookError for a broken codebook or broken
    corrections, corrections.Stale for a correction that no longer fits.
    """
    from . import codebook, corrections, pipeline
    from .model import answers
    from .report.progress import progress
    book = codebook.load(codebook_folder)
    return pipeline.code_folder(folder, book, corrections.load(corrections_file, book),
                                answers.read(answers_file, book), progress)


def run(folder, out=None, codebook_folder=None, answers_file=None):
    """Codes the articles of `folder` as the command does, with the corrections beside them, and writes tables and
    figures into `out` (default: a folder beside `folder`, its name with 'coded'); returns the path of `out`.

    Raises corpus.Unreadable for a folder that is not there, store.OutError where no tables were written; why is said
    on stderr.
    """
    from . import store
    from .__main__ import main
    from .reading import corpus
    folder = corpus.check(folder).resolve()
    out = Path(out or folder.with_name(f"{folder.name} coded")).resolve()
    named = {"--codebook": codebook_folder, "--answers": answers_file}
    given = [part for option, path in named.items() if path for part in (option, str(Path(path).resolve()))]
    if main(["code", str(folder), "--out", str(out), "--charts", *given]) > 1:
        raise store.OutError("no tables were written; the line before says why")
    return out


def tables_folder():
    """The folder of the tables that `read` and the notebooks read, and beside which figures go: RUIRAN_TABLES of the
    environment, else data/derived."""
    from . import store
    named = os.environ.get(store.CHOSEN)
    return Path(named).resolve() if named else DERIVED


def read(folder=None):
    """The tables that the command has written to `folder` (default: tables_folder()), as they were and checked against
    the dictionary.

    Raises store.OutError where they are not of one whole run.
    """
    from . import codebook, store
    return store.read(codebook.load(), folder or tables_folder())


def trace(event_id, data=None):
    """A tracing.Trace of one event: what each of its columns rests on, and the rules that fired and nearly fired.

    `data` are the tables that have the event (default: those that `read` gives). Raises tracing.UnknownEvent for an id
    that is not there.
    """
    from .report import tracing
    return tracing.trace(event_id, read() if data is None else data)
