"""One event traced: the record of why each of its columns is as it is, and the rules that nearly fired."""
from dataclasses import dataclass

import pandas as pd

from .. import codebook
from . import show


@dataclass(frozen=True, repr=False)
class Trace:
    """What `trace` found: `event` is the row of the event; `rests` has a row for each decision (column value rule start
    end words basis, the last of a column holds), `fired` and `nearly` the rules (rule why_not event frame theme
    example); `text` is the article, into which the offsets point. A notebook shows it as a page, print as text."""

    event: pd.Series
    rests: pd.DataFrame
    fired: pd.DataFrame
    nearly: pd.DataFrame
    text: str

    def _repr_html_(self):
        return str(show.traced(self))

    def __repr__(self):
        return repr(show.traced(self))


class UnknownEvent(KeyError):
    """No event of that id; the message says where ids are found."""


def trace(event, data):
    """The Trace of one event of the tables `data`, from their record; raises UnknownEvent for an unknown id."""
    rows = data["events"][data["events"].event_id == event]
    if rows.empty:
        raise UnknownEvent(f"no event {event}; the ids are in column event_id of events.csv")
    row, record = rows.iloc[0], data["reasons"][data["reasons"].row == event]
    missed = (record.column == "rule") & (record.value == "")
    rests = record.loc[~missed, "column value rule start end words basis".split()].reset_index(drop=True)
    text = show.text_of(data["lines"][data["lines"].doc_id == row.doc_id])
    return Trace(row, rests, rules_of(row["rule"].split("+"), ""),
                 rules_of(record.rule[missed], record.basis[missed]), text)


def rules_of(rules, why_not):
    """One row a codebook rule, with what kept it from firing."""
    known = codebook.load()["events"]["rule event frame theme example".split()]
    return pd.DataFrame({"rule": rules, "why_not": why_not}).drop_duplicates().merge(known, on="rule")
