"""Opening a record's database: a SQLite file by default, any URL that SQLAlchemy knows otherwise."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

T = TypeVar("T")

HEAD = "0006"
"""The newest migration. (Held to the migrations by a test; asking Alembic each time would cost a tenth of a second.)"""

PATIENCE = 60.0
"""Seconds that we wait for another process that writes to the record."""

_NOTHING = "there is no record here (dragoman read PATH… makes one)"

_BUSY = ("locked", "busy", "deadlock", "could not serialize")


class RecordError(Exception):
    """A record that cannot be used; the message is one line for people."""


class Database:
    """A record's database, with its schema brought up to date."""

    def __init__(self, place: str | Path, create: bool = True) -> None:
        """Open, and where `create` is true make what is not there yet.

        Args:
            place: a file, or a database URL such as "postgresql+psycopg://host/name".
            create: whether to make a record where there is none.

        Raises:
            RecordError: there is no record, it is none, it is broken, or a newer dragoman made it.
        """
        self.place = str(place)
        url = self._url(create)
        if url.password is not None:
            self.place = url.render_as_string(hide_password=True)  # it ends up in messages
        try:
            self.engine = _engine(url)
        except ModuleNotFoundError as error:
            raise RecordError(f"{self.place}: Python's package {error.name} is needed for that") from error
        except NoSuchModuleError as error:
            raise RecordError(f"{self.place}: there is no database of that kind") from error
        try:
            _patiently(lambda: self._bring_up_to_date(create))
        except DBAPIError as error:
            self.engine.dispose()
            raise self._broken(error) from error
        except SQLAlchemyError as error:
            self.engine.dispose()
            raise RecordError(f"{self.place}: {_line(error)}") from error

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the record, whoever writes meanwhile.

        Raises:
            RecordError: the database is broken.
        """
        with self._told(), self.engine.connect() as connection:
            yield connection

    def write(self, change: Callable[[Connection], T]) -> T:
        """Make a change in one transaction of its own: wholly, or (whatever happens) not at all.

        Where another process writes, wait for it; `change` is called again where the database asks for that.

        Raises:
            RecordError: the database is broken, full, or busy for longer than a minute.
        """

        def once() -> T:
            with self.engine.connect().execution_options(dragoman_writes=True) as connection, connection.begin():
                return change(connection)

        with self._told():
            return _patiently(once)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._broken(error) from error

    def _url(self, create: bool) -> URL:
        if "://" in self.place:
            try:
                return make_url(self.place)
            except ArgumentError as error:
                raise RecordError(f"{self.place}: not a database URL") from error
        path = Path(self.place)
        if path.is_dir():
            raise RecordError(f"{self.place}: a folder, not a record")
        if not path.exists():
            if not create:
                raise RecordError(f"{self.place}: {_NOTHING}")
            if not path.parent.is_dir():
                raise RecordError(f"{self.place}: there is no folder {path.parent}")
        return URL.create("sqlite", database=str(path))

    def _bring_up_to_date(self, create: bool) -> None:
        with self.engine.connect() as connection:
            version = self._version(connection)
        if version == HEAD:
            return
        if version is None and not create and self.engine.dialect.name != "sqlite":  # an empty file is an empty record
            raise RecordError(f"{self.place}: {_NOTHING}")
        with self.engine.connect().execution_options(dragoman_writes=True) as connection, connection.begin():
            if self._version(connection) != HEAD:  # nobody else did meanwhile
                _migrate(connection)

    def _version(self, connection: Connection) -> str | None:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if "alembic_version" not in tables or "findings" not in tables:
            raise RecordError(f"{self.place}: a database, but not a dragoman record")
        version: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
        if version is None or version > HEAD:
            raise RecordError(f"{self.place}: made by a newer dragoman (schema {version}, known here up to {HEAD})")
        return version

    def _broken(self, error: DBAPIError) -> RecordError:
        said = _line(error)
        if "not a database" in said:
            return RecordError(f"{self.place}: not a record (not a SQLite file)")
        if "malformed" in said or "corrupt" in said:
            return RecordError(f"{self.place}: the file is damaged ({said})")
        if any(word in said for word in _BUSY):
            return RecordError(f"{self.place}: busy, another process has been writing to it for a minute")
        return RecordError(f"{self.place}: {said}")


def _line(error: SQLAlchemyError) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, isolation_level="REPEATABLE READ")
    # A connection of its own for everyone who reads or writes; opening a file costs next to nothing.
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say ourselves where a transaction begins
        # A journal that readers need not wait for; with it, this is as safe against a killed process as it gets.
        # In a folder that cannot be written to there is none, and none is needed.
        with contextlib.suppress(Exception):
            connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma cache_size = -16000")
        connection.execute("pragma journal_size_limit = 16000000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who writes says so at once: two that both read first and then want to write could never go on.
        writes = connection.get_execution_options().get("dragoman_writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _patiently(work: Callable[[], T]) -> T:
    """Do it, again and again for a minute where another process is in the way."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except DBAPIError as error:
            if not any(word in _line(error) for word in _BUSY) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(0.02, 0.2))


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
