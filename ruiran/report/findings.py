"""What the tables say, in sentences: python -m ruiran.report.findings."""
import pandas as pd

from .. import codebook, store
from . import charts, register, timeline
from .dealcharts import speaker_of

DERIVED = codebook.FOLDER.parent / "derived"
WORDS = {"delivery_begun": "that delivery has begun", "delivery_complete": "that delivery is complete",
         "legality": "that it is lawful", "threat": "that it threatens others", "value": "what it is worth",
         "quantity": "how many there are", "purpose": "what it is for", "signature": "that it is signed"}


def findings(t):
    """Sentences on the tables `t`, each computed: the steps of the deals, each dispute with its sides, the weight of
    cooperation, the articles beside SIPRI, and how the rows came about."""
    yield f"{timeline.headline_of_steps(t['events'], t['documents'])}."
    yield from disputes(t)
    yield f"{charts.headline_of_events(t['events'])}, of the acts told as done."
    yield f"{register.headline(t['events'], t['documents'])}."
    yield how(t["events"])


def disputes(t):
    """A sentence for each attribute of a deal on which speakers differ: who says what."""
    names, outlets = charts.country_names(), t["documents"].set_index("doc_id").outlet
    for deal in t["deals"][t["deals"].disputed != ""].itertuples():
        own = t["claims"][t["claims"].deal == deal.deal]
        who = [speaker_of(c.speaker, outlets[c.doc_id], names) for c in own.itertuples()]
        own = own.assign(who=who)
        for attribute in deal.disputed.split(";"):
            said = own[own.attribute == attribute]
            if attribute in ("value", "quantity"):
                sides = [f"{charts.amount(int(c.low), attribute)} ({c.who})" for c in said.itertuples()
                         if pd.notna(c.low)]
                yield f"{deal.weapon}, {WORDS[attribute]}: {', '.join(dict.fromkeys(sides))}."
            else:
                sides = {s: ", ".join(dict.fromkeys(said[said.stance == s].who)) for s in ("affirms", "denies")}
                yield (f"{deal.weapon}, {WORDS.get(attribute, attribute)}: affirmed by {sides['affirms']}; denied by "
                       f"{sides['denies']}.")


def how(events):
    """How many events there are, and who has them."""
    by = {"rules and model alike": events.coders.str.contains("rules;model"),
          "the model alone": events.coders.str.startswith("model"), "the rules alone": events.coders == "rules",
          "hand alone": events.coders == "hand"}
    told = ", ".join(f"{n} by {who}" for who, rows in by.items() if (n := rows.sum()))
    return (f"{len(events)} events in {events.doc_id.nunique()} articles: {told}; "
            f"{events.coders.str.contains('hand').sum()} are corrected or confirmed by hand.")


if __name__ == "__main__":
    print("\n".join(findings(store.read(codebook.load(), DERIVED))))
