"""What the notebooks show: hostile text stays text, no word is lost, every claim leads to the raw file."""
import re
import sys
from html import unescape

import pandas as pd
import pytest
from articles import BODY, PROBE, SCRIPT, hostile_tables

import ruiran
from ruiran.report import browser, show, validation

HOSTILE = '<script>alert("1")</script> \' onmouseover="x" Iran & <b>Russia</b> $1 or $2 \\(x\\)'
EMPTY = {"doc_id": "a", "line": 1, "role": "", "low": pd.NA, "high": pd.NA, "unit": "", "edtf": "", "basis": ""}


@pytest.fixture
def tables(corpus_tables):
    return corpus_tables


@pytest.fixture(scope="module")
def raw():
    return show.texts(ruiran.RAW)


def line(text, rule=""):
    return pd.DataFrame([{"line": 1, "start": 0, "end": len(text), "text": text, "kind": "body", "rule": rule}])


def mention(text, words, **values):
    start = text.index(words)
    return EMPTY | {"start": start, "end": start + len(words), "text": words, "kind": "actor", "code": "IRN",
                    "country": "IRN"} | values


def words_of(html):
    """The words of the article in an annotated article: no labels, no tags."""
    blocks = re.findall(r"<div style=\"margin[^>]*>.*?</small><br>(.*?)</div>", html, re.S)
    return [unescape(re.sub(r"<[^>]*>", "", re.sub(r"<small.*?</small>", "", block))) for block in blocks]


@pytest.mark.parametrize("rule", ["", "menu"])
def test_hostile_text_stays_text(rule):
    found = pd.DataFrame([mention(HOSTILE, "Iran", code='"><img src=x>', country='" onclick="x')])
    html = show.annotated(HOSTILE, line(HOSTILE, rule), found)
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "p", "mark", "small", "b", "br", "span"}
    assert "onclick=\"" not in html and "onmouseover=\"" not in html
    assert words_of(html) == [HOSTILE]


def test_two_dollar_signs_make_no_formula():
    assert "$" not in re.sub(r"<span>\$</span>", "", show.plain("worth $1 billion, not $700 million"))


@pytest.mark.parametrize("shown", [show.say(HOSTILE), show.table(pd.DataFrame({HOSTILE: [HOSTILE]}), width=200),
                                   show.folded(HOSTILE, show.say("inside"))], ids=["say", "table", "folded"])
def test_whatever_is_shown_is_escaped(shown):
    assert "<script" not in shown and "<b>" not in shown
    assert HOSTILE in repr(shown)


def test_nothing_is_shown_by_a_style_sheet_or_a_class(tables, raw):
    html = show.annotated(raw["000_ac2f1e69900a864c"], *(tables[t] for t in ("lines", "mentions")))
    assert "<style" not in html and "class=" not in html


@pytest.mark.parametrize("first, second", [("S-300 missiles", "missiles"), ("S-300", "300 missiles"),
                                           ("S-300", "S-300"), ("Moscow", "Iran")])
def test_mentions_that_overlap_lose_and_double_no_character(first, second):
    text = "Moscow sent S-300 missiles to Iran."
    html = show.annotated(text, line(text), pd.DataFrame([mention(text, first, kind="weapon"), mention(text, second)]))
    assert words_of(html) == [text]


def test_every_layer_has_its_name_and_code_in_words(tables, raw):
    for doc_id, text in raw.items():
        lines, mentions = (tables[t][tables[t].doc_id == doc_id] for t in ("lines", "mentions"))
        html = show.annotated(text, lines, mentions)
        for row in mentions.to_dict("records"):
            assert f"{row['kind']}&nbsp;<b>{show.plain(show.code_of(row))}</b>" in html


def test_every_line_is_shown_as_it_stands_in_the_file(tables, raw):
    for doc_id, text in raw.items():
        lines, mentions = (tables[t][tables[t].doc_id == doc_id] for t in ("lines", "mentions"))
        assert words_of(show.annotated(text, lines, mentions)) == list(lines.text)


