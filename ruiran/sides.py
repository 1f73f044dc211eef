"""Source and target of an act: by its frame in the parse, and where the parse is silent, by what the article fixes."""
from functools import lru_cache

from .holders import fill_by_place, maker
from .roles import severed

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
        self.elsewhere = self.about_another(mentions)
        self.offers = []     # who has offered or asked whom so far
        self.accusers = []   # who has accused whom so far, for replies
        self.expected = []   # third parties that accuse anywhere in the article, where they are one

    def usual_supplier(self, mentions):
        """The country that makes most of the article's weapons of the pair; the codebook's supplier in a tie."""
        makers = [m["country"] for m in mentions if m["kind"] == "weapon" and m["country"] in self.pair]
        first, second = self.pair
        return second if makers.count(second) > makers.count(first) else first

    def about_another(self, mentions):
        """True where another customer is named more often than one of the pair."""
        named = [m["country"] for m in mentions if m["kind"] in ("actor", "person", "place")]
        least = min(map(named.count, self.pair))
        return any(named.count(c) > least for c in self.book.words("other_customers"))

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
        if not source and act.row.event == "REJECT" and act.roles["subj"]:  # who refuses an appeal is whom it was made to
            source, by = next(((t, "inner") for i in act.inner if i.row.kind in ("urge", "request")
                               and (t := self.of(i, scene)[1]) and set(countries(t)) <= set(self.pair)), ([], ""))
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
            asked = [c for i in act.inner if i.row.kind in ("urge", "request", "order", "threat")
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
            if role == "speaker" and act.row.kind == "visit" and not self.sent_by_speaker(act):
                continue
            if role == "speaker" and (spoken := self.speaker(act, scene)) and spoken[0] not in taken:
                return spoken, role
            for token in act.roles.get(role, []):
                if self.is_thing(token, scene) and (role in ("obj", "gobj", "csubj") or role == "subj" and (
                        act.row.kind in ("talk", "visit") or act.row.frame == "charges")):
                    continue  # 'the request met with a refusal'
                if role in ("obj", "gobj") and token.lower_ in ("it", "this", "that") and "it" in act.row.theme.split("|"):
                    continue  # 'it will be honoured'
                found = [self.merged(c) for c in scene.actors(token) or self.of_town(act, token, scene)]
                found = [c for c in found if c not in taken or len(found) > 1]
                if found:
                    return list(dict.fromkeys(found)), role
        return [], ""

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
        """The country of the one who says the sentence."""
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
            return self.sanctioner(target), target, "article"
        if how == "partner" and source and not target:
            return source, self.third_in(act, scene)[:1] or self.known_partner(act), "sentence"
        return fill_by_place(act, scene, source, target, how, self.pair)

    def sanctioner(self, target):
        """The third party that has accused the target last; [] where none has."""
        own, pair = set(countries(target)), set(self.pair)
        return next((by for by, against in reversed(self.accusers) if set(against) & own and not set(by) & pair), [])

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
            return act.row.kind not in ("praise", "claim", "lift") and self.last_accuser(source) or [self.other(own[0])]
        met = self.accusers[-1][1] if act.row.kind == "ban" and self.accusers else []
        if set(met) & set(self.pair):
            return list(met)  # 'Britain followed suit'
        if act.row.frame == "charges" and any(scene.actors(t) and not self.is_thing(t, scene) for t in act.roles["subj"]):
            return []  # 'said that the vice president had broken the law'
        return [self.supplier]

    def accuser_of(self, act, scene, source):
        """Whom an answer is for: who accuses below it, the last accuser, a third party in its sentence or article."""
        if countries(source)[0] not in self.pair:  # a third party's judgement is of the supplier
            return self.responsible(act, scene, source)
        if act.row.frame == "reject" and (offered := self.last_offer(source)):
            return offered
        charges = [inner for inner in act.inner if inner.row.kind in ("accuse", "urge", "request")]
        below = [c for inner in charges for c in countries(self.of(inner, scene)[0]) if c not in countries(source)]
        found = below or self.last_accuser(source) or self.third_in(act, scene) or self.expected
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
        if self.stranger(act, scene) or self.other_customer(act, scene):
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

    def other_customer(self, act, scene):
        """True where the clause names another customer of the pair, and the sentence not both of the pair: whose act it
        is stays open ('the battery bought by Cyprus was sent to Crete')."""
        inside = [m for m in scene.inside(act.token.sent) if m["kind"] in ("actor", "person", "place")]
        if self.elsewhere:  # an article on another customer
            inside = [m for m in scene.mentions if m["start"] < scene.p.start + act.token.sent.end_char]
        named = {c.split(":")[0] for m in inside for c in (m.get("country"), m.get("code")) if c}
        if set(self.pair) <= named:
            return False
        root = act.token.sent.root
        clause = [t for top in (root, act.token) for t in top.subtree if not severed(t, top)]
        clause += [t for s in act.roles["subj"] + act.roles["obj"] for t in s.subtree]
        met = {m["country"] for t in clause if (m := scene.actor_at(t)) and m["kind"] != "place"}
        return self.elsewhere or bool(met & self.book.words("other_customers"))

    def stranger(self, act, scene):
        """True where a side of a verb is a person of no known country, so that the article cannot fill it in."""
        frame = frames(self.book)[act.row.frame]
        roles = [r for r in (frame.source + ";" + frame.target).split(";") if r in ("subj", "dative", "to", "by")]
        people = [m for r in roles for t in act.roles.get(r, ()) if (m := scene.actor_at(t)) and m["kind"] == "person"]
        return any(not m["country"] for m in people)

    # ------------------------------------------------ replies
    def note(self, event, source, target):
        """Remembers who has accused whom, so that a denial without a target finds its accuser."""
        third = not set(countries(source)) & set(self.pair)
        if event in ("ACCUSE", "SANCTION", "THREATEN") or event == "REQUEST" and third:
            self.accusers.append((countries(source), countries(target)))
        if event in ("AGREE", "REQUEST") and target:
            self.offers.append((countries(source), countries(target)))

    def last_offer(self, source):
        """Who has offered or asked the source something last; [] for nobody."""
        own = set(countries(source))
        return next((list(by) for by, to in reversed(self.offers) if own & set(to) and not own & set(by)), [])

    def last_accuser(self, source):
        """The last one who accused the source, or the third party that accused its partner; [] for none."""
        own, pair, silent = set(countries(source)), set(self.pair), self.book.words("answered_by_none")
        for by, against in reversed(self.accusers):
            charged = set(against) & own or set(against) & pair and not set(by) & pair
            if charged and not own & set(by) and not set(by) & silent:
                return list(by)
        return []

    def in_scope(self, source, target, kind):
        """True for acts of the pair with each other; for third parties' acts where one side belongs to the pair."""
        sides = set(countries(source)) | set(countries(target))
        own = sides & set(self.pair)
        if kind == "pair":
            return all(set(countries(side)) & own for side in (source, target)) and len(own) == 2
        if kind == "both":
            return bool(source) and bool(target) and bool(own)
        if kind == "third":
            return bool(source) and not own & set(countries(source)) and bool(own)
        if kind == "spoken":  # an answer or a charge of the pair or of a third party, as the frame has found it
            return bool(source) and bool(target) and bool(own)
        return bool(source) and bool(own or kind == "world")


def countries(codes):
    """The countries of actor codes, in order, each once."""
    return list(dict.fromkeys(c.split(":")[0] for c in codes))
