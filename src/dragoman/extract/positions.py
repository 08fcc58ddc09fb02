"""Positions: what each party wants, offers, accepts or refuses, issue by issue."""

from __future__ import annotations

from dragoman.extract.findings import PositionFound, SpanT
from dragoman.extract.issues import OTHER
from dragoman.extract.stance_content import quantities, readable
from dragoman.extract.stance_dates import when_of
from dragoman.extract.stance_issues import issues_in
from dragoman.extract.stance_model import Model, load, with_likely
from dragoman.extract.stance_reading import StanceReader
from dragoman.extract.stance_stand import Stand
from dragoman.extract.time_days import settle_past
from dragoman.extract.told import Told

PLAIN = 3.0
"""The score (see Issues.scores) from which words are as plainly of an issue as words can be."""

_POINTING = 3
"""Words: what is longer says itself what it is about, even with a "that" in it."""

_LONGEST = 200
"""Characters of a position's short text."""


def find_positions(told: Told, model: Model | None = None) -> list[PositionFound]:
    """The positions on a page, in the order of the text; the same stand told twice is one with two spans.

    Args:
        told: the page.
        model: which clauses hold a stand; None for the one that comes with dragoman.
    """
    reader = StanceReader(told)
    found: dict[tuple[int, str, str, bool], PositionFound] = {}
    for stand in with_likely(told, reader.voices, list(reader.stands()), model or load()):
        for issue, words, span in _with_others(told, issues_in(told, stand, told.about())):
            for holder in stand.holders:
                told_by, teller = reader.voices.told_by(stand.statement, holder, stand.voiced)
                key = (holder, issue, stand.stance, stand.past)
                there = found.get(key)
                spans = [] if there is None else there.spans
                if span not in spans:
                    spans.append(span)
                # What the party says itself tells of its stand before what others say of it.
                if there is not None and (there.told_by == "own" or told_by != "own"):
                    continue
                when = when_of(stand)
                found[key] = PositionFound(
                    spans=spans,
                    party=holder,
                    issue=issue,
                    stance=stand.stance,
                    content=_told(words, stand),
                    date=settle_past(when, told.dated) if when else None,
                    statement=stand.statement,
                    told_by=told_by,
                    teller=teller,
                    addressee=stand.addressee,
                    past=stand.past,
                    quantities=quantities(words),
                    when=when,
                )
    return sorted(found.values(), key=lambda p: (p.spans[0], p.party, p.issue, p.stance))


def _with_others(told: Told, found: list[tuple[str, str, SpanT]]) -> list[tuple[str, str, SpanT]]:
    """The issues of a stand, and the others that the same words tell of as plainly: "peace that keeps our borders"."""
    if len(found) != 1:
        return found
    [(issue, words, span)] = found
    others = [
        other
        for other, score in told.issues.scores(words).items()
        if score >= PLAIN and other not in (issue, OTHER) and not told.issues.is_everywhere(other)
    ]
    return found + [(other, words, span) for other in others]


def _told(words: str, stand: Stand) -> str:
    """The short text of a position: its words, and in brackets what they are about where they only point there."""
    short = _short(words)
    if not stand.points or len(short.split()) > _POINTING:
        return short
    about = _short(stand.points)
    return f"{short} [{about}]" if about.lower() not in short.lower() else short


def _short(words: str) -> str:
    text = readable(words)
    return text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " …"
