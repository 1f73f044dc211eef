"""Claims of the whole corpus to Deals: each disagreement kept, each claim in one deal or unresolved."""
from collections import defaultdict
from typing import NamedTuple

from ..records import Deal, Reason, Told

STEPS = {"agreed": ("signature",), "ordered": ("signature", "order"),
         "delivered": ("delivery_begun", "delivery_complete"), "suspended": ("suspension",),
         "cancelled": ("cancellation",)}  # the interval of a deal, and the attributes that give it


class Said(NamedTuple):
    """A Claim on a system: what that rests on, the day from which its article, a Found of that name, counts, and which
    article printed it first."""

    claim: object
    basis: str
    day: str
    name: tuple
    printed_by: str


def said_in(found, book):
    """((supplier, recipient, system), Said) of each claim of a Found whose system is known."""
    a, weapons = found.article, [m for m in found.named if m.kind == "weapon"]
    for c, (system, basis) in zip(found.claims, systems_of(found.claims, weapons, book), strict=True):
        if system:
            yield (c.supplier, c.recipient, system), Said(c, basis, a.anchor or a.published_to, found.name,
                                                          a.reprint_of or found.doc_id)


def deals_of(key, said, book):
    """(key, Deal) for each deal on a system, (name of a Found, Told) for each claim about one. Asserts that no claim is
    lost or counted twice."""
    for deal, own in split(key, said, book):
        assert deal.affirmed + deal.denied == len({s.claim.claim_id for s in own}), "a claim was lost or counted twice"
        yield key, deal
        for s, basis in own.items():
            why = Reason("deal", deal.deal, "deal", basis=basis)
            yield s.name, Told(s.claim.claim_id, "deal", deal.deal, why)


# ---------------------------------------------------------------- which system
def systems_of(claims, mentions, book):
    """(system, what that rests on) of each claim of an article, ('', '') where none is meant: the family that it names,
    the plant by its place, else the one system of the kind that the article has named by then and makes claims on."""
    kinds, like = book.keyed("weapons", "code"), set(book.related("means"))
    own = [deal_family(c.weapon, kinds) for c in claims]
    dealt = defaultdict(set)
    for c, family in zip(claims, own, strict=True):
        dealt[c.supplier, c.recipient].add(family)
    for c, family in zip(claims, own, strict=True):
        if family and kinds[c.weapon].category == "nuclear plant":
            yield plant(c, mentions, book), "named"
        elif family or c.weapon not in kinds:
            yield family, "named" if family else ""
        else:
            before = [m for m in mentions if m.start < c.end]  # 'the missiles' are those named before
            meant = {f for m in before if (f := deal_family(m.code, kinds)) and means(c.weapon, m.code, kinds, like)}
            one = meant.pop() if len(meant) == 1 and meant <= dealt[c.supplier, c.recipient] else ""
            yield one, "the one system of the kind named before" if one else ""


def deal_family(weapon, kinds):
    """The family under which a weapon is dealt in; '' for a common noun, named or not: 'armour, submarines and mines'
    are told together and make no deal of the mines alone. A plant is one, by its place."""
    row = kinds.get(weapon)
    if row is None or "(unspecified)" in weapon or row.category == "other":
        return ""
    if row.generic == "yes" and row.category != "nuclear plant":
        return ""
    return row.family or weapon


def means(generic, code, kinds, like):
    """True where a generic word may mean a system: 'the missiles' an S-300; arms in general mean none."""
    a, b = kinds[generic].category, kinds[code].category
    return kinds[generic].generic == "yes" and a != "weapons" and (a == b or (a, b) in like)


def plant(c, mentions, book):
    """A plant with the one place in the recipient's country that its article names it by: 'Bushehr nuclear power
    plant'."""
    words = [m.text for m in mentions if m.code == c.weapon]
    places = {r.place for text in words for r in book.near("places", text)
              if r.country == c.recipient and r.regex.search(text)}
    return f"{places.pop()} {c.weapon}" if len(places) == 1 else c.weapon


# ---------------------------------------------------------------- which order
def split(key, said, book):
    """(Deal, {Said: what its deal rests on}) of a supplier, recipient and system: a deal for each year of order that
    claims give."""
    years = {c.date_from[:4] for c, *_ in said if c.attribute == "signature" and c.stance == "affirms" and same_year(c)}
    by_year = defaultdict(dict)
    for s in said:
        year, basis = year_of(s, years, key, book)
        if year is not None:
            by_year[year][s] = basis if basis == "codebook" else s.basis
    for year, own in sorted(by_year.items()):
        weapon = most_specific([s.claim for s in own], key[2])
        deal = f"{key[0]}-{key[1]}-{weapon}-{year or 'nd'}"
        yield summary(deal, key, weapon, own, "codebook" if "codebook" in own.values() else "text"), own


def same_year(c):
    """True where a claim's days lie in one year."""
    return bool(c.date_from) and c.date_from[:4] == c.date_to[:4]


def year_of(said, years, key, book):
    """(year of the deal that a claim is about, basis); None where several remain, '' where no claim gives a year."""
    c = said.claim
    if not years:
        return "", "text"
    if c.attribute == "signature" and same_year(c):
        return (c.date_from[:4] if c.date_from[:4] in years else None), "text"
    if len(years) == 1:
        return min(years), "text"
    orders = [o for o in book.rows("orders") if (o.supplier, o.recipient, o.weapon) == key]
    known = {o.year for o in orders if o.since <= said.day <= (o.until or "9999")} & years
    return (known.pop(), "codebook") if len(known) == 1 else (None, "")


def most_specific(claims, family):
    """The designation that most use, of those more specific than the family's."""
    named = [c.weapon for c in claims if c.weapon not in family and "(unspecified)" not in c.weapon] or [family]
    return max(sorted(set(named)), key=named.count)


# ---------------------------------------------------------------- what the claims say together
def summary(deal, key, weapon, said, basis):
    """The Deal: ranges over all claims, who speaks, on what they differ, and what changed between their days."""
    claims = [s.claim for s in said]
    intervals = [day for attributes in STEPS.values() for day in days(claims, attributes)]
    points = {a: [c for c in claims if c.attribute == a] for a in sorted({c.attribute for c in claims})}
    differ = [a for a, told in points.items() if disputed(told)]
    return Deal(deal, key[0], key[1], weapon, *intervals, *bounds(claims, "quantity"), *bounds(claims, "value"),
                voices=len({c.speaker for c in claims if c.speaker} | outlets(said)),
                affirmed=sum(c.stance == "affirms" for c in claims), denied=sum(c.stance == "denies" for c in claims),
                disputed=tuple(a for a in differ if not changed(points[a])),
                changed=tuple(a for a in differ if changed(points[a])), basis=basis)


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
    """True where one speaker affirms and another denies an attribute, or two give figures that are not the same."""
    figures = {(c.low, c.high) for c in claims if c.low is not None}
    return len({c.stance for c in claims}) > 1 and len({c.speaker for c in claims}) > 1 or len(figures) > 1


def changed(claims):
    """True where all claims on a step may be right, one after another: not complete on 16 January, complete by 23
    January. What is lawful, a threat or a sum does not change by the day."""
    step = any(claims[0].attribute in attributes for attributes in STEPS.values())
    denied = [c.date_from for c in claims if c.stance == "denies"]
    done = [c.date_to for c in claims if c.stance == "affirms"]
    return step and all(first and last and first <= last for first in denied for last in done)


def outlets(said):
    """The articles as voices, for claims without a speaker: an article and its reprint are one."""
    return {("", s.printed_by) for s in said if not s.claim.speaker}
