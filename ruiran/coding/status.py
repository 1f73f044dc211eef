"""Is an act told as done, to come, possible, asserted by a party, or denied: from negation, modals and who speaks."""
from functools import lru_cache

from . import operators
from .themes import is_demand

ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr")
QUANTIFIERS = ("det", "predet", "nummod", "preconj", "neg", "advmod")
AUXILIARY = {"planned": "future", "conditional": "hypothetical", "denied": "negation"}


def status_of(act, scene, book, speaker, source):
    """One of actual, planned, claimed, denied, conditional; '' where the sentence says that the act did not happen."""
    verb = governing_verb(act.token)
    row = act.row
    above = effect_over(act.token, book)
    denied = above == "denied"
    if act.alleged:
        return act.alleged
    if row.status:
        return spoken(act, verb, denied, book, scene, speaker, source)
    if above == "none" or wanting(act, verb, scene, book):
        return ""
    if denied or unrealised(verb) or negated(verb, act.token, book):
        return "denied" if denied or is_denial(act, verb, book) or disowned(act, verb, scene, speaker, source) else ""
    if above == "conditional" or possible(verb, act.token, book):
        return "conditional"
    if above == "planned" or owed(verb) or to_come(act, verb, book):
        return "planned"
    if hearsay(verb, book) or hinted(act.token, verb, book):
        return "claimed"
    return claimed(act, scene, book, speaker, source)


def is_denial(act, verb, book):
    """True where a negation denies something to come or an offer; what did not happen is no event."""
    if unrealised(verb) or any(unfulfilled(v, book) for v in chain(verb)):
        return False
    return ahead(verb, book) or act.row.event == "AGREE"


def disowned(act, verb, scene, speaker, source):
    """True for 'we have not sold missiles', said by the one who is meant; 'not yet' is no denial."""
    yet = any(c.lower_ in ("yet", "still", "so") for v in chain(verb) for c in v.children)
    own = bool(speaker) and scene.country_of(speaker)[:1] == source[:1]
    return own and not yet and act.row.kind in ("give", "aid", "train") and act.token.pos_ == "VERB"


def reasons(act, book):
    """The tests of status that hold for an act, in words: what its status rests on."""
    verb = governing_verb(act.token)
    above = operators.over(act.token, book)
    tests = {f"below {above.operator!r}: {above.effect}" if above else "": bool(above),
             "negated": negated(verb, act.token, book),
             "a word or clause of possibility": possible(verb, act.token, book), "points ahead": ahead(verb, book),
             "hearsay": hearsay(verb, book), f"said in an accusation: {act.alleged}": bool(act.alleged),
             "an act of speech, made by saying it": act.row.status == "actual"}
    return [name for name, holds in tests.items() if holds]


def spoken(act, verb, denied, book, scene, speaker, source):
    """The status of an act of speech: made, and so actual, but where the sentence says that it was not or may be."""
    row, told = act.row, act.token.pos_ == "VERB"
    if denied and (told or row.status != "actual"):
        return "denied"
    if row.control != "negated" and row.event != "REJECT" and negated(verb, act.token, book):
        return "denied" if speaker and scene.country_of(speaker)[:1] == source[:1] else ""
    if told and row.status == "actual" and row.event in ("REQUEST", "THREATEN", "PROTEST"):
        threat = row.event == "THREATEN" and conditional(verb)  # what it is threatened for
        if possible(verb, act.token, book) and row.control != "modal" and not threat:
            return "conditional"
        if intended(verb, book):
            return "planned"
        if hearsay(verb, book):
            return "claimed"
    return row.status


def owed(verb):
    """The 'should', 'must' or 'ought' beside a verb; None where none is: what is owed is not done."""
    return next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in ("should", "must", "ought")), None)


def wanting(act, verb, scene, book):
    """True where something stands in the place of the act: 'has yet to meet', a wish ('Russia should stop it, Barak
    said'), or what was not done ('should have sold it')."""
    if act.row.kind in ("talk", "visit") and any(c.lower_ == "yet" for v in chain(verb) for c in v.children):
        return True
    duty = owed(verb)
    return bool(duty) and (is_demand(duty, scene, book) or any(c.lower_ == "have" for c in verb.children))


def to_come(act, verb, book):
    """True where the verb points to the future and carries the act, or a word above it does."""
    carried = act.token.pos_ != "NOUN" or act.token.dep_ in ("nsubj", "nsubjpass")
    return ahead(verb, book) and carried or any(r.status == "planned" for r in act.passed)


def effect_over(token, book):
    """The effect of the operator above an act, '' where it is asserted."""
    row = operators.over(token, book)
    return row.effect if row else ""


def intended(verb, book):
    """True for 'intends to ask', 'will demonstrate', but not for what somebody said that he would do."""
    above = [v.lemma_.lower() for v in chain(verb)][1:]
    return bool(set(above) & book.words("intends")) or any(c.lower_ == "will" for c in verb.children)


def hearsay(verb, book):
    """True for 'is believed to have bought', 'is said to sell'."""
    told = [v for v in chain(verb) if v.lemma_.lower() in book.words("hearsay")]
    return any(c.dep_ == "auxpass" for v in told for c in v.children)


def hinted(token, verb, book):
    """True for 'has reportedly sold', 'the alleged sale'."""
    return any(c.lower_ in book.words("hearsay_adverbs") for t in (token, verb) for c in t.children
               if c.dep_ in ("advmod", "amod"))


