"""Which article is printed again by another: the same words in a row, whatever headline and dateline stand above them.

Shares of runs of words (shingles) after Broder 1997, 'On the resemblance and containment of documents'. MinHash of
`datasketch` finds the same, and takes longer to import than five articles take to code.
"""
import re
from collections import Counter, defaultdict
from itertools import chain
from zlib import crc32

from ..records import Told

RUN = 5       # words in a row
FEWEST = 60   # runs of an article that can be known again
FIRST = 5     # printings of one run that are looked back to: what all print is no sign, and never all pairs are made
SHARES = 32  # in which runs are compared, each by itself
SHARE = 0.7   # of the runs of the shorter article that the other has too
WORD = re.compile(r"\w+")


def printings(found):
    """(a share of all runs, (some runs of a Found's article, its day, the Found's name, how many runs it has)); none of
    one that is not coded."""
    own = defaultdict(list)
    for run in found.runs:
        own[run % SHARES].append(run)
    for share, runs in own.items():
        yield share, (tuple(runs), found.article.published_from or "9999", found.name, len(found.runs))


def earlier(_, printings):
    """((name of a Found, an earlier one's), (shared runs, the earlier's day, how many runs each has)) for those that
    print a share of the runs; of many that print one run only the FIRST are looked back to."""
    having, printings = defaultdict(list), sorted(printings, key=lambda p: p[1:3])
    for n, (runs, _, name, own) in enumerate(printings):
        for before, shared in Counter(chain.from_iterable(having[run] for run in runs)).items():
            _, day, first, other = printings[before]
            least = own if own < other else other
            if least < FEWEST or shared * SHARES >= least * SHARE / 2:  # the others share little
                yield (name, first), (shared, day, own, other)
        for run in runs:
            if len(having[run]) < FIRST:
                having[run].append(n)


def alike(pair, shared):
    """(name, (day, name) of an earlier Found that prints the same), of a pair and the runs that it shares."""
    _, day, own, other = shared[0]
    if is_same(sum(n for n, *_ in shared), own, other):
        yield pair[0], (day, pair[1])


def first_of(name, printed):
    """(name of a Found, that of the earliest of those that print the same)."""
    yield name, min(printed)[1]


def originals(pairs):
    """(name of a Found, Told what it prints again) of pairs as first_of gives them: the earliest of a chain of
    reprints."""
    known = dict(pairs)
    for name, first in known.items():
        while first in known:
            first = known[first]
        yield name, Told(name[0], "reprint_of", first[0])


def is_same(shared, own, other):
    """True for articles that share most of the runs of the shorter; where that is short, all runs of both."""
    return shared >= SHARE * min(own, other) if min(own, other) >= FEWEST else shared == own == other


def runs_of(lines):
    """The runs of words of an article's body, as numbers."""
    words = WORD.findall(" ".join(line.text for line in lines if line.kind == "body" and not line.rule).lower())
    return frozenset(crc32(" ".join(words[n:n + RUN]).encode("utf-8", "replace")) for n in range(len(words) - RUN + 1))
