"""The date that a page bears: at its head or foot, in its dateline, in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.extract.findings import DateFound, SpanT, TimeFound
from dragoman.extract.lexicon import words
from dragoman.extract.page import Page
from dragoman.extract.time_words import times_in

_STAMP = re.compile(r"(?<=\d)T(?=\d\d:?\d\d)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|\b)")


def stated_on(page: Page) -> tuple[DateFound, SpanT] | None:
    """The date that stands alone at a page's head or foot, or in its dateline or its address, and where it stands.

    Only a date with its year counts. One marked as that of publishing comes first.
    """
    text = page.text
    for time, marked in sorted(head_times(page), key=lambda h: (not h[1], h[0].start)):
        if time.year is not None and time.day is not None and time.last is None:
            in_report = any(s <= time.start < e for s, e in page.layout.paragraphs)
            dateline = in_report and not marked and len(_line(text, time.start).split()) > 14
            day = date(time.year, time.month or 1, time.day).isoformat()
            return DateFound(day, day, time.text, "stated" if dateline else "metadata"), (time.start, time.end)
    url = _URL_DAY.search(text)
    if url is not None:
        try:
            day = date(int(url[1]), int(url[2]), int(url[3])).isoformat()
        except ValueError:
            return None
        return DateFound(day, day, url.group().strip("/"), "metadata"), url.span()
    return None


def _line(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _masthead(line: str) -> int:
    """Where the last piece of a line begins that is set in pieces, not in sentences; 0 for other lines."""
    pieces = re.split(r"\s[·|•★–—]\s", line)
    return len(line) - len(pieces[-1]) if len(pieces) > 2 and len(pieces[-1].split()) <= 6 else 0


def _apart(line: str, time: TimeFound, start: int) -> bool:
    """Whether a date stands by itself in its line, or in a piece of it: a headline has it among its words."""
    before = re.split(r"\s[·|•★–—]\s|,", line[: time.start - start])[-1]
    after = re.split(r"\s?[·|•★–—-]\s|[,(]", line[time.end - start :])[0]
    return len(before.split()) + len(after.split()) <= 3


def head_times(page: Page) -> Iterator[tuple[TimeFound, bool]]:
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
        if not alone and i < first and (cut := _masthead(line)):
            # "Bulletin of a union with a long name · No. 6 · Monday, 11 March": the last piece of it stands alone.
            line, start, alone = line[cut:], start + cut, True
        if i == first and body:
            # "CITY, Feb. 19 (AGENCY) - …": what stands before the first dash of the first paragraph.
            head = re.match(r"[^–—\n]{0,60}?(?:\s(?:--|[-–—])\s|—|–|\)\s?[-–—])", line)
            line, alone = (head.group() if head else ""), head is not None
        if alone:
            # "2024-06-03T08:12": the letter would hide the end of the date.
            for time in times_in(_STAMP.sub(" ", line), start):
                if (
                    time.form == "calendar"
                    and time.day is not None
                    and (time.year or marked or _apart(line, time, start))
                ):
                    yield time, marked
