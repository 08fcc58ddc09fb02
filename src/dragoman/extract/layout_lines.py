"""The lines of a text: what a page is made of before anybody knows which of them are the report.

Most texts have one paragraph a line. Where lines are broken at a margin instead, they are joined up to the next blank
line; which of the two a text is, is decided once for all of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PARAGRAPH = 20_000
"""A paragraph longer than this is cut, so that parsing one stays bounded."""

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_ENDED = re.compile(r"[.!?…。؟][\"'”’»›)\]*_]*$")
_BULLET = re.compile(r"(?:[-*+•◦▪●■‣·]|\d{1,2}[.)]|[a-z]\))\s")
_DIALOGUE = re.compile(r"(?:[—–―]|--)\s?\w|[-]\s\S.*[?]$|[QA][:.]\s")
_SPEAKER = re.compile(r"[A-ZÀ-Þ][\w.]*(?: [A-ZÀ-Þ][\w.]*){0,3}:\s")
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}\s")
_OPENING = "\"'“‘«„‹”"


@dataclass(slots=True)
class Line:
    """A line of the text without the white space around it, or several that are one hard-wrapped paragraph.

    `gap` tells whether a blank line (or the start of the text) stands before it, `ended` whether it ends as a sentence.
    """

    start: int
    end: int
    text: str
    gap: bool
    words: int
    ended: bool
    heading: bool = False

    @property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def quoted(self) -> bool:
        """Whether it begins as speech: with a quotation mark, a dialogue dash, or a speaker and a colon."""
        if self.text[0] in _OPENING or _DIALOGUE.match(self.text) is not None:
            return True
        return self.ended and _SPEAKER.match(self.text) is not None

    @property
    def sentence(self) -> bool:
        """Whether it is clearly running text."""
        return (self.ended and self.words >= 12) or self.words >= 25


def _line(text: str, start: int, end: int, gap: bool) -> Line:
    piece = text[start:end]
    tail = piece[-12:]
    return Line(start, end, piece, gap, _count(piece), _ENDED.search(tail) is not None, bool(_HEADING.match(piece)))


def _count(piece: str) -> int:
    return sum(1 for word in piece.split() if any(c.isalnum() for c in word)) if len(piece) < 2000 else len(piece) // 6


def _bounds(text: str) -> Iterator[tuple[int, int, bool]]:
    last = 0
    for found in _LINE.finditer(text):
        piece = found.group()
        left = len(piece) - len(piece.lstrip())
        bare = piece.strip()
        if not bare:
            continue
        start = found.start() + left
        yield start, start + len(bare), not last or text.count("\n", last, start) > 1
        last = start + len(bare)


def lines(text: str) -> list[Line]:
    """The text's non-empty lines in order, those of hard-wrapped paragraphs joined."""
    found = [_line(text, *bound) for bound in _bounds(text)]
    width = _margin(found)
    if width is None:
        return found
    joined: list[list[Line]] = []
    for line in found:
        if joined and _runs_on(joined[-1][-1], line, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [some[0] if len(some) == 1 else _line(text, some[0].start, some[-1].end, some[0].gap) for some in joined]


def hidden(text: str) -> list[tuple[int, int]]:
    """What Markdown does not show: front matter, HTML comments, fenced code; in order and disjoint."""
    spans: list[tuple[int, int]] = []
    at = 0
    if text.startswith("---\n"):
        close = text.find("\n---", 3, 4000)
        inside = text[4:close].splitlines() if close > 0 else []
        if inside and all(re.match(r"[\w-]+:|\s|$|- |#", line) for line in inside):
            at = close + 4
            spans.append((0, at))
    comment = text.find("<!--", at)
    fence = _FENCE.search(text, at)
    while True:
        if 0 <= comment < at:
            comment = text.find("<!--", at)
        if fence and fence.start() < at:
            fence = _FENCE.search(text, at)
        if fence and (comment < 0 or fence.start() < comment):
            start, end = fence.start(), text.find("\n" + fence.group(), fence.end())
            stop = end + 1 + len(fence.group())
        elif comment >= 0:
            start, end = comment, text.find("-->", comment)
            stop = end + 3
        else:
            return spans
        if end < 0:
            return spans  # opened and never closed: shown
        spans.append((start, stop))
        at = stop


def veiled(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, as long as it is, with spaces for what stands in these spans."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [text[at:start], re.sub(r"\S", " ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]]) if spans else text


def _margin(found: list[Line]) -> int | None:
    """The width at which the lines of a text are broken, or None where a line is a paragraph.

    Broken lines give themselves away by the next one going on in lower case.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(found) if not b.gap and len(a.text) >= 40]
    broken = [a for a, b in pairs if b.text[0].islower() and not a.ended and not a.text.endswith((":", ";"))]
    if len(broken) < 2 or len(broken) < 0.3 * len(pairs):
        return None
    widths = sorted(len(a.text) for a in broken)
    width = widths[-1]
    if widths[len(widths) // 2] > 110 or sum(len(line.text) > width + 25 for line in found) > 0.2 * len(found):
        return None
    return width


def _runs_on(line: Line, after: Line, width: int) -> bool:
    """Whether the second line goes on with the first: its first word would not have fitted there."""
    if after.gap or after.bullet or after.heading or line.heading or len(line.text) > width + 25:
        return False
    if after.text[0].islower():
        return True
    if _DIALOGUE.match(after.text) and line.ended:
        return False
    first = after.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first) > width - 2


def cut(text: str, start: int, end: int, most: int = LONGEST_PARAGRAPH) -> Iterator[tuple[int, int]]:
    """A span in pieces of at most `most` characters: cut after a sentence, else at a space, else anywhere."""
    while end - start > most:
        window = text[start : start + most]
        ends = [m.end() for m in re.finditer(r"[.!?…][\"'”’»)]*(?=\s)", window[most // 2 :])]
        at = start + (most // 2 + ends[-1] if ends else max(window.rfind(" ", most // 2) + 1, 0) or most)
        stop = at
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield start, stop
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
