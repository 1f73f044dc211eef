"""A parsed text that can be asked often: spaCy's Doc, Token and Span, so far as they are needed here, as plain objects.

spaCy makes a Token anew each time that one is asked for, and reads its attributes out of a store; articles are asked
some hundred questions a word. The names mean what they mean in spaCy, and a test holds the answers against spaCy's.
"""
from bisect import bisect_right
from functools import cached_property, wraps
from typing import NamedTuple


def asked_once(question):
    """A function of a Token whose answer its Doc keeps."""
    @wraps(question)
    def asked(token):
        known = token.doc.asked.setdefault(question, {})
        if token.i not in known:
            known[token.i] = question(token)
        return known[token.i]
    return asked


class Word(NamedTuple):
    """What tokens of one word, tag and dependency have in common."""

    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    is_punct: bool
    is_space: bool
    like_num: bool


class Token:
    """A token: `i` is its number in the Doc, `idx` the character at which it starts; the rest as in spaCy."""

    __slots__ = (*Word._fields, "doc", "i", "idx", "ent_type_", "is_sent_start", "head", "children", "sent")

    def __init__(self, doc, i, idx, word, entity):
        self.doc, self.i, self.idx, self.ent_type_ = doc, i, idx, entity
        (self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.is_punct, self.is_space,
         self.like_num) = word
        self.children, self.is_sent_start = [], False

    def __len__(self):
        return len(self.text)

    def __repr__(self):
        return self.text

    @property
    def ancestors(self):
        """The tokens above it, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other):
        """True where this token is above the other one."""
        return any(a is self for a in other.ancestors)

    @property
    @asked_once
    def subtree(self):
        """It and all tokens below it, from left to right."""
        found, ahead = [], [(self, False)]
        while ahead:
            token, turn = ahead.pop()
            if turn or not token.children:
                found.append(token)
                continue
            place = next((n for n, c in enumerate(token.children) if c.i > token.i), len(token.children))
            parts = [(c, False) for c in token.children]
            parts.insert(place, (token, True))
            ahead += reversed(parts)
        return tuple(found)

    @property
    def left_edge(self):
        """The first token of its subtree."""
        return self.doc[min(t.i for t in self.subtree)]

    @property
    def conjuncts(self):
        """The tokens that it is joined to by 'and' and its like, without itself."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found += [c for c in token.children if c.i > token.i and c.dep_ == "conj"]
        return tuple(t for t in found if t is not self)

    def nbor(self, by=1):
        """The token so many places further on. Raises IndexError where there is none."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]


class Span:
    """The tokens `start` to `end` of a Doc; `label_` is the kind of name."""

    def __init__(self, doc, start, end, label=""):
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    @cached_property
    def tokens(self):
        """The tokens, a list."""
        return self.doc.tokens[self.start:self.end]

    def __iter__(self):
        return iter(self.tokens)

    def __len__(self):
        return self.end - self.start

    def __getitem__(self, place):
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            return Span(self.doc, self.start + first, max(self.start + last, self.start + first))
        return self.tokens[place]

    @cached_property
    def start_char(self):
        """The character at which it starts."""
        return self.tokens[0].idx

    @cached_property
    def end_char(self):
        """The character behind its last one."""
        return self.tokens[-1].idx + len(self.tokens[-1])

    @property
    def text(self):
        """The text from its first to its last token."""
        return self.doc.text[self.start_char:self.end_char] if self.tokens else ""

    @cached_property
    def root(self):
        """The token nearest to the root of the sentence, the first of several; no sign, where there is a word."""
        top = next((t for t in self.tokens if t.head is t), None)
        out = [t for t in self.tokens if not self.start <= t.head.i < self.end]
        return top or min(out, key=self.steps, default=self.tokens[0])

    def steps(self, token):
        """How far it is from a token to the root; a space or a sign alone is further than any word."""
        alone = (token.is_space or token.is_punct) and not token.children
        return len(self.doc) - 1 if alone else sum(1 for _ in token.ancestors)


class Doc:
    """A text as tokens, `sents` (Spans) and `ents` (Spans, by their labels).

    Of each token: `words` its Word, `places` the character at which it starts, `heads` the number of its head, `starts`
    whether a sentence starts with it. `names` (start, end, label) are the named spans. `asked` keeps what others
    asked of its tokens (see asked_once).
    """

    def __init__(self, text, words, places, heads, starts, names):
        self.text, self.places, self.asked = text, places, {}
        labels = {i: label for start, end, label in names for i in range(start, end)}
        self.tokens = [Token(self, i, idx, word, labels.get(i, ""))
                       for i, (idx, word) in enumerate(zip(places, words, strict=True))]
        for token, head, first in zip(self.tokens, heads, starts, strict=True):
            token.head, token.is_sent_start = self.tokens[head], first
            if head != token.i:
                token.head.children.append(token)
        ends = [t.i for t in self.tokens if t.is_sent_start and t.i] + [len(self.tokens)] * bool(self.tokens)
        self.sents = tuple(Span(self, *span) for span in zip([0, *ends], ends, strict=False))
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        self.ents = tuple(Span(self, *name) for name in names)

    def __iter__(self):
        return iter(self.tokens)

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return Span(self, 0, len(self))[place]
        return self.tokens[place]

    def token_at(self, char):
        """The token on which the character stands, or None between tokens."""
        token = self.tokens[bisect_right(self.places, char) - 1] if self.tokens else None
        return token if token and 0 <= char - token.idx < len(token) else None

    def char_span(self, start, end):
        """The Span of the tokens on which the characters stand, in part or whole; None outside the text."""
        if min(start, end - 1) < 0 or max(start + 1, end) > len(self.text):
            return None
        first = self.tokens[bisect_right(self.places, start) - 1]
        behind = start >= first.idx + len(first)  # on the space that follows
        return Span(self, first.i + behind, bisect_right(self.places, end - 1))
