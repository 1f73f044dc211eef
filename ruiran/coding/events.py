"""Mentions and parse to Events: every decision writes its Reason, and the columns of an event are built from these."""
from dataclasses import dataclass, replace

from ..reading.grammar import SUBJECTS, VERBAL, governing_verb
from ..reading.language import dateline_end
from ..records import Event, Reason, country_part, name_of
from ..spans import last_before
from ..speech.scene import Scene
from .asserted import AUXILIARY, Assertion, operators_on, status_of
from .replies import Told
from .scope import article_in_scope, enough, holds, in_scope, reach_of
from .sides import Side, World, sides_of, world_of
from .systems import Systems, gapped
from .tellings import dated_by_the_article, repeated, without_doubles
from .triggers import acts_in
from .when import Calendar

ANSWERED = ("ACCUSE", "REJECT", "SUPPORT")  # acts that presuppose others, told by a noun below them


def events_of(reading, book):
    """The Events of one article that was read; [] where it is not about the pair."""
    paragraphs, mentions = reading.paragraphs, reading.mentions
    if not article_in_scope(paragraphs, mentions, book):
        return []
    lead = min((p for p in paragraphs if p.kind == "body"), key=lambda p: p.start, default=None)
    body = lead.start + dateline_end(lead.text, book.rows("datelines")) if lead else 0
    read = [(scene, [(s, *acts_in(s, scene, book)) for s in scene.p.doc.sents])
            for scene in scenes_of(paragraphs, mentions, reading.quotations, book)]
    world = world_of(book, mentions)
    told = Told(world.pair, book.words("answered_by_none"))
    coder = Coder(reading.document, world, Calendar(book, mentions, reading.when, body), Systems(book, mentions))
    events = []
    for scene, sentences in sorted(read, key=lambda pair: pair[0].p.kind == "headline"):
        found, told = coder.paragraph(scene, sentences, told)
        events += found
    return sorted(repeated(dated_by_the_article(events)), key=lambda e: e.start)


def scenes_of(paragraphs, mentions, quotations, book):
    """The Scene of each paragraph, with the actors and the text before it."""
    cast, before = [m for m in mentions if m.kind in ("actor", "person")], ""
    for p in paragraphs:
        yield Scene(p, mentions, quotations, book, last_before(cast, p.start, 15), before)
        before = p.text


@dataclass(frozen=True)
class Last:
    """What a paragraph has told last: the weapon of an act about one alone, and the event with days of its own."""

    weapon: str = ""
    dated: object = None

    def after(self, event):
        """What it has told after one more event."""
        own = event.date_basis in ("sentence", "report") and event.date_from and event.date_to
        one = event.weapon and ";" not in event.weapon
        return Last(event.weapon if one else self.weapon, event if own else self.dated)


