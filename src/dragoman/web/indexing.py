"""The index of a record: all its entries in a file, made once for each state of the record, for pages to be quick.

It is a SQLite database of its own: the entries as JSON in the order of the record, and the words of each; statements
with full text (FTS5) and with the numbers that facets are counted by. Whatever keeps the record (SQLite, PostgreSQL, a
file that cannot be written to), the index is the same, and the record is read in one go: all parts are of one state of
it, however long that takes and whoever writes meanwhile.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, select

from dragoman.record import PARTS, Actor, Document, Entry, Position, Statement
from dragoman.report import words
from dragoman.store import Database
from dragoman.store.models import DocumentRow
from dragoman.store.reading import Wanted, entries_of
from dragoman.store.web import arrivals
from dragoman.web.entries import words as words_of

T = TypeVar("T")

FACETS = ("side", "speaker", "issue", "channel", "kind", "outlet", "year")
"""What statements can be narrowed by, each with counts."""

OTHERS = "-"
"""The value of a facet for those that have none."""

Told = Callable[[int, int], None]
"""Told how many documents are done, of how many."""

_TABLES = """
create table about (name text primary key, data blob);
create table entry (part text, number integer, data text, primary key (part, number)) without rowid;
create table wording (part text, number integer, words text, primary key (part, number)) without rowid;
create table said (number integer primary key, id text, document text, data text);
create virtual table words using fts5(
  content, speaker, tokenize = "porter unicode61 remove_diacritics 2", prefix = "2 3"
);
"""
_INDEXES = """
create unique index said_id on said (id);
create index said_document on said (document);
"""
_MANY = 1000  # rows written together


def build(database: Database, target: Path, told: Told | None = None) -> None:
    """Make the index of a record as it is now.

    Args:
        database: the record's.
        target: the file to make; an empty one may be there.
        told: called now and then.

    Raises:
        RecordError: the record cannot be read.
        sqlite3.Error: the file cannot be written.
    """
    with database.reading() as connection, closing(sqlite3.connect(target)) as made:
        made.execute("pragma journal_mode = off")
        made.execute("pragma synchronous = off")
        made.executescript(_TABLES)
        _Indexing(connection, made, told or (lambda done, total: None)).all()
        made.executescript(_INDEXES)
        made.commit()


def put(made: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep something about the whole record: bytes as they are, anything else as JSON."""
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False)
    made.execute("insert or replace into about values (?, ?)", (name, data))


class _Facet:
    """The values of a facet, and for each statement the number of its value."""

    def __init__(self) -> None:
        """Without any."""
        self.number: dict[str, int] = {}
        self.codes = array("i")

    def add(self, value: str) -> None:
        """One more statement has this value."""
        self.codes.append(self.number.setdefault(value, len(self.number)))


