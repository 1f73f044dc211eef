"""Mentions and parse to PLOVER `events`: each row names the codebook rows that fired and what its sides rest on."""
import hashlib
import re

from . import status as state
from .acts import acts_in
from .eventdates import EventDates
from .roles import Scene, passive
from .sides import Sides, countries

DEALT = ("give", "take", "deal", "ban", "lift", "order", "wish", "claim", "agree", "reply", "train")
ALIKE = {"air defence systems": ("missiles",), "missiles": ("air defence systems",), "aircraft": ("missiles",)}  # one-way drones are missiles


def events_of(document, paragraphs, book, mentions, quotations, when):
    """Rows of the `events` table of one article; `when` is the first and last day on which it may have been written."""
    if not article_in_scope(paragraphs, mentions, book):
        return []
    coder = Coder(document, book, mentions, quotations, when)
    coder.survey(paragraphs)
    rows = [row for p in sorted(paragraphs, key=lambda p: p.kind == "headline") for row in coder.paragraph(p)]
    return sorted(repeated(dated_by_the_article(rows)), key=lambda r: (r["start"], r["event_id"]))


def article_in_scope(paragraphs, mentions, book):
    """Both members of the pair are named, and arms, nuclear plant or space in the headline or the lead, or often."""
    scope = {r.name: r.value for r in book.rows("scope")}
    named = {m["country"] for m in mentions if m["kind"] in ("actor", "person", "place")} | {c for m in mentions for c in m.get("code", "").split(";")}
    if not {scope["supplier"], scope["recipient"]} <= named:
        return False
    head = " ".join(p.text for p in [p for p in paragraphs if p.kind in ("headline", "subhead", "body")][:4])
    words = [m for r in book.rows("subject") for m in r.regex.finditer(head)]
    return bool(words) or any(m["kind"] == "weapon" and m["basis"] == "printed" for m in mentions)


