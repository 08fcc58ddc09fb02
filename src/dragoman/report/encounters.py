"""An encounter as it is told: what may be said of its state, and in what its accounts differ.

A status that changes over time (announced, then held) is a course of events; only what cannot both be so at once is a
difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.record import Citation, Document, Meeting, MeetingAccount
from dragoman.report import words
from dragoman.report.witnesses import Witnesses

_STATES = {
    "held": "reported held",
    "scheduled": "announced",
    "proposed": "asked for",
    "postponed": "reported postponed",
    "cancelled": "reported cancelled",
    "declined": "reported declined",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that documents answer differently: each value in words, with a citation of each document."""

    field: str
    values: tuple[tuple[str, tuple[Citation, ...]], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An encounter with what a reader must know of it: its state in words, whether it lies ahead of the record's
    latest document, and whether it was announced for a day that passed without a report."""

    meeting: Meeting
    state: str
    ahead: bool
    unconfirmed: bool
    differs: tuple[Difference, ...]

    def order(self) -> tuple[str, str, str]:
        """By day; without one at the end."""
        date = self.meeting.date
        return (date.from_, date.to, self.meeting.id) if date else ("9999", "9999", self.meeting.id)


def told(
    meeting: Meeting,
    documents: Mapping[str, Document],
    latest_day: str | None,
    witnesses: Witnesses | None = None,
) -> Told:
    """What can be said of an encounter.

    Args:
        meeting: the encounter.
        documents: all documents, for the order in which they were written.
        latest_day: the day of the record's latest document (the record's own "today", so that a brief of the same
            record is always the same).
        witnesses: who counts as one source; None if all documents are independent.
    """
    past = bool(meeting.date and latest_day and meeting.date.to < latest_day)
    unconfirmed = meeting.status == "scheduled" and past
    state = _STATES[meeting.status]
    if unconfirmed:
        state = "announced; no report that it took place"
    elif meeting.status == "scheduled":
        state = "coming, as announced" if meeting.date else "announced; the day is not said"
    reports = [a for a in meeting.accounts if a.status == "held"]
    held = len({a.document for a in reports})
    if meeting.status == "held" and held > 1:
        state += f" by {held} documents"
        sources = (witnesses or Witnesses()).count(c for a in reports for c in a.citations)
        if 0 < sources < held:
            state += f" that count as {words.count(sources, 'source')}"
    ahead = (meeting.status in ("scheduled", "proposed", "postponed") and not past) or (
        meeting.status == "declined" and meeting.date is None
    )
    return Told(meeting, state, ahead, unconfirmed, _differences(meeting, documents))


def _differences(meeting: Meeting, documents: Mapping[str, Document]) -> tuple[Difference, ...]:
    found = [
        _differ(meeting, "place", lambda a: a.place, _other_name),
        _differ(meeting, "venue", lambda a: a.venue, _other_name),
        _differ(meeting, "duration", lambda a: a.duration_minutes and words.span_of_time(a.duration_minutes), _unlike),
        _differ(meeting, "round", lambda a: a.round and str(a.round), _unlike),
        _days(meeting),
        _whether(meeting, documents),
    ]
    return tuple(d for d in found if d is not None)


def _differ(
    meeting: Meeting,
    name: str,
    value: Callable[[MeetingAccount], str | int | None],
    apart: Callable[[str, str], bool],
) -> Difference | None:
    """The values of a field, grouped by documents, if two of them are apart."""
    groups: dict[str, list[Citation]] = {}
    for account in meeting.accounts:
        said = value(account)
        if said:
            groups.setdefault(str(said), []).append(_backing(account, str(said)))
    values = list(groups)
    if not any(apart(a, b) for i, a in enumerate(values) for b in values[i + 1 :]):
        return None
    return _difference(name, groups)


def _unlike(a: str, b: str) -> bool:
    return a != b


def _other_name(a: str, b: str) -> bool:
    """Two names of places that are not one within the other ("Villa Marenne", "the Villa Marenne")."""
    first, second = a.casefold(), b.casefold()
    return first not in second and second not in first


def _days(meeting: Meeting) -> Difference | None:
    """Days that exclude each other; a round that was put off is told as such by its state, with both days."""
    dated = [(a.date, a) for a in meeting.accounts if a.date]
    if not any(a.to < b.from_ or b.to < a.from_ for i, (a, _) in enumerate(dated) for b, _ in dated[i + 1 :]):
        return None
    groups: dict[str, list[Citation]] = {}
    for date, account in dated:
        groups.setdefault(words.interval(date.from_, date.to), []).append(_backing(account, date.text))
    return _difference("date", groups)


def _whether(meeting: Meeting, documents: Mapping[str, Document]) -> Difference | None:
    """Whether it took place at all: one says held, and one that is not older says declined or cancelled."""

    def written(account: MeetingAccount) -> str:
        document = documents.get(account.document)
        return document.dated.to if document and document.dated else ""

    held = [a for a in meeting.accounts if a.status == "held"]
    denied = [a for a in meeting.accounts if a.status in ("declined", "cancelled")]
    if not held or not denied or max(map(written, denied)) < min(map(written, held)):
        return None
    return _difference(
        "whether it took place",
        {"held": [a.citations[0] for a in held], str(denied[0].status): [a.citations[0] for a in denied]},
    )


def _difference(name: str, groups: Mapping[str, list[Citation]]) -> Difference:
    return Difference(name, tuple((text, tuple(citations)) for text, citations in groups.items()))


def _backing(account: MeetingAccount, said: str) -> Citation:
    """Of an account's citations the one in which the value stands, else the first."""
    return next((c for c in account.citations if said.casefold() in c.quote.casefold()), account.citations[0])
