"""What the notebooks show: annotated articles, tables to read, walks back to the raw file."""
import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

import pandas as pd

from .. import codebook
from ..reading import corpus

# layer: paper, ink, line below. A mark brings its own paper and ink, so it reads the same in light and dark themes; the
# line below and the printed name of the layer tell the layers apart without colour.
LAYERS = {"actor": ("#DCEBF7", "#0B3D66", "solid"), "person": ("#E2F2DF", "#1C4A17", "dotted"),
          "weapon": ("#FBE2D1", "#6B2A00", "double"), "money": ("#FFF1BF", "#574200", "dashed"),
          "quantity": ("#F0E2F7", "#4B1F6F", "solid"), "date": ("#E7E9EE", "#262B33", "dashed"),
          "place": ("#D6F1EE", "#08423F", "dotted")}
CELL = "text-align:left;vertical-align:top"


@dataclass(frozen=True)
class Span:
    """Characters of an article that are marked: the inline style, what a pointer on them is told, and `behind`, the
    HTML that stands behind the last of them."""

    start: int
    end: int
    style: str
    title: str = ""
    behind: str = ""


class Html(str):
    """HTML that a notebook shows and that prints as plain text; everything from an article in it is escaped."""

    def _repr_html_(self):
        return str(self)

    def __repr__(self):
        words = re.sub(r"</(?:p|tr|div|summary|li)>|<br>", "\n", re.sub(r"</t[dh]>", " | ", self))
        return unescape(re.sub(r"<[^>]*>", "", words)).strip()


def plain(text):
    """Text as HTML that is nothing but text: no tag, and no pair of dollar signs that a notebook reads as a formula."""
    return re.sub(r"[$\\]", lambda found: f"<span>{found[0]}</span>", escape(str(text)))


def say(*sentences):
    """Computed sentences as one paragraph."""
    return Html(f"<p>{plain(' '.join(sentences))}</p>")


def folded(title, inside):
    """A part that opens with a click; `inside` is Html."""
    return Html(f"<details><summary>{plain(title)}</summary>{inside}</details>")


def cut(value, width=100):
    """A cell in words: empty for none, yes and no, thousands parted, long text cut."""
    if pd.isna(value):
        return ""
    value = ("no", "yes")[value] if isinstance(value, bool) else value
    text = f"{value:,}" if hasattr(value, "__index__") else " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def table(data, columns="", width=100, none="None."):
    """A DataFrame as a table to read: the named columns (a list, or their names with spaces between; all, where none is
    named), text cut at `width`; without rows `none` stands there."""
    if data.empty:
        return say(none)
    names = columns.split() if isinstance(columns, str) else columns
    data = data[names or list(data.columns)].astype(object)
    rows = ["".join(f'<th style="{CELL}">{plain(str(name).replace("_", " "))}</th>' for name in data.columns)]
    rows += ["".join(cell(cut(value, width)) for value in row) for row in data.itertuples(index=False, name=None)]
    return Html(f"<table><tbody><tr>{'</tr><tr>'.join(rows)}</tr></tbody></table>")


def named(words):
    """What a count counts: ': S-300, Tor-M1', each once; '' for none."""
    words = list(dict.fromkeys(words))
    return f": {', '.join(words)}" if words else ""


def by_article(rows, documents):
    """The rows with `article`: what a person calls the article of each ('UPI 2007')."""
    return rows.assign(article=rows.doc_id.map(documents.set_index("doc_id").label))


def bullets(sentences):
    """Computed sentences as a list."""
    return Html(f"<ul>{''.join(f'<li>{plain(sentence)}</li>' for sentence in sentences)}</ul>")


def cell(text):
    """A cell of a table: a day or a code stays on one line, long text has room."""
    if len(text) > 40:
        look = f";min-width:{18 if len(text) > 120 else 10}em"
    else:
        look = ";white-space:nowrap" if len(text) < 26 and " " not in text else ""
    return f'<td style="{CELL}{look}">{plain(text)}</td>'


def texts(folder, documents=None):
    """The raw text of every article in `folder`, by doc_id: the text into which all offsets point; with `documents` (a
    table of a run) of its articles alone, none that has the name and other bytes."""
    known = {} if documents is None else dict(zip(documents.doc_id, documents.sha256, strict=True))
    return {d.doc_id: d.text for d in corpus.read_folder(folder, codebook.load())[0]
            if documents is None or known.get(d.doc_id) == d.sha256}


