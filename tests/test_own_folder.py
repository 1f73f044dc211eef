"""Notebooks, figures and page on the tables of somebody's own folder: true of it, beside it, never in the project."""
import ast
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import IPython.display
import nbformat
import pytest
from conftest import around
from test_other_pair import CONTRACT, OVERLAY

import ruiran
from ruiran import codebook, store
from ruiran.__main__ import main
from ruiran.report import asked, charts, figures, notebooks, register

BOOKS = sorted((ruiran.ROOT / "notebooks").glob("0[0-6]_*.ipynb"))
SALE = "Russia delivered 29 Tor-M1 systems to Iran on Friday."
HOSTILE = "Arms <script>alert(1)</script> <img src=http://a.example/b.png> for Iran"
GARDEN = "A garden in spring\n\nThe roses of the town garden were cut on Friday, and the gardener said so.\n"
OF_THE_CORPUS = re.compile(r"UPI 2007|Reuters 2007|IranExpert|\b[Ff]ive articles")


@pytest.fixture(autouse=True)
def few_figures(monkeypatch):
    """One small file a figure, and an environment that names nothing."""
    for name in (store.CHOSEN, codebook.CHOSEN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(charts, "publish",
                        lambda draw, name, folder: charts.save(draw().figure, name, folder, ("png",)))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """{what is in it: a folder of tables}: one sale, and one article that tells nothing."""
    made = {}
    for name, text in (("a sale", around(SALE, "Saturday, March 3, 2007").replace("Russia, Iran and arms", HOSTILE)),
                       ("nothing", GARDEN)):
        folder = tmp_path_factory.mktemp("own")
        (folder / "articles").mkdir()
        (folder / "articles" / "one.txt").write_text(text)
        assert main(["code", str(folder / "articles"), "--out", str(folder / "tables")]) == 0
        made[name] = folder / "tables"
    return made


def shown_by(path, replaced=()):
    """What the cells of a notebook show, as text, run here without a kernel, with words of their source replaced."""
    names, shown = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IPython.display, "display", lambda *values: shown.extend(map(repr, values)))
        for cell in (c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"):
            source = cell.source
            for old, new in replaced:
                source = source.replace(old, new)
            shown += shown_last(ast.parse(source).body, names)
    return "\n".join(shown)


def shown_last(body, names):
    """Runs statements; what the last shows where it is an expression, as a list."""
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    return [repr(eval(compile(ast.Expression(last.value), "cell", "eval"), names))] if last else []


def tracked():
    """What git sees of the project: which files differ, and how."""
    return subprocess.run(["git", "status", "--porcelain"], cwd=ruiran.ROOT, capture_output=True, check=False).stdout


def tags(page):
    """[(tag, its attributes)] of a page, as a browser would see them."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    reader.feed(page)
    return found


# ---------------------------------------------------------------- which tables
def test_the_environment_names_the_tables_and_nothing_else_does(tables, monkeypatch):
    assert ruiran.tables_folder() == ruiran.DERIVED and len(ruiran.read()["documents"]) > 1
    monkeypatch.setenv(store.CHOSEN, str(tables["a sale"]))
    assert ruiran.tables_folder() == tables["a sale"] and len(ruiran.read()["events"]) == 1
    assert len(ruiran.read(ruiran.DERIVED)["documents"]) > 1


def test_a_folder_without_tables_is_said_with_its_whole_name(tmp_path, monkeypatch):
    monkeypatch.setenv(store.CHOSEN, str(tmp_path))
    with pytest.raises(store.OutError, match=re.escape(str(tmp_path))):
        ruiran.read()


def test_the_projects_own_notebooks_are_run_on_its_own_tables(monkeypatch):
    monkeypatch.setenv(store.CHOSEN, "elsewhere")
    monkeypatch.setenv("A_NAME", "kept")
    assert store.CHOSEN not in notebooks.own() and notebooks.own()["A_NAME"] == "kept"


# ---------------------------------------------------------------- notebooks
@pytest.mark.parametrize("what", ["a sale", "nothing"])
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem[:2])
def test_a_notebook_tells_of_these_tables_alone(path, what, tables, monkeypatch):
    before = tracked()
    monkeypatch.setenv(store.CHOSEN, str(tables[what]))
    shown = shown_by(path)
    assert not OF_THE_CORPUS.search(shown) and "nan" not in shown.lower().split()
    assert tracked() == before


def test_what_has_no_hand_coding_is_compared_with_none(tables, monkeypatch):
    monkeypatch.setenv(store.CHOSEN, str(tables["a sale"]))
    for path in BOOKS:
        if "hand.covered" in path.read_text(encoding="utf-8"):
            shown = shown_by(path)
            assert "None of these articles has been coded by hand" in shown and "reader A" not in shown


def test_the_walk_shows_an_event_of_the_article_that_there_is(tables, monkeypatch):
    monkeypatch.setenv(store.CHOSEN, str(tables["a sale"]))
    shown = shown_by(next(path for path in BOOKS if path.stem.startswith("04")))
    assert f"“{SALE}”" in shown and "No request on this article is kept." in shown


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem[:2])
def test_no_prose_of_a_notebook_speaks_of_the_corpus_without_saying_so(path):
    prose = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert [text for text in prose if OF_THE_CORPUS.search(text)] == []


def test_an_answer_beside_the_tables_is_found_and_a_broken_line_costs_nothing(tmp_path):
    content = '{\\"events\\": [{\\"line\\": 3, \\"quote\\": \\"sold\\"}], \\"claims\\": []}'
    body = '{"body": {"choices": [{"message": {"content": "%s"}}]}}' % content
    (tmp_path / "answers.jsonl").write_text('no JSON\n[1]\n{"custom_id": "aaaa-1-1", "response": %s}\n' % body)
    found = asked.answered([tmp_path / "none.jsonl", tmp_path / "answers.jsonl"], "aaaa")
    assert found[["line", "quote"]].values.tolist() == [[3, "sold"]] and list(found.columns) == asked.COLUMNS
    assert asked.answered([tmp_path / "answers.jsonl"], "bbbb").empty


# ---------------------------------------------------------------- articles of one's own
def test_notebook_08_codes_a_folder_and_writes_beside_it(tmp_path):
    before, mine = tracked(), tmp_path / "mine"
    mine.mkdir()
    (mine / "one.txt").write_text(around(SALE, "Saturday, March 3, 2007"))
    (mine / "empty.txt").write_text("")
    (path,) = (ruiran.ROOT / "notebooks").glob("08_*.ipynb")
    shown = shown_by(path, [("FOLDER = ruiran.RAW", f"FOLDER = {str(mine)!r}")])
    assert "1 articles, 1 events" in shown and "empty.txt" in shown and "mine coded" in shown
    assert sorted(p.stem for p in (tmp_path / "mine coded" / "figures").iterdir()) == sorted(figures.FIGURES)
    assert tracked() == before


def test_another_pair_has_its_own_names_and_no_register(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one.txt").write_text(CONTRACT)
    book = OVERLAY
    out = ruiran.run(tmp_path / "mine", codebook_folder=book)
    with codebook.chosen(book):
        t = ruiran.read(out)
        assert figures.figure("steps", t).title.startswith("S-400: signed 2018")
        assert "Russia and India" in figures.figure("events", t).title
        assert figures.figure("sipri", t).title == register.NONE
        monkeypatch.setenv(store.CHOSEN, str(out))
        assert all("Iran" not in shown_by(path) for path in BOOKS if path.stem[:2] in ("00", "05"))
    assert codebook.load().pair == ("RUS", "IRN")


def test_what_no_run_can_write_is_an_error_and_shows_no_old_tables(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "out").write_text("a file")
    with pytest.raises(store.OutError, match="no tables were written"):
        ruiran.run(tmp_path / "mine", out=tmp_path / "out")


# ---------------------------------------------------------------- figures by the command
@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(around(SALE, "Saturday, March 3, 2007"))
    return tmp_path


def test_a_figure_that_cannot_be_drawn_costs_no_table_and_no_other_figure(folder, monkeypatch, capsys):
    def broken(*given, **named):
        raise RuntimeError("no \x1b ink")

    monkeypatch.setitem(figures.FIGURES, "steps", (lambda *given: "A title", broken, "events documents", ""))
    (folder / "out" / "figures").mkdir(parents=True)
    (folder / "out" / "figures" / "steps.pdf").write_text("of a run before")
    assert main(["code", str(folder / "in"), "--out", str(folder / "out"), "--charts"]) == 0
    said = capsys.readouterr()
    assert said.err == "figures not drawn, the tables are whole: steps (RuntimeError: no \\x1b ink)\n"
    assert len(ruiran.read(folder / "out")["events"]) == 1
    assert {path.stem for path in (folder / "out" / "figures").iterdir()} == {*figures.FIGURES} - {"steps"}


def test_what_a_run_has_drawn_is_no_article_of_the_next(folder):
    for _ in range(2):
        assert main(["code", str(folder / "in"), "--out", str(folder / "in"), "--charts"]) == 0
        (folder / "in" / "report.html").write_text("<html>Russia delivered S-300 to Iran.</html>")
    t = ruiran.read(folder / "in")
    assert list(t["documents"].file) == ["one.txt"] and t["problems"].empty


# ---------------------------------------------------------------- the page
def test_the_page_of_a_folder_is_of_its_tables_and_loads_nothing(tables, tmp_path, monkeypatch, capsys):
    from ruiran.report import page
    before = tracked()
    monkeypatch.setattr(page, "NOTEBOOKS", ("00_what_the_articles_say", "02_dates", "07_validation"))
    assert main(["report", str(tables["a sale"]), "--to", str(tmp_path / "page.html")]) == 0
    made = (tmp_path / "page.html").read_text(encoding="utf-8")
    found = tags(made)
    assert not {"script", "iframe", "link", "object", "embed", "base"} & {tag for tag, _ in found}
    assert [named for _, named in found for name, value in named if name.startswith("on")
            or name in ("src", "srcset", "data", "action") and not value.startswith("data:image/png")] == []
    assert "alert(1)" in made and "Tor-M1: delivered 2007" in made and "data:image/png" in made
    assert not re.search("UPI 2007|Reuters 2007", made) and "How right is it" not in made
    assert tracked() == before and Path(tmp_path / "page.html").stat().st_mode & 0o044


def test_a_title_over_a_picture_breaks_out_of_no_attribute():
    from ruiran.report import page
    shown = nbformat.v4.new_output("display_data", {"image/png": "QUJD"}, metadata={
        "image/png": {"alt": '"><script>alert(1)</script>', "width": 900}})
    made = page.html(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[shown])]))
    assert "data:image/png" in made and "script" not in [tag for tag, _ in tags(made)]


def test_a_folder_without_tables_has_no_page(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 2
    assert "no tables of one whole run" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_without_the_notebooks_extra_the_page_says_what_to_install(tables, monkeypatch, capsys):
    import ruiran.report
    for name in ("page", "notebooks"):
        monkeypatch.delitem(sys.modules, f"ruiran.report.{name}", raising=False)
        monkeypatch.delattr(ruiran.report, name, raising=False)
    monkeypatch.setitem(sys.modules, "nbconvert", None)
    assert main(["report", str(tables["a sale"])]) == 2
    assert "pip install 'ruiran[notebooks]'" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_an_error_and_leaves_nothing(tables, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(notebooks, "on_tables", lambda folder, names: [])
    (tmp_path / "taken").mkdir()
    assert main(["report", str(tables["a sale"]), "--to", str(tmp_path / "taken")]) == 2
    assert "could not be written" in capsys.readouterr().err and [p.name for p in tmp_path.iterdir()] == ["taken"]
