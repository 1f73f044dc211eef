"""Days of publication from the evidence on the page, and time expressions as intervals; nothing is guessed."""
from datetime import date

import pytest
from conftest import LEAD, coded, marked
from hypothesis import given
from hypothesis import strategies as st

from ruiran import codebook
from ruiran.codebook import days

LAST = "A second round of the talks is to be held in Tehran, the officials of the two countries said."


def dated(*blocks):
    """(published, from, to) of a page of these paragraphs."""
    row = coded("\n\n".join([*blocks, LEAD, LAST]) + "\n")["documents"][0]
    return row["published"], row["published_from"], row["published_to"]


def clues(*blocks):
    return [(row["clue"], row["used"]) for row in coded("\n\n".join([*blocks, LEAD, LAST]) + "\n")["clues"]]


# ---------------------------------------------------------------- date lines
STYLES = [
    "March 3, 2007", "3 March 2007", "Saturday, March 3, 2007", "Sat Mar 3, 2007", "Sat., 3 Mar. 2007",
    "3rd March, 2007",
    "2007-03-03", "2007/03/03", "03.03.2007", "03/03/2007", "Published: March 3, 2007", "Posted on March 3, 2007",
    "Posted by admin on March 3, 2007", "Published 3 March 2007, 10:15 GMT", "2007-03-03T10:15:00Z",
    "MARCH 3, 2007 / 1:41 PM / UPDATED 5 HOURS AGO", "Published: 03.03.07, 11:08",
    "3-MAR-2007 11:45", "Posted on 3-Mar-07", "Published: 03/03/2007 14:02 | Updated: 13/03/2007 09:10",
    "Saturday, 3 March, 2007, 15:59 GMT 18:59 Moscow time", "Date: 3 March 2007", "March 3rd, 2007 at 9:05 am",
]


@pytest.mark.parametrize("line", STYLES)
def test_a_date_line_gives_the_day(line):
    assert dated("Russia and Iran open talks on arms", line) == ("2007-03-03",) * 3


DATELINES = ["MOSCOW, Mar. 3, 2007 (UPI) -- ", "MOSCOW, March 3, 2007 (Reuters) - ", "Moscow, 3 March 2007 - ",
             "MOSCOW (AFP) March 3, 2007 - "]


@pytest.mark.parametrize("dateline", DATELINES)
def test_the_dateline_of_the_lead_gives_the_day(dateline):
    lead = dateline + "Russia has arms for Iran, and it says so to all who ask it."
    assert dated("Russia and Iran open talks on arms", lead)[0] == "2007-03-03"


OPEN = [
    ("no date at all", [], ("", "", "")),
    ("a day that the calendar does not have", ["31 February 2007"], ("", "", "")),
    ("a month alone gives its days", ["March 2007"], ("", "2007-03-01", "2007-03-31")),
    ("a numeric day may be either", ["12/06/2010"], ("", "2010-06-12", "2010-12-06")),
    ("a template date is no evidence", ["Last updated: 07/27/2016"], ("", "", "")),
    ("a day without a year", ["3 September ITAR TASS"], ("", "1985-09-03", "2049-09-03")),
    ("a copyright line is no evidence", ["Copyright 2016 Northern Wire"], ("", "", "")),
]


@pytest.mark.parametrize(("case", "blocks", "expected"), OPEN)
def test_what_the_evidence_leaves_open_stays_open(case, blocks, expected):
    assert dated("Russia and Iran open talks on arms", *blocks) == expected


def test_a_weekday_and_a_term_of_office_leave_one_year():
    """3 November was a Tuesday in 1998, 2009 and 2015; Robert Gates was Defense Secretary from 2006 to 2011."""
    assert dated("Tuesday, 3 November", "Defense Secretary Robert Gates spoke of Russian arms for Iran.") == (
        "2009-11-03",) * 3


def test_an_office_leaves_its_term():
    """Sergei Ivanov was defence minister from 28 March 2001 to 15 February 2007."""
    assert dated("Arms", "Defence Minister Sergei Ivanov spoke of the arms that Russia sells to Iran.") == (
        "", "2001-03-28", "2007-02-15")


def test_a_former_office_leaves_what_came_after_it():
    assert dated("Arms", "Former Defence Minister Sergei Ivanov spoke of the arms that Russia sells to Iran.") == (
        "", "2007-02-15", "")


def test_an_act_dated_in_the_text_leaves_what_came_after_it():
    assert dated("Arms", "Russia sold Iran three submarines on 5 May 1997, as both governments have said.") == (
        "", "1997-05-05", "")


def test_an_act_still_to_come_rules_out_no_day_before_it():
    assert dated("Arms", "Russia will deliver the submarines to Iran by 5 May 1997, as both have said.")[1] == ""


