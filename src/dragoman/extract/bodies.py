"""Offices and bodies that speak in their own name: actors that only their words make known."""

from __future__ import annotations

from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import ActorFound, Attribution
from dragoman.extract.offices import organisation_kind, organisations, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span
from dragoman.extract.spelling import fold

_SEATS_OF_POWER = frozenset(("presidency", "palace", "chancellery", "chancellory", "cabinet", "premiership"))


def add_bodies(page: Page, cast: Cast, attributions: list[Attribution]) -> None:
    """Offices and bodies that speak in their own name become actors on the side of whom they belong to.

    "the office of the Varonian president", "Varonia's foreign ministry": a noun phrase whose head is a body, with a
    known actor inside it.
    """
    lex = organisations()
    starts = {b.start: b for b in page.blocks}
    for attribution in attributions:
        if not attribution.source:
            continue
        start, end = attribution.source[0]
        block = next((b for s, b in starts.items() if s <= start and end <= b.end), None)
        if block is None:
            continue
        span = block.tokens(start, end)
        if span is None or len(span) > 9 or (len(span) < 2 and span[0].i == 0):
            continue
        head = span.root
        if (
            singular(head.lower_) not in lex.bodies
            or singular(head.lower_) in lex.governments
            or head.lower_ in ("team", "side", "staff")
        ):
            continue
        inside = [m for m in cast.within(start, end) if m.form != "pronoun"]
        if not inside:
            _nameless_body(page, cast, block, span, end)
            continue
        whole = [
            m
            for m in inside
            if m.form == "name"
            and (
                cast.actors[m.actor].kind == "body"
                or (m.end == end and organisation_kind(page.quote((m.start, m.end))))
            )
        ]
        if whole:
            continue
        belongs = inside[-1] if "of" in [t.lower_ for t in span] else inside[0]
        first = span[1] if span[0].lower_ in ("the", "a", "an") else span[0]
        begin = block.start + first.idx
        name = " ".join(page.text[begin:end].split())
        owner = cast.actors[belongs.actor]
        known = next((i for i, a in enumerate(cast.actors) if a.kind == "body" and fold(a.name) == fold(name)), None)
        if known is None:
            known = len(cast.actors)
            side = belongs.actor if owner.kind != "person" else owner.side
            cast.actors.append(ActorFound(name, {name: (begin, end)}, "body", None, side, part=owner.part))
        cast.mentions.append(Mention(begin, end, known, "name"))
    cast.mentions.sort(key=lambda m: (m.start, -m.end))


def _nameless_body(page: Page, cast: Cast, block: Block, span: Span, end: int) -> None:
    """Take "the economy ministry", "the presidency" for a body where nothing says whose; the one state is its side."""
    first = span[0]
    if first.lower_ == "the":
        if len(span) < 2:
            return
        first = span[1]
    head = span.root
    said = first.i < head.i and all(
        t.pos_ in ("ADJ", "NOUN", "PROPN") for t in span[first.i - span.start : head.i - span.start]
    )
    if span[-1].i != head.i or not (said or singular(head.lower_) in _SEATS_OF_POWER):
        return
    begin = block.start + first.idx
    name = " ".join(page.text[begin:end].split())
    known = next((i for i, a in enumerate(cast.actors) if a.kind == "body" and fold(a.name) == fold(name)), None)
    if known is None:
        states = [i for i in cast.parties if cast.actors[i].kind == "state"]
        side = states[0] if len(states) == 1 else None
        known = len(cast.actors)
        cast.actors.append(
            ActorFound(name, {name: (begin, end)}, "body", None, side, part="party" if side is not None else "outside")
        )
    cast.mentions.append(Mention(begin, end, known, "name"))
