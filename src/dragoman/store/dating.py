"""Documents that other documents date: which are looked at, and what becomes of their entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from dragoman.extract.findings import DateFound, Findings
from dragoman.resolve.dating import EventFact, date_document, facts_of, keys_of, lookups_of
from dragoman.store import due
from dragoman.store.dates import own_page, reasons_kept
from dragoman.store.models import DatingRow, DocumentRow, LocalActorRow, ProfileRow
from dragoman.store.queries import rows_of
from dragoman.store.writing import redate_documents

NARROW = 3
"""Days from first to last: a date that is no longer than this is not asked again."""


def settle_dates(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Date what other documents date, now that some came, went or name other actors.

    Args:
        connection: in a transaction that writes.
        documents: that came, or whose actors are others now; those that are gone are passed over.

    Returns: the documents whose date is another now.
    """
    pages = _Pages(connection)
    there = sorted(id_ for (id_,) in rows_of(connection, select(DocumentRow.id), DocumentRow.id, set(documents)))
    changed = due.take(connection, "fact") | due.keys_of(connection, "fact", there)
    facts: dict[str, dict[str, set[str]]] = {}
    lookups: dict[str, dict[str, set[str]]] = {}
    for document in there:
        found, told = pages.of(document)
        facts[document] = {document: {key for fact in told for key in keys_of(fact)}}
        changed |= facts[document][document]
        wide = not _narrow(found.dated)
        lookups[document] = {document: {key for fact in told for key in lookups_of(fact)} if wide else set()}
    due.replace_keys(connection, "fact", facts)
    due.replace_keys(connection, "lookup", lookups)
    asked = {document for document in there if lookups[document][document]}
    for owners in due.owners_of(connection, "lookup", changed).values():
        asked |= owners
    moved: dict[str, tuple[DateFound | None, list[dict[str, Any]]]] = {}
    for document in sorted(asked):
        found, told = pages.of(document)
        wanted = {key for fact in told for key in lookups_of(fact)}
        others = {o for owners in due.owners_of(connection, "fact", wanted).values() for o in owners} - {document}
        dated, reasons = date_document(
            found.dated, found.clues, told, [fact for other in sorted(others) for fact in pages.of(other)[1]]
        )
        kept = reasons_kept(document, reasons or found.reasons, pages.texts)
        if pages.now(document) != (dated, kept):
            moved[document] = dated, kept
    redate_documents(connection, moved)
    return set(moved)


def _narrow(dated: DateFound | None) -> bool:
    return dated is not None and (date.fromisoformat(dated.end) - date.fromisoformat(dated.start)).days <= NARROW


class _Pages:
    """What documents say by themselves, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, tuple[Findings, Sequence[EventFact]]] = {}
        self.texts: dict[str, str] = {}

    def of(self, document: str) -> tuple[Findings, Sequence[EventFact]]:
        """The findings of a document by its own date, and the facts that it states."""
        if document not in self._read:
            text, found = own_page(self._connection, document, ("actors", "meetings", "clues", "reasons"))
            actors = (
                select(ProfileRow.actor)
                .join(LocalActorRow, LocalActorRow.profile == ProfileRow.id)
                .where(LocalActorRow.document == document)
                .order_by(LocalActorRow.position)
            )
            ids = [actor or "" for actor in self._connection.scalars(actors)]
            self.texts[document] = text
            self._read[document] = found, facts_of(document, found, ids)
        return self._read[document]

    def now(self, document: str) -> tuple[DateFound | None, list[dict[str, Any]]]:
        """The date and the reasons that the record has of a document."""
        dated, reasons = self._connection.execute(
            select(DocumentRow.dated, DatingRow.reasons)
            .join(DatingRow, DatingRow.document == DocumentRow.id)
            .where(DocumentRow.id == document)
        ).one()
        return DateFound(**dated) if dated else None, reasons
