"""Which words of a sentence tell an act: rows of codebook `events` found in the parse, and what governs what."""
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from ..reading.grammar import SUBJECTS, VERBAL, arguments, gerund, passive, within_clause
from ..records import Reason
from .themes import is_about

POS = {"verb": VERBAL, "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB", "ADV")}
# Steps from an inner act up to the word that governs it; a relative clause or an aside breaks the chain.
DOWN = {"xcomp", "ccomp", "dobj", "attr", "pobj", "prep", "pcomp", "acl", "conj", "dative", "oprd", "nsubjpass",
        "compound", "acomp", "agent", "nmod"}


@dataclass(frozen=True)
class Act:
    """A word with the codebook row that it matches, its arguments, the acts that it governs, and the rows above it
    that only colour it (begin, complete, confirm)."""

    token: object
    row: object
    roles: dict
    inner: tuple = ()
    passed: tuple = ()


@lru_cache(maxsize=None)
def index(book):
    """Rows of codebook `events` by the first word of each of their lemmas, the longest phrase first."""
    found = defaultdict(list)
    for row in book.rows("events"):
        for first, *rest in map(str.split, row.lemma.split("|")):
            found[first].append((rest, row))
    return {first: sorted(rows, key=lambda r: -len(r[0])) for first, rows in found.items()}


@lru_cache(maxsize=None)
def idioms(book):
    """{first word: the further words of the idioms that begin with it}."""
    found = defaultdict(list)
    for first, *rest in map(str.split, book.words("idioms")):
        found[first].append(rest)
    return found


def acts_in(sentence, scene, book):
    """([(Act, the Acts above it, the nearest last)] of a sentence in the order of its words, [Reason]: the rules whose
    words stand in it and that do not fit)."""
    words = {word for t in sentence for word in (t.lemma_.lower(), t.lower_)}
    found = {t: tried(t, scene, book, words) for t in sentence}
    rows = {t.i: fit for t, rows in found.items() if (fit := [row for row, fault in rows if not fault])}
    return acts_of(rows, sentence, book), [missed(t, row, fault, scene) for t, rows in found.items()
                                           for row, fault in rows if fault]


def acts_of(rows, sentence, book):
    """[(Act, the Acts above it)] of the rows that fit the words of a sentence, by the place of the word."""
    rows = {i: r for i, r in rows.items() if not in_phrase(sentence.doc[i], rows)}
    above = {i: found for i in rows if (found := governor(sentence.doc[i], rows, book)) is not None}
    passing = {i for i in rows if rows[i][0].kind == "pass"}
    below = {i: [] for i in rows if i not in passing}
    for j in above:
        if (i := first_above(j, above, passing)) is not None:
            below[i].append(j)
    heads = [i for i in below if first_above(i, above, passing) is None]
    built = [build(i, sentence.doc, rows, above, passing, below, book) for i in heads]
    found = [pair for act in built if act is not None for pair in unfold(act, ())]
    return sorted(found, key=lambda pair: pair[0].token.i)


def first_above(i, above, passing):
    """The nearest word above that does more than colour the act; None for none."""
    i = above.get(i)
    while i in passing:
        i = above.get(i)
    return i


def build(i, doc, rows, above, passing, below, book):
    """The Act at a word, with those below it; None where no row of it holds without an act below."""
    inner = [build(j, doc, rows, above, passing, below, book) for j in below[i] if j not in passing]
    inner = tuple(act for act in inner if act is not None)
    held = [r for r in rows[i] if any(takes(r, a.row, book) for a in inner)] or [r for r in rows[i] if r.needs != "yes"]
    if not held:
        return None
    colours, j = [], above.get(i)
    while j in passing:
        colours, j = [*colours, rows[j][0]], above.get(j)
    return Act(doc[i], held[0], roles_of(doc[i], held[0]), inner, tuple(colours))


