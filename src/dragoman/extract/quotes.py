"""Quotations: a state machine over the quotation marks of each paragraph.

English and foreign prose mixes “ ” " ‘ ’ ' « » „, and two of these are apostrophes too. A mark opens where its left
neighbour is a space, a dash or a bracket, and closes where its right neighbour is one; the state (what is open) decides
what is left. A quotation without an end runs to the end of its paragraph, and goes on in the next one if that begins
with the same mark: the convention of printers for a quotation of several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.extract.findings import SpanT

OPENING = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'", "”": "”", "’": "’"}
CLOSING = frozenset("”»\"’'“")
MARKS = frozenset("“”„«»\"‘’'")
SINGLE = frozenset("‘’'")
_BEFORE = frozenset(" \t\n\r\xa0\u2009\u202f([{—–-/…:,;.\u200e\u200f\u202a\u202b\u202d")
_AFTER = frozenset(" \t\n\r\xa0\u2009\u202f)]}—–-/…:,;.!?<\u200e\u200f\u202c")
_ELISIONS = ("tis", "twas", "em", "til", "cause", "n", "round", "neath")
_ENDS = {"“": '”"“', "„": '“”"', "«": "»", '"': '"“”', "‘": "’'", "'": "'’", "”": "”", "’": "’"}
"""What may close what: texts mix typographic and typewriter marks in one quotation."""


_DOUBLED_END = re.compile(r'(?<=\S) "(?=[\s.,;:!?)]|$)', re.MULTILINE)


_DEEPEST = 4
"""Quotations inside quotations beyond this are litter."""


@dataclass(slots=True)
class Quotation:
    """One stretch of quoted words in one paragraph.

    `start`/`end` take the marks in, `inner` leaves them out. `depth` is 0 for an outer quotation. `closed` is false
    where the paragraph ends before it does; `follows` is the index of the quotation of which this one is the next
    paragraph.
    """

    start: int
    end: int
    inner: SpanT
    depth: int = 0
    closed: bool = True
    follows: int | None = None


def find_quotations(text: str, paragraphs: Sequence[SpanT]) -> list[Quotation]:
    """The quotations in these paragraphs of the text, in the order in which they begin.

    Marks that close nothing are passed over, except where a paragraph begins in the middle of a quotation ("…," he
    said): then the words from the start of the paragraph are the quotation.
    """
    found: list[Quotation] = []
    pending: tuple[int, str] | None = None  # the quotation that the paragraph before left open, and its mark
    if "''" in text or "``" in text:
        # doubled single marks stand for a double one; the blank keeps every place where it is
        text = text.replace("''", ' "').replace("``", ' "')
        text = _DOUBLED_END.sub('" ', text)
    for start, end in paragraphs:
        if not any(mark in text[start:end] for mark in MARKS):
            pending = None
            continue
        first = len(found)
        left_open = _paragraph(text, start, end, found)
        if pending is not None and first < len(found):
            head = found[first]
            if head.start - start <= 1 and _same_kind(text[head.start], pending[1]):
                head.follows = pending[0]
        pending = left_open
    return found


def _same_kind(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"“", "”", '"', "„"} or {a, b} <= SINGLE


def _paragraph(text: str, start: int, end: int, found: list[Quotation]) -> tuple[int, str] | None:
    """Add one paragraph's quotations; give the outer one that it leaves open, with its mark."""
    stack: list[int] = []
    first = len(found)
    place = start
    while place < end:
        mark = text[place]
        if mark not in MARKS:
            place += 1
            continue
        before = text[place - 1] if place > start else " "
        after = text[place + 1] if place + 1 < end else " "
        closes = next((i for i in range(len(stack) - 1, -1, -1) if mark in _ENDS[text[found[stack[i]].start]]), None)
        if closes is not None and _can_close(text, start, place, end, mark, before, after):
            for i in stack[closes + 1 :]:  # an inner one that never closed was none
                found[i].depth = -1
            quotation = found[stack[closes]]
            quotation.end, quotation.inner, quotation.closed = place + 1, (quotation.start + 1, place), True
            del stack[closes:]
        elif len(stack) < _DEEPEST and _can_open(text, place, end, mark, before, after, bool(stack)):
            stack.append(len(found))
            found.append(Quotation(place, end, (place + 1, end), depth=len(stack) - 1, closed=False))
        elif not stack and len(found) == first and mark in "”»" and before in ",.!?":
            # the paragraph begins inside a quotation whose opening mark is lost
            found.append(Quotation(start, place + 1, (start, place)))
        place += 1
    left_open: tuple[int, str] | None = None
    for level, i in enumerate(stack):
        quotation = found[i]
        if text[quotation.start] in SINGLE or level > 0:
            quotation.depth = -1  # an apostrophe, after all
        else:
            tail = len(text[quotation.start : end].rstrip())
            quotation.end = quotation.start + tail
            quotation.inner = (quotation.start + 1, quotation.end)
    if stack and found[stack[0]].depth == 0:
        left_open = (stack[0], text[found[stack[0]].start])
    kept = [q for q in found[first:] if q.depth >= 0 and q.inner[0] < q.inner[1]]
    if left_open is not None:
        outer = found[left_open[0]]
        left_open = (first + kept.index(outer), left_open[1]) if outer in kept else None
    found[first:] = kept
    return left_open


def _can_open(text: str, place: int, end: int, mark: str, before: str, after: str, inside: bool) -> bool:
    if mark not in OPENING or after.isspace():
        return mark in "«„" and after in "\xa0\u202f "  # French spacing
    if mark in "“„«":
        return True
    if before not in _BEFORE and before not in MARKS:
        return False
    if mark in "”’":  # a closing mark used to open, by careless typing
        return False if mark == "’" else before.isspace() and not inside and after.isalpha()
    if mark == '"':
        return after not in _AFTER or after in "…-—<."
    word = text[place + 1 : place + 9].split(" ", 1)[0].rstrip(".,;:!?").lower()
    if word.split("'")[0] in _ELISIONS or after.isdigit():
        return False
    if mark == "‘":
        return True
    return after.isalpha() or after in '"“<…'


def _can_close(text: str, start: int, place: int, end: int, mark: str, before: str, after: str) -> bool:
    if mark not in CLOSING:
        return False
    if mark in "”»":
        return True
    if mark == "“":  # closes „, and “ by careless typing, and only where no quotation could open
        return not before.isspace() and not after.isalnum() and before not in _BEFORE - frozenset(".,")
    if mark == '"':
        return not before.isspace() or after in _AFTER
    if after.isalnum() or before.isspace():
        return False
    if before in "sS" and after == " ":
        # "the doctors' list": an apostrophe if the words go on and a better end comes before the next opening mark
        follow = text[place + 2 : place + 3]
        if follow.islower() or follow.isdigit() or follow.isupper():
            opening = min((p for p in (text.find("‘", place), text.find(" '", place)) if p > 0), default=end)
            rest = text[place + 1 : min(opening, end)]
            return not any(
                (c in "’'" and rest[i - 1] in ".,!?")
                or (c in "’'" and rest[i - 1].isalnum() and rest[i + 1 : i + 2] in (",", ".", ""))
                for i, c in enumerate(rest)
                if i
            )
    return True
