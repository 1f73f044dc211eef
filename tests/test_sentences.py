"""Sentences written before the rules were seen, with what a careful reader takes from each; half must yield nothing.

A row of `sentences/*.csv` has the article's day, what stands before, the sentence, what is expected, a note, and in
`fails` the reason where the rules do not reach it yet: such a row must fail, and leaves that column once it does not.
"""
import csv
import re
from pathlib import Path

import pytest
from conftest import rows_in_context

FOLDER = Path(__file__).parent / "sentences"
EMPTY_AT_LEAST = 0.3  # share of the rows of a table that must yield nothing


def table(name):
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases(name):
    return [pytest.param(r, id=f"{name}-{r['id']}",
                         marks=[pytest.mark.xfail(strict=True, reason=r["fails"])] if r["fails"] else [])
            for r in table(name)]


def found(r, table_name):
    return rows_in_context(table_name, r["before"], r["sentence"].replace("\\n", "\n"), r["date"])


def items(cell, by="; "):
    return [part for part in cell.split(by) if part]


def mentions(r, *kinds):
    return [m for m in found(r, "mentions") if m["kind"] in kinds and m["basis"] not in ("media", "open")]


@pytest.mark.parametrize("r", cases("actors"))
def test_actors_and_places(r):
    def answer(m):
        return f"place:{m['country']}" if m["kind"] == "place" else m["code"]
    assert [f"{m['text']}=>{answer(m)}" for m in mentions(r, "actor", "place")] == items(r["expected"])


@pytest.mark.parametrize("r", cases("persons"))
def test_persons(r):
    rows = [m for m in found(r, "mentions") if m["kind"] == "person"]
    wanted = [re.split(r"=>|\|", item) for item in items(r["expected"])]
    assert [(m["text"], m["code"] or "?") for m in rows] == [(w[0], w[1]) for w in wanted]
    told = [(m.get("country", ""), m.get("role", "")) for m in rows]
    assert all(not w[2:3] or w[2] == t[0] for w, t in zip(wanted, told, strict=True))
    assert all(not w[3:4] or not w[3] or w[3] == t[1] for w, t in zip(wanted, told, strict=True))


@pytest.mark.parametrize("r", cases("weapons"))
def test_weapons(r):
    rows = [m for m in found(r, "mentions") if m["kind"] == "weapon" and m["code"]]
    wanted = [item.split("=>") for item in items(r["expected"])]
    assert [m["code"] for m in rows] == [code for _, code in wanted]
    assert all(text in m["text"] for m, (text, _) in zip(rows, wanted, strict=True))


def bounds(m, of=("low", "high")):
    return "-".join("" if m.get(side) is None else str(m[side]) for side in of)


@pytest.mark.parametrize("r", cases("money"))
def test_money(r):
    rows = mentions(r, "money")
    wanted = [re.split(r"=>|\|", item) for item in items(r["expected"])]
    assert [(bounds(m, ("amount_low", "amount_high")), m["unit"]) for m in rows] == [(w[1], w[2]) for w in wanted]
    assert all(not w[3] or m["values"] == w[3] for m, w in zip(rows, wanted, strict=True))
    assert all(w[0] in m["text"] for m, w in zip(rows, wanted, strict=True))


@pytest.mark.parametrize("r", cases("quantities"))
def test_quantities(r):
    wanted = [re.split(r"=>|\|", item) for item in items(r["expected"])]
    assert [(bounds(m), m["code"]) for m in mentions(r, "quantity")] == [(w[1], w[2]) for w in wanted]


@pytest.mark.parametrize("r", cases("times"))
def test_times(r):
    def answer(m):
        return f"{m['date_from']}..{m['date_to']}"
    wanted = [re.split(r"=>|\|", item) for item in items(r["expected"])]
    assert [answer(m) for m in mentions(r, "date")] == [w[2] for w in wanted]
    assert all(w[0] in m["text"] or m["text"] in w[0] for m, w in zip(mentions(r, "date"), wanted, strict=True))


@pytest.mark.parametrize("r", cases("quotations"))
def test_quotations(r):
    def ends(text):
        return (*text.split()[:2], *text.rstrip(".,").split()[-2:])
    rows = [(ends(q["text"]), q["speaker"], q["via"], q["direct"]) for q in found(r, "quotations")]
    wanted = []
    for item in items(r["expected"], " ;; "):
        words, who = item.split("=>")
        first, last = words.split(" ... ")
        speaker, via, direct = who.split("|")
        wanted.append(((*first.split()[:2], *last.split()[-2:]), speaker, via, direct == "yes"))
    assert rows == wanted


# ---------------------------------------------------------------- events
MUTUAL = ("CONSULT", "SUPPORT", "AGREE", "COOPERATE")


def countries(cell):
    return frozenset(c.split(":")[0] for c in cell.split(";") if c not in ("", "-"))


def same_act(e, wanted):
    """Type and status, both sides by country; of joint acts both countries, whoever is named first."""
    source, event, target, status = re.match(r"(.+?) ([A-Z]{3,9}) (.+?) (actual|planned|claimed|denied|conditional)",
                                             wanted).groups()
    found = countries(e["source"]), countries(e["target"])
    sides = countries(source), countries(target)
    joint = event in MUTUAL and len(sides[0] | sides[1]) > 1 and found[0] | found[1] == sides[0] | sides[1]
    direct = found[0] == sides[0] and (target == "-" or found[1] == sides[1])
    return e["event"] == event and e["status"] == status and (direct or joint and (";" in source or event == "SUPPORT"))


def details(e, wanted):
    """The day, the weapon and the speaker, where the row gives them."""
    marks = dict(re.findall(r" ([@#%])([^@#%]+?)(?= [@#%]|$)", wanted))
    day = tuple(marks["@"].split("..")) if "@" in marks else ("", "")
    return (all(not w or w == e[side] for w, side in zip(day, ("date_from", "date_to"), strict=True))
            and marks.get("#", e["weapon"]) in e["weapon"] and marks.get("%", e["speaker"]) in e["speaker"])


@pytest.mark.parametrize("r", cases("types_a") + cases("types_b") + cases("types_c") + cases("phenomena"))
def test_events(r):
    rows, wanted = found(r, "events"), items(r["expected"], " / ")
    for item in wanted:
        fits = [e for e in rows if same_act(e, item)]
        assert fits, f"missed: {item}"
        rows.remove(fits[0])
    assert [(e["source"], e["event"], e["target"], e["status"]) for e in rows] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda p: p.stem)
def test_a_table_has_what_must_yield_nothing(path):
    rows = table(path.stem)
    assert len({r["id"] for r in rows}) == len(rows)
    assert sum(not r["expected"] for r in rows) >= EMPTY_AT_LEAST * len(rows)
