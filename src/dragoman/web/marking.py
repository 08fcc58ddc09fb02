"""A document's text cut where findings begin and end, so that each piece can be shown with what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

KINDS = ("statement", "position", "meeting", "agreement", "outlook", "role", "disagreement")
"""The kinds of findings in the order in which their tags stand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a text, the kind of entry that rests on it, the entry's id and a line of words on it."""

    start: int
    end: int
    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch without a boundary in it: its text, the finding that is shown on it (the shortest over it), all that
    are over it, those that begin with it, whether it is furniture, and whether it is what was asked for."""

    start: int
    text: str
    finding: Finding | None
    over: tuple[Finding, ...]
    begin: tuple[Finding, ...]
    anchors: tuple[tuple[int, int], ...]
    furniture: bool
    here: bool


def pieces(
    text: str,
    findings: Iterable[Finding],
    furniture: Iterable[tuple[int, int]] = (),
    here: tuple[int, int] | None = None,
) -> list[Piece]:
    """The pieces of a text, which joined give it again.

    Args:
        text: the stored text.
        findings: what was found in it; what lies outside of the text is left out.
        furniture: stretches that are no report.
        here: a stretch that was asked for.
    """
    found = [f for f in findings if 0 <= f.start < f.end <= len(text)]
    plain = [(max(0, a), min(len(text), b)) for a, b in furniture if a < len(text) and a < b]
    cuts = {0, len(text)}
    for f in found:
        cuts.update((f.start, f.end))
    for a, b in plain:
        cuts.update((a, b))
    if here is not None:
        here = (min(max(here[0], 0), len(text)), min(max(here[1], 0), len(text)))
        cuts.update(here)
    begins: dict[int, list[Finding]] = {}
    for f in found:
        begins.setdefault(f.start, []).append(f)
    made: list[Piece] = []
    open_: list[Finding] = []
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        open_ = [f for f in open_ if f.end > start]
        new = sorted(begins.get(start, ()), key=lambda f: (KINDS.index(f.kind), f.end, f.id))
        open_.extend(new)
        shown = min(open_, key=lambda f: (f.end - f.start, KINDS.index(f.kind), f.id), default=None)
        anchors = list(dict.fromkeys((f.start, f.end) for f in new))
        if here is not None and here[0] == start and here not in anchors:
            anchors.append(here)
        made.append(
            Piece(
                start,
                text[start:end],
                shown,
                tuple(open_),
                tuple(_once(new)),
                tuple(anchors),
                any(a <= start < b for a, b in plain),
                here is not None and here[0] <= start < here[1],
            )
        )
    return made


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Each entry once."""
    return list({f.id: f for f in findings}.values())