def unfold(act, above):
    """The act and those below it, each with the acts above; a row without an event only joins what is below."""
    if act.row.event:
        yield act, above
    for inner in act.inner:
        yield from unfold(inner, (*above, act))


# ---------------------------------------------------------------- rows that a word matches
def tried(token, scene, book, words):
    """(row, '' or what of it does not fit) for the rows whose phrase begins at the token, of the longest that fit;
    `words` are those of its sentence, without which no phrase need be looked for."""
    bases = gerund(token)
    lemma = next((b for b in bases if b in index(book)), token.lemma_.lower())
    if lemma not in index(book) or any(phrase_fits(token, rest) for rest in idioms(book).get(lemma, ())):
        return []  # 'stopped short of', 'broke the news'
    found = [(len(rest), row, fault_of(token, row, bases, scene, book)) for rest, row in index(book)[lemma]
             if words.issuperset(rest) and phrase_fits(token, rest)]
    longest = max((n for n, _, fault in found if not fault), default=0)  # 'freeze assets' is not 'freeze'
    return [(row, fault) for n, row, fault in found if n == longest or fault]


def missed(token, row, fault, scene):
    """The Reason why a rule whose words stand in a sentence has not fired: a near miss."""
    start = scene.p.start + token.idx
    return Reason("rule", "", row.rule, token.text, start, start + len(token), fault)


def fault_of(token, row, bases, scene, book):
    """What of a row does not fit a token that begins its phrase; '' where all does."""
    if token.pos_ not in POS[row.pos] and not (bases and row.pos == "verb") or describes(token, row, book):
        return "part of speech"
    if row.theme and not any(is_about(token, theme, scene, book) for theme in row.theme.split("|")):
        return f"theme {row.theme}"
    return "" if CONTROL[row.control](token, scene) else f"clause not {row.control}"


def describes(token, row, book):
    """True for a participle or noun that only describes another noun: 'the undelivered missiles', 'attack aircraft'."""
    if row.pos == "verb":
        fresh = any(c.lower_ in ("newly", "recently", "just") for c in token.children)  # 'its newly received S-300'
        return token.dep_ == "amod" and not fresh
    return token.dep_ == "compound" and book.keyed("kinds", "kind")[row.kind].describes == "yes"


def in_phrase(token, rows):
    """True for the noun of 'took delivery', 'struck a deal' where the phrase as a whole tells the act of its verb."""
    phrase = f"{token.head.lemma_.lower()} {token.lemma_.lower()}"
    return token.dep_ in ("dobj", "pobj") and any(phrase in r.lemma.split("|") for r in rows.get(token.head.i, ())[:1])


def phrase_fits(token, rest):
    """True where each further word of the phrase stands below the token."""
    return len(phrase_words(token, rest)) == len(rest)


def phrase_words(token, rest):
    """The tokens of the further words of a phrase: a particle, an object, or what stands behind a preposition."""
    below = [token]
    for word in rest:
        near = [c for t in below for c in t.children if c.dep_ != "aux" and not any(
            o.ent_type_ == "DATE" or o.dep_ == "npadvmod" for o in c.children)]
        held = [o for c in near if c.dep_ == "dobj" for o in (c, *c.conjuncts)]
        off = [p for o in held for p in o.children if p.dep_ == "prep"]  # 'took the firm and its head off the list'
        near += [o for c in (*near, *off) if c.pos_ == "ADP" for o in c.children]
        found = next((c for c in near if word in (c.lemma_.lower(), c.lower_)), None)
        if found is None:
            break
        below = [*below, found]
    return below[1:]


def roles_of(token, row):
    """The roles of an act; the noun of its phrase lends what the verb lacks: 'drew criticism from Washington'."""
    roles = arguments(token).copy()
    phrases = [tuple(p.split()[1:]) for p in row.lemma.split("|") if p.split()[0] == token.lemma_.lower()]
    rest = max((p for p in phrases if phrase_fits(token, p)), key=len, default=())
    for noun in (t for t in phrase_words(token, rest) if t.pos_ == "NOUN"):
        for name, found in arguments(noun).items():
            if name not in ("mod", "poss") or row.frame == "under-fire":
                roles[name] = roles[name] or found
    return roles


