"""Codes an archive with Dask: batches by batches, then what only the whole can tell, then the tables in their place."""
import shutil
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from time import sleep

import dask
import dask.bag
from distributed import Client, KilledWorker, LocalCluster, as_completed

from .. import corrections, pipeline, store
from ..corrections import doc_id_of
from ..faults import printable
from ..model.answers import Answers
from ..reading import corpus
from . import parts, shards
from .batches import batches_of
from .there import Founds, There

AHEAD = 4        # batches that wait for each worker
TOGETHER = 20    # batches in a partition of what is asked of all
DASK = {  # A process that died is started anew, and on a busy machine that takes a while: it is not given up for lost.
        "distributed.scheduler.allowed-failures": 1, "distributed.deploy.lost-worker-timeout": "10 minutes",
        "distributed.comm.timeouts.connect": "2 minutes",
        # What waits to be asked goes to disk beyond this share of what a process may take.
        "distributed.worker.memory.target": 0.002,
        # Nobody reads its profile, and it stops the work to look.
        "distributed.worker.profile.enabled": False,
        # Without Dask's own threshold for giving memory back: with it the parser asks for its memory anew all the time.
        "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1}}
DIED = ("not coded: the process that read it died, and died again when it read it alone (out of memory, or a fault of "
        "a library); take it out, or report it with the article")


@contextmanager
def cluster(workers=0, scheduler=""):
    """A Client of the cluster at an address, or of one of so many processes on this machine."""
    with dask.config.set(DASK):
        local = None if scheduler else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0")
        try:
            with Client(scheduler or local, set_as_default=False) as client:
                yield client
        finally:
            if local:
                local.close()


def over(client):
    """A function like map() for pipeline.code_corpus, which hands the articles out to a cluster."""
    def mapped(function, items):
        items = list(items)
        return client.gather(client.map(function, items, pure=False))
    return mapped


def code(client, folder, out, book, fixes=(), answers=None, show=lambda done, articles: None):
    """Codes every article in `folder` and below into Parquet files in `out`, a folder a table; returns {table: rows}.
    What was coded when a run was killed is kept in `out`, and the next run goes on from there. `show` is told which
    share of the bytes is done, and how many articles.

    Raises what pipeline.rows_of_folder raises, and store.OutError.
    """
    sources, problems = corpus.listed(Path(folder).resolve(), out)
    known = {corpus.doc_id_of(name) for name in (*(s.name for s in sources), *(row["file"] for row in problems))}
    corrections.check_articles([fix for fix in fixes if doc_id_of(fix).rpartition("#")[0] not in known], known)
    work = out / parts.WORK
    job = parts.Job(book, tuple(fixes), *shards.indexed(answers, work), work)
    try:
        with client.as_current():
            done = coded(client, sources, job, show)
            done |= dated(client, done, job)
            return finished(client, done, job, out, problems)
    except OSError as error:
        raise store.OutError(f"{printable(out)}: the tables could not be written ({error.strerror or error}); free "
                             "some room and run it again: it goes on from there") from None


# ---------------------------------------------------------------- batch by batch
def coded(client, sources, job, show):
    """{number: folder} of the parts of all batches. Those whose process died are coded in the end, one by one."""
    whole = sum(s.path.stat().st_size for s in sources if s.path.exists()) or 1
    waiting, done, dead, bytes_done, articles = {}, {}, [], 0, 0
    batches, running = batches_of(sources), as_completed()
    for batch in islice(batches, AHEAD * max(len(client.scheduler_info()["workers"]), 1)):
        start(client, batch, job, waiting, running)
    for future in running:
        batch = waiting.pop(future.key)
        try:
            number, count, done[batch.number] = future.result()
            articles += count
        except KilledWorker:
            dead.append(batch)
        for following in islice(batches, 1):
            start(client, following, job, waiting, running)
        bytes_done += batch.size
        show(min(bytes_done / whole, 0.99), articles)
    done |= {batch.number: rescued(client, batch, job) for batch in dead}
    show(1, articles)
    return done


def start(client, batch, job, waiting, running):
    """Has a batch coded."""
    future = client.submit(parts.coded, batch, job, pure=False)
    waiting[future.key] = batch
    running.add(future)


def rescued(client, batch, job):
    """The folder of the part of a batch during which a process died: each of its articles is read and coded while
    nothing else runs, and the one that ends its process again is left out."""
    def read(source, book):
        found = alone(client, corpus.try_documents, source, book)
        return found or ([], [DIED])

    documents, problems = corpus.read_sources(batch.sources, job.book, read)
    answers = job.answers_to(documents)
    tried = [alone(client, pipeline.attempt, d, job.book, (), (), answers, (batch.number, n)) or (None, DIED)
             for n, d in enumerate(documents)]
    parts.keep(batch, job.folder(batch), documents, problems, tried, answers, job)
    return job.folder(batch)


def alone(client, function, *given):
    """What a call gives; None where it ends its process, tried twice: it may have been given to one that another had
    ended a moment before."""
    for pause in (0, 3):  # seconds
        sleep(pause)
        with suppress(KilledWorker):
            return client.submit(function, *given, pure=False).result()
    return None


# ---------------------------------------------------------------- what the whole can tell
def found_in(client, done):
    """The Founds of parts."""
    size = max(len(done) // TOGETHER, min(len(done), len(client.scheduler_info()["workers"])), 1)
    return Founds(dask.bag.from_sequence([(number, (folder, [])) for number, folder in done.items()], npartitions=size))


def dated(client, done, job):
    """{number: folder} of the parts of which articles were coded again: another dates them, or a person corrects them.
    """
    found = found_in(client, done)
    clues = pipeline.clues_elsewhere(found, job.book)
    wanted = {*clues, *(doc_id_of(fix) for fix in job.fixes)}
    numbers = dict(found.each(partial(among, wanted=frozenset(wanted))).found()) if wanted else {}
    own = defaultdict(dict)
    for doc_id, number in numbers.items():
        own[number][doc_id] = clues.get(doc_id, ())
    futures = [client.submit(parts.again, done[n], about, job, pure=False) for n, about in own.items()]
    return dict(zip(own, client.gather(futures), strict=True))


def among(found, wanted):
    """(doc_id, number of its batch) of a Found that is wanted."""
    if found.doc_id in wanted:
        yield found.doc_id, found.order[0]


def finished(client, done, job, out, problems):
    """Writes the tables, moves them into place and returns {table: rows}."""
    with store.aside(out) as tables:
        found, acts, dealt = pipeline.merged(found_in(client, done), job.book)
        own = There(found.bag).each(partial(parts.finish, to=tables, book=job.book))
        written = acts.each(by_batch).by_key(partial(parts.finish_acts, to=tables, book=job.book)).beside(own).found()
        rows = {"deals": pipeline.deal_rows(dealt), "problems": problems_of(done, job, problems)}
        written += parts.write_rest(tables, rows, job.book)
        texts = {name: sha256 for folder in done.values() for name, sha256 in parts.read(folder).texts.items()}
        store.place(tables, out, {name: sha256 for name, sha256, _ in written}, texts)
    shutil.rmtree(job.parts, ignore_errors=True)
    counts = Counter()
    for name, _, count in written:
        counts[name.split("/")[0]] += count
    return counts


def by_batch(told):
    """(the number of the batch that has its first telling, an Act with its place)."""
    yield told[0][0][0], told


def problems_of(done, job, problems):
    """The rows of `problems`: those of the folder, of the batches and of the answers."""
    rows, used, elsewhere = list(problems), [], 0
    for _, folder in sorted(done.items()):
        part = parts.read(folder)
        rows += [*part.problems, *(row for own in part.notes.values() for row in own)]
        used += part.answered
        elsewhere += part.elsewhere
    if job.answers:
        left, more = shards.left(job.answers, used, job.book)
        rows, elsewhere = rows + left, elsewhere + more
    rows += Answers(elsewhere=elsewhere).faults(())
    return sorted(corpus.said(rows), key=lambda row: row["file"])
