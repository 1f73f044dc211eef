"""Is an act the pair's at all, where the sentence leaves a side open: another customer, or a person of no country."""
from ..reading.grammar import severed


def about_another(mentions, pair, book):
    """True where an article names another customer more often than one of the pair."""
    named = [m["country"] for m in mentions if m["kind"] in ("actor", "person", "place")]
    least = min(map(named.count, pair))
    return any(named.count(c) > least for c in book.words("other_customers"))


def other_customer(act, scene, pair, elsewhere):
    """True where the clause names another customer of the pair, and the sentence not both of the pair: whose act it is
    stays open ('the battery bought by Cyprus was sent to Crete'). `elsewhere`: the article is about another one."""
    end = scene.p.start + act.token.sent.end_char
    inside = [m for m in scene.mentions if m["start"] < end] if elsewhere else scene.inside(act.token.sent)
    codes = [c for m in inside if m["kind"] in ("actor", "person", "place") for c in (m.get("country"), m.get("code"))]
    if set(pair) <= {c.split(":")[0] for c in codes if c}:
        return False
    met = {m["country"] for t in clause_of(act) if (m := scene.actor_at(t)) and m["kind"] != "place"}
    return elsewhere or bool(met & scene.book.words("other_customers"))


def clause_of(act):
    """The tokens of an act's clause and of the main clause, and all that stands below its subject and object."""
    tops = (act.token.sent.root, act.token)
    clause = [t for top in tops for t in top.subtree if not severed(t, top)]
    return clause + [t for s in act.roles["subj"] + act.roles["obj"] for t in s.subtree]


def stranger(act, scene, frame):
    """True where a side of a verb is a person of no known country, so that the article cannot fill it in."""
    roles = [r for r in (frame.source + ";" + frame.target).split(";") if r in ("subj", "dative", "to", "by")]
    people = [m for r in roles for t in act.roles.get(r, ()) if (m := scene.actor_at(t)) and m["kind"] == "person"]
    return any(not m["country"] for m in people)


def in_scope(source, target, pair, kind):
    """True for acts of the pair with each other; for third parties' acts where one side belongs to the pair."""
    sides = set(countries(source)) | set(countries(target))
    own = sides & set(pair)
    if kind == "pair":
        return all(set(countries(side)) & own for side in (source, target)) and len(own) == 2
    if kind in ("both", "spoken"):  # spoken: an answer or a charge, as the frame has found it
        return bool(source) and bool(target) and bool(own)
    if kind == "third":
        return bool(source) and not own & set(countries(source)) and bool(own)
    return bool(source) and bool(own or kind == "world")


def countries(codes):
    """The countries of actor codes, in order, each once."""
    return list(dict.fromkeys(c.split(":")[0] for c in codes))
