"""What a stored notebook must be; strict nbval alone would pass one whose outputs were stripped."""
import ast
import json
import re
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import run_sync

from ruiran.report import notebooks

ROOT = Path(__file__).resolve().parent.parent
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|private|var|opt|mnt|tmp|work|builds?)/|\b[A-Z]:\\")
PICTURE = re.compile(r"[A-Za-z0-9+/=]{200,}")  # base64 can spell anything


@pytest.fixture(params=PATHS or [None], ids=lambda path: path.stem if path else "none")
def notebook(request):
    assert request.param, "there are no notebooks"
    return json.loads(request.param.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source_of(cell):
    return "".join(cell["source"])


def tree_of(cell):
    """The cell's syntax tree, its lines of IPython magic left out."""
    return ast.parse("\n".join(line for line in source_of(cell).splitlines() if not line.startswith(("%", "!"))))


def ends_in_expression(cell):
    """Whether the last line shows something; where it must not, write `_ = ...`, for nbval ignores a semicolon."""
    body = tree_of(cell).body
    return bool(body) and isinstance(body[-1], ast.Expr)


def outputs_of(notebook):
    return [output for cell in code_cells(notebook) for output in cell["outputs"]]


def strings_in(value):
    """Every string inside lists and dictionaries, their keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item)


def test_cells_were_run_in_order(notebook):
    cells = code_cells(notebook)
    assert cells and [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))


def test_a_cell_that_shows_something_is_saved_with_it(notebook):
    assert outputs_of(notebook)
    assert [source_of(cell) for cell in code_cells(notebook) if ends_in_expression(cell) and not cell["outputs"]] == []


def test_no_output_is_an_error_or_a_warning(notebook):
    assert [output for output in outputs_of(notebook) if output["output_type"] == "error"] == []
    assert [output for output in outputs_of(notebook) if output.get("name") == "stderr"] == []


def test_no_times_are_stored(notebook):
    timed = {"execution", "papermill", "ExecuteTime"}
    assert not timed & set(notebook["metadata"])
    assert [source_of(cell) for cell in notebook["cells"] if timed & set(cell["metadata"])] == []


def test_a_notebook_is_short(notebook):
    cells = code_cells(notebook)
    lines = [line for cell in cells for line in source_of(cell).splitlines() if line.strip()]
    functions = [node.name for cell in cells for node in ast.walk(tree_of(cell))
                 if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert len(cells) <= 30
    assert len(lines) <= 150
    assert len(functions) <= 2, functions


def test_it_opens_with_question_and_answer(notebook):
    first = notebook["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "Question" in source_of(first) and "Answer" in source_of(first)


def test_it_names_no_path_of_a_machine(notebook):
    assert [text for text in strings_in(notebook["cells"]) if MACHINE_PATH.search(PICTURE.sub("", text))] == []


def test_it_asks_for_the_plain_python_kernel(notebook):
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


PROGRESS = """
from types import SimpleNamespace
from IPython.display import DisplayHandle
from ruiran.report.progress import progress
shown, update = [], DisplayHandle.update
DisplayHandle.update = lambda place, data, **more: (shown.append(data), update(place, data, **more))
coded = list(progress(lambda document: document.file, [SimpleNamespace(file="<b>.txt")]))
assert coded == ["<b>.txt"] and "&lt;b&gt;.txt" in shown[0]["text/html"] and shown[-1] == {}
"""


def test_progress_is_shown_while_a_cell_runs_and_not_stored(tmp_path):
    path, kernel = tmp_path / "long.ipynb", AsyncKernelManager(kernel_name="python3", config=notebooks.QUIET)
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PROGRESS)]), path)
    try:
        notebooks.run_notebook(path, kernel)
    finally:
        run_sync(kernel.shutdown_kernel)(now=True)
    assert nbformat.read(path, as_version=4).cells[0].outputs == []
