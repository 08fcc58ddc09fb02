"""The day a document was written, by the documents that it is a copy or a rewriting of, or they of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.extract.dating_solver import USUAL, Limit
from dragoman.extract.findings import SpanT

LATE, EARLY = 7, 3
"""Days: so long after a story others still run it; and so long before the one that is at hand it may have run."""

_SAME = 1
"""Days: most copies are of the same day or the next."""

_SHORT = 3
"""Days from first to last: what is longer dates no copy."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A document that shares its text with the one to be dated.

    `dated` is its date as two ISO days, by what it states itself or by what others state of it; `first` is true where
    it is credited by the one to be dated, false where it credits that, None where neither. `spans` are passages of it
    that both have.
    """

    document: str
    dated: tuple[str, str]
    first: bool | None = None
    spans: tuple[SpanT, ...] = ()


def kin_limits(kin: Iterable[Kin]) -> list[Limit]:
    """What its kin leave of the days on which a document can have been written, and what is usual."""
    found = []
    for other in sorted(kin, key=repr):
        low, high = (date.fromisoformat(d).toordinal() for d in other.dated)
        if high - low > _SHORT:
            continue
        before = 0 if other.first else EARLY
        after = 0 if other.first is False else LATE
        says = f"has its text in common with a document of {other.dated[0]}"
        found.append(Limit(says, ((low - before, high + after),), other.spans, 3, other.document))
        near = (low - min(before, _SAME), high + min(after, _SAME))
        found.append(Limit("runs its story soon, as most do", (near,), other.spans, USUAL, other.document))
    return found
