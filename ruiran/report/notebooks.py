"""Runs the notebooks in order and stores their outputs: python -m ruiran.report.notebooks run. On the tables of
another folder they are run too, and nothing of that is stored."""
import argparse
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from traitlets.config import Config

from .. import codebook, store

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# New kernels warn on stderr about an open local port unless they may encrypt it; the setting is from 2026.
QUIET = Config({"KernelManager": {"transport_encryption": "auto"}})
EMPTY = "get_ipython().reset()\n__spec__ = None"  # which a program that starts others asks for
STOPPED = CellExecutionError, CellTimeoutError, DeadKernelError  # each says which cell, and why


def run_notebook(path, kernel, env=None):
    """One notebook with its outputs, and without what differs from machine to machine: versions, timings, state of
    widgets; `kernel` manages the kernel, which is emptied first and lives on, and starts in the environment `env`.
    Raises what STOPPED names where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    for cells in (nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(EMPTY)]), notebook):
        NotebookClient(cells, km=kernel, timeout=600, kernel_name="python3", record_timing=False, config=QUIET,
                       resources={"metadata": {"path": str(path.parent)}}).execute(env=env or dict(os.environ))
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):  # a widget has another name in each run, and none without a kernel
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        if "outputs" in cell:  # where a bar of progress was
            cell.outputs = [output for output in cell.outputs if output.get("data") != {}]
    return notebook


@contextmanager
def a_kernel():
    """Manages one kernel for all notebooks, since to start one takes longer than most of them, and stops it."""
    kernel = AsyncKernelManager(kernel_name="python3", config=QUIET)
    try:
        yield kernel
    finally:
        if kernel.has_kernel:
            run_sync(kernel.shutdown_kernel)(now=True)


def on_tables(folder, names):
    """The named notebooks, run on the tables in `folder`; no file of the project is touched, figures go to
    `folder`/figures. Raises what STOPPED names."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    env = {**os.environ, store.CHOSEN: str(Path(folder).resolve()), "PYTHONPATH": path}
    with a_kernel() as kernel:
        return [run_notebook(ROOT / "notebooks" / f"{name}.ipynb", kernel, env) for name in names]


def own():
    """The environment without what names the tables or the codebook of somebody else: the project's notebooks show the
    project's articles."""
    return {name: value for name, value in os.environ.items() if name not in (store.CHOSEN, codebook.CHOSEN)}


def main():
    """Runs notebooks in the order of their names, one line of progress each; exit status 1 where one stopped."""
    parser = argparse.ArgumentParser(prog="python -m ruiran.report.notebooks", description=__doc__)
    parser.add_argument("verb", choices=["run"], help="run notebooks and store their outputs")
    parser.add_argument("names", nargs="*", help="which, by the beginnings of their names (default: all)")
    names = parser.parse_args().names
    paths = [path for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
             if not names or path.name.startswith(tuple(names))]
    with a_kernel() as kernel:
        for number, path in enumerate(paths, 1):
            print(f"[{number}/{len(paths)}] {path.name} ", end="", flush=True)
            start = time.monotonic()
            try:
                nbformat.write(run_notebook(path, kernel, own()), path)
            except STOPPED as error:
                sys.exit(f"\n{error}")
            print(f"{time.monotonic() - start:.0f} s")
    print("Look in notebooks/ and data/derived/figures/.")


if __name__ == "__main__":
    main()
