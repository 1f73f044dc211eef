"""Loads the codebook: every fact about the world and every rule, as CSV files that a researcher edits."""
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from . import days, memory, overlay
from .checks import code_of, faults_of
from .files import CodebookError, Theirs, compile_pattern, nearest, read_table
from .literals import Finder, needed

__all__ = ["CodebookError", "compile_pattern", "choose", "chosen", "load"]
FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "codebook"
CHOSEN = "RUIRAN_CODEBOOK"  # of the environment: the codebook that is loaded where none is named, if not FOLDER
DIGITS = 18  # figures of the largest number that is read: a table's whole numbers have no more
SIDES = ("supplier", "recipient")  # the rows of scope.csv
CODES = ("other_customers", "other_tables", "answered_by_none")  # lists of words.csv that are of states and bodies
ACROSS = ("scope", "actors", "words", "events", "frames")  # files that are checked against each other
# Themes that are not decided by a list of words alone.
BUILT_IN = ("weapon", "objweapon", "subjweapon", "goods", "pron", "clause", "demand")
remembered = lru_cache(maxsize=None)  # what is asked of a codebook lives as long as the program, as the codebook does


@dataclass(frozen=True, eq=False)
class Codebook:
    """The files of one codebook, by name without ending."""

    folder: Path
    files: dict = field(repr=False)   # {name: Table}
    needed: dict = field(repr=False)  # {pattern: the words of which a match has one}
    own: dict = field(repr=False, default_factory=dict)  # {name: Table} of a folder that is laid over the project's
    notes: tuple = field(repr=False, default=())         # what is no fault, and yet may not be meant

    def __reduce__(self):
        """Another process loads it anew, once."""
        return load, (self.folder,)

    def __getitem__(self, name):
        """One file as a DataFrame of strings."""
        return self.files[name].frame()

    def rows(self, name):
        """The rows of one file as named tuples; pattern rows have their compiled `regex`."""
        return self.files[name].rows

    @remembered
    def keyed(self, name, key):
        """The rows of one file as a dictionary by the column `key`."""
        return {getattr(r, key): r for r in self.rows(name)}

    @remembered
    def words(self, name):
        """The words of one row of `words.csv` as a frozenset of lower-case lemmas. Raises CodebookError where there is
        no such row."""
        cells = [row.words for row in self.rows("words") if row.list == name]
        if not cells:
            raise CodebookError(f"words.csv: no row {name!r}; restore it from the project")
        return frozenset(w for cell in cells for w in cell.split("|"))

    @remembered
    def related(self, relation):
        """The pairs (word, of what) of one relation of `relations.csv`, in its order."""
        return [(row.word, row.of) for row in self.rows("relations") if row.relation == relation]

    @remembered
    def finder(self):
        """The Finder of the patterns of all files."""
        return Finder({name: t.rows for name, t in self.files.items() if has_patterns(name, t)}, self.needed)

    def near(self, name, text):
        """The rows of one file whose patterns may match the text: those whose words stand in it."""
        return self.finder().searched(text).near(name)

    def matches(self, name, text):
        """((row, match), …) of all that the patterns of one file find in the text."""
        return self.finder().searched(text).matches(name)

    @remembered
    def names(self):
        """{code: usual name} of states and bodies of states: what the first of its patterns finds in its own example.
        """
        found = {}
        for kind in ("body", "country"):
            for row in self.rows("actors"):
                if row.kind == kind and ":" not in row.code and row.code not in found:
                    found[row.code] = row.regex.search(row.example)[0]
        return found

    @property
    def pair(self):
        """The two states whose trade is coded: (the usual supplier, the usual recipient)."""
        scope = self.keyed("scope", "name")
        return scope["supplier"].value, scope["recipient"].value

    @property
    def customers(self):
        """The states outside the pair that buy arms as its recipient does: what is sold to them is no deal of the pair.
        """
        return self.words("other_customers") - set(self.pair)

    @property
    def modes(self):
        """PLOVER's modes of all types, as codebook `plover` lists them; '' among them where a type has none."""
        return {m.strip() for r in self.rows("plover") for m in r.modes.split("|")}

    def number(self, text):
        """The value of a number in words or figures; None for 'several' and where codebook `numbers` has none. Raises
        OverflowError for one of more figures than DIGITS."""
        text = text.lower().replace(",", "")
        if len(text) > DIGITS and text.isdecimal():
            raise OverflowError(f"a number of {len(text)} figures")
        known = self.keyed("numbers", "word")
        if text in known or re.fullmatch(r"\d+(\.\d+)?", text):
            return figure_of(known[text].value if text in known else text)
        total, below = 0, 0  # 'three thousand five hundred and twenty-nine'
        for word in re.split(r"[ -]", text.replace(" and ", " ")):
            value = figure_of(known[word].value) if word in known else None
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


