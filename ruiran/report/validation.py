"""The tables beside the hand codings: precision and recall with counts and intervals, every disagreement by cause."""
import pandas as pd

from . import hand

ALSO = {"event": "alt_types", "status": "alt_status", "date": "alt_dates"}  # other answers that the hand accepts
SCORES = "found found_right precision by_hand by_hand_found recall".split()
TELLING = "event source target weapon attribute deal stance code speaker kind keep"


def as_hand(name, tables):
    """A coded table as the hand codings write it: strings, and their names for the columns that differ."""
    data = tables[name].astype("string").fillna("")
    if name == "lines":
        data["keep"] = data["rule"].map(lambda rule: "drop" if rule else "keep")
    if name == "quotations":
        data["direct"] = data["direct"].map({"True": "yes", "False": "no"})
    if name in ("events", "claims"):
        data["date"] = data["date_from"] + "/" + data["date_to"]
    if name == "mentions":  # days and sums have no code by hand
        data["code"] = data["code"].where(~data["kind"].isin(["date", "money", "quantity"]), "")
    return data


def matches(found, wanted, keys, columns, also):
    """Pairs of rows that are one; with `also` other answers count that the hand accepts."""
    pairs = hand.pairs(found, wanted, keys, columns)
    return pairs + seconds(left(found, pairs, 0), left(wanted, pairs, 1), keys) if also else pairs


def left(rows, pairs, side):
    """The rows that are in no pair."""
    paired = {tuple(pair[side].values()) for pair in pairs}
    return [row for row in rows.to_dict("records") if tuple(row.values()) not in paired]


def seconds(found, wanted, keys):
    """Pairs among the rows left over, where what was found is another answer that the hand accepts."""
    pairs = []
    for y in wanted:
        fits = [x for x in found if all(x[k] == y[k] for k in keys[:-1]) and agrees(keys[-1], x, y)
                and hand.touches(x, y)]
        if fits:
            pairs.append((fits[0], y))
            found.remove(fits[0])
    return pairs


def agrees(column, found, wanted):
    """Whether a cell is the hand's answer or another that it accepts; order and spelling of a date do not matter."""
    as_one = span if column == "date" else lambda cell: set(cell.split(";"))
    answers = [wanted[column], *filter(None, wanted.get(ALSO.get(column), "").split(";"))]
    return any(as_one(found[column]) == as_one(answer) for answer in answers)


def span(text):
    """First and last day of a date in days, months or years, or of an interval, as text; '' where open."""
    first, slash, last = text.replace("~", "").partition("/")
    ends = (first, "start_time"), (last if slash else first, "end_time")
    return [str(getattr(pd.Period(day), end).date()) if day else "" for day, end in ends]


def share(right, of):
    """A share with its 95 % interval (Wilson), in words: '0.82 (0.72 to 0.89)'."""
    return f"{right / of:.2f} ({'%.2f to %.2f' % hand.wilson(right, of)})" if of else "none to count"


def scored(found, wanted, keys, also=False, by=""):
    """Precision and recall of `found` against `wanted`, with counts and intervals; a row for each value of `by`, no row
    where neither has any."""
    rows, pairs = [], matches(found, wanted, keys, (), also)
    for value in sorted(set(found[by]) | set(wanted[by])) if by else ["all"][:len(found) + len(wanted)]:
        ours, hands = ((t[by] == value).sum() if by else len(t) for t in (found, wanted))
        right, met = (sum(not by or pair[side][by] == value for pair in pairs) for side in (0, 1))
        rows.append({by or "rows": value, "found": ours, "found_right": right, "precision": share(right, ours),
                     "by_hand": hands, "by_hand_found": met, "recall": share(met, hands)})
    return pd.DataFrame(rows, columns=[by or "rows", *SCORES])


