"""Refuses a broken codebook before anything is coded: file, row, column, what is wrong and what to do."""
import csv
import io
import re
from functools import lru_cache

import pandas as pd

from . import patterns
from .calendars import first_day, last_day

SAVE = "save it as CSV, UTF-8, one header line"
SPECIAL = re.compile(r"[()\[\]{}*+?\\^$]")  # signs that a list of words must not have: it becomes part of a pattern
GROUPS = {"quantities": ("n", "batch"), "annual": ("y",)}  # file -> groups, one of which a pattern names
# How the patterns of a file match: whole words, but for names that a hyphen may precede, and for whole lines.
BOUNDS = {"weapons": (r"(?<![\w-])", r"(?!\w)"), "boilerplate": (r"\A", r"\Z")}


class CodebookError(ValueError):
    """A codebook file is broken; the message names file, row, what is wrong and what to do."""


# ---------------------------------------------------------------- files
def read_csv(path):
    """One CSV file as a table of strings, empty cells as ''. Raises CodebookError, naming the row."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CodebookError(f"{path.name}: missing in {path.parent.name}/; restore it from the project") from None
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read ({error.strerror}); restore it from the project") from None
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name}: byte {error.start} is no UTF-8; {SAVE}") from None
    rows = list(rows_of(path.name, text))
    if not rows:
        raise CodebookError(f"{path.name}: empty; {SAVE}")
    header = rows[0][1]
    check_header(path.name, header)
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            raise CodebookError(f"{path.name} row {number}: {len(cells)} cells, and {len(header)} in the header; put "
                                "a cell that holds a comma between quotation marks")
    return pd.DataFrame([cells for _, cells in rows[1:]], columns=header, dtype="str",
                        index=[number for number, _ in rows[1:]])


def rows_of(name, text):
    """(row number, cells) of each row of a CSV file that is not blank; a cell never runs over the end of its line."""
    lines, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in lines:
            if lines.line_num > before + 1 and cells:
                raise CodebookError(f"{name} row {before + 1}: a quotation mark opens a cell that goes on over "
                                    f"{lines.line_num - before} lines; close or delete it")
            before = lines.line_num
            if any(cells):
                yield before, cells
    except csv.Error as error:
        raise CodebookError(f"{name} row {before + 1}: a stray quotation mark ({error}); double or delete it, and "
                            f"{SAVE}") from None


def check_header(name, header):
    """Raises CodebookError for columns that are parted by something else than commas, or that stand twice."""
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        sign = "semicolons" if ";" in header[0] else "tabs"
        raise CodebookError(f"{name}: its columns are parted by {sign}; save it with commas ('CSV UTF-8, "
                            "comma delimited')")
    twice = [c for c in header if header.count(c) > 1]
    if twice:
        raise CodebookError(f"{name}: column {twice[0]!r} stands twice in the header line; rename or delete one")


# ---------------------------------------------------------------- cells
def check_file(name, table, shape, files):
    """Header, values and patterns of one file are as `shape` (its rows of codebook.csv) has them; `files` are the
    others, to which cells refer. Raises CodebookError at the first fault."""
    lacking = [c for c in shape.column if c not in table.columns]
    if table.empty:
        raise CodebookError(f"{name}.csv: no rows; restore it from the project")
    if lacking:
        raise CodebookError(f"{name}.csv: no column {', '.join(lacking)}; add it to the header line")
    for column, values in zip(shape.column, shape["values"], strict=True):
        check_column(name, table[column], values, files)
    if {"since", "until"} <= set(table.columns):
        check_order(name, table)
    if {"pattern", "example"} <= set(table.columns):
        check_patterns(name, table)


def check_column(name, cells, values, files):
    """Each cell of a column is what `values` allows: `required`, `key` (no two alike), `day`, `number`, `range`,
    `country`, `words`, `ref FILE.COLUMN` (as there; `ref?` also empty), `rows A B ...` (at least these), or one of
    the words given."""
    kind, _, rest = values.partition(" ")
    kind = kind if not rest or kind in ("ref", "ref?", "rows") else "one of"
    others = set()
    if kind in ("ref", "ref?"):
        file, _, column = rest.partition(".")
        others = set(files[file][column]) if column in files[file] else set()
    seen = set()
    for number, cell in cells.items():
        fault = fault_of(cell, kind, values, others, seen, rest)
        if fault:
            raise CodebookError(f"{name}.csv row {number}: {cells.name} {fault}")
        seen.add(cell)
    lost = [row for row in rest.split() if row not in seen] if kind == "rows" else []
    if lost:
        raise CodebookError(f"{name}.csv: no row {lost[0]!r}; restore it from the project")


def fault_of(cell, kind, values, others, seen, rest):
    """What is wrong with one cell, with a remedy; '' where nothing is."""
    if kind in PLAIN:
        return PLAIN[kind](cell)
    if kind in ("required", "key", "rows", "ref") and not cell:
        return "is empty; fill it in"
    if kind in ("key", "rows") and cell in seen:
        return f"{cell!r} stands twice; delete or rename one row"
    if kind in ("ref", "ref?") and cell and cell not in others:
        return f"{cell!r} is not in {rest}; mend it, or add it there"
    allowed = values.split()
    if kind == "one of" and cell not in [a.strip("'") for a in allowed]:
        return f"{cell!r} is not one of {', '.join(allowed)}"
    return ""


def no_day(cell):
    """What is wrong with a day, month or year; '' where it is one, or empty."""
    if not re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", cell, re.ASCII):
        return f"{cell!r} is no date; write 2007-02-15, 2007-02 or 2007"
    try:
        first_day(cell), last_day(cell)
    except ValueError:
        return f"{cell!r} is a day that no calendar has; mend it"
    return ""


def no_words(cell):
    """What is wrong with a list of words between bars; '' where nothing is."""
    if any(not word.strip() for word in cell.split("|")):
        return f"{cell[-30:]!r} has a bar with no word beside it; delete the bar"
    found = SPECIAL.search(cell)
    return f"holds {found[0]!r}: it lists words and no patterns; delete the sign" if found else ""


def lacks(pattern, remedy):
    """A check that a cell is as the pattern has it."""
    return lambda cell: "" if re.fullmatch(pattern, cell, re.ASCII) else f"{cell!r} {remedy}"


PLAIN = {"day": no_day, "words": no_words,
         "number": lacks(r"\d*(?:\.\d+)?", "is no number; write 12"),
         "range": lacks(r"\d{1,2}-\d{1,2}", "is no range; write 1-3"),
         "country": lacks(r"[A-Z][A-Z0-9]{2}", "is no code of three capitals; write RUS")}


def check_order(name, table):
    """Raises CodebookError for a row that ends before it begins."""
    for number, since, until in zip(table.index, table.since, table.until, strict=True):
        if since and until and last_day(until) < first_day(since):
            raise CodebookError(f"{name}.csv row {number}: until {until!r} lies before since {since!r}; mend one")


# ---------------------------------------------------------------- patterns
@lru_cache(maxsize=None)
def compile_pattern(pattern, file=""):
    """A regular expression that matches `pattern` as that file's patterns do (see BOUNDS)."""
    before, after = BOUNDS.get(file, (r"(?<!\w)", r"(?!\w)"))
    return re.compile(f"{before}(?:{pattern}){after}")


def check_patterns(name, table):
    """Each pattern finds its example and not its counter-example, names the groups that are read, and cannot be made
    slow; else raises CodebookError."""
    for row in table.itertuples():
        at = f"{name}.csv row {row.Index}: pattern {row.pattern!r}"
        try:
            regex = compile_pattern(row.pattern, name)
        except (re.error, OverflowError) as error:
            raise CodebookError(f"{at} is broken ({error}); mend it") from None
        if slow := patterns.slow(row.pattern, name == "boilerplate"):
            raise CodebookError(f"{at} can be made slow: {slow}")
        if row.example and not regex.search(row.example):
            raise CodebookError(f"{at} misses its example {row.example!r}; mend one")
        if row.not_example and regex.search(row.not_example):
            raise CodebookError(f"{at} matches {row.not_example!r}, which it must not; mend one")
        if regex.search(""):
            raise CodebookError(f"{at} matches the empty text, so everywhere; mend it")
        if name in GROUPS and not set(GROUPS[name]) & set(regex.groupindex):
            raise CodebookError(f"{at} names no group (?P<{GROUPS[name][0]}>...); add it")
