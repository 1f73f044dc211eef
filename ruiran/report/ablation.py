"""What each rule, operator and special case of the coder is worth: python -m ruiran.report.ablation FOLDER EVENTS ...

Each FOLDER of articles comes with EVENTS, the events that a reader coded in it (a CSV with the columns doc_id, line,
source, event, target; other types that are right too in alt_types). One by one a row of codebook `events` or
`operators` is left out, or a function of the coder that answers yes or no always answers one of the two; printed is
what changes: rows gained and lost, and the F1 of events. What pays only where it was written goes.
"""
import argparse
import inspect
from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

import pandas as pd

from .. import codebook, pipeline
from ..codebook.files import Table
from ..coding import asserted, events, replies, scope, sides, systems, tellings, themes, triggers, when
from ..reading import corpus, grammar
from ..records import countries
from ..speech import scene

MODULES = (grammar, scene, triggers, themes, asserted, sides, replies, systems, scope, when, tellings, events)


def keys_of(rows):
    """{(article, line, type, countries of the source, of the target)} of rows of events, each with each type that is
    right."""
    def lands(cell):
        return frozenset(countries(cell.split(";")))
    return {(r["doc_id"], str(r["line"]), event, lands(r["source"]), lands(r["target"]))
            for r in rows for event in (r["event"], *filter(None, r.get("alt_types", "").split(";")))}


def coded(readings, book):
    """The rows of `events` of some articles that were read, told for the first time."""
    return [e.row() for reading in readings for e in events.events_of(reading, book) if not e.repeats]


def f1(found, wanted):
    """The F1 of rows of events against those of a reader; a row of several types that are right counts once."""
    keys, met = keys_of(wanted), keys_of(found)
    right = sum(bool(keys_of([r]) & keys) for r in found) + sum(bool(keys_of([r]) & met) for r in wanted)
    return right / (len(found) + len(wanted) or 1)


# ---------------------------------------------------------------- what can be switched off
def without_rows(book, name):
    """(what is left out, the Codebook without it) for each row of a file."""
    table = book.files[name]
    for row in table.rows:
        kept = Table(table.file, table.columns, [tuple(r) for r in table.rows if r is not row])
        yield f"{name} {row[1]}", replace(book, files={**book.files, name: kept})


def questions():
    """(module or class, name) of each function of the coder that answers yes or no: its docstring begins with True."""
    for owner in (*MODULES, *(c for m in MODULES for c in vars(m).values() if inspect.isclass(c))):
        for name, function in vars(owner).items():
            own = inspect.isfunction(function) and function.__module__ in {m.__name__ for m in MODULES}
            if own and (function.__doc__ or "").startswith("True "):
                yield owner, name


def variants(book):
    """(what is switched off, the codebook to code with), one after the other, each in force until the next is asked."""
    yield from without_rows(book, "events")
    yield from without_rows(book, "operators")
    for owner, name in dict.fromkeys(questions()):
        held = [o for o in {owner, *MODULES} if vars(o).get(name) is vars(owner)[name]]  # all that ask it
        for answer in (True, False):
            with ExitStack() as undo:
                for o in held:
                    undo.enter_context(patch.object(o, name, lambda *args, answer=answer, **more: answer))
                yield f"{owner.__name__.rpartition('.')[2]}.{name} always {answer}", book


def main():
    """Prints a line for each variant that changes something, and how many change nothing."""
    ask = argparse.ArgumentParser(prog="python -m ruiran.report.ablation", description=__doc__.splitlines()[0])
    ask.add_argument("sets", nargs="+", metavar="FOLDER EVENTS")
    paths, book, sets = ask.parse_args().sets, codebook.load(), []
    for folder, hand in zip(paths[::2], paths[1::2], strict=True):
        wanted = pd.read_csv(hand, dtype=str, keep_default_na=False).to_dict("records")
        readings = [pipeline.read_article(d, book) for d in corpus.read_folder(folder, book)[0]]
        sets.append((readings, wanted, coded(readings, book)))
    print("F1 now:", *(f"{f1(base, wanted):.3f}" for _, wanted, base in sets), flush=True)
    idle = []
    for name, other in variants(book):
        line = [told(coded(readings, other), base, wanted) for readings, wanted, base in sets]
        if any(line):
            print(name, *(cell or "-" for cell in line), sep=" | ", flush=True)
        else:
            idle.append(name)
    print(f"{len(idle)} change nothing:", ", ".join(idle))


def told(found, base, wanted):
    """'+gained -lost, change of F1' of a set, '' where nothing changes."""
    now, before = keys_of(found), keys_of(base)
    change = f1(found, wanted) - f1(base, wanted)
    return f"+{len(now - before)} -{len(before - now)} {change:+.3f}" if now != before or change else ""


if __name__ == "__main__":
    main()
