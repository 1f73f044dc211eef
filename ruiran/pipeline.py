"""The map: what one article yields, then what only the whole corpus can tell.

    file -> Document -> lines -> clues, dates -> paragraphs -> mentions -> quotations -> events -> claims
    a model's answer, held to the text, and a person's corrections meet the rules' events, and then their claims
    all articles -> dates by other articles, labels, reprints, acts, deals: by key, see collection.Here
"""
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter

from . import codebook, corrections, faults, tables
from .codebook import days
from .coding import events, gate, scope
from .collection import Founds
from .dating import publication, times
from .deals import acts, claims, deals, labels, repeats, reprints
from .model import held, requests, together
from .model.answers import NONE
from .naming import amounts, names
from .reading import clean, corpus, language
from .records import Deal, Found, Reading, Told
from .spans import in_order
from .speech import quotes, speakers, turns

OWN = ("clues", "lines", "mentions", "quotations", "rejected")  # tables that other articles do not change
MORE = (*OWN, "reasons")  # to the last they add theirs


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
    hand = Hand(document, fixes, held.Places(r, book) if by_hand else None)
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
    """What a person has said of the rows of one article; `places` finds their words, None where he said nothing."""

    def __init__(self, document, fixes, places):
        self.doc_id, self.fixes, self.seen, self.places = document.doc_id, fixes, {}, places

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
    rows = {name: [r.row(doc_id=doc_id) for r in records] for name, records in found.items()
            if name != "notes"}
    named = [(e.event_id, e) for e in found.get("events", ())] + [(c.claim_id, c) for c in found.get("claims", ())]
    return {**rows, "reasons": [r.row(row=name) for name, record in named for r in record.reasons]}


def code_article(document, book, elsewhere=(), fixes=(), answers=NONE):
    """Every row that one article yields, by table; raises what `coded` raises."""
    return rows_of(document.doc_id, coded(document, book, elsewhere, fixes, answers))


def found_in(document, book, elsewhere=(), fixes=(), answers=NONE, order=()):
    """The Found of one article; raises what `coded` raises, and tables.TableError."""
    told = coded(document, book, elsewhere, fixes, answers)
    rows = rows_of(document.doc_id, told)
    for name in rows:
        tables.check(book, name, rows[name])
    talks = [(e.start, e.end) for e in told["events"] if e.event == "CONSULT"]
    named = tuple(m for m in told["mentions"] if m.kind == "weapon" or any(a <= m.start < b for a, b in talks))
    article, = told["documents"]
    events, claims = (tuple(replace(r, reasons=()) for r in told[name]) for name in ("events", "claims"))
    return Found(document.doc_id, order, article, events, claims, named,
                 frozenset() if article.scope else reprints.runs_of(told["lines"]),
                 {name: rows[name] for name in MORE}, tuple(told["notes"]))


def attempt(document, book, elsewhere=(), fixes=(), answers=NONE, order=()):
    """(the Found of an article or None, what went wrong, also rows that no table can hold): whatever goes wrong in one
    never costs the others."""
    try:
        return found_in(document, book, elsewhere, fixes, answers, order), ""
    except faults.TooMuch as error:
        return None, str(error)
    except (corrections.Stale, codebook.CodebookError):
        raise
    except Exception as error:
        return None, faults.said(error)


def problems_in(document, found, fault):
    """The rows of `problems` of an article, by what `attempt` gives of it."""
    return [{"file": document.place, "problem": said} for said in ([fault] if fault else found.notes)]


def code_corpus(documents, book, over=map, fixes=(), answers=NONE):
    """Rows of all articles by table, those of `problems` too; `over` is map, or any function that works like it.

    Raises corrections.Stale for a correction that no longer fits.
    """
    documents = list(documents)
    tried = list(over(partial(attempt, book=book, answers=answers), documents))
    tried = [(found and replace(found, order=(n,)), fault) for n, (found, fault) in enumerate(tried)]
    clues = clues_elsewhere(Founds(found for found, _ in tried if found), book)
    corrected = {corrections.doc_id_of(f) for f in fixes}
    for n, d in enumerate(documents):
        if tried[n][0] and (d.doc_id in clues or d.doc_id in corrected):
            # dated by another article: relative dates are read again
            tried[n] = attempt(d, book, clues.get(d.doc_id, ()), fixes, answers, (n,))
    problems = [row for d, told in zip(documents, tried, strict=True) for row in problems_in(d, *told)]
    problems += answers.faults(documents)
    return {**rows_of_all(Founds(found for found, _ in tried if found), book), "problems": problems}


