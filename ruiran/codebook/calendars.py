"""Days, months, years and decades that the words alone tell: from groups of a pattern to first day, last day, EDTF."""
import calendar
from datetime import date, timedelta

MONTHS = [m.lower()[:3] for m in calendar.month_name[1:]]
DAY = timedelta(days=1)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # month in which each begins


def month_number(name):
    """The number of a month by its name or its first three letters."""
    return MONTHS.index(name.lower()[:3]) + 1


def full_year(text):
    """A year as a number; of two figures, '07' is 2007 and '87' is 1987."""
    y = int(text)
    return y + (0 if y > 99 else 2000 if y < 50 else 1900)


def day(g):
    """(first, last, EDTF) of 27 December 2000: one day."""
    d = date(full_year(g["y"]), int(g["mn"]) if "mn" in g else month_number(g["m"]), int(g["d"]))
    return d, d, str(d)


def day_numeric(g):
    """(first, last, EDTF): 12/27/2000 and 27/12/2000 are clear; 12/06/2010 may be either day, so both are kept."""
    a, b, y = int(g["a"]), int(g["b"]), full_year(g["y"])
    options = sorted({date(y, m, d) for m, d in ((a, b), (b, a)) if m <= 12})
    if not options:
        raise ValueError(g)
    edtf = str(options[0]) if len(options) == 1 else f"[{options[0]},{options[-1]}]"
    return options[0], options[-1], edtf


def day_range(g):
    """(first, last, EDTF) of 12 to 15 March 2001; ValueError where the last day comes first."""
    y, m = int(g["y"]), month_number(g["m"])
    first, last = date(y, m, int(g["d"])), date(y, m, int(g["d2"]))
    if last < first:
        raise ValueError(g)
    return first, last, f"{first}/{last}"


def month_end(y, m):
    """The last day of a month."""
    return date(y, m, calendar.monthrange(y, m)[1])


def month(g):
    """(first, last, EDTF) of a month or of a part of one, 'late October 1996'."""
    y, m = int(g["y"]), month_number(g["m"])
    return part_of(date(y, m, 1), month_end(y, m), g.get("part"), f"{y}-{m:02d}")


def year(g):
    """(first, last, EDTF) of a year or of a part of one, 'the end of 2005'."""
    y = int(g["y"])
    return part_of(date(y, 1, 1), date(y, 12, 31), g.get("part"), str(y))


def decade(g):
    """(first, last, EDTF) of a decade or of a part of one, 'late in the 1980s', 'the nineties'."""
    tens = {"ninet": 1990, "eight": 1980, "seven": 1970, "sixti": 1960}
    y = int(g["y"]) if "y" in g else tens[g["words"][:5]]
    return part_of(date(y, 1, 1), date(y + 9, 12, 31), g.get("part"), f"{y // 10}X")


def span_years(g):
    """(first, last, EDTF) of 1992 to 2000; ValueError where the last year comes first."""
    first, last = int(g["y"]), int(g["y2"])
    if last < first:
        raise ValueError(g)
    return date(first, 1, 1), date(last, 12, 31), f"{first}/{last}"


def part_of(first, last, part, edtf):
    """(first, last, EDTF) of a part of a decade, year or month, a row of codebook `parts`; ends are approximate: ~."""
    if not part:
        return first, last, edtf
    unit = "decade" if last.year > first.year else "year" if last.month > first.month else "month"
    low, high = (int(n) for n in getattr(part, unit).split("-"))
    if unit == "decade":
        first, last = date(first.year + low, 1, 1), date(first.year + high, 12, 31)
        return first, last, f"{first.year}~/{last.year}~"
    if unit == "year":
        first, last = date(first.year, low, 1), month_end(first.year, high)
        return first, last, f"{first:%Y-%m}~/{last:%Y-%m}~"
    first, last = first.replace(day=low), last.replace(day=min(high, last.day))
    return first, last, f"{first}~/{last}~"


def season(word, y):
    """(first, last, EDTF) of a season of three months by the year in which it begins."""
    m = SEASONS[word]
    first = date(y, m, 1)
    last = month_end(y + (m == 12), (m + 1) % 12 + 1)
    return first, last, f"{first:%Y-%m}~/{last:%Y-%m}~"


def season_year(g):
    """(first, last, EDTF) of the summer of 2010."""
    return season(g["unit"].lower(), int(g["y"]))


def first_day(text):
    """The first day of 2007, 2007-02 or 2007-02-15; None where the text is empty."""
    return date.fromisoformat(text + "-01-01"[3 * text.count("-"):]) if text else None


def last_day(text):
    """The last day of 2007, 2007-02 or 2007-02-15; None where the text is empty."""
    if not text:
        return None
    year, *rest = (int(p) for p in text.split("-"))
    if len(rest) == 2:
        return date(year, *rest)
    return month_end(year, *rest) if rest else date(year, 12, 31)


# Kind of expression in codebook `times` -> what reads it.
ABSOLUTE = {"day": day, "day_numeric": day_numeric, "day_range": day_range, "month": month, "year": year,
            "year_part": year, "season_year": season_year, "decade": decade, "span_years": span_years}
