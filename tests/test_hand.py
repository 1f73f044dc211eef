"""The pages that are made from tables hold what the tables hold, and the hand coding points into the raw text."""
import pytest

from ruiran import codebook
from ruiran.codebook import FOLDER
from ruiran.reading import corpus
from ruiran.report import dictionary, hand

RAW = {d.doc_id: d.text for d in corpus.read_folder(FOLDER.parent / "raw", codebook.load())[0]}


def test_the_page_on_the_data_is_the_one_its_dictionaries_make():
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.page(), "run python -m ruiran.report.dictionary"


def test_the_page_on_the_hand_coding_shows_the_agreement_of_its_files():
    assert (hand.FOLDER / "README.md").read_text(encoding="utf-8") == hand.page(), "run python -m ruiran.report.hand"


@pytest.mark.parametrize("reader", hand.READERS)
@pytest.mark.parametrize("table", ["mentions", "quotations", "claims", "events"])
def test_hand_coded_words_stand_where_they_are_said_to_stand(reader, table):
    for row in hand.read(reader, table).itertuples():
        words = row.sentence if table == "events" else row.text
        assert " ".join(RAW[row.doc_id][int(row.start):int(row.end)].split()) == " ".join(words.split())


@pytest.mark.parametrize("reader", hand.READERS)
def test_every_line_of_the_corpus_is_hand_coded_once(reader):
    coded = [(r.doc_id, int(r.line)) for r in hand.read(reader, "lines").itertuples()]
    printed = [(d, n) for d, text in RAW.items() for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert sorted(coded) == sorted(printed)


def test_agreement_counts_a_row_of_each_reader_once():
    for row in hand.agreement().itertuples():
        assert row.both <= min(row.reader_a, row.reader_b) and row.low <= row.f1 <= row.high


def test_touching_texts_share_a_character():
    assert hand.touches({"start": "0", "end": "5"}, {"start": "4", "end": "9"})
    assert not hand.touches({"start": "0", "end": "5"}, {"start": "5", "end": "9"})
