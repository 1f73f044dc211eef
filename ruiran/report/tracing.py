"""One event traced: the record of why each of its columns is as it is, and the rules that nearly fired."""
from dataclasses import dataclass

import pandas as pd

from .. import codebook


@dataclass(frozen=True)
class Trace:
    """What `trace` found: `event` is the row of the event; `rests` has a row for each decision (column value rule words
    basis, the last of a column holds), `fired` and `nearly` the rules (rule why_not event frame theme example)."""

    event: pd.Series
    rests: pd.DataFrame
    fired: pd.DataFrame
    nearly: pd.DataFrame


class UnknownEvent(KeyError):
    """No event of that id; the message says where ids are found."""


def trace(event, data):
    """The Trace of one event of the tables `data`, from their record; raises UnknownEvent for an unknown id."""
    rows = data["events"][data["events"].event_id == event]
    if rows.empty:
        raise UnknownEvent(f"no event {event}; the ids are in column event_id of events.csv")
    row, record = rows.iloc[0], data["reasons"][data["reasons"].row == event]
    missed = (record.column == "rule") & (record.value == "")
    rests = record.loc[~missed, "column value rule words basis".split()].reset_index(drop=True)
    return Trace(row, rests, rules_of(row["rule"].split("+"), ""), rules_of(record.rule[missed], record.basis[missed]))


def rules_of(rules, why_not):
    """One row a codebook rule, with what kept it from firing."""
    known = codebook.load()["events"]["rule event frame theme example".split()]
    return pd.DataFrame({"rule": rules, "why_not": why_not}).drop_duplicates().merge(known, on="rule")
