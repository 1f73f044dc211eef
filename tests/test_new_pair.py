"""Another pair of states: what the page for it says comes out, mistakes in a folder are all named, a start is clean.

The page notebooks/guides/another_pair.md is followed as a person would: a block `csv title=PATH` or `text title=PATH` is
a file that is saved, a line `$ python -m ruiran …` a command, with what it prints below it, a block `python` a cell of
one notebook, and the block `output` behind it what the cell prints. '…' stands for anything.
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

PAGE = (ruiran.ROOT / "notebooks" / "guides" / "another_pair.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [match.groups() for match in BLOCK.finditer(PAGE)]


# ---------------------------------------------------------------- the page, step by step
def like(shown):
    """A pattern of what is shown; '…' is anything."""
    return re.compile(".*?".join(re.escape(part.rstrip()) for part in shown.rstrip().split("…")), re.DOTALL)


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
            codebook.use()
    return steps, tables


def test_the_page_shows_what_comes_out(followed):
    steps, _ = followed
    assert len(steps) == PAGE.count("\n$ ") + PAGE.count("```output") > 8
    assert [(shown, out) for shown, out in steps if not like("\n".join(map(str.rstrip, shown.split("\n")))).fullmatch(out)] == []


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
