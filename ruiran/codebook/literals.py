"""The words that a text must have for a pattern to match at all, so that most patterns need not be tried on it."""
from re import _constants as op
from re import _parser as parser

from .patterns import REPEATS, SEALED, bodies, inner_case

MOST = 60  # words of one pattern; with more it is tried on every text


def needed(pattern):
    """{(word, whether capitals do not matter)}, one of which stands in every match; empty where nothing must."""
    return frozenset(of_sequence(parser.parse(pattern), False))


def of_sequence(nodes, ignore_case):
    """The words of which one is needed by nodes one behind another: those of the node whose shortest is longest."""
    found, run = [], ""
    for kind, value in [*nodes, (None, None)]:
        if kind == op.LITERAL:
            run += chr(value)
            continue
        if run:
            found.append({(run.lower() if ignore_case else run, ignore_case)})
        run = ""
        found.append(of_node(kind, value, ignore_case))
    sets = [words for words in found if 0 < len(words) <= MOST]
    return max(sets, key=lambda words: (min(len(word) for word, _ in words), -len(words)), default=set())


def of_node(kind, value, ignore_case):
    """The words of which one is needed by one node of a parsed pattern."""
    if kind == op.BRANCH:
        options = [of_sequence(option, ignore_case) for option in value[1]]
        return set().union(*options) if all(options) else set()
    if kind == op.SUBPATTERN:
        return of_sequence(value[3], inner_case(kind, value, ignore_case))
    if kind in (*REPEATS, op.POSSESSIVE_REPEAT) and not value[0]:
        return set()
    if kind in (*REPEATS, *SEALED):
        return of_sequence(bodies(kind, value)[0], ignore_case)
    return set()


class Finder:
    """Tells which of many rows with patterns may match a text."""

    def __init__(self, rows):
        """`rows` have a `pattern` each."""
        self.rows, self.always, self.exact, self.any_case = rows, [], {}, {}
        for i, row in enumerate(rows):
            words = needed(row.pattern)
            if not words:
                self.always.append(i)
            for word, ignore_case in words:
                (self.any_case if ignore_case else self.exact).setdefault(word, []).append(i)

    def near(self, text):
        """The rows whose words stand in the text, in their order."""
        found, small = set(self.always), text.lower()
        for where, words in ((text, self.exact), (small, self.any_case)):
            for rows in [rows for word, rows in words.items() if word in where]:
                found.update(rows)
        return [self.rows[i] for i in sorted(found)]
