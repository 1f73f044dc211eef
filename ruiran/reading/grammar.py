"""Who does what in a parsed sentence: the roles of a verb or noun, active and passive, what shares a clause's fate."""
from collections import defaultdict

from .parse import asked_once

VERBAL = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass")
OBJECTS = ("dobj", "attr", "oprd", "nsubjpass")
RELATIVE = {"which", "that", "who", "whom", "whose", "where"}
# Verbs whose subject, not their object, does what follows: 'used the talks to ask', 'telephoned him to protest'.
SUBJECT_CONTROL = {"use", "promise", "take", "make", "spend", "need", "telephone", "phone", "call", "meet", "visit"}
BEFORE_NOUN = {"poss": "poss", "amod": "mod", "compound": "mod", "nmod": "mod", "nummod": "mod"}
SHARING = ("xcomp", "ccomp", "advcl", "pcomp", "acl")  # clauses that may share the subject of their governor


# ---------------------------------------------------------------- voice
def passive(token):
    """True for 'was bought', and for a participle behind its noun ('missiles bought by Iran')."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return True
    if token.tag_ not in ("VBN", "VBD") or any(c.dep_ in ("aux", "nsubj", "dobj") for c in token.children):
        return False
    if token.dep_ == "conj" and token.tag_ == "VBN":
        return passive(token.head)
    return token.dep_ == "acl" or token.dep_ == "advcl" and token.tag_ == "VBN"


def gerund(token):
    """The base forms that a word in -ing behind a preposition may have, where the parser takes it for a noun: 'accused
    of shipping'; () for other words."""
    stem = token.lower_[:-3]
    if token.dep_ != "pcomp" or token.pos_ in VERBAL or not token.lower_.endswith("ing"):
        return ()
    return (stem, stem + "e", stem[:-1]) if stem[-1:] == stem[-2:-1] else (stem, stem + "e")


# ---------------------------------------------------------------- clauses
def governing_verb(token):
    """The verb itself, or the verb that a noun depends on."""
    if token.pos_ in VERBAL:
        return token
    verb = next((a for a in token.ancestors if a.pos_ in VERBAL), token)
    to_be = [c for c in verb.children if c.dep_ == "xcomp" and any(x.dep_ == "auxpass" for x in c.children)]
    return to_be[0] if verb.lemma_ == "be" and to_be else verb  # 'deliveries are to be made'


def chain(verb):
    """The verb and those above it that share its fate: 'is not going to deliver', 'had yet to be sent'."""
    yield verb
    while verb.dep_ in ("xcomp", "conj", "acomp") and verb.head.pos_ in (*VERBAL, "ADJ"):
        joined, verb = verb.dep_ == "conj", verb.head
        if joined:
            return
        yield verb


def severed(token, top):
    """True where a relative or adverbial clause lies between the token and `top`, which is above it."""
    while token != top:
        bare = token.dep_ == "ccomp" and not any(c.dep_ == "mark" for c in token.children)  # 'helping Iran to arm'
        if token.dep_ in ("relcl", "advcl", "parataxis") or token.dep_ == "ccomp" and not bare:
            return True
        token = token.head
    return False


@asked_once
def within_clause(token):
    """The tokens below one, without those of relative and adverbial clauses."""
    return [t for t in token.subtree if not severed(t, token)]


def carrier(token):
    """(the verb on which a noun hangs, the noun or phrase that hangs on it); (None, token) where there is none."""
    top = token
    for _ in range(6):
        above = top.head
        if above.pos_ in VERBAL and above != top and above.dep_ not in ("prep", "agent"):
            return above, top
        if above == top or top.dep_ not in ("conj", "compound", "pobj", "prep", "agent", "dobj", "appos"):
            return None, top
        top = above
    return None, top


# ---------------------------------------------------------------- roles
class Roles(defaultdict):
    """Lists of tokens by role; `above`: those of the verb on which a noun hangs, where they may be the noun's too."""

    def __init__(self, own=(), above=()):
        super().__init__(list, own)
        self.above = defaultdict(list, above)

    def copy(self):
        """Roles that may be added to without changing these."""
        return Roles(*({name: list(found) for name, found in some.items()} for some in (self, self.above)))


@asked_once
def arguments(token):
    """The arguments of a verb or noun by role: subj, obj, dative, poss, mod, csubj (of its clause), told (to whom the
    verb above speaks), owner (of its object), each preposition by its word; `above` holds those of the verb on which a
    noun hangs. A role that is not there is an empty list. Who adds to them takes a copy."""
    roles = Roles()
    told_of = any(c.dep_ == "auxpass" for c in token.children)
    for child in token.children:
        for role, found in role_of(child, told_of):
            roles[role] += found
    if token.dep_ == "aux":  # 'must stop': the subject of what must be done
        roles["subj"] += arguments(token.head)["obj" if passive(token.head) else "subj"]
    elif token.pos_ in VERBAL or gerund(token):
        add_clause(token, roles)
    else:
        add_around_noun(token, roles)
    roles.update({name: [antecedent(t) for t in roles[name]] for name in ("subj", "obj")})
    return roles


