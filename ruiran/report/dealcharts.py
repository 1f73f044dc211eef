"""The figure of the deals: what each speaker claims of each; beside it the table of its marks."""
from itertools import zip_longest

import pandas as pd
from matplotlib.patches import Rectangle

from .charts import LEFT, PLOT, amount, clean, country_names, draw_key, look, page, style

FIGURES = {"value": "Sum claimed", "quantity": "Units claimed"}
LINE, VOICES = 0.2, 6  # inches of a line; speakers listed of one attribute and stance before the rest is counted


def speaker_of(speaker, outlet, names):
    """A speaker in words: 'Armed Forces (Russia)', 'United States and Israel'; where the outlet tells it itself, the
    outlet."""
    if ";" in speaker:
        return " and ".join(speaker_of(code, outlet, names) for code in speaker.split(";"))
    country, _, office = speaker.partition(":")
    who = names.get(country, country)
    return f"{office} ({who})" if office else who or f"{outlet or 'unnamed outlet'}, own words"


def mark_rows_of_deals(deals, claims, documents):
    """A row for each claim: `claim_id`, `deal` (empty where it fits no single deal), `attribute`, `shown`, `speaker` in
    words, `stance`, `low`, `high`. `shown` is `value` or `quantity` (drawn at its figure), `statement` (drawn in a
    column) or `unresolved` (not drawn)."""
    names, outlets = country_names(), claims.doc_id.map(documents.set_index("doc_id").outlet).fillna("")
    who = [speaker_of(*said, names) for said in zip(claims.speaker, outlets, strict=True)]
    rows = claims.assign(speaker=who, deal=claims.deal.where(claims.deal.isin(deals.deal), ""))
    figure = rows.attribute.isin(FIGURES) & (rows.low.notna() | rows.high.notna())
    rows["shown"] = rows.attribute.where(figure, "statement").where(rows.deal != "", "unresolved")
    return rows["claim_id deal attribute shown speaker stance low high".split()].reset_index(drop=True)


def headline_of_deals(deals):
    """A finding in at most ten words: on how many deals speakers differ, and on which most where that is one."""
    if deals.empty:
        return "No deals"
    points = deals.disputed.map(lambda cell: len(cell.split(";")) if cell else 0)
    top = deals.weapon[points == points.max()].tolist()
    most = f", most on {clean(top[0], 30)}" if len(top) == 1 and len(top[0].split()) < 3 and len(deals) > 1 else ""
    return f"Speakers differ on {(points > 0).sum():,} of {len(deals):,} deal{'s' * (len(deals) != 1)}{most}"


def year_in(deal):
    """The year of order that a deal's code ends with; '' for `nd`."""
    return deal.rsplit("-", 1)[-1].replace("nd", "")


def words_of(low, high, attribute):
    """A claimed figure in words, also where only a floor or a ceiling is claimed."""
    low, high = (None if pd.isna(n) else amount(n, attribute) for n in (low, high))
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"


def voices(claims):
    """The speakers of some claims, the most frequent first, with the number of claims where it is not one."""
    counts = sorted(claims.speaker.value_counts().items(), key=lambda pair: (-pair[1], pair[0]))
    return [clean(speaker) + (f" ({n:,})" if n > 1 else "") for speaker, n in counts]


def figure_lines(marks, deals, attribute):
    """Lines of the section on sums or units: name, weight, band that joins the lowest and highest figure, marks."""
    mine = marks[marks.shown == attribute]
    ends = mine[["low", "high"]].astype(float)
    mine = mine.assign(first=ends.low.fillna(ends.high), last=ends.high.fillna(ends.low))
    scale = 0.45 * PLOT / (mine["last"].max() or 1)
    yield {"name": FIGURES[attribute], "head": "ink", "columns": ("zero",)}
    for deal in deals[deals.deal.isin(mine.deal)].itertuples():
        rows, name = mine[mine.deal == deal.deal], clean(f"{deal.weapon} {year_in(deal.deal)}", 22)
        band = (rows["first"].min() * scale, rows["last"].max() * scale)
        for (first, last, stance), same in rows.groupby(["first", "last", "stance"]):
            text = clean(f"{words_of(same.low.iloc[0], same.high.iloc[0], attribute)}, {'; '.join(voices(same))}", 54)
            yield {"name": name, "band": band, "stem": True, "marks": [(first * scale, last * scale, stance, text)]}
            name = ""
    none = [clean(f"{d.weapon} {year_in(d.deal)}", 24) for d in deals.itertuples() if d.deal not in set(mine.deal)]
    if none:
        yield {"name": "none claimed", "grey": clean("; ".join(none), 100)}


