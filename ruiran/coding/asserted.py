"""Is an act asserted? One table, codebook `operators`, and one engine: negation, denial, doubt, future, condition.

An operator holds of an act from its `site`: a word `above` it in the parse, `beside` its verb or noun, among its
`argument`s or in its `subject`, the `mark` of a clause that holds it, a clause `hung` on its verb, a verb `inverted`
before its subject, the `root` infinitive of a headline, or the sentence `behind` ('This is false'). After ConText
(Harkema and others 2009).
"""
from dataclasses import dataclass
from functools import lru_cache

from ..reading.grammar import SUBJECTS, VERBAL, arguments, chain, governing_verb, objects_of
from ..records import UNNAMED, body_part

PREDICATES = ("attr", "acomp", "oprd", "advmod")  # what is said of a clause or a report: 'is a lie', 'called it false'
ASIDE = ("in", "during", "at", "after", "before")  # 'rejected it in a call': the call is not denied
INSIDE = ("xcomp", "pcomp", "advcl", "acl", "relcl")  # clauses that 'close to', 'oblige to', 'hard for' have below
ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr")
BESIDE = ("det", "predet", "preconj", "neg", "advmod", "nummod", *ARGUMENTS)
THESE = ("this", "that", "it", "these", "report", "claim", "story", "allegation", "accusation")


@dataclass(frozen=True)
class Operator:
    """A row of codebook `operators` that holds of an act, and the word that says so."""

    row: object
    word: object


@lru_cache(maxsize=None)
def table(book, site):
    """{word: rows of codebook `operators` of a site}."""
    found = {}
    for row in book.rows("operators"):
        for word in row.words.split("|") if row.site == site else ():
            found.setdefault(word, []).append(row)
    return found


def named(book, site, word):
    """The rows of a site that a word may be, by its lemma or as it is printed."""
    rows = table(book, site)
    return rows.get(word.lower_) or rows.get(word.lemma_.lower()) or ()


def operators_on(token, book):
    """The Operators that hold of the act at `token`, at most one of each row."""
    verb = governing_verb(token)
    verbs = list(chain(verb))
    made = [] if verb == token or verb.is_ancestor(token) else above(verb, book)  # 'deliveries are to be made'
    found = [*above(token, book), *made, *near(token, verb, verbs, book), *clauses(token, verbs, book),
             *behind(token, book)]
    return tuple({o.row.operator: o for o in reversed(found)}.values())[::-1]


# ---------------------------------------------------------------- above
def above(token, book):
    """The operators on the way up to the root of the sentence or to a verb of speech."""
    below = token
    for top in token.ancestors:
        if aside(below, top):
            return
        for word in (top, *said_of(top, below), *said_of(below, token)):
            for row in named(book, "above", word):
                polarity = "negated" if negated(word, top, book) else "plain"
                if row.polarity in ("any", polarity) and reaches(row, word, below, token):
                    yield Operator(row, word)
        relative = below.dep_ in ("relcl", "acl") and not any(
            c.dep_ == "mark" or c.tag_ == "TO" for c in below.children)
        if relative or top.pos_ == "VERB" and top.lemma_.lower() in book.words("speech"):
            return  # what stands above a relative clause is said of its noun
        below = top


def aside(below, top):
    """True for what only stands beside the word above: an adverbial clause, 'in a call', but not 'is in breach'."""
    if below.dep_ == "prep":
        return below.lower_ in ASIDE and top.lemma_ != "be"
    return below.dep_ == "parataxis" or below.dep_ == "advcl" and top.pos_ in VERBAL


def said_of(top, below):
    """The predicates of a word but the one on the way: 'a lie' in 'it is a lie that ...'."""
    return [c for c in top.children if c.i != below.i and (
        c.dep_ in PREDICATES or c.dep_ == "advcl" and c.tag_ == "JJ")]


def negated(word, top, book):
    """True where a negation stands with the word, with what it is said of, or in the subject above."""
    beside = [*word.children, *top.children] + ([*top.head.children] if top.pos_ in ("NOUN", "ADJ") else [])
    words = [d for c in beside for d in ((c, *c.children) if c.dep_ in SUBJECTS else (c,))]
    return any(d.lower_ in book.words("nots") and not is_number(d) for d in words)


