"""Corrections by hand: a cell of an event or claim changed, a row withdrawn, confirmed or added, each for a reason.

They name a row by its id, survive a rerun, and fail when the row is no longer there or no longer says what they
correct.
"""
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from . import codebook, tables
from .codebook.checks import no_day
from .codebook.files import read_table
from .faults import printable
from .records import Claim, Event, Reason, country_part, edtf_of

COLUMNS = ("event_id", "column", "was", "value", "reason")  # `row` may stand for `event_id`: claims have names too
EVENTS = tuple("source event mode target stage form date_from date_to edtf status weapon quantity_low quantity_high "
               "low high speaker repeats".split())
CLAIMS = tuple("attribute stance supplier recipient weapon low high speaker date_from date_to".split())
CHANGEABLE = tuple(dict.fromkeys((*EVENTS, *CLAIMS)))
WITHDRAWN, CONFIRMED, NEW_EVENT, NEW_CLAIM = "withdrawn", "confirmed", "new event", "new claim"
WHOLE = (WITHDRAWN, CONFIRMED, NEW_EVENT, NEW_CLAIM)  # what may be said of a whole row, in column `row`
NEEDED = {NEW_EVENT: ("source", "event", "status"), NEW_CLAIM: ("supplier", "recipient", "attribute", "stance")}
NEVER_EMPTY = ("source", "event", "status", "form", "supplier", "recipient", "attribute", "stance")
QUOTE = "quote"     # column of a new row, or of a claim: the words on which it rests
NUMBERS = ("quantity_low", "quantity_high", "low", "high")
ROW_ID = re.compile(r".+-\d+-[0-9a-f]{8}", re.ASCII)
EDTF = re.compile(r"[0-9X./~?%-]*", re.ASCII)
SINGLE = ("event", "status", "stage", "form", "mode", "attribute", "stance", "supplier", "recipient")
HAND = "hand"


class Stale(ValueError):
    """A correction that no longer fits what the coders say; the message names its row and what to do."""


# ---------------------------------------------------------------- reading
def there(path):
    """The path; raises codebook.CodebookError where nothing is there."""
    if not path.exists():
        raise codebook.CodebookError(f"{path.name}: no such file of corrections; mend its name")
    return path


def load(path, book=None):
    """The corrections in a CSV file with the columns COLUMNS, as a list of dicts; none for no path.

    Raises codebook.CodebookError for a missing file or column, an empty reason, a column that cannot be corrected, or a
    value that `book` (a Codebook; default: the project's) does not allow there.
    """
    if path is None:
        return []
    path = Path(path)
    table, book, seen = read_table(there(path)), book or codebook.load(), set()
    names = ["event_id" if c == "row" else c for c in table.columns]
    if names.count("event_id") > 1:
        raise codebook.CodebookError(f"{path.name}: columns `row` and `event_id` are one; delete one of them")
    if lacking := [c for c in COLUMNS if c not in names]:
        raise codebook.CodebookError(f"{path.name}: no column {', '.join(lacking)}; add it to the header line")
    fixes = [{**dict(zip(names, row[1:], strict=True)), "row": row.Index, "file": str(path)} for row in table.rows]
    for fix in fixes:
        twice = (fix["event_id"], fix["column"]) in seen
        fault = "corrects a cell that a row above corrects; delete one" if twice else fault_of(fix, book)
        seen.add((fix["event_id"], fix["column"]))
        if fault:
            raise codebook.CodebookError(f"{path.name} row {fix['row']}: {fault}")
    return fixes


def fault_of(fix, book):
    """What is wrong with one correction, with a remedy; '' where nothing is."""
    column, value = fix["column"], fix["value"]
    if column not in (*CHANGEABLE, QUOTE, "row"):
        return f"{column!r} cannot be corrected: {', '.join((*CHANGEABLE, QUOTE))}, row"
    if column == "row" and value not in WHOLE:
        return f"row {value!r} is not one of {', '.join(WHOLE)}"
    if not fix["reason"]:
        return "has no reason; give one"
    if column == "row" and fix["was"]:
        return f"was {fix['was']!r}: nothing stood in column row; leave it empty"
    if not ROW_ID.fullmatch(fix["event_id"]):
        return f"event_id {fix['event_id']!r} is none; copy it from events.csv or claims.csv"
    return no_value(column, value, book)


