"""Answers are files: a JSON object a line, in the form in which a batch is returned. Read, and held to their form."""
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from ..codebook import CodebookError
from ..faults import printable
from . import schema
from .requests import asked_of, told_hash

MOST = 5_000  # rows of an answer at most
LONGEST = 4_000_000  # characters of a line of answers at most
LACKING = "ask again, or go on without it: the rules code the article"


@dataclass(frozen=True)
class Answer:
    """What a model answers about one article, or a part of it: rows as dicts, read one by one, so that a bad one costs
    no other."""

    events: list
    claims: list


@dataclass(frozen=True)
class Answers:
    """What a file of answers holds: by the hash of an article, the Answer to each part; how many parts it has; what
    could not be used, as rows of `problems`; and how many answers were made with another codebook."""

    parts: dict = field(default_factory=dict)   # {hash: {part: Answer}}
    whole: dict = field(default_factory=dict)   # {hash: number of parts}
    problems: tuple = ()
    elsewhere: int = 0

    def of(self, document):
        """The Answers to an article's parts in their order; None where it was not asked about, or not whole."""
        sha = document.known_as[:24]
        found = self.parts.get(sha, {})
        return [found[n] for n in sorted(found)] if found and len(found) == self.whole[sha] else None

    def faults(self, documents):
        """The rows of `problems`: lines that could not be used, answers about other articles, articles of which a part
        has no answer."""
        files, rows = {d.known_as[:24]: d.place for d in documents}, list(self.problems)
        for sha, found in self.parts.items():
            if sha not in files:
                rows.append({"file": "answers", "problem": f"an answer about an article that is not in the folder "
                                                           f"({sha}): left out; {LACKING}"})
            elif len(found) < self.whole[sha]:
                lost, of = next(n for n in range(1, self.whole[sha] + 1) if n not in found), self.whole[sha]
                rows.append({"file": files[sha],
                             "problem": f"part {lost} of {of} has no answer that can be used, so none is: {LACKING}"})
        if self.elsewhere:
            said = f"{self.elsewhere} answers were made with other instructions than this codebook gives; they count"
            rows.append({"file": "answers", "problem": said})
        return rows


NONE = Answers()


def read(path, book):
    """The Answers in a file, or in the files of a folder; none for no path. Raises CodebookError for one that is not
    there."""
    return NONE if path is None else of_lines((line for file in files_of(path) for line in lines_of(file)), book)


def files_of(path):
    """The files of answers of a path: it, or those in it. Raises CodebookError where there is none."""
    path = Path(path)
    found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not found:
        raise CodebookError(f"{printable(path)}: holds no file of answers (*.jsonl); name another")
    return found


def lines_of(path):
    """(file name, number, bytes) of the lines of a file. Raises CodebookError for one that cannot be read."""
    try:
        with path.open("rb") as file:
            yield from ((path.name, n, line.rstrip(b"\n")) for n, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise CodebookError(f"{printable(path)}: cannot be read ({error.strerror}); name the file of answers") from None


def of_lines(lines, book):
    """The Answers in lines, each (file name, number, bytes)."""
    parts, whole, problems, known, elsewhere = defaultdict(dict), {}, {}, told_hash(book), 0
    for file, n, line in lines:
        asked, answer, fault = answer_of(line)
        fault = fault or other_parts(asked, whole)
        if fault:
            problems[asked.id if asked else (file, n)] = (file, n, fault)
        elif asked.part not in parts[asked.sha256]:  # the first answer counts: one paid twice is no second opinion
            problems.pop(asked.id, None)  # it was asked again
            parts[asked.sha256][asked.part], whole[asked.sha256] = answer, asked.parts
            elsewhere += asked.codebook != known
    rows = [{"file": printable(file), "problem": f"line {n}: {fault}"} for file, n, fault in problems.values()]
    return Answers(dict(parts), whole, tuple(rows), elsewhere)


def other_parts(asked, whole):
    """What is wrong with an answer to a part of an article that other answers part otherwise; '' where nothing is."""
    of = whole.get(asked.sha256, asked.parts)
    return "" if of == asked.parts else f"of {asked.parts} parts, where another answer about it is of {of}; left out"


def answer_of(line):
    """(Asked, Answer, '') of one line; (Asked or None, None, what is wrong) where it cannot be used."""
    if len(line) > LONGEST:
        return None, None, f"longer than {LONGEST:,} characters; {LACKING}"
    row = read_json(line)
    if row is None:
        return None, None, f"no JSON object: cut off, or not an answer; {LACKING}"
    asked = asked_of(row.get("custom_id")) if isinstance(row, dict) else None
    if asked is None:
        return None, None, "custom_id is none of ours; write the requests with `python -m ruiran ask`"
    if asked.version != schema.VERSION:
        return asked, None, f"the answer's form is version {asked.version}, not {schema.VERSION}; ask again"
    content, fault = content_of(row)
    answer, fault = (None, fault) if fault else in_form(content)
    return asked, answer, fault


def read_json(text):
    """What a text says as JSON; None for what is none, is nested too deep, or holds what no text can have."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
        return value
    except (ValueError, RecursionError):
        return None


def in_form(content):
    """(the Answer, '') of an answer's text; (None, what is wrong with it)."""
    value = read_json(content)
    if value is None:
        return None, f"the answer is no JSON: cut off, or words around it; {LACKING}"
    parts = [value.get(name) for name in ("events", "claims")] if isinstance(value, dict) else [None]
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in parts):
        return None, f"not in the form asked for (lists `events` and `claims`); {LACKING}"
    if sum(map(len, parts)) > MOST:
        return None, f"more than {MOST:,} rows; {LACKING}"
    return Answer(*parts), ""


def content_of(row):
    """(the text of an answer, '') of a line of a batch's output; ('', what is wrong) where there is none."""
    try:
        if row.get("error"):
            return "", f"the server says: {printable(str(row['error']))[:200]}; {LACKING}"
        if row["response"].get("status_code", 200) != 200:
            return "", f"the server says {printable(row['response']['status_code'])[:20]}; {LACKING}"
        choice = row["response"]["body"]["choices"][0]
        content, reason = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        return "", f"no answer in it; {LACKING}"
    if reason == "length":
        return "", f"the answer was cut at the model's limit; {LACKING}"
    if not isinstance(content, str) or not content.strip():
        return "", f"the answer is empty; {LACKING}"
    start, end = content.find("{"), content.rfind("}")
    return (content[start:end + 1] if start < end else content), ""
