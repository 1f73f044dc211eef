"""Another pair of states: what the page for it says comes out, mistakes in a folder are all named, a start is clean.

The page notebooks/guides/another_pair.md is followed as a person would: a block with `title=PATH` is a file that is
saved, a line `$ python -m ruiran …` a command, with what it prints below it, a block `python` a cell of one notebook,
and the block `output` behind it what the cell prints. '…' stands for anything.
"""
import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

import ruiran
from ruiran import codebook
from ruiran.__main__ import main
from ruiran.report import charts, register

PAGE = (ruiran.ROOT / "notebooks" / "guides" / "another_pair.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [match.groups() for match in BLOCK.finditer(PAGE)]


# ---------------------------------------------------------------- the page, step by step
def like(shown):
    """A pattern of what is shown; '…' is anything."""
    return re.compile(".*?".join(map(re.escape, shown.rstrip().split("…"))), re.DOTALL)


def commands(block):
    """(arguments, what is shown) of each command of a console block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        python, dash, module, *arguments = shlex.split(line)
        assert (python, dash, module) == ("python", "-m", "ruiran")
        yield arguments, shown


def printed(run):
    """What a function prints, on both channels, without white space at the end of lines."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        run()
    return "\n".join(line.rstrip() for line in said.getvalue().rstrip().split("\n"))


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """[(what the page shows, what came out)] of each command and cell, in a folder of its own."""
    steps, names, last = [], {}, ""
    with contextlib.chdir(tmp_path_factory.mktemp("page")):
        try:
            for kind, title, text in BLOCKS:
                if title:
                    Path(title).write_text(text, encoding="utf-8")
                elif kind == "console":
                    steps += [(shown, printed(lambda a=arguments: main(a))) for arguments, shown in commands(text)]
                elif kind == "python":
                    last = printed(lambda text=text: exec(text, names))
                elif kind == "output":
                    steps.append((text, last))
            tables = ruiran.read("india/tables")
        finally:
            codebook.choose()
    return steps, tables


def test_the_page_shows_what_comes_out(followed):
    steps, _ = followed
    assert len(steps) == PAGE.count("\n$ ") + PAGE.count("```output") > 8
    assert [(shown, out) for shown, out in steps if not like(shown).fullmatch(out)] == []


def test_the_tables_are_of_russia_and_india_alone(followed):
    """What a reader takes from the practice text: a contract, a threat and its rejection, the ship and the complaint
    about it, parts, an offer, a wish, a trial to come, a reproach; nothing of Iran."""
    events, deals = followed[1]["events"], followed[1]["deals"]
    rows = {(r.line, r.source, r.event, r.target, r.weapon) for r in events.itertuples()}
    assert rows >= {(7, "RUS;IND", "SUPPORT", "RUS;IND", "S-400"), (9, "USA", "THREATEN", "IND", "S-400"),
                    (9, "IND", "REJECT", "USA", ""), (11, "RUS", "COOPERATE", "IND", "INS Vikramaditya"),
                    (11, "IND", "ACCUSE", "RUS", "INS Vikramaditya"), (13, "RUS", "COOPERATE", "IND", "Su-30MKI"),
                    (13, "RUS", "AGREE", "IND", "Su-30MKI"), (13, "IND", "REQUEST", "RUS", "BrahMos"),
                    (17, "PAK", "ACCUSE", "RUS", "S-400")}
    assert set(deals.supplier) | set(deals.recipient) == {"RUS", "IND"}
    assert [name for name, table in followed[1].items() if "IRN" in table.to_csv()] == []


# ---------------------------------------------------------------- every mistake is named
PERSONS = "person,surname,country,pattern,example\n"
OFFICES = "person,office,country,since,until,source\n"
WEAPONS = "code,category,maker,generic,pattern,example,source\n"
SCOPE = "name,value,meaning\nsupplier,RUS,sells\nrecipient,IND,buys\n"
ARUN = PERSONS + "Arun Rao,Rao,IND,Arun Rao,a visit by Arun Rao\n"
HEAD = codebook.FOLDER.joinpath("events.csv").read_text(encoding="utf-8").split("\n")[0]
MISTAKES = {  # file -> (its text, what is said of it, a line each)
    "scope.csv": ("name,value,meaning\nsuplier,RUS,sells\nrecipient,India,buys\n", [
        r"scope\.csv row 2: name 'suplier' is not one of supplier, recipient \(nearest: 'supplier'\)",
        r"scope\.csv row 3: value 'India' is no country of actors\.csv; write .* \(nearest: 'IND'\)"]),
    "persons.csv": (PERSONS.replace("pattern", "patern") + "Arun Rao,Rao,IND,Arun Rao,a visit by Arun Rao\n", [
        r"persons\.csv: column 'patern' is unknown \(nearest: 'pattern'\); rename or delete it",
        r"persons\.csv: no column pattern; add it to the header line"]),
    "offices.csv": (OFFICES + "Vladimir Putin,premier,RUX,2014-02-30,,mine\nVladimir Putin,clerk,RUS,2014,2013,mine\n"
                    "Vladimir Putin,clerk,RUS,2014,2015,mine\n", [
        r"offices\.csv row 2: country 'RUX' is not in actors\.country; mend it, or add it there \(nearest: 'RUS'\)",
        r"offices\.csv row 2: since '2014-02-30' is a day that no calendar has",
        r"offices\.csv row 3: until '2013' lies before since '2014'",
        r"offices\.csv row 4: is alike row 3 in person, office, since; delete or change one"]),
    "weapons.csv": (WEAPONS + "Nirbhay,missiles,India,no,Nirb(hay,a Nirbhay,mine\n"
                    "Tejas,aircraft,QQQ,no,Tejas,a Teja,mine\n", [
        r"weapons\.csv row 2: maker 'India' is not in actors\.country; .* \(nearest: 'IND'\)",
        r"weapons\.csv row 2: pattern 'Nirb\(hay' is broken",
        r"weapons\.csv row 3: maker 'QQQ' is not in actors\.country",
        r"weapons\.csv row 3: pattern 'Tejas' misses its example 'a Teja'"]),
    "words.csv": ("list,words\nspeach,say|tell\nother_customers,IRN|QQX\n", [
        r"words\.csv row 2: list 'speach' is used by nothing \(nearest: 'speech'\); rename or delete it",
        r"words\.csv row 3: 'QQX' is no country of actors\.csv"]),
    "actors.csv": ("code,kind,country,place,pattern,example,source\nZZZ:Navy,organisation,ZZZ,no,Zed,a Zed,mine\n", [
        r"actors\.csv row 2: country 'ZZZ' is new.*add a row of kind country"]),
    "events.csv": (HEAD + "\nmine,sell,verb,,COOPERATE,,delivery,give,give,,,toys,,pair,,Russia sold.,Iran bought.\n", [
        r"events\.csv row 2: theme 'toys' has no list theme_toys in words\.csv"]),
    "known_acts.csv": ("act,since,until,told,pair,pattern,example,not_example,source\n"
                       "one,2001,2001,done,RUS-IMD,one,one,two,mine\n", [
        r"known_acts\.csv row 2: pair 'RUS-IMD' is no pair of states"]),
    "places.csv": ("place;country;pattern;example;not_example\nKochi;IND;Kochi;in Kochi;cocoa\n", [
        r"places\.csv: its columns are parted by semicolons"]),
    "orders.csv": ("supplier,recipient,weapon,year,source\nRUS,IND,S-400,2018,café\n".encode("cp1252"), [
        r"orders\.csv: byte \d+, on line 2, is no UTF-8 \(it may be 'é' of Windows\)"]),
    "subject.csv": ("rule,pattern,example,not_example\n".encode("utf-16"), [r"subject\.csv: is UTF-16"]),
    "titles.csv": ('office,pattern,example,not_example\n"clerk,clerk,a clerk,clerical\n'
                   'usher,usher,an usher,u"sherette\n', [
        r"titles\.csv row 2: a (?:stray quotation mark|quotation mark opens a cell)"]),
    "ofices.csv": (OFFICES, [r"ofices\.csv: the codebook has no such table \(nearest: 'offices'\)"]),
    "Places.xlsx": ("PK", [r"Places\.xlsx: is not read; save it as places\.csv"]),
    "macros.csv": ("name,pattern,meaning\nfigure,one,a number\n", [
        r"the project’s money\.csv row \d+: pattern .* misses"]),
    "tables.csv": ("table,column\n", [r"codebook\.csv: missing, and tables\.csv is there"]),
}


def put(folder, files):
    """A folder with these files, {name: text or bytes}."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def faults(folder, capsys):
    """What `check` says of a folder that has mistakes, a line each."""
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_file_row_column_and_remedy(name, tmp_path, capsys):
    text, expected = MISTAKES[name]
    said = faults(put(tmp_path / "book", {"scope.csv": SCOPE, name: text}), capsys)
    assert [line for line in expected if not any(re.match(f"codebook: {line}", fault) for fault in said)] == [], said
    if name != "macros.csv":  # a macro stands in many patterns
        assert len(said) == len(expected), said


def test_all_mistakes_are_said_at_once(tmp_path, capsys):
    files = {name: text for name, (text, _) in MISTAKES.items()}
    said = "\n".join(faults(put(tmp_path / "book", files), capsys))
    for name in set(MISTAKES) - {"macros.csv"}:
        assert name in said


def test_many_faults_of_one_file_are_counted(tmp_path, capsys):
    rows = "".join(f"Arun Rao {n},Rao,QQQ,Arun Rao {n},by Arun Rao {n}\n" for n in range(50))
    said = faults(put(tmp_path / "book", {"persons.csv": PERSONS + rows}), capsys)
    assert len(said) < 30 and said[-1] == "codebook: persons.csv: 30 faults more"


def test_what_refers_to_a_file_that_cannot_be_read_is_not_blamed(tmp_path, capsys):
    files = {"persons.csv": ARUN.replace(",", ";"), "offices.csv": OFFICES + "Arun Rao,minister,IND,2014,,mine\n"}
    assert [line for line in faults(put(tmp_path / "book", files), capsys) if "offices" in line] == []


def test_signs_that_a_terminal_obeys_are_written_out(tmp_path, capsys):
    book = put(tmp_path / "book", {"persons.csv": PERSONS.replace("person", "\x1b[2Jperson") + "a,b,c,d,e\n",
                                   "\x1b[31mred.csv": "a\n"})
    assert "\x1b" not in "\n".join(faults(book, capsys))


@pytest.mark.parametrize("inside", [{}, {"notes.txt": "none"}])
def test_a_folder_without_tables_is_no_codebook(inside, tmp_path, capsys):
    put(tmp_path / "book", inside)
    assert re.match(r"codebook: book/: no CSV file in it; name", faults(tmp_path / "book", capsys)[0])


def test_the_folder_above_says_where_the_tables_are(tmp_path, capsys):
    main(["new-pair", str(tmp_path / "pair"), "--supplier", "RUS", "--recipient", "IND"])
    capsys.readouterr()
    assert "but in codebook/ below it" in faults(tmp_path / "pair", capsys)[0]


def test_a_folder_is_named_once(tmp_path):
    assert main(["check", str(tmp_path), "--codebook", str(tmp_path)]) == 2


# ---------------------------------------------------------------- notes
def noted(folder, capsys):
    """The notes of `check` on a folder without mistakes."""
    assert main(["check", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("no fault\n")
    return said.err.splitlines()


def test_a_row_that_repeats_the_project_is_noted(tmp_path, capsys):
    modi = next(row for row in codebook.load().rows("offices") if row.person == "Narendra Modi")
    text = OFFICES.replace("since", "organisation,since").replace("until", "until,still")
    own = put(tmp_path / "book", {"offices.csv": text + f"Narendra Modi,{modi.office},IND,,{modi.since},,yes,unsure\n"})
    assert noted(own, capsys) == [
        f"note: offices.csv row 2: says what row {modi.Index} of the project’s offices.csv says; delete it"]


def test_a_pair_of_whom_nobody_and_nothing_is_known_is_noted(tmp_path, capsys):
    own = put(tmp_path / "book", {"scope.csv": SCOPE.replace("RUS", "PER").replace("IND", "ECU")})
    assert [line.split(":")[1].strip() for line in noted(own, capsys)] == ["persons.csv", "persons.csv", "weapons.csv"]


def test_a_row_of_another_pair_is_noted_and_left_out(tmp_path, capsys):
    rows = ("act,pair,pattern,example,not_example,source,told\n"
            "parade,RUS-CHN,the parade,at the parade,parades,mine,done\n")
    own = put(tmp_path / "book", {"scope.csv": SCOPE, "known_acts.csv": rows})
    assert "is of the pair RUS-CHN" in noted(own, capsys)[0]
    assert "parade" not in codebook.load(own)["known_acts"].act.tolist()


# ---------------------------------------------------------------- the rule of the folder
def test_a_row_takes_the_place_of_the_row_with_its_key_and_any_other_is_added(tmp_path, book):
    changed = "Narendra Modi,Modi,IND,Narendra D\\. Modi,by Narendra D. Modi\n"
    own = codebook.load(put(tmp_path / "book", {"persons.csv": ARUN + changed}))
    assert {row.person for row in own.rows("persons")} - {row.person for row in book.rows("persons")} == {"Arun Rao"}
    assert [row.pattern for row in own.rows("persons") if row.person == "Narendra Modi"] == [r"Narendra D\. Modi"]
    assert len(own.rows("persons")) == len(book.rows("persons")) + 1
    assert own["weapons"].equals(book["weapons"])


def test_every_file_has_a_key_that_no_two_rows_share(book):
    keys = {row.file: row.key.split() for row in book.rows("overlay")}
    assert set(keys) == set(book.files) - {"overlay", "tables"}
    assert [name for name, key in keys.items() if book[name].duplicated(key).any()] == []


def test_a_row_of_the_folder_comes_before_the_projects(tmp_path):
    rows = WEAPONS + "Su-30MKI,aircraft,RUS,no,Su-30MKI,a Su-30MKI,mine\n"
    own = codebook.load(put(tmp_path / "book", {"weapons.csv": rows}))
    assert next(row.code for row in own.rows("weapons") if row.regex.search("two Su-30MKI fighters")) == "Su-30MKI"


def test_a_changed_file_is_read_again(tmp_path):
    folder = put(tmp_path / "book", {"persons.csv": ARUN})
    assert "Arun Rao" in codebook.load(folder)["persons"].person.tolist()
    (folder / "persons.csv").write_text(ARUN.replace("Arun", "Anil"), encoding="utf-8")
    (folder / "offices.csv").write_text(OFFICES, encoding="utf-8")
    assert "Anil Rao" in codebook.load(folder)["persons"].person.tolist()


# ---------------------------------------------------------------- a start
def begin(folder, supplier, recipient):
    return main(["new-pair", str(folder), "--supplier", supplier, "--recipient", recipient])


def test_a_start_is_sound_and_its_readme_shows_rows_that_fit(tmp_path, capsys):
    assert begin(tmp_path / "pair", "Russia", "IND") == 0
    capsys.readouterr()
    assert noted(tmp_path / "pair" / "codebook", capsys) == []
    assert list((tmp_path / "pair" / "articles").iterdir()) == []
    page = (tmp_path / "pair" / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"`(\w+)\.csv`\n\n```csv\n(.*?)```", page, re.DOTALL)
    started = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "pair" / "codebook").iterdir()}
    assert {name: text.split("\n")[0] for name, text in shown} == {
        name: text.split("\n")[0] for name, text in started.items()}


def test_a_start_writes_over_nothing(tmp_path, capsys):
    (tmp_path / "pair").mkdir()
    (tmp_path / "pair" / "mine.txt").write_text("mine", encoding="utf-8")
    assert begin(tmp_path / "pair", "RUS", "IND") == 2
    assert "is there already, and nothing is written over" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "pair").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("supplier", "recipient", "said"), [
    ("Russia", "Indai", r"'Indai' is no state that actors\.csv names \(nearest: 'India'\)"),
    ("RUS", "Russia", "one state; name two"), ("Russia", "Iran", "the project's own pair"),
    ("\x1b[2J", "Iran", r"is no state")])
def test_a_pair_that_is_none_is_refused(supplier, recipient, said, tmp_path, capsys):
    assert begin(tmp_path / "pair", supplier, recipient) == 2
    error = capsys.readouterr().err
    assert re.search(said, error) and "\x1b" not in error and not (tmp_path / "pair").exists()


def test_another_supplier_starts_without_the_customers_of_russia(tmp_path):
    begin(tmp_path / "pair", "United States", "Taiwan")
    own = codebook.load(tmp_path / "pair" / "codebook")
    assert own.pair == ("USA", "TWN") and own.customers == set()
    assert any(note.startswith("words.csv: other_customers has nobody but the pair") for note in own.notes)
    assert "CHN" in codebook.load().customers


def test_a_new_category_is_noted(tmp_path, capsys):
    own = put(tmp_path / "book", {"weapons.csv": WEAPONS + "Teg,ship,RUS,no,Teg,the Teg,mine\n"})
    assert noted(own, capsys) == [
        "note: weapons.csv row 2: category 'ship' is new (nearest: 'ships'); mend it, unless it is meant"]


def test_findings_go_by_the_codebook_in_use_and_sipri_counts_for_its_own_pair(tmp_path):
    begin(tmp_path / "pair", "China", "Pakistan")
    with codebook.chosen(tmp_path / "pair" / "codebook"):
        assert codebook.load().pair == ("CHN", "PAK")
        assert charts.lane_names()[0] == "China → Pakistan"
        assert len(register.register()) == len(register.values()) == 0
    assert codebook.load().pair == ("RUS", "IRN") and len(register.values()) > 0


def test_what_is_true_of_russia_and_iran_alone_is_left_out_of_another_pair(tmp_path, book):
    begin(tmp_path / "pair", "RUS", "IND")
    own = codebook.load(tmp_path / "pair" / "codebook")
    gone = {row.act for row in book.rows("known_acts")} - {row.act for row in own.rows("known_acts")}
    assert gone == {row.act for row in book.rows("known_acts") if row.pair == "RUS-IRN"} != set()
    assert not any(row.regex.search("the reactor at Bushehr") for row in own.rows("subject") if row.rule == "plant")
    assert any(row.regex.search("the works at Bushehr") for row in book.rows("subject"))
    assert "IND" not in own.customers and "IRN" in own.customers
