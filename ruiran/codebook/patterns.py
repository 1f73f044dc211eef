"""Tells before it is used whether a pattern can be made slow: what a backtracking matcher would try again and again.

A pattern is read as an automaton of its positions (Glushkov, 1961). It takes exponential time where a loop of that
automaton reads the same characters in two ways (Weideman et al., "Analyzing Matching Time Behavior of Backtracking
Regular Expression Matchers by Using Ambiguity of NFA", 2016): nested repeats and alternatives that overlap.
"""
import re
from collections import Counter
from functools import lru_cache
from re import _constants as op
from re import _parser as parser

MANY = 4      # rounds from which on a repeat counts as a loop
OPEN = 1000   # rounds from which on it counts as open-ended
IN_A_ROW = 3  # open-ended repeats that a pattern for whole lines may have one behind another
ALPHABET = [chr(n) for n in range(32, 127)] + list("\n\té\u201c\u2013\u00a0\u00b2\u4e2d")
CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_WORD: r"\w",
              op.CATEGORY_NOT_WORD: r"\W", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S"}
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
SEALED = (op.ATOMIC_GROUP, op.POSSESSIVE_REPEAT)  # nothing behind them makes the matcher try them again


@lru_cache(maxsize=None)
def slow(pattern, whole_line=False):
    """What makes the pattern slow, with a remedy; '' for one that cannot be made slow.

    `whole_line`: it is matched against one line of limited length, not searched for in running text.
    """
    if not re.search(r"[*+]|\{\d", pattern):
        return ""
    tree = parser.parse(pattern)
    if any(ambiguous(*loop) for loop in outer_loops(tree, False)):
        return ("a repeat can read the same words in two ways, which takes time without end; begin what it repeats "
                "with a character that nothing else in it can be, or make what stands inside it fixed")
    if not whole_line and runs_on(tree):
        return "an open-ended repeat may run over words with which the pattern begins; bound it, as in .{0,80}"
    if whole_line and (wide := wide_loops(tree)) > IN_A_ROW:
        return f"{wide} open-ended repeats in a row; bound all but {IN_A_ROW}, as in .{{0,80}}"
    return ""


def outer_loops(nodes, ignore_case):
    """(loop, whether it ignores case) of the repeats of MANY rounds or more that stand in no other, each as a parsed
    pattern of its own; also of those inside what seals its words."""
    for kind, value in nodes:
        if kind in REPEATS and value[1] >= MANY:
            if len(value[2]) > 1 or bodies(*value[2][0]):  # one character again and again can be read in one way alone
                yield [(kind, value)], ignore_case
        else:
            for body in bodies(kind, value):
                yield from outer_loops(body, inner_case(kind, value, ignore_case))


def inner_case(kind, value, ignore_case):
    """Whether what stands inside a node ignores case: `(?i:...)` does."""
    return bool((ignore_case or value[1] & re.I) and not value[2] & re.I) if kind == op.SUBPATTERN else ignore_case


def bodies(kind, value):
    """The parsed patterns that stand inside a node."""
    if kind == op.SUBPATTERN:
        return [value[3]]
    if kind == op.BRANCH:
        return value[1]
    if kind in (*REPEATS, op.POSSESSIVE_REPEAT):
        return [value[2]]
    return [value] if kind == op.ATOMIC_GROUP else []


# ---------------------------------------------------------------- characters
@lru_cache(maxsize=None)
def characters(kind, value, ignore_case):
    """The characters of ALPHABET that one position of a pattern reads, as a frozenset."""
    found = frozenset(c for c in ALPHABET if reads(kind, value, c))
    return found | {x for c in found for x in (c.lower(), c.upper())} if ignore_case else found


def reads(kind, value, c):
    """True where one node of a parsed pattern reads the character."""
    if kind in (op.LITERAL, op.NOT_LITERAL):
        same = value == ord(c) or value > 126 and ord(c) > 126 and ALPHABET.count(chr(value)) == 0
        return same if kind == op.LITERAL else value != ord(c)
    if kind == op.RANGE:
        return value[0] <= ord(c) <= value[1]
    if kind == op.CATEGORY:
        return bool(re.match(CATEGORIES[value], c))
    if kind == op.IN:
        negated = value[0][0] == op.NEGATE
        return negated != any(reads(k, v, c) for k, v in value[negated:])
    return True  # ANY, or a reference to a group


