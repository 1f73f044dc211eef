"""Kept text to `quotations`: what is said, directly or in a reported clause, by whom, and who carries it."""
import re

from .roles import arguments, objects_of
from .scene import Scene

PERSON_PRONOUNS = {"he", "she"}
NEAR = 90  # characters at most between a quotation and its verb of speech
CLAUSE = ("ccomp", "xcomp", "parataxis", "advcl", "pcomp", "acl")


def quotations_of(paragraphs, book, mentions):
    """Rows of the `quotations` table."""
    result, last = [], ""
    for p in paragraphs:
        scene = Scene(p, mentions, [], book, [m for m in mentions if m["start"] < p.start][-12:])
        indirect = list(reported(scene, book))
        spans = quoted(p.text)
        direct = [quotation(scene, book, span, indirect) for span in spans]
        carry(direct, indirect, last)
        last = next((r["speaker"] for r in reversed(direct + indirect) if r["speaker"]), last if spans else "")
        rows = direct + [r for r in indirect if not any(same(r, d) for d in direct)]
        result += sorted((row for row in rows if row["end"] > row["start"]), key=lambda r: (r["start"], -r["end"]))
    return result


def same(a, b):
    """Two rows for the same words."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared > 0.8 * max(a["end"] - a["start"], b["end"] - b["start"])


def row(p, start, end, direct, speaker, via):
    """A row of `quotations` from the characters start to end of paragraph `p`."""
    return {"line": p.line_at(p.start + start), "start": p.start + start, "end": p.start + end,
            "text": p.text[start:end], "direct": direct, "speaker": speaker, "via": ";".join(via)}


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


def quotation(scene, book, span, indirect):
    """A direct quotation with the speaker of the verb of speech beside it."""
    p = scene.p
    best = None
    for token in p.doc:
        if span[0] <= token.idx < span[1] or not is_speech(token, book):
            continue
        distance = min(abs(token.idx - span[1]), abs(span[0] - token.idx - len(token)))
        between = p.text[min(token.idx, span[1]):max(token.idx, span[0])]
        speaker, via = speaker_of(scene, token, book)
        beside = distance <= NEAR and not re.search(r'[.!?]\s+[A-Z]', between.strip('"'))
        if speaker and beside and (not best or distance < best[0]):
            best = (distance, speaker, via)
    _, speaker, via = best or (0, "", [])
    return row(p, *span, True, speaker, via)


def carry(direct, indirect, last):
    """Gives a quotation without a verb of speech the speaker of the nearest one, else of the paragraph before."""
    for r in direct:
        if not r["speaker"]:
            named = sorted((abs(o["start"] - r["start"]), o["speaker"]) for o in direct + indirect if o["speaker"])
            r["speaker"] = named[0][1] if named else last


# ---------------------------------------------------------------- reported
def is_speech(token, book):
    """True for a verb of speech."""
    return token.pos_ == "VERB" and token.lemma_.lower() in book.words("speech")


def reported(scene, book):
    """Rows of the clauses that a verb of speech governs, and of sentences with 'according to'."""
    for token in scene.p.doc:
        if is_speech(token, book):
            clause = next((c for c in token.children if c.dep_ in ("ccomp", "parataxis") and c.i != token.i), None)
            speaker, via = speaker_of(scene, token, book)
            clause = clause if clause is not None else as_saying(token)
            if clause is not None and speaker:
                yield row(scene.p, *extent(clause, token), False, speaker, via)
        elif token.lower_ == "according" and token.dep_ in ("prep", "advmod", "advcl"):
            yield from according(scene, token, book)


def as_saying(token):
    """The clause in 'was quoted as saying that ...', 'quoted him as saying ...', or None."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "as":
            for said in child.children:
                return next((c for c in said.children if c.dep_ == "ccomp"), said)
    return None


def extent(clause, verb):
    """First and last character of a clause, without the verb of speech that governs it."""
    tokens = [t for t in clause.subtree if t.i != verb.i and not (t.dep_ == "punct" and t.head == verb)]
    tokens = [t for t in tokens if not t.is_punct or 0 < t.i < len(t.doc) - 1]
    while tokens and tokens[0].is_punct or tokens and tokens[0].dep_ == "mark" and tokens[0].head == clause:
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    first, last = (tokens[0], tokens[-1]) if tokens else (clause, clause)
    return first.idx, last.idx + len(last)


