"""Statements: attributions with their speakers, channels and relays."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right

from spacy.tokens import Span

from dragoman.extract import lexicon
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import Attribution, SpanT, StatementFound
from dragoman.extract.names import organisations, role_level, singular
from dragoman.extract.page import Block, Page

_COLLECTIVE = frozenset(("side", "delegation", "negotiators", "team", "government", "authorities", "regime", "leadership"))
_RELAY = re.compile(
    r"\b(?:cited|quoted|reported|carried|relayed|published) by (?:the )?(?:\w+ ){0,2}?((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*)*)"
    r"|\b(?:told|tells) (?:the )?(?:(?:daily|newspaper|agency|station|broadcaster|weekly|website) )?((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*)*)"
    r"|\breports? (?:the )?(?:newspaper|daily|agency|website|weekly|station) ((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*)*)"
)
_LONGEST = 1200
"""Characters: a statement longer than this is cited by its pieces, not by all that lies between them."""


@functools.cache
def _channels() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (channel, re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b", re.IGNORECASE))
        for channel, words in lexicon.load("channels").items()
    ]


def find_statements(page: Page, cast: Cast, attributions: list[Attribution]) -> list[StatementFound]:
    """A statement for each attribution that somebody is said to have voiced, in the order of the text."""
    starts = [b.start for b in page.blocks]
    found = []
    for attribution in attributions:
        if attribution.thought or not attribution.content:
            continue
        speaker, principal, words = _speaker(page, cast, attribution, starts)
        around = _around(page, attribution, starts)
        found.append(
            StatementFound(
                content=list(attribution.content),
                kind=attribution.kind,
                spans=_spans(attribution),
                speaker=speaker,
                speaker_text=words,
                on_behalf_of=principal,
                cue=" ".join(page.quote(c) for c in attribution.cue) or None,
                channel=_channel(around),
                via=_via(around, cast, speaker),
            )
        )
    return found


def _block(page: Page, starts: list[int], offset: int) -> Block | None:
    k = bisect_right(starts, offset) - 1
    if k < 0 or offset >= page.blocks[k].end:
        return None
    return page.blocks[k]


def _spans(attribution: Attribution) -> list[SpanT]:
    """What to cite: everything from the first word to the last, or, where that is far, the pieces."""
    pieces = sorted([*attribution.source, *attribution.cue, *attribution.content])
    start, end = pieces[0][0], max(p[1] for p in pieces)
    return [(start, end)] if end - start <= _LONGEST else sorted(set(pieces))


def _speaker(
    page: Page, cast: Cast, attribution: Attribution, starts: list[int]
) -> tuple[int | None, int | None, str | None]:
    """(speaker, on whose behalf, the speaker in the text's words) of an attribution."""
    if not attribution.source:
        return None, None, None
    start, end = attribution.source[0]
    words = " ".join(page.quote((start, end)).split())
    block = _block(page, starts, start)
    if block is None:
        return None, None, words
    span = block.doc.char_span(start - block.start, min(end, block.end) - block.start, alignment_mode="expand")
    if span is None:
        return None, None, words
    inside = [m for m in cast.within(start, end)]
    whole = [m for m in inside if m.end >= end - 1 and _starts_at(page, m, start)]
    if whole:
        best = max(whole, key=lambda m: (m.form == "name", m.end - m.start))
        return best.actor, None, words
    head = span.root
    at_head = [m for m in inside if block.start + head.idx >= m.start and block.start + head.idx < m.end and m.form != "adjective"]
    if at_head:
        best = max(at_head, key=lambda m: m.end - m.start)
        if cast.actors[best.actor].kind == "person" or singular(head.lower_) not in organisations().bodies:
            return best.actor, None, words
    person = [m for m in inside if cast.actors[m.actor].kind == "person" and m.form == "name" and not _owned(page, m)]
    if person and _apposed(span, block, person[0]):
        return person[0].actor, None, words
    others = [m for m in inside if cast.actors[m.actor].kind != "person"]
    if head.lower_ in _COLLECTIVE and others:
        return others[0].actor, None, words
    level = role_level(head)
    if level in ("leaders", "ministers", "delegates", "officials") and inside:
        principal = inside[-1].actor
        side = cast.actors[principal].side
        return None, side if cast.actors[principal].kind == "person" and side is not None else principal, words
    return None, None, words


def _starts_at(page: Page, m: Mention, start: int) -> bool:
    """Whether only an article, a title or nothing stands between the source's start and the mention."""
    return len(page.text[start : m.start].split()) <= 1


def _owned(page: Page, m: Mention) -> bool:
    """Whether a possessive follows: "Ruhl's lawyer" is not Ruhl."""
    return page.text[m.end : m.end + 2] in ("'s", "’s")


def _apposed(span: Span, block: Block, m: Mention) -> bool:
    """Whether the person named in a source is the one who speaks: its head, beside its head, or in apposition to it."""
    named = block.doc.char_span(m.start - block.start, m.end - block.start, alignment_mode="expand")
    if named is None:
        return False
    token = named.root
    while token.i != span.root.i and token.head.i != token.i:
        if token.dep_ in ("pobj", "poss"):
            return False
        token = token.head
    return token.i == span.root.i


def _around(page: Page, attribution: Attribution, starts: list[int]) -> str:
    """The words beside source and cue, without what is said."""
    places = attribution.cue or attribution.source
    if not places:
        return ""
    block = _block(page, starts, places[0][0])
    if block is None:
        return ""
    low, high = max(block.start, places[0][0] - 120), min(block.end, places[-1][1] + 120)
    kept = []
    at = low
    for start, end in sorted(attribution.content):
        if end <= low or start >= high:
            continue
        kept.append(page.text[at : max(at, start)])
        at = max(at, end)
    kept.append(page.text[at:high])
    # the nearest sentence part only: another sentence may tell of another channel
    text = " … ".join(kept)
    cue = page.quote(places[0])
    k = text.find(cue)
    if k >= 0:
        left = max(text.rfind(". ", 0, k) + 2, 0) if text.rfind(". ", 0, k) >= 0 else 0
        right = text.find(". ", k)
        text = text[left : right if right >= 0 else len(text)]
    return text


def _channel(around: str) -> str | None:
    for channel, pattern in _channels():
        if pattern.search(around):
            return channel
    return None


def _via(around: str, cast: Cast, speaker: int | None) -> str | None:
    match = _RELAY.search(around)
    if match is None:
        return None
    name = next(g for g in match.groups() if g)
    for actor in cast.actors:
        if actor.kind == "person" and name in actor.names:
            return None  # "told Ruhl": an addressee, who relays nothing
        if actor.part in ("party", "mediator") and name in actor.names:
            return None
    return name
