"""All exports of a run in one folder: whole or not at all."""
import json
import os
from pathlib import Path

from .. import store, tables
from ..faults import printable
from ..reading.corpus import written
from . import annotations, package, polecat, sipri

FILES = (annotations.FILE, polecat.FILE, sipri.FILE)


def export(book, out, to):
    """Puts all exports of the tables in the folder `out` into the folder `to`; returns {table: number of rows}.

    Raises store.OutError where `out` has no tables of one whole run, or where `to` cannot be used; it is then as it
    was.
    """
    frames, to = store.read(book, out), Path(to)
    check(to, out, [f"{name}.csv" for name in frames])
    data = {name: tables.rows_of(frame) for name, frame in frames.items()}
    with store.held(to), store.aside(to) as folder:
        others = [annotations.write(data, folder), polecat.write(book, data, folder), sipri.write(frames, folder)]
        named = package.write(book, data, folder, others)
        with store.undisturbed():  # the descriptor first: its hashes show what is missing or of another run
            for file in (package.FILE, *named):
                os.replace(folder / file, to / file)
    return {name: len(rows) for name, rows in data.items()}


def check(to, out, tables):
    """Raises store.OutError for a folder that holds what an export would overwrite or be mixed up with."""
    if to.resolve() == Path(out).resolve() or written(to):
        raise store.OutError(f"{printable(to)}: holds the tables of a run; name another folder for the export")
    theirs = [name for name in (package.FILE, *tables, *FILES) if (to / name).exists()]
    if theirs and not is_ours(to / package.FILE):
        raise store.OutError(f"{printable(to / theirs[0])}: not of an export; move it away or name another folder")


def is_ours(path):
    """True for the descriptor of an export of ours."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))["name"] == package.NAME
    except (OSError, ValueError, KeyError, TypeError):
        return False
