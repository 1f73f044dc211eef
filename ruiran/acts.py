"""Which words of a sentence tell an act: rows of codebook `events` found in the parse, and what governs what."""
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from .roles import arguments, passive

POS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB", "ADV")}
# Steps from an inner act up to the word that governs it; a relative clause or an aside breaks the chain.
DOWN = {"xcomp", "ccomp", "dobj", "attr", "pobj", "prep", "pcomp", "acl", "conj", "dative", "oprd", "nsubjpass", "compound", "acomp", "agent", "nmod"}
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
        if rows and not in_condition(token) and not in_accord(token, book):
            acts[token.i] = Act(token, rows[0], arguments(token), rows=rows)
    for act in acts.values():
        attach(act, acts)
    for act in acts.values():
        attach_antecedent(act, acts)
    return [a for a in acts.values() if settled(a)]


def matches(token, scene, book):
    """Every row whose phrase, part of speech, theme and control fit the token, in the order of the codebook, longer phrases first."""
    return [row for rest, row in index(book).get(token.lemma_.lower(), ())
            if token.pos_ in POS[row.pos] and not (token.dep_ == "amod" and row.pos == "verb")
            and phrase_fits(token, rest) and theme_fits(token, row, scene, book) and CONTROL[row.control](token, scene)]


def settled(act):
    """True for an act with an event; one that governs nothing takes the first of its rows that need not."""
    if not act.inner:
        alone = [r for r in act.rows if not r.over.startswith("!")]
        if not alone:
            return False
        act.row = alone[0]
    return bool(act.row.event)


def in_accord(token, book):
    """True for what an accord provides for: 'an arrangement under which it was not to sell', 'a deal preventing it from selling'."""
    for t in (token, *token.ancestors):
        heads = (t.head, t.head.head.head) if t.head.dep_ == "pobj" else (t.head,)
        if t.dep_ in ("relcl", "acl") and any(h.lemma_.lower() in book.words("theme_accord") for h in heads) and t.tag_ != "VBN" and not passive(t):
            return t.dep_ == "relcl" or t.tag_ == "VBG"
    return False


def in_condition(token):
    """True inside an if-clause: a condition is no event."""
    return any(t.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in t.children) for t in (token, *token.ancestors))


def complement(token):
    return next((c for c in token.children if c.dep_ in ("xcomp", "ccomp")), None)


def other_subject(token, scene):
    """'wants Iran to drop': the complement has a subject of its own, or the verb an actor for its object."""
    below = complement(token)
    own = below is not None and any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children)
    return own or any(scene.actors(t) and not scene.weapon_at(t) for t in arguments(token)["obj"] if t.dep_ != "nsubjpass")


def negated(token, scene):
    below = [t for t in token.subtree if not severed(t, token)]
    return any(c.dep_ == "neg" or c.lower_ in ("no", "neither", "nor", "never") for c in below)


def modal(token, scene):
    return any(c.tag_ == "MD" for c in (*token.children, *token.head.children))


# What a row asks of the clause beside its words.
CONTROL = {
    "": lambda token, scene: True,
    "same": lambda token, scene: not other_subject(token, scene),
    "other": other_subject,
    "noobj": lambda token, scene: not any(c.dep_ in ("dobj", "nsubjpass") for c in token.children),
    "negated": negated,
    "affirmed": lambda token, scene: not negated(token, scene),
    "modal": modal,
    "active": lambda token, scene: not passive(token),
}


def match(token, scene, book):
    """The first row whose phrase, part of speech and theme fit the token."""
    for rest, row in index(book).get(token.lemma_.lower(), ()):
        if token.pos_ in POS[row.pos] and phrase_fits(token, rest) and theme_fits(token, row, scene, book) \
                and CONTROL[row.control](token, scene):
            return row
    return None


def phrase_fits(token, rest):
    """True where each further word of the phrase stands below the token: a particle, an object, or in its prepositional phrase."""
    if not rest:
        return True
    below = [token]
    for word in rest:
        near = [c for t in below for c in t.children]
        near += [o for c in near if c.pos_ == "ADP" for o in c.children]
        found = next((c for c in near if c.lemma_.lower() == word or c.lower_ == word), None)
        if found is None:
            return False
        below = [*below, found]
    return True


def theme_fits(token, row, scene, book):
    """What the act must be about: `weapon` in its own words, a word of list `theme_...` in them, or nothing."""
    if not row.theme:
        return True
    words = [t for t in token.subtree if not severed(t, token)] + own_nouns(token)
    if row.theme == "subjweapon":
        return any(scene.weapon_at(x) or x.lower_ in ("more", "rest") for t in arguments(token)["subj"] + arguments(token)["obj"] for x in (t, *(c for c in t.children if c.dep_ in ("compound", "prep", "amod"))))
    for theme in row.theme.split("|"):
        if theme == "pron":
            if refers(token, scene):
                return True
            continue
        if theme == "person" and any(scene.at.get(t.i, {}).get("kind") == "person" for t in arguments(token)["obj"]):
            return True
        if theme == "weapon" and any((m := scene.weapon_at(t)) and m["code"] not in book.words("not_traded") for t in words):
            return True
        if theme != "weapon" and any(t.lemma_.lower() in book.words("theme_" + theme) for t in words if t != token):
            return True
    return False


def refers(token, scene):
    """'not to sell it': a pronoun for object, and a weapon named before it in the paragraph."""
    pronoun = any(t.pos_ == "PRON" and t.lower_ in ("it", "them", "these", "those") for t in arguments(token)["obj"])
    return pronoun and any(m["kind"] == "weapon" and m["start"] < scene.p.start + token.idx for m in scene.mentions)


def severed(token, top):
    """True where a relative or adverbial clause lies between the token and `top`."""
    while token != top and token.head != token:
        bare = token.dep_ == "ccomp" and not any(c.dep_ == "mark" for c in token.children)  # 'helping Iran to arm'
        if token.dep_ in ("relcl", "advcl", "parataxis") or token.dep_ == "ccomp" and not bare:
            return True
        token = token.head
    return False


def own_nouns(token):
    """Nouns that a participle or infinitive takes over from above: 'missiles bought by Iran'."""
    roles = arguments(token)
    return [x for t in roles["obj"] + roles["subj"] + roles["gsubj"][:0] for x in (t, *t.children)]


def attach(act, acts):
    """Walks up from an act to the first act that governs acts of its kind."""
    token, steps = act.token, 0
    while token.head != token and steps < PASSING:
        happens = token.dep_ == "nsubj" and token.head.i in acts and any(r.frame == "happen" for r in acts[token.head.i].rows)
        if token.dep_ not in DOWN and not happens:
            return
        joined = token.dep_ == "conj"
        token, steps = token.head, steps + 1
        above = acts.get(token.i)
        if above is None or joined or not governs(above, act):
            continue
        if not above.row.event and above.row.kind == "pass":
            act.passed.append(above.row)
            continue
        act.outer = above
        above.inner.append(act)
        return


def attach_antecedent(act, acts):
    """'a delivery that Moscow held back': the act of the relative clause governs the noun before it."""
    for noun in act.roles["obj"]:
        inner = acts.get(noun.i)
        if inner is None or inner is act or inner.outer is not None or act.outer is inner or not noun.is_ancestor(act.token):
            continue
        if governs(act, inner):
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
