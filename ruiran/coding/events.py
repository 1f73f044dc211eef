"""Mentions and parse to PLOVER `events`: each row names the codebook rows that fired and what its sides rest on."""
import hashlib

from ..reading.language import dateline_end
from ..reading.voice import gerund
from ..spans import last_before
from ..speech.scene import Scene
from . import status as state
from .acts import acts_in
from .customers import countries, in_scope
from .enough import told
from .eventdates import EventDates
from .scope import Scope, article_in_scope
from .sides import Sides
from .systems import Systems
from .tellings import dated_by_the_article, denied_in_full, repeated, tells_no_more

COUNTED = ("give", "take", "deal", "ban", "lift", "order", "wish", "agree")  # kinds of act with numbers and sums

PRESUPPOSED = ("give", "take", "coop", "aid", "train", "build", "deal", "ban", "lift", "reject", "request", "order",
               "urge")  # told by a noun
ANSWERED = ("ACCUSE", "REQUEST", "REJECT", "SUPPORT")  # acts that presuppose others
PENAL = ("SANCTION", "PROTEST", "THREATEN")            # acts that presuppose their grounds: 'over', 'for'
BY_ONE = ("reject", "lift", "request", "order", "urge")  # a noun of these may leave the other side to the article


def events_of(document, paragraphs, book, mentions, quotations, when):
    """Rows of the `events` table of one article; `when`: first and last day on which it may have been written."""
    if not article_in_scope(paragraphs, mentions, book):
        return []
    lead = min((p for p in paragraphs if p.kind == "body"), key=lambda p: p.start, default=None)
    body = lead.start + dateline_end(lead.text, book.rows("datelines")) if lead else 0
    coder = Coder(document, book, mentions, quotations, when, body)
    coder.survey(paragraphs)
    rows = [row for p in sorted(paragraphs, key=lambda p: p.kind == "headline") for row in coder.paragraph(p)]
    return sorted(repeated(dated_by_the_article(rows)), key=lambda r: r["start"])


