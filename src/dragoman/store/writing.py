"""What happens to a record when documents come and go, inside one transaction.

Nothing is worked out again for the whole record. A document's profiles lead to the few groups of profiles that share a
key with them; only these are resolved anew. Encounters are merged day by day; only the days are merged anew on which an
account came or went, or names somebody who is now somebody else. What comes out depends on what is in the record alone,
not on the way it got there.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select

from dragoman.extract.findings import Findings
from dragoman.resolve.actors import Profile, profiles_of
from dragoman.resolve.entries import quotes
from dragoman.resolve.ids import Numbered
from dragoman.resolve.meetings import PEOPLE, block_of
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    Base,
    DocumentRow,
    FindingsRow,
    LocalActorRow,
    MeetingRow,
    RoleRow,
    StatementRow,
)
from dragoman.store.queries import delete_rows, rows_of, several
from dragoman.store.settling import UNDATED, count_profiles, days_naming, merge_meetings, resolve_actors
from dragoman.store.stands import STAND_ROWS, add_stands, blocks_naming, blocks_of, merge_blocks


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is to be kept; `findings` is JSON, None where nothing was found in it (see `note`)."""

    id: str
    name: str
    sha256: str
    text: str
    reader: str
    extractor: str
    state: str
    findings: str | None
    note: str | None = None


