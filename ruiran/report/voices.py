"""The figure of who says what of each deal, a column for each side that speaks; beside it the table of its marks."""
import re
import textwrap

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from .. import codebook
from ..records import body_part, country_part
from . import charts
from .charts import LEFT, PLOT, clean
from .words import ABOUT, figure, printed_by

PRESS, UNKNOWN, OTHERS = "the press", "side unknown", "others"
DEALS, SIDES = 12, 6  # deals and columns that are drawn at most
SUMS, NAMES = 4, 4  # sums, and names beside one mark, that a cell lists at most; more are counted
LINE, CHAR, SMALL, FINE = 0.135, 0.066, 0.06, 6.5  # inches of a line, a character, a small one; points of small ones


def side_names():
    """Sides in words by code: the capital where the codebook has one name for it, else the state or the body."""
    rows = codebook.load().rows("actors")[::-1]  # the first row of a code holds
    capitals = {r.code: r.regex.search(r.example)[0] for r in rows
                if r.kind == "capital" and ":" not in r.code and one_name(r.pattern)}
    return codebook.load().names() | capitals


def one_name(pattern):
    """True for a pattern that spells one name, in small letters and in capitals."""
    names = re.sub(r"\([^()]*\)\??", "", pattern).split("|")
    return sum(not name.isupper() for name in names) == 1


def told(claims, documents, mentions):
    """The claims with a row for each of their speakers, in their order: columns `code` (the speaker), `side` (in words)
    and `who` (in few letters: the speaker's name, '' for a state, the article's label where it speaks itself)."""
    people = mentions[(mentions.kind == "person") & (mentions.country != "")]
    places = dict(zip(zip(people.doc_id, people.code, strict=True), people.country, strict=True))
    labels, names = printed_by(documents), side_names()
    codes = claims.speaker.map(lambda cell: cell.split(";"))
    rows = claims.assign(code=codes).explode("code").reset_index(drop=True)
    side = [side_of(r.code, places.get((r.doc_id, r.code)), names) for r in rows.itertuples()]
    who = [short(r.code, names) if r.code else clean(labels[r.doc_id], 30)
           for r in rows.itertuples()]
    return rows.assign(side=pd.Series(side, dtype="string"), who=pd.Series(who, dtype="string"))


def side_of(code, country, names):
    """The side of one speaker in words; `country` is the one that the article has for a person, if any."""
    book = codebook.load()
    if not code or any(r.code == code and r.kind == "media" for r in book.rows("actors")):
        return PRESS  # a newspaper of Moscow is not Moscow
    person = book.keyed("persons", "person").get(code)
    return names.get(country or (person.country if person else country_part(code)), UNKNOWN)


def short(code, names):
    """A speaker's name in few letters: 'S. Ivanov', 'Rosoboronexport', 'unnamed'; '' for a state."""
    person = codebook.load().keyed("persons", "person").get(code)
    if person and not code.startswith(person.surname):
        return f"{code[0]}. {person.surname}"
    return "" if code in names else clean(body_part(code), 40)


def ordered(sides):
    """Sides (a Series, one a claim), each once: the pair's, the third parties by number of claims, the press."""
    names, counts = side_names(), sides.value_counts()
    pair = [names[code] for code in codebook.load().pair]
    third = [side for side in counts.index if side not in (*pair, PRESS)]
    third.sort(key=lambda side: (side == UNKNOWN, -counts[side], side))
    return pair, third, [PRESS] if PRESS in counts else []


def mark_rows_of_voices(deals, claims, documents, mentions):
    """A row for each claim that fits a deal and each side that makes it: `claim_id`, `deal`, `attribute`, `side`, `who`
    (short name; '' for the state), `stance`, `figure` (in words, '' for none), `disputed`."""
    rows = told(claims[claims.deal.isin(deals.deal)], documents, mentions)
    disputed = {deal.deal: deal.disputed.split(";") for deal in deals.itertuples()}
    figures = [figure(r.low, r.high, r.attribute) if r.attribute in ("value", "quantity") else ""
               for r in rows.itertuples()]
    differ = [r.attribute in disputed[r.deal] for r in rows.itertuples()]
    rows = rows.assign(figure=pd.Series(figures, dtype="string"), disputed=pd.Series(differ, dtype=bool))
    return rows["claim_id deal attribute side who stance figure disputed".split()]