def rows_of_all(found, book):
    """The rows of all tables, of a collection of Founds."""
    rows = {r.table: [] for r in book.rows("tables")}
    found, acts_told, dealt = merged(found, book)
    for one in sorted(found.found(), key=lambda f: f.order):
        for name, part in rows_of_found(one).items():
            rows[name] += part
    rows["acts"] = [act.row() for _, act in sorted(acts_told.found(), key=lambda told: told[0])]
    return {**rows, "deals": deal_rows(dealt)}


def deal_rows(dealt):
    """The rows of a collection of (key, Deal)s, in the order of the keys."""
    return [deal.row() for _, deal in sorted(dealt.found(), key=lambda d: (d[0], d[1].deal))]


def rows_of_found(found):
    """The rows of the tables of one article, by table, with what the others tell of it."""
    records = {"documents": [found.article], "events": found.events, "claims": found.claims}
    rows = {**rows_of(found.doc_id, records), **found.rows}
    return {**rows, "reasons": with_more(found.rows["reasons"], found.told)}


def with_more(reasons, told):
    """The rows of `reasons` of an article, those of what others tell of a row behind its own."""
    more = {t.row: t.why.row(row=t.row) for t in told if t.why}
    rows = []
    for name, own in groupby(reasons, key=itemgetter("row")):
        rows += own
        rows += [more[name]] if name in more else []
    return rows


# ---------------------------------------------------------------- what only the whole corpus can tell, by key
def clues_elsewhere(found, book):
    """{doc_id: Clues on its day from other articles}, of a collection of Founds."""
    told = found.each(repeats.talks_of).by_key(repeats.answers_to).by_key(partial(repeats.clues_of, book=book))
    clues = {}
    for doc_id, (_, clue) in sorted(told.found(), key=lambda told: told[1][0]):
        clues.setdefault(doc_id, []).append(clue)
    return clues


def merged(found, book):
    """(the Founds with what the others tell of them, (place, Act)s, (key, Deal)s), each a collection, of one of
    Founds."""
    labelled = found.each(labels.called).by_key(labels.lettered)
    printed = found.each(reprints.printings).by_key(reprints.earlier).by_key(reprints.alike).by_key(reprints.first_of)
    same = found.each(acts.told).by_key(acts.first_tellings)
    found = found.joined(labelled, found.like(reprints.originals(printed.found())), same)

    again = found.each(acts.told_again).by_key(acts.first_tellings)
    said = found.each(partial(deals.said_in, book=book)).by_key(partial(deals.deals_of, book=book))
    found = found.joined(again, said.each(partial(of_kind, kind=Told)))

    told = found.each(acts.tellings).beside(again.each(acts.moved)).by_key(acts.resolved).by_key(acts.acts_of)
    return found, told, said.each(partial(of_kind, kind=Deal))


def of_kind(item, kind):
    """An item whose value is of that kind, or nothing."""
    yield from [item] if isinstance(item[1], kind) else ()


# ---------------------------------------------------------------- folders
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
    """([requests about an article], '' or what went wrong); none about one that the gate stops."""
    try:
        read = read_article(document, book, gated=True)
        return ([] if read.article.scope else list(requests.requests_of(read, book))), ""
    except faults.TooMuch as error:
        return [], str(error)
    except Exception as error:
        return [], faults.said(error)


def code_folder(folder, book, fixes=(), answers=NONE, over=map):
    """The same as checked DataFrames."""
    rows, _ = rows_of_folder(folder, book, over, fixes, answers=answers)
    return {name: tables.frame(book, name, found) for name, found in rows.items()}