class Coder:
    """Codes the paragraphs of one article in order; keeps who spoke, who accused and what is named so far."""

    def __init__(self, document, book, mentions, quotations, when):
        self.document, self.book, self.mentions, self.quotations = document, book, mentions, quotations
        self.kinds = {r.code: r for r in book.rows("weapons")}
        self.sides = Sides(book, mentions)
        self.dates = EventDates(mentions, when)
        self.system = only_system(mentions, self.sides.pair, book)
        self.scenes = {}
        self.last_weapon = {}  # by paragraph: what 'two more' are more of

    def survey(self, paragraphs):
        """A first reading: which way the article's deliveries go, and which third party reproaches the pair, where it is one."""
        ways, third = [], []
        for p in paragraphs:
            scene = self.scene(p)
            for act in (a for s in p.doc.sents for a in acts_in(s, scene, self.book)):
                source, target, basis = self.sides.of(act, scene)
                if act.row.kind in ("give", "take") and "article" not in basis and self.sides.in_scope(source, target, "pair"):
                    ways.append(countries(source)[0])
                if act.row.kind in ("accuse", "ban") and source and not set(countries(source)) & set(self.sides.pair):
                    third += [tuple(countries(source))]
        first, second = self.sides.pair
        if ways:
            self.sides.supplier = second if ways.count(second) > ways.count(first) else first
        self.sides.expected = list(third[0]) if len(set(third)) == 1 else []

    def scene(self, p):
        if p.start not in self.scenes:
            recent = [m for m in self.mentions if m["start"] < p.start and m["kind"] in ("actor", "person")]
            self.scenes[p.start] = Scene(p, self.mentions, self.quotations, recent[-15:])
        return self.scenes[p.start]

    def paragraph(self, p):
        scene = self.scene(p)
        for sentence in p.doc.sents:
            seen = set()
            for act in acts_in(sentence, scene, self.book):
                for row in self.code(act, scene, sentence):
                    key = (row["event"], row["source"], row["target"], row["status"], row["date_from"], row["date_to"])
                    if key not in seen:
                        seen.add(key)
                        yield row

    def code(self, act, scene, sentence):
        """The row of one act, or none: it lies below another, out of scope, or did not happen."""
        source, target, basis = self.sides.of(act, scene)
        if act.outer is not None:
            source, target = self.presupposed(act, scene, source, target, basis)
        elif not self.told(act, source, target, basis):
            return
        event = self.kind_of(act, source)
        if not source or not self.sides.in_scope(source, target, self.reach(act, scene, sentence)):
            return
        if not self.about_the_pair(act, scene, sentence, source, target):
            return
        speaker = scene.speaker_at(act.token)
        status = state.status_of(act, scene, self.book, speaker, countries(source))
        if not status:
            return
        self.sides.note(event, source, target)
        yield self.row(act, scene, sentence, event, source, target, basis, speaker, status)

    def told(self, act, source, target, basis):
        """Are the sides of an act enough? A verb needs none, but for talks and loose participles; a noun needs both, or its
        source where it is an accusation, a request or a promise, unless another verb says that it went on."""
        row, first = act.row, basis.split(";")[0]
        if act.passed and row.kind != "coop":
            return bool(source and target)
        if row.kind in ("talk", "visit"):
            return bool(source) and first not in ("article", "sentence") and not passive(act.token) and (row.kind == "visit" or "article" not in basis)
        if row.kind in ("coop", "agree", "wish") and (first == "article" or row.kind == "coop" and first.startswith("g")):
            return False
        if row.frame in ("mutual", "accord") and row.pos == "noun" or row.event == "SUPPORT" and row.scope == "any" and row.kind == "deal" and act.token.pos_ == "NOUN":
            return bool(source and target) and "article" not in basis
        if act.token.pos_ not in ("NOUN", "PROPN"):
            loose = basis == "article" and act.token.dep_ in ("acl", "relcl") and row.theme != "deal"
            return not loose or any(t.ent_type_ == "DATE" for t in act.token.subtree)
        if row.kind in ("accuse", "reject", "urge", "order", "request", "agree"):
            return bool(source) and first not in ("gsubj", "article") or row.kind == "agree" and first == "gsubj" and bool(source)
        return "article" not in basis and bool(basis)

    def kind_of(self, act, source):
        """The row's type; cooperation still to come, a refusal by 'will not' and a sanction that may come are of another type."""
        row, verb = act.row, state.governing_verb(act.token)
        ahead = state.ahead(verb, self.book)
        if row.kind == "coop" and ahead:
            return "AGREE"
        if row.kind == "give" and act.token.pos_ == "VERB":
            if ahead and state.negated(verb, act.token, self.book):
                return "REJECT"
            if ahead and state.conditional(verb):
                return "AGREE"
        if row.kind == "ban" and source and countries(source)[0] not in self.sides.pair and (ahead or state.possible(verb, act.token, self.book)):
            return "THREATEN"
        if row.kind == "wish" and source and countries(source)[0] == self.sides.supplier and any(i.row.kind in ("give", "coop", "build") for i in act.inner):
            return "AGREE"
        return row.event

    def presupposed(self, act, scene, source, target, basis):
        """A noun below an appeal, a reproach or an answer is an act of its own where it names both sides; a third party's
        reproach or ban is one where it names its source, and then meets the one who answers it."""
        top = act.outer
        while top.outer is not None:
            top = top.outer
        nothing = [], []
        if act.token.pos_ != "NOUN" or top.row.event not in ("ACCUSE", "REQUEST", "REJECT", "SUPPORT") or top.row.kind == "deal":
            return nothing
        if act.row.kind in ("accuse", "ban") and source and not set(countries(source)) & set(self.sides.pair) and not basis.startswith("g"):
            answers = [c for c in self.sides.of(top, scene)[0] if countries([c])[0] in self.sides.pair]
            return (source, target or answers) if target or answers else nothing
        return (source, target) if act.row.kind in ("give", "take", "coop", "aid") and "article" not in basis and source and target else nothing

    def about_the_pair(self, act, scene, sentence, source, target):
        """The sentence speaks of arms, nuclear plant or space; acts of the pair with each other need not where the row says so."""
        sides = set(countries(source)) | set(countries(target))
        if act.row.theme not in ("", "ties", "deal", "it", "concern") or act.row.free == "yes" and (len(sides & set(self.sides.pair)) == 2 or act.row.kind not in ("talk", "visit")):
            return True
        return any(r.regex.search(scene.p.text[:sentence.end_char]) for r in self.book.rows("subject"))

    def reach(self, act, scene, sentence):
        """`world` where a third party asks another about the pair's weapons, else the row's own scope."""
        inside = [m for m in scene.mentions if scene.p.start + sentence.start_char <= m["start"] < scene.p.start + sentence.end_char]
        named = {m["country"] for m in inside if m["kind"] in ("actor", "place", "person")} & set(self.sides.pair)
        return "world" if act.row.kind == "urge" and named and any(m["kind"] == "weapon" for m in inside) else act.row.scope

    # ------------------------------------------------ the columns
    def row(self, act, scene, sentence, event, source, target, basis, speaker, status):
        p = scene.p
        start, end = trimmed(p, sentence)
        line = p.line_at(p.start + start)
        first, last, edtf, date_basis = self.dates.of(act, event, countries(source), scene, status, self.book)
        words = " ".join(self.document.text[p.start + start:p.start + end].split())
        weapons = self.weapons(act, scene, sentence)
        if len(weapons) == 1:
            self.last_weapon[p.start] = weapons[0]
        return {
            "event_id": event_id(self.document.doc_id, line, event, words, source, target, act.token.i), "doc_id": self.document.doc_id,
            "line": line, "start": p.start + start, "end": p.start + end, "sentence": words,
            "source": ";".join(source), "event": event, "mode": "nominal" if act.token.pos_ == "NOUN" and act.outer else act.row.mode,
            "target": ";".join(target), "stage": act.row.stage, "form": form(act, p), "date_from": first, "date_to": last,
            "edtf": edtf, "date_basis": date_basis, "status": status,
            "auxiliary": ";".join(filter(None, [self.historical(last), state.AUXILIARY.get(status, "")])),
            "weapon": ";".join(weapons), **self.numbers(act, scene, sentence, weapons), "speaker": speaker,
            "rule": "+".join([act.row.rule, *(r.rule for r in act.passed)]), "basis": basis, "repeats": "",
        }

    def historical(self, last):
        """PLOVER's historical: the act ended more than a year before the article was written."""
        written = self.dates.first
        return "historical" if last and written and last < str(written.replace(year=written.year - 1, day=min(written.day, 28))) else ""

    def weapons(self, act, scene, sentence):
        """Weapons of the act's own words and of the acts it governs; words that only refer mean the one named system."""
        heads = [a for a in (act, *act.inner)]
        tokens = [t for a in heads for t in (*a.token.subtree, *(x for role in ("obj", "subj") for o in a.roles[role] for x in (o, *o.subtree) if not scene.actor_at(o)))]
        if act.outer is not None:
            tokens += list(act.outer.token.subtree)
        found = list(dict.fromkeys(m["code"] for t in tokens if (m := scene.weapon_at(t)) and m["code"] and not self.foreign(m)))
        named = [c for c in found if self.kinds[c].generic != "yes"]
        near = {m["code"] for m in scene.mentions if scene.p.start + sentence.start_char <= m["start"] < scene.p.start + sentence.end_char
                and m["kind"] == "weapon" and m["basis"] == "printed" and m["country"] in self.sides.pair and self.kinds[m["code"]].category in self.book.words("deal_categories")}
        if named:
            return named
        if len(near) == 1 and act.row.kind in DEALT:
            return sorted(near)
        refers = act.row.kind == "accuse" and any(t.lemma_.lower() in self.book.words("meant") and t.i > act.token.i for t in act.token.subtree)
        if act.row.event != "CONSULT" and (refers or act.row.kind in DEALT or any(a.row.kind in DEALT for a in act.inner)):
            linked = self.linked(found, scene) or (self.last_weapon.get(scene.p.start, "") if not found else "")
            return [linked] if linked else found
        return found

    def linked(self, found, scene):
        """The system that 'the missiles', 'the sale' or 'it' means: of a like kind, the article's only one or the last one named; '' where open."""
        if not found:
            last = self.last_system(scene)
            same = last and self.system and (self.kinds[last].family or last) == (self.kinds[self.system].family or self.system)
            return last if same or not self.system else self.system
        alike = {m["code"] for m in self.mentions if m["kind"] == "weapon" and m["basis"] == "printed" and m["country"] in self.sides.pair
                 and any(self.alike(c, m["code"]) for c in found)}
        families = {self.kinds[c].family or c for c in alike}
        return sorted(alike, key=lambda c: (c not in (self.system,), c))[0] if len(families) == 1 else ""

    def alike(self, generic, code):
        """A generic word may mean the system: 'anti-aircraft missiles' a Tor-M1, not a submarine."""
        a, b = self.kinds[generic].category, self.kinds[code].category
        return generic != "weapon (unspecified)" and (a == b or b in ALIKE.get(a, ()))

    def last_system(self, scene):
        """The system of the pair named last before the paragraph's end, where that paragraph names one family alone."""
        before = [m for m in self.mentions if m["kind"] == "weapon" and m["basis"] in ("printed", "reference") and m["code"] and m["country"] in self.sides.pair and m["start"] < scene.p.end]
        if not before:
            return ""
        last = before[-1]
        near = [m["code"] for m in before if last["line"] - m["line"] <= 1]
        return last["code"] if len({self.kinds[c].family or c for c in near}) == 1 else ""

    def foreign(self, m):
        """A weapon that a third country makes, or that is none of the trade, is not the pair's."""
        return bool(m["country"]) and m["country"] not in self.sides.pair or self.kinds[m["code"]].category == "other"

    def numbers(self, act, scene, sentence, weapons):
        """Quantity and sum that stand in the act's sentence, where each is one."""
        inside = [m for m in scene.mentions if scene.p.start + sentence.start_char <= m["start"] < scene.p.start + sentence.end_char]
        result = {"quantity_low": None, "quantity_high": None, "low": None, "high": None}
        if act.row.kind not in ("give", "take", "deal", "ban", "lift", "order", "wish", "agree"):
            return result
        for kind, low, high in (("quantity", "quantity_low", "quantity_high"), ("money", "low", "high")):
            rows = [m for m in inside if m["kind"] == kind and (m.get("low") is not None or m.get("high") is not None)
                    and (kind == "quantity" and m.get("code") or kind == "money" and m.get("values") in ("contract", ""))]
            if len(rows) == 1:
                result[low], result[high] = rows[0].get("low"), rows[0].get("high")
        return result


