"""What flows from stage to stage: frozen records. A record becomes a dictionary only where its table is written.

Offsets are raw: `text` stands from `start` on and before `end`. What is open is '' or None, as the tables have it.
"""
import hashlib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

UNNAMED = "unnamed"  # a speaker without a name: `RUS:unnamed`
INNER = {"metadata": {"inner": True}}  # a field that no table has: what only the stages ask


def country_part(code):
    """The country of an actor code: RUS of `RUS:Rosoboronexport`."""
    return code.split(":")[0]


def body_part(code):
    """What of a country an actor code names: Rosoboronexport of `RUS:Rosoboronexport`; the code itself for a state."""
    return code.split(":", 1)[-1]


def edtf_of(first, last):
    """An interval of ISO days, '' where open, as EDTF; '' for one open at both ends."""
    if not first and not last:
        return ""
    return first if first == last else f"{first or '..'}/{last or '..'}"


def countries(codes):
    """The countries of actor codes, in order, each once."""
    return list(dict.fromkeys(map(country_part, codes)))


def name_of(doc_id, line, *said):
    """The name of a row: article, line and a digest of what it is known by."""
    return f"{doc_id}-{line}-{hashlib.sha256('|'.join(map(str, said)).encode()).hexdigest()[:8]}"


@lru_cache(maxsize=None)
def cells_of(kind):
    """(the names of the fields of a kind of record that its table has, what takes their values out of a record, the
    names of those that are tuples)."""
    told = {f.name: f.type for f in fields(kind) if "inner" not in f.metadata}
    return tuple(told), attrgetter(*told), tuple(name for name, kind in told.items() if kind is tuple)


@lru_cache(maxsize=None)
def values_of(kind):
    """What takes the values of all fields out of a record of a kind."""
    return attrgetter(*(f.name for f in fields(kind)))


class Record:
    """What the records of the tables have in common."""

    __slots__ = ()

    def __reduce__(self):
        """How it is pickled: dataclasses with slots do it five times as slowly."""
        return type(self), values_of(type(self))(self)

    def row(self, **before):
        """Its row of its table, behind the cells `before`: parts of a tuple are joined by ';'."""
        names, cells, joined = cells_of(type(self))
        before.update(zip(names, cells(self), strict=True))
        for name in joined:
            before[name] = ";".join(before[name])
        return before


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """Words of a kept line that name something."""

    line: int
    start: int
    end: int
    text: str
    kind: str                  # actor person weapon money quantity date place
    code: str = ""             # canonical name
    country: str = ""
    role: str = ""             # a person's office
    held: tuple = ()           # offices that the codebook knows for the person on the days possible
    low: int | None = None     # dollars or units
    high: int | None = None
    unit: str = ""
    amount_low: int | None = None   # in the sum's own currency
    amount_high: int | None = None
    values: str = ""           # what a sum is for
    date_from: str = ""
    date_to: str = ""
    edtf: str = ""
    basis: str = ""            # how it was resolved
    candidates: tuple = field(default=(), **INNER)     # the persons between whom it stays open
    office_known: bool = field(default=False, **INNER)  # no title is printed: the codebook knows the office

    def row(self, **before):
        """Its row, with what is known of its basis in one cell."""
        between = ": " + " or ".join(self.candidates) if self.candidates else ""
        basis = self.basis + between + (";codebook" if self.office_known else "")
        return {**Record.row(self, **before), "basis": basis}


@dataclass(frozen=True, slots=True)
class Quotation(Record):
    """What is said, directly or in a reported clause."""

    line: int
    start: int
    end: int
    text: str
    direct: bool
    speaker: str = ""   # a person, `RUS:Ministry of Defence`, `RUS:unnamed`; '' where open
    via: tuple = ()     # carriers, outermost first
    turn: str = field(default="", **INNER)  # of a transcript or an issued text: said, or asked, which claims nothing


