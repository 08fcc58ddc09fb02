"""A document as it is compared with others: its words, sentences and features, each worked out once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dragoman.extract.findings import SpanT
from dragoman.extract.quotes import find_quotations
from dragoman.extract.sketch import LEAST_TAKEN, SHINGLE
from dragoman.extract.sketch_marks import Unit, WordT, report, units
from dragoman.extract.sketch_sources import borrowed
from dragoman.extract.stop_words import stop_words

_LEAST_MARKS = 3
"""Of a sentence with fewer features than this nobody can say whether it was told elsewhere."""


@dataclass(eq=False)
class Copy:
    """A document to be compared: `dated` is the interval in which it was written, as two ISO days.

    `credits` are the agencies or outlets that it credits, `sources` the outlets that what it tells is taken from, by
    its own words.
    """

    document: str
    text: str
    furniture: tuple[SpanT, ...] = ()
    title: str | None = None
    outlet: str | None = None
    credits: tuple[str, ...] = ()
    dated: tuple[str, str] | None = None
    sources: tuple[str, ...] = ()

    @cached_property
    def spans(self) -> list[SpanT]:
        """The report without its headline."""
        left_out = list(self.furniture)
        if self.title:
            place = self.text.find(self.title)
            while any(start <= place < end for start, end in self.furniture):
                place = self.text.find(self.title, place + 1)
            if place >= 0:
                left_out.append((place, place + len(self.title)))
        return report(self.text, left_out)

    @cached_property
    def all_units(self) -> list[Unit]:
        """The report's sentences."""
        return units(self.text, self.spans)

    @cached_property
    def told(self) -> list[Unit]:
        """The sentences that say enough to be recognised elsewhere."""
        return [unit for unit in self.all_units if len(unit.marks) >= _LEAST_MARKS]

    @cached_property
    def taken(self) -> dict[str, tuple[str, Copy]]:
        """What the report has from other outlets by its own words: for each of them its name, and that part."""
        found = {}
        for outlet, taken in borrowed(self.text, self.all_units, self.outlet).items():
            if len(taken.sentences) >= LEAST_TAKEN:
                kept = [(self.all_units[number].start, self.all_units[number].end) for number in taken.sentences]
                found[outlet] = taken.name, replace(self, furniture=tuple(report(self.text, kept)), title=None)
        return found

    @cached_property
    def words(self) -> list[WordT]:
        """The report's words."""
        return [word for unit in self.all_units for word in unit.words]

    @cached_property
    def marks(self) -> frozenset[str]:
        """The names and numbers of the report."""
        return frozenset(mark for unit in self.all_units for mark in unit.marks if mark[0] in "@#")

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Where in `words` each run of `SHINGLE` words begins that are not mostly function words."""
        plain = [folded for folded, _, _ in self.words]
        common = stop_words()
        says = [folded not in common for folded in plain]
        found: dict[tuple[str, ...], list[int]] = {}
        for i in range(len(plain) - SHINGLE + 1):
            if sum(says[i : i + SHINGLE]) >= SHINGLE - 1:
                found.setdefault(tuple(plain[i : i + SHINGLE]), []).append(i)
        return found

    @cached_property
    def quotations(self) -> list[SpanT]:
        """The stretches between quotation marks, in the order of the text."""
        lines = []
        for start, end in self.spans:
            place = start
            for line in self.text[start:end].split("\n"):
                lines.append((place, place + len(line)))
                place += len(line) + 1
        return [quotation.inner for quotation in find_quotations(self.text, lines) if quotation.depth == 0]

    @cached_property
    def quoted(self) -> list[bool]:
        """For each word whether it stands in a quotation."""
        found, i = [], 0
        spans = self.quotations
        for _, start, _ in self.words:
            while i < len(spans) and spans[i][1] <= start:
                i += 1
            found.append(i < len(spans) and spans[i][0] <= start)
        return found

    @cached_property
    def narrated(self) -> int:
        """How many words stand outside quotations."""
        return len(self.words) - sum(self.quoted)

    @cached_property
    def quoted_starts(self) -> frozenset[int]:
        """Where the words begin that stand in a quotation."""
        return frozenset(word[1] for word, quoted in zip(self.words, self.quoted, strict=True) if quoted)


def days_apart(a: Copy, b: Copy) -> int | None:
    """How many days lie between two documents at least; None where that is not known."""
    if a.dated is None or b.dated is None:
        return None
    (a_start, a_end), (b_start, b_end) = (tuple(map(date.fromisoformat, c.dated or ())) for c in (a, b))
    return max(0, (b_start - a_end).days, (a_start - b_end).days)


def weights(a: Copy, b: Copy) -> dict[str, float]:
    """What each feature of two documents tells: nothing where all sentences of both have it, most where two have.

    Inverse document frequency (Spärck Jones 1972) with the sentences of the two as the collection: so the parties of a
    negotiation, which every sentence names, do not make sentences alike. Names and numbers, which a rewriting must
    keep, tell half as much again as words, which it may keep.
    """
    having: dict[str, int] = {}
    for unit in (*a.told, *b.told):
        for mark in unit.marks:
            having[mark] = having.get(mark, 0) + 1
    every = len(a.told) + len(b.told)
    return {mark: math.log(every / count) * (1.5 if mark[0] in "@#" else 1.0) for mark, count in having.items()}
