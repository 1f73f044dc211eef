"""Who speaks: the subject of a verb of speech as a person, a body or an unnamed source, and the media that carry it."""
from ..reading.grammar import arguments

PERSON_PRONOUNS = {"he", "she"}
CLAUSE = ("ccomp", "xcomp", "parataxis", "advcl", "pcomp", "acl")


def is_speech(token, book):
    """True for a verb of speech."""
    return token.pos_ == "VERB" and token.lemma_.lower() in book.words("speech")


def speaker_of(scene, verb, book):
    """(speaker, carriers) of a verb of speech: its subject; media carry what a verb of speech below them says."""
    verb = verb.head.head if says_as(verb, book) else verb
    subjects = arguments(verb)["obj" if passive_quote(verb) else "subj"]
    if verb.lemma_.lower() == "quote" and not passive_quote(verb):
        quoted_ones = [t for t in arguments(verb)["obj"] if not t.is_punct]
        if quoted_ones:
            return label(scene, quoted_ones[0], book)[0], [c for s in subjects for c in media(scene, s)]
    if not subjects:
        return "", []
    speaker, via = label(scene, subjects[0], book)
    return cited(scene, verb, book, *outer_carriers(scene, verb, book, speaker, via))


def says_as(verb, book):
    """True for the second verb of 'quoted him as saying'."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and is_speech(verb.head.head, book)


def outer_carriers(scene, verb, book, speaker, via):
    """(speaker, carriers) with the media of the verb of speech above, and those whom the speaker told it."""
    outer = verb.head
    if not media(scene, arguments(verb)["subj"][0] if arguments(verb)["subj"] else verb) and (
            verb.dep_ in CLAUSE and is_speech(outer, book) and outer != verb):
        above = [c for s in arguments(outer)["subj"] for c in media(scene, s)]
        via = above + cited(scene, outer, book, "", [])[1] + via
    told = [c for role in ("obj", "dative", "to") for t in arguments(verb)[role] for c in media(scene, t)]
    return speaker, list(dict.fromkeys(via + told))


def cited(scene, verb, book, speaker, via):
    """(speaker, carriers) of 'reported, citing a source': who is cited speaks, and the medium carries it."""
    for child in verb.children:
        if child.lemma_.lower() in book.words("citing") and child.tag_ == "VBG":
            for token in arguments(child)["obj"][:1]:
                own = scene.at.get(token.i, {}).get("basis") == "media"
                if own or media(scene, token) and token.lemma_ in book.words("outlet_nouns"):
                    return speaker, via + media(scene, token)
                who, carriers = label(scene, token, book)
                return (who, [speaker, *via, *carriers]) if who and speaker else (speaker, via)
    return speaker, via


def passive_quote(verb):
    """True for 'was quoted'."""
    return verb.lemma_.lower() == "quote" and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def media(scene, token):
    """Codes of the news media that a phrase names."""
    m = scene.at.get(token.i)
    if m and m["basis"] == "media":
        return [m["code"]]
    return [scene.at[c.i]["code"] for c in token.children if c.i in scene.at and scene.at[c.i]["basis"] == "media"]


def label(scene, token, book):
    """(who speaks, carriers): a person, an organisation, a government, `RUS:unnamed`; '' where open."""
    m = scene.at.get(token.i)
    if m and m["kind"] == "person" and m["code"]:
        return m["code"], media(scene, token)
    lemma = token.lemma_.lower()
    beside = [scene.at[c.i] for c in token.children if c.dep_ in ("appos", "compound") and c.i in scene.at]
    persons = [x["code"] for x in beside if x["kind"] == "person"]
    if persons:
        return persons[0], []
    if m and m["basis"] == "media" and lemma not in book.words("anonymous"):
        return m["code"], []
    if lemma in PERSON_PRONOUNS:
        return person_before(scene, token), []
    return unnamed(scene, token, book)


def unnamed(scene, token, book):
    """(who speaks, carriers) where no person is named: an outlet, `RUS:unnamed`, a ministry, a state."""
    lemma, codes = token.lemma_.lower(), scene.actors(token)
    country = next((c.split(":")[0] for c in codes), "") or country_of_ministry(scene, token, book)
    if lemma in book.words("outlet_nouns") and media(scene, token):
        return media(scene, token)[0], []  # 'the newspaper Vedomosti'
    if lemma in book.words("anonymous"):
        return f"{country}:unnamed" if country else "unnamed", media(scene, token)
    body = ministry(token, book)
    if body:
        return f"{country}:{body}" if country else "", []
    return ";".join(codes), []


def person_before(scene, token):
    """The last person named before a 'he' or 'she', a subject first; '' where none is."""
    before = [m for m in persons_among(scene.mentions) if m["end"] <= scene.p.start + token.idx]
    found = [m for m in before if scene.is_subject(m)] or before or persons_among(scene.recent)
    return found[-1]["code"] if found else ""


def persons_among(mentions):
    """The mentions of persons who are known by name."""
    return [m for m in mentions if m["kind"] == "person" and m["code"]]


def country_of_ministry(scene, token, book):
    """'a defence ministry source': the country of the minister of that name who was named last; '' where none was."""
    body = ministry(token, book)
    office = next((r.office for r in book.rows("ministries") if r.body == body and r.office), "")
    holders = [m for m in scene.recent + scene.mentions if office and m["kind"] == "person" and m.get("role") == office
               and m["start"] < scene.p.start + token.idx]
    return holders[-1]["country"] if holders else ""


def ministry(token, book):
    """'the defence ministry' as a body of the country beside it, '' for none."""
    text = " ".join(t.text for t in token.subtree if t.i <= token.i)
    return next((r.body for r in book.near("ministries", text) if r.regex.search(text)), "")


# ---------------------------------------------------------------- 'we'
def first_persons(paragraphs, book, quotations, mentions):
    """Rows of `mentions` for 'we' and 'our' in a quotation: the country of its speaker, where that is known."""
    countries = {m["code"]: m["country"] for m in mentions if m["kind"] == "person" and m["country"]}
    for p in paragraphs:
        for token in p.doc:
            if token.lower_ not in book.words("first_persons") or token.text == "US":
                continue
            start = p.start + token.idx
            said = [q for q in quotations if q["start"] <= start < q["end"] and q["speaker"]]
            if not said:
                continue
            speaker = min(said, key=lambda q: q["end"] - q["start"])["speaker"]
            code = speaker.split(":")[0] if ":" in speaker or speaker.isupper() else countries.get(speaker, "")
            if code:
                yield {"line": p.line_at(start), "start": start, "end": start + len(token), "text": token.text,
                       "kind": "actor", "code": code, "country": code, "basis": "speaker"}
