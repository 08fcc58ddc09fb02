"""What the sentences after the mention of an encounter say became of it: put off, called off, asked for, refused."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from dragoman.extract.cast import Cast
from dragoman.extract.lexicon import load, words
from dragoman.extract.meeting_fields import status_of
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.meeting_strength import add
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span
from dragoman.extract.times import FUTURE, TimeFound

_NOT_YET = re.compile(r"\b(?:neither|not|nobody|none|nor|no (?:one|side|party)|yet to)\b|n['’]t\b", re.I)
"""What stands before "said yes" where nobody did."""
_OPEN = (None, "proposed", "scheduled")
_NEAR = 300
"""How far, in characters, "it" may stand from what it means."""
_REACH = 600
"""How far, in characters, a refusal may stand from what it refuses."""


def told_on(
    sentence: Span, block: Block, found: list[Told], taken: list[Told], here: list[TimeFound], cast: Cast
) -> None:
    """Carry what a sentence says of an encounter told before it, or in it, over to that.

    Arguments: the sentence, its paragraph, the encounters told before, those of the sentence, its times, the cast.
    """
    before = (found + taken)[-1:]
    start = block.start + sentence.start_char
    text = sentence.text
    for told in before:
        if start - told.span[1] > _NEAR:
            continue
        if told.status in _OPEN:
            _became(told, sentence, block, bool(taken), here)
        if told.status == "proposed" and told not in taken and _accepted(text):
            told.status = "scheduled"
    for told in found[-1:]:
        if start - told.span[1] <= _NEAR and told.status in _OPEN:
            _pencilled(told, text, start, here)
    if found and found[-1].block is block and not taken and _requests().search(text):
        _asked(found[-1], sentence, block, cast)
    if not _refusals().search(text):
        return
    for told in reversed(found[-3:] + taken):
        if start - told.span[1] > _REACH or told.series:
            continue
        wished = told.status == "proposed" and (told.people or told.kind == "summit" or told.level == "leaders")
        own = told in taken and told.noun and told.status in (None, "held") and _of_programme().search(text)
        if (wished and told not in taken) or (own and told.people):
            _refused(told, sentence, block, cast)
            for twin in found[-3:]:
                if twin.span == told.span and twin.status == "proposed":
                    twin.status = "declined"
            break


def _accepted(text: str) -> bool:
    """Whether somebody says yes: "has said yes", not "neither had said yes"."""
    said = _acceptances().search(text)
    return said is not None and _NOT_YET.search(text, max(0, said.start() - 40), said.start()) is None


def _became(told: Told, sentence: Span, block: Block, here: bool, times: list[TimeFound]) -> None:
    """ "They had asked for a meeting with him; it was turned down": what "it" became is what the encounter became."""
    if not told.noun:
        return
    for token in sentence:
        if token.lower_ not in ("it", "that", "one") or token.dep_ not in ("nsubjpass", "nsubj", "dobj"):
            continue
        if here and token.i < told.trigger.i:
            continue
        status = status_of(token, noun=True)
        if status not in ("postponed", "cancelled", "declined"):
            continue
        told.status = status
        later = [t for t in times if t.start > block.start + token.idx and t.direction != -FUTURE]
        if status == "postponed" and later and not here:
            told.times, told.moved = later[:1], True


def _pencilled(told: Told, text: str, start: int, times: list[TimeFound]) -> None:
    """ "The call, an aide said, is in the diary for Saturday": the day, though the sentence names nobody who meets."""
    found = _diaries().search(text)
    if found is None or told.times or told.kind not in ("call", "summit", "talks", "trilateral", "visit"):
        return
    later = [t for t in times if 0 <= t.start - start - found.end() <= 12]
    told.times = [replace(t, direction=FUTURE) for t in later[:1]]


def _asked(told: Told, sentence: Span, block: Block, cast: Cast) -> None:
    """ "And the summit? X has asked for it four times": the encounter is wished for, by one of those who would meet."""
    if not told.noun or told.status not in (None, "proposed") or told.strong:
        return
    heads = [t for t in sentence if t.dep_ == "nsubj"]
    low = block.start + sentence.start_char
    for mention in cast.within(low, low + len(sentence.text)):
        span = block.tokens(mention.start, mention.end)
        if span is None or not any(t in heads for t in span):
            continue
        actor = cast.actors[mention.actor]
        if (
            mention.actor in cast.parties
            or actor.side in cast.parties
            or (actor.kind == "person" and mention.form == "name" and actor.part != "outside")
        ):
            told.status, told.strong, told.definite = "proposed", True, False
            for ref in [mention.actor, *cast.parties[:2]]:
                add(told, ref, cast)


def _refused(told: Told, sentence: Span, block: Block, cast: Cast) -> None:
    """Note the refusal, and who refused, if it is a person of the other side."""
    told.status, told.strong, told.definite = "declined", True, False
    told.earlier = False
    low = block.start + sentence.start_char
    for ref in cast.parties[:2]:
        add(told, ref, cast)
    mine = {cast.actors[p].side for p in told.people}
    if len(told.people) > 1:
        return
    for token in sentence:
        if token.dep_ != "nsubj":
            continue
        at = block.start + token.idx
        for mention in cast.within(low, low + len(sentence.text)):
            actor = cast.actors[mention.actor]
            if mention.start <= at < mention.end and actor.kind == "person" and actor.part != "outside":
                if mention.form == "name" and actor.side not in mine:
                    add(told, mention.actor, cast)
                return


def follow_words() -> frozenset[str]:
    """Words of which one stands in every sentence that may tell on."""
    return words("meetings", "follow_words")


@functools.cache
def _refusals() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(load("meetings")["refusals"]) + ")", re.I)


@functools.cache
def _acceptances() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + load("meetings")["acceptances"] + ")", re.I)


@functools.cache
def _requests() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + load("meetings")["requests"] + ")", re.I)


@functools.cache
def _diaries() -> re.Pattern[str]:
    return re.compile(load("meetings")["diaries"], re.I)


@functools.cache
def _of_programme() -> re.Pattern[str]:
    [own] = [r for r in load("meetings")["refusals"] if r.startswith("not ")]
    return re.compile(r"\b" + own, re.I)
