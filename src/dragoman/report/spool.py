"""What an export has to look up or bring into another order, kept on disk: memory does not grow with the record.

SQLite with the name "" is a database of this process alone, in a file that is gone when it is closed; only some pages
of it are held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from types import TracebackType

from rapidfuzz import fuzz

from dragoman.record import Actor, Date, Document, Position
from dragoman.report import words
from dragoman.report.source import Source

_REPRINTED = 80  # how near two contents of a family must be, of 100, to be one text (rapidfuzz, token sets)
_HELD = 500  # actors, and documents, that are at hand without asking the disk
_TABLES = """
create table documents (id text primary key, name text, outlet text, day_from text, day_to text) without rowid;
create table actors (id text primary key, data text) without rowid;
create table speakers (statement text primary key, speaker text) without rowid;
create table stands (
    number integer primary key, id text, data text, document text, numbers text, content text, witness text,
    family integer, side text, issue text, stance text, own integer, basis text, day_from text, day_to text, time text,
    rank text
);
create table copies (number integer primary key, first integer);
"""
_ACTS = """
create table acts as
select side, issue, stance, time, max(own) as own, count(distinct witness) as sources,
       min(case when not own then rank end) as first
from stands where number not in (select number from copies) group by side, issue, stance, time;
create unique index act on acts (side, issue, stance, time);
create index copied on copies (first);
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A closed interval of days, and how it is known: the entry's own basis, or "report" for the document's day."""

    start: str
    end: str
    basis: str


@dataclass(frozen=True, slots=True)
class Told:
    """A position with what the rest of the record makes of it.

    `day` is when the stand was taken; `own` whether it is in the party's own words and of its own time. `counts` is
    whether it stands for an act of its own. A reprint does not. What others tell, and what is retold of earlier days,
    does only as the first to tell an act (side, issue, stance, week) of which there are no own words. `sources` is how
    many independent documents tell that act, `copies` the ids of its reprints.
    """

    position: Position
    day: Day | None
    own: bool
    reprint: bool
    counts: bool
    sources: int
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """A document as exports name it."""

    id: str
    name: str
    outlet: str | None
    day: Day | None


class Actors(Mapping[str, Actor]):
    """The actors by id, read one at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Made by `Spool`."""
        self._database = database
        self._read = lru_cache(maxsize=_HELD)(self._find)

    def _find(self, id_: str) -> Actor | None:
        row = self._database.execute("select data from actors where id = ?", (id_,)).fetchone()
        return Actor.model_validate_json(row[0]) if row else None

    def __getitem__(self, id_: str) -> Actor:
        """The actor with this id. Raises KeyError."""
        found = self._read(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        return (id_ for (id_,) in self._database.execute("select id from actors order by id"))

    def __len__(self) -> int:
        """How many there are."""
        return int(self._database.execute("select count(*) from actors").fetchone()[0])


class Spool:
    """A record's documents and actors to look up, and its positions with what the whole record makes of them."""

    def __init__(self, source: Source) -> None:
        """Take up the documents, families and actors of a record."""
        self._database = sqlite3.connect("")
        self._database.executescript(_TABLES)
        self._parent: dict[str, str] = {}  # of documents in families only
        self._database.executemany(
            "insert or replace into documents values (?, ?, ?, ?, ?)", (self._document(d) for d in source.documents)
        )
        for family in source.families:
            for id_ in family.documents:
                self._join(id_, family.id)
        self._database.executemany(
            "insert or replace into actors values (?, ?)",
            ((a.id, a.model_copy(update={"roles": []}).model_dump_json()) for a in source.actors),
        )
        self.actors = Actors(self._database)
        self.document = lru_cache(maxsize=_HELD)(self._where)

    def __enter__(self) -> Spool:
        """Itself."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Let go of the disk."""
        self._database.close()

    # -- documents ---------------------------------------------------------------------------------------------------

    def _document(self, document: Document) -> tuple[str | None, ...]:
        if document.family:
            self._join(document.id, document.family)
        dated = document.dated
        days = (dated.from_, dated.to) if dated else (None, None)
        return document.id, document.name, document.outlet, *days

    def _join(self, document: str, family: str) -> None:
        one, other = sorted((self._root(document), self._root(family)))
        self._parent[other] = one

    def _root(self, id_: str) -> str:
        while (parent := self._parent.setdefault(id_, id_)) != id_:
            id_ = parent
        return id_

    def _where(self, id_: str) -> Where:
        row = self._database.execute("select * from documents where id = ?", (id_,)).fetchone()
        if row is None:
            return Where(id_, id_, None, None)
        _, name, outlet, start, end = row
        return Where(id_, name, outlet, Day(start, end, "report") if start else None)

    def witness(self, document: str) -> str:
        """What a document counts as: itself, or its family."""
        return self._root(document) if document in self._parent else document

    def sources(self, documents: Iterable[str]) -> int:
        """How many of these documents are independent of each other."""
        return len({self.witness(id_) for id_ in documents})

    def day(self, date: Date | None, documents: Iterable[str] = ()) -> Day | None:
        """The day of something: its own, else that of the first dated of these documents."""
        if date is not None:
            return Day(date.from_, date.to, date.basis)
        days = [day for id_ in documents if (day := self.document(id_).day)]
        return min(days, key=lambda day: (day.end, day.start), default=None)

    # -- statements --------------------------------------------------------------------------------------------------

    def take_speakers(self, source: Source) -> None:
        """Take up who speaks in each statement."""
        self._database.executemany(
            "insert or replace into speakers values (?, ?)",
            ((s.id, s.speaker) for s in source.statements if s.speaker),
        )

    def speaker(self, statement: str | None) -> str | None:
        """The id of who speaks in a statement."""
        row = self._database.execute("select speaker from speakers where statement = ?", (statement,)).fetchone()
        return str(row[0]) if row else None

    # -- positions ---------------------------------------------------------------------------------------------------

    def positions(self, source: Source) -> Iterator[Told]:
        """The positions of a record in its order, reprints included."""
        with self._database:
            self._database.executemany(
                f"insert into stands values ({', '.join('?' * 17)})",
                (self._stand(number, position) for number, position in enumerate(source.positions)),
            )
            self._database.executemany("insert into copies values (?, ?)", self._copies())
        self._database.executescript(_ACTS)
        query = """
            select s.data, s.day_from, s.day_to, s.basis, s.own, s.rank, c.first, e.own, e.sources, e.first,
                   (select group_concat(id, char(10)) from
                    (select r.id from copies k join stands r on r.number = k.number where k.first = s.number
                     order by r.rank))
            from stands s left join copies c on c.number = s.number
            left join acts e on e.side = s.side and e.issue = s.issue and e.stance = s.stance and e.time = s.time
            order by s.number"""
        for data, start, end, basis, own, rank, first, told, sources, leads, copies in self._database.execute(query):
            yield Told(
                Position.model_validate_json(data),
                Day(start, end, basis) if start else None,
                bool(own),
                first is not None,
                first is None and bool(own or (not told and rank == leads)),
                sources or 1,
                tuple(copies.split("\n")) if copies else (),
            )

    def _stand(self, number: int, position: Position) -> tuple[str | int | None, ...]:
        cited = position.citations[0]
        day = self.day(position.date, () if position.past else (cited.document,))
        written = self.document(cited.document).day
        witness = self.witness(cited.document)
        return (
            number,
            position.id,
            position.model_dump_json(by_alias=True),
            cited.document,
            str(sorted((q.value, q.unit) for q in position.quantities)),
            position.content,
            witness,
            cited.document in self._parent,
            words.side_of(self.actors.get(position.party), self.actors) or position.party,
            position.issue,
            position.stance,
            position.told_by == "own" and not position.past,
            day.basis if day else "",
            day.start if day else "",
            day.end if day else "",
            _time(day),
            f"{written.end if written else '9999'} {cited.document} {cited.start:09} {position.id}",
        )

    def _copies(self) -> Iterator[tuple[int, int]]:
        """The reprints, each with its first: the earliest of the family's documents that has it."""
        rows = self._database.execute(
            "select witness, side, issue, stance, own, number, document, numbers, content from stands "
            "where family order by witness, side, issue, stance, own, rank"
        )
        for _, group in groupby(rows, key=lambda row: row[:5]):
            kept: list[tuple[int, str, str, str]] = []
            for number, document, numbers, content in (row[5:] for row in group):
                for first, other, *known in kept:
                    alike = known[0] == numbers and fuzz.token_set_ratio(known[1], content) >= _REPRINTED
                    if alike and other != document:
                        yield number, first
                        break
                else:
                    kept.append((number, document, numbers, content))


def _time(day: Day | None) -> str:
    """The week of a day; of what is longer than a week, the interval itself."""
    if day is None:
        return ""
    first, last = date.fromisoformat(day.start), date.fromisoformat(day.end)
    year, week, _ = first.isocalendar()
    return f"{year}-W{week:02}" if last - first < timedelta(days=7) else f"{day.start}/{day.end}"
