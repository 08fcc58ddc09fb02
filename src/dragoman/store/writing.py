"""What happens to a record when documents come and go, inside one transaction.

Nothing is worked out again for the whole record. A document's profiles lead to the few groups of profiles that share a
key with them; only these are resolved anew. What follows across documents is noted as due, and worked out when the
reading ends (`dragoman.store.concluding`). What comes out depends on what is in the record alone, not on the way it got
there.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from dragoman.extract.findings import DateFound, Findings
from dragoman.resolve.actors import Profile, profiles_of
from dragoman.resolve.entries import quotes
from dragoman.resolve.ids import Numbered
from dragoman.resolve.meetings import PEOPLE
from dragoman.store.claims import add_claims
from dragoman.store.dates import LISTS, as_dated, date_columns, own_date, own_reasons, page_of, sidecar_kept
from dragoman.store.due import mark, mark_gone
from dragoman.store.encounters import month_of, months_naming
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    AgreedRow,
    BandRow,
    Base,
    ClaimRow,
    DatingRow,
    DocumentRow,
    FindingsRow,
    KeyRow,
    LocalActorRow,
    OutlookRow,
    PositionRow,
    RoleRow,
    StatementRow,
)
from dragoman.store.queries import rows_of, several
from dragoman.store.settling import count_profiles, documents_naming, documents_of, resolve_actors
from dragoman.store.stands import STAND_ROWS, add_stands, blocks_naming, blocks_of, merge_blocks


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is to be kept; `findings` is JSON, None where nothing was found in it (see `note`).

    `sidecar` is what a sidecar says of it, as JSON.
    """

    id: str
    name: str
    sha256: str
    text: str
    reader: str
    extractor: str
    state: str
    findings: str | None
    note: str | None = None
    sidecar: str | None = None


def put(connection: Connection, documents: Iterable[Kept]) -> int:
    """Put documents into the record, each in the place of what had its name.

    Returns: how many were not there yet in just this form (another process may have been quicker).
    """
    change = _Change(connection)
    fresh = {kept.name: kept for kept in documents}
    query = select(DocumentRow.id, DocumentRow.name, DocumentRow.reader, DatingRow.sidecar)
    query = query.outerjoin(DatingRow, DatingRow.document == DocumentRow.id)
    old = []
    for id_, name, reader, sidecar in rows_of(connection, query, DocumentRow.name, fresh):
        if (id_, reader, sidecar) == (fresh[name].id, fresh[name].reader, fresh[name].sidecar):
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


def redate_documents(
    connection: Connection, dates: Mapping[str, tuple[DateFound | None, list[dict[str, Any]]]]
) -> None:
    """Give documents other dates, each with the reasons for it, and all that they tell of the days that follow."""
    change = _Change(connection)
    for document, (dated, reasons) in sorted(dates.items()):
        change.redate(document, dated, reasons)
    change.settle()


