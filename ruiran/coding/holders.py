"""Who holds a weapon of the pair, where a sentence does not say it: the one of the two that did not make it."""
from ..reading.grammar import severed

INSTRUMENT = ("with", "by", "from")  # roles in which a weapon is what strikes


def maker(act, scene, pair):
    """The member of the pair that makes the weapon among the act's words; '' where none does."""
    made = [m["country"] for t in act.token.subtree if (m := scene.weapon_at(t))]
    return next((c for c in made if c in pair), "")


def holder(tokens, scene, pair):
    """[who of the pair holds the weapon named among the tokens, for the other made it]; [] for none."""
    words = [x for t in tokens for x in t.subtree if not severed(x, t)]
    made = {m["country"] for x in words if (m := scene.weapon_at(x)) and m["country"] in pair}
    return [c for c in pair if c not in made] if len(made) == 1 else []


def fill_blow(act, scene, source, target, pair):
    """(source, target, basis) of a blow: a town stands for its country, a weapon that strikes or is struck for who
    holds it."""
    roles, used = act.roles, act.row.kind == "use"
    struck = [t for r in ("obj", "at", "on", "against", "into", "in", "to", "of", "near") for t in roles.get(r, ())]
    basis = ""
    if not target and (found := [c for c in scene.towns_of(struck) if c not in source][:1]):
        target, basis = found, "place"
    if not target and not used:
        target = [c for c in holder(roles["obj"] + roles.get("of", []), scene, pair) if c not in source]
        basis = "article" if target else basis
    if not source:
        armed = roles["obj"] if used else roles["subj"]
        armed = armed + [t for r in INSTRUMENT for t in roles.get(r, ())]
        held = holder(armed, scene, pair)  # the usual supplier's arms may as well be in its own hands
        source = [c for c in held if c not in target and c == pair[0]]
        basis = "article" if source else basis
    return source, target, basis


def fill_by_place(act, scene, source, target, how, pair):
    """(source, target, basis) of acts on the ground, by the `fill` of their frame: a crowd is of the place, a weapon
    in the hands of its buyer, a cargo of the one of the pair whom its phrase names."""
    own = {c.split(":")[0] for c in source + target}
    if how == "crowd" and target and not source:
        places = [m["country"] for m in scene.inside(act.token.sent) if m["kind"] == "place"]
        crowd = list(dict.fromkeys(c for c in places if c and c not in own))
        return crowd if len(crowd) == 1 else [], target, "sentence"
    if how == "blow":
        return fill_blow(act, scene, source, target, pair)
    if how == "holder" and not source:
        source = holder(act.roles["obj"] + act.roles["of"], scene, pair)
        return source, target, "article" if source else ""
    if how == "cargo" and source and not target:  # 'a cargo of Russian parts bound for Iran'
        named = scene.named_below(act.roles["obj"] + act.roles["of"])
        target = list(dict.fromkeys(c for c in named if c in pair and c not in own))
        return source, target, "cargo" if target else ""
    return source, target, ""


def stands_in(act, scene, lands, book):
    """True where what an act builds stands in a town of one of the lands: 'the plant at Bushehr'."""
    built = [m["text"] for m in scene.inside(act.token.sent) if m["kind"] == "weapon"]
    towns = [r for r in book.rows("places") if r.country in lands]
    near = set(scene.towns_of([t for r in ("obj", "at", "in", "near") for t in act.roles[r]])) & set(lands)
    return bool(near) or any(r.regex.search(b) for r in towns for b in built)
