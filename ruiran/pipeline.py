"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    all articles -> dates by other articles, repeats, deals
"""
from dataclasses import dataclass
from functools import partial

from . import codebook, corrections, faults, tables
from .coding import events
from .dating import publication, times
from .deals import claims, deals, repeats
from .naming import amounts, names
from .reading import clean, corpus, language
from .speech import quotes, speakers


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
    row, clues, when = publication.dates_of(document, lines, book, elsewhere)
    kept = language.paragraphs_of(document.text, lines)
    paragraphs = language.parsed(kept, names.names_regex(book), book.rows("datelines"))
    mentions = names.annotations_of(paragraphs, book, when)
    mentions += list(times.times_of(paragraphs, book, when))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    mentions += list(amounts.amounts_of(paragraphs, book, mentions))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    quotations = quotes.quotations_of(paragraphs, book, mentions)
    mentions = sorted([*mentions, *speakers.first_persons(paragraphs, book, quotations, mentions)],
                      key=lambda m: (m["start"], -m["end"]))
    return Reading(row, clues, lines, when, paragraphs, mentions, quotations)


def code_article(document, book, elsewhere=(), fixes=()):
    """Every row that one article yields, by table; `fixes` are corrections of its events by hand.

    Raises faults.TooMuch for an article that is too long, corrections.Stale for a correction that no longer fits.
    """
    r = read_article(document, book, elsewhere)
    acts = events.events_of(document, r.paragraphs, book, r.mentions, r.quotations, r.when)
    acts = corrections.applied(acts, fixes, document.doc_id)
    said = claims.claims_of(document, r.paragraphs, book, r.mentions, r.quotations, acts)
    coded = {"documents": [r.row], "clues": r.clues, "lines": r.lines, "mentions": r.mentions,
             "quotations": r.quotations, "events": acts, "claims": said}
    for rows in coded.values():
        for found in rows:
            found["doc_id"] = document.doc_id
            if "text" in found and found.get("start") is not None:
                printed = document.text[found["start"]:found["end"]]  # as printed, not as read
                assert language.same_words(printed, found["text"]), f"{found['text']!r} is not {printed!r}"
                found["text"] = printed
    return coded


def attempt(document, book, elsewhere=(), fixes=()):
    """(the rows of one article by table, what went wrong): whatever goes wrong in one never costs the others."""
    try:
        return code_article(document, book, elsewhere, fixes), ""
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
    tried = over(lambda d: attempt(d, book), documents)
    coded = dict(zip((d.doc_id for d in documents), map(partial(checked, book), tried), strict=True))
    clues = repeats.clues_elsewhere(merged(coded, book), book)
    corrected = {corrections.doc_id_of(f) for f in fixes}
    for d in documents:
        if not coded[d.doc_id][1] and (d.doc_id in clues or d.doc_id in corrected):
            # dated by another article: relative dates are read again
            coded[d.doc_id] = checked(book, attempt(d, book, clues.get(d.doc_id, ()), fixes))
    rows = merged(coded, book)
    rows["problems"] = [{"file": d.file, "problem": coded[d.doc_id][1]} for d in documents if coded[d.doc_id][1]]
    repeats.mark_repeats(rows["events"], rows["documents"])
    rows["deals"], rows["claims"] = deals.deals_of(rows["claims"], rows["documents"], book)
    return rows


def checked(book, tried):
    """The rows of one article and what went wrong with it, rows that no table can hold among that."""
    rows, problem = tried
    try:
        for name, found in rows.items():
            tables.check_rows(book, name, found)
    except tables.TableError as error:
        return {}, faults.said(error)
    return rows, problem


def merged(coded, book):
    """The rows of several articles, by table."""
    tables_of = dict.fromkeys(book["tables"]["table"])
    return {name: [r for found, _ in coded.values() for r in found.get(name, [])] for name in tables_of}


def code_folder(folder, book, over=map, fixes=(), skip=None):
    """The checked tables of every article in `folder` and below, but not in `skip`, by name. Raises corpus.Unreadable
    for no folder, corrections.Stale for a correction that no longer fits."""
    documents, problems = corpus.read_folder(folder, skip)
    known = {d.doc_id for d in documents} | {corpus.doc_id_of(p["file"]) for p in problems}
    corrections.check_articles(fixes, known)
    rows = code_corpus(documents, book, over, fixes)
    rows["problems"] = sorted(problems + rows["problems"], key=lambda r: r["file"])
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
