"""The notebooks as a reader has them: in JupyterLab, in Chromium, as just cloned and after Run All."""
import json
import os
import pickle
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import nbformat
import pytest
from articles import BODY, PROBE, SCRIPT, hostile_tables

from ruiran.report import browser

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
LONG = 240  # seconds after which a state that does not come is a failure, on however slow a machine
SETTINGS = {"@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
            "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"}}  # lays out what is out of view too
ALONE = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
ERRORS = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
PICTURES = ".jp-OutputArea-output img"
# An element that is too narrow for what is in it, where nothing up to its output has a scrollbar.
CLIPPED = """() => [...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output')].flatMap(output => {
  const scrolls = e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
  const reached = e => scrolls(e) || (getComputedStyle(e).overflowX === 'visible' && e !== output
    && reached(e.parentElement));
  return [output, ...output.querySelectorAll('*')].filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1
    && !reached(e)).map(e => e.tagName + '.' + e.className + ' ' + e.scrollWidth + ' > ' + e.clientWidth + ': '
    + e.textContent.slice(0, 60));
})"""
RAN = """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(
  prompt => /^\\[\\d+\\]:$/.test(prompt.textContent.trim()))"""


# ---------------------------------------------------------------- server and browser
def chromium(play):
    """The path of a Chromium: the machine's, or playwright's own; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), play.chromium.executable_path)
    return found if Path(found).exists() else None


class Lab:
    """A JupyterLab server on a copy of the project."""

    def __init__(self, home):
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.base = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.token, self.log, self.folder = secrets.token_hex(16), home / "lab.log", home / "project" / "notebooks"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self.command(), env=environment(home), stdout=log, stderr=log)

    def command(self):
        port = self.base.rpartition(":")[2]
        return [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={self.token}",
                f"--ServerApp.root_dir={self.folder}", "--LabApp.extension_manager=readonly"]

    def asked(self, path, method="GET"):
        """What the server answers, as JSON."""
        request = urllib.request.Request(self.base + path, method=method,
                                         headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(request, timeout=LONG) as answer:
            return json.loads(answer.read() or "null")

    def is_up(self):
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8", errors="replace")
        try:
            return self.asked("/api/status")
        except OSError:
            return False

    def kernel(self, name):
        """The kernel of a notebook as the server knows it, once it is idle and the page is connected; else None."""
        kernels = [s["kernel"] for s in self.asked("/api/sessions") if s["path"] == name]
        ready = [k for k in kernels if k["execution_state"] == "idle" and k["connections"]]
        return ready[0] if ready else None

    def end_kernels(self):
        for session in self.asked("/api/sessions"):
            self.asked(f"/api/sessions/{session['id']}", "DELETE")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(LONG)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment(home):
    """The environment of the server: every folder that it writes to is in `home`, and `ruiran` is the copy there."""
    for name, values in SETTINGS.items():
        path = home / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
                                                       "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR", "XDG_CACHE_HOME",
                                                       "MPLCONFIGDIR")}
    return {**os.environ, **own, "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "PYTHONPATH": str(home / "project"), "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}


def until(state, what):
    """What `state` gives as soon as it gives something; fails where that takes too long."""
    end = time.monotonic() + LONG
    while not (found := state()):
        assert time.monotonic() < end, f"{what}: not after {LONG} s"
        time.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def chrome():
    with playwright.sync_playwright() as play:
        path = chromium(play)
        if not path:
            pytest.skip("no Chromium: install the system's chromium, or playwright's own (playwright install chromium)")
        with closing(play.chromium.launch(executable_path=path, args=ALONE, chromium_sandbox=False)) as started:
            yield started


@pytest.fixture(scope="module")
def lab(chrome, tmp_path_factory):
    home = tmp_path_factory.mktemp("lab")
    for name in ("ruiran", "data", "notebooks"):
        shutil.copytree(ROOT / name, home / "project" / name,
                        ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    server = Lab(home)
    try:
        until(server.is_up, "JupyterLab")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def window(lab, chrome):
    """A browser window, and in `asked` each address that a page in it asked for."""
    context = chrome.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(LONG * 1000)
    context.asked = []
    context.on("request", lambda request: context.asked.append(request.url))
    return context


# ---------------------------------------------------------------- one notebook
@contextmanager
def opened(lab, window, name):
    """A notebook in JupyterLab, as it is stored, its kernel ready and none of its cells run."""
    page = window.new_page()
    page.on("websocket", lambda socket: window.asked.append(socket.url.replace("ws", "http", 1)))
    try:
        page.goto(f"{lab.base}/lab/tree/{name}?reset&token={lab.token}", wait_until="domcontentloaded")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        until(lambda: lab.kernel(name), f"kernel of {name}")
        cells = len(nbformat.read(lab.folder / name, as_version=4).cells)
        page.wait_for_function("n => document.querySelectorAll('.jp-Notebook .jp-Cell').length >= n", arg=cells)
        yield page
    finally:
        page.close()
        lab.end_kernels()


def run_all(lab, page, name):
    """Restarts the kernel and runs every cell, until each has its count and the kernel is idle."""
    page.evaluate("document.querySelectorAll('.jp-InputPrompt').forEach(prompt => prompt.textContent = '')")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(RAN)
    until(lambda: lab.kernel(name), f"kernel of {name}")


def check(page, window, lab, name, when):
    """Asserts that a reader sees all that the notebook shows, and that nothing is asked of another host."""
    stored = nbformat.read(lab.folder / name, as_version=4)
    figures = [o for cell in stored.cells for o in cell.get("outputs", ()) if "image/png" in o.get("data", {})]
    until(lambda: drawn(page) == len(figures), f"{len(figures)} figures of {name}")
    picture(page, f"{Path(name).stem}-{when}")
    assert page.locator(ERRORS).all_inner_texts() == []
    assert page.locator("progress").count() == 0
    assert page.evaluate(CLIPPED) == []
    assert [url for url in window.asked if not url.startswith((lab.base, "data:", "blob:"))] == []


def drawn(page):
    """How many pictures the outputs have, where each of them is drawn; else None."""
    widths = page.eval_on_selector_all(PICTURES, "all => all.map(picture => picture.naturalWidth)")
    return len(widths) if all(widths) else None


def picture(page, name):
    """A picture of the whole notebook in the folder that RUIRAN_SCREENSHOTS names, if it does."""
    if folder := os.environ.get("RUIRAN_SCREENSHOTS"):
        heights = page.eval_on_selector_all(".jp-NotebookPanel *", """all => all.map(element => {
          element.scrollTop = 0; return element.scrollHeight; })""")
        page.set_viewport_size({"width": 1300, "height": min(max(heights) + 150, 14000)})
        page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size({"width": 1300, "height": 1000})


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_shows_all_as_it_is_cloned_and_once_it_is_run(name, lab, window):
    with opened(lab, window, name) as page:
        check(page, window, lab, name, "cloned")
        run_all(lab, page, name)
        check(page, window, lab, name, "run")


# ---------------------------------------------------------------- hostile articles in the browser of articles
@pytest.fixture(scope="module")
def browsing(lab):
    """A notebook with the view that needs no kernel, as it is stored, and the widget, which is yet to run."""
    tables = hostile_tables()
    with (lab.folder / "tables.pickle").open("wb") as file:
        pickle.dump(tables, file)
    stored = nbformat.v4.new_output("display_data", {"text/html": str(browser.page(tables, f"one {SCRIPT}"))})
    code = ("import pickle\nfrom ruiran.report import browser\n"
            "browser.browse(pickle.load(open('tables.pickle', 'rb')))")
    cells = [nbformat.v4.new_code_cell("pass", execution_count=1, outputs=[stored]), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {
        "name": "python3", "display_name": "Python 3 (ipykernel)"}}), lab.folder / "browsing.ipynb")
    return "browsing.ipynb"


def test_the_browser_of_articles_shows_what_is_chosen_and_runs_nothing_of_it(browsing, lab, window):
    with opened(lab, window, browsing) as page:
        static = page.locator(".jp-RenderedHTML")
        assert BODY in static.inner_text() and PROBE in static.inner_text()
        assert static.locator("mark").first.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"
        run_all(lab, page, browsing)
        article, rows = page.locator(".widget-dropdown select"), page.locator(".widget-select select")
        article.wait_for()
        text = page.locator(".widget-html").nth(1)  # below the title and the legend
        playwright.expect(text).to_contain_text(BODY)
        choose(rows, page, "because of one")
        playwright.expect(text.locator("mark[style*='FFE08A']").first).to_be_visible()
        layers(text, page)
        picture(page, "browsing")
        article.select_option(index=1)
        playwright.expect(text).to_contain_text("Nothing")
        playwright.expect(text).not_to_contain_text("Tor-M1")
        choose(rows, page, "because of two")
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(CLIPPED) == []


def choose(rows, page, reason):
    """Chooses the one event of the list; its reason is shown beside the text."""
    rows.select_option(index=0)
    playwright.expect(page.locator(".widget-html").last).to_contain_text(reason)


def layers(text, page):
    """Switches layers off and on: the marks of events, the speaker behind a quotation, the lines that were dropped."""
    for name, behind in (("events", "E1"), ("quotations", SCRIPT)):
        box = page.locator("label.widget-label-basic", has_text=name).locator("input")
        mark = text.locator("mark small", has_text=behind)
        playwright.expect(mark).not_to_have_count(0)
        box.uncheck()
        playwright.expect(mark).to_have_count(0)
    box = page.locator("label.widget-label-basic", has_text="dropped lines").locator("input")
    playwright.expect(text).not_to_contain_text("Menu")
    box.check()
    playwright.expect(text).to_contain_text("dropped by before-lead")