@dataclass(frozen=True, slots=True)
class Line(Record):
    """A line that is not blank, without the white space around it."""

    line: int
    start: int
    end: int
    text: str
    kind: str = ""   # headline dateline byline posting body subhead caption quote, or the kind of furniture
    rule: str = ""   # '' = kept; else the rule that dropped it
    gap: bool = field(default=False, **INNER)    # a blank line, or nothing, stands before it
    words: int = field(default=0, **INNER)
    prose: bool = field(default=False, **INNER)  # a full sentence, a long line, or part of a hard-wrapped paragraph

    def place(self, start, end):
        """(line, start, end, text) of the characters start to end of the line, its offsets raw."""
        return self.line, self.start + start, self.start + end, self.text[start:end]


@dataclass(frozen=True, slots=True)
class Clue(Record):
    """A piece of evidence on the day of an article, with the days that it allows."""

    kind: str = field(**INNER)              # a row of codebook `clues`
    line: int | None
    start: int | None
    end: int | None
    text: str
    allows: str
    days: int = field(repr=False, **INNER)  # a set of days, see dating.evidence
    basis: str = "text"
    about: str = field(default="anchor", **INNER)  # anchor or published
    days_left: int | None = None            # after this clue and those before it; None while the set is open
    used: bool = False

    def row(self, **before):
        """Its row, with its kind."""
        return Record.row(self, **before, clue=self.kind)


@dataclass(frozen=True, slots=True)
class Article(Record):
    """What is known of one article; its days are ISO text, '' where open."""

    file: str
    sha256: str
    label: str       # what a person calls it: 'UPI 2007'
    outlet: str
    title: str
    published: str
    published_from: str
    published_to: str
    anchor: str      # the day from which its relative dates count
    text_file: str = ""  # the file below OUT that holds its text, where its own does not
    scope: str = ""      # why it was not coded
    reprint_of: str = ""  # the doc_id of the article that prints the same words first


@dataclass(frozen=True)
class Reading:
    """What is read in one article before its events are coded."""

    document: object   # the file, see reading.corpus
    article: Article
    clues: list
    lines: list
    when: tuple        # first and last day on which it may have been written, None where open
    paragraphs: list
    mentions: list
    quotations: list


@dataclass(frozen=True)
class Found:
    """What one article yields: the records that other articles may change, without their reasons, what these are told,
    and the `rows` of the tables that they do not change."""

    doc_id: str
    order: tuple       # its place among all
    article: Article
    events: tuple
    claims: tuple
    named: tuple       # Mentions of weapons, and those in the sentences of talks
    runs: frozenset    # of words, as numbers, by which a reprint is known
    rows: dict         # {table: its rows}
    notes: tuple = ()  # for `problems`
    told: tuple = ()   # what the others have told of it

    @property
    def name(self):
        """By what other articles speak of it."""
        return self.doc_id, self.order

    def with_told(self, told):
        """The Found with more Told of its article, its events and its claims."""
        if not told:
            return self
        more = {}
        for t in told:
            more.setdefault(t.row, {})[t.column] = t.value
        article, = changed([self.article], [self.doc_id], more)
        events = changed(self.events, [e.event_id for e in self.events], more)
        claims = changed(self.claims, [c.claim_id for c in self.claims], more)
        return replace(self, article=article, events=events, claims=claims, told=(*self.told, *told))


def changed(records, names, more):
    """The records, of these names, with the values of columns that `more` has for a name."""
    return tuple(replace(r, **more[name]) if name in more else r for r, name in zip(records, names, strict=True))


class Told(NamedTuple):
    """What other articles tell of a row of one: the value of a column, and why where that is on record."""

    row: str           # the doc_id, event_id or claim_id
    column: str
    value: str
    why: object = None  # a Reason


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """What one speaker says of one deal."""

    doc_id: str
    line: int
    start: int
    end: int
    text: str
    attribute: str           # what is claimed of the deal
    speaker: str             # '' where the outlet itself tells it
    via: tuple               # carriers, outermost first
    weapon: str
    supplier: str
    recipient: str
    stance: str = "affirms"
    low: int | None = None   # dollars or units
    high: int | None = None
    date_from: str = ""
    date_to: str = ""
    rule: str = ""
    event_id: str = ""       # the event it rests on
    deal: str = ""           # '' where it is unresolved
    claim_id: str = ""       # document, line and a digest of its words and of what of a deal they are about
    corrected: str = ""
    coders: str = ""         # as of an event
    asked: bool = False
    confidence: float | None = None
    reasons: tuple = field(default=(), **INNER)

    def __post_init__(self):
        """Names it when it is made: a better reading of speaker, stance or figures keeps the name."""
        if not self.claim_id:
            name = name_of(self.doc_id, self.line, self.start, self.text, self.attribute, self.weapon)
            object.__setattr__(self, "claim_id", name)

    def because(self, *reasons):
        """The claim with more reasons, each of which decides its column from now on."""
        return replace(self, **{r.column: r.value for r in reasons}, reasons=(*self.reasons, *reasons))


