"""When something was said, where the words of the attribution say so: "told reporters on Monday", "wrote last week"."""

from __future__ import annotations

from dragoman.extract.findings import Attribution, WhenFound
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.times import FUTURE, TimeFound, tensed, times_in


def said_when(attribution: Attribution, block: Block) -> WhenFound | None:
    """What the words around a cue say of when something was said; None where they say nothing.

    A time counts that hangs on the cue and stands outside what was said.

    Args:
        attribution: that it is asked of.
        block: the paragraph in which its cue begins.
    """
    times = times_in(block.text, block.start)
    if not times or not attribution.cue:
        return None
    cue = block.tokens(*attribution.cue[0])
    if cue is None or not len(cue):
        return None
    verbs = {t.i for t in cue}
    low, high = block.place(block.sentence(cue.start))
    found: list[TimeFound] = []
    for time in times:
        if not low <= time.start < high or any(s < time.end and time.start < e for s, e in attribution.content):
            continue
        span = block.tokens(time.start, time.end)
        if span is None or not len(span) or _over(span.root).i not in verbs:
            continue
        time = tensed(time, block)
        if time.direction != FUTURE:
            found.append(time)
    return WhenFound(found) if found else None


def _over(token: Token) -> Token:
    """The verb, or the noun of saying, that a time hangs on."""
    step = token.head
    beside = ("pobj", "compound", "npadvmod")
    while step.head != step and (step.pos_ in ("ADP", "ADV", "NUM", "PUNCT") or step.dep_ in beside):
        step = step.head
    return step