def read_csv(path):
    """One CSV file as a DataFrame of strings, its index the row numbers. Raises CodebookError, naming the row."""
    return read_table(path).frame()


def load(folder=None, anew=False):
    """The checked codebook of `folder` (default: RUIRAN_CODEBOOK of the environment, else the project's own), which is
    a whole one or holds only what differs from the project's; one that was found sound before, cell for cell, is
    checked again only where `anew`. Raises CodebookError with all that is wrong."""
    folder = Path(folder or os.environ.get(CHOSEN) or FOLDER)
    return _load(folder, anew, () if folder == FOLDER else stamp(folder))


def choose(folder=None):
    """From here on, and in programs that are started, `folder` is the codebook where none is named; None: the project's
    own."""
    os.environ.pop(CHOSEN, None)
    if folder:
        os.environ[CHOSEN] = str(Path(folder).resolve())


@contextmanager
def chosen(folder):
    """As choose, inside a `with`; None leaves all as it is."""
    before = os.environ.get(CHOSEN)
    choose(folder or before)
    try:
        yield
    finally:
        choose(before)


def stamp(folder):
    """What tells whether the files of a folder were changed: their names, sizes and times."""
    found = {path.name: path.lstat() for path in folder.glob("*.csv")}
    return tuple((name, s.st_size, s.st_mtime_ns) for name, s in sorted(found.items()))


@lru_cache(maxsize=None)
def _load(folder, anew, stamp):
    files, shape, own, faults = overlay.read(folder, FOLDER)
    macros = {}
    for row in files["macros"].rows:
        macros[row.name] = expanded(row.pattern, macros)  # a macro may name those above it
    for name, table in files.items():
        if has_patterns(name, table):
            files[name] = table.changed("pattern", lambda pattern: expanded(pattern, macros))
    of_others = overlay.of_other_pairs(files)
    files = {name: overlay.without(table, of_others.get(name, ())) for name, table in files.items()}
    key = memory.key([shape, *files.values()])
    patterns = {pattern for name, table in files.items() if has_patterns(name, table) for pattern in table["pattern"]}
    words = None if anew or faults else memory.recalled(key, patterns)
    if words is None:
        check(folder, shape, files, own, faults)
        words = {pattern: needed(pattern) for pattern in patterns}
        memory.remember(key, words)
    return Codebook(folder, files, words, own, tuple(overlay.notes(files, own, FOLDER, of_others)))


def has_patterns(name, table):
    """True for a file whose patterns are matched, not put into others."""
    return "pattern" in table.columns and name != "macros"


def check(folder, shape, files, own, faults):
    """Raises CodebookError for `faults`, which came up when the files were read, and all others of the files. What
    refers to a file that could not be read is not checked."""
    broken = {fault.partition(".csv")[0] for fault in faults}
    sound, faults = {name: table for name, table in files.items() if name not in broken}, list(faults)
    for name, table in files.items():
        if name != "tables":
            faults += faults_of(table, [row for row in shape.rows if row.file == name], sound)
    if set(ACROSS) <= set(sound):
        faults += [*scope_faults(files), *country_faults(files, own), *event_faults(files), *list_faults(files, shape)]
    if not faults:  # what is read from a time takes all other files
        faults += time_faults(Codebook(folder, files, {}))
    if faults:
        raise CodebookError(*dict.fromkeys(faults))


