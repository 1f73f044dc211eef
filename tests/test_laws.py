"""What holds for every article, whatever is in it; each law is broken once on purpose, to see that it would tell."""
import hashlib
import tempfile
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from articles import HEADS, SENTENCES
from conftest import coded, document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ruiran import RAW, codebook, pipeline, store, tables
from ruiran.reading import corpus

WITH_TEXT = ("clues", "lines", "mentions", "quotations", "claims")
KEYS = {"documents": "doc_id", "events": "event_id", "claims": "claim_id", "deals": "deal"}
BY_OTHERS = {"documents": ["label"], "events": ["repeats"], "claims": ["deal"]}  # what only the corpus pass can fill in


# ---------------------------------------------------------------- the laws: (raw texts by doc_id, tables)
def text_is_what_stands_there(raw, data):
    for name in WITH_TEXT:
        for row in data[name].dropna(subset=["start"]).itertuples():
            assert raw[row.doc_id][row.start:row.end] == row.text, (name, row)


def a_line_is_counted_from_one(raw, data):
    for name in (*WITH_TEXT, "events"):
        for row in data[name].dropna(subset=["start"]).itertuples():
            assert row.line == raw[row.doc_id].count("\n", 0, row.start) + 1, (name, row)


def every_line_is_kept_or_dropped_once(raw, data):
    found = {(row.doc_id, row.line): row.text for row in data["lines"].itertuples()}
    assert len(found) == len(data["lines"])
    assert found == {(doc_id, number): line.strip() for doc_id, text in raw.items()
                     for number, line in enumerate(text.split("\n"), 1) if line.strip()}


def names_do_not_overlap(raw, data):
    names = data["mentions"][data["mentions"].kind.isin(["actor", "person", "weapon", "place"])]
    for _, rows in names.groupby("doc_id"):
        for a, b in combinations(rows.itertuples(), 2):
            assert a.end <= b.start or b.end <= a.start, (a, b)


def a_sentence_is_the_raw_text_on_one_line(raw, data):
    for row in data["events"].itertuples():
        assert row.sentence == " ".join(raw[row.doc_id][row.start:row.end].split()), row


def mentions_stand_in_kept_lines(raw, data):
    kept = {(row.doc_id, row.line) for row in data["lines"].itertuples() if not row.rule}
    for name in ("mentions", "quotations", "events", "claims"):
        assert {(row.doc_id, row.line) for row in data[name].itertuples()} <= kept, name


def no_two_rows_share_an_id(raw, data):
    assert {name: key for name, key in KEYS.items() if data[name][key].duplicated().any()} == {}


def clues_only_narrow(raw, data):
    chains = data["clues"].assign(posting=data["clues"].clue == "posting").dropna(subset=["days_left"])
    for _, clues in chains.groupby(["doc_id", "posting"]):
        assert clues.days_left.is_monotonic_decreasing and clues.days_left.min() > 0, clues


def one_day_is_left_or_none_is_named(raw, data):
    for row in data["documents"].itertuples():
        assert row.published == (row.published_from if row.published_from == row.published_to else ""), row


def intervals_run_forward(raw, data):
    pairs = {name: [("date_from", "date_to")] for name in ("mentions", "events", "claims")}
    pairs["documents"] = [("published_from", "published_to")]
    pairs["deals"] = [("ordered_from", "ordered_to"), ("delivered_from", "delivered_to")]
    for name, ends in pairs.items():
        for first, last in ends:
            both = data[name][(data[name][first] != "") & (data[name][last] != "")]
            assert (both[first] <= both[last]).all(), (name, both)


def ranges_run_upward(raw, data):
    pairs = {"mentions": [""], "claims": [""], "events": ["", "quantity_"], "deals": ["quantity_", "value_"]}
    for name, prefixes in pairs.items():
        for prefix in prefixes:
            both = data[name].dropna(subset=[f"{prefix}low", f"{prefix}high"])
            assert (both[f"{prefix}low"] <= both[f"{prefix}high"]).all(), (name, both)


