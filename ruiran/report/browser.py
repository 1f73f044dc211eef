"""An article with its layers over its text, its events and claims in a list, and why the one that is chosen is as it
is: `browse` where a kernel runs, `page` in a notebook that is only read. Both read tables alone."""
import pandas as pd

from . import show, words
from .show import Html, Span, plain, small

# layer: look of its words, in which the layers differ without colour too
LOOKS = {"events": "background-color:transparent;color:inherit;border-bottom:3px solid #B5476F;padding-bottom:5px",
         "claims": "background-color:transparent;color:inherit;border-bottom:2px dotted #2F7FB5",
         "quotations": "background-color:transparent;color:inherit;font-style:italic",
         "dates": "background-color:transparent;color:inherit;border:1px dashed #808080", "mentions": ""}
CHOSEN = "background-color:#FFE08A;color:#1A1A1A;padding:2px"
OPEN = ("events", "claims", "quotations")  # the layers that are on at first
DROPPED = "dropped lines"


def of(tables, name, doc_id):
    """The rows of a table that are of one article, and have a place in it."""
    rows = tables[name]
    return rows[(rows.doc_id == doc_id) & rows.start.notna()].sort_values(["start", "end"], kind="stable")


def told(tables, doc_id):
    """The events and claims of an article, in the order of its text: a DataFrame with name ('E1', 'C1'), layer, row_id,
    line, start, end, and `what` in words."""
    label = dict(zip(tables["documents"].doc_id, tables["documents"].label, strict=True))[doc_id]
    rows = [(f"{layer[0].upper()}{n}", layer, getattr(r, key), r.line, r.start, r.end, says(r, label))
            for layer, key, says in (("events", "event_id", event), ("claims", "claim_id", claim))
            for n, r in enumerate(of(tables, layer, doc_id).itertuples(), 1)]
    data = pd.DataFrame(rows, columns="name layer row_id line start end what".split())
    return data.sort_values(["start", "end"], kind="stable", ignore_index=True)


def named(row):
    """An event or a claim of `told` as a line of a list."""
    return f"{row.name}, line {row.line}: {row.what}"


def event(row, label):
    """An event in words: who did what to whom, whether as a fact, by whom told."""
    return f"{words.act(row)}, {row.status}, told by {words.teller(row.speaker, label)}"


def claim(row, label):
    """A claim in words: who affirms or denies what of which deal."""
    return f"{words.teller(row.speaker, label)}: {row.stance} {words.claim(row)} ({words.things(row.weapon)})"


# ---------------------------------------------------------------- layers
def spans(tables, doc_id, layers, chosen=""):
    """The spans of the layers that are on, with the row that is chosen in its own look."""
    found = [span for layer in layers for span in layer_of(tables, doc_id, layer)]
    rows = told(tables, doc_id)
    found += [Span(r.start, r.end, LOOKS[r.layer], r.what, small(f"<b>{r.name}</b>"))
              for r in rows.itertuples(index=False) if r.layer in layers]
    return found + [Span(r.start, r.end, CHOSEN) for r in rows[rows.row_id == chosen].itertuples()]


def layer_of(tables, doc_id, layer):
    """The spans of quotations, dates or mentions; none of events and claims, which have names."""
    if layer == "mentions":
        return [show.mention_span(r) for r in of(tables, "mentions", doc_id).astype(object).to_dict("records")]
    if layer == "dates":
        return [Span(r.start, r.end, LOOKS[layer], r.allows, small(plain(r.clue)))
                for r in of(tables, "clues", doc_id).itertuples()]
    if layer == "quotations":
        return [Span(r.start, r.end, LOOKS[layer], f"via {r.via}" if r.via else "", small(plain(r.speaker or "open")))
                for r in of(tables, "quotations", doc_id).itertuples()]
    return []


def head(tables, doc_id, layers):
    """Over an article, as Html: what a person calls it, and the layers that are on, each as it looks."""
    row = tables["documents"].set_index("doc_id").loc[doc_id]
    looks = [show.mark(layer, LOOKS[layer] or show.look(*show.LAYERS["actor"])) for layer in layers]
    return Html(f"<p><b>{plain(f'{row.label}: {row.title}')}</b></p><p>Layers: {', '.join(looks) or 'none'}. "
                "Behind the words: E and C with the number of the event or claim; who speaks; what is named, and by "
                "what that was resolved.</p>")


