"""The spaCy pipeline: which one, which of its components, and how texts go through it.

Names are not asked of the pipeline: on invented or merely rare names the small model's entity types are little better
than a guess, and they cost twice the parser. They are found by rules over the parse (see names.py).
"""

from __future__ import annotations

import contextlib
import functools
import importlib
from dataclasses import dataclass, field

import spacy
from spacy.language import Language

from dragoman.extract import DEFAULT_PIPELINE, parser_steps, token_vectors, word_classes

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
    token_vectors.put_into(nlp)
    parser_steps.put_into(nlp)
    nlp.max_length = 10**9  # long texts are parsed by the piece, see extract/__init__.py
    return nlp


KEPT_WORDS = 50_000
"""Words that the pipeline keeps, those that it meets first: spelled out they take some 20 MB."""

ROOM = 1_000_000
"""Characters that are parsed before the words that came after those are let go of."""


@dataclass(slots=True)
class _Room:
    """A memory zone (https://spacy.io/api/language#memory_zone) that stays open over many texts."""

    zone: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    characters: int = 0


_rooms: dict[Language, _Room] = {}


def make_room(nlp: Language, characters: int) -> None:
    """To be called before texts are parsed: keeps the vocabulary, and with it memory, from growing with the reading.

    Outside a memory zone every new word stays for good; inside one the tokenizer remembers no word and all new ones are
    made anew. So the first words that are met, which are those that come again, are kept; only after them a zone is
    opened, and begun anew after `ROOM` characters. What was parsed must not be used any more when the next texts are
    (our own plain objects hold nothing of it, see parsed.py).
    """
    room = _rooms.get(nlp)
    if room is None:
        if len(nlp.vocab) < KEPT_WORDS or nlp.vocab.in_memory_zone:  # type: ignore[attr-defined]
            return
        room = _rooms[nlp] = _Room()
        room.zone.enter_context(nlp.memory_zone())
    elif room.characters + characters > ROOM:
        room.zone.close()
        room.zone.enter_context(nlp.memory_zone())
        room.characters = 0
    room.characters += characters
