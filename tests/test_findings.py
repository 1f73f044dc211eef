"""What the tables say in sentences, and the page that is made of them and of the notebooks."""
import re

import pytest
from test_charts import event, events_of, table_of
from test_register import CLAIMS, DOCUMENTS

from ruiran.report import findings, page

CLAIM = {"doc_id": "d", "line": 1, "start": 0, "end": 1, "text": "t", "weapon": "Tor-M1", "deal": "a"}


def tables_of(*claims, disputed):
    claims = [{**CLAIM, "claim_id": str(n), **claim} for n, claim in enumerate(claims)]
    deal = {"deal": "a", "supplier": "RUS", "recipient": "IRN", "weapon": "Tor-M1", "voices": 2, "affirmed": 1,
            "denied": 1, "disputed": disputed, "basis": "text"}
    return {"claims": table_of("claims", claims), "deals": table_of("deals", [deal]), "documents": DOCUMENTS,
            "events": events_of(event(1, coders="rules;model;hand"), event(2, coders="model"))}


def test_a_dispute_names_its_sides():
    t = tables_of({"attribute": "legality", "stance": "affirms", "speaker": "RUS"},
                  {"attribute": "legality", "stance": "denies", "speaker": "USA"}, disputed="legality")
    assert list(findings.disputes(t)) == ["Tor-M1, that it is lawful: affirmed by Russia; denied by United States."]


def test_two_sums_stand_side_by_side():
    sums = [{"attribute": "value", "stance": "affirms", "speaker": code, "low": low, "high": low}
            for code, low in (("RUS", 700000000), ("USA", 1000000000))]
    assert list(findings.disputes(tables_of(*sums, disputed="value"))) == [
        "Tor-M1, what it is worth: $700 million (Russia), $1 billion (United States)."]


def test_who_has_the_events_is_counted():
    assert findings.how(tables_of(disputed="")["events"]) == (
        "2 events in 1 articles: 1 by rules and model alike, 1 by the model alone; 1 are corrected or confirmed by "
        "hand.")


def test_where_nothing_is_disputed_nothing_is_said():
    assert list(findings.disputes({**tables_of(disputed=""), "claims": CLAIMS})) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return page.main(tmp_path_factory.mktemp("page") / "report.html").read_text(encoding="utf-8")


def test_the_page_loads_and_runs_nothing(made):
    assert not re.search(r"<script|<iframe|<link|url\(|src=.(?!data:)", made)


def test_the_page_opens_with_the_findings_and_shows_figures_and_no_code(made):
    assert made.index("What they say") < made.index("<img") and made.count("data:image/png") >= 4
    assert "import ruiran" not in made
