"""What dates an article by another: an act that it tells with a weekday, and the other with its day."""
from datetime import date, timedelta
from typing import NamedTuple

from ..codebook import days
from ..dating.evidence import days_of
from ..records import Clue
from ..spans import within

NEAR = timedelta(10)  # a longer interval dates nothing


class Talk(NamedTuple):
    """Talks that an article tells: its place among all, the days on which the article may have been published, and the
    Mention of the one weekday on which an undated article has them, or None."""

    order: tuple
    event: object
    published: tuple
    weekday: object


def talks_of(found):
    """((sides, person), Talk) for talks of a Found that date others, or that others may date."""
    article = found.article
    for n, e in enumerate(found.events):
        named = within(found.named, e.start, e.end) if e.event == "CONSULT" else ()
        weekdays = [m for m in named if m.kind == "date" and m.code == "weekday"]
        asked = weekdays[0] if len(weekdays) == 1 and not article.anchor else None
        if e.event == "CONSULT" and (asked or is_dated(e)):
            for key in keys_of(e, named):
                yield key, Talk((found.order, n), e, (article.published_from, article.published_to), asked)


def answers_to(key, talks):
    """(event_id, (person, Talk, events of other articles that may be it)) for the Talks that are asked about."""
    talks = sorted(talks, key=lambda t: t.order)
    dated = dated_talks([t.event for t in talks if is_dated(t.event)])
    for t in talks:
        others = [o for o in dated if o.doc_id != t.event.doc_id and meets(o, t.published)] if t.weekday else ()
        if others:
            yield t.event.event_id, (key[1], t, others)


def clues_of(_, answers, book):
    """(doc_id, (order, Clue)) where all that may be one talk of an undated article have it on the same days."""
    answers = sorted(answers, key=lambda answer: answer[0])
    talk, others = answers[0][1], [o for _, _, told in answers for o in told]
    if len({(o.date_from, o.date_to) for o in others}) == 1:
        yield talk.event.doc_id, (talk.order, clue(talk.weekday, others[0], book))


def dated_talks(events):
    """For each days the first talks on them and the first of another article: more of them tell no more."""
    found = {}
    for o in events:
        told = found.setdefault((o.date_from, o.date_to), [])
        if len(told) < 2 and all(o.doc_id != f.doc_id for f in told):
            told.append(o)
    return [o for told in found.values() for o in told]


def keys_of(e, named):
    """(sides, person) for each person of the acting country whom the event's sentence names: 'President Khatami', not
    the office alone."""
    persons = {m.code for m in named if m.kind == "person" and m.code and m.country in e.source}
    return [(tuple(sorted({e.source, e.target})), person) for person in sorted(persons)]


def meets(e, published):
    """True where the days of a dated event meet those on which an article may have been published."""
    return published[0] <= e.date_to and e.date_from <= (published[1] or "9999")


def is_dated(e):
    """True where the sentence has the days of an event, both ends, near each other."""
    ends = e.date_basis == "sentence" and e.date_from and e.date_to
    return bool(ends) and date.fromisoformat(e.date_to) - date.fromisoformat(e.date_from) <= NEAR


def clue(mention, other, book):
    """The days on which the weekday means a day of the other article's act."""
    first, last = date.fromisoformat(other.date_from), date.fromisoformat(other.date_to)
    anchors = [first + timedelta(n) for n in range((last - first).days + 7)]
    allowed = [a for a in anchors for read in days.find(mention.text, book, (a, a))[:1] if first <= read.first <= last]
    said = f"days on which '{mention.text}' lies in {first} to {last}, when {other.doc_id} has the visit"
    return Clue("act-elsewhere", mention.line, mention.start, mention.end, mention.text, said, days_of(allowed),
                other.doc_id)
