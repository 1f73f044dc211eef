"""Source and target of an act: by its frame in the parse, and where the parse is silent, by what the article fixes.

A side that the clause names is never replaced; the other is filled in by the rule of the act's frame, column `fill` of
codebook `frames`, and `role` says so: 'article', 'sentence', 'place' or 'inner' (an act below) in place of a role.
"""
from dataclasses import dataclass

from ..reading.grammar import within_clause
from ..records import countries

PLACES = ("in", "at")  # roles in which a capital may stand for whom one talks to
CAPITALS = ("capital", "country", "seat")
NEAR = "obj;csubj;against;dative"    # roles in which a verb names whom it addresses
FILLED = ("article", "sentence", "place")
GROUND = ("seize", "rally", "parade")  # kinds of act of which the country of a town is a side
STRUCK = ("obj", "at", "on", "against", "into", "in", "to", "of", "near")


@dataclass(frozen=True)
class Side:
    """One side of an act: actor codes, the role in which they stand, and the words that name them."""

    codes: tuple = ()
    role: str = ""
    words: tuple = ()
    above: bool = False  # in a role of the verb on which the act's noun hangs

    @property
    def countries(self):
        """The countries of the codes, in order, each once."""
        return countries(self.codes)

    @property
    def step(self):
        """Its role as codebook `frames` writes it: 'to', 'above to'."""
        return "above " * self.above + self.role

    @property
    def filled(self):
        """Filled in, and not named by the act's own words."""
        return self.role in FILLED


NOBODY = Side()


@dataclass(frozen=True)
class World:
    """What one article fixes: the pair of the codebook, who of it usually supplies, and whether the article is about
    another customer."""

    book: object
    pair: tuple
    supplier: str
    elsewhere: bool = False

    def other(self, side):
        """The other member of the pair."""
        return self.pair[1] if side == self.pair[0] else self.pair[0]

    def merged(self, code):
        """A state by its successor: SUN is RUS."""
        return dict(self.book.related("successor")).get(code, code)


def world_of(book, mentions):
    """The World of an article before any act is read: the supplier makes most of its weapons."""
    pair = book.pair
    makers = [m.country for m in mentions if m.kind == "weapon"]
    named = [m.country for m in mentions if m.kind in ("actor", "person", "place")]
    elsewhere = any(named.count(c) > min(map(named.count, pair)) for c in book.customers)
    return World(book, pair, pair[makers.count(pair[1]) > makers.count(pair[0])], elsewhere)


# ---------------------------------------------------------------- by the frame
def sides_of(act, above, scene, world, told):
    """(source, target) of an act as Sides; `above` are the acts above it, `told` what was told before (see replies)."""
    frame = world.book.keyed("frames", "frame")[act.row.frame]
    source = first(act, above, scene, world, frame.source)
    target = addressee(act, above, scene, world, told, frame, source)
    if not source.codes:
        source = by_inner(act, above, scene, world, told)
    if frame.mutual == "yes":
        source, target = mutual(source, target)
    elif source.codes and target.codes and len(set(source.countries + target.countries)) == 1:
        target = NOBODY  # nobody acts on itself
    if not target.codes and len(source.countries) > 1 and act.row.event in ("CONSULT", "SUPPORT", "AGREE"):
        target = source
    return filled(act, above, scene, world, told, source, target, frame)


def first(act, above, scene, world, roles, taken=()):
    """The Side of the first role that names an actor, who is not `taken` already."""
    for step in filter(None, roles.split(";")):  # 'to', 'above to'
        *over, role = step.split()
        if over and role == "subj" and above and above[-1].row.kind in ("accuse", "urge", "reject", "praise", "threat"):
            continue  # who speaks of it is not who does it
        if role == "speaker" and (spoken := speaker(act, scene, world)) and spoken[0] not in taken:
            return Side(tuple(spoken), role)
        tokens = (act.roles.above if over else act.roles).get(role, ())
        for token in (t for t in tokens if not no_side(act, role, t, scene)):
            named = scene.actors(token) or (scene.towns_of([token]) if act.row.kind in GROUND else [])
            listed = [c for c in token.head.children if token.dep_ == c.dep_ == "nsubj" and c.i > token.i]
            named = named + [c for t in listed for c in scene.actors(t)] if named else []  # 'the US, Russia, and Iran'
            found = [code for c in named if (code := world.merged(c)) not in taken]
            if found:
                return Side(tuple(dict.fromkeys(found)), role, (token,), bool(over))
    return NOBODY


