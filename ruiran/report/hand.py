"""The two hand codings of the corpus, row beside row: what both readers saw, and where they differ."""
import re
from collections import defaultdict
from math import sqrt
from operator import itemgetter

import pandas as pd

from .. import codebook

FOLDER = codebook.FOLDER.parent / "hand"
READERS = ("reader_a", "reader_b")
# table: columns that must be the same for two rows to be one, columns compared on the rows that are one
KEYS = {
    "lines": (["doc_id", "line"], ["keep", "kind"]),
    "documents": (["doc_id"], ["published", "published_from", "published_to", "anchor"]),
    "mentions": (["doc_id", "line", "kind"], ["code", "low", "high", "edtf"]),
    "quotations": (["doc_id", "line"], ["speaker", "direct"]),
    "events": (["doc_id", "line", "event"], ["source", "target", "status", "date", "weapon", "stage", "scope"]),
    "claims": (["doc_id", "line", "attribute"], ["deal", "stance", "low", "speaker"]),
}


def read(reader, table, documents=None):
    """One table of one reader, as strings; with `documents` (a table of a run) of its articles alone."""
    data = pd.read_csv(FOLDER / reader / f"{table}.csv", dtype=str, keep_default_na=False)
    return data if documents is None else data[data.doc_id.isin(documents.doc_id)]


def covered(documents):
    """A sentence: how many of the articles of a run both readers have coded."""
    both = set.intersection(*(set(read(reader, "documents", documents).doc_id) for reader in READERS))
    if not both:
        return "None of these articles has been coded by hand, so there is nothing to compare with."
    return f"Of these {len(documents):,} articles the readers coded {len(both):,}, each reader alone."


def pairs(a, b, keys, columns=()):
    """Pairs of rows with equal `keys` (and touching text, where both have offsets), the likest first; each row once."""
    key, theirs = itemgetter(*keys), defaultdict(list)
    for y in b.to_dict("records"):
        theirs[key(y)].append(y)
    options = [(x, y) for x in a.to_dict("records") for y in theirs[key(x)] if touches(x, y)]
    used, result = set(), []
    for x, y in sorted(options, key=lambda pair: -sum(pair[0][c] == pair[1][c] for c in columns)):
        if id(x) not in used and id(y) not in used:
            used |= {id(x), id(y)}
            result.append((x, y))
    return result


def touches(x, y):
    """True where the two texts share a character, or where the table has no text."""
    placed = x.get("start") and y.get("start")
    return not placed or int(x["start"]) < int(y["end"]) and int(y["start"]) < int(x["end"])


def wilson(right, of):
    """95 % interval of a share (Wilson 1927), as two numbers between 0 and 1."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle, spread = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def agreement():
    """One row a table: rows of each reader, rows that both have, F1 and its interval."""
    rows = []
    for table, keys in KEYS.items():
        a, b = (read(r, table) for r in READERS)
        both, of = len(pairs(a, b, *keys)), len(a) + len(b)
        low, high = wilson(2 * both, of)
        rows.append({"table": table, "reader_a": len(a), "reader_b": len(b), "both": both,
                     "f1": round(2 * both / of, 2), "low": round(low, 2), "high": round(high, 2)})
    return pd.DataFrame(rows)


def columns_agree():
    """One row a table and column: of the rows that both have, on how many the two readers say the same."""
    rows = []
    for table, (keys, columns) in KEYS.items():
        found = pairs(*(read(r, table) for r in READERS), keys, columns)
        for column in columns:
            same = sum(x[column] == y[column] for x, y in found)
            rows.append({"table": table, "column": column, "same": same, "of": len(found),
                         "share": round(same / max(len(found), 1), 2)})
    return pd.DataFrame(rows)


def alpha(a, b):
    """Krippendorff's alpha of two readers' nominal values, unit by unit (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"): 1 for full agreement, 0 for what chance gives; None where all values are one."""
    counts = pd.concat([pd.Series(a, dtype=object), pd.Series(b, dtype=object)]).value_counts()
    n = counts.sum()
    expected = 1 - (counts * (counts - 1)).sum() / (n * (n - 1)) if n > 1 else 0
    observed = sum(x != y for x, y in zip(a, b, strict=True)) / max(len(a), 1)
    return 1 - observed / expected if expected else None


def alphas():
    """One row a column of the events: pairs of rows on one line that touch, and the readers' alpha on them."""
    found = pairs(*(read(r, "events") for r in READERS), ["doc_id", "line"], ["event", "source", "target"])
    rows = [(c, len(found), round(alpha([x[c] for x, _ in found], [y[c] for _, y in found]), 2))
            for c in ("event", "source", "target", "status", "stage", "weapon")]
    return pd.DataFrame(rows, columns=["column", "pairs", "alpha"])


def causes(table):
    """Why rules and both readers differ, judged by hand: rows of causes.csv for one table, `line` as a number."""
    data = pd.read_csv(FOLDER / "causes.csv", dtype=str, keep_default_na=False)
    return data[data["table"] == table].astype({"line": int})


def markdown(data):
    """A DataFrame as a Markdown table."""
    lines = ["| " + " | ".join(data.columns) + " |", "|" + " --- |" * len(data.columns)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in data.itertuples(index=False)])


def page():
    """The page data/hand/README.md with its two tables computed anew; the words between stay as they are."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    made = {"agreement": markdown(agreement()), "columns": markdown(columns_agree())}
    return re.sub(r"(?s)(<!-- (agreement|columns) -->\n).*?(?=\n<!-- end)", lambda m: m[1] + made[m[2]], text)


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")
