"""Bad input: one bad article never costs the others, and what is wrong is said. The files are made here."""
import os
import re

import pytest
from articles import HEADS, SENTENCES
from conftest import DATE_LINE, LEAD, around, document, rows_in
from hypothesis import given
from hypothesis import strategies as st

from ruiran import codebook, pipeline
from ruiran.codebook import days
from ruiran.reading import corpus, language
from ruiran.records import Quotation

GOOD = around("Russia delivered 29 Tor-M1 systems to Iran, the ministry’s spokesman said in a café.")
BOOK = codebook.load()


def beside_good(bad):
    """(tables, problem of the bad article or '') of a run with a good article on either side of a bad one."""
    rows = pipeline.code_corpus([document(GOOD, "a"), document(bad, "bad"), document(GOOD, "z")], BOOK)
    for good in "az":
        found = [e for e in rows["events"] if e["doc_id"] == good]
        assert [(e["source"], e["event"], e["weapon"]) for e in found] == [("RUS", "COOPERATE", "Tor-M1")]
    return rows, next((p["problem"] for p in rows["problems"]), "")


# ---------------------------------------------------------------- times and numbers that nothing holds
@pytest.mark.parametrize(("sentence", "expected"), [
    ("Russia sold arms to Iran on Feb. 29, the ministry said.", [("Feb. 29", "2004-02-29", "2004-02-29")]),
    ("Russia sold arms to Iran on Wednesday, Feb. 29, the ministry said.",
     [("on Wednesday", "2007-02-28", "2007-02-28"), ("Feb. 29", "2004-02-29", "2004-02-29")]),
    ("Talks were held on Friday, September 31, the ministry said.", [("on Friday", "2007-03-02", "2007-03-02")]),
    ("Talks were held on Thursday, SEPT. 28, the ministry said.",
     [("on Thursday", "2007-03-01", "2007-03-01"), ("SEPT. 28", "2006-09-28", "2006-09-28")]),
    ("Persia and Rus traded some 3000 years ago, he said.", [("some 3000 years ago", "", "")]),
    ("The two were neighbours for 2500 years.", [("for 2500 years", "", "")]),
    ("The two met 2,500 years ago.", [("2,500 years ago", "", "")]),
    ("It was 999999999999999999999 days ago.", [("999999999999999999999 days ago", "", "")]),
])
def test_a_time_that_no_calendar_has_stays_open(sentence, expected):
    dates = [m for m in rows_in("mentions", sentence, DATE_LINE) if m["kind"] == "date"]
    assert [(m["text"], m["date_from"], m["date_to"]) for m in dates] == expected


def test_a_day_after_every_other_clue_leaves_the_days_that_the_others_leave():
    rows, problem = beside_good(around("Russia sold arms to Iran on 12 March 2075.", "Tuesday, Feb. 20"))
    assert problem == ""
    clues = {c["text"]: c["used"] for c in rows["clues"] if c["doc_id"] == "bad"}
    assert clues["12 March 2075"] is False and clues["Feb. 20"] is True


def test_a_number_that_no_table_holds_has_words_and_no_value():
    numbers = ["9" * 20, "9" * 400, "9" * 5000, "1" + ",000" * 12, "9" * 400 + ".5"]
    words = ["a deal of ${} million", "{} Tor-M1 systems", "{} billion rubles", "{} years ago"]
    texts = [around(f"Russia sold arms to Iran, {w.format(n)}, the ministry said.") for n in numbers for w in words]
    rows = pipeline.code_corpus([document(text, str(n)) for n, text in enumerate(texts)], BOOK)
    assert rows["problems"] == []
    assert [(m["text"][:40], m["low"], m["high"]) for m in rows["mentions"] if m.get("low") or m.get("high")] == []


def test_a_number_that_a_table_holds_is_read_to_the_last_figure():
    rows, _ = beside_good(around("Russia sold Iran arms worth $9,007,199,254,740,993, the ministry said."))
    assert [m["low"] for m in rows["mentions"] if m["kind"] == "money"] == [9007199254740993]
    frame = pipeline.tables.frame(BOOK, "mentions", rows["mentions"])
    assert list(frame.low[frame.kind == "money"]) == [9007199254740993]


@given(st.lists(HEADS, max_size=3), st.lists(SENTENCES, min_size=1, max_size=6))
def test_no_date_number_or_sign_stops_an_article(heads, sentences):
    text = "\n\n".join([*heads, LEAD, *sentences]) + "\n"
    rows = pipeline.code_corpus([document(text)], BOOK)
    assert rows["problems"] == []
    pipeline.tables.frame(BOOK, "mentions", rows["mentions"])
    for m in rows["mentions"]:
        assert m.get("low") is None or m.get("high") is None or m["low"] <= m["high"] or m["kind"] == "quantity"
        assert not (m.get("date_from") and m.get("date_to")) or m["date_from"] <= m["date_to"], m


