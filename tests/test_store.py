"""Tables on disk: whole or not at all, one run at a time, read back as they were, nothing that a spreadsheet would
run."""
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from conftest import around, document
from hypothesis import given
from hypothesis import strategies as st

from ruiran import codebook, pipeline, store, tables
from ruiran.__main__ import main
from ruiran.reading import corpus

BOOK = codebook.load()
GOOD = around("Russia delivered 29 Tor-M1 systems to Iran, the ministry’s spokesman said.")
TABLES = set(BOOK["tables"]["table"])


@pytest.fixture(scope="module")
def data():
    """The tables of one small article."""
    rows = pipeline.code_corpus([document(GOOD)], BOOK)
    return {name: tables.frame(BOOK, name, found) for name, found in rows.items()}


def other(data):
    """The same tables of another run: every event has another speaker."""
    return {**data, "events": data["events"].assign(speaker="Interfax").astype({"speaker": "string"})}


def child(code, *paths):
    """A Python process that runs `code` with the paths as its arguments."""
    env = {**os.environ, "PYTHONPATH": str(codebook.FOLDER.parent.parent)}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, paths)], env=env, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def left_in(out):
    """What stands in a folder that is neither a table nor the manifest."""
    return {p.name for p in out.iterdir()} - {f"{name}.csv" for name in TABLES} - {corpus.MANIFEST}


# ---------------------------------------------------------------- whole or not at all
SWAP_AND_DIE = """
import os, pickle, signal, sys
from ruiran import store
moved, move = [], os.replace
def replace(a, b):
    if len(moved) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    moved.append(move(a, b))
os.replace = replace
store.write(pickle.load(open(sys.argv[2], "rb")), sys.argv[1])
"""


@pytest.mark.parametrize("moved", [0, 1, 5, len(TABLES)])
def test_a_killed_run_never_leaves_tables_of_two_runs_that_are_read_as_one(data, tmp_path, moved):
    out = tmp_path / "out"
    store.write(data, out)
    pd.to_pickle(other(data), tmp_path / "new")
    assert child(SWAP_AND_DIE, out, tmp_path / "new", moved).wait() == -signal.SIGKILL
    with pytest.raises(store.OutError, match="no tables of one whole run"):
        store.read(BOOK, out)
    with store.held(out):  # no lock is left
        store.write(other(data), out)
    assert store.read(BOOK, out)["events"].equals(other(data)["events"]) and left_in(out) == set()


WRITE_AND_DIE = """
import os, pickle, signal, sys
from pathlib import Path
from ruiran import store
write = store.write_table
def write_table(table, path):
    if path.stem == "events":
        os.kill(os.getpid(), signal.SIGKILL)
    return write(table, path)
store.write_table = write_table
store.write(pickle.load(open(sys.argv[2], "rb")), sys.argv[1])
"""


def test_a_run_killed_while_it_writes_changes_nothing(data, tmp_path):
    out = tmp_path / "out"
    store.write(data, out)
    pd.to_pickle(other(data), tmp_path / "new")
    assert child(WRITE_AND_DIE, out, tmp_path / "new").wait() == -signal.SIGKILL
    assert store.read(BOOK, out)["events"].equals(data["events"])
    with store.held(out):
        assert left_in(out) == set()


NO_ROOM = """
import pickle, resource, signal, sys
from ruiran import store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    store.write(pickle.load(open(sys.argv[2], "rb")), sys.argv[1])
except store.OutError as error:
    print(error)
"""


def test_a_full_disk_changes_nothing_and_is_said(data, tmp_path):
    out = tmp_path / "out"
    store.write(data, out)
    pd.to_pickle(other(data), tmp_path / "new")
    said, fault = child(NO_ROOM, out, tmp_path / "new").communicate()
    assert "the tables could not be written (File too large); free some room" in said, fault
    assert store.read(BOOK, out)["events"].equals(data["events"]) and left_in(out) == set()


def test_a_table_changed_by_hand_or_of_another_run_is_refused(data, tmp_path):
    store.write(data, tmp_path / "a")
    store.write(other(data), tmp_path / "b")
    shutil.copy(tmp_path / "b" / "events.csv", tmp_path / "a")
    with pytest.raises(store.OutError, match=r"a: events\.csv is not as the run wrote it"):
        store.read(BOOK, tmp_path / "a")


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(store.OutError, match="no tables of one whole run"):
        store.read(BOOK, tmp_path)


def test_what_is_not_of_the_run_is_not_touched(data, tmp_path):
    (tmp_path / "figures").mkdir()
    for name in ("notes.csv", "figures/events.png", "events.xlsx"):
        (tmp_path / name).write_text("mine")
    store.write(data, tmp_path)
    store.write(other(data), tmp_path)
    assert left_in(tmp_path) == {"figures", "notes.csv", "events.xlsx"}
    assert (tmp_path / "figures" / "events.png").read_text() == "mine"