def claimed(act, scene, book, speaker, source):
    """`claimed` where the speaker is unnamed, or a party that does more than confess, else `actual`: what a government
    says of its own talks, promises and bans is the act itself."""
    if not speaker:
        return "actual"
    own = speaker.split(":")[0] in source or scene.country_of(speaker)[:1] == source[:1]
    own = own and not speaker.endswith("unnamed")
    if act.row.event in ("CONSULT", "AGREE", "SANCTION", "CONCEDE") and (own or act.row.event == "CONSULT"):
        return "actual"
    if speaker.endswith("unnamed"):
        return "claimed"
    if speaker in media(book):
        return "actual"  # a named outlet reports it as fact
    said = speech_above(act.token, book)
    return "actual" if said is not None and said.lemma_.lower() in book.words("confess") else "claimed"


@lru_cache(maxsize=None)
def media(book):
    """The codes of the news media."""
    return frozenset(r.code for r in book.rows("actors") if r.kind == "media")


def governing_verb(token):
    """The verb itself, or the verb that a noun depends on."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)
    to_be = [c for c in verb.children if c.dep_ == "xcomp" and any(x.dep_ == "auxpass" for x in c.children)]
    return to_be[0] if verb.lemma_ == "be" and to_be else verb  # 'deliveries are to be made'


def speech_above(token, book):
    """The nearest verb of speech above the token, or None."""
    return next((a for a in token.ancestors if a.lemma_.lower() in book.words("speech") and a.pos_ == "VERB"), None)


def unrealised(verb):
    """True for 'was to have received': what was agreed and did not come."""
    was_to = verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.head.tag_ == "VBD"
    return was_to and any(c.lower_ == "have" for c in verb.children)


def chain(verb):
    """The verb and those above it that share its fate: 'is not going to deliver', 'had yet to be sent'."""
    yield verb
    while verb.dep_ in ("xcomp", "conj", "acomp") and verb.head.pos_ in ("VERB", "AUX", "ADJ") and verb.head != verb:
        shares = verb.dep_ != "conj"
        verb = verb.head
        if not shares:
            return
        yield verb


def negated(verb, token, book):
    """True where the verb, one that shares its fate, or the words around the act carry a negation."""
    negation, nobody, no_way = (book.words(name) for name in ("negation", "nobody", "no_way"))
    for v in chain(verb):
        if unfulfilled(v, book) or any(c.dep_ == "neg" or c.lemma_.lower() in negation for c in v.children):
            return True
    own = [c for t in (token, verb) for c in t.children if c.dep_ in ARGUMENTS]
    words = [d for t in (*own, token) for d in (t, *t.children) if d.dep_ in ("det", "preconj", *ARGUMENTS)]
    ways = [o for c in verb.children if c.dep_ == "prep" for o in c.children if o.lemma_.lower() in no_way]
    counts = [c for t in own for c in t.children if c.dep_ in QUANTIFIERS]
    return (any(d.lower_ in nobody and not operators.is_number(d) for d in words)
            or any(d.lower_ == "no" for o in ways for d in o.children)
            or any(d.lower_ == "not" for c in counts for d in (c, *c.children)))  # 'not one battery'


def unfulfilled(verb, book):
    """True for 'without signing', 'failed to sign', 'stopped short of promising', 'far from winding down'."""
    above = verb.head
    if verb.dep_ == "xcomp":
        return above.lemma_.lower() in book.words("fails")
    if verb.dep_ != "pcomp":
        return False
    return above.lower_ == "without" or above.head.lower_ in ("short", "far") or above.head.lemma_ == "instead"


def conditional(verb):
    """True where an if-clause hangs on the verb or on one that shares its fate."""
    clauses = [c for v in chain(verb) for c in v.children if c.dep_ == "advcl"]
    marks = [m for c in clauses for m in c.children if m.dep_ in ("mark", "aux")]
    return any(m.lower_ in ("if", "unless", "should") or m.lower_ == "were" and m.i < m.head.i for m in marks)


def possible(verb, token, book):
    """True beside a modal of possibility, an if-clause, or a word such as likely and possibly."""
    for v in chain(verb):
        if v.lemma_.lower() in book.words("possible"):
            return True  # 'is likely to sell'
        for c in v.children:
            if c.lemma_.lower() in book.words("possible") or c.lower_ in book.words("possible"):
                return True
        if any(m.lower_ in ("if", "unless", "whether") and m.dep_ == "mark" for m in v.children):
            return True
    return conditional(verb) or any(c.lemma_.lower() in book.words("possible") for c in token.children)


def ahead(verb, book):
    """True where the verb points to the future: will, is to, plans to, is expected to, had still to."""
    for v in chain(verb):
        children = {c.lower_ for c in v.children if c.dep_ in ("aux", "auxpass", "advmod")}
        if children & {"will", "'ll", "shall", "would", "wo"}:
            return True
        if v.dep_ == "advcl" and any(c.lower_ in ("when", "once") for c in v.children) and v.tag_ in ("VBZ", "VBP"):
            return any(c.tag_ in ("MD", "TO") for c in v.head.children)  # 'would ask when he meets'
        if not any(c.tag_ == "TO" for c in v.children):
            continue
        above = v.head
        if above.lemma_.lower() in book.words("points_ahead") and v.dep_ in ("xcomp", "acomp", "ROOT", "ccomp"):
            return above.tag_ != "VBD" or above.lemma_ != "have" or any(c.lower_ == "still" for c in above.children)
        if v.dep_ in ("ROOT", "xcomp") and above == v:
            return True  # a headline: 'Russia to step up ...'
    return False
