"""Agreement between readers, causes of objections, traces and corrections by hand."""
import csv

import pandas as pd
import pytest
from conftest import coded, document

import ruiran
from ruiran import codebook, corrections, pipeline
from ruiran.report import adjudicated, hand, tracing, validation

# ---------------------------------------------------------------- Krippendorff's alpha
A, B = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]


def test_alpha_is_that_of_the_published_example():
    """Two observers, ten units, two values: 0.095 in Krippendorff (2011), section A."""
    assert hand.alpha(A, B) == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(("a", "b", "expected"), [("xyx", "xyx", 1), ("xy", "yx", -0.5), ("xx", "xx", None)])
def test_alpha_at_its_ends(a, b, expected):
    assert hand.alpha(list(a), list(b)) == (expected if expected is None else pytest.approx(expected))


# ---------------------------------------------------------------- causes
@pytest.mark.parametrize("name", ["mentions", "quotations", "events"])
def test_every_objection_has_a_cause_and_every_cause_its_objection(name, corpus_tables):
    found = validation.objections(corpus_tables, name)
    assert found[found.cause == ""].to_dict("records") == []
    keys = ["doc_id", "line", "what", "words"]
    both = set(map(tuple, found[found.readers.str.contains(";")][keys].values))
    judged = hand.causes(name)
    assert set(map(tuple, judged[keys].values)) - both == set(), "stale rows of data/hand/causes.csv"
    assert not judged.duplicated(keys).any() and (judged.reason != "").all()


def test_a_confusion_table_counts_every_row_once(corpus_tables):
    cross = validation.confusion(corpus_tables, "reader_a")
    assert cross.drop(index="none").to_numpy().sum() == len(corpus_tables["events"])
    assert cross.drop(columns="none").to_numpy().sum() == len(hand.read("reader_a", "events"))


# ---------------------------------------------------------------- traces
def test_every_event_of_the_corpus_can_be_traced(corpus_tables):
    for event in corpus_tables["events"].itertuples():
        trace = ruiran.trace(event.event_id, corpus_tables)
        assert set(trace.fired["rule"]) == set(event.rule.split("+"))
        assert trace.event.sentence == event.sentence and not trace.rests.empty


def test_a_trace_of_no_event_says_where_ids_are(corpus_tables):
    with pytest.raises(tracing.UnknownEvent, match="events.csv"):
        ruiran.trace("nobody", corpus_tables)


# ---------------------------------------------------------------- corrections
TEXT = ("Russia, Iran and arms\n\nRussia delivered S-300 missiles to Iran in March 2016, the Interfax agency said.\n\n"
        "Between Russia and Iran arms have been a matter of many words for many years.\n")


def one():
    return next(e for e in coded(TEXT)["events"] if e["event"] == "COOPERATE")


