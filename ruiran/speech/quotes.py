"""Kept text to `quotations`: what is said, directly or in a reported clause, by whom, and who carries it."""
import re
from dataclasses import replace

from ..reading.grammar import arguments, objects_of
from ..records import Quotation
from ..spans import in_order, last_before
from .scene import Scene
from .speakers import is_speech, label, media, says_as, speaker_of

NEAR = 90  # characters at most between a quotation and its verb of speech


def quotations_of(paragraphs, book, mentions):
    """The Quotations of an article."""
    result, last = [], ""
    for p in paragraphs:
        scene = Scene(p, mentions, [], book, last_before(mentions, p.start, 12))
        indirect = list(reported(scene, book))
        spans = quoted(p.text)
        direct = [quotation(scene, book, span) for span in spans]
        direct = [q for q in carried(direct, indirect, last) if q.speaker or not is_title(q.text)]
        last = next((q.speaker for q in reversed(direct + indirect) if q.speaker), last if spans else "")
        said = direct + [q for q in indirect if not any(same(q, d) for d in direct)]
        result += in_order(q for q in said if q.end > q.start)
    return result


def same(a, b):
    """True for two quotations of the same words."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > 0.8 * max(a.end - a.start, b.end - b.start)


# ---------------------------------------------------------------- direct
def quoted(text):
    """Spans of more than two words between quotation marks; an unclosed one runs to the end of the paragraph."""
    marks = [m.start() for m in re.finditer('"', text)]
    spans = []
    for a, b in zip(marks[::2], marks[1::2] + [None], strict=False):
        end = len(text) if b is None else b
        if len(text[a + 1:end].split()) > 2:
            spans.append((a + 1, end))
    single = [m.span(1) for m in re.finditer(r"(?<!\w)'([^']{20,}?)'(?!\w)", text) if '"' not in m[1]]
    return spans + single


def is_title(text):
    """True for words in marks that all begin with a capital or a figure: a book, a ship, an inscription."""
    return all(not w[0].islower() for w in text.split() if len(w) > 3)


def quotation(scene, book, span):
    """A direct quotation with the speaker of the verb of speech beside it."""
    p = scene.p
    best = None
    for token in p.doc:
        distance = min(abs(token.idx - span[1]), abs(span[0] - token.idx - len(token)))
        if span[0] <= token.idx < span[1] or distance > NEAR or not is_speech(token, book):
            continue
        between = p.text[min(token.idx, span[1]):max(token.idx, span[0])]
        speaker, via = speaker_of(scene, token, book)
        beside = not re.search(r'[.!?]\s+[A-Z]', between.strip('"'))
        if speaker and beside and (not best or distance < best[0]):
            best = (distance, speaker, via)
    _, speaker, via = best or (0, "", [])
    return Quotation(*p.place(*span), True, speaker, tuple(via))


def carried(direct, indirect, last):
    """The direct quotations: one without a verb of speech has the speaker of the nearest, else of the paragraph
    before."""
    found = list(direct)
    for n, q in enumerate(direct):
        if not q.speaker:
            named = sorted((abs(o.start - q.start), o.speaker) for o in found + indirect if o.speaker)
            found[n] = replace(q, speaker=named[0][1] if named else last)
    return found


# ---------------------------------------------------------------- reported
def reported(scene, book):
    """Quotations of the clauses that a verb of speech governs, and of sentences with 'according to'."""
    for token in scene.p.doc:
        if is_speech(token, book) and not goes_without(token) and not says_as(token, book):
            clause = clause_of(token)
            speaker, via = speaker_of(scene, token, book)
            if clause is not None and speaker and not (carries(scene, token) and restated(scene, clause, book)):
                yield Quotation(*scene.p.place(*extent(clause, token, book)), False, speaker, tuple(via))
        elif token.lower_ == "according" and token.dep_ in ("prep", "advmod", "advcl"):
            yield from according(scene, token, book)


def goes_without(token):
    """True for 'it goes without saying'."""
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def clause_of(token):
    """The clause that a verb of speech governs, also by 'quoted him as saying that ...', or None."""
    clause = next((c for c in token.children if c.dep_ in ("ccomp", "parataxis") and c.i != token.i), None)
    said = next((o for c in token.children if c.lower_ == "as" for o in objects_of(c)), None)
    if clause is None and said is not None:
        below = [c for c in said.children if c.dep_ == "ccomp"]
        clause = next(iter(below + [c for c in token.children if c.dep_ == "advcl" and c.i < token.i]), None)
    return clause


def carries(scene, verb):
    """True where the subject of a verb of speech is a news medium."""
    return any(media(scene, s) for s in arguments(verb)["subj"])


def restated(scene, clause, book):
    """True where a clause only says that somebody else has said something: the inner statement counts."""
    return is_speech(clause, book) and clause_of(clause) is not None and bool(speaker_of(scene, clause, book)[0])


def extent(clause, verb, book):
    """First and last character of a clause, without the verb of speech that governs it and what 'while' puts beside."""
    beside = [t for c in clause.children if c.dep_ == "advcl" and c.i > clause.i for m in c.children
              if m.lower_ in book.words("beside_it") for t in c.subtree]
    tokens = [t for t in clause.subtree if t.i != verb.i and t not in beside
              and not (t.dep_ == "punct" and t.head == verb)]
    tokens = [t for t in tokens if not t.is_punct or 0 < t.i < len(t.doc) - 1]
    while tokens and tokens[0].is_punct or tokens and tokens[0].dep_ == "mark" and tokens[0].head == clause:
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    first, last = (tokens[0], tokens[-1]) if tokens else (clause, clause)
    return first.idx, last.idx + len(last)


def according(scene, token, book):
    """The quotation of a sentence with 'according to', without these words; none where its verb governs a statement."""
    named = [t for p in token.children if p.lower_ == "to" for t in objects_of(p)] or objects_of(token)
    if not named:
        return
    speaker, via = label(scene, named[0], book)
    root = token.head
    if speaker and root.pos_ in ("VERB", "AUX") and not (is_speech(root, book) and clause_of(root) is not None):
        inside = {t.i for t in token.subtree}
        said = [t for t in token.sent if t.i not in inside]
        while said and said[0].is_punct:
            said = said[1:]
        first = said[0] if token.is_sent_start and said else token.sent[0]
        last = said[-1] if token.i > root.i and said and said[-1].i > root.i else token.sent[-1]
        yield Quotation(*scene.p.place(first.idx, last.idx + len(last)), False, speaker, tuple(via))
