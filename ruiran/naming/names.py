"""Kept text to `mentions` of actors, persons, weapons and places, none of them overlapping another."""
import re
from functools import lru_cache

from ..codebook import people as lookup
from ..reading.language import dateline_end, token_at
from ..spans import Taken
from .links import joined, last_two, link_systems, own_pair
from .namesakes import Namesakes
from .referents import Referents


@lru_cache(maxsize=None)
def names_regex(book):
    """Every name of the codebook as one pattern: what keeps its capitals in a headline."""
    parts = [r.regex.pattern for name in ("persons", "weapons", "actors", "places") for r in book.rows(name)]
    surnames = "|".join(sorted({re.escape(s) for s in book["persons"].surname if s}, key=len, reverse=True))
    return re.compile("|".join([*dict.fromkeys(parts), rf"\b(?:{surnames})\b", r"\b(?:I|[A-Z]\.)\b"]))


def annotations_of(paragraphs, book, anchor):
    """Rows of `mentions`: kinds actor, person, weapon and place; `anchor` is the first and last day possible."""
    found = []
    people, namesakes = People(book, anchor), Namesakes(book, paragraphs)
    for p in paragraphs:
        rows = people.named(p) + list(gazetteer(p, book, namesakes))
        found.append((p, longest(p, rows)))
    cast = [r for _, rows in found for r in rows if r["kind"] == "person"]
    people.learn(cast)
    result, referents = [], Referents(book, anchor, cast)
    for p, rows in found:
        rows = longest(p, rows + people.surnames(p, rows))
        rows = longest(p, rows + people.unknown(p, rows))
        meant = [row(p, (start, end), "person", code, country=country, role=office, basis=basis)
                 for start, end, code, country, office, basis in referents.of(p, rows)]
        rows = longest(p, rows + meant)
        rows = longest(p, rows + list(references(p, rows, result, book)))
        result += sorted(rows, key=lambda r: r["start"])
    return link_systems(joined(result), book)


def row(p, match_or_span, kind, code, **more):
    """A row of `mentions` from a span of paragraph `p`."""
    start, end = match_or_span if isinstance(match_or_span, tuple) else match_or_span.span()
    return {"line": p.line_at(p.start + start), "start": p.start + start, "end": p.start + end,
            "text": p.text[start:end], "kind": kind, "code": code, **more}


RANK = {"person": 0, "weapon": 1, "actor": 2, "place": 3}


def longest(p, rows):
    """Without overlaps: the longest mention wins, a person before a weapon before an actor among equals."""
    kept, taken = [], Taken(p)
    for r in sorted(rows, key=lambda r: (r["start"] - r["end"], RANK[r["kind"]])):
        if not taken.holds(r["start"], r["end"]):
            kept.append(r)
            taken.add(r["start"], r["end"])
    return kept


# ---------------------------------------------------------------- actors and weapons
def gazetteer(p, book, namesakes):
    """Rows of the weapons, actors and places that the codebook knows, overlaps and all, without namesakes."""
    for rule in book.near("weapons", p.text):
        for match in rule.regex.finditer(p.text):
            basis = "generic" if rule.generic == "yes" else "printed"
            yield row(p, match, "weapon", rule.code, country=rule.maker, basis=basis)
    for rule in book.near("actors", p.text):
        for match in rule.regex.finditer(p.text):
            if namesakes.holds(p, match, rule):
                continue
            place = rule.place == "yes" and is_place(p, match.start(), rule, book)
            yield row(p, match, "place" if place else "actor", rule.code, country=rule.country, basis=rule.kind)
    for rule in book.near("places", p.text):
        for match in rule.regex.finditer(p.text):
            yield row(p, match, "place", rule.place, country=rule.country, basis="town")


def is_place(p, start, rule, book):
    """True for 'talks in Tehran', 'flew to Moscow', a dateline: a preposition of place governs the name, or a verb of
    going."""
    token = token_at(p.doc, start)
    if token is None or rule.kind not in ("country", "capital", "seat"):
        return False
    if start < dateline_end(p.text, book.rows("datelines")):
        return True
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    above = token.head
    to = above.lower_ == "to" and above.head.lemma_.lower() in book.words("goes_to") and rule.kind == "capital"
    return token.dep_ == "pobj" and (above.lemma_.lower() in book.words("place_prepositions") or to)


# ---------------------------------------------------------------- references
def references(p, rows, before, book):
    """'the two countries', 'both sides': the two that were named last, where they are two."""
    for rule in book.near("references", p.text):
        for match in rule.regex.finditer(p.text):
            offset = p.start + match.start()
            if rule.kind == "person":
                continue  # see referents
            if rule.kind in ("two", "pair"):
                earlier = [r for r in before + sorted(rows, key=lambda r: r["start"]) if r["end"] <= offset]
                pair = last_two(earlier, p.text, p.start)
                if rule.kind == "pair":  # 'the two countries' are those of the codebook where both are named
                    pair = own_pair(earlier, book) or pair
                yield row(p, match, "actor", ";".join(pair), country="", basis="reference" if pair else "open")
                continue
            inside = [r for r in rows if r["start"] < p.start + match.end() and offset < r["end"]]
            if all(r["basis"] == "generic" for r in inside):
                yield row(p, match, "weapon", "", country="", basis=rule.kind, generic=next(iter(inside), None))