def claims_are_conserved(raw, data):
    unresolved = (data["claims"].deal == "").sum()
    assert data["deals"][["affirmed", "denied"]].sum().sum() + unresolved == len(data["claims"])
    stances = data["claims"].groupby(["deal", "stance"]).size()
    for row in data["deals"].itertuples():
        found = (stances.get((row.deal, "affirms"), 0), stances.get((row.deal, "denies"), 0))
        assert (row.affirmed, row.denied) == found, row


def codes_are_in_the_codebook(raw, data):
    book, mentions = codebook.load(), data["mentions"]
    weapons, actors = set(book["weapons"].code), set(book["actors"].code) | set(book["actors"].country)
    assert codes(mentions[mentions.kind == "weapon"].code) | codes(data["events"].weapon) <= weapons
    assert codes(data["claims"].weapon) <= weapons
    assert codes(mentions[mentions.kind.isin(["actor", "place"])].code) <= actors | set(book["places"].place)
    assert codes(data["events"].source) | codes(data["events"].target) <= actors


def repeats_name_an_event(raw, data):
    firsts = data["events"][data["events"].repeats == ""]
    assert set(data["events"].repeats) - {""} <= set(firsts.event_id)


def days_of(edtf):
    """First and last day that an EDTF expression means, '' where it is open: 2000-12, 198X, 2005~/.., [a,b]."""
    first, _, last = edtf.strip("[]").replace("~", "").replace(",", "/").partition("/")
    last = last.rpartition("/")[2] or last or first
    first, last = first.replace("X", "0"), last.replace("X", "9")
    low = "" if first in ("", "..") else (first + "-01-01"[3 * first.count("-"):])
    if last in ("", "..") or last.count("-") == 2:
        return low, last.strip(".")
    return low, str((pd.Period(last).end_time).date())


def precision_is_kept(raw, data):
    for row in data["mentions"][data["mentions"].edtf != ""].itertuples():
        assert days_of(row.edtf) == (row.date_from, row.date_to), row


def claims_rest_on_events_that_are_there(raw, data):
    assert set(data["claims"].event_id) - {""} <= set(data["events"].event_id)


def every_row_belongs_to_an_article(raw, data):
    assert set(data["documents"].doc_id) == set(raw)
    assert set().union(*(data[name].doc_id for name in (*WITH_TEXT, "events"))) <= set(raw)


def codes(column):
    return {code for cell in column for code in cell.split(";") if code}


LAWS = [text_is_what_stands_there, a_line_is_counted_from_one, every_line_is_kept_or_dropped_once,
        names_do_not_overlap, a_sentence_is_the_raw_text_on_one_line, mentions_stand_in_kept_lines,
        no_two_rows_share_an_id, clues_only_narrow, one_day_is_left_or_none_is_named, intervals_run_forward,
        precision_is_kept, ranges_run_upward, claims_are_conserved, codes_are_in_the_codebook, repeats_name_an_event,
        claims_rest_on_events_that_are_there, every_row_belongs_to_an_article]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_five_articles_obey(law, raw_texts, corpus_tables):
    law(raw_texts, corpus_tables)


# ---------------------------------------------------------------- a law that is broken tells
def with_cell(name, column, value, row=0):
    """A breach: one cell of one table changed; a function is given the row."""
    def breach(data):
        table = data[name].copy()
        at = table.index[row]
        table.loc[at, column] = value(table.loc[at]) if callable(value) else value
        return {**data, name: table}
    return breach


def without_row(name, row=0):
    return lambda data: {**data, name: data[name].drop(index=data[name].index[row])}


def with_row_twice(name):
    return lambda data: {**data, name: pd.concat([data[name], data[name].iloc[:1]], ignore_index=True)}


def with_wider_mention(data):
    names = data["mentions"][data["mentions"].kind == "actor"].index
    wide = data["mentions"].copy()
    wide.loc[names[0], "end"] = wide.loc[names[1], "start"] + 1
    return {**data, "mentions": wide}


def with_more_days_left(data):
    clues = data["clues"].copy()
    last = clues.dropna(subset=["days_left"]).groupby("doc_id").tail(1).index[0]
    clues.loc[last, "days_left"] = 99_999
    return {**data, "clues": clues}


def with_date_backwards(data):
    mentions = data["mentions"].copy()
    mentions.loc[mentions[mentions.kind == "date"].index[0], ["date_from", "date_to"]] = ["2001-01-02", "2001-01-01"]
    return {**data, "mentions": mentions}


