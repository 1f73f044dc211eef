"""What flows are frozen records: each knows its row of the tables, and no stage changes what it was given."""
import pickle
from dataclasses import FrozenInstanceError, fields

import pandas as pd
import pytest
from conftest import LEAD, around, coded, document, line_of
from test_sentences import table

from ruiran import pipeline, tables
from ruiran.records import Mention, Reason, Told

TEXT = f"""Russia sells S-300 missiles to Iran

MOSCOW, Feb. 3, 2007 (UPI) --

{LEAD}

"Russia sold ten S-300 systems to Iran under a contract worth $800 million," said Defence Minister Sergei Ivanov.
"""
MADE_OF = {"documents": "article", "clues": "clues", "lines": "lines", "mentions": "mentions",
           "quotations": "quotations"}


@pytest.fixture(scope="module")
def reading(book):
    return pipeline.read_article(document(TEXT), book)


@pytest.mark.parametrize("name", [*MADE_OF, "events", "reasons", "claims"])
def test_a_row_has_the_columns_of_its_table(name, book):
    rows = coded(TEXT)[name]
    assert rows and {tuple(sorted(row)) for row in rows} == {tuple(sorted(tables.columns_of(book, name)))}


def test_a_deal_has_the_columns_of_its_table(book):
    rows = pipeline.code_corpus([document(TEXT)], book)["deals"]
    assert [set(row) for row in rows] == [set(tables.columns_of(book, "deals"))]


@pytest.mark.parametrize("name", MADE_OF.values())
def test_nothing_that_was_read_can_be_changed(name, reading):
    found = getattr(reading, name)
    record = found[0] if isinstance(found, list) else found
    with pytest.raises(FrozenInstanceError):
        setattr(record, fields(record)[0].name, "")


def test_what_a_mention_rests_on_is_said_in_one_cell():
    between = Mention(1, 0, 6, "Ivanov", "person", basis="open", candidates=("Igor Ivanov", "Sergei Ivanov"))
    known = Mention(1, 0, 5, "Putin", "person", "Vladimir Putin", role="president", basis="printed", office_known=True)
    assert between.row()["basis"] == "open: Igor Ivanov or Sergei Ivanov"
    assert known.row()["basis"] == "printed;codebook"


def test_coding_leaves_the_reading_as_it_was(reading, book):
    before = repr(reading.mentions), repr(reading.quotations), repr(reading.lines)
    pipeline.events.events_of(reading, book)
    assert before == (repr(reading.mentions), repr(reading.quotations), repr(reading.lines))


def test_a_record_goes_to_another_process_as_it_is(reading, book):
    found = pipeline.coded(document(TEXT), book)
    for records in (*found.values(), reading.lines, found["events"][0].reasons):
        assert records == pickle.loads(pickle.dumps(records))


# ---------------------------------------------------------------- what the others tell
def test_what_the_others_tell_of_a_row_is_its_last_reason(book):
    found = pipeline.found_in(document(TEXT), book)
    event = found.events[0]
    told = found.with_told([Told(found.doc_id, "label", "UPI 2007"),
                            Told(event.event_id, "repeats", "b-1", Reason("repeats", "b-1", "same act"))])
    before, after = pipeline.rows_of_found(found), pipeline.rows_of_found(told)
    assert [row["label"] for row in after["documents"]] == ["UPI 2007"]
    assert [row["repeats"] for row in after["events"]] == ["b-1", *[""] * (len(found.events) - 1)]
    own = sum(row["row"] == event.event_id for row in before["reasons"])
    assert after["reasons"][:own] == before["reasons"][:own] and after["reasons"][own + 1:] == before["reasons"][own:]
    assert (after["reasons"][own]["row"], after["reasons"][own]["value"]) == (event.event_id, "b-1")
    assert before["claims"] == after["claims"]


# ---------------------------------------------------------------- the record of why
PLACE = {"event_id", "doc_id", "line", "start", "end", "sentence", "corrected", "repeats"}  # where it stands; may be ''


def decided(reasons):
    """{(event, column): the value that the last decision gives it}."""
    return {(r["row"], r["column"]): r["value"] for r in reasons}


def written(value):
    """A cell as the record writes it."""
    return "" if value is None or value != value else str(value)


def faults(events, reasons):
    """The cells of events that the record does not bear out, or says nothing of."""
    last = decided(reasons)
    return [(e["event_id"], column, value, last.get((e["event_id"], column))) for e in events
            for column, value in e.items() if column not in PLACE
            and last.get((e["event_id"], column)) != written(value)]


def test_every_column_of_every_event_of_the_corpus_is_as_its_record_says(corpus_tables):
    events, reasons = (corpus_tables[name].astype(object).to_dict("records") for name in ("events", "reasons"))
    events = [{k: None if pd.isna(v) else v for k, v in e.items()} for e in events]
    assert len(events) > 50 and faults(events, reasons) == []


@pytest.mark.parametrize("name", ["types_a", "types_b", "types_c", "phenomena"])
def test_every_column_of_every_event_of_the_own_sentences_is_as_its_record_says(name):
    rows = [coded(around(f"{r['before']} {r['sentence']}".strip(), line_of(r["date"]))) for r in table(name)]
    assert sum(len(found["events"]) for found in rows) > 40
    assert [fault for found in rows for fault in faults(found["events"], found["reasons"])] == []


def test_words_of_a_reason_stand_where_it_says():
    found = coded(TEXT)["reasons"]
    assert any(r["words"] for r in found)
    assert [r for r in found if r["start"] is not None and not TEXT[r["start"]:r["end"]].startswith(r["words"])] == []
