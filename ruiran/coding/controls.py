"""What a row of codebook `events` asks of the clause beside its words: whose subject, negated, active, done."""
from ..reading.grammar import arguments, severed
from ..reading.voice import passive


def complement(token):
    """The clause that a verb governs, or None."""
    return next((c for c in token.children if c.dep_ in ("xcomp", "ccomp")), None)


def other_subject(token, scene):
    """True for 'wants Iran to drop': the complement has its own subject, or the verb an actor for its object."""
    below = complement(token)
    own = below is not None and any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children)
    objects = [t for t in arguments(token)["obj"] if t.dep_ != "nsubjpass"]
    return own or any(scene.actors(t) and not scene.weapon_at(t) for t in objects)


def other_actor(token, scene):
    """True for 'expects Russia to honour', not for 'expects the contract to be signed'."""
    below = complement(token)
    subjects = [c for c in below.children if c.dep_ in ("nsubj", "nsubjpass")] if below is not None else []
    objects = [t for t in arguments(token)["obj"] if t.dep_ != "nsubjpass"] if below is not None else []
    things = scene.book.words("things")
    named = [t for t in subjects + objects if t.lemma_.lower() not in things and not scene.weapon_at(t)]
    return any(scene.actors(t) for t in named)


def negated(token, scene):
    """True where a negation stands in the act's own clause."""
    below = [t for t in token.subtree if not severed(t, token)]
    return any(c.dep_ == "neg" or c.lower_ in ("no", "neither", "nor", "never", "none", "nothing") for c in below)


def modal(token, scene):
    """True where a modal stands with the act or with the verb above it."""
    return any(c.tag_ == "MD" for c in (*token.children, *token.head.children))


# What a row asks of the clause beside its words.
CONTROL = {
    "": lambda token, scene: True,
    "same": lambda token, scene: not other_subject(token, scene),
    "other": other_subject,
    "actor": other_actor,
    "whom": lambda token, scene: not (met := [c for c in token.children if c.dep_ == "dobj"]) or any(
        scene.actors(c) or c.pos_ == "PRON" for c in met),
    "noobj": lambda token, scene: not passive(token) and not any(c.dep_ in ("dobj", "nsubjpass") or scene.weapon_at(c)
                                          for c in token.children),
    "bare": lambda token, scene: token.dep_ == "xcomp" and not any(c.dep_ in ("dobj", "dative", "nsubjpass")
                                                                   for c in token.children),
    "done": lambda token, scene: token.tag_ in ("VBD", "VBN") and not modal(token, scene),
    "negated": negated,
    "affirmed": lambda token, scene: not negated(token, scene),
    "modal": modal,
    "active": lambda token, scene: not passive(token),
    "passive": lambda token, scene: passive(token),
}
