"""Queries over more values than one statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")

UNDATED = "9999-99-99"
"""The day of what has none: it comes after all that has."""

MANY = 500
"""Values in one statement: SQLite before 3.32 takes 999."""


def several(values: Iterable[T], many: int = MANY) -> Iterator[list[T]]:
    """The values, some at a time."""
    source = iter(values)
    while some := list(islice(source, many)):
        yield some


def rows_of(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[Any],
    values: Iterable[Any],
) -> Iterator[tuple[Any, ...]]:
    """The query's rows in which a column has one of the values, however many those are."""
    for some in several(values):
        for row in connection.execute(query.where(column.in_(some))).all():
            yield tuple(row)


def delete_rows(connection: Connection, column: InstrumentedAttribute[Any], values: Iterable[Any]) -> None:
    """Delete the rows in which a column has one of the values."""
    for some in several(values):
        connection.execute(delete(column.class_).where(column.in_(some)))
