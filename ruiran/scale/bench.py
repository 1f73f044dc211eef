"""How fast is it? `make bench` prints cold start, how time and memory grow, articles a second beside bare spaCy, and
the share of each stage; the articles are made here, from templates and a seed. Seconds are of the processor."""
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from time import process_time
from unittest.mock import patch

from .. import codebook, pipeline, tables
from ..coding import events
from ..dating import publication, times
from ..deals import claims
from ..naming import amounts, names
from ..reading import clean, corpus, language
from ..speech import quotes, speakers
from . import made_up

STAGES = {"reading": [(clean, "lines_of")], "parse": [(language, "parsed")],
          "dating": [(publication, "dates_of"), (times, "times_of")],
          "naming": [(names, "annotations_of"), (amounts, "amounts_of")],
          "speech": [(quotes, "quotations_of"), (speakers, "first_persons")], "coding": [(events, "events_of")],
          "claims": [(claims, "claims_of")], "corpus": [(pipeline, "clues_elsewhere"), (pipeline, "merged")],
          "tables": [(tables, "check")]}
LOAD = "from ruiran.reading import language; language.parser()"


def document(number, length=1):
    """The same as if it had been read from a file."""
    return corpus.Document(str(number), f"{number}.txt", "", made_up.article(number, length))


def cost(*command):
    """(seconds, megabytes at most) of Python with these arguments, in a process of its own; it is told at least the
    megabytes of the process that starts it."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (2 ** 20 if sys.platform == "darwin" else 2 ** 10)


def cost_of_coding(count):
    """The same of the command on so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            Path(folder, f"{number}.txt").write_text(made_up.article(number), encoding="utf-8")
        return cost("-m", "ruiran", "code", folder, "--out", str(Path(folder, "out")))


def seconds(function, *given):
    """The seconds that a call takes."""
    start = process_time()
    function(*given)
    return process_time() - start


def timed(function, stage, spent):
    """The function, its seconds added to `spent[stage]`; what it yields is asked for at once."""
    def call(*given):
        start = process_time()
        found = function(*given)
        found = list(found) if isinstance(found, Iterator) else found
        spent[stage] += process_time() - start
        return found
    return call


@lru_cache(maxsize=1)
def spacy():
    """spaCy's whole pipeline as it comes."""
    return language.model()


def bare(documents):
    """Has it read the documents."""
    return list(spacy().pipe(d.text for d in documents))


def coding(documents, book, spent):
    """The seconds of coding the documents; those of each stage are added to `spent`."""
    with ExitStack() as undo:
        for stage, functions in STAGES.items():
            for module, name in functions:
                undo.enter_context(patch.object(module, name, timed(getattr(module, name), stage, spent)))
        return seconds(pipeline.code_corpus, documents, book)


def report(counts=(10, 100, 1000), lengths=(1, 4, 16, 64), tries=3):
    """Lines of the table, (what, how fast); the corpora have `counts` articles, the articles `lengths`."""
    load, one = min(cost("-c", LOAD) for _ in range(tries)), min(cost_of_coding(1) for _ in range(tries))
    yield "cold start, spaCy and its model", f"{load[0]:.2f} s, {load[1]:.0f} MB"
    yield "cold start, ruiran code, an article", f"{one[0]:.2f} s, {one[1]:.0f} MB: {one[0] / load[0]:.2f} of that"
    for count in counts:
        whole, peak = cost_of_coding(count)
        yield f"{count:,} articles", f"{whole:.2f} s, {peak:.0f} MB"
    book, count = codebook.load(), counts[len(counts) // 2]
    pipeline.code_corpus([document(-n) for n in range(1, 6)], book)  # what is made once is made now
    for length in lengths:
        one = document(-9, length)
        yield f"an article of {len(one.text):,} characters", f"{seconds(pipeline.code_corpus, [one], book):.2f} s"
    spent, spacy, whole = Counter(dict.fromkeys(STAGES, 0.0)), 0.0, 0.0
    for some in ([document(n) for n in range(first, count, 5)] for first in range(5)):  # in turn: a machine has moods
        spacy += seconds(bare, some)
        whole += coding(some, book, spent)
    yield f"bare spaCy, {count} articles", f"{count / spacy:.1f} a second"
    yield f"ruiran, {count} articles", f"{count / whole:.1f} a second: {spacy / whole:.2f} of that"
    yield from ((f"  of which {stage}", f"{part / whole:.0%}") for stage, part in spent.items())


if __name__ == "__main__":
    for what, speed in report():
        print(f"{what:36}{speed}", flush=True)
