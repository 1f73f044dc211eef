"""House style and one function per figure; beside each figure a table of its marks, which leads back to the rows."""
import re
import textwrap
import warnings
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.textpath import TextToPath
from matplotlib.ticker import MaxNLocator

from .. import codebook
from ..records import countries
from .words import amount, many

# As text on its paper every colour passes 4.5:1; marks that differ in colour differ in shape too.
ROLES = "paper ink blue red grey rule band".split()
COLOURS = {"light": dict(zip(ROLES, "#FFFFFF #1A1A1A #0072B2 #B84A00 #767676 #DADADA #EDF1F4".split(), strict=True)),
           "dark": dict(zip(ROLES, "#16181C #ECECEC #5CB8F0 #F59A5B #A3A3A3 #3C4046 #262B32".split(), strict=True))}
KINDS = {"cooperation": "COOPERATE AID SUPPORT AGREE CONCEDE RETREAT", "talks": "CONSULT", "requests": "REQUEST",
         "conflict": "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"}
KIND_OF = {event: kind for kind, events in KINDS.items() for event in events.split()}
MARKERS = {"cooperation": ("o", "blue"), "talks": ("s", "grey"), "requests": ("D", "ink"), "conflict": ("v", "red"),
           "affirms": ("o", "blue"), "denies": ("X", "red"), "asked": ("D", "ink"), "agreed": (">", "blue"),
           "signed": ("s", "blue"), "delivered": ("o", "blue"), "stopped": ("X", "red"), "lifted": ("^", "grey"),
           "sanctioned": ("v", "red")}
LONG = 20  # years of an interval that dates nothing
HOLLOW = ("planned", "conditional", "denied")
METADATA = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None},
            "pdf": {"CreationDate": None, "Producer": None, "Creator": None}}
DARK = ("png", "svg")  # the files for dark screens, which nobody prints
ENDINGS = [*(f".{ending}" for ending in METADATA), *(f"-dark.{ending}" for ending in DARK)]  # of the files of a figure
WIDTH, LEFT, PLOT = 9.0, 1.7, 7.05  # inches: the page, its left margin, the panel; the panel's coordinates are inches
TAIL = 0.3  # inches: the fading tail of an open date
LONGEST = 46  # characters of a label: half the panel, so that there is room for it on one side of a mark


@contextmanager
def style(theme="light"):
    """House style inside a `with`: yields the colours of `theme`, light or dark; afterwards all is as it was."""
    with warnings.catch_warnings(), mpl.rc_context():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a name in a script that the font lacks
        mpl.rcdefaults()
        mpl.rcParams.update({"text.parse_math": False, "text.color": COLOURS[theme]["ink"], "font.size": 8,
                             "figure.facecolor": COLOURS[theme]["paper"], "pdf.fonttype": 42, "svg.hashsalt": "ruiran"})
        yield COLOURS[theme]


def publish(draw, name, folder):
    """Saves what draw(theme=…) draws on its Axes: name.png, .svg and .pdf, and for dark screens name-dark.png and .svg;
    returns the path of name.png."""
    save(draw(theme="dark").figure, f"{name}-dark", folder, DARK)
    return save(draw(theme="light").figure, name, folder)


def png(axes, dpi=120):
    """A figure as the bytes of a PNG, for a page that keeps no file."""
    with style(), BytesIO() as file:
        axes.figure.savefig(file, dpi=dpi, metadata=METADATA["png"])
        return file.getvalue()


def source_of(t):
    """The source line of a figure, from the tables: how many articles, coded by whom."""
    who = {"rules": "rules", "model": "a language model", "hand": "a reader's corrections"}
    by = [name for coder, name in who.items() if t["events"].coders.str.contains(coder).any()]
    return f"ruiran, {many(len(t['documents']), 'news article')}" + (f", coded by {', '.join(by)}" if by else "")


