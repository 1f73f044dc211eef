"""Loads the codebook: every fact about the world and every rule, as CSV files that a researcher edits."""
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from . import days
from .checks import CodebookError, check_file, compile_pattern, read_csv
from .literals import Finder

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "codebook"


DIGITS = 18  # figures of the largest number that is read: a table's whole numbers have no more


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

    def near(self, name, text):
        """The rows of one file whose patterns may match the text: those whose words stand in it."""
        return finder_of(self, name).near(text)

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


@lru_cache(maxsize=None)
def finder_of(book, name):
    """The Finder of one file's patterns."""
    return Finder(rows_of(book, name))


def number_of(book, text):
    """The value of a number in words or figures; None where codebook `numbers` has none. Raises OverflowError for one
    of more figures than DIGITS."""
    text = text.lower().replace(",", "")
    if len(text) > DIGITS and text.isdecimal():
        raise OverflowError(f"a number of {len(text)} figures")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if text in numbers_of(book):
        return figure_of(numbers_of(book)[text])
    total, below = 0, 0  # 'three thousand five hundred and twenty-nine'
    for word in re.split(r"[ -]", text.replace(" and ", " ")):
        value = figure_of(numbers_of(book).get(word, ""))
        if value is None:
            return None
        if value >= 1000:
            total, below = total + (below or 1) * value, 0
        else:
            below = (below or 1) * value if value == 100 else below + value
    return total + below


def figure_of(cell):
    """The number in a cell of codebook `numbers`; None where it is empty: 'several'."""
    return (float(cell) if "." in cell else int(cell)) if cell else None


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
    files = {name: read_csv(folder / f"{name}.csv") for name in sorted({*shape.file, "tables"})}
    macros = {}
    for name, pattern in zip(files["macros"].name, files["macros"].pattern, strict=True):
        macros[name] = expanded(pattern, macros)  # a macro may name those above it
    for name, table in files.items():
        expand(table, macros)
        if name != "tables":
            check_file(name, table, shape[shape.file == name], files)
    check_scope(files)
    check_events(files)
    book = Codebook(folder, files)
    check_times(book)
    return book


def check_scope(files):
    """The pair is among the states that actors.csv knows; raises CodebookError."""
    known = set(files["actors"].country)
    for number, name, value in zip(files["scope"].index, files["scope"].name, files["scope"].value, strict=True):
        if name in ("supplier", "recipient") and value not in known:
            raise CodebookError(f"scope.csv row {number}: value {value!r} is no country of actors.csv; write its code "
                                "of three letters, or add it there")


def check_times(book):
    """Each pattern of times.csv names the groups from which its kind of time is read; raises CodebookError."""
    day = date(2007, 2, 15)
    for row in book.rows("times"):
        before = days.When(0, 0, "", day, day, "", "day")
        try:
            days.read(book, row.kind, row.regex.search(row.example), (day, day), False, before)
        except KeyError as error:
            raise CodebookError(f"times.csv row {row.Index}: a time of kind {row.kind!r} is read from the group or "
                                f"kind {error}, and there is none; mend the row") from None


# Themes that are not decided by a list of words alone.
BUILT_IN = ("weapon", "objweapon", "subjweapon", "goods", "pron", "abroad", "clause", "demand")


def check_events(files):
    """Types, frames and themes of events.csv are known; raises CodebookError."""
    tables, lists = files["tables"], set(files["words"].list)
    types = tables.loc[(tables["table"] == "events") & (tables.column == "event"), "values"].iloc[0].split()
    for r in files["events"].itertuples():
        themes = [t for t in r.theme.split("|") if t and t not in BUILT_IN]
        unknown = [t for t in themes if f"theme_{t.removeprefix('obj_').removeprefix('subj_')}" not in lists]
        fault = (f"event {r.event!r} is no PLOVER type" if r.event and r.event not in types
                 else f"frame {r.frame!r} is not in frames.csv" if r.frame not in set(files["frames"].frame)
                 else f"theme {unknown[0]!r} has no list theme_{unknown[0]} in words.csv" if unknown else "")
        if fault:
            raise CodebookError(f"events.csv row {r.Index}: {fault}; mend the row")


def expand(table, macros):
    """Puts the patterns of macros.csv in the place of their names in braces."""
    if "pattern" in table.columns and "meaning" not in table.columns:
        table["pattern"] = [expanded(p, macros) for p in table.pattern]


def expanded(pattern, macros):
    """The pattern with those of `macros` in the place of their names in braces."""
    return re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{macros[m[1]]})" if m[1] in macros else m[0], pattern)