@dataclass(frozen=True)
class Coder:
    """Codes the paragraphs of one article; what was told before is passed on from act to act."""

    document: object
    world: World
    calendar: Calendar
    systems: Systems

    def paragraph(self, scene, sentences, told):
        """(the Events of a paragraph, no two of one sentence alike; what is told after it)."""
        events, last = [], Last()
        for sentence, acts, misses in sentences:
            found = []
            for act, above in acts:
                event = self.code(act, above, scene, sentence, told, last)
                if event is not None:
                    event = replace(event, reasons=(*misses, *event.reasons))
                    found += [event, *self.halves(event, act, scene, sentence)]
                    told, last = told.with_act(event), last.after(event)
            events += without_doubles(found)
        return events, told

    def code(self, act, above, scene, sentence, told, last):
        """The Event of one act, or None: it lies below another, is out of scope, or did not happen. `last` is what
        the paragraph has told last."""
        if act.token.pos_ == "VERB" and scene.is_asked(act.token):
            return None
        source, target = sides_of(act, above, scene, self.world, told)
        said = Assertion(operators_on(act.token, self.world.book))
        if above:
            source, target = self.presupposed(act, above, scene, told, said, source, target)
        elif not enough(act, source, target, self.world.book):
            return None
        event, why = kind_of(act, said)
        reach = reach_of(act, scene, sentence, self.world)
        if not source.codes or not in_scope(source, target, self.world.pair, reach) or not holds(
                act, scene, sentence, source, target, self.world):
            return None
        status, operator, speaker = self.said(act, event, why, said, scene, source)
        return None if not status else Event(**place_of(self.document, scene, sentence, act.token)).because(
            *self.who(act, source, target, scene), *self.what(act, above, scene, event, why),
            *asserted(status, operator, speaker, scene), *self.when(act, above, event, scene, status, source, last),
            *self.which(act, above, scene, sentence, last))

    def said(self, act, event, why, said, scene, source):
        """(status, the Operator that it rests on or None, speaker) of an act."""
        speaker = scene.speaker_at(act.token)
        status, operator = status_of(act, event, said, scene, self.world.book, speaker, source.countries)
        if status == "denied" and operator.row.site == "behind":
            speaker = denier(operator.word, scene) or speaker
        if status == "denied" and why and event in ("REJECT", "AGREE"):
            status = "actual"  # 'will not sell' is a refusal, and it is made
        return status, operator, speaker

    def halves(self, event, act, scene, sentence):
        """The further Events of 'sold tanks in 1998, and in 2006 missiles', each with its own weapon and time."""
        named = ((m, scene.span(m)) for m in scene.inside(sentence, self.systems.printed))
        for weapon, token in ((m, span[-1]) for m, span in named if span):  # none where a long paragraph is cut
            joined = governing_verb(token) == governing_verb(act.token)  # a weapon of another verb is another act's
            if joined and (date := gapped(act, token, scene)):
                half = replace(event, event_id=place_of(self.document, scene, sentence, token)["event_id"])
                yield half.because(
                    reason("weapon", weapon.code, "gapped", [token], scene, "a second half of the sentence"),
                    *(Reason(column, getattr(date, column), "gapped", date.text, date.start, date.end, "its own time")
                      for column in ("date_from", "date_to", "edtf")), Reason("date_basis", "sentence", "gapped"))

    # ------------------------------------------------ decisions
    def presupposed(self, act, above, scene, told, said, source, target):
        """(source, target) of an act below another, where it is one of its own: a noun below a reproach or an answer
        that names both sides, a third party's ban that meets the one who answers it, or what an accusation says was
        done, where the sentence names both."""
        none, top, pair = (Side(), Side()), above[0], set(self.world.pair)
        if act.token.pos_ != "NOUN":
            both = {*source.countries, *target.countries} <= scene.named_in(act.token.sent)
            return (source, target) if both and target.codes and said.has("claimed", "denied") else none
        if top.row.event not in ANSWERED or top.row.kind in ("deal", "approve"):
            return none
        if act.row.kind in ("accuse", "ban", "urge", "threat") and source.codes and not pair & set(source.countries):
            answers = [c for c in sides_of(top, (), scene, self.world, told)[0].codes if country_part(c) in pair]
            return (source, target if target.codes else Side(tuple(answers), "article"))
        needs = self.world.book.keyed("kinds", "kind")[act.row.kind].presupposed
        named = not source.filled and not target.filled or needs == "one" and not source.filled
        return (source, target) if needs and named and source.codes and target.codes else none

    # ------------------------------------------------ the record
    def who(self, act, source, target, scene):
        """The Reasons of both sides."""
        frame, bases = f"frame {act.row.frame}", []
        for column, side in (("source", source), ("target", target)):
            bases += [side.step] if side.role else []
            yield reason(column, ";".join(side.codes), frame, side.words, scene, side.step or "not given")
        yield Reason("basis", ";".join(bases), frame)

    def what(self, act, above, scene, event, why):
        """The Reasons of type, mode, stage, form and rules."""
        row, nominal = act.row, act.token.pos_ in ("NOUN", "PROPN")
        yield reason("event", event, row.rule, [act.token], scene, why or "the rule's type")
        yield Reason("rule", "+".join([row.rule, *(r.rule for r in act.passed)]), row.rule)
        yield Reason("stage", row.stage if event == row.event else "", row.rule)
        below = nominal and above
        yield Reason("mode", "nominal" if below else row.mode if event == row.event else "", row.rule)
        form = "headline" if scene.p.kind == "headline" else "nominal" if nominal else "verbal"
        yield reason("form", form, "form", [act.token], scene, act.token.pos_)

    def when(self, act, above, event, scene, status, source, last):
        """The Reasons of the act's days, and of PLOVER's auxiliary mode."""
        when = self.calendar.of(act, above, event, scene, status, source.countries, last.dated)
        m = when.mention
        for column, value in (("date_from", when.first), ("date_to", when.last), ("edtf", when.edtf),
                              ("date_basis", when.basis)):
            yield Reason(column, value, "when", m.text if m else "", m.start if m else None, m.end if m else None,
                         when.basis)
        modes = [self.calendar.historical(when.last), AUXILIARY.get(status, "")]
        yield Reason("auxiliary", ";".join(filter(None, modes)), "plover", basis=status)

    def which(self, act, above, scene, sentence, last):
        """The Reasons of weapon, quantity and sum."""
        weapons, basis = self.systems.of(act, above, scene, last.weapon)
        yield Reason("weapon", ";".join(weapons), "systems", basis=basis)
        figures = [m for m in scene.inside(sentence) if m.low is not None or m.high is not None]
        counted = figures if self.world.book.keyed("kinds", "kind")[act.row.kind].sums == "yes" else []
        counts = [m for m in counted if m.kind == "quantity" and m.code]
        sums = [m for m in counted if m.kind == "money" and m.values in ("contract", "")]
        for prefix, found in (("quantity_", counts), ("", sums)):
            m = found[0] if len(found) == 1 else None
            place = (m.text, m.start, m.end, "the only one in the sentence") if m else ("", None, None, "")
            for end in ("low", "high"):
                yield Reason(prefix + end, getattr(m, end, None), "numbers", *place)


