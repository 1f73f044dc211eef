"""Corrections by hand: a cell of an event changed for a reason. They name the event by its id, survive a rerun, and
fail when the event is no longer there or no longer says what they correct."""
from . import codebook

COLUMNS = ("event_id", "column", "was", "value", "reason")
CHANGEABLE = tuple("source event mode target stage date_from date_to edtf status weapon speaker".split())
WITHDRAWN = ("row", "withdrawn")  # column and value of a correction that takes the whole row back


class Stale(ValueError):
    """A correction that no longer fits what the rules say; the message names its row and what to do."""


def load(path):
    """The corrections in a CSV file with the columns COLUMNS, as a list of dicts; none for no path.

    Raises codebook.CodebookError for a missing file or column, an empty reason, or a column that cannot be corrected.
    """
    if path is None:
        return []
    table = codebook.read_csv(path)
    lacking = [c for c in COLUMNS if c not in table.columns]
    if lacking:
        raise codebook.CodebookError(f"{path.name}: no column {', '.join(lacking)}; add it to the header line")
    fixes = [{**row, "row": number} for number, row in enumerate(table.to_dict("records"), 2)]
    for fix in fixes:
        check(path.name, fix)
    return fixes


def check(name, fix):
    """Raises CodebookError where a correction has no reason or names no column that can be corrected."""
    known = fix["column"] in CHANGEABLE or (fix["column"], fix["value"]) == WITHDRAWN
    if not known or not fix["reason"]:
        wrong = "has no reason" if known else f"{fix['column']!r} cannot be corrected: {', '.join(CHANGEABLE)}, row"
        raise codebook.CodebookError(f"{name} row {fix['row']}: {wrong}")


def applied(rows, fixes, doc_id):
    """The rows of `events` of one article, corrected: each changed row has the reason in `corrected`. Raises Stale."""
    for fix in (f for f in fixes if f["event_id"].startswith(f"{doc_id}-")):
        row = next((r for r in rows if r["event_id"] == fix["event_id"]), None)
        if row is None:
            raise Stale(f"corrections row {fix['row']}: no event {fix['event_id']} any more; "
                        "look for its sentence in events.csv, then name the new id or delete the row")
        if (fix["column"], fix["value"]) == WITHDRAWN:
            rows = [r for r in rows if r is not row]
            continue
        if str(row[fix["column"]]) != fix["was"]:
            raise Stale(f"corrections row {fix['row']}: {fix['column']} of {fix['event_id']} is "
                        f"{row[fix['column']]!r}, not {fix['was']!r}; read the sentence again, mend or delete the row")
        row[fix["column"]] = fix["value"]
        row["corrected"] = "; ".join(filter(None, [row.get("corrected", ""), fix["reason"]]))
    return rows
