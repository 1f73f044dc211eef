"""Every row of the codebook proves itself, and a broken file says where it is broken and what to do."""
import re
import shutil

import pytest
from conftest import document, rows_in

from ruiran import codebook, pipeline

ROOT = codebook.FOLDER.parent.parent

FILES = {path.stem: codebook.read_csv(path) for path in sorted(codebook.FOLDER.glob("*.csv"))}
SHAPE = FILES["codebook"]
MACROS = {}
for macro in FILES["macros"].itertuples():
    MACROS[macro.name] = codebook.expanded(macro.pattern, MACROS)
PLOVER = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
             "MOBILIZE COERCE ASSAULT".split())
STATUSES = {"actual", "planned", "claimed", "denied", "conditional"}
UNIQUE = {"boilerplate": ["rule"], "claims": ["rule"], "clues": ["clue"], "events": ["rule"], "frames": ["frame"],
          "macros": ["name"], "numbers": ["word"], "persons": ["person"], "scope": ["name"], "weapons": ["code"],
          "words": ["list"], "titles": ["office"], "sums": ["values"], "claim_stages": ["stage"], "subject": ["rule"],
          "known_acts": ["act"], "datelines": ["rule"], "annual": ["rule"], "quantities": ["rule"],
          "tables": ["table", "column"], "codebook": ["file", "column"], "actors": ["code", "kind", "pattern"],
          "offices": ["person", "office", "since"]}


def table(name):
    return FILES[name].itertuples()


def ids(row):
    return str(row[1])


# ---------------------------------------------------------------- patterns
def pattern_rows():
    for name, rows in FILES.items():
        if {"pattern", "example"} <= set(rows.columns):
            for number, row in enumerate(rows.itertuples(), 2):
                yield pytest.param(name, row, id=f"{name}-{number}")


def regex_of(name, row):
    return codebook.compile_pattern(codebook.expanded(row.pattern, MACROS), name)


def test_every_pattern_finds_its_example_and_not_its_counter_example():
    faults = [(p.id, row.example, row.not_example) for p in pattern_rows() for name, row in [p.values]
              if not regex_of(name, row).search(row.example)
              or row.not_example and regex_of(name, row).search(row.not_example)]
    assert faults == []


def test_every_pattern_has_an_example():
    assert [p.id for p in pattern_rows() if not p.values[1].example] == []


@pytest.mark.parametrize("name", ["boilerplate", "claims", "events", "known_acts", "sums", "times", "titles"])
def test_rules_have_a_counter_example_too(name):
    assert FILES[name][FILES[name].not_example == ""].empty


def test_no_pattern_finds_the_empty_text():
    """Such a pattern would make a mention of nothing everywhere."""
    assert [p.id for p in pattern_rows() if regex_of(*p.values).search("")] == []


# ---------------------------------------------------------------- shape
@pytest.mark.parametrize("name", sorted(set(FILES) - {"codebook", "tables"}))
def test_a_file_has_exactly_the_columns_that_are_described(name):
    assert list(FILES[name].columns) == list(SHAPE[SHAPE.file == name].column)


def test_every_file_that_is_described_is_there():
    assert set(SHAPE.file) | {"codebook", "tables"} == set(FILES)


@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_no_row_stands_twice(name):
    rows = FILES[name]
    assert rows[rows.duplicated(UNIQUE[name], keep=False)][UNIQUE[name]].to_dict("records") == []


def test_no_cell_has_white_space_around_it():
    faults = [(name, column, cell) for name, rows in FILES.items() for column in rows.columns
              if column != "pattern" for cell in rows[column] if cell != cell.strip()]
    faults = [f for f in faults if f[1] not in ("example", "not_example")]
    assert faults == []


# ---------------------------------------------------------------- what rows refer to
def test_events_have_types_of_plover():
    assert set(FILES["events"].event) - {""} <= PLOVER


def test_events_have_a_status_of_the_contract():
    assert set(FILES["events"].status) - {""} <= STATUSES


def test_the_dictionary_allows_exactly_the_types_and_statuses_of_the_contract():
    allowed = dictionary("events")
    assert allowed["event"] == PLOVER and allowed["status"] == STATUSES


def dictionary(name):
    """Allowed values by column of one table."""
    rows = FILES["tables"][FILES["tables"].table == name]
    return {column: set(values.split()) for column, values in zip(rows.column, rows["values"], strict=True)}


def test_events_have_frames_that_are_there():
    assert set(FILES["events"].frame) <= set(FILES["frames"].frame)


def test_every_frame_is_used():
    assert set(FILES["frames"].frame) <= set(FILES["events"].frame)


def test_events_have_themes_that_are_word_lists():
    themes = {theme for cell in FILES["events"].theme for theme in cell.split("|")} - BUILT_IN
    lists = {f"theme_{theme.removeprefix('obj_').removeprefix('subj_')}" for theme in themes}
    assert lists <= set(FILES["words"].list)


def test_events_govern_kinds_that_are_there():
    governed = {kind for cell in FILES["events"].over for kind in cell.lstrip("!").split("|")} - {"", "any"}
    assert governed <= set(FILES["events"].kind)


def test_claims_have_attributes_of_the_dictionary():
    attributes = dictionary("claims")["attribute"]
    assert set(FILES["claims"].attribute) | set(FILES["claim_stages"].attribute) <= attributes


def test_claim_stages_are_stages_of_events():
    assert set(FILES["claim_stages"].stage) <= set(FILES["events"].stage)


def test_families_are_weapons():
    assert set(FILES["weapons"].family) - {""} <= set(FILES["weapons"].code)


def test_word_lists_of_categories_name_categories():
    lists = FILES["words"][FILES["words"].list.str.contains("categories")]
    assert {word for cell in lists.words for word in cell.split("|")} <= set(FILES["weapons"].category)


def test_orders_are_of_known_weapons():
    assert set(FILES["orders"].weapon) <= set(FILES["weapons"].code)


def test_offices_are_held_by_known_persons():
    assert set(FILES["offices"].person) <= set(FILES["persons"].person)


def test_a_surname_is_part_of_the_name():
    assert [row.person for row in table("persons") if row.surname not in row.person] == []


def test_the_pair_is_among_the_actors():
    scope = dict(zip(FILES["scope"].name, FILES["scope"].value, strict=True))
    assert {scope["supplier"], scope["recipient"]} <= set(FILES["actors"].code)


def test_an_office_ends_after_it_begins():
    late = [(row.person, row.office, row.since, row.until) for row in table("offices")
            if row.until and row.since[:len(row.until)] > row.until]
    assert late == []


def test_an_office_that_is_still_held_has_no_end():
    assert [(row.person, row.until) for row in table("offices") if row.still == "yes" and row.until] == []


# ---------------------------------------------------------------- each row of events yields its event
BUILT_IN = {*codebook.BUILT_IN, ""}
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
    ("words", "list", "sayings", 1, r"words\.csv: no row 'hearsay'; restore it"),
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
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ruiran").glob("*.py"))
    asked = set(re.findall(r"\bwords\(\"(\w+)\"\)", source))
    assert len(asked) > 60 and asked <= demanded
