"""What the pages show: one state of the record, kept while the record stays as it is.

Whatever is worked out of the whole record (stands, ledger, questions, the index of statements) is worked out once for
each state, when it is first asked for, and shared by all requests. When the record changes, a small one is gone through
again at once; of a large one the state before is shown until the new one is ready.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar, overload

from dragoman.library import Record
from dragoman.record import (
    Actor,
    Agreement,
    Citation,
    Disagreement,
    Document,
    Entry,
    Family,
    Meeting,
    Outlook,
    Position,
    Statement,
)
from dragoman.report import words
from dragoman.report.agreements import Commitment, ledger
from dragoman.report.brief import gather
from dragoman.report.changes import Change, changes
from dragoman.report.disagreements import Differences, Question
from dragoman.report.encounters import Told, told
from dragoman.report.page import Brief
from dragoman.report.stands import Stands, latest_day
from dragoman.web.known import as_known
from dragoman.web.search import Query, Search

T = TypeVar("T")

AT_ONCE = 1.5
"""Seconds: a record that is gone through faster than that is shown anew as soon as it changes."""

REST = 3.0
"""So many times as long as it takes to go through it a large record is left alone before it is gone through again."""

DAYS_KEPT = 8
"""So many days are kept of those that positions are looked at as known on."""


class once(Generic[T]):  # noqa: N801  # a decorator
    """A property that is worked out once, by the first thread that asks; the others wait for it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        """Of the method that works it out."""
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, on: None, kind: type) -> once[T]: ...
    @overload
    def __get__(self, on: State, kind: type) -> T: ...
    def __get__(self, on: State | None, kind: type) -> once[T] | T:
        """Its value."""
        if on is None:
            return self
        name = self._make.__name__
        if name not in on.made:
            with on.lock(name):
                if name not in on.made:
                    on.made[name] = self._make(on)
        value: T = on.made[name]
        return value


class State:
    """One state of a record. All parts are as they were when it was made, but statements, which the index has."""

    def __init__(self, record: Record) -> None:
        """Read a record; `seconds` says how long that took."""
        started = time.monotonic()
        self.made: dict[str, Any] = {}
        self._locks: dict[str, threading.RLock] = {}
        self._guard = threading.Lock()
        self.record = record
        self.place = record.place
        self.version = record.version()
        while True:  # all parts of one state, though each is read by itself
            self.documents: dict[str, Document] = {d.id: d for d in record.documents}
            self.actors: dict[str, Actor] = {a.id: a for a in record.actors}
            self.meetings: dict[str, Meeting] = {m.id: m for m in record.meetings}
            self.positions: dict[str, Position] = {p.id: p for p in record.positions}
            self.agreements: dict[str, Agreement] = {a.id: a for a in record.agreements}
            self.outlooks: dict[str, Outlook] = {o.id: o for o in record.outlooks}
            self.disagreements: dict[str, Disagreement] = {d.id: d for d in record.disagreements}
            self.families: dict[str, Family] = {f.id: f for f in record.families}
            self.arrived: dict[str, int] = record.arrivals()
            self.index = Search(record.statements, self.documents, self.actors, self._issues())
            found = record.version()
            if found == self.version:
                break
            self.version = found
        self.seconds = time.monotonic() - started

    def _issues(self) -> dict[str, set[str]]:
        on: dict[str, set[str]] = {}
        for position in self.positions.values():
            if position.statement:
                on.setdefault(position.statement, set()).add(position.issue)
        return on

    def lock(self, name: str) -> threading.RLock:
        """The lock of something that is worked out once."""
        with self._guard:
            return self._locks.setdefault(name, threading.RLock())

    def warm(self) -> None:
        """Work out what most pages need."""
        for name in ("questions", "told", "changes", "matrix", "by_document", "days", "outlets", "named", "brief"):
            getattr(self, name)
        self.index.find(Query())

    # -- the whole record, as reports take it ----------------------------------------------------------------------

    @property
    def source(self) -> Loaded:
        """All of it, for reports."""
        return Loaded(self)

    def text(self, document: str) -> str:
        """A document's stored text. Raises KeyError."""
        return self.record.text(document)

    @once
    def today(self) -> str | None:
        """The day of the latest document: the record's own "today"."""
        return latest_day(self.documents.values())

    @once
    def stands(self) -> Stands:
        """Where the sides stand."""
        return Stands.of(self.source)

    @once
    def matrix(self) -> Any:
        """The matrix of issues and parties."""
        from dragoman.report.positions import matrix

        return matrix(self.stands)

    def known(self, at: str) -> Stands:
        """Where the sides stood as it was known on a day."""
        return self.kept("known", at, lambda: as_known(self.stands, at), DAYS_KEPT)

    def kept(self, name: str, key: Hashable, make: Callable[[], T], most: int = 64) -> T:
        """Something that is worked out for a key and kept for some of the last ones.

        Args:
            name: what it is.
            key: what it is for.
            make: works it out.
            most: how many are kept.
        """
        with self.lock(name):
            some: dict[Hashable, T] = self.made.setdefault(name, {})
            if key not in some:
                if len(some) >= most:
                    some.pop(next(iter(some)))
                some[key] = make()
            return some[key]

    @once
    def commitments(self) -> list[Commitment]:
        """The ledger of agreements."""
        return ledger(self.agreements.values(), self.stands)

    @once
    def changes(self) -> list[Change]:
        """All that changed, in the order of time."""
        return changes(self.stands, self.commitments)

    @once
    def differences(self) -> Differences:
        """What makes questions of disagreements."""
        return Differences.of(self.source)

    @once
    def questions(self) -> list[Question]:
        """The disagreements as questions, the weightiest first."""
        return self.differences.questions()

    @once
    def told(self) -> dict[str, Told]:
        """The encounters in the order of time, as they are told; those without a day come last."""
        found = (told(m, self.documents, self.today) for m in self.meetings.values())
        return {t.meeting.id: t for t in sorted(found, key=Told.order)}

    @once
    def brief(self) -> Brief:
        """The brief of the record."""
        return gather(self.source)

    @once
    def outlets(self) -> dict[str, list[Document]]:
        """The documents by outlet, those with most first."""
        found: dict[str, list[Document]] = {}
        for document in self.documents.values():
            found.setdefault(document.outlet or "", []).append(document)
        return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))

    @once
    def by_document(self) -> dict[str, list[tuple[str, Entry, tuple[Citation, ...]]]]:
        """For each document its findings but statements: kind, entry, and its words there."""
        found: dict[str, list[tuple[str, Entry, tuple[Citation, ...]]]] = {}

        def add(kind: str, entry: Entry, citations: Iterable[Citation]) -> None:
            grouped: dict[str, dict[tuple[int, int], Citation]] = {}
            for citation in citations:
                grouped.setdefault(citation.document, {})[citation.start, citation.end] = citation
            for document, some in grouped.items():
                found.setdefault(document, []).append((kind, entry, tuple(some.values())))

        for m in self.meetings.values():
            add("meeting", m, (c for a in m.accounts for c in a.citations))
        for p in self.positions.values():
            add("position", p, p.citations)
        for g in self.agreements.values():
            add("agreement", g, (*g.citations, *(c for a in g.accounts for c in a.citations)))
        for o in self.outlooks.values():
            add("outlook", o, o.citations)
        for d in self.disagreements.values():
            add("disagreement", d, (c for v in d.values for c in v.citations))
        for a in self.actors.values():
            add("role", a, (c for r in a.roles for c in r.citations))
        return found

    @once
    def named(self) -> dict[str, str]:
        """The actors by their names in small letters; of several of one name the one that more documents name."""
        found: dict[str, str] = {}
        for actor in self.actors.values():
            for name in actor.names:
                found.setdefault(" ".join(name.casefold().split()), actor.id)
        return found

    @once
    def days(self) -> dict[str, Counter[str]]:
        """For each side how many statements are of each day."""
        found: dict[str, Counter[str]] = {}
        for side, day, many in self.index.days:
            found.setdefault(side, Counter())[day] = many
        return found

    # -- names ------------------------------------------------------------------------------------------------------

    def name(self, actor: str | None) -> str:
        """An actor's name; its id if it is not in the record."""
        if actor is None:
            return "unnamed"
        return words.flat(self.actors[actor].name) if actor in self.actors else actor

    def label(self, document: str) -> str:
        """A document in words: outlet and day."""
        found = self.documents.get(document)
        if found is None:
            return document
        name = words.short(found.outlet or found.name.rsplit("/", 1)[-1], 40)
        return f"{name}, {words.when(found.dated)}" if found.dated else name

    def side(self, actor: str | None) -> str | None:
        """Whom an actor speaks for."""
        return words.side_of(self.actors.get(actor or ""), self.actors)