# ---------------------------------------------------------------- the automaton
class Automaton:
    """Positions of a pattern with the characters that each reads, and how often each may follow another."""

    def __init__(self, tree, ignore_case=False):
        self.reads, self.follows, self.sealed = [], Counter(), []
        self.first = self.sequence(tree, ignore_case)[0]

    def position(self, characters):
        """(first, last, may be empty) of a new position."""
        self.reads.append(characters)
        return Counter({len(self.reads) - 1: 1}), Counter({len(self.reads) - 1: 1}), False

    def sequence(self, nodes, ignore_case):
        """(first, last, may be empty) of nodes one behind another; first and last count the ways to each position."""
        first, last, empty = Counter(), Counter(), True
        for kind, value in nodes:
            f, e, nothing = self.node(kind, value, ignore_case)
            self.join(last, f)
            first += f if empty else Counter()
            last = e + last if nothing else e
            empty = empty and nothing
        return first, last, empty

    def join(self, last, first):
        """Lets each position of `first` follow each of `last`."""
        for a, n in last.items():
            for b, m in first.items():
                self.follows[a, b] += n * m

    def node(self, kind, value, ignore_case):
        """(first, last, may be empty) of one node of a parsed pattern."""
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            return Counter(), Counter(), True
        if kind == op.SUBPATTERN:
            return self.sequence(value[3], inner_case(kind, value, ignore_case))
        if kind == op.BRANCH:
            found = [self.sequence(option, ignore_case) for option in value[1]]
            return (sum((first for first, _, _ in found), Counter()), sum((last for _, last, _ in found), Counter()),
                    any(empty for _, _, empty in found))
        if kind in REPEATS:
            return self.repeat(*value, ignore_case)
        if kind in SEALED:
            self.sealed.append(value if kind == op.ATOMIC_GROUP else value[2])
            return self.position(frozenset())
        return self.position(characters(kind, tuple(value) if kind == op.IN else value, ignore_case))

    def repeat(self, low, high, body, ignore_case):
        """(first, last, may be empty) of a repeat: a loop from MANY rounds on, else as many copies."""
        looped = high >= MANY
        first, last, empty = self.sequence(body if looped else list(body) * max(high, 1), ignore_case)
        if looped:
            self.join(last, first)
        return first, last, empty or not low


def ambiguous(tree, ignore_case):
    """True where a loop of the pattern reads the same characters in two ways."""
    machine = Automaton(tree, ignore_case)
    after = {}
    for a, b in machine.follows:
        after.setdefault(a, set()).add(b)
    return (any(ambiguous(*loop) for body in machine.sealed for loop in outer_loops(body, ignore_case))
            or any(n > 1 for loop in loops(after) for (a, b), n in machine.follows.items() if {a, b} <= loop)
            or any(meets_again({a: after[a] & loop for a in loop}, machine.reads) for loop in loops(after)))


def meets_again(after, reads):
    """True where two ways part at one position of a loop, read the same characters and come to one position again."""
    def alike(some, others):
        return {(min(a, b), max(a, b)) for a in some for b in others if reads[a] & reads[b]}

    parted = {(a, b) for some in after.values() for a, b in alike(some, some) if a != b}
    return any(a == b for a, b in reached(parted, lambda pair: alike(after[pair[0]], after[pair[1]])))


def loops(after):
    """The sets of positions that can be reached from one another (strongly connected)."""
    behind = {a: reached(after[a], lambda b: after.get(b, ())) for a in after}
    return {frozenset(b for b in behind[a] if a in behind.get(b, ())) for a in after if a in behind[a]}


def reached(start, following):
    """The things of `start` and all to which `following`, asked again and again, leads from them."""
    found, todo = set(start), list(start)
    while todo:
        new = set(following(todo.pop())) - found
        found |= new
        todo += new
    return found


# ---------------------------------------------------------------- open-ended repeats
def wide_loops(nodes):
    """How many open-ended repeats that can read a space stand one behind another, on the way that has most of them."""
    return sum(1 if is_wide(kind, value) else max(map(wide_loops, bodies(kind, value)), default=0)
               for kind, value in nodes)


def is_wide(kind, value):
    """True for an open-ended repeat that can read a space."""
    return kind in REPEATS and value[1] >= OPEN and " " in read_in(value[2])


def read_in(nodes):
    """Every character that some position of a parsed pattern reads."""
    return frozenset().union(*Automaton(nodes).reads)


def runs_on(tree):
    """True where an open-ended repeat can read a space and a character with which the pattern may begin: searched for
    in a long text, each beginning would read on to the end."""
    machine = Automaton(tree)
    begins = frozenset().union(*(machine.reads[n] for n in machine.first))
    return any(begins & read_in(value[2]) for kind, value in inside(tree) if is_wide(kind, value))


def inside(nodes):
    """The nodes of a parsed pattern, and those inside them."""
    for kind, value in nodes:
        yield kind, value
        for body in bodies(kind, value):
            yield from inside(body)
