"""What never needs a parse: an article that cannot be about the pair's arms, whatever its grammar.

Asks the codebook's own patterns what scope.left_out asks of mentions. A mention of a state, a person or a weapon stands
only where a pattern or a surname does, so what the gate stops has neither events nor claims.
"""
from functools import lru_cache

from ..naming.names import WORD, surnames_by_head
from ..speech.issuers import signed
from ..speech.turns import SHOWN
from .scope import head_of, speaks_of_arms


def stopped(lines, paragraphs, book):
    """Why an article is not parsed, in words; '' for one that is. `paragraphs` are its kept text, unparsed."""
    text = "\n".join(p.text for p in paragraphs)
    if not may_be_spoken(lines, paragraphs, book):
        missing = [book.names().get(code, code) for code in book.pair if not may_name(code, text, paragraphs, book)]
        if missing:
            return f"not parsed: names no {' and no '.join(missing)}"
    armed = any(r.generic != "yes" and r.regex.search(p.text) for r in book.near("weapons", text) for p in paragraphs)
    if armed or speaks_of_arms(head_of(paragraphs), book):
        return ""
    return "not parsed: names no weapon, and neither its headline nor its lead speaks of arms, plant or space"


def may_be_spoken(lines, paragraphs, book):
    """True for what may be a transcript or a release: who speaks there may be named above the text alone, and in
    capitals."""
    text = "\n".join(x.text for x in lines)
    if book.near("releases", text) and any(signed(x.text, book) for x in lines):
        return True
    rows = book.near("turns", text)
    starts = [p.text[first - p.start:][:SHOWN] for p in paragraphs for _, first in p.lines if first >= p.start]
    return sum(any(r.regex.match(start) for r in rows) for start in starts) > 1


def may_name(country, text, paragraphs, book):
    """True where a pattern of a state, its bodies and its persons finds something, or a surname of one stands there;
    `text` is that of all paragraphs."""
    if surnames_of(country, book) & set(WORD.findall(text)):
        return True
    rows = [r for name in ("actors", "persons") for r in book.near(name, text) if country in countries_of(r)]
    return any(r.regex.search(p.text) for r in rows for p in paragraphs)


def countries_of(row):
    """The countries that a row of codebook `actors` or `persons` gives a mention."""
    return {row.country, *getattr(row, "code", "").split(";")}


@lru_cache(maxsize=None)
def surnames_of(country, book):
    """The first words of the surnames of a country's persons."""
    own = {r.surname for r in book.rows("persons") if r.country == country}
    return {head for head, surnames in surnames_by_head(book).items() if own & set(surnames)}
