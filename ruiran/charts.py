"""House style and one function per figure; beside each figure a table of its marks, which leads back to the rows."""
import re
import textwrap
import warnings
from contextlib import contextmanager
from datetime import date
from itertools import zip_longest
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from . import codebook

# As text on its paper every colour passes 4.5:1; marks that differ in colour differ in shape too.
ROLES = "paper ink blue red grey rule band".split()
COLOURS = {"light": dict(zip(ROLES, "#FFFFFF #1A1A1A #0072B2 #B84A00 #767676 #DADADA #EDF1F4".split(), strict=True)),
           "dark": dict(zip(ROLES, "#16181C #ECECEC #5CB8F0 #F59A5B #A3A3A3 #3C4046 #262B32".split(), strict=True))}
KINDS = {"cooperation": "COOPERATE AID SUPPORT AGREE CONCEDE RETREAT", "talks": "CONSULT", "requests": "REQUEST",
         "conflict": "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"}
KIND_OF = {event: kind for kind, events in KINDS.items() for event in events.split()}
MARKERS = {"cooperation": ("o", "blue"), "talks": ("s", "grey"), "requests": ("D", "ink"), "conflict": ("v", "red"),
           "affirms": ("o", "blue"), "denies": ("X", "red")}
HOLLOW = ("planned", "conditional", "denied")
METADATA = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None},
            "pdf": {"CreationDate": None, "Producer": None, "Creator": None}}
WIDTH, LEFT, PLOT = 9.0, 1.7, 7.05  # inches: the page, its left margin, the panel; the panel's coordinates are inches
TAIL, LINE, CHAR = 0.3, 0.2, 0.066  # inches: the fading tail of an open date, a line of text, a character of it


@contextmanager
def style(theme="light"):
    """House style inside a `with`: yields the colours of `theme` (light, dark); matplotlib's settings come back after."""
    with warnings.catch_warnings(), mpl.rc_context():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a name in a script that the font lacks
        mpl.rcdefaults()
        mpl.rcParams.update({"text.parse_math": False, "text.color": COLOURS[theme]["ink"], "font.size": 8,
                             "figure.facecolor": COLOURS[theme]["paper"], "pdf.fonttype": 42, "svg.hashsalt": "ruiran"})
        yield COLOURS[theme]


def save(figure, name, folder):
    """Writes name.png (200 dpi), .svg and .pdf into `folder`, the same bytes each time; returns the PNG's path."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with style():
        for ending, metadata in METADATA.items():
            figure.savefig(Path(folder) / f"{name}.{ending}", dpi=200, metadata=metadata)
    return str(Path(folder) / f"{name}.png")


def clean(text, most=44):
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", str(text)).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def page(tall, title, subtitle, source, note, ink):
    """A figure that carries its words, with one bare Axes, `tall` inches high, measured in inches from the top."""
    title, subtitle = textwrap.fill(clean(title, 300), 62), textwrap.fill(clean(subtitle, 600), 100)
    foot = "\n".join(textwrap.fill(clean(text, 1500), 132) for text in (note, f"Source: {source}") if text)
    deep = [0.27 * (title.count("\n") + 1), 0.18 * (subtitle.count("\n") + 1), 0.145 * (foot.count("\n") + 1)]
    height = 1.15 + sum(deep) + tall
    figure, at = Figure(figsize=(WIDTH, height)), {"x": 0.2 / WIDTH, "va": "top", "linespacing": 1.25}
    figure.text(y=1 - 0.17 / height, s=title, size=15, weight="bold", **at)
    figure.text(y=1 - (0.22 + deep[0]) / height, s=subtitle, size=10, color=ink["grey"], **at)
    figure.text(y=(0.12 + deep[2]) / height, s=foot, size=7.5, color=ink["grey"], **at)
    ax = figure.add_axes((LEFT / WIDTH, (0.5 + deep[2]) / height, PLOT / WIDTH, tall / height), facecolor="none")
    ax.set(xticks=[], yticks=[], xlim=(0, PLOT), ylim=(tall, 0))
    ax.spines[:].set_visible(False)
    return figure, ax


def mark(kind, ink, hollow=False, size=5.5):
    """How a mark of one kind looks, as matplotlib's arguments."""
    shape, colour = MARKERS[kind][0], ink[MARKERS[kind][1]]
    return {"marker": shape, "ms": size, "mfc": ink["paper"] if hollow else colour, "mec": colour, "mew": 0.9, "ls": "none"}


