"""What mentions that only refer stand for: the two countries named last, the one system of its kind."""


def last_two(rows, text, start):
    """The two countries named last, as 'A and B' if any stand so, in the order of mention; () where fewer are named."""
    own = [r for r in rows if r["country"] and r["basis"] not in ("media", "open", "body")
           and r["kind"] in ("actor", "person")]
    for a, b in zip(own[-2::-1], own[:0:-1], strict=False):
        between = text[a["end"] - start:b["start"] - start] if a["start"] >= start else ""
        if between.strip() in ("and", ", and") and a["country"] != b["country"]:
            return [a["country"], b["country"]]
    found = list(dict.fromkeys(r["country"] for r in reversed(own)))
    return found[:2][::-1] if len(found) > 1 else ()


def link_systems(rows, book):
    """'the missiles', 'these aircraft' mean the one named system of their kind that came before, where there is one."""
    kinds = {r.code: r for r in book.rows("weapons")}
    named = []
    for r in rows:
        if r["kind"] != "weapon":
            continue
        if r["basis"] == "printed":
            named.append(r["code"])
        elif r["basis"] in ("system", "craft"):
            wanted = book.words("categories_" + r["basis"])
            codes = list(dict.fromkeys(c for c in named if kinds[c].category in wanted))
            families = {kinds[c].family or c for c in codes}
            r["code"] = codes[-1] if len(families) == 1 else ""
            r["country"] = kinds[codes[-1]].maker if r["code"] else ""
            r["basis"] = "reference" if r["code"] else "open"
    return [without_generic(r) for r in rows if r["kind"] != "weapon" or r["basis"] != "open" or r["generic"]]


def without_generic(r):
    """The row, or where it stayed open the generic word that it holds: 'the drones'."""
    generic = r.pop("generic", None)
    return generic if generic and r["basis"] == "open" else r


def joined(rows):
    """'Tor-M1 missiles' as one mention: a generic word right behind a named system belongs to it."""
    result = []
    for r in rows:
        last = result[-1] if result else None
        behind = last and last["kind"] == "weapon" == r["kind"] and last["end"] + 1 == r["start"]
        if behind and last["basis"] == "printed" and r["basis"] == "generic":
            last.update(end=r["end"], text=f"{last['text']} {r['text']}")
        else:
            result.append(r)
    return result


def own_pair(rows, book):
    """The codebook's pair in the order in which the rows named them last; [] where one of them is not named."""
    pair = {r.value for r in book.rows("scope") if r.name in ("supplier", "recipient")}
    last = [r["country"] for r in rows if r["country"] in pair]
    named = sorted(pair, key=lambda c: len(last) - last[::-1].index(c) if c in last else 0)
    return named if pair <= set(last) else []
