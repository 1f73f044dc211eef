"""The figure of the events and its table of marks."""
import matplotlib as mpl
import pytest

from ruiran import codebook, tables
from ruiran.report import charts

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


DOCUMENTS = table_of("documents", [{"doc_id": "d", "outlet": "Reuters"}])
SOME = events_of(event(1, weapon="Tor-M1", stage="order", low=700000000), event(2, repeats="e001"),
                 event(3, source="IRN", target="RUS", event="REQUEST", date_from="1989-06-01", date_to="1989-06-01"),
                 event(4, source="RUS;IRN", target="RUS;IRN", event="CONSULT", date_from="2001-03-12", date_to=""),
                 event(5, source="USA", target="RUS:Rosoboronexport", event="SANCTION", status="planned"),
                 event(6, source="IRN", target="USA", event="REJECT", date_to=""))


def texts_of(figure):
    return " ".join(" ".join(text.get_text() for text in figure.findobj(mpl.text.Text)).split())


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
    assert charts.amount(number) == words