# ---------------------------------------------------------------- persons
class People:
    """The persons of one article: those that it names in full, then by surname alone, then unknown to the codebook."""

    def __init__(self, book, anchor):
        self.book, self.anchor, self.known, self.strangers = book, anchor, {}, {}
        self.persons = {r.person: r for r in book.rows("persons")}

    def named(self, p):
        """Persons of the codebook by full name."""
        return [self.mention(p, tuple(span), person, "printed")
                for person, *span in lookup.named(self.book, p.text)]

    def mention(self, p, span, person, basis):
        """The row of a person of the codebook or of the article, with country and office."""
        held = self.held(person)
        office, printed = self.office(p, span, held)
        return row(p, span, "person", person, country=self.country_of(person), role=office, held=";".join(held),
                   basis=basis if printed or not office else f"{basis};codebook")

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

    def learn(self, rows):
        """Remembers the surnames of the persons that the article names in full."""
        for r in rows:
            if r["kind"] == "person":
                surname = self.persons[r["code"]].surname if r["code"] in self.persons else r["code"].split()[-1]
                for name in {surname, r["text"].split()[-1]}:  # also as this article spells it
                    self.known.setdefault(name, set()).add(r["code"])

    def surnames(self, p, rows):
        """Surnames alone: the person of the article, else of the codebook, where exactly one fits."""
        result, taken = [], Taken(p, rows)
        for surname in sorted({*self.known, *(r.surname for r in self.persons.values())}):
            if surname not in p.text:
                continue
            for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", p.text):
                span = match.span()
                if set(p.text[:span[0]].split()[-1:]) & self.book.words("ship_names"):
                    continue
                if taken.holds(p.start + span[0], p.start + span[1]):
                    continue
                result += self.resolve(p, span, surname)
        return result

    def resolve(self, p, span, surname):
        """[the row] of a surname alone: its person, or open where the article has several; [] where nobody fits."""
        known = self.known.get(surname, set())
        if len(known) == 1:
            return [self.mention(p, span, next(iter(known)), "reference")]
        if known:
            return [row(p, span, "person", "", country="", basis="open: " + " or ".join(sorted(known)))]
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

    def country_of(self, person):
        """The country of a person of the codebook or of the article, '' where it is not known."""
        return self.persons[person].country if person in self.persons else self.strangers.get(person, "")

    # ------------------------------------------------ persons that no codebook knows
    def unknown(self, p, rows):
        """Rows of names that the parser takes for persons, with a title or a word of speech beside them."""
        result, named, forms = [], Taken(p, rows), "|".join(sorted(self.book.words("forms_of_address")))
        for ent in p.doc.ents:
            name = re.sub(rf"^(?:{forms})\.? |'s?$", "", ent.text)
            start = ent.start_char + ent.text.index(name)
            span = (start, start + len(name))
            taken = named.holds(p.start + span[0], p.start + span[1])
            stately = {w.lower() for w in name.split()} <= self.book.words("state_words")
            if ent.label_ == "PERSON" and not taken and not stately and is_name(name) and self.acts(ent):
                title, _ = lookup.title_beside(self.book, p.text, *span)
                self.strangers[name] = self.country(p, ent)
                result.append(row(p, span, "person", name, country=self.strangers[name], role=title, basis="parser"))
                self.known.setdefault(name.split()[-1], set()).add(name)
        return result

    def acts(self, ent):
        """A person beside whose name stands a title, an apposition or a verb of speech; who 'writes' is the author."""
        if ent.doc[max(ent.start - 1, 0)].lower_ in self.book.words("author"):
            return False
        words = {t.lemma_.lower() for t in ent.doc[max(ent.start - 6, 0):ent.end + 7]}
        return bool(words & self.book.words("role_nouns")) or ent.root.head.lemma_.lower() in self.book.words("speech")

    def country(self, p, ent):
        """The country named in the same phrase as an unknown person: before the name, else in what explains it."""
        below = [t for t in ent.root.subtree
                 if not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if ent.root.is_ancestor(a))]
        for part in ([t for t in below if t.i < ent.start], [t for t in below if t.i >= ent.end]):
            text = " ".join(t.text for t in part)
            codes = {r.country for r in self.book.near("actors", text) if r.kind != "media" and r.regex.search(text)}
            if len(codes) == 1:
                return codes.pop()
        return ""


def is_name(text):
    """Two to four capitalised words without figures."""
    words = re.fullmatch(r"[A-Z][\w'.-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'.-]*){1,3}", text)
    return bool(words) and not re.search(r"\d", text)
