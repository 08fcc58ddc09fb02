"""Encounters told without their noun, by one told just before: "The first, in …, ended in nothing", "the one in 2023".

And those told only as the last before another: "their first meeting since May" tells of one in May too.
"""

from __future__ import annotations

import dataclasses
import re

from dragoman.extract.cast import Cast
from dragoman.extract.meeting_clauses import carrier, has, joined, subjects_of
from dragoman.extract.meeting_fields import minutes_of
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.meeting_parts import named, sides_of
from dragoman.extract.meeting_reading import worded
from dragoman.extract.meeting_strength import add
from dragoman.extract.meeting_times import after_since, grain
from dragoman.extract.ordinals import may_be_ordinal, ordinal
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span, Token
from dragoman.extract.times import FUTURE, TimeFound

_NEAR = 400
"""How far, in characters, the noun may stand from a word that stands for it."""
_SAME = re.compile(
    r"\b(?:in|at)\s+the\s+same\s+(?:\w+\s+)?(?:city|town|place|hotel|building|palace|capital|hall)\b", re.I
)


def unnamed_ones(
    sentence: Span,
    block: Block,
    page: Page,
    found: list[Told],
    taken: list[Told],
    here: list[TimeFound],
    cast: Cast,
) -> list[Told]:
    """The encounters that a sentence tells of by an ordinal or "one" alone.

    Args:
        sentence: in its paragraph, `block`, of the `page`.
        found: mentions before the sentence.
        taken: mentions in it.
        here: its times.
        cast: of the page.

    Returns: mentions; who met, and how, is what the mention says that they stand for.
    """
    out: list[Told] = []
    for token in sentence:
        number = _stands_alone(token) if may_be_ordinal(token.lower_) or token.lower_ == "one" else None
        if number is None:
            continue
        at = block.start + token.idx
        before = [t for t in found + taken if t.start < at and at - t.start < _NEAR]
        model = next((t for t in reversed(before) if has("standing_for", t.trigger.lower_) and not t.earlier), None)
        if model is None or (carrier(model.trigger) is not None and carrier(model.trigger) == carrier(token)):
            continue
        one = _like(token, number or None, model, block, page, cast, here)
        if one is not None and not any(t.start <= at < t.span[1] and t.noun and t.times == one.times for t in taken):
            out.append(one)
    return out


def _stands_alone(token: Token) -> int | None:
    """The number of an ordinal that stands for a noun, 0 for "the one"; None for any other word."""
    word = token.lower_
    follows = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if follows is None or follows.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or follows.text in ("-", "%"):
        return None
    lefts = {c.lower_ for c in token.lefts}
    before = token.nbor(-1).lower_ if token.i else ""
    if word == "one":
        pointed = before in ("the", "that", "earlier", "previous", "last", "next", "first", "second", "third")
        return 0 if pointed and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "appos", "conj", "attr") else None
    number = ordinal(word)
    if number is None or not (lefts & {"the", "a", "an"} or before in ("the", "a")):
        return None
    if any(c.lower_ == "of" for c in token.children) or follows.lower_ == "of":
        return None
    subject = token.dep_ in ("nsubj", "nsubjpass") and _of_encounters(token.head)
    return (
        number if subject or (token.dep_ in ("conj", "appos", "ROOT", "dobj") and follows.text in (",", ":")) else None
    )


_ITS_VERBS = ("light_verbs", "over_verbs", "cancelled", "postponed", "declined", "proposed", "scheduled", "neutral")


def _of_encounters(verb: Token) -> bool:
    """Whether a verb can be said of an encounter: "ended", "was held", "is planned", not "sank"."""
    return verb.pos_ == "AUX" or any(has(n, verb.lower_) or has(n, joined(verb)) for n in _ITS_VERBS)


def _like(
    token: Token, number: int | None, model: Told, block: Block, page: Page, cast: Cast, here: list[TimeFound]
) -> Told | None:
    """The mention that a word makes which stands for the noun of another."""
    told = worded(token, True, block, page, cast, here)
    low = block.start + token.idx
    # What is set off by commas right after it is its own: "The first, in the same city on 3 May, ended".
    until = min(block.start + token.sent.end_char, low + 120)
    verb = token.head if token.dep_ in ("nsubj", "nsubjpass") else None
    stop = block.start + verb.idx if verb is not None and verb.i > token.i else until
    told.times = told.times or [t for t in here if low < t.start < stop]
    places = list(cast.places_within((low, stop)))
    if told.place is None and told.country is None and len(places) == 1:
        told.place, told.country = places[0].name, places[0].country
    if told.place is None and _SAME.search(page.text, low, until):
        told.place, told.country = model.place, model.country
    if not (told.times or told.place):
        return None
    told.kind, told.level = model.kind, model.level
    told.sides = told.sides or list(model.sides)
    told.mediators = list(model.mediators)
    told.series = False
    counted = has("rounds", model.trigger.lower_) or model.round is not None
    told.round = number if counted else None
    told.strong, told.definite = True, False
    if any(c.dep_ == "relcl" and c.tag_ in ("VBD", "VBN") for c in token.subtree):
        told.status = "held"  # "the one in 2023 where they agreed on the menu"
    ahead = any(t.direction == FUTURE for t in told.times)
    if told.status is None:
        told.status = "scheduled" if ahead else "held"
    told.earlier = told.status == "held" and (
        model.status != "held" or (number or 0) < (model.round or 0) or not number
    )
    return told