def no_side(act, role, token, scene):
    """True for a thing where its owner is not meant: 'condemned the Russian contract'."""
    if act.row.kind == "talk" and role in PLACES:  # 'met at a U.N. session' is no talk with the United Nations
        return (m := scene.actor_at(token)) is None or m.basis not in CAPITALS
    return role in ("obj", "csubj") and is_thing(token, scene)


def is_thing(token, scene):
    """True for a weapon, a deal or an act, which is no actor though 'the Russian contract' names a country."""
    return token.lemma_.lower() in scene.book.words("things")


def speaker(act, scene, world):
    """The country of the one who says the sentence."""
    return [world.merged(c) for cell in scene.country_of(scene.speaker_at(act.token)) for c in cell.split(";")]


def addressee(act, above, scene, world, told, frame, source):
    """The target by the frame; who condemns 'Russia's sale to Iran' means the seller, not the buyer behind 'to', and
    who refuses a request the one who made it."""
    if frame.fill == "supplier" and act.inner:
        target = first(act, above, scene, world, NEAR, source.codes)
        supplier = [c for c in inner_supplier(act, above, scene, world, told) if c not in source.countries]
        if target.codes or supplier:
            return target if target.codes else Side((supplier[0],), "inner")
    blows = [i for i in act.inner if i.row.kind == "strike" and act.row.kind == "threat"]
    if blows:  # 'threatened to bomb the battery'
        return Side(sides_of(blows[0], (*above, act), scene, world, told)[1].codes, "inner")
    if act.row.event == "REJECT":
        asks = [sides_of(i, (*above, act), scene, world, told)[0] for i in act.inner
                if i.row.kind in ("urge", "request", "order", "threat", "agree")]
        askers = tuple(dict.fromkeys(c for s in asks for c in s.countries))
        if askers and not set(askers) & set(source.countries):
            return Side(askers, "inner")
    return first(act, above, scene, world, frame.target, source.codes)


def by_inner(act, above, scene, world, told):
    """The source of an act by the acts below it: who refuses an appeal is the member of the pair to whom it was made,
    who lifts 'the Russian ban' is who imposed it."""
    inner = [(i.row.kind, *sides_of(i, (*above, act), scene, world, told)) for i in act.inner]
    if act.row.event == "REJECT" and act.roles["subj"]:
        found = [t for kind, _, t in inner if kind in ("urge", "request") and set(t.countries) <= set(world.pair)]
    else:
        found = [s for kind, s, _ in inner if kind == "ban" and act.row.kind == "lift" and not s.filled]
    return next((Side(s.codes, "inner", s.words) for s in found if s.codes), NOBODY)


def inner_supplier(act, above, scene, world, told):
    """The countries of the source of the act below, where it has both sides."""
    inner = (sides_of(i, (*above, act), scene, world, told) for i in act.inner)
    return next((source.countries for source, target in inner if source.codes and target.codes), [])


def mutual(source, target):
    """Both sides of a mutual act, in the order of mention."""
    both = tuple(dict.fromkeys(source.codes + target.codes))
    if len(set(countries(both))) < 2 or source.codes and target.codes:
        return source, target
    side = source if source.codes else target
    return Side(both, side.role, side.words), Side(both, "", side.words)


# ---------------------------------------------------------------- what the article fixes
def filled(act, above, scene, world, told, source, target, frame):
    """(source, target) with missing sides by the `fill` of the frame."""
    how = frame.fill
    if how == "pair":
        return by_pair(act, scene, world, source, target)
    if how in ("supplier", "accuser") and source.codes and not target.codes:
        goal = addressed(act, above, scene, world, told, source, how)
        return (source if goal or how == "accuser" else NOBODY), Side(tuple(goal), "article" if goal else "")
    if target.codes and not source.codes and (how == "sanctioner" or how == "supplier" and act.row.kind in (
            "ban", "lift")):
        return Side(tuple(told.sanctioner(target.countries)), "article"), target
    return on_the_ground(act, scene, world, source, target, how)


def by_pair(act, scene, world, source, target):
    """(source, target) with the missing member of the pair; with both by who usually supplies."""
    if other_customer(act, scene, world) or other_maker(act, scene, world):
        return source, target
    documents = world.book.words("documents")
    heads = [t for t in act.roles["subj"] if t.dep_ == "nsubj" and t.lemma_.lower() in documents]
    if heads and not source.codes:  # 'the bill would prohibit agreements, Senator X said'
        return Side(tuple(speaker(act, scene, world)), "speaker"), target
    side = (source.countries or target.countries or [""])[0]
    missing = Side((world.other(side),), "article") if side in world.pair else NOBODY
    if source.codes or target.codes:
        if not target.codes:
            return source, missing
        return source if source.codes else missing, target
    if act.row.kind in ("talk", "visit"):
        return source, target
    return Side((world.supplier,), "article"), Side((world.other(world.supplier),), "article")


