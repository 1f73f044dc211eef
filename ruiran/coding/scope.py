"""What is in scope: acts of the codebook's pair on arms, plant and space, and those of third parties about them."""
from .sides import FILLED

NAMED = ("visit-to", "raise", "together")  # frames that need both sides in the sentence
TRADE = "deal"  # the row of `subject` with words of any trade: grain has contracts and deliveries, too
LOOSE = ("", "ties", "deal", "it", "concern")          # themes that leave open whether arms are meant


def article_in_scope(paragraphs, mentions, book):
    """True where both of the pair are named, and a weapon, or in the headline or the lead a word of `subject` that is
    not of any trade."""
    return not left_out(paragraphs, mentions, book)


def left_out(paragraphs, mentions, book):
    """Why an article is not about the pair's arms, in words; '' where it is."""
    named = {m.country for m in mentions if m.kind in ("actor", "person", "place") and m.basis != "town"}
    named |= {c for m in mentions for c in m.code.split(";")}
    armed = any(m.kind == "weapon" and m.basis == "printed" for m in mentions)
    return why([code for code in book.pair if code not in named], armed, paragraphs, book)


def why(missing, armed, paragraphs, book):
    """The same of an article that does not name the states `missing`, and in which a system is named where `armed`."""
    if missing:
        return f"names no {' and no '.join(book.names().get(code, code) for code in missing)}"
    return "" if armed or speaks_of_arms(head_of(paragraphs), book) else (
        "names no weapon, and neither its headline nor its lead speaks of arms, plant or space")


def head_of(paragraphs):
    """The text of the headline and the first paragraphs."""
    return " ".join(p.text for p in [p for p in paragraphs if p.kind in ("headline", "subhead", "body")][:4])


def speaks_of_arms(text, book):
    """True for words of arms, plant or space; those of any trade are none."""
    return any(r.rule != TRADE and r.regex.search(text) for r in book.near("subject", text))


# ---------------------------------------------------------------- are the sides enough
def enough(act, source, target, book):
    """True where the sides of an act are enough to code it: what is needed depends on its kind, and on verb or noun."""
    row, both = act.row, bool(source.codes and target.codes)
    kind = book.keyed("kinds", "kind")[row.kind]
    named = [s for s in (source, target) if s.codes and not s.filled]
    if act.passed and row.kind != "coop" or row.kind in ("use", "seize") or row.frame in NAMED:
        return both
    if row.kind in ("talk", "visit"):
        return bool(named) and not (row.kind == "talk" and (source.filled or target.filled))
    if row.kind in ("coop", "agree", "wish") and (not named or row.kind == "coop" and source.above):
        return False
    if row.kind == "build" and not named:
        return False
    if act.token.pos_ not in ("NOUN", "PROPN"):
        return bool(named) or bool(row.theme or row.over) and verb_alone(act)
    if row.frame in ("mutual", "accord") and row.pos == "noun" or row.event == "SUPPORT" and row.kind == "deal":
        return both and len(named) == 2
    if kind.noun == "one":  # 'the Iranian threat' is a danger that nobody utters
        bare = source.role == "mod" and not any(c.dep_ in ("prep", "acl") for c in act.token.children)
        return source in named and not source.above and not (bare and kind.describes == "yes")
    return len(named) == 2 or half(act, source, target)


def verb_alone(act):
    """True for a verb that names no side but tells its act: not for a loose participle without a day of its own."""
    loose = act.token.dep_ in ("acl", "relcl") and act.row.theme != "deal"
    return not loose or any(t.ent_type_ == "DATE" for t in act.token.subtree)


def half(act, source, target):
    """True for a noun that names one side and what is dealt in ('the delivery to Tehran of S-300 missiles'), or who
    lifts or bans it ('Putin's annulment of the ban')."""
    side = target if source.role in ("", *FILLED) else source
    first = "" if side.above else side.role
    if act.row.kind in ("lift", "ban", "leave"):
        return first in ("poss", "by", "inner") and act.token.dep_ in ("nsubj", "nsubjpass", "dobj")
    return act.row.kind in ("give", "take") and first in ("poss", "by", "to", "from")


