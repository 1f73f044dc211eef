"""The third reading of the five articles beside the tables: which corrections bring the tables to it, and how many.

Two readers coded the articles, each alone; a third, who saw no row of any program, decided where they differ
(`data/hand/adjudicated/`). `python -m ruiran.report.adjudicated` writes `data/hand/corrections.csv` anew from it.
"""
import csv

import pandas as pd

from .. import codebook, corrections, pipeline
from ..model import answers
from ..reading import corpus
from ..records import countries, name_of
from . import hand
from .progress import progress

FOLDER = hand.FOLDER / "adjudicated"
ANSWERS = codebook.FOLDER.parent / "answers"
RAW = codebook.FOLDER.parent / "raw"
CELLS = ("source event mode target stage form date_from date_to status weapon quantity_low quantity_high low high "
         "speaker repeats").split()
CLAIMED = "supplier recipient weapon low high speaker date_from date_to".split()
READ = "so read by both readers and by the third"


def read(table):
    """One table of the third reading, as strings: `events`, `claims`, `dropped_events` or `dropped_claims`."""
    return pd.read_csv(FOLDER / f"{table}.csv", dtype=str, keep_default_na=False)


# ---------------------------------------------------------------- which row is which
def plain(text):
    """A text with runs of white space made one space, in small letters."""
    return " ".join(text.split()).lower()


def likeness(row, wanted):
    """How like a coded event is to one of the third reading: 0 where they are not told in the same words, or have
    neither type nor sides in common."""
    if row["doc_id"] != wanted["doc_id"] or plain(wanted["quote"]) not in plain(row["sentence"]):
        return 0
    sides = [set(countries(row[c].split(";"))) == set(countries(wanted[c].split(";"))) for c in ("source", "target")]
    both = set(countries(f"{row['source']};{row['target']}".split(";"))) == set(
        countries(f"{wanted['source']};{wanted['target']}".split(";")))
    same = row["event"] == wanted["event"]
    if not same and not both:
        return 0
    return 4 * same + 2 * both + sum(sides) + sum(row[c] == wanted[c] for c in CELLS)


def claim_likeness(row, wanted):
    """As likeness, of claims: of one line, on the same of a deal and in the same sense."""
    if any(row[c] != wanted[c] for c in ("doc_id", "line", "attribute", "stance")):
        return 0
    said, read_ = plain(row["text"]), plain(wanted["quote"])
    return 1 + 4 * (said in read_ or read_ in said) + 2 * (row["weapon"] == wanted["weapon"]) + sum(
        row[c] == wanted[c] for c in CLAIMED)


def paired(rows, wanted, like=likeness):
    """[(coded row, row of the third reading)], the likest first, each once."""
    options = [(like(e, w), i, j) for i, e in enumerate(rows) for j, w in enumerate(wanted)]
    used, pairs = set(), []
    for how, i, j in sorted(options, key=lambda o: (-o[0], o[1], o[2])):
        if how and ("coded", i) not in used and ("read", j) not in used:
            used |= {("coded", i), ("read", j)}
            pairs.append((rows[i], wanted[j]))
    return pairs


# ---------------------------------------------------------------- what differs
def fixes(events, book):
    """The corrections (dicts of corrections.COLUMNS) that bring coded events (a DataFrame) to the third reading, which
    read each article by itself: that another article tells the act first is none of its concern."""
    coded = events.astype("string").fillna("").to_dict("records")
    for e in coded:
        e["repeats"] = e["repeats"] if e["repeats"].startswith(f"{e['doc_id']}-") else ""
    wanted = [{**w, "weapon": known(w["weapon"], book)} for w in read("events").to_dict("records")]
    pairs = paired(coded, wanted)
    names = {(w["doc_id"], w["n"]): e["event_id"] for e, w in pairs}
    for w in wanted:
        names.setdefault((w["doc_id"], w["n"]), name_of(w["doc_id"], w["line"], plain(w["quote"]), w["event"], w["n"]))
    for w in wanted:
        w["repeats"] = names.get((w["doc_id"], w["repeats"]), "")
    met = {e["event_id"]: w for e, w in pairs}
    rows = [fix for e in coded for fix in (changed(e["event_id"], e, met[e["event_id"]], CELLS) if e["event_id"] in met
                                           else [withdrawn(e["event_id"], e, "dropped_events")])]
    there = {names[w["doc_id"], w["n"]] for w in met.values()}
    return rows + [fix for w in wanted if (name := names[w["doc_id"], w["n"]]) not in there
                   for fix in added(name, w, corrections.NEW_EVENT, CELLS)]


