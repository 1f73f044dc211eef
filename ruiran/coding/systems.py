"""Which weapons an act is about: those its own words name, else the one system that they refer to."""
from ..naming.links import only_system


class Systems:
    """The weapons of one article: `printed` are the mentions of the pair's systems by name, `only` is the one named
    most often where all that the pair deals in are of one family, else ''."""

    def __init__(self, book, mentions):
        self.book, self.rows, self.kinds = book, book.keyed("weapons", "code"), book.keyed("kinds", "kind")
        self.named = [m for m in mentions if m.kind == "weapon" and m.code and m.country in book.pair]
        self.printed = [m for m in self.named if m.basis == "printed"]
        dealt = [m.code for m in self.printed if self.rows[m.code].category in book.words("deal_categories")]
        self.only = max(sorted(set(dealt)), key=dealt.count) if self.one_family(dealt) else ""

    def of(self, act, above, scene, before):
        """(codes of the weapons of an act, what they rest on); `before` is the weapon of the act told last in the
        paragraph, '' for none: what 'two more' are more of."""
        found = self.own(act, above, scene)
        named = [c for c in found if self.rows[c].generic != "yes" and c != c.lower()]  # not a class
        if named:
            return named, "named"
        if self.refers(act, scene) and (meant := self.meant(found, scene) or ("" if found else before)):
            return [meant], "the system that is meant"
        return found, "named" if found else ""

    def own(self, act, above, scene):
        """Codes of the weapons in an act's own words, those of the acts below it and those of the act above it."""
        tokens = [t for a in (act, *act.inner) for t in words_of(a, scene)]
        tokens += list(above[-1].token.subtree) if above else []
        mentions = [m for t in tokens if (m := scene.weapon_at(t)) and m.code and not self.foreign(m)
                    and not gapped(act, t, scene)]
        return list(dict.fromkeys(m.code for m in mentions))

    def refers(self, act, scene):
        """True where an act may be about a weapon that it does not name: 'the sale', 'the missiles', or any trade."""
        armed = any(m.kind == "weapon" for m in scene.inside(act.token.sent))
        ties = self.book.words("theme_ties")  # 'signed an agreement on military cooperation'
        general = act.row.kind == "deal" and any(
            t.lemma_.lower() in ties for o in [act.token, *act.roles["obj"]] for t in o.subtree)
        if act.row.event == "CONSULT" or act.row.stage == "sanction" and not armed or general:
            return False
        return any(self.kinds[a.row.kind].dealt == "yes" for a in (act, *act.inner))

    def meant(self, found, scene):
        """The system meant: of a like kind, the article's only one or the last one named; '' where open."""
        if found:
            alike = {m.code for m in self.printed if any(self.alike(c, m.code) for c in found)}
            return min(alike, key=lambda c: (c != self.only, c)) if self.one_family(list(alike)) else ""
        last = self.last(scene)
        here = any(scene.p.start <= m.start < scene.p.end for m in self.printed)
        return last if not self.only or last and here and self.one_family([last, self.only]) else self.only

    def last(self, scene):
        """The system of the pair last named up to the paragraph's end; '' where the lines around it name several."""
        before = [m for m in self.named if m.basis in ("printed", "reference") and m.start < scene.p.end]
        near = [m.code for m in before if before[-1].line - m.line <= 1]
        return before[-1].code if self.one_family(near) else ""

    def alike(self, generic, code):
        """A generic word may mean the system: 'anti-aircraft missiles' a Tor-M1, not a submarine."""
        a, b = self.rows[generic].category, self.rows[code].category
        return generic != "weapon (unspecified)" and (a == b or (a, b) in self.book.related("means"))

    def foreign(self, m):
        """True for a weapon that a third country makes, or that is none of the trade."""
        return bool(m.country) and m.country not in self.book.pair or self.rows[m.code].category == "other"

    def one_family(self, codes):
        """True where the weapons, one or more, are of one family."""
        return bool(only_system(codes, self.book))


def gapped(act, token, scene):
    """The date of the missiles in 'sold tanks in 1998, and in 2006 missiles', a time of their own; None for others."""
    doc, first = token.doc, scene.p.start
    dates = [m for m in scene.inside(act.token.sent) if m.kind == "date"
             and act.token.idx < m.start - first < token.idx]
    heads = [(m, t) for m in dates for t in act.token.sent if t.idx <= m.start - first < t.idx + len(t)]
    return next((m for m, t in heads for k in (1, 2, 3) if t.i >= k and doc[t.i - k].dep_ == "cc" and all(
        doc[j].pos_ in ("ADP", "DET") for j in range(t.i - k + 1, t.i))), None)


def words_of(act, scene):
    """The tokens below an act, and those in its objects and subjects that are no actors."""
    yield from act.token.subtree
    for token in (o for role in ("obj", "subj") for o in act.roles[role]):
        yield from () if scene.actor_at(token) else token.subtree
