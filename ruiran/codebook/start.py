"""Starts a folder for another pair of states: what a person fills in, over the project's codebook."""
import csv
import io
from pathlib import Path

from . import CodebookError, load, overlay
from .checks import code_of
from .files import nearest

README = """# {supplier} → {recipient}

Articles on arms between {supplier} and {recipient} are coded with the project's codebook and what you add to it here.

1. Put your articles into `articles/`: text, web pages, PDF, or a table with an article a row.
2. Add to the files in `codebook/` what the project does not know. They open in a spreadsheet; save them as
   "CSV UTF-8 (comma delimited)". A file that needs nothing may stay as it is.
3. Check them, as often as you like: `python -m ruiran check {folder}/codebook`
4. Code: `python -m ruiran code {folder}/articles --codebook {folder}/codebook --out {folder}/tables`

**The rule:** a row that has the key of a row of the project takes its place; every other row is added. A column that
may be empty may be left out. Rows of the project that are true of another pair alone are left out by themselves.

**A pattern** is what stands in an article, as a person or a system is called there. A bar parts two ways to call it:
`Anna Berg|A\\. Berg`. A sign of `. ? ( ) [ ] + *` that is meant as such has a backslash before it. The pattern must
find its `example`, and must not find its `not_example`.

What the project knows already: {known}.

| file | a row is | key | must be filled in |
| --- | --- | --- | --- |
{table}
`category` of a system is one of: {categories}. A `generic` word, 'missile', is none: write `no`.

`office` is one of: {offices}. Or another, as it stands in articles.

`words.csv` has a list `other_customers`: the codes of the states that also buy from {supplier}, a bar between them. A
sale to one of those is no deal of your pair. Your pair's own codes in it do not count.

How often the rules are right (`confidence`) was measured on articles about another pair: read your tables with that in
mind, and check a sample by hand.

## A row of the project for each file, to go by
{examples}"""


def start(folder, supplier, recipient):
    """Makes `folder` with codebook/, articles/ and README.md for two states, by code or by name; returns lines that say
    what was made and what to do. Raises CodebookError for an unknown state or a folder that has something in it."""
    book = load()
    pair = tuple(state(book, name) for name in (supplier, recipient))
    if len(set(pair)) == 1 or set(pair) == set(book.pair):
        raise CodebookError(f"{supplier} and {recipient}: " + (
            "one state; name two" if len(set(pair)) == 1 else "the project's own pair; code it without a new folder"))
    texts = {f"codebook/{name}.csv": text for name, text in tables(book, pair).items()}
    texts["README.md"] = readme(folder, book, pair)
    write(Path(folder), texts)
    return [f"{folder}: codebook/ ({len(texts) - 1} files), articles/, README.md",
            f"The project knows already: {known(book, pair)}.",
            f"Next: put articles into {folder}/articles, and add to {folder}/codebook what it does not know."]


def state(book, name):
    """The code of a state. Raises CodebookError for one that the codebook does not name."""
    code = code_of(book.files["actors"], name)
    if not code:
        raise CodebookError(f"{name!r} is no state that actors.csv names{nearest(name, book.names().values())}; mend "
                            "it, or start with another, then write its code in scope.csv and its names in actors.csv")
    return code


def write(folder, texts):
    """Writes {path below the folder: text}. Raises CodebookError where something is there, or cannot be written."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CodebookError(f"{folder}: is there already, and nothing is written over; name a new folder")
        for name in ("codebook", "articles"):
            (folder / name).mkdir(parents=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8", newline="") as file:
                file.write(text)
    except OSError as error:
        raise CodebookError(f"{folder}: cannot be written ({error.strerror}); name another folder") from None


# ---------------------------------------------------------------- the files
def started(book):
    """The rows of codebook `overlay` of the files with which a pair starts."""
    return [row for row in book.rows("overlay") if row.start == "yes"]


def tables(book, pair):
    """{name: text} of the codebook files: headers, the pair, and for a supplier that is not the project's the list of
    its customers anew, which is that of the project's supplier otherwise."""
    rows = {"scope": [(row.name, code, row.meaning) for row, code in zip(book.rows("scope"), pair, strict=True)]}
    if pair[0] != book.pair[0]:
        rows["words"] = [("other_customers", "|".join(pair))]
    return {r.file: as_csv([book.files[r.file].columns, *rows.get(r.file, ())]) for r in started(book)}


def as_csv(rows):
    """Rows of cells as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def readme(folder, book, pair):
    """The text of the page that stands in the new folder."""
    names, shape = book.names(), overlay.read_table(book.folder / "codebook.csv")
    table, examples = "", ""
    for rule in started(book):
        must = [r.column for r in overlay.of(shape, rule.file) if not overlay.may_be_empty(r.values)]
        table += f"| `{rule.file}.csv` | {rule.meaning} | {rule.key} | {', '.join(must)} |\n"
        own = overlay.read_table(book.folder / f"{rule.file}.csv")
        examples += f"\n`{rule.file}.csv`\n\n```csv\n{as_csv([own.columns, example(own, pair)])}```\n"
    return README.format(supplier=names[pair[0]], recipient=names[pair[1]], folder=folder, known=known(book, pair),
                         table=table, examples=examples, categories=listed(book, "weapons", "category"),
                         offices=listed(book, "titles", "office"))


def listed(book, name, column):
    """The values of a column of the codebook, each once, in words."""
    return ", ".join(dict.fromkeys(getattr(row, column) for row in book.rows(name)))


def example(table, pair):
    """The cells of the shortest row of a table, of those that name a state of the pair where there are such."""
    columns = ("country", "maker", "recipient", "supplier")
    rows = [row for row in table.rows if set(pair) & {getattr(row, column, "") for column in columns}]
    return min(rows or table.rows, key=lambda row: len("".join(row[1:])))[1:]


def known(book, pair):
    """What the codebook knows of both states, in words: their names, how many persons and systems."""
    found = []
    for code in pair:
        names = [row.regex.search(row.example)[0] for row in book.rows("actors")
                 if row.code == code and row.kind in ("country", "adjective", "people", "capital")]
        count = {name: sum(code == getattr(row, column) for row in book.rows(name))
                 for name, column in (("persons", "country"), ("weapons", "maker"))}
        found.append(f"{book.names()[code]} as {', '.join(dict.fromkeys(names))}, {count['persons']} persons, "
                     f"{count['weapons']} systems that it makes")
    return "; ".join(found)
