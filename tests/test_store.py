"""Tables on disk: whole or not at all, one run at a time, read back as they were, nothing that a spreadsheet would
run."""
import csv
import json
import multiprocessing
import os
import re
import resource
import shutil
import signal
import time
from dataclasses import replace

import pytest
from conftest import around, document
from hypothesis import given
from hypothesis import strategies as st

from ruiran import codebook, pipeline, store, tables
from ruiran.__main__ import main
from ruiran.codebook.files import Table
from ruiran.reading import corpus

BOOK = codebook.load()
GOOD = around("Russia delivered 29 Tor-M1 systems to Iran, the ministry’s spokesman said.")
TABLES = set(BOOK["tables"]["table"])


@pytest.fixture(scope="module")
def data():
    """The rows of one small article, by table."""
    return pipeline.code_corpus([document(GOOD)], BOOK)


def other(data):
    """The same of another run: every event has another speaker."""
    return {**data, "events": [{**row, "speaker": "Interfax"} for row in data["events"]]}


def are_in(out, data):
    """True where the tables in a folder are of these rows, all of them."""
    read = store.read(BOOK, out)
    return read.keys() == data.keys() and all(read[n].equals(tables.frame(BOOK, n, rows)) for n, rows in data.items())


FORK = multiprocessing.get_context("fork")  # a process that knows what this one does, and may be killed


def child(function, *arguments):
    """A process of its own that runs the function, and what it says to us: (process, pipe). It hands the function the
    other end of the pipe first."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=function, args=(theirs, *arguments))
    process.start()
    return process, ours


def end_of(process):
    """How a process ended: its exit code, or -9 where it was killed."""
    process.join(60)
    return process.exitcode


def left_in(out):
    """What stands in a folder that is neither a table nor the manifest."""
    return {p.name for p in out.iterdir()} - {f"{name}.csv" for name in TABLES} - {corpus.MANIFEST}


# ---------------------------------------------------------------- whole or not at all
def swap_and_die(_, data, out, most):
    """Writes tables and is killed when `most` of them have been moved into place."""
    moved, move = [], os.replace

    def replace(a, b):
        if len(moved) == most:
            os.kill(os.getpid(), signal.SIGKILL)
        moved.append(move(a, b))

    os.replace = replace
    store.write(BOOK, data, out)


@pytest.mark.parametrize("moved", [0, 1, len(TABLES)])
def test_a_killed_run_never_leaves_tables_of_two_runs_that_are_read_as_one(data, tmp_path, moved):
    out = tmp_path / "out"
    store.write(BOOK, data, out)
    process, _ = child(swap_and_die, other(data), out, moved)
    assert end_of(process) == -signal.SIGKILL
    with pytest.raises(store.OutError, match="no tables of one whole run"):
        store.read(BOOK, out)
    with store.held(out):  # no lock is left
        store.write(BOOK, other(data), out)
    assert are_in(out, other(data)) and left_in(out) == set()


def write_and_die(_, data, out):
    """Writes tables and is killed when it comes to the events."""
    write = store.write_table

    def write_table(book, rows, path):
        if path.stem == "events":
            os.kill(os.getpid(), signal.SIGKILL)
        return write(book, rows, path)

    store.write_table = write_table
    store.write(BOOK, data, out)


def test_a_run_killed_while_it_writes_changes_nothing(data, tmp_path):
    out = tmp_path / "out"
    store.write(BOOK, data, out)
    process, _ = child(write_and_die, other(data), out)
    assert end_of(process) == -signal.SIGKILL
    assert are_in(out, data)
    with store.held(out):
        assert left_in(out) == set()


def write_without_room(pipe, data, out):
    """Writes tables where no file may have more than 300 bytes, and says what came of it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
    try:
        store.write(BOOK, data, out)
    except store.OutError as error:
        pipe.send(str(error))


def test_a_full_disk_changes_nothing_and_is_said(data, tmp_path):
    out = tmp_path / "out"
    store.write(BOOK, data, out)
    process, pipe = child(write_without_room, other(data), out)
    assert pipe.poll(60) and "the tables could not be written (File too large); free some room" in pipe.recv()
    assert end_of(process) == 0
    assert are_in(out, data) and left_in(out) == set()


def test_a_table_changed_by_hand_or_of_another_run_is_refused(data, tmp_path):
    store.write(BOOK, data, tmp_path / "a")
    store.write(BOOK, other(data), tmp_path / "b")
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
    store.write(BOOK, data, tmp_path)
    store.write(BOOK, other(data), tmp_path)
    assert left_in(tmp_path) == {"figures", "notes.csv", "events.xlsx"}
    assert (tmp_path / "figures" / "events.png").read_text() == "mine"


