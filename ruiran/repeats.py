"""The corpus pass over events: acts that another article told first, and acts that date an article by another."""
from datetime import date, timedelta

from . import days
from .evidence import Clue, days_of
from .tellings import repeated

NEAR = 10  # days: a longer interval dates nothing


def mark_repeats(events, documents):
    """The events, with `repeats` set where an earlier article tells the same dated act with the same named weapon."""
    order = {d["doc_id"]: (d["published_from"] or "9999", d["doc_id"]) for d in documents}
    repeated(sorted(events, key=lambda e: (*order[e["doc_id"]], e["start"])),
             lambda f, e: f["doc_id"] != e["doc_id"] and is_same(f, e))
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
    for e in (x for x in rows["events"] if x["doc_id"] in spans and x["event"] == "CONSULT"):
        weekdays = [m for m in inside(rows["mentions"], e) if m["kind"] == "date" and m["code"] == "weekday"]
        others = [o for o in dated if meets(o, spans[e["doc_id"]]) and is_same_talk(o, e, rows)]
        if len(weekdays) == 1 and len({(o["date_from"], o["date_to"]) for o in others}) == 1:
            found.setdefault(e["doc_id"], []).append(clue(weekdays[0], others[0], book))
    return found


def meets(e, span):
    """True where the days of a dated event meet the span of days, open where it has no end."""
    return span[0] <= e["date_to"] and e["date_from"] <= (span[1] or "9999")


def is_same_talk(o, e, rows):
    """True where another article tells talks of the same sides with the same person."""
    sides = {o["source"], o["target"]} == {e["source"], e["target"]}
    return o["doc_id"] != e["doc_id"] and sides and bool(people(rows, o) & people(rows, e))


def short(e):
    """True where both ends of an event are known and lie near each other."""
    if not (e["date_from"] and e["date_to"]):
        return False
    return (date.fromisoformat(e["date_to"]) - date.fromisoformat(e["date_from"])).days <= NEAR


def inside(mentions, e):
    """The mentions in the sentence of an event."""
    return [m for m in mentions if m["doc_id"] == e["doc_id"] and e["start"] <= m["start"] < e["end"]]


def people(rows, e):
    """Persons of the acting country whom the event's sentence names: 'President Khatami', not the office alone."""
    persons = [m for m in inside(rows["mentions"], e) if m["kind"] == "person" and m["code"]]
    return {m["code"] for m in persons if m["country"] in e["source"]}


def clue(mention, other, book):
    """The days on which the weekday means a day of the other article's act."""
    first, last = date.fromisoformat(other["date_from"]), date.fromisoformat(other["date_to"])
    allowed = []
    for n in range((last - first).days + 7):
        anchor = first + timedelta(days=n)
        read = days.find(mention["text"], book, (anchor, anchor))
        if read and first <= read[0].first <= last:
            allowed.append(anchor)
    said = f"days on which '{mention['text']}' lies in {first} to {last}, when {other['doc_id']} has the visit"
    return Clue("act-elsewhere", mention["line"], mention["start"], mention["end"], mention["text"], said,
                days_of(allowed), other["doc_id"])
