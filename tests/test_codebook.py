"""Every row of the codebook proves itself, and a broken file says where it is broken and what to do."""
import re
import shutil

import pytest
from conftest import document, rows_in

from ruiran import codebook, pipeline
from ruiran.__main__ import main
from ruiran.codebook import memory

ROOT = codebook.FOLDER.parent.parent

FILES = {path.stem: codebook.read_csv(path) for path in sorted(codebook.FOLDER.glob("*.csv"))}
SHAPE = FILES["codebook"]
PLOVER = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
             "MOBILIZE COERCE ASSAULT".split())
STATUSES = {"actual", "planned", "claimed", "denied", "conditional"}
UNIQUE = {"boilerplate": ["rule"], "claims": ["rule"], "clues": ["clue"], "events": ["rule"], "frames": ["frame"],
          "macros": ["name"], "numbers": ["word"], "persons": ["person"], "scope": ["name"], "weapons": ["code"],
          "words": ["list"], "titles": ["office"], "sums": ["values"], "claim_stages": ["stage"], "subject": ["rule"],
          "known_acts": ["act"], "datelines": ["rule"], "annual": ["rule"], "quantities": ["rule"],
          "outlets": ["rule"], "turns": ["rule"], "releases": ["rule"],
          "tables": ["table", "column"], "codebook": ["file", "column"], "actors": ["code", "kind", "pattern"],
          "offices": ["person", "office", "since"]}


def table(name):
    return FILES[name].itertuples()


def ids(row):
    return str(row[1])


# ---------------------------------------------------------------- shape
def test_the_projects_own_codebook_is_sound(capsys):
    """Cells, references and patterns with their examples are checked whenever a codebook is loaded."""
    assert main(["check"]) == 0
    assert re.fullmatch(r"\d+ files, \d+ rows, 0 corrections: no fault\n", capsys.readouterr().out)


def test_the_files_are_those_that_are_described_with_exactly_their_columns():
    described = {name: list(rows.column) for name, rows in SHAPE.groupby("file", sort=False)}
    assert {name: list(FILES[name].columns) for name in set(FILES) - {"codebook", "tables"}} == described


def test_no_row_stands_twice():
    assert [(name, *cells) for name, columns in UNIQUE.items()
            for cells in FILES[name][FILES[name].duplicated(columns)][columns].itertuples(index=False)] == []


def test_no_cell_has_white_space_around_it():
    assert [(name, column, cell) for name, rows in FILES.items()
            for column in rows.columns.difference(["pattern", "example", "not_example"])
            for cell in rows[column] if cell != cell.strip()] == []


# ---------------------------------------------------------------- what rows refer to, beyond what loading checks
def test_events_have_a_status_of_the_contract():
    assert set(FILES["events"].status) - {""} <= STATUSES


def test_the_dictionary_allows_exactly_the_types_and_statuses_of_the_contract():
    allowed = dictionary("events")
    assert allowed["event"] == PLOVER and allowed["status"] == STATUSES


def dictionary(name):
    """Allowed values by column of one table."""
    rows = FILES["tables"][FILES["tables"].table == name]
    return {column: set(values.split()) for column, values in zip(rows.column, rows["values"], strict=True)}


def test_every_frame_is_used():
    assert set(FILES["frames"].frame) <= set(FILES["events"].frame)


def test_events_govern_kinds_that_are_there():
    governed = {kind for cell in FILES["events"].over for kind in cell.split("|")} - {"", "any"}
    assert governed <= set(FILES["kinds"].kind) | set(FILES["kinds"].group)


def test_claims_have_attributes_of_the_dictionary():
    attributes = dictionary("claims")["attribute"]
    assert set(FILES["claims"].attribute) | set(FILES["claim_stages"].attribute) <= attributes


def test_claim_stages_are_stages_of_events():
    assert set(FILES["claim_stages"].stage) <= set(FILES["events"].stage)


