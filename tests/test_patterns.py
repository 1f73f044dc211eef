"""Patterns that can be made slow are refused before they are used, and none of those in use is."""
import importlib
import pkgutil
import re
import shutil

import pytest
from conftest import LEAD, document

import ruiran
from ruiran import codebook, pipeline
from ruiran.__main__ import main
from ruiran.codebook import literals, patterns
from ruiran.reading import language

WITHOUT_END = [
    r"(a+)+b", r"(a*)*", r"(a|aa)*b", r"(?:\w+\s?)*x", r"(?:a|b|ab)*c", r"(?:.{1,40}\s.{1,40}){2,}",
    r"(?:[A-Z]\w+|Staff|\s){1,14}!", r"(?i:(?:ab|AB)+)c", r"((?:x+y?)+z)*", r"(?:\d+,?)+\.", r"(?>(a+)+)b",
]
OPEN = [r"purely .*", r"the [^.]*ban", r"(?:purely |solely )+defensive", r"a [\w ]+ b"]
SOUND = [
    r"(?:,\d{3})*", r"(?:[a-z]\w+ ){0,20}x", r"(?:ab|cd)*", r"(?>a+)+b", r"\w+ \w+", r"the .{0,80}ban",
    r"[A-Z][a-z]+(?:-\d+)*",
    r"(?:the |a ){0,3}(?:new )?deal", r"S[-\s]+\d+", r"(?:\w+ ){0,3}deal", r"(?:foo|bar)+(?! x)",
    r"(?P<n>\d+)(?: and (?P<n2>\d+))?",
]


@pytest.mark.parametrize("pattern", WITHOUT_END)
def test_a_repeat_that_reads_the_same_words_in_two_ways_is_refused(pattern):
    assert "in two ways" in patterns.slow(pattern) and "in two ways" in patterns.slow(pattern, whole_line=True)


@pytest.mark.parametrize("pattern", OPEN)
def test_an_open_ended_repeat_over_words_is_refused_in_running_text(pattern):
    assert "bound it, as in .{0,80}" in patterns.slow(pattern) and not patterns.slow(pattern, whole_line=True)


@pytest.mark.parametrize("pattern", SOUND)
def test_a_sound_pattern_is_not_refused(pattern):
    assert patterns.slow(pattern) == ""


def test_a_line_may_have_three_open_ended_repeats():
    assert "4 open-ended repeats" in patterns.slow(r".*a.*b.*c.*", whole_line=True)
    assert patterns.slow(r".*a.*b.*", whole_line=True) == ""


def test_no_pattern_in_the_code_takes_time_without_end():
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(ruiran.__path__, "ruiran.")
               if m.name != "ruiran.__main__"]
    own = {(m.__name__, name): value.pattern for m in modules for name, value in vars(m).items()
           if isinstance(value, re.Pattern)}
    assert own and {at: p for at, p in own.items() if "in two ways" in patterns.slow(p, whole_line=True)} == {}


def test_a_codebook_with_a_slow_pattern_is_refused_with_row_and_remedy(tmp_path, capsys):
    shutil.copytree(codebook.FOLDER, tmp_path / "book")
    table = codebook.read_csv(tmp_path / "book" / "claims.csv")
    table.loc[table.index[0], "pattern"] = f"(?:{table.pattern.iloc[0]}|(?:w+)+!)"
    table.to_csv(tmp_path / "book" / "claims.csv", index=False)
    assert main(["check", "--codebook", str(tmp_path / "book")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("codebook: claims.csv row 2: pattern")
    assert "can be made slow" in said and "begin what" in said


# Each of these took minutes, or grew with the square or the cube of its length; a test that is slow again never ends.
HOSTILE = {
    "a byline": "By " + "A" * 42 + "!", "a menu": "Contents" + " ·" * 36 + "A" * 41, "captions": "(photo " * 1_500,
    "dots": "." * 60_000, "sums": "$1,000,000," * 900, "words of a claim": "purely " * 1_500, "marks": '"' * 20_000,
    "quotations": '"It is so for us," he said. ' * 200, "names": "Putin, Iran, Ivanov and the S-300, " * 300,
    "times": "last year, on 3 March 2007, " * 300, "short lines": "Russia and Iran talk arms today\n" * 8_000,
    "menus": "Related\n" * 8_000, "a sentence": "Russia sold S-300 missiles to Iran and " * 80,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_that_was_slow_is_coded(text):
    article = document(f"{LEAD}\n\n{text}\n\nRussia delivered Tor-M1 systems to Iran, he said.\n")
    rows = pipeline.code_article(article, codebook.load())
    assert [r["text"] for r in rows["lines"]] == [line.strip() for line in article.text.split("\n") if line.strip()]


def test_a_line_longer_than_any_furniture_is_text():
    line = "Share this article with " + "all who read it and " * 60
    rows = pipeline.code_article(document(f"{LEAD}\n\n{line}\n\n{LEAD}\n"), codebook.load())
    assert [r["kind"] for r in rows["lines"]][1] == "body" and len(line) > language.PIECE / 4


# ---------------------------------------------------------------- the words that a match must have
@pytest.mark.parametrize(("pattern", "words"), [
    (r"S[- ]?300(?:PMU)?", {("S300", False), ("S-300", False), ("S 300", False)}), (r"S\s?300", {("300", False)}),
    (r"Tor(?:-M1|-?M2)", {("Tor-M1", False), ("TorM2", False), ("Tor-M2", False)}), (r"ab(?!c)d", {("abd", False)}),
    (r"x(?:ab|a\dc)y", {("xa", False)}), (r"S[ae]j+il", {("Saj", False), ("Sej", False)}),
    (r"(?i:missile|rocket) systems", {(" systems", False)}),
    (r"(?i:Drone|UAV)s?", {("drone", True), ("uav", True)}), (r"(?i:ab)c", {("ab", True)}),
    (r"\d+ (?:years)? ago", {("  ago", False), (" years ago", False)}),
    (r"x?", set()), (r"\w+(?:x|yz)?", set()), (r"(?:a|\d)", set()),
    (r"(?>abc)+", {("abc", False)}),
])
def test_a_match_has_one_of_the_words_that_are_needed(pattern, words):
    assert literals.needed(pattern) == words


@pytest.mark.parametrize("name", [name for name, rows in codebook.load().files.items()
                                  if {"pattern", "example"} <= set(rows.columns)])
def test_no_match_is_missed_for_its_words(name, raw_texts):
    """In each example, and of all rows in the corpus and every tenth example: what matches has its words there."""
    book = codebook.load()
    rows = book.rows(name)
    assert [row.Index for row in rows if row.example and row not in book.near(name, row.example)] == []
    for text in (*raw_texts.values(), *(row.example for row in rows[::10]), "KM. 5 İRAN ſ-300 TEHERAN"):
        near = {row.Index for row in book.near(name, text)}
        assert [row.Index for row in rows if row.Index not in near and row.regex.search(text)] == []
