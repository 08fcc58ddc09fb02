"""Whether two stands are about the same thing, and how far apart they then are.

Nothing here knows parties or days: it compares what two positions say. Where it cannot be told from their words that
they are about one thing, the answer is None, never a number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.record import Position
from dragoman.resolve.gist import Gist, Interval, alike, other_number

How = Literal["number", "option", "stance"]

LADDER: Mapping[str, int] = {"rejects": 0, "conditions": 1, "open_to": 2, "accepts": 3, "proposes": 3, "demands": 3}
"""How far a stance says yes to a thing: no; not unless; perhaps; yes. Who asks for it and who grants it agree."""

STEPS = 3
"""K - 1 of the ladder: the distance from no to yes."""

WANTS = ("demands", "proposes")
"""The stances with which a party brings a thing to the table."""

_FOR = ("demands", "proposes", "accepts")
_NUMBERED = (
    *_FOR,
    "open_to",
)  # a number that is refused, or waits on something, is not what the party puts on the table


@dataclass(frozen=True, slots=True)
class Apart:
    """How far two stands are apart: from 0 to 1, by what, and for numbers the unit, the range of all known values and
    the zone in which the two overlap, if they do."""

    d: float
    how: How
    unit: str | None = None
    span: Interval | None = None
    zone: Interval | None = None


def apart(
    a: Position, b: Position, gists: tuple[Gist, Gist], spans: Mapping[str, Interval], parties: Collection[str]
) -> Apart | None:
    """How far apart two stands on one issue are, or None where that cannot be told.

    The first that applies: numbers of one unit that both put on the table, max(0, gap between them) / range; two names
    for rival options of one kind, 1; the same thing, |k - k'| / (K - 1) on the ladder of stances. Two demands are no
    stance on the same thing unless both ask it of the same third: each asks the other ("withdraw!", "withdraw!").

    Args:
        a: a stand of the first party.
        b: one of the second.
        gists: what they are about.
        spans: by unit, the least and the greatest value known on the issue.
        parties: the ids of both parties and of those who act for them.
    """
    first, second = gists
    if a.stance in _NUMBERED and b.stance in _NUMBERED:
        found = [
            _by_number(first.amounts[unit], second.amounts[unit], unit, spans)
            for unit in sorted(first.amounts.keys() & second.amounts.keys())
        ]
        if found:
            return max(found, key=lambda one: one.d)
    elif other_number(first, second):
        return None  # what is refused is not what is asked
    names = first.names, second.names
    if all(names) and not names[0] & names[1]:
        rivals = a.stance in _FOR and b.stance in _FOR and (first.words - names[0]) & (second.words - names[1])
        return Apart(1.0, "option") if rivals else None
    if not alike(first, second):
        return None
    if a.stance == b.stance == "demands" and (
        a.addressee is None or a.addressee != b.addressee or a.addressee in parties
    ):
        return None
    return Apart(abs(LADDER[a.stance] - LADDER[b.stance]) / STEPS, "stance")


def _by_number(a: Interval, b: Interval, unit: str, spans: Mapping[str, Interval]) -> Apart:
    low, high = spans.get(unit, a)
    low, high = min(low, a[0], b[0]), max(high, a[1], b[1])
    between = max(0.0, b[0] - a[1], a[0] - b[1])
    zone = (max(a[0], b[0]), min(a[1], b[1])) if not between else None
    return Apart(between / (high - low) if high > low else 0.0, "number", unit, (low, high), zone)
