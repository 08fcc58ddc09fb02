"""The tense around a time expression: whether what it dates is past or to come."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.lexicon import words
from dragoman.extract.parsed import Token
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN


def tense(token: Token) -> int:
    """Whether the clause that a token stands in is past (-1), to come (1) or neither (0)."""
    for step in _up(token):
        if (
            step.dep_ == "prep"
            and step.lower_ in ("until", "till", "to", "for", "by")
            and step.head.lower_ in words("times", "moved_words")
        ):
            return FUTURE
        if step.lower_ in ("since", "ago"):
            return PAST
        if step.lower_ in words("times", "future_words") and step.i != token.i and step.pos_ != "AUX":
            return FUTURE
        if step.lower_ in ("is", "are", "be") and any(c.lower_ in words("times", "future_words") for c in step.rights):
            return FUTURE
        if any(c.lower_ in ("next", "upcoming", "coming", "planned", "forthcoming") for c in step.lefts):
            return FUTURE
        if step.pos_ in ("VERB", "AUX"):
            way = _tense_of(step)
            if way != UNKNOWN:
                return way
    return UNKNOWN


def _up(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors


def _tense_of(verb: Token) -> int:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "cop")]
    modal = next((h for h in helpers if h.lower_ in words("times", "future_auxiliaries")), None)
    if verb.lower_ in words("times", "future_auxiliaries"):
        modal = verb
    if modal is not None:
        # "would have met", "could have come" did not come to pass: neither.
        return UNKNOWN if any(h.lower_ == "have" for h in helpers) else FUTURE
    if any(h.lower_ == "to" for h in helpers):
        governor = verb.head
        if governor.lower_ in words("times", "future_words") | words("times", "wish_words"):
            return FUTURE
        if governor.lower_ in ("is", "are", "was", "were", "be"):
            return FUTURE
        return UNKNOWN
    if verb.tag_ == "VBD" or any(h.tag_ == "VBD" for h in helpers):
        return PAST
    if verb.tag_ in ("VBN", "VBD") and any(h.lower_ in ("has", "have", "had", "'ve", "’ve") for h in helpers):
        return PAST
    if verb.tag_ == "VBG" and any(h.lower_ in ("has", "have", "had") for h in helpers):
        return PAST
    return UNKNOWN