# ---------------------------------------------------------------- an article that cannot be coded
def test_a_fault_is_said_with_step_line_and_name(monkeypatch):
    def fails(text, *more, of=days.find):
        if text.startswith("Russia sells arms to Iran now and then"):
            raise ZeroDivisionError("\x1b[31mnothing\x1b[0m")
        return of(text, *more)

    monkeypatch.setattr(days, "find", fails)
    sentence = "Russia sells arms to Iran now and then, as the ministry of defence in Moscow has often said."
    rows, problem = beside_good(around(sentence))
    assert re.match(r"not coded: stopped while dating it, at line \d; .* \(ZeroDivisionError: \\x1b\[31mno", problem)
    assert {r["doc_id"] for name in ("documents", "lines") for r in rows[name]} == {"a", "z"}


def test_a_row_that_no_table_holds_costs_its_article_alone(monkeypatch):
    def odd(document, *more, of=pipeline.quotes.quotations_of):
        return of(document, *more) + [Quotation(10 ** 30, 0, 1, document[0].text[:1], False)] * (
            "odd" in document[0].text)

    monkeypatch.setattr(pipeline.quotes, "quotations_of", odd)
    _, problem = beside_good("An odd " + GOOD)
    assert "stopped while checking its rows" in problem and "TableError" in problem


@pytest.mark.parametrize(("text", "said"), [
    ("Russia sold arms to Iran. " * 12_000, "312,000 characters, more than the 300,000 of one article; split it"),
    ("abc", "1 word: no article"), ("...\n", "0 words: no article"),
    ("<!DOCTYPE html><html><body><p>Russia sold arms to Iran.</p></body></html>", "a page that shows no text"),
    ("{\\rtf1\\ansi Russia sold arms to Iran.}", "a rich text under the name of another"),
    ("<p>Russia sold</p> <b>arms</b> to <br/>Iran.", "holds 5 tags such as <p>: save the text"),
])
def test_what_is_no_article_is_a_problem(text, said, tmp_path):
    (tmp_path / "bad.txt").write_text(text)
    (tmp_path / "good.txt").write_text(GOOD)
    documents, problems = corpus.read_folder(tmp_path, codebook.load())
    assert [d.doc_id for d in documents] == ["good"]
    assert [(p["file"], said in p["problem"]) for p in problems] == [("bad.txt", True)]


def test_a_sign_that_looks_like_a_tag_is_none():
    assert corpus.no_article("Russia sold Iran arms for <$1 billion, or a<b, <ref 1> <ref 2> <ref 3> <ref 4>.") == ""


def test_an_article_of_too_many_signs_is_a_problem():
    _, problem = beside_good(GOOD + "said ( " * 35_000 + ".")
    assert "words and signs, more than the 60,000 of one article; split it" in problem


def test_a_paragraph_without_end_is_read_in_pieces_of_which_each_is_coded():
    sale = "Russia sold S-300 missiles to Iran, and nobody else was asked about it by anybody. "
    rows, problem = beside_good(LEAD + "\n\n" + sale * 200 + "\n")
    events = [e for e in rows["events"] if e["doc_id"] == "bad"]
    assert problem == "" and len(events) == 200 and len({e["event_id"] for e in events}) == 200


@given(st.text(st.sampled_from("ab. \n“"), max_size=300), st.integers(1, 40))
def test_pieces_hold_every_word_once_and_in_order(text, size):
    text = text.strip()
    language_piece, language.PIECE = language.PIECE, size
    try:
        found = list(language.pieces(language.Paragraph(7, 7 + len(text), ((1, 7),), "body", text)))
    finally:
        language.PIECE = language_piece
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    assert all(text[p.start - 7:p.end - 7] == p.text and len(p.text) <= size for p in found)


# ---------------------------------------------------------------- small letters
def test_small_letters_are_as_many_as_capitals():
    text = "Russia And Iran Meet In İstanbul On S-300 Missiles"
    assert len(language.sentence_case(text, re.compile("S-300").finditer)) == len(text)
    rows, problem = beside_good(f"{text}\n\n{LEAD}\n")
    assert problem == "" and "S-300 Missiles" in [m["text"] for m in rows["mentions"]]


def test_words_that_are_not_where_they_were_read_are_a_fault(monkeypatch):
    """The law of the offsets is asked before the words as read are replaced by those that stand there."""
    monkeypatch.setattr(language, "lowered", str.lower)
    monkeypatch.setattr(language, "PLAIN", {**language.PLAIN, ord("İ"): "i̇"})
    _, problem = beside_good(f"Russia And Iran Meet In İstanbul On S-300 Missiles\n\n{LEAD}\n")
    assert "AssertionError" in problem and "is not" in problem


# ---------------------------------------------------------------- bytes
SAID = "“We sold nothing to Iran,” the Russian minister said in a café. "


