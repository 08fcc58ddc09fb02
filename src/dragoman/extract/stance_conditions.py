"""Conditions: whether a stand is made to wait on something else."""

from __future__ import annotations

import re

from dragoman.extract.parsed import Span, Token

_TIME = (
    r"(?:\d|next|the (?:end|summer|autumn|spring|winter|year)|[A-Z][a-z]+day|noon|midnight|tomorrow|now|then|recently|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_STRONG = re.compile(
    r"\b(?:only (?:if|when|once|after|against|on (?:the )?condition|in (?:exchange|return)|as part of|with|then)|"
    rf"not (?:until|before)|unless|until (?!{_TIME})|provid(?:ed|ing)(?: that)?|"
    r"on (?:the )?(?:one )?(?:condition|proviso)|on the understanding|"
    r"as soon as (?!possible|practic|(?:it|they|we) can)|(?:as|so) long as|subject to|"
    r"condition(?:al|ed) (?:on|upon)|contingent (?:on|upon)|dependent (?:on|upon)|depend(?:s|ed|ing)? on|"
    r"hing(?:es|ed|e|ing) on|in exchange|in return for|tied to|linked to|without (?:first|prior)|"
    r"with the proviso|assuming that|in the event that|not .{0,40}\bbefore|"
    r"the (?:day|moment|minute|hour|week) (?:that |the |they |he |she |it |we |its |their )|"
    r"against (?:a|an) \w+ that)\b",
)
_PLAIN_IF = re.compile(
    r"\b(?:if|as soon as|(?<!at )once|the (?:moment|day|minute|hour)|should the|without)\b", re.IGNORECASE
)
_OPENERS = frozenset({"if", "unless", "once", "provided", "providing", "assuming", "until", "till"})
_AFTER_ONLY = frozenset({"after", "when", "once", "with", "in", "on", "against"})
_TURNED = frozenset({"should", "were", "had"})


def condition_on(head: Token, sentence: Span) -> str | None:
    """How a word of stance is made to wait on something: strong ("only if"), weak ("if"), without, or None.

    Args:
        head: the word of stance.
        sentence: that it stands in.
    """
    low, high = _bounds(head, sentence)
    words = " ".join(t.text for t in head.doc[low:high])
    if _STRONG.search(words) or _STRONG.search(words[:1].lower() + words[1:]):
        return "strong"
    plain = {match.group().lower() for match in _PLAIN_IF.finditer(words)}
    if plain:
        return "without" if plain == {"without"} else "weak"
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
                if to_come and word.lower_ in ("when", "after", "till") and child.tag_ != "VBD":
                    return True
                if word.lower_ in _TURNED and word.dep_ in ("aux", "auxpass") and word.i == child.left_edge.i:
                    return True
            first = child.left_edge
            if first.lower_ in ("only", "as", "so", "on", "in") and _STRONG.search(_words(first, child)):
                return True
        only = child.left_edge.lower_ == "only" or (child.i > 0 and child.nbor(-1).lower_ == "only")
        if only and child.dep_ == "prep" and child.lower_ in _AFTER_ONLY:
            return True
        if child.dep_ == "prep" and any(c.lower_ in ("condition", "proviso", "understanding") for c in child.children):
            return True  # "on condition that"
        day = child.dep_ in ("npadvmod", "dobj") and child.lower_ in ("day", "moment", "minute", "hour", "week")
        if day and any(c.dep_ in ("relcl", "acl") for c in child.children):
            return True
    return False


def condition_tokens(head: Token, sentence: Span) -> list[Token]:
    """The words that say on what a stand waits ("if …", "until …", "in exchange for …"); none where there are none."""
    low, high = _bounds(head, sentence)
    for token in sentence.doc[low:high]:
        word = token.lower_
        opener = word in _OPENERS or word in ("as", "so", "only", "subject", "before", "after", "when", "without")
        if word == "in" and token.i + 1 < high and token.nbor(1).lower_ in ("exchange", "return"):
            opener = True
        if not opener or (word == "once" and token.i and token.nbor(-1).lower_ == "at"):
            continue
        top = token.head if token.dep_ in ("mark", "advmod", "aux", "cc") else token
        last = top.right_edge.i
        first = token.i - 1 if token.i > low and token.nbor(-1).lower_ in ("only", "not") else token.i
        if first <= last < high and last - first < 45 and last > token.i:
            return list(sentence.doc[first : last + 1])
    return []


def refusal_waits(verb: Token) -> bool:
    """Whether what "will not" be done waits on something: "until …", "before …", "unless …", "as long as …"."""
    if conditional_clause(verb):
        return True
    for child in verb.children:
        if child.dep_ in ("advcl", "prep") and child.left_edge.lower_ in (
            "before",
            "until",
            "till",
            "unless",
            "without",
        ):
            return not (child.dep_ == "prep" and any(c.like_num for c in child.subtree))
        if child.dep_ == "advcl" and any(
            c.lower_ in ("before", "until", "unless", "while", "as") for c in child.children
        ):
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
