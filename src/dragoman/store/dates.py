"""The dates of documents: how they are kept, and findings as they read on that date."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from dragoman.extract.findings import DateFound, Findings, ReasonFound
from dragoman.extract.redating import redate
from dragoman.ingest.sidecar import Sidecar
from dragoman.resolve.entries import quotes
from dragoman.store.models import DatingRow, DocumentRow, FindingsRow

LISTS = ("actors", "statements", "meetings", "positions", "agreements", "outlooks", "clues", "claims", "reasons")
"""The lists of findings."""


def sidecar_kept(data: str | None) -> Sidecar:
    """A sidecar from the JSON that is kept of it."""
    return Sidecar(**json.loads(data)) if data else Sidecar()


def own_date(found: Findings, beside: Sidecar) -> DateFound | None:
    """The date of a document by itself: its sidecar is believed before its text."""
    if beside.published:
        return DateFound(beside.published, beside.published, f"published {beside.published}", "metadata")
    return found.dated


def own_reasons(document: str, text: str, found: Findings, dated: DateFound | None) -> list[dict[str, Any]]:
    """Why a document has its date by itself; where a sidecar gives another, what the text has against that."""
    if dated is None or found.dated is None or dated == found.dated:
        return reasons_kept(document, found.reasons, {document: text})
    agree = found.dated.start <= dated.end and dated.start <= found.dated.end
    return [] if agree else reasons_kept(document, found.reasons, {document: text}, against=True)


def reasons_kept(
    document: str, reasons: Iterable[ReasonFound], text_of: Mapping[str, str], against: bool = False
) -> list[dict[str, Any]]:
    """Reasons as the store keeps them: with the words in the place of spans.

    Args:
        document: whose reasons they are.
        reasons: some may rest on the words of other documents.
        text_of: the texts of all that they rest on.
        against: mark all as speaking against the date.
    """
    kept = []
    for reason in reasons:
        where = reason.document or document
        kept.append(
            {
                "says": reason.says,
                "date": dataclasses.asdict(reason.date) if reason.date else None,
                "against": reason.against or against,
                "quotes": [list(quote) for quote in quotes(where, text_of[where], reason.spans)],
            }
        )
    return kept


def date_columns(dated: DateFound | None) -> dict[str, Any]:
    """The columns of a document's row that hold its date."""
    return {
        "dated": dataclasses.asdict(dated) if dated else None,
        "dated_from": dated.start if dated else None,
        "dated_to": dated.end if dated else None,
    }


def as_dated(found: Findings, dated: DateFound | None) -> Findings:
    """The findings as they read on the day the document is of by all that the record knows."""
    if found.dated == dated:
        return found
    return redate(found, dated)


def page_of(connection: Connection, document: str, parts: tuple[str, ...]) -> tuple[str, Findings]:
    """A document's text and its findings, of the latter only some parts, as they read on its day.

    Args:
        connection: its transaction is what is seen.
        document: its id.
        parts: which lists of the findings are wanted (the others are left empty, which is quicker).
    """
    ((_, text, found),) = _pages(connection, [document], parts, DocumentRow.dated)
    return text, found


def own_page(connection: Connection, document: str, parts: tuple[str, ...]) -> tuple[str, Findings]:
    """The same by the date that the document itself, or its sidecar, gives: without what others know of it."""
    ((_, text, found),) = own_pages(connection, [document], parts)
    return text, found


def own_pages(
    connection: Connection, documents: Sequence[str], parts: tuple[str, ...]
) -> Iterator[tuple[str, str, Findings]]:
    """`own_page` of some documents, a few hundred at most: each with its id."""
    return _pages(connection, documents, parts, DatingRow.own)


def _pages(
    connection: Connection, documents: Sequence[str], parts: tuple[str, ...], day: InstrumentedAttribute[Any]
) -> Iterator[tuple[str, str, Findings]]:
    rows = connection.execute(
        select(DocumentRow.id, DocumentRow.text, day, FindingsRow.data)
        .join(DatingRow, DatingRow.document == DocumentRow.id)
        .join(
            FindingsRow,
            and_(FindingsRow.sha256 == DocumentRow.sha256, FindingsRow.extractor == DocumentRow.extractor),
        )
        .where(DocumentRow.id.in_(documents))
    )
    unread: dict[str, Any] = {part: [] for part in LISTS if part not in parts}
    for document, text, dated, data in rows.all():
        found = Findings.from_json({**json.loads(data), **unread, "sketch": None})
        yield document, text, as_dated(found, DateFound(**dated) if dated else None)