def statement_lines(marks, deals):
    """Lines of the section on statements: who denies left, who affirms right, a band where both do."""
    names = country_names()
    yield {"name": "Other claims", "head": "ink", "columns": ("denied by", "affirmed by")}
    mine = marks[marks.shown == "statement"]
    for deal in deals[deals.deal.isin(mine.deal)].itertuples():
        pair = " → ".join(names.get(code, code) for code in (deal.supplier, deal.recipient))
        yield {"name": clean(f"{deal.weapon}, {pair}, {year_in(deal.deal) or 'order undated'}", 110), "head": "rule"}
        for attribute, rows in mine[mine.deal == deal.deal].groupby("attribute"):
            sides = [listed(voices(rows[rows.stance == stance])) for stance in ("denies", "affirms")]
            name, band = attribute.replace("_", " "), (0.14 - LEFT, PLOT) if all(sides) else None
            for texts in zip_longest(*sides):
                cells = zip((0, PLOT / 2), ("denies", "affirms"), texts, strict=True)
                yield {"name": name, "band": band, "marks": [(x, x, kind, text) for x, kind, text in cells if text]}
                name = ""


def listed(voices):
    """At most VOICES lines, the last of which counts the speakers that are left."""
    left = len(voices) - VOICES + 1
    return voices if left < 2 else [*voices[: VOICES - 1], f"and {left:,} other speakers"]


def draw_line(ax, line, y, ink):
    """One line of the figure: its rule (for a head, in the colour that it names), band, name and marks."""
    top, head, band = y - LINE / 2, line.get("head"), line.get("band")
    if head:
        ax.plot([0.2 - LEFT, PLOT], [top + 0.01] * 2, color=ink[head], lw=0.7, clip_on=False)
    if band:
        first, last = band
        ax.add_patch(Rectangle((first, top), last - first, LINE, fc=ink["band"], ec=ink["band"], lw=0.3, clip_on=False))
    ax.text(0.2 - LEFT, y, line["name"], va="center_baseline", weight="bold" if head else "normal")
    ax.text(-0.06, y, line.get("grey", ""), va="center_baseline", color=ink["grey"])
    for x, words in zip((0, PLOT / 2), line.get("columns", ()), strict=False):
        ax.text(x - 0.06, y, words, va="center_baseline", color=ink["grey"])
    for claim in line.get("marks", ()):
        draw_claim(ax, y, *claim, line.get("stem"), ink)


def draw_claim(ax, y, first, last, stance, text, stem, ink):
    """One mark with its words: beside it, or for a figure in the column on the right with a stem from zero."""
    shape = look(stance, ink)
    if stem:
        ax.plot([0, first], [y, y], color=ink["grey"], lw=0.8, ls=":")
    ax.plot([first, last], [y, y], color=shape["mec"], lw=1.3, clip_on=False)
    ax.plot([first, last], [y, y], clip_on=False, **shape)
    ax.text((PLOT / 2 if stem else last) + 0.12, y, text, va="center_baseline")


def draw_deals(deals, claims, documents, title, subtitle, source, note="", theme="light"):
    """Axes with what each speaker claims of each deal: figures to scale from zero, other claims as denied or affirmed.
    Takes the tables `deals`, `claims`, `documents`; draws the twelve deals with most claims; the note counts the rest.
    """
    order = deals.assign(n=deals.affirmed + deals.denied).sort_values(["n", "deal"], ascending=[False, True]).head(12)
    every = mark_rows_of_deals(deals, claims, documents)
    marks = every[every.deal.isin(order.deal)]
    lines = [line for attribute in FIGURES for line in (*figure_lines(marks, order, attribute), {"name": ""})]
    lines += statement_lines(marks, order)
    note = f"{note} Claims drawn: {len(marks):,}, on {len(order):,} of {len(deals):,} deals; left out: " \
           f"{(every.shown == 'unresolved').sum():,} that fit no single deal. " \
           "Shaded: from the lowest to the highest figure, or denied and affirmed. (2): two claims of one speaker."
    with style(theme) as ink:
        ax = page(LINE * len(lines) if len(order) else 1, title, subtitle, source, note, ink)
        if order.empty:
            return ax.text(PLOT / 2, 0.5, "no deals", ha="center", size=12).axes
        for number, line in enumerate(lines):
            draw_line(ax, line, LINE * (number + 0.5), ink)
        draw_key(ax, {"affirms": None, "denies": None}, ink)
    return ax
