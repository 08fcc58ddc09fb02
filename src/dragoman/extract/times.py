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
from datetime import date

from dragoman.extract.findings import DateFound
from dragoman.extract.lexicon import words
from dragoman.extract.page import Block, Page
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN, TimeFound, number, tense, times_in

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
    return [tensed(time, block) for block in page.blocks for time in times_in(block.doc.text, block.start)]


def tensed(time: TimeFound, block: Block) -> TimeFound:
    """The time with the tense of the clause that it stands in, unless its words have one ("last")."""
    if time.direction != UNKNOWN:
        return time
    span = block.doc.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
    return replace(time, direction=tense(span.root)) if span is not None and len(span) else time


# -- the day of writing -----------------------------------------------------------------------------------------------

_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|\b)")
_YEARS_AGO = re.compile(
    r"\b(?P<y1>(?:19|20)\d\d)\b,?\s+(?:\w+\s+){0,1}?(?P<n1>[a-z]+|\d{1,2})\s+(?:years|summers|winters)\s+ago\s+this\s+month"
    r"|\b(?P<n2>[a-z]+|\d{1,2})\s+(?:years|summers|winters)\s+ago,?\s+in\s+(?:the\s+\w+\s+of\s+|[A-Z][a-z]+\s+(?:of\s+)?)?"
    r"(?P<y2>(?:19|20)\d\d)\b"
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
    year = _year_told(page)
    for time, _ in heads:
        if year is not None and time.year is None and time.day is not None and time.month is not None:
            try:
                found = date(year, time.month, time.day)
            except ValueError:
                continue
            if time.weekday is None or found.weekday() == time.weekday:
                return DateFound(found.isoformat(), found.isoformat(), time.text, "inferred")
    return None


def _year_told(page: Page) -> int | None:
    """The year of writing where the text says how many years ago a year was, and says it of one year only."""
    told = set()
    for found in _YEARS_AGO.finditer(page.text):
        word = found["n1"] or found["n2"]
        count = number(word)
        if count is not None:
            told.add(int(found["y1"] or found["y2"]) + count)
    return told.pop() if len(told) == 1 else None


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
        alone = len(line.split()) <= 14 and (i < first or (i > last and marked))
        if i == first and body:
            # "CITY, Feb. 19 (AGENCY) - …": what stands before the first dash of the first paragraph.
            head = re.match(r"[^–—\n]{0,60}?(?:\s[-–—]\s|—|–|\)\s?[-–—])", line)
            line, alone = (head.group() if head else ""), head is not None
        if alone:
            for time in times_in(line, start):
                if time.form == "calendar" and time.day is not None:
                    yield time, marked
