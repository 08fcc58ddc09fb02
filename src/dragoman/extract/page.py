"""A document laid out and parsed: what the finders work on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.parsed import Doc, Span, Token
from dragoman.extract.quotes import Quotation, find_quotations


@dataclass(slots=True)
class Block:
    """One paragraph, parsed by itself; `start` and `end` are its place in the text."""

    start: int
    end: int
    doc: Doc
    # Most places are asked about several times: each finder asks where the names stand.
    _spans: dict[SpanT, Span | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return self.doc.text

    def sentences(self) -> list[Span]:
        """The sentences of the paragraph."""
        return self.doc.sentences()

    def sentence(self, i: int) -> Span:
        """The sentence in which the token of this index stands."""
        return self.doc.sentence(i)

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
        asked = start, end
        if asked in self._spans:
            return self._spans[asked]
        text = self.doc.text
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        while low < high and text[low].isspace():
            low += 1
        while low < high and text[high - 1].isspace():
            high -= 1
        span = self._spans[asked] = self.doc.span_at(low, high) if low < high else None
        return span


@dataclass(slots=True)
class Page:
    """The stored text, its layout, and its paragraphs parsed, in the order of the text; furniture is in no block."""

    text: str
    layout: Layout
    blocks: list[Block] = field(default_factory=list)
    _quotations: list[Quotation] | None = field(default=None, init=False, repr=False, compare=False)

    def sentences(self) -> Iterator[tuple[Block, Span]]:
        """Every sentence with the block that it stands in."""
        for block in self.blocks:
            for sentence in block.sentences():
                yield block, sentence

    def quotations(self) -> list[Quotation]:
        """The quotations in its paragraphs, in the order in which they begin."""
        if self._quotations is None:
            self._quotations = find_quotations(self.text, [(b.start, b.end) for b in self.blocks])
        return self._quotations

    def quote(self, span: SpanT) -> str:
        """The words of a span."""
        return self.text[span[0] : span[1]]
