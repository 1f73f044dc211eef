"""Tables on disk: written whole or not at all, one run at a time, and read back as they were.

A run writes its tables to a hidden folder in OUT and then moves them into place. The manifest, which names each file of
the run with its hash, goes first out and last in: where it is missing or a hash differs, the tables are of two runs.
"""
import csv
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from . import tables
from .faults import printable
from .reading.corpus import MANIFEST, written

CHOSEN = "RUIRAN_TABLES"  # of the environment: the folder of the tables that are read where none is named
AT_WORK = ".ruiran-"  # how the folder of a run at work begins
# A cell that a spreadsheet would run or swallow has an apostrophe before it, and one that looks so escaped another.
RISKY = re.compile(r"^('*[=+\-@\t\r\n])")
ESCAPED = r"^'('*[=+\-@\t\r\n])"


class OutError(ValueError):
    """The folder for the tables cannot be used, or its tables are not of one run; the message says what to do."""


# ---------------------------------------------------------------- before coding
@contextmanager
def held(out):
    """Holds the folder `out` for one run, and makes it where it is not there; raises OutError where it cannot be
    written to or another run holds it. The lock is the kernel's, so a run that dies leaves none."""
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY)
    except OSError as error:
        fault = f"cannot be the folder for the tables ({error.strerror}); name another"
        raise OutError(f"{printable(out)}: {fault}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        check(out)
        yield out
    except BlockingIOError:
        raise OutError(f"{printable(out)}: another run is writing to it; wait for it, or name another folder") from None
    finally:
        os.close(handle)


def check(out):
    """Raises OutError where tables could not be put into `out`; removes what a run that was killed left there."""
    try:
        for left in out.glob(f"{AT_WORK}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        raise OutError(f"{printable(out)}: cannot be written to ({error.strerror}); name another folder") from None
    for path in out.iterdir():
        if path.is_dir() and path.suffix in (".csv", ".parquet", ".json"):
            raise OutError(f"{printable(path)}: a folder stands where a table may go; move it away")


# ---------------------------------------------------------------- writing
def write(book, data, out, format="csv", texts=None):
    """Puts the tables (rows by name) into the folder `out`, a file each, `format` csv or parquet, `texts` by the names
    of their files, and a manifest; all of them or none.

    Raises tables.TableError for a row that its table cannot hold, OutError where there is no room or no right to; then
    `out` is as it was.
    """
    out = Path(out)
    with aside(out) as folder:
        files = dict(write_table(book, rows, folder / f"{name}.{format}") for name, rows in data.items())
        kept = dict(keep_text(text, folder, name) for name, text in (texts or {}).items())
        place(folder, out, files, kept)


def place(folder, out, files, texts):
    """Moves tables and texts, by name with their hashes, from `folder` to `out`, with a manifest."""
    named = {"made_by": "ruiran", "files": files, "texts": texts}
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(named, file, indent=1, sort_keys=True)  # not as one text: there may be millions of texts
        file.write("\n")
    with undisturbed():
        swap(folder, out, [*files, *texts, MANIFEST])


@contextmanager
def aside(out):
    """A hidden folder in `out` to write to before anything there is touched, gone in the end; raises OutError where it
    cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=AT_WORK, dir=out))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise OutError(f"{printable(out)}: the tables could not be written ({error.strerror}); free some room or name "
                       "another folder, and run it again") from None


def write_lines(path, rows):
    """Puts the rows (dicts) into a file, a JSON object a line; the whole of it or none. Raises OutError."""
    write_text(path, (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_text(path, parts):
    """Puts texts into a file, one behind the other; the whole of it or none. Raises OutError."""
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{AT_WORK}{os.getpid()}")
        try:
            with aside.open("x", encoding="utf-8") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise OutError(f"{printable(path)}: could not be written ({error.strerror}); name another file") from None


def write_table(book, rows, path, name=""):
    """Writes the rows of one table, or of a part of the table `name`, checked; returns (file name, its hash)."""
    name = name or path.stem
    if path.suffix == ".parquet":
        tables.frame(book, name, rows).to_parquet(path, index=False)
    else:
        tables.check(book, name, rows)
        write_cells(path, tables.columns_of(book, name), rows)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return path.name, digest(path)


def keep_text(text, folder, name):
    """Writes a text, its line ends and all, to the file `name` below a folder; returns (name, its hash)."""
    path, data = folder / name, text.encode("utf-8", "surrogatepass")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)  # the disk is not waited for, as they may be many: a lost one is known by its hash
    return name, hashlib.sha256(data).hexdigest()


def write_cells(path, columns, rows, delimiter=","):
    """Writes rows (dicts) as a CSV file of these columns, in which no spreadsheet would run a cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        # csv quotes a carriage return only where lines end with one
        ended = SimpleNamespace(write=lambda line: file.write(line.removesuffix("\r\n") + "\n"))
        lines = csv.writer(ended, delimiter=delimiter, lineterminator="\r\n")
        lines.writerows([columns, *([cell_of(row.get(column)) for column in columns] for row in rows)])


def swap(folder, out, names):
    """Moves the files of a run into place, the manifest last, and removes those of the run before that it has not."""
    before = written(out)
    (out / MANIFEST).unlink(missing_ok=True)
    for file in names:
        (out / file).parent.mkdir(exist_ok=True)
        os.replace(folder / file, out / file)
    for file in before - set(names):
        (out / file).unlink(missing_ok=True)
    for parent in {(out / file).parent for file in before} - {out}:
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


@contextmanager
def undisturbed():
    """Ctrl-C is not heard while the files are moved: it would come between them, and the run is over anyway."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone hears it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def digest(path):
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---------------------------------------------------------------- reading
def read(book, folder):
    """The tables that `write` left in `folder`, checked; raises OutError where they are not of one run."""
    folder = Path(folder)
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = named["files"]
        known = {**files, **named.get("texts", {})}
        differ = sorted(name for name in known if digest(folder / name) != known[name])
    except (OSError, ValueError, KeyError, TypeError):
        raise OutError(f"{printable(folder)}: no tables of one whole run (no {MANIFEST}, or a file that it names is "
                       "missing); run `python -m ruiran code` again") from None
    if differ:
        raise OutError(f"{printable(folder)}: {', '.join(differ)} is not as the run wrote it (another run, or a change "
                       "by hand); run `python -m ruiran code` again")
    import pandas as pd
    parts = {}
    for file in sorted(files):
        name = file.split("/")[0].partition(".")[0]
        parts.setdefault(name, []).append(read_table(book, folder / file, name))
    return {name: pd.concat(found, ignore_index=True) if len(found) > 1 else found[0] for name, found in parts.items()}


def read_table(book, path, name=""):
    """One table as `write` left it, or a part of the table `name`, with its types, checked."""
    import pandas as pd
    parquet, name = path.suffix == ".parquet", name or path.stem
    data = pd.read_parquet(path) if parquet else read_cells(path)
    if list(data.columns) != list(tables.columns_of(book, name)):
        raise OutError(f"{printable(path)}: its columns are not those of codebook/tables.csv; run "
                       "`python -m ruiran code` again")
    if parquet:
        return tables.frame(book, name, tables.rows_of(data))
    return tables.typed(book, name, data.to_dict("records"))


def read_cells(path, delimiter=","):
    """A CSV file as `write_cells` left it, as a DataFrame of texts, '' where a cell is empty."""
    import pandas as pd
    data = pd.read_csv(path, sep=delimiter, dtype=str, keep_default_na=False, encoding="utf-8")
    return data.replace(ESCAPED, r"\1", regex=True)


def cell_of(value):
    """A value as a cell of a CSV file that no spreadsheet would run as a formula."""
    return RISKY.sub(r"'\1", value) if isinstance(value, str) else value
