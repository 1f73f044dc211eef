"""Checks every table against the one dictionary, data/codebook/tables.csv, and writes it."""
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

DAY = r"^\d{4}-\d{2}-\d{2}$"
TYPES = {"string": "string", "day": "string", "Int64": "Int64", "boolean": "boolean"}


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
    data = pd.DataFrame(rows, columns=list(shape.column))
    for column, kind in zip(shape.column, shape.type, strict=True):
        values = data[column]
        if TYPES[kind] == "string":
            values = values.astype("object").fillna("")
        data[column] = values.astype(TYPES[kind])
    return check(book, table, data)


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
            checks.append(pa.Check.isin(row.values.split()))
        columns[row.column] = pa.Column(TYPES[row.type], checks, nullable=True, unique=row.values == "key")
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def write(tables, out, format="csv"):
    """One file a table into the folder `out`; `format` is csv or parquet."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for name, data in tables.items():
        if format == "parquet":
            data.to_parquet(out / f"{name}.parquet", index=False)
        else:
            data.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")


def read(book, folder):
    """The tables that `write` left in `folder`, checked."""
    names = dict.fromkeys(book["tables"]["table"])
    return {name: read_table(book, name, Path(folder) / f"{name}.csv") for name in names}


def read_table(book, name, path):
    """One table as `write` left it in a CSV file, with its types, checked."""
    data = pd.read_csv(path, dtype=str, keep_default_na=False)
    shape = columns_of(book, name)
    for column, kind in zip(shape.column, shape.type, strict=True):
        if kind == "boolean":
            data[column] = data[column].map({"True": True, "False": False})
        elif kind == "Int64":
            data[column] = pd.to_numeric(data[column].mask(data[column] == ""))
    return frame(book, name, data.to_dict("records"))
