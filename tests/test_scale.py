"""An archive on several processes gives the rows that one process gives, whatever is killed on the way."""
import json
import os
import shutil
import signal

import pandas as pd
import pytest
from conftest import around, document

from ruiran import ANSWERS, HAND, RAW, codebook, corrections, pipeline, store, tables
from ruiran.__main__ import main
from ruiran.model import answers
from ruiran.reading import corpus, formats

distributed = pytest.importorskip("distributed")

from ruiran.scale import asking, batches, made_up, parts, run, shards  # noqa: E402

BOOK = codebook.load()
SALE = around("Russia sold four S-300 systems to Iran in 2007, Foreign Minister Sergey Lavrov said.", "March 3, 2008")
VISIT = "{}\n\n{}\n\nForeign Minister Manouchehr Mottaki met Sergey Lavrov in Moscow on {}, for talks on arms.\n"


class Poison(distributed.WorkerPlugin):
    """Ends the process that codes an article with the word POISON, as often as it is tried."""

    def setup(self, worker):
        """Puts it into a worker, also into one that was started anew."""
        attempt = pipeline.attempt
        pipeline.attempt = lambda d, *given, **more: os._exit(1) if "POISON" in d.text else attempt(d, *given, **more)


@pytest.fixture(scope="module")
def client():
    with run.cluster(2) as client:
        yield client


