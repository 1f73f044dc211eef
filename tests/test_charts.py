"""The figure of the events and its table of marks."""
from itertools import takewhile

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from ruiran import codebook, tables
from ruiran.report import charts
from ruiran.report.words import amount

BOOK = codebook.load()
WORDS = {"title": "A finding", "subtitle": "Events by year", "source": "Some articles"}
HOSTILE = "$\\frac{1}{0}$ <b>&amp;</b> \x00\n $_^ {} \\ 中 " + "very long " * 60


def event(number, **cells):
    """One row of `events`, Russia delivering to Iran on an unknown day before 2007 unless `cells` say otherwise."""
    row = {"event_id": f"e{number:03}", "doc_id": "d", "sentence": "s", "source": "RUS", "event": "COOPERATE",
           "target": "IRN", "form": "verbal", "status": "actual", "date_to": "2007-01-31"}
    return row | cells


def table_of(name, rows):
    """The rows as one of the project's tables; what a row does not give is empty."""
    shape = BOOK["tables"][BOOK["tables"].table == name]
    blank = dict.fromkeys(shape.column[shape.type.isin(["string", "day"])], "")
    return tables.frame(BOOK, name, [blank | row for row in rows])


def events_of(*rows):
    return table_of("events", rows)


DOCUMENTS = table_of("documents", [{"doc_id": "d", "label": "Reuters 2007"}])
SOME = events_of(event(1, weapon="Tor-M1", stage="order", low=700000000), event(2, repeats="e001"),
                 event(3, source="IRN", target="RUS", event="REQUEST", date_from="1989-06-01", date_to="1989-06-01"),
                 event(4, source="RUS;IRN", target="RUS;IRN", event="CONSULT", date_from="2001-03-12", date_to=""),
                 event(5, source="USA", target="RUS:Rosoboronexport", event="SANCTION", status="planned"),
                 event(6, source="IRN", target="USA", event="REJECT", date_to=""))


def texts_of(figure):
    return " ".join(" ".join(text.get_text() for text in figure.findobj(mpl.text.Text)).split())


def misplaced(figure):
    """The texts of a figure that leave it, and the pairs that overlap."""
    with charts.style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer()).padded(-0.5))
                 for text in figure.findobj(mpl.text.Text) if text.get_visible() and text.get_text().strip()]
    page = figure.bbox
    beyond = [words for words, box in boxes if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1
              or box.y1 > page.y1]
    boxes.sort(key=lambda pair: pair[1].y0)
    near = ((a, b) for n, a in enumerate(boxes) for b in takewhile(lambda b, a=a: b[1].y0 < a[1].y1, boxes[n + 1:]))
    return beyond + [(a, b) for (a, one), (b, other) in near if one.overlaps(other)]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_event_that_is_no_repeat_has_one_mark():
    marks = charts.mark_rows_of_events(SOME)
    assert marks.event_id.tolist() == ["e001", "e003", "e004", "e005", "e006"]


def test_a_lane_says_who_acts_on_whom():
    assert charts.mark_rows_of_events(SOME).lane.tolist() == [
        "Russia → Iran", "Iran → Russia", "Both together", "Third parties → Russia or Iran",
        "Russia or Iran → third parties"]


def test_every_event_type_has_a_kind_and_every_kind_its_own_marker():
    allowed = BOOK["tables"].set_index(["table", "column"]).loc[("events", "event"), "values"]
    assert set(charts.KIND_OF) == set(allowed.split())
    assert len({charts.MARKERS[kind] for kind in charts.KINDS}) == len(charts.KINDS)


@pytest.mark.parametrize("dates, at", [(("1989-01-01", "1989-01-01"), 1989), (("2001-01-01", "2003-01-01"), 2002),
                                       (("", "2001-01-01"), 2001), (("2001-01-01", ""), 2001)])
def test_a_mark_stands_in_the_middle_or_at_the_end_that_is_known(dates, at):
    marks = charts.mark_rows_of_events(events_of(event(1, date_from=dates[0], date_to=dates[1])))
    assert marks["at"].tolist() == [at]


@pytest.mark.parametrize("theme", charts.COLOURS)
def test_the_figure_carries_its_words_and_counts_what_is_left_out(theme):
    words = texts_of(charts.draw_events(SOME, DOCUMENTS, **WORDS, note="A note.", theme=theme).figure)
    for part in (*WORDS.values(), "A note.", "1 told again", "1 without a date", "Tor-M1 order, $700 million"):
        assert part in words


