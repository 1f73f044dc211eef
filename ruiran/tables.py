"""Checks every table against the one dictionary, data/codebook/tables.csv."""
import re
from numbers import Integral

import pandas as pd
import pandera.pandas as pa

LARGEST = 2 ** 63 - 1
DAY = r"^\d{4}-\d{2}-\d{2}$"
TYPES = {"string": "string", "day": "string", "Int64": "Int64", "boolean": "boolean"}

READ = {"Int64": lambda cell: int(cell) if cell else None, "boolean": {"True": True, "False": False}.get}


class TableError(ValueError):
    """A table is not as the dictionary has it."""


def columns_of(book, table):
    """The dictionary's rows for one table, in order."""
    rows = book["tables"]
    return rows[rows["table"] == table]


def frame(book, table, rows):
    """Rows (dicts) as a checked DataFrame with the dictionary's columns and types. Raises TableError."""
    shape = columns_of(book, table)
    unknown = {key for row in rows for key in row} - set(shape.column)
    if unknown:
        raise TableError(f"{table}: no column {', '.join(sorted(unknown))} in codebook/tables.csv; describe it there")
    data = pd.DataFrame(rows, columns=list(shape.column), dtype=object)  # as floats, large numbers would be rounded
    for column, kind in zip(shape.column, shape.type, strict=True):
        values = data[column]
        if TYPES[kind] == "string":
            values = values.fillna("")
        data[column] = values.astype(TYPES[kind])
    return check(book, table, data)


def check_rows(book, table, rows):
    """Raises TableError for the first row (a dict) that the table cannot hold: one article is asked before all are put
    together, so that its odd row costs no other."""
    shape = {r.column: r for r in columns_of(book, table).itertuples()}
    for row in rows:
        for column, value in row.items():
            if column not in shape:
                raise TableError(f"{table}: no column {column} in codebook/tables.csv; describe it there")
            if not fits(value, shape[column].type, shape[column].values):
                raise TableError(f"{table}: {column} {str(value)[:40]!r}")


def fits(value, kind, allowed):
    """True where a cell is empty, or of its column's type and among the values that the column may have."""
    if value is None or value == "":
        return True
    if kind == "Int64":
        return isinstance(value, Integral) and -LARGEST <= value <= LARGEST
    if kind == "boolean":
        return isinstance(value, bool)
    if not isinstance(value, str) or kind == "day" and not re.fullmatch(DAY, value):
        return False
    return allowed in ("", "key", "ref") or value in allowed.split()


def check(book, table, data):
    """The same DataFrame, if it is as the dictionary has it; else TableError, naming row and column."""
    try:
        return schema(book, table).validate(data, lazy=False)
    except pa.errors.SchemaError as error:
        raise TableError(f"{table}: {error}") from None


def schema(book, table):
    """The pandera schema of one table."""
    columns = {}
    for row in columns_of(book, table).itertuples():
        checks = []
        if row.type == "day":
            checks.append(pa.Check.str_matches(rf"(?:{DAY})|^$"))
        if row.values not in ("", "key", "ref"):
            checks.append(pa.Check.isin([value.strip("'") for value in row.values.split()]))  # '' is the empty cell
        columns[row.column] = pa.Column(TYPES[row.type], checks, nullable=True, unique=row.values == "key")
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def typed(book, name, data):
    """A table of texts as a checked DataFrame with the dictionary's types."""
    shape = columns_of(book, name)
    for column, kind in zip(shape.column, shape.type, strict=True):
        if kind in READ:
            data[column] = data[column].astype(object).map(READ[kind])
    return frame(book, name, data.to_dict("records"))
