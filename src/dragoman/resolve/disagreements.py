"""Disagreements between the entries of a record: the same question answered differently.

Each rule looks at one kind of entry (`disagreements_meetings`, `disagreements_rounds`, `disagreements_stands`,
`disagreements_outlooks`); here they are gathered. All functions are pure, and what they return does not depend on the
order of what they are given. What documents merely say (numbers, denials, words) without an entry of its own is
compared elsewhere; `without_doubles` tells where both found the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record import Agreement, Disagreement, Meeting, Outlook, Position
from dragoman.resolve.differing import Known
from dragoman.resolve.disagreements_meetings import of_meeting
from dragoman.resolve.disagreements_outlooks import of_outlooks
from dragoman.resolve.disagreements_rounds import of_meetings
from dragoman.resolve.disagreements_stands import of_agreement, of_agreements, of_positions

__all__ = [
    "Known",
    "Question",
    "of_agreement",
    "of_agreements",
    "of_meeting",
    "of_meetings",
    "of_outlooks",
    "of_positions",
    "same_question",
    "settle_all",
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


@dataclass(frozen=True, slots=True)
class Question:
    """What of a disagreement tells whether another asks the same.

    `placed` are for each document the places of words in it (start, end, number of the value); `weight` says how much
    is behind it, as a key to sort by, the weightiest first: documents, then passages.
    """

    field: str
    values: frozenset[str]
    placed: Mapping[str, Sequence[tuple[int, int, int]]]
    weight: tuple[int, int, str]

    @classmethod
    def of(cls, found: Disagreement) -> Question:
        """That of a disagreement."""
        return cls.from_json(found.model_dump(by_alias=True))

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Question:
        """That of a disagreement that is given as it is written: thousands are asked, few are read in full."""
        placed: dict[str, list[tuple[int, int, int]]] = {}
        for number, value in enumerate(found["values"]):
            for c in value["citations"]:
                placed.setdefault(c["document"], []).append((c["start"], c["end"], number))
        weight = -len(placed), -sum(map(len, placed.values())), str(found["id"])
        return cls(found["about"]["field"], frozenset(v["value"] for v in found["values"]), placed, weight)

    @property
    def documents(self) -> set[str]:
        """Those that it cites."""
        return set(self.placed)


def same_question(a: Question, b: Question) -> bool:
    """Whether two disagreements are one: two values of the first stand in the words of two values of the second.

    It is enough that the words of one value meet where the answers are the same in text.
    """
    pairs = {
        (i, j)
        for document in a.placed.keys() & b.placed.keys()
        for start, end, i in a.placed[document]
        for other_start, other_end, j in b.placed[document]
        if start < other_end and other_start < end
    }
    if any(i != k and j != m for i, j in pairs for k, m in pairs):
        return True
    return bool(pairs) and len(a.values & b.values) > 1 and a.field == b.field


def without_doubles(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Each question once, sorted by id: of several that are one, the weightiest."""
    kept: list[tuple[Question, Disagreement]] = []
    for question, one in sorted(((Question.of(d), d) for d in found), key=lambda asked: asked[0].weight):
        if not any(same_question(question, other) for other, _ in kept):
            kept.append((question, one))
    return sorted((one for _, one in kept), key=lambda d: d.id)
