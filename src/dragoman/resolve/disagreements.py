"""Disagreements between the entries of a record: the same question answered differently.

Each rule looks at one kind of entry (`disagreements_meetings`, `disagreements_rounds`, `disagreements_stands`,
`disagreements_outlooks`); here they are gathered. All functions are pure, and what they return does not depend on the
order of what they are given. What documents merely say (numbers, denials, words) without an entry of its own is
compared elsewhere; `without_doubles` tells where both found the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.record import Agreement, Citation, Disagreement, Meeting, Outlook, Position
from dragoman.resolve.differing import Known
from dragoman.resolve.disagreements_meetings import of_meeting
from dragoman.resolve.disagreements_outlooks import of_outlooks
from dragoman.resolve.disagreements_rounds import of_meetings
from dragoman.resolve.disagreements_stands import of_agreement, of_agreements, of_positions

__all__ = [
    "Known",
    "of_agreement",
    "of_agreements",
    "of_meeting",
    "of_meetings",
    "of_outlooks",
    "of_positions",
    "same_question",
    "settle_all",
    "weight",
    "without_doubles",
]


def settle_all(
    meetings: Iterable[Meeting],
    agreements: Iterable[Agreement],
    positions: Iterable[Position],
    outlooks: Iterable[Outlook],
    known: Known,
) -> list[Disagreement]:
    """All disagreements between the entries of a record that is held in memory, each question once.

    Args:
        meetings: all of the record; likewise the others.
        agreements: all.
        positions: all.
        outlooks: all.
        known: of its documents and actors.
    """
    meetings, agreements = list(meetings), list(agreements)
    found = [d for m in meetings for d in of_meeting(m, known)]
    found += of_meetings(meetings, known)
    found += [d for a in agreements for d in of_agreement(a, known)]
    found += of_agreements(agreements, known)
    found += of_positions(positions, known)
    found += of_outlooks(outlooks, known)
    return without_doubles(found)


def same_question(a: Disagreement, b: Disagreement) -> bool:
    """Whether two disagreements are one: two values of the first stand in the words of two values of the second.

    It is enough that the words of one value meet where the answers are the same in text.
    """
    pairs = [
        (i, j)
        for i, x in enumerate(a.values)
        for j, y in enumerate(b.values)
        if any(_meet(c, d) for c in x.citations for d in y.citations)
    ]
    if any(i != k and j != m for i, j in pairs for k, m in pairs):
        return True
    alike = {v.value for v in a.values} & {v.value for v in b.values}
    return bool(pairs) and len(alike) > 1 and a.about.field == b.about.field


def without_doubles(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Each question once, sorted by id: of several that are one, the weightiest."""
    kept: list[Disagreement] = []
    for one in sorted(found, key=weight):
        if not any(same_question(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda d: d.id)


def weight(found: Disagreement) -> tuple[int, int, str]:
    """How much is behind a disagreement, as a key to sort by, the weightiest first: documents, then passages."""
    words = [c for value in found.values for c in value.citations]
    return -len({c.document for c in words}), -len(words), found.id


def _meet(a: Citation, b: Citation) -> bool:
    return a.document == b.document and a.start < b.end and b.start < a.end
