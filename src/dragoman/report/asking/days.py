"""The days that a question names: by the time expressions of articles, as of the day of the latest document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, times_in
from dragoman.report.asking import lexicon

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
# In a question typed without capitals: "in march", "3 may", "may 2024"; but not "what may happen".
_SMALL = re.compile(
    rf"(?:(?<=\d )|(?<=\b(?:in|of|to) )|(?<=\b(?:mid|and) )|(?<=\blate )|(?<=\b(?:since|after|until|early) )|"
    rf"(?<=\b(?:before|during) ))(?:{_MONTH})\b|\b(?:{_MONTH})(?=\s+\d)|\b(?:january|february|april|june|july|august|"
    r"september|october|november|december)\b"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b(?:\s+of\b)?", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(since|from|after|following|until|till|before|by|up to|prior to)\s+(?:the\s+)?$", re.IGNORECASE
)
_LITTLE = re.compile(r"\b(?:in|on|of|during|at|the|between|within)\s+(?:the\s+)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w.-])((?:19|20)\d{2})(?![\w-])")
_JOIN = re.compile(r"\s*(?:and|to|until|till|[-–])\s*(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that a question means, None where it is open; `texts` are its own words for them."""

    since: str | None = None
    until: str | None = None
    texts: tuple[str, ...] = ()

    def holds(self, first: str | None, last: str | None) -> bool:
        """Whether something of these days can be of the days meant."""
        if not (self.since or self.until):
            return True
        if first is None or last is None:
            return False
        return not ((self.since and last < self.since) or (self.until and first > self.until))

    def __bool__(self) -> bool:
        """Whether any are meant."""
        return bool(self.since or self.until)


NO_DAYS = Days()
"""Any day."""


def days_in(question: str, today: str | None, known: Callable[[str, str], bool]) -> tuple[Days, str]:
    """The days that a question means, and the question without the words for them.

    Args:
        question: as it was typed.
        today: the day of the record's latest document, from which "last week" and a month without a year are told.
        known: whether the record has anything of some days: "in September" is the last one, unless only the next has.
    """
    text = _SMALL.sub(lambda found: found[0].capitalize(), question)
    text = _ORDINAL.sub("", text)
    written = DateFound(today, today, today, "metadata") if today else None
    ahead = bool(lexicon.listed("ahead").search(text))
    since = until = None
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    last_end = -1
    for time in times_in(text):
        found = _settled(time, written, ahead, known)
        if found is None or time.start < last_end:
            continue
        head = text[: time.start]
        word = _BEFORE.search(head)
        joined = last_end >= 0 and _JOIN.fullmatch(text[last_end : time.start])
        how = word[1].lower() if word and not joined else ""
        if joined:  # "between 1 and 20 June", "from May to July", "in May and June"
            until = found.end
        elif how in ("after", "following"):
            since = _next(found.end)
        elif how in ("before", "prior to"):
            until = _next(found.start, -1)
        elif how in ("since", "from"):
            since = found.start
        elif how in ("until", "till", "by", "up to"):
            until = found.end
        else:
            since, until = found.start, found.end
        little = word or _LITTLE.search(head)
        spans.append((little.start() if little else time.start, time.end))
        said.append(text[time.start : time.end])
        last_end = time.end
    year = _YEAR.search(text) if not spans else None
    if year:  # "the 2029 deal"
        since, until = f"{year[1]}-01-01", f"{year[1]}-12-31"
        said, spans = [year[1]], [year.span(1)]
    for start, end in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return Days(since, until, tuple(said)), text if spans else question


def _settled(
    time: TimeFound, written: DateFound | None, ahead: bool, known: Callable[[str, str], bool]
) -> DateFound | None:
    """The days of an expression: those behind the record's last day, unless only those ahead of it have entries."""
    if time.direction:
        return settle(time, written)
    ways = (FUTURE, PAST) if ahead else (PAST, FUTURE)
    found = [made for way in ways if (made := settle(time, written, direction=way)) is not None]
    return next((made for made in found if known(made.start, made.end)), found[0] if found else None)


def _next(day: str, by: int = 1) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
    except OverflowError:
        return day
