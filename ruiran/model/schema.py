"""What a model answers: one JSON object with events and claims, each with the words on which it rests."""
import re
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, create_model

from .. import tables

VERSION = 1  # of the answer's form; an answer made for another is not read
EVENT = ("line quote source event mode target status date_from date_to date_words weapon quantity_low quantity_high "
         "low high speaker stage repeats").split()
CLAIM = "line quote speaker via supplier recipient weapon attribute stance low high date_from date_to".split()
LARGEST = 2 ** 53
NUMBERS = ("quantity_low", "quantity_high", "low", "high", "repeats")
CHOICES = ("event", "status", "stage", "attribute", "stance")  # columns that allow only what the dictionary names
# What an answer must have; the rest is asked for, and may be missing.
NEEDED = {"events": ("line", "quote", "source", "event", "status"),
          "claims": ("line", "quote", "supplier", "recipient", "attribute", "stance")}


def text(value):
    """A cell as text: nothing for null, a list joined by ';'."""
    if isinstance(value, list):
        value = ";".join(map(str, value))
    if isinstance(value, str):
        value = "".join(c if c.isprintable() or c in "\n\t" else " " for c in value).strip()
    return "" if value is None else value


def number(value):
    """A number or null: nothing for an empty text, whole dollars for '700,000,000'."""
    if isinstance(value, str):
        value = re.sub(r"[,_ $]", "", value) or None
    if isinstance(value, float | str):
        value = float(value)
        if not abs(value) <= LARGEST:  # also what is no number
            raise ValueError("no number that a table holds")
        value = int(value)
    return value


Text = Annotated[str, BeforeValidator(text)]
Number = Annotated[Annotated[int, Field(ge=0, le=LARGEST)] | None, BeforeValidator(number)]
Line = Annotated[int, Field(ge=1, le=2 ** 31)]


@lru_cache(maxsize=None)
def row_of(table, book):
    """The pydantic model of one row of `events` or `claims`, its fields described by codebook `instructions`."""
    part, names = ("event", EVENT) if table == "events" else ("claim", CLAIM)
    said = {r.name: r.text for r in book.rows("instructions") if r.part == part}
    shape, fields = tables.columns_of(book, table), {}
    for name in names:
        allowed = tables.allowed_by(shape[name].values) if name in CHOICES else ()
        kind = Line if name == "line" else Number if name in NUMBERS else Text
        if allowed:
            kind = Annotated[Literal[tuple(sorted(allowed))], BeforeValidator(text)]
        default = ... if name in NEEDED[table] else None if name in NUMBERS else ""
        fields[name] = (kind, Field(default, description=said.get(name, "")))
    return create_model(part.title(), **fields)


@lru_cache(maxsize=None)
def whole(book):
    """The pydantic model of a whole answer, from which its JSON schema is made."""
    return create_model("Answer", **{name: (list[row_of(name, book)], ...) for name in NEEDED})


@lru_cache(maxsize=None)
def json_schema(book):
    """The JSON schema of an answer as servers ask for it: every field required, none beside."""
    return strict(whole(book).model_json_schema())


def strict(node):
    """A JSON schema with every property required, nothing beside them, and no defaults or titles."""
    if isinstance(node, list):
        return [strict(n) for n in node]
    if not isinstance(node, dict):
        return node
    made = {key: strict(value) for key, value in node.items()
            if key not in ("default", "title", "minimum", "maximum") or key in node.get("properties", ())}
    if isinstance(node.get("properties"), dict):
        made["properties"] = {name: strict(value) for name, value in node["properties"].items()}
        made |= {"required": list(node["properties"]), "additionalProperties": False}
    return made


