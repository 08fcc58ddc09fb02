"""Encounters across documents: which accounts tell of the same one, and what the record then says of it.

An account is what one document says. Accounts are merged only where nothing speaks against it: they name the same
single day, and their kinds, formats, places and people go together. All functions are pure, and what they return does
not depend on the order of what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as calendar_day
from typing import TypeVar

from dragoman.extract.findings import DateFound

T = TypeVar("T", str, int)

PEOPLE = ("parties", "participants", "mediators")

_CLASS = {
    "talks": "talks",
    "trilateral": "talks",
    "summit": "talks",
    "forum": "forum",
    "visit": "visit",
    "call": "call",
}
_NEAR_LEVELS = ({"ministers", "delegations"}, {"delegations", "experts"})
_REMOTE = {"video", "phone"}
# What is told of an encounter in the course of time; the later word stands where dates do not tell.
_STATUSES = ("proposed", "declined", "scheduled", "postponed", "cancelled", "held")
# The more a word says, the earlier it stands: it wins where as many accounts say the other.
_KINDS = ("trilateral", "summit", "call", "visit", "forum", "talks")
_LEVELS = ("leaders", "ministers", "experts", "delegations")
_BASES = ("stated", "inferred", "metadata")


@dataclass(frozen=True, slots=True)
class Account:
    """What one document says of an encounter; people are actor ids, `dated` is the last day the document can be of."""

    id: str
    document: str
    kind: str
    level: str
    status: str
    format: str | None = None
    date: DateFound | None = None
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    parties: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    round: int | None = None
    duration_minutes: int | None = None
    outcome: str | None = None
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the record says of an encounter: the fields of an account, settled from several."""

    kind: str
    level: str
    status: str
    format: str | None
    date: DateFound | None
    place: str | None
    country: str | None
    venue: str | None
    parties: list[str]
    participants: list[str]
    mediators: list[str]
    round: int | None
    duration_minutes: int | None
    outcome: str | None


def block_of(date: DateFound | None) -> str | None:
    """The day by which accounts are compared: the one day of the date, or None where it names no single day."""
    return date.start if date and date.start == date.end else None


def meeting_id(accounts: Iterable[Account]) -> str:
    """An encounter's id: the first of its accounts' ids."""
    return min(account.id for account in accounts)


def merge_accounts(accounts: Iterable[Account]) -> list[list[Account]]:
    """The accounts of one block, grouped by encounter.

    Every account joins the group that it has most in common with, among those with whose every member it can be one;
    else it begins a new one. The most specific accounts come first, so that vague ones find them there. Two accounts of
    one document are two encounters: the document itself keeps them apart.

    Returns: groups, each sorted by document, sorted by the id of their encounter.
    """
    groups: list[list[Account]] = []
    for account in sorted(accounts, key=lambda a: (-_detail(a), a.id)):
        best: list[Account] | None = None
        most = 0
        for group in groups:
            if all(same_encounter(account, other) for other in group):
                common = max(_in_common(account, other) for other in group)
                if common > most:
                    best, most = group, common
        if best is None:
            groups.append([account])
        else:
            best.append(account)
    return sorted((sorted(g, key=lambda a: (a.document, a.id)) for g in groups), key=meeting_id)


def same_encounter(a: Account, b: Account) -> bool:
    """Whether nothing in two accounts speaks against their being of one encounter, and somebody or somewhere for it."""
    if a.document == b.document:
        return _without_place(a) == _without_place(b)
    day = block_of(a.date)
    if day is None or day != block_of(b.date):
        return False
    if not (_same(a.place, b.place) and _same(a.country, b.country)):
        return False
    if a.format and b.format and (a.format in _REMOTE) != (b.format in _REMOTE):
        return False
    if a.level != b.level and {a.level, b.level} not in _NEAR_LEVELS:
        return False
    together = set(a.participants) & set(b.participants)
    if a.participants and b.participants and not together:
        return False
    if _CLASS.get(a.kind) != _CLASS.get(b.kind) and not (
        {_CLASS.get(a.kind), _CLASS.get(b.kind)} == {"talks", "visit"} and together and a.level == b.level
    ):
        return False
    ours, theirs = set(a.parties), set(b.parties)
    if len(ours) > 1 and len(theirs) > 1 and not (ours <= theirs or theirs <= ours):
        return False
    return _in_common(a, b) > 0


