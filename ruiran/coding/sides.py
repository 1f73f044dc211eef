"""Source and target of an act: by its frame in the parse, and where the parse is silent, by what the article fixes."""
from functools import lru_cache

from .customers import about_another, countries, other_customer, stranger
from .holders import fill_by_place, maker
from .replies import Replies

PLACES = ("in", "at", "gin", "gat")    # roles in which a capital may stand for whom one talks to
NEAR = "obj;csubj;against;dative"  # roles in which a verb names whom it addresses


@lru_cache(maxsize=None)
def frames(book):
    """The rows of codebook `frames` by their name."""
    return {r.frame: r for r in book.rows("frames")}


class Sides:
    """Finds the two sides of the acts of one article. `pair` is the codebook's, `supplier` the article's usual one."""

    def __init__(self, book, mentions):
        self.book = book
        scope = {r.name: r.value for r in book.rows("scope")}
        self.pair = (scope["supplier"], scope["recipient"])
        self.merge = dict(p.split("=") for p in scope["successors"].split(";") if p)
        self.supplier = self.usual_supplier(mentions)
        self.elsewhere = about_another(mentions, self.pair, book)
        self.replies = Replies(self.pair, book.words("answered_by_none"))
        self.expected = []   # third parties that accuse anywhere in the article, where they are one

    def usual_supplier(self, mentions):
        """The country that makes most of the article's weapons of the pair; the codebook's supplier in a tie."""
        makers = [m["country"] for m in mentions if m["kind"] == "weapon" and m["country"] in self.pair]
        first, second = self.pair
        return second if makers.count(second) > makers.count(first) else first

    def other(self, side):
        """The other member of the pair."""
        return self.pair[1] if side == self.pair[0] else self.pair[0]

    def of(self, act, scene):
        """(source codes, target codes, basis) of an act, [] and '' where open; `basis` has the roles they rest on."""
        frame = frames(self.book)[act.row.frame]
        source, by = self.first(act, scene, frame.source)
        if by == "mod" and act.row.frame == "imposition" and self.compounded(act, scene, source):
            source, by = [], ""  # 'its Iran sanctions' are on Iran
        target, to = self.addressee(act, scene, frame, source)
        if not source and act.row.event == "REJECT" and act.roles["subj"]:
            source, by = self.asked(act, scene)
        if frame.mutual == "yes":
            source, target = self.mutual(source, target)
        elif source and target and len(set(countries(source + target))) == 1:  # nobody acts on itself
            target, to = [], ""
        if act.row.frame.startswith("visit-") and not target:
            source = []
        if not target and len(set(countries(source))) > 1 and act.row.event in ("CONSULT", "SUPPORT", "AGREE"):
            target = source
        source, target, filled = self.fill(act, scene, source, target, frame)
        return source, target, ";".join(b for b in (by, to, filled) if b)

    def asked(self, act, scene):
        """(the member of the pair to whom a refused appeal was made, 'inner'): who refuses it is nobody else."""
        asked = (self.of(i, scene)[1] for i in act.inner if i.row.kind in ("urge", "request"))
        return next(((t, "inner") for t in asked if t and set(countries(t)) <= set(self.pair)), ([], ""))

    def compounded(self, act, scene, source):
        """True where a member of the pair is named by a noun before the act's: 'Iran sanctions', not 'Russian'."""
        before = [t for t in act.roles["mod"] if t.dep_ == "compound" and scene.actor_at(t)]
        return bool(before) and bool(set(countries(source)) & set(self.pair))

    def addressee(self, act, scene, frame, source):
        """The target by the frame; who condemns 'Russia's sale to Iran' means the seller, not the buyer behind 'to'."""
        if frame.fill == "supplier" and act.inner:
            target, to = self.first(act, scene, NEAR, source)
            supplier = [] if target else [c for c in self.inner_supplier(act, scene) if c not in countries(source)]
            if target or supplier:
                return target or supplier[:1], to or "inner"
        blows = [i for i in act.inner if i.row.kind == "strike"] if act.row.kind == "threat" else []
        if blows:  # 'threatened to bomb the battery': whom the blow would hit
            return self.of(blows[0], scene)[1], "inner"
        if act.row.event == "REJECT":  # who refuses a request refuses the one who made it
            asked = [c for i in act.inner if i.row.kind in ("urge", "request", "order", "threat", "agree")
                     for c in countries(self.of(i, scene)[0])]
            if asked and not set(asked) & set(countries(source)):
                return asked, "inner"
        bans = [c for i in act.inner if act.row.kind == "threat" and i.row.kind == "ban"
                for c in countries(self.of(i, scene)[0]) if c not in countries(source)]
        if bans:  # 'would answer American sanctions'
            return bans[:1], "inner"
        if act.row.kind == "ban":  # no one bans the United Nations
            source = [*source, *self.book.words("answered_by_none")]
        return self.first(act, scene, frame.target, source)

    def first(self, act, scene, roles, taken=()):
        """(actors, role) of the first role in the list that names any; ([], '') for none."""
        for role in roles.split(";"):
            if role == "gsubj" and self.is_judged(act):
                continue
            if role == "speaker" and (spoken := self.speaker(act, scene)) and spoken[0] not in taken:
                return spoken, role
            for token in (t for t in act.roles.get(role, []) if not self.no_side(act, role, t, scene)):
                named = scene.actors(token) or self.of_town(act, token, scene)
                named += [c for t in listed_behind(token) for c in scene.actors(t)] if named else []
                found = [self.merged(c) for c in named]
                found = [c for c in found if c not in taken or len(found) > 1]
                if found:
                    return list(dict.fromkeys(found)), role
        return [], ""

    def no_side(self, act, role, token, scene):
        """True for a thing where its owner is not meant ('the request met with a refusal'), and for the 'it' of a deal
        ('it will be honoured')."""
        row = act.row
        if role in ("obj", "gobj") and token.lower_ in ("it", "this", "that") and "it" in row.theme.split("|"):
            return True
        if row.kind == "talk" and role in PLACES:  # 'met at a U.N. session' is no talk with the United Nations
            m = scene.actor_at(token)
            return m is None or m["basis"] not in ("capital", "country", "seat")
        owned = role == "subj" and (row.kind in ("talk", "visit", "accuse") or row.frame == "charges")
        return (owned or role in ("obj", "gobj", "csubj")) and self.is_thing(token, scene)

    def of_town(self, act, token, scene):
        """'inspectors at Sheremetyevo': the country of a town, for acts on the ground."""
        return scene.towns_of([token]) if act.row.kind in ("seize", "rally", "parade") else []

    def sent_by_speaker(self, act):
        """True for 'a delegation would go to Moscow': whoever says so sends it."""
        return any(t.lemma_.lower() in self.book.words("theme_person") for t in act.roles["subj"])

    def is_judged(self, act):
        """True for the act of a noun below a reproach or an appeal: who speaks of it is not who does it."""
        above = act.outer
        return above is not None and above.row.kind in ("accuse", "urge", "reject", "praise", "threat")

    def speaker(self, act, scene):
        """The country of the one who says the sentence; of a visit only where it is said to send somebody."""
        if act.row.kind == "visit" and not self.sent_by_speaker(act):
            return []
        speaker = scene.speaker_at(act.token)
        codes = [speaker.split(":")[0]] if ":" in speaker or speaker.isupper() else scene.country_of(speaker)
        return [self.merged(c) for cell in codes for c in cell.split(";") if c]

    def is_thing(self, token, scene):
        """A weapon, a deal or an act is no actor, though 'Russian missiles' names a country."""
        return (bool(scene.weapon_at(token)) or token.lemma_.lower() in self.book.words("things")
                or token.pos_ in ("NUM", "ADJ") and not scene.actor_at(token))

    def merged(self, code):
        """A state by its successor: SUN is RUS."""
        return self.merge.get(code, code)

    def mutual(self, source, target):
        """Both sides of a mutual act, in the order of mention."""
        both = list(dict.fromkeys(source + target))
        return (both, both) if len(set(countries(both))) > 1 and not (source and target) else (source, target)

    # ------------------------------------------------ what the article fixes
    def fill(self, act, scene, source, target, frame):
        """(source, target, basis) with missing sides by rule of the frame: `pair` fills in the other member."""
        how = frame.fill
        if how == "pair":
            return self.fill_pair(act, scene, source, target)
        if how == "supplier" and source and not target:
            goal = self.responsible(act, scene, source)
            return (source if goal else []), goal, "article"
        if how == "accuser" and source and not target:
            goal = self.accuser_of(act, scene, source)
            return source, goal, "article" if goal else ""
        if target and not source and (how == "sanctioner" or act.row.kind in ("ban", "lift") and how == "supplier"):
            return self.replies.sanctioner(countries(target)), target, "article"
        if how == "partner" and source and not target:
            return source, self.third_in(act, scene)[:1] or self.known_partner(act), "sentence"
        return fill_by_place(act, scene, source, target, how, self.pair)

    def responsible(self, act, scene, source):
        """Whom a reproach without an addressee means: a side of the act below it, else the accuser or the supplier."""
        own = countries(source)
        if act.row.kind == "ban" and own[0] in (*self.pair, *self.book.words("answered_by_none")):
            recipient = [c for c in self.pair if c in self.book.words("embargoed")]
            return [self.other(own[0])] if own[0] in self.pair else recipient
        named = [c for c in scene.named_below([act.token]) if c in self.pair]
        if act.row.kind == "ban" and len(set(named)) == 1:  # 'signed an order under which Russian firms lose ...'
            return named[:1]
        third = [c for c in self.inner_supplier(act, scene) if c not in own]
        if third:
            return third[:1]
        if own[0] in self.pair:
            answers = act.row.kind not in ("praise", "claim", "lift")
            return answers and self.replies.last_accuser(own) or [self.other(own[0])]
        if act.row.kind == "ban" and (met := self.replies.last_charged()):
            return met
        charged = [t for t in act.roles["subj"] if act.row.frame == "charges" and not self.is_thing(t, scene)]
        if any(scene.actors(t) for t in charged):
            return []  # 'said that the vice president had broken the law'
        return [self.supplier]

    def accuser_of(self, act, scene, source):
        """Whom an answer is for: who accuses below it, the last accuser, a third party in its sentence or article."""
        if countries(source)[0] not in self.pair:  # a third party's judgement is of the supplier
            return self.responsible(act, scene, source)
        if act.row.frame == "reject" and (offered := self.replies.last_offer(countries(source))):
            return offered
        charges = [inner for inner in act.inner if inner.row.kind in ("accuse", "urge", "request")]
        below = [c for inner in charges for c in countries(self.of(inner, scene)[0]) if c not in countries(source)]
        found = below or self.replies.last_accuser(countries(source)) or self.third_in(act, scene) or self.expected
        return found or ([self.other(countries(source)[0])] if act.row.frame == "reject" else [])

    def known_partner(self, act):
        """The other side of an accord that its name gives away: 'the Gore-Chernomyrdin memorandum'."""
        named = (entry.split(" > ") for entry in sorted(self.book.words("accord_partners")))
        return [code for name, code in named if name in act.token.sent.text]

    def third_in(self, act, scene):
        """Third parties named in the sentence of an act."""
        actors = [m for m in scene.inside(act.token.sent) if m["kind"] == "actor" and m["basis"] != "media"]
        found = [m["country"] for m in actors]
        return list(dict.fromkeys(c for c in found if c and c not in self.pair and len(c) == 3))

    def inner_supplier(self, act, scene):
        """The source of the act below: of the delivery at the bottom, where there is one."""
        for inner in act.inner:
            deeper = self.inner_supplier(inner, scene)
            if deeper:
                return deeper
            source, target, _ = self.of(inner, scene)
            if source and target:
                return countries(source)
        return []

    def fill_pair(self, act, scene, source, target):
        """(source, target, basis) with the missing member of the pair; both by the weapon's maker or usual supplier."""
        if stranger(act, scene, frames(self.book)[act.row.frame]) or other_customer(
                act, scene, self.pair, self.elsewhere):
            return source, target, ""
        if source and not target:
            side = countries(source)[0]
            return (source, [self.other(side)], "article") if side in self.pair else (source, target, "")
        if target and not source:
            side = countries(target)[0]
            if act.row.kind == "agree" and side not in self.pair:  # 'he had been given assurances'
                return [self.supplier], target, "article"
            return ([self.other(side)], target, "article") if side in self.pair else (source, target, "")
        if not source and not target and act.row.kind not in ("talk", "visit"):
            supplier = maker(act, scene, self.pair) or self.supplier
            return [supplier], [self.other(supplier)], "article"
        return source, target, ""


def listed_behind(token):
    """Further subjects of the same verb: the parser parts a list such as 'the US, Russia, and Iran'."""
    return [c for c in token.head.children if token.dep_ == c.dep_ == "nsubj" and c.i > token.i]