def test_no_marks_touch_in_a_row():
    marks = charts.mark_rows_of_events(events_of(*(event(n, date_from="2001-01-01") for n in range(40))))
    rows = charts.place(marks, 1999, 10 / charts.PLOT, 0.15)
    assert sorted(rows.line) == list(range(40))


@pytest.mark.parametrize(("weapon", "words"), [
    ("Tor-M1", "Tor-M1 delivery"), ("", ""), ("mine (unspecified)", ""),
    ("air defence system (unspecified);combat aircraft (unspecified)", ""),
    ("armoured vehicle (unspecified);submarine (unspecified);mine", "armoured vehicle, submarine, mine delivery"),
    ("S-300;missile (unspecified);missile", "S-300, missile delivery")])
def test_a_label_names_all_that_an_event_names_unless_it_is_all_unspecified(weapon, words):
    marks = charts.mark_rows_of_events(events_of(event(1, weapon=weapon, stage="delivery")))
    assert marks.about.tolist() == [words]


def test_a_label_of_many_weapons_is_cut_and_keeps_its_sum():
    marks = charts.mark_rows_of_events(events_of(event(1, weapon=";".join(map("Su-{}".format, range(24, 40))),
                                                       low=700000000)))
    assert marks.about[0].startswith("Su-24, Su-25") and marks.about[0].endswith(", $700 million")
    assert len(marks.about[0]) <= charts.LONGEST


def test_labels_stand_in_the_page_beside_marks_and_bars_of_any_length():
    days = [(f"{1990 + n}-01-01", f"{1990 + n + wide}-01-01") for n in range(20) for wide in (0, 9, 19 - n)]
    rows = [event(n, weapon=f"submarine (unspecified);mine{n};armoured vehicle", stage="delivery", low=n * 10 ** 8 + 1,
                  source="RUS" if n % 2 else "IRN", target="IRN" if n % 2 else "RUS", date_from=first, date_to=last)
            for n, (first, last) in enumerate(days)]
    for some in (rows[::7], rows[1::7], rows[2::9], rows[:6]):
        figure = charts.draw_events(events_of(*some), DOCUMENTS, **WORDS).figure
        assert misplaced(figure) == [] and "submarine, mine" in texts_of(figure)


def test_a_label_stands_whole_on_the_side_that_has_room_for_it():
    rows = [event(1, date_from="1990-01-01", date_to="1990-01-01"),
            event(2, weapon="submarine;mine;armoured vehicle", stage="delivery", date_from="1998-01-01",
                  date_to="2010-01-01")]
    assert "submarine, mine, armoured vehicle delivery" in texts_of(charts.draw_events(events_of(*rows), DOCUMENTS,
                                                                                      **WORDS).figure)


# ---------------------------------------------------------------- without one article
def articles(*names):
    return table_of("documents", [{"doc_id": name} for name in names])


TOLD_TWICE = events_of(event(1, doc_id="a"), event(2, doc_id="a", source="IRN", target="RUS"),
                       event(3, doc_id="a", repeats="e001"), event(4, doc_id="c", repeats="e003"),
                       event(5, doc_id="b"), event(6, doc_id="b", date_to=""))


def test_without_an_article_the_acts_are_lost_that_it_alone_tells():
    left = charts.acts_without(TOLD_TWICE, articles("a", "b", "c", "d"))
    assert left["Russia → Iran"].to_dict() == {"a": 2, "b": 1, "c": 2, "d": 2}
    assert left["Iran → Russia"].to_dict() == {"a": 0, "b": 1, "c": 1, "d": 1}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.sampled_from(["RUS", "USA"])), max_size=12))
def test_without_an_article_no_act_is_added_and_none_lost_that_another_tells(told):
    rows, first = [], []  # a number below that of the row is the row that it tells again
    for n, (article, again, source) in enumerate(told):
        first.append(first[again] if again < n else n)
        rows.append(event(n, doc_id=article, repeats=f"e{again:03}" if again < n else "", source=source))
    left, marks = charts.acts_without(events_of(*rows), articles(*"abc")), charts.mark_rows_of_events(events_of(*rows))
    for article in "abc":
        kept = {first[n] for n, row in enumerate(told) if row[0] != article}
        acts = marks[[int(act[1:]) in kept for act in marks.event_id]]
        assert left.loc[article].to_dict() == {lane: (acts.lane == lane).sum() for lane in set(marks.lane)}