def is_number(token):
    """True for the 'No' of 'No. 4'."""
    return token.text == "No" and token.doc[token.i:token.i + 2].text == "No."


def reaches(row, word, below, token):
    """True where the operator may hold of what hangs below it: duties, plans and hindrances only of an infinitive."""
    to = any(c.tag_ == "TO" for c in below.children)
    if row.over == "hearsay":  # 'is said to have sold'
        return to and any(c.dep_ == "auxpass" for c in word.children)
    if row.over == "gerund":  # 'accused of selling'
        return token.dep_ == "pcomp" and below.dep_ == "prep" or token == below and token.dep_ in ("ccomp", "acl")
    if row.over == "perfect":  # 'was to have sold'
        return to and word.tag_ == "VBD" and any(c.lower_ == "have" for c in below.children)
    if row.over == "infinitive":
        loose = word.tag_ == "VBD" and word.lemma_ == "have"  # 'had to sell' was done, 'had still to be sent' was not
        if loose and not any(c.lower_ == "still" for c in word.children):
            return False
        phrase = below.dep_ in ("pcomp", "prep") and word.lemma_ not in ("be", "have")  # 'close to signing'
        return phrase or to and below.dep_ in (*INSIDE, "ccomp")
    return True


# ---------------------------------------------------------------- beside, and among the arguments
def near(token, verb, verbs, book):
    """The operators beside the act's word or the verbs that share its fate, and among its arguments."""
    for word in (c for t in dict.fromkeys((token, *verbs)) for c in t.children):
        for row in named(book, "beside", word):
            if fits_beside(row, word):
                yield Operator(row, word)
    own = [token, *(c for t in (token, verb) for c in t.children if c.dep_ in ARGUMENTS)]
    objects = [o for c in verb.children if c.dep_ == "prep" for o in objects_of(c)]  # 'in no way'
    counts = [c for t in own for c in t.children if c.dep_ in BESIDE]  # 'not one battery'
    for word in (d for t in (*own, *objects, *counts) for d in (t, *t.children) if d.dep_ in BESIDE):
        for row in named(book, "argument", word) if not is_number(word) else ():
            yield Operator(row, word)
    for word in (d for t in arguments(token)["subj"] for d in (t, *t.children)):
        for row in named(book, "subject", word):
            yield Operator(row, word)


def fits_beside(row, word):
    """True where the row asks nothing more of a word beside an act, or finds it: 'has yet to', 'should have'."""
    if row.over == "perfect":
        return any(c.lower_ == "have" for c in word.head.children)
    return row.over == "clause" or word.head.lemma_ in ("have", "be")


# ---------------------------------------------------------------- conditions
def clauses(token, verbs, book):
    """The operators that make the act's clause, or one that hangs on its verb, a condition; and bare infinitives."""
    holding = [(t, c) for t in (token, *token.ancestors) if t.dep_ == "advcl" or t == token for c in t.children]
    hung = [(t, c) for v in verbs for t in v.children if t.dep_ == "advcl" for c in t.children]
    sites = [(site_in(t, c), t, c) for t, c in holding]
    sites += [("hung", t, c) for t, c in hung if c.dep_ == "mark" or site_in(t, c) == "inverted"]
    said = token.dep_ == "ccomp" and token.head.lemma_.lower() in book.words("speech")  # 'Russia to sell more, X says'
    sites += [("root", token, c) for c in token.children if c.tag_ == "TO" and (token.dep_ == "ROOT" or said)]
    for site, clause, word in sites:
        for row in named(book, site, word):
            if row.over != "present" or any(c.tag_ in ("VBZ", "VBP") for c in (clause, *clause.children)):
                yield Operator(row, word)


def site_in(clause, word):
    """'mark' for the conjunction of a clause, 'inverted' for an auxiliary before its subject, '' for other words."""
    first = min((c.i for c in clause.children if c.dep_ in SUBJECTS), default=0)
    return "mark" if word.dep_ == "mark" else "inverted" if word.dep_ == "aux" and word.i < first else ""