def headline_of_voices(deals, claims, documents, mentions):
    """A finding in at most ten words: which two states differ on most points, else on how many points speakers do."""
    marks = mark_rows_of_voices(deals, claims, documents, mentions)
    points = marks.groupby(["deal", "attribute"])
    if marks.empty:
        return "No deals"
    against = [(pair, deal) for (deal, _), rows in points if rows.disputed.any() for pair in opposed(rows)]
    counts = pd.Series([pair for pair, _ in against], dtype=object).value_counts()
    if pair := leading(counts):
        many, on = counts.max(), {deal for two, deal in against if two == pair}
        what = f" of {clean(deals.set_index('deal').weapon[on.pop()], 20)}" if len(on) == 1 else ""
        line = f"{' and '.join(pair)} differ most, on {many:,} point{'s' if many > 1 else ''}{what}"
        if len(line.split()) <= 10:
            return line
    return f"Speakers differ on {points.disputed.any().sum():,} of {points.ngroups:,} points"


def leading(counts):
    """The one index of the highest count above zero; '' where there is none or several."""
    top = counts[(counts == counts.max()) & (counts > 0)]
    return top.index[0] if len(top) == 1 else ""


def opposed(rows):
    """The pairs of states of which, on one point, one affirms what the other denies, or whose figures do not meet."""
    said = {side: set(zip(own.stance, own.figure, strict=True)) for side, own in rows.groupby("side")}
    pair, third, _ = ordered(rows.side)
    states = [side for side in (*pair, *third) if side in said and side != UNKNOWN]
    for n, one in enumerate(states):
        for two in states[n + 1:]:
            stances = {(a[0], b[0]) for a in said[one] for b in said[two]}
            figures = [{figure for stance, figure in said[side] if figure} for side in (one, two)]
            if any(a != b for a, b in stances) or all(figures) and not figures[0] & figures[1]:
                yield one, two


def columns_of(marks):
    """(heads of the columns, marks with `side` one of them): the sides with fewest claims are put together."""
    pair, third, press = ordered(marks.side)
    room = SIDES - len(pair) - len(press)
    kept = third if len(third) <= room else third[:room - 1]
    other = marks.side.isin(third[len(kept):])
    full = [f"{m.who} ({m.side})" if m.who and m.side != UNKNOWN else m.who or m.side for m in marks.itertuples()]
    marks = marks.assign(who=marks.who.mask(other, pd.Series(full, marks.index, "string")),
                         side=marks.side.mask(other, OTHERS))
    return [*pair, *kept, *([OTHERS] if other.any() else []), *press], marks


def cell_lines(rows, side, wide):
    """The lines of one cell, `wide` inches: (stance or '' for no mark, words, whether they are small)."""
    lines, groups = [], list(rows.groupby(["stance", "figure"]))
    for (stance, number), same in groups[:SUMS]:
        who = list(dict.fromkeys(same.who))
        most = int(wide / SMALL)
        who = [] if who == [""] else [whole(name or side, most) for name in who]
        if len(who) > NAMES:
            who[NAMES - 1:] = [whole(f"{len(who) - NAMES + 1:,} more", most)]
        names = ", ".join(who)
        texts = [(text, False) for text in textwrap.wrap(whole(number), int(wide / CHAR))]
        texts += [(text, True) for text in textwrap.wrap(names, most)]
        lines += [(stance * (n == 0), *text) for n, text in enumerate(texts or [("", False)])]
    return lines + ([("", f"and {len(groups) - SUMS:,} more", True)] if len(groups) > SUMS else [])


def whole(text, most=0):
    """The text with spaces at which no line ends: within '$1 billion', 'S. Ivanov', 'Russia → Iran', before 'undated',
    and within a text of less than `most` characters."""
    return re.sub(" " if len(text) < most else r"(?<=[\d.→]) | (?=→|undated)", "\xa0", text)


def heading(deal):
    """A deal in words: 'Tor-M1, Russia → Iran, 2005'."""
    names, year = codebook.load().names(), deal.deal.rsplit("-", 1)[-1]
    pair = " → ".join(names.get(code, code) for code in (deal.supplier, deal.recipient))
    return f"{clean(deal.weapon, 40)}, {pair}, {'order undated' if year == 'nd' else clean(year, 4)}"


