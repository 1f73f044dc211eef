"""Runs the notebooks in order and stores their outputs: python -m ruiran.report.notebooks run."""
import argparse
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# New kernels warn on stderr about an open local port unless they may encrypt it; the setting is from 2026.
QUIET = Config({"KernelManager": {"transport_encryption": "auto"}})
STOPPED = CellExecutionError, CellTimeoutError, DeadKernelError  # each says which cell, and why


def run_notebook(path, kernel):
    """Runs one notebook and stores its outputs, without what differs from machine to machine: versions, timings, state
    of widgets; `kernel` manages the kernel, which is emptied first and lives on. Raises what STOPPED names, and leaves
    the file alone, where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    for cells in (nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("get_ipython().reset()")]), notebook):
        NotebookClient(cells, km=kernel, timeout=600, kernel_name="python3", record_timing=False, config=QUIET,
                       resources={"metadata": {"path": str(path.parent)}}).execute()
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):  # a widget has another name in each run, and none without a kernel
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        if "outputs" in cell:  # where a bar of progress was
            cell.outputs = [output for output in cell.outputs if output.get("data") != {}]
    nbformat.write(notebook, path)


def main():
    """Runs every notebook in the order of their names, one line of progress each; exit status 1 where one stopped."""
    parser = argparse.ArgumentParser(prog="python -m ruiran.report.notebooks", description=__doc__)
    parser.add_argument("verb", choices=["run"], help="run every notebook and store its outputs")
    parser.parse_args()
    kernel = AsyncKernelManager(kernel_name="python3", config=QUIET)  # to start one takes longer than most notebooks
    paths = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    try:
        for number, path in enumerate(paths, 1):
            print(f"[{number}/{len(paths)}] {path.name} ", end="", flush=True)
            start = time.monotonic()
            run_notebook(path, kernel)
            print(f"{time.monotonic() - start:.0f} s")
    except STOPPED as error:
        sys.exit(f"\n{error}")
    finally:
        run_sync(kernel.shutdown_kernel)(now=True)
    print("Look in notebooks/ and data/derived/figures/.")


if __name__ == "__main__":
    main()