def test_word_lists_of_categories_name_categories():
    lists = FILES["words"][FILES["words"].list.str.contains("categories")]
    assert {word for cell in lists.words for word in cell.split("|")} <= set(FILES["weapons"].category)


def test_a_surname_is_part_of_the_name():
    assert [row.person for row in table("persons") if row.surname not in row.person] == []


def test_an_office_that_is_still_held_has_no_end():
    assert [(row.person, row.until) for row in table("offices") if row.still == "yes" and row.until] == []


# ---------------------------------------------------------------- each row of events yields its event
EVENTS = [row for row in table("events") if row.event]


def rules_in(sentence):
    return {(row["event"], rule) for row in rows_in("events", sentence) for rule in row["rule"].split("+")}


@pytest.mark.parametrize("row", EVENTS, ids=ids)
def test_a_row_yields_its_event_on_its_example(row):
    found = rules_in(row.example)
    assert (row.event, row.rule) in found, found


@pytest.mark.parametrize("row", EVENTS, ids=ids)
def test_a_row_is_silent_on_its_counter_example(row):
    assert row.rule not in {rule for _, rule in rules_in(row.not_example)}


# ---------------------------------------------------------------- a broken codebook says what is wrong
def small():
    """The first rows of the large files and those to which others refer, so that a copy loads at once."""
    persons, weapons, actors = FILES["persons"][:8], FILES["weapons"], FILES["actors"]
    weapons = weapons[(weapons.index < 10) | weapons.code.isin([*FILES["orders"].weapon, *weapons.family])]
    return {"persons": persons, "weapons": weapons,
            "offices": FILES["offices"][FILES["offices"].person.isin(persons.person)],
            "actors": actors[(actors.index < 10) | ~actors.country.duplicated()]}


SMALL = small()


@pytest.fixture
def folder(tmp_path):
    """A copy of the codebook with few rows in its large files."""
    for path in codebook.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    for name, rows in SMALL.items():
        rows.to_csv(tmp_path / f"{name}.csv", index=False)
    return tmp_path


def change(folder, name, column, value, row=0):
    rows = SMALL.get(name, FILES[name]).copy()
    rows.loc[rows.index[row], column] = value
    rows.to_csv(folder / f"{name}.csv", index=False)


def test_an_unbroken_copy_loads(folder):
    assert len(codebook.load(folder)["weapons"]) == len(SMALL["weapons"])


@pytest.mark.parametrize(("name", "column", "value", "row", "said"), [
    ("boilerplate", "pattern", "Advert(isement", 3, r"boilerplate\.csv row 5: pattern 'Advert\(isement' is broken"),
    ("weapons", "pattern", "Tor[-M1", 1, r"weapons\.csv row 3: pattern .* is broken"),
    ("weapons",
     "example", "a bow and arrows", 2, r"weapons\.csv row 4: .* misses its example 'a bow and arrows'; mend"),
    ("actors", "not_example", "Iran", 0, r"actors\.csv row 2: .* matches 'Iran', which it must not"),
    ("actors", "kind", "contry", 1, r"actors\.csv row 3: kind 'contry' is not one of country, adjective"),
    ("actors", "place", "maybe", 0, r"actors\.csv row 2: place 'maybe' is not one of yes, no"),
    ("claims", "stance", "doubts", 0, r"claims\.csv row 2: stance 'doubts' is not one of affirms, denies"),
    ("events", "pos", "adverb", 0, r"events\.csv row 2: pos 'adverb' is not one of"),
    ("offices", "since", "15 February 2007", 4, r"offices\.csv row 6: since '15 February 2007' is no date; write 2007"),
    ("offices", "source", "", 0, r"offices\.csv row 2: source is empty; fill it in"),
    ("persons", "country", "", 7, r"persons\.csv row 9: country is empty; fill it in"),
    ("times", "pattern", "{mnth} \\d+", 0, r"times\.csv row 2"),
    ("events", "event", "COPERATE", 2, r"events\.csv row 4: event 'COPERATE'"),
    ("events", "frame", "gives", 2, r"events\.csv row 4: frame 'gives'"),
    ("events", "theme", "wepon", 2, r"events\.csv row 4: theme 'wepon'"),
    ("events", "rule", "deal-noun", 1, r"events\.csv row \d+: rule 'deal-noun' stands twice; delete"),
])
def test_a_wrong_cell_is_named_with_its_row(folder, name, column, value, row, said):
    change(folder, name, column, value, row)
    with pytest.raises(codebook.CodebookError, match=said):
        codebook.load(folder)


