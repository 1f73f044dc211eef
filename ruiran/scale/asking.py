"""Requests to a model about an archive: in files of a size that batch endpoints take, none of them held in memory."""
import json
from collections import Counter, deque
from itertools import count

from .. import pipeline, store
from ..model.requests import estimate
from ..reading import corpus
from .batches import batches_of

MOST = 50_000          # requests of a file at most, and its bytes: what OpenAI's Batch API takes, with some room
LARGEST = 190_000_000
AHEAD = 8              # batches that are worked on, or wait, at once


def asked(batch, book):
    """([JSON of a request], about how many tokens they are, [rows of `problems`]) of the articles of a batch."""
    documents, problems = corpus.read_sources(batch.sources, book)
    tried = [(d, *pipeline.attempt_to_ask(d, book)) for d in documents]
    problems += [{"file": d.place, "problem": fault} for d, _, fault in tried if fault]
    made = [r for _, some, _ in tried for r in some]
    return [json.dumps(r, ensure_ascii=False) + "\n" for r in made], estimate(made), problems


def in_turn(batches, book, client=None):
    """What `asked` gives of each batch, in their order; with a Dask Client its processes do it."""
    if client is None:
        yield from (asked(batch, book) for batch in batches)
        return
    waiting = deque()
    for batch in batches:
        waiting.append(client.submit(asked, batch, book, pure=False))
        if len(waiting) >= AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def ask(folder, out, book, most=MOST, client=None):
    """Writes the requests about every article in `folder` that passes the gate into files in `out`, each whole or not
    at all; returns (how many requests, about how many tokens, problems). Raises corpus.Unreadable, store.OutError."""
    sources, problems = corpus.listed(folder)
    told = Counter()

    def lines():
        for made, tokens, faults in in_turn(batches_of(sources), book, client):
            problems.extend(faults)
            told.update(requests=len(made), tokens=tokens)
            yield from made

    files = []
    for part in in_files(lines(), most):
        files.append(out / f"requests-{len(files) + 1:06}.jsonl")
        store.write_text(files[-1], part)
    for old in set(out.glob("requests-*.jsonl")) - set(files):
        old.unlink()  # of a run before, with more
    return told["requests"], told["tokens"], sorted(corpus.said(problems), key=lambda row: row["file"])


def in_files(lines, most, largest=LARGEST):
    """The lines in parts of at most so many and so many bytes; each part is read before the next is asked for."""
    held = next(lines, None)

    def part():
        nonlocal held
        size = 0
        for n in count():
            if held is None or n and (n >= most or size + len(held.encode()) > largest):
                return
            size += len(held.encode())
            yield held
            held = next(lines, None)

    while held is not None:
        yield part()
