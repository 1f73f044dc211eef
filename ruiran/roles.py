"""Who does what in a parsed sentence: the arguments of a verb or noun, and the actors that a phrase names."""
from collections import defaultdict

OBJECTS = ("dobj", "attr", "oprd", "nsubjpass")
RELATIVE = {"which", "that", "who", "whom", "where"}
LOOSE = ("relcl", "advcl", "acl", "ccomp", "parataxis")
PRONOUNS = {"it": "it", "its": "it", "itself": "it", "they": "they", "their": "they", "them": "they",
            "he": "he", "his": "he", "him": "he", "she": "he", "her": "he", "we": "we", "our": "we", "us": "we", "i": "we", "my": "we"}


def arguments(token):
    """The arguments of a verb or noun by role: subj, obj, dative, poss, mod, and each preposition by its word."""
    roles = defaultdict(list)
    for child in token.children:
        add(roles, child)
    if token.pos_ in ("VERB", "AUX"):
        verb_roles(token, roles)
    else:
        noun_roles(token, roles)
    roles["subj"] = [antecedent(t) for t in roles["subj"]]
    roles["obj"] = [antecedent(t) for t in roles["obj"]]
    return roles


def add(roles, child):
    """One child of a verb or noun under its role."""
    dep = child.dep_
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
    elif dep == "poss":
        roles["poss"].append(child)
    elif dep in ("amod", "compound", "nmod", "nummod"):
        roles["mod"].append(child)


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


