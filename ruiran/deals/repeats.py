"""What dates an article by another: an act that it tells with a weekday, and the other with its day."""
from datetime import date, timedelta

from ..codebook import days
from ..dating.evidence import days_of
from ..records import Clue
from ..spans import within

NEAR = timedelta(10)  # a longer interval dates nothing


def clues_elsewhere(coded, book):
    """{doc_id: [Clue]}: an undated article tells with a weekday an act that one other article dates; `coded` is what
    each article yields, by doc_id."""
    talks = [(e, within(found["mentions"], e.start, e.end)) for found in coded.values() for e in found["events"]
             if e.event == "CONSULT"]
    dated, clues = dated_talks([t for t in talks if t[0].date_basis == "sentence" and short(t[0])]), {}
    for e, named in talks:
        article = coded[e.doc_id]["documents"][0]
        weekdays = [m for m in named if m.kind == "date" and m.code == "weekday"]
        if len(weekdays) == 1 and not article.anchor:
            others = [o for k in keys_of(e, named) for told in dated.get(k, {}).values() for o in told
                      if o.doc_id != e.doc_id and meets(o, article)]
            if len({(o.date_from, o.date_to) for o in others}) == 1:
                clues.setdefault(e.doc_id, []).append(clue(weekdays[0], others[0], book))
    return clues


def dated_talks(talks):
    """{(sides, person): {days: the first talks on them and the first of another article}}, of (row, mentions in its
    sentence): more of them tell no more."""
    found = {}
    for o, named in talks:
        for key in keys_of(o, named):
            told = found.setdefault(key, {}).setdefault((o.date_from, o.date_to), [])
            if len(told) < 2 and all(o.doc_id != f.doc_id for f in told):
                told.append(o)
    return found


def keys_of(e, named):
    """(sides, person) for each person of the acting country whom the event's sentence names: 'President Khatami', not
    the office alone."""
    persons = {m.code for m in named if m.kind == "person" and m.code and m.country in e.source}
    return [(frozenset((e.source, e.target)), person) for person in sorted(persons)]


def meets(e, article):
    """True where the days of a dated event meet those on which an article may have been published."""
    return article.published_from <= e.date_to and e.date_from <= (article.published_to or "9999")


def short(e):
    """True where both ends of an event are known and lie near each other."""
    ends = e.date_from and e.date_to
    return bool(ends) and date.fromisoformat(e.date_to) - date.fromisoformat(e.date_from) <= NEAR


def clue(mention, other, book):
    """The days on which the weekday means a day of the other article's act."""
    first, last = date.fromisoformat(other.date_from), date.fromisoformat(other.date_to)
    anchors = [first + timedelta(n) for n in range((last - first).days + 7)]
    allowed = [a for a in anchors for read in days.find(mention.text, book, (a, a))[:1] if first <= read.first <= last]
    said = f"days on which '{mention.text}' lies in {first} to {last}, when {other.doc_id} has the visit"
    return Clue("act-elsewhere", mention.line, mention.start, mention.end, mention.text, said, days_of(allowed),
                other.doc_id)
