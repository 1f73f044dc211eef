"""The figures of who says what and of how the arms are framed, and their tables of marks."""
import pytest
from test_charts import BOOK, HOSTILE, WORDS, misplaced, table_of, texts_of

from ruiran.report import charts, frames, voices
from ruiran.report.words import ABOUT

TOR, MINE = "RUS-IRN-Tor-M1-2005", "RUS-IRN-mine-nd"
DOCUMENTS = table_of("documents", [{"doc_id": "d", "label": "Reuters 2007"}, {"doc_id": "e", "label": "A title 2009"}])
MENTIONS = table_of("mentions", [{"doc_id": "d", "kind": "person", "code": "A Stranger", "country": "FRA"}])


def claim(number, attribute, stance="affirms", speaker="RUS", deal=TOR, **cells):
    """One row of `claims`."""
    return {"claim_id": f"c{number:03}", "doc_id": "d", "text": f"words {number}", "attribute": attribute,
            "stance": stance, "speaker": speaker, "deal": deal} | cells


def deal(code, weapon, **cells):
    """One row of `deals`."""
    return {"deal": code, "supplier": "RUS", "recipient": "IRN", "weapon": weapon} | cells


def claims_of(*rows):
    return table_of("claims", rows)


DEALS = table_of("deals", [deal(TOR, "Tor-M1", disputed="legality;value"), deal(MINE, "mine")])
CLAIMS = claims_of(claim(1, "value", low=700000000, high=700000000, speaker="RUS:Rosoboronexport"),
                   claim(2, "value", low=1000000000, speaker=""), claim(3, "legality", speaker="Igor Ivanov"),
                   claim(4, "legality", "denies", "USA;ISR"), claim(5, "legality", "denies", "USA"),
                   claim(6, "delivery_begun", speaker="A Stranger", deal=MINE),
                   claim(7, "threat", speaker="USA", deal=""), claim(8, "purpose", speaker="RUS:unnamed", doc_id="e"),
                   claim(9, "threat", "denies"))
TABLES = (CLAIMS, DOCUMENTS, MENTIONS)


def drawn(theme="light", tables=TABLES, deals=DEALS, words=WORDS):
    """Both figures of the same tables."""
    return [voices.draw_voices(deals, *tables, **words, theme=theme).figure,
            frames.draw_frames(*tables, **words, theme=theme).figure]


def test_a_claim_on_a_deal_has_a_mark_for_each_side_that_makes_it():
    marks = voices.mark_rows_of_voices(DEALS, *TABLES)
    assert marks[["claim_id", "side", "who"]].values.tolist() == [
        ["c001", "Moscow", "Rosoboronexport"], ["c002", "the press", "Reuters 2007"], ["c003", "Moscow", "I. Ivanov"],
        ["c004", "Washington", ""], ["c004", "Israel", ""], ["c005", "Washington", ""],
        ["c006", "Paris", "A Stranger"], ["c008", "Moscow", "unnamed"], ["c009", "Moscow", ""]]
    assert marks.figure[:2].tolist() == ["$700 million", "at least $1 billion"]
    assert set(marks.attribute[marks.disputed]) == {"value", "legality"}


@pytest.mark.parametrize(("code", "country", "side"), [
    ("RUS:Armed Forces", None, "Moscow"), ("Sergei Lavrov", None, "Moscow"), ("Sergei Lavrov", "USA", "Washington"),
    ("unnamed", None, voices.UNKNOWN), ("", None, voices.PRESS), ("RUS:Vedomosti", None, voices.PRESS)])
def test_a_speaker_has_a_side(code, country, side):
    assert voices.side_of(code, country, voices.side_names()) == side


def test_a_state_is_named_by_its_capital_where_the_codebook_has_one_name_for_it():
    names = voices.side_names()
    assert [names[code] for code in ("RUS", "IRN", "USA", "ISR", "DEU")] == [
        "Moscow", "Tehran", "Washington", "Israel", "Germany"]
    assert {row.code for row in BOOK.rows("actors") if row.kind == "country"} <= set(names)


def test_the_sides_with_fewest_claims_are_put_together():
    states = ["USA", "USA", "USA", "ISR", "ISR", "FRA", "GBR:SIS", "unnamed", ""]
    claims = claims_of(*(claim(n, "threat", speaker=code) for n, code in enumerate(states)))
    heads, marks = voices.columns_of(voices.mark_rows_of_voices(DEALS, claims, DOCUMENTS, MENTIONS))
    assert heads == ["Moscow", "Tehran", "Washington", "Israel", "others", "the press"]
    assert marks.who[marks.side == "others"].tolist() == ["Paris", "SIS (London)", "unnamed"]


def test_a_cell_has_a_mark_for_each_stance_and_each_sum():
    rows = voices.mark_rows_of_voices(DEALS, claims_of(
        claim(1, "value", low=1, high=1), claim(2, "value", low=2, high=2, speaker="RUS:unnamed"),
        claim(3, "value", "denies", low=2, high=2), claim(4, "value", "denies", "Igor Ivanov", low=2, high=2)),
        DOCUMENTS, MENTIONS)
    assert [(stance, words.replace("\xa0", " ")) for stance, words, _ in voices.cell_lines(rows, "Moscow", 1.3)] == [
        ("affirms", "$1"), ("affirms", "$2"), ("", "unnamed"), ("denies", "$2"), ("", "Moscow, I. Ivanov")]