def no_value(column, value, book):
    """What is wrong with a value of a column, with a remedy; '' where nothing is."""
    if column in ("date_from", "date_to"):
        fault = no_day(value) or ("" if len(value) in (0, 10) else f"{value!r} is no whole day; write 2007-02-15")
        return fault and f"{column} {fault}"
    if column in NUMBERS:
        return "" if re.fullmatch(r"\d{0,15}", value, re.ASCII) else f"{column} {value!r} is no whole number"
    if column == "edtf" and not EDTF.fullmatch(value):
        return f"edtf {value!r} is no date; write 2007-02-15 or 2007-02/2007-03"
    if column in ("speaker", "repeats") and not value.isprintable():
        return f"{column} holds signs that do not show; delete them"
    if column in SINGLE and ";" in value or value != ";".join(filter(None, value.split(";"))) and column != QUOTE:
        return f"{column} {printable(value)!r}: write one value, or one `;` between several where there may be"
    where, allowed = known_to(column, book)
    part = country_part if column in ("source", "target", "supplier", "recipient") else str
    wrong = [v for v in value.split(";") if v and part(v) not in allowed]
    if where and (wrong or not value and column in NEVER_EMPTY):
        return f"{column} {value!r} is unknown to {where}; write it as there"
    return ""


def known_to(column, book):
    """(the files that list what may stand in a column, the values that they list); '' where anything may."""
    if column in ("source", "target", "supplier", "recipient"):
        return "actors.csv", {value for r in book.rows("actors") for value in (r.code, r.country)}
    if column == "weapon":
        return "weapons.csv", {r.code for r in book.rows("weapons")}
    if column == "mode":
        return "events.csv and plover.csv", book.modes | {r.mode for r in book.rows("events")} | {"nominal"}
    for table, columns in (("events", ("event", "status", "stage", "form")), ("claims", ("attribute", "stance"))):
        if column in columns:
            return "tables.csv", tables.allowed_by(tables.columns_of(book, table)[column].values)
    return "", set()


def doc_id_of(fix):
    """The article that a correction is about: a row's id is that, its line and a digest."""
    return fix["event_id"].rsplit("-", 2)[0]


def check_articles(fixes, doc_ids):
    """Raises Stale for a correction of an article that is not there."""
    for fix in fixes:
        if doc_id_of(fix) not in doc_ids:
            raise Stale(f"{said(fix)}: no article {doc_id_of(fix)!r} in the folder; add the article, "
                        "or leave the row out of a run without it")


def said(fix):
    """How a message names a correction."""
    return f"{printable(fix['file'])} row {fix['row']}"


# ---------------------------------------------------------------- applying
def applied(rows, fixes, doc_id, table, place):
    """The Events or Claims (`table`) of one article, corrected: each changed cell has the reason of the hand.

    `place` gives the fields that say where a new row is told, from its id and words, or raises ValueError. Corrections
    of the other table are left for it. Raises Stale.
    """
    for file in dict.fromkeys(f["file"] for f in fixes):  # a file may correct what the one before it says
        rows = by_file(rows, [f for f in fixes if f["file"] == file], doc_id, table, place)
    return rows


def by_file(rows, fixes, doc_id, table, place):
    """The rows with the corrections of one file."""
    name, columns = ("event_id", EVENTS) if table == "events" else ("claim_id", CLAIMS)
    found = {getattr(r, name): r for r in rows}
    for row_id, mine in by_row(fixes, doc_id).items():
        new = next((f for f in mine if f["column"] == "row" and f["value"] in (NEW_EVENT, NEW_CLAIM)), None)
        if new is not None and new["value"] == (NEW_EVENT if table == "events" else NEW_CLAIM):
            if row_id in found:
                raise Stale(f"{said(new)}: the coders have {row_id} now; delete the rows that add it")
            found[row_id] = added(mine, new, row_id, columns, place)
        elif new is None and row_id in found:
            found[row_id] = corrected(found[row_id], mine, columns, place)
    kept = {key: r for key, r in found.items() if r is not None}
    if table == "events":
        kept = {key: untold(e, kept, rows) for key, e in kept.items()}
    return sorted(kept.values(), key=lambda r: (r.start, getattr(r, name)))


def untold(e, kept, rows):
    """The event; where the hand has withdrawn the one that it tells again, it tells it for the first time."""
    if not e.repeats or e.repeats in kept and e.repeats != e.event_id:
        return e
    if e.repeats in {r.event_id for r in rows}:
        return e.because(Reason("repeats", "", "corrections", basis=f"{e.repeats} is withdrawn"))
    raise Stale(f"repeats of {e.event_id} names {e.repeats}, which is no other event of the article; mend the row")


def check_used(fixes, doc_id, events, claims):
    """Raises Stale for a correction of an article that names no row of it; `events` and `claims` are the ids before any
    was withdrawn."""
    for row_id, mine in by_row(fixes, doc_id).items():
        new = any(f["column"] == "row" and f["value"] in (NEW_EVENT, NEW_CLAIM) for f in mine)
        if not new and row_id not in events and row_id not in claims:
            raise Stale(f"{said(mine[0])}: no event {row_id} any more, and no claim; look for its sentence in "
                        "events.csv, then name the new id or delete the row")