def blocks_of_voices(deals, marks, heads):
    """The blocks of the figure, a heading for each deal and a row for each attribute that is claimed of it."""
    wide = PLOT / len(heads) - 0.2
    for deal in deals.itertuples():
        own, title = marks[marks.deal == deal.deal], textwrap.wrap(whole(heading(deal)), 22)
        yield 0.2 + LINE * len(title), draw_heading, (title, heads)
        for attribute in (a for a in ABOUT if a in set(own.attribute)):
            said = own[own.attribute == attribute]
            spoken = dict(list(said.groupby("side")))
            cells = [cell_lines(spoken[side], side, wide) if side in spoken else [] for side in heads]
            yield 0.09 + LINE * max(1, *map(len, cells)), draw_row, (attribute, said.disputed.any(), cells)


def draw_blocks(ax, blocks, ink):
    """Blocks from the top, each (inches that it needs, function that draws it, what that takes)."""
    top = 0
    for deep, draw, given in blocks:
        draw(ax, top, deep, *given, ink)
        top += deep


def draw_heading(ax, top, deep, title, heads, ink):
    """A deal in words, in lines, and the heads of the columns."""
    ax.plot([0.2 - LEFT, PLOT], [top + 0.09] * 2, color=ink["ink"], lw=0.7, clip_on=False)
    ax.text(0.2 - LEFT, top + 0.14, "\n".join(title), va="top", weight="bold", linespacing=1.2)
    for n, head in enumerate(heads):
        ax.text(n * PLOT / len(heads) + 0.04, top + 0.14, clean(head, 16), va="top", weight="bold", color=ink["grey"])


def draw_row(ax, top, deep, attribute, disputed, cells, ink):
    """What the sides say on one attribute of a deal, a cell each; shaded where speakers differ."""
    if disputed:
        left, wide = 0.14 - LEFT, PLOT + LEFT - 0.14
        ax.add_patch(Rectangle((left, top), wide, deep, fc=ink["band"], lw=0, clip_on=False, zorder=0))
    ax.text(0.2 - LEFT, top + 0.115, ABOUT[attribute], va="center_baseline")
    for n, lines in enumerate(cells):
        draw_cell(ax, n * PLOT / len(cells) + 0.1, top + 0.115, lines, ink)


def draw_cell(ax, x, y, lines, ink):
    """The lines of one cell, the first at height y; a thin dot where there are none."""
    if not lines:
        ax.plot(x, y, ".", ms=2.5, color=ink["grey"])
    for n, (stance, words, small) in enumerate(lines):
        if stance:
            ax.plot(x, y + n * LINE, **charts.look(stance, ink))
        ax.text(x + 0.11, y + n * LINE, words, va="center_baseline", size=FINE if small else 7.5)


def draw_voices(deals, claims, documents, mentions, title, subtitle, source, note="", theme="light"):
    """Axes with who affirms and who denies what of the twelve deals with most claims, a column for each side; the note
    counts the rest. Takes the tables `deals`, `claims`, `documents`, `mentions`."""
    every = mark_rows_of_voices(deals, claims, documents, mentions)
    counts = every.groupby("deal").claim_id.nunique().sort_values(ascending=False, kind="stable")
    most = deals.drop_duplicates("deal").set_index("deal", drop=False).loc[counts.index[:DEALS]]
    heads, marks = columns_of(every[every.deal.isin(most.deal)])
    blocks = list(blocks_of_voices(most, marks, heads))
    note = (f"{note} Claims drawn: {counts[:DEALS].sum():,}, on {len(most):,} of {len(counts):,} deals; left out: "
            f"{counts[DEALS:].sum():,} on other deals, {len(claims) - counts.sum():,} that fit no single deal. "
            "A mark without a name is the state's.")
    with charts.style(theme) as ink:
        ax = charts.page(sum(block[0] for block in blocks) or 1, title, subtitle, source, note, ink)
        if not blocks:
            return ax.text(PLOT / 2, 0.5, "no deals", ha="center", size=12).axes
        draw_blocks(ax, blocks, ink)
        silent = Line2D([], [], marker=".", ms=2.5, color=ink["grey"], ls="")
        differ = Rectangle((0, 0), 1, 1, fc=ink["band"], ec=ink["rule"], lw=0.5)
        charts.draw_key(ax, {"affirms": None, "denies": None, "silent": silent, "speakers differ": differ}, ink)
    return ax
