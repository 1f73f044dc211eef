"""Which files a codebook is read from. A folder that has a codebook.csv is a whole codebook. Any other holds only what
differs and is laid over the project's, by one rule: a row that has the key of a row of the project, as codebook
`overlay` names it, takes its place; every other row is added."""
from .checks import header_faults, may_be_empty, no_pair
from .files import CodebookError, Table, Theirs, nearest, read_table

DESCRIBE = ("codebook", "tables", "overlay")  # what describes the others is the project's alone
SHEETS = (".csv", ".xls", ".xlsx", ".ods", ".tsv", ".numbers")


def read(folder, project):
    """(files, shape, own, faults): the Tables by name, codebook.csv, the Tables of the folder that are laid over those
    of the folder `project` ({} for a whole codebook), and what is wrong, a line each. Raises CodebookError where
    nothing can be made of it."""
    if not folder.is_dir():
        raise CodebookError(f"codebook.csv: missing in {folder.name}/, as there is no such folder; mend its name")
    try:
        whole = "codebook.csv" in listed(folder)
    except OSError as error:
        raise CodebookError(f"{folder.name}/: cannot be read ({error.strerror}); give yourself the right to") from None
    shape = read_table((folder if whole else project) / "codebook.csv")
    names = sorted({*shape["file"], "tables"})
    return read_whole(folder, shape, names) if whole else read_over(folder, project, shape, names)


def read_whole(folder, shape, names):
    """What `read` gives of a whole codebook."""
    files, faults = read_all(folder, names)
    faults += [fault for name in files if name != "tables" for fault in header_faults(files[name], of(shape, name))]
    if faults:  # without all files and columns nothing else can be told
        raise CodebookError(*strangers(folder, names), *faults)
    return files, shape, {}, list(strangers(folder, names))


def read_over(folder, project, shape, names):
    """What `read` gives of a folder that holds only what differs."""
    if not sheets(folder):
        raise CodebookError(f"{folder.name}/: no CSV file in it{below(folder)}; name the folder that has them")
    faults = list(strangers(folder, names))
    if not {path.stem for path in sheets(folder)} & {"codebook", *names} and "nearest" not in "".join(faults):
        raise CodebookError(f"{folder.name}/: none of its files is one of a codebook (persons.csv, weapons.csv, ...); "
                            "name the folder that holds them")
    faults += [f"codebook.csv: missing, and {name}.csv is there: a whole codebook has both, a folder that holds only "
               "what differs has neither; restore or delete one"
               for name in DESCRIBE if f"{name}.csv" in listed(folder)]
    files, _ = read_all(project, names)
    own, more = read_all(folder, [n for n in names if n not in DESCRIBE and f"{n}.csv" in listed(folder)])
    own, wrong = fitted(own, files, shape)
    return laid(files, own), shape, own, faults + more + wrong


def read_all(folder, names):
    """({name: Table} of the files that can be read, what is wrong with the others)."""
    files, faults = {}, []
    for name in names:
        try:
            files[name] = read_table(folder / f"{name}.csv")
        except CodebookError as error:
            faults += error.faults
    return files, faults


def of(shape, name):
    """The rows of codebook.csv that describe one file."""
    return [row for row in shape.rows if row.file == name]


# ---------------------------------------------------------------- names of files
def listed(folder):
    """The names of what is in a folder."""
    return {path.name for path in folder.iterdir()}


def sheets(folder):
    """The files of a folder that a spreadsheet may have written, but for hidden ones."""
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in SHEETS and p.name[0] not in ".~")


def strangers(folder, names):
    """Files of a folder that would be left unread though they look like tables."""
    known = {"codebook", *names}
    for path in sheets(folder):
        if path.suffix != ".csv":
            yield f"{path.name}: is not read; save it as {path.stem.lower()}.csv, UTF-8, and delete it here"
        elif path.stem not in known:
            yield (f"{path.name}: the codebook has no such table{nearest(path.stem, known)}; rename it, or move it "
                   "elsewhere")


def below(folder):
    """', but in codebook/' where a folder below has CSV files; '' where none has."""
    found = sorted(path.name for path in folder.iterdir() if path.is_dir() and sheets(path))
    return f", but in {found[0]}/ below it" if found else ""


