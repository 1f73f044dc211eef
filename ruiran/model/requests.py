"""A request an article in the line format of OpenAI's Batch API, made of the codebook and of what annotation found."""
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache

from . import schema

BUDGET = 16_000  # characters of the lines of one request at most: longer articles are asked about in parts
URL = "/v1/chat/completions"
ID = re.compile(r"([0-9a-f]{24})-([1-9]\d{0,3})of([1-9]\d{0,3})-v(\d{1,4})-([0-9a-f]{8})", re.ASCII)
KINDS = ("actor", "person", "weapon", "date", "money", "quantity")


@dataclass(frozen=True)
class Asked:
    """What the id of a request says: the article by its hash, which part of how many, the version of the answer's form,
    and the codebook by its hash."""

    sha256: str
    part: int
    parts: int
    version: int
    codebook: str

    @property
    def id(self):
        """The id as it stands in a request and in its answer."""
        return f"{self.sha256}-{self.part}of{self.parts}-v{self.version}-{self.codebook}"


def asked_of(custom_id):
    """The Asked of an id; None for one that is not of ours."""
    match = ID.fullmatch(custom_id) if isinstance(custom_id, str) else None
    if match is None or int(match[2]) > int(match[3]):
        return None
    return Asked(match[1], int(match[2]), int(match[3]), int(match[4]), match[5])


def requests_of(reading, book, model="model"):
    """The requests (dicts) about one article that was read: one, or one a part of a long article."""
    parts, told = parts_of(reading), told_hash(book)
    answer = {"name": "coding", "strict": True, "schema": schema.json_schema(book)}
    for n, lines in enumerate(parts, 1):
        asked = Asked(reading.document.known_as[:24], n, len(parts), schema.VERSION, told)
        yield {"custom_id": asked.id, "method": "POST", "url": URL, "body": {
            "model": model, "temperature": 0, "response_format": {"type": "json_schema", "json_schema": answer},
            "messages": [{"role": "system", "content": instructions(book)},
                         {"role": "user", "content": article(reading, lines, n, len(parts))}]}}


# ---------------------------------------------------------------- what is said to the model
def told_hash(book):
    """Eight characters that stand for what the codebook makes the model be told."""
    return hashlib.sha256(instructions(book).encode()).hexdigest()[:8]


@lru_cache(maxsize=None)
def instructions(book):
    """Task, coding rules, the types with their definitions and the fields of the answer, from the codebook."""
    supplier, recipient = (book.names()[code] for code in book.pair)
    names = {"supplier": supplier, "recipient": recipient, "supplier_code": book.pair[0]}
    said = {part: [(r.name, fill(r.text, names)) for r in book.rows("instructions") if r.part == part]
            for part in ("task", "rule", "event", "claim")}
    types = [f"{r.event}: {r.definition} {r.rulings} Example: {r.example} Not: {r.not_example}"
             for r in book.rows("plover")]
    return "\n\n".join(["\n".join(text for _, text in said["task"]),
                        "Coding rules\n" + "\n".join(f"- {text}" for _, text in said["rule"]),
                        "Types of event\n" + "\n".join(f"- {fill(t, names)}" for t in types),
                        "Fields of an event\n" + "\n".join(f"- {n}: {text}" for n, text in said["event"]),
                        "Fields of a claim\n" + "\n".join(f"- {n}: {text}" for n, text in said["claim"]),
                        'Answer with one JSON object {"events": [...], "claims": [...]} and nothing else. '
                        "The schema:\n" + json.dumps(schema.json_schema(book), ensure_ascii=False)])


def fill(text, names):
    """A text of the codebook with the names in the place of {supplier} and its like."""
    return re.sub(r"\{(\w+)\}", lambda m: names.get(m[1], m[0]), text)


# ---------------------------------------------------------------- the article
def parts_of(reading):
    """The kept lines in parts of at most BUDGET characters, cut between paragraphs; headline and lead stand in each."""
    kept = {p.lines[0][0]: [n for n, _ in p.lines] for p in reading.paragraphs}
    first = min((p.lines[0][0] for p in reading.paragraphs if p.kind == "body"), default=None)
    heads = [n for p in reading.paragraphs if p.kind in ("headline", "subhead") for n, _ in p.lines]
    heads = [n for n in heads if first is None or n < first] + kept.get(first, [])
    parts, size, long = [[]], 0, {r.line: len(r.text) for r in reading.lines}
    for lines in kept.values():
        own = sum(long.get(n, 0) for n in lines)
        if parts[-1] and size + own > BUDGET:
            parts, size = [*parts, list(heads)], sum(long.get(n, 0) for n in heads)
        parts[-1] += [n for n in lines if n not in parts[-1]]
        size += own
    return [sorted(lines) for lines in parts]


def article(reading, lines, part, parts):
    """The article, or a part of it, as one JSON object: its days, what was found, its numbered lines."""
    a, inside = reading.article, set(lines)
    days = a.published or f"between {a.published_from or 'an unknown day'} and {a.published_to or 'an unknown day'}"
    told = {"outlet": a.outlet, "published": days, "anchor": a.anchor or "open",
            "part": f"{part} of {parts}" if parts > 1 else "whole",
            "found": found([m for m in reading.mentions if m.line in inside]),
            "lines": [{"line": r.line, "text": r.text} for r in reading.lines if r.line in inside and not r.rule]}
    return "{" + ",\n".join(f"{json.dumps(key)}: {in_lines(value)}" for key, value in told.items()) + "}"


def in_lines(value):
    """A value as JSON, the items of a list a line each."""
    if isinstance(value, dict):
        return "{" + ",\n".join(f"{json.dumps(key)}: {in_lines(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def found(mentions):
    """The names, systems, sums and days in some lines, by kind, each with its code and the words that stand there."""
    said = {kind: {} for kind in KINDS}
    for m in mentions:
        if m.kind not in said or not (key := key_of(m)):
            continue
        words = said[m.kind].setdefault(key, [])
        text = " ".join(m.text.split())
        words += [text] if text not in words else []
    return {kind: [{"code": key, "words": words} for key, words in known.items()] for kind, known in said.items()
            if known}


def key_of(m):
    """What is found, in the form in which the answer should give it; '' for what stays open."""
    if m.kind == "person":
        return f"{m.code} ({', '.join(filter(None, (m.country, m.role)))})" if m.code else ""
    if m.kind == "date":
        return f"line {m.line}: {m.date_from or 'open'} to {m.date_to or 'open'}" if m.date_from or m.date_to else ""
    if m.kind in ("money", "quantity"):
        ends = " to ".join(str(x) for x in dict.fromkeys((m.low, m.high)) if x is not None)
        return " ".join(filter(None, (f"line {m.line}:", ends, m.code or m.unit))) if ends else ""
    return m.code


def estimate(requests):
    """About how many tokens the requests are: characters of their messages, by four."""
    return sum(len(m["content"]) for r in requests for m in r["body"]["messages"]) // 4
