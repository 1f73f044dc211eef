"""Corrections by hand: a cell of an event changed for a reason. They name the event by its id, survive a rerun, and
fail when the event is no longer there or no longer says what they correct."""
import re
from pathlib import Path

from . import codebook, tables
from .codebook.checks import no_day
from .codebook.files import read_table
from .records import Reason, country_part

COLUMNS = ("event_id", "column", "was", "value", "reason")
CHANGEABLE = tuple("source event mode target stage date_from date_to edtf status weapon speaker".split())
WITHDRAWN = ("row", "withdrawn")  # column and value of a correction that takes the whole row back
EVENT_ID = re.compile(r".+-\d+-[0-9a-f]{8}")


class Stale(ValueError):
    """A correction that no longer fits what the rules say; the message names its row and what to do."""


def load(path, book=None):
    """The corrections in a CSV file with the columns COLUMNS, as a list of dicts; none for no path.

    Raises codebook.CodebookError for a missing file or column, an empty reason, a column that cannot be corrected, or a
    value that `book` (a Codebook; default: the project's) does not allow there.
    """
    if path is None:
        return []
    path = Path(path)
    table, book, seen = read_table(path), book or codebook.load(), set()
    lacking = [c for c in COLUMNS if c not in table.columns]
    if lacking:
        raise codebook.CodebookError(f"{path.name}: no column {', '.join(lacking)}; add it to the header line")
    fixes = [{**dict(zip(table.columns, row[1:], strict=True)), "row": row.Index} for row in table.rows]
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
    if column not in CHANGEABLE and (column, value) != WITHDRAWN:
        return f"{column!r} cannot be corrected: {', '.join(CHANGEABLE)}, row"
    if not fix["reason"]:
        return "has no reason; give one"
    if not EVENT_ID.fullmatch(fix["event_id"]):
        return f"event_id {fix['event_id']!r} is none; copy it from events.csv"
    if column in ("date_from", "date_to"):
        fault = no_day(value) or ("" if len(value) in (0, 10) else f"{value!r} is no whole day; write 2007-02-15")
        return fault and f"{column} {fault}"
    where, allowed = known_to(column, book)
    wrong = [v for v in value.split(";") if v and country_part(v) not in allowed]
    if where and (wrong or not value and column in ("event", "status", "source")):
        return f"{column} {value!r} is unknown to {where}; write it as there"
    return ""


def known_to(column, book):
    """(the files that list what may stand in a column of events, the values that they list); '' where anything may."""
    if column in ("source", "target"):
        return "actors.csv", {value for r in book.rows("actors") for value in (r.code, r.country)}
    if column == "weapon":
        return "weapons.csv", {r.code for r in book.rows("weapons")}
    if column == "mode":
        modes = {m.strip() for r in book.rows("plover") for m in r.modes.split("|")}
        return "events.csv and plover.csv", modes | {r.mode for r in book.rows("events")} | {"nominal"}
    if column in ("event", "status", "stage"):
        return "tables.csv", tables.allowed_by(tables.columns_of(book, "events")[column].values)
    return "", set()


def doc_id_of(fix):
    """The article that a correction is about: an event's id is that, its line and a digest."""
    return fix["event_id"].rsplit("-", 2)[0]


def check_articles(fixes, doc_ids):
    """Raises Stale for a correction of an article that is not there."""
    for fix in fixes:
        if doc_id_of(fix) not in doc_ids:
            raise Stale(f"corrections row {fix['row']}: no article {doc_id_of(fix)!r} in the folder; add the article, "
                        "or leave the row out of a run without it")


def applied(events, fixes, doc_id):
    """The Events of one article, corrected: each changed column has the reason of the hand. Raises Stale."""
    found = {e.event_id: e for e in events}
    mine = [f for f in fixes if doc_id_of(f) == doc_id]
    for fix in mine:
        event, column = found.get(fix["event_id"]), fix["column"]
        if event is None:
            raise Stale(f"corrections row {fix['row']}: no event {fix['event_id']} any more; "
                        "look for its sentence in events.csv, then name the new id or delete the row")
        if (column, fix["value"]) == WITHDRAWN:
            del found[fix["event_id"]]
            continue
        if str(getattr(event, column)) != fix["was"]:
            raise Stale(f"corrections row {fix['row']}: {column} of {fix['event_id']} is {getattr(event, column)!r}, "
                        f"not {fix['was']!r}; read the sentence again, mend or delete the row")
        why = "; ".join(filter(None, [event.corrected, fix["reason"]]))
        found[fix["event_id"]] = event.because(
            Reason(column, fix["value"], "corrections", basis=fix["reason"]), Reason("corrected", why, "corrections"))
    for fix in mine:
        event = found.get(fix["event_id"])
        if event and event.date_from and event.date_to and event.date_from > event.date_to:
            raise Stale(f"corrections row {fix['row']}: {fix['event_id']} then ends on {event.date_to}, before it "
                        f"begins on {event.date_from}; correct both days")
    return list(found.values())