def rebuilt(lines):
    """The text of every article of the table `lines`, by doc_id, as text_of gives it."""
    return {doc_id: text_of(own) for doc_id, own in lines.groupby("doc_id", sort=False)}


def kept(lines):
    """The lines in order with what became of each: kept, or the rule that dropped it."""
    decision = lines["rule"].map(lambda rule: f"dropped by {rule}" if rule else "kept")
    return lines.assign(decision=decision)[["doc_id", "line", "kind", "decision", "text"]]


def code_of(mention):
    """What a mention was resolved to, in the fewest words; 'open' where more than one reading remains."""
    if mention["kind"] in ("money", "quantity"):
        low, high = (cut(mention[side]) or "…" for side in ("low", "high"))
        return f"{low if low == high else f'{low} to {high}'} {mention['unit']}"
    return (mention["edtf"] if mention["kind"] == "date" else mention["code"]) or "open"


def text_of(lines):
    """The text of an article out of its rows of `lines`: every character that is no white space is where it was."""
    parts, at = [], 0
    for line in lines.sort_values("start").itertuples():
        parts += [" " * (line.start - at), line.text]
        at = line.end
    return "".join(parts)


def look(paper="transparent", ink="inherit", below=""):
    """The inline style of marked words."""
    under = f"border-bottom:2px {below} {ink};" if below else ""
    return f"background-color:{paper};color:{ink};{under}border-radius:3px;padding:1px 3px"


def small(html):
    """HTML in small print behind marked words."""
    return f'<small style="font-size:75%">&nbsp;{html}</small>'


def mark(words, style, title="", behind=""):
    """Words, marked; `words` and `behind` are HTML."""
    return f'<mark style="{style}" title="{escape(title)}">{words}{behind}</mark>'


def mention_span(mention):
    """A mention (a row as a dict) as a Span: in the look of its layer, with its name, the code and how that came."""
    about = "; ".join(f"{n}: {mention[n]}" for n in "kind code edtf country role basis".split() if mention[n])
    behind = small(f"{mention['kind']}&nbsp;<b>{plain(code_of(mention))}</b> {plain(mention['basis'])}")
    return Span(mention["start"], mention["end"], look(*LAYERS[mention["kind"]]), about, behind)


def pieces(start, end, spans):
    """(first, last, the spans that hold them, the outermost first), from `start` to `end` without a gap; `spans` in
    the order of `outermost`."""
    here = [s for s in spans if s.start < end and s.end > start]
    cuts = sorted({start, end, *(at for s in here for at in (s.start, s.end) if start < at < end)})
    held, waiting = [], here[::-1]
    for first, last in pairwise(cuts):
        while waiting and waiting[-1].start <= first:
            held.append(waiting.pop())
        held = [s for s in held if s.end > first]
        yield first, last, held


def outermost(spans):
    """Spans in the order in which they are opened; of two on the same words the first is within, so that what stands
    behind it comes first."""
    return sorted(spans[::-1], key=lambda s: (s.start, -s.end))


def marked(text, start, end, spans):
    """The characters from `start` to `end` as HTML, each once, in every span that holds them."""
    parts = []
    for first, last, held in pieces(start, end, spans):
        inside = plain(text[first:last])
        for span in reversed(held):
            inside = mark(inside, span.style, span.title, span.behind if min(span.end, end) == last else "")
        parts.append(inside)
    return "".join(parts)


def paragraph(text, line, spans):
    """One line (a row of `lines`) with its number, its kind and the rule that dropped it, if one did."""
    style = f"margin:0 0 0.5em 0;padding-left:0.6em;border-left:3px {'dashed' if line.rule else 'solid'} #8A8A8A"
    about = f"{line.line} {line.kind}" + (f", dropped by {line.rule}" if line.rule else "")
    inside = marked(text, line.start, line.end, spans)
    return f'<div style="{style}"><small style="opacity:0.85">{plain(about)}</small><br>{inside}</div>'


def article(text, lines, spans):
    """Lines of an article as HTML, one below the other, with spans of any layers, which may overlap."""
    spans = outermost(spans)
    return Html("".join(paragraph(text, line, spans) for line in lines.itertuples()))


