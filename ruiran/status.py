"""Is an act told as done, still to come, possible, asserted by a party, or denied: from negation, modals and who speaks."""
AUXILIARY = {"planned": "future", "conditional": "hypothetical", "denied": "negation"}


def status_of(act, scene, book, speaker, source):
    """One of actual, planned, claimed, denied, conditional; '' where the sentence says that the act did not happen."""
    verb = governing_verb(act.token)
    row = act.row
    denied = denied_by(act.token, book)
    if row.status:
        return "denied" if denied and row.status != "actual" else row.status
    if denied:
        return "denied"
    if negated(verb, act.token, book):
        return "denied" if ahead(verb, book) or act.row.event == "AGREE" else ""
    if unrealised(verb):
        return ""
    if possible(verb, act.token, book):
        return "conditional"
    if ahead(verb, book) and (act.token.pos_ != "NOUN" or act.token.dep_ in ("nsubj", "nsubjpass")) or any(r.status == "planned" for r in act.passed):
        return "planned"
    if any(v.lemma_.lower() in book.words("hearsay") and any(c.dep_ == "auxpass" for c in v.children) for v in chain(verb)):
        return "claimed"
    return claimed(act, scene, book, speaker, source)


def claimed(act, scene, book, speaker, source):
    """`claimed` where the speaker is unnamed, or an interested party that does more than confess; what a government says
    of its own talks, promises and bans is the act itself."""
    if not speaker:
        return "actual"
    own = speaker.split(":")[0] in source or scene.country_of(speaker)[:1] == source[:1]
    if act.row.event in ("CONSULT", "AGREE", "SANCTION", "CONCEDE") and (own or act.row.event == "CONSULT"):
        return "actual"
    if speaker.endswith("unnamed"):
        return "claimed"
    said = speech_above(act.token, book)
    return "actual" if said is not None and said.lemma_.lower() in book.words("confess") else "claimed"


def governing_verb(token):
    """The verb itself, or the verb that a noun depends on."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)


def speech_above(token, book):
    return next((a for a in token.ancestors if a.lemma_.lower() in book.words("speech") and a.pos_ == "VERB"), None)


def unrealised(verb):
    """'was to have received': what was agreed and did not come."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.head.tag_ == "VBD" and any(c.lower_ == "have" for c in verb.children)


def chain(verb):
    """The verb and those above it that share its fate: 'is not going to deliver', 'had yet to be sent'."""
    yield verb
    while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in ("VERB", "AUX", "ADJ") and verb.head != verb:
        shares = verb.dep_ == "xcomp"
        verb = verb.head
        if not shares:
            return
        yield verb


def negated(verb, token, book):
    for v in chain(verb):
        if any(c.dep_ == "neg" or c.lemma_.lower() in book.words("negation") for c in v.children):
            return True
    own = [c for t in {token, verb} for c in t.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    return any(d.lower_ in ("no", "none", "neither", "nothing") for t in (*own, token) for d in (t, *t.children) if d.dep_ in ("det", "dobj", "nsubj", "nsubjpass", "attr"))


def denied_by(token, book):
    """A verb of denial above the act, with no act of speech between."""
    for above in token.ancestors:
        if above.lemma_.lower() in book.words("deny") and above.pos_ == "VERB":
            return not any(c.dep_ == "neg" for c in above.children)
        if above.pos_ == "VERB" and above.lemma_.lower() in book.words("speech"):
            return False
    return False


def conditional(verb):
    """True where an if-clause hangs on the verb or on one that shares its fate."""
    return any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless", "should") and m.dep_ in ("mark", "aux") for m in c.children)
               for v in chain(verb) for c in v.children)


def possible(verb, token, book):
    """Modal of possibility, an if-clause, or a word such as likely and possibly beside the act."""
    for v in chain(verb):
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
        to = any(c.tag_ == "TO" for c in v.children)
        if to and v.head.lemma_.lower() in ("be", "have", "due", "ready", "plan", "set", "schedule", "expect", "intend", "go") and v.dep_ in ("xcomp", "acomp", "ROOT", "ccomp"):
            return v.head.tag_ != "VBD" or "still" in {c.lower_ for c in v.head.children} or v.head.lemma_ != "have"
        if to and v.dep_ in ("ROOT", "xcomp") and v.head == v:
            return True  # a headline: 'Russia to step up ...'
    return False
