"""Which article is printed again by another: the same words in a row, whatever headline and dateline stand above them.

Shares of runs of words (shingles) after Broder 1997, 'On the resemblance and containment of documents'. MinHash of
`datasketch` finds the same, and takes longer to import than five articles take to code.
"""
import re
from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

RUN = 5       # words in a row
FEWEST = 60   # runs of an article that can be known again
FIRST = 5     # printings of one run that are looked back to: what all print is no sign, and never all pairs are made
SHARE = 0.7   # of the runs of the shorter article that the other has too
WORD = re.compile(r"\w+")


def printings(found):
    """(run of words, (day, doc_id, how many runs)) for each run of a Found's article; none of one that is not coded."""
    day = found.article.published_from or "9999"
    for run in found.runs:
        yield run, (day, found.doc_id, len(found.runs))


def earlier(_, printings):
    """((doc_id, an earlier one's), (the earlier's day, how many runs each has)) for those that print one run; of many
    only the FIRST are looked back to."""
    printings = sorted(printings)
    for n, (_, doc_id, own) in enumerate(printings):
        for day, first, other in printings[:min(n, FIRST)]:
            yield (doc_id, first), (day, own, other)


def alike(pair, shared):
    """(doc_id, (day, doc_id) of an earlier article that prints the same), of a pair that shares so many runs."""
    day, own, other = shared[0]
    if is_same(len(shared), own, other):
        yield pair[0], (day, pair[1])


def first_of(doc_id, printed):
    """(doc_id, the doc_id of the earliest of those that print the same)."""
    yield doc_id, min(printed)[1]


def originals(pairs):
    """(doc_id, its Original) of pairs as first_of gives them: the earliest of a chain of reprints."""
    known = dict(pairs)
    for doc_id, first in known.items():
        while first in known:
            first = known[first]
        yield doc_id, Original(first)


class Original(NamedTuple):
    """The article that prints the same words first."""

    reprint_of: str

    def of(self, found):
        """The Found, its article with what it prints again."""
        return replace(found, article=replace(found.article, reprint_of=self.reprint_of))


def is_same(shared, own, other):
    """True for articles that share most of the runs of the shorter; where that is short, all runs of both."""
    return shared >= SHARE * min(own, other) if min(own, other) >= FEWEST else shared == own == other


def runs_of(lines):
    """The runs of words of an article's body, as numbers."""
    words = WORD.findall(" ".join(line.text for line in lines if line.kind == "body" and not line.rule).lower())
    return frozenset(crc32(" ".join(words[n:n + RUN]).encode("utf-8", "replace")) for n in range(len(words) - RUN + 1))
