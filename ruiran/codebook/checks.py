"""Refuses a broken codebook before anything is coded: file, row, column, what is wrong and what to do."""
import re

from . import patterns
from .calendars import first_day, last_day
from .files import compile_pattern, nearest

SPECIAL = re.compile(r"[()\[\]{}*+?\\^$]")  # signs that a list of words must not have: it becomes part of a pattern
MOST = 20  # faults of one file that are said; it may have been saved in a wrong form
# File -> groups, one of which a pattern names.
GROUPS = {"quantities": ("n", "batch"), "annual": ("y",), "outlets": ("name",)}


# ---------------------------------------------------------------- files and columns
def header_faults(table, shape):
    """What is wrong with the columns of a file, of which `shape` has the rows of codebook.csv: that one is unknown, or
    lacking."""
    known = [r.column for r in shape]
    for column in table.columns:
        if column not in known:
            yield f"{table.file}.csv: column {column!r} is unknown{nearest(column, known)}; rename or delete it"
    if lacking := [column for column in known if column not in table.columns]:
        yield f"{table.file}.csv: no column {', '.join(lacking)}; add it to the header line"


def faults_of(table, shape, files):
    """What is wrong with one file, a line each: its values and patterns are as `shape` (its rows of codebook.csv) has
    them, no two rows have one key, and no row ends before it begins; `files` are those to which cells can refer."""
    if not table.rows:
        return [f"{table.file}.csv: no rows; restore it from the project"]
    found = [fault for row in shape for fault in column_faults(table, row.column, row.values, files)]
    found += key_faults(table, [r for r in files["overlay"].rows if r.file == table.file] if "overlay" in files else [])
    if {"since", "until"} <= set(table.columns):
        found += order_faults(table)
    if {"pattern", "example"} <= set(table.columns):
        found += pattern_faults(table)
    return found[:MOST] + ([f"{table.file}.csv: {len(found) - MOST} faults more"] if len(found) > MOST else [])


def key_faults(table, rules):
    """Rows of a file that have the key of a row above, by `rules`, its rows of codebook `overlay`."""
    for key in (rule.key.split() for rule in rules):
        seen = {}
        for row in table.rows if set(key) <= set(table.columns) else ():
            first = seen.setdefault(tuple(getattr(row, column) for column in key), row)
            if first is not row and len(key) > 1 or first is not row and key[0] == "pattern":
                yield f"{row.at}: is alike row {first.Index} in {', '.join(key)}; delete or change one"


def order_faults(table):
    """Rows that end before they begin."""
    for row in table.rows:
        if not no_day(row.since) and not no_day(row.until) and row.since and row.until and (
                last_day(row.until) < first_day(row.since)):
            yield f"{row.at}: until {row.until!r} lies before since {row.since!r}; mend one"


# ---------------------------------------------------------------- cells
def column_faults(table, column, values, files):
    """What is wrong with the cells of a column: each is what `values` allows: `required`, `key` (no two alike), `day`,
    `number`, `range`, `country`, `pair`, `words`, `ref FILE.COLUMN` (as there; `ref?` also empty), `rows A B ...` (at
    least these), or one of the words given."""
    kind, rest = kind_of(values)
    others, seen = set(), set()
    if kind in ("ref", "ref?", "pair"):
        file, _, other = (rest or "actors.country").partition(".")
        if file not in files:
            return
        others = set(files[file][other]) if other in files[file].columns else set()
    for row, cell in zip(table.rows, table[column], strict=True):
        fault = fault_of(cell, kind, values, others, seen, rest)
        if fault:
            meant = code_of(files["actors"], cell) if cell and rest == "actors.country" else ""
            fault = f"{fault.partition(' (nearest')[0]} (nearest: {meant!r})" if meant else fault
            yield f"{row.at}: {column} {fault}"
        seen.add(cell)
    if kind == "rows":
        yield from [f"{table.file}.csv: no row {row!r}; restore it from the project" for row in rest.split()
                    if row not in seen]


def kind_of(values):
    """(kind, rest) of what a column allows: ('ref', 'actors.country')."""
    kind, _, rest = values.partition(" ")
    return kind if not rest or kind in ("ref", "ref?", "rows") else "one of", rest


def may_be_empty(values):
    """True where a column may have empty cells, so that a folder laid over the project's may leave it out."""
    return not fault_of("", *(kind_of(values)[0], values, set(), set(), ""))


def code_of(actors, name):
    """The code of a state by its code or its name, 'IND' or 'India', as `actors` (a Table) has them; '' for none."""
    states = [row for row in actors.rows if row.kind == "country" and ":" not in row.code]
    return next((row.code for row in states if name == row.code or row.regex.fullmatch(name)), "")


def fault_of(cell, kind, values, others, seen, rest):
    """What is wrong with one cell, with a remedy; '' where nothing is."""
    if kind in PLAIN:
        return PLAIN[kind](cell)
    if kind == "pair":
        return no_pair(cell, others)
    if kind in ("required", "key", "rows", "ref") and not cell:
        return "is empty; fill it in"
    if kind in ("key", "rows") and cell in seen:
        return f"{cell!r} stands twice; delete or rename one row"
    if kind in ("ref", "ref?") and cell and cell not in others:
        return f"{cell!r} is not in {rest}; mend it, or add it there{nearest(cell, others)}"
    allowed = values.split()
    if kind == "one of" and cell not in [a.strip("'") for a in allowed]:
        return f"{cell!r} is not one of {', '.join(allowed)}"
    return ""


def no_pair(cell, states):
    """What is wrong with a pair of states, 'RUS-IRN'; '' where it is one of the codes `states`, or empty."""
    lost = [code for code in cell.split("-") if code not in states] if cell else []
    if lost or cell.count("-") != bool(cell):
        return f"{cell!r} is no pair of states of actors.csv; write RUS-IRN, or nothing"
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


# ---------------------------------------------------------------- patterns
def pattern_faults(table):
    """What is wrong with the patterns of a file: each finds its example and not its counter-example, names the groups
    that are read, and cannot be made slow."""
    for row in table.rows:
        if fault := fault_of_pattern(row, table.file):
            yield f"{row.at}: pattern {row.pattern!r} {fault}"


def fault_of_pattern(row, name):
    """What is wrong with the pattern of one row of the file `name`, with a remedy; '' where nothing is."""
    try:
        regex = compile_pattern(row.pattern, name)
    except (re.error, OverflowError) as error:
        return f"is broken ({error}); mend it"
    if slow := patterns.slow(row.pattern, name == "boilerplate"):
        return f"can be made slow: {slow}"
    if row.example and not regex.search(row.example):
        return f"misses its example {row.example!r}; mend one"
    if row.not_example and regex.search(row.not_example):
        return f"matches {row.not_example!r}, which it must not; mend one"
    if regex.search(""):
        return "matches the empty text, so everywhere; mend it"
    if name in GROUPS and not set(GROUPS[name]) & set(regex.groupindex):
        return f"names no group (?P<{GROUPS[name][0]}>...); add it"
    return ""
