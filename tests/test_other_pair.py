"""Another pair of countries is another folder of CSV files and no other code: Russia as supplier, India as recipient.

tests/codebooks/russia_india holds only what differs, and is laid over data/codebook by the rule of overlay.csv.
Every article is made up, and the rows expected of it come from reading it.
"""
import shutil
from pathlib import Path

import pytest
from conftest import around, document

from ruiran import codebook, pipeline
from ruiran.__main__ import main

OVERLAY = Path(__file__).parent / "codebooks" / "russia_india"

# ---------------------------------------------------------------- the articles: no headline or lead tells an act
CONTRACT = """Moscow, New Delhi and air defence

Saturday, October 6, 2018

Few armies own as many weapons of Russian make as that of India.

Russia and India signed a contract for five S-400 systems on Friday.

The United States threatened India with sanctions over the S-400.

India rejected the American criticism of the contract.
"""
DELIVERY = """Regiments for the plains

Wednesday, December 22, 2021

Few armies own as many weapons of Russian make as that of India.

Russia delivered two S-400 regiments to India in November.

Washington warned New Delhi of sanctions over the S-400 regiments.

India has asked Russia to speed up the remaining deliveries of the S-400.
"""
FRIGATES = """Grey ships for a warm sea

Thursday, November 26, 2009

Few navies own as many ships of Russian make as that of India.

Russia and India signed a contract for three Talwar-class frigates in November 1997.

Russia and India signed a contract for three more Talwar-class frigates in July 2006.

Russia delivered a Talwar-class frigate to India on Tuesday.
"""
TO_IRAN = """Moscow, Tehran and air defence

Wednesday, December 21, 2016

Few subjects have kept Russian and Iranian officers at one table for so long.

Russia delivered four S-300 batteries to Iran in October.

Russia and Iran signed a contract for ten Su-30 fighters on Tuesday.

The United States threatened Russia with sanctions over the S-300.
"""
BOTH = """Two customers, one seller of arms

Wednesday, December 21, 2016

From Moscow the crates go south, some to Tehran and some to New Delhi.

Russia delivered four S-300 batteries to Iran in October.

Russia delivered six Su-30 fighters to India in November.
"""
PLANT = """Turbines by the sea

Wednesday, December 21, 2016

Concrete has been poured at Kudankulam for many years.

Russia and India signed an agreement on Kudankulam on Tuesday.
"""


# ---------------------------------------------------------------- the codebook of the pair
@pytest.fixture(scope="module")
def indian():
    """The codebook of Russia and India."""
    return codebook.load(OVERLAY)


def without(name, tmp_path):
    """The codebook of Russia and India where one file of the overlay was forgotten."""
    shutil.copytree(OVERLAY, tmp_path / "book")
    (tmp_path / "book" / name).unlink()
    return codebook.load(tmp_path / "book")


def coded(text, book):
    """Every row of a corpus of one article, by table."""
    return pipeline.code_corpus([document(text)], book)


def acts(text, book):
    """(source, event, target, status, weapon) of each event, in the order of the text."""
    return [tuple(r[k] for k in ("source", "event", "target", "status", "weapon")) for r in coded(text, book)["events"]]


SIGNED = ("RUS;IND", "SUPPORT", "RUS;IND", "actual", "S-400")
WARNED = ("USA", "THREATEN", "IND", "actual", "S-400")
DELIVERED = ("RUS", "COOPERATE", "IND", "actual", "S-400")


# ---------------------------------------------------------------- what the articles tell
def test_contract_threat_and_answer(indian):
    assert acts(CONTRACT, indian)[:2] == [SIGNED, WARNED]
    assert ("IND", "REJECT", "USA", "actual") in [row[:4] for row in acts(CONTRACT, indian)[2:]]


def test_delivery_warning_and_appeal(indian):
    assert acts(DELIVERY, indian) == [DELIVERED, WARNED, ("IND", "REQUEST", "RUS", "actual", "S-400")]


def test_days_numbers_and_stages_of_the_pair(indian):
    signed, delivered = coded(CONTRACT, indian)["events"][0], coded(DELIVERY, indian)["events"][0]
    assert (signed["stage"], signed["date_from"], signed["date_to"]) == ("order", "2018-10-05", "2018-10-05")
    assert (delivered["stage"], delivered["edtf"]) == ("delivery", "2021-11")
    assert (delivered["date_from"], delivered["date_to"]) == ("2021-11-01", "2021-11-30")
    assert (signed["quantity_low"], delivered["quantity_low"]) == (5, 2)


def test_the_deals_of_the_pair_and_which_order_a_delivery_is_of(indian):
    """Two orders for frigates: in 2009, says orders.csv, a delivery is one of the ships ordered in 2006."""
    rows = coded(FRIGATES, indian)
    ships = {deal["deal"]: deal for deal in rows["deals"]}
    assert set(ships) == {"RUS-IND-Talwar-class frigate-1997", "RUS-IND-Talwar-class frigate-2006"}
    assert ships["RUS-IND-Talwar-class frigate-2006"]["delivered_from"] == "2009-11-24"
    assert ships["RUS-IND-Talwar-class frigate-1997"]["delivered_from"] == ""


def test_each_codebook_codes_its_own_pair_in_an_article_about_both(indian, book):
    assert acts(BOTH, indian) == [("RUS", "COOPERATE", "IND", "actual", "Su-30")]
    assert acts(BOTH, book) == [("RUS", "COOPERATE", "IRN", "actual", "S-300")]


