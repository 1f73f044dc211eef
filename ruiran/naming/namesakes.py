"""Words that look like a state and are none: a surname, a firm, a street, a dish or a figure of speech."""
import re

NAMES = ("country", "capital", "seat")


class Namesakes:
    """The namesakes of one article; remembers whose surname a state's name is."""

    def __init__(self, book, paragraphs):
        self.book = book
        self.known = {r.surname for r in book.rows("persons")}
        self.surnames = {e.text.split()[-1] for p in paragraphs for e in p.doc.ents if self.is_stranger(e)}

    def holds(self, p, match, rule):
        """True where the match of a state's name is part of another name or of a figure of speech."""
        if rule.kind == "adjective":
            return self.in_phrase(p.text, match)
        return rule.kind in NAMES and (
            self.in_phrase(p.text, match) or match[0] in self.surnames or self.first_name(p, match)
            or any(self.is_stranger(e) or self.is_firm(e, match[0]) for e in p.doc.ents
                   if e.start_char <= match.start() and match.end() <= e.end_char))

    def first_name(self, p, match):
        """True for 'Iran Barkley': the parser joins the name to a person's surname behind it that nobody knows."""
        token = p.doc.token_at(match.start())
        behind = token.head
        return (token.dep_ == "compound" and behind.i == token.i + 1 and behind.text not in self.known
                and behind.ent_type_ == "PERSON" != token.ent_type_
                and not any(t.ent_type_ == "PERSON" for t in p.doc[behind.i + 1:behind.i + 2]))

    def in_phrase(self, text, match):
        """True for 'Mr. Washington', 'chicken Kiev', 'Stockholm syndrome'."""
        before = re.search(r"([\w.]+) $", text[max(match.start() - 15, 0):match.start()])
        after = re.match(r" ([\w-]+)", text[match.end():match.end() + 25])
        words, before, after = self.book.words, before[1] if before else "", after[1] if after else ""
        return (before.rstrip(".") in words("forms_of_address") or before in words("dishes")
                or after in words("figurative_nouns"))

    def is_stranger(self, entity):
        """True for a person's name of two or three capitalised words, one a state's name, none a known surname."""
        words = [w for w in entity.text.split() if w[:1].isupper()]
        if entity.label_ != "PERSON" or not 1 < len(words) < 4 or len(words) < len(entity.text.split()):
            return False
        states = [w for w in words if any(r.regex.fullmatch(w) for r in self.book.near("actors", w))]
        alone = states == words[-1:] or states == words[:1] and len(words) == 2  # not 'Moscow Mehdi Sanaei'
        return alone and not set(words) & self.known

    def is_firm(self, entity, name):
        """True for 'Washington Mutual', 'Tehran Street': another name, and no word of a state's body."""
        rest = [w for w in entity.text.replace(name, " ").split() if w.lower() not in ("the", "of", "'s", "and")]
        capital = bool(rest) and all(w[:1].isupper() for w in rest)
        stately = any(w.lower().strip("'s") in self.book.words("state_words") for w in rest)
        other = any(r.regex.search(" ".join(rest)) for r in self.book.near("actors", " ".join(rest)))
        return entity.label_ in ("ORG", "FAC") and capital and not stately and not other
