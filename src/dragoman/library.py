"""What a program can do with dragoman: read documents into a record, look into it, write it out.

The commands do the same with the same words; see `dragoman.cli`.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Generic, TypeVar, cast, overload

from sqlalchemy import Connection, select

from dragoman.extract.findings import Attribution, DateFound
from dragoman.extract.issue_sets import IssueSetError, digest_of
from dragoman.extract.relevance import FilterError, relevance
from dragoman.reading import Progress, ReadReport, read_into
from dragoman.record import (
    PARTS,
    SCHEMA,
    Actor,
    Agreement,
    Disagreement,
    Document,
    Entry,
    Family,
    Meeting,
    Outlook,
    Position,
    Statement,
)
from dragoman.store import Database, RecordError
from dragoman.store.concluding import conclude
from dragoman.store.due import anything_due
from dragoman.store.models import DocumentRow
from dragoman.store.reading import Wanted, actors_named, count, entries_of, text_of
from dragoman.store.web import Watch, arrivals
from dragoman.store.writing import remove

if TYPE_CHECKING:
    from dragoman.extract.times import TimeSaid

E = TypeVar("E", bound=Entry)

DEFAULT_RECORD = "dragoman.db"
"""The record that commands use where none is named, in the folder they are called in."""


@dataclass(frozen=True, slots=True)
class _Filter:
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None


class Entries(Generic[E]):
    """The entries of one part of a record, read from it as they are asked for.

    They can be iterated over, counted, indexed and sliced, and narrowed with `where`. Each iteration sees the record as
    it is when it begins.
    """

    def __init__(self, database: Database, part: str, filter: _Filter | None = None) -> None:
        """Made by `Record`."""
        self._database = database
        self._part = part
        self._filter = filter or _Filter()

    def where(
        self,
        actor: str | Actor | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        text: str | None = None,
    ) -> Entries[E]:
        """Only some of them; every condition given must hold.

        Args:
            actor: an actor, its id or one of its names: who speaks or is spoken for, who meets, who is on its side.
            since: only what is dated, and not wholly before this day (YYYY-MM-DD).
            until: only what is dated, and not wholly after this day.
            text: words that stand in the entry, in any case.

        Raises:
            ValueError: `since` or `until` is not a day.
        """
        given = {
            "actor": actor.id if isinstance(actor, Actor) else actor,
            "since": _day(since),
            "until": _day(until),
            "text": text,
        }
        narrowed = replace(self._filter, **{name: value for name, value in given.items() if value is not None})
        return Entries(self._database, self._part, narrowed)

    def __iter__(self) -> Iterator[E]:
        """Each of them, in the order of the part."""
        return self._some()

    def __len__(self) -> int:
        """How many there are."""
        if self._filter.text:
            return sum(1 for _ in self)
        with self._database.reading() as connection:
            return count(connection, self._part, self._wanted(connection))

    def __bool__(self) -> bool:
        """Whether there is any."""
        return next(iter(self), None) is not None

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> list[E]: ...
    def __getitem__(self, index: int | slice) -> E | list[E]:
        """The one at an index, or a list of those in a slice."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step > 0:
                return list(self._some(start, max(stop - start, 0)))[::step]
            return list(self)[index]
        if index < 0:
            index += len(self)
        found = next(self._some(index, 1), None) if index >= 0 else None
        if found is None:
            raise IndexError(f"no {self._part} at {index}")
        return found

    def __repr__(self) -> str:
        """What and how many."""
        return f"<{len(self)} {self._part}>"

    def _wanted(self, connection: Connection) -> Wanted:
        chosen = self._filter
        actors = actors_named(connection, chosen.actor) if chosen.actor is not None else None
        return Wanted(actors, chosen.since, chosen.until, chosen.text)

    def _some(self, start: int = 0, many: int | None = None) -> Iterator[E]:
        with self._database.reading() as connection:
            wanted = self._wanted(connection)
            if wanted.text:  # which ones those are shows only in them
                stop = None if many is None else start + many
                found: Iterator[Entry] = islice(entries_of(connection, self._part, wanted), start, stop)
            else:
                found = entries_of(connection, self._part, wanted, start, many)
            yield from cast(Iterator[E], found)