def test_a_cluster_has_as_many_processes_as_are_asked_for(client):
    assert len(client.scheduler_info()["workers"]) == 2
    with run.cluster(1) as alone:
        assert len(alone.scheduler_info()["workers"]) == 1


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of few articles; batches are small."""
    monkeypatch.setattr(batches, "FILES", 2)
    home = tmp_path / "in"
    home.mkdir()
    for n in range(4):
        (home / f"a{n}.txt").write_text(made_up.article(n))
    add_visits(home)
    return home


def add_visits(home, day="March 20, 2009"):
    """Adds two articles, of which one dates the other."""
    for name, title, published, told in (("va", "A visit", day, "March 16, 2009"),
                                         ("vb", "Another report", "", "Monday")):
        (home / f"{name}.txt").write_text(VISIT.format(title, published, told))


@pytest.fixture
def many(tmp_path, monkeypatch):
    """A folder with the corpus and files of many kinds, some of which are cut."""
    monkeypatch.setattr(batches, "FILES", 3)
    monkeypatch.setattr(batches, "BYTES", 4000)
    home = tmp_path / "in"
    shutil.copytree(RAW, home)
    add_visits(home)
    rows = [{"text": text} for text in made_up.stream(8, 0.5)] + [{"text": ""}, {"words": "none"}]
    (home / "stream.jsonl").write_text("\n".join(map(json.dumps, rows[:6] + [{"text": " "}] + rows[6:])) + "\n")
    pd.DataFrame({"text": [made_up.article(n) for n in (3, 4, 5)]}).to_parquet(home / "rows.parquet", row_group_size=2)
    for twin in ("twin.md", "twin.txt"):
        (home / twin).write_text(SALE)
    (home / "empty.txt").write_text("")
    return home


def as_rows(frames):
    return {name: tables.rows_of(frame) for name, frame in frames.items()}


def plain(folder, fixes=(), given=None):
    """The rows of one process."""
    rows, texts = pipeline.rows_of_folder(folder, BOOK, fixes=fixes, answers=answers.read(given, BOOK))
    return as_rows({name: tables.frame(BOOK, name, found) for name, found in rows.items()}), texts


def scaled(client, folder, out, fixes=(), given=None):
    """The rows of several, as they are read back."""
    out.mkdir(exist_ok=True)
    counts = run.code(client, folder, out, BOOK, fixes, given)
    found = as_rows(store.read(BOOK, out))
    assert {name: len(rows) for name, rows in found.items()} == {name: counts[name] for name in found}
    return found


def in_shards(folder):
    """The answers of the corpus in several files, with lines among them that cannot be used."""
    folder.mkdir()
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()
    strange = lines[0].replace(json.loads(lines[0])["custom_id"][:24], "0" * 24)
    for n, some in enumerate((lines[:2], ["no JSON", *lines[2:], lines[0][:200], strange])):
        (folder / f"answers-{n}.jsonl").write_text("\n".join(some) + "\n", encoding="utf-8")
    return folder


def test_it_gives_the_rows_and_texts_of_one_process(client, many, tmp_path):
    fixes, given = corrections.load(HAND / "corrections.csv", BOOK), in_shards(tmp_path / "answers")
    rows, texts = plain(many, fixes, given)
    assert len(rows["events"]) > 100 and any(e["repeats"] for e in rows["events"]) and len(rows["problems"]) > 5
    assert any(c["clue"] == "act-elsewhere" for c in rows["clues"])  # one article is dated by another batch's
    assert scaled(client, many, tmp_path / "out", fixes, given) == rows
    assert {f"text/{p.name}": p.read_text() for p in (tmp_path / "out" / "text").iterdir()} == texts


def test_the_next_run_leaves_nothing_of_the_last(client, tmp_path):
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    (home / "a.txt").write_text(SALE)
    first = scaled(client, home, out)
    assert [d["doc_id"] for d in first["documents"]] == ["a"] and not list(out.glob(".*"))
    store.write(BOOK, pipeline.rows_of_folder(home, BOOK)[0], out)
    assert as_rows(store.read(BOOK, out)) == first
    assert sorted(p.name for p in out.iterdir()) == sorted(["manifest.json", *(f"{name}.csv" for name in first)])


def test_what_was_coded_before_a_run_was_killed_is_not_coded_again(client, folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(run, "dated", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            scaled(client, folder, out)
    kept = {path: path.stat().st_mtime_ns for path in (out / parts.WORK).glob(f"*/{parts.KEPT}")}
    some = sorted(kept)[1]
    shutil.rmtree(some.parent)  # as if it had been killed in the midst of it
    add_visits(folder, "March 21, 2009")  # changed since
    coded = []
    with monkeypatch.context() as patch:
        patch.setattr(run, "dated", lambda client, done, job: coded.append(done) or {})
        patch.setattr(run, "finished", lambda *given: {})
        out.mkdir(exist_ok=True)
        run.code(client, folder, out, BOOK)
    there = [part / parts.KEPT for part in coded[0].values()]
    assert len(kept) == len(there) == 3 and sum(kept.get(path) == path.stat().st_mtime_ns for path in there) == 1
    assert scaled(client, folder, out) == plain(folder)[0] and not (out / parts.WORK).exists()


def test_a_worker_that_is_killed_costs_nothing(client, folder, tmp_path, monkeypatch):
    before = set(client.run(os.getpid).values())

    def killing(client, batch, *given, start=run.start):
        if batch.number == 1:
            os.kill(min(before), signal.SIGKILL)
        return start(client, batch, *given)

    monkeypatch.setattr(run, "start", killing)
    assert scaled(client, folder, tmp_path / "out") == plain(folder)[0]
    client.wait_for_workers(2)
    assert before - set(client.run(os.getpid).values()) == {min(before)}


def test_an_article_that_ends_every_process_is_a_problem_and_costs_no_other(client, folder, tmp_path):
    rows, _ = plain(folder)
    (folder / "bad.txt").write_text(SALE.replace("Lavrov said", "Lavrov said POISON"))
    client.register_plugin(Poison(), name="poison")
    try:
        found = scaled(client, folder, tmp_path / "out")
    finally:
        client.unregister_worker_plugin("poison")
        client.restart()
    assert [r["problem"] for r in found["problems"] if r["file"] == "bad.txt"] == [run.DIED]
    assert [r for r in found["problems"] if r["file"] != "bad.txt"] == rows["problems"]
    assert {name: found[name] for name in rows if name != "problems"} == {
        name: rows[name] for name in rows if name != "problems"}


def test_articles_in_memory_are_handed_out_too(client):
    documents = [document(text, f"a{n}") for n, text in enumerate(made_up.stream(6, 0.5))]
    assert pipeline.code_corpus(documents, BOOK, run.over(client)) == pipeline.code_corpus(documents, BOOK)


@pytest.mark.parametrize("lines", [1, 2, 500, 5000])
def test_a_file_is_cut_at_line_ends_and_nothing_is_lost(tmp_path, monkeypatch, lines):
    monkeypatch.setattr(batches, "BYTES", 10_000)
    path = tmp_path / "x.jsonl"
    rows = ({"text": "é" * (n % 90), "n": n} for n in range(lines))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    found = batches.cuts_of(corpus.Source(path, path.name, {}))
    if lines > 2:
        data = path.read_bytes()
        assert len(found) > 1 and b"".join(data[s.cut.start:s.cut.stop] for s in found) == data
        assert [json.loads(data[s.cut.start:].split(b"\n")[0])["n"] for s in found] == [s.cut.before for s in found]
    else:
        assert [s.cut for s in found] == [None]


@pytest.mark.parametrize("data", [b'{"text": "\xe9"}\n' * 900, '{"text": "a"}\n'.encode("utf-16") * 900,
                                  b'{"text": "a"}\r' * 900])
def test_what_cannot_be_cut_for_sure_is_read_whole(tmp_path, monkeypatch, data):
    monkeypatch.setattr(batches, "BYTES", 4000)
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    assert [s.cut for s in batches.cuts_of(corpus.Source(path, path.name, {}))] == [None]


def test_the_notes_of_a_file_that_was_cut_are_one():
    note = formats.Note("row", tuple(("no text", n) for n in range(1, 9)))
    assert str(note) == "rows 1, 2, 3, 4, 5 and 3 more: no text"


def test_each_article_of_a_file_is_asked_about_by_a_name_of_its_own(tmp_path):
    (tmp_path / "two.jsonl").write_text("".join(json.dumps({"text": SALE}) + "\n" for _ in range(2)))
    made, _ = pipeline.requests_of_folder(tmp_path, BOOK)
    assert len({r["custom_id"] for r in made}) == 2


@pytest.mark.parametrize("most", [1, 10])
def test_requests_are_written_in_files_and_only_about_what_passes_the_gate(tmp_path, most):
    (tmp_path / "in").mkdir()
    made_up.write_stream(tmp_path / "in" / "stream.jsonl", 8, 0.25)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "requests-000009.jsonl").write_text("of a run before\n")
    count, tokens, problems = asking.ask(tmp_path / "in", tmp_path / "out", BOOK, most)
    found = sorted((tmp_path / "out").iterdir())
    assert 2 <= count < 8 and len(found) == (count if most == 1 else 1) and problems == [] and tokens > 1000
    lines = [line for path in found for line in path.read_text(encoding="utf-8").splitlines()]
    made, _ = pipeline.requests_of_folder(tmp_path / "in", BOOK)
    assert list(map(json.loads, lines)) == made


def test_a_file_of_requests_is_no_larger_than_it_may_be():
    parts_of = [list(part) for part in asking.in_files(iter(["aaaa", "bb", "cc", "dddddd", "e"]), 2, 5)]
    assert parts_of == [["aaaa"], ["bb", "cc"], ["dddddd"], ["e"]]


def test_the_command_codes_and_asks_with_workers(tmp_path, capsys):
    home = tmp_path / "in"
    home.mkdir()
    (home / "a.txt").write_text(SALE)
    assert main(["code", str(home), "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    assert capsys.readouterr().out.startswith("1 documents, ") and store.read(BOOK, tmp_path / "out")
    given = ["ask", str(home), "--out", str(tmp_path / "asked"), "--workers", "1"]
    assert main(given) == 2 and main([*given, "--shard", "5"]) == 0
    assert [p.name for p in (tmp_path / "asked").iterdir()] == ["requests-000001.jsonl"]


def test_the_index_of_answers_says_what_no_article_has(tmp_path):
    index, _ = shards.indexed(in_shards(tmp_path / "answers"), tmp_path)
    documents = corpus.read_folder(RAW, BOOK)[0]
    assert shards.answers_to(index, documents, BOOK).parts == answers.read(ANSWERS, BOOK).parts
    rows, _ = shards.left(index, [d.known_as[:24] for d in documents], BOOK)
    assert ["no article" in r["problem"] or "not in the folder" in r["problem"] or "no JSON" in r["problem"]
            for r in rows] and len(rows) == 3
