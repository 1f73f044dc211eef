"""The figure of the deals and its table of marks."""
import matplotlib as mpl
import pytest

from ruiran import codebook, tables
from ruiran.report import charts, dealcharts

BOOK = codebook.load()
WORDS = {"title": "A finding", "subtitle": "Claims by deal", "source": "Some articles"}
HOSTILE = "$\\frac{1}{0}$ <b>&amp;</b> \x00\n $_^ {} \\ 中 " + "very long " * 60
TOR, MINE = "RUS-IRN-Tor-M1-2005", "RUS-IRN-mine-nd"


def claim(number, attribute, stance="affirms", speaker="RUS", deal=TOR, **cells):
    """One row of `claims`."""
    return {"claim_id": f"c{number:03}", "doc_id": "d", "text": "t", "attribute": attribute, "stance": stance,
            "speaker": speaker, "deal": deal} | cells


def deal(code, weapon, **cells):
    """One row of `deals`."""
    return {"deal": code, "supplier": "RUS", "recipient": "IRN", "weapon": weapon, "affirmed": 1, "denied": 0} | cells


def table_of(name, rows):
    """The rows as one of the project's tables; what a row does not give is empty."""
    shape = BOOK["tables"][BOOK["tables"].table == name]
    blank = dict.fromkeys(shape.column[shape.type.isin(["string", "day"])], "")
    return tables.frame(BOOK, name, [blank | row for row in rows])


def claims_of(*rows):
    return table_of("claims", rows)


DOCUMENTS = table_of("documents", [{"doc_id": "d", "outlet": "Reuters"}])
DEALS = table_of("deals", [deal(TOR, "Tor-M1", affirmed=3, denied=2, disputed="legality;value"),
                           deal(MINE, "mine")])
CLAIMS = claims_of(claim(1, "value", low=700000000, high=700000000, speaker="RUS:Rosoboronexport"),
                   claim(2, "value", low=1000000000, speaker=""), claim(3, "legality"),
                   claim(4, "legality", "denies", "USA"), claim(5, "value", "denies", "Igor Ivanov"),
                   claim(6, "delivery_begun", deal=MINE), claim(7, "threat", deal=""))


def texts_of(figure):
    return " ".join(" ".join(text.get_text() for text in figure.findobj(mpl.text.Text)).split())


def test_every_claim_stands_once_in_the_table_of_marks():
    marks = dealcharts.mark_rows_of_deals(DEALS, CLAIMS, DOCUMENTS)
    assert marks.claim_id.tolist() == CLAIMS.claim_id.tolist()
    assert marks.shown.tolist() == ["value", "value", *["statement"] * 4, "unresolved"]


def test_speakers_are_named_in_words():
    marks = dealcharts.mark_rows_of_deals(DEALS, CLAIMS, DOCUMENTS)
    assert marks.speaker.tolist()[:5] == ["Rosoboronexport (Russia)", "Reuters, own words", "Russia", "United States",
                                          "Igor Ivanov"]


@pytest.mark.parametrize("theme", charts.COLOURS)
def test_the_figure_carries_its_words_every_deal_and_every_figure(theme):
    words = texts_of(dealcharts.draw_deals(DEALS, CLAIMS, DOCUMENTS, **WORDS, note="A note.", theme=theme).figure)
    for part in (*WORDS.values(), "A note.", "$700 million, Rosoboronexport", "at least $1 billion, Reuters",
                 "mine, Russia → Iran, order undated", "1 that fit no single deal"):
        assert part in words


def test_a_figure_stands_to_scale_from_zero():
    lines = list(dealcharts.figure_lines(dealcharts.mark_rows_of_deals(DEALS, CLAIMS, DOCUMENTS), DEALS, "value"))
    (small, *_), (large, *_) = (line["marks"][0] for line in lines if "marks" in line)
    assert small / large == pytest.approx(0.7)


def test_no_deals_draw_a_figure_that_says_so():
    figure = dealcharts.draw_deals(DEALS.head(0), CLAIMS.head(0), DOCUMENTS.head(0), **WORDS).figure
    assert "no deals" in texts_of(figure)
    assert dealcharts.mark_rows_of_deals(DEALS.head(0), CLAIMS.head(0), DOCUMENTS.head(0)).empty


def test_hostile_words_are_printed_as_they_are(tmp_path):
    deals = table_of("deals", [deal(TOR, HOSTILE)])
    claims = claims_of(claim(1, "purpose", speaker=HOSTILE), claim(2, "value", speaker=HOSTILE, low=5, high=10))
    figure = dealcharts.draw_deals(deals, claims, DOCUMENTS, *[HOSTILE] * 4).figure
    charts.save(figure, "figure", tmp_path)
    assert "$\\frac{1}{0}$ <b>" in texts_of(figure)


def test_many_deals_and_speakers_still_make_a_page():
    deals = table_of("deals", [deal(f"RUS-IRN-W{n}-2005", f"W{n}", affirmed=n) for n in range(40)])
    claims = claims_of(*(claim(n, "purpose", speaker=f"P{n}", deal=f"RUS-IRN-W{n % 40}-2005") for n in range(900)))
    figure = dealcharts.draw_deals(deals, claims, DOCUMENTS, **WORDS).figure
    assert figure.get_size_inches()[1] < 24
    assert "12 of 40 deals" in texts_of(figure) and "other speakers" in texts_of(figure)


@pytest.mark.parametrize("number, headline", [(0, "No deals"), (1, "Speakers differ on 1 of 1 deal"),
                                              (2, "Speakers differ on 1 of 2 deals, most on Tor-M1")])
def test_the_headline_is_computed_in_at_most_ten_words(number, headline):
    assert dealcharts.headline_of_deals(DEALS.head(number)) == headline
    assert len(headline.split()) <= 10
