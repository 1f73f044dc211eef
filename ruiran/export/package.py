"""A Frictionless Data Package (version 1): the tables as CSV, and their dictionary as its schemas."""
import json

from .. import store, tables

FILE, NAME = "datapackage.json", "ruiran"
TYPES = {"string": "string", "day": "date", "Int64": "integer", "boolean": "boolean", "share": "number"}
# A column that bears the name of another table's key refers to it; these refer to a key of another name.
REFER = {("events", "repeats"): ("events", "event_id"), ("acts", "act"): ("events", "event_id")}
DESCRIPTION = " ".join("""Events, claims and deals coded from news articles; every row names the words that it rests on.
An empty cell is missing: none is given, never zero. Days are ISO 8601; `_from` and `_to` are the first and the last day
possible, empty where open. Several values in a cell are joined by `;`. `start` and `end` count the characters (Unicode
code points) of the article's text without byte-order mark, its lines ended by one line feed.
A text that begins with `=`, `+`, `-`, `@`, a tab or a line end has an apostrophe before it, so that no spreadsheet runs
it, and one that begins with apostrophes and then such a sign one more: `escape` says how to undo it.""".split())
LICENCE = {"name": "MIT", "path": "https://opensource.org/license/mit",
           "title": "MIT License: the coding; words quoted from the articles belong to their publishers"}


def write(book, data, folder, others=()):
    """Writes the tables (rows by name) into a folder as CSV, and datapackage.json, which describes them and `others`,
    files that stand there: (name, description, columns, delimiter); returns the names of all files but that."""
    keys = keys_of(book)
    resources = [table(book, name, rows, folder, keys) for name, rows in data.items()]
    resources += [other(folder / name, *told) for name, *told in others]
    sources = [{"title": f"{row['label']}: {row['title']} ({row['file']})"} for row in data["documents"]]
    package = {"profile": "data-package", "name": NAME, "title": "ruiran: an arms relationship coded from news",
               "description": DESCRIPTION, "licenses": [LICENCE], "sources": sources, "resources": resources,
               "escape": {"pattern": store.ESCAPED, "replacement": r"\1"}}
    (folder / FILE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [part["path"] for part in resources]


def keys_of(book):
    """{column: the table whose key it is}."""
    return {row.column: row.table for row in book.rows("tables") if row.values == "key"}


def about(path, profile="data-resource"):
    """What a descriptor says of any file."""
    return {"profile": profile, "name": path.stem.replace("_", "-"), "path": path.name, "encoding": "utf-8",
            "bytes": path.stat().st_size, "hash": f"sha256:{store.digest(path)}"}


def tabular(path, schema, delimiter=","):
    """What a descriptor says of a file of cells."""
    dialect = {"delimiter": delimiter, "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    return {**about(path, "tabular-data-resource"), "format": path.suffix[1:], "dialect": dialect,
            "schema": {"missingValues": [""], **schema}}


def other(path, told, columns, delimiter):
    """What a descriptor says of a file beside the tables, the columns of which, if it has any, are texts."""
    schema = {"fields": [{"name": column, "type": "string"} for column in columns]}
    return {**(tabular(path, schema, delimiter) if columns else about(path)), "description": told}


def table(book, name, rows, folder, keys):
    """Writes one table, and says what a descriptor says of it."""
    path, shape = folder / f"{name}.csv", tables.columns_of(book, name)
    store.write_table(book, rows, path)
    schema = {"fields": [field(row) for row in shape.values()]}
    if own := [column for column in shape if keys.get(column) == name]:
        schema["primaryKey"] = own
    if links := [key(name, column, *at) for column in shape if (at := target(name, column, keys))]:
        schema["foreignKeys"] = links
    return tabular(path, schema)


def target(name, column, keys):
    """(table, column) that a column refers to; None for none."""
    named = (keys[column], column) if keys.get(column, name) != name else None
    return REFER.get((name, column), named)


def key(name, column, table, its):
    """A foreign key; '' stands for the table itself."""
    return {"fields": column, "reference": {"resource": "" if table == name else table, "fields": its}}


def field(row):
    """A column by its row of the dictionary."""
    told = {"name": row.column, "type": TYPES[row.type], "description": row.meaning}
    allowed, limits = tables.allowed_by(row.values), {}
    if row.values and "" not in allowed:
        limits["required"] = True
    if allowed:
        limits["enum"] = [value for value in row.values.split() if value in allowed]
    if row.values == "key":
        limits["unique"] = True
    if row.type == "share":
        limits |= {"minimum": 0, "maximum": 1}
    if row.type == "boolean":
        told |= {"trueValues": ["True"], "falseValues": ["False"]}
    return told | ({"constraints": limits} if limits else {})