def trimmed(p, sentence):
    """First and last character of a sentence without the white space around it."""
    text = p.text[sentence.start_char:sentence.end_char]
    return sentence.start_char + len(text) - len(text.lstrip()), sentence.start_char + len(text.rstrip())


def form(act, p):
    return "headline" if p.kind == "headline" else "nominal" if act.token.pos_ in ("NOUN", "PROPN") else "verbal"


def event_id(doc_id, line, event, sentence, source, target, place):
    digest = hashlib.sha256("|".join([sentence, ";".join(source), ";".join(target), str(place)]).encode()).hexdigest()[:8]
    return f"{doc_id}-{line}-{event}-{digest}"


def only_system(mentions, pair, book):
    """The one named system (by family) of the pair that the article deals in, the most specific variant first; '' where several are."""
    kinds = {r.code: r for r in book.rows("weapons")}
    named = [m["code"] for m in mentions if m["kind"] == "weapon" and m["basis"] == "printed" and m["country"] in pair
             and kinds[m["code"]].category in book.words("deal_categories")]
    families = {kinds[c].family or c for c in named}
    return max(set(named), key=named.count) if len(families) == 1 else ""


def dated_by_the_article(rows):
    """An act without a day of its own has that of the sentence which tells the same act with one, where all such sentences agree."""
    for r in rows:
        if r["date_basis"] not in ("article", "report") or r["event"] not in ("COOPERATE", "SUPPORT", "SANCTION", "CONCEDE", "AID", "MOBILIZE"):
            continue
        told = {(o["date_from"], o["date_to"], o["edtf"]) for o in rows if o["date_basis"] == "sentence" and o["event"] == r["event"]
                and sides_of(o) == sides_of(r) and (o["weapon"] == r["weapon"] or not o["weapon"]) and o["status"] in (r["status"], "actual", "claimed") and r["status"] in ("actual", "claimed")}
        if len(told) == 1:
            r["date_from"], r["date_to"], r["edtf"] = told.pop()
            r["date_basis"] = "same act"
    return rows