# ---------------------------------------------------------------- the sentence behind
def behind(token, book):
    """The operator of a sentence behind the act's that says of it 'This is false', 'Moscow denied the report'."""
    doc, end = token.doc, token.sent.end
    if end >= len(doc):
        return
    for word in doc[end].sent:
        rows = named(book, "behind", word)
        if not rows:
            continue
        verb = word if word.pos_ in VERBAL else word.head
        these = [c for c in verb.children if c.dep_ in (*SUBJECTS, "dobj") and c.lemma_.lower() in THESE and c != word]
        if these and not negated(word, verb, book):
            yield Operator(rows[0], word)
            return


# ---------------------------------------------------------------- the status of an act
AUXILIARY = {"planned": "future", "conditional": "hypothetical", "denied": "negation"}
WEIGHED = ("REQUEST", "THREATEN", "PROTEST")  # acts of speech that a modal makes possible, not merely polite


@dataclass(frozen=True)
class Assertion:
    """What the operators on an act come to."""

    operators: tuple

    def has(self, *effects):
        """The first operator of one of the effects, or None."""
        return next((o for o in self.operators if o.row.effect in effects), None)

    @property
    def ahead(self):
        """The operator that puts the act into the future, or None."""
        return self.has("planned")


def status_of(act, event, said, scene, book, speaker, source):
    """(status, the Operator it rests on or None): actual, planned, claimed, denied, conditional, or '' where the
    sentence says that the act did not happen. `said` is the act's Assertion, `source` are its countries."""
    own = bool(speaker) and scene.country_of(speaker)[:1] == source[:1]
    spoken, verb = act.row.status == "actual", act.token.pos_ == "VERB"
    no, none, denied = said.has("not"), said.has("none"), said.has("denied")
    if denied and (verb or not spoken):
        return "denied", denied
    if none or (said.has("owed") and speaker and not own and not spoken):
        return "", none or said.has("owed")  # 'Russia should freeze it, Barak said'
    if no and act.row.control != "negated" and not (spoken and event == "REJECT"):
        deed = act.row.kind in ("give", "aid", "train") and verb
        return ("denied" if said.ahead or event == "AGREE" or own and (deed or spoken) else ""), no
    if spoken and not (verb and event in WEIGHED):
        return "actual", None
    status, operator = modal_status(act, event, said)
    return (status or ("actual" if spoken else act.row.status or told(event, act, scene, book, speaker, own))), operator


def modal_status(act, event, said):
    """(status, Operator) of an act that is not denied: conditional, planned or claimed; ('', None) where nothing says
    so."""
    spoken = act.row.status == "actual"
    if (may := said.has("conditional")) and not (spoken and act.row.control == "modal") and not (
            event == "THREATEN" and may.row.site == "hung"):
        return "conditional", may
    if owed := said.has("owed"):
        return "planned", owed
    polite = spoken and (act.row.control == "modal" or said.ahead and (
        said.ahead.row.site == "root" or said.ahead.word.lower_ == "would"))
    if (will := said.ahead) and not polite:
        return "planned", will
    heard = said.has("claimed")
    return ("claimed" if heard else ""), heard


def told(event, act, scene, book, speaker, own):
    """`claimed` where the speaker is unnamed, or a party that does more than confess, else `actual`: what a government
    says of its own talks, promises and bans is the act itself."""
    unnamed = body_part(speaker) == UNNAMED
    if not speaker or event == "CONSULT" or own and not unnamed and event in ("AGREE", "SANCTION", "CONCEDE"):
        return "actual"
    if speaker in media(book):
        return "actual"  # a named outlet reports it as fact
    deed = book.keyed("kinds", "kind")[act.row.kind].group == "deed"
    if scene.turn_at(act.token) and not unnamed and (not deed or own and act.row.kind == "deal"):
        return "actual"  # who issues a text tells of bans and protests as an outlet does, and of his own accords
    verb = next((a for a in act.token.ancestors if a.pos_ == "VERB" and a.lemma_.lower() in book.words("speech")), None)
    confessed = verb is not None and verb.lemma_.lower() in book.words("confess")
    return "actual" if confessed and not unnamed else "claimed"


@lru_cache(maxsize=None)
def media(book):
    """The codes of the news media."""
    return frozenset(r.code for r in book.rows("actors") if r.kind == "media")
