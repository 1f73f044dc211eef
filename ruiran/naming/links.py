"""What mentions that only refer stand for: the two countries named last, the one system of its kind."""
from dataclasses import replace

from ..records import Mention


def references(p, rows, before, book):
    """'the two countries', 'both sides', 'the missiles': what they mean of what was named before, where that is clear;
    `rows` are the mentions of the paragraph, `before` those of the paragraphs before it."""
    for rule, match in book.matches("references", p.text):
        if rule.kind == "person":  # see referents
            continue
        place = p.place(*match.span())
        _, start, end, _ = place
        earlier = before + [r for r in rows if r.end <= start]
        if rule.kind in ("two", "pair"):
            # 'the two countries' are those of the codebook where both are named
            pair = rule.kind == "pair" and own_pair(earlier, book) or last_two(earlier, p.text, p.start)
            yield Mention(*place, "actor", ";".join(pair), basis="reference" if pair else "open")
        elif all(r.basis == "generic" for r in rows if r.start < end and start < r.end) and (
                meant := system_meant(rule.kind, earlier, book)):
            yield Mention(*place, "weapon", *meant, basis="reference")


def last_two(rows, text, start):
    """The two countries named last, as 'A and B' if any stand so, in the order of mention; () where fewer are named."""
    own = [r for r in rows if r.country and r.basis not in ("media", "open", "body") and r.kind in ("actor", "person")]
    for a, b in zip(own[-2::-1], own[:0:-1], strict=False):
        between = text[a.end - start:b.start - start] if a.start >= start else ""
        if between.strip() in ("and", ", and") and a.country != b.country:
            return [a.country, b.country]
    found = list(dict.fromkeys(r.country for r in reversed(own)))
    return found[:2][::-1] if len(found) > 1 else ()


def system_meant(kind, rows, book):
    """(code, maker) of the one system of a kind of codebook `references` that the rows name: 'these aircraft'; None
    where they name none of that kind or several."""
    kinds, wanted = book.keyed("weapons", "code"), book.words("categories_" + kind)
    named = dict.fromkeys(r.code for r in rows if r.kind == "weapon" and r.basis == "printed")
    code = only_system([c for c in named if kinds[c].category in wanted], book)
    return (code, kinds[code].maker) if code else None


def only_system(codes, book):
    """The last of the codes of weapons, where all are of one family; '' where they are of several, or none is given."""
    kinds = book.keyed("weapons", "code")
    return codes[-1] if len({kinds[c].family or c for c in codes}) == 1 else ""


def joined(rows):
    """'Tor-M1 missiles' as one mention: a generic word right behind a named system belongs to it."""
    result = []
    for r in rows:
        last = result[-1] if result else None
        behind = last and last.kind == "weapon" == r.kind and last.end + 1 == r.start
        if behind and last.basis == "printed" and r.basis == "generic":
            result[-1] = replace(last, end=r.end, text=f"{last.text} {r.text}")
        else:
            result.append(r)
    return result


def own_pair(rows, book):
    """The codebook's pair in the order in which the rows named them last; [] where one of them is not named."""
    last = list(dict.fromkeys(r.country for r in reversed(rows) if r.country in book.pair))
    return last[::-1] if len(last) == 2 else []
