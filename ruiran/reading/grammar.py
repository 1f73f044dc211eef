"""Who does what in a parsed sentence: the arguments of a verb or noun."""
from collections import defaultdict

from .voice import VERBAL, frozen, gerund, minded, passive

OBJECTS = ("dobj", "attr", "oprd", "nsubjpass")
RELATIVE = {"which", "that", "who", "whom", "whose", "where"}
# Verbs whose subject, not their object, does what follows: 'used the talks to ask', 'telephoned him to protest'.
SUBJECT_CONTROL = {"use", "promise", "take", "make", "spend", "need", "telephone", "phone", "call", "meet", "visit"}
BEFORE_NOUN = {"poss": "poss", "amod": "mod", "compound": "mod", "nmod": "mod", "nummod": "mod"}
SHARING = ("xcomp", "ccomp", "advcl", "pcomp", "acl")  # clauses that may share the subject of their governor


def arguments(token):
    """The arguments of a verb or noun by role: subj, obj, dative, poss, mod, and each preposition by its word."""
    roles = defaultdict(list)
    told_of = any(c.dep_ == "auxpass" for c in token.children)  # 'were outlawed', whatever the parser calls its subject
    told_of = told_of and not minded(token)
    for child in token.children:
        add(roles, child, told_of)
    if token.dep_ == "aux" and token.head.pos_ in VERBAL:  # 'must stop': the subject of what must be done
        roles["subj"] += arguments(token.head)["obj" if passive(token.head) else "subj"]
    elif token.pos_ in VERBAL or gerund(token):
        verb_roles(token, roles)
    else:
        noun_roles(token, roles)
    roles["subj"] = [antecedent(t) for t in roles["subj"]]
    roles["obj"] = [antecedent(t) for t in roles["obj"]]
    return roles


def relation(child, passive_voice):
    """The child's relation to its verb; a subject is one of the verb's voice, whatever the parser calls it."""
    if child.dep_ == "nsubj" and passive_voice:
        return "nsubjpass"
    return "nsubj" if child.dep_ == "nsubjpass" and minded(child.head) else child.dep_


def add(roles, child, passive_voice=False):
    """One child of a verb or noun under its role."""
    dep = relation(child, passive_voice)
    if dep == "nsubj":
        roles["subj"].append(child)
    elif dep in OBJECTS:
        roles["obj"].append(child)
    elif dep == "agent":
        roles["subj"] += objects_of(child)
    elif dep == "dative":
        roles["dative"] += objects_of(child) if child.pos_ == "ADP" else [child]
    elif dep in ("prep", "prt", "advmod") and child.pos_ in ("ADP", "SCONJ", "VERB"):
        roles[child.lower_] += objects_of(child)
    elif dep in BEFORE_NOUN:
        roles[BEFORE_NOUN[dep]].append(child)
    elif child.pos_ == "ADV":
        add_behind(child, roles)


def add_behind(adverb, roles):
    """'slipped away to Moscow': the prepositions that hang on an adverb."""
    for below in (c for c in adverb.children if c.dep_ == "prep"):
        roles[below.lower_] += objects_of(below)


def objects_of(preposition):
    """What a preposition governs, through 'out of' and its like."""
    found = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    for c in preposition.children:
        if c.dep_ == "prep":
            found += objects_of(c)
    return found


def antecedent(token):
    """The noun that a relative pronoun stands for, else the token."""
    if token.lower_ in RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
        clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
        if clause is not None:
            return clause.head
    return token


def verb_roles(token, roles):
    """What a verb takes over from the clause around it."""
    add_noun_above(token, roles)
    if not roles["subj"] and not passive(token):
        roles["subj"] += borrowed(token)
    elif passive(token) and not roles["obj"]:
        roles["obj"] += borrowed(token)
    clauses = [c for c in token.children if c.dep_ in ("xcomp", "ccomp")]
    roles["csubj"] += [c for clause in clauses for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ == "ccomp" and token.head.pos_ == "VERB":
        roles["told"] += [c for c in token.head.children if c.dep_ in ("dobj", "dative")]
    for noun in list(roles["obj"]):
        add_phrases_of_object(noun, roles)
        roles["owner"] += [c for c in noun.children if c.dep_ in ("poss", "amod", "nmod", "compound")]
    add_phrases_of_sum(roles)
    for noun in roles["subj"]:
        add_phrases_of_subject(noun, roles)


def add_noun_above(token, roles):
    """'missiles bought', 'a firm selling': the noun on which a participle hangs is its object or its subject."""
    if token.dep_ == "acl" and passive(token) or token.dep_ == "amod":
        roles["obj"].append(token.head)
    elif token.dep_ == "acl" and token.tag_ == "VBG":
        roles["subj"].append(token.head)
    elif token.dep_ == "relcl" and not roles["obj"] and not any(t.lower_ in RELATIVE for t in token.subtree):
        roles["obj"].append(token.head)  # 'the bombers it has bought'


def add_phrases_of_object(noun, roles):
    """'supplied parts of missiles to Iran': a phrase that the parser hangs on the object, where the verb has none."""
    of_phrases = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "for")]
    for below in (noun, *(o for c in of_phrases for o in objects_of(c))):
        for child in below.children:
            dated = all(t.ent_type_ == "DATE" for t in roles[child.lower_])  # 'slapped sanctions on Iran on Thursday'
            if child.dep_ == "prep" and dated and noun.i < child.i:
                roles[child.lower_] = objects_of(child) + roles[child.lower_]


