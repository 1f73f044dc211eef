"""Review: the doubtful rows first, each with its sentence, what both coders say and why; what a person decides goes to
a file of corrections beside the articles, which the next run reads."""
import csv
import fcntl
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd

from .. import codebook, corrections
from ..reading.corpus import CORRECTIONS
from ..records import name_of
from .show import Html, cut, panel, plain, widgets

SAYS = "event source target status date_from date_to weapon speaker".split()
CLAIMED = "attribute stance supplier recipient weapon low high speaker".split()
COLUMNS = ["row_id", "table", "article", "line", "confidence", "coders", "words", "sentence", "says", "otherwise",
           "rests_on", "cells"]  # `cells`: of a row that was left out, its columns as JSON, where it can be taken in
LEFT_OUT = "left out of "


# ---------------------------------------------------------------- what is doubtful
def doubtful(tables):
    """A row for each event and claim that no person has read, and for each that was left out (COLUMNS), the least sure
    first: what its coders say, what the other coder has on the same line otherwise, and what each column rests on."""
    rows = [row for name, key, says in (("events", "event_id", SAYS), ("claims", "claim_id", CLAIMED))
            for row in rows_of(tables, name, key, says)]
    rows += [left_out(r) for r in tables["rejected"].to_dict("records")]
    data = pd.DataFrame(rows, columns=COLUMNS)
    titles = {d.doc_id: f"“{d.title}”, {d.outlet or 'unnamed outlet'}" for d in tables["documents"].itertuples()}
    data["article"] = [titles.get(doc_id, doc_id) for doc_id in data["article"]]
    return data.sort_values(["confidence", "article", "line", "row_id"], na_position="last", kind="stable",
                            ignore_index=True)


def rows_of(tables, name, key, says):
    """The rows of one table that no person has read."""
    why = tables["reasons"]
    why, left = why[why["rule"] != "coders"].groupby("row"), rejected_at(tables)
    printed = {(r.doc_id, r.line): r.text for r in tables["lines"].itertuples()}
    for row in tables[name].astype(object).to_dict("records"):
        if "hand" in row["coders"].split(";"):
            continue
        own = why.get_group(row[key]) if row[key] in why.groups else pd.DataFrame(columns=["column", "value", "basis"])
        bases = {r.column: r.basis for r in own.itertuples()}
        other = [f"{r.column}: {r.value}" for r in own.itertuples()
                 if r.column in says and str(row[r.column]) != r.value and r.value and str(row[r.column]) != "<NA>"]
        other += left.get((row["doc_id"], row["line"]), []) if name == "events" else []
        yield dict(zip(COLUMNS, (row[key], name, row["doc_id"], row["line"], row["confidence"], row["coders"],
                                 row.get("sentence") or row["text"],
                                 row.get("sentence") or printed.get((row["doc_id"], row["line"]), ""), short(row),
                                 " · ".join(dict.fromkeys(other)),
                                 ", ".join(f"{c}: {bases[c]}" for c in says if bases.get(c)) or f"rule {row['rule']}",
                                 ""), strict=True))


def rejected_at(tables):
    """{(article, line): the events that were left out there, in a few words}."""
    found = defaultdict(list)
    for r in tables["rejected"].itertuples():
        cells = json.loads(r.row) if is_json(r.row) else {}
        if "event" in cells:
            found[r.doc_id, r.line].append(short(cells))
    return found


def left_out(r):
    """A row of `rejected` as one to be decided."""
    cells = json.loads(r["row"]) if is_json(r["row"]) else {}
    table = "claims" if "attribute" in cells else "events"
    row_id = name_of(r["doc_id"], cells.get("line") or r["line"] or 0, r["quote"], r["row"])
    own = r["row"] if r["coder"] == "rules" and cells else ""  # what the text does not bear out cannot be taken in
    return dict(zip(COLUMNS, (row_id, LEFT_OUT + table, r["doc_id"], r["line"], None, r["coder"], r["quote"], "",
                              short(cells), "", r["reason"], own), strict=True))


def is_json(cell):
    """True for a whole JSON object: a very long row is kept cut."""
    try:
        return isinstance(json.loads(cell), dict)
    except ValueError:
        return False


def short(row):
    """A row in a few words: who did what to whom, or what is said of which deal, and who says so."""
    cell = {c: "" if pd.isna(v) else str(v) for c, v in row.items() if not isinstance(v, list | dict)}
    get = cell.get
    days = " to ".join(dict.fromkeys(get(c) or "open" for c in ("date_from", "date_to")))
    figures = " to ".join(dict.fromkeys(f"{int(get(c)):,}" for c in ("low", "high") if get(c, "").isdigit()))
    if "attribute" in cell:
        parts = [f"{get('attribute').replace('_', ' ')}, {get('stance')}", f"{get('supplier')} to {get('recipient')}"]
    else:
        parts = [f"{get('source')} {get('event')} {get('target')}".strip(), get("status"), days]
    said = f"said by {get('speaker')}" if get("speaker") else "told by the outlet itself"
    return "; ".join(filter(None, [*parts, get("weapon"), figures, said]))


