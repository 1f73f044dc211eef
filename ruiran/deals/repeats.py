"""The corpus pass over events: acts that another article told first, and acts that date an article by another."""
from datetime import date, timedelta
from operator import itemgetter

from ..codebook import days
from ..coding.tellings import repeated
from ..dating.evidence import Clue, days_of
from ..spans import within

ALIKE = ("event", "stage", "status", "source", "target", "weapon")
NEAR = 10  # days: a longer interval dates nothing


def mark_repeats(events, documents):
    """The events, with `repeats` set where an earlier article tells the same dated act with the same named weapon."""
    order = {d["doc_id"]: (d["published_from"] or "9999", d["doc_id"]) for d in documents}
    told = [e for e in events if e["weapon"] and "(unspecified)" not in e["weapon"] and e["date_from"] and e["date_to"]]
    repeated(sorted(told, key=lambda e: (*order[e["doc_id"]], e["start"])), is_same, itemgetter(*ALIKE))
    return events


def is_same(f, e):
    """True for events of two articles, alike in ALIKE, on days that meet."""
    return f["doc_id"] != e["doc_id"] and f["date_from"] <= e["date_to"] and e["date_from"] <= f["date_to"]


def clues_elsewhere(rows, book):
    """{doc_id: [Clue]}: an undated article tells with a weekday an act that one other article dates."""
    spans = {d["doc_id"]: (d["published_from"], d["published_to"]) for d in rows["documents"] if not d["anchor"]}
    mentions = by_article(rows["mentions"])
    talks = [e for e in rows["events"] if e["event"] == "CONSULT"]
    dated = dated_talks([e for e in talks if e["date_basis"] == "sentence" and short(e)], mentions)
    found = {}
    for e in (x for x in talks if x["doc_id"] in spans):
        weekdays = [m for m in inside(mentions, e) if m["kind"] == "date" and m["code"] == "weekday"]
        if len(weekdays) == 1:
            others = [o for k in keys_of(e, mentions) for told in dated.get(k, {}).values() for o in told
                      if o["doc_id"] != e["doc_id"] and meets(o, spans[e["doc_id"]])]
            if len({(o["date_from"], o["date_to"]) for o in others}) == 1:
                found.setdefault(e["doc_id"], []).append(clue(weekdays[0], others[0], book))
    return found


def dated_talks(talks, mentions):
    """{(sides, person): {days: the first talks on them and the first of another article}}: more of them tell no
    more."""
    found = {}
    for o in talks:
        for key in keys_of(o, mentions):
            told = found.setdefault(key, {}).setdefault((o["date_from"], o["date_to"]), [])
            if len(told) < 2 and all(o["doc_id"] != f["doc_id"] for f in told):
                told.append(o)
    return found


def keys_of(e, mentions):
    """(sides, person) for each person of the acting country whom the event's sentence names: 'President Khatami', not
    the office alone."""
    persons = {m["code"] for m in inside(mentions, e) if m["kind"] == "person" and m["code"]
               and m["country"] in e["source"]}
    return [(frozenset((e["source"], e["target"])), person) for person in sorted(persons)]


def meets(e, span):
    """True where the days of a dated event meet the span of days, open where it has no end."""
    return span[0] <= e["date_to"] and e["date_from"] <= (span[1] or "9999")


def short(e):
    """True where both ends of an event are known and lie near each other."""
    if not (e["date_from"] and e["date_to"]):
        return False
    return (date.fromisoformat(e["date_to"]) - date.fromisoformat(e["date_from"])).days <= NEAR


def by_article(mentions):
    """The mentions by doc_id, each article's in the order of its text."""
    found = {}
    for m in mentions:
        found.setdefault(m["doc_id"], []).append(m)
    return found


def inside(mentions, e):
    """The mentions in the sentence of an event."""
    return within(mentions.get(e["doc_id"], []), e["start"], e["end"])


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
