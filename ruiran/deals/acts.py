"""Which events of several articles tell one act: each keeps its row, and names the one that tells it first."""
from collections import defaultdict
from datetime import date

from ..coding.tellings import as_done, sides_of
from ..records import Act, Reason, edtf_of

ONCE = ("CONSULT", "SUPPORT", "COOPERATE", "SANCTION", "CONCEDE", "AID", "RETREAT")  # acts that have their days
SHORT = 31   # days of an interval that may tell an act without a system apart from its like
APART = 62   # days between the ends of intervals open at the other end, or between acts that another act makes sure


def marked(events, articles):
    """The Events, with `repeats` where an earlier article tells the act, in two rounds: what the first finds makes sure
    others told in the same breath; `articles` by doc_id."""
    def in_time(e):
        return articles[e.doc_id].published_from or "9999", e.doc_id, e.start

    same, breath = {}, defaultdict(list)
    for e in events:
        breath[e.doc_id, e.sentence].append(e.event_id)
    for together in (lambda f, e: False, lambda f, e: in_one_breath(f, e, breath, same)):
        alike, free = defaultdict(list), [e for e in events if not e.repeats and e.event_id not in same]
        for e in sorted((e for e in free if e.event in ONCE and e.status != "denied"), key=in_time):
            alike[e.event, sides_of(e), as_done(e)].append(e)
        for own in alike.values():
            same.update(first_tellings(own, together))
    firsts = {e.event_id: e for e in events}
    return [e.because(reason(firsts[same[e.event_id]])) if e.event_id in same else e for e in events]


def reason(f):
    """Why an event repeats the event `f` of another article."""
    return Reason("repeats", f.event_id, "same act", f.sentence, f.start, f.end, f.doc_id)


def first_tellings(events, together):
    """{event_id: event_id of the first telling} of events alike in type, sides and status, in time: where an earlier
    article has exactly one that may be the same, and this article has no other that may be."""
    found, firsts = {}, []
    for e in events:
        may = best([f for f in firsts if f.doc_id != e.doc_id and (is_same(f, e) or together(f, e))], e)
        rivals = [o for o in events if o.doc_id == e.doc_id and len(may) == 1
                  and (is_same(may[0], o) or together(may[0], o))]
        if len(may) == 1 and best(rivals, may[0]) == [e]:
            found[e.event_id] = may[0].event_id
        else:
            firsts.append(e)
    return found


def best(candidates, e):
    """Those that agree with an event in stage, and in days, where any do; several where the choice is open."""
    for alike in (lambda f: f.stage == e.stage, lambda f: (f.date_from, f.date_to) == (e.date_from, e.date_to)):
        candidates = [f for f in candidates if alike(f)] or candidates
    return candidates


def is_same(f, e):
    """True for events alike in type, sides and status that nothing tells apart: stages and systems agree where both
    have them, days meet, and what makes sure is a system named or a short or identical interval."""
    if f.stage and e.stage and f.stage != e.stage and "talks" not in (f.stage, e.stage) or not meet(f, e):
        return False
    mine, yours = (set(systems(x)) for x in (f, e))
    closed = all(x.date_from and x.date_to for x in (f, e))
    if mine or yours:
        return mine == yours and (closed or near(f.date_to, e.date_to) or near(f.date_from, e.date_from))
    same = (f.date_from, f.date_to) == (e.date_from, e.date_to)
    return closed and (same or all(length(x) <= SHORT for x in (f, e)))


def in_one_breath(f, e, breath, same):
    """True where both sentences tell another act that is known to be one: leaving the accord of 1995. `breath` has the
    event_ids of each sentence of an article, `same` what repeats what."""
    def others(x):
        return {same.get(name, name) for name in breath[x.doc_id, x.sentence] if name != x.event_id}

    days = [x.date_from or x.date_to for x in (f, e)]
    return near(*days) and not systems(f) and not systems(e) and bool(others(f) & others(e))


def systems(e):
    """The systems that an event names."""
    return [w for w in e.weapon.split(";") if w and "(unspecified)" not in w]


def meet(f, e):
    """True where the days of two events meet; an open end meets all."""
    return (not f.date_from or not e.date_to or f.date_from <= e.date_to) and (
        not e.date_from or not f.date_to or e.date_from <= f.date_to)


def near(day, other):
    """True for two ISO days that lie near each other; one that is not known lies near none."""
    return bool(day and other) and abs((date.fromisoformat(day) - date.fromisoformat(other)).days) <= APART


def length(e):
    """Days from the first to the last."""
    return (date.fromisoformat(e.date_to) - date.fromisoformat(e.date_from)).days


# ---------------------------------------------------------------- the table
def acts_of(events, articles):
    """An Act for each event that tells none again, with all that tell it; `articles` by doc_id, labelled. Asserts that
    each event is a telling of exactly one act."""
    every, told = {e.event_id: e for e in events}, defaultdict(list)
    for e in events:
        told[first_of(e, every)].append(e)
    assert sum(map(len, told.values())) == len(events), "an event tells no act, or two"
    return [act(every[first], own, articles) for first, own in told.items()]


def first_of(e, every):
    """The event_id of the first telling of an event's act."""
    while e.repeats in every:
        e = every[e.repeats]
    return e.event_id


def act(first, tellings, articles):
    """The Act of these tellings: what the first says; an end of its days that it leaves open is the nearest that
    another gives, and days that do not meet are all kept."""
    starts = [e.date_from for e in tellings if e.date_from]
    ends = [e.date_to for e in tellings if e.date_to]
    differ = bool(starts and ends) and max(starts) > min(ends)
    low, high = first.date_from or max(starts, default=""), first.date_to or min(ends, default="")
    if differ:
        low, high = min(starts), max(ends)
    as_told = (low, high) == (first.date_from, first.date_to)
    tellers = dict.fromkeys(e.speaker or articles[e.doc_id].label for e in tellings)
    return Act(first.event_id, first.source, first.event, first.target, first.stage, first.status, first.weapon, low,
               high, first.edtf if as_told else edtf_of(low, high), len(tellings),
               len({articles[e.doc_id].reprint_of or e.doc_id for e in tellings}), tuple(tellers), differ)