@pytest.mark.parametrize(("claims", "headline"), [
    (CLAIMS, "Moscow and Washington differ most, on 1 point of Tor-M1"),
    (CLAIMS.head(3), "Speakers differ on 2 of 2 points"),
    (CLAIMS.head(0), "No deals")])
def test_the_headline_tells_who_differ_most(claims, headline):
    tied = claims[claims.speaker != "USA;ISR"]
    assert voices.headline_of_voices(DEALS, tied, DOCUMENTS, MENTIONS) == headline


def test_where_two_pairs_differ_as_much_the_headline_counts_points():
    assert voices.headline_of_voices(DEALS, *TABLES) == "Speakers differ on 2 of 5 points"


def test_a_frame_has_the_words_the_side_and_the_article():
    marks = frames.mark_rows_of_frames(*TABLES).set_index("claim_id")
    assert marks.loc["c004"].tolist() == ["lawful", "Washington and Israel", "United States and Israel", "denies",
                                          "words 4", "Reuters 2007"]
    assert marks.loc["c008", ["frame", "speaker", "label"]].tolist() == ["defensive", "unnamed", "A title 2009"]


@pytest.mark.parametrize(("claims", "headline"), [
    (CLAIMS, "Moscow calls the arms defensive, Washington a threat"),
    (CLAIMS[CLAIMS.claim_id != "c007"], "Moscow calls the arms defensive"),
    (CLAIMS[CLAIMS.attribute == "legality"], "Times called defensive: 0, lawful: 1, a threat: 0")])
def test_the_headline_tells_who_calls_the_arms_what(claims, headline):
    assert frames.headline_of_frames(claims, DOCUMENTS, MENTIONS) == headline


def test_of_many_quotations_each_side_has_one():
    claims = claims_of(*(claim(n, "purpose", text=f"defensive {n} " + "word " * n) for n in range(40)),
                       claim(90, "purpose", speaker="IRN"), claim(91, "purpose", "denies", "USA"))
    rows = frames.chosen(frames.mark_rows_of_frames(claims, DOCUMENTS, MENTIONS))
    assert len(rows) == frames.QUOTES and list(dict.fromkeys(rows.side)) == ["Moscow", "Tehran", "Washington"]
    figure = frames.draw_frames(claims, DOCUMENTS, MENTIONS, **WORDS).figure
    assert "Quotations drawn: 24 of 42" in texts_of(figure) and misplaced(figure) == []


@pytest.mark.parametrize("theme", charts.COLOURS)
def test_the_figures_carry_their_words_and_count_what_they_leave_out(theme):
    matrix, framed = drawn(theme)
    for part in (*WORDS.values(), "Tor-M1, Russia → Iran, 2005", "mine, Russia → Iran, order undated", "$700 million",
                 "Moscow Tehran Washington", "that it is lawful", "8, on 2 of 2 deals", "1 that fit no single deal"):
        assert part in texts_of(matrix)
    for part in ("“words 4”", "Washington and Israel", "affirmed 1, denied 2", "Quotations drawn: 6 of 6"):
        assert part in texts_of(framed)
    assert misplaced(matrix) == misplaced(framed) == []


def test_no_text_breaks_the_figures(tmp_path):
    claims = claims_of(claim(1, "purpose", speaker=HOSTILE, text=HOSTILE), claim(2, "value", speaker=HOSTILE, low=5),
                       claim(3, "threat", speaker=f"RUS:{HOSTILE};USA", text=HOSTILE), claim(4, "threat", speaker=""))
    documents = table_of("documents", [{"doc_id": "d", "label": HOSTILE}])
    figures = drawn(tables=(claims, documents, MENTIONS), deals=table_of("deals", [deal(TOR, HOSTILE)]),
                    words=dict.fromkeys(WORDS, HOSTILE))
    for number, figure in enumerate(figures):
        charts.save(figure, f"figure{number}", tmp_path, ("svg",))
        assert "$\\frac{1}{0}$ <b>" in texts_of(figure) and misplaced(figure) == []


def test_many_deals_speakers_and_sums_still_make_a_page():
    deals = table_of("deals", [deal(f"RUS-IRN-W{n}-2005", f"W{n}") for n in range(20)])
    codes = [row.code for row in BOOK.rows("actors") if row.kind in ("organisation", "media")]
    claims = claims_of(*(claim(n, list(ABOUT)[n % 11], speaker=codes[n % len(codes)], low=n,
                               deal=f"RUS-IRN-W{n % 20}-2005") for n in range(220)))
    figure = voices.draw_voices(deals, claims, DOCUMENTS, MENTIONS, **WORDS).figure
    assert "on 12 of 20 deals" in texts_of(figure) and "others" in texts_of(figure)
    assert figure.get_size_inches()[1] < 60 and misplaced(figure) == []


def test_no_claims_draw_figures_that_say_so():
    matrix, framed = drawn(tables=(CLAIMS.head(0), DOCUMENTS, MENTIONS))
    assert "no deals" in texts_of(matrix) and "no quotations" in texts_of(framed)


def test_an_article_and_its_reprint_are_named_once():
    documents = table_of("documents", [{"doc_id": "d", "label": "Reuters 2007"},
                                       {"doc_id": "e", "label": "A title 2009", "reprint_of": "d"}])
    claims = claims_of(claim(1, "value", speaker="", low=5), claim(2, "value", speaker="", low=5, doc_id="e"))
    assert set(voices.mark_rows_of_voices(DEALS, claims, documents, MENTIONS).who) == {"Reuters 2007"}
