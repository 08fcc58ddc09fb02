"""What a server asks of a record that stays open: whether it has changed, and in what order its documents came."""

from __future__ import annotations

import threading
import time
from typing import Any

from sqlalchemy import Connection, func, select, text

from dragoman.store.database import Database
from dragoman.store.models import DocumentRow

_PATIENCE = 5.0  # seconds between two looks at a database that does not say by itself whether it changed


class Watch:
    """Tells whether a record has changed since it was last asked."""

    def __init__(self, database: Database) -> None:
        """Of a record's database; `close` lets go of it."""
        self._database = database
        self._lock = threading.Lock()
        self._connection: Any = None
        self._looked = 0.0
        self._version = 0
        self._seen: tuple[Any, ...] | None = None

    def version(self) -> int:
        """A number that is another one whenever the record has changed."""
        with self._lock:
            if self._database.engine.url.get_backend_name() == "sqlite":
                if self._connection is None:
                    self._connection = self._database.engine.raw_connection()
                cursor = self._connection.cursor()
                try:
                    # https://sqlite.org/pragma.html#pragma_data_version: costs microseconds, and sees other processes.
                    return int(cursor.execute("pragma data_version").fetchone()[0])
                finally:
                    cursor.close()
            if time.monotonic() - self._looked > _PATIENCE:
                query = select(func.count(), func.max(DocumentRow.id), func.min(DocumentRow.reader))
                with self._database.reading() as connection:
                    seen = tuple(connection.execute(query).one())
                self._version += seen != self._seen
                self._seen, self._looked = seen, time.monotonic()
            return self._version

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def arrivals(connection: Connection) -> dict[str, int]:
    """For each document a number that is greater the later it came into the record; empty where that is not known."""
    number = {"sqlite": "rowid", "postgresql": "arrived"}.get(connection.dialect.name)
    if number is None:
        return {}
    return {row[0]: row[1] for row in connection.execute(text(f"select id, {number} from documents"))}
