"""Collections like those of ruiran.collection whose items lie in the processes of a Dask cluster."""
from functools import partial
from pathlib import Path
from zlib import crc32

import dask.bag

from ..collection import Here
from . import parts


class There:
    """Items in a Dask Bag, of which only those with the same key ever meet."""

    def __init__(self, bag):
        self.bag = bag

    def each(self, of):
        """What `of(item)` yields for each item."""
        return There(self.bag.map_partitions(each_of, of=of))

    def by_key(self, of):
        """What `of(key, values)` yields for each key of the items, which are (key, value). Kept, as it is asked again.
        """
        met = self.bag.groupby(bucket, npartitions=self.bag.npartitions, shuffle="tasks")
        return There(met.map_partitions(by_key_of, of=of).persist())

    def beside(self, *others):
        """These items and those of the others, part by part."""
        return There(self.bag.map_partitions(together, *(other.bag for other in others)))

    def like(self, items):
        """A collection of the same kind of other items, few enough for memory."""
        size, items = self.bag.npartitions, list(items)
        return There(dask.bag.from_sequence([items[n::size] for n in range(size)], npartitions=size).flatten())

    def found(self):
        """The items as a list."""
        return self.bag.compute()


class Founds(There):
    """The Founds of parts, which stay on disk: the items are (number of a part, (its folder, what is told of its
    Founds))."""

    def each(self, of):
        """What `of(found)` yields for each Found."""
        return super().each(partial(each_found, of=of))

    def joined(self, *told):
        """The Founds with what is told of them, (name of a Found, Told)s."""
        return Founds(self.beside(*(some.each(by_part) for some in told)).by_key(gathered).bag)


def each_found(item, of):
    """What `of(found)` yields for each Found of a part, with what is told of it."""
    for found in parts.founds(*item[1]):
        yield from of(found)


def by_part(told):
    """(the number of the part that has the Found, what is told with the Found's name)."""
    (_, order), _ = told
    yield order[0], told


def gathered(number, items):
    """A part with all that is told of its Founds."""
    (folder, told), = (x for x in items if isinstance(x[0], Path))
    yield number, (folder, [*told, *(x for x in items if not isinstance(x[0], Path))])


def bucket(item):
    """A number for the key of an item, the same in every process; numbers are spread evenly."""
    key = item[0]
    return key if isinstance(key, int) else crc32(repr(key).encode("utf-8", "surrogatepass"))


def together(*some):
    """The items of partitions as one."""
    return [item for items in some for item in items]


def each_of(items, of):
    """What Here.each gives of the items of a partition."""
    return Here(items).each(of).items


def by_key_of(met, of):
    """What Here.by_key gives of the items of a partition, in buckets."""
    return Here(item for _, items in met for item in items).by_key(of).items
