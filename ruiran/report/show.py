"""What the notebooks show: annotated articles, tables to read, walks back to the raw file."""
import re
from html import escape, unescape

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
        look = f";min-width:{22 if len(text) > 120 else 15}em"
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
    """The text of every article of the table `lines`, by doc_id, each line in its place and line ends between."""
    found = {}
    for line in lines.itertuples():
        text = found.get(line.doc_id, "")
        found[line.doc_id] = text + "\n" * (line.start - len(text)) + line.text
    return found


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


def mark(words, kind, code, title="", rule=""):
    """Words as a mention in HTML: in the look of their layer, with its name, the code and what it was resolved by."""
    paper, ink, below = LAYERS[kind]
    style = f"background-color:{paper};color:{ink};border-bottom:2px {below} {ink};border-radius:3px;padding:1px 3px"
    label = f'<small style="font-size:75%">&nbsp;{kind}&nbsp;<b>{plain(code)}</b> {plain(rule)}</small>'
    return f'<mark style="{style}" title="{escape(title)}">{plain(words)}{label}</mark>'


def marked(text, start, end, mentions):
    """The characters from `start` to `end`, each once, with the mentions that touch them marked."""
    parts, at = [], start
    for mention in mentions:
        if mention["start"] < end and mention["end"] > start:
            first, last = max(at, mention["start"]), max(at, min(end, mention["end"]))
            about = "; ".join(f"{n}: {mention[n]}" for n in "kind code edtf country role basis".split() if mention[n])
            parts += [plain(text[at:first]), mark(text[first:last], mention["kind"], code_of(mention), about,
                                                          mention["basis"])]
            at = last
    return "".join(parts) + plain(text[at:end])


def annotated(document_text, lines, mentions):
    """An article as HTML: each line with its number, each mention in its layer, dropped lines with their rule."""
    rows = mentions.sort_values(["start", "end"]).astype(object).to_dict("records")
    blocks = []
    for line in lines.to_dict("records"):
        inside = marked(document_text, line["start"], line["end"], [] if line["rule"] else rows)
        style = f"margin:0 0 0.5em 0;padding-left:0.6em;border-left:3px {'dashed' if line['rule'] else 'solid'} #8A8A8A"
        about = f"{line['line']} {line['kind']}" + (f", dropped by {line['rule']}" if line["rule"] else "")
        blocks.append(f'<div style="{style}"><small style="opacity:0.85">{plain(about)}</small><br>{inside}</div>')
    return Html(f'<div style="line-height:2;max-width:60em">{legend()}{"".join(blocks)}</div>')


def legend():
    """The layers in words, each as it looks."""
    layers = " ".join(mark("words", kind, "code") for kind in LAYERS)
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


def traced(trace):
    """A tracing.Trace as HTML: the sentence, what each column rests on, rules that fired and nearly did."""
    return Html(f"<p><b>{plain(trace.event.event_id)}</b><br>{plain(trace.event.sentence)}</p>"
                f"<p>What each column rests on</p>{table(trace.rests, width=60)}"
                f"<p>Rules that fired</p>{table(trace.fired, 'rule event frame example', 60)}"
                "<p>Rules that have a word of the sentence and did not fire</p>"
                f"{table(trace.nearly, 'rule event why_not example', 60)}")
