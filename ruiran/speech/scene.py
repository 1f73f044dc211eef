"""One paragraph with what stands on its words: which actors a phrase names, what a pronoun means, who speaks."""
from ..reading.grammar import SUBJECTS, antecedent, behind, objects_of, within_clause
from ..records import country_part
from ..spans import innermost, within

PRONOUNS = {"it": "it", "its": "it", "itself": "it", "they": "they", "their": "they", "them": "they",
            "we": "we", "our": "we", "us": "we", "i": "we", "my": "we"}
STATES = ("actor", "place")  # kinds of mention for which 'it' and 'they' may stand; for 'he' see naming.referents
PLACED = ("actor", "person", "place", "weapon")  # kinds of mention that stand on tokens
MODIFIERS = (("poss", "amod", "compound", "nmod"), ("prep",))  # tried in this order
BELONGING = ("of", "in", "from", "at", "between", "among")


def countries_named(mentions):
    """The countries of the actors, persons and places among mentions."""
    return {m.country for m in mentions if m.kind in ("actor", "person", "place")}


class Scene:
    """One paragraph `p` with the mentions and quotations on it; `recent` are mentions of actors in the paragraphs
    before, `before` is the text of the last of these."""

    def __init__(self, paragraph, mentions, quotations, book, recent=(), before=""):
        self.p, self.book, self.before, self.recent = paragraph, book, before, tuple(recent)
        self.mentions = within(mentions, paragraph.start, paragraph.end)
        self.quotations = within(quotations, paragraph.start, paragraph.end)
        self.at, self.town_at = {}, {}  # a town does not act, but who lives there may
        for m in (m for m in self.mentions if m.kind in PLACED):
            for token in self.span(m) or ():
                (self.town_at if m.basis == "town" else self.at).setdefault(token.i, m)

    def span(self, m):
        """The tokens of a mention as a Span, or None."""
        return self.p.doc.char_span(m.start - self.p.start, m.end - self.p.start)

    def inside(self, sentence, mentions=None):
        """The mentions, of those given or of the paragraph's, that start in a sentence of the paragraph."""
        start, end = self.p.start + sentence.start_char, self.p.start + sentence.end_char
        return within(self.mentions if mentions is None else mentions, start, end)

    def named_in(self, sentence):
        """The countries of the actors, persons and places that a sentence names."""
        return countries_named(self.inside(sentence))

    def extent(self, sentence):
        """(start, end) of a sentence in the raw text, without the white space around it."""
        text, first = self.p.text[sentence.start_char:sentence.end_char], self.p.start + sentence.start_char
        return first + len(text) - len(text.lstrip()), first + len(text.rstrip())

    def actor_at(self, token):
        """The mention of an actor, person or place on the token, or None; news media are no actors."""
        m = self.at.get(token.i)
        return m if m and m.kind != "weapon" and m.basis != "media" else None

    def weapon_at(self, token):
        """The mention of a weapon on the token, or None."""
        m = self.at.get(token.i)
        return m if m and m.kind == "weapon" else None

    def towns_of(self, tokens):
        """Countries of the towns that stand on the tokens or in the phrases below them, in order."""
        found = [m.country for t in tokens for x in within_clause(t) if (m := self.town_at.get(x.i))]
        return list(dict.fromkeys(c for c in found if c))

    # ------------------------------------------------ who a phrase names
    def actors(self, token):
        """Codes that the phrase of `token` names: by its own words, else a modifier's, else a preposition's."""
        own = self.own(token) or self.by_modifier(token)
        if own and token.dep_ == "amod":  # 'Russian-Iranian talks'
            own = [*(c for t in beside(token) if t.head == token for c in self.own(t)), *own]
        own = [*self.listed_first(token), *own] if own else own
        for child in token.children:
            listed = any(c.dep_ == "conj" for c in token.children)  # 'the US, Russia, and Iran'
            if child.dep_ == "conj" or child.dep_ == "appos" and (not own or listed and self.own(child)):
                own = own + [c for c in self.actors(child) if c not in own]
        return own

    def own(self, token):
        """Codes that the token itself names, a pronoun by what it stands for; [] where none."""
        m = self.actor_at(token)
        if m and m.kind == "person" and not m.country and (titled := self.by_title(token)):
            return titled
        if m and (m.code or token.lower_ not in PRONOUNS):
            return codes_of(m)
        if token.lower_ == "whose" and (owner := antecedent(token)) != token:
            return self.actors(owner)
        return self.referent(token) if token.lower_ in PRONOUNS else []

    def by_title(self, token):
        """['USA'] for 'Senator D'Amato', by codebook `relations`; [] for no such title."""
        titles = dict(self.book.related("title"))
        return [titles[c.lower_] for c in token.children if c.dep_ == "compound" and c.lower_ in titles]

    def by_modifier(self, token):
        """Codes in 'Russian officials', 'Iran's minister', 'officials in Moscow', 'the leadership of Iran'."""
        related = token.lemma_.lower() in self.book.words("relations")  # 'its neighbours' are others
        for deps in MODIFIERS[related:]:
            for child in sorted(token.children, key=lambda c: c.lower_ in PRONOUNS):
                found = self.of_modifier(child, token) if child.dep_ in deps else []
                if found:
                    return list(dict.fromkeys(found))
        return []

    def of_modifier(self, child, token):
        """Codes that one modifier of the token names."""
        if child.dep_ == "prep":
            if child.lower_ not in BELONGING or token.ent_type_ == "DATE":
                return []
            objects = [x for o in objects_of(child) for x in (o, *o.conjuncts) if x.i >= o.i]
            return [c for o in objects for c in self.own(o) or self.by_modifier(o)]
        own = self.own(child) or (self.by_modifier(child) if child.dep_ != "amod" else [])
        joined = [t for t in beside(child) if t.i < token.i]  # 'Russian and Iranian officials'
        return own + [c for t in joined for c in self.own(t)] if own else own

    def listed_first(self, token):
        """'Kyiv, Washington slam Iran': codes of the actor before the comma with which a sentence opens."""
        first, edge = token.sent.start, token.left_edge.i
        if edge != first + 2 or token.doc[edge - 1].text != "," or token.dep_ not in SUBJECTS:
            return []
        return self.own(token.doc[first])

    # ------------------------------------------------ pronouns
    def referent(self, token):
        """Codes of what a pronoun stands for: the nearest fitting actor before it, a subject first; [] if none fits."""
        kind = PRONOUNS[token.lower_]
        if kind == "we":
            return self.country_of(self.speaker_at(token))
        if kind in ("it", "they") and token.dep_ == "poss" and (owner := self.owner(token)):
            return owner
        if kind == "they" and (joined := self.joined_subjects(token)):
            return joined
        near = self.named_before(token)
        return codes_of(near[-1]) if near else []

    def owner(self, token):
        """Codes for an 'its': of whom the verb meets in 'imposed penalties on the institute over its training'; []."""
        ground = next((a for a in token.ancestors if a.dep_ == "prep" and a.lower_ in ("for", "over")), None)
        verb = ground.head if ground is not None else token
        met = [c for c in verb.children if c.dep_ == "dobj"] + behind(verb, "on", "against")
        return next((found for t in met if verb.pos_ == "VERB" and (found := self.own(t))), [])

    def named_before(self, token):
        """The mentions of the paragraph for which an 'it' or 'they' may stand: subjects, else any."""
        before = [m for m in self.mentions if m.end <= self.p.start + token.idx and m.kind in STATES
                  and m.code and m.basis not in ("media", "town")]
        subjects = [m for m in before if self.is_subject(m)]
        return subjects or before

    def is_subject(self, m):
        """True where a mention is the subject of its clause."""
        span = self.span(m)
        return span is not None and span.root.dep_ in SUBJECTS

    def sentence_before(self, token):
        """The sentence before the token's in its paragraph; an empty list for the first."""
        return next((s for s in reversed(list(self.p.doc.sents)) if s.end <= token.sent.start), [])

    def joined_subjects(self, token):
        """Codes of 'Putin and Rouhani', the subjects of the sentence before, for a 'they'; [] where one stood there."""
        heads = [t for t in self.sentence_before(token) if t.dep_ in SUBJECTS and t.head.dep_ == "ROOT"]
        found = [c for t in heads for x in (t, *t.conjuncts) if (m := self.actor_at(x)) for c in codes_of(m)]
        return list(dict.fromkeys(found)) if len(set(found)) > 1 else []

    # ------------------------------------------------ who speaks
    def speaker_at(self, token):
        """The speaker of the innermost quotation that holds the token; '' outside any."""
        said = innermost(self.quotations, self.p.start + token.idx)
        return said.speaker if said else ""

    def turn_at(self, token):
        """`said` or `asked` where the token stands in a turn of a transcript or in an issued text, and in no quotation
        within it; else ''."""
        said = innermost(self.quotations, self.p.start + token.idx)
        return said.turn if said else ""

    def is_asked(self, token):
        """True where the sentence of the token is put as a question in a turn: it tells of nothing that it was done."""
        first = next((t for t in token.sent if not t.is_space and not t.is_punct), token)
        put = first.pos_ == "AUX" or token.sent.text.rstrip(" \"')").endswith("?")
        return put and self.turn_at(token) == "asked"

    def country_of(self, speaker):
        """The country of a person or code that speaks, in a list; [] where it is not known."""
        named = [m for m in self.mentions if m.kind == "person" and m.code == speaker]
        known = [m.country for m in (*self.recent, *named) if speaker and m.code == speaker and m.country]
        if known:
            return known[-1:]
        for root in (span.root for m in named if speaker and (span := self.span(m))):
            # 'Senator D'Amato', "Britain's envoy, Barbara Woodward"
            if found := self.by_title(root) or root.dep_ == "appos" and self.actors(root.head):
                return [country_part(found[0])]
        code = country_part(speaker)
        return [code] if len(code) == 3 and code.isupper() else []


def beside(word):
    """The words joined to one: by 'and', by a comma before the same noun, or by a hyphen ('Russian-Iranian')."""
    listed = [t for t in word.head.children if t.dep_ == word.dep_ == "amod" and t.i > word.i
              and t.nbor(-1).lower_ in (",", "and")]
    tied = [t for t in word.children if t.dep_ == "amod" and t.i == word.i - 2 and t.nbor(1).text == "-"]
    return [*word.conjuncts, *listed, *(c for t in listed for c in t.conjuncts), *tied]


def codes_of(m):
    """The codes of a mention as an actor of an event: a person acts for the country."""
    if m.kind == "person":
        return [m.country] if m.country else []
    return [c for c in m.code.split(";") if c]
