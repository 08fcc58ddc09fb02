"""Conditions: whether a stand is made to wait on something else."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

_TIME = r"(?:\d|next|the (?:end|summer|autumn|spring|winter|year)|[A-Z][a-z]+day|noon|midnight|tomorrow|now|then|recently|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
_STRONG = re.compile(
    r"\b(?:only (?:if|when|once|after|against|on (?:the )?condition|in (?:exchange|return)|as part of|with|then)|not (?:until|before)|unless|"
    rf"until (?!{_TIME})|provid(?:ed|ing)(?: that)?|on (?:the )?(?:one )?(?:condition|proviso)|on the understanding|(?:as|so) long as|subject to|"
    r"condition(?:al|ed) (?:on|upon)|contingent (?:on|upon)|dependent (?:on|upon)|depend(?:s|ed|ing)? on|hing(?:es|ed|e|ing) on|"
    r"in (?:exchange|return)(?: for)?|tied to|linked to|without (?:first|prior)|with the proviso|assuming that|in the event that|"
    r"not .{0,40}\bbefore|the (?:day|moment|minute|hour|week) (?:that |the |they |he |she |it |we |its |their )|against (?:a|an) \w+ that)\b",
)
_PLAIN_IF = re.compile(
    r"\b(?:if|as soon as|(?<!at )once|the (?:moment|day|minute|hour)|should the|without)\b", re.IGNORECASE
)
_OPENERS = frozenset({"if", "unless", "once", "provided", "providing", "assuming", "until", "till"})
_TURNED = frozenset({"should", "were", "had"})


def condition_on(head: Token, sentence: Span, own: set[int]) -> str | None:
    """How a word of stance is made to wait on something: strong ("only if"), weak ("if"), or None.

    Args:
        head: the word of stance.
        sentence: that it stands in.
        own: the indices of the stand's own words.
    """
    low, high = _bounds(head, sentence)
    words = " ".join(t.text for t in head.doc[low:high])
    if _STRONG.search(words) or _STRONG.search(words[:1].lower() + words[1:]):
        return "strong"
    if _PLAIN_IF.search(words):
        return "weak"
    return None


def conditional_clause(verb: Token) -> bool:
    """Whether a clause hangs on a verb that says on what condition: if, unless, once, as soon as, "the day that".

    After "will", a clause in the present with "when" or "after" is one too (Quirk et al. 1985, 14.22).
    """
    to_come = any(c.lower_ in ("will", "'ll", "’ll", "shall") for c in verb.children)
    for child in verb.children:
        if child.dep_ == "advcl":
            for word in child.children:
                if word.dep_ in ("mark", "advmod", "prep") and word.lower_ in _OPENERS and word.i < child.i:
                    return True
                if to_come and word.lower_ in ("when", "after", "till") and not any(c.tag_ == "VBD" for c in (child,)):
                    return True
                if word.lower_ in _TURNED and word.dep_ in ("aux", "auxpass") and word.i == child.left_edge.i:
                    return True
            first = child.left_edge
            if first.lower_ in ("only", "as", "so") and _STRONG.search(_words(first, child)):
                return True
        if child.dep_ == "prep" and child.lower_ in ("after", "when", "once", "with", "in", "on", "against"):
            if child.left_edge.lower_ == "only" or (child.i and child.nbor(-1).lower_ == "only"):
                return True
        if child.dep_ in ("npadvmod", "dobj") and child.lower_ in ("day", "moment", "minute", "hour", "week"):
            if any(c.dep_ in ("relcl", "acl") for c in child.children):
                return True
    return False


def refusal_waits(verb: Token) -> bool:
    """Whether what "will not" be done waits on something: "until …", "before …", "unless …", "as long as …"."""
    if conditional_clause(verb):
        return True
    for child in verb.children:
        if child.dep_ in ("advcl", "prep") and child.left_edge.lower_ in ("before", "until", "till", "unless", "without"):
            return not (child.dep_ == "prep" and any(c.ent_type_ or c.like_num for c in child.subtree))
        if child.dep_ == "advcl" and any(c.lower_ in ("before", "until", "unless", "while", "as") for c in child.children):
            return True
    return False


def _words(first: Token, last: Token) -> str:
    return " ".join(t.text for t in first.doc[first.i : last.i + 1]).lower() + " "


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
