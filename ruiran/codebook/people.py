"""Looks persons up: their names in a text, the office printed beside a name, the terms in which they held it."""
import re
from functools import lru_cache

REACH = 60  # characters beside a name in which its title is printed
BEHIND = re.compile(r", (?:who (?:is|was) |also )?(?:the |a |an |its |his |then )?(?:[\w'.]+ ){0,4}")
BETWEEN = re.compile(r"(?: of [\w' -]{2,30}?)?,? ?(?:[A-Z]\. ?){0,2}(?:[A-Z][\w.-]+ ){0,2}")


@lru_cache(maxsize=None)
def terms(book, person):
    """The rows of codebook `offices` of one person."""
    return tuple(r for r in book.rows("offices") if r.person == person)


def named(book, text):
    """(person, start, end) of every person of the codebook whom the text names in full."""
    for r, m in book.matches("persons", text):
        yield r.person, m.start(), m.end()


def title_beside(book, text, start, end):
    """(office, former?) printed in front of a name or, behind a comma, after it; ('', False) where none is."""
    left, right = text[max(start - REACH, 0):start], text[end:end + REACH]
    found = []
    for r in book.near("titles", text):
        found += [(m, r.office) for m in r.regex.finditer(left) if BETWEEN.fullmatch(left[m.end():])]
        m = r.regex.search(right)
        found += [(m, r.office)] if m and BEHIND.fullmatch(right[:m.start()]) else []
    if not found:
        return "", False
    title, office = max(found, key=lambda f: len(f[0][0]))
    former = "|".join(sorted(book.words("former")))
    return office, bool(re.search(rf"\b(?:{former})\b[\w' -]{{0,25}}$", title.string[:title.start()]))


def same_office(title, office):
    """True where the printed title may mean the codebook's office: 'ambassador' and 'ambassador to Russia'."""
    if any(word in office and word not in title for word in ("deputy", "first ", "vice")):
        return False
    return title == office or office.startswith(title + " ") or office.endswith(" " + title)


def held(r, first, last):
    """True where the office may have been held on one of the days first to last (dates; None = open)."""
    until = r.until or "9999"
    return r.since <= str(last or "9999") and str(first or "0000")[:len(until)] <= until
