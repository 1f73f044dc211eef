"""The words that a text must have for a pattern to match at all, so that most patterns need not be tried on it."""
from functools import lru_cache
from re import _constants as op
from re import _parser as parser

import ahocorasick

from .patterns import REPEATS, SEALED, bodies, inner_case

FEW = 16   # texts that part of a pattern may be written out as
KEPT = 256  # texts whose rows are remembered
MOST = 150 # words of one pattern; with more it is tried on every text


@lru_cache(maxsize=None)  # codebooks differ in few patterns
def needed(pattern):
    """{(word, whether capitals do not matter)}, one of which stands in every match; empty where nothing must."""
    return frozenset(of_sequence(parser.parse(pattern), False))


def of_sequence(nodes, ignore_case, before=("",)):
    """The words of which one is needed by nodes one behind another, one of the texts `before` in front of them: of the
    words that each part needs those whose shortest is longest. A word runs on over what can be written out."""
    found, runs = [], set(before)
    for kind, value in nodes:
        own = written(kind, value, ignore_case)
        if "" in own or not own or len(runs) * len(own) > FEW:
            found.append(words_of(runs, ignore_case))
        if own and len(runs) * len(own) <= FEW:
            runs = {run + more for run in runs for more in own}
        else:
            found.append(of_node(kind, value, ignore_case, runs))
            runs = own or {""}
    found.append(words_of(runs, ignore_case))
    sets = [words for words in found if 0 < len(words) <= MOST]
    return max(sets, key=lambda words: (min(len(word) for word, _ in words), -len(words)), default=set())


def words_of(runs, ignore_case):
    """Texts as words, but for those that hold another; none where one of them is empty, as then nothing is needed."""
    texts = {run.lower() if ignore_case else run for run in runs}
    return {(text, ignore_case) for text in texts if not any(other in text for other in texts - {text})} - {("", False)}


def of_node(kind, value, ignore_case, before):
    """The words of which one is needed by one node of a parsed pattern, one of the texts `before` in front of it."""
    if kind == op.BRANCH:
        options = [of_sequence(option, ignore_case, before) for option in value[1]]
        return set().union(*options) if all(options) else set()
    if kind == op.SUBPATTERN:
        inner = inner_case(kind, value, ignore_case)
        return of_sequence(value[3], inner, before if inner == ignore_case else ("",))
    if kind in (*REPEATS, op.POSSESSIVE_REPEAT) and not value[0]:
        return set()
    if kind in (*REPEATS, *SEALED):
        return of_sequence(bodies(kind, value)[0], ignore_case, before)
    return set()


def written(kind, value, ignore_case):
    """Every text that one node of a parsed pattern reads; none where they are many. What looks around reads ''."""
    if kind == op.LITERAL:
        return {chr(value)}
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return {""}
    if kind == op.IN:
        return {chr(v) for _, v in value} if {k for k, _ in value} == {op.LITERAL} else set()
    if kind in REPEATS and value[1] == 1:
        once = in_full(value[2], ignore_case)
        return once and once | ({""} if not value[0] else set())
    if kind == op.BRANCH:
        options = [in_full(option, ignore_case) for option in value[1]]
        return set().union(*options) if all(options) else set()
    same = kind == op.SUBPATTERN and inner_case(kind, value, ignore_case) == ignore_case
    return in_full(value[3], ignore_case) if same else set()


def in_full(nodes, ignore_case):
    """The same for nodes one behind another."""
    texts = {""}
    for kind, value in nodes:
        own = written(kind, value, ignore_case)
        texts = {text + more for text in texts for more in own} if len(texts) * len(own) <= FEW else set()
    return texts


class Finder:
    """Tells which of many rows with patterns may match a text: one pass over it finds the words of all of them (Aho and
    Corasick 1975)."""

    def __init__(self, files, needed):
        """`files` are the rows by name, each with a `pattern`; `needed` has the words of each pattern."""
        self.files, self.always, self.known = files, {name: set() for name in files}, {}
        as_printed, any_case = {}, {}
        for name, rows in files.items():
            for n, row in enumerate(rows):
                words = needed[row.pattern]
                if not words or any(word.isspace() for word, _ in words):  # a blank stands in every text
                    self.always[name].add(n)
                    continue
                for word, ignore_case in words:
                    (any_case if ignore_case else as_printed).setdefault(word, []).append((name, n))
        self.places = [[by_file(rows) for rows in words.values()] for words in (as_printed, any_case)]
        self.words = [automaton(words) for words in (as_printed, any_case)]

    def searched(self, text):
        """The text as Searched."""
        if text not in self.known:
            if len(self.known) >= KEPT:
                self.known.clear()
            self.known[text] = Searched(self, text)
        return self.known[text]

    def found(self, text):
        """{file: numbers of its rows} whose words stand in a text."""
        found = {}
        for where, words, places in zip((text, text.lower()), self.words, self.places, strict=True):
            for word in {word for _, word in words.iter(where)}:
                for name, rows in places[word]:
                    found[name] = found[name] | rows if name in found else rows
        return found


class Searched:
    """A text in which a Finder has found its words; what was asked of it once is remembered."""

    def __init__(self, finder, text):
        self.finder, self.text, self.found, self.rows, self.matched = finder, text, finder.found(text), {}, {}

    def near(self, name):
        """The rows of one file whose words stand in it, in their order."""
        if name not in self.rows:
            numbers, rows = self.finder.always[name] | self.found.get(name, frozenset()), self.finder.files[name]
            self.rows[name] = tuple(rows[n] for n in sorted(numbers))
        return self.rows[name]

    def matches(self, name):
        """((row, match), …) of all that the patterns of one file find in it, row by row."""
        if name not in self.matched:
            self.matched[name] = tuple((row, m) for row in self.near(name) for m in row.regex.finditer(self.text))
        return self.matched[name]


def by_file(rows):
    """((file, numbers of its rows), …) of pairs (file, number)."""
    return tuple((name, frozenset(n for other, n in rows if other == name)) for name in dict(rows))


def automaton(words):
    """An automaton that finds the words, each with its number."""
    found = ahocorasick.Automaton()
    for n, word in enumerate(words):
        found.add_word(word, n)
    found.make_automaton()
    return found
