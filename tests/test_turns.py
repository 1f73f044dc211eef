"""Transcripts, interviews and releases: who speaks each turn, who issues a text, and that a question claims nothing."""
import pytest
from conftest import LAST, LEAD, coded

PUTIN, IVANOV = "Vladimir Putin", "Sergei Ivanov"


def speakers(*blocks):
    """{how a statement begins: its speaker} of the direct Quotations of a page."""
    rows = coded("\n\n".join(blocks) + "\n")["quotations"]
    return {" ".join(q["text"].split()[:3]): q["speaker"] for q in rows if q["direct"]}


def test_each_turn_has_its_speaker_and_a_question_has_none():
    found = speakers("Press briefing", "April 14, 2015", LEAD, "QUESTION: Russia sold missiles to Iran. And now?",
                     "MR. KIRBY: Russia has sold the missiles, as we said.",
                     "We know of no more than that at this time.", "QUESTION: Are there more of them?")
    assert found == {"Russia sold missiles": "", "Russia has sold": "John Kirby", "We know of": "John Kirby",
                     "Are there more": ""}


@pytest.mark.parametrize(("label", "speaker"), [
    ("PRESIDENT PUTIN (as interpreted):", PUTIN), ("Vladimir Putin:", PUTIN), ("V. PUTIN:", PUTIN), ("PUTIN:", PUTIN),
    ("President Putin (via interpreter):", PUTIN), ("MR. DUNLEAVY:", ""),
])
def test_a_label_names_its_speaker(label, speaker):
    found = speakers("Press conference", "April 14, 2015", LEAD, "Q: Have you sold them?", f"{label} They are sold.")
    assert found["They are sold."] == speaker


def test_an_answer_is_that_of_the_one_who_is_interviewed():
    found = speakers("Interview with Sergei Ivanov", "January 17, 2007", LEAD, "Q: Have you sold them?",
                     "A: We have sold them what they asked for.")
    assert found == {"Have you sold": "", "We have sold": IVANOV}


def test_we_are_those_for_whom_the_speaker_speaks():
    text = "\n\n".join(["Interview with Sergei Ivanov", "January 17, 2007", LEAD, "Q: Have you sold them?",
                        "A: We have sold Tor-M1 missiles to Iran."]) + "\n"
    assert [(e["source"], e["target"], e["speaker"]) for e in coded(text)["events"]] == [("RUS", "IRN", IVANOV)]


def test_a_question_is_no_act_and_nobodys_claim():
    text = "\n\n".join(["Interview with Sergei Ivanov", "January 17, 2007", LEAD,
                        "Q: Did Russia deliver Tor-M1 missiles to Iran?", "A: I would not speak of it here."]) + "\n"
    assert (coded(text)["events"], coded(text)["claims"]) == ([], [])


@pytest.mark.parametrize("line", [
    "NOTE: Russia sold Iran three submarines.", "The list: Tor-M1 and Su-27 are on it, and more may come.",
    "MOSCOW: Russia sold Iran three submarines.", "Vladimir Putin: the man who sold Iran three submarines.",
])
def test_a_colon_alone_makes_no_turn(line):
    assert speakers("Arms", "March 3, 2007", LEAD, line, LAST) == {}


ISSUED = "Russia delivered Tor-M1 missiles to Iran in 2006, and it has been paid for them."


@pytest.mark.parametrize(("head", "issuer"), [
    (["DEPARTMENT OF STATE", "For immediate release"], "USA:Department of State"),
    (["AGENCY: Department of Commerce.", "ACTION: Final rule."], "USA:Department of Commerce"),
    (["Statement by the Russian Foreign Ministry"], "RUS:Ministry of Foreign Affairs"),
    (["Russian Foreign Ministry speaks of Iran"], ""), (["Press release", "By Anna Holt"], ""),
    (["DEPARTMENT OF STATE", "Arms for Iran"], ""),
])
def test_who_issues_a_text_is_its_speaker(head, issuer):
    found = coded("\n\n".join([*head, "March 3, 2007", ISSUED, LAST]) + "\n")["events"]
    assert {e["speaker"] for e in found if e["form"] != "headline"} == {issuer}


def test_a_body_that_acts_today_issues_its_release():
    lead = "Today, the U.S. Department of the Treasury imposed sanctions on a Russian company for arms sold to Iran."
    text = "\n\n".join(["Sanctions on a supplier of Iran", "Press release", "March 3, 2016", lead, ISSUED]) + "\n"
    told = {e["speaker"] for e in coded(text)["events"] if e["stage"] == "delivery"}
    assert told == {"USA:Department of the Treasury"}
