"""Events, sums, counts and set phrases to `claims`: what one speaker says of one deal, affirmed or denied."""
import hashlib

from ..coding import operators
from ..reading.language import token_at
from ..speech.scene import Scene

ALIKE = {"air defence systems", "missiles"}  # a battery may be counted by its missiles


def claims_of(document, paragraphs, book, mentions, quotations, events):
    """Rows of the `claims` table of one article; `deal` stays empty until the whole corpus is known."""
    coder = Claims(document, book, mentions, quotations, events)
    rows = [*coder.from_events(), *(r for p in paragraphs for r in coder.from_paragraph(p))]
    found = {}
    for r in rows:
        r["claim_id"] = claim_id(document.doc_id, r)
        found.setdefault(r["claim_id"], r)
    return sorted(found.values(), key=lambda r: (r["start"], r["attribute"]))


def claim_id(doc_id, r):
    """The name of a claim: document, line and a digest of what it says."""
    words = "|".join(str(r.get(k)) for k in ("start", "end", "attribute", "stance", "speaker", "low", "weapon"))
    return f"{doc_id}-{r['line']}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


class Claims:
    """Finds the claims of one article."""

    def __init__(self, document, book, mentions, quotations, events):
        self.document, self.book, self.events = document, book, events
        self.mentions, self.quotations = mentions, quotations
        self.pair = {r.name: r.value for r in book.rows("scope")}
        self.kinds = {r.code: r for r in book.rows("weapons")}
        self.system = self.main_system()

    def main_system(self):
        """The system most often named in the article's events, where all are of one family, else ''."""
        weapons = [w for e in self.events for w in e["weapon"].split(";")]
        named = [w for w in weapons if w in self.kinds and self.kinds[w].generic != "yes"]
        return max(named, key=named.count) if len({self.kinds[w].family or w for w in named}) == 1 else ""

    def row(self, start, end, attribute, speaker, weapon, **more):
        """A claim on the raw characters start to end."""
        text = self.document.text[start:end]
        line = self.document.text.count("\n", 0, start) + 1
        via = next((q["via"] for q in self.around(start) if q["speaker"] == speaker), "")
        return {"doc_id": self.document.doc_id, "line": line, "start": start, "end": end, "text": text,
                "attribute": attribute, "speaker": speaker, "via": via, "weapon": weapon, "stance": "affirms",
                "supplier": self.pair["supplier"], "recipient": self.pair["recipient"], **more}

    # ------------------------------------------------ what events tell
    def from_events(self):
        """Deliveries, orders, signatures, suspensions and cancellations between the pair."""
        stages = {r.stage: r for r in self.book.rows("claim_stages")}
        for e in self.events:
            stage = stages.get(e["stage"])
            sides = {c.split(":")[0] for cell in (e["source"], e["target"]) for c in cell.split(";") if c}
            own = sides == {self.pair["supplier"], self.pair["recipient"]}
            if stage is not None and own and e["status"] not in ("conditional", "planned"):
                yield from self.from_event(e, stage.attribute)

    def from_event(self, e, attribute):
        """A claim for each weapon of an event, with the event's day and rule."""
        supplier, recipient = self.direction(e)
        if e["stage"] == "delivery" and "complete" in e["rule"]:
            attribute = "delivery_complete"
        stance = "denies" if e["status"] == "denied" else "affirms"
        for weapon in e["weapon"].split(";"):
            yield self.row(e["start"], e["end"], attribute, e["speaker"], weapon, event_id=e["event_id"],
                           supplier=supplier, recipient=recipient, stance=stance, date_from=e["date_from"],
                           date_to=e["date_to"], rule=e["rule"])

    def direction(self, e):
        """(supplier, recipient): of a delivery its source and target, else the maker of the weapon first."""
        if e["event"] == "COOPERATE" and e["source"] != e["target"] and ";" not in e["source"] + e["target"]:
            return e["source"].split(":")[0], e["target"].split(":")[0]
        makers = {self.kinds[w].maker for w in e["weapon"].split(";") if w in self.kinds}
        a, b = self.pair["supplier"], self.pair["recipient"]
        return (b, a) if b in makers else (a, b)

    # ------------------------------------------------ what words and figures tell
    def from_paragraph(self, p):
        """Claims that the sums, numbers and set phrases of a paragraph make."""
        scene = Scene(p, self.mentions, self.quotations, self.book)
        for sentence in p.doc.sents:
            inside = scene.inside(sentence)
            weapon = self.weapon(inside)
            yield from self.figures(inside, weapon)
            yield from self.phrases(p, sentence, weapon, inside)

    def weapon(self, inside):
        """The system that a sentence names or refers to, else the article's only one; '' where it names several."""
        named = [m["code"] for m in inside if m["kind"] == "weapon" and m["code"] in self.kinds
                 and m["country"] in ("", *self.pair.values())]
        proper = [c for c in named if self.kinds[c].generic != "yes"]
        if len({self.kinds[c].family or c for c in proper}) == 1:
            return proper[-1]
        return self.system if not proper else ""

    def figures(self, inside, weapon):
        """Claims on sums of contracts and numbers of systems."""
        for m in inside:
            value = m["kind"] == "money" and m.get("values") == "contract" and (m.get("low") or m.get("high"))
            count = m["kind"] == "quantity" and (m.get("low") or m.get("high")) and self.counts(m.get("code"), weapon)
            count = count and self.within_event(m)
            if value or count:
                rule = f"{m['kind']}:{m.get('values') or m.get('unit', '')}"
                yield self.row(m["start"], m["end"], "value" if value else "quantity", self.speaker(m["start"]),
                               weapon or m.get("code", ""), low=m.get("low"), high=m.get("high"), rule=rule)

    def within_event(self, m):
        """True where the sentence of the mention tells an act of the pair."""
        return any(e["start"] <= m["start"] < e["end"] for e in self.events)

    def counts(self, code, weapon):
        """True where the thing counted may be the weapon of the deal: not 'ten interceptors' beside an S-300."""
        if code not in self.kinds or weapon not in self.kinds:
            return code in self.kinds and not weapon
        a, b = self.kinds[code], self.kinds[weapon]
        return (a.family or a.code) == (b.family or b.code) or a.generic == "yes" and {a.category, b.category} <= ALIKE

    def phrases(self, p, sentence, weapon, inside):
        """Claims on legality, purpose, threat and 'not yet completed', by the patterns of codebook `claims`."""
        text = p.text[sentence.start_char:sentence.end_char]
        armed = weapon or any(m["kind"] == "weapon" for m in inside)
        if not armed and not any(r.regex.search(text) for r in self.book.near("subject", text)):
            return
        for rule in self.book.near("claims", text):
            for match in rule.regex.finditer(text):
                start = p.start + sentence.start_char + match.start()
                stance = turned(rule.stance, p, start - p.start, self.book)
                if not stance:
                    continue
                yield self.row(start, start + len(match[0]), rule.attribute, self.speaker(start), weapon,
                               stance=stance, rule=rule.rule)

    def speaker(self, offset):
        """Who says what stands at the offset: the speaker of the innermost quotation, '' for the outlet."""
        inside = self.around(offset)
        return min(inside, key=lambda q: q["end"] - q["start"])["speaker"] if inside else ""

    def around(self, offset):
        """The quotations that hold the offset."""
        return [q for q in self.quotations if q["start"] <= offset < q["end"]]


def turned(stance, p, offset, book):
    """The opposite stance below a denial: who denies that a sale was unlawful affirms that it was lawful; '' below what
    leaves it open: 'nothing shows that it was'."""
    token = token_at(p.doc, offset)
    above = operators.over(token, book) if token is not None else None
    effect = above.effect if above else ""
    return {"denied": {"affirms": "denies", "denies": "affirms"}[stance], "none": ""}.get(effect, stance)
