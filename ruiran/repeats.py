"""The corpus pass over events: acts that another article told first, and acts by which another article dates this one."""
from datetime import date, timedelta

from . import days
from .evidence import Clue

NEAR = 10  # days: a longer interval dates nothing


def mark_repeats(events, documents):
    """Events with `repeats` set where an article published earlier tells the same dated act with the same named weapon."""
    order = {d["doc_id"]: (d["published_from"] or "9999", d["doc_id"]) for d in documents}
    firsts = []
    for e in sorted(events, key=lambda e: (*order[e["doc_id"]], e["start"])):
        if e["repeats"]:
            continue
        same = next((f for f in firsts if f["doc_id"] != e["doc_id"] and is_same(f, e)), None)
        if same is None:
            firsts.append(e)
        else:
            e["repeats"] = same["event_id"]
    return events


def is_same(f, e):
    """Same type, stage, status, sides and named weapon, on days that meet and are both known."""
    keys = ("event", "stage", "status", "source", "target", "weapon")
    if any(f[k] != e[k] for k in keys) or not e["weapon"] or "(unspecified)" in e["weapon"]:
        return False
    if not all(x[k] for x in (f, e) for k in ("date_from", "date_to")):
        return False
    return f["date_from"] <= e["date_to"] and e["date_from"] <= f["date_to"]


def clues_elsewhere(rows, book):
    """{doc_id: [Clue]}: an undated article tells with a weekday an act that one other article dates."""
    spans = {d["doc_id"]: (d["published_from"], d["published_to"]) for d in rows["documents"] if not d["anchor"]}
    dated = [e for e in rows["events"] if e["date_basis"] == "sentence" and short(e) and e["event"] == "CONSULT"]
    found = {}
    for doc_id, (first, last) in spans.items():
        for e in (x for x in rows["events"] if x["doc_id"] == doc_id and x["event"] == "CONSULT"):
            days_named = [m for m in inside(rows["mentions"], e) if m["kind"] == "date" and m["code"] == "weekday"]
            others = [o for o in dated if o["doc_id"] != doc_id and first <= o["date_to"] and o["date_from"] <= (last or "9999")
                      and {o["source"], o["target"]} == {e["source"], e["target"]} and people(rows, o) & people(rows, e)]
            spans_left = {(o["date_from"], o["date_to"]) for o in others}
            if len(days_named) == 1 and len(spans_left) == 1:
                found.setdefault(doc_id, []).append(clue(days_named[0], others[0], book))
    return found


def short(e):
    return bool(e["date_from"] and e["date_to"]) and (date.fromisoformat(e["date_to"]) - date.fromisoformat(e["date_from"])).days <= NEAR


def inside(mentions, e):
    return [m for m in mentions if m["doc_id"] == e["doc_id"] and e["start"] <= m["start"] < e["end"]]


def people(rows, e):
    """Persons of the acting country whom the event's sentence names: 'President Khatami', not the office alone."""
    return {m["code"] for m in inside(rows["mentions"], e) if m["kind"] == "person" and m["code"] and m["country"] in e["source"]}


def clue(mention, other, book):
    """The days on which the weekday means a day of the other article's act."""
    first, last = date.fromisoformat(other["date_from"]), date.fromisoformat(other["date_to"])
    allowed = set()
    for n in range((last - first).days + 7):
        anchor = first + timedelta(days=n)
        read = days.find(mention["text"], book, (anchor, anchor))
        if read and first <= read[0].first <= last:
            allowed.add(anchor.toordinal())
    return Clue("act-elsewhere", mention["line"], mention["start"], mention["end"], mention["text"],
                f"days on which '{mention['text']}' lies in {first} to {last}, when {other['doc_id']} has the visit", frozenset(allowed), other["doc_id"])