def save(figure, name, folder, endings=tuple(METADATA)):
    """Writes name.png (200 dpi), .svg and .pdf into `folder`, the same bytes each time; returns the PNG's path."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    dpi = min(200, int(65000 / max(figure.get_size_inches())))  # a PNG holds 65,535 pixels a side
    with style():
        for ending in endings:
            figure.savefig(Path(folder) / f"{name}.{ending}", dpi=dpi, metadata=METADATA[ending])
    return str(Path(folder) / f"{name}.png")


def clean(text, most=44):
    """The text on one line, without control characters, cut to `most` characters."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", str(text)).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def balanced(text, most):
    """The text in as few lines of at most `most` characters as it needs, of like length: no word stands alone."""
    lines = len(textwrap.wrap(text, most))
    return next((filled for width in range(len(text) // max(lines, 1), most + 1)
                 if (filled := textwrap.fill(text, max(width, 1))).count("\n") < lines), text)


def page(tall, title, subtitle, source, note, ink):
    """A figure that carries its words, with one bare Axes, `tall` inches high, measured in inches from the top."""
    title, subtitle = balanced(clean(title, 300), 62), textwrap.fill(clean(subtitle, 600), 106)
    foot = "\n".join(textwrap.fill(clean(text, 1500), 146) for text in (note, f"Source: {source}") if text)
    deep = [0.27 * (title.count("\n") + 1), 0.18 * (subtitle.count("\n") + 1), 0.145 * (foot.count("\n") + 1)]
    height = 1.15 + sum(deep) + tall
    figure, at = Figure(figsize=(WIDTH, height)), {"x": 0.2 / WIDTH, "va": "top", "linespacing": 1.25}
    figure.text(y=1 - 0.17 / height, s=title, size=15, weight="bold", **at)
    figure.text(y=1 - (0.22 + deep[0]) / height, s=subtitle, size=10, color=ink["grey"], **at)
    figure.text(y=(0.12 + deep[2]) / height, s=foot, size=7.5, color=ink["grey"], **at)
    ax = figure.add_axes((LEFT / WIDTH, (0.5 + deep[2]) / height, PLOT / WIDTH, tall / height), facecolor="none")
    ax.set(xticks=[], yticks=[], xlim=(0, PLOT), ylim=(tall, 0))
    ax.spines[:].set_visible(False)
    return ax


def look(kind, ink, hollow=False, size=5.5):
    """How a mark of one kind looks, as matplotlib's arguments."""
    shape, colour = MARKERS[kind][0], ink[MARKERS[kind][1]]
    return {"marker": shape, "ms": size, "mfc": ink["paper"] if hollow else colour, "mec": colour, "mew": 0.9, "ls": ""}


def lane_names():
    """The lanes of the figure from the top."""
    one, two = (codebook.load().names().get(code, code) for code in codebook.load().pair)
    return [f"{one} → {two}", f"{two} → {one}", "Both together", f"Third parties → {one} or {two}",
            f"{one} or {two} → third parties"]


def lane_of(source, target):
    """The number of the lane that an event belongs to."""
    pair = codebook.load().pair
    by, to = (set(countries(cell.split(";"))) for cell in (source, target))
    if by >= set(pair) or not by & set(pair):
        return 2 if by >= set(pair) else 3
    return int(pair[1] in by) if pair[pair[0] in by] in to else 4


def year_of(day):
    """An ISO day as a number of years; NaN for an empty one."""
    return int(day[:4]) + (date.fromisoformat(day).timetuple().tm_yday - 1) / 366 if day else float("nan")


def about(event):
    """The weapons that an event names, with the stage of the deal and the sum; '' where it names them in general only.
    """
    named = [weapon for weapon in event.weapon.split(";") if weapon]
    cost = f", {amount(event.low)}" if pd.notna(event.low) else ""
    words = ", ".join(dict.fromkeys(weapon.replace(" (unspecified)", "") for weapon in named))
    general = all("(unspecified)" in weapon for weapon in named)
    return "" if general else clean(f"{words} {event.stage}", LONGEST - len(cost)) + cost


def dated_by_acts(events, acts):
    """The events, the first tellings on the days of their acts: an end that the first leaves open another may give."""
    days = acts.set_index("act")[["date_from", "date_to", "edtf"]]
    return events.set_index("event_id").assign(**{name: days[name].reindex(events.event_id).fillna(
        events.set_index("event_id")[name]) for name in days}).reset_index()[list(events.columns)]


def mark_rows_of_events(events):
    """A row for each event that is no repeat: `event_id`, `lane`, `kind`, `event`, `status`, `date_from`, `date_to`,
    `at` (years: the middle of an interval, else the end that is known) and `about` (weapon, stage, sum)."""
    lanes, rows = lane_names(), events[events.repeats == ""]
    ends = pd.DataFrame({side: rows[f"date_{side}"].map(year_of) for side in ("from", "to")}, dtype=float)
    told = [(lanes[lane_of(e.source, e.target)], about(e)) for e in rows.itertuples()]
    told = pd.DataFrame(told, rows.index, ["lane", "about"], "string")
    rows = rows.assign(**told, kind=rows.event.map(KIND_OF), at=ends.mean(axis=1).round(3))
    return rows["event_id lane kind event status date_from date_to at about".split()].reset_index(drop=True)


def first_tellings(events):
    """{event_id: event_id of the first telling of its act}: the end of the chain of `repeats`."""
    repeats, found = dict(zip(events.event_id, events.repeats, strict=True)), {}
    for event in repeats:
        act, passed = event, {event}
        while repeats.get(act) and repeats[act] not in passed:
            act = repeats[act]
            passed.add(act)
        found[event] = act
    return found


def tellers_of(events):
    """{event_id of the first telling of an act: the doc_ids of the articles that tell it}."""
    tellers = {}
    for act, article in zip(first_tellings(events).values(), events.doc_id, strict=True):
        tellers.setdefault(act, set()).add(article)
    return tellers


def acts_without(events, documents):
    """How many dated acts each lane keeps without one article: a row for each `doc_id` that is left out, a column for
    each lane. An act stays as long as another article tells it, too."""
    marks = mark_rows_of_events(events)
    marks = marks[placed(marks)]
    alone = {act: min(articles) for act, articles in tellers_of(events).items() if len(articles) == 1}
    counts, lost = marks.lane.value_counts(), pd.crosstab(marks.event_id.map(alone), marks.lane)
    return lost.reindex(index=documents.doc_id, columns=counts.index, fill_value=0).rsub(counts)


def headline_of_events(events):
    """A finding in at most ten words: cooperation against conflict within the pair, of the acts told as done."""
    marks, lanes = mark_rows_of_events(events[~events.status.isin(HOLLOW)]), lane_names()
    kinds, pair = marks.kind[marks.lane.isin(lanes[:3])].value_counts(), lanes[0].replace(" → ", " and ")
    (more, high), (less, low) = sorted(((k, kinds.get(k, 0)) for k in ("cooperation", "conflict")), key=lambda k: -k[1])
    words = f"outnumbers {less}, {high:,} to {low:,}" if high > low else f"and {less} balance, {high:,} each"
    return f"Between {pair}, {more} {words}" if high else f"No acts told as done between {pair}"


def placed(marks):
    """True for marks that have a place on the line of years: a day is known, and not only within LONG years."""
    first, last = (marks[f"date_{side}"].map(year_of).astype(float) for side in ("from", "to"))
    return marks["at"].notna() & ~(last - first > LONG)


def place(marks, low, inch, step):
    """The marks with place, bar and label (of eight events at most, those with sums first), packed into rows."""
    told = marks[(marks.about != "") & ~marks.status.isin(HOLLOW) & (step > 0.1)].drop_duplicates("about")
    told = told.sort_values("about", key=lambda words: ~words.str.contains("$", regex=False), kind="stable").head(8)
    label = told.about.reindex(marks.index).fillna("")
    return pack(located(marks, low, inch).assign(label=label), step)


def located(marks, low, inch):
    """The marks with their place `x` and the ends of their bar, `first` and `last`, in inches from the year `low`, and
    whether they are hollow."""
    years = {"x": marks["at"], "first": marks.date_from.map(year_of), "last": marks.date_to.map(year_of)}
    inches = {name: (values.astype(float) - low) / inch for name, values in years.items()}
    return marks.assign(**inches, hollow=marks.status.isin(HOLLOW))


def pack(rows, step):
    """The rows with `line`: the lowest of their lane in which neither mark nor bar nor label touches another."""
    start = rows["first"].fillna(rows.x - TAIL).clip(upper=rows.x - step * 0.55)
    end = rows["last"].fillna(rows.x + TAIL).clip(lower=rows.x + step * 0.55) + 0.03
    rows = labelled(rows, start, end)
    wide = rows.wide + 0.1
    rows["text"] = (end + 0.02).mask(rows.before, start - 0.05)
    rows["left"] = start.mask(rows.before, rows.text - wide)
    rows["right"] = end.mask(~rows.before & (rows.label != ""), rows.text + wide)
    rows, taken, lines = rows.sort_values(["left", "kind"], kind="stable"), {lane: [] for lane in rows.lane}, []
    for r in rows.itertuples():
        lines.append(next((i for i, end in enumerate(taken[r.lane]) if end <= r.left), len(taken[r.lane])))
        taken[r.lane][lines[-1]:lines[-1] + 1] = [r.right]
    return rows.assign(line=lines)


def breadth(label):
    """Inches that a label is wide."""
    return TextToPath().get_text_width_height_descent(label, FontProperties(size=7.5), False)[0] / 72 if label else 0


def fitted(label, room):
    """The label, cut where `room` (inches) is less than it is wide; '' where too few characters would be left."""
    cuts = (clean(label, most) for most in range(len(label), 9, -1))
    return label if breadth(label) <= room else next((cut for cut in cuts if breadth(cut) <= room), "")


def labelled(rows, start, end):
    """The rows with `before`, true where the label stands left of the mark, `label` cut to the room that is there, and
    `wide`, its inches; `start` and `end` are the ends of mark and bar."""
    with style():
        wide, left, right = rows.label.map(breadth).astype(float), start - 0.05, PLOT + 0.2 - end
        late = (rows.x > 0.7 * PLOT) & (wide <= left)
        before = (rows.label != "") & (late | (wide > right) & (left > right))
        cut = [fitted(*pair) for pair in zip(rows.label, right.mask(before, left), strict=True)]
        return rows.assign(before=before, label=cut, wide=[breadth(label) for label in cut])


def depths(rows, names, step):
    """The inches that each lane needs: for its lines, a `step` each, or for its name."""
    return {lane: max(0.14 + step * (1 + rows.line[rows.lane == lane].max()), 0.2 + 0.135 * name.count("\n"))
            for lane, name in names.items()}


def draw_lanes(ax, rows, names, deep, step, ink):
    """Each lane with its name, bars, marks and labels, from the top."""
    foot = 0
    for lane, name in names.items():
        foot += deep[lane]
        ax.plot([0.2 - LEFT, PLOT], [foot, foot], color=ink["rule"], lw=0.8, clip_on=False, zorder=1)
        ax.text(0.2 - LEFT, foot - 0.05, name, va="bottom", linespacing=1.2)
        for r in rows[rows.lane == lane].itertuples():
            colour, y = MARKERS[r.kind][1], foot - 0.07 - step * (r.line + 0.5)
            draw_bar(ax, r, y, ink[colour])
            ax.plot(r.x, y, zorder=3, clip_on=False, **look(r.kind, ink, r.hollow, min(5.5, 50 * step)))
            ax.text(r.text, y, r.label, ha="right" if r.before else "left", va="center_baseline", size=7.5)


def draw_bar(ax, r, y, colour):
    """A bar from a mark to both ends of its interval; it fades out towards an end that is not known."""
    for end, fading in ((r.first, r.x - TAIL), (r.last, r.x + TAIL)):
        known = pd.notna(end)
        cuts = [(r.x + ((end if known else fading) - r.x) * i / 8, y) for i in range(9)]
        ax.add_collection(LineCollection(list(zip(cuts, cuts[1:], strict=False)), lw=1.3, color=colour, capstyle="butt",
                                         alpha=0.6 if known else [0.7 - 0.085 * i for i in range(8)]), autolim=False)


def draw_key(ax, handles, ink):
    """One line over the panel that says what the marks mean."""
    handles = {name: Line2D([], [], **look(name, ink)) if looks is None else looks for name, looks in handles.items()}
    colours = [ink[MARKERS[name][1]] if name in MARKERS else ink["grey"] for name in handles]
    ax.legend(handles.values(), handles, loc="lower left", bbox_to_anchor=((0.16 - LEFT) / PLOT, 1), ncols=9,
              labelcolor=colours, borderaxespad=0, handletextpad=0.4, columnspacing=1.4, handlelength=1.6,
              frameon=False, handler_map={tuple: HandlerTuple(ndivide=None, pad=0)})


def draw_years(ax, low, high, ink):
    """Ticks at whole years, with fine vertical rules."""
    found = MaxNLocator(12, integer=True).tick_values(low, high)
    years = sorted({round(year) for year in found if low <= round(year) <= high})
    places = [(year - low) / (high - low) * PLOT for year in years]
    ax.set_xticks(places, [f"{year}" for year in years])
    ax.tick_params(axis="x", length=3, color=ink["rule"], labelcolor=ink["grey"])
    ax.vlines(places, *ax.get_ylim(), color=ink["rule"], lw=0.6, zorder=0)


def names_of_lanes(marks, events, documents):
    """{lane: its name, its part of the dated marks, and how many of them are left without any one article}."""
    counts, left = marks.lane.value_counts(), acts_without(events, documents)
    names = {lane: f"{textwrap.fill(lane, 18)}\n{counts[lane]:,} of {len(marks):,}" for lane in lane_names()
             if lane in counts}
    if len(left) < 2:
        return names
    ends = {lane: " to ".join(dict.fromkeys((f"{left[lane].min():,}", f"{left[lane].max():,}"))) for lane in names}
    return {lane: f"{name}\n{ends[lane]} without\none article" for lane, name in names.items()}


def draw_events(events, documents, title, subtitle, source, note="", theme="light"):
    """Axes with every dated event over the years, a lane for each direction; the note counts what is left out.
    Takes the tables `events` and `documents`. A mark stands where `mark_rows_of_events` has it."""
    every = mark_rows_of_events(events)
    marks = every[placed(every)]
    years = [year_of(day) for day in [*marks.date_from, *marks.date_to] if day] or [2000]
    low, high, names = min(years) - 0.6, max(years) + 0.6, names_of_lanes(marks, events, documents)
    for step in (0.15, 0.11, 0.08, 0.055, 0.04):
        rows = place(marks, low, (high - low) / PLOT, step)
        deep = depths(rows, names, step)
        if sum(deep.values()) <= 7:
            break
    note = (f"{note} Events drawn: {len(marks):,}; articles read: {len(documents):,}; left out: "
            f"{len(events) - len(every):,} told again, {len(every) - len(marks):,} without a date.")
    with style(theme) as ink:
        ax = page(sum(deep.values()) or 1, title, subtitle, source, note, ink)
        if marks.empty:
            return ax.text(PLOT / 2, 0.5, "no events", ha="center", size=12).axes
        draw_years(ax, low, high, ink)
        draw_lanes(ax, rows, names, deep, step, ink)
        draw_key(ax, dict.fromkeys(KINDS) | other_looks(ink), ink)
    return ax


def other_looks(ink):
    """What hollow marks, bars and fading bars mean, with handles for the key."""
    line, dot = {"color": ink["blue"], "lw": 1.3}, look("cooperation", ink)
    fading = (*(Line2D([], [], alpha=alpha, **line) for alpha in (0.1, 0.25, 0.45)), Line2D([], [], **dot))
    return {"planned, possible, denied": Line2D([], [], **look("cooperation", ink, hollow=True)),
            "day within bar": Line2D([], [], **dot | line | {"ls": "-"}), " first day not known": fading}
