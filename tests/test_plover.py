"""The page on the 16 types: complete, in PLOVER's four groups, and knowing every mode that the rules give."""
import pytest

from ruiran import codebook

NAMES = ("plover", "events", "tables", "codebook")
FILES = {name: codebook.read_csv(codebook.FOLDER / f"{name}.csv") for name in NAMES}
PLOVER = FILES["plover"]
QUADS = {"verbal cooperation": "AGREE CONSULT SUPPORT CONCEDE", "material cooperation": "COOPERATE AID RETREAT",
         "verbal conflict": "REQUEST ACCUSE REJECT THREATEN",
         "material conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT"}
MODES = {row.event: row.modes.split(" | ") if row.modes else [] for row in PLOVER.itertuples()}


def allowed_types():
    tables = FILES["tables"]
    return tables.loc[(tables["table"] == "events") & (tables.column == "event"), "values"].iloc[0].split()


def test_the_types_are_those_that_the_tables_allow_each_once_and_in_their_order():
    assert list(PLOVER.event) == allowed_types() and len(PLOVER) == 16


@pytest.mark.parametrize("column", ["quad", "definition", "example", "not_example", "source"])
def test_every_type_has(column):
    assert list(PLOVER.event[PLOVER[column] == ""]) == []


def test_the_types_stand_in_the_four_groups_of_plover():
    assert {quad: " ".join(PLOVER.event[PLOVER.quad == quad]) for quad in QUADS} == QUADS


def test_every_mode_that_a_rule_gives_is_among_the_modes_of_its_type():
    """`nominal` is no mode of a type: tables.csv allows it for any act that a noun presupposes."""
    given = FILES["events"][~FILES["events"]["mode"].isin(["", "nominal"])]
    assert [(r.rule, r.event, r.mode) for r in given.itertuples() if r.mode not in MODES.get(r.event, [])] == []


def test_modes_are_lower_case_words_each_once():
    faults = [(event, modes) for event, modes in MODES.items()
              if len(set(modes)) < len(modes) or any(m != m.lower().strip() or " " in m or not m for m in modes)]
    assert faults == []


def test_a_mode_that_is_not_in_the_manual_says_so():
    row = PLOVER[PLOVER.event == "ACCUSE"].iloc[0]
    assert "lawsuit" in MODES["ACCUSE"] and "mode lawsuit, which is ours" in row.rulings


def test_no_sentence_serves_twice():
    sentences = [*PLOVER.example, *PLOVER.not_example]
    assert len(set(sentences)) == len(sentences) == 32


def test_every_column_is_declared():
    shape = FILES["codebook"]
    assert list(shape.column[shape.file == "plover"]) == list(PLOVER.columns)
