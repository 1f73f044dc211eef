"""What an act is about: a weapon, arms, a deal or another theme, by the words that belong to the act."""
from ..reading.grammar import arguments, within_clause
from ..records import countries


def is_about(token, theme, scene, book):
    """True where an act is about a theme: one of THEMES, or a word of list `theme_...` among its own words, or, for
    'deal in object' and the like, in its object or subject alone."""
    if theme in THEMES:
        return THEMES[theme](token, scene, book)
    name, _, site = theme.partition(" in ")
    if site:
        roles = arguments(token)
        heads = roles["subj"] if site == "subject" else roles["obj"] or roles["of"] or roles["with"]
        words = [t for h in heads for t in (h, *h.conjuncts, *arguments(h)["of"])]  # 'a round of sanctions'
    else:
        words = [t for t in own_words(token) if t != token]
    return any(t.lemma_.lower() in book.words("theme_" + name) for t in words)


def own_words(token):
    """The words of an act: those of its clause, and the nouns that a participle takes over: 'missiles bought by'."""
    roles = arguments(token)
    return within_clause(token) + [x for t in roles["obj"] + roles["subj"] for x in (t, *t.children)]


def armed(token, scene, book):
    """A weapon of the trade among the act's own words."""
    found = [m for t in own_words(token) if (m := scene.weapon_at(t)) and not is_topic(t, book)]
    return any(m.code not in book.words("not_traded") for m in found)


def is_topic(token, book):
    """True for the drones of 'gave advice on drones': what is given is not they."""
    behind = next((a for a in token.ancestors if a.dep_ == "prep" and a.lower_ in ("on", "about")), None)
    dealt = book.words("theme_bans") | book.words("theme_deal") | book.words("theme_arms") | book.words("meant")
    return behind is not None and behind.head.pos_ == "NOUN" and behind.head.lemma_.lower() not in dealt


def armed_object(token, scene, book):
    """A weapon in the object, or behind 'with' or 'of': what is used, fired, put on show; also 'the third of them'."""
    roles = arguments(token)
    heads = roles["obj"] + roles["with"] + roles["of"] + roles["by"]
    heads += [c for c in token.children if c.dep_ == "npadvmod"]  # 'was promised the first of the missiles'
    more = any(h.lower_ in book.words("more_of_it") or h.like_num for h in roles["obj"])
    return more or any(scene.weapon_at(x) and not is_topic(x, book) for h in heads for x in within_clause(h))


def armed_subject(token, scene, book):
    """'The bombers went to Iran', 'more are to come': the subject is a weapon, or more of them."""
    roles = arguments(token)
    nouns = [x for t in roles["subj"] or roles["obj"] for x in (t, *t.children)
             if x == t or x.dep_ in ("compound", "prep", "amod")]
    return any(scene.weapon_at(x) or x.lower_ in book.words("more_of_it") for x in nouns)


def no_other_goods(token, scene, book):
    """Not 'the sale of bread', 'wheat deliveries': what is sold is a weapon or a word for arms or a deal."""
    if any(c.lemma_.lower() in book.words("other_goods") for c in token.children if c.dep_ == "compound"):
        return False
    makers = [m.country for t in within_clause(token) if (m := scene.weapon_at(t))]
    if makers and not set(makers) & {"", *book.pair}:
        return False
    sold = [o for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for o in c.children]
    wanted = book.words("theme_arms") | book.words("theme_deal") | book.words("meant")
    return not sold or any(scene.weapon_at(x) or x.lemma_.lower() in wanted for o in sold for x in o.subtree)


def refers(token, scene, book):
    """'Not to sell it': a pronoun for object, and a weapon named before it in the paragraph."""
    pronoun = any(t.lower_ in ("it", "them", "these", "those") for t in arguments(token)["obj"])
    return pronoun and any(m.kind == "weapon" and m.start < scene.p.start + token.idx for m in scene.mentions)


def person(token, scene, book):
    """A person, by name or office, as the object: whom one receives."""
    return any((m := scene.at.get(t.i)) and m.kind == "person" or t.lemma_.lower() in book.words("theme_person")
               for t in arguments(token)["obj"])


def clause(token, scene, book):
    """'Denied that it had ...', 'denied seeking ...'."""
    return any(c.dep_ in ("ccomp", "xcomp") for c in token.children)


def demand(token, scene, book):
    """'Iran must stop', said by somebody of another country; not 'should Iran ask'."""
    speaker, subjects = scene.country_of(scene.speaker_at(token)), arguments(token)["subj"]
    asked = countries(c for t in subjects if t.i < token.i for c in scene.actors(t))
    return bool(speaker and asked) and not set(speaker) & set(asked)


# Themes that more than a list of words decides: functions of token, scene and codebook that answer yes or no.
THEMES = {"weapon": armed, "objweapon": armed_object, "subjweapon": armed_subject, "goods": no_other_goods,
          "pron": refers, "person": person, "clause": clause, "demand": demand}
