"""Codes in the words of a reader: sides, days, acts, and what a claim is about."""
from calendar import month_name, monthrange
from datetime import date

import pandas as pd

from .. import codebook

ABOUT = {"value": "what it is worth", "quantity": "how many there are", "order": "that it is ordered",
         "signature": "that it is signed", "delivery_begun": "that delivery has begun",
         "delivery_complete": "that delivery is complete", "suspension": "that it is held up",
         "cancellation": "that it is given up", "purpose": "that it is for defence", "legality": "that it is lawful",
         "threat": "that it threatens others"}  # what a claim is about, in the order of the figures


SPOKEN = ("AGREE", "REQUEST", "ACCUSE", "THREATEN")  # acts of words about a stage that is yet to come


def side(codes):
    """Actor codes in words: 'RUS:Rosoboronexport;IRN' is 'Rosoboronexport (Russia) and Iran'."""
    names, said = codebook.load().names(), []
    for code in filter(None, codes.split(";")):
        country, _, body = code.partition(":")
        who = names.get(country, country)
        said.append(f"{body} ({who})" if body else who)
    return " and ".join(said)


def printed_by(documents):
    """The label of the article that prints the words of each first, by doc_id: it and its reprints are one voice."""
    labels = documents.set_index("doc_id").label
    return {d.doc_id: labels[d.reprint_of or d.doc_id] for d in documents.itertuples()}


def teller(speaker, label):
    """Who tells a row: a person, a body or a side; the article's label where it tells it in its own words."""
    return side(speaker) or label


def when(first, last):
    """Two ISO days, '' where open, in words: '12 to 15 March 2001', 'January 2007', 'by 16 January 2007'."""
    if not first or not last:
        return f"by {when(last, last)}" if last else f"from {when(first, first)} on" if first else "day not told"
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if a == b:
        return f"{a.day} {month_name[a.month]} {a.year}"
    whole = a.day == 1 and b.day == monthrange(b.year, b.month)[1]
    if whole and (a.month, b.month) == (1, 12):
        return ranged(str(a.year), str(b.year))
    if whole:
        year = f" {a.year}" if a.year != b.year else ""
        return ranged(month_name[a.month] + year, f"{month_name[b.month]} {b.year}")
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} to {b.day} {month_name[b.month]} {b.year}"
    return f"{when(first, first)} to {when(last, last)}"


def ranged(first, last):
    """'2000' for a year to itself, else '1987 to 1993'."""
    return last if last.startswith(first) else f"{first} to {last}"


def things(weapons):
    """Systems in words: 'weapon (unspecified)' is 'arms'."""
    named = [w.replace(" (unspecified)", "") for w in weapons.split(";") if w]
    return ", ".join("arms" if w == "weapon" else w for w in dict.fromkeys(named))


def act(row):
    """An event or an act in words: 'Russia → Iran: delivery (Tor-M1)', 'Russia and Iran: talks', 'United States →
    Russia: request: suspension (missile)'."""
    source, target = side(row.source), side(row.target)
    sides = source if source == target or not target else f"{source} → {target}"
    word = codebook.load().keyed("plover", "event")[row.event].word
    if row.stage:  # a request to stop is a request; a delivery, talks or a denial is what its stage says
        word = f"{word}: {row.stage}" if row.event in SPOKEN else row.stage
    about = things(row.weapon)
    return f"{sides}: {word}" + (f" ({about})" if about else "")


def amount(number, attribute="value"):
    """Dollars ('$1.5 billion') or units ('1,200 units') in words."""
    size, word = next(((s, w) for s, w in ((10**9, " billion"), (10**6, " million")) if number >= s), (1, ""))
    return f"${float(f'{number / size:.4g}'):,g}{word}" if attribute == "value" else many(number, "unit")


def many(number, thing):
    """A count in words: '1 article', '1,200 articles'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def figure(low, high, attribute):
    """A claimed figure in words, also where only a floor or a ceiling is claimed; '' for none."""
    low, high = ("" if pd.isna(n) else amount(int(n), attribute) for n in (low, high))
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else high and f"at most {high}"


def claim(row):
    """What a claim is about in words, with its sum or number; `row` is of table claims."""
    number = figure(row.low, row.high, row.attribute)
    return ABOUT[row.attribute] + (f": {number}" if number else "")
