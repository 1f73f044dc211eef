"""What is only wished, owed, denied or doubted is no deed: each operator on its examples, and a grid."""
import pytest
from conftest import rows_in

from ruiran import codebook

BOOK = codebook.load()
DEED = ("actual", "claimed")


def statuses(sentence):
    """The statuses of the acts in a sentence that is about deliveries and contracts."""
    return [row["status"] for row in rows_in("events", sentence) if row["event"] in ("COOPERATE", "SUPPORT")]


@pytest.mark.parametrize("row", BOOK.rows("operators"), ids=lambda row: row.operator)
def test_an_operator_has_its_effect_on_its_example_alone(row):
    assert statuses(row.example) == ([] if row.effect in ("none", "not", "owed") else [row.effect])
    assert len(statuses(row.not_example)) == 1 and set(statuses(row.not_example)) <= set(DEED)


# Expected before the engine was run: by what it says of the sale.
DENIALS = ["Lavrov denied that {}.", "Lavrov disputed that {}.", "It is a lie that {}, Lavrov said.",
           "It is not true that {}, Lavrov said.", "Lavrov called reports that {} untrue.",
           "The report that {} is false, Lavrov said."]
DOUBTS = ["Nothing shows that {}.", "There is no evidence that {}.", "It is unclear whether {}.",
          "Nobody in Moscow would confirm that {}.", "No document proves that {}.", "Israel fears that {}.",
          "Israel was afraid that {}."]
SALES = ["Russia had sold Iskander missiles to Iran", "Iskander missiles had been sold to Iran by Russia",
         "Iran had bought Iskander missiles from Russia", "Russia had delivered Iskander missiles to Iran"]


MISREAD = {("Lavrov called reports that {} untrue.", sale) for sale in SALES[1:3]}


@pytest.mark.parametrize(("frame", "sale"), [
    pytest.param(frame, sale, marks=[pytest.mark.xfail(strict=True, reason="the parser hangs 'untrue' on a name")] * (
        (frame, sale) in MISREAD)) for frame in DENIALS for sale in SALES])
def test_a_sale_that_is_denied_is_denied_in_any_words(frame, sale):
    assert set(statuses(frame.format(sale))) <= {"denied"}


@pytest.mark.parametrize("frame", DOUBTS)
@pytest.mark.parametrize("sale", SALES)
def test_a_sale_that_nothing_bears_out_is_none(frame, sale):
    assert statuses(frame.format(sale)) == []


@pytest.mark.parametrize("sale", SALES)
def test_a_sale_that_is_owned_up_to_is_told(sale):
    assert set(statuses(f"It is true that {sale}, Lavrov said.")) <= set(DEED)
    assert statuses(f"It is true that {sale}, Lavrov said.")


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Russia should freeze the S-300 deal with Iran at once, Israeli Defence Minister Ehud Barak said.", []),
    ("Russia must deliver the S-300 missiles to Iran under the contract.", ["planned"]),
    ("Russia should have delivered the S-300 missiles to Iran.", []),
    ("Had Russia delivered the S-300 missiles to Iran, Israel might have struck.", []),
    ("Two S-300 batteries remain to be delivered by Russia to Iran.", ["planned"]),
    ("Deliveries of Igla launchers by Russia to Iran are to be made in 2017.", ["planned"]),
    ("Rosoboronexport shipped No. 4 of the Mi-171 helicopters to Iran on Thursday.", ["actual"]),
    ("Russia has now delivered to Iran the two S-300 batteries that remained of the order.", ["actual"]),
])
def test_what_is_owed_wished_or_still_to_come_is_no_deed(sentence, expected):
    assert statuses(sentence) == expected


# ---------------------------------------------------------------- whose act it is
def acts(sentence):
    """(source, type, target) of the acts in a sentence."""
    return {(row["source"], row["event"], row["target"]) for row in rows_in("events", sentence)}


@pytest.mark.parametrize(("sentence", "there", "not_there"), [
    ("The EU slapped sanctions on Iran on Thursday for supplying drones to Russia.", ("EUR", "SANCTION", "IRN"),
     ("EUR", "SANCTION", "RUS")),
    ("The EU slapped sanctions on Russia on Thursday for buying drones from Iran.", ("EUR", "SANCTION", "RUS"),
     ("EUR", "SANCTION", "IRN")),
    ("The US, Russia, and Iran met on Monday to discuss the S-300 missiles.", ("USA;RUS;IRN", "CONSULT", "USA;RUS;IRN"),
     ("USA;RUS", "CONSULT", "USA;RUS")),
    ("Iran said that it would not accept deliveries of Antey-2500 missiles from Russia.", ("IRN", "REJECT", "RUS"),
     ("IRN", "AGREE", "RUS")),
    ("Russia sold Iran missiles, and the American radar guards Europe against the Iranian threat.",
     ("RUS", "COOPERATE", "IRN"), ("IRN", "THREATEN", "RUS")),
])
def test_an_act_is_that_of_those_whom_the_sentence_names(sentence, there, not_there):
    assert there in acts(sentence) and not_there not in acts(sentence)
