"""One event traced: sentence, parse, the codebook rows that fired and nearly fired, what each column rests on."""
from dataclasses import dataclass

import pandas as pd

from .. import codebook, pipeline
from ..coding import status
from ..coding.acts import acts_in, nearly
from ..coding.events import Coder, event_id
from ..coding.sides import frames
from ..reading import corpus


@dataclass(frozen=True)
class Trace:
    """What `trace` found: `event` is the row of the event, the others are tables to read."""

    event: pd.Series
    words: pd.DataFrame
    fired: pd.DataFrame
    nearly: pd.DataFrame
    rests: pd.DataFrame
    characters: str


class UnknownEvent(KeyError):
    """No event of that id; the message says where ids are found."""


def trace(event, data, folder, book=None):
    """The Trace of one event of the tables `data`, whose articles are in `folder`.

    Columns: `words` word lemma part role governor mention; `fired` and `nearly` rule event frame lemma why; `rests`
    column value rests_on. Raises UnknownEvent for an id that is not among the events.
    """
    rows = data["events"][data["events"].event_id == event]
    if rows.empty:
        raise UnknownEvent(f"no event {event}; the ids are in column event_id of events.csv")
    row, book = rows.iloc[0], book or codebook.load()
    document = next((d for d in corpus.read_folder(folder)[0] if d.doc_id == row.doc_id), None)
    if document is None:
        raise UnknownEvent(f"the article {row.doc_id} of {event} is not in {folder}; name its folder: "
                           "trace(event_id, folder=...)")
    scene, sentence, act, speaker = find(row, document, book)
    rules = set(row["rule"].split("+"))
    fired = [(r, "") for r in book.rows("events") if r.rule in rules]
    missed = [found for token in sentence for found in nearly(token, scene, book) if found[0].rule not in rules]
    return Trace(row, words_of(sentence, scene), rules_of(fired), rules_of(missed),
                 rests_of(row, act, scene, book, speaker), document.text[row.start:row.end])


def find(row, document, book):
    """(scene, sentence, act, speaker) of the event: the article is read again as it was when it was coded."""
    r = pipeline.read_article(document, book)
    coder = Coder(document, book, r.mentions, r.quotations, r.when)
    coder.survey(r.paragraphs)
    for p in r.paragraphs:
        scene = coder.scene(p)
        for sentence in p.doc.sents:
            if scene.extent(sentence) != (row.start, row.end):
                continue
            for act in acts_in(sentence, scene, book):
                if row.event_id == event_id(document, row.line, row.sentence, p.start + act.token.idx):
                    return scene, sentence, act, scene.speaker_at(act.token)
    raise UnknownEvent(f"event {row.event_id} is not told again by the rules; run the coding anew")


def words_of(sentence, scene):
    """One row a word: the parse and what is marked on it."""
    data = [(t.text, t.lemma_, t.pos_, t.dep_, t.head.text, (scene.at.get(t.i) or {}).get("code", ""))
            for t in sentence if not t.is_space]
    return pd.DataFrame(data, columns=["word", "lemma", "part", "role", "governor", "mention"])


def rules_of(found):
    """One row a codebook rule, with what kept it from firing."""
    data = [(r.rule, r.event, r.frame, r.theme, why, r.example) for r, why in found]
    return pd.DataFrame(data, columns=["rule", "event", "frame", "theme", "why_not", "example"]).drop_duplicates()


def rests_of(row, act, scene, book, speaker):
    """One row a column of the event: its value and what it rests on."""
    frame = frames(book)[act.row.frame]
    bases = {"source": row.basis or "not given", "target": row.basis or "not given",
             "event": f"rule {row['rule']}, word {act.token.text!r}", "stage": f"rule {act.row.rule}",
             "status": "; ".join(status.reasons(act, book)) or (f"speaker {speaker}" if speaker else "told as fact"),
             "date_from": row.date_basis, "date_to": row.date_basis, "weapon": "words of the act, or what they mean",
             "speaker": f"quotation around {act.token.text!r}" if speaker else "told by the article itself",
             "repeats": "an earlier row of the same act" if row.repeats else ""}
    data = [(name, row[name], basis) for name, basis in bases.items()]
    return pd.DataFrame([*data, ("frame", act.row.frame, frame.meaning)], columns=["column", "value", "rests_on"])
