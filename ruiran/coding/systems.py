"""Which weapons an act is about: those its own words name, else the one system that they refer to."""
DEALT = ("give", "take", "deal", "ban", "lift", "order", "wish", "claim", "agree", "reply", "train")


class Systems:
    """The weapons of one article's acts; keeps what each paragraph dealt in last."""

    def __init__(self, book, mentions, pair):
        self.book, self.pair = book, pair
        self.weapons = [m for m in mentions if m["kind"] == "weapon"]
        self.kinds = {r.code: r for r in book.rows("weapons")}
        self.only = self.only_system()
        self.last_weapon = {}  # by paragraph: what 'two more' are more of

    def of(self, act, scene, sentence):
        """Codes of the weapons of an act; words that only refer mean the one named system."""
        found = self.own(act, scene)
        named = [c for c in found if self.kinds[c].generic != "yes" and c != c.lower()]  # not a class
        near = self.near(scene, sentence)
        if not named and len(near) == 1 and act.row.kind in DEALT:
            named = sorted(near)
        if not named and self.refers(act, scene):
            linked = self.linked(found, scene) or (self.last_weapon.get(scene.p.start, "") if not found else "")
            named = [linked] if linked else []
        weapons = named or found
        if len(weapons) == 1:
            self.last_weapon[scene.p.start] = weapons[0]
        return weapons

    def own(self, act, scene):
        """Codes of the weapons in an act's own words, those of the acts below it and those of the act above it."""
        tokens = [t for a in (act, *act.inner) for t in words_of(a, scene)]
        if act.outer is not None:
            tokens += list(act.outer.token.subtree)
        mentions = filter(None, map(scene.weapon_at, tokens))
        codes = (self.usual(m) for m in mentions if m["code"] and not self.foreign(m))
        return list(dict.fromkeys(codes))

    def usual(self, m):
        """The code of a mention; what only refers is the article's system, not its variant that was named last."""
        same = self.only and self.family(m["code"]) == self.family(self.only)
        return self.only if m["basis"] == "reference" and same else m["code"]

    def near(self, scene, sentence):
        """Codes of the systems of the pair that the sentence names."""
        named = [m for m in scene.inside(sentence) if m["kind"] == "weapon" and self.printed(m)]
        return {m["code"] for m in named if self.dealt_in(m)}

    def refers(self, act, scene):
        """True where an act may be about a weapon that it does not name: 'the sale', 'the missiles', or any trade."""
        armed = any(m["kind"] == "weapon" for m in scene.inside(act.token.sent))
        if act.row.event == "CONSULT" or act.row.stage == "sanction" and not armed or self.general(act):
            return False
        meant = self.book.words("meant")
        behind = [t for t in act.token.subtree if t.i > act.token.i]
        charge = act.row.kind == "accuse" and any(t.lemma_.lower() in meant for t in behind)
        return charge or any(a.row.kind in DEALT for a in (act, *act.inner))

    def general(self, act):
        """True for 'signed an agreement on military cooperation': not the deal on the article's weapon."""
        return act.row.kind == "deal" and any(t.lemma_.lower() in self.book.words("theme_ties")
                                              for o in [act.token, *act.roles["obj"]] for t in o.subtree)

    def linked(self, found, scene):
        """The system meant: of a like kind, the article's only one or the last one named; '' where open."""
        if not found:
            last, here = self.last_system(scene), self.named_here(scene)
            same = last and self.only and self.family(last) == self.family(self.only)
            return last if not self.only or same and here else self.only
        alike = {m["code"] for m in self.weapons if self.printed(m) and any(self.alike(c, m["code"]) for c in found)}
        return min(alike, key=lambda c: (c != self.only, c)) if self.one_family(alike) else ""

    def alike(self, generic, code):
        """A generic word may mean the system: 'anti-aircraft missiles' a Tor-M1, not a submarine."""
        a, b = self.kinds[generic].category, self.kinds[code].category
        return generic != "weapon (unspecified)" and (a == b or f"{a} > {b}" in self.book.words("alike"))

    def named_here(self, scene):
        """True where the paragraph itself names a system of the pair."""
        return any(scene.p.start <= m["start"] < scene.p.end and self.printed(m) for m in self.weapons)

    def last_system(self, scene):
        """The system of the pair last named up to the paragraph's end; '' where the lines around it name several."""
        before = [m for m in self.weapons if m["basis"] in ("printed", "reference") and m["code"]
                  and m["country"] in self.pair and m["start"] < scene.p.end]
        if not before:
            return ""
        last = before[-1]
        near = [m["code"] for m in before if last["line"] - m["line"] <= 1]
        return last["code"] if self.one_family(near) else ""

    def only_system(self):
        """The system named most often, where all that the pair deals in are of one family; '' where several are."""
        named = [m["code"] for m in self.weapons if self.printed(m) and self.dealt_in(m)]
        return max(sorted(set(named)), key=named.count) if self.one_family(named) else ""

    def printed(self, m):
        """True for a weapon of the pair that is printed by name."""
        return m["basis"] == "printed" and m["country"] in self.pair

    def dealt_in(self, m):
        """True for a weapon of a category in which deals are made."""
        return self.kinds[m["code"]].category in self.book.words("deal_categories")

    def foreign(self, m):
        """True for a weapon that a third country makes, or that is none of the trade."""
        return bool(m["country"]) and m["country"] not in self.pair or self.kinds[m["code"]].category == "other"

    def family(self, code):
        """The family of a weapon, or the weapon itself."""
        return self.kinds[code].family or code

    def one_family(self, codes):
        """True where the weapons, one or more, are of one family."""
        return len({self.family(c) for c in codes}) == 1


def words_of(act, scene):
    """The tokens below an act, and those in its objects and subjects that are no actors."""
    yield from act.token.subtree
    for token in (o for role in ("obj", "subj") for o in act.roles[role]):
        yield from (x for x in (token, *token.subtree) if not scene.actor_at(token))