def repeated(rows):
    """Marks rows that tell again what a row of the body told first: a headline, or the same act, weapon and status."""
    firsts = []
    for r in rows:
        for f in firsts:
            if same_act(f, r):
                r["repeats"] = f["event_id"]
                break
        else:
            firsts.append(r)
    return rows


def same_act(f, r):
    if f["event"] != r["event"] or sides_of(f) != sides_of(r):
        return False
    if r["form"] == "headline":
        return True
    told = {"claimed": "actual"}
    if f["sentence"] == r["sentence"] or told.get(f["status"], f["status"]) != told.get(r["status"], r["status"]) or r["event"] not in ("COOPERATE", "SANCTION", "SUPPORT", "ACCUSE", "REJECT"):
        return False
    if r["form"] == "nominal" and "article" in r["basis"] and f["line"] == r["line"]:
        return True  # 'the handover' after 'had provided drones'
    dated = [x for x in (f, r) if x["date_basis"] == "sentence"]
    return f["weapon"] == r["weapon"] and len({(x["date_from"], x["date_to"]) for x in dated}) < 2 and f["speaker"] == r["speaker"]


def sides_of(r):
    codes = {c.split(":")[0] for c in re.split(";", r["source"])}, {c.split(":")[0] for c in re.split(";", r["target"])}
    return frozenset(codes[0] | codes[1]) if r["event"] in ("CONSULT", "SUPPORT", "AGREE") else (frozenset(codes[0]), frozenset(codes[1]))