class Loaded:
    """A state of a record as a `dragoman.report.source.Source`."""

    def __init__(self, state: State) -> None:
        """Of this state."""
        self.documents: Iterable[Document] = list(state.documents.values())
        self.actors: Iterable[Actor] = list(state.actors.values())
        self.meetings: Iterable[Meeting] = list(state.meetings.values())
        self.positions: Iterable[Position] = list(state.positions.values())
        self.agreements: Iterable[Agreement] = list(state.agreements.values())
        self.outlooks: Iterable[Outlook] = list(state.outlooks.values())
        self.disagreements: Iterable[Disagreement] = list(state.disagreements.values())
        self.families: Iterable[Family] = list(state.families.values())
        self._state = state

    @property
    def statements(self) -> Iterator[Statement]:
        """All statements, one at a time."""
        return self._state.index.all()

    def text(self, document: str) -> str:
        """A document's stored text."""
        return self._state.text(document)

    def notes(self) -> list[tuple[str, str]]:
        """The documents that are kept but were not read."""
        return self._state.record.notes()


class Keeper:
    """Keeps the state of a record that is shown, and makes a new one when the record has changed."""

    def __init__(self, record: Record) -> None:
        """Of an open record; `state` reads it."""
        self._record = record
        self._lock = threading.Lock()
        self._shown: State | None = None
        self._making: threading.Thread | None = None
        self._rested = 0.0

    def state(self) -> State:
        """The state to show."""
        shown = self._shown
        if shown is not None and shown.version == self._record.version():
            return shown
        with self._lock:
            shown = self._shown
            if shown is not None and shown.version == self._record.version():
                return shown
            if shown is None or shown.seconds < AT_ONCE:
                self._shown = State(self._record)
                return self._shown
            if self._making is None and time.monotonic() > self._rested:
                self._making = threading.Thread(target=self._renew, daemon=True)
                self._making.start()
            return shown

    def close(self) -> None:
        """Let go of what is kept on disk. (A server that is stopped by a signal never comes to its end.)"""
        with self._lock:
            if self._shown is not None:
                self._shown.index.close()

    def _renew(self) -> None:
        try:
            fresh = State(self._record)
            fresh.warm()
            self._shown = fresh
            self._rested = time.monotonic() + REST * fresh.seconds
        finally:
            self._making = None
