"""What was found when the claims of a block were last compared, and how much of it still holds.

To compare sixty documents with each other is work; to compare one more with them is little. So each part of a block
keeps its documents and the questions between them. Where a document left, or its claims are others now, all of the part
is compared again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select

from dragoman.resolve.claims import Asked
from dragoman.store.models import ComparedRow
from dragoman.store.queries import delete_rows, rows_of


@dataclass(slots=True)
class Compared:
    """Documents that were compared with each other, and the questions between them, each with its disagreement's id."""

    documents: set[str] = field(default_factory=set)
    asked: list[tuple[str, Asked]] = field(default_factory=list)


def compared_before(connection: Connection, parts: Iterable[str]) -> dict[str, Compared]:
    """What is kept of each part, where anything is."""
    found = {}
    for part, data in rows_of(connection, select(ComparedRow.block, ComparedRow.data), ComparedRow.block, parts):
        documents, asked = json.loads(data)
        found[part] = Compared(
            set(documents),
            [
                (id_, Asked(rule, kind, frozenset([*((c, False) for c in first), *((c, True) for c in second)])))
                for id_, rule, kind, first, second in asked
            ],
        )
    return found


def of_these(before: Compared | None, members: Iterable[str], changed: Iterable[str]) -> Compared:
    """What still holds of it: all where documents only came, else nothing.

    Args:
        before: what is kept, if anything.
        members: the documents of the part now.
        changed: documents whose claims may be others now.
    """
    if before is None or not before.documents.issubset(members) or not before.documents.isdisjoint(changed):
        return Compared()
    return before


def replace_compared(connection: Connection, before: Iterable[str], now: Mapping[str, Compared]) -> None:
    """Keep what was found of some parts in the place of what was kept of some."""
    forget(connection, before)
    rows = []
    for part, found in now.items():
        asked = []
        for id_, one in found.asked:
            first, second = ([c for c, gainsays in sorted(one.told) if gainsays is which] for which in (False, True))
            asked.append((id_, one.rule, one.kind, first, second))
        data = json.dumps([sorted(found.documents), asked], separators=(",", ":"))
        rows.append({"block": part, "data": data})
    if rows:
        connection.execute(insert(ComparedRow), rows)


def forget(connection: Connection, parts: Iterable[str]) -> None:
    """These parts are no more."""
    delete_rows(connection, ComparedRow.block, parts)
