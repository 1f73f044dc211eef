"""One self-contained HTML page of the findings, the figures, the tables and how they were made: python -m
ruiran.report.page. It opens from the file system, loads nothing, and prints."""
from html import escape
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from .. import codebook, store
from ..faults import printable
from . import notebooks

ROOT = codebook.FOLDER.parent.parent
NOTEBOOKS = ("00_what_the_articles_say", "06_charts", "05_claims_and_deals", "04_event_coding", "02_dates",
             "01_corpus_and_cleaning", "07_validation")
CORPUS = ("07_validation",)  # tells of the project's own articles, whatever tables are shown
STYLE = """body{font:15px/1.5 Georgia,serif;color:#1A1A1A;background:#FFF;max-width:62em;margin:2em auto;padding:0 1em}
h1,h2,h3{font-family:Helvetica,Arial,sans-serif;line-height:1.2}table{border-collapse:collapse;font-size:12px}
td,th{border-bottom:1px solid #DADADA;padding:3px 6px;text-align:left;vertical-align:top}img{max-width:100%;height:auto}
.jp-RenderedHTMLCommon,.output_subarea{overflow-x:auto}li{margin:.3em 0}.anchor-link{display:none}
@media print{body{max-width:none;margin:0}details{display:none}section{break-before:page}img,tr{break-inside:avoid}}"""


def page(notebooks):
    """The page as text, from notebooks with their outputs; the first opens with the findings."""
    names, pair = codebook.load().names(), codebook.load().pair
    title = escape("Arms from {} to {}, as the articles tell it".format(*(names.get(code, code) for code in pair)))
    parts = "".join(f"<section>{html(notebook)}</section>" for notebook in notebooks)
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
            f"</head><body><h1>{title}</h1>{parts}</body></html>\n")


def html(notebook):
    """A notebook as HTML: its words and what its cells show, without code and scripts."""
    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_input_prompt=True,
                            exclude_output_prompt=True)
    return exporter.from_notebook_node(notebook)[0]


def of_tables(folder, path):
    """Writes the page of the tables in `folder`, on which the notebooks are run anew. Raises store.OutError where one
    of them stops or the page cannot be written."""
    try:
        run = notebooks.on_tables(folder, [name for name in NOTEBOOKS if name not in CORPUS])
    except notebooks.STOPPED as error:
        fault = printable(f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', '')}")[:300]
        raise store.OutError(f"{printable(folder)}: a notebook stopped on these tables ({fault})") from None
    except FileNotFoundError as error:
        fault = "is not there; the page is made of the notebooks of a checkout"
        raise store.OutError(f"{printable(error.filename)}: {fault}") from None
    store.write_text(path, [page(run)])


def main(path=ROOT / "build" / "report.html"):
    """Writes the page of the notebooks as they are stored; returns its path."""
    stored = [nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4) for name in NOTEBOOKS]
    store.write_text(path, [page(stored)])
    return Path(path)


if __name__ == "__main__":
    print(main().relative_to(ROOT))
