"""The acts in the columns of POLECAT, the event data set that is coded with PLOVER's types."""
from collections import defaultdict

from .. import store
from ..records import countries
from ..report.words import side

FILE = "polecat.tsv"
# The head of POLECAT's weekly files (doi:10.7910/DVN/AJGVIT), as github.com/shenyangHuang/TGB quotes it at 0d875c4 in
# tgb/datasets/tkgl_polecat/tkgl_polecat.py; later files call the fifth Event Intensity.
COLUMNS = [column.strip() for column in """
    Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW,
    Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name,
    Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw,
    Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID,
    Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language,
    Version""".split(",")]
OF_ACT = "status stage weapon date_from date_to edtf days_differ tellings tellers".split()
OF_EVENT = "mode form auxiliary speaker doc_id line start end sentence coders confidence".split()
OWN = [f"ruiran_{column}" for column in (*OF_ACT, *OF_EVENT, "event_ids")]


ABOUT = " ".join("""
    A row an act, in the columns of POLECAT and, behind them, in columns of ruiran's own. POLECAT knows no status: a row
    whose ruiran_status is not `actual` is claimed, planned, conditional or denied, and no fact. An act that several
    sentences or articles tell is one row, that of its first telling; ruiran_event_ids names all that tell it. Event
    Date is given where the act lies on one day; else it is empty, and ruiran_date_from and ruiran_date_to have the
    interval, empty where open. A mutual act has all its sides as actor and as recipient. Bodies of several states have
    a name and no country. The mode `lawsuit` is ruiran's own. What ruiran does not know is empty, intensity, contexts
    and sectors among it.""".split())


def write(book, data, folder):
    """Writes polecat.tsv, which ABOUT describes, into a folder, of the tables (rows by name); returns its name,
    description, columns and delimiter."""
    store.write_cells(folder / FILE, [*COLUMNS, *OWN], list(rows_of(book, data)), "\t")
    return FILE, ABOUT, [*COLUMNS, *OWN], "\t"


def rows_of(book, data):
    """The rows of the file."""
    types, states = book.keyed("plover", "event"), {r.code for r in book.rows("actors") if r.kind == "country"}
    events, told = {e["event_id"]: e for e in data["events"]}, tellings(data["events"])
    articles, stories = {d["doc_id"]: d for d in data["documents"]}, stories_of(data["mentions"], states)
    for act in data["acts"]:
        event, kind = events[act["act"]], types[act["event"]]
        article = articles[event["doc_id"]]
        own = {f"ruiran_{column}": row[column] for row, columns in ((act, OF_ACT), (event, OF_EVENT))
               for column in columns}
        yield {"Event ID": act["act"], "Event Date": act["date_from"] if act["date_from"] == act["edtf"] else "",
               "Event Type": act["event"], "Quad Code": kind.quad.upper(), "Source": article["outlet"],
               "Event Mode": event["mode"] if event["mode"] in kind.modes.split(" | ") else "",
               **sides(act["source"], "Actor", states), **sides(act["target"], "Recipient", states),
               "Publication Date": article["published"], **stories[event["doc_id"]], "Version": "ruiran", **own,
               "ruiran_event_ids": ";".join(told[act["act"]])}


def tellings(events):
    """{event_id of a first telling: event_ids of all that tell the act, the first in front}."""
    first, told = {e["event_id"]: e["repeats"] for e in events}, defaultdict(list)
    for e in events:
        name = e["event_id"]
        while first.get(name) in first:
            name = first[name]
        told[name].append(e["event_id"])
    return {name: [name, *(n for n in names if n != name)] for name, names in told.items()}


def sides(codes, role, states):
    """The names and the countries (ISO 3166 alpha-3; bodies of several states have none) of actor codes."""
    named = list(filter(None, codes.split(";")))
    return {f"{role} Name": ";".join(map(side, named)),
            f"{role} Country": ";".join(code for code in countries(named) if code in states)}


def stories_of(mentions, states):
    """{doc_id: whom and what the article names}; persons that stay open are left out."""
    told = defaultdict(lambda: {"Story People": {}, "Story Organizations": {}, "Story Locations": {}})
    columns = {"person": "Story People", "actor": "Story Organizations", "place": "Story Locations"}
    for m in mentions:
        codes = [c for c in m["code"].split(";") if c and not (m["kind"] == "actor" and c in states)]
        told[m["doc_id"]].get(columns.get(m["kind"]), {}).update(dict.fromkeys(codes))
    return defaultdict(dict, {doc_id: {column: ";".join(map(side, codes)) for column, codes in story.items()}
                              for doc_id, story in told.items()})
