"""The shape of the project: its files, the size and the imports of its modules, and what no file may hold."""
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "ruiran").rglob("*.py"))
TOP = {"notebooks", "ruiran", "data", "tests", "environment.yml", "README.md", "pyproject.toml", "requirements.lock",
       "Makefile", "LICENSE", "NOTICE", "CITATION.cff", "CONTRIBUTING.md", "CHANGELOG.md", ".ci", ".github",
       ".gitignore"}
# The flow: a folder a stage, each of which may know those before it, and what all share.
FLOW = "codebook reading dating naming speech coding model deals report export scale".split()
SHARED = {"records", "faults", "spans", "tables", "store", "corrections", "collection"}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# Folders and registries of the machine on which somebody works; the patterns are written so as not to find themselves.
FORBIDDEN = re.compile(r"""(?<![\w.])/(?:work|tmp|root|home|Users)/ | \b[A-Z]:\\{1,2}Users
    | \b(?:pypi|pythonhosted|anaconda|npmjs)\.(?:org|com) | index[-_]url\b | ://\S+/simpl[e]\b
    """, re.VERBOSE)
BASE64 = re.compile(r"[A-Za-z0-9+/=]{200,}")  # pictures in notebooks: base64 can spell anything


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


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
    """The modules of ruiran that a module imports, also inside its functions, as tuples: ("reading", "clean")."""
    package, names = path.relative_to(ROOT).parent.parts, set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[:len(package) - node.level + 1] if node.level else ()
            base += tuple(filter(None, (node.module or "").split(".")))
            names |= {(*base, alias.name) for alias in node.names}
    return {name[1:] for name in names if name[0] == "ruiran"}


def text_of(path):
    """The file as text without pictures, or nothing where it is no text."""
    data = path.read_bytes()
    return "" if b"\0" in data else BASE64.sub("", data.decode("utf-8", errors="replace"))


def test_the_top_level_is_as_the_readme_says():
    assert {name.split("/")[0] for name in git_files()} == TOP


def test_ci_can_be_started():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_functions_are_short():
    assert [(name_of(path), node.name) for path in MODULES for node in functions_of(path)
            if node.end_lineno - node.lineno >= 24] == []


def test_what_others_may_call_says_what_comes_back():
    assert [(name_of(path), node.name) for path in MODULES for node in tree_of(path).body
            if isinstance(node, FUNCTIONS) and node.name[0] != "_" and not ast.get_docstring(node)] == []


def allowed(path):
    """What a module may import of ruiran, by the first part of its name; None for the pipeline and the doors."""
    stage = path.parent.name
    if stage == "ruiran":
        return None if path.stem in ("pipeline", "__init__", "__main__") else {"codebook", "reading", *SHARED}
    return {*FLOW[:FLOW.index(stage) + 1], *SHARED} | ({"pipeline"} if stage in ("report", "scale") else set())


def test_imports_follow_the_flow():
    assert [(name_of(path), name) for path in MODULES if allowed(path) is not None for name in imported(path)
            if name[0] not in allowed(path)] == []


def test_ruff_finds_nothing():
    result = subprocess.run([sys.executable, "-m", "ruff", "check", "ruiran", "tests"], cwd=ROOT, capture_output=True,
                            text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_names_a_registry_or_a_folder_of_a_machine():
    names = [name for name in git_files() if not name.startswith("data/raw/")]
    found = {name: FORBIDDEN.findall(text_of(ROOT / name)) for name in names}
    assert {name: hits for name, hits in found.items() if hits} == {}
