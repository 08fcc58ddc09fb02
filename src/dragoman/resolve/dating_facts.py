"""What documents state of encounters and of when they were, and which such facts can be of one encounter."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.extract.findings import Findings, MeetingFound, SpanT, TimeFound
from dragoman.resolve.meetings import CLASSES, NEAR_LEVELS


@dataclass(frozen=True, slots=True)
class EventFact:
    """What one document states of an encounter and of when it was.

    `actors` are ids of all who are named with it, `people` those of them that are persons, `parties` those whose
    encounter it is. `times` are the expressions
    as the document has them; `date` the days they mean by themselves or by the date that the document itself bears, and
    None where they mean none without knowing more. `dated` is that date of the document, None where it bears none.
    """

    document: str
    kind: str
    level: str
    status: str
    times: tuple[TimeFound, ...] = ()
    date: tuple[str, str] | None = None
    place: str | None = None
    venue: str | None = None
    round: int | None = None
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    spans: tuple[SpanT, ...] = ()
    dated: tuple[str, str] | None = None


def facts_of(document: str, findings: Findings, ids: Sequence[str]) -> list[EventFact]:
    """What a document states of encounters and of when they were.

    Args:
        document: its id.
        findings: as they were extracted, before anything was settled anew by a date that other documents gave.
        ids: for each of `findings.actors` the id by which the record knows it, "" where it knows none.
    """
    people = {ids[i] for i, actor in enumerate(findings.actors) if actor.kind == "person"}
    dated = (findings.dated.start, findings.dated.end) if findings.dated else None
    return [_fact(document, meeting, ids, people, dated) for meeting in findings.meetings]


def _fact(
    document: str, meeting: MeetingFound, ids: Sequence[str], people: set[str], dated: tuple[str, str] | None
) -> EventFact:
    named = sorted({ids[i] for i in (*meeting.parties, *meeting.participants, *meeting.mediators)} - {""})
    return EventFact(
        document,
        meeting.kind,
        meeting.level,
        meeting.status,
        tuple(meeting.when.times) if meeting.when else (),
        (meeting.date.start, meeting.date.end) if meeting.date else None,
        meeting.place,
        meeting.venue,
        meeting.round,
        tuple(named),
        tuple(i for i in named if i in people),
        tuple(sorted({ids[i] for i in meeting.parties} - {""})),
        tuple(meeting.words.get("date") or meeting.spans[:1]),
        dated,
    )


# -- which facts can be of one encounter -------------------------------------------------------------------------------


def keys_of(fact: EventFact) -> set[str]:
    """The strings under which a fact is kept, so that not all pairs of facts need be compared: who, and which month.

    A fact that says only a weekday is kept by it; one that says no day at all is under no key.
    """
    marks = {f"m{month:02d}" for month in _months(fact)}
    if not marks:
        marks = {f"w{time.weekday}" for time in fact.times if time.form == "weekday" and time.weekday is not None}
    return {f"{pair}|{mark}" for pair in _pairs(fact) for mark in marks}


def lookups_of(account: EventFact) -> set[str]:
    """The keys of the facts by which an account can be dated, or its document."""
    months = _months(account) or set(range(1, 13)) if account.times else set()
    marks = {f"m{month:02d}" for month in months}
    if _months(account):
        marks |= {f"w{weekday}" for weekday in range(7)}
    return {f"{pair}|{mark}" for pair in _pairs(account) for mark in marks}


def _pairs(fact: EventFact) -> set[str]:
    kind = CLASSES.get(fact.kind, fact.kind)
    return {f"{kind}|{a}|{b}" for a, b in itertools.combinations(sorted(fact.actors)[:12], 2)}


def _shared(a: EventFact, b: EventFact) -> bool:
    """Whether two facts have two actors in common, and neither has a party that the other has not in its place."""
    ours, theirs = set(a.parties), set(b.parties)
    if len(ours) > 1 and len(theirs) > 1 and not (ours <= theirs or theirs <= ours):
        return False
    return len(set(a.actors) & set(b.actors)) > 1


def _months(fact: EventFact) -> set[int]:
    """The months that a fact can be of, where it says any; a fact that spans more than two names none."""
    found = {time.month for time in fact.times if time.form == "calendar" and time.month is not None}
    if fact.date:
        first, last = (date.fromisoformat(d) for d in fact.date)
        if (last - first).days <= 31:
            found |= {first.month, last.month}
    return found


def one_encounter(a: EventFact, b: EventFact) -> bool:
    """Whether nothing in two facts but their days speaks against one encounter, and place and people for it.

    Of delegations one paper names these and another those; ministers who met are named by all. Where a place is not
    told, two persons or the count of the round stand for it.
    """
    if a.document == b.document or CLASSES.get(a.kind) != CLASSES.get(b.kind):
        return False
    if a.level != b.level and {a.level, b.level} not in NEAR_LEVELS:
        return False
    if a.round is not None and b.round is not None and a.round != b.round:
        return False
    people = set(a.people) & set(b.people)
    if a.people and b.people and not people and not {a.level, b.level} <= {"delegations", "experts"}:
        return False
    if not _shared(a, b):
        return False
    if CLASSES.get(a.kind) == "call":
        return bool(people)
    if a.place and b.place:
        return _fold(a.place) == _fold(b.place)
    return len(people) > 1 or (a.round is not None and a.round == b.round)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()


def alike(a: EventFact, b: EventFact) -> bool:
    """Whether two facts can be of one encounter where one may lack the place and the people."""
    if CLASSES.get(a.kind) != CLASSES.get(b.kind) or not _shared(a, b):
        return False
    return not (a.place and b.place and _fold(a.place) != _fold(b.place))
