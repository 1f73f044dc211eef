"""Kept text to `mentions` of actors, persons, weapons and places, none of them overlapping another."""
import re
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from ..codebook import days
from ..codebook import people as lookup
from ..reading.language import DATELINE, dateline_end
from ..records import Mention
from ..spans import Taken, in_order
from .links import joined, references
from .namesakes import Namesakes
from .referents import Referents

WORD = re.compile(r"[\w-]+")
# Two to four capitalised words without figures.
NAME = re.compile(r"(?!.*\d)[A-Z][\w'.-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'.-]*){1,3}")


PAIR = re.compile(r"(?=(?<![\w'-])([A-Z][\w'-]*\.?) (?:[a-z]{2,3} )?([A-Z][\w'-]*))")


def names_in(text, book):
    """Matches of the codebook's names in a text: what keeps its capitals in a headline."""
    for name in ("persons", "weapons", "actors", "places"):
        yield from (m for _, m in book.matches(name, text))
    yield from surnames_regex(book).finditer(text)


def may_be_unknown(text, book):
    """True where two capitalised words stand side by side and one is in no list: a name that no codebook knows, or a
    state's name within another name ('Iran Barkley', 'Washington Mutual')."""
    plain = STOP_WORDS | book.words("role_nouns") | book.words("state_words")
    loose = [m.span(word) for m in PAIR.finditer(text) for word in (1, 2) if m[word].lower().rstrip(".") not in plain]
    known = [*days.spans(text, book), *(m.span() for m in names_in(text, book))] if loose else []
    return any(not any(a <= start and end <= b for a, b in known) for start, end in loose)


@lru_cache(maxsize=None)
def surnames_regex(book):
    """The surnames of the codebook's persons, initials and 'I' as one pattern."""
    surnames = {re.escape(r.surname) for r in book.rows("persons") if r.surname}
    first = "".join(sorted({surname[0] for surname in surnames}))
    return re.compile(rf"\b(?=[A-Z{first}])(?:{'|'.join(sorted(surnames, key=len, reverse=True))}|I|[A-Z]\.)\b")


@lru_cache(maxsize=None)
def surnames_by_head(book):
    """{first word: surnames that begin with it} of the codebook's persons."""
    found = {}
    for surname in {r.surname for r in book.rows("persons")}:
        found.setdefault(WORD.search(surname)[0], []).append(surname)
    return found


def annotations_of(paragraphs, book, anchor):
    """Mentions of the kinds actor, person, weapon and place; `anchor` is the first and last day possible."""
    found = []
    people, namesakes = People(book, anchor), Namesakes(book, paragraphs)
    for p in paragraphs:
        rows = people.named(p) + list(gazetteer(p, book, namesakes))
        found.append((p, longest(p, rows)))
    cast = [r for _, rows in found for r in rows if r.kind == "person"]
    people.learn(cast)
    result, referents = [], Referents(book, anchor, cast)
    for p, rows in found:
        rows = longest(p, rows + people.surnames(p, rows))
        rows = longest(p, rows + people.unknown(p, rows))
        rows = longest(p, rows + referents.of(p, rows))
        rows = longest(p, rows + list(references(p, in_order(rows), result, book)))
        result += in_order(rows)
    return joined(result)


RANK = {"person": 0, "weapon": 1, "actor": 2, "place": 3}


def longest(p, rows):
    """Without overlaps: the longest mention wins, a person before a weapon before an actor among equals."""
    taken = Taken(p)
    return [r for r in sorted(rows, key=lambda r: (r.start - r.end, RANK[r.kind])) if taken.take(r.start, r.end)]


# ---------------------------------------------------------------- actors and weapons
def gazetteer(p, book, namesakes):
    """Mentions of the weapons, actors and places that the codebook knows, overlaps and all, without namesakes."""
    for rule, match in book.matches("weapons", p.text):
        basis = "generic" if rule.generic == "yes" else "printed"
        yield Mention(*p.place(*match.span()), "weapon", rule.code, rule.maker, basis=basis)
    for rule, match in book.matches("actors", p.text):
        if not namesakes.holds(p, match, rule):
            kind = "place" if rule.place == "yes" and is_place(p, match.start(), rule, book) else "actor"
            yield Mention(*p.place(*match.span()), kind, rule.code, rule.country, basis=rule.kind)
    for rule, match in book.matches("places", p.text):
        yield Mention(*p.place(*match.span()), "place", rule.place, rule.country, basis="town")


def is_place(p, start, rule, book):
    """True for 'talks in Tehran', 'flew to Moscow', a dateline: a preposition of place governs the name, or a verb of
    going."""
    token = p.doc.token_at(start)
    if start < DATELINE and start < dateline_end(p.text, book.rows("datelines")):
        return True
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    above = token.head
    to = above.lower_ == "to" and above.head.lemma_.lower() in book.words("goes_to") and rule.kind == "capital"
    return token.dep_ == "pobj" and (above.lemma_.lower() in book.words("place_prepositions") or to)