class Coder:
    """Codes the paragraphs of one article in order; keeps who spoke, who accused and what is named so far."""

    def __init__(self, document, book, mentions, quotations, when, body=0):
        self.document, self.book, self.mentions, self.quotations = document, book, mentions, quotations
        self.cast = [m for m in mentions if m["kind"] in ("actor", "person")]
        self.sides = Sides(book, mentions)
        self.dates = EventDates(mentions, when, body)
        self.scope = Scope(book, self.sides.pair)
        self.systems = Systems(book, mentions, self.sides.pair)
        self.scenes, self.read = {}, {}

    def survey(self, paragraphs):
        """A first reading: which way the article's deliveries go, and the one third party that reproaches the pair."""
        ways, third = [], []
        for scene in map(self.scene, paragraphs):
            for act in (a for s in scene.p.doc.sents for a in self.acts(s, scene)):
                source, target, basis = self.sides.of(act, scene)
                sure = act.row.kind in ("give", "take") and "article" not in basis
                if sure and in_scope(source, target, self.sides.pair, "pair"):
                    ways.append(countries(source)[0])
                if act.row.kind in ("accuse", "ban") and self.is_third(source) and set(
                        countries(target)) & set(self.sides.pair):
                    third += [tuple(countries(source))]
        first, second = self.sides.pair
        if ways:
            self.sides.supplier = second if ways.count(second) > ways.count(first) else first
        self.sides.expected = list(third[0]) if len(set(third)) == 1 else []

    def acts(self, sentence, scene):
        """The acts of a sentence, read once."""
        at = (scene.p.start, sentence.start)
        if at not in self.read:
            self.read[at] = acts_in(sentence, scene, self.book)
        return self.read[at]

    def is_third(self, source):
        """True for actors none of whom belongs to the pair."""
        return bool(source) and not set(countries(source)) & set(self.sides.pair)

    def scene(self, p):
        """The Scene of a paragraph, the same at each call."""
        if p.start not in self.scenes:
            recent = last_before(self.cast, p.start, 15)
            before = [s.p.text for start, s in self.scenes.items() if start < p.start][-1:]
            self.scenes[p.start] = Scene(p, self.mentions, self.quotations, self.book, recent, *before)
        return self.scenes[p.start]

    def paragraph(self, p):
        """Rows of the events of a paragraph, no two of one sentence alike."""
        scene = self.scene(p)
        for sentence in p.doc.sents:
            seen = []
            for act in self.acts(sentence, scene):
                for row in self.code(act, scene, sentence):
                    if not any(tells_no_more(row, earlier) for earlier in seen):
                        seen.append(row)
            yield from (row for row in seen if not denied_in_full(row, seen))

    def code(self, act, scene, sentence):
        """The row of one act, or none: it lies below another, out of scope, or did not happen."""
        source, target, basis = self.sides.of(act, scene)
        if act.outer is not None:
            source, target = self.presupposed(act, scene, source, target, basis)
        elif not told(act, scene, self.sides, source, target, basis):
            return
        event = self.kind_of(act, source)
        if heard := self.promised_to(act, scene, source):
            event, target = "AGREE", heard
        reach = "both" if heard else self.scope.reach(act, scene, sentence)
        if not source or not in_scope(source, target, self.sides.pair, reach):
            return
        if not self.scope.holds(act, scene, sentence, source, target):
            return
        speaker = scene.speaker_at(act.token)
        status = state.status_of(act, scene, self.book, speaker, countries(source))
        if not status:
            return
        if event in ("REJECT", "AGREE") and status == "denied" and (heard or act.row.event != event):
            status = "actual"  # 'will not sell' is a refusal, and it is made
        self.sides.replies.note(event, countries(source), countries(target))
        yield self.row(act, scene, sentence, event, (source, target, basis), speaker, status)

    def kind_of(self, act, source):
        """The act's PLOVER type; not the row's for cooperation to come, refusals by 'will not', possible sanctions."""
        row, verb = act.row, state.governing_verb(act.token)
        ahead = state.ahead(verb, self.book)
        if row.kind == "coop" and ahead:
            return "AGREE"
        if row.kind == "agree" and act.token.pos_ == "VERB" and ahead and state.negated(verb, act.token, self.book):
            return "REJECT"  # 'would not accept'
        if row.kind == "give" and act.token.pos_ == "VERB" and ahead:
            if state.negated(verb, act.token, self.book):
                return "REJECT"
            if state.conditional(verb):
                return "AGREE"
        if row.kind == "ban" and source and countries(source)[0] not in self.sides.pair:
            poised = act.token.dep_ == "xcomp" and act.token.head.lemma_ in self.book.words("poised")
            return "THREATEN" if poised or state.possible(verb, act.token, self.book) else row.event
        if row.kind == "wish" and source and countries(source)[0] == self.sides.supplier:
            return "AGREE" if any(i.row.kind in ("give", "coop", "build") for i in act.inner) else row.event
        return row.event

    def promised_to(self, act, scene, source):
        """Whom a promise is made to: 'Moscow told Washington that it would sell no more arms to Iran'; [] for none."""
        told = [c for t in act.roles.get("told", ()) for c in scene.actors(t)]
        own = scene.country_of(scene.speaker_at(act.token))[:1] == countries(source)[:1]
        verb = state.governing_verb(act.token)
        later = any(c.lower_ in ("will", "would", "'ll") for c in verb.children)
        third = bool(told) and not set(countries(told)) & set(self.sides.pair)
        return told if third and own and later and act.row.kind in ("give", "deal", "agree", "aid", "build") else []

    def presupposed(self, act, scene, source, target, basis):
        """(source, target) of a noun below an appeal, a reproach or an answer, where it is an act of its own: it names
        both sides, or is a third party's reproach or ban, which then meets the one who answers it."""
        top = act.outer
        while top.outer is not None:
            top = top.outer
        if act.token.pos_ == "VERB" or gerund(act.token):
            return self.alleged(act, scene, source, target, basis)
        ground = top.row.event in PENAL and below_ground(act.token, top.token)
        answered = top.row.event in ANSWERED and top.row.kind not in ("deal", "approve") or ground
        if act.token.pos_ != "NOUN" or not answered or any(c.lower_ == "any" for c in act.token.children):
            return [], []
        if act.row.kind in ("accuse", "ban", "urge", "threat") and self.is_third(source) and not basis.startswith("g"):
            answers = [c for c in self.sides.of(top, scene)[0] if countries([c])[0] in self.sides.pair]
            return (source, target or answers) if target or answers else ([], [])
        named = ("article" not in basis or act.row.kind in BY_ONE and basis.startswith(("poss", "by", "mod"))
                 or self.grounds(act, top, scene, source, target))
        own = act.row.kind in PRESUPPOSED and named and source and target
        return (source, target) if own else ([], [])

    def grounds(self, act, top, scene, source, target):
        """True for what one of the pair is reproached or punished for: 'slammed Iran over shipments to Russia'."""
        _, charged, by = self.sides.of(top, scene)
        named = {m.get("country") for m in scene.inside(act.token.sent) if m["kind"] in ("actor", "person")}
        return (top.row.event != "REQUEST" and "article" not in by and countries(charged) == countries(source)
                and set(countries(source + target)) <= named)

    def alleged(self, act, scene, source, target, basis):
        """(source, target) of what an accusation says was done, where the sentence names both; it is then claimed."""
        named = {m["country"] for m in scene.inside(act.token.sent) if m["kind"] in ("actor", "person", "place")}
        both = {*countries(source), *countries(target)}
        by_noun = act.outer.token.lemma_.lower() in self.book.words("deny_nouns")
        if not by_noun and act.outer.row.rule not in self.book.words("allegations") or not both <= named:
            return [], []
        above = act.outer.outer
        act.alleged = "denied" if by_noun or above is not None and above.row.event == "REJECT" else "claimed"
        return (source, target) if target else ([], [])

    # ------------------------------------------------ the columns
    def row(self, act, scene, sentence, event, sides, speaker, status):
        """The row of the `events` table of one act; `sides` is (source, target, basis)."""
        source, target, basis = sides
        start, end = scene.extent(sentence)
        line, doc_id = scene.p.line_at(start), self.document.doc_id
        first, last, edtf, date_basis = self.dates.of(act, event, countries(source), scene, status, self.book)
        self.dates.remember(scene, first, last, date_basis)
        words = " ".join(self.document.text[start:end].split())
        auxiliary = [self.historical(last), state.AUXILIARY.get(status, "")]
        return {
            "event_id": event_id(self.document, line, words, scene.p.start + act.token.idx), "doc_id": doc_id,
            "line": line, "start": start, "end": end, "sentence": words,
            "source": ";".join(source), "event": event, "mode": mode(act, event), "target": ";".join(target),
            "stage": act.row.stage, "form": form(act, scene.p), "date_from": first, "date_to": last, "edtf": edtf,
            "date_basis": date_basis, "status": status, "auxiliary": ";".join(filter(None, auxiliary)),
            "weapon": ";".join(self.systems.of(act, scene, sentence)), **numbers(act, scene.inside(sentence)),
            "speaker": speaker, "rule": "+".join([act.row.rule, *(r.rule for r in act.passed)]), "basis": basis,
            "repeats": "",
        }

    def historical(self, last):
        """PLOVER's `historical` where the act ended more than a year before the article was written, else ''."""
        written = self.dates.first
        if not last or not written:
            return ""
        year_before = written.replace(year=written.year - 1, day=min(written.day, 28))
        return "historical" if last < str(year_before) else ""