def beside_readers(tables, name, also=False, by=""):
    """`scored` of one table against each reader, and of reader A against reader B: as far as two readers agree."""
    keys, found = hand.KEYS[name][0], as_hand(name, tables)
    a, b = (hand.read(reader, name, tables["documents"]) for reader in hand.READERS)
    found = found[found["doc_id"].isin(a["doc_id"])]  # articles that nobody coded by hand are not counted
    sides = {"ruiran beside reader A": (found, a), "ruiran beside reader B": (found, b),
             "reader A beside reader B": (a, b)}
    scores = {who: scored(*pair, keys, also, by) for who, pair in sides.items()}
    return pd.concat(scores, names=["compared", None]).reset_index(0)


def paired(tables, name, reader):
    """(found, by hand, pairs, columns to compare) of one table and one reader; other accepted answers count."""
    (keys, columns), found = hand.KEYS[name], as_hand(name, tables)
    wanted = hand.read(reader, name, tables["documents"])
    found, columns = found[found["doc_id"].isin(wanted["doc_id"])], [c for c in columns if c in found and len(wanted)]
    return found, wanted, matches(found, wanted, keys, columns, "alt_types" in wanted), columns


def agreeing(tables, name, reader):
    """One row a column: of the rows that both have, on how many do the tables and one reader say the same."""
    _, _, pairs, columns = paired(tables, name, reader)
    same, of = [sum(agrees(column, *pair) for pair in pairs) for column in columns], len(pairs)
    return pd.DataFrame({"column": columns, "same": same, "of": of, "share": [share(n, of) for n in same]})


def disagreements(tables, name, reader):
    """Every row on which the tables and one reader differ: missed, extra, or another value."""
    found, wanted, pairs, columns = paired(tables, name, reader)
    rows = [("missed", y, "", told(y)) for y in left(wanted, pairs, 1)]
    rows += [("extra", x, told(x), "") for x in left(found, pairs, 0)]
    rows += [(f"other {c}", x, x[c], y[c]) for x, y in pairs for c in columns if not agrees(c, x, y)]
    names = ["doc_id", "line", "what", "ruiran", "reader", "words"]
    data = [(row["doc_id"], int(row.get("line") or 0), what, ours, theirs, row.get("sentence", row.get("text", "")))
            for what, row, ours, theirs in rows]
    return pd.DataFrame(data, columns=names).sort_values(names[:3], kind="stable", ignore_index=True)


def told(row):
    """A row of any table in a few words; 'e2' in a claim of the hand is a row number, no event."""
    return " ".join(row[name] for name in TELLING.split() if row.get(name) and not row[name][1:].isdigit())


# ---------------------------------------------------------------- causes and confusions
def objections(tables, name):
    """Disagreements with either reader, one row each: `readers` are those who say otherwise, `cause` why.

    Where only one reader objects, the other agrees with the rules: the readers differ. The other causes are judged by
    hand, in data/hand/causes.csv; where it has no row for an objection of both, `cause` is empty.
    """
    keys = ["doc_id", "line", "what", "words"]
    both = pd.concat([disagreements(tables, name, reader).assign(readers=reader) for reader in hand.READERS])
    both["words"] = both.words.str[:60]
    rows = both.groupby(keys, sort=True).agg(ruiran=("ruiran", "first"), reader=("reader", "first"),
                                             readers=("readers", lambda r: ";".join(sorted(set(r)))))
    causes = hand.causes(name).set_index(keys)["cause"]
    rows["cause"] = [causes.get(key, "") if ";" in readers else "the readers differ"
                     for key, readers in rows.readers.items()]
    return rows.reset_index()


def confusion(tables, reader):
    """Event types of the tables beside those of one reader: rows that touch on a line, the likest first; none for rows
    that only one side has."""
    found, wanted = as_hand("events", tables), hand.read(reader, "events")
    pairs = hand.pairs(found, wanted, ["doc_id", "line"], ["event", "source", "target"])
    none = {"event": "none"}
    pairs += [(x, none) for x in left(found, pairs, 0)] + [(none, y) for y in left(wanted, pairs, 1)]
    data = pd.DataFrame([(x["event"], y["event"]) for x, y in pairs], columns=["ruiran", reader])
    return pd.crosstab(data.ruiran, data[reader])
