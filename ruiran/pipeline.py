"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    a model's answer, held to the text, and a person's corrections meet the rules' events, and then their claims
    all articles -> labels, reprints, dates by other articles, acts, deals
"""
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache, partial

from . import codebook, corrections, faults, tables
from .codebook import days
from .coding import events, gate, scope
from .dating import publication, times
from .deals import acts, claims, deals, labels, repeats, reprints
from .model import held, requests, together
from .model.answers import NONE
from .naming import amounts, names
from .reading import clean, corpus, language
from .records import Reading
from .spans import in_order
from .speech import quotes, speakers, turns


def read_article(document, book, elsewhere=(), gated=False):
    """The Reading of one article; `elsewhere` are clues on its date from other articles. Where `gated`, an article that
    cannot be about the pair's arms is not parsed: it has lines and clues, and its `scope` says so."""
    lines = clean.lines_of(document, book)
    article, clues, when = publication.dates_of(document, lines, book, elsewhere)
    kept = language.cased(language.paragraphs_of(document.text, lines), known(book))
    if gated and (stop := gate.stopped(lines, kept, book)):
        return Reading(document, replace(article, scope=stop), clues, lines, when, [], [], [])
    paragraphs = language.parsed(kept, known(book))
    mentions = in_order([*names.annotations_of(paragraphs, book, when), *times.times_of(paragraphs, book, when)])
    mentions = in_order([*mentions, *amounts.amounts_of(paragraphs, book, mentions)])
    spoken, labelled = turns.turns_of(lines, paragraphs, book, mentions, when)
    mentions = in_order([*mentions, *labelled])
    quotations = quotes.quotations_of(paragraphs, book, mentions, spoken)
    mentions = in_order([*mentions, *speakers.first_persons(paragraphs, book, quotations, mentions)])
    return Reading(document, article, clues, lines, when, paragraphs, mentions, quotations)


@lru_cache(maxsize=8)
def known(book):
    """What the codebook knows of a text before it is parsed."""
    labels = [r for r in book.rows("turns") if r.alone == "yes"]  # 'QUESTION:' is no part of the sentence behind it
    return language.Known(partial(names.names_in, book=book), partial(days.spans, book=book),
                          partial(names.may_be_unknown, book=book), (*book.rows("datelines"), *labels))


def coded(document, book, elsewhere=(), fixes=(), answers=NONE, gated=True):
    """What one article yields, by table, as records, with `notes` for `problems`; `fixes` are corrections by hand of
    its events and claims, `answers` what a model answered. An article of which neither is known is `gated`.

    Raises faults.TooMuch for an article that is too long, corrections.Stale for a correction that no longer fits.
    """
    answered, by_hand = answers.of(document), corrections.by_row(fixes, document.doc_id)
    r = read_article(document, book, elsewhere, gated and not answered and not by_hand)
    told = held.held(answered, r, book) if answered else None
    acts, left, names = together.events(events.events_of(r, book), told, book)
    hand = Hand(document, fixes, r, book)
    acts = hand.corrected(acts, "events")
    said, more = together.claims(claims.claims_of(r, acts, book), told, acts, names, book)
    said = hand.corrected(said, "claims")
    hand.check()
    left_out = r.article.scope or scope.left_out(r.paragraphs, r.mentions, book)
    about = replace(r.article, scope="" if acts or said else left_out)
    read = {"clues": r.clues, "lines": r.lines, "mentions": r.mentions, "quotations": r.quotations, "claims": said}
    printed = {name: [as_printed(document, record) for record in found] for name, found in read.items()}
    rejected = [*told.rejected, *left, *more] if told else []
    return {"documents": [about], "events": acts, **printed, "rejected": rejected,
            "notes": told.problems if told else ()}


class Hand:
    """What a person has said of the rows of one article."""

    def __init__(self, document, fixes, reading, book):
        self.doc_id, self.fixes, self.seen = document.doc_id, fixes, {}
        self.places = held.Places(reading, book) if corrections.by_row(fixes, document.doc_id) else None

    def corrected(self, rows, table):
        """The rows of a table, corrected."""
        self.seen[table] = {getattr(r, "event_id" if table == "events" else "claim_id") for r in rows}
        if self.places is None:
            return rows
        place = self.places.of_event if table == "events" else self.places.of_claim
        return corrections.applied(rows, self.fixes, self.doc_id, table, place)

    def check(self):
        """Raises corrections.Stale for a correction of a row that is not there."""
        corrections.check_used(self.fixes, self.doc_id, self.seen["events"], self.seen["claims"])


def as_printed(document, record):
    """The record with its words as they are printed, not as they were read; an assertion fails where they differ."""
    if record.start is None:
        return record
    text = document.text[record.start:record.end]
    if text == record.text:
        return record
    assert language.same_words(text, record.text), f"{record.text!r} is not {text!r}"
    return replace(record, text=text)


def rows_of(doc_id, found):
    """The rows of the tables of one article, by table."""
    rows = {name: [{"doc_id": doc_id, **r.row()} for r in records] for name, records in found.items()
            if name != "notes"}
    named = [(e.event_id, e) for e in found["events"]] + [(c.claim_id, c) for c in found["claims"]]
    return {**rows, "reasons": [{"row": name, **r.row()} for name, record in named for r in record.reasons]}