def other_customer(act, scene, world):
    """True where the clause names another customer of the pair, and the sentence not both of the pair: whose act it is
    stays open ('the battery bought by Cyprus was sent to Crete')."""
    sentence = act.token.sent
    if set(world.pair) <= scene.named_in(sentence):
        return False
    tokens = [t for top in (sentence.root, act.token) for t in within_clause(top)]
    tokens += [t for s in act.roles["subj"] + act.roles["obj"] for t in s.subtree]
    met = {m.country for t in tokens if (m := scene.actor_at(t)) and m.kind != "place"}
    return world.elsewhere or bool(met & world.book.customers)


def other_maker(act, scene, world):
    """True for goods that a third state makes: who sold or bought them stays open ('denied that it had bought American
    F-16 fighters')."""
    made = {m.country for t in within_clause(act.token) if (m := scene.weapon_at(t))}
    return act.row.kind in ("give", "take") and bool(made) and not made & {"", *world.pair}


def addressed(act, above, scene, world, told, source, how):
    """Whom a reproach, a ban or an answer without an addressee means, as a list of countries; [] for nobody."""
    own, pair = source.countries, world.pair
    if how == "supplier" or own[0] not in pair:  # a third party's judgement is of the supplier
        return responsible(act, above, scene, world, told, own)
    found = told.last_accuser(own) or third_in(act, scene, world)
    return found or ([world.other(own[0])] if act.row.frame == "reject" else [])


def responsible(act, above, scene, world, told, own):
    """Whom a reproach or ban of `own` is against: a side of the act below it, else the accuser or the supplier."""
    pair, ban = world.pair, act.row.kind == "ban"
    if ban and own[0] in pair:
        return [world.other(own[0])]
    if own[0] in pair:
        answers = act.row.kind not in ("praise", "claim", "lift")
        other = [] if act.row.kind == "threat" else [world.other(own[0])]  # a threat may be made to anybody
        return answers and told.last_accuser(own) or other
    return [world.supplier]


def third_in(act, scene, world):
    """Third parties named in the sentence of an act."""
    found = [m.country for m in scene.inside(act.token.sent) if m.kind == "actor" and m.basis != "media"]
    return list(dict.fromkeys(c for c in found if len(c) == 3 and c not in world.pair))


# ---------------------------------------------------------------- who holds a weapon, whose town it is
def holder(tokens, scene, world):
    """(who of the pair holds the weapon named among the tokens, for the other made it); () for none."""
    made = {m.country for t in tokens for x in within_clause(t) if (m := scene.weapon_at(x))} & set(world.pair)
    return tuple(c for c in world.pair if c not in made) if len(made) == 1 else ()


def on_the_ground(act, scene, world, source, target, how):
    """(source, target) of acts on the ground, by the `fill` of their frame: a crowd is of the place, a weapon in the
    hands of its buyer."""
    own = {*source.countries, *target.countries}
    if how == "crowd" and target.codes and not source.codes:
        places = [m.country for m in scene.inside(act.token.sent) if m.kind == "place"]
        crowd = tuple(dict.fromkeys(c for c in places if c not in own))
        return Side(crowd if len(crowd) == 1 else (), "sentence"), target
    if how == "blow":
        return blow(act, scene, world, source, target)
    if how == "holder" and not source.codes:
        held = holder(act.roles["obj"] + act.roles["of"], scene, world)
        return Side(held, "article" if held else ""), target
    return source, target


def blow(act, scene, world, source, target):
    """(source, target) of a blow: a town stands for its country, a weapon that strikes or is struck for its holder."""
    roles, used = act.roles, act.row.kind == "use"
    if not target.codes:
        towns = scene.towns_of([t for r in STRUCK for t in roles.get(r, ())])
        held = () if used else holder(roles["obj"] + roles["of"], scene, world)
        found = [c for c in towns if c not in source.codes][:1] or [c for c in held if c not in source.codes]
        target = Side(tuple(found), "place" if towns else "article") if found else target
    if not source.codes:
        armed = roles["obj" if used else "subj"] + [t for r in ("with", "by", "from") for t in roles.get(r, ())]
        held = [c for c in holder(armed, scene, world) if c not in target.codes and c == world.pair[0]]
        source = Side(tuple(held), "article") if held else source  # the supplier's arms may as well be its own
    return source, target
