"""The shape of the project: its files, the size and the imports of its modules, and what no file may hold."""
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "ruiran").glob("*.py"))
TOP = {"notebooks", "ruiran", "data", "tests", "environment.yml", "README.md", "pyproject.toml", "requirements.lock",
       "Makefile", "LICENSE", "NOTICE", "CITATION.cff", ".ci", ".github", ".gitignore"}
STAGES = set("clean dates annotate amounts times quotes events claims deals repeats charts".split())
HELPERS = set("checks patterns literals faults spans "
              "codebook tables language days calendars people evidence links namesakes referents roles "
              "scene speakers acts controls voice themes sides replies customers holders enough scope "
              "status operators eventdates systems tellings".split())
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# Folders and registries of the machine on which somebody works; the patterns are written so as not to find themselves.
FORBIDDEN = re.compile(r"""(?<![\w.])/(?:work|tmp|root|home|Users)/ | \b[A-Z]:\\{1,2}Users
    | \b(?:pypi|pythonhosted|anaconda|npmjs)\.(?:org|com) | index[-_]url\b | ://\S+/simpl[e]\b
    """, re.VERBOSE)
BASE64 = re.compile(r"[A-Za-z0-9+/=]{200,}")  # pictures in notebooks: base64 can spell anything


def git_files():
    """Every file that is, or with the next `git add` would be, part of the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path):
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, FUNCTIONS)]


def imported(path):
    """The modules of ruiran that a module imports, also inside its functions."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, ["ruiran" if node.level else "", node.module or ""]))
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("ruiran.")}


def text_of(path):
    """The file as text without pictures, or nothing where it is no text."""
    data = path.read_bytes()
    return "" if b"\0" in data else BASE64.sub("", data.decode("utf-8", errors="replace"))


def test_the_top_level_is_as_the_readme_says():
    assert {name.split("/")[0] for name in git_files()} == TOP


def test_ci_can_be_started():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_functions_are_short(path):
    lengths = [(node.name, node.end_lineno - node.lineno + 1) for node in functions_of(path)]
    assert [(name, length) for name, length in lengths if length >= 25] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_others_may_call_says_what_comes_back(path):
    public = [node for node in tree_of(path).body if isinstance(node, FUNCTIONS) and node.name[0] != "_"]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("stem", sorted(STAGES))
def test_a_stage_knows_helpers_and_no_other_stage(stem):
    assert imported(ROOT / "ruiran" / f"{stem}.py") <= HELPERS


@pytest.mark.parametrize("stem", sorted(HELPERS))
def test_a_helper_knows_no_stage(stem):
    assert imported(ROOT / "ruiran" / f"{stem}.py") <= HELPERS


def test_ruff_finds_nothing():
    result = subprocess.run([sys.executable, "-m", "ruff", "check", "ruiran", "tests"], cwd=ROOT, capture_output=True,
                            text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_names_a_registry_or_a_folder_of_a_machine():
    names = [name for name in git_files() if not name.startswith("data/raw/")]
    found = {name: FORBIDDEN.findall(text_of(ROOT / name)) for name in names}
    assert {name: hits for name, hits in found.items() if hits} == {}
