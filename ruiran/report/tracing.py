"""One event traced: the record of why each of its columns is as it is, and the rules that nearly fired."""
from dataclasses import dataclass

import pandas as pd

from .. import codebook


@dataclass(frozen=True)
class Trace:
    """What `trace` found: `event` is the row of the event; `rests` has a row for each decision (column value rule words
    basis, the last of a column holds), `fired` and `nearly` the rules (rule event frame theme why_not example)."""

    event: pd.Series
    rests: pd.DataFrame
    fired: pd.DataFrame
    nearly: pd.DataFrame


class UnknownEvent(KeyError):
    """No event of that id; the message says where ids are found."""


def trace(event, data, book=None):
    """The Trace of one event of the tables `data`, from their record; raises UnknownEvent for an unknown id."""
    rows = data["events"][data["events"].event_id == event]
    if rows.empty:
        raise UnknownEvent(f"no event {event}; the ids are in column event_id of events.csv")
    row, record = rows.iloc[0], data["reasons"][data["reasons"].row == event]
    book = book or codebook.load()
    missed = (record.column == "rule") & (record.value == "")
    rests = record[~missed]["column value rule words basis".split()].reset_index(drop=True)
    fired = [(rule, "") for rule in row["rule"].split("+")]
    nearly = zip(record[missed].rule, record[missed].basis, strict=True)
    return Trace(row, rests, rules_of(fired, book), rules_of(nearly, book))


def rules_of(found, book):
    """One row a codebook rule, with what kept it from firing."""
    rows = {r.rule: r for r in book.rows("events")}
    data = [(r.rule, r.event, r.frame, r.theme, why, r.example) for rule, why in found if (r := rows.get(rule))]
    return pd.DataFrame(data, columns=["rule", "event", "frame", "theme", "why_not", "example"]).drop_duplicates()