def draw_bar(ax, x, ends, sure, y, colour):
    """A bar from a mark to both ends of its interval; it fades out towards an end that is not known."""
    for end, known in zip(ends, sure, strict=True):
        cuts = [x + (end - x) * i / 8 for i in range(9)]
        alpha = 0.6 if known else [0.7 - 0.085 * i for i in range(8)]
        ax.add_collection(LineCollection([[(a, y), (b, y)] for a, b in zip(cuts, cuts[1:], strict=False)], lw=1.3, color=colour,
                                         alpha=alpha, capstyle="butt", zorder=2), autolim=False)


def names_of(book):
    """Countries in words by code: the first plain spelling among the codebook's patterns."""
    table = book["actors"][lambda t: t.kind == "country"].drop_duplicates("code")
    bare = [re.sub(r"\(\?[^()]*\)\??", "", pattern).split("|") for pattern in table.pattern]
    plain = [[word for word in words if re.fullmatch("[A-Z][a-z]+(?: [A-Z][a-z]+)*", word)] for words in bare]
    return {code: words[0] for code, words in zip(table.code, plain, strict=True) if words}


def amount(number, attribute="value"):
    """Dollars ('$1.5 billion') or units ('1,200') in words."""
    size, word = next(((s, w) for s, w in ((10**9, " billion"), (10**6, " million")) if number >= s), (1, ""))
    return f"${float(f'{number / size:.4g}'):,g}{word}" if attribute == "value" else f"{number:,}"


def lanes_of(book):
    """(the pair's two codes, the lanes of the figure from the top)."""
    pair = tuple(book["scope"].set_index("name").value[["supplier", "recipient"]])
    one, two = (names_of(book).get(code, code) for code in pair)
    return pair, [f"{one} → {two}", f"{two} → {one}", "Both together", f"Third parties → {one} or {two}",
                  f"{one} or {two} → third parties"]


def lane_of(source, target, pair):
    """The number of the lane that an event belongs to."""
    by, to = ({code.split(":")[0] for code in cell.split(";")} for cell in (source, target))
    if by >= set(pair) or not by & set(pair):
        return 2 if by >= set(pair) else 3
    side = int(pair[1] in by)
    return side if pair[1 - side] in to else 4


def year_of(day):
    """An ISO day as a number of years; NaN for an empty one."""
    return date.fromisoformat(day).year + (date.fromisoformat(day).timetuple().tm_yday - 1) / 366 if day else float("nan")


def about(event):
    """The first weapon that an event names, with the stage of the deal and the sum; '' where it names none."""
    weapon = next((w for w in event.weapon.split(";") if w and "(unspecified)" not in w), "")
    cost = f", {amount(event.low)}" if pd.notna(event.low) else ""
    return clean(f"{weapon} {event.stage or event.event.lower()}", 32) + cost if weapon else ""


def mark_rows_of_events(events, book=None):
    """A row for each event that is no repeat: `event_id`, `lane`, `kind`, `event`, `status`, `date_from`, `date_to`, `at`
    (years: the middle of an interval, else the end that is known) and `about` (weapon, stage, sum)."""
    (pair, lanes), rows = lanes_of(book or codebook.load()), events[events.repeats == ""]
    ends = pd.DataFrame({side: rows[f"date_{side}"].map(year_of) for side in ("from", "to")}, dtype=float)
    lane = [lanes[lane_of(*sides, pair)] for sides in zip(rows.source, rows.target, strict=True)]
    rows = rows.assign(lane=lane, kind=rows.event.map(KIND_OF), at=ends.mean(axis=1).round(3),
                       about=[about(e) for e in rows.itertuples()])
    return rows["event_id lane kind event status date_from date_to at about".split()].reset_index(drop=True)


def headline_of_events(events):
    """A finding in at most ten words: acts of cooperation against acts of conflict, both as told to be done."""
    kinds = mark_rows_of_events(events[~events.status.isin(HOLLOW)]).kind.value_counts()
    (more, high), (less, low) = sorted(((k, kinds.get(k, 0)) for k in ("cooperation", "conflict")), key=lambda k: -k[1])
    if high == low:
        return f"Acts of cooperation and conflict balance, {high:,} each" if high else "No acts of cooperation or conflict"
    return f"Acts of {more} outnumber acts of {less}, {high:,} to {low:,}"


