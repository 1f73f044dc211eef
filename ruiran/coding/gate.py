"""What never needs a parse: an article that cannot be about the pair's arms, whatever its grammar.

Asks the codebook's own patterns what scope.left_out asks of mentions. A mention of a state, a person or a weapon stands
only where a pattern or a surname does, so what the gate stops has neither events nor claims.
"""
from functools import lru_cache

from ..naming.names import WORD, surnames_by_head
from ..speech.issuers import signed
from ..speech.turns import SHOWN
from .scope import why


def stopped(lines, paragraphs, book):
    """Why an article is not parsed, in words; '' for one that is. `paragraphs` are its kept text, unparsed."""
    spoken, words = may_be_spoken(lines, paragraphs, book), {w for p in paragraphs for w in WORD.findall(p.text)}
    missing = [code for code in book.pair if not spoken and not may_name(code, paragraphs, words, book)]
    armed = not missing and any(r.generic != "yes" for r in found_in("weapons", paragraphs, book))
    left_out = why(missing, armed, paragraphs, book)
    return left_out and f"not parsed: {left_out}"


def found_in(name, paragraphs, book):
    """The rows of a codebook file whose patterns find something."""
    return (r for p in paragraphs for r, _ in book.matches(name, p.text))


def may_be_spoken(lines, paragraphs, book):
    """True for what may be a transcript or a release: who speaks there may be named above the text alone, and in
    capitals."""
    if any(signed(x.text, book) for x in lines):
        return True
    starts = [(p.text[first - p.start:][:SHOWN], book.near("turns", p.text)) for p in paragraphs
              for _, first in p.lines if first >= p.start]
    return sum(any(r.regex.match(start) for r in rows) for start, rows in starts) > 1


def may_name(country, paragraphs, words, book):
    """True where a pattern of a state, its bodies and its persons finds something, or a surname of one is among the
    words."""
    if surnames_of(country, book) & words:
        return True
    return any(country in countries_of(r) for name in ("actors", "persons") for r in found_in(name, paragraphs, book))


def countries_of(row):
    """The countries that a row of codebook `actors` or `persons` gives a mention."""
    return {row.country, *getattr(row, "code", "").split(";")}


@lru_cache(maxsize=None)
def surnames_of(country, book):
    """The first words of the surnames of a country's persons."""
    own = {r.surname for r in book.rows("persons") if r.country == country}
    return {head for head, surnames in surnames_by_head(book).items() if own & set(surnames)}
