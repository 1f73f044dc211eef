"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    all articles -> dates by other articles, repeats, deals
"""
from . import (
    amounts,
    annotate,
    claims,
    clean,
    corpus,
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


def code_article(document, book, elsewhere=()):
    """Every row that one article yields, by table; `elsewhere` are clues on its date from other articles."""
    lines = clean.lines_of(document, book)
    row, clues, when = dates.dates_of(document, lines, book, elsewhere)
    kept = language.paragraphs_of(document.text, lines)
    paragraphs = language.parsed(kept, annotate.names_regex(book), book.rows("datelines"))
    mentions = annotate.annotations_of(paragraphs, book, when)
    mentions += list(times.times_of(paragraphs, book, when))
    mentions += list(amounts.amounts_of(paragraphs, book, mentions))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    quotations = quotes.quotations_of(paragraphs, book, mentions)
    mentions = sorted([*mentions, *speakers.first_persons(paragraphs, book, quotations, mentions)],
                      key=lambda m: (m["start"], -m["end"]))
    acts = events.events_of(document, paragraphs, book, mentions, quotations, when)
    said = claims.claims_of(document, paragraphs, book, mentions, quotations, acts)
    coded = {"documents": [row], "clues": clues, "lines": lines, "mentions": mentions, "quotations": quotations,
             "events": acts, "claims": said}
    for rows in coded.values():
        for r in rows:
            r["doc_id"] = document.doc_id
            if "text" in r and "start" in r and r["start"] is not None:
                r["text"] = document.text[r["start"]:r["end"]]  # as printed, not as read
    return coded


def code_corpus(documents, book, over=map):
    """Rows of all articles by table; `over` is map, or any function that works like it."""
    documents = list(documents)
    coded = dict(zip((d.doc_id for d in documents), over(lambda d: code_article(d, book), documents), strict=True))
    clues = repeats.clues_elsewhere(merged(coded, book), book)
    for d in documents:
        if d.doc_id in clues:  # dated by another article: its relative dates are read again
            coded[d.doc_id] = code_article(d, book, clues[d.doc_id])
    rows = merged(coded, book)
    repeats.mark_repeats(rows["events"], rows["documents"])
    rows["deals"], rows["claims"] = deals.deals_of(rows["claims"], rows["documents"], book)
    return rows


def merged(coded, book):
    """The rows of several articles, by table."""
    names = dict.fromkeys(book["tables"]["table"])
    return {name: [r for found in coded.values() for r in found.get(name, [])] for name in names}


def code_folder(folder, book, over=map):
    """The checked tables of every article in `folder` and below, by name. Raises corpus.Unreadable for no folder."""
    documents, problems = corpus.read_folder(folder)
    rows = {**code_corpus(documents, book, over), "problems": problems}
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
