"""Are the sides that an act has enough to code it? What is needed depends on its kind, and on verb or noun."""
from ..reading.voice import passive
from .customers import countries
from .holders import stands_in

NAMED = ("visit-to", "visit-at", "raise", "together")  # frames that need both sides in the sentence
CALLS = ("accuse", "reject", "urge", "order", "request", "agree", "threat")  # nouns that one side is enough for


def told(act, scene, sides, source, target, basis):
    """True where the sides of an act are enough; `basis` names the roles on which they rest, `sides` is the Sides."""
    row, both = act.row, bool(source and target)
    if act.passed and row.kind != "coop" or row.kind in ("use", "seize") or row.frame in NAMED:
        return both
    if row.kind in ("talk", "visit"):
        return bool(source) and met(act, basis)
    if from_elsewhere(act, scene, target, basis, sides.book):
        return False
    if is_accord(act):
        return both and "article" not in basis
    return noun_told(act, scene, sides, source, basis) if is_noun(act) else verb_told(act, basis)


def is_noun(act):
    """True for an act that a noun tells."""
    return act.token.pos_ in ("NOUN", "PROPN")


def met(act, basis):
    """True for talks and visits of which the sentence itself names who, and for talks also with whom."""
    first = basis.split(";")[0]
    open_ = first in ("article", "sentence") or act.row.kind == "talk" and "article" in basis
    return not open_ and (act.row.frame == "host" or first == "by" or not passive(act.token))


def from_elsewhere(act, scene, target, basis, book):
    """True for kinds of act of which the sentence must name more than the article fills in."""
    kind, first = act.row.kind, basis.split(";")[0]
    if kind in ("coop", "agree", "wish"):
        return first == "article" or kind == "coop" and first[:1] == "g"
    if kind == "build" and "article" in basis:  # but 'are building the plant at Bushehr'
        return not (first == "subj" and stands_in(act, scene, countries(target), book))
    return kind in ("produce", "approve") and "article" in basis


def noun_told(act, scene, sides, source, basis):
    """True for a noun of speech with its speaker, and for one of a deed with both sides, or half of them."""
    first = basis.split(";")[0]
    if act.row.kind == "threat" and first == "mod" and not any(c.dep_ in ("prep", "acl") for c in act.token.children):
        return False  # 'the Iranian threat' is a danger that nobody utters
    if act.row.kind in CALLS:
        return bool(source) and (first not in ("gsubj", "article") or act.row.kind == "agree" and first == "gsubj")
    return bool(basis) and ("article" not in basis or half_told(act, scene, sides, first))


def half_told(act, scene, sides, first):
    """True for a noun that names one side and what is dealt in: 'the delivery to Tehran of S-300 missiles', or who
    lifts or bans what: 'Putin's annulment of the ban', 'the lifting of the Russian ban'."""
    if act.row.kind == "lift" and any(sides.of(i, scene)[2].startswith(("mod", "poss", "by")) for i in act.inner):
        return True
    if first not in ("poss", "by", "to", "from"):
        return False
    if act.row.kind in ("lift", "ban", "leave"):
        return first in ("poss", "by") and act.token.dep_ in ("nsubj", "nsubjpass", "dobj")
    weapons = [m for t in act.token.subtree if (m := scene.weapon_at(t))]
    return act.row.kind in ("give", "take") and any(m["basis"] == "printed" for m in weapons)


def verb_told(act, basis):
    """True for a verb, even without a side; not for a bare one or a loose participle with sides of the article."""
    if basis != "article":
        return True
    if not act.row.theme and not act.row.over:
        return False
    loose = act.token.dep_ in ("acl", "relcl") and act.row.theme != "deal"
    return not loose or any(t.ent_type_ == "DATE" for t in act.token.subtree)


def is_accord(act):
    """True for a noun of a mutual act ('accord', 'meeting') and for the noun of a deal that supports."""
    row = act.row
    deal = row.event == "SUPPORT" and row.scope == "any" and row.kind == "deal" and act.token.pos_ == "NOUN"
    return deal or row.frame in ("mutual", "accord") and row.pos == "noun"
