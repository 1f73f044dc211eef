"""How time and memory grow with the number of articles, of the timed runs of `make bench`, and what more would take."""
import math

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from .. import codebook
from . import charts

RUNS = codebook.FOLDER.parent / "benchmarks" / "runs.csv"
LOOKS = {"spaCy": ("s", "grey"), "ruiran": ("o", "blue")}


def runs():
    """The runs of `make bench`, a row each: texts, coder, workers, articles, seconds, megabytes, and a_second."""
    found = pd.read_csv(RUNS)
    return found.assign(a_second=found.articles / found.seconds)


def beside_spacy(found):
    """Each run of ruiran with the articles a second of bare spaCy on the same kind of texts, the longest run of it."""
    longest = found[found.coder == "spaCy"].sort_values("articles").groupby("texts").a_second.last()
    own = found[found.coder == "ruiran"]
    return own.assign(spacy_a_second=own.texts.map(longest), ratio=own.a_second / own.texts.map(longest))


def exponents(found):
    """For each kind of texts, coder and number of processes with three runs or more the exponent of time and of memory
    in the number of articles, fitted by least squares of logarithms: 1 grows in proportion, 0 not at all."""
    rows = []
    for key, own in found.groupby(["texts", "coder", "workers"]):
        if len(own) > 2:
            slopes = [np.polyfit(np.log(own.articles), np.log(own[of]), 1)[0] for of in ("seconds", "megabytes")]
            rows.append((*key, len(own), *(round(float(slope), 2) for slope in slopes)))
    return pd.DataFrame(rows, columns="texts coder workers runs time_exponent memory_exponent".split())


def takes(found, articles, relevant, processes, of_stream):
    """Days that so many articles take on so many processes, from what one article of each kind takes at the largest
    runs of one process; `relevant` is the share that is about the pair's arms, `of_stream` that of the timed stream."""
    one = found[(found.coder == "ruiran") & (found.workers == 0)].sort_values("articles").groupby("texts").last()
    coded = one.loc["relevant"].seconds / one.loc["relevant"].articles
    mixed = one.loc["stream"].seconds / one.loc["stream"].articles
    stopped = max(mixed - of_stream * coded, 0) / (1 - of_stream)
    return articles * (relevant * coded + (1 - relevant) * stopped) / processes / 86400


def headline(found):
    """A finding: what ten times the articles of a stream take, of the kind of run that reaches furthest."""
    grown = exponents(found[(found.coder == "ruiran") & (found.texts == "stream")]).sort_values("runs")
    if grown.empty:
        return "No three runs of a kind: run make bench"
    last = grown.iloc[-1]
    return (f"Ten times the articles take {10 ** last.time_exponent:.0f} times the time and "
            f"{10 ** last.memory_exponent:.1f} times the memory")


def draw(found, title, theme="light"):
    """The Axes of two panels: seconds and megabytes by the number of articles, both axes logarithmic."""
    with charts.style(theme) as ink:
        figure = Figure(figsize=(charts.WIDTH, 4.2), layout="constrained")
        figure.suptitle(title, x=0.01, ha="left", weight="bold", size=11)
        for ax, of, said in zip(figure.subplots(1, 2), ("seconds", "megabytes"), ("seconds", "megabytes at most"),
                                strict=True):
            for (texts, coder, workers), own in found.groupby(["texts", "coder", "workers"]):
                own, (marker, colour) = own.sort_values("articles"), LOOKS[coder]
                label = f"{coder}{f', {workers} workers' if workers else ''}: {texts}"
                ax.plot(own.articles, own[of], {"relevant": "-", "stream": "--"}[texts], marker=marker, ms=4 + workers,
                        color=ink[colour], lw=1, label=label, mfc=ink["paper"] if workers else ink[colour])
            ax.set(xscale="log", yscale="log", xlabel="articles", title=said, facecolor=ink["paper"])
            for axis in (ax.xaxis, ax.yaxis):
                axis.set_major_formatter("{x:,.0f}")
                axis.set_minor_formatter(NullFormatter())
            ax.tick_params(colors=ink["ink"], which="both")
            for side in ("top", "right"):
                ax.spines[side].set_visible(False)
        figure.axes[0].legend(frameon=False, fontsize=7, labelcolor=ink["ink"])
        top = math.ceil(math.log10(found.megabytes.max()))
        figure.axes[1].set_ylim(100, 10 ** top)
        return figure.axes[0]
