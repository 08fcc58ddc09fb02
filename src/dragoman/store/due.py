"""What is due to be worked out anew, and the keys by which entries that may belong together find each other.

Reading writes down what came and went, batch by batch; what follows from it across documents is worked out once, when
the reading ends (`dragoman.store.concluding`). Where a process was killed in between, the next one finds what is due.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, insert, select

from dragoman.store.models import DueRow, FamilyRow, KeyRow, MemberRow
from dragoman.store.queries import delete_rows, rows_of, several


def mark(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Note that something is due; what is noted already stays noted once."""
    wanted = set(keys)
    there = {key for (key,) in connection.execute(select(DueRow.key).where(DueRow.kind == kind))} if wanted else set()
    if fresh := sorted(wanted - there):
        connection.execute(insert(DueRow), [{"kind": kind, "key": key} for key in fresh])


def mark_gone(connection: Connection, documents: Iterable[str]) -> None:
    """Documents are about to go: note what has to be worked out again without them."""
    gone = set(documents)
    for kind in ("block", "fact"):
        mark(connection, kind, keys_of(connection, kind, gone))
    mark(connection, "block", {f"claim|{key}" for key in keys_of(connection, "claim", gone)})
    families = {f for (f,) in rows_of(connection, select(MemberRow.family), MemberRow.document, gone)}
    members = rows_of(connection, select(MemberRow.document), MemberRow.family, families)
    mark(connection, "member", {id_ for (id_,) in members} - gone)
    delete_rows(connection, MemberRow.family, families)
    delete_rows(connection, FamilyRow.id, families)


def take(connection: Connection, kind: str) -> set[str]:
    """What is due of a kind; it is not due any longer."""
    found = {key for (key,) in connection.execute(select(DueRow.key).where(DueRow.kind == kind))}
    connection.execute(delete(DueRow).where(DueRow.kind == kind))
    return found


def anything_due(connection: Connection) -> bool:
    """Whether there is anything to be worked out."""
    return bool(connection.scalar(select(exists().select_from(DueRow))))


def keys_of(connection: Connection, kind: str, documents: Iterable[str]) -> set[str]:
    """The keys of a kind that some documents have."""
    query = select(KeyRow.key).where(KeyRow.kind == kind)
    return {key for (key,) in rows_of(connection, query, KeyRow.document, documents)}


def owners_of(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, set[str]]:
    """For each key that anything has, who has it."""
    found: dict[str, set[str]] = {}
    query = select(KeyRow.key, KeyRow.owner).where(KeyRow.kind == kind)
    for key, owner in rows_of(connection, query, KeyRow.key, set(keys)):
        found.setdefault(key, set()).add(owner)
    return found


def replace_keys(connection: Connection, kind: str, keys: dict[str, dict[str, set[str]]]) -> None:
    """Give documents the keys of a kind, in the place of those they had.

    Args:
        connection: in a transaction that writes.
        kind: of the keys.
        keys: for each document, for each owner in it, its keys.
    """
    for some in several(keys):
        connection.execute(delete(KeyRow).where(KeyRow.kind == kind, KeyRow.document.in_(some)))
    rows = [
        {"kind": kind, "key": key, "owner": owner, "document": document}
        for document, owners in sorted(keys.items())
        for owner, theirs in sorted(owners.items())
        for key in sorted(theirs)
    ]
    if rows:
        connection.execute(insert(KeyRow), rows)