def scope_faults(files):
    """What is wrong with the pair: another row than its two, no state that actors.csv names, one state twice."""
    for row in files["scope"].rows:
        if row.name not in SIDES:
            yield f"{row.at}: name {row.name!r} is not one of {', '.join(SIDES)}{nearest(row.name, SIDES)}; mend it"
        elif not any(r.code == row.value and r.kind == "country" for r in files["actors"].rows):
            meant = code_of(files["actors"], row.value)
            yield (f"{row.at}: value {row.value!r} is no country of actors.csv; write its code of three letters, or "
                   "add it there" + f" (nearest: {meant!r})" * bool(meant))
    if len({row.value for row in files["scope"].rows}) == 1 < len(files["scope"].rows):
        yield f"scope.csv: {files['scope'].rows[0].value!r} is supplier and recipient; mend one"


def country_faults(files, own):
    """Rows of a folder's actors.csv whose country is new and has no row that names it as a country or a body."""
    actors = files["actors"].rows
    known = {row.country for row in actors if isinstance(row.Index, Theirs)}
    known |= {row.code for row in actors if row.kind in ("country", "body")}
    for row in own["actors"].rows if "actors" in own else ():
        if row.country not in known:
            yield (f"{row.at}: country {row.country!r} is new{nearest(row.country, known)}; mend it, or add a row of "
                   "kind country that has it for its code")


def list_faults(files, shape):
    """Lists of words.csv for which nothing asks, and words that are no states where a list is of states."""
    asked = next(row.values for row in shape.rows if (row.file, row.column) == ("words", "list")).split()[1:]
    asked += [f"theme_{theme.partition(' in ')[0]}" for row in files["events"].rows for theme in row.theme.split("|")]
    states = set(files["actors"]["country"])
    for row in files["words"].rows:
        if row.list not in asked:
            yield f"{row.at}: list {row.list!r} is used by nothing{nearest(row.list, asked)}; rename or delete it"
        for code in row.words.split("|") if row.list in CODES else ():
            if code not in states:
                yield f"{row.at}: {code!r} is no country of actors.csv{nearest(code, states)}; mend or delete it"


def event_faults(files):
    """What of events.csv is unknown: types, frames and themes."""
    lists, known = set(files["words"]["list"]), set(files["frames"]["frame"])
    types = next(r.values for r in files["tables"].rows if (r.table, r.column) == ("events", "event")).split()
    for r in files["events"].rows:
        themes = [t for t in r.theme.split("|") if t and t not in BUILT_IN]
        unknown = [t for t in themes if f"theme_{t.partition(' in ')[0]}" not in lists]
        fault = (f"event {r.event!r} is no PLOVER type" if r.event and r.event not in types
                 else f"frame {r.frame!r} is not in frames.csv" if r.frame not in known
                 else f"theme {unknown[0]!r} has no list theme_{unknown[0]} in words.csv" if unknown else "")
        if fault:
            yield f"{r.at}: {fault}; mend the row"


def time_faults(book):
    """Patterns of times.csv that do not name the groups from which their kind of time is read."""
    day = date(2007, 2, 15)
    for row in book.rows("times"):
        before = days.When(0, 0, "", day, day, "", "day")
        try:
            days.read(book, row.kind, row.regex.search(row.example), (day, day), False, before)
        except KeyError as error:
            yield (f"{row.at}: a time of kind {row.kind!r} is read from the group or kind {error}, and there is none; "
                   "mend the row")


def expanded(pattern, macros):
    """The pattern with those of `macros` in the place of their names in braces."""
    return re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{macros[m[1]]})" if m[1] in macros else m[0], pattern)
