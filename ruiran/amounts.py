"""Kept text to `mentions` of money and quantities."""
import re

SCALE = {"thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "bln": 10**9, "b": 10**9,
         "trillion": 10**12}


def amounts_of(paragraphs, book, mentions):
    """Rows of `mentions`, kind `money` and `quantity`; quantities count the weapons among `mentions`."""
    for p in paragraphs:
        sums = list(money_of(p, book))
        yield from sums
        yield from quantities_of(p, book, [m for m in mentions if m["kind"] == "weapon" and p.start <= m["start"] < p.end], sums)


def row(p, kind, start, end, **more):
    return {"line": p.line_at(p.start + start), "start": p.start + start, "end": p.start + end, "text": p.text[start:end], "kind": kind, **more}


# ---------------------------------------------------------------- money
def money_of(p, book):
    """Sums with their currency; dollars have `low` and `high`, other currencies keep their words alone."""
    taken = []
    for rule in book.rows("money"):
        for match in rule.regex.finditer(p.text):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            low, high = bounds(match, book)
            dollars = rule.currency == "USD"
            yield row(p, "money", *match.span(), unit=rule.currency, low=low if dollars else None, high=high if dollars else None,
                      values=value_of(p.text, match, book), basis="text")


def bounds(match, book):
    """Lowest and highest value of a sum; 'more than' leaves the top open, 'up to' the bottom."""
    groups = match.groupdict()
    scale = SCALE.get((groups.get("scale") or "").lower(), 1)
    if not groups.get("n"):
        return None, None  # 'billions of dollars' is no number
    number = book.number(groups["n"]) or 0
    low = number * scale
    if groups.get("n2"):
        first = SCALE.get((groups.get("scale1") or groups.get("scale") or "").lower(), 1)
        return round(number * first), round(book.number(groups["n2"]) * scale)
    return round(low), None if re.search(r"more than|over|at least|exceed|upwards", groups.get("edge") or "") else round(low)


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
            if any(p.start + span[0] < s["end"] and s["start"] < p.start + span[1] for s in sums):
                continue
            counted = next((w for w in weapons if p.start + match.start() <= w["start"] <= p.start + match.end() + 12), None)
            unit = (match.groupdict().get("unit") or (counted or {}).get("text", "")).lower()
            if not counted and not match.groupdict().get("unit"):
                continue
            number = book.number(match["n"].lower()) if match.groupdict().get("n") else None
            low, high = (number, None if re.search("more than|at least|over", match[0]) else number)
            if re.search("up to|as many as|at most", match[0]):
                low = None
            yield row(p, "quantity", *match.span(), low=low, high=high, unit=unit, code=(counted or {}).get("code", ""), basis="text")