@dataclass(frozen=True, slots=True)
class Deal(Record):
    """What all claims say of one deal: ranges, how many speak, and on what they differ."""

    deal: str
    supplier: str
    recipient: str
    weapon: str
    agreed_from: str     # the signature
    agreed_to: str
    ordered_from: str    # the signature or the order
    ordered_to: str
    delivered_from: str
    delivered_to: str
    suspended_from: str
    suspended_to: str
    cancelled_from: str
    cancelled_to: str
    quantity_low: int | None
    quantity_high: int | None
    value_low: int | None
    value_high: int | None
    voices: int
    affirmed: int
    denied: int
    disputed: tuple
    changed: tuple
    basis: str


@dataclass(frozen=True, slots=True)
class Act(Record):
    """What is done once, with all that tell it."""

    act: str           # the event that tells it first
    source: str
    event: str
    target: str
    stage: str
    status: str
    weapon: str
    date_from: str
    date_to: str
    edtf: str
    tellings: int      # events that tell it
    articles: int
    tellers: tuple     # speakers and, where an article tells it itself, the article's label
    days_differ: bool  # its tellings give days that do not meet


@dataclass(frozen=True, slots=True)
class Reason(Record):
    """Why one cell of a row is as it is, written when it was decided; of several on one column the last holds."""

    column: str
    value: object
    rule: str = ""            # the row of the codebook, or the function of a definition, that decided
    words: str = ""           # the words on which it rests, with their place in the raw text
    start: int | None = None
    end: int | None = None
    basis: str = ""           # how they bear it out

    def row(self, **before):
        """Its row, the value as text."""
        row = Record.row(self, **before)
        if type(self.value) is not str:
            said = ";".join(self.value) if isinstance(self.value, tuple) else self.value
            row["value"] = "" if said is None else str(said)
        return row


@dataclass(frozen=True, slots=True)
class Rejected(Record):
    """A row that the text does not bear out, or that the combination of coders leaves out."""

    line: int | None
    quote: str
    coder: str
    answered: str  # the row as answered or coded, as JSON
    reason: str

    def row(self, **before):
        """Its row; the column with the row as answered is called `row`."""
        return {"row" if name == "answered" else name: cell for name, cell in Record.row(self, **before).items()}


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Who did what to whom: where it is told, and the record of reasons from which its columns are built."""

    event_id: str
    doc_id: str
    line: int
    start: int
    end: int
    sentence: str
    source: str = ""
    event: str = ""
    mode: str = ""
    target: str = ""
    stage: str = ""
    form: str = ""
    date_from: str = ""
    date_to: str = ""
    edtf: str = ""
    date_basis: str = ""
    status: str = ""
    auxiliary: str = ""
    weapon: str = ""
    quantity_low: int | None = None
    quantity_high: int | None = None
    low: int | None = None
    high: int | None = None
    speaker: str = ""
    rule: str = ""
    basis: str = ""
    repeats: str = ""
    corrected: str = ""
    coders: str = ""         # which of rules, model, hand have it, joined by ;
    asked: bool = False      # whether a model was asked about the article
    confidence: float | None = None  # share of such rows that were right where it was measured
    reasons: tuple = field(default=(), **INNER)

    def why(self, column):
        """The Reason that decides a column."""
        return next(r for r in reversed(self.reasons) if r.column == column)

    def because(self, *reasons):
        """The event with more reasons, each of which decides its column from now on."""
        return replace(self, **{r.column: r.value for r in reasons}, reasons=(*self.reasons, *reasons))