# ---------------------------------------------------------------- acts below acts
def governor(token, rows, book):
    """The place of the first word above that governs an act of this kind; None for none."""
    below = token
    for above in token.ancestors:
        told_of = below.dep_ == "nsubj" and any(c.dep_ == "auxpass" for c in above.children)
        loose = below.dep_ == "advcl" and below.tag_ == "VB"  # 'undertook in 2007 to deliver'
        takes_place = below == token and below.dep_ == "nsubj" and any(
            r.frame == "happen" for r in rows.get(above.i, ()))
        if below.dep_ not in DOWN and not told_of and not takes_place and not loose:
            return None
        if below.dep_ != "conj" and above.i in rows and governs(rows[above.i], rows[token.i], book):
            return above.i
        below = above
    return None


def governs(above, below, book):
    """True where one of the rows of a word takes acts of the kind of another word's first row below it."""
    return any(takes(row, below[0], book) for row in above)


def takes(row, inner, book):
    """True where a row takes acts of the kind of another below it, by name or by the group of their kind."""
    over, group = row.over.split("|"), book.keyed("kinds", "kind")[inner.kind].group
    return inner.kind in over or group and group in over or "any" in over and inner.kind not in ("talk", "visit")


# ---------------------------------------------------------------- what a row asks of the clause beside its words
def complement_subjects(token):
    """The subjects of the clause that a verb governs."""
    below = next((c for c in token.children if c.dep_ in ("xcomp", "ccomp")), None)
    return [c for c in below.children if c.dep_ in SUBJECTS] if below is not None else []


def other_subject(token, scene):
    """True for 'wants Iran to drop': the complement has its own subject, or the verb an actor for its object."""
    objects = [t for t in arguments(token)["obj"] if t.dep_ != "nsubjpass"]
    return bool(complement_subjects(token)) or any(scene.actors(t) and not scene.weapon_at(t) for t in objects)


def other_actor(token, scene):
    """True for 'expects Russia to honour', not for 'expects the contract to be signed'."""
    named = [t for t in complement_subjects(token) if t.lemma_.lower() not in scene.book.words("things")]
    return any(scene.actors(t) for t in named)


def negated(token, scene):
    """True where a negation stands in the act's own clause."""
    return any(c.dep_ == "neg" or c.lower_ in scene.book.words("nots") for c in within_clause(token))


def modal(token, scene=None):
    """True where a modal stands with the act or with the verb above it."""
    return any(c.tag_ == "MD" for c in (*token.children, *token.head.children))


def lacks_object(token, scene):
    """True for an active verb without an object, and without a weapon beside it."""
    return not passive(token) and not any(c.dep_ in ("dobj", "nsubjpass") or scene.weapon_at(c) for c in token.children)


def crowd(token, scene):
    """True where people act, and not the state itself: 'Moscow may walk out of its accord' is no demonstration."""
    return not any(t.lower_ == "it" or (m := scene.actor_at(t)) and m.basis in ("country", "capital", "seat")
                   for t in arguments(token)["subj"])


CONTROL = {
    "": lambda token, scene: True,
    "other": other_subject,
    "actor": other_actor,
    "crowd": crowd,
    "noobj": lacks_object,
    "bare": lambda token, scene: token.dep_ == "xcomp" and not any(
        c.dep_ in ("dobj", "dative", "nsubjpass") for c in token.children),
    "done": lambda token, scene: token.tag_ in ("VBD", "VBN") and not modal(token),
    "negated": negated,
    "affirmed": lambda token, scene: not negated(token, scene),
    "modal": modal,
    "passive": lambda token, scene: passive(token),
}
