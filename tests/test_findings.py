"""What the tables say in sentences, and the page that is made of them and of the notebooks."""
import re

import pytest
from test_charts import event, events_of, table_of
from test_register import CLAIMS, DOCUMENTS

import ruiran
from ruiran.report import charts, findings, page

CLAIM = {"doc_id": "d", "line": 1, "start": 0, "end": 1, "text": "t", "weapon": "Tor-M1", "deal": "a"}


def tables_of(*claims, disputed="", changed=""):
    claims = [{**CLAIM, "claim_id": str(n), **claim} for n, claim in enumerate(claims)]
    deal = {"deal": "a", "supplier": "RUS", "recipient": "IRN", "weapon": "Tor-M1", "voices": 2, "affirmed": 1,
            "denied": 1, "disputed": disputed, "changed": changed, "basis": "text"}
    act = {"act": "e1", "source": "RUS", "event": "COOPERATE", "target": "IRN", "status": "actual", "tellings": 1,
           "articles": 1, "tellers": "RUS", "days_differ": False}
    return {"claims": table_of("claims", claims), "deals": table_of("deals", [deal]), "documents": DOCUMENTS,
            "events": events_of(event(1, coders="rules;model;hand"), event(2, coders="model")),
            "acts": table_of("acts", [act])}


def said(t):
    """What the findings say of disputes."""
    return [(r.deal, r.point, r.kind, r.affirmed, r.denied) for r in findings.disputes(t).itertuples()]


def test_a_dispute_names_its_sides():
    t = tables_of({"attribute": "legality", "stance": "affirms", "speaker": "RUS"},
                  {"attribute": "legality", "stance": "denies", "speaker": "USA"}, disputed="legality")
    assert said(t) == [("Tor-M1", "that it is lawful", "disputed", "Russia", "United States")]
    assert "Tor-M1, that it is lawful: affirmed by Russia; denied by United States." in findings.findings(t)


def test_two_sums_stand_side_by_side():
    sums = [{"attribute": "value", "stance": "affirms", "speaker": code, "low": low, "high": low}
            for code, low in (("RUS", 700000000), ("USA", 1000000000))]
    assert said(tables_of(*sums, disputed="value")) == [
        ("Tor-M1", "what it is worth", "disputed", "Russia ($700 million); United States ($1 billion)", "")]


def test_a_change_has_its_days_and_is_no_dispute():
    t = tables_of({"attribute": "delivery_complete", "stance": "affirms", "speaker": "RUS", "date_to": "2007-01-23"},
                  {"attribute": "delivery_complete", "stance": "denies", "date_from": "2007-01-02",
                   "date_to": "2007-01-16"}, changed="delivery_complete")
    assert said(t) == [("Tor-M1", "that delivery is complete", "changed", "Russia (by 23 January 2007)",
                        "Outlet 2007 (2 to 16 January 2007)")]
    assert any("a change, not a dispute" in sentence for sentence in findings.findings(t))


def test_who_has_the_events_is_counted():
    assert findings.how(tables_of()["events"]) == (
        "2 events in 1 article: 1 by rules and model alike, 1 by the model alone; 1 is corrected or confirmed by "
        "a reader.")


def test_where_nothing_is_disputed_nothing_is_said():
    assert said({**tables_of(), "claims": CLAIMS}) == []


def test_what_is_told_as_done_is_told_in_order_and_talk_is_not():
    t = ruiran.read()
    told = findings.chronology(t)
    assert not set(told.status) & set(charts.HOLLOW) and len(told) < len(t["acts"])
    visit = told[told.when == "12 to 15 March 2001"].iloc[0]
    assert visit["what"] == "Iran → Russia: meeting" and "Khatami" in visit.words
    assert list(told.when).index("12 to 15 March 2001") < list(told.when).index("December 2005")


def test_an_act_is_told_in_the_words_that_say_most_of_its_day():
    told = findings.chronology(ruiran.read())
    left = told[told["what"].str.contains("lifting")].iloc[0]
    assert left.words.startswith("On November 3, 2000") and left["told by"].startswith("Igor Ivanov")


def test_every_act_is_done_or_not_or_an_objection():
    t = ruiran.read()
    hollow = t["acts"].status.isin(charts.HOLLOW).sum()
    assert len(findings.chronology(t)) + len(findings.objections(t)) + hollow == len(t["acts"])


def test_every_claim_is_in_a_deal_or_among_those_in_general():
    t = ruiran.read()
    assert len(findings.in_general(t)) + (t["deals"].affirmed + t["deals"].denied).sum() == len(t["claims"])


def test_the_first_page_says_what_the_tables_say():
    text = (findings.ROOT / "README.md").read_text(encoding="utf-8")
    fresh = findings.between(text, findings.opening(ruiran.read()))
    assert fresh == text, "run python -m ruiran.report.findings README.md"
    assert text.count(findings.MARKS[0]) == text.count(findings.MARKS[1]) == 1


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return page.main(tmp_path_factory.mktemp("page") / "report.html").read_text(encoding="utf-8")


def test_the_page_loads_and_runs_nothing(made):
    assert not re.search(r"<script|<iframe|<link|url\(|src=.(?!data:)", made)


def test_the_page_opens_with_the_findings_and_shows_figures_and_no_code(made):
    assert made.index("sanctioned 2007; S-300") < made.index("<img") and made.count("data:image/png") >= 4
    assert "import ruiran" not in made