# ---------------------------------------------------------------- persons
class People:
    """The persons of one article: those that it names in full, then by surname alone, then unknown to the codebook."""

    def __init__(self, book, anchor):
        self.book, self.anchor, self.known, self.strangers = book, anchor, {}, {}
        self.persons = book.keyed("persons", "person")
        self.heads = surnames_by_head(book)

    def named(self, p):
        """Persons of the codebook by full name."""
        return [self.mention(p, tuple(span), person, "printed")
                for person, *span in lookup.named(self.book, p.text)]

    def mention(self, p, span, person, basis):
        """The mention of a person of the codebook or of the article, with country and office."""
        known, held = self.persons.get(person), self.held(person)
        country = known.country if known else self.strangers.get(person, "")
        office, printed = self.office(p, span, held)
        return Mention(*p.place(*span), "person", person, country, office, tuple(held), basis=basis,
                       office_known=bool(office) and not printed)

    def held(self, person):
        """The offices that the codebook knows for the person on the days possible; [] where it knows none."""
        return sorted({r.office for r in lookup.terms(self.book, person)
                       if self.anchor[0] and lookup.held(r, *self.anchor)})

    def office(self, p, span, held):
        """(office, printed?): the title beside the name, else the codebook's one office on the anchor day, or ''."""
        title, former = lookup.title_beside(self.book, p.text, *span)
        if title and (former or title not in self.book.words("broad_titles") or len(held) != 1):
            return title, True
        return (held[0] if len(held) == 1 else ""), False  # 'General' and 'head' tell less than the codebook

    def learn(self, cast):
        """Remembers the surnames of the persons that the article names in full."""
        for r in cast:
            surname = self.persons[r.code].surname if r.code in self.persons else r.code.split()[-1]
            for name in {surname, r.text.split()[-1]}:  # also as this article spells it
                self.known.setdefault(name, set()).add(r.code)

    def surnames(self, p, rows):
        """Surnames alone: the person of the article, else of the codebook, where exactly one fits."""
        result, taken = [], Taken(p, rows)
        known = [surname for surname in self.known if surname in p.text]
        for surname in sorted({*known, *(s for w in set(WORD.findall(p.text)) for s in self.heads.get(w, ()))}):
            for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", p.text):
                ship = set(p.text[:match.start()].split()[-1:]) & self.book.words("ship_names")
                if not ship and not taken.holds(p.start + match.start(), p.start + match.end()):
                    result += self.resolve(p, match.span(), surname)
        return result

    def resolve(self, p, span, surname):
        """[the mention] of a surname alone: its person, or open where the article has several; [] where nobody fits."""
        known = self.known.get(surname, set())
        if len(known) == 1:
            return [self.mention(p, span, *known, "reference")]
        if known:
            return [Mention(*p.place(*span), "person", basis="open", candidates=tuple(sorted(known)))]
        title, _ = lookup.title_beside(self.book, p.text, *span)
        if not title and surname in self.book.words("common_surnames"):
            return []
        persons = {name for name, r in self.persons.items() if r.surname == surname
                   and any(self.fits(o, title) for o in lookup.terms(self.book, name))}
        if len(persons) == 1 and (title or self.anchor[0]):
            person = persons.pop()
            self.known.setdefault(surname, set()).add(person)
            return [self.mention(p, span, person, "codebook")]
        return []

    def fits(self, r, title):
        """An office that the printed title may mean, held while the article may have been written."""
        if title and not lookup.same_office(title, r.office) and title not in self.book.words("broad_titles"):
            return False
        return bool(title) if not self.anchor[0] else lookup.held(r, *self.anchor)

    # ------------------------------------------------ persons that no codebook knows
    def unknown(self, p, rows):
        """Mentions of names that the parser takes for persons, with a title or a word of speech beside them."""
        result, named, forms = [], Taken(p, rows), "|".join(sorted(self.book.words("forms_of_address")))
        for ent in p.doc.ents:
            name = re.sub(rf"^(?:{forms})\.? |'s?$", "", ent.text)
            start = ent.start_char + ent.text.index(name)
            span = (start, start + len(name))
            taken = named.holds(p.start + span[0], p.start + span[1])
            stately = {w.lower() for w in name.split()} <= self.book.words("state_words")
            if ent.label_ == "PERSON" and not taken and not stately and NAME.fullmatch(name) and self.acts(ent):
                title, _ = lookup.title_beside(self.book, p.text, *span)
                self.strangers[name] = self.country(ent)
                result.append(Mention(*p.place(*span), "person", name, self.strangers[name], title, basis="parser"))
                self.known.setdefault(name.split()[-1], set()).add(name)
        return result

    def acts(self, ent):
        """A person beside whose name stands a title, an apposition or a verb of speech; who 'writes' is the author."""
        if ent.doc[max(ent.start - 1, 0)].lower_ in self.book.words("author"):
            return False
        words = {t.lemma_.lower() for t in ent.doc[max(ent.start - 6, 0):ent.end + 7]}
        return bool(words & self.book.words("role_nouns")) or ent.root.head.lemma_.lower() in self.book.words("speech")

    def country(self, ent):
        """The country named in the same phrase as an unknown person: before the name, else in what explains it."""
        below = [t for t in ent.root.subtree
                 if not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if ent.root.is_ancestor(a))]
        for part in ([t for t in below if t.i < ent.start], [t for t in below if t.i >= ent.end]):
            text, at = ent.doc.text, {t.i for t in part}
            codes = {r.country for r, m in self.book.matches("actors", text)
                     if r.kind != "media" and ent.doc.token_at(m.start()).i in at}
            if len(codes) == 1:
                return codes.pop()
        return ""