def with_claim_torn_off(data):
    claims = data["claims"].copy()
    claims.loc[claims[claims.deal != ""].index[0], "deal"] = "some other deal"
    return {**data, "claims": claims}


BREACHES = [
    *[(text_is_what_stands_there, with_cell(name, "text", "other words")) for name in WITH_TEXT],
    (text_is_what_stands_there, with_cell("mentions", "start", lambda row: row.start + 1)),
    *[(a_line_is_counted_from_one, with_cell(name, "line", lambda row: row.line + 1)) for name in ("lines", "events")],
    (every_line_is_kept_or_dropped_once, without_row("lines", 3)),
    (every_line_is_kept_or_dropped_once, with_row_twice("lines")),
    (names_do_not_overlap, with_wider_mention),
    (a_sentence_is_the_raw_text_on_one_line, with_cell("events",
     "sentence", lambda row: row.sentence.replace(" ", "  "))),
    (mentions_stand_in_kept_lines, lambda data: {**data, "lines": data["lines"].assign(rule="advert-marker")}),
    *[(no_two_rows_share_an_id, with_row_twice(name)) for name in KEYS],
    (clues_only_narrow, with_more_days_left),
    (one_day_is_left_or_none_is_named, with_cell("documents", "published", "1999-01-01")),
    (intervals_run_forward, with_date_backwards),
    (precision_is_kept, lambda data: {**data, "mentions": data["mentions"].assign(
        date_to=data["mentions"].date_to.mask(data["mentions"].date_to != "", "2040-01-01"))}),
    (ranges_run_upward, lambda data: {**data, "mentions": data["mentions"].assign(low=2, high=1)}),
    (claims_are_conserved, with_claim_torn_off),
    (claims_are_conserved, with_cell("deals", "affirmed", lambda row: row.affirmed + 1)),
    (codes_are_in_the_codebook, with_cell("events", "weapon", "Zor-M1")),
    (codes_are_in_the_codebook, with_cell("events", "source", "XYZ")),
    (repeats_name_an_event, with_cell("events", "repeats", "nobody")),
    (claims_rest_on_events_that_are_there, with_cell("claims", "event_id", "nobody")),
    (every_row_belongs_to_an_article, without_row("documents")),
]


@pytest.mark.parametrize(("law", "breach"), BREACHES, ids=[law.__name__ for law, _ in BREACHES])
def test_a_breach_is_noticed(law, breach, raw_texts, corpus_tables):
    with pytest.raises(AssertionError):
        law(raw_texts, breach(corpus_tables))


def test_every_law_is_broken_once():
    assert {law for law, _ in BREACHES} == set(LAWS)


# ---------------------------------------------------------------- articles that nobody would write
PHRASES = [
    "Russia delivered 29 Tor-M1 missile systems to Iran on 3 March 2007, the Interfax news agency said.",
    "“We sold them nothing,” Defence Minister Sergei Ivanov said. “Nor shall we,” he added on Tuesday.",
    "Washington condemned Moscow for its sale of S-300 missiles to Tehran, a deal worth $800 million.",
    "On Friday 31 February 2007 both countries signed a contract worth between $1 and $1.5 billion for Su-30 jets;",
    "IRAN, RUSSIA SIGN S-300 DEAL", "Posted by admin on March 8, 2009", "12/06/2010", "MOSCOW, Feb. 30 (UPI) --",
    "Advertisement", "Leave a Reply", "Home | News | Sport | Weather | Archive", "Share on Facebook",
    "Ivanov, Ivanov and Clinton met Clinton; the two sides refused to deny that they had not refused it.",
    'He said "it is', '"', "'", "—", "Mr. ", "$", "$ billion", "the two countries", "Tor-M1", "S-300S-300 S–300PMU1",
    "Iran", "Russia", "by Iran to Russia from Iran", "in 0000 and 9999 and 31/31/2007", "{weapon} \\1 (?P<x>", "=1+1",
]
HOSTILE = st.text(st.sampled_from(
    "\u200b\u2028\x85\x0b\x0c\t\u00a0“”‘’'\"\u0301ﬁİß🚀\ud7ff()[]{}|\\$€,.;:–—-0123456789 aI"),
                  max_size=40)