def test_a_past_office_told_with_its_date_is_no_clue():
    assert dated("Arms", "In May 2003 Defence Minister Sergei Ivanov had spoken of Russian arms for Iran.") == (
        "", "2003-05-01", "")


def test_a_clue_that_contradicts_a_stronger_one_is_shown_and_not_used():
    found = clues("March 3, 2007", "Russia sold Iran three submarines on 5 May 2012, as both governments have said.")
    assert ("dateline", True) in found and ("act-in-text", False) in found


def test_a_template_date_is_shown_and_not_used():
    assert clues("March 3, 2007", "Last updated: 07/27/2016") == [("dateline", True), ("template", False)]


def test_of_two_date_lines_that_differ_the_day_is_not_lost():
    assert dated("March 3, 2007", "Posted on March 8, 2009")[0] == "2009-03-08"


def test_what_is_wired_one_day_and_printed_the_next_is_read_against_the_first():
    row = coded("\n\n".join(["March 3, 2007", "MOSCOW, March 2 (AP) - " + LEAD, LAST]) + "\n")["documents"][0]
    assert (row["published"], row["anchor"]) == ("2007-03-03", "2007-03-02")


def test_a_dateline_with_its_year_counts_in_a_later_paragraph_too():
    assert dated(LAST, "Prague, 3 March 2007 (RFE/RL) -- " + LEAD)[0] == "2007-03-03"


def test_a_repost_keeps_the_day_of_its_original_as_anchor():
    row = coded("\n\n".join(["Arms", "Posted on March 8, 2009", "7th March, 2009", LEAD, LAST]))["documents"][0]
    assert (row["published"], row["anchor"]) == ("2009-03-08", "2009-03-07")


# ---------------------------------------------------------------- time expressions
SATURDAY = (date(2007, 3, 3),) * 2
NEVER = (None, None)

EXPRESSIONS = [
    # the words alone tell the days
    ("on 3 March 2007", NEVER, [("2007-03-03", "2007-03-03", "2007-03-03")]),
    ("on March 3rd, 2007", NEVER, [("2007-03-03", "2007-03-03", "2007-03-03")]),
    ("between March 12 and 15, 2001", NEVER, [("2001-03-12", "2001-03-15", "2001-03-12/2001-03-15")]),
    ("from 26 to 28 December 2000", NEVER, [("2000-12-26", "2000-12-28", "2000-12-26/2000-12-28")]),
    ("in October 1996", NEVER, [("1996-10-01", "1996-10-31", "1996-10")]),
    ("in February 2008", NEVER, [("2008-02-01", "2008-02-29", "2008-02")]),
    ("in 2005", NEVER, [("2005-01-01", "2005-12-31", "2005")]),
    ("late in the 1980s", NEVER, [("1987-01-01", "1989-12-31", "1987~/1989~")]),
    ("in the 1990s", NEVER, [("1990-01-01", "1999-12-31", "199X")]),
    ("between 1992 and 2000", NEVER, [("1992-01-01", "2000-12-31", "1992/2000")]),
    ("signed in January 1998 and ended in July of the same year", NEVER,
     [("1998-01-01", "1998-01-31", "1998-01"), ("1998-07-01", "1998-07-31", "1998-07")]),
    ("on 27/12/2000", NEVER, [("2000-12-27", "2000-12-27", "2000-12-27")]),
    ("on 12/06/2010", NEVER, [("2010-06-12", "2010-12-06", "[2010-06-12,2010-12-06]")]),
    # read against a Saturday, 3 March 2007
    ("on Tuesday", SATURDAY, [("2007-02-27", "2007-02-27", "2007-02-27")]),
    ("on Saturday", SATURDAY, [("2007-03-03", "2007-03-03", "2007-03-03")]),
    ("yesterday", SATURDAY, [("2007-03-02", "2007-03-02", "2007-03-02")]),
    ("last year", SATURDAY, [("2006-01-01", "2006-12-31", "2006")]),
    ("last month", SATURDAY, [("2007-02-01", "2007-02-28", "2007-02")]),
    ("last week", SATURDAY, [("2007-02-19", "2007-02-25", "2007-02-19/2007-02-25")]),
    ("next year", SATURDAY, [("2008-01-01", "2008-12-31", "2008")]),
    ("last September", SATURDAY, [("2006-09-01", "2006-09-30", "2006-09")]),
    ("on January 23", SATURDAY, [("2007-01-23", "2007-01-23", "2007-01-23")]),
    ("on December 26", SATURDAY, [("2006-12-26", "2006-12-26", "2006-12-26")]),
    ("two days ago", SATURDAY, [("2007-03-01", "2007-03-01", "2007-03-01")]),
    # the anchor is a span of days: so is the answer
    ("yesterday", (date(2007, 3, 3), date(2007, 3, 5)), [("2007-03-02", "2007-03-04", "2007-03-02/2007-03-04")]),
    ("last year", (date(2007, 3, 3), date(2008, 3, 3)), [("2006-01-01", "2007-12-31", "2006-01-01/2007-12-31")]),
    ("last year", (date(2007, 3, 3), None), [("2006-01-01", "", "2006-01-01/..")]),
    # no anchor: the words are shown, the days stay open
    ("on Tuesday", NEVER, [("", "", "")]),
    ("yesterday", NEVER, [("", "", "")]),
    ("last year", NEVER, [("", "", "")]),
    ("two months ago", NEVER, [("", "", "")]),
    ("on January 23", NEVER, [("", "", "")]),
    ("last September", NEVER, [("", "", "")]),
    # no time at all
    ("under Resolution 1929 of the Security Council", SATURDAY, []),
    ("29 systems of the type Tor-M1", SATURDAY, []),
    ("a flight of S-300 missiles", SATURDAY, []),
    ("a sum of 2000 dollars", SATURDAY, []),
    ("1,995 rockets", SATURDAY, []),
    ("on 31 February 2007", SATURDAY, []),
    ("on 45/13/2007", SATURDAY, []),
    ("it may sell tanks", SATURDAY, []),
    ("ministers march on", SATURDAY, []),
    ("Theresa May said so", SATURDAY, []),
    ("the Sun newspaper and the year-end sale", SATURDAY, []),
    ("a Fath-360 and an Su-30 of 1200 built", SATURDAY, []),
    ("the Friday Times wrote so", SATURDAY, []),
    ("some 1999 tanks", SATURDAY, []),
    ("", SATURDAY, []),
]
EXPRESSIONS_WRONG = {}


