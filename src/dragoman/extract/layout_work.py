"""A page while it is being laid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.extract import layout_head as head
from dragoman.extract.findings import SpanT
from dragoman.extract.layout_chrome import Looks
from dragoman.extract.layout_lines import Line

SITE = (Looks.CHROME, Looks.LISTING, Looks.ENDING, Looks.COMMENTS)
"""How lines look that are furniture wherever they stand."""


@dataclass(slots=True)
class Work:
    """The page while it is being laid out: its lines, how they look, and which are taken for furniture."""

    text: str
    lines: list[Line]
    looks: list[Looks]
    off: list[bool]
    marks: list[SpanT] = field(default_factory=list)
    parts: dict[int, list[SpanT]] = field(default_factory=dict)
    title: int | None = None
    decks: list[int] = field(default_factory=list)
    byline: int | None = None
    outlet: str | None = None
    credits: list[str] = field(default_factory=list)
    first: int = 0
    last: int = -1

    def report(self) -> Iterable[int]:
        """The lines that are report so far."""
        return (i for i in range(len(self.lines)) if not self.off[i])


def credited(line: Line) -> bool:
    """Whether a line says where the report comes from."""
    return head.credit_line(line.text) is not None