# ---------------------------------------------------------------- is it the pair's business
def in_scope(source, target, pair, reach):
    """True for acts of the pair with each other; for third parties' acts where one side belongs to the pair. `reach`
    is the row's scope: pair, both, spoken, third, any or world."""
    sides = set(source.countries) | set(target.countries)
    own = sides & set(pair)
    if reach == "pair":
        return len(own) == 2 and all(set(s.countries) & own for s in (source, target))
    if reach in ("both", "spoken"):
        return bool(source.codes and target.codes and own)
    if reach == "third":
        return bool(source.codes and own) and not own & set(source.countries)
    return bool(source.codes) and bool(own or reach == "world")


def holds(act, scene, sentence, source, target, world):
    """True where the act is the pair's business: about it, not another customer's, and tied to its trade."""
    return not other_business(scene, sentence, world.book) and tied(act, scene, sentence, source, world) and about_arms(
        act, scene, sentence, source, target, world) and not elsewhere(act, scene, sentence, source, target, world)


def other_business(scene, sentence, book):
    """True for a sentence on sport, and for one on trade, travel or disasters that names no arms."""
    words = {t.lemma_.lower() for t in sentence} | {f"{t.lower_} {t.nbor().lemma_.lower()}" for t in sentence[:-1]}
    armed = any(m.kind == "weapon" for m in scene.inside(sentence))
    return bool(words & book.words("games")) or not armed and bool(words & book.words("other_business"))


def about_arms(act, scene, sentence, source, target, world):
    """True where the text so far speaks of arms, nuclear plant or space, or the row needs no such words."""
    row, sides = act.row, {*source.countries, *target.countries}
    if row.theme not in LOOSE:
        return True
    if row.free == "yes" and (sides >= set(world.pair) or row.kind not in ("talk", "visit")):
        return True
    if any(m.kind == "weapon" and m.start < scene.p.start + sentence.end_char for m in scene.mentions):
        return True
    told = f"{scene.before} {scene.p.text[:sentence.end_char]}"  # a reply often has a paragraph to itself
    return any(r.regex.search(told) for r in world.book.near("subject", told))


def elsewhere(act, scene, sentence, source, target, world):
    """True for a deal or talk with another customer, where the sentence does not name the pair's other member."""
    sides, pair = {*source.countries, *target.countries}, set(world.pair)
    if sides & world.book.words("other_tables"):
        return True
    if act.row.kind == "deal" and len(sides & pair) == 1 and not pair <= scene.named_in(sentence) | sides:
        return True  # an accord of one of the two with a third party, and no word of the other
    third = sides & world.book.customers
    if world.book.keyed("kinds", "kind")[act.row.kind].customers != "yes" or len(sides & pair) != 1 or not third:
        return False
    aside = {x.i for t in act.token.subtree if t.dep_ == "appos" for x in t.subtree}
    near = [m for t in sentence if t.i not in aside and (m := scene.actor_at(t))]
    return not (pair - sides) & {c for m in near for c in (m.country, *m.code.split(";"))}


def tied(act, scene, sentence, source, world):
    """False for a blow by a weapon that none of the other side made, and for an alert or a seizure whose sentence names
    neither arms nor both members of the pair."""
    made = {m.country for m in scene.inside(sentence) if m.kind == "weapon"}
    if act.row.kind == "strike":
        return bool(made & set(world.pair) - set(source.countries))
    if act.row.kind not in ("alert", "seize") or made & set(world.pair):
        return True
    return act.row.kind == "seize" and (scene.named_in(sentence) >= set(world.pair) or bool(made) or any(
        r.regex.search(sentence.text) for r in world.book.near("subject", sentence.text)))


def reach_of(act, scene, sentence, world):
    """`world` where a third party asks another about the pair's weapons, else the row's own scope."""
    named = {m.country for m in scene.inside(sentence) if m.kind in ("actor", "place", "person") and m.basis != "town"}
    weapon = any(m.kind == "weapon" for m in scene.inside(sentence))
    return "world" if act.row.kind == "urge" and weapon and named & set(world.pair) else act.row.scope

