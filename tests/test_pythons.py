"""The tables of the corpus under every Python that the README promises: those that start here and have the packages."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ruiran import ANSWERS, DERIVED, HAND, RAW
from ruiran.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
PROMISED = ("3.11", "3.12", "3.13")
STARTS = ("import sys; print('%d.%d' % sys.version_info[:2]); import ruiran.pipeline; "
          "ruiran.pipeline.language.parser.nlp()")


def run(python, *command):
    """What a Python prints, started beside the checkout."""
    return subprocess.run([python, *command], cwd=ROOT, capture_output=True, text=True, timeout=600,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"})


def derived(folder=DERIVED):
    """The bytes of the files of a run by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def python_of(version):
    """(an interpreter of the version that starts and has the packages, '') or ('', why there is none)."""
    found = [str(ROOT / f".venv-{version}" / "bin" / "python"), shutil.which(f"python{version}")]
    fault = f"no python{version} on PATH, no .venv-{version}"
    for python in (p for p in found if p and Path(p).exists()):
        started = run(python, "-c", STARTS)
        if started.stdout.strip() == version and not started.returncode:
            return python, ""
        fault = (f"{python} lacks the packages: make test PYTHON=python{version} sets them up"
                 if started.stdout.strip() == version else f"{python} does not start as Python {version}")
    return "", fault


@pytest.mark.parametrize("version", [v for v in PROMISED if v != "%d.%d" % sys.version_info[:2]])
def test_a_rerun_writes_the_derived_tables_under_every_python(version, tmp_path):
    """Byte for byte, whatever order Python's sets have; where it fails, `make run` and look at `git diff`."""
    python, fault = python_of(version)
    if fault:
        pytest.skip(fault)
    done = run(python, "-m", "ruiran", "code", str(RAW), "--out", str(tmp_path), "--answers", str(ANSWERS),
               "--corrections", str(HAND / "corrections.csv"))
    assert done.returncode == 0, done.stderr
    assert derived(tmp_path) == derived()


def test_a_rerun_writes_the_derived_tables(tmp_path):
    """Under this Python, in this process, in which strings are hashed by chance."""
    assert main(["code", str(RAW), "--out", str(tmp_path), "--answers", str(ANSWERS),
                 "--corrections", str(HAND / "corrections.csv")]) == 0
    assert derived(tmp_path) == derived()