def test_a_walk_reaches_the_raw_characters_of_every_claim(tables, raw):
    claims = tables["claims"].set_index("claim_id")
    walked = pd.concat([show.walk(tables, deal, raw) for deal in tables["deals"].deal])
    assert sorted(walked.claim_id) == sorted(claims.index[claims.deal != ""])
    assert list(walked.characters) == list(claims.text[walked.claim_id])
    told = walked[walked.event_id != ""]
    assert list(told.sentence) == list(tables["events"].set_index("event_id").sentence[told.event_id])


def test_a_line_is_kept_or_names_its_rule(tables):
    shown = show.kept(tables["lines"])
    assert len(shown) == len(tables["lines"])
    assert list(shown.decision == "kept") == list(tables["lines"].rule == "")


@pytest.mark.parametrize("also, right", [(False, 1), (True, 2)])
def test_another_answer_counts_only_where_it_is_asked_for(also, right):
    wanted = pd.DataFrame({"doc_id": "a", "line": "1", "event": ["AGREE", "SANCTION", "CONSULT"],
                           "alt_types": ["COOPERATE", "", ""]})
    found = wanted.assign(event=["COOPERATE", "SANCTION", "AID"])
    row = validation.scored(found, wanted, ["doc_id", "line", "event"], also).iloc[0]
    assert (row.found, row.found_right, row.by_hand, row.by_hand_found) == (3, right, 3, right)


@pytest.mark.parametrize("column, found, wanted, same", [
    ("source", "IRN;RUS", "RUS;IRN", True), ("source", "IRN", "RUS;IRN", False),
    ("date", "1996-10-01/1996-10-31", "1996-10", True), ("date", "/2001-03-12", "/2001-03-12", True),
    ("date", "2001-03-12/2001-03-12", "2001-03-12", True), ("date", "1987-01-01/1993-12-31", "1987/1993~", True),
    ("date", "/", "", True), ("date", "2001-01-01/2001-12-31", "2001-03", False)])
def test_order_and_spelling_do_not_matter(column, found, wanted, same):
    assert validation.agrees(column, {column: found}, {column: wanted}) is same


@pytest.mark.parametrize("value, words", [(1234567, "1,234,567"), (pd.NA, ""), (None, ""), (True, "yes"), (False, "no"),
                                          ("two\n words", "two words"), ("x" * 200, "x" * 99 + "…")])
def test_a_cell_in_words(value, words):
    assert show.cut(value) == words


def test_a_share_is_shown_with_its_interval():
    assert validation.share(71, 87) == "0.82 (0.72 to 0.88)"
    assert validation.share(0, 0) == "none to count"


@pytest.mark.parametrize("name", ["lines", "mentions", "quotations", "events", "claims"])
def test_what_is_not_agreed_is_listed(tables, name):
    found, wanted, pairs, _ = validation.paired(tables, name, "reader_a")
    listed = validation.disagreements(tables, name, "reader_a").what.value_counts()
    assert listed.get("missed", 0) == len(wanted) - len(pairs)
    assert listed.get("extra", 0) == len(found) - len(pairs)


