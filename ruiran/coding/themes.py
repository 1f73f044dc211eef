"""What an act is about: a weapon, arms, a deal or another theme, by the words that belong to the act."""
from ..reading.grammar import arguments, severed


def theme_fits(token, row, scene, book):
    """True where the act is about one of the row's themes, or the row has none."""
    return not row.theme or any(is_about(token, theme, scene, book) for theme in row.theme.split("|"))


def is_about(token, theme, scene, book):
    """True where an act is about a theme: one of THEMES, or a word of list `theme_...` among its own words."""
    if theme in THEMES:
        return THEMES[theme](token, scene, book)
    if theme.startswith(("obj_", "subj_")):  # the object or subject alone, not all that stands below the act
        roles = arguments(token)
        heads = roles["subj"] if theme[0] == "s" else roles["obj"] or roles["of"] or roles["with"]
        heads = [t for h in heads for t in (h, *h.conjuncts, *arguments(h)["of"])]  # 'a round of sanctions'
        return any(t.lemma_.lower() in book.words("theme_" + theme.partition("_")[2]) for t in heads)
    if theme == "person":
        guests = arguments(token)["obj"]
        return any(scene.at.get(t.i, {}).get("kind") == "person" or t.lemma_.lower() in book.words("theme_person")
                   for t in guests)
    return any(t.lemma_.lower() in book.words("theme_" + theme) for t in own_words(token) if t != token)


def own_words(token):
    """The words of an act: below it, and the noun that a participle or infinitive takes over from above."""
    return [t for t in token.subtree if not severed(t, token)] + own_nouns(token)


def is_armed(token, scene, book):
    """True where a weapon of the trade stands among the act's own words."""
    found = [m for t in own_words(token) if (m := scene.weapon_at(t))]
    return any(m["code"] not in book.words("not_traded") for m in found)


def has_armed_object(token, scene, book):
    """True where a weapon stands in the object, or behind 'with' or 'of': what is used, fired, put on show."""
    roles = arguments(token)
    heads = roles["obj"] + roles["with"] + roles["of"] + roles["by"]
    heads += [c for c in token.children if c.dep_ == "npadvmod"]  # 'was promised the first of the missiles'
    more = [h for h in roles["obj"] if h.lower_ in book.words("more_of_it") or h.like_num]  # 'the third', '400 of them'
    return bool(more) or any(scene.weapon_at(x) for h in heads for x in h.subtree if not severed(x, h))


def has_armed_subject(token, scene, book):
    """True for 'the bombers went to Iran', 'more are to come': the subject is a weapon, or more of them."""
    roles = arguments(token)
    nouns = [x for t in roles["subj"] or roles["obj"] for x in (t, *t.children)
             if x == t or x.dep_ in ("compound", "prep", "amod")]
    return any(scene.weapon_at(x) or x.lower_ in book.words("more_of_it") for x in nouns)


def no_other_goods(token, scene, book):
    """False for 'the sale of bread', 'wheat deliveries': what is sold is neither a weapon nor a word for arms or a
    deal, or a third country made it."""
    if any(c.lemma_.lower() in book.words("other_goods") for c in token.children if c.dep_ == "compound"):
        return False
    pair = {r.value for r in book.rows("scope")}
    makers = [m["country"] for t in token.subtree if not severed(t, token) and (m := scene.weapon_at(t))]
    if makers and all(c and c not in pair for c in makers):
        return False
    behind = [c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"]
    sold = [o for c in behind for o in c.children if o.dep_ == "pobj"]
    wanted = book.words("theme_arms") | book.words("theme_deal") | book.words("meant")
    words = [x for o in sold for x in o.subtree]
    return not sold or any(scene.weapon_at(x) or x.lemma_.lower() in wanted for x in words)


def refers(token, scene):
    """True for 'not to sell it': a pronoun for object, and a weapon named before it in the paragraph."""
    pronoun = any(t.pos_ == "PRON" and t.lower_ in ("it", "them", "these", "those") for t in arguments(token)["obj"])
    return pronoun and any(m["kind"] == "weapon" and m["start"] < scene.p.start + token.idx for m in scene.mentions)


def own_nouns(token):
    """Nouns that a participle or infinitive takes over from above: 'missiles bought by Iran'."""
    roles = arguments(token)
    return [x for t in roles["obj"] + roles["subj"] for x in (t, *t.children)]


def is_abroad(token, scene, book):
    """True for 'Putin was in Tehran': a person in the capital of another country."""
    roles = arguments(token)
    guests = {m["country"] for t in roles["subj"] if (m := scene.actor_at(t)) and m["kind"] == "person"}
    places = {m["country"] for t in roles["in"] + roles["at"] if (m := scene.actor_at(t))
              and m["basis"] in ("capital", "country", "seat")}
    return bool(guests and places) and not guests & places


def has_clause(token):
    """True for 'denied that it had ...', 'denied seeking ...'."""
    return any(c.dep_ in ("ccomp", "xcomp") for c in token.children)


def is_demand(token, scene, book):
    """True for 'Iran must stop', said by somebody of another country."""
    speaker = scene.country_of(scene.speaker_at(token))
    asked = [c.split(":")[0] for t in arguments(token)["subj"] for c in scene.actors(t)]
    inverted = any(t.i > token.i for t in arguments(token)["subj"])  # 'should Iran ask'
    return bool(speaker and asked) and not inverted and not set(speaker) & set(asked)


# Themes that more than a list of words decides.
THEMES = {"weapon": is_armed, "objweapon": has_armed_object, "subjweapon": has_armed_subject, "goods": no_other_goods,
          "abroad": is_abroad, "demand": is_demand, "clause": lambda token, scene, book: has_clause(token),
          "pron": lambda token, scene, book: refers(token, scene)}
