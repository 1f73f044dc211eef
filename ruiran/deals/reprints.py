"""Which article is printed again by another: the same words in a row, whatever headline and dateline stand above them.

Shares of runs of words (shingles) after Broder 1997, 'On the resemblance and containment of documents'. MinHash of
`datasketch` finds the same, and takes longer to import than five articles take to code.
"""
import re
from collections import Counter, defaultdict
from dataclasses import replace
from zlib import crc32

RUN = 5       # words in a row
FEWEST = 60   # runs of an article that can be known again
SHARE = 0.7   # of the runs of the shorter article that the other has too
WORD = re.compile(r"\w+")


def marked(articles, lines):
    """The Articles by doc_id, each with `reprint_of`, the doc_id of the earliest article that prints the same; `lines`
    are the Lines of each."""
    runs = {doc_id: runs_of(lines[doc_id]) for doc_id in articles}
    order = sorted(articles, key=lambda doc_id: (articles[doc_id].published_from or "9999", doc_id))
    having, first = defaultdict(list), {}
    for doc_id in order:
        own = runs[doc_id]
        shared = Counter(other for run in own for other in having[run])
        same = [other for other, n in shared.items() if is_same(n, len(own), len(runs[other]))]
        if same:
            first[doc_id] = first.get(same[0], same[0])
        for run in own:
            having[run].append(doc_id)
    return {doc_id: replace(a, reprint_of=first.get(doc_id, "")) for doc_id, a in articles.items()}


def is_same(shared, own, other):
    """True for articles that share most of the runs of the shorter; where that is short, all runs of both."""
    return shared >= SHARE * min(own, other) if min(own, other) >= FEWEST else shared == own == other


def runs_of(lines):
    """The runs of words of an article's body, as numbers."""
    words = WORD.findall(" ".join(line.text for line in lines if line.kind == "body" and not line.rule).lower())
    return {crc32(" ".join(words[n:n + RUN]).encode("utf-8", "replace")) for n in range(len(words) - RUN + 1)}
