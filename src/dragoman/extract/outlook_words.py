"""The words of outlooks, ready for use: what `lexicon/outlooks.yaml` holds, as patterns and sets."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dragoman.extract.alternation import alternation
from dragoman.extract.lexicon import load
from dragoman.extract.phrase_list import PhraseList, Words, words_of

_LEANINGS = ("leaning_hopeful", "leaning_doubtful")
_JUDGEMENTS = ("mixed", "doubtful", "hopeful", "doubtful_about", "hopeful_about")
_SETS = ("targets", "experts", "officials", "feeling", "judging", "moods", "elsewhere")


@dataclass(slots=True)
class OutlookWords:
    """Phrases of judgement and patterns of leaning by direction, the pattern of contrast, and sets of words."""

    judgements: dict[str, PhraseList]
    patterns: dict[str, re.Pattern[str]]
    contrast: re.Pattern[str]
    single: dict[str, re.Pattern[str]]
    sets: dict[str, frozenset[str]]


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + alternation(phrases) + r")(?![\w-])")


@functools.lru_cache(maxsize=2048)
def hits(text: str) -> list[tuple[str, int, int]]:
    """Where phrases of judgement stand in a text: the key of their list, start and end, list by list."""
    return hits_among(text, words_of(text))


def hits_among(text: str, words: Words) -> list[tuple[str, int, int]]:
    """The same as `hits` for a text of which the words are known."""
    low = text.lower()
    return [
        (key, match.start(), match.end())
        for key, phrases in outlook_words().judgements.items()
        for match in phrases.finditer(low, words)
    ]


@functools.cache
def outlook_words() -> OutlookWords:
    """The lexicon of outlooks, loaded once."""
    data = load("outlooks")
    return OutlookWords(
        {key: PhraseList(data[key]) for key in _JUDGEMENTS},
        {key: _pattern(data[key]) for key in _LEANINGS},
        _pattern([data["contrast"]]),
        {key: re.compile(r"(?<![\w-])(?:" + value + ")", re.I) for key, value in data["single"].items()},
        {key: frozenset(data[key].split()) for key in _SETS},
    )
