"""Kept text to `mentions` of dates, read against the anchor of the article."""
import re
from datetime import timedelta

from ..codebook import days
from ..codebook.calendars import first_day
from ..reading import language


def times_of(paragraphs, book, anchor):
    """Rows of `mentions`, kind `date`; `anchor`: first and last day on which the article may have been written."""
    for p in paragraphs:
        yield from before_known(p, book)
        for when in days.find(p.text, book, anchor, lambda start, p=p: ahead(p.doc, start, book)):
            yield {
                "line": p.line_at(p.start + when.start), "start": p.start + when.start, "end": p.start + when.end,
                "text": p.text[when.start:when.end], "kind": "date", "code": when.kind,
                "date_from": str(when.first or ""), "date_to": str(when.last or ""), "edtf": when.edtf,
                "basis": "text" if when.absolute else "anchor",
            }


def before_known(p, book):
    """Rows for 'before the war in Ukraine': up to the day before an act that the codebook dates."""
    words = "|".join(sorted(book.words("before")))
    for r in book.near("known_acts", p.text):
        for m in r.regex.finditer(p.text):
            lead = re.search(rf"\b(?:{words}) (?:the |its |[A-Z]\w+'s )*(?:full-scale )?$", p.text[:m.start()])
            if lead:
                start, last = lead.start(), first_day(r.since) - timedelta(days=1)
                yield {"line": p.line_at(p.start + start), "start": p.start + start, "end": p.start + m.end(),
                       "text": p.text[start:m.end()], "kind": "date", "code": "before_act",
                       "date_from": "", "date_to": str(last), "edtf": f"../{last}", "basis": "codebook"}


def ahead(doc, start, book):
    """True where the verb that governs the words at `start` points to the future."""
    token = language.token_at(doc, start)
    if token is None:
        return False
    chain = [token, *token.ancestors]
    verb = next((t for t in chain if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    words = {c.lemma_.lower() for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lemma_.lower()}
    if verb.tag_ == "VBD" or "have" in words:
        return False
    to_do = any(c.tag_ == "TO" for c in verb.children) and verb.head.lemma_.lower() in book.words("ahead")
    return bool(words & book.words("future")) or to_do
