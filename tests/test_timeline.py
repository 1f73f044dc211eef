"""The figure of the deals in time and its table of marks."""
import pytest
from test_charts import DOCUMENTS, HOSTILE, event, events_of, luminance, texts_of

from ruiran.report import charts, timeline

SOME = events_of(
    event(1, weapon="Tor-M1", stage="order", event="SUPPORT", date_from="2005-12-01", date_to="2005-12-31",
          low=700000000),
    event(2, weapon="Tor-M1", stage="delivery", speaker="RUS:unnamed"), event(3, repeats="e002", weapon="Tor-M1"),
    event(4, weapon="S-300", event="REQUEST", stage="request", source="IRN", target="RUS",
          date_from="2009-02-01", date_to="2009-02-28"),
    event(5, weapon="S-300", event="SANCTION", stage="cancellation", date_from="2006-01-01", date_to="2006-12-31"),
    event(6, weapon="", event="SANCTION", stage="sanction", source="USA", target="RUS:Rosoboronexport", date_to=""),
    event(7, weapon="Tor-M1;S-300", stage="delivery", status="planned"),
    event(8, event="ACCUSE", source="USA", target="RUS"),
    event(9, event="SUPPORT", stage="", weapon="Tor-M1"))


def test_a_step_told_for_the_first_time_has_a_mark_on_the_lane_of_each_system():
    marks = timeline.mark_rows_of_steps(SOME, DOCUMENTS)
    assert list(zip(marks.event_id, marks.lane, marks.kind, strict=True)) == [
        ("e001", "Tor-M1", "signed"), ("e002", "Tor-M1", "delivered"), ("e004", "S-300", "asked"),
        ("e005", "S-300", "stopped"), ("e006", timeline.GENERAL, "sanctioned"), ("e007", "Tor-M1", "delivered"),
        ("e007", "S-300", "delivered")]


@pytest.mark.parametrize(("kind", "stage", "source", "target", "step"), [
    ("REQUEST", "request", {"IRN"}, {"RUS"}, "asked"), ("REQUEST", "request", {"USA"}, {"RUS"}, ""),
    ("REQUEST", "suspension", {"USA"}, {"RUS"}, ""), ("AGREE", "offer", {"RUS"}, {"IRN"}, "agreed"),
    ("AGREE", "talks", {"RUS", "IRN"}, {"RUS", "IRN"}, ""), ("SUPPORT", "order", {"RUS"}, {"IRN"}, "signed"),
    ("SUPPORT", "", {"RUS", "IRN"}, {"RUS", "IRN"}, ""), ("COOPERATE", "delivery", {"RUS"}, {"IRN"}, "delivered"),
    ("COOPERATE", "", {"RUS"}, {"IRN"}, ""), ("COOPERATE", "delivery", {"RUS"}, {"IND"}, ""),
    ("SANCTION", "sanction", {"USA"}, {"IRN"}, "sanctioned"), ("SANCTION", "sanction", {"USA"}, {"CHN"}, ""),
    ("SANCTION", "suspension", {"RUS"}, {"IRN"}, "stopped"), ("SUPPORT", "embargo", {"RUS", "USA"}, {"USA"}, "stopped"),
    ("SANCTION", "lifting", {"RUS"}, {"USA"}, "lifted"), ("CONCEDE", "lifting", {"RUS"}, {"IRN"}, "lifted"),
    ("CONSULT", "talks", {"RUS"}, {"IRN"}, "")])
def test_an_act_is_the_step_that_its_stage_and_its_sides_make_it(kind, stage, source, target, step):
    assert timeline.step_of(kind, stage, source, target) == step


def test_the_title_tells_the_steps_that_were_done_in_their_order():
    assert timeline.headline_of_steps(SOME, DOCUMENTS) == (
        "Tor-M1: signed 2005, delivered by 2007; S-300: stopped 2006, asked 2009")
    assert timeline.headline_of_steps(events_of(), DOCUMENTS) == "No step of a deal is told as done"


def test_beside_a_mark_stands_the_sum_and_who_tells_it():
    about = timeline.mark_rows_of_steps(SOME, DOCUMENTS).about
    assert (about[0], about[1]) == ("$700 million, Reuters 2007", "unnamed (Russia)")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_figure_counts_what_it_leaves_out_and_can_be_read(theme):
    axes = timeline.draw_steps(SOME, DOCUMENTS, "A finding", "Steps", "Some articles", theme=theme)
    words = texts_of(axes.figure)
    assert "Steps drawn: 6, from 1 article; 1 undated." in words
    assert "Tor-M1" in words and timeline.GENERAL not in words
    paper = luminance(charts.COLOURS[theme]["paper"])
    for _, colour in (charts.MARKERS[step] for step in timeline.STEPS):
        light, dark = sorted((paper, luminance(charts.COLOURS[theme][colour])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 4.5


def test_no_text_breaks_the_figure():
    rows = events_of(event(1, weapon="Tor-M1", speaker=HOSTILE), event(2, weapon="S-300", low=10 ** 15))
    assert timeline.draw_steps(rows, DOCUMENTS, HOSTILE, HOSTILE, HOSTILE).figure
    assert "no steps" in texts_of(timeline.draw_steps(events_of(), DOCUMENTS, "A", "B", "C").figure)


def test_a_title_of_several_lines_has_no_word_alone():
    lines = charts.balanced("Between Russia and Iran, cooperation outnumbers conflict, 15 to 2", 62).split("\n")
    assert len(lines) == 2 and min(map(len, lines)) > 20 and charts.balanced("A finding", 62) == "A finding"
