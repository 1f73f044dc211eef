"""The figure of the way from raw line to deal: how much was kept, coded, corrected and left out, stage by stage."""
import pandas as pd
from matplotlib.patches import Rectangle

from .. import corrections
from . import charts
from .charts import LEFT, PLOT

NAMES = ("actor", "person", "weapon")
KEPT, PARTLY, BARELY, OPEN, ODD = ("", "blue"), ("/////", "blue"), (".....", "grey"), ("", "paper"), ("xxxxx", "red")
# A stage: the unit of its rows, what they are, and its parts in order, each with its fill (hatch, colour).
STAGES = {
    "lines": ("line", "in the files", {"kept": KEPT, "set aside as furniture of the page": OPEN}),
    "mentions": ("mention", "of actors, persons,\nweapons", {"resolved": KEPT, "left open": OPEN}),
    "statements": ("statement", "that somebody makes", {"whose speaker is known": KEPT,
                                                        "whose speaker is unknown": OPEN}),
    "events": ("event", "by coder", {"by rules and model alike": KEPT, "by the model alone": PARTLY,
                                     "by the rules alone": BARELY, "by a reader alone": OPEN}),
    "tellings": ("event", "by telling", {"told for the first time": KEPT, "told again": OPEN}),
    "left out": ("row", "left out of the tables", {"of the rules": OPEN, "of the model": ODD}),
    "corrections": ("row", "events and claims", {"as coded": KEPT, "confirmed by a reader": PARTLY,
                                                    "changed by a reader": BARELY, "added by a reader": OPEN}),
    "claims": ("claim", "about deals", {"in a deal": KEPT, "in no single deal": OPEN}),
    "deals": ("deal", "between the pair", {"undisputed": KEPT, "disputed": ODD})}
ROW, BAR, GAP = 0.62, 0.2, 0.16  # inches: a row, its bar, the room between two labels


def parts_of(tables):
    """{stage: a Series with the part of each of its rows}, of the tables of a run (a dict of DataFrames)."""
    mentions = tables["mentions"]
    parts = {"lines": tables["lines"].rule == "", "mentions": mentions.code[mentions.kind.isin(NAMES)] != "",
             "statements": tables["quotations"].speaker != "", "events": tables["events"].coders.map(coders_in_words),
             "tellings": tables["events"].repeats == "", "left out": tables["rejected"].coder == "rules",
             "corrections": pd.Series(hands_of(tables), dtype=object), "claims": tables["claims"].deal != "",
             "deals": tables["deals"].disputed == ""}
    return {stage: found if len(STAGES[stage][2]) > 2 else found.map(dict(zip((True, False), STAGES[stage][2],
                                                                              strict=True)))
            for stage, found in parts.items()}


def coders_in_words(cell):
    """Who of rules and model has an event, in words, from its `coders`."""
    both = {"rules", "model"} & set(cell.split(";"))
    return f"by {'the ' + min(both) if both else 'a reader'} alone" if len(both) < 2 else "by rules and model alike"


def hands_of(tables):
    """What the hand did to each event and claim, in words: `corrected` also holds why a row was confirmed or added, so
    that a change is one of its `reasons`."""
    reasons = tables["reasons"]
    cells = reasons[(reasons["rule"] == "corrections") & reasons["column"].isin(corrections.CHANGEABLE)]
    changed = set(cells["row"])
    return [hand_in_words(row, *cells, changed) for table, key in (("events", "event_id"), ("claims", "claim_id"))
            for row, *cells in tables[table][[key, "corrected", "coders"]].itertuples(index=False)]


def hand_in_words(row, corrected, coders, changed):
    """What the hand did to one row; `changed` are the ids of rows with a cell that it changed."""
    if not corrected:
        return "as coded"
    done = "added" if coders == corrections.HAND else "changed" if row in changed else "confirmed"
    return f"{done} by a reader"


