"""The outlet of an article as its page prints it; nothing is taken for one that may be something else."""
import pytest
from conftest import LAST, LEAD, coded

TITLE = "Russia and Iran open talks on arms"


def outlet(*blocks):
    """The outlet of a page of these paragraphs."""
    return coded("\n\n".join(blocks) + "\n")["documents"][0]["outlet"]


@pytest.mark.parametrize(("dateline", "expected"), [
    ("MOSCOW, March 3 (RIA Novosti) -- ", "RIA Novosti"), ("MOSCOW (AP) — ", "AP"), ("TEHRAN, Iran (AP) - ", "AP"),
    ("TEHRAN (FNA)- ", "FNA"), ("TASHKENT, March 3 (Oasiswire) - ", "Oasiswire"), ("(CNN) — ", "CNN"),
    ("KAZAN, March 3. /Tatar-Press/. ", "Tatar-Press"), ("Tehran, March 3, IRNA -- ", "IRNA"),
    ("Paris (the city of light) has heard that ", ""), ("TEHRAN (Iran) - ", ""),
    ("MOSCOW, March 3 (Own correspondent) - ", ""),
])
def test_the_dateline_names_the_agency(dateline, expected):
    assert outlet(TITLE, dateline + LEAD, LAST) == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("© The Daily Courier", "The Daily Courier"), ("Copyright 2007 Oasis Media. All rights reserved.", "Oasis Media"),
    ("(c) Radio Nine MMVII | Contact", "Radio Nine"), ("Source: Interfax", "Interfax"),
    ("Source: Iran's Foreign Ministry", ""), ("© Getty Images", ""), ("Copyright 2007", ""),
])
def test_the_foot_of_a_page_names_the_outlet(line, expected):
    assert outlet(TITLE, LEAD, LAST, line) == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("By Paul Merton, Special to The Northern Wire", "The Northern Wire"), ("By Anna Holt, Reuters", "Reuters"),
    ("By ANNA HOLT Associated Press Writer", "Associated Press"), ("By Anna Holt, Diplomatic Correspondent", ""),
    ("By Anna Holt, Northern Post Staff Writer", "Northern Post"), ("By Anna Holt", ""), ("From our staff", ""),
])
def test_a_byline_may_name_the_outlet(line, expected):
    assert outlet(TITLE, line, LEAD, LAST) == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("The Harbour Chronicle", "The Harbour Chronicle"), ("TEHRAN TIMES", "TEHRAN TIMES"), ("Latest News", "")])
def test_the_head_of_a_page_may_name_the_outlet(line, expected):
    assert outlet(line, "March 3, 2007", TITLE, LEAD, LAST) == expected


def test_the_page_that_carries_a_dispatch_is_its_outlet():
    assert outlet(TITLE, "MOSCOW (Reuters) - " + LEAD, LAST, "© 2007 The Daily Courier") == "The Daily Courier"


def test_of_two_names_neither_is_taken():
    assert outlet(TITLE, LEAD, LAST, "Source: Interfax", "Source: Kommersant") == ""
