"""Time expressions: where they stand, what they mean, and which days that is once the day of writing is known.

An expression is read in two steps, as TIMEX3 does (TimeML, ISO 24617-1): `find_times` gives what the words say by
themselves (a calendar date that may lack its year, a weekday, a distance from the day of writing or from another event)
and `settle` turns that into days. A year that neither the words nor the day of writing give stays unknown: a wrong year
is worse than none.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.extract.findings import TimeFound
from dragoman.extract.page import Block, Page
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN, tense, times_in

__all__ = [
    "FUTURE",
    "PAST",
    "UNKNOWN",
    "TimeFound",
    "find_times",
    "settle",
    "tense",
    "tensed",
    "times_in",
]


def find_times(page: Page) -> list[TimeFound]:
    """Every time expression of the report, in the order of the text, each with the tense of its clause."""
    return [tensed(time, block) for block in page.blocks for time in times_in(block.text, block.start)]


def tensed(time: TimeFound, block: Block) -> TimeFound:
    """The time with the tense of the clause that it stands in, unless its words have one ("last")."""
    if time.direction != UNKNOWN:
        return time
    span = block.tokens(time.start, time.end)
    return replace(time, direction=tense(span.root)) if span is not None and len(span) else time
