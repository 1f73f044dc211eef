"""Who speaks: the subject of a verb of speech as a person, a body or an unnamed source, and the media that carry it."""
from ..reading.grammar import arguments
from ..records import UNNAMED, Mention, country_part
from ..spans import innermost

PERSON_PRONOUNS = {"he", "she"}
CLAUSE = ("ccomp", "xcomp", "parataxis", "advcl", "pcomp", "acl")


def is_speech(token, book):
    """True for a verb of speech."""
    return token.pos_ == "VERB" and token.lemma_.lower() in book.words("speech")


def speaker_of(scene, verb, book):
    """(speaker, carriers) of a verb of speech: its subject; media carry what a verb of speech below them says."""
    verb = verb.head.head if says_as(verb, book) else verb
    roles, quotes = arguments(verb), verb.lemma_.lower() == "quote"
    is_quoted = quotes and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)  # 'was quoted'
    subjects = roles["obj" if is_quoted else "subj"]
    if quotes and not is_quoted and roles["obj"]:
        return label(scene, roles["obj"][0], book)[0], [c for s in subjects for c in media(scene, s)]
    if not subjects:
        return "", []
    speaker, via = label(scene, subjects[0], book)
    return cited(scene, verb, book, speaker, carriers(scene, verb, book, via))


def says_as(verb, book):
    """True for the second verb of 'quoted him as saying'."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and is_speech(verb.head.head, book)


def carriers(scene, verb, book, via):
    """The carriers `via`, with the media of the verb of speech above and those whom the speaker told it."""
    outer, roles = verb.head, arguments(verb)
    if verb.dep_ in CLAUSE and is_speech(outer, book) and not any(media(scene, s) for s in roles["subj"][:1]):
        above = [c for s in arguments(outer)["subj"] for c in media(scene, s)]
        via = above + cited(scene, outer, book, "", [])[1] + via
    told = [c for role in ("obj", "dative", "to") for t in roles[role] for c in media(scene, t)]
    return list(dict.fromkeys(via + told))


def cited(scene, verb, book, speaker, via):
    """(speaker, carriers) of 'reported, citing a source': who is cited speaks, and the medium carries it."""
    for child in verb.children:
        if child.lemma_.lower() in book.words("citing") and child.tag_ == "VBG":
            for token in arguments(child)["obj"][:1]:
                if codes_on(scene, token) or media(scene, token) and token.lemma_ in book.words("outlet_nouns"):
                    return speaker, via + media(scene, token)
                who, behind = label(scene, token, book)
                return (who, [speaker, *via, *behind]) if who and speaker else (speaker, via)
    return speaker, via


def media(scene, token):
    """Codes of the news media that a phrase names."""
    return codes_on(scene, token) or [code for c in token.children for code in codes_on(scene, c)]


def codes_on(scene, token):
    """[the code of the news medium on the token]; [] for none."""
    m = scene.at.get(token.i)
    return [m.code] if m and m.basis == "media" else []


def label(scene, token, book):
    """(who speaks, carriers): a person, an organisation, a government, `RUS:unnamed`; '' where open."""
    m = scene.at.get(token.i)
    if m and m.kind == "person" and m.code:
        return m.code, media(scene, token)
    beside = [scene.at[c.i] for c in token.children if c.dep_ in ("appos", "compound") and c.i in scene.at]
    persons = [x.code for x in beside if x.kind == "person"]
    if persons:
        return persons[0], []
    if m and m.basis == "media":
        return m.code, []
    if token.lemma_.lower() in PERSON_PRONOUNS:
        return person_before(scene, token), []
    return unnamed(scene, token, book)


def unnamed(scene, token, book):
    """(who speaks, carriers) where no person is named: an outlet, `RUS:unnamed`, a ministry, a state."""
    lemma, codes, body = token.lemma_.lower(), scene.actors(token), ministry(token, book)
    country = next(map(country_part, codes), "") or country_of(scene, token, body, book)
    if lemma in book.words("outlet_nouns") and media(scene, token):
        return media(scene, token)[0], []  # 'the newspaper Vedomosti'
    if lemma in book.words("anonymous"):
        return f"{country}:{UNNAMED}" if country else UNNAMED, media(scene, token)
    if body:
        return f"{country}:{body}" if country else "", []
    return ";".join(codes), []


def person_before(scene, token):
    """The last person named before a 'he' or 'she', a subject first; '' where none is."""
    earlier, own = ([m for m in some if m.kind == "person" and m.code] for some in (scene.recent, scene.mentions))
    before = [m for m in own if m.end <= scene.p.start + token.idx]
    found = [m for m in before if scene.is_subject(m)] or before or earlier
    return found[-1].code if found else ""


def country_of(scene, token, body, book):
    """'a defence ministry source': the country of the minister of that body who was named last; '' where none was."""
    offices = {r.office for r in book.rows("ministries") if r.body == body} - {""}
    holders = [m.country for m in (*scene.recent, *scene.mentions) if m.kind == "person" and m.role in offices
               and m.start < scene.p.start + token.idx]
    return holders[-1] if holders else ""


def ministry(token, book):
    """'the defence ministry' as a body of the country beside it, '' for none."""
    text = " ".join(t.text for t in token.subtree if t.i <= token.i)
    return next((r.body for r in book.near("ministries", text) if r.regex.search(text)), "")


# ---------------------------------------------------------------- 'we'
def first_persons(paragraphs, book, quotations, mentions):
    """Mentions for 'we' and 'our' in a quotation: the country of its speaker, where that is known."""
    countries = {m.code: m.country for m in mentions if m.kind == "person" and m.code and m.country}
    attributed = [q for q in quotations if q.speaker]
    for p in paragraphs:
        for token in p.doc:
            if token.lower_ not in book.words("first_persons") or token.text == "US":
                continue
            said = innermost(attributed, p.start + token.idx)
            speaker = said.speaker if said else ""
            code = country_part(speaker) if ":" in speaker or speaker.isupper() else countries.get(speaker, "")
            if code:
                yield Mention(*p.place(token.idx, token.idx + len(token)), "actor", code, code, basis="speaker")
