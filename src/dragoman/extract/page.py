"""A document laid out and parsed: what the finders work on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.extract.findings import Layout, SpanT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(slots=True)
class Block:
    """One paragraph, parsed by itself; `start` and `end` are its place in the text."""

    start: int
    end: int
    doc: Doc
    _bounds: list[int] | None = None
    _text: str | None = None

    @property
    def text(self) -> str:
        """The paragraph's words: spaCy puts them together anew at every `doc.text`."""
        if self._text is None:
            self._text = self.doc.text
        return self._text

    def _starts(self) -> list[int]:
        """The indices at which sentences start, and the length: spaCy looks for them anew at every `.sents`."""
        if self._bounds is None:
            self._bounds = [0, *(i for i in range(1, len(self.doc)) if self.doc[i].is_sent_start), len(self.doc)]
        return self._bounds

    def sentences(self) -> list[Span]:
        """The sentences of the paragraph."""
        bounds = self._starts()
        return [self.doc[a:b] for a, b in pairwise(bounds) if a < b]

    def sentence(self, i: int) -> Span:
        """The sentence in which the token of this index stands."""
        bounds = self._starts()
        k = min(bisect_right(bounds, i), len(bounds) - 1)
        return self.doc[bounds[k - 1] : bounds[k]]

    def at(self, token: Token) -> SpanT:
        """The token's place in the text."""
        return self.start + token.idx, self.start + token.idx + len(token)

    def place(self, span: Span) -> SpanT:
        """The span's place in the text."""
        return self.start + span.start_char, self.start + span.end_char

    def place_of(self, first: Token, last: Token) -> SpanT:
        """The place in the text of everything from the first token to the last, both included."""
        return self.start + first.idx, self.start + last.idx + len(last)

    def tokens(self, start: int, end: int) -> Span | None:
        """The tokens that lie, wholly or in part, between two offsets into the text; None where there are none here."""
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        while low < high and self.text[low].isspace():
            low += 1
        while low < high and self.text[high - 1].isspace():
            high -= 1
        return self.doc.char_span(low, high, alignment_mode="expand") if low < high else None


@dataclass(slots=True)
class Page:
    """The stored text, its layout, and its paragraphs parsed, in the order of the text; furniture is in no block."""

    text: str
    layout: Layout
    blocks: list[Block] = field(default_factory=list)

    def sentences(self) -> Iterator[tuple[Block, Span]]:
        """Every sentence with the block that it stands in."""
        for block in self.blocks:
            for sentence in block.sentences():
                yield block, sentence

    def quote(self, span: SpanT) -> str:
        """The words of a span."""
        return self.text[span[0] : span[1]]
