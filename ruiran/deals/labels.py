"""What a person calls each article: 'UPI 2007'; the one place that names them."""
from string import ascii_lowercase
from textwrap import shorten

from ..records import Told


def called(found):
    """(what a Found's article is called, (its day, the Found's name))."""
    yield label(found.article), (found.article.published_from, found.name)


def lettered(name, articles):
    """(name of a Found, Told its label) of the articles (day, name of the Found) that are called alike: each of several
    has a letter, in the order of their days."""
    for n, (_, found) in enumerate(sorted(articles)):
        yield found, Told(found[0], "label", name if len(articles) == 1 else f"{name}{letter(n)}")


def label(article):
    """The outlet, else the first words of the title, else the file, and the years that are possible."""
    name = article.outlet or shorten(article.title, 20, placeholder="…") or article.file
    years = sorted({day[:4] for day in (article.published_from, article.published_to) if day})
    return f"{name} {'-'.join(years) or 'undated'}"


def letter(n):
    """a to z for 0 to 25, aa for the next."""
    return (letter(n // 26 - 1) if n > 25 else "") + ascii_lowercase[n % 26]
