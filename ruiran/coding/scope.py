"""What is in scope: acts of the codebook's pair on arms, plant and space, and those of third parties about them."""
from .customers import countries

# Kinds of act that a seller has with each of its customers; a reproach or a threat by one of them is another matter.
BETWEEN = tuple("give take deal talk visit coop agree wish order request aid train leave urge".split())

# Kinds of act that take up what a paragraph before has told.
ANSWERING = tuple("accuse reject praise urge agree threat ban lift claim".split())


def article_in_scope(paragraphs, mentions, book):
    """True where both of the pair are named, and a weapon, or in the headline or the lead a word of `subject`."""
    scope = {r.name: r.value for r in book.rows("scope")}
    named = {m["country"] for m in mentions if m["kind"] in ("actor", "person", "place") and m["basis"] != "town"}
    named |= {c for m in mentions for c in m.get("code", "").split(";")}
    if not {scope["supplier"], scope["recipient"]} <= named:
        return False
    head = " ".join(p.text for p in [p for p in paragraphs if p.kind in ("headline", "subhead", "body")][:4])
    if any(r.regex.search(head) for r in book.near("subject", head)):
        return True
    return any(m["kind"] == "weapon" and m["basis"] == "printed" for m in mentions)


class Scope:
    """Decides for one article which acts are the pair's business; `pair` are the two countries of the codebook."""

    def __init__(self, book, pair):
        self.book, self.pair = book, pair

    def holds(self, act, scene, sentence, source, target):
        """True where the act is the pair's business: about it, not another customer's, and tied to its trade."""
        return (not self.other_business(scene, sentence) and not self.elsewhere(act, scene, sentence, source, target)
                and self.about_the_pair(act, scene, sentence, source, target)
                and self.tied(act, scene, sentence, source))

    def other_business(self, scene, sentence):
        """True for a sentence on sport, and for one on trade, travel or disasters that names no arms."""
        words = {t.lemma_.lower() for t in sentence} | {f"{t.lower_} {t.nbor().lemma_.lower()}" for t in sentence[:-1]}
        if words & self.book.words("games"):
            return True
        armed = any(m["kind"] == "weapon" for m in scene.inside(sentence))
        return not armed and bool(words & self.book.words("other_business"))

    def about_the_pair(self, act, scene, sentence, source, target):
        """True where the text so far speaks of arms, nuclear plant or space, or the row needs no such words."""
        row, sides = act.row, set(countries(source)) | set(countries(target))
        if row.theme not in ("", "ties", "deal", "it", "concern") or any(i.row.theme == "weapon" for i in act.inner):
            return True
        if row.free == "yes" and (len(sides & set(self.pair)) == 2 or row.kind not in ("talk", "visit")):
            return True
        if any(m["kind"] == "weapon" and m["start"] < scene.p.start + sentence.end_char for m in scene.mentions):
            return True
        told = scene.p.text[:sentence.end_char]
        if act.row.kind in ANSWERING and act.token.pos_ == "VERB" and sides & set(self.pair):
            told = f"{scene.before} {told}"  # a reply or a reproach often has a paragraph to itself
        return any(r.regex.search(told) for r in self.book.near("subject", told))

    def elsewhere(self, act, scene, sentence, source, target):
        """True for a deal or talk with another customer, where the sentence does not name the pair's other member."""
        sides, pair = set(countries(source)) | set(countries(target)), set(self.pair)
        third = sides & self.book.words("other_customers")
        if sides & self.book.words("other_tables"):
            return True
        if act.row.kind not in BETWEEN or len(sides & pair) != 1 or not third:
            return False
        return not (pair - sides) & self.named_with(act, scene, sentence)

    def named_with(self, act, scene, sentence):
        """The countries that a sentence names, but for asides: 'a problem not unknown in Tehran', 'of Russian make'."""
        aside = {x.i for t in act.token.subtree if t.dep_ == "appos" for x in t.subtree}
        made = {t.i for t in sentence if scene.weapon_at(t.head) or t.head.lemma_ in self.book.words("makes")}
        near = [m for t in sentence if t.i not in aside | made and (m := scene.actor_at(t))]
        return {c for m in near for c in (m["country"], *m.get("code", "").split(";"))}

    def tied(self, act, scene, sentence, source):
        """False for a blow without a tie to the pair's trade, by a weapon that the other made or against one; and for
        an alert or a seizure whose sentence names neither arms nor both members of the pair."""
        if act.row.kind in ("alert", "seize"):
            return self.arms_named(scene, sentence, act.row.kind == "alert")
        if act.row.kind != "strike":
            return True
        makers = {m["country"] for m in scene.inside(sentence) if m["kind"] == "weapon"} & set(self.pair)
        return bool(makers - set(countries(source)))

    def arms_named(self, scene, sentence, system):
        """True where a sentence names both of the pair, a system of theirs, or, without `system`, any word of arms."""
        inside = scene.inside(sentence)
        made = [m for m in inside if m["kind"] == "weapon" and (not system or m["country"] in self.pair)]
        named = {m["country"] for m in inside if m["kind"] in ("actor", "person", "place")}
        subject = not system and any(r.regex.search(sentence.text) for r in self.book.near("subject", sentence.text))
        return bool(made) or subject or named >= set(self.pair)

    def reach(self, act, scene, sentence):
        """`world` where a third party asks another about the pair's weapons, else the row's own scope."""
        inside = scene.inside(sentence)
        named = {m["country"] for m in inside if m["kind"] in ("actor", "place", "person")
                 and m["basis"] != "town"} & set(self.pair)
        weapon = any(m["kind"] == "weapon" for m in inside)
        return "world" if act.row.kind == "urge" and named and weapon else act.row.scope
