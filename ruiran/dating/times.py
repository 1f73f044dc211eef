"""Kept text to `mentions` of dates, read against the anchor of the article."""
import re
from datetime import timedelta

from ..codebook import days
from ..codebook.calendars import first_day
from ..reading.grammar import VERBAL
from ..records import Mention


def times_of(paragraphs, book, anchor):
    """Mentions of kind `date`; `anchor`: first and last day on which the article may have been written."""
    for p in paragraphs:
        yield from before_known(p, book)
        for when in days.find(p.text, book, anchor, lambda start, p=p: ahead(p.doc, start, book)):
            yield Mention(*p.place(when.start, when.end), "date", when.kind, date_from=str(when.first or ""),
                          date_to=str(when.last or ""), edtf=when.edtf, basis="text" if when.absolute else "anchor")


def before_known(p, book):
    """Mentions for 'before the war in Ukraine': up to the day before an act that the codebook dates."""
    words = "|".join(sorted(book.words("before")))
    for r, m in book.matches("known_acts", p.text):
        lead = re.search(rf"\b(?:{words}) (?:the |its |[A-Z]\w+'s )*(?:full-scale )?$", p.text[:m.start()])
        if lead:
            last = first_day(r.since) - timedelta(days=1)
            yield Mention(*p.place(lead.start(), m.end()), "date", "before_act", date_to=str(last),
                          edtf=f"../{last}", basis="codebook")


def ahead(doc, start, book):
    """True where the verb that governs the words at `start` points to the future."""
    token = doc.token_at(start)
    verb = next((t for t in (token, *token.ancestors) if t.pos_ in VERBAL), None)
    if verb is None:
        return False
    words = {c.lemma_.lower() for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lemma_.lower()}
    if verb.tag_ == "VBD" or "have" in words:
        return False
    to_do = any(c.tag_ == "TO" for c in verb.children) and verb.head.lemma_.lower() in book.words("ahead")
    return bool(words & book.words("future")) or to_do
