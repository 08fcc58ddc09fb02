"""The store: a record kept in a database, and what changes when a document comes or goes."""

from dragoman.store.database import Database, RecordError

__all__ = ["Database", "RecordError"]
