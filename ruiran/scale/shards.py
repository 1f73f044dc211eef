"""Files of a model's answers, of any number and size, joined by id: an index of where each answer stands is on disk."""
import sqlite3
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from ..model import answers


def indexed(path, folder):
    """(the index of the answers in a file or a folder of files, what tells whether they were changed), (None, '') for
    none; the index, in `folder`, has for each line the article it is about."""
    if path is None:
        return None, ""
    stamp = [(str(file), (about := file.stat()).st_size, about.st_mtime_ns) for file in answers.files_of(path)]
    write(path, folder / "answers.sqlite")
    return folder / "answers.sqlite", str(stamp)


def write(path, to):
    """Writes the index."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.unlink(missing_ok=True)
    with sqlite3.connect(to) as base:
        base.execute("CREATE TABLE line (sha TEXT, file TEXT, start INTEGER, size INTEGER, number INTEGER)")
        for file in answers.files_of(path):
            base.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", lines_of(file))
        base.execute("CREATE INDEX by_sha ON line (sha)")
        base.execute("CREATE TABLE used (sha TEXT PRIMARY KEY)")
    base.close()


def lines_of(file):
    """(article, file, first byte, bytes, number) of each line; '' for one whose id says none."""
    start = 0
    with file.open("rb") as opened:
        for number, line in enumerate(opened, 1):
            if line.strip():
                asked, _, _ = answers.answer_of(line)
                yield asked.sha256 if asked else "", str(file), start, len(line), number
            start += len(line)


def answers_to(to, documents, book):
    """The Answers about some articles."""
    base = sqlite3.connect(f"file:{to}?mode=ro", uri=True)
    try:
        found = [row for d in documents for row in base.execute(
            "SELECT file, start, size, number FROM line WHERE sha = ? ORDER BY file, start", (d.known_as[:24],))]
    finally:
        base.close()
    return answers.of_lines(map(line_at, found), book)


def line_at(row):
    """(file name, number, bytes) of a line."""
    file, start, size, number = row
    with open(file, "rb") as opened:
        opened.seek(start)
        return Path(file).name, number, opened.read(size).rstrip(b"\n")


def left(to, used, book):
    """(rows of `problems` on lines that no article of the run has, how many were made with other instructions)."""
    with sqlite3.connect(to) as base:
        base.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((sha,) for sha in used))
        found = base.execute("SELECT sha, file, start, size, number FROM line WHERE sha NOT IN (SELECT sha FROM used)"
                             " ORDER BY sha, file, start").fetchall()
    base.close()
    rows, elsewhere = [], 0
    for _, some in groupby(found, key=itemgetter(0)):
        about = answers.of_lines(map(line_at, (row[1:] for row in some)), book)
        rows += replace(about, elsewhere=0).faults(())
        elsewhere += about.elsewhere
    return rows, elsewhere
