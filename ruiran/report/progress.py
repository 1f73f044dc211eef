"""How far a run is: on a terminal a line that is overwritten, in a notebook a bar that is gone when the run is done."""
import sys
from contextlib import contextmanager
from time import monotonic


def progress(function, documents):
    """map() that shows which article is being worked on; nothing is left of it in the end, and none is shown where
    nobody looks (a file, a pipe)."""
    show = bar() or line
    try:
        for n, document in enumerate(documents, 1):
            show(n, len(documents), document.file)
            yield function(document)
    finally:
        show(0, 0, "")


def line(n, of, name):
    """Shows `n` of `of` on a terminal, if stderr is one; nothing for 0."""
    overwrite(f"{n}/{of} {name}" if n else "")


def overwrite(text):
    """Shows a text on a terminal, if stderr is one, in the place of the one before."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def bar():
    """A function like `line` that shows a bar below the cell of a notebook; None where this is no notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if not hasattr(shell, "kernel"):
        return None
    from IPython.display import display

    from .show import Html, plain  # loads pandas, which a terminal need not wait for
    place = display({}, raw=True, display_id=True)  # empty, as it is in the end

    def show(n, of, name):
        told = Html(f'<progress value="{n}" max="{of}"></progress> {plain(f"{n} of {of}: {name}")}')
        place.update({"text/html": str(told), "text/plain": repr(told)} if n else {}, raw=True)
    return show


@contextmanager
def share():
    """A function that shows which share of the articles is coded, how many, how fast and how long that takes yet;
    nothing is left of it in the end, and none is shown where nobody looks."""
    began = monotonic()

    def show(done, articles):
        if done == 1:
            return overwrite(f"{articles:,} articles are coded, and now put together")
        took = max(monotonic() - began, 1e-9)
        left = took / done - took if done else 0
        overwrite(f"{done:.0%}: {articles:,} articles, {articles / took:,.0f} a second, {left / 60:,.0f} minutes left")

    try:
        yield show
    finally:
        overwrite("")
