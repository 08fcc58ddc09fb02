"""Conditions: whether a stand is made to wait on something else."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

_STRONG = re.compile(
    r"\b(?:only (?:if|when|once|after|on (?:the )?condition|in (?:exchange|return)|as part of|with)|not (?:until|before)|unless|until|provid(?:ed|ing)(?: that)?|on (?:the )?(?:one )?condition|"
    r"on the understanding|(?:as|so) long as|subject to|condition(?:al|ed) (?:on|upon)|contingent (?:on|upon)|dependent (?:on|upon)|depend(?:s|ed|ing)? on|hing(?:es|ed|e|ing) on|in (?:exchange|return)(?: for)?|"
    r"tied to|linked to|without (?:first|prior)|with the proviso|assuming that|in the event that|not .{0,40}\bbefore)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:if|as soon as|once|the (?:moment|day|minute|hour)|when|should|after|without)\b", re.IGNORECASE
)
_PLAIN_IF = re.compile(r"\b(?:if|as soon as|once|the (?:moment|day|minute|hour)|should the|without)\b", re.IGNORECASE)


def condition_on(head: Token, sentence: Span, own: set[int]) -> str | None:
    """How a word of stance is made to wait on something: strong ("only if"), weak ("if"), or None.

    Args:
        head: the word of stance.
        sentence: that it stands in.
        own: the indices of the stand's own words.
    """
    low, high = _bounds(head, sentence)
    words = " ".join(t.text for t in head.doc[low:high])
    if _STRONG.search(words):
        return "strong"
    if _PLAIN_IF.search(words):
        return "weak"
    return None


def _bounds(head: Token, sentence: Span) -> tuple[int, int]:
    """The stretch of a sentence in which a condition of a clause may stand: up to the next clause joined to it."""
    low, high = sentence.start, sentence.end
    for token in sentence:
        if (
            token.dep_ in ("conj", "parataxis")
            and token.pos_ in ("VERB", "AUX")
            and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
        ):
            first = token.left_edge.i
            if first > head.i:
                high = min(high, first)
            elif token == head or token.is_ancestor(head):
                low = max(low, first)
        if token.text == ";":
            if token.i > head.i:
                high = min(high, token.i)
            else:
                low = max(low, token.i)
    return low, high
