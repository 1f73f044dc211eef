"""One self-contained HTML page of the findings, the figures, the tables and how they were made: python -m
ruiran.report.page. It opens from the file system, loads nothing, and prints."""
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from .. import codebook

ROOT = codebook.FOLDER.parent.parent
NOTEBOOKS = ("00_what_the_articles_say", "06_charts", "05_claims_and_deals", "04_event_coding", "02_dates",
             "01_corpus_and_cleaning", "07_validation")
STYLE = """body{font:15px/1.5 Georgia,serif;color:#1A1A1A;background:#FFF;max-width:62em;margin:2em auto;padding:0 1em}
h1,h2,h3{font-family:Helvetica,Arial,sans-serif;line-height:1.2}table{border-collapse:collapse;font-size:12px}
td,th{border-bottom:1px solid #DADADA;padding:3px 6px;text-align:left;vertical-align:top}img{max-width:100%;height:auto}
.jp-RenderedHTMLCommon,.output_subarea{overflow-x:auto}li{margin:.3em 0}.anchor-link{display:none}
@media print{body{max-width:none;margin:0}details{display:none}section{break-before:page}img,tr{break-inside:avoid}}"""


def page():
    """The page as text, from the notebooks as they are stored; the first opens with the findings."""
    parts = "".join(f"<section>{notebook(name)}</section>" for name in NOTEBOOKS)
    supplier, recipient = (codebook.load().names()[code] for code in codebook.load().pair)
    title = f"Arms between {supplier} and {recipient}, as the articles tell it"
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
            f"</head><body><h1>{title}</h1>{parts}</body></html>\n")


def notebook(name):
    """A stored notebook as HTML: its words and what its cells show, without code and scripts."""
    stored = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_input_prompt=True,
                            exclude_output_prompt=True)
    return exporter.from_notebook_node(stored)[0]


def main(path=ROOT / "build" / "report.html"):
    """Writes the page; returns its path."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(main().relative_to(ROOT))