def shown(row):
    """One doubtful row as Html: words before codes."""
    sure = "" if pd.isna(row["confidence"]) else f", of which {row['confidence']:.0%} were right where it was measured"
    around = f" <i>in</i> {plain(cut(row['sentence'], 500))}" if row["sentence"] not in ("", row["words"]) else ""
    parts = [f"<b>{plain(row['words'])}</b>{around}", plain(row["says"])]
    parts += [f"Otherwise: {plain(row['otherwise'])}"] if row["otherwise"] else []
    small = [f"{row['article']}, line {row['line']}; {row['table']}, by {row['coders']}{sure}",
             f"Rests on: {row['rests_on']}", row["row_id"]]
    return Html("<p>" + "<br>".join([*parts, *(f"<small>{plain(s)}</small>" for s in small)]) + "</p>")


# ---------------------------------------------------------------- what a person decides
def decide(folder, row, decision, reason, column="", was="", value=""):
    """Adds one decision to the corrections beside the articles of `folder`: `confirmed` or `withdrawn` of a whole row,
    or `corrected` with a column; a row that was left out is taken in where it is confirmed. Returns the path. Raises
    ValueError for what no correction can say."""
    out_of = row.get("table", "").startswith(LEFT_OUT)
    if out_of and decision != "confirmed":
        raise ValueError("is in no table: accept it to take it in, or skip it")
    lines = [[row["row_id"], column, was, value, reason]] if decision == "corrected" else [
        [row["row_id"], "row", "", decision, reason]]
    lines = list(taken_in(row, reason)) if out_of else lines
    for line in lines:
        if fault := corrections.fault_of(dict(zip(corrections.COLUMNS, line, strict=True)), codebook.load()):
            raise ValueError(fault)
    path = Path(folder) / CORRECTIONS
    with path.open("a+", encoding="utf-8", newline="") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if any(known[:2] == line[:2] for known in csv.reader(file) for line in lines):
            raise ValueError(f"{path.name} has a decision on this already; change it there")
        out = csv.writer(file, lineterminator="\n")
        if file.tell() == 0:
            out.writerow(corrections.COLUMNS)
        out.writerows(lines)
    return path


def taken_in(row, reason):
    """The corrections that add a row that was left out; raises ValueError for one that the text does not bear out."""
    if not row["cells"]:
        raise ValueError("the text does not bear it out, so it cannot be taken in")
    cells, claim = json.loads(row["cells"]), row["table"].endswith("claims")
    yield [row["row_id"], "row", "", corrections.NEW_CLAIM if claim else corrections.NEW_EVENT, reason]
    yield [row["row_id"], corrections.QUOTE, "", row["words"], reason]
    for column in corrections.CLAIMS if claim else corrections.EVENTS:
        if column in cells and column not in ("repeats", "edtf"):
            yield [row["row_id"], column, "", str(cells[column]), reason]


def widget(tables, folder):
    """The doubtful rows of `tables` one by one in JupyterLab, with buttons (ipywidgets); each decision goes at once to
    the corrections beside the articles of `folder`."""
    return Review(tables, folder).box


class Review:
    """The buttons, and what a click on them does."""

    def __init__(self, tables, folder):
        w = widgets()
        self.tables, self.folder, self.at = tables, folder, 0
        self.rows = doubtful(tables).to_dict("records")
        self.sentence, self.said = w.HTML(), w.HTML()
        self.column, self.value = w.Dropdown(description="column"), w.Text(description="is")
        self.reason = w.Text(description="because", placeholder="your reason")
        self.buttons = {name: w.Button(description=name) for name in ("accept", "correct", "reject", "skip")}
        for button in self.buttons.values():
            button.on_click(self.clicked)
        self.box = panel([self.sentence, w.HBox([self.column, self.value]), self.reason,
                          w.HBox(list(self.buttons.values())), self.said])
        self.show()

    def show(self):
        """Shows the next row, or that none is left."""
        done = self.at >= len(self.rows)
        for button in self.buttons.values():
            button.disabled = done
        if done:
            self.sentence.value = "No row is left."
            return
        row = self.rows[self.at]
        self.sentence.value = f"<p>{self.at + 1} of {len(self.rows)}</p>{shown(row)}"
        self.column.options = CLAIMED if row["table"] == "claims" else SAYS
        self.column.index = 0

    def clicked(self, button):
        """Keeps what a person has decided, and goes on; says what is wrong where it cannot be kept."""
        decision = {"accept": "confirmed", "correct": "corrected", "reject": "withdrawn"}.get(button.description)
        try:
            kept = self.keep(decision) if decision else ""
        except (ValueError, OSError) as error:
            self.said.value = plain(str(error))
            return
        self.said.value, self.at = plain(kept), self.at + 1
        self.reason.value = self.value.value = ""
        self.show()

    def keep(self, decision):
        """What is said of a decision that was kept."""
        row, column = self.rows[self.at], self.column.value
        key = "claim_id" if row["table"] == "claims" else "event_id"
        was = ""
        if decision == "corrected" and row["table"] in self.tables:
            known = self.tables[row["table"]].set_index(key).loc[row["row_id"], column]
            was = "" if pd.isna(known) else known
        path = decide(self.folder, row, decision, self.reason.value, column, str(was), self.value.value)
        return f"kept in {path.name}; the next run reads it"
