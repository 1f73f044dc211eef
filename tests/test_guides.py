"""The pages of notebooks/guides do what they show: their blocks run in one go, a page in a working folder of its own.

A `console` block holds commands behind `$ `, each with all that it prints; '…' stands for anything. A block with
`title=PATH` is a file that is saved. A `python` block may be followed by what its last expression shows, between
`<!-- shown -->` and `<!-- end -->`. `python tests/test_guides.py` writes the pages anew with what they show now, and
keeps '…' where the rest is as before: read what `git diff` says of it.
"""
import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

import ruiran
from ruiran import ROOT, codebook, store
from ruiran.__main__ import main
from ruiran.codebook import patterns
from ruiran.reading import language

ELSEWHERE = {"another_pair"}  # pages that a test of their own follows
PAGES = sorted(p for p in (ROOT / "notebooks" / "guides").glob("*.md") if p.stem not in ELSEWHERE)
BLOCK = re.compile(r"(?ms)^```(python|console|\w+ title=\S+)\n(.*?)^```$(?:\n\n<!-- shown -->\n(.*?)<!-- end -->$)?")
COMMANDS = re.compile(r"(?ms)^[$] (.*?)(?=^[$] |\Z)")  # each with what the page shows of it
COMMAND = ".venv/bin/python -m ruiran "
SERVER = "127.0.0.1:11434"  # where a page has a language model: a small server of the tests stands in for it
read_once = lru_cache(maxsize=1)(store.read)


class Session:
    """What the blocks of one page share: the names of its Python, and the port of the server that stands in."""

    def __init__(self, port=""):
        self.names, self.port = {"__name__": "page"}, port

    def block(self, found):
        """The block with what it shows now."""
        kind, code, shown = found.groups()
        if " title=" in kind:
            Path(kind.partition("=")[2]).write_text(code, encoding="utf-8")
            return found[0]
        if kind == "console":
            return f"```console\n{''.join(map(self.command, re.findall(COMMANDS, code)))}```"
        made = self.python(code)
        return f"```python\n{code}```" + (f"\n\n<!-- shown -->\n{made}<!-- end -->" if shown is not None else "")

    def command(self, lines):
        """A command and what the page shows of it, as it is to be; the project's own runs in this process, which has
        the parser already."""
        line, _, shown = lines.partition("\n")
        if line.startswith(COMMAND):
            said = run(shlex.split(line[len(COMMAND):].replace(SERVER, f"127.0.0.1:{self.port}")))
        else:
            said = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
            said = said.stdout + said.stderr
        said = said.replace(f"127.0.0.1:{self.port}", SERVER) if self.port else said
        said = "".join(f"{part}\n" for part in said.splitlines())
        return f"$ {line}\n{shown if like(shown).fullmatch(said) else said}"

    def python(self, code):
        """What the last expression of the code shows, after what it prints."""
        tree, said = ast.parse(code), io.StringIO()
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(said):
            exec(compile(tree, "page", "exec"), self.names)
            value = eval(compile(ast.Expression(last.value), "page", "eval"), self.names) if last else None
        return (f"```text\n{said.getvalue()}```\n" if said.getvalue() else "") + markdown(value)


def like(shown):
    """A pattern of what is shown; '…' is anything."""
    return re.compile(".*?".join(map(re.escape, shown.split("…"))), re.DOTALL)


def run(words):
    """What the command prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        main(words)
    return out.getvalue()


def markdown(value):
    """A value as a page shows it: a table, or text."""
    if isinstance(value, pd.Series):
        value = value.rename("value").rename_axis("column").reset_index()
    if isinstance(value, pd.DataFrame) and value.empty:
        return "\n*No row.*\n\n"
    if isinstance(value, pd.DataFrame):
        rows = [[cell(v) for v in row] for row in value.itertuples(index=False)]
        lines = [list(map(str, value.columns)), ["---"] * len(value.columns), *rows]
        return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"
    return "" if value is None else f"```text\n{value}\n```\n"


def cell(value):
    """A cell of a table: nothing in it is Markdown, HTML or a formula."""
    value = value.date() if isinstance(value, pd.Timestamp) else value
    text = "" if pd.isna(value) else str(value).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\|$~*`\[\]]|\b_\B|\B_)", r"\\\1", text)


def fresh(page, folder, port=""):
    """The text of a page with what it shows now, run in `folder`, a copy of the project's data."""
    shutil.copytree(ROOT / "data", folder / "data")
    return BLOCK.sub(Session(port).block, page.read_text(encoding="utf-8"))


@contextlib.contextmanager
def model():
    """The port of a server that answers as a language model does."""
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([sys.executable, str(ROOT / "tests" / "chat_server.py"), folder])
        try:
            while not (port := Path(folder, "port")).exists() or not port.read_text():
                assert server.poll() is None, "the server did not start"
                time.sleep(0.01)
            yield port.read_text()
        finally:
            server.kill()
            server.wait()


def project():
    """The project's own tables, read once for all pages."""
    return {name: table.copy() for name, table in read_once(codebook.load(), ruiran.DERIVED).items()}


@contextlib.contextmanager
def working(folder):
    """The folder as the one in which a reader stands, with a cache and a key of its own; no text is parsed twice, and
    the project's patterns, which other tests try, are not tried again with those that a page adds."""
    parse, known = lru_cache(maxsize=None)(language.parsed_docs), codebook.load().needed
    slow, needed, read = patterns.slow, codebook.needed, ruiran.read
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "parsed_docs", lambda texts: parse(tuple(texts)))
        patch.setattr(patterns, "slow", lambda p, whole=False: "" if p in known else slow(p, whole))
        patch.setattr(codebook, "needed", lambda p: known[p] if p in known else needed(p))
        patch.setattr(ruiran, "read", lambda out=None: read(out) if out else project())
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("OPENAI_API_KEY", "none")
        yield folder


def made(page, folder):
    """The text of a page with what it shows now; a server runs where the page asks one."""
    with working(folder), (model() if SERVER in page.read_text(encoding="utf-8") else contextlib.nullcontext("")) as p:
        return fresh(page, folder, p)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_its_blocks_show(page, tmp_path):
    assert made(page, tmp_path) == page.read_text(encoding="utf-8")


def test_every_fence_of_a_page_is_run_or_shown():
    """A block that is neither Python nor a command shows something, so that no example escapes."""
    for page in PAGES:
        rest = BLOCK.sub("", page.read_text(encoding="utf-8"))
        assert re.findall(r"(?m)^```(?!text$|csv$)\w+", rest) == [], page.name


def test_what_a_page_leaves_out_is_anything_and_the_rest_is_as_shown():
    shown = like("1 requests, about … tokens\n")
    assert shown.fullmatch("1 requests, about 6,733 tokens\n")
    assert not shown.fullmatch("2 requests, about 6,733 tokens\n")
    assert not shown.fullmatch("1 requests, about 6,733 tokens\nand more\n")


if __name__ == "__main__":
    for name in sys.argv[1:] or PAGES:
        with tempfile.TemporaryDirectory() as place:
            text = made(Path(name).resolve(), Path(os.path.realpath(place)))
        Path(name).write_text(text, encoding="utf-8")