@pytest.mark.parametrize(("text", "anchor", "expected"), EXPRESSIONS)
def test_a_time_expression_is_read_as_days(text, anchor, expected, book, request):
    if text in EXPRESSIONS_WRONG:
        request.applymarker(pytest.mark.xfail(strict=True, reason=EXPRESSIONS_WRONG[text]))
    found = [(str(w.first or ""), str(w.last or ""), w.edtf) for w in days.find(text, book, anchor)]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("on Tuesday", "2007-03-06"), ("on March 10", "2007-03-10"), ("on January 23", "2008-01-23")])
def test_where_the_verb_points_ahead_the_next_such_day_is_meant(text, expected, book):
    assert [str(w.first) for w in days.find(text, book, SATURDAY, lambda start: True)] == [expected]


TENSES = [
    ("Russia delivered the missiles to Iran on Tuesday.", "2007-02-27"),
    ("Russia will deliver the missiles to Iran on Tuesday.", "2007-03-06"),
    ("Russia is to deliver the missiles to Iran on Tuesday.", "2007-03-06"),
    ("Russia plans to deliver the missiles to Iran on March 20.", "2007-03-20"),
    ("Russia had planned to deliver the missiles to Iran on February 20.", "2007-02-20"),
]


@pytest.mark.parametrize(("sentence", "expected"), marked(TENSES, {
    TENSES[-1][0]: "'had planned to' is read as pointing ahead of the article"}))
def test_the_tense_tells_which_day_is_meant(sentence, expected):
    text = "\n\n".join(["Russia, Iran and arms", "Saturday, March 3, 2007", LEAD, sentence, LAST])
    start = text.index(sentence)
    found = [m for m in coded(text)["mentions"] if m["kind"] == "date" and start <= m["start"] < start + len(sentence)]
    assert [m["date_from"] for m in found] == [expected]


# ---------------------------------------------------------------- a day stays a day, a month a month
WRITTEN = {  # how a date is written -> the EDTF that keeps its precision
    "{d:%B} {d.day}, {d:%Y}": "{d:%Y-%m-%d}", "{d.day} {d:%B} {d:%Y}": "{d:%Y-%m-%d}", "{d:%Y-%m-%d}": "{d:%Y-%m-%d}",
    "{d:%B} {d:%Y}": "{d:%Y-%m}", "in {d:%Y}": "{d:%Y}", "{d:%A}, {d:%B} {d.day}, {d:%Y}": "{d:%Y-%m-%d}",
}


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(sorted(WRITTEN)))
def test_the_precision_of_a_date_is_kept(day, form):
    found = days.find(f"They met {form.format(d=day)} and left.", codebook.load())
    assert [w.edtf for w in found] == [WRITTEN[form].format(d=day)]


