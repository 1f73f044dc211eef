"""Runs the notebooks in order and stores their outputs: python -m ruiran.report.notebooks run."""
import argparse
import csv
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
COUNTED = {"articles": "documents", "events": "events", "claims": "claims", "deals": "deals"}


class NotebookError(RuntimeError):
    """A notebook that stopped, naming the notebook, the cell and the error."""


def client_for(notebook, folder, on_start):
    """A client that runs `notebook` inside `folder` and leaves no times behind."""
    # New kernels warn on stderr about an open local port unless they may encrypt it; the setting is from 2026.
    quiet = Config({"KernelManager": {"transport_encryption": "auto"}})
    return NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, on_cell_start=on_start,
                          resources={"metadata": {"path": str(folder)}}, config=quiet)


def steady(notebook):
    """The same notebook without what differs from machine to machine: versions, timings, widget state."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata.tags} if "tags" in cell.metadata else {}
    return notebook


def run_notebook(path):
    """Runs one notebook and stores its outputs; raises NotebookError and leaves the file alone where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    started = []
    client = client_for(notebook, path.parent, lambda cell, cell_index: started.append((cell_index, cell.source)))
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise NotebookError(f"{path.name} stopped {where(notebook, started)}:\n{reason(error)}") from None
    nbformat.write(steady(notebook), path)


def where(notebook, started):
    """The cell that was running, in words, with its first line."""
    if not started:
        return "before its first cell"
    index, source = started[-1]
    number = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    return f"in code cell {number}, which begins {(source.splitlines() or [''])[0]!r}"


def reason(error):
    """The error's last lines, without the colours of a traceback."""
    if isinstance(error, CellExecutionError):
        return f"{error.ename}: {error.evalue}"
    return str(error) or type(error).__name__


def count_rows(name):
    """How many rows a derived table has."""
    with open(ROOT / "data" / "derived" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def summary():
    """One line: how much was coded, and where to look."""
    counts = ", ".join(f"{count_rows(table):,} {word}" for word, table in COUNTED.items())
    return f"Coded {counts}. Look in notebooks/ and data/derived/figures/."


def run_all(folder):
    """Runs every notebook of `folder` in the order of their names, one line of progress each."""
    paths = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not paths:
        raise NotebookError(f"no notebooks named NN_*.ipynb in {folder}")
    for number, path in enumerate(paths, 1):
        print(f"[{number}/{len(paths)}] {path.name} ", end="", flush=True)
        start = time.monotonic()
        run_notebook(path)
        print(f"{time.monotonic() - start:.0f} s")


def main(arguments=None):
    """Exit status: 0, or 1 with a message where a notebook stopped."""
    parser = argparse.ArgumentParser(prog="python -m ruiran.report.notebooks", description=__doc__)
    parser.add_argument("verb", choices=["run"], help="run every notebook and store its outputs")
    parser.parse_args(arguments)
    try:
        run_all(ROOT / "notebooks")
        print(summary())
    except (NotebookError, FileNotFoundError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