def test_a_missing_column_is_named(folder):
    FILES["titles"].drop(columns="office").to_csv(folder / "titles.csv", index=False)
    with pytest.raises(codebook.CodebookError, match=r"titles\.csv: no column office; add it to the header line"):
        codebook.load(folder)


def test_a_missing_file_is_named(folder):
    (folder / "sums.csv").unlink()
    with pytest.raises(codebook.CodebookError, match=r"sums\.csv: missing in .*; restore it"):
        codebook.load(folder)


@pytest.mark.parametrize(("content", "said"), [
    (b"", r"times\.csv: .*; save it as CSV"),
    (b"kind,pattern,example,not_example\nday,\xff\xfe,a,b\n", r"times\.csv: .*; save it as CSV, UTF-8"),
    (b'kind,pattern,example,not_example\nday,"\\d,a,b\n', r"times\.csv row 2: a stray quotation mark .*; double or"),
    (b"kind,pattern,example,not_example\n", r"times\.csv: no rows"),
], ids=["empty", "not UTF-8", "quotation mark left open", "header alone"])
def test_a_file_that_is_no_table_is_named(folder, content, said):
    (folder / "times.csv").write_bytes(content)
    with pytest.raises(codebook.CodebookError, match=said):
        codebook.load(folder)


@pytest.mark.parametrize("name", ["codebook", "macros", "tables"])
def test_a_missing_file_that_describes_the_others_is_named(folder, name):
    (folder / f"{name}.csv").unlink()
    with pytest.raises(codebook.CodebookError, match=rf"{name}\.csv: missing"):
        codebook.load(folder)


def test_a_folder_that_is_not_there_is_a_broken_codebook(tmp_path):
    with pytest.raises(codebook.CodebookError, match=r"codebook\.csv: missing"):
        codebook.load(tmp_path / "nowhere")


