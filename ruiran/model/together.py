"""Two coders of one article: which rows both have, which of one alone enter the tables, and how sure that makes them.

What enters is chosen where it was measured, on articles that neither coder was made on: codebook `confidence`.
"""
import json
from dataclasses import replace

from ..coding.tellings import sides_of
from ..records import Reason, Record, Rejected, name_of

BOTH, MODEL, RULES = "rules;model", "model", "rules"
EVENT = "event"  # a claim that the rules draw from an event of the tables
# Columns of an event that the model reads, of those that both have; what our reader reads better stays.
READ = ("event source target mode stage form status speaker auxiliary date_from date_to edtf date_basis weapon "
        "quantity_low quantity_high low high repeats").split()
SAID = ("speaker", "stance", "date_from", "date_to")  # as READ, of claims


def events(coded, told, book):
    """(the Events of an article, [Rejected], {id of the model's event: id of the row that has it}); `told` is what
    holds of the model's answer, None where it was not asked."""
    if told is None:
        return [marked(e, RULES, False, book, "events") for e in coded], [], {}
    twins, found, rejected = paired(coded, told.events, one), [], []
    names = named(told.events, twins, "event_id")
    for n, m in enumerate(told.events):
        twin = twins.get(n)
        m = replace(m, event_id=names[m.event_id]).because(
            Reason("repeats", names.get(m.repeats, ""), "model", basis=m.why("repeats").basis))
        enter(agreed(twin, m, READ) if twin else m, BOTH if twin else MODEL, found, rejected, book, "events")
    for e in unread(coded, twins, names, "event_id", rejected):
        enter(e, RULES, found, rejected, book, "events")
    kept = {e.event_id for e in found}
    found = [e if e.repeats in kept or not e.repeats else e.because(Reason("repeats", "", "coders")) for e in found]
    return sorted(found, key=lambda e: (e.start, e.event_id)), rejected, names


def claims(coded, told, acts, names, book):
    """(the Claims of an article, [Rejected]); `acts` are its events, `names` as `events` gave them."""
    if told is None:
        return [marked(c, RULES, False, book, "claims") for c in coded], []
    twins, found, rejected, there = paired(coded, told.claims, same_claim), [], [], {e.event_id: e for e in acts}
    own = named(told.claims, twins, "claim_id")
    for n, m in enumerate(told.claims):
        event, twin = names.get(m.event_id, ""), twins.get(n)
        m = replace(m, claim_id=own[m.claim_id]).because(Reason("event_id", event if event in there else "", "model"))
        enter(agreed(twin, m, SAID) if twin else m, BOTH if twin else MODEL, found, rejected, book, "claims")
    for c in unread(coded, twins, own, "claim_id", rejected):
        enter(c, RULES, found, rejected, book, "claims", EVENT if c.event_id in there else RULES)
    return sorted(found, key=lambda c: (c.start, c.attribute, c.claim_id)), rejected


def paired(coded, answered, same):
    """{place among the model's rows: the coder's row that is the same}, each row once."""
    found, free = {}, list(coded)
    for n, m in enumerate(answered):
        twin = next((c for c in free if same(c, m)), None)
        if twin is not None:
            found[n] = twin
            free.remove(twin)
    return found


def unread(coded, twins, names, key, rejected):
    """The rows that the rules alone have; those whose words the model reads otherwise go to `rejected`."""
    ours, theirs = {getattr(c, key) for c in twins.values()}, set(names.values())
    for c in coded:
        if getattr(c, key) in theirs - ours:
            rejected.append(left_out(c, RULES, "the model reads the same words otherwise"))
        elif getattr(c, key) not in ours:
            yield c


def named(answered, twins, key):
    """{id of the model's row: the id that it has in the tables}: that of the same row of the rules, else its own, else
    one made of it where another row has that."""
    names = {getattr(m, key): getattr(twins[n], key) for n, m in enumerate(answered) if n in twins}
    taken = set(names.values())
    for m in answered:
        if getattr(m, key) not in names:
            own = getattr(m, key)
            while own in taken:
                own = name_of(m.doc_id, m.line, own)
            names[getattr(m, key)] = own
            taken.add(own)
    return names


def one(e, m):
    """True where two events are one: of one sentence, of one type, with the same sides."""
    return (e.start, e.event) == (m.start, m.event) and sides_of(e) == sides_of(m)


def same_claim(c, m):
    """True where two claims are one: on one line, on the same of a deal, in words that touch or in one sentence."""
    return (c.line == m.line or c.start < m.end and m.start < c.end) and c.attribute == m.attribute and (
        c.weapon == m.weapon or not c.weapon or not m.weapon or c.start < m.end and m.start < c.end)


def agreed(ours, theirs, columns):
    """The row that both have: it keeps our name, and the model's reading where that is the better one. Each column says
    where the two agree."""
    same = {c for c in columns if getattr(theirs, c) == getattr(ours, c)}
    return ours.because(*(replace(r, basis="rules agree") if r.column in same else r for r in theirs.reasons
                          if r.column in columns))


def enter(row, coders, found, rejected, book, table, kind=""):
    """Adds the row to `found`, or to `rejected` where such rows (of a `kind` in codebook `confidence`; default: its
    coders) do not enter the tables."""
    if group(book, table, kind or coders, True).enters == "yes":
        found.append(marked(row, coders, True, book, table, kind))
    else:
        rejected.append(left_out(row, coders))


def left_out(row, coders, why=""):
    """The Rejected of a row that one coder alone has, or has otherwise."""
    cells = {k: v for k, v in Record.row(row).items() if v not in ("", None)}
    words = getattr(row, "sentence", None) or row.text
    return Rejected(row.line, words[:500], coders, json.dumps(cells, ensure_ascii=False, sort_keys=True, default=str),
                    why or f"the {coders} alone have it, and the other coder was asked")


def marked(row, coders, asked, book, table, kind=""):
    """The row with its coders, and how sure that makes it."""
    measured = group(book, table, kind or coders, asked)
    share = round(int(measured.right) / int(measured.of), 2) if int(measured.of) else None
    return row.because(Reason("coders", coders, "coders"), Reason("asked", asked, "coders"),
                       Reason("confidence", share, "confidence", basis=f"{measured.right} of {measured.of}"))


def group(book, table, coders, asked):
    """The row of codebook `confidence` on such rows."""
    wanted = table, coders, "yes" if asked else "no"
    return next(r for r in book.rows("confidence") if (r.table, r.coders, r.asked) == wanted)
