"""Refuses a broken codebook before anything is coded: file, row, column, what is wrong and what to do."""
import re

from . import patterns
from .calendars import first_day, last_day
from .files import CodebookError, compile_pattern

SPECIAL = re.compile(r"[()\[\]{}*+?\\^$]")  # signs that a list of words must not have: it becomes part of a pattern
# File -> groups, one of which a pattern names.
GROUPS = {"quantities": ("n", "batch"), "annual": ("y",), "outlets": ("name",)}


# ---------------------------------------------------------------- cells
def check_file(table, shape, files):
    """Header, values and patterns of one file are as `shape` (its rows of codebook.csv) has them; `files` are the
    others, to which cells refer. Raises CodebookError at the first fault."""
    lacking = [r.column for r in shape if r.column not in table.columns]
    if not table.rows:
        raise CodebookError(f"{table.file}.csv: no rows; restore it from the project")
    if lacking:
        raise CodebookError(f"{table.file}.csv: no column {', '.join(lacking)}; add it to the header line")
    for row in shape:
        check_column(table, row.column, row.values, files)
    if {"since", "until"} <= set(table.columns):
        check_order(table)
    if {"pattern", "example"} <= set(table.columns):
        check_patterns(table)


def check_column(table, column, values, files):
    """Each cell of a column is what `values` allows: `required`, `key` (no two alike), `day`, `number`, `range`,
    `country`, `words`, `ref FILE.COLUMN` (as there; `ref?` also empty), `rows A B ...` (at least these), or one of
    the words given."""
    kind, _, rest = values.partition(" ")
    kind = kind if not rest or kind in ("ref", "ref?", "rows") else "one of"
    others = set()
    if kind in ("ref", "ref?"):
        file, _, other = rest.partition(".")
        others = set(files[file][other]) if other in files[file].columns else set()
    seen = set()
    for row, cell in zip(table.rows, table[column], strict=True):
        fault = fault_of(cell, kind, values, others, seen, rest)
        if fault:
            raise CodebookError(f"{table.file}.csv row {row.Index}: {column} {fault}")
        seen.add(cell)
    lost = [row for row in rest.split() if row not in seen] if kind == "rows" else []
    if lost:
        raise CodebookError(f"{table.file}.csv: no row {lost[0]!r}; restore it from the project")


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


def check_order(table):
    """Raises CodebookError for a row that ends before it begins."""
    for row in table.rows:
        if row.since and row.until and last_day(row.until) < first_day(row.since):
            raise CodebookError(f"{table.file}.csv row {row.Index}: until {row.until!r} lies before since "
                                f"{row.since!r}; mend one")


# ---------------------------------------------------------------- patterns
def check_patterns(table):
    """Each pattern finds its example and not its counter-example, names the groups that are read, and cannot be made
    slow; else raises CodebookError."""
    name = table.file
    for row in table.rows:
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
