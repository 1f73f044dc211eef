"""What the tests share: the codebook, small articles around one sentence, and the five articles, coded once."""
import gc
import re
from functools import lru_cache

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

import ruiran
from ruiran import RAW, codebook, pipeline
from ruiran.reading import corpus, language

# `make test` tries the properties briefly and the same each time; `pytest --hypothesis-profile=long` as long as you
# like.
settings.register_profile("brief", max_examples=12, deadline=None, derandomize=True,
                          suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("brief")

HEADLINE = "Russia, Iran and arms"
LEAD = "Between Russia and Iran arms have been a matter of many words for many years."
LAST = "Whatever else may be written about it belongs on another page and to another day."
DATE_LINE = "Saturday, March 3, 2007"


def document(text, doc_id="article"):
    """An article as if it had been read from a file."""
    return corpus.Document(doc_id, f"{doc_id}.txt", "", text)


def around(sentence, date_line=""):
    """A small article that has the sentence in its middle: a paragraph of its own, the scene set before it."""
    return "\n\n".join(filter(None, [HEADLINE, date_line, LEAD, sentence, LAST])) + "\n"


@lru_cache(maxsize=None)
def coded(text):
    """Every row of one article, by table."""
    return pipeline.code_article(document(text), codebook.load())


def line_of(day):
    """An ISO day as the line that an article prints over itself."""
    return pd.Timestamp(day).strftime("%A, %B %-d, %Y")


def rows_in_context(table, before, sentence, day):
    """The rows of `table` that start in `sentence`, which stands behind `before` in a small article of an ISO day."""
    text = around(f"{before} {sentence}".strip(), line_of(day))
    start = text.index(sentence)
    return [row for row in coded(text)[table] if start <= row["start"] < start + len(sentence)]


def rows_in(table, sentence, date_line=""):
    """The rows of `table` that stand in the sentence, which is coded in the middle of a small article."""
    text = around(sentence, date_line)
    start = text.index(sentence)
    return [row for row in coded(text)[table] if start <= row["start"] < start + len(sentence)]


# ---------------------------------------------------------------- parsed once
SENTENCE = re.compile(r"\S+ .*[.!?][\"'”’]*")


def sentences_in(value):
    """Every text in the parameters of a test that ends as a sentence does, and the line of the day of a row."""
    if isinstance(value, dict):
        yield from sentences_in(list(value.values()))
        yield from [line_of(value["date"])] if "date" in value else []
    elif isinstance(value, list | tuple):
        for part in value:
            yield from sentences_in(part)
    elif isinstance(value, str) and SENTENCE.fullmatch(value):
        yield value


@pytest.fixture(scope="session", autouse=True)
def parsed_once(request):
    """Parses what the small articles share once, and the sentences of all tests that are to run together: one by one
    that takes as long as all else that a test does."""
    parse, known = language.parsed_docs, {}

    def remembered(texts):
        if len(texts) > 9 or len(set(texts)) < len(texts):  # a page, or one that needs a Doc for each of two twins
            return parse(texts)
        known.update({text: parse((text,))[0] for text in texts if text not in known})
        return [known[text] for text in texts]

    params = [list(item.callspec.params.values()) for item in request.session.items if hasattr(item, "callspec")]
    book = pipeline.known(codebook.load())
    sentences = sorted({language.unparsed(language.plain(text), book) for text in sentences_in(params)})
    for n in range(0, len(sentences), 500):  # one parse takes no more words than an article may have
        some = tuple(sentences[n:n + 500])
        known.update(zip(some, parse(some), strict=True))
    gc.freeze()  # what is kept to the end need not be looked through again and again
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "parsed_docs", remembered)
        yield


# ---------------------------------------------------------------- coded once
@pytest.fixture(scope="session")
def book():
    return codebook.load()


@pytest.fixture(scope="session")
def corpus_tables():
    """The checked tables of the five articles of data/raw."""
    return ruiran.code()


@pytest.fixture(scope="session")
def raw_texts():
    """The raw text of the five articles by doc_id, decoded here and not by the package."""
    return {path.stem: path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            for path in sorted(RAW.glob("*.txt"))}


def marked(cases, wrong):
    """The cases as parameters, each named by its first value; `wrong` has the reason of each that fails today."""
    cases = [case if isinstance(case, tuple) else (case,) for case in cases]
    assert set(wrong) <= {case[0] for case in cases}, "a reason without its case"
    return [pytest.param(*case, id=case[0][:70].replace("\n", " "), marks=[
        pytest.mark.xfail(strict=True, reason=wrong[case[0]])] if case[0] in wrong else []) for case in cases]
