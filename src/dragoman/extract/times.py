"""Time expressions: where they stand, what they mean, and which days that is once the day of writing is known.

An expression is read in two steps, as TIMEX3 does (TimeML, ISO 24617-1): `find_times` gives what the words say by
themselves (a calendar date that may lack its year, a weekday, a distance from the day of writing or from another event)
and `settle` turns that into days. A year that neither the words nor the day of writing give stays unknown: a wrong year
is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.page import Block, Page
from dragoman.extract.time_days import settle
from dragoman.extract.time_order import order_of
from dragoman.extract.time_tense import tense
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN, times_in

__all__ = [
    "FUTURE",
    "PAST",
    "UNKNOWN",
    "TimeFound",
    "TimeSaid",
    "expressions",
    "find_times",
    "settle",
    "tense",
    "tensed",
    "times_in",
]


@dataclass(slots=True, frozen=True)
class TimeSaid:
    """An expression of time in a text and what it means.

    `kind` is one of

    * absolute: a day, month or year of the calendar ("March 27", "in 2021"), be its year told or not
    * relative: to the day of writing ("yesterday", "on Thursday", "two weeks ago")
    * event: relative to something else that is told ("a week before the talks", "the day before")
    * duration: how long ("90-minute", "three days of talks"); `minutes` has it, if it is a number
    * range: from one day to another ("from Monday to Wednesday", "between 3 and 5 March")
    * vague: around some time ("last month", "in recent days", "earlier this week")
    * recurring: again and again ("almost daily", "every Thursday")

    `date` is the interval of days, None where the text and the day of writing do not give it; `basis` says what that
    rests on: "stated" by the words alone, "writing" (the day of writing), "event"; None without a date.
    """

    start: int
    end: int
    text: str
    kind: str
    date: DateFound | None = None
    basis: str | None = None
    minutes: int | None = None


def expressions(text: str, written: DateFound | None = None) -> list[TimeSaid]:
    """Every expression of time in the report of a text, in its order.

    Args:
        text: an article, or any piece of one.
        written: when it was written; None for what the text itself says of that.
    """
    from dragoman.extract.time_expressions import read_expressions  # it needs the reader, which needs this

    return read_expressions(text, written)


def find_times(page: Page) -> list[TimeFound]:
    """Every time expression of the report, in the order of the text, each with the tense of its clause."""
    order = order_of(page.text)
    return [tensed(time, block) for block in page.blocks for time in times_in(block.text, block.start, order)]


def tensed(time: TimeFound, block: Block) -> TimeFound:
    """The time with the tense of the clause that it stands in, unless its words have one ("last")."""
    if time.direction != UNKNOWN:
        return time
    span = block.tokens(time.start, time.end)
    return replace(time, direction=tense(span.root)) if span is not None and len(span) else time