class Record:
    """A record: what documents say about a negotiation, each entry with the words it comes from.

    Use it as a context manager, or `close` it.
    """

    def __init__(self, place: str | Path | None = None, create: bool = True) -> None:
        """Open a record.

        Args:
            place: a file or a database URL; None for one that is gone when it is closed.
            create: make it where there is none.

        Raises:
            RecordError: there is none, or it cannot be used.
        """
        self._remove: weakref.finalize[..., Record] | None = None
        if place is None:  # on disk too: memory does not grow with the number of documents
            folder = tempfile.mkdtemp(prefix="dragoman-")
            self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            place = Path(folder) / DEFAULT_RECORD
        self._database = Database(place, create)
        with self._database.reading() as connection:
            due = anything_due(connection)
        if due:  # whoever read last was killed before the end
            with contextlib.suppress(Exception):  # a record that cannot be written to is shown as it is
                self._database.write(conclude)
        self._watch = Watch(self._database)
        self.place = self._database.place
        self.last_read = ReadReport()

    # -- what is in it ----------------------------------------------------------------------------------------------

    @property
    def documents(self) -> Entries[Document]:
        """The documents, by name."""
        return Entries(self._database, "documents")

    @property
    def actors(self) -> Entries[Actor]:
        """The actors: parties, mediators, hosts, supporters, others; of each those first whom most documents name."""
        return Entries(self._database, "actors")

    @property
    def meetings(self) -> Entries[Meeting]:
        """The encounters in the order of time; those without a date come last."""
        return Entries(self._database, "meetings")

    @property
    def statements(self) -> Entries[Statement]:
        """The statements in the order of the documents and of their texts."""
        return Entries(self._database, "statements")

    @property
    def positions(self) -> Entries[Position]:
        """The positions."""
        return Entries(self._database, "positions")

    @property
    def agreements(self) -> Entries[Agreement]:
        """The agreements."""
        return Entries(self._database, "agreements")

    @property
    def outlooks(self) -> Entries[Outlook]:
        """The outlooks."""
        return Entries(self._database, "outlooks")

    @property
    def disagreements(self) -> Entries[Disagreement]:
        """The disagreements."""
        return Entries(self._database, "disagreements")

    @property
    def families(self) -> Entries[Family]:
        """The families of documents."""
        return Entries(self._database, "families")

    def find(self, id: str) -> Entry | None:
        """The entry with this id, of whatever part, or None."""
        with self._database.reading() as connection:
            for part in PARTS:
                for entry in entries_of(connection, part, Wanted(id=id)):
                    return entry
        return None

    def text(self, document: str) -> str:
        """A document's stored text.

        Raises:
            KeyError: no document has this id.
        """
        with self._database.reading() as connection:
            found = text_of(connection, document)
        if found is None:
            raise KeyError(document)
        return found

    def notes(self) -> list[tuple[str, str]]:
        """The documents that are kept but were not read, each with one line on why."""
        query = select(DocumentRow.name, DocumentRow.note).where(DocumentRow.state != "read").order_by(DocumentRow.name)
        with self._database.reading() as connection:
            return [(name, note or "") for name, note in connection.execute(query)]

    def version(self) -> int:
        """A number that is another one whenever the record has changed, whoever changed it; for who keeps it open."""
        return self._watch.version()

    def arrivals(self) -> dict[str, int]:
        """For each document a number, greater the later it came into the record; empty where that is not known."""
        with self._database.reading() as connection:
            return arrivals(connection)

    # -- what changes it --------------------------------------------------------------------------------------------

    def read(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        progress: Progress | None = None,
        processes: int | None = None,
        pipeline: str | None = None,
        issues: str | Path | None = None,
        about: str | Path | Iterable[str] | None = None,
    ) -> ReadReport:
        """Read documents into the record; see `dragoman.read`."""
        some = [paths] if isinstance(paths, str | Path) else list(paths)
        self.last_read = ReadReport()
        read_into(
            self._database,
            some,
            self.last_read,
            progress,
            processes,
            pipeline,
            None if issues is None else str(issues),
            None if about is None else relevance(about),
        )
        return self.last_read

    def forget(self, name: str) -> bool:
        """Take a document out of the record, as if it had never been read.

        Args:
            name: its name, its id, or its file name where no other has the same.

        Returns:
            whether there was one.

        Raises:
            RecordError: several have this file name.
        """
        with self._database.reading() as connection:
            query = select(DocumentRow.id).where((DocumentRow.name == name) | (DocumentRow.id == name))
            found = list(connection.scalars(query))
            if not found:
                named = connection.execute(select(DocumentRow.id, DocumentRow.name))
                found = [id_ for id_, other in named if Path(other).name == name]
        if len(found) > 1:
            raise RecordError(f"{len(found)} documents are called {name}: give the whole name, or the id")

        def change(connection: Connection) -> None:
            remove(connection, found)
            conclude(connection)

        self._database.write(change)
        return bool(found)

    # -- what goes out ----------------------------------------------------------------------------------------------

    def write_json(self, stream: IO[str]) -> None:
        """Write the whole record as dragoman-record/1, an entry a line, while it is read; same record, same bytes.

        Args:
            stream: takes text; its encoding should be UTF-8.
        """
        with self._database.reading() as connection:
            stream.write(f'{{"schema": {json.dumps(SCHEMA)}')
            for part in PARTS:
                stream.write(f',\n"{part}": [')
                for number, entry in enumerate(entries_of(connection, part, Wanted())):
                    stream.write(",\n" if number else "\n")
                    stream.write(json.dumps(entry.model_dump(mode="json", by_alias=True), ensure_ascii=False))
                stream.write("]")
            stream.write("}\n")

    def close(self) -> None:
        """Let go of the record."""
        self._watch.close()
        self._database.close()
        if self._remove:
            self._remove()

    def __enter__(self) -> Record:
        """The record itself."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Where it is."""
        return f"<record {self.place}>"