def written(path, *rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([corrections.COLUMNS, *rows])
    return path


def corrected(path, doc_id="article"):
    fixes = corrections.load(path)
    return pipeline.code_corpus([document(TEXT, doc_id)], codebook.load(), fixes=fixes)["events"]


def test_a_correction_survives_every_rerun(tmp_path):
    why = "the agency has it from the seller"
    path = written(tmp_path / "c.csv", [one()["event_id"], "status", one()["status"], "claimed", why])
    for _ in range(2):
        row = next(e for e in corrected(path) if e["event_id"] == one()["event_id"])
        assert (row["status"], row["corrected"]) == ("claimed", why)


def test_a_row_can_be_withdrawn(tmp_path):
    path = written(tmp_path / "c.csv", [one()["event_id"], "row", "", "withdrawn", "a joke of the agency"])
    assert one()["event_id"] not in [e["event_id"] for e in corrected(path)]


@pytest.mark.parametrize("fix", [["article-3-00000000", "status", "actual", "claimed", "why"],
                                 ["ID", "status", "denied", "claimed", "why"]], ids=["no such event", "other value"])
def test_a_stale_correction_stops_the_run(tmp_path, fix):
    path = written(tmp_path / "c.csv", [cell.replace("ID", one()["event_id"]) for cell in fix])
    with pytest.raises(corrections.Stale, match="c.csv row 2"):
        corrected(path)


@pytest.mark.parametrize(("fix", "said"), [(["x", "status", "", "claimed", ""], "no reason"),
                                           (["x", "sentence", "", "other words", "why"], "cannot be corrected")])
def test_a_broken_correction_says_what_is_wrong(tmp_path, fix, said):
    with pytest.raises(codebook.CodebookError, match=f"row 2: .*{said}"):
        corrections.load(written(tmp_path / "c.csv", fix))


@pytest.mark.parametrize(("column", "value", "said"), [
    ("source", "RUSSIA", "source 'RUSSIA' is unknown to actors.csv"), ("target", "XYZ", "target 'XYZ' is unknown"),
    ("weapon", "Tor M1", "weapon 'Tor M1' is unknown to weapons.csv"), ("stage", "sale", "stage 'sale' is unknown"),
    ("event", "SELL", "event 'SELL' is unknown to tables.csv"), ("event", "", "event '' is unknown"),
    ("status", "true", "status 'true' is unknown"), ("mode", "loud", "mode 'loud' is unknown"),
    ("date_from", "2007-02-31", "date_from '2007-02-31' is a day that no calendar has"),
    ("date_to", "2007-02", "date_to '2007-02' is no whole day"), ("date_to", "soon", "date_to 'soon' is no date"),
])
def test_a_correction_is_checked_like_any_row(tmp_path, column, value, said):
    with pytest.raises(codebook.CodebookError, match=f"c.csv row 2: {said}"):
        corrections.load(written(tmp_path / "c.csv", [one()["event_id"], column, "", value, "why"]))


def test_a_correction_names_an_event_and_no_cell_is_corrected_twice(tmp_path):
    with pytest.raises(codebook.CodebookError, match="row 2: event_id 'article-3' is none; copy it"):
        corrections.load(written(tmp_path / "c.csv", ["article-3", "status", "", "claimed", "why"]))
    fix = [one()["event_id"], "status", "actual", "claimed", "why"]
    with pytest.raises(codebook.CodebookError, match="row 3: corrects a cell that a row above corrects"):
        corrections.load(written(tmp_path / "c.csv", fix, fix))


def test_a_correction_that_turns_days_round_is_refused(tmp_path):
    fix = [one()["event_id"], "date_from", one()["date_from"], "2049-12-31", "why"]
    with pytest.raises(corrections.Stale, match="then ends on .*, before it begins on 2049-12-31; correct both days"):
        corrected(written(tmp_path / "c.csv", fix))


def test_a_correction_is_for_its_article_alone(tmp_path):
    """The id of an event of `article-1` begins as one of `article` does."""
    event = one()["event_id"].replace("article-", "article-1-", 1)
    path = written(tmp_path / "c.csv", [event, "status", one()["status"], "claimed", "why"])
    book, texts = codebook.load(), [document(TEXT, "article"), document(TEXT, "article-1")]
    rows = pipeline.code_corpus(texts, book, fixes=corrections.load(path))["events"]
    assert [e["doc_id"] for e in rows if e.get("corrected")] == ["article-1"]


def test_a_correction_of_an_article_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "article.txt").write_text(TEXT)
    fixes = corrections.load(written(tmp_path / "c.csv", ["lost-3-00000000", "status", "actual", "claimed", "why"]))
    with pytest.raises(corrections.Stale, match="row 2: no article 'lost' in the folder; add the article, or leave"):
        pipeline.code_folder(tmp_path / "in", codebook.load(), fixes=fixes)
    (tmp_path / "in" / "lost.txt").write_bytes(b"")  # there, but not to be read: a problem, and no end of the run
    data = pipeline.code_folder(tmp_path / "in", codebook.load(), fixes=fixes)
    assert list(data["documents"].doc_id) == ["article"] and list(data["problems"].file) == ["lost.txt"]


def test_a_corrected_event_can_be_traced(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "article.txt").write_text(TEXT)
    path = written(tmp_path / "c.csv", [one()["event_id"], "event", "COOPERATE", "AID", "given, not sold"],
                   [one()["event_id"], "source", one()["source"], "CHN", "by way of China"])
    data = ruiran.code(tmp_path / "in", corrections_file=path)
    trace = ruiran.trace(one()["event_id"], data)
    assert (trace.event.event, trace.event.source) == ("AID", "CHN") and not trace.fired.empty


def test_corrections_of_other_articles_do_not_matter(tmp_path):
    path = written(tmp_path / "c.csv", ["another-3-00000000", "status", "actual", "claimed", "why"])
    assert pd.DataFrame(corrected(path)).equals(pd.DataFrame(corrected(None)))


# ---------------------------------------------------------------- the third reading
def test_what_is_published_is_the_third_reading(book):
    data = ruiran.read()
    found = adjudicated.fixes(data["events"], book) + adjudicated.claim_fixes(data["claims"], book)
    assert {(f["column"], f["value"]) for f in found} == {("row", "confirmed")}


def test_each_event_of_both_readers_is_kept_or_dropped_once_by_the_third():
    told, dropped = adjudicated.read("events"), adjudicated.read("dropped_events")
    for letter, reader in zip("ab", hand.READERS, strict=True):
        kept = sum(letter in readers.split(";") for readers in told.readers)
        assert kept + (dropped.reader == letter).sum() == len(hand.read(reader, "events"))


def test_each_row_of_the_third_reading_stands_on_words_of_its_article(raw_texts):
    for table in ("events", "claims"):
        for row in adjudicated.read(table).itertuples():
            assert adjudicated.plain(row.quote) in adjudicated.plain(raw_texts[row.doc_id])
