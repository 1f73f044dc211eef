"""Persons who are meant but not named: 'the Iranian president', 'his US counterpart', 'he'."""
from functools import lru_cache

from ..codebook import people as lookup
from ..records import Mention
from ..spans import Taken, in_order

SUBJECTS = ("nsubj", "nsubjpass")
REACH = 3  # paragraphs back in which 'he' may have been named


class Referents:
    """Resolves the references of one article, paragraph by paragraph, where exactly one person remains."""

    def __init__(self, book, anchor, cast):
        """`anchor`: first and last day possible; `cast`: the mentions of persons whom the article names in full."""
        self.book, self.anchor, self.cast, self.stage = book, anchor, cast, []

    def of(self, p, rows):
        """The mentions of the references of a paragraph beside its `rows`; the code is '' where one stays open."""
        persons = [r for r in rows if r.kind == "person"]
        found = [f for m in matches(p, self.book) if (f := self.titled(p, m, persons))]
        named = [r for r in in_order(persons + found) if r.code]
        found += self.pronouns(p, named)
        self.stage.append((p, named))
        return found

    # ------------------------------------------------ offices
    def titled(self, p, match, persons):
        """The mention for one phrase of an office, or None where the name stands beside it."""
        start, end = match.span()
        if any(-3 <= r.start - p.start - end <= 2 or -3 <= start - (r.end - p.start) <= 2 for r in persons):
            return None
        groups = match.groupdict()
        country = nation(self.book, groups.get("nation") or groups.get("behind") or "")
        if groups.get("nation") and not country:
            return None  # 'the Duma chairman', 'the Texas governor'
        offices = self.offices_of(groups, p, start, persons)
        code, country, office, basis = self.holder(offices, country)
        return Mention(*p.place(start, end), "person", code, country, office, basis=basis) if offices else None

    def offices_of(self, groups, p, start, persons):
        """The offices that a phrase may mean: its title's, a leader's, or that of the one whose counterpart it is and
        those of the same rank elsewhere: a foreign minister's counterpart may be a secretary of state."""
        if groups.get("leader"):
            return sorted(self.book.words("leader_offices"))
        if groups.get("office"):
            return [r.office for r in self.book.rows("titles") if r.regex.fullmatch(groups["office"])][:1]
        before = [r for r in persons if r.end <= p.start + start and r.role]
        role = before[-1].role if before and before[-1].code else ""
        return [role, *(peer for office, peer in self.book.related("peer") if office == role)] if role else []

    def holder(self, offices, country):
        """(person, country, office, basis) of the one holder of the offices whom the article names or the codebook
        knows; person '' where none or several remain."""
        named = {(r.code, r.country): r.role for r in self.cast
                 if r.role in offices and (not country or r.country == country)}
        if len(named) == 1:
            (code, land), office = next(iter(named.items()))
            return code, land, office, "reference"
        if country and self.anchor[0]:
            held = {(r.person, r.office) for r in self.book.rows("offices") if r.office in offices
                    and r.country == country and lookup.held(r, *self.anchor)}
            if len(held) == 1:
                person, office = held.pop()
                return person, country, office, "codebook"
        return "", country, offices[0] if len(offices) == 1 else "", "open"

    # ------------------------------------------------ pronouns
    def pronouns(self, p, named):
        """'he' and 'she' as subjects: the one person of the paragraph so far, else of the nearest one before."""
        for token in p.doc:
            if token.lower_ in self.book.words("person_pronouns") and token.dep_ in SUBJECTS:
                inside = [r for r in named if r.end <= p.start + token.idx]
                earlier = next(((q, rows) for q, rows in self.stage[:-REACH - 1:-1] if rows), (p, []))
                one = only(p, inside) if inside else only(*earlier)
                who = (one.code, one.country, one.role) if one else ()
                yield Mention(*p.place(token.idx, token.idx + len(token)), "person", *who,
                              basis="reference" if one else "open")


def only(p, rows):
    """The mention of the one person among `rows`, or of the only one who is a subject in `p`; None where several
    remain."""
    if len({r.code for r in rows}) > 1:
        spans = [p.doc.char_span(r.start - p.start, r.end - p.start) for r in rows]
        rows = [r for r, span in zip(rows, spans, strict=True) if span.root.dep_ in SUBJECTS]
    return rows[-1] if len({r.code for r in rows}) == 1 else None


def matches(p, book):
    """Matches of the codebook's phrases for a person, one where they overlap."""
    taken = Taken(p)
    for rule in book.near("references", p.text):
        if rule.kind == "person":
            for m in rule.regex.finditer(p.text):
                if taken.take(p.start + m.start(), p.start + m.end()):
                    yield m


@lru_cache(maxsize=None)
def nation(book, words):
    """The country of 'Iranian', 'of Russia'; '' for none or for a body that is no state."""
    rows = (r for r in book.rows("actors") if r.kind in ("country", "adjective", "people", "capital"))
    codes = {r.country for r in rows if r.regex.fullmatch(words.strip())} if words.strip() else set()
    return codes.pop() if len(codes) == 1 else ""