def test_the_tables_of_the_last_run_are_read_whatever_their_format(data, tmp_path):
    pytest.importorskip("pyarrow")
    store.write(BOOK, data, tmp_path)
    store.write(BOOK, other(data), tmp_path, "parquet")
    assert {p.suffix for p in tmp_path.iterdir()} == {".parquet", ".json"}
    assert are_in(tmp_path, other(data))


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_tables_of_another_dictionary_are_refused(data, tmp_path, format):
    told = BOOK.files["tables"]
    rows = [*told.rows, (len(told.rows) + 2, "deals", "another", "string", "", "")]
    newer = replace(BOOK, files={**BOOK.files, "tables": Table("tables", told.columns, rows)})
    store.write(BOOK, data, tmp_path, format)
    with pytest.raises(store.OutError, match=r"deals\.\w+: its columns are not those of codebook/tables\.csv; run"):
        store.read(newer, tmp_path)


# ---------------------------------------------------------------- one run at a time, a folder that can be written to
def hold(pipe, out):
    """Holds a folder and does not let go."""
    with store.held(out):
        pipe.send("held")
        time.sleep(600)


def test_one_run_at_a_time_and_a_dead_one_holds_nothing(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    command = ["code", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    process, pipe = child(hold, tmp_path / "out")
    assert pipe.poll(60) and pipe.recv() == "held"
    assert main(command) == 2
    assert "another run is writing to it; wait for it" in capsys.readouterr().err
    process.kill()
    assert end_of(process) == -signal.SIGKILL
    assert main(command) == 0


@pytest.mark.parametrize("place", ["a file", "below a file", "a folder where a table goes"])
def test_the_folder_for_the_tables_is_checked_before_anything_is_coded(place, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(pipeline, "rows_of_folder", lambda *more: pytest.fail("coded"))
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
    for out in (tmp_path / "out", tmp_path / "out", tmp_path, tmp_path):
        assert main(["code", str(tmp_path), "--out", str(out)]) == 0
        assert store.read(BOOK, out)["problems"].empty


def code_without_end(pipe, folder, out):
    """The command, at work on its first article."""
    def coded(*more):
        pipe.send("coding")
        time.sleep(600)

    pipeline.coded = coded
    raise SystemExit(main(["code", str(folder), "--out", str(out)]))


def test_ctrl_c_says_in_one_line_what_was_kept(data, tmp_path, capfd):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    store.write(BOOK, data, tmp_path / "out")
    process, pipe = child(code_without_end, tmp_path / "in", tmp_path / "out")
    assert pipe.poll(60) and pipe.recv() == "coding"
    os.kill(process.pid, signal.SIGINT)
    assert end_of(process) == 130
    assert capfd.readouterr().err == (
        "stopped: nothing of this run was kept, and what stood in its folder is as it was\n")
    assert are_in(tmp_path / "out", data) and left_in(tmp_path / "out") == set()


# ---------------------------------------------------------------- spreadsheets
CELLS = st.text(st.sampled_from("=+-@\t\n' ,\";a1\r|é"), max_size=8) | st.sampled_from(
    ['=HYPERLINK("x")', "+1", "-2 arms", "@SUM(1)", "\t=1", "'=1", "''=1", "'", "'a", "1-2", "’=1"])


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_no_cell_is_run_and_each_is_read_back_as_it_was(cells):
    shown = [store.cell_of(cell) for cell in cells]
    assert [cell for cell in shown if re.match(r"[=+\-@\t\r\n]", cell)] == []
    assert [re.sub(store.ESCAPED, r"\1", cell) for cell in shown] == cells


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


def test_a_carriage_return_ends_no_row(data, tmp_path):
    rows = [{"file": "a.txt", "problem": "one\rtwo"}, {"file": "b.txt", "problem": "\r"}]
    store.write(BOOK, {**data, "problems": rows}, tmp_path)
    assert store.read(BOOK, tmp_path)["problems"].to_dict("records") == rows


def test_the_manifest_says_what_belongs_to_the_run(data, tmp_path):
    store.write(BOOK, data, tmp_path)
    named = json.loads((tmp_path / corpus.MANIFEST).read_text())
    assert set(named["files"]) == {f"{name}.csv" for name in TABLES}
