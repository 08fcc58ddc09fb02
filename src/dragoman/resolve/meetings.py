"""Encounters across documents: which accounts of one day tell of the same one, and what the record then says of it.

An account is what one document says. Accounts are merged only where nothing speaks against it: they name the same
single day, and their kinds, formats, places and people go together (accounts without a single day: encounters.py). All
functions are pure, and what they return does not depend on the order of what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as calendar_day
from typing import TypeVar

from dragoman.extract.findings import DateFound

T = TypeVar("T", str, int)
QuoteT = tuple[str, int, int, str]

PRESENT = ("parties", "participants", "mediators")
"""The fields of those who met."""
PEOPLE = (*PRESENT, "asked", "led")
"""All fields that name actors."""

CLASSES = {
    "talks": "talks",
    "trilateral": "talks",
    "summit": "talks",
    "forum": "forum",
    "visit": "visit",
    "call": "call",
}
NEAR_LEVELS = ({"ministers", "delegations"}, {"delegations", "experts"})
_OF_TWO = {"call", "visit", "summit"}
_REMOTE = {"video", "phone"}
# What is told of an encounter in the course of time; the later word stands where dates do not tell.
_STATUSES = ("proposed", "declined", "scheduled", "postponed", "cancelled", "held")
# The more a word says, the earlier it stands: it wins where as many accounts say the other.
_KINDS = ("trilateral", "summit", "call", "visit", "forum", "talks")
_LEVELS = ("leaders", "ministers", "experts", "delegations")
_BASES = ("stated", "inferred", "metadata")


@dataclass(frozen=True, slots=True)
class Account:
    """What one document says of an encounter; people are actor ids.

    `series` marks several encounters told as one, `earlier` one that is told as being before the text's own ("the
    previous round"); `written` is the document's date, `words` the quotes that say each field. What the words are and
    where they stand is no part of what is said: accounts that differ in nothing else are equal.
    """

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
    asked: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    round: int | None = None
    duration_minutes: int | None = None
    outcome: str | None = None
    series: bool = False
    earlier: bool = False
    written: DateFound | None = None
    words: Mapping[str, Sequence[QuoteT]] = field(default_factory=dict, compare=False)


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
    asked: list[str]
    led: list[str]
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
    for account in sorted(accounts, key=lambda a: (-detail(a), a.id)):
        best: list[Account] | None = None
        most = 0
        for group in groups:
            if all(same_encounter(account, other) for other in group):
                common = max(in_common(account, other) for other in group)
                if common > most:
                    best, most = group, common
        if best is None:
            groups.append([account])
        else:
            best.append(account)
    return sorted((sorted(g, key=lambda a: (a.document, a.id)) for g in groups), key=meeting_id)


def same_encounter(a: Account, b: Account) -> bool:
    """Whether two accounts of one day are of one encounter: nothing is against it, and somebody or somewhere for it."""
    if a.document == b.document:
        return _without_place(a) == _without_place(b)
    day = block_of(a.date)
    return day is not None and day == block_of(b.date) and compatible(a, b) and in_common(a, b) > 0


def compatible(a: Account, b: Account) -> bool:
    """Whether two accounts can be of one encounter as far as kind, level, format, place and people go; days are not
    asked."""
    if a.series != b.series:
        return False
    if not (same_name(a.place, b.place) and same_name(a.country, b.country)):
        return False
    if a.format and b.format and (a.format in _REMOTE) != (b.format in _REMOTE):
        return False
    if not _levels_agree(a, b):
        return False
    together = set(a.participants) & set(b.participants)
    if a.participants and b.participants and not together and not _may_differ(a, b):
        return False
    if kind_class(a) != kind_class(b) and not (
        {kind_class(a), kind_class(b)} == {"talks", "visit"} and together and a.level == b.level
    ):
        return False
    pair = a.kind in _OF_TWO or b.kind in _OF_TWO
    if pair and len(a.participants) == len(b.participants) == 2 and len(together) < 2:
        return False  # one who sees or calls several, each by himself
    ours, theirs = set(a.parties), set(b.parties)
    if len(ours) > 1 and len(theirs) > 1:
        return ours <= theirs or theirs <= ours
    # A side alone, with a mediator: another side with the same mediator is another encounter.
    return not ours or not theirs or bool(ours & {*theirs, *b.mediators} or theirs & {*a.mediators})


def _levels_agree(a: Account, b: Account) -> bool:
    """Delegations are what those are called of whose rank nothing is said; but no summit is one of delegations."""
    if a.level == b.level or {a.level, b.level} in NEAR_LEVELS:
        return True
    return {a.level, b.level} == {"leaders", "delegations"} and a.kind == b.kind == "talks"


def _may_differ(a: Account, b: Account) -> bool:
    """Whether two accounts that have no person in common may each name but a part of those who came.

    One names a single person, of one side perhaps or the chair, and both have two sides in common.
    """
    return min(len(a.participants), len(b.participants)) == 1 and len(set(a.parties) & set(b.parties)) > 1


def kind_class(account: Account) -> str:
    """The kinds that outlets use for one another are one class: talks, a trilateral, a summit."""
    return CLASSES.get(account.kind, account.kind)


def settle(accounts: Sequence[Account]) -> Settled:
    """The fields of an encounter from its accounts: the latest status, the narrowest date, everybody named.

    Of the other fields that value is taken which most accounts give. What was held stays held, whatever comes later.
    """
    return Settled(
        kind=_most([a.kind for a in accounts], _rank(_KINDS)),
        level=_most([a.level for a in accounts], _rank(_LEVELS)),
        status=_latest(accounts),
        format=_perhaps([a.format for a in accounts]),
        date=_settled_date(accounts),
        place=_perhaps([a.place for a in accounts]),
        country=_perhaps([a.country for a in accounts]),
        venue=_perhaps([a.venue for a in accounts]),
        parties=_everybody(a.parties for a in accounts),
        participants=_everybody(a.participants for a in accounts),
        mediators=_everybody(a.mediators for a in accounts),
        asked=_everybody(a.asked for a in accounts),
        led=_everybody(a.led for a in accounts),
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


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names of a place can be one: they are the same, or one is not given."""
    return not a or not b or a.casefold() == b.casefold()


