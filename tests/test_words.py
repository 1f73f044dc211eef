"""Codes in words: days, sides, acts."""
from types import SimpleNamespace

import pytest

from ruiran import codebook
from ruiran.report import words


@pytest.mark.parametrize("first, last, said", [
    ("2007-01-16", "2007-01-16", "16 January 2007"), ("2001-03-12", "2001-03-15", "12 to 15 March 2001"),
    ("2007-01-01", "2007-01-31", "January 2007"), ("2006-10-01", "2006-12-31", "October to December 2006"),
    ("2005-12-01", "2006-01-31", "December 2005 to January 2006"), ("2006-01-01", "2006-12-31", "2006"),
    ("1987-01-01", "1993-12-31", "1987 to 1993"), ("", "2007-01-16", "by 16 January 2007"),
    ("2007-01-16", "", "from 16 January 2007 on"), ("", "", "day not told"),
    ("2005-12-01", "2007-01-16", "1 December 2005 to 16 January 2007"), ("2000-02-01", "2000-02-29", "February 2000")])
def test_days(first, last, said):
    assert words.when(first, last) == said


@pytest.mark.parametrize("codes, said", [
    ("RUS", "Russia"), ("RUS:Rosoboronexport;IRN", "Rosoboronexport (Russia) and Iran"), ("", ""),
    ("Sergei Ivanov", "Sergei Ivanov"), ("RUS:unnamed", "unnamed (Russia)"), ("ZZZ", "ZZZ")])
def test_sides(codes, said):
    assert words.side(codes) == said


@pytest.mark.parametrize("row, said", [
    (("RUS", "COOPERATE", "IRN", "delivery", "Tor-M1"), "Russia → Iran: delivery (Tor-M1)"),
    (("RUS;IRN", "CONSULT", "RUS;IRN", "", ""), "Russia and Iran: meeting"),
    (("USA", "REQUEST", "RUS", "suspension", ""), "United States → Russia: request: suspension"),
    (("RUS", "SANCTION", "", "", "weapon (unspecified);mine"), "Russia: restriction (arms, mine)")])
def test_acts(row, said):
    assert words.act(SimpleNamespace(**dict(zip("source event target stage weapon".split(), row, strict=True)))) == said


@pytest.mark.parametrize("low, high, said", [
    (7e8, 7e8, "$700 million"), (1e9, None, "at least $1 billion"), (None, 1e9, "at most $1 billion"),
    (7e8, 1e9, "$700 million to $1 billion"), (None, None, "")])
def test_figures(low, high, said):
    assert words.figure(low, high, "value") == said


def test_every_type_and_every_attribute_has_its_word():
    values = codebook.load()["tables"].set_index(["table", "column"]).loc[("claims", "attribute"), "values"]
    assert set(words.ABOUT) == set(values.split())
    assert (codebook.load()["plover"].word != "").all()
