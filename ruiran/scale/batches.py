"""A folder as batches of articles that one process codes at a time; large files of rows are cut."""
import codecs
import hashlib
from dataclasses import dataclass, replace
from itertools import groupby

from ..reading import corpus, formats

FILES = 200          # of a batch
BYTES = 1_000_000    # of a cut of JSON Lines at most, and of a file that is cut
CUTS = 12            # of a small file, so that several processes end at about the same time
BLOCK = 1 << 20
CUT = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Batch:
    """Sources whose articles are coded together, and their number among all."""

    number: int
    sources: tuple

    @property
    def size(self):
        """Its bytes on disk; of a cut of Parquet, which is counted in row groups, about so many."""
        return sum(s.path.stat().st_size if not s.cut else s.cut.bytes for s in self.sources if s.path.exists())

    @property
    def name(self):
        """What its files are called."""
        return f"{self.number:06}"


def batches_of(sources):
    """The Batches of Sources, in their order; those whose articles might have one doc_id are in one."""
    number, some = 0, []
    for _, alike in groupby(sources, key=lambda s: corpus.doc_id_of(s.name)):
        alike = tuple(alike)
        cuts = cuts_of(alike[0]) if len(alike) == 1 else [alike[0]]
        if len(cuts) > 1 or len(some) >= FILES:
            if some:
                yield Batch(number, tuple(some))
                number, some = number + 1, []
        if len(cuts) > 1:
            for cut in cuts:
                yield Batch(number, (cut,))
                number += 1
        else:
            some += alike
    if some:
        yield Batch(number, tuple(some))


def cuts_of(source):
    """A file in parts, as Sources: [the Source itself] where it is not large or no file of rows that can be cut."""
    ending = source.path.suffix.lower()
    try:
        if ending == ".parquet":
            cuts = groups_in(source.path)
        elif ending in CUT and source.path.stat().st_size > BYTES:
            cuts = lines_in(source.path)
        else:
            cuts = ()
    except (OSError, ValueError):  # who reads it says what is wrong
        cuts = ()
    expected = source.about.get("sha256", "")
    if len(cuts) < 2 or expected not in ("", cuts[0].sha256):
        return [source]
    return [replace(source, cut=cut) for cut in cuts]


def lines_in(path):
    """The Cuts of a file of JSON Lines, at line ends; () for one that is no UTF-8, or whose lines end in another way.
    """
    sha256, utf8, at, lines, ends = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0, 0, [(0, 0)]
    size = min(BYTES, max(path.stat().st_size // CUTS, BYTES // 16))
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            block += file.readline()
            if b"\r" in block or b"\x00" in block:
                return ()
            sha256.update(block)
            utf8.decode(block)
            for part in range(0, len(block), size):
                end = block.find(b"\n", part + size) + 1
                if end and at + end > ends[-1][0]:
                    ends.append((at + end, lines + block.count(b"\n", 0, end)))
            at, lines = at + len(block), lines + block.count(b"\n")
    ends = ends if ends[-1][0] == at else [*ends, (at, lines)]
    whole = sha256.hexdigest()
    return [formats.Cut(a, b, before, whole, b - a) for (a, before), (b, _) in zip(ends, ends[1:], strict=False)]


def groups_in(path):
    """The Cuts of a Parquet file: its row groups."""
    arrow = formats.library("pyarrow.parquet", "Parquet files")
    with arrow.ParquetFile(path) as file:
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    sha256 = corpus.hash_of(path) if len(sizes) > 1 else ""
    share = path.stat().st_size // max(len(sizes), 1)
    return [formats.Cut(n, n + 1, sum(sizes[:n]), sha256, share) for n in range(len(sizes))]
