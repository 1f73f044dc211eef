"""The bench: its articles are the same each time, and it runs."""
import json

import pandas as pd
import pytest

from ruiran.report import charts, growth

pytest.importorskip("psutil")

from ruiran.scale import bench, made_up  # noqa: E402


def test_the_articles_are_the_same_each_time_and_no_two_alike():
    texts = [made_up.article(n, length) for n in range(20) for length in (1, 2)]
    assert texts == [made_up.article(n, length) for n in range(20) for length in (1, 2)]
    assert len(set(texts)) == len(texts) and texts != [made_up.article(n, m, seed=8) for n in range(20) for m in (1, 2)]


def test_an_article_is_as_long_as_it_is_said_to_be_and_tells_events():
    paragraphs = [made_up.article(1, length).count("\n\n") - 1 for length in (1, 2, 16)]
    assert paragraphs == [4, 8, 64]
    rows = bench.pipeline.code_corpus([bench.document(n) for n in range(3)], bench.codebook.load())
    assert rows["problems"] == [] and rows["events"] and rows["claims"]


def test_of_a_stream_the_share_is_about_the_pair_and_the_same_each_time(tmp_path):
    texts = list(made_up.stream(40))
    assert texts == list(made_up.stream(40)) and texts != list(made_up.stream(40, seed=8))
    assert sum(text.startswith("Russia, Iran") for text in texts) == 40 * made_up.SHARE
    made_up.write_stream(tmp_path / "x.jsonl", 40)
    assert [json.loads(line)["text"] for line in (tmp_path / "x.jsonl").read_text().splitlines()] == texts


def test_the_bench_runs(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(bench, "cost", lambda *command: (1.5, 100.0))  # processes of their own are measured below
    table = dict(bench.report(lengths=(1, 2), count=2, tries=1))
    assert {f"  of which {stage}" for stage in bench.STAGES} < set(table)
    assert [what for what, speed in table.items() if not any(c.isdigit() for c in speed)] == []
    monkeypatch.setattr(bench, "report", lambda count: table.items())
    monkeypatch.setattr(bench, "RUNS", tmp_path / "new" / "runs.csv")
    monkeypatch.setattr(bench, "FULL", [("stream", True, 0, 2), ("stream", False, 2, 4)])
    bench.main([])
    assert "4 stream, ruiran, 2 workers" in capsys.readouterr().out
    assert bench.RUNS.read_text().splitlines() == [
        "texts,coder,workers,articles,seconds,megabytes", "stream,spaCy,0,2,1.5,100.0", "stream,ruiran,2,4,1.5,100.0"]


def test_a_process_is_measured_and_one_that_fails_is_said():
    seconds, megabytes = bench.cost("-c", "x = bytearray(10 ** 8); sum(range(10 ** 7))")
    assert 0 < seconds < 60 and 90 < megabytes < 10_000
    with pytest.raises(SystemExit, match="ended with 3"):
        bench.cost("-c", "raise SystemExit(3)")


RUNS = pd.DataFrame([("relevant", "spaCy", 0, 100, 20.0, 400.0), ("relevant", "ruiran", 0, 100, 10.0, 200.0),
                     ("stream", "ruiran", 0, 10, 2.0, 100.0), ("stream", "ruiran", 0, 100, 20.0, 100.0),
                     ("stream", "ruiran", 0, 1000, 200.0, 100.0)], columns=bench.COLUMNS)
RUNS = RUNS.assign(a_second=RUNS.articles / RUNS.seconds)


def test_what_grows_in_proportion_has_the_exponent_one_and_what_does_not_grow_nought():
    (row,) = growth.exponents(RUNS).to_dict("records")
    assert (row["texts"], row["runs"], row["time_exponent"], row["memory_exponent"]) == ("stream", 3, 1.0, 0.0)


def test_the_headline_says_what_ten_times_the_articles_take():
    assert growth.headline(RUNS) == "Ten times the articles take 10 times the time and 1.0 times the memory"
    assert growth.headline(RUNS[:2]).startswith("No three runs")


def test_each_run_stands_beside_spacy_on_the_same_kind_of_texts():
    found = growth.beside_spacy(RUNS)
    assert found[found.texts == "relevant"].ratio.tolist() == [2.0]
    assert found[found.texts == "stream"].ratio.isna().all()


def test_what_more_would_take_follows_from_one_article_of_each_kind():
    """0.1 s an article that is coded, 0.2 s one of the stream: 19 of 20 take (0.2 - 0.1 / 20) / 0.95."""
    assert growth.takes(RUNS, 864_000, 1.0, 1, 0.05) == pytest.approx(1.0)
    assert growth.takes(RUNS, 864_000, 0.05, 2, 0.05) == pytest.approx(1.0)


def test_the_figure_of_growth_is_drawn_in_both_themes():
    for theme in ("light", "dark"):
        assert charts.png(growth.draw(RUNS, "Time grows", theme)).startswith(b"\x89PNG")