def passive(token):
    """True for 'was bought', and for a participle behind its noun ('missiles bought by Iran')."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return True
    if token.tag_ not in ("VBN", "VBD") or any(c.dep_ in ("aux", "nsubj", "dobj") for c in token.children):
        return False
    return token.dep_ == "acl" or token.tag_ == "VBN" and (token.dep_ == "advcl" or token.dep_ == "conj" and passive(token.head))


def verb_roles(token, roles):
    """What a verb takes over from the clause around it."""
    if token.dep_ == "acl" and passive(token):
        roles["obj"].append(token.head)
    elif token.dep_ == "acl" and token.tag_ == "VBG":
        roles["subj"].append(token.head)
    elif token.dep_ == "amod":
        roles["obj"].append(token.head)
    if not roles["subj"] and not passive(token):
        roles["subj"] += borrowed(token)
    elif passive(token) and not roles["obj"]:
        roles["obj"] += borrowed(token)
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp"):
            roles["csubj"] += [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ == "ccomp" and token.head.pos_ == "VERB":
        roles["told"] += [c for c in token.head.children if c.dep_ in ("dobj", "dative")]
    for noun in list(roles["obj"]):
        for below in (noun, *(o for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for o in objects_of(c))):
            for child in below.children:
                if child.dep_ == "prep" and not roles[child.lower_] and noun.i < child.i:
                    roles[child.lower_] += objects_of(child)


def borrowed(token):
    """The subject that an infinitive, participle or second verb shares with the one that governs it."""
    governor = token.head
    if token.dep_ == "ccomp" and any(c.dep_ == "nsubj" for c in token.children):
        return []
    if token.dep_ == "conj" and governor.pos_ in ("VERB", "AUX"):
        return arguments(governor)["obj" if passive(governor) else "subj"]
    if token.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "acl"):
        if token.dep_ == "pcomp":
            lent = [c for c in governor.head.children if c.dep_ == "dobj"] if governor.lower_ in ("of", "from", "for") else []
            if lent and governor.head.pos_ == "VERB":
                return lent  # 'accused Russia of supplying', 'stopped Washington from penalising'
            governor = governor.head
        if governor.pos_ not in ("VERB", "AUX"):
            above = arguments(governor)
            return above["poss"] or above["mod"] or above["gsubj"]
        if governor == token:
            return []
        above = arguments(governor)
        person = [t for t in above["obj"] + above["dative"] if t.dep_ != "nsubjpass"]
        if token.dep_ == "xcomp" and person and token.i > person[0].i or passive(governor) and token.dep_ == "xcomp":
            return above["obj"] or person
        return above["subj"]
    return []


def noun_roles(token, roles):
    """A noun lends from its participle, from the noun it is joined to, and from the verb it hangs on: 'made a visit to', 'an accord with'."""
    for child in token.children:
        if child.dep_ == "acl" and passive(child):
            for by in (c for c in child.children if c.dep_ == "agent"):
                roles["by"] += objects_of(by)
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN"):
            for name, found in arguments_below(child).items():
                roles[name] = roles[name] or found
    if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        roles["mod"] += [c for c in token.head.children if c.dep_ == "amod"]
        roles["poss"] = roles["poss"] or [c for c in token.head.children if c.dep_ == "poss"]
    verb, top = carrier(token)
    if verb is None:
        return
    above = arguments(verb)
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
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("prep", "agent"):
            return above, top
        if top.dep_ not in ("conj", "compound", "pobj", "prep", "agent", "dobj", "appos"):
            return None, top
        top = above
    return None, top


class Scene:
    """One paragraph with the actors on it: which codes a phrase names."""

    def __init__(self, paragraph, mentions, quotations, recent=()):
        self.p = paragraph
        self.mentions = [m for m in mentions if paragraph.start <= m["start"] < paragraph.end]
        self.quotations = [q for q in quotations if paragraph.start <= q["start"] < paragraph.end]
        self.recent = list(recent)  # mentions of actors in the paragraphs before
        self.at = {}
        for m in self.mentions:
            if m["kind"] not in ("actor", "person", "place", "weapon"):
                continue
            span = paragraph.doc.char_span(m["start"] - paragraph.start, m["end"] - paragraph.start, alignment_mode="expand")
            for token in span or ():
                self.at.setdefault(token.i, m)

    def actor_at(self, token):
        m = self.at.get(token.i)
        return m if m and m["kind"] != "weapon" and m["basis"] != "media" else None

    def weapon_at(self, token):
        m = self.at.get(token.i)
        return m if m and m["kind"] == "weapon" else None

    def actors(self, token, place=True):
        """Codes that the phrase of `token` names, with what it rests on: its own words, else a modifier's, else a preposition's."""
        own = self.own(token, place) or self.by_modifier(token, place)
        if not own and token.dep_ in ("nsubj", "nsubjpass") and token.lemma_ in ("spokesman", "spokeswoman", "official", "ministry", "minister", "government"):
            own = self.opening_place(token)
        for child in token.children:
            if child.dep_ in ("conj", "appos") and (child.dep_ == "conj" or not own):
                own = own + [c for c in self.actors(child, place) if c not in own]
        return own

    def own(self, token, place=True):
        m = self.actor_at(token)
        if m:
            return codes_of(m) if place or m["kind"] != "place" else []
        if token.lower_ in PRONOUNS:
            return self.referent(token)
        return []

    def by_modifier(self, token, place):
        """'Russian officials', 'Iran's minister', 'officials in Moscow', 'the leadership of Iran'."""
        for deps in (("poss", "amod", "compound", "nmod"), ("prep",)):
            for child in sorted(token.children, key=lambda c: c.lower_ in PRONOUNS):
                if child.dep_ not in deps:
                    continue
                if child.dep_ == "prep":
                    found = [c for o in objects_of(child) for c in self.own(o) or self.by_modifier(o, True)] \
                        if child.lower_ in ("of", "in", "from", "at", "between", "among") and token.ent_type_ != "DATE" else []
                else:
                    found = self.own(child) or (self.by_modifier(child, place) if child.dep_ != "amod" else self.own(child))
                if found:
                    return list(dict.fromkeys(found))
        return []

    def opening_place(self, token):
        """'In Tehran, a spokesman said': the place with which the sentence opens."""
        for t in token.sent[:3]:
            if t.dep_ == "prep" and t.lower_ == "in" and t.is_sent_start:
                return [c for o in objects_of(t) for c in self.own(o)]
        return []

    # ------------------------------------------------ pronouns
    def referent(self, token):
        """What a pronoun stands for: the nearest fitting actor before it, a subject first; [] where none fits."""
        kind = PRONOUNS[token.lower_]
        if kind == "we":
            speaker = self.speaker_at(token)
            return [speaker.split(":")[0]] if speaker and ":" in speaker else self.country_of(speaker)
        wanted = ("person",) if kind == "he" else ("actor", "place")
        before = [m for m in self.mentions if m["end"] <= self.p.start + token.idx and m["kind"] in wanted and m["code"] and m["basis"] != "media"]
        subjects = [m for m in before if self.is_subject(m)]
        if kind == "they":
            subjects = [m for m in subjects if ";" in m["code"]] or subjects
        for m in reversed(subjects or before):
            return codes_of(m)
        recent = [m for m in self.recent if m["kind"] in wanted]
        return codes_of(recent[-1]) if recent else []

    def is_subject(self, m):
        span = self.p.doc.char_span(m["start"] - self.p.start, m["end"] - self.p.start, alignment_mode="expand")
        return bool(span) and span.root.dep_ in ("nsubj", "nsubjpass")

    def speaker_at(self, token):
        """The speaker of the innermost quotation that holds the token; '' outside any."""
        offset = self.p.start + token.idx
        inside = [q for q in self.quotations if q["start"] <= offset < q["end"]]
        return min(inside, key=lambda q: q["end"] - q["start"])["speaker"] if inside else ""

    def country_of(self, person):
        for m in reversed(self.recent + self.mentions):
            if m["kind"] == "person" and m["code"] == person and m["country"]:
                return [m["country"]]
        return [person] if person and person.isupper() else []


def codes_of(m):
    """The codes of a mention as an actor of an event: a person acts for the country."""
    if m["kind"] == "person":
        return [m["country"]] if m["country"] else []
    return [c for c in m["code"].split(";") if c]
