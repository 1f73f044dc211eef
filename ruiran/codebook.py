"""Loads the codebook: every fact about the world and every rule, as CSV files that a researcher edits."""
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parent.parent / "data" / "codebook"


DIGITS = 15  # figures of the largest number that is read; with 'trillion' behind it, it would leave a table's 64 bits


class CodebookError(ValueError):
    """A codebook file is broken; the message names file, row, what is wrong and what to do."""


# How the patterns of a file match: whole words, but for names that a hyphen may precede, and for whole lines.
BOUNDS = {"weapons": (r"(?<![\w-])", r"(?!\w)"), "boilerplate": (r"\A", r"\Z")}


def compile_pattern(pattern, file=""):
    """A regular expression that matches `pattern` as that file's patterns do (see BOUNDS)."""
    before, after = BOUNDS.get(file, (r"(?<!\w)", r"(?!\w)"))
    return re.compile(f"{before}(?:{pattern}){after}")


def read_csv(path):
    """One CSV file as a table of strings, empty cells as ''. Raises CodebookError."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise CodebookError(f"{path.name}: missing in {path.parent.name}/; restore it from the project") from None
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise CodebookError(f"{path.name}: {error}; save it as CSV, UTF-8, one header line") from None


@dataclass(frozen=True)
class Codebook:
    """The files of one codebook folder, by name without ending, each a DataFrame of strings."""

    folder: Path
    files: dict = field(repr=False)

    def __getitem__(self, name):
        return self.files[name]

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def rows(self, name):
        """The rows of one file as named tuples; pattern rows carry their compiled `regex`."""
        return rows_of(self, name)

    def number(self, text):
        """The value of a number in words or figures; None for 'several'."""
        return number_of(self, text)

    def words(self, name):
        """The words of one row of `words.csv` as a frozenset of lower-case lemmas."""
        return words_of(self, name)


@lru_cache(maxsize=None)
def rows_of(book, name):
    """The rows of one file as named tuples, with the compiled `regex` where the file has patterns."""
    table = book[name]
    if "pattern" in table.columns:
        table = table.assign(regex=[compile_pattern(p, name) for p in table.pattern])
    return tuple(table.itertuples(index=True))


def number_of(book, text):
    """The value of a number in words or figures; None where codebook `numbers` has none. Raises OverflowError for one of
    more figures than DIGITS."""
    text = text.lower().replace(",", "")
    if len(text) > DIGITS and text.isdecimal():
        raise OverflowError(f"a number of {len(text)} figures")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    parts = text.split("-")
    if len(parts) == 2 and all(numbers_of(book).get(p) for p in parts):
        return sum(int(numbers_of(book)[p]) for p in parts)  # twenty-nine
    value = numbers_of(book).get(text, "")
    return int(value) if value else None


@lru_cache(maxsize=None)
def numbers_of(book):
    """{word: value} of codebook `numbers`, both as text."""
    return dict(zip(book["numbers"].word, book["numbers"].value, strict=True))


@lru_cache(maxsize=None)
def words_of(book, name):
    """The words of one row of `words.csv` as a frozenset. Raises CodebookError where there is no such row."""
    table = book["words"]
    cells = table.loc[table.list == name, "words"]
    if cells.empty:
        raise CodebookError(f"words.csv: no row {name!r}; restore it from the project")
    return frozenset(w for cell in cells for w in cell.split("|"))


def load(folder=None):
    """The checked codebook of `folder` (default: the project's own). Raises CodebookError."""
    return _load(Path(folder) if folder else FOLDER)


@lru_cache(maxsize=None)
def _load(folder):
    shape = read_csv(folder / "codebook.csv")
    names = sorted(set(shape.file))
    files = {name: read_csv(folder / f"{name}.csv") for name in names}
    macros = dict(zip(files["macros"].name, files["macros"].pattern, strict=True))
    for name, table in files.items():
        expand(table, macros)
        check_file(name, table, shape[shape.file == name])
    files["tables"] = read_csv(folder / "tables.csv")
    check_events(files)
    return Codebook(folder, files)


# Themes that are not decided by a list of words alone.
BUILT_IN = ("weapon", "objweapon", "subjweapon", "goods", "pron", "abroad", "clause", "demand")


def check_events(files):
    """Types, frames and themes of events.csv are known and its rules differ; raises CodebookError."""
    tables, lists, seen = files["tables"], set(files["words"].list), set()
    types = tables.loc[(tables["table"] == "events") & (tables.column == "event"), "values"].iloc[0].split()
    for number, r in enumerate(files["events"].itertuples(), 2):
        themes = [t for t in r.theme.split("|") if t and t not in BUILT_IN]
        unknown = [t for t in themes if f"theme_{t.removeprefix('obj_').removeprefix('subj_')}" not in lists]
        fault = (f"event {r.event!r} is no PLOVER type" if r.event and r.event not in types
                 else f"frame {r.frame!r} is not in frames.csv" if r.frame not in set(files["frames"].frame)
                 else f"theme {unknown[0]!r} has no list theme_{unknown[0]} in words.csv" if unknown
                 else f"rule {r.rule!r} stands twice" if r.rule in seen else "")
        seen.add(r.rule)
        if fault:
            raise CodebookError(f"events.csv row {number}: {fault}; mend the row")


def expand(table, macros):
    """Puts the patterns of macros.csv in the place of their names in braces."""
    def pattern_of(match):
        return f"(?:{macros[match[1]]})" if match[1] in macros else match[0]

    if "pattern" in table.columns and "meaning" not in table.columns:
        table["pattern"] = [re.sub(r"\{([a-z_]+)\}", pattern_of, p) for p in table.pattern]


def check_file(name, table, shape):
    """Header, allowed values and patterns of one file; raises CodebookError at the first fault."""
    lacking = [c for c in shape.column if c not in table.columns]
    if table.empty:
        raise CodebookError(f"{name}.csv: no rows; restore it from the project")
    if lacking:
        raise CodebookError(f"{name}.csv: no column {', '.join(lacking)}; add it to the header line")
    for column, values in zip(shape.column, shape["values"], strict=True):
        check_values(name, table, column, values)
    if {"pattern", "example"} <= set(table.columns):
        check_patterns(name, table)


def check_values(name, table, column, values):
    """Every cell of a column is filled in, a day, or one of the values allowed; else raises CodebookError."""
    allowed = values.split()
    for number, cell in enumerate(table[column], 2):
        at = f"{name}.csv row {number}: {column}"
        if values == "required" and not cell:
            raise CodebookError(f"{at} is empty; fill it in")
        if values == "day" and not re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", cell):
            raise CodebookError(f"{at} {cell!r} is no date; write 2007-02-15, 2007-02 or 2007")
        if len(allowed) > 1 and cell not in [a.strip("'") for a in allowed]:
            raise CodebookError(f"{at} {cell!r} is not one of {', '.join(allowed)}")


def check_patterns(name, table):
    """Each pattern finds its example and not its counter-example; else raises CodebookError."""
    for number, row in enumerate(table.itertuples(), 2):
        at = f"{name}.csv row {number}: pattern {row.pattern!r}"
        try:
            regex = compile_pattern(row.pattern, name)
        except re.error as error:
            raise CodebookError(f"{at} is broken ({error})") from None
        if row.example and not regex.search(row.example):
            raise CodebookError(f"{at} misses its example {row.example!r}; mend one")
        if row.not_example and regex.search(row.not_example):
            raise CodebookError(f"{at} matches {row.not_example!r}, which it must not")