# ---------------------------------------------------------------- times whole
@pytest.mark.parametrize(("words", "first", "last"), [
    ("The talks of Russia and Iran have been postponed until Monday.", "2007-03-05", "2007-03-05"),
    ("Iran asked Russia for missiles during its minister's February visit.", "2007-02-01", "2007-02-28"),
    ("In April last year Russia sold Iran missiles.", "2006-04-01", "2006-04-30"),
    ("Iran sold Russia drones, [a paper](https://news.example/2006/10/18/iran-drones) said last year.", "2006-01-01",
     "2006-12-31"),
])
def test_a_time_is_read_where_it_stands(words, first, last):
    text = f"Arms\n\nSaturday, March 3, 2007\n\n{LEAD}\n\n{words}\n"
    found = [m for m in coded(text)["mentions"] if m["kind"] == "date" and m["start"] >= text.index(words)]
    assert [(m["date_from"], m["date_to"]) for m in found] == [(first, last)]


def test_the_day_of_an_accord_is_not_that_of_what_is_done_under_it():
    text = (f"Arms\n\nSaturday, March 3, 2007\n\n{LEAD}\n\n"
            "Under an accord of 2 October 2001 Russia is shipping spare parts to Iran.\n")
    assert [e["date_from"] for e in coded(text)["events"] if e["event"] == "COOPERATE"] != ["2001-10-02"]


@pytest.mark.parametrize(("line", "expected"), [
    ("Published: 11/05/2016 14:02 | Updated: 13/05/2016 09:10", "2016-05-11"),
    ("Published: 11/05/2016 14:02 | Updated: 11/15/2016 09:10", "2016-11-05"), ("Published: 11/05/2016 14:02", ""),
])
def test_a_day_that_may_be_either_is_read_as_the_others_of_its_line(line, expected):
    assert dated("Russia and Iran open talks on arms", line)[0] == expected


# ---------------------------------------------------------------- several dates on a page
TITLE = "Russia and Iran open talks on arms"


@pytest.mark.parametrize("line", [
    "Offer ends 4 June 2013", "Subscription valid to 04/06/2013", "Deadline: June 4, 2013",
    "Cookies policy of 4 June 2013", "Version 2, 4 June 2013", "Page archived on 4 June 2013", "Founded 4 June 2013",
    "Naval exhibition, Doha, 4 June 2013", "Last reviewed 2013-06-04",
])
def test_a_day_of_something_else_dates_no_article(line):
    assert dated(line, TITLE) == ("", "", "")
    assert dated(line, TITLE, "March 3, 2007")[0] == "2007-03-03"


@pytest.mark.parametrize(("lines", "expected"), [
    (["Updated 5 March 2007 | Published 3 March 2007"], "2007-03-03"),
    (["Last updated: 5 March 2007, 10:20 GMT", "Posted on 3 March 2007"], "2007-03-03"),
    (["Published 3 March | Updated 5 March 2007"], "2007-03-03"),
    (["Published 30 December | Updated 2 January 2008"], "2007-12-30"),
    (["Last updated: 5 March 2007, 10:20 GMT"], "2007-03-05"),
])
def test_an_update_counts_only_where_nothing_else_is_dated(lines, expected):
    assert dated(TITLE, *lines)[0] == expected


@pytest.mark.parametrize(("lines", "expected"), [
    (["Published 08/03/2007 | Updated 09/02/2007"], "2007-08-03"),  # else updated in February, published in March
    (["Published 03/08/2007 | Updated 15 March 2007"], "2007-03-08"),
    (["03/08/2007", "Last updated: 31/08/2007"], "2007-08-03"),
    (["Published 03/05/2007 | Updated 05/05/2007"], ""),  # the third of May or the fifth of March
])
def test_an_update_may_settle_the_order_of_day_and_month(lines, expected):
    assert dated(TITLE, *lines)[0] == expected


def test_the_day_beside_the_headline_counts_and_not_the_clock_of_the_page():
    assert dated("Friday, 6 May 2016", "Home and world", TITLE, "By Anna Holt", "March 3, 2007")[0] == "2007-03-03"


def test_days_below_the_text_are_those_of_other_stories():
    text = "\n\n".join([TITLE, "March 3, 2007", LEAD, LAST, "Tanks on show", "9 May 2011"])
    assert coded(text)["documents"][0]["published"] == "2007-03-03"


def test_of_two_days_beside_the_headline_either_may_be_right():
    assert dated("March 3, 2007", TITLE, "March 9, 2007") == ("", "2007-03-03", "2007-03-09")


def test_the_dateline_of_the_lead_counts_and_not_the_clock_of_the_page():
    lead = "MOSCOW, March 3, 2007 (AP) - Russia has arms for Iran, and it says so to all who ask it."
    found = dated("Friday, 6 May 2016", "Home and world", TITLE, "Go to the archive of our paper", lead)
    assert found[0] == "2007-03-03"


@pytest.mark.parametrize("text", [
    "on Iran's 2010 launchers", "news.example/2006/10/18/drones", "see /2006/10/18/drones.html", "a Mirage 2000",
    "under Vision 2030",
])
def test_figures_of_something_else_are_no_time(text, book):
    assert days.find(text, book) == []