def text(tables, doc_id, layers=OPEN, chosen="", dropped=False):
    """The lines of an article as Html, with the layers; where a row is chosen, from its line on, with the lines before
    it folded."""
    lines, rows = of(tables, "lines", doc_id), told(tables, doc_id)
    whole, marks = show.text_of(lines), spans(tables, doc_id, layers, chosen)
    lines = lines if dropped else lines[lines.rule == ""]
    first = sum((lines.line < line).sum() for line in rows.line[rows.row_id == chosen])
    before = show.folded(f"{first} lines before", show.article(whole, lines[:first], marks)) if first else ""
    return Html(f'<div style="line-height:2;max-width:60em">{before}{show.article(whole, lines[first:], marks)}</div>')


def reasons(tables, row_id):
    """Why an event or a claim is as it is, as Html: the decisions that hold."""
    record = tables["reasons"][tables["reasons"].row == row_id]
    return Html(f'<div style="line-height:1.5"><small>{plain(row_id)}</small>{show.grounds(record)}</div>')


# ---------------------------------------------------------------- what a notebook shows
def page(tables, label, layers=OPEN):
    """The article of that label as Html, which needs no kernel and no widget: its text with the layers, below it each
    event and claim with its reasons. Raises KeyError for a label that no article has."""
    found = tables["documents"].doc_id[tables["documents"].label == label]
    if found.empty:
        raise KeyError(f"no article {label!r}; the labels are in column label of documents.csv")
    doc_id = found.iloc[0]
    rows = [show.folded(named(r), reasons(tables, r.row_id)) for r in told(tables, doc_id).itertuples(index=False)]
    return Html(f"{head(tables, doc_id, layers)}{text(tables, doc_id, layers)}"
                f"<p>Its events and claims, and what each rests on</p>{''.join(rows)}")


def browse(tables):
    """The articles of `tables` in JupyterLab, to be looked through (a widget). Raises ImportError where ipywidgets is
    not installed."""
    return Browser(tables).box


class Browser:
    """The widgets, and what a choice in them shows."""

    def __init__(self, tables):
        w = show.widgets()
        self.tables = tables
        names = [(d.label, d.doc_id) for d in tables["documents"].itertuples()]
        self.article = w.Dropdown(options=names, description="article")
        self.layers = {name: w.Checkbox(value=name in OPEN, description=name, indent=False,
                                        layout=w.Layout(width="auto")) for name in (*LOOKS, DROPPED)}
        self.rows = w.Select(rows=10, layout=w.Layout(width="auto"))
        self.head, self.why = w.HTML(), w.HTML()
        self.text = w.HTML(layout=w.Layout(flex="3 1 24em", min_width="0"))
        beside = w.VBox([self.rows, self.why], layout=w.Layout(flex="2 1 20em", min_width="0"))
        wrap = w.Layout(flex_flow="row wrap")
        self.box = show.panel([self.article, w.HBox(list(self.layers.values()), layout=wrap), self.head,
                               w.HBox([self.text, beside], layout=wrap)])
        self.watch()
        self.open()

    def watch(self):
        """Shows anew what is chosen whenever a choice changes."""
        self.article.observe(self.open, "value")
        for widget in (self.rows, *self.layers.values()):
            widget.observe(self.show, "value")

    def open(self, _=None):
        """Lists the events and claims of the article, none of them chosen."""
        rows = told(self.tables, self.article.value) if self.article.value else pd.DataFrame()
        self.rows.options = [(named(r), r.row_id) for r in rows.itertuples(index=False)]
        self.rows.value = None
        self.show()

    def show(self, _=None):
        """Shows the article with the layers that are on, and why the chosen row is as it is."""
        if not self.article.value:
            self.head.value = plain("No article.")
            return
        on = [name for name, box in self.layers.items() if box.value and name != DROPPED]
        inside = text(self.tables, self.article.value, on, self.rows.value or "", self.layers[DROPPED].value)
        self.head.value = str(head(self.tables, self.article.value, on))
        self.text.value = f'<div style="max-height:45em;overflow:auto">{inside}</div>'
        self.why.value = self.because()

    def because(self):
        """Why the chosen row is as it is; what to do where none is chosen."""
        if not self.rows.value:
            return plain("Choose an event or a claim: it is marked in the text, and why it is so stands here.")
        return f"<p><b>{plain(self.rows.label)}</b></p>{reasons(self.tables, self.rows.value)}"