def according(scene, token, book):
    """The row of a sentence with 'according to', whole; none where its verb is one of speech."""
    named = [t for p in token.children if p.lower_ == "to" for t in objects_of(p)] or objects_of(token)
    if not named:
        return
    speaker, via = label(scene, named[0], book)
    root = token.head
    if speaker and root.pos_ in ("VERB", "AUX") and not is_speech(root, book):
        sentence = token.sent
        yield row(scene.p, sentence.start_char, sentence.end_char, False, speaker, via)


# ---------------------------------------------------------------- speakers
def speaker_of(scene, verb, book):
    """(speaker, carriers) of a verb of speech: its subject; media carry what a verb of speech below them says."""
    subjects = arguments(verb)["subj"]
    if passive_quote(verb):
        subjects = arguments(verb)["obj"]
    if verb.lemma_.lower() == "quote" and not passive_quote(verb):
        quoted_ones = [t for t in arguments(verb)["obj"] if not t.is_punct]
        if quoted_ones:
            return label(scene, quoted_ones[0], book)[0], [c for s in subjects for c in media(scene, s)]
    if not subjects:
        return "", []
    speaker, via = label(scene, subjects[0], book)
    carriers = media(scene, subjects[0])
    outer = verb.head
    if not carriers and verb.dep_ in CLAUSE and is_speech(outer, book) and outer != verb:
        via = [c for s in arguments(outer)["subj"] for c in media(scene, s)] + via
    told = [c for role in ("obj", "dative", "to") for t in arguments(verb)[role] for c in media(scene, t)]
    return speaker, list(dict.fromkeys(via + told))


def passive_quote(verb):
    """True for 'was quoted'."""
    return verb.lemma_.lower() == "quote" and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def media(scene, token):
    """Codes of the news media that a phrase names."""
    m = scene.at.get(token.i)
    if m and m["basis"] == "media":
        return [m["code"]]
    return [scene.at[c.i]["code"] for c in token.children if c.i in scene.at and scene.at[c.i]["basis"] == "media"]


def label(scene, token, book):
    """(who speaks, carriers): a person, an organisation, a government, `RUS:unnamed`; '' where open."""
    m = scene.at.get(token.i)
    if m and m["kind"] == "person" and m["code"]:
        return m["code"], media(scene, token)
    lemma = token.lemma_.lower()
    beside = [scene.at[c.i] for c in token.children if c.dep_ in ("appos", "compound") and c.i in scene.at]
    persons = [x["code"] for x in beside if x["kind"] == "person"]
    if persons:
        return persons[0], []
    if m and m["basis"] == "media" and lemma not in book.words("anonymous"):
        return m["code"], []
    if lemma in PERSON_PRONOUNS:
        return person_before(scene, token), []
    codes = scene.actors(token)
    country = next((c.split(":")[0] for c in codes), "")
    country = country or country_of_ministry(scene, token, book)
    if lemma in book.words("anonymous"):
        return f"{country}:unnamed" if country else "unnamed", media(scene, token)
    body = ministry(token, book)
    if body:
        return f"{country}:{body}" if country else "", []
    return ";".join(codes), []


def person_before(scene, token):
    """The last person named before a 'he' or 'she', a subject first; '' where none is."""
    before = [m for m in persons_among(scene.mentions) if m["end"] <= scene.p.start + token.idx]
    found = [m for m in before if scene.is_subject(m)] or before or persons_among(scene.recent)
    return found[-1]["code"] if found else ""


def persons_among(mentions):
    """The mentions of persons who are known by name."""
    return [m for m in mentions if m["kind"] == "person" and m["code"]]


def country_of_ministry(scene, token, book):
    """'a defence ministry source': the country of the minister of that name who was named last; '' where none was."""
    body = ministry(token, book)
    office = next((r.office for r in book.rows("ministries") if r.body == body and r.office), "")
    holders = [m for m in scene.recent + scene.mentions if office and m["kind"] == "person" and m.get("role") == office
               and m["start"] < scene.p.start + token.idx]
    return holders[-1]["country"] if holders else ""


def ministry(token, book):
    """'the defence ministry' as a body of the country beside it, '' for none."""
    text = " ".join(t.text for t in token.subtree if t.i <= token.i)
    return next((r.body for r in book.rows("ministries") if r.regex.search(text)), "")
