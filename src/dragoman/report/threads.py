"""How a party's stands on one thing went: what is told of them, in the order of time, becomes stands and steps.

A telling is what one document says (reprints are copies of it). Tellings of one thing make a thread; in it the party
takes a stand, repeats it, leaves it for another. All of it is pure, and tellings are only ever looked at in their own
order.
"""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dragoman.record import Position, Stance
from dragoman.resolve.gist import Gist, Interval

ALWAYS, NEVER = "", "9999"
"""Sort before and after all days: what is past without a day came before what has one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A position, whose it is, when it was taken and from which source it comes.

    `party` is the side's actor id; `day` is None where it is not known; `written` the last day that its document can be
    of; `source` stands for all documents that are not independent of its own; `copies` are the ids of reprints of it.
    """

    position: Position
    party: str
    day: str | None
    written: str | None
    source: str
    gist: Gist
    copies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The position's id."""
        return self.position.id

    @property
    def own(self) -> bool:
        """Whether it is the party's own word, or its named delegate's."""
        return self.position.told_by == "own"

    def order(self) -> tuple[object, ...]:
        """By time; what is past without a date of its own comes before everything that has one."""
        first = self.position.citations[0]
        return self.day or ALWAYS, self.written or NEVER, first.document, first.start, self.id

    def repeats(self, stand: Stand) -> bool:
        """Whether it takes a stand again: the same stance, and no other number."""
        if self.position.stance != stand.stance:
            return False
        return not any(
            number != other for unit, number in self.gist.amounts.items() for other in stand.numbers.get(unit, ())
        )


@dataclass(frozen=True)
class Stand:
    """A party's stand on a thing: the tellings that say the same of it. The last of them speaks for it.

    `tellings` are either own words or claims by others; `echoes`, of an own stand, what others say of the same.
    """

    tellings: tuple[Telling, ...]
    echoes: tuple[Telling, ...] = ()

    @property
    def last(self) -> Telling:
        """The latest telling: its content is the stand's."""
        return self.tellings[-1]

    @property
    def id(self) -> str:
        """The id of the position that speaks for it."""
        return self.last.id

    @property
    def stance(self) -> Stance:
        """What the party does about the thing."""
        return self.last.position.stance

    @cached_property
    def gist(self) -> Gist:
        """What it is about, by all that is told of it; its numbers are the latest told."""
        numbers = next((t.gist.amounts for t in reversed(self.tellings) if t.gist.amounts), {})
        about = [t.gist for t in self.tellings]
        return Gist(frozenset().union(*(g.words for g in about)), frozenset().union(*(g.names for g in about)), numbers)

    @cached_property
    def numbers(self) -> dict[str, set[Interval]]:
        """The numbers that are told, by unit."""
        found: dict[str, set[Interval]] = {}
        for telling in self.tellings:
            for unit, number in telling.gist.amounts.items():
                found.setdefault(unit, set()).add(number)
        return found

    @property
    def past(self) -> bool:
        """Whether it is only told as a stand of earlier days."""
        return all(telling.position.past for telling in self.tellings)

    @property
    def own(self) -> bool:
        """Whether it is in the party's own words."""
        return self.last.own

    @property
    def day(self) -> str | None:
        """When it was last taken."""
        return self.last.day

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all positions that tell it: the latest first, reprints after their first, others' words last."""
        return tuple(id_ for t in reversed((*self.echoes, *self.tellings)) for id_ in (t.id, *t.copies))

    @property
    def times(self) -> int:
        """How often it is told, reprints and the words of others included."""
        return len(self.ids)

    @property
    def sources(self) -> int:
        """How many independent sources tell it: documents of one family are one."""
        return len({telling.source for telling in (*self.tellings, *self.echoes)})


@dataclass(frozen=True)
class Step:
    """A day on which a party takes a stand that it had not taken before, and the one that it left for it, if any."""

    stand: Stand
    before: Stand | None = None

    @property
    def day(self) -> str | None:
        """When it was first taken."""
        return self.stand.tellings[0].day


