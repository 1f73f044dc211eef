"""A model's rows held to the text: what the article does not bear out is rejected, what our reader reads otherwise is
ours, and each column says what it rests on: `text`, or `model alone`."""
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from pydantic import ValidationError

from ..coding.asserted import AUXILIARY, Assertion, operators_on
from ..coding.events import place_of, scenes_of
from ..coding.scope import article_in_scope
from ..faults import printable
from ..records import Claim, Event, Reason, Rejected, countries, country_part
from . import schema
from .checks import ALONE, TEXT, Cells, NotBorneOut

FEWEST, MOST, LONGEST = 2, 120, 1_500  # words of a quote, and characters
PLACES = 20  # places of the same words that are looked at
HIDDEN = str.maketrans("аеіорсухАВЕІКМНОРСТХ", "aeiopcyxABEIKMHOPCTX")  # Cyrillic letters that look like Latin ones
DEEDS = ("COOPERATE", "AID", "ASSAULT")
QUANTITY, SUM = ("quantity_low", "quantity_high"), ("low", "high")
TRADE = ("COOPERATE", "AID", "SUPPORT", "AGREE", "REQUEST")  # acts with another customer that are not the pair's
DAYS = ("date_from", "date_to")


@dataclass(frozen=True)
class Held:
    """What holds of the answers about one article, and what does not."""

    events: tuple = ()
    claims: tuple = ()
    rejected: tuple = ()
    problems: tuple = ()


@dataclass(frozen=True)
class Quote:
    """Words of an answer where they stand in the article: raw offsets, scene, sentence and the word that tells the act.
    """

    start: int
    end: int
    scene: object = field(repr=False)
    sentence: object = field(repr=False)
    token: object = field(repr=False)

    @property
    def words(self):
        """The tokens of the quote."""
        return [t for t in self.scene.p.doc if self.start <= self.scene.p.start + t.idx < self.end]


def held(answers, reading, book):
    """The Held of the answers to an article's parts."""
    holder, events, claims, rejected = Holder(reading, book), [], [], []
    for answer in answers:
        found, bad = holder.events(answer.events)
        found = [e for e in found if e]
        events += [e for e in found if e.event_id not in {o.event_id for o in events}]  # parts share headline and lead
        told, worse = holder.claims(answer.claims, found)
        claims += [c for c in told if c.claim_id not in {o.claim_id for o in claims}]
        rejected += [*bad, *worse]
    quotes = [row for answer in answers for row in (*answer.events, *answer.claims)]
    lost = bool(quotes) and not events and not claims and all(r.reason.startswith("quote") for r in rejected)
    problems = [holder.other] if lost else []
    return Held(tuple(sorted(events, key=lambda e: e.start)), tuple(claims), tuple(rejected),
                (*holder.spoken_to, *problems))


class Places:
    """Where words stand in one article."""

    def __init__(self, reading, book):
        self.reading, self.book, self.text = reading, book, reading.document.text
        self.scenes = list(scenes_of(reading.paragraphs, reading.mentions, reading.quotations, book))

    def places(self, words):
        """The Quotes of all places where the words stand in kept lines; NotBorneOut where there is none."""
        if not FEWEST <= len(re.findall(r"\w+", words)) <= MOST or len(words) > LONGEST:
            raise NotBorneOut(f"quote: fewer than {FEWEST} words, or more than {MOST}, bear nothing out")
        places = [m.span() for m in islice(re.finditer(as_printed(words), self.text), PLACES)]
        if not places:
            raise NotBorneOut("quote: these words do not stand in the article")
        found = [at for start, end in places if (at := self.at(start, end))]
        if not found:
            raise NotBorneOut("quote: these words stand only in lines that are not the article's")
        return found

    def line(self, at):
        """The number of the line on which a Quote starts."""
        return self.line_of(at.start)

    def line_of(self, offset):
        """The number of the line on which an offset stands."""
        return self.text.count("\n", 0, offset) + 1

    def at(self, start, end):
        """The Quote at raw offsets; None in a line that was dropped."""
        scene = next((s for s in self.scenes if s.p.start <= start < end <= s.p.end), None)
        if scene is None:
            return None
        span = scene.p.doc.char_span(start - scene.p.start, end - scene.p.start)
        sentence = span[0].sent
        return Quote(start, end, scene, sentence, scene.p.doc[span.start:min(span.end, sentence.end)].root)

    def of_event(self, row_id, words):
        """Where a new event is told, by its id and words."""
        at = self.named(row_id, words)
        return {**place_of(self.reading.document, at.scene, at.sentence, at.token), "event_id": row_id}

    def of_claim(self, row_id, words):
        """Where a new claim is told, by its id and words."""
        at = self.named(row_id, words)
        return {"claim_id": row_id, "doc_id": self.reading.document.doc_id, "line": self.line(at), "start": at.start,
                "end": at.end, "text": self.text[at.start:at.end]}

    def named(self, row_id, words):
        """The first Quote of the words whose sentence or words start on the line of the id."""
        line = int(row_id.rsplit("-", 2)[1])
        for at in self.places(words):
            if line in (self.line(at), at.scene.p.line_at(at.scene.extent(at.sentence)[0])):
                return at
        raise NotBorneOut(f"quote: these words do not stand on line {line}")