def test_a_spreadsheet_may_save_it_with_its_mark_and_line_ends(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(codebook.load(folder)["weapons"]) == len(SMALL["weapons"])


# ---------------------------------------------------------------- what would crash a run, or lose rows without a word
def put(folder, name, text):
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def raw(folder, name):
    return (folder / f"{name}.csv").read_text(encoding="utf-8")


def line_of(folder, name, number, change):
    """Row `number` of a file, changed as it stands in the file."""
    lines = raw(folder, name).split("\n")
    lines[number - 1] = change(lines[number - 1])
    put(folder, name, "\n".join(lines))


@pytest.mark.parametrize(("name", "column", "value", "row", "said"), [
    ("offices", "since", "2007-02-31", 4, r"offices\.csv row 6: since '2007-02-31' is a day that no calendar has"),
    ("offices", "until", "1890", 4, r"offices\.csv row 6: until '1890' lies before since"),
    ("offices", "person", "Nobody", 0, r"offices\.csv row 2: person 'Nobody' is not in persons\.person; mend"),
    ("known_acts", "since", "2007-13", 0, r"known_acts\.csv row 2: since '2007-13' is a day that no calendar has"),
    ("weapons", "code", "S-200", 1, r"weapons\.csv row 3: code 'S-200' stands twice; delete or rename one row"),
    ("weapons", "maker", "RUSSIA", 0, r"weapons\.csv row 2: maker 'RUSSIA' is not in actors\.country"),
    ("weapons", "family", "S-2000", 0, r"weapons\.csv row 2: family 'S-2000' is not in weapons\.code"),
    ("actors", "country", "IRAN", 0, r"actors\.csv row 2: country 'IRAN' is no code of three capitals; write RUS"),
    ("persons", "country", "ZZZ", 0, r"persons\.csv row 2: country 'ZZZ' is not in actors\.country"),
    ("scope", "value", "IRAN", 1, r"scope\.csv row 3: value 'IRAN' is no country of actors\.csv; write its code"),
    ("scope", "name", "buyer", 1, r"scope\.csv: no row 'recipient'; restore it"),
    ("clues", "clue", "postings", 0, r"clues\.csv: no row 'posting'; restore it"),
    ("clues", "rank", "first", 0, r"clues\.csv row 2: rank 'first' is no number; write 12"),
    ("numbers", "value", "ten", 3, r"numbers\.csv row 5: value 'ten' is no number"),
    ("parts", "month", "1", 0, r"parts\.csv row 2: month '1' is no range; write 1-3"),
    ("orders", "weapon", "Torr", 0, r"orders\.csv row 2: weapon 'Torr' is not in weapons\.code"),
    ("events", "stage", "handover", 0, r"events\.csv row 2: stage 'handover' is not one of"),
    ("claim_stages", "attribute", "price", 0, r"claim_stages\.csv row 2: attribute 'price' is not one of value"),
    ("times", "kind", "fortnight", 0, r"times\.csv row 2: kind 'fortnight' is not one of"),
    ("words", "words", "say|", 0, r"words\.csv row 2: words 'say\|' has a bar with no word beside it; delete the bar"),
    ("words", "words", "say|(tell", 0, r"words\.csv row 2: words holds '\(': it lists words and no patterns"),
    ("words", "list", "sayings", 1, r"words\.csv: no row 'not_traded'; restore it"),
    ("claims", "pattern", "x?", 0, r"claims\.csv row 2: pattern 'x\?' misses its example"),
])
def test_a_cell_that_would_crash_a_run_is_refused(folder, name, column, value, row, said):
    change(folder, name, column, value, row)
    with pytest.raises(codebook.CodebookError, match=said):
        codebook.load(folder)


@pytest.mark.parametrize(("name", "number", "edit", "said"), [
    ("places", 10, lambda line: '"' + line, r"places\.csv row 10: a (?:stray quotation mark|quotation mark opens)"),
    ("places", 3, lambda line: line + ",", r"places\.csv row 3: \d cells, and \d in the header; put a cell that holds"),
    ("places", 4, lambda line: "Tehran", r"places\.csv row 4: 1 cells, and \d in the header"),
    ("places", 1, lambda line: line.replace(",", ";"), r"places\.csv: its columns are parted by semicolons; save"),
    ("places", 1, lambda line: line.replace(",", "\t"), r"places\.csv: its columns are parted by tabs"),
    ("places", 1, lambda line: line.replace("country", "place"), r"places\.csv: column 'place' stands twice"),
])
def test_a_table_that_loses_rows_is_refused(folder, name, number, edit, said):
    line_of(folder, name, number, edit)
    with pytest.raises(codebook.CodebookError, match=said):
        codebook.load(folder)


def test_two_stray_quotation_marks_cannot_hide_the_rows_between_them(folder):
    line_of(folder, "places", 10, lambda line: '"' + line)
    line_of(folder, "places", 40, lambda line: line.split(",")[0] + '",' + line.partition(",")[2])
    with pytest.raises(codebook.CodebookError, match=r"places\.csv row 10: a quotation mark opens a cell that goes on"):
        codebook.load(folder)


def test_blank_rows_of_a_spreadsheet_do_no_harm_and_are_counted(folder):
    lines = raw(folder, "boilerplate").split("\n")
    put(folder, "boilerplate", "\n".join([*lines[:2], ",,,,,,,", "", *lines[2:], ",,,,,,,"]))
    assert len(codebook.load(folder)["boilerplate"]) == len(FILES["boilerplate"])
    line_of(folder, "boilerplate", 5, lambda line: line.replace(",line,", ",page,"))
    with pytest.raises(codebook.CodebookError, match=r"boilerplate\.csv row 5: scope 'page'"):
        codebook.load(other(folder))


def other(folder):
    """The same folder under another name: a codebook is loaded once."""
    return shutil.copytree(folder, folder.parent / f"{folder.name}-again")


def test_a_known_act_may_have_a_year_alone(folder):
    change(folder, "known_acts", "since", "2000", 1)
    book = codebook.load(folder)
    assert [r.since for r in book.rows("known_acts")][1] == "2000"
    text = "Iran, Russia and arms\n\nMoscow tore up the 1995 understanding on arms for Iran, and said so to all.\n"
    rows = pipeline.code_article(document(text), book)
    assert ("known-act", "on or after 2000") in [(c["clue"], c["allows"].split(":")[0]) for c in rows["clues"]]


def test_a_time_without_the_group_from_which_it_is_read_is_refused(folder):
    change(folder, "times", "pattern", r"on (?P<tag>\d+) (?P<m>{month}) (?P<y>\d{4})", 0)
    change_example = raw(folder, "times").replace('"Thursday, 2 March, 2006"', "on 2 March 2006")
    put(folder, "times", change_example)
    with pytest.raises(codebook.CodebookError, match=r"times\.csv row 2: a time of kind 'day' .* 'd'"):
        codebook.load(folder)


def test_every_list_of_words_that_the_code_asks_for_must_be_there():
    """Names of lists in the code, read from its source, are among the rows that codebook.csv demands."""
    demanded = set(SHAPE.set_index(["file", "column"])["values"][("words", "list")].split()[1:])
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ruiran").rglob("*.py"))
    asked = set(re.findall(r"\bwords\(\"(\w+)\"\)", source))
    assert len(asked) > 40 and asked <= demanded


# ---------------------------------------------------------------- what is remembered of a sound codebook
@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    """An empty folder in which sound codebooks are remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    return memory.folder()


def test_a_sound_codebook_is_not_checked_again_and_any_change_of_it_is(folder, cache, monkeypatch):
    first = codebook.load(folder)
    monkeypatch.setattr(codebook, "check", lambda *files: pytest.fail("checked again"))
    assert codebook.load(again := other(folder)).needed == first.needed
    with pytest.raises(pytest.fail.Exception, match="checked again"):
        codebook.load(again, anew=True)
    change(again, "sums", "not_example", "another")
    with pytest.raises(pytest.fail.Exception, match="checked again"):
        codebook.load(other(again))


def test_a_broken_codebook_is_refused_although_it_was_sound_before(folder, cache):
    codebook.load(folder)
    change(folder, "claims", "pattern", "x?", 0)
    for copy in (again := other(folder), other(again)):
        with pytest.raises(codebook.CodebookError, match=r"claims\.csv row 2: pattern 'x\?' misses its example"):
            codebook.load(copy)


@pytest.mark.parametrize("content", [b"", b"[1]", b"{}", b'{"a": 1}', b'{"a": ["b"]}', b"\xff"])
def test_what_is_remembered_may_be_damaged(cache, content):
    memory.remember("key", {"a": {("word", False)}})
    assert memory.recalled("key", {"a"}) == {"a": {("word", False)}}
    next(cache.iterdir()).write_bytes(content)
    assert memory.recalled("key", {"a", "b"}) is None


def test_what_is_remembered_may_be_lost(folder, cache):
    words = codebook.load(folder).needed
    next(cache.iterdir()).write_bytes(b"[1]")
    assert codebook.load(again := other(folder)).needed == words
    shutil.rmtree(cache)
    cache.write_text("no folder")
    assert codebook.load(other(again)).needed == words
