"""The figure of how the arms are framed, in the words of those who speak; beside it the table of its marks."""
import textwrap

import pandas as pd

from .. import codebook
from ..records import body_part
from . import charts
from .charts import LEFT, PLOT, clean
from .voices import LINE, PRESS, UNKNOWN, draw_blocks, leading, ordered, told
from .words import many

FRAMES = {"purpose": "defensive", "legality": "lawful", "threat": "a threat, destabilising"}
STANCES = {"affirms": "affirmed", "denies": "denied"}
QUOTES = 24  # quotations that are drawn at most


def mark_rows_of_frames(claims, documents, mentions):
    """A row for each claim that the arms are defensive, lawful or a threat: `claim_id`, `frame`, `side` and `speaker`
    (in words, several joined), `stance`, `words` and `label` of the article."""
    rows = told(claims[claims.attribute.isin(list(FRAMES))], documents, mentions)
    names, labels, found = codebook.load().names(), documents.set_index("doc_id").label, []
    for claim, own in rows.groupby("claim_id", sort=False):
        first, sides = own.iloc[0], joined(own.side)
        speaker = joined([names.get(code, body_part(code)) or "own words" for code in own.code])
        found.append((claim, FRAMES[first.attribute], sides, clean(speaker, 24), first.stance, clean(first.text, 120),
                      clean(labels[first.doc_id], 24)))
    return pd.DataFrame(found, columns="claim_id frame side speaker stance words label".split()).astype("string")


def joined(words):
    """Words as a list, each once: 'Paris, London and Washington'."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} and {last}" if first else last


def headline_of_frames(claims, documents, mentions):
    """A finding in at most ten words: which state calls the arms defensive and which a threat, by claims that affirm
    less those that deny; where no one state leads, how often each is said."""
    rows = told(claims, documents, mentions)
    more = rows[~rows.side.isin([PRESS, UNKNOWN])]
    more = more.stance.map({"affirms": 1, "denies": -1}).groupby([more.attribute, more.side]).sum()
    one, two = (leading(more.xs(a)) if a in more.index else "" for a in ("purpose", "threat"))
    if one and two:
        return f"{one} calls the arms defensive{' and' if one == two else f', {two}'} a threat"
    if one or two:
        return f"{one or two} calls the arms {'defensive' if one else 'a threat'}"
    times = claims.attribute[claims.stance == "affirms"].value_counts()
    return "Times called " + ", ".join(f"{w.split(',')[0]}: {times.get(a, 0):,}" for a, w in FRAMES.items())


def chosen(marks):
    """The quotations that are drawn, in order: of each frame, stance and side the longest first, in turn."""
    frames, sides = list(FRAMES.values()), [side for part in ordered(marks.side) for side in part]
    marks = marks.drop_duplicates(list(marks.columns[1:]))
    marks = marks.iloc[(-marks.words.str.len().astype(int)).argsort(kind="stable")]
    turn = marks.groupby(["frame", "stance", "side"]).cumcount()
    marks = marks.loc[turn.sort_values(kind="stable").index[:QUOTES]]
    order = {"frame": frames.index, "side": sides.index, "stance": str}
    return marks.sort_values(list(order), key=lambda cells: cells.map(order[cells.name]), kind="stable")


def blocks_of_frames(rows, every):
    """The blocks of the figure: for each frame its name, how often it is affirmed and denied, its sides' quotations."""
    for frame, own in rows.groupby("frame", sort=False):
        times = every.stance[every.frame == frame].value_counts()
        said = ", ".join(f"{word} {times[stance]:,}" for stance, word in STANCES.items() if stance in times)
        yield 0.33, draw_frame, (frame, said)
        for side, quotes in own.groupby("side", sort=False):
            name = textwrap.wrap(side, 23)
            quotes = [(charts.balanced(f"“{r.words}”", 60).split("\n"), r) for r in quotes.itertuples()]
            deep = max(LINE * len(name), sum(0.06 + LINE * len(words) for words, _ in quotes))
            yield deep + 0.06, draw_quotes, (name, quotes)


def draw_frame(ax, top, deep, frame, said, ink):
    """The name of a frame, and how often it is affirmed and denied."""
    ax.plot([0.2 - LEFT, PLOT], [top + 0.09] * 2, color=ink["ink"], lw=0.7, clip_on=False)
    ax.text(0.2 - LEFT, top + 0.21, frame, va="center_baseline", weight="bold")
    ax.text(0.24, top + 0.21, said, va="center_baseline", color=ink["grey"])


def draw_quotes(ax, top, deep, name, quotes, ink):
    """What one side says in a frame: each quotation in lines, its speaker and its article."""
    for n, line in enumerate(name):
        ax.text(0.2 - LEFT, top + 0.09 + n * LINE, line, va="center_baseline", size=7.5)
    for words, r in quotes:
        ax.plot(0.1, top + 0.09, **charts.look(r.stance, ink))
        for n, line in enumerate(words):
            ax.text(0.24, top + 0.09 + n * LINE, line, va="center_baseline", size=7.5)
        ax.text(4.16, top + 0.09, r.speaker, va="center_baseline", size=7)
        ax.text(5.72, top + 0.09, r.label, va="center_baseline", size=7, color=ink["grey"])
        top += 0.06 + LINE * len(words)


def draw_frames(claims, documents, mentions, title, subtitle, source, note="", theme="light"):
    """Axes with the words in which the arms are called defensive, lawful or a threat, by frame and side, each affirmed
    or denied; the note counts the rest. Takes the tables `claims`, `documents`, `mentions`."""
    every = mark_rows_of_frames(claims, documents, mentions)
    rows = chosen(every)
    blocks = list(blocks_of_frames(rows, every))
    note = (f"{note} Quotations drawn: {len(rows):,} of {len(every):,}, at least one of each side where there is room, "
            f"the longest first; from {many(len(documents), 'article')}.")
    with charts.style(theme) as ink:
        ax = charts.page(sum(block[0] for block in blocks) or 1, title, subtitle, source, note, ink)
        if not blocks:
            return ax.text(PLOT / 2, 0.5, "no quotations", ha="center", size=12).axes
        draw_blocks(ax, blocks, ink)
        charts.draw_key(ax, {"affirms": None, "denies": None}, ink)
    return ax
