"""ruiran codes the Russia-Iran arms relationship from news; every number can be walked back to a sentence."""
from pathlib import Path

from . import codebook, pipeline, tables

ROOT = Path(__file__).resolve().parent.parent
RAW, DERIVED = ROOT / "data" / "raw", ROOT / "data" / "derived"

__all__ = ["DERIVED", "RAW", "code", "read"]


def code(folder=RAW, codebook_folder=None):
    """Codes every article in `folder` and below: a dict of DataFrames by table name, as data/README.md describes them.

    Raises corpus.Unreadable for a folder that is not there, codebook.CodebookError for a broken codebook.
    """
    return pipeline.code_folder(folder, codebook.load(codebook_folder))


def read(folder=DERIVED):
    """The tables that the command has written to `folder`, checked against the dictionary."""
    return tables.read(codebook.load(), folder)