def below_ground(token, top):
    """True where a preposition of grounds lies between a noun and the act above: 'blacklisted three over supplies'."""
    return any(a.lower_ in ("over", "for") and a.dep_ == "prep" for a in token.ancestors if top.is_ancestor(a))


def numbers(act, inside):
    """Quantity and sum that stand among the mentions of the act's sentence, where each is one; else None."""
    result = {"quantity_low": None, "quantity_high": None, "low": None, "high": None}
    if act.row.kind not in COUNTED:
        return result
    figures = [m for m in inside if m.get("low") is not None or m.get("high") is not None]
    counts = [m for m in figures if m["kind"] == "quantity" and m.get("code")]
    sums = [m for m in figures if m["kind"] == "money" and m.get("values") in ("contract", "")]
    if len(counts) == 1:
        result.update(quantity_low=counts[0].get("low"), quantity_high=counts[0].get("high"))
    if len(sums) == 1:
        result.update(low=sums[0].get("low"), high=sums[0].get("high"))
    return result


def mode(act, event):
    """The act's PLOVER mode, `nominal` for a noun below another act; none where the type is not the row's own."""
    if act.token.pos_ == "NOUN" and act.outer:
        return "nominal"
    return act.row.mode if event == act.row.event else ""


def form(act, p):
    """The form of an act: headline, nominal or verbal."""
    if p.kind == "headline":
        return "headline"
    return "nominal" if act.token.pos_ in ("NOUN", "PROPN") else "verbal"


def event_id(document, line, sentence, offset):
    """The name of an event: document, line and a digest of its sentence and of the act's own place on the line, so that
    it stays when type or sides are read better or corrected by hand."""
    place = offset - document.text.rfind("\n", 0, offset)
    digest = hashlib.sha256(f"{sentence}|{place}".encode()).hexdigest()[:8]
    return f"{document.doc_id}-{line}-{digest}"
