"""What the notebooks show: annotated articles, tables to read, walks back to the raw file, scores against the hand."""
import re
from html import escape, unescape

import pandas as pd

from . import corpus, hand

# layer: paper, ink, line below. A mark brings its own paper and ink, so it reads the same in light and dark themes; the
# line below and the printed name of the layer tell the layers apart without colour.
LAYERS = {"actor": ("#DCEBF7", "#0B3D66", "solid"), "person": ("#E2F2DF", "#1C4A17", "dotted"),
          "weapon": ("#FBE2D1", "#6B2A00", "double"), "money": ("#FFF1BF", "#574200", "dashed"),
          "quantity": ("#F0E2F7", "#4B1F6F", "solid"), "date": ("#E7E9EE", "#262B33", "dashed"),
          "place": ("#D6F1EE", "#08423F", "dotted")}
CELL = "text-align:left;vertical-align:top"
ALSO = {"event": "alt_types", "status": "alt_status", "date": "alt_dates"}  # other answers that the hand accepts
TELLING = "event source target weapon attribute deal stance code speaker kind keep"


class Html(str):
    """HTML that a notebook shows and that prints as plain text; everything from an article in it is escaped."""

    def _repr_html_(self):
        return str(self)

    def __repr__(self):
        words = re.sub(r"</(?:p|tr|div|summary)>|<br>", "\n", re.sub(r"</t[dh]>", " | ", self))
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


def table(data, columns="", width=100):
    """A DataFrame as a table to read: the named columns (all, where none is named), text cut at `width`."""
    names = columns.split() or list(data.columns)
    head = "".join(f'<th style="{CELL}">{plain(str(n).replace("_", " "))}</th>' for n in names)
    rows = data[names].astype(object).itertuples(index=False, name=None)
    rows = ["".join(cell(cut(value, width)) for value in row) for row in rows]
    every = "</tr><tr>".join([head, *rows])
    return Html(f"<table><tbody><tr>{every}</tr></tbody></table>") if rows else say("None.")


def cell(text):
    """A cell of a table: a day or a code stays on one line, long text has room."""
    wide = ";min-width:15em" if len(text) > 40 else ";white-space:nowrap" if len(text) < 26 and " " not in text else ""
    return f'<td style="{CELL}{wide}">{plain(text)}</td>'


def texts(folder):
    """The raw text of every article in `folder`, by doc_id: the text into which all offsets point."""
    return {document.doc_id: document.text for document in corpus.read_folder(folder)[0]}


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


def mark(words, kind, code, title=""):
    """Words as a mention in HTML: in the look of their layer, with its name and the code."""
    paper, ink, below = LAYERS[kind]
    style = f"background-color:{paper};color:{ink};border-bottom:2px {below} {ink};border-radius:3px;padding:1px 3px"
    label = f'<small style="font-size:75%">&nbsp;{kind}&nbsp;<b>{plain(code)}</b></small>'
    return f'<mark style="{style}" title="{escape(title)}">{plain(words)}{label}</mark>'


def marked(text, start, end, mentions):
    """The characters from `start` to `end`, each once, with the mentions that touch them marked."""
    parts, at = [], start
    for mention in mentions:
        if mention["start"] < end and mention["end"] > start:
            first, last = max(at, mention["start"]), max(at, min(end, mention["end"]))
            about = "; ".join(f"{n}: {mention[n]}" for n in "kind code edtf country role basis".split() if mention[n])
            parts += [plain(text[at:first]), mark(text[first:last], mention["kind"], code_of(mention), about)]
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
                "reading remains. A dashed line on the left: the line was dropped, by the rule named there.</p>")


def walk(tables, deal, raw):
    """A deal's way back: one row a claim, with its event, its sentence and the characters `raw[doc_id][start:end]`."""
    acts = tables["events"].rename(columns={"rule": "event_rule"})
    acts = acts["event_id event source target event_rule sentence".split()]
    claims = tables["claims"].query("deal == @deal").merge(acts, how="left", on="event_id")
    claims["characters"] = [raw[d][s:e] for d, s, e in zip(claims.doc_id, claims.start, claims.end, strict=True)]
    names = "deal claim_id attribute stance low high speaker rule event_id event source target event_rule sentence"
    return claims[[*names.split(), "doc_id", "line", "start", "end", "characters"]].reset_index(drop=True)


def as_hand(name, tables):
    """A coded table as the hand codings write it: strings, and their names for the columns that differ."""
    data = tables[name].astype("string").fillna("")
    if name == "lines":
        data["keep"] = data["rule"].map(lambda rule: "drop" if rule else "keep")
    if name == "quotations":
        data["direct"] = data["direct"].map({"True": "yes", "False": "no"})
    if name in ("events", "claims"):
        data["date"] = data["date_from"] + "/" + data["date_to"]
    if name == "mentions":  # days and sums have no code by hand
        data["code"] = data["code"].where(~data["kind"].isin(["date", "money", "quantity"]), "")
    return data


