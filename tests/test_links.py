"""What the pages name is there: each link leads somewhere, and each file, function, table, column and option between
backticks exists."""
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from ruiran import ROOT, codebook
from ruiran.__main__ import parser
from ruiran.codebook.files import read_table

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md")]
PAGES += sorted((ROOT / "notebooks" / "guides").glob("*.md"))
MADE = {"manifest.json", "answers.jsonl", "requests.jsonl", "corrections.csv", "report.html"}  # by those who use it
ENDINGS = "csv|md|py|ipynb|json|jsonl|txt|html|lock|toml|yml|png|cff"


def prose(path):
    """The text of a page without its blocks of code and what they show, which are run elsewhere."""
    text = re.sub(r"(?ms)^<!-- shown -->.*?^<!-- end -->$|^```.*?^```$", "", path.read_text(encoding="utf-8"))
    return re.sub(r"(?m)^> .*$", "", text)


def links(path):
    """(words, file, heading) of each link of a page that leads to a file or a heading."""
    found = re.findall(r"\[([^\]]*)\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", prose(path))
    return [(words, Path(path.parent, file) if file else path, heading) for words, file, heading in found]


def headings(path):
    """The headings of a page as a link names them."""
    titles = re.findall(r"(?m)^#+ (.*)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def spans(path):
    """What stands between backticks in the prose of a page."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose(path))


# ---------------------------------------------------------------- what there is
BOOK = codebook.load()
FILES = {path.relative_to(ROOT).as_posix() for folder in ("data", "notebooks", "ruiran", "tests")
         for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts}
FILES |= {path.name for path in ROOT.iterdir()}
SHAPE = [(row.file, row.column) for row in read_table(codebook.FOLDER / "codebook.csv").rows]
SHAPE += [(row.table, row.column) for row in BOOK.rows("tables")]
CODE = {".".join(["", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__"):
        path.read_text(encoding="utf-8") for path in (ROOT / "ruiran").rglob("*.py")}
DEFINED = {f"{module}.{name}" for module, text in CODE.items()
           for name in re.findall(r"(?m)^(?:def |class )?(\w+)(?= = |\(|:)", text)} | set(CODE)
ELSEWHERE = {"en_core_web_sm"}  # names of what belongs to others
OPTIONS = {option for command in parser()._subparsers._group_actions[0].choices.values()
           for option in command._option_string_actions}
RULES = {row[1] for name in ("events", "operators", "kinds", "frames") for row in BOOK.rows(name)}


def is_file(name):
    """True for a file or folder of the project, by its path or the end of it, or one that a user makes."""
    name = name.rstrip("/")
    return name in MADE or any(f"/{known}".endswith(f"/{name}") for known in FILES)


def is_name(name):
    """True for `table.column`, and for a module or what it defines: `clean.lines_of`, `ruiran.trace`."""
    name = name.partition("(")[0]
    return tuple(name.split(".")) in SHAPE or any(known.endswith(f".{name}") for known in DEFINED)


def is_word(name):
    """True for a table, a column, a list of words, a rule or a function: names with a low line in them."""
    known = {part for pair in SHAPE for part in pair} | {row.list for row in BOOK.rows("words")} | RULES | ELSEWHERE
    return name in known or is_name(name)


def lacks(span):
    """What between two backticks has the form of a name and names nothing; '' where all is well."""
    if span.startswith(("OUT/", "build/", ".venv", "~", "/", "http")):
        return ""
    if found := re.match(r"(?:\S*python )-m ([\w.]+)", span):
        options = set(re.findall(r"--[a-z-]+", span)) if found[1] == "ruiran" else set()
        return "" if find_spec(found[1]) and options <= OPTIONS else span
    if re.match(r"make [a-z-]+", span):
        target = span.split()[1]
        return "" if re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8")) else span
    if re.fullmatch(r"--[a-z-]+(?: \S+)*", span):
        return "" if span.split()[0] in OPTIONS else span
    if re.fullmatch(rf"[\w./-]+\.(?:{ENDINGS})|[\w.-]+/[\w./-]*", span):
        return "" if is_file(span) else span
    if re.fullmatch(r"[a-z]\w*(?:\.\w+)+(?:\(\w*\))?", span):
        return "" if is_name(span) else span
    return span if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", span) and not is_word(span) else ""


def is_made(span, page):
    """True for a file that the blocks of the page name, or one in a folder that they make."""
    blocks = "".join(re.findall(r"(?ms)^```.*?^```$", page.read_text(encoding="utf-8")))
    folder = span.partition("/")[0]
    return span in blocks or not (ROOT / folder).exists() and f"{folder}/" in blocks


# ---------------------------------------------------------------- the pages
named = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


@named
def test_every_link_leads_to_something(page):
    assert [(words, str(to)) for words, to, heading in links(page)
            if not to.exists() or heading and heading not in headings(to)] == []


@named
def test_every_name_between_backticks_is_there(page):
    assert [span for span in spans(page) if lacks(span) and not is_made(span, page)] == []


@pytest.mark.parametrize("span", [
    "clean.no_such", "events.no_such", "data/no_such.csv", "no_such.py", "--no-such", "make no-such", "no_such",
    "python -m ruiran.no_such", "python -m ruiran code --no-such", "ruiran.no_such", "ruiran.reading.clean.no_such",
    "ruiran/no_such/"])
def test_a_name_that_is_not_there_is_found(span):
    assert lacks(span) == span


@pytest.mark.parametrize("span", [
    "clean.lines_of", "events.date_from", "weapons.csv", "triggers.py", "--codebook DIR", "make run", "not_example",
    "python -m ruiran.report.findings", "ruiran.trace(event_id)", "ruiran.reading.clean.lines_of", "ruiran/coding/",
    "actual", "pip install x"])
def test_a_name_that_is_there_is_let_pass(span):
    assert lacks(span) == ""


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n[here](#a-page) [there](gone.md) [far](https://example.org/x)\n", encoding="utf-8")
    assert [(words, to.name, heading) for words, to, heading in links(page)] == [
        ("here", "page.md", "a-page"), ("there", "gone.md", "")]
    assert headings(page) == {"a-page"}
