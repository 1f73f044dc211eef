"""The figure of the deals in time: a lane a system, each step asked, agreed, signed, delivered, stopped, lifted or
sanctioned."""
import textwrap

import pandas as pd

from .. import codebook
from ..deals.deals import deal_family
from ..records import countries
from . import charts
from .charts import HOLLOW, clean, year_of
from .words import amount, many, teller, things

STEPS = ("asked", "agreed", "signed", "delivered", "stopped", "lifted", "sanctioned")
STEP_OF = {("REQUEST", "request"): "asked", ("REQUEST", "order"): "asked", ("AGREE", "offer"): "agreed",
           ("AGREE", "order"): "agreed", ("SUPPORT", "order"): "signed", ("COOPERATE", "delivery"): "delivered"}
GENERAL = "no system named"
OTHERS, MOST = "other systems", 12  # lanes of systems
TALL = 9  # inches: a panel that would be taller has fewer labels, then smaller steps


def step_of(event, stage, source, target):
    """Which step of a deal an act is, from type, stage and sides (sets of countries); '' for none: talk of cooperation,
    a plant that is built, restrictions on something else."""
    supplier, recipient = codebook.load().pair
    sides = source | target
    if stage == "sanction":
        return "sanctioned" if sides & {supplier, recipient} else ""
    if stage in ("embargo", "suspension", "cancellation", "lifting") and supplier in source:
        return {"SUPPORT": "stopped", "SANCTION": "stopped"}.get(event, "") if stage != "lifting" else "lifted"
    if not sides >= {supplier, recipient} or event == "REQUEST" and recipient not in source:
        return ""
    return STEP_OF.get((event, stage), "")


def mark_rows_of_steps(events, documents):
    """A row for each step of a deal that is told for the first time, and each system in it: `event_id`, `lane` (the
    system as most name it), `kind` (the step), `status`, `date_from`, `date_to`, `at` (years) and `about` (what, the
    sum, and who says so)."""
    kinds, labels, rows = codebook.load().keyed("weapons", "code"), documents.set_index("doc_id").label, []
    for e in events[events.repeats == ""].itertuples():
        source, target = (set(countries(c for c in cell.split(";") if c)) for cell in (e.source, e.target))
        step = step_of(e.event, e.stage, source, target)
        ends = [year_of(day) for day in (e.date_from, e.date_to) if day]
        at = round(sum(ends) / len(ends), 3) if ends else float("nan")
        for family, system in {deal_family(w, kinds): w for w in e.weapon.split(";")}.items() if step else ():
            rows.append((e.event_id, family, system, step, e.status, e.date_from, e.date_to, at,
                         said_of(e, family, labels[e.doc_id])))
    columns = "event_id family system kind status date_from date_to at about".split()
    marks = pd.DataFrame(rows, columns=columns).astype({"at": float})
    return marks.assign(lane=lanes_by_family(marks))["event_id lane kind status date_from date_to at about".split()]


def said_of(e, family, label):
    """What stands beside a mark: what it is about where no system is named, the sum, and who tells it."""
    what = things(e.weapon) if not family and e.weapon != "weapon (unspecified)" else ""
    cost = amount(e.low) if pd.notna(e.low) else ""
    return clean(", ".join(filter(None, [what, cost, teller(e.speaker, label)])), 60)


def lanes_by_family(marks):
    """The lane of each mark: its family by the designation that most use, for the families with most steps; the others
    share one, and arms in general have their own."""
    named = marks[marks.family != ""]
    counts = named.family.value_counts()
    names = {family: sorted(own.system.mode(), key=lambda name: (len(name), name))[0]
             for family, own in named.groupby("family")}
    kept = set(counts.index[:MOST])
    return [GENERAL if not f else names[f] if f in kept else OTHERS for f in marks.family]


def lanes_of(marks):
    """The lanes from the top: named systems by their first step, the other systems, arms in general."""
    first, last = marks.groupby("lane")["at"].min().sort_values(kind="stable"), (OTHERS, GENERAL)
    return [*(lane for lane in first.index if lane not in last), *(lane for lane in last if lane in first.index)]


def headline_of_steps(events, documents):
    """A finding: which steps of the two systems that most is told of are told as done, and when first."""
    marks = mark_rows_of_steps(events, documents)
    done = marks[~marks.status.isin(HOLLOW) & ~marks.lane.isin([GENERAL, OTHERS])].sort_values(["at", "kind"])
    most = done.lane.value_counts().index[:2]
    firsts = done.drop_duplicates(["lane", "kind"])
    told = {lane: f"{lane}: {', '.join(map(dated, firsts[firsts.lane == lane].head(4).itertuples()))}"
            for lane in lanes_of(done) if lane in most}
    line = "; ".join(told.values())
    return (line if len(line) <= 110 else told[most[0]]) or "No step of a deal is told as done"


def dated(mark):
    """A step with its year: 'signed 2005', 'delivered by 2007' where it may have been earlier."""
    first, last = mark.date_from[:4], mark.date_to[:4]
    return f"{mark.kind} {last}" if first == last else f"{mark.kind} by {last}" if last else f"{mark.kind} from {first}"


def laid_out(marks, names, low, inch):
    """(marks with their places and labels, inches of each lane, inches of a step): the first layout that is not too
    tall, with all labels, those of systems, or none."""
    located = charts.located(marks, low, inch)
    for step, labelled in ((0.17, names), (0.17, {*names} - {GENERAL}), (0.12, ()), (0.08, ()), (0.05, ())):
        rows = charts.pack(located.assign(label=located.about.where(located.lane.isin(list(labelled)), "")), step)
        deep = charts.depths(rows, names, step)
        if sum(deep.values()) <= TALL:
            break
    return rows, deep, step


def draw_steps(events, documents, title, subtitle, source, note="", theme="light"):
    """Axes with every dated step of a deal over the years, a lane for each system; the note counts what is left out.
    Takes the tables `events` and `documents`. A mark stands where `mark_rows_of_steps` has it."""
    every = mark_rows_of_steps(events, documents)
    marks = every[charts.placed(every)].reset_index(drop=True)
    years = [year_of(day) for day in [*marks.date_from, *marks.date_to] if day] or [2000]
    low, high = min(years) - 0.6, max(years) + 0.6
    names = {lane: f"{textwrap.fill(lane, 18)}\n{many((marks.lane == lane).sum(), 'step')}" for lane in lanes_of(marks)}
    rows, deep, step = laid_out(marks, names, low, (high - low) / charts.PLOT)
    note = (f"{note} Steps drawn: {len(marks):,}, from {many(len(documents), 'article')}; "
            f"{len(every) - len(marks):,} undated.")
    with charts.style(theme) as ink:
        ax = charts.page(sum(deep.values()) or 1, title, subtitle, source, note, ink)
        if marks.empty:
            return ax.text(charts.PLOT / 2, 0.5, "no steps", ha="center", size=12).axes
        charts.draw_years(ax, low, high, ink)
        charts.draw_lanes(ax, rows, names, deep, step, ink)
        hollow = charts.Line2D([], [], **charts.look("delivered", ink, hollow=True))
        charts.draw_key(ax, dict.fromkeys(STEPS) | {"not done: planned, possible, denied": hollow}, ink)
    return ax
