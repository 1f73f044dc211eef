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


def one_day(d):
    """(first, last, EDTF) of a single day."""
    return d, d, str(d)


def span(first, last, begin="", end=""):
    """(first, last, EDTF) of a span of days; '~' marks an end that is approximate."""
    return first, last, f"{first}{begin}/{last}{end}"


def day(g):
    """(first, last, EDTF) of 27 December 2000, or of 12 to 15 March 2001."""
    y, m = full_year(g["y"]), int(g["mn"]) if "mn" in g else month_number(g["m"])
    first = date(y, m, int(g["d"]))
    return span(first, date(y, m, int(g["d2"]))) if "d2" in g else one_day(first)


def day_numeric(g):
    """(first, last, EDTF): 12/27/2000 and 27/12/2000 are clear; 12/06/2010 may be either day, so both are kept."""
    a, b, y = int(g["a"]), int(g["b"]), full_year(g["y"])
    options = sorted({date(y, m, d) for m, d in ((a, b), (b, a)) if m <= 12})
    if not options:
        raise ValueError(g)
    first, last = options[0], options[-1]
    return one_day(first) if first == last else (first, last, f"[{first},{last}]")


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
    """(first, last, EDTF) of 1992 to 2000."""
    return date(int(g["y"]), 1, 1), date(int(g["y2"]), 12, 31), f"{g['y']}/{g['y2']}"


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
        return months(date(first.year, low, 1), first.year, high)
    return span(first.replace(day=low), last.replace(day=min(high, last.day)), "~", "~")


def months(first, y, m):
    """(first, last, EDTF) of the months from the day `first` to the month m of the year y, about."""
    last = month_end(y, m)
    return first, last, f"{first:%Y-%m}~/{last:%Y-%m}~"


def season(word, y):
    """(first, last, EDTF) of a season of three months by the year in which it begins."""
    m = SEASONS[word]
    return months(date(y, m, 1), y + (m == 12), (m + 1) % 12 + 1)


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
ABSOLUTE = {"day": day, "day_numeric": day_numeric, "day_range": day, "month": month, "year": year, "year_part": year,
            "season_year": season_year, "decade": decade, "span_years": span_years}
