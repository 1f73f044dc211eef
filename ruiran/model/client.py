"""Asks a server that speaks the chat-completions protocol, and stores each answer at once: files are the main way, this
is a thin client that fills one. Needs the package `openai`, which is imported only here."""
import fcntl
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from ..faults import AskError, printable
from .requests import asked_of, estimate

KEY = "OPENAI_API_KEY"  # name of the environment variable; the key is never printed or stored
AT_ONCE, TRIES, SECONDS = 4, 5, 120.0  # requests at once, retries of one, time limit of one
HOPELESS = (401, 403, 404)  # what another request would meet too


def ask(requests, path, model, endpoint, at_once=AT_ONCE, seconds=SECONDS, tries=TRIES):
    """Asks `model` at `endpoint` about each request that the file of answers at `path` has no answer to, and adds each
    answer to it as it comes. Returns (answers, errors, tokens used). Raises AskError."""
    address = urlsplit(endpoint)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise AskError(f"--endpoint {printable(endpoint)}: no address; write it as http://127.0.0.1:11434/v1")
    with stored(Path(path)) as (file, known):
        left = [r for r in requests if r["custom_id"] not in known]
        where = f"{address.hostname}{f':{address.port}' if address.port else ''}"
        articles, old = len({asked_of(r["custom_id"]).sha256 for r in left}), len(requests) - len(left)
        print(f"asking {printable(model)} at {where} about {articles} articles: {len(left)} requests, about "
              f"{estimate(left):,} tokens; {old} are answered already", file=sys.stderr, flush=True)
        return each(left, file, model, endpoint, at_once, seconds, tries) if left else (0, 0, 0)


def each(requests, file, model, endpoint, at_once, seconds, tries):
    """Asks about the requests, `at_once` at most at a time; writes each answer as it comes."""
    client, counts = connected(endpoint, seconds, tries), [0, 0, 0]
    pool = ThreadPoolExecutor(max_workers=max(1, at_once))
    try:
        for future in as_completed([pool.submit(one, client, r, model) for r in requests]):
            row, status, tokens = future.result()
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
            if status in HOPELESS:
                raise AskError(f"the server says {status}: {row['error']['message'][:200]}; check the model's name, "
                               f"the address, and the key in {KEY}")
            counts = [counts[0] + (status == 200), counts[1] + (status != 200), counts[2] + tokens]
            progress(counts, len(requests))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        client.close()
    return tuple(counts)


def progress(counts, of):
    """Shows on a terminal how far it is."""
    if sys.stderr.isatty():
        end = "\n" if counts[0] + counts[1] == of else ""
        print(f"\r\033[K{counts[0] + counts[1]}/{of} asked, {counts[1]} errors, {counts[2]:,} tokens", end=end,
              file=sys.stderr, flush=True)


def connected(endpoint, seconds, tries):
    """The client of `openai`. Raises AskError where it is not installed."""
    try:
        from openai import OpenAI
    except ImportError:
        raise AskError("the package `openai` is not installed: pip install 'ruiran[model]', or use files alone "
                       "(`ruiran ask`, then --answers)") from None
    return OpenAI(base_url=endpoint, api_key=os.environ.get(KEY) or "none", timeout=seconds, max_retries=tries)


def one(client, request, model):
    """(the row of one request as a batch would return it, status, tokens used); an error is a row too."""
    from openai import APIError
    row = {"id": request["custom_id"], "custom_id": request["custom_id"], "response": None, "error": None}
    try:
        body = client.chat.completions.create(**{**request["body"], "model": model}).model_dump(mode="json")
    except (APIError, ValueError) as error:
        status = getattr(error, "status_code", None) or 0
        said = str(getattr(error, "message", error)).replace(os.environ.get(KEY) or "\0", "[key]")
        return {**row, "error": {"code": status, "message": said[:500]}}, status, 0
    tokens = (body.get("usage") or {}).get("total_tokens") or 0
    return {**row, "response": {"status_code": 200, "body": body}}, 200, tokens


@contextmanager
def stored(path):
    """(the file of answers, open to be added to by this run alone, the ids that it has an answer to). A last line that
    a killed run did not finish is cut off. Raises AskError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            data = path.read_bytes()
            whole = data[:data.rfind(b"\n") + 1]
            if whole != data:
                file.truncate(len(whole))
            yield file, answered(whole)
    except BlockingIOError:
        raise AskError(f"{printable(path)}: another run is writing to it; wait for it, or name another file") from None
    except OSError as error:
        raise AskError(f"{printable(path)}: cannot be written to ({error.strerror}); name another file") from None


def answered(data):
    """The ids to which a file of answers has an answer: what came back is not asked for again, even where it cannot be
    used."""
    found = set()
    for line in data.splitlines():
        try:
            row = json.loads(line)
            if row["response"] and asked_of(row["custom_id"]):
                found.add(row["custom_id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found
