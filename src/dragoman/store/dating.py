"""Documents that other documents date: which are looked at, and what becomes of their entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from dragoman.extract.findings import DateFound, Findings, ReasonFound, SpanT
from dragoman.resolve.copies import Copy, copy_of
from dragoman.resolve.copy_credits import credit_between
from dragoman.resolve.dating import (
    Dated,
    EventFact,
    Kin,
    date_document,
    facts_of,
    keys_of,
    lookups_of,
    point_keys,
    point_lookups,
    points_of,
)
from dragoman.store import due
from dragoman.store.dates import own_page, own_pages, reasons_kept
from dragoman.store.models import DatingRow, DocumentRow, LinkRow, LocalActorRow, ProfileRow
from dragoman.store.queries import rows_of, several
from dragoman.store.writing import redate_documents

NARROW = 3
"""Days from first to last: a date that is no longer than this is not asked again."""


def settle_dates(connection: Connection, documents: Iterable[str], relinked: Iterable[str] = ()) -> set[str]:
    """Date what other documents date, now that some came, went or name other actors.

    Args:
        connection: in a transaction that writes.
        documents: that came, or whose actors are others now; those that are gone are passed over.
        relinked: that are copies of others now, or no longer.

    Returns: the documents whose date is another now.
    """
    pages = _Pages(connection)
    wanted = set(documents) | set(relinked)
    there = sorted(id_ for (id_,) in rows_of(connection, select(DocumentRow.id), DocumentRow.id, wanted))
    pages.fetch(there)
    changed = due.take(connection, "fact") | due.keys_of(connection, "fact", there)
    facts: dict[str, dict[str, set[str]]] = {}
    lookups: dict[str, dict[str, set[str]]] = {}
    for document in there:
        facts[document] = {document: pages.keys(document)}
        changed |= facts[document][document]
        lookups[document] = {document: set()}
        if not _narrow(pages.of(document)[0].dated):
            asking = [document, *(kin for kin, _ in pages.kin(document))]
            lookups[document][document] = {key for one in asking for key in pages.lookups(one)}
    due.replace_keys(connection, "fact", facts)
    due.replace_keys(connection, "lookup", lookups)
    asked = {document for document in there if not _narrow(pages.of(document)[0].dated)}
    for owners in due.owners_of(connection, "lookup", changed).values():
        asked |= owners
    moved: dict[str, tuple[DateFound | None, list[dict[str, Any]]]] = {}
    for document in sorted(asked):
        found = pages.of(document)[0]
        dated, reasons = _dated(connection, pages, document, _kin(connection, pages, document))
        kept = reasons_kept(document, reasons or found.reasons, pages.texts)
        if pages.now(document) != (dated, kept):
            moved[document] = dated, kept
    redate_documents(connection, moved)
    return set(moved)


def _dated(
    connection: Connection, pages: _Pages, document: str, kin: Mapping[Kin, Dated]
) -> tuple[DateFound | None, list[ReasonFound]]:
    """The date of a document by what others state, and by those that share its text."""
    found, told = pages.of(document)
    if _narrow(found.dated):
        return found.dated, []
    owners = due.owners_of(connection, "fact", pages.lookups(document)).values()
    others = sorted({owner for some in owners for owner in some} - {document})
    if not others and not kin:
        return found.dated, []  # nobody else says anything
    facts = [fact for other in others for fact in pages.of(other)[1]]
    near = {kin_.document: points for kin_, points in kin.items()}
    points = [pages.points(other) for other in others if other not in near]
    return date_document(found.dated, found.clues, told, facts, kin, pages.points(document), [*points, *near.values()])


def _kin(connection: Connection, pages: _Pages, document: str) -> dict[Kin, Dated]:
    """The documents that share the text of one, with their dates by what they and others than such state."""
    kin: dict[Kin, Dated] = {}
    for other, spans in pages.kin(document):
        dated, _ = _dated(connection, pages, other, {})
        if dated is not None:
            days = dated.start, dated.end
            credited = credit_between(pages.copy(document), pages.copy(other))
            first = None if credited is None else credited == other
            kin[Kin(other, days, first, spans)] = replace(pages.points(other), dated=days)
    return kin


def _narrow(dated: DateFound | None) -> bool:
    return dated is not None and (date.fromisoformat(dated.end) - date.fromisoformat(dated.start)).days <= NARROW


_COPIED = ("duplicate", "near_duplicate", "rewrite")
"""Kinds of links that make a document kin: two reports of one source can be days apart."""

_TOGETHER = 100
"""Documents that are read together."""

_PARTIES = 8
"""Actors under which the days that a document tells of are kept."""


class _Pages:
    """What documents say by themselves, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, tuple[Findings, Sequence[EventFact]]] = {}
        self._ids: dict[str, list[str]] = {}
        self._points: dict[str, Dated] = {}
        self._kin: dict[str, list[tuple[str, tuple[SpanT, ...]]]] = {}
        self._now: dict[str, tuple[DateFound | None, list[dict[str, Any]]]] = {}
        self.texts: dict[str, str] = {}

    def fetch(self, documents: Sequence[str]) -> None:
        """Read what is asked of each of some documents, many at a time."""
        for some in several(documents, _TOGETHER):
            self._ids |= {document: [] for document in some}
            actors = (
                select(LocalActorRow.document, ProfileRow.actor)
                .join(ProfileRow, LocalActorRow.profile == ProfileRow.id)
                .where(LocalActorRow.document.in_(some))
                .order_by(LocalActorRow.document, LocalActorRow.position)
            )
            for document, actor in self._connection.execute(actors):
                self._ids[document].append(actor or "")
            parts = ("actors", "meetings", "clues", "reasons")
            for document, text, found in own_pages(self._connection, some, parts):
                self.texts[document] = text
                self._read[document] = found, facts_of(document, found, self._ids[document])
            known = select(DatingRow.document, DocumentRow.dated, DatingRow.reasons)
            known = known.join(DocumentRow, DocumentRow.id == DatingRow.document).where(DatingRow.document.in_(some))
            for document, dated, reasons in self._connection.execute(known):
                self._now[document] = DateFound(**dated) if dated else None, reasons
            self._kin |= {document: [] for document in some}
            rows = select(LinkRow.first, LinkRow.second, LinkRow.data)
            links: set[tuple[str, str, str]] = set()
            for column in (LinkRow.first, LinkRow.second):
                links.update((a, b, data) for a, b, data in self._connection.execute(rows.where(column.in_(some))))
            for first, second, data in links:
                kind, passages = json.loads(data)[:2]
                if kind not in _COPIED:
                    continue
                for document, other, side in ((first, second, 1), (second, first, 0)):
                    if document in self._kin:
                        spans = tuple((passage[side][0], passage[side][1]) for passage in passages[:1])
                        self._kin[document].append((other, spans))
            for document in some:
                self._kin[document] = sorted(set(self._kin[document]))

    def of(self, document: str) -> tuple[Findings, Sequence[EventFact]]:
        """The findings of a document by its own date, and the facts that it states."""
        if document not in self._read:
            self.fetch([document])
        return self._read[document]

    def points(self, document: str) -> Dated:
        """What a document tells of days."""
        if document not in self._points:
            found, _ = self.of(document)
            self._points[document] = points_of(document, self.texts[document], found, self._ids[document])
        return self._points[document]

    def keys(self, document: str) -> set[str]:
        """The keys of what a document states."""
        found, told = self.of(document)
        return {key for fact in told for key in keys_of(fact)} | point_keys(found, self._parties(document))

    def lookups(self, document: str) -> set[str]:
        """The keys of what can date a document."""
        found, told = self.of(document)
        return {key for fact in told for key in lookups_of(fact)} | point_lookups(found, self._parties(document))

    def _parties(self, document: str) -> list[str]:
        """Those whom a document names most."""
        found, _ = self.of(document)
        named = [(-actor.mentions, id_) for actor, id_ in zip(found.actors, self._ids[document], strict=True) if id_]
        return [id_ for _, id_ in sorted(named)[:_PARTIES]]

    def kin(self, document: str) -> list[tuple[str, tuple[SpanT, ...]]]:
        """The documents that share the text of one, with the first of the passages that are in both."""
        if document not in self._kin:
            self.fetch([document])
        return self._kin[document]

    def copy(self, document: str) -> Copy:
        """A document as copies are compared: for whom it credits."""
        text, found = own_page(self._connection, document, ("actors", "statements"))
        return copy_of(document, text, found)

    def now(self, document: str) -> tuple[DateFound | None, list[dict[str, Any]]]:
        """The date and the reasons that the record has of a document."""
        if document not in self._now:
            self.fetch([document])
        return self._now[document]
