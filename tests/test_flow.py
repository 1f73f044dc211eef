"""The figure of the way from raw line to deal and its table of marks."""
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_charts import HOSTILE, event, misplaced, table_of, texts_of

from ruiran.report import charts, flow

CLAIM = {"attribute": "value", "stance": "affirms", "coders": "rules"}
CODERS = ("rules", "rules", "model")
ROWS = {
    "documents": [{"doc_id": "d"}],
    "lines": [{"rule": ""}, {"rule": ""}, {"rule": "advert-marker"}],
    "mentions": [{"kind": "actor", "code": "RUS"}, {"kind": "person"}, {"kind": "date"}],
    "quotations": [{"speaker": "RUS"}, {"speaker": ""}],
    "events": [event(1, coders="rules"), event(2, coders="rules;model", repeats="e001"),
               event(3, coders="rules;model;hand", corrected="seen"),
               event(4, coders="model;hand", corrected="mended"), event(5, coders="hand", corrected="missed")],
    "reasons": [{"row": row, "column": column, "rule": rule} for row, column, rule in (
        ("e003", "stage", "model"), ("e003", "corrected", "corrections"), ("e004", "stage", "corrections"),
        ("e005", "stage", "corrections"))],
    "rejected": [{"coder": coder} for coder in CODERS],
    "claims": [{**CLAIM, "claim_id": f"c{n}", "deal": deal} for n, deal in enumerate(["a", "", ""])],
    "deals": [{"deal": "a", "disputed": "value"}]}
WORDS = {"title": "A finding", "subtitle": "From line to deal", "source": "Some articles"}


def tables_of(**rows):
    """The tables of a run with these rows; a table that is not given has none."""
    return {name: table_of(name, rows.get(name, ())) for name in ROWS}


def test_each_part_of_a_stage_has_a_mark_with_its_rows_and_share():
    marks = flow.mark_rows_of_flow(tables_of(**ROWS))
    assert list(zip(marks.stage, marks.part, marks["count"], strict=True)) == [
        ("lines", "kept", 2), ("lines", "set aside as furniture of the page", 1),
        ("mentions", "resolved", 1), ("mentions", "left open", 1),
        ("statements", "whose speaker is known", 1), ("statements", "whose speaker is unknown", 1),
        ("events", "by rules and model alike", 2), ("events", "by the model alone", 1),
        ("events", "by the rules alone", 1), ("events", "by a reader alone", 1),
        ("tellings", "told for the first time", 4), ("tellings", "told again", 1),
        ("left out", "of the rules", 2), ("left out", "of the model", 1),
        ("corrections", "as coded", 5), ("corrections", "confirmed by a reader", 1),
        ("corrections", "changed by a reader", 1), ("corrections", "added by a reader", 1),
        ("claims", "in a deal", 1), ("claims", "in no single deal", 2), ("deals", "disputed", 1)]
    assert marks.share.tolist()[:3] == [0.667, 0.333, 0.5]


@given(st.lists(st.sampled_from(["", "rules", "model", "rules;model", "rules;hand", "model;hand", "hand"])),
       st.lists(st.sampled_from(CODERS)), st.lists(st.sampled_from(["actor", "weapon", "date", "money"])))
def test_the_parts_of_a_stage_sum_to_the_rows_of_its_table(coders, left, kinds):
    tables = tables_of(events=[event(n, coders=cell, corrected=cell[-4:]) for n, cell in enumerate(coders)],
                       rejected=[{"coder": coder} for coder in left],
                       mentions=[{"kind": kind} for kind in kinds])
    sums = flow.mark_rows_of_flow(tables).groupby("stage")["count"].sum().to_dict()
    named = sum(kind in ("actor", "weapon") for kind in kinds)
    rows = {"events": len(coders), "tellings": len(coders), "corrections": len(coders), "left out": len(left),
            "mentions": named}
    assert sums == {stage: n for stage, n in rows.items() if n}


def test_the_five_articles_are_counted_whole(corpus_tables):
    sums = flow.mark_rows_of_flow(corpus_tables).groupby("stage")["count"].sum()
    for stage, table in (("lines", "lines"), ("statements", "quotations"), ("claims", "claims"), ("deals", "deals")):
        assert sums[stage] == len(corpus_tables[table]) > 0


@pytest.mark.parametrize("rows, headline", [
    ({}, "No line was read"), ({"lines": ROWS["lines"]}, "2 of 3 lines are kept"),
    ({"lines": [{"rule": ""}]}, "1 of 1 line is kept"), (ROWS, "1 of 3 claims reaches a deal")])
def test_the_headline_is_computed_in_at_most_ten_words(rows, headline):
    assert flow.headline_of_flow(tables_of(**rows)) == headline
    assert len(headline.split()) <= 10


@pytest.mark.parametrize("theme", charts.COLOURS)
def test_the_figure_carries_its_words_and_every_count(theme):
    words = texts_of(flow.draw_flow(tables_of(**ROWS), **WORDS, note="A note.", theme=theme).figure)
    for part in (*WORDS.values(), "A note.", "Articles read: 1.", "3 lines", "1 left open", "2 in no single deal",
                 "1 deal ", "1 disputed"):
        assert part in words


def test_a_segment_is_as_long_as_its_share_of_bars_of_one_width():
    axes = flow.draw_flow(tables_of(**{**ROWS, "events": [], "deals": []}), **WORDS)
    wide = [patch.get_width() / charts.PLOT for patch in axes.patches]
    assert wide[:4] == pytest.approx([2 / 3, 1 / 3, 1 / 2, 1 / 2], abs=0.01)


def test_a_stage_without_rows_is_not_drawn():
    words = texts_of(flow.draw_flow(tables_of(lines=ROWS["lines"]), **WORDS).figure)
    assert "3 lines" in words and "0" not in words.replace("Articles read: 0", "") and "mention" not in words
    assert "no lines" in texts_of(flow.draw_flow(tables_of(), **WORDS).figure)


@pytest.mark.parametrize("many", [1, 12, 9999])
def test_labels_of_small_segments_neither_overlap_nor_leave_the_page(many):
    coders = ["rules;model", "model", "rules", *["hand"] * many]
    last = [event(n, coders=cell, corrected="seen"[: 4 * (n != 1)]) for n, cell in enumerate(coders)]
    lines = [*[{"rule": ""}] * many, {"rule": "advert-marker"}]
    for events in (last, last[::-1]):
        figure = flow.draw_flow(tables_of(**{**ROWS, "events": events, "lines": lines}), **WORDS).figure
        assert misplaced(figure) == []


def test_hostile_words_are_printed_as_they_are(tmp_path):
    figure = flow.draw_flow(tables_of(**ROWS), *[HOSTILE] * 4).figure
    charts.save(figure, "figure", tmp_path, ("svg",))
    assert "$\\frac{1}{0}$ <b>" in texts_of(figure) and misplaced(figure) == []