class _Change:
    """One change of a record: documents that come and go, then everything that follows from them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self._counts: Counter[str] = Counter()  # of profiles: how many places more or fewer
        self._profiles: dict[str, Profile] = {}
        self._months: set[str] = set()  # of encounters
        self._blocks: set[str] = set()  # of agreements
        self._found: dict[tuple[str, str], str] = {}  # by text and extractor
        self._texts: set[str] = set()
        self._came: set[str] = set()

    # -- documents ------------------------------------------------------------------------------------------------

    def add(self, kept: Kept) -> None:
        """A document comes."""
        found = (
            Findings.from_json(json.loads(kept.findings)) if kept.findings else Findings(None, len(kept.text.split()))
        )
        self._texts.add(kept.sha256)
        beside = sidecar_kept(kept.sidecar)
        dated = own_date(found, beside)
        self._row(
            DocumentRow,
            **{name: getattr(kept, name) for name in ("id", "name", "sha256", "text", "reader", "state", "note")},
            extractor=kept.extractor,
            title=beside.title or found.title,
            outlet=beside.outlet or found.outlet,
            credits=found.credits,
            language=beside.language or found.language,
            **date_columns(dated),
            words=found.words,
            furniture=[[start, end] for start, end in found.furniture if 0 <= start < end <= len(kept.text)],
        )
        self._row(
            DatingRow,
            document=kept.id,
            url=beside.url,
            sidecar=kept.sidecar,
            own=dataclasses.asdict(dated) if dated else None,
            reasons=own_reasons(kept.id, kept.text, found, dated),
        )
        if kept.findings:
            self._found[kept.sha256, kept.extractor] = kept.findings
            ids = self._add_actors(kept.id, kept.text, found)
            self._add_entries(kept.id, kept.text, as_dated(found, dated), ids)
            self._came.add(kept.id)
            for band in sorted(set(found.sketch.bands)) if found.sketch else ():
                self._row(BandRow, band=band, document=kept.id)

    def redate(self, document: str, dated: DateFound | None, reasons: Sequence[dict[str, Any]]) -> None:
        """A document's date is another now, and with it the dates of all that it tells."""
        connection = self._connection
        where = DocumentRow.id == document
        connection.execute(update(DocumentRow).where(where).values(**date_columns(dated)))
        connection.execute(update(DatingRow).where(DatingRow.document == document).values(reasons=list(reasons)))
        of_it = select(AccountRow.month).distinct().where(AccountRow.document == document)
        self._months.update(connection.scalars(of_it))
        self._blocks |= blocks_of(connection, [document])
        for model in (StatementRow, AccountRow, PositionRow, OutlookRow, AgreedRow, ClaimRow):
            connection.execute(delete(model).where(model.document == document))
        connection.execute(delete(KeyRow).where(KeyRow.kind == "claim", KeyRow.document == document))
        text, found = page_of(connection, document, LISTS)
        held = select(LocalActorRow.profile).where(LocalActorRow.document == document).order_by(LocalActorRow.position)
        self._add_entries(document, text, found, list(connection.scalars(held)))

    def _add_actors(self, document: str, text: str, found: Findings) -> list[str]:
        """The rows for a document's actors; gives their profiles."""
        profiles = profiles_of(found)
        ids = [profile.id for profile in profiles]
        self._counts.update(ids)
        self._profiles.update(zip(ids, profiles, strict=True))
        role = 0
        for position, actor in enumerate(found.actors):
            self._row(LocalActorRow, document=document, position=position, profile=ids[position])
            for given in actor.roles:
                for _, start, end, quote in quotes(document, text, [given.span]):
                    of = ids[given.of] if given.of is not None else None
                    at = {"start": start, "end": end, "quote": quote}
                    self._row(
                        RoleRow, document=document, number=role, profile=ids[position], of=of, title=given.title, **at
                    )
                    role += 1
        return ids

    def _add_entries(self, document: str, text: str, found: Findings, ids: Sequence[str]) -> None:
        """The rows for all that a document tells; `ids` are the profiles of its actors."""
        numbered = Numbered()
        said_as: dict[int, str] = {}
        for position, said in enumerate(found.statements):
            if not quotes(document, text, said.content):
                continue
            said_as[position] = numbered.make_id("s", document, said.content, said.spans)
            self._row(
                StatementRow,
                id=said_as[position],
                document=document,
                position=position,
                speaker=None if said.speaker is None else ids[said.speaker],
                on_behalf_of=None if said.on_behalf_of is None else ids[said.on_behalf_of],
                date_from=said.date.start if said.date else None,
                date_to=said.date.end if said.date else None,
            )
        met_as: dict[int, str] = {}
        for index, met in enumerate(found.meetings):
            cited = [list(quote[1:]) for quote in quotes(document, text, met.spans)]
            if not cited:
                continue
            id_ = numbered.make_id("m", document, met.spans)
            met_as[index] = id_
            data = dataclasses.asdict(met)
            people = {field: data.pop(field) for field in PEOPLE}
            data["spans"] = cited
            data["words"] = {
                field: [list(quote[1:]) for quote in quotes(document, text, spans)]
                for field, spans in met.words.items()
            }
            month = month_of(met.date, found.dated)
            self._months.add(month)
            self._row(
                AccountRow,
                id=id_,
                document=document,
                month=month,
                meeting=None,
                data=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
            )
            named = [(field, ids[i]) for field in PEOPLE for i in dict.fromkeys(people[field])]
            for number, (field, profile) in enumerate(named):
                self._row(AccountActorRow, account=id_, number=number, field=field, profile=profile)
        add_claims(self._row, document, text, found, numbered)
        self._blocks |= add_stands(self._row, document, text, found, ids, numbered, met_as, said_as)

    def remove(self, ids: Sequence[str]) -> None:
        """Documents go."""
        connection = self._connection
        mark_gone(connection, ids)
        for some in several(ids):
            self._texts.update(connection.scalars(select(DocumentRow.sha256).where(DocumentRow.id.in_(some))))
            self._counts.subtract(
                connection.scalars(select(LocalActorRow.profile).where(LocalActorRow.document.in_(some))).all()
            )
            of_these = select(AccountRow.month).distinct().where(AccountRow.document.in_(some))
            self._months.update(connection.scalars(of_these))
            self._blocks |= blocks_of(connection, some)
            connection.execute(delete(DocumentRow).where(DocumentRow.id.in_(some)))  # and all that points to them

    # -- what follows ---------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Write what came, and bring actors and encounters up to date with what came and went."""
        if self._texts or self._rows:
            touched = count_profiles(self._connection, self._counts, self._profiles)
            self._write_rows()
            resolved = resolve_actors(self._connection, touched)
            changed = resolved.moved
            mark(self._connection, "month", self._months | months_naming(self._connection, changed))
            agreed = merge_blocks(self._connection, self._blocks | blocks_naming(self._connection, changed))
            naming, hearing = documents_naming(self._connection, changed, resolved.turned, resolved.renamed)
            mark(self._connection, "document", self._came.union(agreed, naming))
            mark(self._connection, "heard", hearing - self._came)
            mark(self._connection, "sided", documents_of(self._connection, resolved.sided) - self._came)

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
    DatingRow,
    BandRow,
    LocalActorRow,
    RoleRow,
    StatementRow,
    AccountRow,
    AccountActorRow,
    ClaimRow,
    KeyRow,
    *STAND_ROWS,
)
"""In the order in which they have to be written."""