def claim_fixes(claims, book):
    """The corrections that bring coded claims (a DataFrame) to the third reading."""
    coded = [{**c, corrections.QUOTE: c["text"]} for c in claims.astype("string").fillna("").to_dict("records")]
    wanted = [{**w, "weapon": known(w["weapon"], book)} for w in read("claims").to_dict("records")]
    pairs = paired(coded, wanted, claim_likeness)
    met, there = {c["claim_id"]: w for c, w in pairs}, [w for _, w in pairs]
    rows = [found for c in coded for found in (
        changed(c["claim_id"], c, met[c["claim_id"]], (*CLAIMED, corrections.QUOTE)) if c["claim_id"] in met
        else [withdrawn(c["claim_id"], c, "dropped_claims")])]
    return rows + [fix for w in wanted if w not in there for fix in added(
        name_of(w["doc_id"], w["line"], plain(w["quote"]), w["attribute"], w["n"]), w, corrections.NEW_CLAIM,
        ("attribute", "stance", *CLAIMED))]


def known(cell, book):
    """Systems by the codes of the codebook: 'diesel submarine' is 'submarine (unspecified)'."""
    kinds = book.keyed("weapons", "code")
    found = [w if w in kinds else next((r.code for r in book.near("weapons", w.replace(" (unspecified)", ""))
                                        if r.regex.fullmatch(w.replace(" (unspecified)", ""))), "")
             for w in cell.split(";") if w]
    return ";".join(dict.fromkeys(filter(None, found)))


def fix(row_id, column, was, value, reason):
    """One correction."""
    return dict(zip(corrections.COLUMNS, (row_id, column, was, value, reason), strict=True))


def changed(row_id, e, w, columns):
    """The corrections of a row that the third reading has; one that confirms it where every column is its own."""
    found = list(differing(row_id, e, w, columns))
    yield from found or [fix(row_id, "row", "", corrections.CONFIRMED, w["reason"] or READ)]


def differing(row_id, e, w, columns):
    """The corrections of the columns that the third reading has otherwise."""
    for column in columns:
        same = set(e[column].split(";")) == set(w[column].split(";")) if column in ("source", "target", "weapon") else (
            e[column] == w[column])
        if not same:
            yield fix(row_id, column, e[column], w[column], w["reason"] or READ)


def withdrawn(row_id, e, table):
    """The correction that takes back a row that the third reading does not have."""
    dropped = read(table)
    said = dropped[(dropped.doc_id == e["doc_id"]) & (dropped.line == str(e["line"]))].reason
    return fix(row_id, "row", "", corrections.WITHDRAWN, next(iter(said), "the third reading does not have it"))


def added(row_id, w, what, columns):
    """The corrections that add a row of the third reading."""
    reason = w["reason"] or READ
    yield fix(row_id, "row", "", what, reason)
    yield fix(row_id, corrections.QUOTE, "", w["quote"], reason)
    for column in columns:
        if w[column]:
            yield fix(row_id, column, "", w[column], reason)


# ---------------------------------------------------------------- how many
def coders():
    """{coder: the tables that it gives without a correction}: the rules alone, and both with each of the recorded
    answers."""
    book, found = codebook.load(), {"rules": answers.NONE}
    found |= {f"with {path.stem}": answers.read(path, book) for path in sorted(ANSWERS.glob("reader_*.jsonl"))}
    return {name: pipeline.code_folder(RAW, book, answers=given, over=progress) for name, given in found.items()}


def needed(events, book=None):
    """How many corrections coded events (a DataFrame) need, as a row of a table."""
    found = pd.DataFrame(fixes(events, book or codebook.load()), columns=corrections.COLUMNS)
    whole = found[(found.column == "row") & (found.value != corrections.CONFIRMED)]
    new = set(whole[whole.value == corrections.NEW_EVENT].event_id)
    cells = found[(found.column != "row") & ~found.event_id.isin(new)]
    untouched = len(events) - len(set(cells.event_id)) - (whole.value == corrections.WITHDRAWN).sum()
    return {"events": len(events), "right as they are": untouched, "withdrawn": (whole.value == "withdrawn").sum(),
            "added": len(new), "cells changed": len(cells), "in events": len(set(cells.event_id))}


def write():
    """Writes data/hand/corrections.csv, its rows in the order of article and line."""
    book = codebook.load()
    first = answers.read(sorted(ANSWERS.glob("reader_*.jsonl"))[0], book)
    found = fixes(pipeline.code_folder(RAW, book, answers=first)["events"], book)
    path = hand.FOLDER / "corrections.csv"
    save(found, path)
    # claims are drawn from events as they are once corrected
    given = corrections.load(path, book)
    found += claim_fixes(pipeline.code_folder(RAW, book, given, first)["claims"], book)
    save(found, path)
    return len(found)


def save(found, path):
    """Writes corrections, in the order of article and line."""
    order = {d.doc_id: n for n, d in enumerate(corpus.read_folder(RAW, codebook.load())[0])}
    found.sort(key=lambda f: (order[corrections.doc_id_of(f)], int(f["event_id"].split("-")[-2]), f["event_id"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, corrections.COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(found)


if __name__ == "__main__":
    print(f"{write()} corrections -> {hand.FOLDER / 'corrections.csv'}")
