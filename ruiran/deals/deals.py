"""Claims of the whole corpus to Deals: each disagreement kept, each claim in one deal or unresolved."""
from collections import defaultdict
from dataclasses import replace

from ..records import Deal


def deals_of(claims, articles, book):
    """(Deals, the Claims each with its `deal`); `articles` are those of the claims by doc_id. Asserts that no claim is
    lost or counted twice."""
    kinds = book.keyed("weapons", "code")
    groups = defaultdict(list)
    for c in claims:
        if family := deal_family(c.weapon, kinds):
            groups[c.supplier, c.recipient, family].append(c)
    found = [part for key, own in sorted(groups.items()) for part in split(key, own, articles, book)]
    deal_of = {c.claim_id: deal.deal for deal, own in found for c in own}
    resolved = [replace(c, deal=deal_of.get(c.claim_id, "")) for c in claims]
    counted = sum(deal.affirmed + deal.denied for deal, _ in found)
    assert counted + sum(not c.deal for c in resolved) == len(claims), "a claim was lost or counted twice"
    return [deal for deal, _ in found], resolved


def deal_family(weapon, kinds):
    """The family under which a weapon is dealt in; '' for a common noun, named or not: 'armour, submarines and mines'
    are told together and make no deal of the mines alone. A plant is one, by its place."""
    row = kinds.get(weapon)
    if row is None or "(unspecified)" in weapon or row.category == "other":
        return ""
    if row.generic == "yes" and row.category != "nuclear plant":
        return ""
    return row.family or weapon


def split(key, claims, articles, book):
    """(Deal, its claims) of one supplier, recipient and family: one for each year of order that claims give."""
    years = {c.date_from[:4] for c in claims if c.attribute == "signature" and c.stance == "affirms" and same_year(c)}
    by_year = defaultdict(list)
    for c in claims:
        year, basis = year_of(c, years, key, articles, book)
        if year is not None:
            by_year[year].append((c, basis))
    for year, found in sorted(by_year.items()):
        own = [c for c, _ in found]
        weapon = most_specific(own, key[2])
        deal = f"{key[0]}-{key[1]}-{weapon}-{year or 'nd'}"
        yield summary(deal, key, weapon, own, "codebook" if any(b == "codebook" for _, b in found) else "text"), own


def same_year(c):
    """True where a claim's days lie in one year."""
    return bool(c.date_from) and c.date_from[:4] == c.date_to[:4]


def year_of(c, years, key, articles, book):
    """(year of the deal that a claim is about, basis); None where several remain, '' where no claim gives a year."""
    if not years:
        return "", "text"
    if c.attribute == "signature" and same_year(c):
        return (c.date_from[:4] if c.date_from[:4] in years else None), "text"
    if len(years) == 1:
        return min(years), "text"
    day = articles[c.doc_id].anchor or articles[c.doc_id].published_to
    orders = [o for o in book.rows("orders") if (o.supplier, o.recipient, o.weapon) == key]
    known = {o.year for o in orders if o.since <= day <= (o.until or "9999")} & years
    return (known.pop(), "codebook") if len(known) == 1 else (None, "")


def most_specific(claims, family):
    """The longest designation that anyone uses, the most frequent first."""
    named = [c.weapon for c in claims if c.weapon != family] or [family]
    return max(sorted(set(named)), key=named.count)


def summary(deal, key, weapon, claims, basis):
    """The Deal: ranges over all claims, who speaks, and on what they differ."""
    return Deal(deal, key[0], key[1], weapon,
                *days(claims, ("signature", "order")), *days(claims, ("delivery_begun", "delivery_complete")),
                *bounds(claims, "quantity"), *bounds(claims, "value"),
                voices=len({c.speaker for c in claims if c.speaker} | outlets(claims)),
                affirmed=sum(c.stance == "affirms" for c in claims), denied=sum(c.stance == "denies" for c in claims),
                disputed=tuple(disputed(claims)), basis=basis)


def days(claims, attributes):
    """(first, last) day that any affirmed claim of these attributes gives, '' for none."""
    told = [c for c in claims if c.attribute in attributes and c.stance == "affirms"]
    first = min((c.date_from for c in told if c.date_from), default="")
    last = max((c.date_to for c in told if c.date_to), default="")
    # 'up to March 2023' beside 'since September 2024'
    return (last, first) if first and last and last < first else (first, last)


def bounds(claims, attribute):
    """(lowest, highest) figure claimed, None for none."""
    values = [v for c in claims if c.attribute == attribute for v in (c.low, c.high) if v is not None]
    return min(values, default=None), max(values, default=None)


def disputed(claims):
    """Attributes that one speaker affirms and another denies, or for which two give figures that do not meet."""
    for attribute in sorted({c.attribute for c in claims}):
        told = [c for c in claims if c.attribute == attribute]
        figures = {(c.low, c.high) for c in told if c.low is not None}
        if len({c.stance for c in told}) > 1 and len({c.speaker for c in told}) > 1 or len(figures) > 1:
            yield attribute


def outlets(claims):
    """The outlets as voices, for claims without a speaker: articles that claim the same in the same words are one, the
    article and its reprint."""
    said = defaultdict(set)
    for c in claims:
        said[c.doc_id].add(c.text)
    return {tuple(sorted(said[c.doc_id])) for c in claims if not c.speaker}