def read(
    paths: str | Path | Iterable[str | Path],
    record: str | Path | None = None,
    *,
    progress: Progress | None = None,
    processes: int | None = None,
    pipeline: str | None = None,
    issues: str | Path | None = None,
    about: str | Path | Iterable[str] | None = None,
) -> Record:
    """Read documents into a record. What is in it already, unchanged, costs next to nothing.

    What cannot be read is refused, with a line in `last_read`, and the rest goes on. Ctrl-C keeps what is done.

    Args:
        paths: files, folders and globs.
        record: a file or database URL; made where there is none. None for a record that is gone when it is closed.
        progress: called after each document.
        processes: how many to read with; None for one for each core.
        pipeline: name or path of another spaCy pipeline.
        issues: what negotiations are about: a set that comes with dragoman (general, peace, trade, nuclear, labour) or
            the path of a file that holds one (its format: extract/lexicon/issues/general.yaml). A record has one set
            and keeps it: what was read with another is read anew. None for the one it has, general at first.
        about: read only new documents that name somebody or something of these: names with commas between them, a list
            of names, a file with a name a line, or a YAML file with lists of parties, people and places (see
            `extract/relevance.py`). The others are not kept; `last_read.passed_over` names them.

    Raises:
        RecordError: the record cannot be used.
        IssueSetError: the set of issues cannot be used.
        FilterError: `about` holds no names.
        KeyboardInterrupt: Ctrl-C, after what was done has been kept.
    """
    if about is not None:
        about = relevance(about).names
    if issues is not None:
        digest_of(str(issues))  # before a record is made
    opened = Record(record)
    try:
        opened.read(paths, progress=progress, processes=processes, pipeline=pipeline, issues=issues, about=about)
    except BaseException:
        opened.close()
        raise
    return opened


def open_record(record: str | Path = DEFAULT_RECORD) -> Record:
    """Open a record that is there.

    Raises:
        RecordError: there is none, or it cannot be used.
    """
    return Record(record, create=False)


def attributions(text: str, thoughts: bool = False) -> list[Attribution]:
    """Every attribution in a text, each with `source`, `cue` and `content`: lists of (start, end) in the text.

    Args:
        text: in English, however short.
        thoughts: beliefs, intentions and attitudes too, which nobody is said to have voiced. Spans are then the wide
            ones of the PolNeAR guidelines (Newell et al., LREC 2018): a cue with its auxiliaries and what modifies it,
            a source with its titles and relative clauses, nothing inside the content. Without, they are those that
            statements are made of.
    """
    return next(attributions_of([text], thoughts))


def attributions_of(
    texts: Iterable[str], thoughts: bool = False, *, processes: int | None = None, cascade: bool = True
) -> Iterator[list[Attribution]]:
    """The attributions of each of many texts, in their order; many together are read much faster than one by one.

    Args:
        texts: in English; taken only as they can be worked on.
        thoughts: beliefs, intentions and attitudes too, and wider spans: see `attributions`.
        processes: how many to read with; None for one for each core, and for few texts none but this.
        cascade: look at the plain text first and parse only sentences that may attribute; False parses all.

    Raises:
        RuntimeError: a process that read died (too little memory).
    """
    from dragoman.extract.reader import attributions_of as read_attributions

    return read_attributions(texts, thoughts, processes=processes, cascade=cascade)


def times(text: str, written: str | date | None = None) -> list[TimeSaid]:
    """Every expression of time in a text with the days that it means, as far as they can be told.

    Args:
        text: an article in English, or any piece of one.
        written: the day it was written (YYYY-MM-DD); None for what the text itself says of that.

    Raises:
        ValueError: `written` is not a day.
    """
    from dragoman.extract.times import expressions

    day = _day(written)
    return expressions(text, DateFound(day, day, day, "metadata") if day is not None else None)


def _day(value: str | date | None) -> str | None:
    """A day as the record writes it."""
    if value is None:
        return None
    return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()


__all__ = [
    "DEFAULT_RECORD",
    "Entries",
    "FilterError",
    "IssueSetError",
    "ReadReport",
    "Record",
    "RecordError",
    "attributions",
    "attributions_of",
    "open_record",
    "read",
    "times",
]