class _Indexing:
    """Goes through a record and writes its index."""

    def __init__(self, connection: Connection, made: sqlite3.Connection, told: Told) -> None:
        """From one state of a record into an empty index."""
        self._connection = connection
        self._made = made
        self._told = told
        self._documents: dict[str, Document] = {}
        self._actors: dict[str, Actor] = {}
        self._issues: dict[str, set[str]] = {}  # of statements that positions are taken in
        self._places: dict[str, int] = {}  # of documents in their order
        self._sides: dict[str, str] = {}

    def all(self) -> None:
        """The whole of it; statements come last, since facets tell of what the others say."""
        for part in PARTS:
            if part != "statements":
                self._part(part)
        self._statements()
        put(self._made, "arrived", arrivals(self._connection))
        unread = select(DocumentRow.name, DocumentRow.note).where(DocumentRow.state != "read")
        rows = self._connection.execute(unread.order_by(DocumentRow.name))
        put(self._made, "notes", [[name, note or ""] for name, note in rows])

    def _part(self, part: str) -> None:
        for some in _several(enumerate(self._seen(part, entries_of(self._connection, part, Wanted())))):
            rows = ((part, number, one.model_dump_json(by_alias=True)) for number, one in some)
            self._made.executemany("insert into entry values (?,?,?)", rows)
            self._made.executemany("insert into wording values (?,?,?)", ((part, n, words_of(one)) for n, one in some))

    def _seen(self, part: str, some: Iterable[Entry]) -> Iterator[Entry]:
        """Entries as they go by, with what is needed of them later."""
        for one in some:
            if isinstance(one, Document):
                self._places[one.id] = len(self._documents)
                self._documents[one.id] = one
            elif isinstance(one, Actor):
                self._actors[one.id] = one
            elif isinstance(one, Position):
                if one.statement:
                    self._issues.setdefault(one.statement, set()).add(one.issue)
                self._progress(one.citations[0].document, 0)
            yield one

    def _progress(self, document: str, half: int) -> None:
        """Positions are about as dear as statements: each is counted as half of a document."""
        total = len(self._documents)
        self._told((half * total + self._places.get(document, 0)) // 2, total)

    def _statements(self) -> None:
        facets = {name: _Facet() for name in FACETS}
        firsts, lasts, on = array("i"), array("i"), array("i")
        days: Counter[tuple[str, str]] = Counter()
        spoken: Counter[str] = Counter()
        quoted: dict[str, Counter[str]] = {}
        some = cast(Iterator[Statement], entries_of(self._connection, "statements", Wanted()))
        for chunk in _several(enumerate(some)):
            rows, said = [], []
            self._progress(chunk[0][1].document, 1)
            for number, one in chunk:
                document = self._documents.get(one.document)
                dated = one.date or (document.dated if document else None)
                first, last = (dated.from_, dated.to) if dated else ("", "")
                side = self._side(one.on_behalf_of or one.speaker)
                speaker = self._actors.get(one.speaker or "")
                outlet = (document.outlet if document else None) or OTHERS
                facets["side"].add(side)
                facets["speaker"].add(one.speaker or OTHERS)
                facets["channel"].add(one.channel or OTHERS)
                facets["kind"].add(one.kind)
                facets["outlet"].add(outlet)
                facets["year"].add(first[:4] or OTHERS)
                for issue in sorted(self._issues.get(one.id, ())):
                    on.append(number)
                    facets["issue"].add(issue)
                firsts.append(day_number(first))
                lasts.append(day_number(last))
                spoken[one.speaker or OTHERS] += 1
                quoted.setdefault(outlet, Counter())[side] += 1
                if first and (first == last or _near(first, last)):
                    days[side, last] += 1
                rows.append((number, one.id, one.document, one.model_dump_json(by_alias=True)))
                who = f"{speaker.name if speaker else ''} {one.speaker_text or ''}"
                said.append((number, " … ".join(c.quote for c in one.content), who))
            self._made.executemany("insert into said values (?,?,?,?)", rows)
            self._made.executemany("insert into words (rowid, content, speaker) values (?,?,?)", said)
        put(self._made, "facets", {name: list(facet.number) for name, facet in facets.items()})
        put(self._made, "days", [[side, day, many] for (side, day), many in days.items()])
        put(self._made, "spoken", spoken)
        put(self._made, "quoted", quoted)
        arrays = {"firsts": firsts, "lasts": lasts, "on": on} | {name: f.codes for name, f in facets.items()}
        for name, numbers in arrays.items():
            put(self._made, f"numbers of {name}", numbers.tobytes())

    def _side(self, actor: str | None) -> str:
        """Whom a speaker speaks for; worked out once for each."""
        who = actor or ""
        if who not in self._sides:
            self._sides[who] = words.side_of(self._actors.get(who), self._actors) or OTHERS
        return self._sides[who]


def _near(first: str, last: str) -> bool:
    """Whether a stretch is at most a week: what was said in it is counted at its last day."""
    return date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal() < 7


def day_number(day: str) -> int:
    """A day as a number that sorts as it does; 0 for none."""
    return int(day.replace("-", "")) if day else 0


def _several(values: Iterable[T]) -> Iterator[list[T]]:
    source = iter(values)
    while some := list(islice(source, _MANY)):
        yield some
