"""Positions: what each party wants, offers, accepts or refuses, issue by issue."""

from __future__ import annotations

from dragoman.extract.findings import PositionFound, SpanT
from dragoman.extract.issues import OTHER
from dragoman.extract.stance_content import is_matter, members, quantities, span_of
from dragoman.extract.stance_reading import Stand, StanceReader
from dragoman.extract.told import Told

_LONGEST = 200
"""Characters of a position's short text."""


def find_positions(told: Told) -> list[PositionFound]:
    """The positions on a page, in the order of the text; the same stand told twice is one with two spans."""
    reader = StanceReader(told)
    prior = told.issues.prior(told.page.text)
    found: dict[tuple[int, str, str, bool], PositionFound] = {}
    for stand in reader.stands():
        for issue, words, span in _by_issue(told, stand, prior):
            for holder in stand.holders:
                told_by, teller = reader.voices.told_by(stand.statement, holder, stand.voiced)
                key = (holder, issue, stand.stance, stand.past)
                there = found.get(key)
                if there is not None:
                    if span not in there.spans:
                        there.spans.append(span)
                    continue
                found[key] = PositionFound(
                    spans=[span],
                    party=holder,
                    issue=issue,
                    stance=stand.stance,
                    content=_short(words),
                    statement=stand.statement,
                    told_by=told_by,
                    teller=teller,
                    addressee=stand.addressee,
                    past=stand.past,
                    quantities=quantities(words),
                )
    return sorted(found.values(), key=lambda p: (p.spans[0], p.party, p.issue, p.stance))


def _by_issue(told: Told, stand: Stand, prior: dict[str, float]) -> list[tuple[str, str, SpanT]]:
    """The issues of a stand with the words that belong to each; a list of demands is split where its issues differ."""
    block = stand.block
    whole = span_of(stand.whole, block)
    own = told.page.quote(span_of(stand.content, block))
    sentence = block.sentence(stand.head.i)
    around = told.page.quote(block.place(sentence))
    parts = list(members(stand.content))
    issues = []
    if len(parts) > 1:
        for part in parts:
            words = told.page.quote(span_of(part, block))
            scores = told.issues.scores(words)
            issues.append((told.issues.of(words, "", prior) if scores else None, words, span_of(part, block)))
        named = {issue for issue, _, _ in issues if issue is not None}
        if len(named) > 1:
            last = None
            found: dict[str, tuple[str, SpanT]] = {}
            for issue, words, span in issues:
                last = issue or last
                if last is None:
                    continue
                if last in found:
                    found[last] = (found[last][0] + "; " + words, (found[last][1][0], span[1]))
                else:
                    found[last] = words, span
            return [(issue, words, span) for issue, (words, span) in found.items()]
    scores = told.issues.scores(own)
    if stand.weak and not is_matter(own, scores):
        return []
    issue = told.issues.of(own, around, prior)
    if issue == OTHER and stand.weak:
        return []
    return [(issue, own, whole)]


def _short(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " …"
