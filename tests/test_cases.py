"""Small articles of one difficulty each, with what must come out and why: tests/cases.jsonl.

An expectation says that some row of the article is so; `no ` before it turns it round, ` || ` between several: one is
enough. `event TYPE|TYPE SRC>TGT STATUS|STATUS weapon CODE dated FROM..TO covers DAY by NAME`, and so for claims, deals,
numbers, sums, dates, quotations and lines; sides are compared by country, `*` is anybody. A case of which `fails` says
why is not reached yet.
"""
import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd
import pytest
from conftest import document

from ruiran import codebook, pipeline

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
TABLES = {"event": "events", "claim": "claims", "deal": "deals", "quantity": "mentions", "money": "mentions",
          "date": "mentions", "published": "documents", "headline": "documents", "quote": "quotations",
          "kept": "lines", "dropped": "lines", "body": "lines"}
ORDER = {"event": ("type", "sides", "status"), "claim": ("type", "stance"), "quantity": ("number", "code"),
         "money": ("sum", "code")}


def ends(span, unit):
    """First and last day of 'A..B' in days, months or years, or both numbers of it, '' where open."""
    low, high = (span.split("..") * 2)[:2]
    if unit == "number":
        return low and float(low), high and float(high)
    return (low and str(pd.Period(low).start_time)[:10], high and str(pd.Period(high).end_time)[:10])


def numbers(row, prefix):
    return tuple("" if row.get(f"{prefix}{end}") is None else float(row[f"{prefix}{end}"]) for end in ("low", "high"))


def faces(row, sides):
    def on(side, code):
        return code == "*" or code in [c.split(":")[0] for c in row[side].split(";")]
    source, target = sides.split(">")
    return on("source", source) and on("target", target)


def inside(row, span):
    low, high = ends(span, "day")
    return (not low or row["date_from"] >= low) and (not high or "" < row["date_to"] <= high)


def named(cell, pattern):
    return any(fnmatchcase(value or "open", p) for value in cell.split(";") for p in pattern.split("|"))


SO = {  # what an expectation asks of a row
    "type": lambda r, v: (r.get("event") or r.get("attribute")) in v.split("|"), "sides": faces, "dated": inside,
    "status": lambda r, v: r["status"] in v.split("|"), "stance": lambda r, v: r["stance"] == v,
    "weapon": lambda r, v: named(r["weapon"], v), "by": lambda r, v: named(r["speaker"], v),
    "number": lambda r, v: numbers(r, "") == ends(v, "number"), "low": lambda r, v: numbers(r, "") == ends(v, "number"),
    "sum": lambda r, v: numbers(r, "amount_") == ends(v, "number"), "code": lambda r, v: v in (r["code"], r["unit"]),
    "quantity": lambda r, v: numbers(r, "quantity_") == ends(v, "number"),
    "value": lambda r, v: numbers(r, "value_") == ends(v, "number"), "date": inside,
    "covers": lambda r, v: (r["date_from"] or "0") <= v <= (r["date_to"] or "9"), "deal": lambda r, v: v in r["deal"],
    "published": lambda r, v: (r["published"] or "open") == v, "headline": lambda r, v: r["title"] == v,
    "quote": lambda r, v: v in r["text"], "body": lambda r, v: v in r["text"] and r["kind"] == "body",
    "kept": lambda r, v: v in r["text"] and not r["rule"], "dropped": lambda r, v: v in r["text"] and bool(r["rule"]),
}


def holds(wanted, rows):
    """True where one expectation holds of the rows of one article, by table."""
    if " || " in wanted:
        return any(holds(one, rows) for one in wanted.split(" || "))
    if wanted.startswith("no "):
        return not holds(wanted.removeprefix("no "), rows)
    kind, _, rest = wanted.partition(" ")
    kind = kind if kind in TABLES else kind.removesuffix("s")
    head, *parts = re.split(r" (weapon|quantity|value|low|dated|covers|by) ", rest) if kind not in (
        "kept", "dropped", "body", "headline") else [rest]
    if kind == "quote" and " by " in rest:  # the words quoted may hold a 'by' of their own
        head, parts = rest.rpartition(" by ")[0], ["by", rest.rpartition(" by ")[2]]
    words = head.split() if kind in ORDER else [head] * bool(head)
    asked = [*zip(ORDER.get(kind, (kind,)), words, strict=False), *zip(parts[::2], parts[1::2], strict=True)]
    found = [r for r in rows[TABLES[kind]] if TABLES[kind] != "mentions" or r["kind"] == kind]
    return any(all(SO[name](row, value) for name, value in asked) for row in found)


def coded(case):
    """The rows of a case's article by table, white space made one space."""
    rows = pipeline.code_corpus([document(case["text"], case["id"])], codebook.load())
    return {name: [{k: " ".join(v.split()) if isinstance(v, str) else v for k, v in row.items()} for row in found]
            for name, found in rows.items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(
    strict=True, reason=case["fails"])] if case.get("fails") else []) for case in CASES])
def test_a_case(case):
    rows = coded(case)
    assert [wanted for wanted in case["expect"] if not holds(wanted, rows)] == [], case["why"]
