"""Which words of a sentence tell an act: rows of codebook `events` found in the parse, and what governs what."""
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from ..reading.grammar import arguments
from ..reading.voice import frozen, gerund, passive
from .controls import CONTROL
from .themes import theme_fits

POS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB", "ADV")}
# Steps from an inner act up to the word that governs it; a relative clause or an aside breaks the chain.
DOWN = {"xcomp", "ccomp", "dobj", "attr", "pobj", "prep", "pcomp", "acl", "conj", "dative", "oprd", "nsubjpass",
        "compound", "acomp", "agent", "nmod"}
PASSING = 6  # steps at most


@dataclass
class Act:
    """A trigger token with the codebook row that it matches, and the acts above and below it."""

    token: object
    row: object
    roles: dict
    inner: list = field(default_factory=list)    # acts that this one governs
    outer: object = None                         # the act that governs this one
    passed: list = field(default_factory=list)   # rows that only colour it: begin, complete, confirm
    rows: list = field(default_factory=list)     # every row that fits, the first is tried first
    alleged: str = ""                            # status of what an accusation says: claimed, or denied by its answer


@lru_cache(maxsize=None)
def index(book):
    """Rows of codebook `events` by the first word of each of their lemmas, the longest phrase first."""
    found = defaultdict(list)
    for row in book.rows("events"):
        for phrase in row.lemma.split("|"):
            words = tuple(phrase.split())
            found[words[0]].append((words[1:], row))
    for rows in found.values():
        rows.sort(key=lambda r: -len(r[0]))
    return found


def acts_in(sentence, scene, book):
    """The acts of one sentence, each with what it governs; rows without an event only colour others."""
    acts = {}
    for token in sentence:
        rows = matches(token, scene, book)
        if rows and not (in_condition(token) or in_accord(token, book) or at_sidelines(token, book)
                         or of_anyone(token)):
            acts[token.i] = Act(token, rows[0], roles_of(token, rows[0]), rows=rows)
    acts = {i: a for i, a in acts.items() if not in_phrase(a.token, acts)}
    for act in acts.values():
        attach(act, acts)
    for act in acts.values():
        attach_antecedent(act, acts)
    return [a for a in acts.values() if settled(a)]


def in_phrase(token, acts):
    """True for the noun of 'took delivery', 'struck a deal' where the phrase as a whole tells the act of its verb."""
    above = acts.get(token.head.i) if token.dep_ in ("dobj", "pobj") else None
    phrase = f"{token.head.lemma_.lower()} {token.lemma_.lower()}"
    return above is not None and above.token != token and phrase in above.row.lemma.split("|")


def matches(token, scene, book):
    """Every row whose phrase, part of speech, theme and control fit the token: longer phrases first, then by row."""
    bases = gerund(token)
    lemma = next((b for b in bases if b in index(book)), token.lemma_.lower())
    if any(lemma == first and phrase_fits(token, rest) for first, *rest in map(str.split, book.words("idioms"))):
        return []  # 'stopped short of', 'broke the news'
    found = [(len(rest), row) for rest, row in index(book).get(lemma, ())
             if (token.pos_ in POS[row.pos] or bases and row.pos == "verb") and not describes(token, row)
             and phrase_fits(token, rest) and theme_fits(token, row, scene, book)
             and CONTROL[row.control](token, scene)]
    return [row for length, row in found if length == found[0][0]]  # 'freeze assets' is not 'freeze'


def nearly(token, scene, book):
    """(row, why not) of each row whose phrase the token begins and that fails on part of speech, theme or control."""
    for rest, row in index(book).get(token.lemma_.lower(), ()):
        tests = {"part of speech": token.pos_ in POS[row.pos],
                 f"theme {row.theme}": theme_fits(token, row, scene, book),
                 f"clause not {row.control}": CONTROL[row.control](token, scene)}
        why = [name for name, passed in tests.items() if not passed]
        if why and phrase_fits(token, rest):
            yield row, ", ".join(why)


def describes(token, row):
    """True for a participle or noun that only describes another noun: 'the undelivered missiles', 'attack aircraft'."""
    if row.pos == "verb":
        fresh = any(c.lower_ in ("newly", "recently", "just") for c in token.children)  # 'its newly received S-300'
        return token.dep_ == "amod" and not (fresh and row.kind in ("give", "take"))
    return token.dep_ == "compound" and row.kind in ("strike", "parade", "rally", "leave", "seize", "threat")


def settled(act):
    """True for an act with an event; one that governs nothing takes the first of its rows that need not."""
    if not act.inner:
        alone = [r for r in act.rows if not r.over.startswith("!")]
        if not alone:
            return False
        act.row = alone[0]
    return bool(act.row.event)


def in_accord(token, book):
    """True for what an accord provides for: 'a pact that forbids it to sell', 'a deal to sell'."""
    accords = book.words("theme_accord")
    for t in (token, *token.ancestors):
        if t.dep_ not in ("relcl", "acl") or t.tag_ == "VBN" or passive(t):
            continue
        if t == token and t.head in arguments(t)["obj"]:
            return False  # 'the agreement that he signed'
        heads = (t.head, t.head.head.head) if t.head.dep_ == "pobj" else (t.head,)
        if any(h.lemma_.lower() in accords for h in heads):
            return t.dep_ == "relcl" or t.tag_ in ("VBG", "VB")
    return False