class Course:
    """How some tellings of one thing went, in the order of time; worked out once, and for any day of it.

    A stand holds until a later day brings another one; what is told on one day stands side by side.
    """

    def __init__(self, tellings: Sequence[Telling]) -> None:
        """Of these, in their order: days never fall."""
        self._tellings = tellings
        self._drafts: list[_Draft] = []
        self._held: list[tuple[int, list[int]]] = []  # from which telling on which drafts hold
        held: list[int] = []
        drafts = self._drafts
        for place, telling in enumerate(tellings):
            stance, amounts = telling.position.stance, telling.gist.amounts
            for n in held:  # (a plain loop: a large record goes through this a hundred thousand times for one page)
                if stance == drafts[n].stance and not (amounts and drafts[n].contradicts(amounts)):
                    break
            else:
                n = -1
            if n >= 0:
                drafts[n].places.append(place)
                if amounts:
                    drafts[n].numbers.update(amounts)
                continue
            day = telling.day or ALWAYS
            left = [n for n in held if self._last_day(n) < day]
            beside = [n for n in held if n not in left]
            # What stands beside another stand of its day came after what that one came after.
            before = left[-1] if left else drafts[beside[-1]].before if beside else None
            held = [*beside, len(drafts)]
            drafts.append(_Draft(before, stance, [place], dict(amounts)))
            self._held.append((place, held))

    def first(self, tellings: Sequence[Telling]) -> Course | None:
        """How the first of its tellings went, if these are the first: nothing is worked out again."""
        if tellings != self._tellings[: len(tellings)]:
            return None
        made = copy.copy(self)
        made._tellings = tellings
        made._drafts = [
            replace(draft, places=draft.places[: bisect_left(draft.places, len(tellings))])
            for draft in self._drafts
            if draft.places[0] < len(tellings)
        ]
        for name in ("steps", "_days"):
            made.__dict__.pop(name, None)
        return made

    def _last_day(self, draft: int) -> str:
        return self._tellings[self._drafts[draft].places[-1]].day or ALWAYS

    @cached_property
    def steps(self) -> list[Step]:
        """Each stand when it was taken, with the one before it."""
        made: list[Step] = []
        for draft in self._drafts:  # a stand that was left for another is never taken up again, so it is whole by then
            stand = Stand(tuple(self._tellings[place] for place in draft.places))
            made.append(Step(stand, None if draft.before is None else made[draft.before].stand))
        return made

    @cached_property
    def _days(self) -> list[str]:
        return [telling.day or ALWAYS for telling in self._tellings]

    def held(self, until: str | None = None) -> list[tuple[Telling, ...]]:
        """The tellings of each stand that holds at the end, or at the end of a day.

        Args:
            until: the day. What came until then is the beginning of all that came, and so is how it went.
        """
        end = len(self._tellings) if until is None else bisect_right(self._days, until)
        change = bisect_left(self._held, end, key=lambda one: one[0]) - 1
        if change < 0:
            return []
        some = (self._drafts[n].places for n in self._held[change][1])
        return [tuple(self._tellings[p] for p in places[: bisect_left(places, end)]) for places in some]


@dataclass(slots=True)
class _Draft:
    """A stand that is being put together: `before` is the number of the one that was left for it."""

    before: int | None
    stance: Stance
    places: list[int]  # of its tellings
    numbers: dict[str, Interval]  # all that tell a unit tell the same number of it

    def contradicts(self, amounts: Mapping[str, Interval]) -> bool:
        """Whether another number of the same unit is told."""
        return any(self.numbers.get(unit, number) != number for unit, number in amounts.items())


@dataclass(frozen=True, slots=True)
class _Parts:
    """Tellings in the order of time, and which of them tell of a present stand, or of one of earlier days."""

    all: list[Telling]
    present: list[Telling]
    past: list[Telling]

    @classmethod
    def of(cls, tellings: list[Telling]) -> _Parts:
        past = [t for t in tellings if t.position.past]
        return cls(tellings, [t for t in tellings if not t.position.past] if past else tellings, past)

    def known(self, at: str) -> _Parts:
        """Those in documents dated up to a day."""
        found = [t for t in self.all if t.written is not None and t.written <= at]
        return _Parts.of(found) if self.past else _Parts(found, found, [])


@dataclass
class Thread:
    """All that is told of one party's stands on one thing: own words before those of others, each in the order of time.

    It stays as it is once it is asked.
    """

    party: str
    issue: str
    tellings: list[Telling] = field(default_factory=list)

    def __post_init__(self) -> None:
        """It is the whole of its thread, unless `known` says otherwise."""
        self._whole: Thread | None = None

    @cached_property
    def _claims(self) -> _Parts:
        return _Parts.of([t for t in self.tellings if not t.own])

    @cached_property
    def _own(self) -> _Parts:
        return _Parts.of([t for t in self.tellings if t.own])

    @cached_property
    def _courses(self) -> dict[tuple[bool, bool | None], Course]:
        return {}

    def _course(self, own: bool, past: bool | None = None) -> Course:
        """How it went by own words or by others', and there of what is told as past or as present; None for both."""
        parts = self._own if own else self._claims
        some = parts.all if past is None else parts.past if past else parts.present
        if past is not None and len(some) == len(parts.all):
            past = None
        if (own, past) not in self._courses:
            whole = self._whole._course(own, past).first(some) if self._whole is not None else None
            self._courses[own, past] = whole or Course(some)
        return self._courses[own, past]

    def known(self, at: str) -> Thread:
        """What of it the documents dated up to a day tell."""
        own, claims = self._own.known(at), self._claims.known(at)
        made = Thread(self.party, self.issue, [*own.all, *claims.all])  # own words always come first
        made.__dict__.update(_own=own, _claims=claims, _whole=self)
        return made

    def steps(self, own: bool = True) -> list[Step]:
        """How the stand went: each stand when it was taken, with the one before it.

        Args:
            own: in the party's own words; else as others claim it.
        """
        return self._course(own).steps

    def stands(self, own: bool = True, until: str | None = None) -> list[Stand]:
        """The stands that hold at the end, or at the end of a day: past ones only where there is no present one.

        Args:
            own: in the party's own words, each with what others tell of the same; else as others claim it.
            until: only what was taken by then.
        """
        for past in (False, True):
            held = self._course(own, past).held(until)
            if held:
                others = self._claims.all if own else []
                if until is not None:
                    others = [t for t in others if (t.day or ALWAYS) <= until]
                made = [Stand(tellings) for tellings in held]
                return [Stand(s.tellings, tuple(t for t in others if t.repeats(s))) for s in made]
        return []
