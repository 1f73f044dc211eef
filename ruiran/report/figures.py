"""The figures of a run, each with its name, title and subtitle, decided once for notebooks, command and page."""
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..faults import printable
from . import charts, flow, frames, register, timeline, voices


def headline_of_events(events, documents):
    """The title of the figure of events, from what the figure takes."""
    return charts.headline_of_events(events)


# name: (what gives the title, what draws it, the tables that both take; '' for all as one, subtitle)
FIGURES = {
    "steps": (timeline.headline_of_steps, timeline.draw_steps, "events documents",
              "What is told to have been asked, agreed, signed, delivered and stopped, by system, and who tells it"),
    "voices": (voices.headline_of_voices, voices.draw_voices, "deals claims documents mentions",
               "What each side affirms and denies of each deal, and what the outlets say in their own words"),
    "frames": (frames.headline_of_frames, frames.draw_frames, "claims documents mentions",
               "What the arms are called, by whom, affirmed or denied, in the words of the articles"),
    "events": (headline_of_events, charts.draw_events, "events documents",
               "Acts told in the articles, by direction and kind, over the years"),
    "sipri": (register.headline, register.draw, "events documents",
              "SIPRI's trend-indicator values by year; filled: years in which a delivery that the articles date may "
              "lie"),
    "flow": (flow.headline_of_flow, flow.draw_flow, "",
             "Each stage as a whole, and the parts of it that went on, stayed open, or were set aside")}


@dataclass(frozen=True)
class Figure:
    """A figure: `draw(theme=…)` gives its Axes, `title` is the finding that stands over it."""

    name: str
    title: str
    draw: partial

    def publish(self, folder):
        """Writes the files of the figure into `folder`, in place of those of another run; returns the path of its PNG.
        """
        return charts.publish(self.draw, self.name, folder)


def figure(name, t):
    """One Figure, of the tables of a run (a dict of DataFrames)."""
    headline, draw, taken, subtitle = FIGURES[name]
    dated = {**t, "events": charts.dated_by_acts(t["events"], t["acts"])}
    given = [dated[table] for table in taken.split()] or [t]
    title = headline(*given)
    return Figure(name, title, partial(draw, *given, title, subtitle, charts.source_of(t)))


def figures(t):
    """{name: its Figure}, in the order in which they are shown."""
    return {name: figure(name, t) for name in FIGURES}


def publish(t, folder):
    """Writes every figure of the tables into `folder`; returns what went wrong, {name: why}: one that cannot be drawn
    costs no other, and leaves no file, also none of a run before."""
    faults = {}
    for name in FIGURES:
        try:
            remove(name, folder)
            figure(name, t).publish(folder)
        except Exception as error:
            faults[name] = f"{type(error).__name__}: {printable(error)[:160]}"
            with suppress(OSError):
                remove(name, folder)
    return faults


def remove(name, folder):
    """Removes the files of a figure."""
    for ending in charts.ENDINGS:
        (Path(folder) / f"{name}{ending}").unlink(missing_ok=True)
