"""Checks every table against the one dictionary, data/codebook/tables.csv."""
import re
from collections import Counter
from functools import lru_cache
from numbers import Integral

LARGEST = 2 ** 63 - 1
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TYPES = {"string": "string", "day": "string", "Int64": "Int64", "boolean": "boolean",
         "share": "Float64"}

READ = {"Int64": lambda cell: int(cell) if cell else None, "boolean": {"True": True, "False": False}.get,
        "share": lambda cell: float(cell) if cell else None}


class TableError(ValueError):
    """A table is not as the dictionary has it."""


@lru_cache(maxsize=None)
def columns_of(book, table):
    """{column: its row of the dictionary} of one table, in order."""
    return {row.column: row for row in book.rows("tables") if row.table == table}


def frame(book, table, rows):
    """Rows (dicts) as a checked DataFrame with the dictionary's columns and types. Raises TableError."""
    import pandas as pd
    check(book, table, rows)
    shape = columns_of(book, table)
    data = pd.DataFrame(rows, columns=list(shape), dtype=object)  # as floats, large numbers would be rounded
    for column, told in shape.items():
        values = data[column].fillna("") if TYPES[told.type] == "string" else data[column]
        data[column] = values.astype(TYPES[told.type])
    return data


def check(book, table, rows):
    """Raises TableError for a row (a dict) that the table cannot hold, and for a key that stands twice: one article is
    asked before all are put together, so that its odd row costs no other."""
    shape = columns_of(book, table)
    if unknown := sorted({column for columns in set(map(tuple, rows)) for column in columns} - shape.keys()):
        raise TableError(f"{table}: no column {', '.join(unknown)} in codebook/tables.csv; describe it there")
    for column, told in shape.items():
        cells = [row.get(column) for row in rows]
        free = told.type == "string" and not allowed_by(told.values)
        if not (free and set(map(type, cells)) <= {str}):
            for _, cell in dict.fromkeys(zip(map(type, cells), cells, strict=True)):  # 1 and True are equal
                if not fits(cell, told):
                    raise TableError(f"{table}: {column} {str(cell)[:40]!r}")
        if told.values == "key" and len(set(cells)) < len(cells):
            raise TableError(f"{table}: {column} {Counter(cells).most_common(1)[0][0]!r} stands twice")


def fits(value, told):
    """True where a cell is of its column's type and among the values that the column may have; `told` is the column's
    row of the dictionary."""
    allowed = allowed_by(told.values)
    if value is None or value == "":
        return not allowed or "" in allowed
    if told.type == "Int64":
        return isinstance(value, Integral) and -LARGEST <= value <= LARGEST
    if told.type == "boolean":
        return isinstance(value, bool)
    if told.type == "share":
        return isinstance(value, float) and 0 <= value <= 1
    if not isinstance(value, str) or told.type == "day" and not DAY.fullmatch(value):
        return False
    return not allowed or value in allowed


@lru_cache(maxsize=None)
def allowed_by(values):
    """The texts that a column may have, '' for the empty cell; none where it may have any."""
    return frozenset() if values in ("key", "ref") else frozenset(value.strip("'") for value in values.split())


def rows_of(frame):
    """A DataFrame of a table as rows (dicts), None where a number or a truth is open."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def typed(book, table, rows):
    """Rows (dicts) of texts as a checked DataFrame with the dictionary's types."""
    read = {column: READ.get(told.type, str) for column, told in columns_of(book, table).items()}
    return frame(book, table, [{column: read[column](cell) for column, cell in row.items()} for row in rows])