class Holder(Places):
    """Holds rows to one article."""

    other = "no quotation of the answer stands in the article: an answer about another one? Its rows are rejected"

    def __init__(self, reading, book):
        super().__init__(reading, book)
        self.about = article_in_scope(reading.paragraphs, reading.mentions, book)
        self.cells = Cells(reading, book)

    @cached_property
    def commands(self):
        """[(start, end, words)] of paragraphs that speak to a model, and of the one behind each."""
        found, open_ = [], False
        for p in self.reading.paragraphs:
            text = unhidden(p.text)
            met = next((m[0] for _, m in self.book.matches("addressed", text)), "")
            if met or open_:
                found.append((p.start, p.end, met or p.text[:40]))
            open_ = bool(met)  # what it orders to be said may stand in the next one
        return found

    @property
    def spoken_to(self):
        """What `problems` says of an article that speaks to a model."""
        return [f"line {self.line_of(start)} speaks to a model ({' '.join(words.split())[:60]!r}): "
                "read as text, and no row of a model rests on it" for start, _, words in self.commands]

    # ------------------------------------------------ events
    def events(self, rows):
        """([the Event or None of each row], [Rejected])."""
        found, rejected, ids, told = [], [], set(), set()
        for row in rows:
            try:
                event = self.event(self.valid("events", row), found, ids)
                again = (row.get("quote"), event.event, event.source, event.target, event.status)
                if again in told:
                    raise NotBorneOut("quote: another row of the answer tells the same on these words")
                told.add(again)
                ids.add(event.event_id)
                found.append(event)
            except NotBorneOut as fault:
                rejected.append(rejected_row(row, str(fault)))
                found.append(None)
        return found, rejected

    def valid(self, table, row):
        """One row of an answer in its form; raises NotBorneOut."""
        try:
            return schema.row_of(table, self.book).model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = first["loc"][0] if first["loc"] else "row"
            raise NotBorneOut(f"form: {field} {str(row.get(field))[:40]!r}: {first['msg'][:80]}") from None

    def event(self, row, earlier, ids):
        """The Event of one row, or NotBorneOut with what the text does not bear out; `earlier` are the Events of the
        rows before, `ids` theirs."""
        at, cells = self.quote(row.quote, row.line), self.cells
        source, target = cells.sides(row.source, "source"), cells.sides(row.target, "target")
        if not source:
            raise NotBorneOut("source: empty; an act has somebody who does it")
        if source == target and len(countries(source.split(";"))) == 1:
            raise NotBorneOut("target: nobody acts on himself")
        self.in_scope(row.event, source, target, at)
        self.asserted(row, at)
        weapon, speaker = cells.weapons(row.weapon), cells.speaker(row.speaker)
        first = earlier[row.repeats] if row.repeats is not None and row.repeats < len(earlier) else None
        alone = {"event": row.event, "source": source, "target": target, "mode": self.mode(row.mode),
                 "stage": row.stage, "status": row.status, "speaker": speaker, "rule": "model", "basis": "",
                 "repeats": first.event_id if first else "", "weapon": weapon}
        text = {"form": self.form(row, at), "auxiliary": AUXILIARY.get(row.status, "")}
        figures = [r for columns, kind in ((QUANTITY, "quantity"), (SUM, "money"))
                   for r in cells.figures(row, at, columns, kind)]
        return Event(**self.place(at, ids)).because(
            *self.reasons(alone, at, ALONE), *self.reasons(text, at, TEXT), *cells.days(row, at), *figures)

    def reasons(self, cells, at, basis):
        """The Reasons of cells ({column: value}) that rest on a quote; a system named there rests on the text."""
        for column, value in cells.items():
            named = column == "weapon" and value and self.cells.is_named(value, at)
            yield Reason(column, value, "model", self.text[at.start:at.end], at.start, at.end, TEXT if named else basis)

    def form(self, row, at):
        """How the act is told: headline, nominal or verbal."""
        if at.scene.p.kind == "headline":
            return "headline"
        return "nominal" if row.mode == "nominal" or at.token.pos_ in ("NOUN", "PROPN") else "verbal"

    def mode(self, mode):
        """A mode that the dictionary of types knows; '' for another."""
        return mode if mode in self.book.modes or mode == "nominal" else ""

    def quote(self, words, line):
        """The Quote of a row; NotBorneOut where the words do not stand once in kept lines, or on the line named."""
        found = self.places(words)
        on = [at for at in found if self.line(at) == line]
        if not on and len(found) > 1:
            lines = ", ".join(str(self.line(at)) for at in found)
            raise NotBorneOut(f"quote: these words stand on lines {lines}, and not on {line}")
        at = (on or found)[0]
        if not any(t.pos_ in ("VERB", "NOUN", "PROPN", "NUM", "ADJ") for t in at.words):
            raise NotBorneOut("quote: no verb, noun or number is among these words")
        if any(start <= at.start < end for start, end, _ in self.commands):
            raise NotBorneOut("quote: these words speak to a model, and tell nothing")
        return at

    def place(self, at, taken):
        """Where an event is told; of two on the same words each has a word of its own."""
        tokens = [at.token, *(t for t in at.sentence if t.idx + at.scene.p.start >= at.start)]
        for token in tokens:
            place = place_of(self.reading.document, at.scene, at.sentence, token)
            if place["event_id"] not in taken:
                return place
        raise NotBorneOut("quote: another row rests on each of these words")

    def asserted(self, row, at):
        """Raises NotBorneOut for a deed that is told as done where its own words say that it is not."""
        said = Assertion(operators_on(at.token, self.book)).has("not") if at.token.pos_ == "VERB" else None
        if row.event in DEEDS and row.status in ("actual", "claimed") and said and said.row.site == "beside":
            raise NotBorneOut("status: the words say that it has not happened")

    def in_scope(self, event, source, target, at):
        """Raises NotBorneOut where the act is not the pair's business."""
        pair, sides = set(self.book.pair), set(countries(";".join(filter(None, (source, target))).split(";")))
        if not self.about:
            raise NotBorneOut("scope: the article is not about the pair and its arms")
        if not sides & pair and not pair & at.scene.named_in(at.sentence):
            raise NotBorneOut("scope: neither side is of the pair, and the sentence names neither")
        if event in TRADE:
            self.own_customer(sides, at)

    def own_customer(self, sides, at):
        """Raises NotBorneOut for a deal with another customer, who is a side, or stands in the sentence of a deal that
        is said to be the pair's, where the sentence does not name the pair."""
        pair, there = set(self.book.pair), at.scene.named_in(at.sentence)
        met = there if sides == pair else sides
        customers = met & (self.book.customers | self.book.words("other_tables"))
        if customers and not pair <= there:
            raise NotBorneOut(f"scope: the deal is another customer's ({', '.join(sorted(customers))})")

    # ------------------------------------------------ claims
    def claims(self, rows, events):
        """(the Claims that hold, [Rejected]); `events` are those of the same answer."""
        found, rejected = {}, []
        for row in rows:
            try:
                claim = self.claim(self.valid("claims", row), events)
                found.setdefault(claim.claim_id, claim)
            except NotBorneOut as fault:
                rejected.append(rejected_row(row, str(fault)))
        return list(found.values()), rejected

    def claim(self, row, events):
        """The Claim of one row, or NotBorneOut."""
        at, cells = self.quote(row.quote, row.line), self.cells
        supplier, recipient = (country_part(cells.sides(getattr(row, c), c)) for c in ("supplier", "recipient"))
        if {supplier, recipient} != set(self.book.pair):
            raise NotBorneOut("scope: not a deal of the pair")
        if not self.about:
            raise NotBorneOut("scope: the article is not about the pair and its arms")
        self.own_customer({supplier, recipient}, at)
        weapon, speaker = cells.weapons(row.weapon), cells.speaker(row.speaker)
        kind = {"value": "money", "quantity": "quantity"}.get(row.attribute)
        figures = cells.figures(row, at, SUM, kind) if kind else ()
        if kind and all(r.value is None for r in figures[-2:]):
            raise NotBorneOut(f"{row.attribute}: no such figure stands there")
        event = next((e.event_id for e in events if e.start <= at.start < e.end and weapon in e.weapon.split(";")), "")
        given = {"attribute": row.attribute, "stance": row.stance, "speaker": speaker, "weapon": weapon,
                 "supplier": supplier, "recipient": recipient}
        via = tuple(dict.fromkeys(cells.carriers(row.via)))
        claim = Claim(self.reading.document.doc_id, self.line(at), at.start, at.end, self.text[at.start:at.end],
                      via=via, rule="model", event_id=event, **given)
        days = [r for r in cells.days(row, at) if r.column in DAYS]
        return claim.because(*self.reasons(given, at, ALONE), *days, *figures)


def as_printed(words):
    """A pattern for words as they are printed: whole ones, and no blank line between them."""
    gap = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
    return r"(?<!\w)" * words[:1].isalnum() + gap.join(map(re.escape, words.split())) + r"(?!\w)" * words[-1:].isalnum()


def unhidden(text):
    """A text as its reader sees it: without signs that do not show, no look-alikes, one space for several."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(text.translate(HIDDEN).split())


def rejected_row(row, reason):
    """The Rejected of a row as a model answered it."""
    line = row.get("line") if isinstance(row.get("line"), int) and 0 < row.get("line") < 2 ** 31 else None
    return Rejected(line, printable(row.get("quote") or "")[:500], "model",
                    json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)[:2000], reason)
