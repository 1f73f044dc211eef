"""Beside the record: the deals that the articles tell, next to SIPRI's register of transfers, and their years next to
its trend-indicator values."""
import pandas as pd
from matplotlib.patches import Rectangle

from .. import codebook
from ..deals.deals import deal_family
from . import charts, timeline
from .charts import HOLLOW, PLOT
from .words import amount, many

FOLDER = codebook.FOLDER.parent / "reference"
EDITIONS = "SIPRI Arms Transfers Database (register 13 March 2025, trend-indicator values 28 July 2022)"
OPEN = 9999  # the year of an end that is not known
NONE = "No figures of SIPRI's on this pair are kept here"
TALL = 2.2  # inches of the panel of values


def register():
    """SIPRI's rows between the pair of the codebook (none for a pair that the file has not), with `family` and
    `category` of the system in the codebook ('' for none): supplier, recipient, year_of_order, designation,
    description, number_ordered, years_of_delivery, number_delivered; figures that SIPRI marks as uncertain stand in
    brackets, as it prints them."""
    data = pd.read_csv(FOLDER / "sipri_register.csv", dtype=str, keep_default_na=False)
    data = data[[{*sides} == {*codebook.load().pair} for sides in zip(data.supplier, data.recipient, strict=True)]]
    for column, doubt in (("year_of_order", "order_year"), ("number_ordered", "ordered"),
                          ("number_delivered", "delivered")):
        sure = data[f"{doubt}_uncertain"] != "?"
        data[column] = data[column].where(sure | (data[column] == ""), "(" + data[column] + ")")
    known = [weapon_of(name) for name in data.designation]
    data = data.assign(family=[(row.family or row.code) if row else "" for row in known],
                       category=[row.category if row else "" for row in known])
    return data["supplier recipient year_of_order designation description number_ordered years_of_delivery "
                "number_delivered family category".split()]


def weapon_of(designation):
    """The row of codebook `weapons` of a designation: by SIPRI's own name, else by its pattern; None for none."""
    rows = codebook.load().rows("weapons")
    return next((r for r in rows if r.sipri == designation), None) or next(
        (r for r in rows if r.generic != "yes" and r.regex.fullmatch(designation)), None)


def beside(deals, claims, documents):
    """A row for each order in the register: what SIPRI has, the deal that the articles tell of that system, and `told`:
    'told', 'dated otherwise', 'in general' (the articles tell of such things, and name no system), 'not told', or
    'after the articles'."""
    kinds, rows = codebook.load().keyed("weapons", "code"), []
    general = {kinds[w].category for cell in claims.weapon[claims.deal == ""] for w in cell.split(";")
               if w in kinds and kinds[w].generic == "yes"} - {"other", "weapons"}
    last, ours = last_year(documents), {}
    for deal in deals.astype("string").fillna("").to_dict("records"):
        ours[deal["supplier"], deal["recipient"], deal_family(deal["weapon"], kinds)] = deal
    record = register()
    for r in record.to_dict("records"):
        deal = ours.get((r["supplier"], r["recipient"], r["family"]), {}) if r["family"] else {}
        year = r["year_of_order"].strip("()")
        told = "after the articles" if int(year) > last else told_of(deal, year) if deal else (
            "in general" if r["category"] in general else "not told")
        rows.append({**r, "deal": deal.get("deal", "") if told != "after the articles" else "", "told": told})
    return pd.DataFrame(rows, columns=[*record.columns, "deal", "told"])


def last_year(documents):
    """The last year in which one of the articles may have been published: 0 without articles, OPEN where one has an
    open end."""
    return max((int(day[:4]) if day else OPEN for day in documents.published_to), default=0)


def told_of(deal, year):
    """How a deal tells an order of a year."""
    return "dated otherwise" if deal["ordered_from"] and deal["ordered_from"][:4] != year else "told"


