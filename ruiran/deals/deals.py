"""Claims of the whole corpus to `deals`: each disagreement kept, each claim in one deal or unresolved."""
from collections import defaultdict


def deals_of(claims, documents, book):
    """(rows of `deals`, the claims with their `deal` filled in); asserts that no claim is lost or counted twice."""
    kinds = {r.code: r for r in book.rows("weapons")}
    groups = defaultdict(list)
    for c in claims:
        c["deal"] = ""
        family = deal_family(c["weapon"], kinds)
        if family:
            groups[c["supplier"], c["recipient"], family].append(c)
    anchors = {d["doc_id"]: d["anchor"] or d["published_to"] for d in documents}
    rows = [deal for key, found in sorted(groups.items()) for deal in split(key, found, anchors, book)]
    unresolved = sum(not c["deal"] for c in claims)
    counted = sum(r["affirmed"] + r["denied"] for r in rows)
    assert counted + unresolved == len(claims), "a claim was lost or counted twice"
    return rows, claims


def deal_family(weapon, kinds):
    """The family under which a weapon is dealt in; '' for wholly generic words."""
    row = kinds.get(weapon)
    if row is None or "(unspecified)" in weapon or row.category in ("other",):
        return ""
    return row.family or weapon


def split(key, claims, anchors, book):
    """The deals of one supplier, recipient and family: one for each year of order that claims give."""
    signed = [c for c in claims if c["attribute"] == "signature" and c["stance"] == "affirms"]
    years = sorted({c["date_from"][:4] for c in signed if same_year(c)})
    by_year = defaultdict(list)
    for c in claims:
        year, basis = year_of(c, years, key, anchors, book)
        if year is not None:
            by_year[year].append((c, basis))
    for year, found in sorted(by_year.items()):
        rows = [c for c, _ in found]
        weapon = most_specific(rows, key[2])
        deal = f"{key[0]}-{key[1]}-{weapon}-{year or 'nd'}"
        for c in rows:
            c["deal"] = deal
        yield summary(deal, key, weapon, rows, "codebook" if any(b == "codebook" for _, b in found) else "text")


def same_year(c):
    """True where a claim's days lie in one year."""
    return bool(c["date_from"]) and c["date_from"][:4] == (c["date_to"] or "")[:4]


def year_of(c, years, key, anchors, book):
    """(year of the deal that a claim is about, basis); None where several remain, '' where no claim gives a year."""
    if not years:
        return "", "text"
    if c["attribute"] == "signature" and same_year(c):
        return (c["date_from"][:4] if c["date_from"][:4] in years else None), "text"
    if len(years) == 1:
        return years[0], "text"
    day = anchors.get(c["doc_id"], "")
    orders = [o for o in book.rows("orders") if (o.supplier, o.recipient, o.weapon) == key]
    known = {o.year for o in orders if o.since <= day <= (o.until or "9999")} & set(years)
    return (known.pop(), "codebook") if len(known) == 1 else (None, "")


def most_specific(claims, family):
    """The longest designation that anyone uses, the most frequent first."""
    named = [c["weapon"] for c in claims if c["weapon"] != family] or [family]
    return max(sorted(set(named)), key=named.count)


def summary(deal, key, weapon, claims, basis):
    """The row of one deal: ranges over all claims, who speaks, and on what they differ."""
    return {
        "deal": deal, "supplier": key[0], "recipient": key[1], "weapon": weapon,
        **dates(claims, "ordered", ("signature", "order")),
        **dates(claims, "delivered", ("delivery_begun", "delivery_complete")),
        **bounds(claims, "quantity"), **bounds(claims, "value"),
        "voices": len({c["speaker"] for c in claims if c["speaker"]} | outlets(claims)),
        "affirmed": sum(c["stance"] == "affirms" for c in claims),
        "denied": sum(c["stance"] == "denies" for c in claims),
        "disputed": ";".join(disputed(claims)), "basis": basis,
    }


def dates(claims, name, attributes):
    """First and last day that any affirmed claim of these attributes gives."""
    rows = [c for c in claims if c["attribute"] in attributes and c["stance"] == "affirms"]
    first = min((c["date_from"] for c in rows if c.get("date_from")), default="")
    last = max((c["date_to"] for c in rows if c.get("date_to")), default="")
    if first and last and last < first:  # 'up to March 2023' beside 'since September 2024'
        first, last = last, first
    return {f"{name}_from": first, f"{name}_to": last}


def bounds(claims, attribute):
    """Lowest and highest figure claimed."""
    values = [v for c in claims if c["attribute"] == attribute for v in (c.get("low"), c.get("high")) if v is not None]
    return {f"{attribute}_low": min(values, default=None), f"{attribute}_high": max(values, default=None)}


def disputed(claims):
    """Attributes that one speaker affirms and another denies, or for which two give figures that do not meet."""
    for attribute in sorted({c["attribute"] for c in claims}):
        rows = [c for c in claims if c["attribute"] == attribute]
        stances = {(c["stance"], c["speaker"]) for c in rows}
        figures = {(c.get("low"), c.get("high")) for c in rows if c.get("low") is not None}
        if len({s for s, _ in stances}) > 1 and len({who for _, who in stances}) > 1 or len(figures) > 1:
            yield attribute


def outlets(claims):
    """The outlets as voices, for claims without a speaker: articles that claim the same in the same words are one, the
    article and its reprint."""
    said, own = defaultdict(set), {c["doc_id"] for c in claims if not c["speaker"]}
    for c in claims:
        said[c["doc_id"]].add(c["text"])
    return {tuple(sorted(said[doc_id])) for doc_id in own}