def by_row(fixes, doc_id):
    """{id: the corrections of that row} of one article."""
    found = defaultdict(list)
    for fix in fixes:
        if doc_id_of(fix) == doc_id:
            found[fix["event_id"]].append(fix)
    return found


def corrected(row, mine, columns, place):
    """The row with its corrections; None for one that is withdrawn. Raises Stale."""
    for fix in mine:
        column = "text" if fix["column"] == QUOTE and isinstance(row, Claim) else fix["column"]
        if column not in ("row", "text", *columns):
            raise Stale(f"{said(fix)}: {fix['event_id']} has no column {column}")
        if column != "row" and as_text(getattr(row, column)) != fix["was"]:
            raise Stale(f"{said(fix)}: {column} of {fix['event_id']} is {as_text(getattr(row, column))!r}, "
                        f"not {fix['was']!r}; read the sentence again, mend or delete the row")
    if any((f["column"], f["value"]) == ("row", WITHDRAWN) for f in mine):
        return None
    for fix in mine:
        row = resting(row, fix, place) if fix["column"] == QUOTE else row
    return by_hand(row, mine, row.coders if HAND in row.coders else ";".join(filter(None, (row.coders, HAND))))


def resting(claim, fix, place):
    """The claim, resting on other words of its article. Raises Stale where they do not stand there."""
    at = where_of(fix["event_id"], fix["value"], fix, place)
    reason = Reason("text", at["text"], "corrections", at["text"], at["start"], at["end"], fix["reason"])
    return replace(claim, line=at["line"], start=at["start"], end=at["end"]).because(reason)


def where_of(row_id, quote, fix, place):
    """Where the words of a correction stand. Raises Stale where they do not."""
    try:
        return place(row_id, quote)
    except ValueError as error:
        raise Stale(f"{said(fix)}: {error}; give the words of the article in a row for column {QUOTE!r}") from None


def added(mine, new, row_id, columns, place):
    """The row that the hand adds. Raises Stale where its words do not stand in the article."""
    quote = next((f["value"] for f in mine if f["column"] == QUOTE), "")
    where = where_of(row_id, quote, new, place)
    if odd := [f["column"] for f in mine if f["column"] not in (*columns, QUOTE, "row")]:
        raise Stale(f"{said(new)}: a {new['value']} has no column {', '.join(odd)}; delete the row")
    needed = NEEDED[new["value"]]
    if lacking := [c for c in needed if not any(f["column"] == c and f["value"] for f in mine)]:
        raise Stale(f"{said(new)}: a {new['value']} needs {', '.join(lacking)}; give each in a row of its own")
    if new["value"] == NEW_EVENT:
        row = Event(**where)
    else:
        row = Claim(**where, attribute="", speaker="", via=(), weapon="", supplier="", recipient="", rule=HAND)
    blank = [Reason(c, None if c in NUMBERS else "verbal" if c == "form" else "", HAND) for c in columns]
    return by_hand(row.because(*blank, Reason("rule", HAND, HAND)), mine, HAND)


def by_hand(row, mine, coders):
    """The row with the cells that the hand gives it. Raises Stale for days in the wrong order."""
    changed = [Reason(f["column"], as_value(f["column"], f["value"]), "corrections", basis=f["reason"])
               for f in mine if f["column"] not in ("row", QUOTE)]
    why = "; ".join(dict.fromkeys(filter(None, [row.corrected, *(f["reason"] for f in mine)])))
    row = row.because(*changed, Reason("corrected", why, "corrections"), Reason("coders", coders, "corrections"),
                      Reason("confidence", None, "corrections", basis="read by hand"))
    days = {f["column"] for f in mine} & {"date_from", "date_to"}
    if days and "edtf" not in {f["column"] for f in mine} and hasattr(row, "edtf"):
        row = row.because(Reason("edtf", edtf_of(row.date_from, row.date_to), "corrections"),
                          Reason("date_basis", HAND, "corrections"))
    for low, high in (("low", "high"), ("quantity_low", "quantity_high")):
        ends = getattr(row, low, None), getattr(row, high, None)
        if None not in ends and ends[0] > ends[1]:
            raise Stale(f"{said(mine[-1])}: {low} {ends[0]:,} is above {high} {ends[1]:,}; correct both")
    if row.date_from and row.date_to and row.date_from > row.date_to:
        raise Stale(f"{said(mine[-1])}: {mine[-1]['event_id']} then ends on {row.date_to}, before it "
                    f"begins on {row.date_from}; correct both days")
    return row


def as_value(column, cell):
    """A cell of the file as a value of its column."""
    return (int(cell) if cell else None) if column in NUMBERS else cell


def as_text(value):
    """A value as the file writes it."""
    return "" if value is None else str(value)
