"""Records by the place where they stand, without a look at every other: an article of any length is read in time."""
from bisect import bisect_left
from operator import attrgetter

START = attrgetter("start")


def in_order(records):
    """The records by where they start, the longest first of those that start together."""
    return sorted(records, key=lambda r: (r.start, -r.end))


def within(records, start, end):
    """The records, sorted by `start`, that start from `start` on and before `end`."""
    return records[bisect_left(records, start, key=START):bisect_left(records, end, key=START)]


def last_before(records, start, count):
    """The last records, `count` at most and sorted by `start`, that start before `start`."""
    end = bisect_left(records, start, key=START)
    return records[max(end - count, 0):end]


def innermost(records, offset):
    """The shortest of the records that hold the offset, or None."""
    return min((r for r in records if r.start <= offset < r.end), key=lambda r: r.end - r.start, default=None)


class Taken:
    """The characters of a paragraph on which something stands already."""

    def __init__(self, p, records=()):
        self.first, self.marks = p.start, bytearray(len(p.text))
        for r in records:
            self.add(r.start, r.end)

    def add(self, start, end):
        """Takes the raw characters start to end."""
        self.marks[start - self.first:end - self.first] = b"\1" * (end - start)

    def holds(self, start, end):
        """True where one of the raw characters start to end is taken."""
        return self.marks.find(1, start - self.first, end - self.first) >= 0

    def take(self, start, end):
        """True where all the raw characters start to end are free; they are taken then."""
        free = not self.holds(start, end)
        if free:
            self.add(start, end)
        return free
