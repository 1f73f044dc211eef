"""Is a verb active or passive, a state of mind, or a participle that the parser takes for another word?"""
STATES = ("prepare", "oblige", "commit", "determine", "incline", "dispose", "resolve")  # 'is prepared to'
VERBAL = ("VERB", "AUX")


def minded(token):
    """True for 'is prepared to sell', 'is obliged to complete': a state of mind or duty of its subject."""
    return token.lemma_ in STATES and any(c.dep_ == "xcomp" for c in token.children)


def gerund(token):
    """The base forms that a word in -ing behind a preposition may have, where the parser takes it for a noun: 'accused
    of shipping'; () for other words."""
    stem = token.lower_[:-3]
    if token.dep_ != "pcomp" or token.pos_ in VERBAL or not token.lower_.endswith("ing"):
        return ()
    return (stem, stem + "e", stem[:-1]) if stem[-1:] == stem[-2:-1] else (stem, stem + "e")


def passive(token):
    """True for 'was bought', and for a participle behind its noun ('missiles bought by Iran')."""
    if minded(token):
        return False
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children) or frozen(token):
        return True
    if token.tag_ not in ("VBN", "VBD") or any(c.dep_ in ("aux", "nsubj", "dobj") for c in token.children):
        return False
    if token.dep_ == "conj" and token.tag_ == "VBN":
        return passive(token.head)
    return token.dep_ == "acl" or token.dep_ == "advcl" and token.tag_ == "VBN"


def frozen(token):
    """True for 'the sale had been frozen', which the parser takes for an adjective."""
    return token.dep_ == "acomp" and token.tag_ == "VBN" and token.head.lemma_ == "be" and token.pos_ == "VERB"
