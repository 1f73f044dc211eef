"""Kept text to `mentions` of money and quantities."""


def amounts_of(paragraphs, book, mentions):
    """Rows of `mentions`, kind `money` and `quantity`; quantities count the weapons among `mentions`."""
    for p in paragraphs:
        sums = list(money_of(p, book))
        yield from sums
        weapons = [m for m in mentions if m["kind"] == "weapon" and p.start <= m["start"] < p.end]
        yield from quantities_of(p, book, weapons, sums)


def row(p, kind, start, end, **more):
    """A row of `mentions` from the characters start to end of paragraph `p`."""
    return {"line": p.line_at(p.start + start), "start": p.start + start, "end": p.start + end,
            "text": p.text[start:end], "kind": kind, **more}


# ---------------------------------------------------------------- money
def money_of(p, book):
    """Sums with their currency; dollars have `low` and `high`, other currencies keep their words alone."""
    taken = []
    for rule in book.rows("money"):
        for match in rule.regex.finditer(p.text):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            low, high = bounds(match, book) if rule.currency == "USD" else (None, None)
            yield row(p, "money", *match.span(), unit=rule.currency, low=low, high=high,
                      values=value_of(p.text, match, book), basis="text")


def bounds(match, book):
    """Lowest and highest value of a sum; 'more than' leaves the top open, 'up to' the bottom."""
    groups = match.groupdict()
    if not groups.get("n"):
        return None, None  # 'billions of dollars' is no number
    number = book.number(groups["n"]) or 0
    scale = book.number(groups.get("scale") or "") or 1
    if groups.get("n2"):
        first = book.number(groups.get("scale1") or groups.get("scale") or "") or 1
        return round(number * first), round(book.number(groups["n2"]) * scale)
    low = round(number * scale)
    return low, None if says("at_least", groups.get("edge") or "", book) else low


def says(name, text, book):
    """True where the text holds a word of the list: 'more than', 'up to'."""
    return any(word in text for word in book.words(name))


def value_of(text, match, book):
    """What the sum is for: the nearest word of codebook `sums` in its sentence, those behind it first."""
    left = max(text.rfind(". ", 0, match.start()), 0)
    right = text.find(". ", match.end())
    before, after = text[left:match.start()], text[match.end():right if right > 0 else len(text)]
    found = [(m.start() if part is after else len(part) - m.end() + 15, r.values)
             for r in book.rows("sums") for part in (before, after) for m in r.regex.finditer(part)]
    return min(found)[1] if found else ""


# ---------------------------------------------------------------- quantities
def quantities_of(p, book, weapons, sums):
    """Numbers that count a weapon or its units ('29 systems', 'five battalions of', 'up to 30', 'dozens of')."""
    for rule in book.rows("quantities"):
        for match in rule.regex.finditer(p.text):
            span = match.span("n") if match.groupdict().get("n") else match.span()
            named = weapons if match.groupdict().get("n") else []  # the 300 of an S-300 counts nothing
            if not any(p.start + span[0] < s["end"] and s["start"] < p.start + span[1] for s in [*sums, *named]):
                yield from counted(p, match, weapons, book)


def counted(p, match, weapons, book):
    """The row of one number, or none where it counts neither a weapon nor a unit."""
    groups = match.groupdict()
    first, last = p.start + match.start(), p.start + match.end() + 12  # the weapon may stand just behind
    weapon = next((w for w in weapons if first <= w["start"] <= last), {})
    unit = groups.get("unit") or weapon.get("text", "")
    if not weapon and not groups.get("unit"):
        return
    number = book.number(groups["n"]) if groups.get("n") else None
    low = None if says("at_most", match[0], book) else number
    high = None if says("at_least", match[0], book) else number
    yield row(p, "quantity", *match.span(), low=low, high=high, unit=unit.lower(), code=weapon.get("code", ""),
              basis="text")