def put(connection: Connection, documents: Iterable[Kept]) -> int:
    """Put documents into the record, each in the place of what had its name.

    Returns: how many were not there yet in just this form (another process may have been quicker).
    """
    change = _Change(connection)
    fresh = {kept.name: kept for kept in documents}
    there = rows_of(connection, select(DocumentRow.id, DocumentRow.name, DocumentRow.reader), DocumentRow.name, fresh)
    old = []
    for id_, name, reader in there:
        if id_ == fresh[name].id and reader == fresh[name].reader:
            del fresh[name]
        else:
            old.append(id_)
    change.remove(old)
    for kept in fresh.values():
        change.add(kept)
    change.settle()
    return len(fresh)


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Take documents out of the record, as if they had never been read."""
    change = _Change(connection)
    change.remove(ids)
    change.settle()


class _Change:
    """One change of a record: documents that come and go, then everything that follows from them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self._counts: Counter[str] = Counter()  # of profiles: how many places more or fewer
        self._profiles: dict[str, Profile] = {}
        self._days: set[str] = set()
        self._blocks: set[str] = set()  # of agreements
        self._found: dict[tuple[str, str], str] = {}  # by text and extractor
        self._texts: set[str] = set()

    # -- documents ------------------------------------------------------------------------------------------------

    def add(self, kept: Kept) -> None:
        """A document comes."""
        found = (
            Findings.from_json(json.loads(kept.findings)) if kept.findings else Findings(None, len(kept.text.split()))
        )
        self._texts.add(kept.sha256)
        self._row(
            DocumentRow,
            **{name: getattr(kept, name) for name in ("id", "name", "sha256", "text", "reader", "state", "note")},
            extractor=kept.extractor,
            title=found.title,
            outlet=found.outlet,
            credits=found.credits,
            language=found.language,
            dated=dataclasses.asdict(found.dated) if found.dated else None,
            dated_from=found.dated.start if found.dated else None,
            dated_to=found.dated.end if found.dated else None,
            words=found.words,
            furniture=[[start, end] for start, end in found.furniture if 0 <= start < end <= len(kept.text)],
        )
        if kept.findings:
            self._found[kept.sha256, kept.extractor] = kept.findings
            self._add_findings(kept, found)

    def _add_findings(self, kept: Kept, found: Findings) -> None:
        profiles = profiles_of(found)
        ids = [profile.id for profile in profiles]
        self._counts.update(ids)
        self._profiles.update(zip(ids, profiles, strict=True))
        role = 0
        for position, actor in enumerate(found.actors):
            self._row(LocalActorRow, document=kept.id, position=position, profile=ids[position])
            for given in actor.roles:
                for _, start, end, quote in quotes(kept.id, kept.text, [given.span]):
                    of = ids[given.of] if given.of is not None else None
                    at = {"start": start, "end": end, "quote": quote}
                    self._row(
                        RoleRow, document=kept.id, number=role, profile=ids[position], of=of, title=given.title, **at
                    )
                    role += 1
        numbered = Numbered()
        for position, said in enumerate(found.statements):
            if not quotes(kept.id, kept.text, said.content):
                continue
            self._row(
                StatementRow,
                id=numbered.make_id("s", kept.id, said.content, said.spans),
                document=kept.id,
                position=position,
                speaker=None if said.speaker is None else ids[said.speaker],
                on_behalf_of=None if said.on_behalf_of is None else ids[said.on_behalf_of],
                date_from=said.date.start if said.date else None,
                date_to=said.date.end if said.date else None,
            )
        met_as: dict[int, str] = {}
        for index, met in enumerate(found.meetings):
            cited = [list(quote[1:]) for quote in quotes(kept.id, kept.text, met.spans)]
            if not cited:
                continue
            id_, day = numbered.make_id("m", kept.id, met.spans), block_of(met.date)
            met_as[index] = id_
            data = dataclasses.asdict(met)
            people = {field: data.pop(field) for field in PEOPLE}
            data["spans"] = cited
            self._row(
                AccountRow,
                id=id_,
                document=kept.id,
                day=day,
                meeting=None if day else id_,
                data=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
            )
            named = [(field, ids[i]) for field in PEOPLE for i in dict.fromkeys(people[field])]
            for number, (field, profile) in enumerate(named):
                self._row(AccountActorRow, account=id_, number=number, field=field, profile=profile)
            if day:
                self._days.add(day)
            else:  # nothing to compare it by: it stands alone
                first, last = (met.date.start, met.date.end) if met.date else (UNDATED, UNDATED)
                self._row(MeetingRow, id=id_, day=None, date_from=first, date_to=last)
        self._blocks |= add_stands(self._row, kept.id, kept.text, found, ids, numbered, met_as)

    def remove(self, ids: Sequence[str]) -> None:
        """Documents go."""
        connection = self._connection
        for some in several(ids):
            self._texts.update(connection.scalars(select(DocumentRow.sha256).where(DocumentRow.id.in_(some))))
            self._counts.subtract(
                connection.scalars(select(LocalActorRow.profile).where(LocalActorRow.document.in_(some))).all()
            )
            alone = []
            for id_, day in connection.execute(
                select(AccountRow.id, AccountRow.day).where(AccountRow.document.in_(some))
            ):
                if day:
                    self._days.add(day)
                else:
                    alone.append(id_)
            delete_rows(connection, MeetingRow.id, alone)
            self._blocks |= blocks_of(connection, some)
            connection.execute(delete(DocumentRow).where(DocumentRow.id.in_(some)))  # and all that points to them

    # -- what follows ---------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Write what came, and bring actors and encounters up to date with what came and went."""
        if self._texts:
            touched = count_profiles(self._connection, self._counts, self._profiles)
            self._write_rows()
            changed = resolve_actors(self._connection, touched)
            merge_meetings(self._connection, self._days | days_naming(self._connection, changed))
            merge_blocks(self._connection, self._blocks | blocks_naming(self._connection, changed))

    def _write_rows(self) -> None:
        for model in _ROWS:
            if rows := self._rows.get(model):
                self._connection.execute(insert(model), rows)
        # The cache holds what was found in today's documents, once for each text, and nothing else.
        there = set(
            rows_of(
                self._connection,
                select(FindingsRow.sha256, FindingsRow.extractor),
                FindingsRow.sha256,
                self._texts,
            )
        )
        if fresh := [
            {"sha256": text, "extractor": extractor, "data": data}
            for (text, extractor), data in self._found.items()
            if (text, extractor) not in there
        ]:
            self._connection.execute(insert(FindingsRow), fresh)
        used = exists().where(DocumentRow.sha256 == FindingsRow.sha256, DocumentRow.extractor == FindingsRow.extractor)
        for some in several(self._texts):
            self._connection.execute(delete(FindingsRow).where(FindingsRow.sha256.in_(some), ~used))

    def _row(self, model: type[Base], **values: Any) -> None:
        self._rows.setdefault(model, []).append(values)


_ROWS: tuple[type[Base], ...] = (
    DocumentRow,
    LocalActorRow,
    RoleRow,
    StatementRow,
    AccountRow,
    AccountActorRow,
    MeetingRow,
    *STAND_ROWS,
)
"""In the order in which they have to be written."""