def code_article(document, book, elsewhere=(), fixes=(), answers=NONE):
    """Every row that one article yields, by table; raises what `coded` raises."""
    return rows_of(document.doc_id, coded(document, book, elsewhere, fixes, answers))


def attempt(document, book, elsewhere=(), fixes=(), answers=NONE):
    """(what one article yields, what went wrong, also rows that no table can hold): whatever goes wrong in one never
    costs the others."""
    try:
        found = coded(document, book, elsewhere, fixes, answers)
        for name, rows in rows_of(document.doc_id, found).items():
            tables.check(book, name, rows)
        return found, ""
    except faults.TooMuch as error:
        return {}, str(error)
    except (corrections.Stale, codebook.CodebookError):
        raise
    except Exception as error:
        return {}, faults.said(error)


def code_corpus(documents, book, over=map, fixes=(), answers=NONE):
    """Rows of all articles by table, those of `problems` too; `over` is map, or any function that works like it.

    Raises corrections.Stale for a correction that no longer fits.
    """
    documents = list(documents)
    first = over(lambda d: attempt(d, book, answers=answers), documents)
    tried = dict(zip((d.doc_id for d in documents), first, strict=True))
    clues = repeats.clues_elsewhere({doc_id: found for doc_id, (found, _) in tried.items() if found}, book)
    corrected = {corrections.doc_id_of(f) for f in fixes}
    for d in documents:
        if tried[d.doc_id][0] and (d.doc_id in clues or d.doc_id in corrected):
            # dated by another article: relative dates are read again
            tried[d.doc_id] = attempt(d, book, clues.get(d.doc_id, ()), fixes, answers)
    problems = [{"file": d.place, "problem": fault} for d in documents if (fault := tried[d.doc_id][1])]
    problems += [{"file": d.place, "problem": note} for d in documents for note in tried[d.doc_id][0].get("notes", ())]
    problems += answers.faults(documents)
    return {**merged({doc_id: found for doc_id, (found, _) in tried.items() if found}, book), "problems": problems}


def by_article(records):
    """{doc_id: its records, in their order}."""
    found = defaultdict(list)
    for record in records:
        found[record.doc_id].append(record)
    return found


def merged(coded, book):
    """The rows of all tables, of what each article yields by doc_id, with what only the whole corpus can tell."""
    articles = labels.labelled({doc_id: found["documents"][0] for doc_id, found in coded.items()})
    articles = reprints.marked(articles, {doc_id: found["lines"] for doc_id, found in coded.items()})
    told = acts.marked([e for found in coded.values() for e in found["events"]], articles)
    named = {doc_id: [m for m in found["mentions"] if m.kind == "weapon"] for doc_id, found in coded.items()}
    dealt, said = deals.deals_of([c for found in coded.values() for c in found["claims"]], articles, named, book)
    rows = {r.table: [] for r in book.rows("tables")}
    told_by, said_by = by_article(told), by_article(said)
    for doc_id, found in coded.items():
        own = {"documents": [articles[doc_id]], "events": told_by[doc_id], "claims": said_by[doc_id]}
        for name, part in rows_of(doc_id, {**found, **own}).items():
            rows[name] += part
    return {**rows, "acts": [a.row() for a in acts.acts_of(told, articles)], "deals": [d.row() for d in dealt]}


def rows_of_folder(folder, book, over=map, fixes=(), skip=None, answers=NONE):
    """(the rows of every article in `folder` and below, but not in `skip`, by table; the texts that were taken out of
    pages, PDFs and the like, by the name of the file that is to hold them). Raises corpus.Unreadable for no
    folder, corrections.Stale for a correction that no longer fits."""
    documents, problems = corpus.read_folder(folder, book, skip)
    known = {d.doc_id for d in documents} | {corpus.doc_id_of(p["file"]) for p in problems}
    corrections.check_articles(fixes, known)
    rows = code_corpus(documents, book, over, fixes, answers)
    rows["problems"] = sorted(problems + rows["problems"], key=lambda r: r["file"])
    return rows, {d.text_file: d.text for d in documents if d.made}


def requests_of_folder(folder, book, over=map):
    """(requests to a model about every article in `folder` and below, problems); raises what rows_of_folder raises."""
    documents, problems = corpus.read_folder(folder, book)
    asked = list(zip(documents, over(lambda d: attempt_to_ask(d, book), documents), strict=True))
    problems += [{"file": d.place, "problem": fault} for d, (_, fault) in asked if fault]
    return [r for _, (made, _) in asked for r in made], sorted(problems, key=lambda r: r["file"])


def attempt_to_ask(document, book):
    """([requests about an article], '' or what went wrong)."""
    try:
        return list(requests.requests_of(read_article(document, book), book)), ""
    except faults.TooMuch as error:
        return [], str(error)
    except Exception as error:
        return [], faults.said(error)


def code_folder(folder, book, fixes=(), answers=NONE, over=map):
    """The same as checked DataFrames."""
    rows, _ = rows_of_folder(folder, book, over, fixes, answers=answers)
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
