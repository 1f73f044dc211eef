"""Kept text to `mentions` of money and quantities."""
import re

from ..records import Mention
from ..spans import Taken, within
from .links import only_system

LARGEST = 2 ** 63 - 1  # the largest whole number that a table holds
REACH = 500  # characters beside a sum in which a word tells what it is for
CLAUSE = r"\. |; |, (?:although|though|while|whereas|but|and) "  # what stands behind is said of something else


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
    for rule, match in book.matches("money", p.text):
        if not taken.take(p.start + match.start(), p.start + match.end()):
            continue
        low, high = bounds(match.groupdict(), book)
        dollars = {"low": low, "high": high} if rule.currency == "USD" else {}
        yield Mention(*p.place(*match.span()), "money", unit=rule.currency, amount_low=low, amount_high=high,
                      values=value_of(p.text, match, book), basis="text", **dollars)


def bounds(groups, book):
    """(lowest, highest) number or sum that the groups of a match give, None where open: 'up to' opens the bottom, 'more
    than' the top. Both are open, and the words stay, for 'billions of dollars', for what is larger than a table holds
    and for a range that runs backwards."""
    try:
        low = book.number(groups["n"]) if groups.get("n") else None
        high = book.number(groups["n2"]) if groups.get("n2") else low
        scale = groups.get("scale") and book.number(groups["scale"]) or 1
        first = groups.get("scale1") and book.number(groups["scale1"]) or scale
        low, high = (None, None) if None in (low, high) else (round(low * first), round(high * scale))
    except OverflowError:
        low = high = None
    if low is None or low > high or high > LARGEST:
        return None, None
    edge = (groups.get("edge") or "").lower()
    return None if edge in book.words("at_most") else low, None if edge in book.words("at_least") else high


def value_of(text, match, book):
    """What the sum is for: the nearest word of codebook `sums` in its clause, those behind it first; a row whose value
    ends in '?' counts only where no other does ('worth', 'price')."""
    before = text[max(match.start() - REACH, 0):match.start()].rpartition(". ")[2]
    after = re.split(CLAUSE, text[match.end():match.end() + REACH])[0]
    found = [(r.values.endswith("?"), m.start() if part is after else len(part) - m.end() + 15, r.values.rstrip("?"))
             for part in (before, after) for r, m in book.matches("sums", part)]
    return min(found)[2] if found else ""


# ---------------------------------------------------------------- quantities
GAP = 5  # words at most between a number and what it counts
LINKS = ("ADJ", "NOUN", "PROPN", "NUM", "PART")  # what may stand between: '29 mobile short-range Tor-M1 systems'


def quantities_of(p, book, weapons, taken, before):
    """Numbers that count a weapon or its units ('29 systems', 'five battalions of', 'up to 30', 'dozens of'); `taken`
    are mentions whose figures count nothing, `before` the weapons named so far in the article."""
    last, taken = None, Taken(p, taken)
    for _, match in book.matches("quantities", p.text):
        batch = match.groupdict().get("batch")
        start, end = (match.start(), match.end()) if batch else (match.start("n"), match.end())
        if taken.holds(p.start + start, p.start + end):
            continue
        unit, code = counted(p, end, weapons, book, batch)
        if unit == "more":
            unit, code = (last.unit, last.code) if last else ("", "")
        if unit and not code and unit in book.words("batch_units"):
            named = before + [w for w in weapons if w.end <= p.start + start]
            code = only_system([w.code for w in named if w.basis == "printed"], book)
        if unit:
            low, high = bounds(match.groupdict(), book)
            last = Mention(*p.place(start, end), "quantity", code, low=low, high=high, unit=unit, basis="text")
            yield last


def counted(p, end, weapons, book, batch=None):
    """(unit, weapon code) of the words behind a number: ('', '') where it counts neither a weapon nor a unit."""
    unit, of = batch or "", False
    for token in [t for t in p.doc if t.idx >= end][:GAP + (2 if batch else 0)]:
        weapon = next((w for w in weapons if w.start <= p.start + token.idx < w.end), None)
        lemma = token.lemma_.lower()
        if weapon:
            another = names_another(token, weapon, p, book)
            return ("", "") if another else (unit or weapon.text.split()[-1].lower(), weapon.code)
        if unit and not of and token.lower_ != "of":
            break
        if token.lower_ == "more" and any(t.pos_ in ("AUX", "VERB", "PUNCT") for t in p.doc[token.i + 1:token.i + 2]):
            return "more", ""
        if lemma in book.words("count_units"):
            unit = unit or lemma
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
