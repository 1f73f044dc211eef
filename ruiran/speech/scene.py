"""One paragraph with what stands on its words: which actors a phrase names, what a pronoun means, who speaks."""
from ..reading.grammar import antecedent, objects_of, severed
from ..spans import within

PRONOUNS = {"it": "it", "its": "it", "itself": "it", "they": "they", "their": "they", "them": "they",
            "he": "he", "his": "he", "him": "he", "she": "he", "her": "he",
            "we": "we", "our": "we", "us": "we", "i": "we", "my": "we"}
PLACED = ("actor", "person", "place", "weapon")  # kinds of mention that stand on tokens
MODIFIERS = (("poss", "amod", "compound", "nmod"), ("prep",))  # tried in this order
BELONGING = ("of", "in", "from", "at", "between", "among")


class Scene:
    """One paragraph with the actors on it: which codes a phrase names."""

    def __init__(self, paragraph, mentions, quotations, book, recent=(), before=""):
        self.p, self.book, self.before = paragraph, book, before
        self.mentions = within(mentions, paragraph.start, paragraph.end)
        self.quotations = within(quotations, paragraph.start, paragraph.end)
        self.recent = list(recent)  # mentions of actors in the paragraphs before
        self.at, self.town_at = {}, {}  # a town does not act, but who lives there may
        for m in (m for m in self.mentions if m["kind"] in PLACED):
            for token in self.span(m) or ():
                (self.town_at if m["basis"] == "town" else self.at).setdefault(token.i, m)

    def span(self, m):
        """The tokens of a mention as a spaCy span, or None."""
        start, end = m["start"] - self.p.start, m["end"] - self.p.start
        return self.p.doc.char_span(start, end, alignment_mode="expand")

    def inside(self, sentence):
        """The mentions that start in a sentence of the paragraph."""
        first, last = self.p.start + sentence.start_char, self.p.start + sentence.end_char
        return within(self.mentions, first, last)

    def extent(self, sentence):
        """(start, end) of a sentence in the raw text, without the white space around it."""
        text, first = self.p.text[sentence.start_char:sentence.end_char], self.p.start + sentence.start_char
        return first + len(text) - len(text.lstrip()), first + len(text.rstrip())

    def actor_at(self, token):
        """The mention of an actor, person or place on the token, or None; news media are no actors."""
        m = self.at.get(token.i)
        return m if m and m["kind"] != "weapon" and m["basis"] != "media" else None

    def towns_of(self, tokens):
        """Countries of the towns that stand on the tokens or in the phrases below them, in order."""
        words = [x for t in tokens for x in t.subtree if not severed(x, t)]
        found = [m["country"] for x in words if (m := self.town_at.get(x.i))]
        return list(dict.fromkeys(c for c in found if c))

    def named_below(self, tokens):
        """Codes of the actors and places in the phrases below the tokens, towns too."""
        words = [x for t in tokens for x in t.subtree]
        return [m["country"] for x in words if (m := self.actor_at(x) or self.town_at.get(x.i)) and m["country"]]

    def weapon_at(self, token):
        """The mention of a weapon on the token, or None."""
        m = self.at.get(token.i)
        return m if m and m["kind"] == "weapon" else None

    def actors(self, token, place=True):
        """Codes that the phrase of `token` names: by its own words, else a modifier's, else a preposition's."""
        own = self.own(token, place) or self.by_modifier(token, place)
        if own and token.dep_ == "amod":  # 'Russian-Iranian talks'
            own = [*(c for t in beside(token) if t.head == token for c in self.own(t, place)), *own]
        if not own and token.dep_ in ("nsubj", "nsubjpass") and self.placed(token):
            own = self.opening_place(token)
        if not own and token.lemma_.lower() in self.book.words("own_bodies"):
            own = self.country_of(self.speaker_at(token))
        own = [*self.listed_first(token), *own] if own else own
        for child in token.children:
            if child.dep_ == "conj" or child.dep_ == "appos" and (not own or self.listed(child, token)):
                own = own + [c for c in self.actors(child, place) if c not in own]
        return own

    def listed(self, child, token):
        """True for the 'Russia' of 'the US, Russia, and Iran', which the parser takes for another name of the first."""
        states = all((m := self.actor_at(t)) and m["kind"] == "actor" for t in (child, token))
        return states and any(c.dep_ == "conj" and c.i > child.i for c in token.children)

    def own(self, token, place=True):
        """Codes that the token itself names, a pronoun by what it stands for; [] where none."""
        m = self.actor_at(token)
        if m and m["kind"] == "person" and not m["country"] and (titled := self.by_title(token)):
            return titled
        if m and (m["code"] or token.lower_ not in PRONOUNS):
            return codes_of(m) if place or m["kind"] != "place" else []
        if token.lower_ == "whose" and (above := antecedent(token)) is not token:
            return self.actors(above, place)
        return self.referent(token) if token.lower_ in PRONOUNS else []

    def by_title(self, token):
        """['USA'] for 'Senator D'Amato', by list `title_countries`; [] for no such title."""
        titles = dict(entry.split(" > ") for entry in self.book.words("title_countries"))
        return [titles[c.lower_] for c in token.children if c.dep_ == "compound" and c.lower_ in titles]

    def by_modifier(self, token, place):
        """Codes in 'Russian officials', 'Iran's minister', 'officials in Moscow', 'the leadership of Iran'."""
        related = token.lemma_.lower() in self.book.words("relations")  # 'its neighbours' are others
        for deps in MODIFIERS[related:]:
            for child in sorted(token.children, key=lambda c: c.lower_ in PRONOUNS):
                found = self.of_modifier(child, token, place) if child.dep_ in deps else []
                if found:
                    return list(dict.fromkeys(found))
        return []

    def of_modifier(self, child, token, place):
        """Codes that one modifier of the token names."""
        if child.dep_ == "prep":
            if child.lower_ not in BELONGING or token.ent_type_ == "DATE":
                return []
            objects = [x for o in objects_of(child) for x in (o, *o.conjuncts) if x.i >= o.i]
            return [c for o in objects for c in self.own(o) or self.by_modifier(o, True)]
        own = self.own(child) or (self.by_modifier(child, place) if child.dep_ != "amod" else [])
        joined = [t for t in beside(child) if t.i < token.i]  # 'Russian and Iranian officials'
        return own + [c for t in joined for c in self.own(t)] if own else own

    def placed(self, token):
        """True for a voice whose country only its place can tell: 'officials', or a person of no known country."""
        m = self.actor_at(token)
        return token.lemma_ in self.book.words("placed_voices") or bool(m) and m["kind"] == "person"

    def listed_first(self, token):
        """'Kyiv, Washington slam Iran': codes of the actor before the comma with which a sentence opens."""
        first, edge = token.sent.start, token.left_edge.i
        if edge != first + 2 or token.doc[edge - 1].text != "," or token.dep_ not in ("nsubj", "nsubjpass"):
            return []
        return self.own(token.doc[first])

    def opening_place(self, token):
        """'In Tehran, a spokesman said': codes of the place with which the sentence opens."""
        for t in token.sent[:3]:
            if t.dep_ == "prep" and t.lower_ in ("in", "at") and t.is_sent_start:
                return [c for o in objects_of(t) for c in self.own(o)]
        return []

    # ------------------------------------------------ pronouns
    def referent(self, token):
        """Codes of what a pronoun stands for: the nearest fitting actor before it, a subject first; [] if none fits."""
        kind = PRONOUNS[token.lower_]
        if kind == "we":
            speaker = self.speaker_at(token)
            return [speaker.split(":")[0]] if speaker and ":" in speaker else self.country_of(speaker)
        if (beside := self.told_beside(token, kind)) is not None:
            return beside
        near = self.named_before(token, kind)
        if not near and kind == "he":  # 'the minister said that his country ...'
            return self.country_of(self.speaker_at(token))
        return codes_of(near[-1]) if near else []

    def named_before(self, token, kind):
        """The mentions for which a pronoun may stand: subjects, else any, else those of earlier paragraphs."""
        wanted = ("person",) if kind == "he" else ("actor", "place")
        own = own_subject(token)
        own = None if own is None else self.at.get(own.i)
        before = [m for m in self.mentions if m["end"] <= self.p.start + token.idx and m["kind"] in wanted
                  and m["code"] and m["basis"] not in ("media", "town") and m is not own]
        subjects = [m for m in before if self.is_subject(m)]
        if kind == "they":
            subjects = [m for m in subjects if ";" in m["code"]] or subjects
        return subjects or before or [m for m in self.recent if m["kind"] in wanted]

    def told_beside(self, token, kind):
        """Codes of a pronoun that the grammar or the sentence before settles; None where nothing does."""
        if kind in ("it", "they") and token.dep_ == "poss" and (nearer := self.joined(token) or self.charged(token)):
            return nearer
        if kind == "it" and token.dep_ in ("nsubj", "nsubjpass") and (thing := self.document_before(token)) is not None:
            return self.actors(thing)
        if kind == "they":
            spoken = self.speaker_at(token).split(";")
            return (spoken if len(spoken) > 1 else self.joined_subjects(token)) or None
        return None

    def joined(self, token):
        """'Washington and its allies': codes of the first of the two, for the 'its' of the second; [] for none."""
        first = token.head.head if token.head.dep_ == "conj" else None
        return self.own(first) if first is not None else []

    def charged(self, token):
        """'imposed penalties on the institute over its training': whom the verb meets, for an 'its' in the grounds; []
        for none."""
        ground = next((a for a in token.ancestors if a.dep_ == "prep" and a.lower_ in ("for", "over")), None)
        verb = ground.head if ground is not None else token
        met = [c for c in verb.children if c.dep_ == "dobj"] if verb.pos_ == "VERB" else []
        met += [o for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "against") for o in objects_of(c)]
        return next((found for t in met if (found := self.own(t))), [])

    def sentence_before(self, token):
        """[the sentence before the token's in its paragraph]; [] for the first."""
        return [s for s in self.p.doc.sents if s.end <= token.sent.start][-1:]

    def document_before(self, token):
        """The subject of the sentence before, where it is a decree, a deal or the like: what an 'it' stands for."""
        heads = [t for s in self.sentence_before(token) for t in s.root.children if t.dep_ in ("nsubj", "nsubjpass")]
        return next((t for t in heads if t.lemma_.lower() in self.book.words("documents")), None)

    def joined_subjects(self, token):
        """Codes of 'Putin and Rouhani', the subjects of the sentence before, for a 'they'; [] where one stood there."""
        subjects = [t for s in self.sentence_before(token) for t in s if t.dep_ in ("nsubj", "nsubjpass")]
        heads = [t for t in subjects if t.head.dep_ == "ROOT"]
        found = [c for t in heads for x in (t, *t.conjuncts) if (m := self.actor_at(x)) for c in codes_of(m)]
        return list(dict.fromkeys(found)) if len(set(found)) > 1 else []

    def is_subject(self, m):
        """True where a mention is the subject of its clause."""
        span = self.span(m)
        return bool(span) and span.root.dep_ in ("nsubj", "nsubjpass")

    def speaker_at(self, token):
        """The speaker of the innermost quotation that holds the token; '' outside any."""
        offset = self.p.start + token.idx
        inside = [q for q in self.quotations if q["start"] <= offset < q["end"]]
        return min(inside, key=lambda q: q["end"] - q["start"])["speaker"] if inside else ""

    def country_of(self, person):
        """The country of a person or code that speaks, in a list; [] where it is not known."""
        if not person:
            return []
        named = [m for m in self.mentions if m["kind"] == "person" and m["code"] == person]
        known = [m["country"] for m in self.recent + named if m.get("code") == person and m["country"]]
        if known:
            return known[-1:]
        for root in (span.root for m in named if (span := self.span(m))):  # "Britain's envoy, Barbara Woodward"
            if found := self.by_modifier(root, True) or root.dep_ == "appos" and self.actors(root.head):
                return [found[0].split(":")[0]]
        code = person.split(":")[0]
        return [code] if len(code) == 3 and code.isupper() else []


def own_subject(token):
    """The subject of the verb whose object the token is: 'blacklisted it' does not mean who blacklisted; or None."""
    verb = token.head if token.dep_ in ("dobj", "dative") else None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb is not None else None


def beside(word):
    """The words joined to one: by 'and', by a comma before the same noun, or by a hyphen ('Russian-Iranian')."""
    listed = [t for t in word.head.children if t.dep_ == word.dep_ == "amod" and t.i > word.i
              and t.nbor(-1).lower_ in (",", "and")]
    tied = [t for t in word.children if t.dep_ == "amod" and t.i == word.i - 2 and t.nbor(1).text == "-"]
    return [*word.conjuncts, *listed, *(c for t in listed for c in t.conjuncts), *tied]


def codes_of(m):
    """The codes of a mention as an actor of an event: a person acts for the country."""
    if m["kind"] == "person":
        return [m["country"]] if m["country"] else []
    return [c for c in m["code"].split(";") if c]
