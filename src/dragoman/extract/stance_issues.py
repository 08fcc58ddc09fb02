"""Which issue a stand is about, and which of its words belong to it."""

from __future__ import annotations

from dragoman.extract import lexicon
from dragoman.extract.findings import SpanT
from dragoman.extract.issues import OTHER
from dragoman.extract.stance_content import is_matter, members, span_of
from dragoman.extract.stance_lists import colon_at, parts_of
from dragoman.extract.stance_stand import Stand
from dragoman.extract.told import Told

_TELLING = frozenset(
    {"refusal", "predicate", "answer", "fragment", "conditional", "judgement", "imperative", "obligation"}
)
"""Forms of a stand in somebody's own words: what stands around them tells as well that it is a matter."""

_PLAIN = frozenset({"conditional", "answer"})
"""Forms that are a stand whatever they are about."""

_AROUND_SCORE = 2.0
"""How plainly the sentence must tell of an issue where the content does not."""


def issues_in(told: Told, stand: Stand, prior: dict[str, float]) -> list[tuple[str, str, SpanT]]:
    """The issues of a stand with the words that belong to each; a list of demands is split where its issues differ.

    Args:
        told: the page.
        stand: a stand on it.
        prior: what the page is about (Issues.prior).
    """
    block = stand.block
    split = _split(told, stand, prior)
    if split:
        return split
    own = told.page.quote(span_of(stand.content, block))
    if stand.weak and not _is_matter(told, stand, own, told.page.quote(block.place(block.sentence(stand.head.i)))):
        return []
    around = told.page.quote((block.start, block.end))  # the paragraph tells more than the sentence alone
    taken = _taken_up(told, stand, prior)
    if taken is not None:
        issue = taken
    elif stand.points:
        issue = told.issues.of(f"{own} {stand.points}", around, prior)
    else:
        issue = told.issues.of(own, around, prior)
    if issue == OTHER and stand.weak:
        return []
    return [(issue, own, span_of(stand.whole, block))]


def _taken_up(told: Told, stand: Stand, prior: dict[str, float], steps: int = 3) -> str | None:
    """The issue of the stand that content which only points back takes up; None where there is none."""
    earlier = stand.after
    if earlier is None or not steps:
        return None
    own = told.page.quote(span_of(earlier.content, earlier.block))
    scores = told.issues.scores(own)
    if any(value >= 1.0 for issue, value in scores.items() if issue != OTHER):
        around = told.page.quote(earlier.block.place(earlier.block.sentence(earlier.head.i)))
        return told.issues.of(own, around, prior)
    return _taken_up(told, earlier, prior, steps - 1)


def _is_matter(told: Told, stand: Stand, own: str, around: str) -> bool:
    if stand.points or stand.after is not None or is_matter(own, told.issues.scores(own)):
        return True
    if any(t.like_num for t in stand.content) or stand.form in _PLAIN:
        return True
    scores = told.issues.scores(around)
    return stand.form in _TELLING and any(v >= _AROUND_SCORE for issue, v in scores.items() if issue != OTHER)


def _heads() -> tuple[str, ...] | frozenset[str]:
    return lexicon.words("stances", "list_heads")


def _split(told: Told, stand: Stand, prior: dict[str, float]) -> list[tuple[str, str, SpanT]]:
    """The members of a list of things under their issues, where there are several; else nothing."""
    colon = colon_at(stand.content)
    if colon is not None and (stand.form == "list" or stand.head.doc[colon - 1].lower_ in _heads()):
        parts = list(parts_of([t for t in stand.content if t.i > colon]))
    else:
        parts = list(parts_of(stand.content) if stand.form == "list" else members(stand.content))
    if len(parts) < 2:
        return []
    found: dict[str, tuple[str, SpanT]] = {}
    last: str | None = None
    for part in parts:
        span = span_of(part, stand.block)
        words = told.page.quote(span)
        if told.issues.scores(words):
            last = told.issues.of(words, "", prior)
        if last is None:
            continue
        if last in found:
            found[last] = found[last][0] + "; " + words, (found[last][1][0], span[1])
        else:
            found[last] = words, span
    return [(issue, words, span) for issue, (words, span) in found.items()] if len(found) > 1 else []