def matches(found, wanted, keys, columns=(), also=False):
    """Pairs of rows that are one, article by article; with `also` other answers count that the hand accepts."""
    pairs = []
    for doc_id in sorted(set(found["doc_id"]) & set(wanted["doc_id"])):
        a, b = found[found["doc_id"] == doc_id], wanted[wanted["doc_id"] == doc_id]
        pairs += hand.pairs(a, b, keys, columns)
        pairs += seconds(left(a, pairs, 0), left(b, pairs, 1), keys) if also else []
    return pairs


def left(rows, pairs, side):
    """The rows that are in no pair."""
    return [row for row in rows.to_dict("records") if row not in [pair[side] for pair in pairs]]


def seconds(found, wanted, keys):
    """Pairs among the rows left over, where what was found is another answer that the hand accepts."""
    pairs = []
    for y in wanted:
        fits = [x for x in found if x["line"] == y["line"] and agrees(keys[-1], x, y) and hand.touches(x, y)]
        if fits:
            pairs.append((fits[0], y))
            found.remove(fits[0])
    return pairs


def agrees(column, found, wanted):
    """Whether a cell is the hand's answer or another that it accepts; order and spelling of a date do not matter."""
    as_one = span if column == "date" else lambda cell: set(cell.split(";"))
    answers = [wanted[column], *filter(None, wanted.get(ALSO.get(column), "").split(";"))]
    return any(as_one(found[column]) == as_one(answer) for answer in answers)


def span(text):
    """First and last day of a date in days, months or years, or of an interval, as text; '' where open."""
    first, slash, last = text.replace("~", "").partition("/")
    ends = (first, "start_time"), (last if slash else first, "end_time")
    return [str(getattr(pd.Period(day), end).date()) if day else "" for day, end in ends]


def share(right, of):
    """A share with its 95 % interval (Wilson), in words: '0.82 (0.72 to 0.89)'."""
    return f"{right / of:.2f} ({'%.2f to %.2f' % hand.wilson(right, of)})" if of else "none to count"


def scored(found, wanted, keys, also=False, by=""):
    """Precision and recall of `found` against `wanted`, with counts and intervals; a row for each value of `by`."""
    values = sorted(set(found[by]) | set(wanted[by])) if by else ["all"]
    rows, pairs = [], matches(found, wanted, keys, (), also)
    for value in values:
        of = [len(t[t[by] == value]) if by else len(t) for t in (found, wanted)]
        right = [sum(not by or pair[side][by] == value for pair in pairs) for side in (0, 1)]
        rows.append({by or "rows": value, "found": of[0], "found_right": right[0], "precision": share(right[0], of[0]),
                     "by_hand": of[1], "by_hand_found": right[1], "recall": share(right[1], of[1])})
    return pd.DataFrame(rows)


def beside_readers(tables, name, also=False, by=""):
    """`scored` of one table against each reader, and of reader A against reader B: as far as two readers agree."""
    keys, found = hand.KEYS[name][0], as_hand(name, tables)
    a, b = (hand.read(reader, name) for reader in hand.READERS)
    found = found[found["doc_id"].isin(a["doc_id"])]  # articles that nobody coded by hand are not counted
    sides = {"ruiran beside reader A": (found, a), "ruiran beside reader B": (found, b),
             "reader A beside reader B": (a, b)}
    scores = {who: scored(*pair, keys, also, by) for who, pair in sides.items()}
    return pd.concat(scores, names=["compared", None]).reset_index(0)


def paired(tables, name, reader):
    """(found, by hand, pairs, columns to compare) of one table and one reader; other accepted answers count."""
    (keys, columns), found, wanted = hand.KEYS[name], as_hand(name, tables), hand.read(reader, name)
    found, columns = found[found["doc_id"].isin(wanted["doc_id"])], [c for c in columns if c in found]
    return found, wanted, matches(found, wanted, keys, columns, "alt_types" in wanted), columns


def agreeing(tables, name, reader):
    """One row a column: of the rows that both have, on how many do the tables and one reader say the same."""
    _, _, pairs, columns = paired(tables, name, reader)
    same, of = [sum(agrees(column, *pair) for pair in pairs) for column in columns], len(pairs)
    return pd.DataFrame({"column": columns, "same": same, "of": of, "share": [share(n, of) for n in same]})


def disagreements(tables, name, reader):
    """Every row on which the tables and one reader differ: missed, extra, or another value."""
    found, wanted, pairs, columns = paired(tables, name, reader)
    rows = [("missed", y, "", told(y)) for y in left(wanted, pairs, 1)]
    rows += [("extra", x, told(x), "") for x in left(found, pairs, 0)]
    rows += [(f"other {c}", x, x[c], y[c]) for x, y in pairs for c in columns if not agrees(c, x, y)]
    names = ["doc_id", "line", "what", "ruiran", "reader", "words"]
    data = [(row["doc_id"], int(row.get("line") or 0), what, ours, theirs, row.get("sentence", row.get("text", "")))
            for what, row, ours, theirs in rows]
    return pd.DataFrame(data, columns=names).sort_values(names[:3], kind="stable", ignore_index=True)


def told(row):
    """A row of any table in a few words; 'e2' in a claim of the hand is a row number, no event."""
    return " ".join(row[name] for name in TELLING.split() if row.get(name) and not row[name][1:].isdigit())