def role_of(child, told_of):
    """[(role, tokens)] of one child of a verb or noun; `told_of`: the verb is passive, whatever its subject is called.
    An adverb has the roles of its prepositions: 'slipped away to Moscow'."""
    dep = child.dep_
    if dep in SUBJECTS:
        return [("obj" if dep == "nsubjpass" or told_of else "subj", [child])]
    if dep in ("prep", "prt", "advmod") and child.pos_ in ("ADP", "SCONJ", "VERB"):
        return [(child.lower_, objects_of(child))]
    if dep in ("agent", "dative"):
        role = "subj" if dep == "agent" else "dative"
        return [(role, objects_of(child) if dep == "agent" or child.pos_ == "ADP" else [child])]
    if role := "obj" if dep in OBJECTS else BEFORE_NOUN.get(dep):
        return [(role, [child])]
    return [(c.lower_, objects_of(c)) for c in child.children if c.dep_ == "prep" and child.pos_ == "ADV"]


def objects_of(preposition):
    """What a preposition governs, through 'out of' and its like."""
    found = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    return found + [o for c in preposition.children if c.dep_ == "prep" for o in objects_of(c)]


def behind(noun, *words):
    """What the noun's own prepositional phrases govern, of the prepositions named."""
    return [o for c in noun.children if c.dep_ == "prep" and c.lower_ in words for o in objects_of(c)]


def antecedent(token):
    """The noun that a relative pronoun stands for, else the token."""
    if token.lower_ in RELATIVE:
        clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
        if clause is not None:
            return clause.head
    return token


def add_clause(token, roles):
    """What a verb takes over from the clause around it, and from the phrases of its object and subject."""
    lacks = "obj" if passive(token) else "subj"
    unmarked = token.dep_ == "relcl" and not roles["obj"] and not any(t.lower_ in RELATIVE for t in token.subtree)
    if token.dep_ == "acl" and passive(token) or token.dep_ == "amod" or unmarked:
        roles["obj"].append(token.head)  # 'missiles bought by Iran', 'the bombers it has bought'
    roles[lacks] = roles[lacks] or borrowed(token)
    clauses = [c for c in token.children if c.dep_ in ("xcomp", "ccomp")]
    roles["csubj"] += [c for clause in clauses for c in clause.children if c.dep_ in SUBJECTS]
    if token.dep_ == "ccomp" and token.head.pos_ == "VERB":
        roles["told"] += [c for c in token.head.children if c.dep_ in ("dobj", "dative")]
    for noun in list(roles["obj"]):
        add_phrases_of_object(noun, roles)
        roles["owner"] += [c for c in noun.children if c.dep_ in ("poss", "amod", "nmod", "compound")]
    for noun in roles["subj"]:  # 'the embargo on Iran expired'
        roles["on"] += behind(noun, "on")
        roles["against"] += behind(noun, "against")


def add_phrases_of_object(noun, roles):
    """'supplied parts of missiles to Iran': a phrase that the parser hangs on the object, where the verb has none."""
    for below in (noun, *behind(noun, "of", "for")):
        for child in below.children:
            dated = all(t.ent_type_ == "DATE" for t in roles[child.lower_])  # 'slapped sanctions on Iran on Thursday'
            if child.dep_ == "prep" and dated:
                roles[child.lower_] = objects_of(child) + roles[child.lower_]


def borrowed(token):
    """The subject that an infinitive, participle or second verb shares with the one that governs it; [] for none."""
    governor = token.head
    if token.dep_ == "ccomp" and any(c.dep_ in ("nsubj", "expl") for c in token.children):
        return []
    if token.dep_ == "conj":
        return arguments(governor)["obj" if passive(governor) else "subj"]
    if token.dep_ not in SHARING:
        return []
    if token.dep_ == "pcomp":
        met = [c for c in governor.head.children if c.dep_ == "dobj" and governor.lower_ in ("of", "from", "for")]
        if met:
            return met  # 'accused Russia of supplying': the object is who supplies
        governor = governor.head
    if governor.pos_ not in VERBAL:
        above = arguments(governor)
        return above["poss"] or above["mod"] or above.above["subj"]
    return lent(token, governor) if governor != token else []


def lent(token, governor):
    """'asked Iran to stop': the object of the governing verb where it stands before the infinitive, or its subject."""
    above = arguments(governor)
    person = [t for t in above["obj"] + above["dative"] if t.dep_ != "nsubjpass"]
    if token.dep_ == "xcomp" and governor.lemma_ not in SUBJECT_CONTROL and (person or passive(governor)):
        return above["obj"] or person
    return above["subj"]


def add_around_noun(token, roles):
    """What a noun takes over from its clause, from the noun it is joined to, and from the verb it hangs on."""
    below = [c for child in token.children for c in child.children]
    for c in below:
        if (c.head.dep_, c.dep_) == ("acl", "agent"):  # 'missiles made by Russia'
            roles["by"] += objects_of(c)
        elif (c.head.dep_, c.dep_) == ("conj", "prep"):  # 'sales and cooperation with Iran'
            roles[c.lower_] = roles[c.lower_] or objects_of(c)
    # 'deliveries of drones to Iran', which the parser may bracket the other way round
    turned = [c for c in token.head.children if c.dep_ == "prep" and token.dep_ == "nmod"]
    roles.update({c.lower_: roles[c.lower_] or objects_of(c) for c in turned})
    verb, top = carrier(token)
    above = arguments(verb) if verb is not None else {}
    for name, found in above.items():  # 'made a visit to', 'signed an accord with'
        if name == "subj" and top not in found:
            roles.above[name] += [t for t in found if t != token]
        elif name not in ("subj", "obj", "mod", "poss") and not roles[name] and top not in found:
            roles.above[name] += found