# ---------------------------------------------------------------- one article with its layers
def words_shown(html):
    """All words of a piece of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def is_harmless(html):
    """Whether it has only tags of this project, each with nothing but its looks."""
    tags = re.findall(r"<(\w+)([^>]*)>", html)
    looks = [re.sub(r' (style|title)="[^"]*"', "", attributes) for _, attributes in tags]
    return {tag for tag, _ in tags} <= set("div p b br small mark span details summary table tbody tr th td".split()
                                           ) and not any(looks)


def test_an_article_of_markup_is_shown_as_text():
    html = browser.page(hostile_tables(), f"one {SCRIPT}", browser.LOOKS)
    assert is_harmless(html) and BODY in words_shown(html)
    assert f"one {SCRIPT}: {PROBE} one" in words_shown(html) and f"told by {PROBE}" in words_shown(html)


def test_a_page_of_an_article_that_is_not_there_is_refused():
    with pytest.raises(KeyError, match="no article 'three'"):
        browser.page(hostile_tables(), "three")


def test_the_text_of_an_article_is_put_together_from_its_lines(tables, raw):
    for name in ("mentions", "quotations", "claims", "lines"):
        for doc_id, rows in tables[name].groupby("doc_id"):
            text = show.text_of(tables["lines"][tables["lines"].doc_id == doc_id])
            assert [text[r.start:r.end] for r in rows.itertuples()] == list(rows.text)


def test_no_layer_loses_or_doubles_a_character(tables):
    for doc_id, lines in tables["lines"].groupby("doc_id"):
        assert words_of(browser.text(tables, doc_id, browser.LOOKS, dropped=True)) == list(lines.text)


def test_each_event_and_claim_has_its_number_in_the_text_and_its_reasons_below(tables):
    label, doc_id = tables["documents"].label[0], tables["documents"].doc_id[0]
    html = browser.page(tables, label)
    rows = pd.concat([tables[n][tables[n].doc_id == doc_id] for n in ("events", "claims")])
    names = re.findall(r"&nbsp;<b>([EC]\d+)</b></small>", html)
    assert len(names) == len(set(names)) == len(rows)
    listed = html.split("<details>")[1:]
    assert all(any(row_id in part and "<b>" in part for part in listed)
               for row_id in rows.event_id.fillna("").where(rows.claim_id.isna(), rows.claim_id))
    assert "<style" not in html and "class=" not in html


def test_the_row_that_is_chosen_is_marked_from_its_first_to_its_last_character(tables):
    doc_id = tables["documents"].doc_id[0]
    for row in browser.told(tables, doc_id).itertuples():
        chosen = [s for s in browser.spans(tables, doc_id, [], row.row_id) if s.style == browser.CHOSEN]
        assert [(s.start, s.end) for s in chosen] == [(row.start, row.end)]
        assert browser.CHOSEN in browser.text(tables, doc_id, [], row.row_id)


def test_what_is_chosen_is_what_the_widget_shows():
    shown = browser.Browser(hostile_tables())
    assert is_harmless(shown.text.value) and "Tor-M1" in shown.text.value and "Menu" not in shown.text.value
    shown.rows.value = "one-1"
    assert "because of one" in shown.why.value and browser.CHOSEN in shown.text.value
    shown.layers["dropped lines"].value = True
    shown.layers["events"].value = False
    assert "Menu" in shown.text.value and "E1" not in shown.text.value
    shown.article.value = "two"
    assert shown.rows.value is None and "Tor-M1" not in shown.text.value and "because of" not in shown.why.value
    assert is_harmless(shown.why.value) and is_harmless(shown.head.value)


def test_an_empty_corpus_can_be_browsed():
    tables = {name: rows.iloc[:0] for name, rows in hostile_tables().items()}
    assert "No article" in browser.Browser(tables).head.value


def test_where_no_kernel_runs_a_widget_says_so():
    assert browser.browse(hostile_tables())._repr_mimebundle_()["text/plain"] == "A widget: run this cell to open it."


def test_without_widgets_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ImportError, match="pip install"):
        browser.browse(hostile_tables())


# ---------------------------------------------------------------- a trace
def test_a_trace_shows_the_sentence_with_the_words_that_decide_and_every_column(tables):
    event = tables["events"][tables["events"].form == "verbal"].iloc[0]
    trace = ruiran.trace(event.event_id, tables)
    html = trace._repr_html_()
    sentence = re.search(r"<p style=.*?</p>", html)[0]
    assert words_shown(re.sub("<small.*?</small>", "", sentence)) == trace.text[event.start:event.end]
    assert re.search(r"<mark [^>]*>(?:(?!</mark>).)*<b>[^<]*\bevent\b", sentence)
    assert is_harmless(html) and "<style" not in html
    for column in ("source", "target", "event", "status"):
        assert f"{column} | {event[column]} | " in repr(trace)


def test_a_trace_of_markup_is_shown_as_text(tables):
    event = tables["events"].iloc[0]
    data = {**tables, "lines": tables["lines"].assign(text=tables["lines"].text.map(lambda t: "<b>"[:len(t)].ljust(
        len(t), "x"))), "reasons": tables["reasons"].assign(words=SCRIPT, basis=PROBE)}
    trace = ruiran.trace(event.event_id, data)
    assert is_harmless(trace._repr_html_()) and SCRIPT in repr(trace) and "<b>x" in repr(trace)
