"""What the tables say, in sentences and in tables to read: python -m ruiran.report.findings [README.md]."""
import json
import sys
from pathlib import Path

import pandas as pd

from .. import codebook, store
from . import charts, flow, register, timeline, validation
from .words import ABOUT, act, claim, figure, many, printed_by, side, teller, things, when

DERIVED = codebook.FOLDER.parent / "derived"
ROOT = codebook.FOLDER.parent.parent
MARKS = "<!-- made by: python -m ruiran.report.findings README.md -->", "<!-- end -->"
WHOSE = {("rules;model", "yes"): "of rules and model alike", ("model", "yes"): "of the model alone",
         ("rules", "yes"): "of the rules alone beside a model", ("rules", "no"): "of the rules where no model is asked"}
TALK = ("ACCUSE", "REJECT", "THREATEN", "PROTEST")  # who blames whom: not in the chronology


def findings(t):
    """Sentences on the tables `t`, each computed: the steps of the deals, each dispute with its sides, what changed,
    the weight of cooperation, the articles beside SIPRI, and how the rows came about."""
    events = charts.dated_by_acts(t["events"], t["acts"])
    yield f"{timeline.headline_of_steps(events, t['documents'])}."
    for r in disputes(t).itertuples():
        sides = [f"{name} {cell}" for name, cell in (("affirmed by", r.affirmed), ("denied by", r.denied)) if cell]
        yield f"{r.deal}, {r.point}{' (a change, not a dispute)' if r.kind == 'changed' else ''}: {'; '.join(sides)}."
    weight = charts.headline_of_events(events)
    yield f"{weight}." if "told as done" in weight else f"{weight}, of the acts told as done."
    yield f"{register.headline(events, t['documents'])}."
    yield how(t["events"])


def how(events):
    """How many events there are, and who has them."""
    counts = events.coders.map(flow.coders_in_words).value_counts()
    told = ", ".join(f"{counts[who]} {who}" for who in flow.STAGES["events"][2] if who in counts)
    hand = events.coders.str.contains("hand").sum()
    return (f"{many(len(events), 'event')} in {many(events.doc_id.nunique(), 'article')}{': ' if told else ''}{told}; "
            f"{hand} {'is' if hand == 1 else 'are'} corrected or confirmed by a reader.")


def chronology(t):
    """The acts told as done, in words and in the order of their days."""
    acts = t["acts"]
    return in_words(acts[~acts.status.isin(charts.HOLLOW) & ~acts.event.isin(TALK)], t)


def in_words(acts, t):
    """Acts in words and in the order of their days: `when`, `status`, `what`, `told by`, the `words` of the telling
    that says most, `article` with its line."""
    labels, rows = t["documents"].set_index("doc_id").label, []
    tellings = dict(list(t["events"].groupby(t["events"].event_id.map(charts.first_tellings(t["events"])))))
    days = acts.date_from.where(acts.date_from != "", acts.date_to)
    for a in acts.assign(at=days).sort_values(["at", "date_to", "act"]).itertuples():
        e = min(tellings[a.act].itertuples(), key=vagueness)
        rows.append((when(a.date_from, a.date_to), a.status, act(a), "; ".join(map(side, a.tellers.split(";"))),
                     e.sentence, f"{labels[e.doc_id]}, line {e.line}"))
    return pd.DataFrame(rows, columns=["when", "status", "what", "told by", "words", "article"])


def vagueness(e):
    """How little a telling says: first by its days, then by the length of its sentence."""
    days = (pd.Timestamp(e.date_to) - pd.Timestamp(e.date_from)).days if e.date_from and e.date_to else 99_999
    return days, e.form == "headline", -len(e.sentence)


def objections(t):
    """The acts of words against the other side, in words and in the order of their days: who blames whom, who refuses
    what."""
    acts = t["acts"]
    return in_words(acts[acts.event.isin(TALK) & ~acts.status.isin(charts.HOLLOW)], t)


def disputes(t):
    """A row for each point of a deal on which speakers differ, or that changed between their days: `deal`, `point` in
    words, `kind` (disputed, changed), and who `affirmed` and `denied` it, with figures and days."""
    labels, rows = printed_by(t["documents"]), []
    for deal in t["deals"].itertuples():
        for kind in ("disputed", "changed"):
            for attribute in filter(None, getattr(deal, kind).split(";")):
                said = t["claims"][(t["claims"].deal == deal.deal) & (t["claims"].attribute == attribute)]
                sides = ["; ".join(dict.fromkeys(voice(c, labels[c.doc_id], kind) for c in own.itertuples()))
                         for own in (said[said.stance == "affirms"], said[said.stance == "denies"])]
                rows.append((deal.weapon, ABOUT[attribute], kind, *sides))
    return pd.DataFrame(rows, columns=["deal", "point", "kind", "affirmed", "denied"])


def voice(c, label, kind):
    """Who makes a claim, with its figure and, where days matter, its days."""
    days = when(c.date_from, c.date_to) if kind == "changed" else ""
    more = ", ".join(filter(None, [figure(c.low, c.high, c.attribute), days]))
    return teller(c.speaker, label) + (f" ({more})" if more else "")


def in_general(t):
    """The claims that fit no single deal, in words: `claim`, `about`, `by`, `words`, `article`."""
    labels, rows = t["documents"].set_index("doc_id").label, []
    for c in t["claims"][t["claims"].deal == ""].itertuples():
        said = ("denies " if c.stance == "denies" else "") + claim(c)
        rows.append((said, things(c.weapon), teller(c.speaker, labels[c.doc_id]), c.text,
                     f"{labels[c.doc_id]}, line {c.line}"))
    return pd.DataFrame(rows, columns=["claim", "about", "by", "words", "article"])


# ---------------------------------------------------------------- the first page of the project
def opening(t):
    """What README.md says of the findings and of how right they are, as its lines of Markdown."""
    book, found = codebook.load(), list(findings(t))
    differ = [f"{r.point} ({'; '.join(filter(None, (r.affirmed, r.denied and 'denied by ' + r.denied)))})"
              for r in disputes(t).itertuples() if r.kind == "disputed"]
    weight = next(sentence for sentence in found if "outnumbers" in sentence or "balance" in sentence)
    yield f"- **{found[0]}**"
    yield f"- **Disputed of {', '.join(dict.fromkeys(disputes(t).deal))}:** {', '.join(differ)}."
    yield f"- **{weight}** {found[-1]}"
    yield ""
    told = "; ".join(f"{WHOSE[r.coders, r.asked]} {validation.share(int(r.right), int(r.of))}, {r.right} of {r.of}"
                     for r in book["confidence"].query("table == 'events'").itertuples())
    yield f"How many rows were right on thirty articles that neither coder was made on (95 % interval): {told}."
    yield f"On the corpus itself: {first_output(ROOT / 'notebooks' / '07_validation.ipynb')}"
    yield "The readers against whom this is counted are language models."


def first_output(path):
    """What the first cell of a stored notebook says, as text."""
    cell = next(c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code")
    return "".join(cell["outputs"][0]["data"]["text/plain"])


def between(text, lines):
    """A page with these lines between its two marks."""
    before, _, rest = text.partition(MARKS[0])
    return f"{before}{MARKS[0]}\n\n" + "\n".join(lines) + f"\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}"


def main(path=""):
    """Prints the findings; where a page is named, writes them between its marks instead."""
    t = store.read(codebook.load(), DERIVED)
    if not path:
        return print("\n".join(findings(t)))
    page = Path(path)
    page.write_text(between(page.read_text(encoding="utf-8"), opening(t)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