def view(deals):
    """The deals in the columns of SIPRI's register; a figure on which speakers differ stands in brackets."""
    kinds, rows = codebook.load().keyed("weapons", "code"), []
    for d in deals.astype("string").fillna("").to_dict("records"):
        disputed = d["disputed"].split(";")
        number = " to ".join(dict.fromkeys(filter(None, (d["quantity_low"], d["quantity_high"]))))
        years = [" to ".join(dict.fromkeys(day[:4] for day in (d[f"{what}_from"], d[f"{what}_to"]) if day))
                 for what in ("ordered", "delivered")]
        cost = " to ".join(dict.fromkeys(amount(int(d[c])) for c in ("value_low", "value_high") if d[c]))
        row = kinds.get(d["weapon"])
        rows.append({"supplier": d["supplier"], "recipient": d["recipient"],
                     "number ordered": f"({number})" if "quantity" in disputed and number else number,
                     "designation": row.sipri or d["weapon"] if row else d["weapon"],
                     "description": row.category if row else "", "year of order": years[0],
                     "years of delivery": f"({years[1]})" if "delivery_complete" in disputed else years[1],
                     "comments": f"({cost})" if "value" in disputed and cost else cost})
    return pd.DataFrame(rows)


def values():
    """SIPRI's trend-indicator values of deliveries to the recipient, by year; none for a pair without a register."""
    known = pd.read_csv(FOLDER / "sipri_tiv.csv").set_index("year").tiv
    return known.head(0) if register().empty else known


def years_told(events, documents):
    """The years in which a delivery may lie that the articles tell as done, and to which they give days within eighteen
    months."""
    steps = timeline.mark_rows_of_steps(events, documents)
    done = steps[(steps.kind == "delivered") & ~steps.status.isin(HOLLOW) & (steps.date_from != "")]
    spans = [(pd.Timestamp(r.date_from), pd.Timestamp(r.date_to)) for r in done.itertuples() if r.date_to]
    return sorted({year for first, last in spans if (last - first).days < 550
                   for year in range(first.year, last.year + 1)})


def headline(events, documents):
    """A finding: in how many of the years in which SIPRI has deliveries those of the articles may lie."""
    known, told = values(), years_told(events, documents)
    if known.empty:
        return NONE
    last = last_year(documents)
    years = [year for year in known.index if known[year] > 0 and year <= last]
    if not years:
        return "SIPRI has no deliveries before the articles"
    return (f"SIPRI has deliveries in {many(len(years), 'year')} up to {last if last < OPEN else max(years)}; "
            f"those that the articles date lie in {len(set(told) & set(years))}")


def draw(events, documents, title, subtitle, source, theme="light"):
    """Axes with SIPRI's values by year as bars, those of years in which the articles date a delivery filled."""
    known, told = values(), set(years_told(events, documents))
    note = "" if known.empty else f"Values are a volume index in millions, not dollars: {EDITIONS}. "
    note += f"Articles read: {len(documents):,}."
    with charts.style(theme) as ink:
        ax = charts.page(TALL, title, subtitle, source, note, ink)
        if known.empty:
            return ax.text(PLOT / 2, 0.5, "no figures", ha="center", size=12).axes
        wide, top = PLOT / len(known), known.max() or 1
        for n, (year, value) in enumerate(known.items()):
            tall = value / top * (TALL - 0.35)
            ax.add_patch(Rectangle((n * wide + 0.04, TALL - tall), wide - 0.08, tall, lw=0.9, ec=ink["blue"],
                                   fc=ink["blue"] if year in told else ink["paper"]))
            ax.text((n + 0.5) * wide, TALL - tall - 0.05, f"{value:,.0f}", ha="center", va="bottom", size=6.5,
                    color=ink["grey"])
        ax.set_xticks([(n + 0.5) * wide for n in range(len(known))], [f"’{year % 100:02d}" for year in known.index])
        ax.tick_params(axis="x", length=0, labelcolor=ink["grey"])
        ax.plot([0, PLOT], [TALL, TALL], color=ink["rule"], lw=0.8, clip_on=False)
        ax.text(0.2 - charts.LEFT, TALL, "SIPRI’s value\nof Russian deliveries\nto Iran, by year", va="bottom")
        said = {"a delivery that the articles date may lie in it": "blue", "none": "paper"}
        handles = {words: Rectangle((0, 0), 1, 1, fc=ink[fill], ec=ink["blue"]) for words, fill in said.items()}
        charts.draw_key(ax, handles, ink)
    return ax