def settle(accounts: Sequence[Account]) -> Settled:
    """The fields of an encounter from its accounts: the latest status, the narrowest date, everybody named.

    Of the other fields that value is taken which most accounts give. What was held stays held, whatever comes later.
    """
    dates = [(a.date, a.id) for a in accounts if a.date]
    return Settled(
        kind=_most([a.kind for a in accounts], _rank(_KINDS)),
        level=_most([a.level for a in accounts], _rank(_LEVELS)),
        status=_latest(accounts),
        format=_perhaps([a.format for a in accounts]),
        date=min(dates, key=_narrowness)[0] if dates else None,
        place=_perhaps([a.place for a in accounts]),
        country=_perhaps([a.country for a in accounts]),
        venue=_perhaps([a.venue for a in accounts]),
        parties=_everybody(a.parties for a in accounts),
        participants=_everybody(a.participants for a in accounts),
        mediators=_everybody(a.mediators for a in accounts),
        round=_perhaps([a.round for a in accounts]),
        duration_minutes=_perhaps([a.duration_minutes for a in accounts]),
        outcome=_perhaps([a.outcome for a in accounts]),
    )


def title(settled: Settled, name_of: Callable[[str], str]) -> str:
    """A title in words: "Talks of Arland and the Belt Union in Corva, round 2"."""
    # A side is named before its people; where a mediator meets one side, both are.
    who = [name_of(i) for i in settled.parties]
    if len(who) < 2:
        who += [name_of(i) for i in settled.mediators]
    if len(who) < 2:
        who += [name for name in map(name_of, settled.participants) if name not in who]
    between = settled.kind == "call" and len(who) > 1
    said = {"talks": "Talks", "trilateral": "Trilateral", "call": "Call", "visit": "Visit", "summit": "Summit"}
    words = said.get(settled.kind, settled.kind.capitalize())
    if who:
        words += (" between " if between else " of ") + _listed(who[:4])
    if settled.place or settled.country:
        words += f" in {settled.place or settled.country}"
    return words + (f", round {settled.round}" if settled.round else "")


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _same(a: str | None, b: str | None) -> bool:
    return not a or not b or a.casefold() == b.casefold()


def _without_place(account: Account) -> tuple[object, ...]:
    """All that makes an account, but not where in the document it stands."""
    return tuple(getattr(account, name) for name in account.__dataclass_fields__ if name != "id")


def _in_common(a: Account, b: Account) -> int:
    """How much speaks for one encounter: people weigh more than places."""
    people = {i for field in PEOPLE for i in getattr(a, field)} & {i for field in PEOPLE for i in getattr(b, field)}
    places = bool(a.place and b.place) + bool(a.venue and b.venue and _same(a.venue, b.venue))
    return 2 * len(people) + 2 * places + (a.kind == b.kind if people or places else 0)


def _detail(account: Account) -> int:
    people = sum(len(getattr(account, field)) for field in PEOPLE)
    return people + sum(v is not None for v in (account.place, account.country, account.venue, account.format))


def _latest(accounts: Sequence[Account]) -> str:
    if any(a.status == "held" for a in accounts):
        return "held"
    return max(accounts, key=lambda a: (a.dated or "", _STATUSES.index(a.status), a.id)).status


def _narrowness(dated: tuple[DateFound, str]) -> tuple[object, ...]:
    found, account = dated
    length = calendar_day.fromisoformat(found.end).toordinal() - calendar_day.fromisoformat(found.start).toordinal()
    return length, _BASES.index(found.basis), found.start, found.text, account


def _rank(order: tuple[str, ...]) -> Callable[[str], int]:
    return lambda word: order.index(word) if word in order else len(order)


def _most(values: list[str], rank: Callable[[str], int]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], rank(v), v))


def _perhaps(values: Sequence[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _everybody(groups: Iterable[tuple[str, ...]]) -> list[str]:
    """Everybody named, those whom most accounts name first."""
    counts = Counter(i for group in groups for i in dict.fromkeys(group))
    return sorted(counts, key=lambda i: (-counts[i], i))
