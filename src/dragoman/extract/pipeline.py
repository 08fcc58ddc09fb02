"""The spaCy pipeline: which one, which of its components, and how texts go through it.

Names are not asked of the pipeline: on invented or merely rare names the small model's entity types are little better
than a guess, and they cost twice the parser. They are found by rules over the parse (see names.py).
"""

from __future__ import annotations

import functools
import importlib

import spacy
from spacy.language import Language

from dragoman.extract import DEFAULT_PIPELINE, word_classes

LEFT_OUT = ("ner", "lemmatizer")


@functools.cache
def load(name: str = DEFAULT_PIPELINE) -> Language:
    """The pipeline of this name (a package or a path), without what we do not use.

    Raises OSError where there is no such pipeline.
    """
    try:
        nlp: Language = importlib.import_module(name).load(exclude=list(LEFT_OUT))
    except ModuleNotFoundError:
        nlp = spacy.load(name, exclude=list(LEFT_OUT))
    word_classes.put_into(nlp)
    nlp.max_length = 10**9  # long texts are parsed by the piece, see extract/__init__.py
    return nlp
