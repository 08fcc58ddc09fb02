"""Whether a document writes 3/4/2025 for the third of April or for the fourth of March: the document itself decides."""

from __future__ import annotations

import re
from datetime import date

from dragoman.extract.lexicon import words
from dragoman.extract.time_words import DAY_FIRST, MONTH_FIRST, times_in

_SLASHED = re.compile(r"(?<![\d/])(\d\d?)([/-])(\d\d?)\2((?:19|20)?\d\d)(?![\d/])")
_LIKE_SLASHED = re.compile(r"[/-]\d\d?[/-]\d\d")
"""What such a date holds: as it begins with a mark, it is looked for many times faster."""

_BEFORE = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s*$")
_AFTER = re.compile(r"\s*[,(]?\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day)?\b")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_DAY = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:,|\b)(?!\s?[:.]\d)")
_DAY_MONTH = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
_WORD = re.compile(r"[a-z]{5,}")


def order_of(text: str) -> str | None:
    """The order in which a document writes day and month in figures, or None where it does not show.

    By falling weight: a date of the kind with a part above 12; one with its weekday beside it; one of which one
    reading, and not the other, is a day that the document also writes out; then, where all agree, how it writes dates
    in words ("May 3" or "3 May") together with how it spells. What contradicts itself on one level shows nothing.
    """
    found = list(_SLASHED.finditer(text)) if _LIKE_SLASHED.search(text) is not None else []
    if not found:
        return None
    for votes in (_by_size(found), _by_weekday(text, found), _by_other_dates(text, found), _by_habit(text)):
        if len(votes) == 1:
            return next(iter(votes))
        if len(votes) > 1:
            return None
    return None


def _readings(found: re.Match[str]) -> dict[str, date]:
    """The days that a date in figures can be, by order."""
    a, b, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    days = {}
    for order, month, day in ((DAY_FIRST, b, a), (MONTH_FIRST, a, b)):
        try:
            days[order] = date(year, month, day)
        except ValueError:
            continue
    return days


def _by_size(found: list[re.Match[str]]) -> set[str]:
    return {next(iter(r)) for f in found if len(r := _readings(f)) == 1}


def _by_weekday(text: str, found: list[re.Match[str]]) -> set[str]:
    votes = set()
    for f in found:
        beside = _BEFORE.search(text, max(0, f.start() - 14), f.start()) or _AFTER.match(text, f.end())
        if beside is None:
            continue
        fits = [o for o, day in _readings(f).items() if day.weekday() == _WEEKDAYS.index(beside[1])]
        if len(fits) == 1:
            votes.add(fits[0])
    return votes


def _by_other_dates(text: str, found: list[re.Match[str]]) -> set[str]:
    told = {(t.year, t.month, t.day) for t in times_in(text) if t.year and t.month and t.day}
    votes = set()
    for f in found:
        fits = [o for o, day in _readings(f).items() if (day.year, day.month, day.day) in told]
        if len(fits) == 1 and len(set(_readings(f).values())) == 2:
            votes.add(fits[0])
    return votes


def _by_habit(text: str) -> set[str]:
    month_first, day_first = len(_MONTH_DAY.findall(text)), len(_DAY_MONTH.findall(text))
    spelt = set(_WORD.findall(text.lower()))
    american, british = bool(spelt & words("times", "american")), bool(spelt & words("times", "british"))
    if american and not british and not day_first:
        return {MONTH_FIRST}
    if british and not american and not month_first:
        return {DAY_FIRST}
    return set()
