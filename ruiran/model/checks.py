"""The cells of a model's row beside the text: sides, systems and speakers are named there, figures and days follow from
its words by our own reading."""
import re
from dataclasses import dataclass
from datetime import date

from ..codebook import days
from ..coding.when import AHEAD
from ..records import UNNAMED, Reason, body_part, country_part, edtf_of
from ..spans import within

TEXT, ALONE = "text", "model alone"
NAMING = ("actor", "person", "place")


class NotBorneOut(ValueError):
    """What of a row the text does not bear out."""


@dataclass(frozen=True)
class Days:
    """The days of a row, and the words from which they follow."""

    first: str = ""
    last: str = ""
    how: str = ""  # as in `date_basis`
    text: str = ""
    start: int | None = None
    end: int | None = None
    edtf: str = ""

    def cells(self):
        """(column, value) of the columns of an event that tell them."""
        return (("date_from", self.first), ("date_to", self.last),
                ("edtf", self.edtf or edtf_of(self.first, self.last)), ("date_basis", self.how))


class Cells:
    """Reads the cells of rows about one article."""

    def __init__(self, reading, book):
        self.reading, self.book, self.text = reading, book, reading.document.text
        self.mentions = reading.mentions
        self.words = set(re.findall(r"\w+", self.text.lower()))
        self.named = {country_part(c) for m in self.mentions if m.kind in NAMING and m.basis != "town"
                      for c in (m.country, *m.code.split(";")) if c}
        self.persons = {m.code: m.country for m in self.mentions if m.kind == "person" and m.code}
        self.systems = {m.code for m in self.mentions if m.kind == "weapon" and m.code}
        self.dates = [m for m in self.mentions if m.kind == "date" and (m.date_from or m.date_to)]
        self.known, self.bodies = {r.code for r in book.rows("actors")}, {r.body for r in book.rows("ministries")}
        self.heard = {q.speaker for q in reading.quotations} | {UNNAMED, ""} | {
            m.code for m in self.mentions if m.kind in ("actor", "person")}
        self.successors = dict(book.related("successor"))

    # ------------------------------------------------ names
    def sides(self, cell, column):
        """Actor codes joined by ';' as they are written in the tables; NotBorneOut for a side that no words name."""
        return ";".join(dict.fromkeys(self.side(part.strip(), column) for part in cell.split(";") if part.strip()))

    def side(self, name, column):
        """One side as a code."""
        if name in self.persons and self.persons[name]:
            return self.persons[name]
        country, colon, body = name.partition(":")
        country = self.successors.get(country, country)
        code = f"{country}{colon}{body}"
        if not colon and country not in self.known:  # a name in the place of a code
            row = next((r for r in self.book.near("actors", name) if r.regex.fullmatch(name)), None)
            code = row.code if row else code
            country = country_part(code)
        if country not in self.named:
            raise NotBorneOut(f"{column}: no words of the article name {name[:40]!r}")
        if not self.is_known(code) and not (body_part(code) == UNNAMED or self.spoken_of(body_part(code))):
            raise NotBorneOut(f"{column}: {name[:40]!r} is neither a code nor printed in the article")
        return country if body_part(code) == UNNAMED else code

    def is_known(self, code):
        """True for a code of the codebook."""
        return code in self.known or ":" in code and body_part(code) in self.bodies

    def spoken_of(self, body):
        """True where every word of a body's name stands in the article: 'Ministry of Atomic Energy' for 'the atomic
        energy ministry'."""
        words = [w for w in re.findall(r"\w+", body.lower()) if len(w) > 2]
        return bool(words) and set(words) <= self.words

    def printed(self, name):
        """True where a name stands in the article as words of its own, however joined: 'S-300', 'S 300', 'S-300s'."""
        parts = re.findall(r"[^\W\d_]+|\d+", name)
        if len("".join(parts)) < 3 or len(parts) > 12 or re.search(r"[^\w\s.,'’/()&-]", name):
            return False
        pattern = r"[\s\-‐-―./’']*".join(map(re.escape, parts))
        return re.search(rf"(?<!\w){pattern}s?(?!\w)", self.text, re.IGNORECASE) is not None

    def weapons(self, cell):
        """System codes joined by ';'; NotBorneOut for a system that is not named; a general word that is not there is
        left out."""
        found = [self.weapon(part.strip()) for part in cell.split(";") if part.strip()]
        return ";".join(dict.fromkeys(filter(None, found)))

    def weapon(self, name):
        """One system as a code of the codebook, or as printed; '' for a general word that does not stand there."""
        kinds = self.book.keyed("weapons", "code")
        row = kinds.get(name) or next((r for r in self.book.near("weapons", name) if r.regex.fullmatch(name)), None)
        code = row.code if row else name
        if code in self.systems or self.printed(code):
            return code
        if "(unspecified)" in name or row and row.generic == "yes":
            return code if row is None and self.printed(name.replace("(unspecified)", "")) else ""
        raise NotBorneOut(f"weapon: no words of the article name {name[:40]!r}")

    def is_named(self, cell, at):
        """True where each system of a cell is named in the sentence of a quote."""
        start, end = at.scene.extent(at.sentence)
        return set(cell.split(";")) <= {m.code for m in within(self.mentions, start, end) if m.kind == "weapon"}

    def speaker(self, cell):
        """A speaker as it is written in the tables; NotBorneOut for one whom no words name."""
        name = cell.split(";")[0].strip()
        if name in self.heard or ":" not in name and name not in self.systems and self.printed(name):
            return name
        if country_part(name) in self.named and (body_part(name) == UNNAMED or self.is_known(name)
                                                 or self.spoken_of(body_part(name))):
            return name
        raise NotBorneOut(f"speaker: no words of the article name {name[:40]!r}")

    def carriers(self, cell):
        """The carriers whom words of the article name; the others go."""
        for name in filter(None, (part.strip() for part in cell.split(";"))):
            try:
                yield self.speaker(name)
            except NotBorneOut:
                continue

    # ------------------------------------------------ figures
    def figures(self, row, at, columns, kind):
        """The Reasons of a lowest and highest figure: the model's where our reader finds them in the sentence, as those
        of a contract, else the only one that stands in the quoted words, else none."""
        given = [getattr(row, c, None) for c in columns]
        near = [m for m in within(self.mentions, *at.scene.extent(at.sentence))
                if m.kind == kind and (m.low is not None or m.high is not None) and m.values in ("contract", "")]
        fits = next((m for m in near if given in ([m.low, m.high], [m.low, m.low], [m.high] * 2, [m.low, None])), None)
        if given == [None, None] or fits:
            ends = (fits.text, fits.start, fits.end, TEXT) if fits else ("", None, None, ALONE)
            return [Reason(c, v, "model", *ends) for c, v in zip(columns, given, strict=True)]
        own = [m for m in near if m.start < at.end and at.start < m.end]
        m = own[0] if len(own) == 1 else None
        ours = (m.text, m.start, m.end, TEXT) if m else ("", None, None, TEXT)
        return [*(Reason(c, v, "model", basis="no words give it") for c, v in zip(columns, given, strict=True)),
                *(Reason(c, getattr(m, end, None), "numbers", *ours) for c, end in zip(columns, ("low", "high"),
                                                                                       strict=True))]

    # ------------------------------------------------ days
    def days(self, row, at):
        """The Reasons of the days: the model's where both ends follow from words of the article or from its own day;
        else what we read in the words that the row names, or in the quoted ones, else the interval that the article
        leaves."""
        first, last = valid_day(row.date_from), valid_day(row.date_to)
        found, refused = self.followed(first, last, at), ()
        if (first, last) != (row.date_from, row.date_to) or found is None:
            refused = tuple(Reason(c, v, "model", basis="no words give it")
                            for c, v in (("date_from", row.date_from), ("date_to", row.date_to)))
            found = self.our_reading(getattr(row, "date_words", ""), at) or self.left(row)
        elif not first and not last:
            found = self.left(row)
        return *refused, *(Reason(c, v, "model", found.text, found.start, found.end, TEXT) for c, v in found.cells())

    def our_reading(self, words, at):
        """The Days that we read in the words of a date, which stand in the quote's paragraph, or in the quote; None
        where there is no one date."""
        p, place = at.scene.p, at.scene.p.text.find(words) if words else -1
        for start, end in ((p.start + place, p.start + place + len(words)), (at.start, at.end)):
            own = [m for m in self.dates if m.start < end and start < m.end]
            if len(own) == 1 and (place >= 0 or start == at.start):
                return self.day_of(own[0], at)
        read = days.find(f"in {words}", self.book, self.reading.when) if place >= 0 and all(self.reading.when) else []
        if len(read) != 1:
            return None
        start, ends = p.start + place, (str(read[0].first or ""), str(read[0].last or ""))
        return Days(*ends, "sentence", self.text[start:start + len(words)], start, start + len(words))

    def day_of(self, m, at):
        """The Days of a date that the article names."""
        return Days(m.date_from, m.date_to, self.where(m, at), m.text, m.start, m.end, m.edtf)

    def left(self, row):
        """The interval that the article leaves: up to its last day, or from there on for what is still to come; from
        its first day on where its last is open."""
        first, last = (str(day or "") for day in self.reading.when)
        ahead = getattr(row, "status", "") in AHEAD
        return Days(last or first, "", "article") if ahead or not last else Days("", last, "article")

    def followed(self, first, last, at):
        """Days as answered, where words give them; None where they do not."""
        if first and last and first > last:
            return None
        near = sorted(self.dates, key=lambda m: (self.where(m, at) != "sentence", abs(m.start - at.start)))
        if m := next((m for m in near if (m.date_from, m.date_to) == (first, last)), None):
            return self.day_of(m, at)
        limits = {"", *(str(d) for d in self.reading.when if d)}
        beside = {d for m in near if self.where(m, at) != "article" for d in (m.date_from, m.date_to)}
        alone = [{m.date_from, m.date_to} for m in near]  # of two dates that stand elsewhere no interval is made
        if not any({first, last} <= limits | ends for ends in (beside, *alone)):
            return None
        if m := next((m for m in near if {first, last} & {m.date_from, m.date_to} - {""}), None):
            return Days(first, last, self.where(m, at), m.text, m.start, m.end)
        return Days(first, last, "news day" if first == last else "article")

    def where(self, m, at):
        """Where the words of a date stand, as `date_basis` has it."""
        start, end = at.scene.extent(at.sentence)
        inside = at.scene.p.start <= m.start < at.scene.p.end
        return "sentence" if start <= m.start < end else "paragraph" if inside else "article"


def valid_day(cell):
    """An ISO day, or '' for what is none."""
    try:
        return str(date.fromisoformat(cell)) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII) else ""
    except ValueError:
        return ""