@pytest.mark.parametrize("text", [CONTRACT, DELIVERY, FRIGATES, PLANT])
def test_the_projects_own_codebook_sees_nothing_in_articles_on_india(text, book):
    rows = coded(text, book)
    assert (rows["events"], rows["claims"], rows["deals"]) == ([], [], [])


def test_an_article_on_iran_is_nothing_to_the_codebook_of_india(indian, book):
    rows = coded(TO_IRAN, indian)
    assert (rows["events"], rows["claims"], rows["deals"]) == ([], [], [])
    assert {(r["source"], r["event"]) for r in coded(TO_IRAN, book)["events"]} >= {
        ("RUS", "COOPERATE"), ("RUS;IRN", "SUPPORT"), ("USA", "THREATEN")}


DENIALS = ["Iran denied that it had bought {} from abroad.", "Tehran denied that it had received {}."]


@pytest.mark.parametrize("sentence", DENIALS)
def test_what_a_third_state_makes_is_no_deal_of_the_pair(sentence, book):
    """Nobody has said that Russia sold American fighters; that it sold its own is what is denied."""
    def sold(weapon):
        return [row[:4] for row in acts(around(sentence.format(weapon)), book) if row[1] == "COOPERATE"]

    assert sold("American F-16 fighters") == []
    assert sold("S-300 missiles") == [("RUS", "COOPERATE", "IRN", "denied")]


# ---------------------------------------------------------------- every rule of the project, with India for Iran
NAMES = {"Iranians": "Indians", "Iranian": "Indian", "Tehran": "New Delhi", "Bushehr": "Kudankulam", "Iran": "India"}


def renamed(text):
    """The text with India where Iran stood."""
    for name, other in NAMES.items():
        text = text.replace(name, other)
    return text


def test_the_examples_of_the_rules_code_alike_with_india_for_iran(indian, book):
    """The parser reads a few sentences otherwise when a name changes; no rule may know the country."""
    texts = [around(example) for example in book["events"].example[::3]]
    there = [[tuple(cell.replace("IRN", "IND") for cell in row[:4]) for row in acts(text, book)] for text in texts]
    here = [[row[:4] for row in acts(renamed(text), indian)] for text in texts]
    unlike = [row for row in zip(texts, there, here, strict=True) if row[1] != row[2]]
    assert len(unlike) <= len(texts) // 33, unlike
    assert sum(map(bool, here)) >= 0.9 * len(texts)


# ---------------------------------------------------------------- each file of the overlay counts
def test_without_its_scope_the_folder_still_codes_iran(tmp_path):
    assert acts(BOTH, without("scope.csv", tmp_path)) == [("RUS", "COOPERATE", "IRN", "actual", "S-300")]


def test_a_contract_with_iran_is_not_the_pairs(indian):
    text = CONTRACT + "\nRussia and Iran signed a contract for S-300 systems in 2007.\n"
    assert [act for act in acts(text, indian) if "IRN" in act[0] + act[2]] == []


def test_without_its_orders_the_ship_of_2009_belongs_to_no_deal(tmp_path):
    deals = coded(FRIGATES, without("orders.csv", tmp_path))["deals"]
    assert [deal["delivered_from"] for deal in deals] == ["", ""]


def test_without_its_weapons_the_frigates_are_any_frigates(tmp_path):
    shutil.copytree(OVERLAY, tmp_path / "first", ignore=shutil.ignore_patterns("orders.csv", "weapons.csv"))
    book = codebook.load(tmp_path / "first")
    assert {row[4] for row in acts(FRIGATES, book)} == {"frigate"}


def test_orders_of_weapons_that_the_codebook_lacks_are_refused(tmp_path):
    with pytest.raises(codebook.CodebookError, match="orders.csv row 2: weapon 'Talwar-class frigate' is not in"):
        without("weapons.csv", tmp_path)


def test_without_its_subject_kudankulam_is_no_theme(indian, tmp_path):
    assert acts(PLANT, indian) == [("RUS;IND", "SUPPORT", "RUS;IND", "actual", "")]
    assert acts(PLANT, without("subject.csv", tmp_path)) == []


UNDATED = """Grey ships for a warm sea

Few navies own as many ships of Russian make as that of India.

Russia has delivered an air defence ship to India, as a frigate of this kind is called.

Critics said that CAATSA was no concern of sailors.
"""


def test_what_was_done_for_iran_dates_no_article_on_india(indian, book, tmp_path):
    """The delivery of air defence systems to Iran in 2006 says nothing of ships for India; the law of 2017 does."""
    def known(book):
        return [(clue["clue"], clue["text"]) for clue in coded(UNDATED, book)["clues"] if clue["clue"] == "known-act"]

    assert known(book) == [("known-act", "has delivered an air defence")]
    assert known(indian) == [("known-act", "CAATSA")]
    assert known(without("known_acts.csv", tmp_path)) == []


# ---------------------------------------------------------------- the command
def test_the_command_codes_the_other_pair(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    for name, text in {"contract": CONTRACT, "delivery": DELIVERY, "to_iran": TO_IRAN}.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    folder, out = str(tmp_path / "in"), str(tmp_path / "out")
    assert main(["code", folder, "--out", out, "--codebook", str(OVERLAY)]) == 0
    said = capsys.readouterr()
    assert said.err == "" and said.out.startswith("3 documents")
    events = codebook.read_csv(tmp_path / "out" / "events.csv")
    columns = ["doc_id", "source", "event", "target", "status", "weapon"]
    rows = [tuple(row) for row in events[columns].to_numpy()]
    assert {row[0] for row in rows} == {"contract", "delivery"}
    assert {("contract", *SIGNED), ("contract", *WARNED), ("delivery", *DELIVERED), ("delivery", *WARNED)} <= set(rows)