# ---------------------------------------------------------------- laid over
def fitted(own, files, shape):
    """({name: Table} with the columns of the project's, what is wrong with the others): a column of which cells may be
    empty may be left out."""
    found, faults = {}, []
    for name, table in own.items():
        free = [r.column for r in of(shape, name) if may_be_empty(r.values) and r.column not in table.columns]
        whole = Table(name, [*table.columns, *free], [(*row, *[""] * len(free)) for row in table.rows])
        wrong = list(header_faults(whole, of(shape, name)))
        faults += wrong
        if not wrong:
            at = [whole.columns.index(column) + 1 for column in files[name].columns]
            found[name] = Table(name, files[name].columns, [(row[0], *(row[i] for i in at)) for row in whole.rows])
    return found, faults


def laid(files, own):
    """The project's files with the rows of the folder in their place, or behind them."""
    keys = {rule.file: rule.key.split() for rule in files["overlay"].rows}
    return {name: under(theirs(table), own[name], keys[name]) if name in own else theirs(table)
            for name, table in files.items()}


def theirs(table):
    """A table of the project, each of its rows marked as that."""
    return Table(table.file, table.columns, [(Theirs(row.Index), *row[1:]) for row in table.rows])


def under(table, own, key):
    """A table of the project with the rows of `own` over those that have the same cells in the columns `key`, and the
    others before them: of two rows that find the same words the first counts. A macro names those above it."""
    fresh = {}
    for row in own.rows:
        fresh.setdefault(tuple(getattr(row, column) for column in key), []).append(row)
    rows = []
    for row in table.rows:
        rows += fresh.pop(tuple(getattr(row, column) for column in key), [row])
    added = [row for more in fresh.values() for row in more]
    return Table(table.file, table.columns, rows + added if table.file == "macros" else added + rows)


# ---------------------------------------------------------------- rows of another pair
def of_other_pairs(files):
    """{name: the rows of a file that are true of another pair of states alone, as its column `pair` says}."""
    pair, states = {row.value for row in files["scope"].rows}, set(files["actors"]["country"])
    return {name: [row for row in table.rows if row.pair and not no_pair(row.pair, states)
                   and set(row.pair.split("-")) != pair]
            for name, table in files.items() if "pair" in table.columns}


def without(table, rows):
    """A table without some of its rows."""
    return Table(table.file, table.columns, [row for row in table.rows if row not in rows]) if rows else table


# ---------------------------------------------------------------- what is no fault, and yet may not be meant
def notes(files, own, project, of_others):
    """What a person should know of a codebook that is sound, a line each: rows that say what the project's say, rows of
    `of_others` ({name: rows}), and what `gaps` finds."""
    found = []
    for name, table in own.items():
        before = {row[1:]: row.Index for row in read_table(project / f"{name}.csv").rows}
        found += [f"{row.at}: says what row {before[row[1:]]} of the project’s {name}.csv says; delete it"
                  for row in table.rows if row[1:] in before and name != "scope"]
        found += [f"{row.at}: is of the pair {row.pair}, which is not the codebook’s, and left out"
                  for row in of_others.get(name, ()) if not isinstance(row.Index, Theirs)]
    return found + gaps(files)


def gaps(files):
    """Categories that only a folder's systems have, and members of the pair of whom no person or no system is known."""
    known = {row.category for row in files["weapons"].rows if isinstance(row.Index, Theirs)}
    found = [f"{row.at}: category {row.category!r} is new{nearest(row.category, known)}; mend it, unless it is meant"
             for row in files["weapons"].rows if known and row.category not in known]
    pair = [row.value for row in files["scope"].rows]
    found += [f"persons.csv: nobody of {code} is known; add who speaks for it" for code in pair
              if code not in files["persons"]["country"]]
    if not set(pair) & set(files["weapons"]["maker"]):
        found.append(f"weapons.csv: no system made by {' or '.join(pair)} is known; add those that are traded")
    if not {code for row in files["words"].rows if row.list == "other_customers" for code in row.words.split("|")
            if code not in pair}:
        found.append("words.csv: other_customers has nobody but the pair; add who else buys from the supplier")
    return found
