"""A collection like collection.Here whose items lie in the processes of a Dask cluster."""
from zlib import crc32

import dask.bag

from ..collection import Here


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
        """These items and those of the others."""
        whole = dask.bag.concat([self.bag, *(other.bag for other in others)])
        return There(whole.repartition(npartitions=self.bag.npartitions))

    def like(self, items):
        """A collection of the same kind of other items, few enough for memory."""
        return There(dask.bag.from_sequence(items, npartitions=self.bag.npartitions))

    def found(self):
        """The items as a list."""
        return self.bag.compute()


def bucket(item):
    """A number for the key of an item, the same in every process."""
    return crc32(repr(item[0]).encode("utf-8", "surrogatepass"))


def each_of(items, of):
    """What Here.each gives of the items of a partition."""
    return Here(items).each(of).items


def by_key_of(met, of):
    """What Here.by_key gives of the items of a partition, in buckets."""
    return Here(item for _, items in met for item in items).by_key(of).items
