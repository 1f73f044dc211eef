"""Events, sums, counts and set phrases to `claims`: what one speaker says of one deal, affirmed or denied."""
import hashlib

from .roles import Scene


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
    words = "|".join(str(r.get(k)) for k in ("start", "end", "attribute", "stance", "speaker", "low", "weapon"))
    return f"{doc_id}-{r['line']}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


class Claims:
    """Finds the claims of one article."""

    def __init__(self, document, book, mentions, quotations, events):
        self.document, self.book, self.mentions, self.quotations, self.events = document, book, mentions, quotations, events
        self.pair = {r.name: r.value for r in book.rows("scope")}
        self.kinds = {r.code: r for r in book.rows("weapons")}
        self.system = self.main_system()

    def main_system(self):
        """The one family of named systems of the pair that the events of the article deal in; '' where they are several."""
        named = [w for e in self.events for w in e["weapon"].split(";") if w in self.kinds and self.kinds[w].generic != "yes"]
        return max(named, key=named.count) if len({self.kinds[w].family or w for w in named}) == 1 else ""

    def row(self, start, end, attribute, speaker, weapon, **more):
        """A claim on the raw characters start to end."""
        text = self.document.text[start:end]
        line = self.document.text.count("\n", 0, start) + 1
        via = next((q["via"] for q in self.quotations if q["start"] <= start < q["end"] and q["speaker"] == speaker), "")
        return {"doc_id": self.document.doc_id, "line": line, "start": start, "end": end, "text": text, "attribute": attribute, "speaker": speaker,
                "via": via, "weapon": weapon, "stance": "affirms", "supplier": self.pair["supplier"], "recipient": self.pair["recipient"], **more}

    # ------------------------------------------------ what events tell
    def from_events(self):
        """Deliveries, orders, signatures, suspensions and cancellations between the pair."""
        stages = {r.stage: r for r in self.book.rows("claim_stages")}
        for e in self.events:
            stage = stages.get(e["stage"])
            sides = {c.split(":")[0] for cell in (e["source"], e["target"]) for c in cell.split(";") if c}
            if stage is None or sides != {self.pair["supplier"], self.pair["recipient"]} or e["status"] in ("conditional", "planned"):
                continue
            supplier, recipient = self.direction(e)
            attribute = "delivery_complete" if e["stage"] == "delivery" and "complete" in e["rule"] else stage.attribute
            for weapon in e["weapon"].split(";"):
                yield self.row(e["start"], e["end"], attribute, e["speaker"], weapon, event_id=e["event_id"], supplier=supplier, recipient=recipient,
                               stance="denies" if e["status"] == "denied" else "affirms", date_from=e["date_from"], date_to=e["date_to"], rule=e["rule"])

    def direction(self, e):
        """(supplier, recipient): of a delivery its source and target, else the maker of the weapon first."""
        if e["event"] == "COOPERATE" and e["source"] != e["target"] and ";" not in e["source"] + e["target"]:
            return e["source"].split(":")[0], e["target"].split(":")[0]
        makers = {self.kinds[w].maker for w in e["weapon"].split(";") if w in self.kinds}
        a, b = self.pair["supplier"], self.pair["recipient"]
        return (b, a) if b in makers else (a, b)

    # ------------------------------------------------ what words and figures tell
    def from_paragraph(self, p):
        scene = Scene(p, self.mentions, self.quotations)
        for sentence in p.doc.sents:
            start, end = p.start + sentence.start_char, p.start + sentence.end_char
            inside = [m for m in scene.mentions if start <= m["start"] < end]
            weapon = self.weapon(inside)
            yield from self.figures(inside, weapon, scene)
            yield from self.phrases(p, sentence, weapon, inside)

    def weapon(self, inside):
        """The system that a sentence names or refers to, else the article's only one where the sentence speaks of arms at all."""
        named = [m["code"] for m in inside if m["kind"] == "weapon" and m["code"] in self.kinds and m["country"] in ("", *self.pair.values())]
        proper = [c for c in named if self.kinds[c].generic != "yes"]
        if len({self.kinds[c].family or c for c in proper}) == 1:
            return proper[-1]
        return self.system if not proper else ""

    def figures(self, inside, weapon, scene):
        """Sums of contracts and numbers of systems."""
        for m in inside:
            value = m["kind"] == "money" and m.get("values") == "contract" and m.get("low") is not None
            count = m["kind"] == "quantity" and m.get("code") and self.kinds.get(m["code"]) is not None and (m.get("low") or m.get("high"))
            if value or count:
                yield self.row(m["start"], m["end"], "value" if value else "quantity", self.speaker(m["start"]), weapon or m.get("code", ""),
                               low=m.get("low"), high=m.get("high"), rule=f"{m['kind']}:{m.get('values') or m.get('unit', '')}")

    def phrases(self, p, sentence, weapon, inside):
        """Legality, purpose, threat and 'not yet completed', by the patterns of codebook `claims`."""
        text = p.text[sentence.start_char:sentence.end_char]
        if not weapon and not any(m["kind"] == "weapon" for m in inside) and not any(r.regex.search(text) for r in self.book.rows("subject")):
            return
        for rule in self.book.rows("claims"):
            for match in rule.regex.finditer(text):
                start = p.start + sentence.start_char + match.start()
                yield self.row(start, start + len(match[0]), rule.attribute, self.speaker(start), weapon, stance=rule.stance, rule=rule.rule)

    def speaker(self, offset):
        """Who says what stands at the offset: the speaker of the innermost quotation, '' for the outlet."""
        inside = [q for q in self.quotations if q["start"] <= offset < q["end"]]
        return min(inside, key=lambda q: q["end"] - q["start"])["speaker"] if inside else ""
