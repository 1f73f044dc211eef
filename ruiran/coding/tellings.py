"""Which events of one article tell the same act: one lends its day to another, or tells it again."""
from collections import defaultdict

from ..records import Reason, countries

DATED = ("COOPERATE", "SUPPORT", "SANCTION", "CONCEDE", "AID", "MOBILIZE")  # acts that have one day
RETOLD = ("COOPERATE", "SANCTION", "SUPPORT", "ACCUSE", "REJECT")
MUTUAL = ("CONSULT", "SUPPORT", "AGREE")  # it does not matter who is named first
DONE = ("actual", "claimed")


def dated_by_the_article(events):
    """The events; an act without a day has that of the sentences which tell it with one, where they agree."""
    days = [o for o in events if o.date_basis == "sentence" and o.status in DONE]
    for e in events:
        lacks = e.date_basis in ("article", "report") and e.event in DATED and e.status in DONE
        told = [o for o in days if lacks and dates(o, e)]
        if len({(o.date_from, o.date_to, o.edtf) for o in told}) == 1:
            yield e.because(*(Reason(column, getattr(told[0], column), "same act", told[0].sentence, told[0].start,
                                     told[0].end, told[0].event_id) for column in ("date_from", "date_to", "edtf")),
                            Reason("date_basis", "same act", "same act", basis=told[0].event_id))
        else:
            yield e


def dates(o, e):
    """True where event `o`, which has a day of its own, tells what event `e` tells without."""
    return (o.event == e.event and o.weapon in ("", e.weapon) and sides_of(o) == sides_of(e)
            and (not e.date_to or o.date_from <= e.date_to))


def repeated(events, same=None, key=None):
    """The events, marked where one tells again what an earlier one told first, by `same(first, event)`, asked of events
    alike in `key(event)`: in one article a headline, or the same act, weapon and status."""
    same, key, firsts = same or same_act, key or (lambda e: (e.event, sides_of(e))), defaultdict(list)
    for e in events:
        first = None if e.repeats else next((f for f in firsts[key(e)] if same(f, e)), None)
        if first is None and not e.repeats:
            firsts[key(e)].append(e)
        yield e if first is None else e.because(Reason("repeats", first.event_id, "same act", first.sentence,
                                                       first.start, first.end, first.doc_id))


def same_act(f, e):
    """True where event `e` tells the act of the earlier event `f`, which has its type and sides."""
    if as_done(f) != as_done(e):
        return False
    if e.form == "headline":
        return True
    if f.sentence == e.sentence or e.event not in RETOLD:
        return False
    if e.event in ("ACCUSE", "REJECT") and f.rule != e.rule:
        return False  # another charge, in other words
    days = {(x.date_from, x.date_to) for x in (f, e) if x.date_basis == "sentence"}
    return f.weapon == e.weapon and len(days) < 2 and f.speaker == e.speaker


def as_done(e):
    """The status of an event; what is claimed counts as actual."""
    return "actual" if e.status == "claimed" else e.status


def sides_of(e):
    """The countries of an event: one set for mutual acts, else those of the source and those of the target."""
    source, target = (frozenset(countries(side.split(";"))) for side in (e.source, e.target))
    return source | target if e.event in MUTUAL else (source, target)


def without_doubles(events):
    """The events of one sentence, but those that tell no more than an earlier one of it, and the refusal of a report
    where the sentence tells whose act is denied: that act, denied, is the event."""
    kept = []
    for e in events:
        if not any(tells_no_more(e, earlier) for earlier in kept):
            kept.append(e)
    denied = any(e.status == "denied" for e in kept)
    return [e for e in kept if not (denied and e.event == "REJECT" and (
        not e.target or e.why("target").basis in ("article", "inner")) and not any(
            o.event == "ACCUSE" and o.source == e.target for o in kept))]


def tells_no_more(e, earlier):
    """True for an event like one of the same sentence, or like a blow against a named target without that target."""
    if e.event == earlier.event == "ASSAULT" and not e.target:
        return e.source == earlier.source
    alike = e.event == earlier.event and sides_of(e) == sides_of(earlier)
    return alike and (e.event == "AID" or all(
        getattr(e, k) == getattr(earlier, k) for k in ("status", "date_from", "date_to")))