def test_the_tables_of_the_last_run_are_read_whatever_their_format(data, tmp_path):
    pytest.importorskip("pyarrow")
    store.write(data, tmp_path)
    store.write(other(data), tmp_path, "parquet")
    assert {p.suffix for p in tmp_path.iterdir()} == {".parquet", ".json"}
    read = store.read(BOOK, tmp_path)
    assert all(read[name].equals(table) for name, table in other(data).items())


# ---------------------------------------------------------------- one run at a time, a folder that can be written to
HOLD = """
import sys, time
from ruiran import store
with store.held(sys.argv[1]):
    print("held", flush=True)
    time.sleep(600)
"""


def test_one_run_at_a_time_and_a_dead_one_holds_nothing(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    command = ["code", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    process = child(HOLD, tmp_path / "out")
    assert process.stdout.readline() == "held\n"
    assert main(command) == 2
    assert "another run is writing to it; wait for it" in capsys.readouterr().err
    process.kill()
    process.wait()
    assert main(command) == 0


@pytest.mark.parametrize("place", ["a file", "below a file", "a folder where a table goes"])
def test_the_folder_for_the_tables_is_checked_before_anything_is_coded(place, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(pipeline, "code_folder", lambda *more: pytest.fail("coded"))
    (tmp_path / "file").write_text("mine")
    (tmp_path / "out" / "events.csv").mkdir(parents=True)
    out = {"a file": "file", "below a file": "file/out", "a folder where a table goes": "out"}[place]
    assert main(["code", str(tmp_path), "--out", str(tmp_path / out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and ("name another" in said or "move it away" in said)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path, capsys):
    (tmp_path / "out").mkdir(mode=0o500)
    assert main(["code", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "cannot be written to (Permission denied); name another folder" in capsys.readouterr().err


def test_tables_inside_the_folder_of_the_articles_are_no_articles(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    for out in (tmp_path / "out", tmp_path / "out", tmp_path / "other", tmp_path, tmp_path):
        assert main(["code", str(tmp_path), "--out", str(out)]) == 0
        assert store.read(BOOK, out)["problems"].empty


STOPPED = """
import sys, time
from ruiran import __main__, pipeline
def code_article(*more):
    print("coding", flush=True)
    time.sleep(600)
pipeline.code_article = code_article
sys.exit(__main__.main(["code", sys.argv[1], "--out", sys.argv[2]]))
"""


def test_ctrl_c_says_in_one_line_what_was_kept(data, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    store.write(data, tmp_path / "out")
    process = child(STOPPED, tmp_path / "in", tmp_path / "out")
    assert process.stdout.readline() == "coding\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == "stopped: nothing of this run was kept, and what stood in its folder is as it was\n"
    assert store.read(BOOK, tmp_path / "out")["events"].equals(data["events"]) and left_in(tmp_path / "out") == set()


# ---------------------------------------------------------------- spreadsheets
CELLS = st.text(st.sampled_from("=+-@\t\n' ,\";a1\r|é"), max_size=8) | st.sampled_from(
    ['=HYPERLINK("x")', "+1", "-2 arms", "@SUM(1)", "\t=1", "'=1", "''=1", "'", "'a", "1-2", "’=1"])


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_no_cell_is_run_and_each_is_read_back_as_it_was(cells):
    table = pd.DataFrame({"text": cells}, dtype="string")
    shown = store.escaped(table).text
    assert not shown.str.match(r"[=+\-@\t\r\n]").any()
    assert list(shown.astype("object").replace(store.ESCAPED, r"\1", regex=True)) == cells


def test_text_of_the_web_is_no_formula_in_a_file_and_is_what_stands_there_when_read(tmp_path):
    lines = ["=HYPERLINK(\"http://x\",\"Russia sold arms to Iran\")", "+7 495 Russia and Iran", "- Tehran, said Ivanov",
             "@Russia sells arms to Iran"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "=1+1.txt").write_text(around("\n\n".join(lines)))
    assert main(["code", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert [cell for row in csv.reader(file) for cell in row if cell[:1] in tuple("=+-@\t\r\n") and cell] == []
    read = store.read(BOOK, tmp_path / "out")
    raw = around("\n\n".join(lines))
    assert set(lines) <= set(read["lines"].text) and set(read["lines"].doc_id) == {"=1+1"}
    for name in ("lines", "mentions", "quotations", "claims"):
        assert all(raw[r.start:r.end] == r.text for r in read[name].itertuples())


def test_the_manifest_says_what_belongs_to_the_run(data, tmp_path):
    store.write(data, tmp_path)
    named = json.loads((tmp_path / corpus.MANIFEST).read_text())
    assert set(named["files"]) == {f"{name}.csv" for name in TABLES}
