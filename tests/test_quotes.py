"""Who says what: direct and indirect statements, their speakers and those who carry them."""
import pytest
from conftest import around, coded, rows_in


def said(sentence):
    return [(q["text"], q["direct"], q["speaker"], q["via"]) for q in rows_in("quotations", sentence)]


IVANOV, KHATAMI = "Sergei Ivanov", "Mohammad Khatami"

DIRECT = [
    ('"We have sold them what they asked for," Defence Minister Sergei Ivanov said.',
     [("We have sold them what they asked for,", IVANOV, "")]),
    ('Defence Minister Sergei Ivanov said: "We have sold them what they asked for."',
     [("We have sold them what they asked for.", IVANOV, "")]),
    ('“We have sold them what they asked for,” Defence Minister Sergei Ivanov told reporters in Moscow.',
     [("We have sold them what they asked for,", IVANOV, "")]),
    ('"We have sold them what they asked for," said Sergei Ivanov. "They have paid for all of it."',
     [("We have sold them what they asked for,", IVANOV, ""), ("They have paid for all of it.", IVANOV, "")]),
    ('"We have sold them what they asked for," Sergei Ivanov told Interfax.',
     [("We have sold them what they asked for,", IVANOV, "RUS:Interfax")]),
    ('"We have sold them what they asked for," a Russian official said.',
     [("We have sold them what they asked for,", "RUS:unnamed", "")]),
    ('"We have sold them what they asked for," the Russian defence ministry said.',
     [("We have sold them what they asked for,", "RUS:Ministry of Defence", "")]),
    ('Mohammad Khatami praised the plant. "It is the best that we have ever seen," he said.',
     [("It is the best that we have ever seen,", KHATAMI, "")]),
    ('Interfax quoted Sergei Ivanov as saying: "We have sold them what they asked for."',
     [("We have sold them what they asked for.", IVANOV, "RUS:Interfax")]),
]
INDIRECT = [
    ("Sergei Ivanov said that Russia had sold the missiles to Iran.", IVANOV, ""),
    ("Russia had sold the missiles to Iran, Sergei Ivanov said on Tuesday.", IVANOV, ""),
    ("According to Sergei Ivanov, Russia has sold the missiles to Iran.", IVANOV, ""),
    ("Iran said that it had bought the missiles from Russia.", "IRN", ""),
    ("An Iranian diplomat said that Russia had sold the missiles.", "IRN:unnamed", ""),
    ("Unnamed sources said that Russia had sold the missiles to Iran.", "unnamed", ""),
    ("The Iranian foreign ministry said that Russia had sold the missiles.", "IRN:Ministry of Foreign Affairs", ""),
    ("Interfax reported that Russia had sold the missiles to Iran.", "RUS:Interfax", ""),
    ("Interfax quoted a Russian official as saying that the missiles had been sold to Iran.",
     "RUS:unnamed", "RUS:Interfax"),
    ("Sergei Ivanov was quoted as saying that Russia had sold the missiles to Iran.", IVANOV, ""),
    ("Sergei Ivanov told Interfax that Russia had sold the missiles to Iran.", IVANOV, "RUS:Interfax"),
    ("Mohammad Khatami praised the plant, and he added that Iran wanted the missiles.", KHATAMI, ""),
    ("Rosoboronexport confirmed that it had completed the delivery of the missiles to Iran.",
     "RUS:Rosoboronexport", ""),
    ("Mohammad Khatami denied that Iran had bought the missiles from Russia.", KHATAMI, ""),
]
NOBODY = [
    "Russia sold the missiles to Iran.", "The deal said nothing of the price.",
    'The missile is called "Gadfly" by NATO.',
    "The clock says ten.", "Iran was told nothing.", "The so-called 'axis' was never a pact.",
    "He had his say in the matter.",
    "Sergei Ivanov met Mohammad Khatami in Moscow.",
]
@pytest.mark.parametrize(("sentence", "expected"), DIRECT)
def test_a_direct_statement_has_its_speaker_and_carrier(sentence, expected):
    assert [(text, who, via) for text, direct, who, via in said(sentence) if direct] == expected


@pytest.mark.parametrize(("sentence", "speaker", "via"), INDIRECT)
def test_an_indirect_statement_has_its_speaker_and_carrier(sentence, speaker, via):
    assert [(who, carriers) for text, direct, who, carriers in said(sentence) if "missiles" in text] == [(speaker, via)]


@pytest.mark.parametrize("sentence", NOBODY)
def test_what_nobody_says_is_no_statement(sentence):
    assert said(sentence) == []


# ---------------------------------------------------------------- over several paragraphs
LONG = ['Defence Minister Sergei Ivanov spoke to reporters in Moscow. "We have sold them what they asked for, he said.',
        '"They have paid for all of it, and they have thanked us for it.',
        '"They may well ask for more," he added.',
        "The ministers of the two countries are to meet again in Tehran before the end of the year."]


def test_a_quotation_runs_on_where_each_paragraph_opens_it_again():
    text = around("\n\n".join(LONG))
    found = {q["line"]: q["speaker"] for q in coded(text)["quotations"] if q["direct"]}
    first = text[:text.index(LONG[0])].count("\n") + 1
    assert found == {first: IVANOV, first + 2: IVANOV, first + 4: IVANOV}


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph():
    text = around("\n\n".join([LONG[0], LONG[3]]))
    assert [q for q in coded(text)["quotations"] if q["direct"] and q["end"] > text.index(LONG[3])] == []


def test_he_is_the_last_person_who_was_named_as_subject():
    text = around('Sergei Ivanov met Mohammad Khatami in Moscow.\n\n"We have sold them what they asked for," he said.')
    assert [q["speaker"] for q in coded(text)["quotations"] if q["direct"]] == [IVANOV]


def test_a_quotation_after_another_speaker_is_not_given_to_the_first():
    text = around('"We have sold it to Iran," Sergei Ivanov said.\n\n"We have paid for it all," Mohammad Khatami said.')
    assert [q["speaker"] for q in coded(text)["quotations"] if q["direct"]] == [IVANOV, KHATAMI]


def test_two_people_named_ivanov_are_not_confused():
    text = around('Sergei Ivanov met Igor Ivanov in Moscow.\n\n"We have sold it to Iran," Ivanov said.')
    assert [q["speaker"] for q in coded(text)["quotations"] if q["direct"]] == [""]
