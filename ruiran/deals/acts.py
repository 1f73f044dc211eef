"""Which events of several articles tell one act: each keeps its row, and names the one that tells it first."""
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from ..coding.tellings import as_done, sides_of
from ..records import Act, Reason, Told, edtf_of

ONCE = ("CONSULT", "SUPPORT", "COOPERATE", "SANCTION", "CONCEDE", "AID", "RETREAT")  # acts that have their days
SHORT = 31   # days of an interval that may tell an act without a system apart from its like
APART = 62   # days between the ends of intervals open at the other end, or between acts that another act makes sure


class Telling(NamedTuple):
    """An event in time: the first day on which its article, a Found of that name, may have been published, and the acts
    that its sentence tells beside it."""

    day: str
    event: object
    name: tuple
    beside: frozenset = frozenset()


def told(found, beside=None):
    """((type, sides, status), Telling) of the events of a Found that another article may tell: not denied, and not told
    before; `beside` gives what the sentence of an event tells beside it."""
    for e in found.events:
        if e.event in ONCE and e.status != "denied" and not e.repeats:
            yield (e.event, str(sides_sorted(e)), as_done(e)), Telling(
                found.article.published_from or "9999", e, found.name, beside(e) if beside else frozenset())


def sides_sorted(e):
    """The sides of an event in a form that is the same in every process."""
    sides = sides_of(e)
    return sorted(sides) if isinstance(sides, frozenset) else [sorted(side) for side in sides]


def told_again(found):
    """The same of a Found that knows what the first round found, for the events that are left: with what their
    sentences tell beside them. What the first round finds makes sure others told in the same breath."""
    own, breath = {e.event_id for e in found.events}, defaultdict(list)
    for e in found.events:
        elsewhere = e.repeats and e.repeats not in own
        breath[e.sentence].append((e.event_id, e.repeats if elsewhere else e.event_id))
    return told(found, lambda e: frozenset(act for name, act in breath[e.sentence] if name != e.event_id))


def first_tellings(_, tellings):
    """(name of a Found, Told) of its events alike in type, sides and status: where an earlier article has exactly one
    that may be the same, and this article has no other that may be."""
    tellings = sorted(tellings, key=lambda t: (t.day, t.event.doc_id, t.event.start))
    firsts, of_article = Firsts(), defaultdict(list)
    for t in tellings:
        of_article[t.event.doc_id].append(t)
    for t in tellings:
        may = best([f for f in firsts.near(t) if f.event.doc_id != t.event.doc_id and may_be(f, t)], t)
        rivals = [o for o in of_article[t.event.doc_id] if len(may) == 1 and may_be(may[0], o)]
        if len(may) == 1 and best(rivals, may[0]) == [t]:
            yield t.name, repeats(t.event, may[0].event)
        else:
            firsts.add(t)


def repeats(e, first):
    """That an event tells the act that `first`, of another article, told first."""
    why = Reason("repeats", first.event_id, "same act", first.sentence, first.start, first.end, first.doc_id)
    return Told(e.event_id, "repeats", first.event_id, why)


class Firsts:
    """The first tellings so far, by what another must share to be one of them: systems and a year, or what is told in
    the same breath."""

    def __init__(self):
        self.known, self.by_key = [], defaultdict(list)

    def add(self, t):
        """Adds a Telling."""
        for key in self.keys(t, 0):
            self.by_key[key].append(len(self.known))
        self.known.append(t)

    def near(self, t):
        """Those that may be a Telling, in time."""
        found = {n for key in self.keys(t, APART) for n in self.by_key.get(key, ())}
        return [self.known[n] for n in sorted(found)]

    @staticmethod
    def keys(t, apart):
        """What a Telling is known by, so many days about its own."""
        days = [date.fromisoformat(day) for day in (t.event.date_from, t.event.date_to) if day]
        named = tuple(sorted(systems(t.event)))
        first, last = (f(day.toordinal() for day in days) for f in (min, max)) if days else (2, 1)
        years = (max(first - apart, 1), min(last + apart, date.max.toordinal())) if days else ()
        low, high = [date.fromordinal(n).year for n in years] or (1, 0)
        yield from ((named, year) for year in range(low, high + 1))
        yield from t.beside


def best(candidates, t):
    """Those that agree with a Telling in stage, and in days, where any do; several where the choice is open."""
    e = t.event
    for alike in (lambda f: f.stage == e.stage, lambda f: (f.date_from, f.date_to) == (e.date_from, e.date_to)):
        candidates = [f for f in candidates if alike(f.event)] or candidates
    return candidates


def may_be(f, t):
    """True where two Tellings may be of one act."""
    return is_same(f.event, t.event) or in_one_breath(f, t)


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


def in_one_breath(f, t):
    """True where both sentences tell another act that is known to be one: leaving the accord of 1995."""
    days = [x.event.date_from or x.event.date_to for x in (f, t)]
    return bool(f.beside & t.beside) and near(*days) and not systems(f.event) and not systems(t.event)


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
class Teller(NamedTuple):
    """An event that tells an act: its place among all, the label of its article, and which article printed it first."""

    order: tuple
    event: object
    label: str
    printed_by: str


def tellings(found):
    """(the event_id of the first telling of its act, Teller) of each event of a Found."""
    every, a = {e.event_id: e for e in found.events}, found.article
    for n, e in enumerate(found.events):
        yield first_of(e, every), Teller((found.order, n), e, a.label, a.reprint_of or found.doc_id)


def first_of(e, every):
    """The event_id of the first telling of an event's act, as far as its own article knows it."""
    while e.repeats in every:
        e = every[e.repeats]
    return e.repeats or e.event_id


def moved(marked):
    """(event_id, that of the event which tells its act first) of a (name of a Found, Told)."""
    yield marked[1].row, marked[1].value


def resolved(first_id, told):
    """(the event_id of the first telling, Teller): of the first by the second round, where it found another; of itself
    where the first is not there."""
    firsts = [t for t in told if isinstance(t, str)]
    told = [t for t in told if not isinstance(t, str)]
    there = firsts or any(t.event.event_id == first_id for t in told)
    yield from (((firsts or [first_id])[0] if there else t.event.event_id, t) for t in told)


def acts_of(first_id, told):
    """(place among all, the Act) of its tellings: what the first says; an end of its days that it leaves open is the
    nearest that another gives, and days that do not meet are all kept."""
    told = sorted(told, key=lambda t: t.order)
    every = [t.event for t in told]
    first, = (e for e in every if e.event_id == first_id)
    starts, ends = [e.date_from for e in every if e.date_from], [e.date_to for e in every if e.date_to]
    differ = bool(starts and ends) and max(starts) > min(ends)
    low, high = first.date_from or max(starts, default=""), first.date_to or min(ends, default="")
    if differ:
        low, high = min(starts), max(ends)
    as_told = (low, high) == (first.date_from, first.date_to)
    tellers = dict.fromkeys(t.event.speaker or t.label for t in told)
    yield told[0].order, Act(first_id, first.source, first.event, first.target, first.stage, first.status, first.weapon,
                             low, high, first.edtf if as_told else edtf_of(low, high), len(told),
                             len({t.printed_by for t in told}), tuple(tellers), differ)
