"""What a person calls each article: 'UPI 2007'; the one place that names them."""
from collections import defaultdict
from dataclasses import replace
from string import ascii_lowercase
from textwrap import shorten


def labelled(articles):
    """The articles by doc_id, each with its label; of those called alike each has a letter, in the order of their days.
    """
    alike = defaultdict(list)
    for doc_id, article in sorted(articles.items(), key=lambda found: (found[1].published_from, found[0])):
        alike[label(article)].append(doc_id)
    names = {doc_id: name if len(own) == 1 else f"{name}{letter(n)}"
             for name, own in alike.items() for n, doc_id in enumerate(own)}
    return {doc_id: replace(article, label=names[doc_id]) for doc_id, article in articles.items()}


def label(article):
    """The outlet, else the first words of the title, else the file, and the years that are possible."""
    name = article.outlet or shorten(article.title, 20, placeholder="…") or article.file
    years = sorted({day[:4] for day in (article.published_from, article.published_to) if day})
    return f"{name} {'-'.join(years) or 'undated'}"


def letter(n):
    """a to z for 0 to 25, aa for the next."""
    return (letter(n // 26 - 1) if n > 25 else "") + ascii_lowercase[n % 26]