def of_anyone(token):
    """True for 'any firm that supplies Iran': whoever does it is meant, and nobody has."""
    subjects = arguments(token)["subj"] if token.dep_ == "relcl" else []
    return any(c.lower_ in ("any", "anyone", "whoever", "every") for s in subjects for c in (s, *s.children))


def at_sidelines(token, book):
    """True for 'on the sidelines of a meeting': where something is said is no act."""
    return token.dep_ == "pobj" and token.head.head.lemma_.lower() in book.words("sidelines")


def in_condition(token):
    """True inside an if-clause, also 'should Tehran ask' and 'had Russia sold it': a condition is no event."""
    subjects = [c.i for t in (token, *token.ancestors) for c in t.children if c.dep_ in ("nsubj", "nsubjpass")]
    turned = [c.i for c in token.children if c.lower_ in ("should", "had") and c.dep_ == "aux"]
    if any(first < i < token.i for first in turned for i in subjects):
        return True
    clauses = [t for t in (token, *token.ancestors) if t.dep_ == "advcl"]
    if any(c.lower_ == "before" for t in clauses for c in t.children) and any(
            c.tag_ in ("VBZ", "VBP") for t in clauses for c in (t, *t.children)):
        return True  # 'before its crew is trained'
    marks = [m for t in clauses for m in t.children if m.dep_ in ("mark", "aux")]
    return any(m.lower_ in ("if", "unless") or m.lower_ in ("should", "were") and m.i == m.sent.start for m in marks)


def phrase_fits(token, rest):
    """True where each further word of the phrase stands below the token."""
    return len(phrase_words(token, rest)) == len(rest)


def phrase_words(token, rest):
    """The tokens of the further words of a phrase: a particle, an object, or what stands behind a preposition."""
    below = [token]
    for word in rest:
        near = [c for t in below for c in t.children if not any(o.ent_type_ == "DATE" for o in c.children)]
        held = [o for c in near if c.dep_ == "dobj" for o in (c, *c.conjuncts)]
        off = [p for o in held for p in o.children if p.dep_ == "prep"]  # 'took the firm and its head off the list'
        near += [o for c in (*near, *off) if c.pos_ == "ADP" for o in c.children]
        found = next((c for c in near if c.lemma_.lower() == word or c.lower_ == word), None)
        if found is None:
            break
        below = [*below, found]
    return below[1:]


def roles_of(token, row):
    """The roles of an act; the noun of its phrase lends what the verb lacks: 'drew criticism from Washington'."""
    roles = arguments(token)
    phrases = [tuple(p.split()[1:]) for p in row.lemma.split("|") if p.split()[0] == token.lemma_.lower()]
    rest = max((p for p in phrases if phrase_fits(token, p)), key=len, default=())
    for noun in (t for t in phrase_words(token, rest) if t.pos_ == "NOUN"):
        for name, found in arguments(noun).items():
            own = name[0] == "g" or name in ("mod", "poss") and row.frame != "under-fire"
            roles[name] = roles[name] or ([] if own else found)
    if row.kind == "claim" and not roles["against"]:  # 'filed a suit with the court in Geneva against the firm'
        roles["against"] += [o for t in token.subtree if t.lower_ == "against" for o in t.children if o.dep_ == "pobj"]
    return roles


def attach(act, acts):
    """Walks up from an act to the first act that governs acts of its kind."""
    token, steps = act.token, 0
    while token.head != token and steps < PASSING:
        told_of = token.dep_ == "nsubj" and any(c.dep_ == "auxpass" or frozen(c) for c in token.head.children)
        if token.dep_ not in DOWN and not told_of and not happens(token, acts) and not purpose(token):
            return
        joined = token.dep_ == "conj"
        token, steps = token.head, steps + 1
        above = acts.get(token.i) or next((acts[c.i] for c in token.children if c.i in acts and frozen(c)), None)
        if above is None or above is act or joined or not governs(above, act):
            continue
        if not above.row.event and above.row.kind == "pass":
            act.passed.append(above.row)
            continue
        act.outer = above
        above.inner.append(act)
        return


def purpose(token):
    """True for an infinitive that the parser hangs loosely on its verb: 'undertook in 2007 to deliver'."""
    return token.dep_ == "advcl" and token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children)


def happens(token, acts):
    """True for the subject of a verb of happening: 'the delivery took place'."""
    above = acts.get(token.head.i) if token.dep_ == "nsubj" else None
    return above is not None and any(r.frame == "happen" for r in above.rows)


def attach_antecedent(act, acts):
    """'a delivery that Moscow held back': the act of the relative clause governs the noun before it."""
    for noun in act.roles["obj"]:
        inner = acts.get(noun.i)
        if inner is None or inner is act or inner.outer is not None or act.outer is inner:
            continue
        if noun.is_ancestor(act.token) and governs(act, inner):
            if act.row.kind == "pass":
                inner.passed.append(act.row)
            else:
                inner.outer = act
                act.inner.append(inner)


def governs(above, act):
    """True where one of the rows of `above` takes acts of this kind below it; that row is then the one that counts."""
    for row in above.rows:
        over = row.over.lstrip("!").split("|")
        if "any" in over and act.row.kind not in ("talk", "visit") or act.row.kind in over:
            if not above.inner:
                above.row = row
            return True
    return False
