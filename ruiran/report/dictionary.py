"""The page data/README.md, made from the two dictionaries of the codebook, so that it cannot disagree with them."""
from .. import codebook

PAGE = codebook.FOLDER.parent / "README.md"
HEAD = """# The data, folder by folder

Folders are named by who may write there. This page is made from `codebook/tables.csv` and `codebook/codebook.csv`
(`python -m ruiran.report.dictionary`); a test fails where it differs from them.

| folder | what is in it | who writes |
| --- | --- | --- |
| `raw/` | the articles as received, byte for byte, and `sources.csv` with outlet, kind of capture and hash | nobody |
| `codebook/` | every fact about the world and every rule, as CSV that opens in a spreadsheet | researchers |
| `hand/` | hand coding of the five articles, the third reading of it, corrections | readers, with a reason |
| `reference/` | SIPRI's rows for the pair, to compare with, with attribution and edition | nobody |
| `answers/` | recorded answers of a language model for the five articles, beside the requests that it read | nobody |
| `derived/` | the tables and figures of the last run | only the code |
"""


def page():
    """The text of data/README.md."""
    book = codebook.load()
    parts = [HEAD, "\n## Tables (`derived/`)\n"]
    tables = book["tables"]
    for name in dict.fromkeys(tables["table"]):
        parts += [f"\n### {name}\n", "\n| column | type | meaning |\n| --- | --- | --- |\n"]
        parts += [f"| `{r.column}` | {r.type} | {r.meaning} |\n" for r in tables[tables["table"] == name].itertuples()]
    parts.append("\n## Codebook (`codebook/`)\n\n| file | rows | columns |\n| --- | --- | --- |\n")
    shape = codebook.read_csv(book.folder / "codebook.csv")
    for name in dict.fromkeys(shape.file):
        columns = ", ".join(f"`{c}`" for c in shape.column[shape.file == name])
        parts.append(f"| `{name}.csv` | {len(book[name])} | {columns} |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
