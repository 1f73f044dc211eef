"""The exports: read back by frictionless, csv and json, true to the tables and the articles, whole or not at all."""
import csv
import json
import re
import textwrap
from collections import Counter
from datetime import date
from urllib.parse import unquote

import frictionless
import pandas as pd
import pytest
from conftest import around
from hypothesis import example, given
from hypothesis import strategies as st
from test_charts import table_of
from test_store import CELLS

from ruiran import DERIVED, RAW, codebook, store, tables
from ruiran.__main__ import main
from ruiran.export import annotations, exports, package, polecat, sipri

BOOK = codebook.load()
NAMES = list(dict.fromkeys(BOOK["tables"]["table"]))
FILES = {*(f"{name}.csv" for name in NAMES), "datapackage.json", "polecat.tsv", "sipri_register.csv",
         "annotations.jsonld"}
SALE = "Russia delivered 29 Tor-M1 systems to Iran on January 16, 2007."
WRAPPED = textwrap.fill(
    "A spokesman of the ministry told reporters in Moscow that Russia had delivered 29 Tor-M1 systems to Iran in the "
    "autumn of last year and that it would not be told by others to whom it may sell its arms, since all such sales "
    "had been lawful.", 60)
LOOSE = WRAPPED.replace("\n", " \n")
ARTICLES = {
    "=1+1 '#?é.txt": ['=HYPERLINK("http://x","Russia sold arms to Iran")', "+7 495 Russia sold 10 tanks to Iran",
                      "- Tehran, said Ivanov, bought S-300 missiles", "@Russia sells \U0001F600 arms to Iran"],
    "sub/day.txt": [SALE], "month.txt": ["Russia and Iran signed a contract for 29 Tor-M1 systems in December 2005."],
    "wrapped.txt": [WRAPPED], "loose.txt": [LOOSE]}


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """A folder of small articles, hostile ones among them; one has a mark and carriage returns."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "sub").mkdir()
    for name, sentences in ARTICLES.items():
        text = around("\n\n".join(sentences))
        wrapped = name == "wrapped.txt"
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() if wrapped else text.encode())
    return folder


@pytest.fixture(scope="module")
def out(raw, tmp_path_factory):
    """The tables of these articles."""
    out = tmp_path_factory.mktemp("run") / "out"
    assert main(["code", str(raw), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def small(out, tmp_path_factory):
    """The exports of these tables."""
    to = tmp_path_factory.mktemp("exports") / "small"
    assert main(["export", str(out), "--to", str(to)]) == 0
    return to


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The exports of the tables of the five articles."""
    to = tmp_path_factory.mktemp("exports") / "large"
    exports.export(BOOK, DERIVED, to)
    return to


@pytest.fixture(params=["small", "large"])
def both(request):
    """(exports, tables, articles) of either."""
    folders = [request.getfixturevalue(name) for name in ("out", "raw")] if request.param == "small" else [DERIVED, RAW]
    return request.getfixturevalue(request.param), *folders


