"""How fast is it? `make bench` prints cold start, articles a second and memory beside bare spaCy, how both grow with
the number and the length of articles, and the share of each stage; the articles are made from templates and a seed.

The runs go to data/benchmarks/runs.csv, which notebook 09 draws. Ratios are of one run on one machine.
"""
import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from time import monotonic, process_time, sleep
from unittest.mock import patch

import psutil

from .. import codebook, pipeline, tables
from ..coding import events, gate
from ..dating import publication, times
from ..deals import claims
from ..naming import amounts, names
from ..reading import clean, corpus, language, parser
from ..report import growth
from ..speech import quotes, speakers
from . import made_up

STAGES = {"reading": [(clean, "lines_of")], "dating": [(publication, "dates_of"), (times, "times_of")],
          "gate": [(gate, "stopped")], "parse": [(language, "parsed")],
          "naming": [(names, "annotations_of"), (amounts, "amounts_of")],
          "speech": [(quotes, "quotations_of"), (speakers, "first_persons")], "coding": [(events, "events_of")],
          "claims": [(claims, "claims_of")], "corpus": [(pipeline, "clues_elsewhere"), (pipeline, "merged")],
          "tables": [(tables, "check")]}
LOAD = "from ruiran.reading import parser; parser.nlp()"
BARE = ("import sys; from ruiran.reading import parser; from ruiran.scale import made_up; "
        "texts = made_up.stream(int(sys.argv[1]), float(sys.argv[2])); "
        "print(sum(len(doc) for doc in parser.stock().pipe(texts)))")
RUNS = growth.RUNS
COLUMNS = ("texts", "coder", "workers", "articles", "seconds", "megabytes")
# What is timed: which texts, whether bare spaCy reads them, processes (0: one, without Dask), how many articles.
FULL = [("relevant", True, 0, 100), ("relevant", True, 0, 1000),
        *(("relevant", False, 0, n) for n in (100, 300, 1000, 3000)),
        ("relevant", False, 1, 1000), ("relevant", False, 2, 1000),
        ("stream", True, 0, 1000), ("stream", False, 0, 1000), ("stream", False, 0, 10_000),
        *(("stream", False, 2, n) for n in (1000, 10_000, 100_000)), ("stream", False, 1, 10_000)]
QUICK = [("relevant", True, 0, 60), ("relevant", False, 0, 60), ("stream", True, 0, 100), ("stream", False, 0, 1000)]


def document(number, length=1):
    """A made-up article as if it had been read from a file."""
    return corpus.Document(str(number), f"{number}.txt", "", made_up.article(number, length))


# ---------------------------------------------------------------- programs of their own
def cost(*command):
    """(seconds of the clock, megabytes at most) of Python with these arguments and of all that it starts."""
    began, peak = monotonic(), 0
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        sleep(0.05 if monotonic() - began < 20 else 0.5)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(command)[:200]} ended with {process.returncode}")
    return monotonic() - began, peak / 2 ** 20


def memory(pid):
    """The bytes of memory of a process and of all that it has started, what they share counted once."""
    found = 0
    try:
        whole = psutil.Process(pid)
        for process in (whole, *whole.children(recursive=True)):
            about = process.memory_full_info()
            found += getattr(about, "pss", 0) or about.uss
    except psutil.Error:  # it has ended
        pass
    return found


def run(texts, bare, workers, count):
    """A row of runs.csv: so many articles of the kind, read by bare spaCy or coded."""
    share = 1.0 if texts == "relevant" else made_up.SHARE
    with tempfile.TemporaryDirectory() as folder:
        if bare:
            found = cost("-c", BARE, str(count), str(share))
        else:
            home = Path(folder, "in")
            home.mkdir()
            made_up.write_stream(home / "made_up.jsonl", count, share)
            found = cost("-m", "ruiran", "code", str(home), "--out", str(Path(folder, "out")), "--format", "parquet",
                         *(("--workers", str(workers)) if workers else ()))
    return dict(zip(COLUMNS, (texts, "spaCy" if bare else "ruiran", workers, count, *found), strict=True))


# ---------------------------------------------------------------- in this process, seconds of the processor
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
    return parser.stock()


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


def side_by_side(documents, book):
    """(seconds of bare spaCy, seconds of coding, seconds of each stage); in turn, as a machine has moods."""
    spent, read, whole = Counter(dict.fromkeys(STAGES, 0.0)), 0.0, 0.0
    for some in (documents[first::5] for first in range(5)):
        read += seconds(bare, some)
        whole += coding(some, book, spent)
    return read, whole, spent


def of_stream(count):
    """Documents of the stream."""
    return [corpus.Document(str(n), f"{n}.txt", "", text) for n, text in enumerate(made_up.stream(count))]


# ---------------------------------------------------------------- what is said
def report(lengths=(1, 4, 16, 64), count=100, tries=3):
    """Lines of the table, (what, how fast), of what is measured in this process; articles of so many `lengths`."""
    load = min(cost("-c", LOAD) for _ in range(tries))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "1.txt").write_text(made_up.article(1), encoding="utf-8")
        one = min(cost("-m", "ruiran", "code", folder, "--out", f"{folder}/out") for _ in range(tries))
    yield "cold start, spaCy and its model", f"{load[0]:.2f} s, {load[1]:.0f} MB"
    yield "cold start, ruiran code, an article", f"{one[0]:.2f} s, {one[1]:.0f} MB: {one[0] / load[0]:.2f} of that"
    book = codebook.load()
    side_by_side([document(-n) for n in range(1, 6)], book)  # what is made once is made now
    for length in lengths:
        one = document(-9, length)
        yield f"an article of {len(one.text):,} characters", f"{seconds(pipeline.code_corpus, [one], book):.2f} s"
    relevant = [document(n, made_up.LENGTH) for n in range(count)]
    for what, some in (("relevant articles", relevant), ("of the stream", of_stream(count * 4))):
        read, whole, spent = side_by_side(some, book)
        yield f"{len(some)} {what}", f"{len(some) / whole:.1f} a second: {read / whole:.2f} of bare spaCy's"
        yield from ((f"  of which {stage}", f"{part / whole:.0%}") for stage, part in spent.items())


def said(row):
    """A row of runs.csv as a line of the table."""
    by = row["coder"] + (f", {row['workers']} workers" if row["workers"] else "")
    return (f"{row['articles']:,} {row['texts']}, {by}", f"{row['articles'] / row['seconds']:.1f} a second, "
            f"{row['megabytes']:.0f} MB")


def main(argv=None):
    """Prints the tables; with --quick a few small runs, which are not kept."""
    ask = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0])
    ask.add_argument("--quick", action="store_true")
    quick = ask.parse_args(argv).quick
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load "
          f"{os.getloadavg()[0]:.1f}", flush=True)
    for what, speed in report(count=20 if quick else 100):
        print(f"{what:44}{speed}", flush=True)
    kept = []
    for planned in QUICK if quick else FULL:
        row = run(*planned)
        kept.append(row)
        print("{:44}{}".format(*said(row)), flush=True)
    if not quick:
        RUNS.parent.mkdir(exist_ok=True)
        lines = [",".join(COLUMNS), *(",".join(str(round(v, 1) if isinstance(v, float) else v) for v in row.values())
                                      for row in kept)]
        RUNS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
