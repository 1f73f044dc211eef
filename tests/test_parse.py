"""A parsed text as plain objects says what spaCy's own says."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruiran.reading import parser

WORDS = ("Russia", "has", "sold", "Iran", "the", "missiles", ",", "and", "which", "There", "are", "'s", "said", "Mr.",
         "Lavrov", "gon", "na", "ca", "n't", "is", '"', "  ", "\n", "of", "Shahed-136s", "two", "on", "May 3", "it",
         "(", ")", ".", "?", "delivered", "to", "Tor-M1", "İran", "—", "deny", "'em", "1,500", "U.S.")
SENTENCES = ("The missiles that Russia sold to Iran in 2005 were, Mr. Lavrov said, delivered by rail and by sea.",
             "There's no deal. Moscow isn't going to sell Tehran S-300s, let's say, nor Shahed-136 drones!",
             "“We got the tanks, the guns and the boats,” said Gen. Ivanov of Rosoboronexport — who'd know?")
TOKEN = ("text", "i", "idx", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "is_punct", "is_space",
         "like_num", "is_sent_start")
FAMILY = ("children", "ancestors", "subtree", "conjuncts")


def both(text):
    """(spaCy's Doc, the plain one) of a text."""
    nlp = parser.nlp()
    return nlp(text), parser.read([nlp.make_doc(text)], [True])[0]


def places(tokens):
    return [t.i for t in tokens]


def ends(span):
    return span and (span.start, span.end, span.label_, span.root.i)


def check(text):
    theirs, ours = both(text)
    assert (ours.text, len(ours)) == (theirs.text, len(theirs))
    for t, o in zip(theirs, ours, strict=True):
        assert [getattr(o, name) for name in TOKEN] == [getattr(t, name) for name in TOKEN]
        assert [places(getattr(o, name)) for name in FAMILY] == [places(getattr(t, name)) for name in FAMILY]
        assert (o.head.i, o.left_edge.i, len(o), places(o.sent)) == (t.head.i, t.left_edge.i, len(t), places(t.sent))
        assert places(filter(o.is_ancestor, ours)) == places(filter(t.is_ancestor, theirs))
    for name in ("sents", "ents"):
        assert [*map(ends, getattr(ours, name))] == [*map(ends, getattr(theirs, name))]
        assert [(s.text, s.start_char, s.end_char) for s in getattr(ours, name)] == [
            (s.text, s.start_char, s.end_char) for s in getattr(theirs, name)]
    for start in range(-1, len(text) + 1):
        for end in (start + 1, start + 7):
            span = theirs.char_span(start, end, alignment_mode="expand") if start >= 0 else None
            found = ours.char_span(start, end)
            assert (found is None) == (span is None) and places(found or ()) == places(span or ())
            assert not span or ends(found) == ends(span)
        held = [o for o in ours if o.idx <= start < o.idx + len(o)]
        assert ours.token_at(start) is (held[0] if held else None)


@pytest.mark.parametrize("text", ["", " ", "Iran", *SENTENCES])
def test_a_sentence(text):
    check(text)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_words_in_any_order(text):
    check(text)


def test_a_weapon_that_the_model_does_not_know_is_read_as_one_that_it_does():
    (_, ours), (_, known) = both("Iran sold Russia Shahed-136s in May."), both("Iran sold Russia S-300s in May.")
    assert [t.text for t in ours][3] == "Shahed-136s"
    assert [(t.pos_, t.dep_, t.head.i) for t in ours] == [(t.pos_, t.dep_, t.head.i) for t in known]