def mark_rows_of_flow(tables):
    """A row for each part of each stage that has rows: `stage`, `part`, `count` (rows of the table) and `share` (of
    the stage)."""
    rows = []
    for stage, found in parts_of(tables).items():
        counts = found.value_counts()
        rows += [(stage, part, int(counts[part]), round(counts[part] / len(found), 3)) for part in STAGES[stage][2]
                 if part in counts]
    return pd.DataFrame(rows, columns=["stage", "part", "count", "share"]).astype({"count": int, "share": float})


def headline_of_flow(tables):
    """A finding in at most ten words: how many claims reach a deal, else how many lines are kept."""
    for stage, unit, one, many in (("claims", "claim", "reaches a deal", "reach a deal"),
                                   ("lines", "line", "is kept", "are kept")):
        found = parts_of(tables)[stage]
        n = int((found == next(iter(STAGES[stage][2]))).sum())
        if len(found):
            return f"{n:,} of {len(found):,} {unit}{'s' * (len(found) != 1)} {one if n == 1 else many}"
    return "No line was read"


def spread(starts, widths):
    """Where labels begin, in inches: each as near to its segment as its neighbours and the panel leave it."""
    places, free = [], 0
    for start, width in zip(starts, widths, strict=True):
        places.append(max(start, free))
        free = places[-1] + width + GAP
    end = PLOT
    for n in reversed(range(len(places))):
        places[n] = min(places[n], end - widths[n])
        end = places[n] - GAP
    return places


def draw_stage(ax, marks, top, ink):
    """One stage: unit and sum on the left, its bar, and below each segment, joined to it, its count and words."""
    unit, about, parts = STAGES[marks.stage.iloc[0]]
    total = int(marks["count"].sum())
    ax.text(0.2 - LEFT, top, f"{total:,} {unit}{'s' * (total != 1)}", va="top", weight="bold")
    ax.text(0.2 - LEFT, top + 0.15, about, va="top", color=ink["grey"], size=7.5, linespacing=1.1)
    widths = marks["count"] / total * PLOT
    starts = [*(widths.cumsum() - widths)]
    labels = [f"{n:,} {part}" for n, part in zip(marks["count"], marks.part, strict=True)]
    places = spread(starts, [charts.breadth(label) + 0.06 for label in labels])
    for part, start, width, label, x in zip(marks.part, starts, widths, labels, places, strict=True):
        hatch, colour = parts[part]
        edge = ink["grey" if colour == "paper" else colour]
        ax.add_patch(Rectangle((start, top), max(width - 0.03, 0.01), BAR, lw=0.9, ec=edge, hatch=hatch,
                               fc=ink["paper"] if hatch else ink[colour]))
        ax.plot([start, start, x, x], [top + BAR, top + BAR + 0.03, top + BAR + 0.08, top + BAR + 0.19], color=edge,
                lw=0.8, clip_on=False)
        ax.text(x + 0.06, top + BAR + 0.14, label, va="center_baseline", size=7.5)


def draw_flow(tables, title, subtitle, source, note="", theme="light"):
    """Axes with a bar for each stage from raw line to deal, cut by what became of its rows; takes the tables of a run
    (a dict of DataFrames). A segment is as long as its `share` in `mark_rows_of_flow`."""
    marks = mark_rows_of_flow(tables)
    stages = [*dict.fromkeys(marks.stage)]
    note = f"{note} Articles read: {len(tables['documents']):,}. A bar is the whole of its stage; a stage without " \
           "rows has none. Rows that a reader withdrew stand in no table."
    with charts.style(theme) as ink:
        ax = charts.page(ROW * len(stages) or 1, title, subtitle, source, note, ink)
        if not stages:
            return ax.text(PLOT / 2, 0.5, "no lines", ha="center", size=12).axes
        for number, stage in enumerate(stages):
            draw_stage(ax, marks[marks.stage == stage], ROW * number, ink)
    return ax
