"""Transcripts, interviews and releases to Quotations: who speaks each turn, and the body that issues a text.

A question is nobody's statement: its Quotation has no speaker, and its `turn` is `asked`.
"""
from dataclasses import dataclass

from ..codebook import people
from ..records import Mention, Quotation
from ..spans import Taken, within
from . import issuers

SHOWN = 160  # characters of a line in which its label stands


@dataclass(frozen=True)
class Label:
    """The words in front of a turn: offsets in paragraph `p`, the row of codebook `turns`, the speaker, '' where open.
    """

    p: object
    start: int
    end: int
    rule: object
    name: tuple  # (start, end) of the name in the paragraph, or ()
    speaker: str


def turns_of(lines, paragraphs, book, mentions, anchor):
    """(Quotations of turns or of an issued text, Mentions of the persons whom only their labels name); `anchor`: first
    and last day on which the article may have been written."""
    cast = Cast(lines, book, mentions, anchor)
    labels = [label for p in paragraphs for label in labels_in(p, cast, book)]
    if not is_transcript(labels):
        issuer = issuers.issuer_of(lines, book, mentions)
        return [whole(p, 0, issuer) for p in paragraphs if issuer and p.kind == "body"], []
    if any(x.rule.kind == "answer" for x in labels):
        cast.answering = cast.interviewed(labels[0]) or issuers.issuer_of(lines, book, mentions)
    return list(spoken(paragraphs, labels, cast, book)), list(named(labels, book, mentions))


def whole(p, start, speaker, turn="said", end=None):
    """The Quotation of a paragraph from `start` on."""
    return Quotation(*p.place(start, len(p.text) if end is None else end), True, speaker, turn=turn)


def labels_in(p, cast, book):
    """The Labels with which lines of a paragraph begin."""
    for _, first in p.lines:
        start = first - p.start
        text = p.text[start:start + SHOWN] if start >= 0 else ""
        for rule in book.near("turns", p.text):
            m = rule.regex.match(text)
            if m and rule.kind != "end" and (p.kind != "headline" or rule.alone == "yes"):
                who = m["who"] if "who" in m.groupdict() else ""
                speaker = cast.person(who) if who else ""
                if speaker or rule.alone == "yes" or rule.kind != "name":
                    name = (start + m.start("who"), start + m.end("who")) if who else ()
                    yield Label(p, start, start + m.end(), rule, name, speaker)
                    break


def is_transcript(labels):
    """True for a question and another turn, or for two turns of persons: 'Note:' and a name before a colon are none."""
    return len(labels) > 1 and (any(x.rule.kind == "question" for x in labels)
                                or sum(x.rule.kind == "name" for x in labels) > 1)


def spoken(paragraphs, labels, cast, book):
    """The Quotations of the turns, each up to the next label; without questions only of the labelled paragraphs."""
    on, runs = None, any(x.rule.kind == "question" or x.rule.alone == "yes" for x in labels)
    for p in paragraphs:
        own = [x for x in labels if x.p is p]
        ended = any(r.kind == "end" and r.regex.match(p.text) for r in book.near("turns", p.text))
        on = None if ended or not runs else on
        if on and p.kind == "body" and (not own or own[0].start):
            yield said(p, 0, on, cast, own[0].start if own else None)
        for x, end in zip(own, [*(y.start for y in own[1:]), None], strict=False):
            on = x
            if p.text[x.end:end].strip():
                yield said(p, x.end, x, cast, end)


def said(p, start, label, cast, end=None):
    """The Quotation of a turn, or of a part of one, in a paragraph."""
    text = p.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    turn = "asked" if label.rule.kind == "question" else "said"
    return whole(p, start, cast.answering if label.rule.kind == "answer" else label.speaker, turn, end)


def named(labels, book, mentions):
    """Mentions of the persons in labels where none stands yet ('MR. KIRBY:')."""
    persons = book.keyed("persons", "person")
    for x in labels:
        taken = Taken(x.p, within(mentions, x.p.start, x.p.end))
        if x.speaker in persons and not taken.holds(x.p.start + x.name[0], x.p.start + x.name[1]):
            yield Mention(*x.p.place(*x.name), "person", x.speaker, persons[x.speaker].country, basis="label")


def longest(named):
    """The persons of {person: surname} who have the longest surname: Jaberi Ansari and not Ansari."""
    size = max(map(len, named.values()), default=0)
    return {person for person, surname in named.items() if len(surname) == size}


class Cast:
    """The persons of one article, by the names that labels have for them."""

    def __init__(self, lines, book, mentions, anchor):
        self.lines, self.book, self.anchor, self.answering = lines, book, anchor, ""
        self.mentions = [m for m in mentions if m.kind == "person" and m.code]
        heads = " ".join(issuers.cased(x.text) for x in lines if x.kind != "body")
        self.codes = {m.code for m in self.mentions} | {person for person, *_ in people.named(book, heads)}

    def person(self, name):
        """The person whom a label names: in full, else by the surname as the one of the article, else as the one of the
        codebook in office; '' where it stays open."""
        text = issuers.cased(name)
        full = {person for person, *_ in people.named(self.book, text)}
        here = {c for c in self.codes if text.split()[-1].lower() == c.split()[-1].lower()}
        found = full or here or longest(self.in_office(text))
        return found.pop() if len(found) == 1 else ""

    def in_office(self, text):
        """{person: surname} of the codebook's persons of the surname with which the text ends, whose office, as far as
        one is printed before it, was held in these days."""
        named = [r for r in self.book.rows("persons") if r.surname and f" {text}".endswith(f" {r.surname}")]
        return {r.person: r.surname for r in named for t in people.terms(self.book, r.person)
                if self.fits(t, people.title_beside(self.book, text, len(text) - len(r.surname), len(text))[0])}

    def fits(self, term, title):
        """True for a term of office that the printed title may mean, held while the article may have been written."""
        first, broad = self.anchor[0], title in self.book.words("broad_titles")
        office = not title or broad or people.same_office(title, term.office)
        return bool(title or first) and office and (not first or people.held(term, *self.anchor))

    def interviewed(self, first):
        """The one person whom the headline, else the lines above the text, else the text before the first label names;
        '' where that is not one."""
        before = first.p.start + first.start
        texts = [[x for x in self.lines if x.start < before and x.kind == "headline"],
                 [x for x in self.lines if x.start < before and x.kind != "body"]]
        found = [{p for x in some for p, *_ in people.named(self.book, issuers.cased(x.text))} for some in texts]
        found.append({m.code for m in self.mentions if m.start < before})
        return next((some.pop() for some in found if len(some) == 1), "")
