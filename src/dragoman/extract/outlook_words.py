"""The words of outlooks, ready for use: what `lexicon/outlooks.yaml` holds, as patterns and sets."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dragoman.extract.alternation import alternation
from dragoman.extract.lexicon import load

_PATTERNS = (
    "hopeful", "doubtful", "mixed", "hopeful_about", "doubtful_about", "leaning_hopeful", "leaning_doubtful",
)  # fmt: skip
_JUDGEMENTS = ("mixed", "doubtful", "hopeful", "doubtful_about", "hopeful_about")
_SETS = ("targets", "experts", "officials", "feeling", "judging", "moods", "elsewhere")


@dataclass(slots=True)
class OutlookWords:
    """Patterns by direction, the pattern of contrast, and sets of words."""

    patterns: dict[str, re.Pattern[str]]
    contrast: re.Pattern[str]
    single: dict[str, re.Pattern[str]]
    sets: dict[str, frozenset[str]]


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + alternation(phrases) + r")(?![\w-])")


@functools.lru_cache(maxsize=2048)
def hits(text: str) -> tuple[tuple[str, int, int], ...]:
    """Where phrases of judgement stand in some words: the key of the pattern, start and end, by pattern."""
    low = text.lower()
    patterns = outlook_words().patterns
    return tuple((key, m.start(), m.end()) for key in _JUDGEMENTS for m in patterns[key].finditer(low))


@functools.cache
def outlook_words() -> OutlookWords:
    """The lexicon of outlooks, loaded once."""
    data = load("outlooks")
    return OutlookWords(
        {key: _pattern(data[key]) for key in _PATTERNS},
        _pattern([data["contrast"]]),
        {key: re.compile(r"(?<![\w-])(?:" + value + ")", re.I) for key, value in data["single"].items()},
        {key: frozenset(data[key].split()) for key in _SETS},
    )
