"""Rows by the place where they stand, without a look at every other: an article of any length is read in time."""
from bisect import bisect_left
from operator import itemgetter

START = itemgetter("start")


def within(rows, start, end):
    """The rows, sorted by `start`, that start from `start` on and before `end`."""
    return rows[bisect_left(rows, start, key=START):bisect_left(rows, end, key=START)]


def last_before(rows, start, count):
    """The last rows, `count` at most and sorted by `start`, that start before `start`."""
    end = bisect_left(rows, start, key=START)
    return rows[max(end - count, 0):end]


class Taken:
    """The characters of a paragraph on which something stands already."""

    def __init__(self, p, rows=()):
        self.first, self.marks = p.start, bytearray(len(p.text))
        for r in rows:
            self.add(r["start"], r["end"])

    def add(self, start, end):
        """Takes the raw characters start to end."""
        self.marks[start - self.first:end - self.first] = b"\1" * (end - start)

    def holds(self, start, end):
        """True where one of the raw characters start to end is taken."""
        return self.marks.find(1, start - self.first, end - self.first) >= 0