_SINCE = ("first", "last", "only", "second", "third", "fourth")


def last_before(told: Told, found: list[Told], cast: Cast) -> Told | None:
    """The encounter that "their first meeting since November 2023" tells of besides: that of then.

    Its time is taken from the mention, of which it is none.
    """
    if not told.noun or told.series or not any(c.lower_ in _SINCE for c in told.trigger.lefts):
        return None
    since = [t for t in told.times if after_since(t, told.block)]
    since = since or [t for t in told.beside if after_since(t, told.block) and t.start - told.start < 60]
    if not since or grain(since[0]) > 366:
        return None
    told.times = [t for t in told.times if t not in since]
    told.beside = [t for t in told.beside if t not in since]
    model = _meant(told, found)
    one = dataclasses.replace(
        told, times=since[:1], beside=[], status="held", earlier=True, definite=False, round=None, counted=None
    )
    one.sides, one.people = list(told.sides or model.sides), list(told.people or model.people)
    one.mediators, one.kind, one.level = list(told.mediators), "talks", told.level or model.level
    one.place, one.country, one.venue, one.minutes, one.format = None, None, None, None, None
    one.strong = len(one.people) > 1 or len(one.sides) > 1
    one.span = (told.start, since[0].end)
    return one if one.strong else None


def _meant(told: Told, found: list[Told]) -> Told:
    """The mention that "it was their first meeting since …" speaks of: itself where it names who met."""
    if told.people or told.sides:
        return told
    return next((t for t in reversed(found[-3:]) if t.people or t.sides), told)


def stretches(sentence: Span, block: Block, page: Page, cast: Cast, here: list[TimeFound]) -> list[Told]:
    """Encounters told by how long they took: "Nine hours before the conciliators", "After six hours X and Y agreed"."""
    out: list[Told] = []
    for token in sentence:
        if not has("stretches", token.lower_) or token.pos_ != "NOUN":
            continue
        after = token.dep_ == "pobj" and token.head.lower_ in ("after", "following")
        alone = token.dep_ in ("ROOT", "nsubj") or (token.dep_ == "npadvmod" and token.head.dep_ == "ROOT")
        counted = any(c.dep_ in ("nummod", "quantmod") or c.lower_ in ("half", "long") for c in token.subtree)
        bare = any(c.lower_ in ("without", "of", "since", "into") for c in token.children)
        if not counted or not (after or alone) or bare:
            continue
        verb = token.head.head if after else None
        heads = subjects_of(verb) if verb is not None and has("reached", verb.lower_) else []
        found = [m for h in heads for m in named(block, h, cast)]
        both = len(sides_of(found, cast) & set(cast.parties)) > 1
        told_end = any(
            c.dep_ == "relcl" and (has("reached", c.lower_) or c.lower_ in ("brought", "produced", "yielded"))
            for c in token.children
        )
        if not both and not told_end and not any(_table(c, block, cast) for c in _beside(token)):
            continue
        told = worded(token, True, block, page, cast, here)
        for ref in [m.actor for m in found] + cast.parties[:2]:
            add(told, ref, cast)
        span = block.start + token.left_edge.idx, block.at(token.right_edge)[1]
        told.span = (min(span[0], told.span[0]), max(span[1], told.span[1])) if not after else span
        told.times = [t for t in here if span[0] <= t.start and t.end <= span[1] and grain(t) <= 3]
        told.status, told.strong, told.definite, told.kind = "held", True, False, "talks"
        told.minutes = minutes_of(page.quote(span)) if token.lower_ in ("hour", "hours", "minutes") else None
        out.append(told)
    return out


def _beside(token: Token) -> list[Token]:
    """What hangs on a stretch of time, or stands between it and the verb that it is the subject of."""
    between = [c for c in token.head.children if token.i < c.i < token.head.i] if token.dep_ == "nsubj" else []
    return [*token.children, *between]


def _table(prep: Token, block: Block, cast: Cast) -> bool:
    """Whether a phrase puts those who sat somewhere: "before the board", "in front of X", "in the mill canteen"."""
    if prep.dep_ != "prep" or prep.lower_ not in ("in", "at", "before", "with", "opposite", "around", "round"):
        return False
    goals = [t for t in prep.subtree if t.dep_ == "pobj"]
    if prep.lower_ in ("in", "at", "around", "round") and not any(g.lower_ == "front" for g in goals):
        return any(
            has("rooms", g.lower_) or (has("venues", g.lower_) and g.lower_ not in ("hospital", "school"))
            for g in goals
        )
    people = [m for m in named(block, prep, cast) if cast.actors[m.actor].part != "outside"]
    return bool(people) or any(has("conciliating", g.lower_) for g in goals)
