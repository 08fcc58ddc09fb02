"""When a stand was taken, where its sentence says so: "on Monday the union rejected …", "had demanded in 2022"."""

from __future__ import annotations

from dragoman.extract.findings import WhenFound
from dragoman.extract.parsed import Token
from dragoman.extract.stance_stand import Stand
from dragoman.extract.stance_words import is_verb
from dragoman.extract.times import FUTURE, TimeFound, tensed, times_in


def when_of(stand: Stand) -> WhenFound | None:
    """What the sentence of a stand says of when it was taken, or None where it does not say.

    A time counts that hangs on the word of stance, or on the verb that reports it. What hangs on the thing that is
    wanted or refused ("demands an answer by Friday"), and what lies ahead, is no time of the stand.

    Args:
        stand: that it is asked of.
    """
    block = stand.block
    sentence = block.place(block.sentence(stand.head.i))
    own = {token.i for token in stand.content if token.i != stand.head.i}
    above = _reporting(stand.head)
    found: list[TimeFound] = []
    for time in times_in(block.text, block.start):
        if not sentence[0] <= time.start < sentence[1]:
            continue
        span = block.tokens(time.start, time.end)
        if span is None or not len(span):
            continue
        root = span.root
        if root.i in own or _verb_over(root) not in above:
            continue
        time = tensed(time, block)
        if time.direction != FUTURE:
            found.append(time)
    return WhenFound(found) if found else None


def _reporting(head: Token) -> set[Token]:
    """The verb of a word of stance, and the verbs of saying above it."""
    found = {head}
    step = head
    while step.head != step and (not is_verb(step) or step.dep_ in ("ccomp", "xcomp", "conj", "acomp", "attr")):
        step = step.head
        found.add(step)
    return found


def _verb_over(token: Token) -> Token:
    """The first verb above a token, or what stands at the top."""
    step = token.head
    while step.head != step and not is_verb(step) and step.pos_ != "AUX":
        step = step.head
    return step
