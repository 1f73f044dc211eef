"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    all articles -> dates by other articles, repeats, deals
"""
from dataclasses import replace
from functools import partial

from . import codebook, corrections, faults, tables
from .coding import events
from .dating import publication, times
from .deals import claims, deals, repeats
from .naming import amounts, names
from .reading import clean, corpus, language
from .records import Reading
from .spans import in_order
from .speech import quotes, speakers


def read_article(document, book, elsewhere=()):
    """The Reading of one article; `elsewhere` are clues on its date from other articles."""
    lines = clean.lines_of(document, book)
    article, clues, when = publication.dates_of(document, lines, book, elsewhere)
    kept = language.paragraphs_of(document.text, lines)
    paragraphs = language.parsed(kept, partial(names.names_in, book=book), book.rows("datelines"))
    mentions = in_order([*names.annotations_of(paragraphs, book, when), *times.times_of(paragraphs, book, when)])
    mentions = in_order([*mentions, *amounts.amounts_of(paragraphs, book, mentions)])
    quotations = quotes.quotations_of(paragraphs, book, mentions)
    mentions = in_order([*mentions, *speakers.first_persons(paragraphs, book, quotations, mentions)])
    return Reading(document, article, clues, lines, when, paragraphs, mentions, quotations)


def coded(document, book, elsewhere=(), fixes=()):
    """What one article yields, by table, as records; `fixes` are corrections of its events by hand.

    Raises faults.TooMuch for an article that is too long, corrections.Stale for a correction that no longer fits.
    """
    r = read_article(document, book, elsewhere)
    acts = corrections.applied(events.events_of(r, book), fixes, document.doc_id)
    read = {"clues": r.clues, "lines": r.lines, "mentions": r.mentions, "quotations": r.quotations,
            "claims": claims.claims_of(r, acts, book)}
    printed = {name: [as_printed(document, record) for record in found] for name, found in read.items()}
    return {"documents": [r.article], "events": acts, **printed}


def as_printed(document, record):
    """The record with its words as they are printed, not as they were read; an assertion fails where they differ."""
    if record.start is None:
        return record
    text = document.text[record.start:record.end]
    assert language.same_words(text, record.text), f"{record.text!r} is not {text!r}"
    return replace(record, text=text)


def rows_of(doc_id, found):
    """The rows of the tables of one article, by table."""
    rows = {name: [{"doc_id": doc_id, **r.row()} for r in records] for name, records in found.items()}
    return {**rows, "reasons": [{"row": e.event_id, **r.row()} for e in found["events"] for r in e.reasons]}


def code_article(document, book, elsewhere=(), fixes=()):
    """Every row that one article yields, by table; raises what `coded` raises."""
    return rows_of(document.doc_id, coded(document, book, elsewhere, fixes))


def attempt(document, book, elsewhere=(), fixes=()):
    """(what one article yields, what went wrong, also rows that no table can hold): whatever goes wrong in one never
    costs the others."""
    try:
        found = coded(document, book, elsewhere, fixes)
        for name, rows in rows_of(document.doc_id, found).items():
            tables.check(book, name, rows)
        return found, ""
    except faults.TooMuch as error:
        return {}, str(error)
    except (corrections.Stale, codebook.CodebookError):
        raise
    except Exception as error:
        return {}, faults.said(error)


def code_corpus(documents, book, over=map, fixes=()):
    """Rows of all articles by table, those of `problems` too; `over` is map, or any function that works like it.

    Raises corrections.Stale for a correction that no longer fits.
    """
    documents = list(documents)
    tried = dict(zip((d.doc_id for d in documents), over(lambda d: attempt(d, book), documents), strict=True))
    clues = repeats.clues_elsewhere({doc_id: found for doc_id, (found, _) in tried.items() if found}, book)
    corrected = {corrections.doc_id_of(f) for f in fixes}
    for d in documents:
        if tried[d.doc_id][0] and (d.doc_id in clues or d.doc_id in corrected):
            # dated by another article: relative dates are read again
            tried[d.doc_id] = attempt(d, book, clues.get(d.doc_id, ()), fixes)
    problems = [{"file": d.file, "problem": fault} for d in documents if (fault := tried[d.doc_id][1])]
    return {**merged({doc_id: found for doc_id, (found, _) in tried.items() if found}, book), "problems": problems}


def merged(coded, book):
    """The rows of all tables, of what each article yields by doc_id, with what only the whole corpus can tell."""
    articles = {doc_id: found["documents"][0] for doc_id, found in coded.items()}
    told = {e.event_id: e for e in repeats.marked([e for found in coded.values() for e in found["events"]], articles)}
    rows = {r.table: [] for r in book.rows("tables")}
    for doc_id, found in coded.items():
        events_here = [told[e.event_id] for e in found["events"]]
        for name, own in rows_of(doc_id, {**found, "events": events_here}).items():
            rows[name] += own
    claims = [c for found in coded.values() for c in found["claims"]]
    dealt, claims = deals.deals_of(claims, articles, book)
    return {**rows, "claims": [c.row() for c in claims], "deals": [d.row() for d in dealt]}


def rows_of_folder(folder, book, over=map, fixes=(), skip=None):
    """The rows of every article in `folder` and below, but not in `skip`, by table. Raises corpus.Unreadable for no
    folder, corrections.Stale for a correction that no longer fits."""
    documents, problems = corpus.read_folder(folder, skip)
    known = {d.doc_id for d in documents} | {corpus.doc_id_of(p["file"]) for p in problems}
    corrections.check_articles(fixes, known)
    rows = code_corpus(documents, book, over, fixes)
    rows["problems"] = sorted(problems + rows["problems"], key=lambda r: r["file"])
    return rows


def code_folder(folder, book, fixes=()):
    """The same as checked DataFrames."""
    return {name: tables.frame(book, name, rows) for name, rows in rows_of_folder(folder, book, fixes=fixes).items()}
