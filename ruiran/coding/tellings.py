"""Which rows of one article tell the same act: a row lends its day to another, or tells it again."""
from collections import defaultdict

DATED = ("COOPERATE", "SUPPORT", "SANCTION", "CONCEDE", "AID", "MOBILIZE")  # acts that have one day
RETOLD = ("COOPERATE", "SANCTION", "SUPPORT", "ACCUSE", "REJECT")
MUTUAL = ("CONSULT", "SUPPORT", "AGREE")  # it does not matter who is named first
DONE = ("actual", "claimed")


def dated_by_the_article(rows):
    """The rows; an act without a day has that of the sentences which tell it with one, where they agree."""
    days = [o for o in rows if o["date_basis"] == "sentence" and o["status"] in DONE]
    for r in rows:
        if r["date_basis"] not in ("article", "report") or r["event"] not in DATED or r["status"] not in DONE:
            continue
        told = {(o["date_from"], o["date_to"], o["edtf"]) for o in days if dates(o, r)}
        if len(told) == 1:
            r["date_from"], r["date_to"], r["edtf"] = told.pop()
            r["date_basis"] = "same act"
    return rows


def dates(o, r):
    """True where row `o`, which has a day of its own, tells what row `r` tells without."""
    return (o["event"] == r["event"] and o["weapon"] in ("", r["weapon"]) and sides_of(o) == sides_of(r)
            and (not r["date_to"] or o["date_from"] <= r["date_to"]))


def repeated(rows, same=None, key=None):
    """Marks rows that tell again what an earlier row told first, by `same(first, row)`, asked of rows alike in
    `key(row)`: in one article a headline, or the same act, weapon and status."""
    same, key, firsts = same or same_act, key or (lambda r: (r["event"], sides_of(r))), defaultdict(list)
    for r in rows:
        if r["repeats"]:
            continue
        alike = firsts[key(r)]
        first = next((f for f in alike if same(f, r)), None)
        if first is None:
            alike.append(r)
        else:
            r["repeats"] = first["event_id"]
    return rows


def same_act(f, r):
    """True where row `r` tells the act of the earlier row `f`, which has its type and sides."""
    if r["form"] == "headline":
        return True
    if f["sentence"] == r["sentence"] or as_done(f) != as_done(r) or r["event"] not in RETOLD:
        return False
    if r["event"] in ("ACCUSE", "REJECT") and f["rule"] != r["rule"]:
        return False  # another charge, in other words
    if r["form"] == "nominal" and "article" in r["basis"] and f["line"] == r["line"]:
        return True  # 'the handover' after 'had provided drones'
    days = {(x["date_from"], x["date_to"]) for x in (f, r) if x["date_basis"] == "sentence"}
    return f["weapon"] == r["weapon"] and len(days) < 2 and f["speaker"] == r["speaker"]


def as_done(r):
    """The status of a row; what is claimed counts as actual."""
    return "actual" if r["status"] == "claimed" else r["status"]


def sides_of(r):
    """The countries of a row: one set for mutual acts, else those of the source and those of the target."""
    source, target = (frozenset(c.split(":")[0] for c in r[side].split(";")) for side in ("source", "target"))
    return source | target if r["event"] in MUTUAL else (source, target)


def tells_no_more(row, earlier):
    """True for a row like one of the same sentence, or like a blow against a named target without that target."""
    if row["event"] == "ASSAULT" and not row["target"]:
        return row["source"] == earlier["source"] and earlier["event"] == "ASSAULT"
    if row["event"] == earlier["event"] == "AID":  # 'sent experts to train the crews'
        return sides_of(row) == sides_of(earlier)
    same = all(row[k] == earlier[k] for k in ("event", "status", "date_from", "date_to"))
    return same and sides_of(row) == sides_of(earlier)


def denied_in_full(row, rows):
    """True for the denial of a report where the sentence tells whose act is denied: that act, denied, is the row."""
    loose = not row["target"] or row["basis"].endswith(("article", "inner"))
    if any(r["event"] == "ACCUSE" and r["source"] == row["target"] for r in rows):
        return False  # 'dismissed American allegations that it had sent missiles': the accuser is named
    return row["event"] == "REJECT" and loose and any(r["status"] == "denied" for r in rows)
