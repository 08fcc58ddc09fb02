"""What follows across documents, worked out once when a reading ends: copies, dates, encounters, disagreements.

The order is that in which one rests on the other. What comes out depends on what is in the record alone, not on the way
it got there; what costs is what came and went, and what touches it.
"""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.store.copying import settle_families
from dragoman.store.dating import settle_dates
from dragoman.store.differing import settle_disagreements
from dragoman.store.due import anything_due, take
from dragoman.store.encounters import merge_encounters


def conclude(connection: Connection) -> list[str]:
    """Bring what follows across documents up to date.

    Args:
        connection: in a transaction that writes.

    Returns: a line for each thing that could not be compared.
    """
    if not anything_due(connection):
        return []
    documents = take(connection, "document")
    relinked = settle_families(connection, documents)  # before the dates: a copy is of about the day of what it copies
    moved = settle_dates(connection, documents, relinked)
    regrouped = merge_encounters(connection, take(connection, "month"))
    return settle_disagreements(connection, documents | relinked | moved, moved, regrouped)
