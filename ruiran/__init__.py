"""ruiran codes the Russia-Iran arms relationship from news; every number can be walked back to a sentence.

What a function needs is imported when it is called, so that `import ruiran` costs nothing.
"""
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW, DERIVED, HAND = ROOT / "data" / "raw", ROOT / "data" / "derived", ROOT / "data" / "hand"
ANSWERS = ROOT / "data" / "answers" / "reader_1.jsonl"

__all__ = ["ANSWERS", "DERIVED", "HAND", "RAW", "code", "read", "trace"]


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


def read(folder=DERIVED):
    """The tables that the command has written to `folder`, as they were and checked against the dictionary.

    Raises store.OutError where they are not of one whole run.
    """
    from . import codebook, store
    return store.read(codebook.load(), folder)


def trace(event_id, data=None):
    """A tracing.Trace of one event: what each of its columns rests on, and the rules that fired and nearly fired.

    `data` are the tables that have the event (default: those in data/derived). Raises tracing.UnknownEvent for an id
    that is not there.
    """
    from .report import tracing
    return tracing.trace(event_id, read() if data is None else data)
