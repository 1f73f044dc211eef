"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
                                                                            all articles -> dates by other articles, repeats, deals
"""
from . import amounts, annotate, clean, corpus, dates, events, language, quotes, tables, times

TABLES = ("documents", "clues", "lines", "mentions", "quotations", "events", "claims")


def code_article(document, book, elsewhere=()):
    """Every row that one article yields, by table; `elsewhere` are clues on its date from other articles."""
    lines = clean.lines_of(document, book)
    row, clues, when = dates.dates_of(document, lines, book, elsewhere)
    paragraphs = language.parsed(language.paragraphs_of(document.text, lines), annotate.names_regex(book))
    mentions = annotate.annotations_of(paragraphs, book, when)
    mentions += list(amounts.amounts_of(paragraphs, book, mentions)) + list(times.times_of(paragraphs, book, when))
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    quotations = quotes.quotations_of(paragraphs, book, mentions)
    acts = events.events_of(document, paragraphs, book, mentions, quotations, when)
    coded = {"documents": [row], "clues": clues, "lines": lines, "mentions": mentions, "quotations": quotations, "events": acts}
    for rows in coded.values():
        for r in rows:
            r["doc_id"] = document.doc_id
            if "text" in r and "start" in r and r["start"] is not None:
                r["text"] = document.text[r["start"]:r["end"]]  # as printed, not as read
    return coded


def code_corpus(documents, book, over=map):
    """Rows of all articles by table; `over` is map, or any function that works like it."""
    rows = {name: [] for name in dict.fromkeys(book["tables"]["table"])}
    for coded in over(lambda d: code_article(d, book), documents):
        for name, found in coded.items():
            rows[name] += found
    return rows


def code_folder(folder, book, over=map):
    """The checked tables of every article in `folder` and below, by name. Raises corpus.Unreadable for no folder."""
    documents, problems = corpus.read_folder(folder)
    rows = {**code_corpus(documents, book, over), "problems": problems}
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
