"""What is asked of all articles is asked by key: items in memory. On several machines scale.There does the same."""
from collections import defaultdict
from itertools import chain


class Here:
    """Items, of which only those with the same key ever meet."""

    def __init__(self, items):
        self.items = list(items)

    def each(self, of):
        """What `of(item)` yields for each item."""
        return Here(found for item in self.items for found in of(item))

    def by_key(self, of):
        """What `of(key, values)` yields for each key of the items, which are (key, value)."""
        groups = defaultdict(list)
        for key, value in self.items:
            groups[key].append(value)
        return Here(found for key, values in groups.items() for found in of(key, values))

    def beside(self, *others):
        """These items and those of the others."""
        return Here(chain(self.items, *(other.items for other in others)))

    def like(self, items):
        """A collection of the same kind of other items, few enough for memory."""
        return Here(items)

    def found(self):
        """The items as a list."""
        return self.items


class Founds(Here):
    """The Founds of articles."""

    def joined(self, *told):
        """The Founds with what is told of them, (name of a Found, Told)s."""
        more = defaultdict(list)
        for name, one in chain(*(some.items for some in told)):
            more[name].append(one)
        return Founds(found.with_told(more.get(found.name, ())) for found in self.items)