def kind_of(act, said):
    """(PLOVER type, why where it is not the row's): cooperation to come, a refusal by 'will not', a condition."""
    row, verb = act.row, act.token.pos_ == "VERB"
    if row.kind == "coop" and said.ahead:
        return "AGREE", "cooperation to come"
    if row.kind in ("give", "agree") and verb and said.ahead and said.has("not"):
        return "REJECT", "will not"
    if row.kind == "give" and verb and said.ahead and (may := said.has("conditional")) and may.row.site == "hung":
        return "AGREE", "a delivery on a condition"
    return row.event, ""


def asserted(status, operator, speaker, scene):
    """The Reasons of status and speaker."""
    words, rule = ([operator.word], operator.row.operator) if operator else ([], "")
    yield reason("status", status, rule or "told", words, scene,
                 f"effect {operator.row.effect}" if operator else f"said by {speaker}" if speaker else "told as fact")
    yield Reason("speaker", speaker, "quotation" if speaker else "", basis="" if speaker else "the outlet itself")


def denier(word, scene):
    """Who says in the sentence behind an act that it is not so: 'Ivanov denied the report', 'Moscow said that this was
    a lie'; '' where nobody is named."""
    verb = word if word.pos_ in VERBAL else word.head
    by = next((m for c in verb.children if c.dep_ in SUBJECTS and (m := scene.actor_at(c))), None)
    return scene.speaker_at(word) or (by.code if by else "")


def reason(column, value, rule, tokens, scene, basis):
    """A Reason that rests on tokens of the paragraph."""
    if not tokens:
        return Reason(column, value, rule, basis=basis)
    first, last = tokens[0], tokens[-1]
    start, end = scene.p.start + first.idx, scene.p.start + last.idx + len(last)
    return Reason(column, value, rule, scene.p.text[first.idx:last.idx + len(last)], start, end, basis)


def place_of(document, scene, sentence, token):
    """Where an event is told: its id holds document, line and a digest of its sentence and of the act's own place on
    the line, so that it stays when type or sides are read better or corrected by hand."""
    start, end = scene.extent(sentence)
    line, words = scene.p.line_at(start), " ".join(document.text[start:end].split())
    offset = scene.p.start + token.idx
    place = offset - document.text.rfind("\n", 0, offset)
    return {"event_id": name_of(document.doc_id, line, words, place), "doc_id": document.doc_id, "line": line,
            "start": start, "end": end, "sentence": words}