def _without_place(account: Account) -> tuple[object, ...]:
    """All that makes an account, but not where in the document it stands."""
    return tuple(getattr(account, name) for name in account.__dataclass_fields__ if name not in ("id", "words"))


def in_common(a: Account, b: Account) -> int:
    """How much speaks for one encounter: people weigh more than places."""
    people = {i for field in PRESENT for i in getattr(a, field)} & {i for field in PRESENT for i in getattr(b, field)}
    places = bool(a.place and b.place) + bool(a.venue and b.venue and same_name(a.venue, b.venue))
    return 2 * len(people) + 2 * places + (a.kind == b.kind if people or places else 0)


def detail(account: Account) -> int:
    """How much an account says of who met, where and how."""
    people = sum(len(getattr(account, field)) for field in PRESENT)
    return people + sum(v is not None for v in (account.place, account.country, account.venue, account.format))


def _told_in(account: Account) -> tuple[object, ...]:
    """The order in which accounts were told; one of which that is not known comes last."""
    return account.written.end if account.written else "~", _STATUSES.index(account.status), account.id


def _latest(accounts: Sequence[Account]) -> str:
    """What was held stays held; else the last word of those that are dated, else the firmest."""
    if any(a.status == "held" for a in accounts):
        return "held"
    dated = [a for a in accounts if a.written]
    return max(dated or accounts, key=_told_in).status


def _settled_date(accounts: Sequence[Account]) -> DateFound | None:
    """The narrowest date among those who tell of it as it came to be: whoever says that it was held, else the last.

    A day that was planned and then moved is not the day of the encounter.
    """
    latest = _latest(accounts)
    dated = [a for a in accounts if a.date]
    as_it_was = [a for a in dated if a.status == latest]
    plans = not as_it_was or latest != "held"
    as_it_was = as_it_was or dated
    if not as_it_was:
        return None
    days = Counter(block_of(a.date) for a in as_it_was)

    def rank(account: Account) -> tuple[object, ...]:
        date = account.date
        assert date is not None
        said = days[block_of(date)]
        # Of plans the last word counts, and of two told on one day the later day, for which plans are mostly moved.
        last = calendar_day.fromisoformat(account.written.end).toordinal() if account.written else 0
        start = calendar_day.fromisoformat(date.start).toordinal()
        ties = (-last, -said, -start) if plans else (0, -said, start)
        return length_of(date), *ties[:2], _BASES.index(date.basis), ties[2], date.text, account.id

    return min(as_it_was, key=rank).date


def length_of(date: DateFound) -> int:
    """How many days a date spans besides its first."""
    return calendar_day.fromisoformat(date.end).toordinal() - calendar_day.fromisoformat(date.start).toordinal()


def steps_of(accounts: Sequence[Account]) -> list[Account]:
    """The accounts at which the status moves, in the order in which they were told ("proposed", then "scheduled")."""
    steps: list[Account] = []
    for account in sorted(accounts, key=_told_in):
        if not steps or steps[-1].status != account.status:
            steps.append(account)
    return steps


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