def test_a_lane_says_what_one_article_would_change_where_there_are_several():
    words = texts_of(charts.draw_events(TOLD_TWICE, articles("a", "b", "c"), **WORDS).figure)
    assert "2 of 3 1 to 2 without one article" in words and "1 of 3 0 to 1 without one article" in words
    assert "without one article" not in texts_of(charts.draw_events(SOME, DOCUMENTS, **WORDS).figure)


@pytest.mark.parametrize("last", ["2007-01-31", "2007-12-31", "2008-06-01", "2026-01-01"])
def test_a_year_stands_once_on_the_axis(last):
    some = events_of(event(1, date_from="2007-01-30", date_to="2007-01-30"), event(2, date_from=last, date_to=last))
    years = [tick.get_text() for tick in charts.draw_events(some, DOCUMENTS, **WORDS).get_xticklabels()]
    assert years and years == sorted(set(years))


def test_no_events_draw_a_figure_that_says_so():
    assert "no events" in texts_of(charts.draw_events(SOME.head(0), DOCUMENTS.head(0), **WORDS).figure)
    assert charts.mark_rows_of_events(SOME.head(0)).empty


def test_few_and_many_events_fit_a_page():
    days = [f"{1989 + n % 37}-01-01" for n in range(500)]
    rows = [event(n, date_from=day, date_to=day, weapon=f"W{n}", stage="order") for n, day in enumerate(days)]
    few, many = (charts.draw_events(events_of(*some), DOCUMENTS, **WORDS).figure for some in (rows[:1], rows))
    assert few.get_size_inches()[1] < many.get_size_inches()[1] < 12


def test_hostile_words_are_printed_as_they_are(tmp_path):
    rows = events_of(event(1, weapon=HOSTILE, mode=HOSTILE))
    figure = charts.draw_events(rows, DOCUMENTS, HOSTILE, HOSTILE, HOSTILE, HOSTILE).figure
    charts.save(figure, "figure", tmp_path)
    assert "$\\frac{1}{0}$ <b>" in texts_of(figure)


def test_the_same_rows_give_the_same_bytes_whatever_the_settings_of_matplotlib(tmp_path):
    plain = charts.save(charts.draw_events(SOME, DOCUMENTS, **WORDS).figure, "plain", tmp_path)
    assert plain == str(tmp_path / "plain.png")
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "red", "text.color": "green"}):
        before = dict(mpl.rcParams)
        charts.save(charts.draw_events(SOME, DOCUMENTS, **WORDS).figure, "other", tmp_path)
        assert dict(mpl.rcParams) == before
    for ending in ("png", "svg", "pdf"):
        assert (tmp_path / f"plain.{ending}").read_bytes() == (tmp_path / f"other.{ending}").read_bytes()


@pytest.mark.parametrize("theme", charts.COLOURS)
@pytest.mark.parametrize("role", ["ink", "blue", "red", "grey"])
def test_colours_can_be_read_as_text(theme, role):
    light = sorted(luminance(charts.COLOURS[theme][name]) for name in (role, "paper"))
    assert (light[1] + 0.05) / (light[0] + 0.05) >= 4.5


@pytest.mark.parametrize("rows, headline", [
    ([], "No acts told as done between Russia and Iran"),
    ([event(1), event(2), event(3, event="ACCUSE")],
     "Between Russia and Iran, cooperation outnumbers conflict, 2 to 1"),
    ([event(1), event(2, status="denied"), event(3, event="ACCUSE")],
     "Between Russia and Iran, cooperation and conflict balance, 1 each"),
    ([event(1, event="SANCTION"), event(2, repeats="e001"), event(3, source="USA", event="ACCUSE")],
     "Between Russia and Iran, conflict outnumbers cooperation, 1 to 0")])
def test_the_headline_is_computed_in_at_most_ten_words(rows, headline):
    assert charts.headline_of_events(events_of(*rows)) == headline
    assert len(headline.split()) <= 10


@pytest.mark.parametrize("number, words", [(700000000, "$700 million"), (1500000000, "$1.5 billion"), (950, "$950"),
                                           (12345678, "$12.35 million"), (250000, "$250,000")])
def test_dollars_are_written_in_words(number, words):
    assert amount(number) == words
