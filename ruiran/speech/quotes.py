"""Kept text to `quotations`: what is said, directly or in a reported clause, by whom, and who carries it."""
import re
from dataclasses import replace

from ..reading.grammar import VERBAL, arguments, objects_of
from ..records import Quotation
from ..spans import in_order, last_before, within
from .scene import Scene
from .speakers import is_speech, label, media, says_as, speaker_of

NEAR = 90  # characters at most between a quotation and its verb of speech


def quotations_of(paragraphs, book, mentions, spoken=()):
    """The Quotations of an article; `spoken` are those of turns, whose speaker also says what stands in marks there."""
    result, last, announced = [], "", ""
    for p in paragraphs:
        scene = Scene(p, mentions, [], book, last_before(mentions, p.start, 12))
        indirect = list(reported(scene, book))
        spans = quoted(p.text)
        direct = [quotation(scene, book, span, announced) for span in spans]
        announced = announces(scene)
        turns = within(spoken, p.start, p.end)
        direct = [q for q in direct if q.speaker or not any(t.start <= q.start < t.end for t in turns)]
        direct = [q for q in carried(direct, indirect, last) if q.speaker or not is_title(q.text)]
        last = next((q.speaker for q in reversed(direct + indirect) if q.speaker), last if spans else "")
        result += in_order([*turns, *direct, *(q for q in indirect if not any(same(q, d) for d in direct))])
    return result


def same(a, b):
    """True for two quotations of the same words."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > 0.8 * max(a.end - a.start, b.end - b.start)


# ---------------------------------------------------------------- direct
def quoted(text):
    """Spans of more than two words between quotation marks; an unclosed one runs to the end of the paragraph."""
    double = [m.span(1) for m in re.finditer(r'"([^"]*)"?', text) if len(m[1].split()) > 2]
    return double + [m.span(1) for m in re.finditer(r"(?<!\w)'([^'\"]{20,}?)'(?!\w)", text)]


def is_title(text):
    """True for words in marks that all begin with a capital or a figure: a book, a ship, an inscription."""
    return all(not w[0].islower() for w in text.split() if len(w) > 3)


def quotation(scene, book, span, announced=""):
    """A direct quotation with the speaker of the verb of speech beside it, else who signs it or acts right behind it,
    else whom the line before it announces."""
    start, end = span
    found = [(NEAR + 1, "", [])]
    for token in scene.p.doc:
        distance = min(abs(token.idx - end), abs(start - token.idx - len(token)))
        if start <= token.idx < end or distance > NEAR or not is_speech(token, book):
            continue
        between = scene.p.text[min(token.idx, end):max(token.idx, start)].strip('"')
        if not re.search(r"[.!?]\s+[A-Z]", between):
            speaker, via = speaker_of(scene, token, book)
            found += [(distance, speaker, via)] if speaker else []
    _, speaker, via = min(found, key=lambda f: f[0])
    speaker = speaker or signed(scene, end) or acting(scene, end) or announced
    return Quotation(*scene.p.place(*span), True, speaker, tuple(via))


def person_behind(scene, end):
    """(the person named first behind the quotation that ends at `end`, the tokens between them), or (None, [])."""
    named = [m for m in scene.mentions if m.kind == "person" and m.code and m.start >= scene.p.start + end]
    first = min(named, key=lambda m: m.start, default=None)
    if first is None or first.start > scene.p.start + end + NEAR:
        return None, []
    return first, [t for t in scene.p.doc if end <= t.idx < first.start - scene.p.start and not t.is_space]


def signed(scene, end):
    """'"..." -Senator Jon Kyl': the person behind a dash; '' for none."""
    person, between = person_behind(scene, end)
    text = scene.p.text[end:person.start - scene.p.start] if person else ""
    return person.code if re.fullmatch(r"[\"'\s]*[-–—]+\s*(?:[A-Z][\w.]*\.?\s+)*", text) else ""


def acting(scene, end):
    """'"..." Najjar nodded', '"...," replied Serdyukov': the person who acts right behind a quotation; '' for none."""
    person, between = person_behind(scene, end)
    words = [t for t in between if not t.is_punct]
    if person is None or any(t.text == "." for t in between[1:]) or any(
            t.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") and t.tag_ != "VBD" for t in words):
        return ""
    after = next((t for t in scene.p.doc if t.idx >= person.end - scene.p.start), None)
    verbs = [t for t in words if t.tag_ == "VBD"] or ([after] if after is not None and after.tag_ == "VBD" else [])
    return person.code if len(verbs) == 1 and verbs[0].pos_ == "VERB" else ""


def announces(scene):
    """The one person whom a line of its own that ends in a colon names last: 'From the desk of Sergei Lavrov:'."""
    named = [m for m in scene.mentions if m.kind == "person" and m.code]
    colon = scene.p.text.rstrip().endswith(":") and len(scene.p.text.split()) <= 15
    return named[-1].code if colon and len({m.code for m in named}) == 1 else ""


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
        without = token.dep_ == "pcomp" and token.head.lower_ == "without"  # 'it goes without saying'
        if is_speech(token, book) and not without and not says_as(token, book):
            clause = clause_of(token)
            speaker, via = speaker_of(scene, token, book)
            if clause is not None and speaker and not restated(scene, token, clause, book):
                yield Quotation(*scene.p.place(*extent(clause, token, book)), False, speaker, tuple(via))
        elif token.lower_ == "according":
            yield from according(scene, token, book)


def clause_of(token):
    """The clause that a verb of speech governs, also by 'quoted him as saying that ...', or None."""
    clauses = [c for c in token.children if c.dep_ in ("ccomp", "parataxis")]
    said = next((o for c in token.children if c.lower_ == "as" for o in objects_of(c)), None)
    if said is not None:
        clauses += [c for c in said.children if c.dep_ == "ccomp"]
        clauses += [c for c in token.children if c.dep_ == "advcl" and c.i < token.i]
    return clauses[0] if clauses else None


def restated(scene, verb, clause, book):
    """True where a news medium only says that somebody else has said something: the inner statement counts."""
    return (any(media(scene, s) for s in arguments(verb)["subj"]) and is_speech(clause, book)
            and clause_of(clause) is not None and bool(speaker_of(scene, clause, book)[0]))


def extent(clause, verb, book):
    """First and last character of a clause, without the verb of speech that governs it and what 'while' puts beside."""
    beside = [t for c in clause.children if c.dep_ == "advcl" and c.i > clause.i for m in c.children
              if m.lower_ in book.words("beside_it") for t in c.subtree]
    tokens = [t for t in clause.subtree if t not in beside]
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "mark" and tokens[0].head == clause):
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    first, last = (tokens[0], tokens[-1]) if tokens else (clause, clause)
    return first.idx, last.idx + len(last)


def according(scene, token, book):
    """The quotation of a sentence with 'according to', without these words; none where its verb governs a statement."""
    named = [t for p in token.children if p.lower_ == "to" for t in objects_of(p)]
    speaker, via = label(scene, named[0], book) if named else ("", [])
    root = token.head
    if speaker and root.pos_ in VERBAL and not (is_speech(root, book) and clause_of(root) is not None):
        inside = set(token.subtree)
        said = [t for t in token.sent if t not in inside]
        first = next((t for t in said if not t.is_punct), root) if token.is_sent_start else token.sent[0]
        last = said[-1] if token.i > root.i else token.sent[-1]
        yield Quotation(*scene.p.place(first.idx, last.idx + len(last)), False, speaker, tuple(via))
