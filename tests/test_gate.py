"""The gate before the parser: what it stops could not have yielded an event or a claim."""
import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from ruiran import RAW, codebook, pipeline
from ruiran.reading import corpus

BOOK = codebook.load()
FOREIGN = "A harbour in the north\n\nThe old harbour of Bergen was closed, the mayor told reporters on Monday.\n"
ONE_STATE = ("Russia and its missiles\n\nMOSCOW, March 3, 2007 - Russia showed new S-300 missiles to a delegation, the "
             "defence ministry said.\n")
NO_ARMS = ("Russia and Iran on carpets\n\nRussian traders will meet Iranian weavers in Tehran in May.\n\n"
           "They want to talk about wool, silk and colours.\n")
PAIR = "Russia and Iran\n\nRussia sold S-300 missiles to Iran in 2007, Foreign Minister Sergey Lavrov said.\n"
UNSAID = ("lines", "clues", "events", "claims", "acts", "deals", "reasons", "rejected", "problems")


def both(documents, monkeypatch):
    """The rows of the documents with the gate and without it."""
    gated = pipeline.code_corpus(documents, BOOK)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.gate, "stopped", lambda *given: "")
        return gated, pipeline.code_corpus(documents, BOOK)


def without_scope(rows):
    return [{name: cell for name, cell in row.items() if name != "scope"} for row in rows]


@pytest.mark.parametrize(("text", "scope"), [
    (FOREIGN, "not parsed: names no Russia and no Iran"), (ONE_STATE, "not parsed: names no Iran"),
    (NO_ARMS, "not parsed: names no weapon, and neither its headline nor its lead speaks of arms, plant or space"),
    (PAIR, "")])
def test_what_is_not_of_the_pairs_arms_is_not_parsed_and_says_so(text, scope):
    rows = pipeline.code_corpus([document(text)], BOOK)
    assert rows["documents"][0]["scope"] == scope
    assert bool(rows["mentions"]) == bool(rows["events"]) == (not scope)
    assert [r["text"] for r in rows["lines"]] == [line for line in text.split("\n") if line]


def test_the_gate_changes_no_table(monkeypatch):
    documents = corpus.read_folder(RAW, BOOK)[0]
    documents += [document(text, f"z{n}") for n, text in enumerate((FOREIGN, ONE_STATE, NO_ARMS, PAIR))]
    gated, free = both(documents, monkeypatch)
    stopped = {r["doc_id"] for r in gated["documents"] if r["scope"].startswith("not parsed")}
    assert stopped == {"z0", "z1", "z2"} and len(free["events"]) > 50
    assert {name: gated[name] for name in UNSAID} == {name: free[name] for name in UNSAID}
    assert without_scope(gated["documents"]) == without_scope(free["documents"])
    for name in ("mentions", "quotations"):
        assert gated[name] == [r for r in free[name] if r["doc_id"] not in stopped]


def words_of_the_codebook():
    """What names a state, a person or a weapon, as the codebook's own examples have it, and what might look so."""
    rows = [r for name in ("actors", "persons", "weapons", "subject", "places") for r in BOOK.rows(name)]
    examples = [r.example for r in rows]
    surnames = [r.surname for r in BOOK.rows("persons") if r.surname]
    return examples + surnames + [s.upper() for s in surnames[:40]]


SAID = ["{} sold {} to {}.", "'We have delivered {}', {} told {}.", "{}: We sold {} to {}.", "{}\n\n{}\n\n{}",
        "The anti-{} protester {} was seen in {}.", "According to {} and {}, he will sign the contract with {}.",
        "PRESS RELEASE\n\n{}\n\n{} - {}", "Q: {}\n\n{}: We do.\n\n{}: Yes."]


@given(st.lists(st.tuples(st.sampled_from(SAID), *[st.sampled_from(words_of_the_codebook())] * 3), min_size=1,
                max_size=5), st.sampled_from([str, str.upper, str.title]))
def test_no_article_is_stopped_that_would_yield_a_row(drawn, case):
    head, *body = [sentence.format(*names) for sentence, *names in drawn]
    text = "\n\n".join([case(head), *body, "There is more to be told about it all on another day."])
    read = pipeline.read_article(document(text), BOOK, gated=True)
    if read.article.scope:
        found = pipeline.coded(document(text), BOOK, gated=False)
        assert not found["events"] and not found["claims"] and found["documents"][0].scope
