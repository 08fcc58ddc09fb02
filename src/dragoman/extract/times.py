"""Time expressions: where they stand, what they mean, and which days that is once the day of writing is known.

An expression is read in two steps, as TIMEX3 does (TimeML, ISO 24617-1): `find_times` gives what the words say by
themselves (a calendar date that may lack its year, a weekday, a distance from the day of writing or from another event)
and `settle` turns that into days. A year that neither the words nor the day of writing give stays unknown: a wrong year
is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.lexicon import words
from dragoman.extract.page import Block, Page
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN, number, tense, times_in

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
    "written_on",
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


# -- the day of writing -----------------------------------------------------------------------------------------------

_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|\b)")
_YEAR = re.compile(r"\b(?:(?P<m>[A-Z][a-z]{2,8})\.?\s+)?(?P<y>(?:19|20)\d\d)\b")
_SINCE = re.compile(
    r"\b(?P<n>[a-z]+|\d{1,2})\s+(?:years?|summers|winters)(?:\s+and\s+(?P<k>[a-z]+|\d{1,2})\s+months?)?\s+"
    r"(?:ago|old|back|earlier\s+than\s+this)\b"
)


def written_on(page: Page) -> DateFound | None:
    """The day a document was written, by its own words: a date that stands alone at its head or foot, or its dateline.

    Only a date with its year counts, or one whose year the text gives beyond doubt ("two years ago, in 2022" with a
    weekday that agrees). Nothing is inferred from what the report tells; where there is no such date it is None.
    """
    text = page.text
    heads = list(_head_times(page))
    for time, marked in sorted(heads, key=lambda h: (not h[1], h[0].start)):
        if time.year is not None and time.day is not None and time.last is None:
            in_report = any(s <= time.start < e for s, e in page.layout.paragraphs)
            dateline = in_report and not marked and len(_line(text, time.start).split()) > 14
            day = date(time.year, time.month or 1, time.day).isoformat()
            return DateFound(day, day, time.text, "stated" if dateline else "metadata")
    url = _URL_DAY.search(text)
    if url is not None:
        try:
            day = date(int(url[1]), int(url[2]), int(url[3])).isoformat()
        except ValueError:
            return None
        return DateFound(day, day, url.group().strip("/"), "metadata")
    return _of_year_told(page, heads)


def _of_year_told(page: Page, heads: list[tuple[TimeFound, bool]]) -> DateFound | None:
    """The day at the head without its year, in the year that the text tells; else the day the report begins with.

    A report that has no date at all was written on the weekday of its first paragraph, the next after the latest day
    that it tells of with weekday and date together ("since Monday, Nov. 17 …").
    """
    years = _years_told(page)
    lead = next((b for b in page.blocks if len(b.doc) >= 25), None)
    near = [t for t in times_in(lead.text, lead.start) if t.form == "weekday"] if lead is not None else []
    spoken = {t.weekday for t in near}
    for time, _ in heads:
        if time.year is not None or time.month is None:
            continue
        agree = [y for y in years if (d := _day_of(time, y)) is not None and d.weekday() in spoken]
        for year in agree or years:
            found = _day_of(time, year)
            if found is None or time.weekday not in (None, found.weekday()):
                continue
            return DateFound(found.isoformat(), found.isoformat(), time.text, "inferred")
    if lead is None or not years or any(t.month for t, _ in heads):
        return None
    near = [t for t in near if tensed(t, lead).direction == PAST]
    days = [
        found
        for block in page.blocks
        for t in times_in(block.text, block.start)
        if t.weekday is not None and t.month is not None and tensed(t, block).direction == PAST
        for year in years
        if (found := _day_of(t, year)) is not None and found.weekday() == t.weekday
    ]
    if not near or not days or max(days).year != min(days).year:
        return None
    day = max(days) + timedelta(((near[0].weekday or 0) - max(days).weekday()) % 7)
    return DateFound(day.isoformat(), day.isoformat(), near[0].text, "inferred")


def _day_of(time: TimeFound, year: int) -> date | None:
    try:
        return date(time.year or year, time.month or 1, time.day or 1)
    except ValueError:
        return None


def _years_told(page: Page) -> list[int]:
    """The years of writing that are left where the text says how many years ago a year was, the likeliest first.

    "July 2018, seven years ago" is written in 2025 or, before July, in 2026: both are left. Empty where the text says
    nothing of the kind, or where what it says does not agree.
    """
    left: list[int] | None = None
    for block in page.blocks:
        for ago in _SINCE.finditer(block.text):
            count, more = number(ago["n"]), number(ago["k"] or "") or 0
            told = [y for y in _YEAR.finditer(block.text) if -70 < ago.start() - y.end() < 50]
            told = [
                y
                for y in told
                if not re.search(r"[.!?]\s", block.text[min(y.end(), ago.end()) : max(y.start(), ago.start())])
            ]
            if count is None or len({y["y"] for y in told}) != 1:
                continue
            first = int(told[0]["y"]) + count
            month = next((t.month for t in times_in(told[0].group()) if t.month), None)
            here = [first, first + 1]
            if more and month:
                here = [first + (month + more - 1) // 12]
            left = here if left is None else [y for y in left if y in here]
    return left or []


def _line(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _head_times(page: Page) -> Iterator[tuple[TimeFound, bool]]:
    """Times that stand alone: in short lines before the report is under way or after it, and in the dateline.

    With each, whether a word like "published" stands in its line.
    """
    text = page.text
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    body = [i for i, (_, line) in enumerate(lines) if len(line.split()) >= 25]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    for i, (start, line) in enumerate(lines):
        marked = any(w.strip(":;,.").lower() in words("times", "published_words") for w in line.split()[:4])
        alone = len(line.split()) <= 14 and line.lstrip()[0] not in "*•-–—" and (i < first or (i > last and marked))
        if i == first and body:
            # "CITY, Feb. 19 (AGENCY) - …": what stands before the first dash of the first paragraph.
            head = re.match(r"[^–—\n]{0,60}?(?:\s[-–—]\s|—|–|\)\s?[-–—])", line)
            line, alone = (head.group() if head else ""), head is not None
        if alone:
            for time in times_in(line, start):
                if time.form == "calendar" and time.day is not None:
                    yield time, marked
