"""What the pages show: one state of the record, kept while the record stays as it is.

A state is loaded from an index of the record (`dragoman.web.indexing`). Whatever is worked out of the whole record
(stands, ledger, questions) is worked out once for each state, when it is first asked for, and shared by all requests.
When a state is made anew is for `dragoman.web.keeping` to say.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from pydantic import TypeAdapter

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
from dragoman.web.known import Knowing
from dragoman.web.search import Query, Search

T = TypeVar("T")
E = TypeVar("E", bound=Entry)

BRIEF = TypeAdapter(Brief)
"""The brief as JSON: the index of a large record has it, since it takes long to make."""

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
    """One state of a record. All parts are as they were when its index was made, but texts, which the record has."""

    def __init__(
        self, index: Path, version: int = 0, text: Callable[[str], str] | None = None, held: object = None
    ) -> None:
        """Load it; `seconds` says how long that took.

        Args:
            index: the file of the record's index; nobody writes to it any more.
            version: of the record when the index was made.
            text: the text of a document by its id; raises KeyError.
            held: something to hold on to for as long as this is used: whatever keeps the file.

        `coming` is shown for the brief while another process still makes that.
        """
        started = time.monotonic()
        self.made: dict[str, Any] = {}
        self._locks: dict[str, threading.RLock] = {}
        self._guard = threading.Lock()
        self.text_of = text
        self._held = held
        self.version = version
        self.coming: Brief | None = None
        with closing(sqlite3.connect(index)) as asked:
            self.documents: dict[str, Document] = _part(asked, "documents", Document)
            self.actors: dict[str, Actor] = _part(asked, "actors", Actor)
            self.meetings: dict[str, Meeting] = _part(asked, "meetings", Meeting)
            self.positions: dict[str, Position] = _part(asked, "positions", Position)
            self.agreements: dict[str, Agreement] = _part(asked, "agreements", Agreement)
            self.outlooks: dict[str, Outlook] = _part(asked, "outlooks", Outlook)
            self.disagreements: dict[str, Disagreement] = _part(asked, "disagreements", Disagreement)
            self.families: dict[str, Family] = _part(asked, "families", Family)
            about = dict(asked.execute("select name, data from about where name in ('arrived', 'notes', 'brief')"))
        self.arrived: dict[str, int] = json.loads(about["arrived"])
        self.notes: list[tuple[str, str]] = [(name, note) for name, note in json.loads(about["notes"])]
        if "brief" in about:
            self.made["whole_brief"] = BRIEF.validate_json(about["brief"])
        self.index = Search(index)
        self.seconds = time.monotonic() - started

    def lock(self, name: str) -> threading.RLock:
        """The lock of something that is worked out once."""
        with self._guard:
            return self._locks.setdefault(name, threading.RLock())

    def warm(self) -> None:
        """Work out what most pages need."""
        for name in (
            "questions",
            "told",
            "changes",
            "matrix",
            "by_document",
            "newest",
            "place",
            "resting",
            "asked_of",
            "days",
            "outlets",
            "named",
            "knowing",
            "brief",
        ):
            getattr(self, name)
        self.index.find(Query())
        from dragoman.web.asking import known  # it needs this

        known(self)

    def foresee(self) -> None:
        """Work out what is dear and likely to be asked for: how far the parties of whom most is known are apart, and
        what answers to questions of several kinds need."""
        from dragoman.web.asking import FORESEEN as QUESTIONS
        from dragoman.web.asking import links, reply
        from dragoman.web.choosing import FORESEEN, compare

        for question in QUESTIONS:
            links(self, reply(self, question))
        if self.today:
            self.known(self.today)
        parties = self.matrix.parties[:FORESEEN]
        for a in parties:
            for b in parties:
                if a != b:
                    compare(self, a, b)

    # -- the whole record, as reports take it ----------------------------------------------------------------------

    @property
    def source(self) -> Loaded:
        """All of it, for reports."""
        return Loaded(self)

    def text(self, document: str) -> str:
        """A document's stored text. Raises KeyError."""
        if self.text_of is None:
            raise KeyError(document)
        return self.text_of(document)

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

    @once
    def knowing(self) -> Knowing:
        """Tells where the sides stood as it was known on a day."""
        return Knowing(self.stands)

    def known(self, at: str) -> Stands:
        """Where the sides stood as it was known on a day."""
        return self.kept("known", at, lambda: self.knowing.on(at), DAYS_KEPT)

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

    @property
    def brief(self) -> Brief:
        """The brief of the record; `coming` as long as that is there."""
        return self.coming or self.whole_brief

    @once
    def whole_brief(self) -> Brief:
        """The brief of the record, worked out here if the index has none."""
        return gather(self.source)

    @once
    def outlets(self) -> dict[str, list[Document]]:
        """The documents by outlet, those with most first."""
        found: dict[str, list[Document]] = {}
        for document in self.documents.values():
            found.setdefault(document.outlet or "", []).append(document)
        return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))

    @once
    def newest(self) -> list[Document]:
        """The documents, the latest first; without a date at the end."""
        by_name = sorted(self.documents.values(), key=lambda d: d.name)
        return sorted(by_name, key=lambda d: d.dated.to if d.dated else "", reverse=True)

    @once
    def place(self) -> dict[str, int]:
        """Of each document its place in that order."""
        return {document.id: place for place, document in enumerate(self.newest)}

    @once
    def resting(self) -> dict[str, list[Position | Outlook]]:
        """For each statement the positions and outlooks that are taken in it."""
        found: dict[str, list[Position | Outlook]] = {}
        some: tuple[Iterable[Position | Outlook], ...] = (self.positions.values(), self.outlooks.values())
        for entry in (one for part in some for one in part):
            if entry.statement:
                found.setdefault(entry.statement, []).append(entry)
        return found

    @once
    def asked_of(self) -> dict[str, list[Question]]:
        """The questions by their own ids, and by the ids of the entries that they are about."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            for id_ in {question.id, question.entry.about.id}:
                found.setdefault(id_, []).append(question)
        return found

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
    """A state of a record as a `dragoman.report.source.Source`. (It does not hold the state: a large one that is shown
    no more is to go at once, and what holds each other stays until Python looks for such.)"""

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
        self._index = state.index
        self._text = state.text_of
        self._notes = state.notes

    @property
    def statements(self) -> Iterator[Statement]:
        """All statements, one at a time."""
        return self._index.all()

    def text(self, document: str) -> str:
        """A document's stored text."""
        if self._text is None:
            raise KeyError(document)
        return self._text(document)

    def notes(self) -> list[tuple[str, str]]:
        """The documents that are kept but were not read."""
        return self._notes


def brief_in(index: Path) -> Brief:
    """The brief that an index has. Raises TypeError: it has none."""
    with closing(sqlite3.connect(index)) as asked:
        (data,) = asked.execute("select data from about where name = 'brief'").fetchone()
    return BRIEF.validate_json(data)


def _part(asked: sqlite3.Connection, part: str, kind: type[E]) -> dict[str, Any]:
    """The entries of a part by id, in their order."""
    rows = asked.execute("select data from entry where part = ? order by number", (part,))
    found = (kind.model_validate_json(data) for (data,) in rows)
    return {str(getattr(entry, "id", "")): entry for entry in found}
