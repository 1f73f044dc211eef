"""Is an act asserted by the words above it? One table, codebook `operators`, and one way up the parse."""
from functools import lru_cache

PREDICATES = ("attr", "acomp", "oprd", "advmod")  # what is said of a clause or a report: 'is a lie', 'called it false'
NOTS = ("no", "not", "n't", "nothing", "nobody", "none", "neither", "never", "nor")
ASIDE = ("in", "during", "at", "after", "before")  # 'rejected it in a call': the call is not denied
INSIDE = ("xcomp", "pcomp", "advcl")  # clauses that 'close to', 'oblige to' and 'hard for' may have below them


@lru_cache(maxsize=None)
def table(book):
    """{word: rows of codebook `operators`}."""
    found = {}
    for row in book.rows("operators"):
        for word in row.words.split("|"):
            found.setdefault(word, []).append(row)
    return found


def over(token, book):
    """The row of codebook `operators` that holds of the act at `token`: the first on the way up to the root of the
    sentence or to a verb of speech; None where the act is asserted."""
    below = token
    for above in token.ancestors:
        if aside(below, above):
            return None
        for word in (above, *said_of(above, below), *said_of(below, token)):
            for row in table(book).get(word.lemma_.lower(), ()):
                if row.polarity == ("negated" if negated(word, above) else "plain") and reaches(row, below, token):
                    return row
        relative = below.dep_ == "relcl" and not any(c.dep_ == "mark" for c in below.children)
        if relative or above.pos_ == "VERB" and above.lemma_.lower() in book.words("speech"):
            return None  # what stands above a relative clause is said of its noun
        below = above
    return None


def aside(below, above):
    """True for what only stands beside the word above: an adverbial clause, 'in a call', but not 'is in breach'."""
    if below.dep_ == "prep":
        return below.lower_ in ASIDE and above.lemma_ != "be"
    return below.dep_ == "parataxis" or below.dep_ == "advcl" and above.pos_ in ("VERB", "AUX")


def said_of(above, below):
    """The predicates of a word but the one on the way: 'a lie' in 'it is a lie that ...'."""
    return [c for c in above.children if c.i != below.i and (
        c.dep_ in PREDICATES or c.dep_ == "advcl" and c.tag_ == "JJ")]


def negated(word, above):
    """True where a negation stands with the word, with what it is said of, or in the subject above."""
    beside = [*word.children, *above.children] + ([*above.head.children] if above.pos_ in ("NOUN", "ADJ") else [])
    words = [d for c in beside for d in ((c, *c.children) if c.dep_ in ("nsubj", "nsubjpass") else (c,))]
    return any(d.lower_ in NOTS and not is_number(d) for d in words)


def is_number(token):
    """True for the 'No' of 'No. 4'."""
    return token.text == "No" and token.i + 1 < len(token.doc) and token.nbor().text == "."


def reaches(row, below, token):
    """True where the operator may hold of what hangs below it: duties and hindrances only of an infinitive."""
    if row.over == "infinitive":
        return below.dep_ in INSIDE and (token.dep_ in INSIDE or token != below) or below.dep_ == "prep"
    return True
