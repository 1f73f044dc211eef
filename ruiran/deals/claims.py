"""Events, sums, counts and set phrases to `claims`: what one speaker says of one deal, affirmed or denied."""
from ..coding import asserted
from ..coding.scope import article_in_scope
from ..naming.links import only_system
from ..reading.grammar import governing_verb, within_clause
from ..records import Claim, countries, country_part, name_of
from ..spans import innermost, within
from ..speech.scene import countries_named

ALIKE = {"air defence systems", "missiles"}  # a battery may be counted by its missiles


def claims_of(reading, events, book):
    """The Claims of one article, each once; `deal` stays empty until the whole corpus is known. None of an article that
    is not about the pair."""
    if not article_in_scope(reading.paragraphs, reading.mentions, book):
        return []
    coder, found = Claims(reading, events, book), {}
    for claim in (*coder.from_events(), *(c for p in reading.paragraphs for c in coder.from_paragraph(p))):
        if not coder.is_asked(claim):
            found.setdefault(claim.claim_id, claim)
    return sorted(found.values(), key=lambda c: (c.start, c.attribute))


class Claims:
    """Finds the claims of one article."""

    def __init__(self, reading, events, book):
        self.document, self.mentions, self.quotations = reading.document, reading.mentions, reading.quotations
        self.events, self.book, self.kinds = events, book, book.keyed("weapons", "code")
        self.system = self.main_system()

    def main_system(self):
        """The system most often named in the article's events, where all are of one family, else ''."""
        weapons = [w for e in self.events for w in e.weapon.split(";")]
        named = [w for w in weapons if w in self.kinds and self.kinds[w].generic != "yes"]
        return max(named, key=named.count) if only_system(named, self.book) else ""

    def claim(self, start, end, attribute, speaker, weapon, *pair, **more):
        """A Claim on the raw characters start to end; `pair`: supplier and recipient, where they are not the usual."""
        text, line = self.document.text[start:end], self.document.text.count("\n", 0, start) + 1
        via = next((q.via for q in self.quotations if q.start <= start < q.end and q.speaker == speaker), ())
        return Claim(self.document.doc_id, line, start, end, text, attribute, speaker, via, weapon,
                     *(pair or self.book.pair), **more)

    # ------------------------------------------------ what events tell
    def from_events(self):
        """Deliveries, orders, signatures, suspensions and cancellations between the pair."""
        stages = self.book.keyed("claim_stages", "stage")
        for e in self.events:
            stage = stages.get(e.stage)
            sides = set(countries(c for cell in (e.source, e.target) for c in cell.split(";") if c))
            if stage is not None and sides == set(self.book.pair) and e.status not in ("conditional", "planned"):
                yield from self.from_event(e, stage.attribute)

    def from_event(self, e, attribute):
        """A claim for each weapon of an event, with the event's day and rule."""
        if e.stage == "delivery" and "complete" in e.rule.split("+"):
            attribute = "delivery_complete"
        stance = "denies" if e.status == "denied" else "affirms"
        for weapon in e.weapon.split(";"):
            yield self.claim(e.start, e.end, attribute, e.speaker, weapon, *self.direction(e), stance=stance,
                             date_from=e.date_from, date_to=e.date_to, rule=e.rule, event_id=e.event_id,
                             claim_id=name_of(e.doc_id, e.line, e.event_id, attribute, weapon))

    def direction(self, e):
        """(supplier, recipient): of a delivery its source and target, else the maker of the weapon first."""
        if e.event == "COOPERATE" and e.source != e.target and ";" not in e.source + e.target:
            return country_part(e.source), country_part(e.target)
        makers = {self.kinds[w].maker for w in e.weapon.split(";") if w in self.kinds}
        supplier, recipient = self.book.pair
        return (recipient, supplier) if recipient in makers else (supplier, recipient)

    # ------------------------------------------------ what words and figures tell
    def from_paragraph(self, p):
        """Claims that the sums, numbers and set phrases of a paragraph make."""
        for sentence in p.doc.sents:
            inside = within(self.mentions, p.start + sentence.start_char, p.start + sentence.end_char)
            weapon = self.weapon(inside)
            if self.is_meant(p, sentence, inside):
                yield from self.figures(p, inside, weapon)
                yield from self.phrases(p, sentence, weapon, inside)

    # ------------------------------------------------ is the pair's deal meant
    def is_meant(self, p, sentence, inside):
        """True where the sentence, what stands before it in the paragraph, or who says it is of the pair, or the
        sentence speaks of the system that the article is about."""
        pair = set(self.book.pair)
        before = within(self.mentions, p.start, p.start + sentence.end_char)
        speaker = self.speaker(p.start + sentence.start_char)
        lands = {m.country for m in self.mentions if m.code == speaker} | {country_part(speaker)}
        spoken_of = any(m.kind == "weapon" and m.basis == "reference" for m in inside)
        return bool(pair & (lands | countries_named(before))) or spoken_of

    def others_deal(self, p, m):
        """True where the clause of a figure names another customer, and not the pair's recipient: 'has won an order
        worth $7.5 billion from Algeria'."""
        token = p.doc.token_at(m.start - p.start)
        if token is None:
            return False
        clause = {t.idx + p.start for t in within_clause(governing_verb(token))}
        here = within(self.mentions, p.start, p.end)
        lands = countries_named([x for x in here if any(x.start <= i < x.end for i in clause)])
        return bool(lands & self.book.customers) and self.book.pair[1] not in lands

    def weapon(self, inside):
        """The system that a sentence names or refers to, else the article's only one; '' where it names several."""
        named = [m.code for m in inside if m.kind == "weapon" and m.code in self.kinds
                 and m.country in ("", *self.book.pair)]
        proper = [c for c in named if self.kinds[c].generic != "yes"]
        return only_system(proper, self.book) if proper else self.system

    def figures(self, p, inside, weapon):
        """Claims on sums of contracts, and on numbers of systems in a sentence that tells an act of the pair."""
        for m in inside:
            if m.kind in ("money", "quantity") and self.others_deal(p, m):
                continue
            value = m.kind == "money" and m.values == "contract" and (m.low or m.high)
            count = m.kind == "quantity" and (m.low or m.high) and self.counts(m.code, weapon)
            if value or count and any(e.start <= m.start < e.end for e in self.events):
                yield self.claim(m.start, m.end, "value" if value else "quantity", self.speaker(m.start),
                                 weapon or m.code, low=m.low, high=m.high, rule=f"{m.kind}:{m.values or m.unit}")

    def counts(self, code, weapon):
        """True where the thing counted may be the weapon of the deal: not 'ten interceptors' beside an S-300."""
        if code not in self.kinds or weapon not in self.kinds:
            return code in self.kinds and not weapon
        a, b = self.kinds[code], self.kinds[weapon]
        return (a.family or a.code) == (b.family or b.code) or a.generic == "yes" and {a.category, b.category} <= ALIKE

    def phrases(self, p, sentence, weapon, inside):
        """Claims on legality, purpose, threat and 'not yet completed', by the patterns of codebook `claims`."""
        text, said = p.text[sentence.start_char:sentence.end_char], p.text[:sentence.end_char]
        armed = weapon or any(m.kind == "weapon" for m in within(self.mentions, p.start, p.start + sentence.end_char))
        if not armed and not any(r.regex.search(said) for r in self.book.near("subject", said)):
            return
        lands = countries_named(inside)
        if lands & self.book.customers and not set(self.book.pair) <= lands:
            return  # what is said of another customer's deal
        for rule, match in self.book.matches("claims", text):
            start = p.start + sentence.start_char + match.start()
            stance = turned(rule.stance, p, start - p.start, self.book)
            if stance:
                yield self.claim(start, start + len(match[0]), rule.attribute, self.speaker(start), weapon,
                                 stance=stance, rule=rule.rule)

    def is_asked(self, claim):
        """True for what a question says: nobody claims it."""
        said = innermost(self.quotations, max(claim.start, claim.end - 1))
        return said is not None and said.turn == "asked"

    def speaker(self, offset):
        """Who says what stands at the offset: the speaker of the innermost quotation, '' for the outlet."""
        said = innermost(self.quotations, offset)
        return said.speaker if said else ""


def turned(stance, p, offset, book):
    """The opposite stance below a denial: who denies that a sale was unlawful affirms that it was lawful; '' below what
    leaves it open: 'nothing shows that it was'."""
    token = p.doc.token_at(offset)
    above = next(asserted.above(token, book), None) if token is not None else None
    effect = above.row.effect if above else ""
    return {"denied": {"affirms": "denies", "denies": "affirms"}[stance], "none": ""}.get(effect, stance)