def cells(path):
    """The rows of a file of cells as dicts, by csv alone."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


# ---------------------------------------------------------------- the data package
def test_frictionless_finds_the_package_valid(both):
    report = frictionless.validate(str(both[0] / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert {task.place for task in report.tasks} == FILES - {"datapackage.json"}


BROKEN = [("events", "doc_id", "nowhere", "foreign-key"), ("events", "repeats", "no event", "foreign-key"),
          ("events", "date_from", "2007-02-30", "type-error"), ("events", "low", "many", "type-error"),
          ("events", "asked", "maybe", "type-error"), ("events", "status", "rumoured", "constraint-error"),
          ("events", "event", "", "constraint-error"), ("claims", "deal", "no deal", "foreign-key"),
          ("claims", "event_id", "no event", "foreign-key"), ("acts", "act", "no event", "foreign-key")]


def test_frictionless_finds_each_cell_that_is_broken_and_nothing_else(large, tmp_path):
    described = json.loads((large / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [r for r in described["resources"] if r["name"] in NAMES]
    frames = {r["name"]: pd.read_csv(large / r["path"], dtype=str, keep_default_na=False)
              for r in described["resources"]}
    for n, (table, column, value, _) in enumerate(BROKEN):
        frames[table].loc[n, column] = value
    for part in described["resources"]:
        frames[part["name"]].to_csv(tmp_path / part["path"], index=False)
        del part["hash"], part["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = [(task.name, row - 2, fault) for task in report.tasks for row, fault in task.flatten(["rowNumber", "type"])]
    assert sorted(found) == sorted((table, n, fault) for n, (table, _, _, fault) in enumerate(BROKEN))


def test_a_file_of_another_run_is_seen_by_its_hash(small, tmp_path):
    copied(small, tmp_path / "to")
    with (tmp_path / "to" / "annotations.jsonld").open("a") as file:
        file.write(" ")
    report = frictionless.validate(str(tmp_path / "to" / "datapackage.json"))
    assert {fault for fault, in report.flatten(["type"])} == {"hash-count", "byte-count"}


def test_cells_have_the_types_that_are_declared(large):
    events = frictionless.Package(str(large / "datapackage.json")).get_resource("events").read_rows()
    row = next(row for row in events if row["event_id"] == "003_99cf921347a78247-23-e7b09acf")
    assert (row["date_from"], row["date_to"]) == (date(2005, 12, 1), date(2005, 12, 31))
    assert row["quantity_low"] is None and row["low"] == 700000000 and row["asked"] is True


def test_every_column_is_described_as_in_the_dictionary(small):
    described = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    found = [(r["name"], f["name"], f["description"]) for r in described["resources"] if r["name"] in NAMES
             for f in r["schema"]["fields"]]
    assert found == [(row.table, row.column, row.meaning) for name in [r["name"] for r in described["resources"]]
                     for row in BOOK.rows("tables") if row.table == name]
    stages = next(f for r in described["resources"] if r["name"] == "events" for f in r["schema"]["fields"]
                  if f["name"] == "stage")["constraints"]
    assert "delivery" in stages["enum"] and "" not in stages["enum"] and "required" not in stages
    assert len(described["sources"]) == len(ARTICLES)


def test_the_tables_are_read_back_as_they_were_by_our_reader_and_by_the_escape_that_is_declared(both):
    to, out, _ = both
    escape = json.loads((to / "datapackage.json").read_text(encoding="utf-8"))["escape"]
    for name, frame in store.read(BOOK, out).items():
        assert store.read_table(BOOK, to / f"{name}.csv").equals(frame)
        texts = [column for column in frame if frame[column].dtype == "string"]
        assert [[re.sub(escape["pattern"], escape["replacement"], row[c]) for c in texts] for row in
                cells(to / f"{name}.csv")] == frame[texts].to_numpy().tolist()


# ---------------------------------------------------------------- no cell that a spreadsheet would run
def is_run(cell):
    return cell[:1] in tuple("=+-@\t\r\n") and cell != ""


def test_no_cell_of_any_file_is_run(both):
    files = [path for path in both[0].iterdir() if path.suffix in (".csv", ".tsv")]
    assert len(files) == len(NAMES) + 2
    assert [(path.name, cell) for path in files for row in cells(path) for pair in row.items() for cell in pair
            if is_run(cell)] == []


def row_with(table, cell, **values):
    """A row of a table in which every text and every key is the same hostile one, but for `values`."""
    shape = tables.columns_of(BOOK, table).items()
    return {column: cell if told.type == "string" and told.values in ("", "key", "ref") else None
            for column, told in shape} | values


def hostile(cell):
    """The rows of the tables of one article whose every word is hostile."""
    place = {"line": 1, "start": 0, "end": len(cell)}
    event = row_with("events", cell, **place, event="AGREE", stage="", status="actual", form="verbal", repeats="")
    return {"documents": [row_with("documents", cell)], "lines": [row_with("lines", cell, **place)], "events": [event],
            "claims": [row_with("claims", cell, **place, attribute="value", stance="affirms")],
            "mentions": [row_with("mentions", cell, **place, kind="person")],
            "deals": [row_with("deals", cell, affirmed=1, denied=0)],
            "acts": [row_with("acts", cell, event="AGREE", status="actual", date_from="")]}


@given(CELLS.filter(bool))
@example("\r")
@example("\t=1\r")
def test_hostile_cells_are_escaped_in_every_file_and_read_back(tmp_path_factory, cell):
    folder, data = tmp_path_factory.mktemp("hostile"), hostile(cell)
    polecat.write(BOOK, data, folder)
    sipri.write({name: table_of(name, data[name]) for name in ("deals", "claims", "events")}, folder)
    package.write(BOOK, {name: data[name] for name in ("documents", "lines")}, folder)
    assert [shown for path in folder.glob("*.?sv") for row in cells(path) for shown in row.values() if is_run(shown)
            ] == []
    told = store.read_cells(folder / "polecat.tsv", "\t").loc[0]
    assert [told[column] for column in ("Event ID", "Source", "ruiran_sentence", "ruiran_event_ids")] == [cell] * 4
    assert store.read_cells(folder / "sipri_register.csv").loc[0, "ruiran_deal"] == cell
    assert store.read_table(BOOK, folder / "lines.csv").text.tolist() == [cell]


# ---------------------------------------------------------------- POLECAT
def test_every_event_tells_one_row_of_polecat(both):
    to, out, _ = both
    rows, read = store.read_cells(to / "polecat.tsv", "\t"), store.read(BOOK, out)
    told = Counter(name for ids in rows.ruiran_event_ids for name in ids.split(";"))
    assert told == Counter(read["events"].event_id) and list(rows["Event ID"]) == list(read["acts"].act)
    assert all(ids.split(";")[0] == first for first, ids in zip(rows["Event ID"], rows.ruiran_event_ids, strict=True))


def test_the_columns_are_those_of_polecat_and_then_our_own(small):
    head = list(cells(small / "polecat.tsv")[0])
    assert head[:5] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity"]
    assert head[15:17] == ["Recipient Name", "Recipient Country"] and head[39] == "Version" and len(head[:40]) == 40
    assert all(column.startswith("ruiran_") for column in head[40:])


def row_of(small, doc_id):
    return next(row for row in cells(small / "polecat.tsv") if row["ruiran_doc_id"] == doc_id)


def test_an_act_of_one_day_has_its_date(small):
    row = row_of(small, "sub__day")
    assert (row["Event Date"], row["Event Type"]) == ("2007-01-16", "COOPERATE")
    assert row["Quad Code"] == "MATERIAL COOPERATION"
    assert (row["Actor Name"], row["Actor Country"]) == ("Russia", "RUS")
    assert (row["Recipient Name"], row["Recipient Country"]) == ("Iran", "IRN")
    assert (row["ruiran_status"], row["ruiran_sentence"]) == ("actual", SALE)
    assert row["Intensity"] == row["Actor COW"] == row["Contexts"] == ""


def test_an_interval_is_no_date(small):
    row = row_of(small, "month")
    assert row["Event Date"] == "" and (row["ruiran_date_from"], row["ruiran_date_to"]) == ("2005-12-01", "2005-12-31")


def test_modes_that_plover_has_not_and_countries_that_are_none_stay_empty(large):
    rows = cells(large / "polecat.tsv")
    assert {row["Event Mode"] for row in rows if row["ruiran_mode"] == "nominal"} == {""}
    assert {row["Actor Country"] for row in rows if row["Actor Name"] == "United Nations"} == {""}
    assert any(row["Event Mode"] == row["ruiran_mode"] == "visit" for row in rows)


# ---------------------------------------------------------------- SIPRI
def deal(**values):
    given = {"deal": "d", "supplier": "RUS", "recipient": "IRN", "weapon": "Tor-M1", "voices": 1, "affirmed": 1,
             "denied": 0, "basis": "text"}
    return table_of("deals", [given | values])


def claims_of(*rows):
    given = {"doc_id": "a", "deal": "d", "line": 1, "start": 10, "end": 12, "text": "29", "stance": "affirms"}
    return table_of("claims", [given | {"claim_id": str(n), **row} for n, row in enumerate(rows)])


def register_of(tmp_path, deals, claims, *acts):
    given = {"doc_id": "a", "line": 1, "start": 0, "end": 50, "sentence": "s", "source": "RUS", "target": "IRN",
             "event": "COOPERATE", "form": "verbal"}
    events = table_of("events", [given | {"event_id": str(n), "stage": stage, "status": status}
                                 for n, (stage, status) in enumerate(acts)])
    sipri.write({"deals": deals, "claims": claims, "events": events}, tmp_path)
    return cells(tmp_path / "sipri_register.csv")[0]


COUNT = {"attribute": "quantity", "low": 29, "high": 29}


@pytest.mark.parametrize("acts, ordered, delivered", [
    ([("order", "actual")], "29", ""), ([("delivery", "actual")], "", "(29)"), ([("delivery", "planned")], "29", ""),
    ([("delivery", "actual"), ("order", "actual")], "29", ""), ([], "29", "")])
def test_a_number_is_delivered_where_nothing_but_a_delivery_is_told(tmp_path, acts, ordered, delivered):
    row = register_of(tmp_path, deal(quantity_low=29, quantity_high=29), claims_of(COUNT), *acts)
    assert (row["Number ordered"], row["Number delivered"]) == (ordered, delivered)


@pytest.mark.parametrize("values, claim, column, cell", [
    ({"ordered_from": "2005-12-01", "ordered_to": "2005-12-31"}, {}, "Year of order", "2005"),
    ({"ordered_to": "2005-12-31"}, {}, "Year of order", "(2005)"),
    ({"ordered_from": "2005-12-01", "ordered_to": "2006-01-31"}, {}, "Year of order", "(2005 to 2006)"),
    ({"delivered_from": "2006-11-01", "delivered_to": "2006-12-31"}, {}, "Year(s) of delivery", "2006"),
    ({"delivered_from": "2006-11-01", "delivered_to": "2006-12-31", "disputed": "delivery_begun"}, {},
     "Year(s) of delivery", "(2006)"),
    ({"quantity_low": 29, "quantity_high": 29}, {"high": None}, "Number ordered", "(29)"),
    ({"quantity_low": 29, "quantity_high": 32}, {}, "Number ordered", "(29 to 32)"),
    ({"quantity_low": 29, "quantity_high": 29, "disputed": "quantity"}, {}, "Number ordered", "(29)")])
def test_what_is_doubtful_stands_in_brackets(tmp_path, values, claim, column, cell):
    assert register_of(tmp_path, deal(**values), claims_of(COUNT | claim))[column] == cell


@pytest.mark.parametrize("claim, said", [
    ({"attribute": "legality"}, "neither an order nor a delivery is affirmed"),
    ({"attribute": "delivery_begun"}, "delivered: day not told"),
    ({"attribute": "cancellation"}, "neither an order nor a delivery is affirmed; cancelled: day not told"),
    ({"attribute": "delivery_complete", "stance": "denies"}, "delivered: denied"),
    (COUNT | {"rule": "quantity:battalion"}, "counted in: battalion")])
def test_the_comments_say_what_is_told_of_a_deal(tmp_path, claim, said):
    assert said in register_of(tmp_path, deal(), claims_of(claim))["Comments"]


def test_the_deal_of_the_five_articles(large):
    row = next(row for row in cells(large / "sipri_register.csv") if row["Weapon designation"] == "Tor-M1")
    assert (row["Supplier"], row["Recipient"], row["Year of order"]) == ("Russia", "Iran", "2005")
    assert row["Year(s) of delivery"] == "(2007)" and "worth: ($700 million to $1 billion)" in row["Comments"]


# ---------------------------------------------------------------- Web Annotation
def check_model(collection):
    """What the Web Annotation Data Model demands of a collection, its page, and the annotations in it."""
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection" and collection["total"] == len(collection["first"]["items"])
    page = collection["first"]
    assert page["type"] == "AnnotationPage" and page["partOf"] == collection["id"] and page["startIndex"] == 0
    names = [collection["id"], page["id"], *(item["id"] for item in page["items"])]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["motivation"] == "classifying"
        assert all(body["type"] == "TextualBody" and isinstance(body["value"], str) for body in item["body"])
        assert {body["purpose"] for body in item["body"]} == {"classifying", "tagging"}
        assert re.fullmatch(r"[\w.~/%!$&'()*+,;=:@-]+", item["target"]["source"], re.ASCII)


def test_every_event_and_claim_is_an_annotation_of_the_model(both):
    to, out, _ = both
    collection, read = json.loads((to / "annotations.jsonld").read_text(encoding="utf-8")), store.read(BOOK, out)
    check_model(collection)
    coded = [json.loads(item["body"][0]["value"]) for item in collection["first"]["items"]]
    assert [row["claim_id"] if "claim_id" in row else row["event_id"] for row in coded] == \
        [*read["events"].event_id, *read["claims"].claim_id]
    assert coded[0]["event"] == read["events"].event[0] == collection["first"]["items"][0]["body"][1]["value"]


def test_the_words_are_those_of_the_article(both):
    to, _, raw = both
    for item in json.loads((to / "annotations.jsonld").read_text(encoding="utf-8"))["first"]["items"]:
        data = (raw / unquote(item["target"]["source"])).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        place, *quotes = item["target"]["selector"]
        start, end = place["start"], place["end"]
        assert place["type"] == "TextPositionSelector" and 0 <= start < end <= len(text)
        assert quotes or "\n" in text[start:end], "words of one line are always quoted"
        for quote in quotes:
            assert quote["type"] == "TextQuoteSelector" and quote["exact"] == text[start:end]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])


TEXTS = st.lists(st.sampled_from(["a", "bc", " ", "\n", "\n\n", "\t", "\U0001F600", "\u00a0", "=", "e\u0301"]),
                 min_size=1, max_size=30).map("".join).filter(str.strip)


def lines_in(text):
    """The rows of table `lines` of a text."""
    at, rows = 0, []
    for n, line in enumerate(text.split("\n"), 1):
        start = at + len(line) - len(line.lstrip())
        if line.strip():
            rows.append({"line": n, "start": start, "end": start + len(line.strip()), "text": line.strip(), "kind": ""})
        at += len(line) + 1
    return rows


@given(TEXTS, st.data())
def test_a_quotation_is_true_or_is_not_made(text, data):
    known = annotations.text_of(lines_in(text))
    start = data.draw(st.integers(0, len(known) - 1))
    end = data.draw(st.integers(start + 1, len(known)))
    place, *quotes = annotations.selectors(start, end, known)
    assert (place["start"], place["end"]) == (start, end)
    for quote in quotes:
        assert quote["exact"] == text[start:end]
        assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])


def test_white_space_that_no_table_has_is_not_guessed():
    known = annotations.text_of(lines_in("Russia sold \narms"))
    assert [s["type"] for s in annotations.selectors(0, 17, known)] == ["TextPositionSelector"]
    assert list(annotations.selectors(13, 17, known))[1] == {
        "type": "TextQuoteSelector", "exact": "arms", "prefix": "", "suffix": ""}


@given(TEXTS.filter(lambda text: all(line == line.strip() for line in text.split("\n"))))
def test_a_text_without_white_space_at_the_ends_of_lines_is_known_whole(text):
    assert annotations.text_of(lines_in(text)) == text.rstrip("\n")


@pytest.mark.parametrize("source, words", [("wrapped.txt", WRAPPED), ("loose.txt", LOOSE)])
def test_words_across_line_ends_are_quoted_as_they_are_printed(small, source, words):
    items = json.loads((small / "annotations.jsonld").read_text(encoding="utf-8"))["first"]["items"]
    quotes = [s for item in items for s in item["target"]["selector"] if item["target"]["source"] == source]
    quote = next(s for s in quotes if s.get("exact") == words)
    assert quote["prefix"].endswith("for many years.\n\n") and quote["suffix"].startswith("\n\nWhatever else may be")


# ---------------------------------------------------------------- the command
def test_the_command_says_what_it_wrote_and_does_so_again(out, tmp_path, capsys):
    for _ in range(2):
        assert main(["export", str(out), "--to", str(tmp_path / "new" / "x")]) == 0
        counts = {name: len(frame) for name, frame in store.read(BOOK, out).items()}
        assert capsys.readouterr().out.startswith(f"{counts['acts']} acts, {counts['deals']} deals")
    assert {path.name for path in (tmp_path / "new" / "x").iterdir()} == FILES


def test_two_exports_of_a_run_are_the_same_also_of_parquet(out, small, tmp_path):
    pytest.importorskip("pyarrow")
    read = {name: tables.rows_of(frame) for name, frame in store.read(BOOK, out).items()}
    store.write(BOOK, read, tmp_path / "parquet", "parquet")
    exports.export(BOOK, tmp_path / "parquet", tmp_path / "to")
    assert all((tmp_path / "to" / name).read_bytes() == (small / name).read_bytes() for name in FILES)


def copied(out, to):
    to.mkdir()
    for path in out.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


@pytest.mark.parametrize("place, said", [
    ("out", "holds the tables of a run; name another folder"), ("other", "holds the tables of a run"),
    ("mine", "events.csv: not of an export; move it away or name another folder"),
    ("file", "cannot be the folder for the tables")])
def test_a_folder_that_would_be_spoilt_is_refused(out, tmp_path, capsys, place, said):
    copied(out, tmp_path / "out"), copied(out, tmp_path / "other"), (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "events.csv").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["export", str(tmp_path / "out"), "--to", str(tmp_path / place)]) == 2
    fault = capsys.readouterr().err
    assert said in fault and fault.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_tables_that_are_not_of_one_run_are_refused(out, tmp_path, capsys):
    changed = copied(out, tmp_path / "out")
    (changed / "events.csv").write_bytes((changed / "events.csv").read_bytes() + b"\n")
    for folder in (changed, tmp_path / "none"):
        assert main(["export", str(folder), "--to", str(tmp_path / "to")]) == 2
        assert "run `python -m ruiran code` again" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_an_export_that_fails_leaves_what_was_there(out, small, tmp_path, monkeypatch, capsys):
    exports.export(BOOK, out, tmp_path / "to")
    monkeypatch.setattr(sipri, "write", lambda *more: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert main(["export", str(DERIVED), "--to", str(tmp_path / "to")]) == 2
    assert "could not be written (No space left on device)" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (tmp_path / "to").iterdir()} == \
        {path.name: path.read_bytes() for path in small.iterdir()}
