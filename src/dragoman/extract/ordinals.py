"""Ordinals, in words and figures: the third round, the 12th meeting."""

from __future__ import annotations

import re

from dragoman.extract.lexicon import load

_ORDINALS: dict[str, int] = load("meetings")["ordinals"]
_IN_FIGURES = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def may_be_ordinal(word: str) -> bool:
    """Whether `ordinal` needs to be asked about a word: hardly any word of a text can be one."""
    return word in _ORDINALS or word[0].isdecimal()


def ordinal(word: str) -> int | None:
    """The number of an ordinal in words or figures ("third", "12th")."""
    found = _IN_FIGURES.fullmatch(word)
    return int(found[1]) if found else _ORDINALS.get(word)
