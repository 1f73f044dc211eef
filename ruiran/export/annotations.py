"""Events and claims as W3C Web Annotations: the coding beside the words that it rests on."""
import json
from itertools import groupby, pairwise
from operator import itemgetter
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

FILE = "annotations.jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters before and after the words that tell them from their like
UNKNOWN = "\0"  # a character that no table has; no article holds such a one
TAGS = {"events": ("event", "status", "stage", "weapon"), "claims": ("attribute", "stance", "weapon")}
ABOUT = " ".join("""
    Events and claims that ruiran coded, as W3C Web Annotations. A source is the article's file, as a path from the
    folder of the articles. Positions count Unicode code points of its text without byte-order mark, each line end as
    one line feed; where the tables do not have all characters, no words are quoted.""".split())


def write(data, folder):
    """Writes annotations.jsonld, which ABOUT describes, into a folder: an AnnotationCollection of all events and claims
    of the tables (rows by name), after the Web Annotation Data Model (W3C Recommendation, 23 February 2017); returns
    its name and description, and that it has no columns."""
    files, texts = {d["doc_id"]: d["file"] for d in data["documents"]}, texts_of(data)
    items = [annotation(row, name, files[row["doc_id"]], texts[row["doc_id"]]) for name in TAGS for row in data[name]]
    name = " ".join(item["id"] for item in items)
    collection = {"@context": CONTEXT, "id": iri(f"collection {name}"), "type": "AnnotationCollection", "label": ABOUT,
                  "total": len(items)}
    if items:  # the model has no page without items
        collection["first"] = {"id": iri(f"page {name}"), "type": "AnnotationPage", "partOf": collection["id"],
                               "startIndex": 0, "items": items}
    (folder / FILE).write_text(json.dumps(collection, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return FILE, ABOUT, (), ""


def iri(name):
    """A name as an IRI, the same each time."""
    return uuid5(NAMESPACE_URL, f"ruiran {name}").urn


def annotation(row, table, file, text):
    """One event or claim; `text` is that of its article, as far as it is known."""
    coding = {column: value for column, value in row.items() if value not in (None, "")}
    tags = [tag for column in TAGS[table] for tag in row[column].split(";") if tag]
    return {"id": iri(row["event_id"] if table == "events" else row["claim_id"]), "type": "Annotation",
            "motivation": "classifying",
            "body": [{"type": "TextualBody", "purpose": "classifying", "format": "application/json",
                      "value": json.dumps(coding, ensure_ascii=False)},
                     *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags)],
            "target": {"type": "SpecificResource", "source": quote(file),
                       "selector": list(selectors(row["start"], row["end"], text))}}


def selectors(start, end, text):
    """The place of some words in their article, and the words with what stands around them where that is known."""
    yield {"type": "TextPositionSelector", "start": start, "end": end}
    if UNKNOWN not in text[start:end]:
        before, after = text[max(0, start - AROUND):start], text[end:end + AROUND]
        yield {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": before.rpartition(UNKNOWN)[2],
               "suffix": after.partition(UNKNOWN)[0]}


# ---------------------------------------------------------------- the raw text, as far as the tables have it
def texts_of(data):
    """{doc_id: the text of the article, UNKNOWN where no table has its characters}."""
    said = [row for name in ("claims", "quotations") for row in data[name]]
    rows = sorted([*data["lines"], *said], key=itemgetter("doc_id"))
    return {doc_id: text_of(list(own)) for doc_id, own in groupby(rows, itemgetter("doc_id"))}


def text_of(rows):
    """The text of one article by the words of its lines, claims and quotations. What lies between two lines is known
    where it is as long as the line ends that lie there."""
    text = [UNKNOWN] * max(row["end"] for row in rows)
    for row in rows:
        text[row["start"]:row["end"]] = row["text"]
    lines = [row for row in rows if "kind" in row]
    for a, b in pairwise([{"line": 1, "end": 0}, *lines]):
        if b["start"] - a["end"] == b["line"] - a["line"]:
            text[a["end"]:b["start"]] = "\n" * (b["start"] - a["end"])
    return "".join(text)
