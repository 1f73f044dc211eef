"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    all articles -> dates by other articles, repeats, deals
"""
from dataclasses import dataclass

from . import (
    amounts,
    annotate,
    claims,
    clean,
    corpus,
    corrections,
    dates,
    deals,
    events,
    language,
    quotes,
    repeats,
    speakers,
    tables,
    times,
)


@dataclass(frozen=True)
class Reading:
    """What is read in one article before its events are coded; the trace of an event starts from here too."""

    row: dict
    clues: list
    lines: list
    when: tuple
    paragraphs: list
    mentions: list
    quotations: list


def read_article(document, book, elsewhere=()):
    """The Reading of one article; `elsewhere` are clues on its date from other articles."""
    lines = clean.lines_of(document, book)
    row, clues, when = dates.dates_of(document, lines, book, elsewhere)
    kept = language.paragraphs_of(document.text, lines)
    paragraphs = language.parsed(kept, annotate.names_regex(book), book.rows("datelines"))
    mentions = annotate.annotations_of(paragraphs, book, when)
    mentions += list(times.times_of(paragraphs, book, when))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    mentions += list(amounts.amounts_of(paragraphs, book, mentions))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    quotations = quotes.quotations_of(paragraphs, book, mentions)
    mentions = sorted([*mentions, *speakers.first_persons(paragraphs, book, quotations, mentions)],
                      key=lambda m: (m["start"], -m["end"]))
    return Reading(row, clues, lines, when, paragraphs, mentions, quotations)


def code_article(document, book, elsewhere=(), fixes=()):
    """Every row that one article yields, by table; `fixes` are corrections of its events by hand."""
    r = read_article(document, book, elsewhere)
    acts = events.events_of(document, r.paragraphs, book, r.mentions, r.quotations, r.when)
    acts = corrections.applied(acts, fixes, document.doc_id)
    said = claims.claims_of(document, r.paragraphs, book, r.mentions, r.quotations, acts)
    coded = {"documents": [r.row], "clues": r.clues, "lines": r.lines, "mentions": r.mentions,
             "quotations": r.quotations, "events": acts, "claims": said}
    for rows in coded.values():
        for found in rows:
            found["doc_id"] = document.doc_id
            if "text" in found and "start" in found and found["start"] is not None:
                found["text"] = document.text[found["start"]:found["end"]]  # as printed, not as read
    return coded


def code_corpus(documents, book, over=map, fixes=()):
    """Rows of all articles by table; `over` is map, or any function that works like it."""
    documents = list(documents)
    coded = dict(zip((d.doc_id for d in documents), over(lambda d: code_article(d, book), documents), strict=True))
    clues = repeats.clues_elsewhere(merged(coded, book), book)
    corrected = {d.doc_id for d in documents for f in fixes if f["event_id"].startswith(f"{d.doc_id}-")}
    for d in documents:
        if d.doc_id in clues or d.doc_id in corrected:  # dated by another article: relative dates are read again
            coded[d.doc_id] = code_article(d, book, clues.get(d.doc_id, ()), fixes)
    rows = merged(coded, book)
    repeats.mark_repeats(rows["events"], rows["documents"])
    rows["deals"], rows["claims"] = deals.deals_of(rows["claims"], rows["documents"], book)
    return rows


def merged(coded, book):
    """The rows of several articles, by table."""
    names = dict.fromkeys(book["tables"]["table"])
    return {name: [r for found in coded.values() for r in found.get(name, [])] for name in names}


def code_folder(folder, book, over=map, fixes=()):
    """The checked tables of every article in `folder` and below, by name. Raises corpus.Unreadable for no folder."""
    documents, problems = corpus.read_folder(folder)
    rows = {**code_corpus(documents, book, over, fixes), "problems": problems}
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