def annotated(document_text, lines, mentions):
    """An article as HTML: each line with its number, each mention in its layer, dropped lines with their rule."""
    spans = [mention_span(row) for row in mentions.astype(object).to_dict("records")]
    inside = article(document_text, lines, spans)
    return Html(f'<div style="line-height:2;max-width:60em">{legend()}{inside}</div>')


def legend():
    """The layers in words, each as it looks."""
    layers = " ".join(mark("words", look(*LAYERS[kind]), "", small(f"{kind}&nbsp;<b>code</b> ")) for kind in LAYERS)
    return Html(f"<p>Layers: {layers}<br>In bold: what the words were resolved to; <b>open</b> where more than one "
                "reading remains. Behind it: by what they were resolved. A dashed line on the left: the line was "
                "dropped, by the rule named there.</p>")


def walk(tables, deal, raw):
    """A deal's way back: one row a claim, with its event, its sentence and the characters `raw[doc_id][start:end]`."""
    acts = tables["events"].rename(columns={"rule": "event_rule"})
    acts = acts["event_id event source target event_rule sentence".split()]
    claims = tables["claims"].query("deal == @deal").merge(acts, how="left", on="event_id")
    claims["characters"] = [raw[c.doc_id][c.start:c.end] for c in claims.itertuples()]
    return claims[("deal claim_id attribute stance low high speaker rule event_id event source target event_rule "
                   "sentence doc_id line start end characters").split()]


# ---------------------------------------------------------------- why a row is as it is
BASIS = "column value rule words basis"


def holding(rests):
    """Of decisions (rows of `reasons`) on one row: for each column that has a value, the one that holds, in the order
    in which the columns were first decided."""
    last = rests.drop_duplicates("column", keep="last").set_index("column")
    last = last.loc[rests.column.unique()].reset_index()
    return last[last.value != ""]


def grounds(rests):
    """The decisions that hold as Html in little room: columns with their values, below them what they rest on."""
    parts = []
    for (rule, said, basis), rows in holding(rests).groupby(["rule", "words", "basis"], sort=False):
        cells = "; ".join(f"{row.column} <b>{plain(row.value)}</b>" for row in rows.itertuples())
        below = ", ".join(filter(None, [rule, basis, said and f"“{cut(said, 200)}”"]))
        parts.append(f"{cells}<br><small>{plain(below)}</small>")
    return Html("".join(f"<p>{part}</p>" for part in parts))


def because(rests):
    """Decisions as spans: for each column the fewest words that bear out the value that holds, with the columns that
    they decide behind them."""
    borne = rests.dropna(subset=["start", "end"]).merge(holding(rests)[["column", "value"]])
    borne = borne.assign(length=borne.end - borne.start).sort_values("length", kind="stable").drop_duplicates("column")
    return [Span(start, end, look("#FFF1BF", "#574200"), "", small(f"<b>{plain(' '.join(columns))}</b>"))
            for (start, end), columns in borne.groupby(["start", "end"]).column]


def traced(trace):
    """A tracing.Trace as HTML: the sentence with the words that decide, what each column rests on, the rules that fired
    and those that nearly did."""
    event = trace.event
    sentence = marked(trace.text, event.start, event.end, outermost(because(trace.rests)))
    return Html(f'<p><b>{plain(event.event_id)}</b></p><p style="line-height:2;max-width:60em">{sentence}</p>'
                f"<p>What each column rests on</p>{table(holding(trace.rests), BASIS, 60)}"
                f"{folded('Every decision, the last of a column holds', table(trace.rests, BASIS, 60))}"
                f"<p>Rules that fired</p>{table(trace.fired, 'rule event frame example', 60)}"
                "<p>Rules that have a word of the sentence and did not fire</p>"
                f"{table(trace.nearly, 'rule event why_not example', 60)}")


def widgets():
    """The package ipywidgets. Raises ImportError that says what to install."""
    try:
        import ipywidgets
    except ImportError:
        raise ImportError("the package `ipywidgets` is not installed: pip install 'ruiran[notebooks]', or use what "
                          "needs none (`browser.page`, `review.shown`)") from None
    return ipywidgets


def panel(parts):
    """Widgets below each other as one widget; where no kernel runs, a line says that it needs one."""
    class Panel(widgets().VBox):
        def __repr__(self):
            return "A widget: run this cell to open it."
    return Panel(parts)
