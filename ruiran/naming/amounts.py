"""Kept text to `mentions` of money and quantities."""
import re

from ..records import Mention
from ..spans import Taken, within
from .links import only_system

LARGEST = 2 ** 63 - 1  # the largest whole number that a table holds
REACH = 500  # characters beside a sum in which a word tells what it is for
CLAUSE = r"; |, (?:although|though|while|whereas|but|and) "  # what stands behind is said of something else


def amounts_of(paragraphs, book, mentions):
    """Mentions of the kinds `money` and `quantity`; quantities count the weapons among `mentions`, the figures of
    other mentions count nothing."""
    weapons = [m for m in mentions if m.kind == "weapon"]
    for p in paragraphs:
        sums = list(money_of(p, book))
        yield from sums
        taken = sums + within(mentions, p.start, p.end)
        yield from quantities_of(p, book, within(weapons, p.start, p.end), taken, within(weapons, 0, p.start))


# ---------------------------------------------------------------- money
def money_of(p, book):
    """Sums with their currency; dollars have `low` and `high`, other currencies keep their words alone."""
    taken = Taken(p)
    for rule in book.near("money", p.text):
        for match in rule.regex.finditer(p.text):
            if not taken.take(p.start + match.start(), p.start + match.end()):
                continue
            low, high = fitting(bounds, match.groupdict(), book)
            dollars = {"low": low, "high": high} if rule.currency == "USD" else {}
            yield Mention(*p.place(*match.span()), "money", unit=rule.currency, amount_low=low, amount_high=high,
                          values=value_of(p.text, match, book), basis="text", **dollars)


def fitting(read, groups, book):
    """(low, high) as `read` gives them; (None, None) for what is larger than a table holds and for a range that runs
    backwards: the words stay."""
    try:
        low, high = read(groups, book)
    except OverflowError:
        return None, None
    backwards = low is not None and high is not None and low > high
    return (None, None) if backwards or max(low or 0, high or 0) > LARGEST else (low, high)


def bounds(groups, book):
    """Lowest and highest value of a sum; 'more than' leaves the top open, 'up to' the bottom."""
    if not groups.get("n"):
        return None, None  # 'billions of dollars' is no number
    number = book.number(groups["n"]) or 0
    scale = book.number(groups.get("scale") or "") or 1
    if groups.get("n2"):
        first = book.number(groups.get("scale1") or groups.get("scale") or "") or 1
        return round(number * first), round(book.number(groups["n2"]) * scale)
    value = round(number * scale)
    return opened(value, value, groups, book)


def opened(low, high, groups, book):
    """(low, high) with the side open that the word before the number opens: 'up to' the bottom, 'more than' the top."""
    edge = (groups.get("edge") or "").lower()
    return None if edge in book.words("at_most") else low, None if edge in book.words("at_least") else high


def near(text, start, end):
    """(the text around a sum, start, end in it): REACH characters on either side."""
    first = max(start - REACH, 0)
    return text[first:end + REACH], start - first, end - first


def value_of(text, match, book):
    """What the sum is for: the nearest word of codebook `sums` in its clause, those behind it first; a row whose value
    ends in '?' counts only where no other does ('worth', 'price')."""
    text, start, end = near(text, match.start(), match.end())
    left, right = max(text.rfind(". ", 0, start), 0), text.find(". ", end)
    before, after = text[left:start], text[end:right if right > 0 else len(text)]
    after = re.split(CLAUSE, after)[0]
    found = [(r.values.endswith("?"), m.start() if part is after else len(part) - m.end() + 15, r.values.rstrip("?"))
             for r in book.near("sums", text) for part in (before, after) for m in r.regex.finditer(part)]
    return min(found)[2] if found else ""


# ---------------------------------------------------------------- quantities
GAP = 5  # words at most between a number and what it counts
LINKS = ("ADJ", "NOUN", "PROPN", "NUM", "PART")  # what may stand between: '29 mobile short-range Tor-M1 systems'


def quantities_of(p, book, weapons, taken, before):
    """Numbers that count a weapon or its units ('29 systems', 'five battalions of', 'up to 30', 'dozens of'); `taken`
    are mentions whose figures count nothing, `before` the weapons named so far in the article."""
    last, taken = None, Taken(p, taken)
    for rule in book.near("quantities", p.text):
        for match in rule.regex.finditer(p.text):
            batch = match.groupdict().get("batch")
            start, end = (match.start(), match.end()) if batch else (match.start("n"), match.end())
            if taken.holds(p.start + start, p.start + end):
                continue
            unit, code = counted(p, end, weapons, book, batch)
            if unit == "more":
                unit, code = (last.unit, last.code) if last else ("", "")
            if unit and not code and unit in book.words("batch_units"):
                named = before + [w for w in weapons if w.end <= p.start + start]
                code = only_system([w.code for w in named if w.basis == "printed" and w.code], book)
            if unit:
                last = quantity(p, match, start, unit, code, book)
                yield last


def counted(p, end, weapons, book, batch=None):
    """(unit, weapon code) of the words behind a number: ('', '') where it counts neither a weapon nor a unit."""
    unit, of = batch or "", False
    for token in [t for t in p.doc if t.idx >= end][:GAP + (2 if batch else 0)]:
        weapon = next((w for w in weapons if w.start <= p.start + token.idx < w.end), None)
        lemma = token.lemma_.lower()
        if weapon:
            return ("", "") if names_another(token, weapon, p, book) else (
                unit or weapon.text.split()[-1].lower(), weapon.code)
        if unit and not of and token.lower_ != "of":
            break
        if token.lower_ == "more" and token.i + 1 < len(p.doc) and p.doc[token.i + 1].pos_ in ("AUX", "VERB", "PUNCT"):
            return "more", ""
        if lemma in book.words("count_units") and not unit:
            unit = lemma
        elif token.lower_ == "of":
            of = True
        elif not (of and token.pos_ in ("DET", "PRON") or token.pos_ in LINKS or token.lower_ in ("-", "more")):
            break
    return unit, ""


def names_another(token, weapon, p, book):
    """True for 'one of the Su-24 navigators': the weapon only describes the noun behind it, which is no unit."""
    behind = next((t for t in p.doc[token.i:] if p.start + t.idx >= weapon.end), None)
    return (behind is not None and behind.pos_ == "NOUN" and p.start + behind.idx - weapon.end <= 1
            and behind.lemma_.lower() not in book.words("count_units") | book.words("batch_units"))


def counts(groups, book):
    """Lowest and highest number of units that a count gives."""
    number = book.number(groups["n"]) if groups.get("n") else None
    second = book.number(groups["n2"]) if groups.get("n2") else number
    return opened(number, second, groups, book)


def quantity(p, match, start, unit, code, book):
    """A mention of kind `quantity`: bounds by the number and the word before it."""
    low, high = fitting(counts, match.groupdict(), book)
    return Mention(*p.place(start, match.end()), "quantity", code, low=low, high=high, unit=unit, basis="text")