def add_phrases_of_sum(roles):
    """'filed a suit for $4 billion against the firm': what the parser hangs on the sum."""
    for figure in [t for t in roles["for"] if t.pos_ in ("NUM", "NOUN")]:
        for child in figure.children:
            if child.dep_ == "prep" and child.lower_ in ("against", "from", "with") and not roles[child.lower_]:
                roles[child.lower_] += objects_of(child)


def add_phrases_of_subject(noun, roles):
    """'the embargo on Iran expired': against whom the subject is, where the verb has no such phrase."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "against"):
            roles[child.lower_] += objects_of(child)


def borrowed(token):
    """The subject that an infinitive, participle or second verb shares with the one that governs it; [] for none."""
    governor = token.head
    if frozen(token):
        return [c for c in governor.children if c.dep_ == "nsubj"]
    if token.dep_ == "ccomp" and any(c.dep_ in ("nsubj", "expl") for c in token.children):
        return []
    if token.dep_ == "conj" and governor.pos_ in VERBAL:
        return arguments(governor)["obj" if passive(governor) else "subj"]
    if token.dep_ not in SHARING:
        return []
    if token.dep_ == "pcomp":
        if lent := lent_by_object(governor):
            return lent
        governor = governor.head
    if governor.pos_ not in VERBAL:
        above = arguments(governor)
        return above["poss"] or above["mod"] or above["gsubj"]
    return lent_by_verb(token, governor) if governor != token else []


def lent_by_object(preposition):
    """'accused Russia of supplying', 'stopped Washington from penalising': the object is who supplies or penalises."""
    if preposition.lower_ not in ("of", "from", "for") or preposition.head.pos_ != "VERB":
        return []
    return [c for c in preposition.head.children if c.dep_ == "dobj"]


def lent_by_verb(token, governor):
    """'asked Iran to stop': the object of the governing verb where it stands before the infinitive, or its subject."""
    above = arguments(governor)
    person = [t for t in above["obj"] + above["dative"] if t.dep_ != "nsubjpass"]
    lends = token.dep_ == "xcomp" and governor.lemma_ not in SUBJECT_CONTROL
    if lends and (person and token.i > person[0].i or passive(governor)):
        return above["obj"] or person
    return above["subj"]


def noun_roles(token, roles):
    """What a noun takes over from its participle, from the noun it is joined to, and from the verb it hangs on."""
    for child in token.children:
        add_participle_or_joined(child, roles)
    clauses = [c for c in token.children if c.dep_ in ("acl", "ccomp") and any(m.dep_ == "mark" for m in c.children)]
    roles["csubj"] += [c for clause in clauses for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        roles["mod"] += [c for c in token.head.children if c.dep_ == "amod"]
        roles["poss"] = roles["poss"] or [c for c in token.head.children if c.dep_ == "poss"]
    verb, top = carrier(token)
    if verb is not None:
        add_verb_above(token, top, arguments(verb), roles)


def add_participle_or_joined(child, roles):
    """'missiles made by Russia', 'sales and cooperation with Iran': the agent, and the phrases of the second noun."""
    if child.dep_ == "acl" and passive(child):
        for by in (c for c in child.children if c.dep_ == "agent"):
            roles["by"] += objects_of(by)
    if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN"):
        for name, found in arguments_below(child).items():
            roles[name] = roles[name] or found


def add_verb_above(token, top, above, roles):
    """'made a visit to', 'signed an accord with': roles of the verb under names with a g before them."""
    if top not in above["subj"]:
        roles["gsubj"] += [t for t in above["subj"] if t not in (token, top)]
    for name, found in above.items():
        if name not in ("subj", "obj", "mod", "poss", "gsubj") and not roles[name] and top not in found:
            roles["g" + name] += found


def arguments_below(noun):
    """The prepositional phrases of a noun: 'sales and cooperation with Iran'."""
    return {c.lower_: objects_of(c) for c in noun.children if c.dep_ == "prep"}


def carrier(token):
    """(the verb on which a noun hangs, the noun or phrase that hangs on it); (None, token) where there is none."""
    top = token
    for _ in range(6):
        above = top.head
        if above == top:
            return None, top
        if above.pos_ in VERBAL and above.dep_ not in ("prep", "agent"):
            return above, top
        if top.dep_ not in ("conj", "compound", "pobj", "prep", "agent", "dobj", "appos"):
            return None, top
        top = above
    return None, top


def severed(token, top):
    """True where a relative or adverbial clause lies between the token and `top`."""
    while token != top and token.head != token:
        bare = token.dep_ == "ccomp" and not any(c.dep_ == "mark" for c in token.children)  # 'helping Iran to arm'
        if token.dep_ in ("relcl", "advcl", "parataxis") or token.dep_ == "ccomp" and not bare:
            return True
        token = token.head
    return False
