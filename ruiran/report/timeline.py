"""The figure of the deals in time: a lane a system, each step asked, agreed, signed, delivered, stopped, lifted or
sanctioned."""
import textwrap

import pandas as pd

from .. import codebook
from ..deals.deals import deal_family
from ..records import countries
from . import charts
from .charts import HOLLOW, clean, year_of
from .words import amount, teller

STEPS = ("asked", "agreed", "signed", "delivered", "stopped", "lifted", "sanctioned")
STEP_OF = {("REQUEST", "request"): "asked", ("REQUEST", "order"): "asked", ("AGREE", "offer"): "agreed",
           ("AGREE", "order"): "agreed", ("SUPPORT", "order"): "signed", ("COOPERATE", "delivery"): "delivered"}
GENERAL = "no system named"


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


def system_of(weapon, kinds):
    """The lane of an event: a system that it names, or the plant; else none in particular."""
    return weapon if deal_family(weapon, kinds) else GENERAL


def mark_rows_of_steps(events, documents):
    """A row for each step of a deal that is told for the first time, and each system in it: `event_id`, `lane`, `kind`
    (the step), `status`, `date_from`, `date_to`, `at` (years) and `about` (sum, and who says so)."""
    kinds, labels, rows = codebook.load().keyed("weapons", "code"), documents.set_index("doc_id").label, []
    for e in events[events.repeats == ""].itertuples():
        source, target = (set(countries(c for c in cell.split(";") if c)) for cell in (e.source, e.target))
        step = step_of(e.event, e.stage, source, target)
        for lane in dict.fromkeys(system_of(w, kinds) for w in e.weapon.split(";")) if step else ():
            cost = f"{amount(e.low)}, " if pd.notna(e.low) else ""
            who = teller(e.speaker, labels[e.doc_id])
            ends = [year_of(day) for day in (e.date_from, e.date_to) if day]
            rows.append((e.event_id, lane, step, e.status, e.date_from, e.date_to,
                         round(sum(ends) / len(ends), 3) if ends else float("nan"),
                         clean(cost + who, 40)))
    columns = "event_id lane kind status date_from date_to at about".split()
    return pd.DataFrame(rows, columns=columns).astype({"at": float})


def lanes_of(marks):
    """The lanes from the top: named systems by their first step, arms in general last."""
    first = marks.groupby("lane")["at"].min().sort_values(kind="stable")
    return [*(lane for lane in first.index if lane != GENERAL), *([GENERAL] if GENERAL in first.index else [])]


def headline_of_steps(events, documents):
    """A finding: which steps of the named systems are told as done, and when."""
    marks = mark_rows_of_steps(events, documents)
    done = marks[~marks.status.isin(HOLLOW) & (marks.lane != GENERAL)].sort_values(["at", "kind"])
    told = [f"{lane}: {', '.join(dict.fromkeys(map(dated, done[done.lane == lane].itertuples())))}"
            for lane in lanes_of(done)]
    return "; ".join(told[:3]) if told else "No step of a deal is told as done"


def dated(mark):
    """A step with its year: 'signed 2005', 'delivered by 2007' where it may have been earlier."""
    first, last = mark.date_from[:4], mark.date_to[:4]
    return f"{mark.kind} {last}" if first == last else f"{mark.kind} by {last}" if last else f"{mark.kind} from {first}"


def draw_steps(events, documents, title, subtitle, source, note="", theme="light"):
    """Axes with every dated step of a deal over the years, a lane for each system; the note counts what is left out.
    Takes the tables `events` and `documents`. A mark stands where `mark_rows_of_steps` has it."""
    every = mark_rows_of_steps(events, documents)
    marks = every[every["at"].notna()].reset_index(drop=True)
    years = [year_of(day) for day in [*marks.date_from, *marks.date_to] if day] or [2000]
    low, high, step = min(years) - 0.6, max(years) + 0.6, 0.17
    names = {lane: f"{textwrap.fill(lane, 18)}\n{(marks.lane == lane).sum():,} steps" for lane in lanes_of(marks)}
    located = charts.located(marks, low, (high - low) / charts.PLOT)
    rows = charts.pack(located.assign(label=located.about), step)
    deep = {lane: max(0.14 + step * (1 + rows.line[rows.lane == lane].max()), 0.2 + 0.135 * name.count("\n"))
            for lane, name in names.items()}
    note = f"{note} Steps drawn: {len(marks):,}, from {len(documents):,} articles; {len(every) - len(marks):,} undated."
    with charts.style(theme) as ink:
        ax = charts.page(sum(deep.values()) or 1, title, subtitle, source, note, ink)
        if marks.empty:
            return ax.text(charts.PLOT / 2, 0.5, "no steps", ha="center", size=12).axes
        charts.draw_years(ax, low, high, ink)
        charts.draw_lanes(ax, rows, names, deep, step, ink)
        hollow = charts.Line2D([], [], **charts.look("delivered", ink, hollow=True))
        charts.draw_key(ax, dict.fromkeys(STEPS) | {"not done: planned, possible, denied": hollow}, ink)
    return ax