LINES = st.one_of(st.sampled_from(PHRASES), HEADS, SENTENCES, st.sampled_from(["", " ", "\t", "\u3000"]), HOSTILE,
                  st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
                  st.lists(st.sampled_from(PHRASES), min_size=2, max_size=4).map(" ".join))
ARTICLES = st.tuples(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n \n"]),
                     st.sampled_from(["", "\ufeff"]), st.sampled_from(["", "\n", "\n\n\n"]))


def bytes_of(article):
    lines, ending, mark, tail = article
    return (mark + ending.join(lines) + tail).encode("utf-8")


def raw_of(data):
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=settings().max_examples // 5)  # tables take most of the time, so one holds many articles
@given(st.lists(ARTICLES, min_size=1, max_size=10))
@example([(PHRASES, "\n\n", "\ufeff", "\n"), (PHRASES[::-1], "\r\n", "", ""),
          ([], "\n", "", ""), (["", " "], "\r", "\ufeff", "\n")])
def test_any_article_obeys_every_law(articles):
    book = codebook.load()
    with tempfile.TemporaryDirectory() as folder:
        for number, article in enumerate(articles):
            Path(folder, f"{number}.txt").write_bytes(bytes_of(article))
        rows, _ = pipeline.rows_of_folder(folder, book)
        data = {name: tables.frame(book, name, found) for name, found in rows.items()}
        store.write(book, rows, Path(folder, "out"))
        read = store.read(book, Path(folder, "out"))
    assert all(data[name].equals(table) for name, table in read.items())
    raw = {str(n): raw_of(bytes_of(article)) for n, article in enumerate(articles)}
    assert set(data["documents"].file) | set(data["problems"].file) == {f"{doc_id}.txt" for doc_id in raw}
    assert [problem for problem in data["problems"].problem if problem.startswith("not coded")] == []
    for law in LAWS:
        law({doc_id: raw[doc_id] for doc_id in data["documents"].doc_id}, read)


# ---------------------------------------------------------------- one article or many, once or twice
def plain_rows(data, name, doc_id=None):
    """The rows of one table as dictionaries, without what only the corpus pass fills in."""
    table = data[name].drop(columns=BY_OTHERS.get(name, []))
    return table[table.doc_id == doc_id].to_dict("records") if doc_id else table.to_dict("records")


def dated_by_others(data):
    return set(data["clues"][~data["clues"].basis.isin(["text", "codebook"])].doc_id)


@pytest.fixture(scope="module")
def alone(book):
    """The rows of each of the five articles, coded by itself."""
    documents, _ = corpus.read_folder(RAW, codebook.load())
    return {document.doc_id: pipeline.code_article(document, book) for document in documents}


@pytest.mark.parametrize("name", ["documents", "clues", "lines", "mentions", "quotations", "events", "claims"])
def test_an_article_is_coded_alone_as_among_others(name, book, alone, corpus_tables):
    compared = set(alone) - (dated_by_others(corpus_tables) if name != "lines" else set())
    assert len(compared) >= 3
    for doc_id in sorted(compared):
        rows = {name: tables.frame(book, name, alone[doc_id][name])}
        assert str(plain_rows(rows, name)) == str(plain_rows(corpus_tables, name, doc_id))


def test_the_order_of_the_articles_does_not_matter(book, corpus_tables):
    documents, _ = corpus.read_folder(RAW, codebook.load())
    rows = pipeline.code_corpus(documents[::-1], book)
    again = {name: tables.frame(book, name, rows[name]) for name in KEYS}
    for name, key in KEYS.items():
        assert str(again[name].sort_values(key).to_dict("records")) == \
            str(corpus_tables[name].sort_values(key).to_dict("records"))


def test_coding_twice_gives_the_same_rows():
    text = "\n\n".join(PHRASES)
    first = coded(text)
    assert first["events"] and first == pipeline.code_article(document(text), codebook.load())


def test_the_raw_articles_are_as_they_were_received():
    sources = pd.read_csv(RAW / "sources.csv", dtype=str)
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in RAW.glob("*.txt")}
    assert found == dict(zip(sources.file, sources.sha256, strict=True))