def place(marks, low, inch, step):
    """The marks with `x`, the ends of their bars, label and row, in inches; none touches another in its lane's row."""
    rows = marks.assign(x=(marks["at"] - low) / inch, label="")
    rows["first"] = ((rows.date_from.map(year_of).astype(float) - low) / inch).fillna(rows.x - TAIL)
    rows["last"] = ((rows.date_to.map(year_of).astype(float) - low) / inch).fillna(rows.x + TAIL)
    told = rows[(rows.about != "") & ~rows.status.isin(HOLLOW)].drop_duplicates("about").head(8 if step > 0.1 else 0)
    rows.loc[told.index, "label"] = told.about
    wide, rows["after"] = rows.label.map(len) * CHAR, rows.x < 0.7 * PLOT
    rows["left"] = rows["first"].clip(upper=rows.x - step * 0.55) - wide.where(~rows.after, 0)
    rows["right"] = rows["last"].clip(lower=rows.x + step * 0.55) + wide.where(rows.after, 0)
    rows, taken, found = rows.sort_values(["left", "kind", "event_id"]), {lane: [] for lane in set(rows.lane)}, []
    for r in rows.itertuples():
        ends = taken[r.lane]
        found.append(next((i for i, end in enumerate(ends) if end <= r.left), len(ends)))
        ends[found[-1]:found[-1] + 1] = [r.right]
    return rows.assign(row=found)


def draw_events(events, documents, title, subtitle, source, note="", theme="light"):
    """Axes with every dated event over the years, in a lane for each direction; the note counts what is left out.

    A mark stands at its date, in the middle of an interval, or at the one end that is known."""
    every, lanes = mark_rows_of_events(events), lanes_of(codebook.load())[1]
    marks = every[every["at"].notna()]
    years = [year_of(day) for day in [*marks.date_from, *marks.date_to] if day] or [2000]
    low, high = min(years) - 0.6, max(years) + 0.6
    for step in (0.15, 0.11, 0.08, 0.055, 0.04):
        rows = place(marks, low, (high - low) / PLOT, step)
        deep = {lane: max(0.45, 0.16 + step * (1 + rows.row[rows.lane == lane].max())) for lane in lanes if lane in set(rows.lane)}
        if sum(deep.values()) <= 7:
            break
    note = f"{note} {len(every)} events of {len(documents)} articles; left out: {len(events) - len(every)} told again, " \
           f"{len(every) - len(marks)} without any date.".strip()
    with style(theme) as ink:
        figure, ax = page(sum(deep.values()) or 1, title, subtitle, source, note, ink)
        draw_years(ax, low, high, ink) if len(marks) else ax.text(PLOT / 2, 0.5, "no events", ha="center", size=12)
        draw_lanes(ax, rows, deep, step, ink)
        draw_key(figure, ink)
    return ax


def draw_years(ax, low, high, ink):
    """Ticks at whole years, with fine vertical rules."""
    years = [y for y in MaxNLocator(12, integer=True, min_n_ticks=1).tick_values(low, high) if low <= y <= high]
    places = [(year - low) / (high - low) * PLOT for year in years]
    ax.set_xticks(places, [f"{year:.0f}" for year in years])
    ax.tick_params(axis="x", length=3, color=ink["rule"], labelcolor=ink["grey"])
    ax.vlines(places, *ax.get_ylim(), color=ink["rule"], lw=0.6, zorder=0)


def draw_lanes(ax, rows, deep, step, ink):
    """Each lane with its name, number of events, bars, marks and labels, from the top."""
    foot = 0
    for lane, tall in deep.items():
        foot, mine = foot + tall, rows[rows.lane == lane]
        ax.plot([0.2 - LEFT, PLOT], [foot, foot], color=ink["rule"], lw=0.8, clip_on=False, zorder=1)
        name = "\n".join([*textwrap.wrap(lane, 22), f"{len(mine)} events"])
        ax.text(0.2 - LEFT, foot - 0.07, name, va="bottom", linespacing=1.3)
        for r in mine.itertuples():
            y, look = foot - 0.08 - step * (r.row + 0.5), mark(r.kind, ink, r.status in HOLLOW, min(5.5, 50 * step))
            draw_bar(ax, r.x, (r.first, r.last), (bool(r.date_from), bool(r.date_to)), y, look["mec"])
            ax.plot(r.x, y, zorder=3, clip_on=False, **look)
            edge = r.right if r.after else r.left
            ax.text(edge, y, r.label, ha="right" if r.after else "left", va="center_baseline", size=7.5)


def draw_key(figure, ink):
    """One line under the subtitle that says what the marks mean."""
    handles = [Line2D([], [], label=kind, **mark(kind, ink)) for kind in KINDS]
    handles += [Line2D([], [], label="planned, possible or denied", **mark("cooperation", ink, hollow=True)),
                Line2D([], [], label="on a day within the bar", **mark("cooperation", ink) | {"ls": "-", "color": ink["blue"]})]
    bottom = figure.axes[0].get_position().y1
    figure.legend(handles=handles, loc="lower left", ncols=9, frameon=False, labelcolor="markeredgecolor", borderaxespad=0,
                  bbox_to_anchor=(0.2 / WIDTH, bottom), handletextpad=0.4, columnspacing=1.4, handlelength=1.6)
