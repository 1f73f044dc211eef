"""Reads the files of a codebook: CSV of strings, each row with its number, each pattern compiled when it is first
asked for."""
import csv
import difflib
import io
import re
from collections import namedtuple
from functools import cached_property, lru_cache
from pathlib import Path

SAVE = "save it as CSV, UTF-8, one header line"
# How the patterns of a file match: whole words, but for names that a hyphen may precede, for whole lines and for the
# heads of lines.
BOUNDS = {"weapons": (r"(?<![\w-])", r"(?!\w)"), "boilerplate": (r"\A", r"\Z"), "outlets": (r"\A", ""),
          "turns": (r"\A", ""), "releases": (r"\A", "")}


class CodebookError(ValueError):
    """Codebook files are broken; each of `faults`, a line of the message, names file, row, fault and remedy."""

    def __init__(self, *faults):
        super().__init__("\n".join(faults))
        self.faults = str(self).split("\n")


class Theirs(int):
    """The number of a row of the project's codebook over which a folder is laid."""


def nearest(word, known):
    """' (nearest: 'persons')', the most alike of the known words; '' where none is alike."""
    small = {other.lower(): other for other in sorted(known)}
    found = difflib.get_close_matches(word.lower(), small, 1)
    return f" (nearest: {small[found[0]]!r})" if found else ""


@lru_cache(maxsize=None)
def compile_pattern(pattern, file=""):
    """A regular expression that matches `pattern` as that file's patterns do (see BOUNDS)."""
    before, after = BOUNDS.get(file, (r"(?<!\w)", r"(?!\w)"))
    return re.compile(f"{before}(?:{pattern}){after}")


class Row:
    """A row of a file: its cells by column, its number in the file as `Index`."""

    _file = ""

    @cached_property
    def regex(self):
        """The compiled `pattern`; most are never asked for, as their words do not stand in a text."""
        return compile_pattern(self.pattern, self._file)

    @property
    def at(self):
        """File and row in words, and whether it is the project's, as a fault names them."""
        return f"{'the project’s ' * isinstance(self.Index, Theirs)}{self._file}.csv row {self.Index}"


class Table:
    """One file: the names of its `columns`, its `rows`; `table["column"]` are the cells of a column."""

    def __init__(self, file, columns, rows):
        """`rows` are the row number and the cells of each."""
        self.file, self.columns = file, tuple(columns)
        kind = type("Row", (Row, namedtuple("Row", ["Index", *columns], rename=True)), {"_file": file})
        self.rows = tuple(kind(*row) for row in rows)

    def __getitem__(self, column):
        at = self.columns.index(column) + 1
        return [row[at] for row in self.rows]

    def changed(self, column, change):
        """The same table with `change(cell)` in the cells of a column."""
        at = self.columns.index(column) + 1
        return Table(self.file, self.columns, [(*row[:at], change(row[at]), *row[at + 1:])
                                               for row in self.rows])

    def frame(self):
        """The table as a DataFrame of strings, its index the row numbers."""
        import pandas as pd
        return pd.DataFrame([row[1:] for row in self.rows], columns=list(self.columns), dtype="str",
                            index=[row.Index for row in self.rows])


def read_table(path):
    """One CSV file as a Table, empty cells as ''. Raises CodebookError, naming the row."""
    try:
        text = decoded(path.name, path.read_bytes())
    except FileNotFoundError:
        raise CodebookError(f"{path.name}: missing in {path.parent.name}/; restore it from the project") from None
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read ({error.strerror}); restore it from the project") from None
    return table_of(path.name, text)


def decoded(name, data):
    """The bytes of the file `name` as text. Raises CodebookError for what is not UTF-8, naming the row."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        raise CodebookError(f"{name}: is UTF-16 or no text ('Unicode text' of a spreadsheet is UTF-16); {SAVE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        meant = data[error.start:error.start + 1].decode("cp1252", errors="replace")
        raise CodebookError(f"{name}: byte {error.start}, on line {row}, is no UTF-8 (it may be {meant!r} of Windows); "
                            f"{SAVE}") from None


def table_of(name, text):
    """The text of the CSV file `name` as a Table. Raises CodebookError with every row that is wrong."""
    rows = list(rows_of(name, text))
    if not rows:
        raise CodebookError(f"{name}: empty; {SAVE}")
    header = rows[0][1:]
    check_header(name, header)
    wrong = [uneven(name, row, header) for row in rows[1:] if len(row) != len(rows[0])]
    if wrong:
        raise CodebookError(*wrong)
    return Table(Path(name).stem, header, rows[1:])


def uneven(name, row, header):
    """What is wrong with a row that has other cells than the header, with a remedy."""
    number, *cells = row
    remedy = ("part its cells with commas, not semicolons" if ";" in cells[0] and len(cells) < len(header)
              else "put a cell that holds a comma between quotation marks")
    return f"{name} row {number}: {len(cells)} cells, and {len(header)} in the header; {remedy}"


def rows_of(name, text):
    """The row number and the cells of each row of a file that is not blank; no cell runs over the end of its line."""
    lines, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in lines:
            if lines.line_num > before + 1 and cells:
                raise CodebookError(f"{name} row {before + 1}: a quotation mark opens a cell that goes on over "
                                    f"{lines.line_num - before} lines; close or delete it")
            before = lines.line_num
            if any(cells):
                yield before, *cells
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
