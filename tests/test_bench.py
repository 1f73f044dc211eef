"""The bench: its articles are the same each time, and it runs."""
import pytest

from ruiran.scale import bench, made_up


def test_the_articles_are_the_same_each_time_and_no_two_alike():
    texts = [made_up.article(n, length) for n in range(20) for length in (1, 2)]
    assert texts == [made_up.article(n, length) for n in range(20) for length in (1, 2)]
    assert len(set(texts)) == len(texts) and texts != [made_up.article(n, m, seed=8) for n in range(20) for m in (1, 2)]


def test_an_article_is_as_long_as_it_is_said_to_be_and_tells_events():
    paragraphs = [made_up.article(1, length).count("\n\n") - 1 for length in (1, 2, 16)]
    assert paragraphs == [4, 8, 64]
    rows = bench.pipeline.code_corpus([bench.document(n) for n in range(3)], bench.codebook.load())
    assert rows["problems"] == [] and rows["events"] and rows["claims"]


def test_the_bench_runs(monkeypatch):
    monkeypatch.setattr(bench, "cost", lambda *command: (1.5, 100.0))  # processes of their own are measured below
    table = dict(bench.report(counts=(2,), lengths=(1, 2), tries=1))
    assert {f"  of which {stage}" for stage in bench.STAGES} < set(table) and "2 articles" in table
    assert [what for what, speed in table.items() if not any(c.isdigit() for c in speed)] == []


def test_a_process_is_measured_and_one_that_fails_is_said():
    seconds, megabytes = bench.cost("-c", "sum(range(10 ** 6))")
    assert 0 < seconds < 60 and 1 < megabytes < 10_000
    with pytest.raises(SystemExit, match="ended with 3"):
        bench.cost("-c", "raise SystemExit(3)")