@pytest.mark.parametrize(("data", "text", "said"), [
    (SAID.encode() * 3 + b"\xff" + SAID.encode(), SAID * 3 + "\ufffd" + SAID, "1 of its bytes is no UTF-8 (first at"),
    (b"\xfe\n\xfe" + SAID.encode(), "\ufffd\n\ufffd" + SAID, "2 of its bytes are no UTF-8"),
    (b"Russia sold arms \xe2\x80", "Russia sold arms \ufffd", "1 of its bytes is no UTF-8"),
    (("\ufffd" + SAID).encode() + b"\xff", "\ufffd" + SAID + "\ufffd", "1 of its bytes is no UTF-8"),
    (SAID.encode("utf-32"), SAID, ""), (b"\0\0\xfe\xff" + SAID.encode("utf-32-be"), SAID, ""),
    (SAID.encode("utf-16"), SAID, ""), (SAID.encode("cp1252"), SAID, ""),
    (SAID.encode("utf-8-sig"), "\ufeff" + SAID, ""),
], ids="one-bad two-bad cut-off replaced-before utf-32 utf-32-be utf-16 cp1252 mark".split())
def test_bytes_are_read_and_what_was_mended_is_said(data, text, said):
    found, note = corpus.decode(data)
    assert found == text and (said in note if said else note == "")


def test_a_mended_article_is_coded_and_said(tmp_path):
    (tmp_path / "bad.txt").write_bytes(GOOD.encode().replace(b"systems", b"\xffsystems"))
    rows = pipeline.code_folder(tmp_path, BOOK)
    assert list(rows["documents"].doc_id) == ["bad"] and list(rows["events"].event) == ["COOPERATE"]
    assert "1 of its bytes is no UTF-8" in rows["problems"].problem[0]


# ---------------------------------------------------------------- nothing is missing without a word
def test_what_is_not_read_is_said(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    for name in (".hidden.txt", ".git/config", "other/article.txt", "page.doc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    os.symlink(tmp_path / "other", tmp_path / "linked")
    os.symlink(tmp_path / "nothing", tmp_path / "broken.txt")
    os.symlink(tmp_path / "other" / "article.txt", tmp_path / "again.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    documents, problems = corpus.read_folder(tmp_path, codebook.load())
    assert [d.file for d in documents] == ["again.txt", "good.txt", "other/article.txt"]
    assert {p["file"]: p["problem"].split(";")[0].split(":")[0] for p in problems} == {
        ".hidden.txt": "hidden", ".git": "hidden", "linked": "a link to a folder", "broken.txt": "a link to nothing",
        "pipe.txt": "neither file nor folder", "page.doc": ".doc"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root opens every folder")
def test_a_closed_folder_is_said(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "closed").mkdir(mode=0o000)
    _, problems = corpus.read_folder(tmp_path, codebook.load())
    (tmp_path / "closed").chmod(0o700)
    assert "cannot be opened (Permission denied)" in problems[0]["problem"]


def test_names_are_shown_and_not_obeyed(tmp_path):
    names = [b"\x1b[31mred.txt", b"not-\xff-utf8.txt", b"two\nlines.txt", "a\u202eb.txt".encode()]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write(GOOD)
    rows = pipeline.code_folder(tmp_path, BOOK)
    assert set(rows["documents"].file) == {
        "\\x1b[31mred.txt", "not-\\xff-utf8.txt", "two\\x0alines.txt", "a\\u202eb.txt"}
    assert all(cell.isprintable() for name in ("documents", "events") for cell in rows[name].doc_id)


@pytest.mark.parametrize(("data", "said"), [
    (b"", "empty; save it as CSV"), (b"name,outlet\na.txt,x\n", "no column `file`"),
    (b"file;outlet\na.txt;x\n", "parted by semicolons"),
    (b'file,outlet\na.txt,"x\n', "row 2: a stray quotation mark"),
    (b"file,outlet\na.txt\n", "row 2: 1 cells, and 2 in the header"), (b"\0\1\2", "NUL bytes"),
], ids="empty no-column semicolons quote short binary".split())
def test_a_broken_list_of_sources_is_a_problem_and_costs_no_article(tmp_path, data, said):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "sources.csv").write_bytes(data)
    documents, problems = corpus.read_folder(tmp_path, codebook.load())
    assert [d.file for d in documents] == ["a.txt"]
    assert [p["file"] for p in problems] == ["sources.csv"] and said in problems[0]["problem"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_of_sources_may_come_from_any_spreadsheet(tmp_path, encoding):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "sources.csv").write_bytes("file,outlet\r\na.txt,L’Écho de la Mer\r\n".encode(encoding))
    documents, problems = corpus.read_folder(tmp_path, codebook.load())
    assert documents[0].about["outlet"] == "L’Écho de la Mer" and problems == []
