"""Positions, agreements and outlooks: how they are kept, and how agreements of several documents become one."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.orm import aliased

from dragoman.extract.findings import DateFound, Findings, PositionFound, StepFound
from dragoman.record import Agreement, Outlook, Position
from dragoman.resolve import entries
from dragoman.resolve.agreements import AgreedAccount, agreement_block, agreement_id, merge_agreements
from dragoman.resolve.entries import quotes
from dragoman.resolve.ids import Numbered
from dragoman.resolve.meetings import QuoteT
from dragoman.store.dates import page_of
from dragoman.store.models import (
    AccountRow,
    AgreedActorRow,
    AgreedRow,
    AgreementRow,
    Base,
    DocumentRow,
    OutlookRow,
    PositionRow,
    ProfileRow,
    StatementRow,
)
from dragoman.store.queries import UNDATED, delete_rows, rows_of

# -- keeping ----------------------------------------------------------------------------------------------------------


def add_stands(
    row: Callable[..., None],
    document: str,
    text: str,
    found: Findings,
    ids: Sequence[str],
    numbered: Numbered,
    met: Mapping[int, str],
    said: Mapping[int, str],
) -> set[str]:
    """Make the rows for the stands, agreements and outlooks of one document.

    Args:
        row: takes a model and the values of its columns.
        document: its id.
        text: its stored text.
        found: what was found in it.
        ids: the profiles of its actors.
        numbered: makes the document's ids.
        met: the ids of the accounts of its meetings, by their index.
        said: the ids of its statements, by their index.

    Returns: the blocks of agreements that have to be merged anew.
    """

    def profile(index: int | None) -> str | None:
        return None if index is None else ids[index]

    for position, stand in enumerate(found.positions):
        if not quotes(document, text, stand.spans):
            continue
        id_ = numbered.make_id("p", document, stand.spans, stand.issue, stand.stance, stand.party)
        row(
            PositionRow,
            id=id_,
            document=document,
            position=position,
            party=ids[stand.party],
            teller=profile(stand.teller),
            addressee=profile(stand.addressee),
            issue=stand.issue,
            date_from=stand.date.start if stand.date else None,
            date_to=stand.date.end if stand.date else None,
            data=_position(id_, document, text, stand, said).model_dump_json(by_alias=True),
        )
    for position, outlook in enumerate(found.outlooks):
        if quotes(document, text, outlook.spans):
            id_ = numbered.make_id("o", document, outlook.spans, outlook.direction)
            row(OutlookRow, id=id_, document=document, position=position, holder=profile(outlook.holder))
    blocks = set()
    for agreed in found.agreements:
        cited = _cited(document, text, agreed.spans)
        if not cited:
            continue
        id_, block = numbered.make_id("g", document, agreed.spans, agreed.issue), agreement_block(agreed)
        data = dataclasses.asdict(agreed) | {"spans": cited}
        data["steps"] = [
            {**step, "spans": kept} for step in data["steps"] if (kept := _cited(document, text, step["spans"]))
        ]
        row(
            AgreedRow,
            id=id_,
            document=document,
            block=block,
            agreement=None if block else id_,
            met=met.get(agreed.meeting) if agreed.meeting is not None else None,
            data=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        )
        for number, party in enumerate(dict.fromkeys(agreed.parties)):
            row(AgreedActorRow, account=id_, number=number, profile=ids[party])
        if block:
            blocks.add(block)
        else:  # nothing to compare it by: it stands alone
            first, last = (agreed.date.start, agreed.date.end) if agreed.date else (UNDATED, UNDATED)
            row(AgreementRow, id=id_, block=None, date_from=first, date_to=last)
    return blocks


def _cited(document: str, text: str, spans: Iterable[tuple[int, int]]) -> list[list[Any]]:
    return [list(quote[1:]) for quote in quotes(document, text, spans)]


STAND_ROWS: tuple[type[Base], ...] = (PositionRow, OutlookRow, AgreedRow, AgreedActorRow, AgreementRow)
"""In the order in which they have to be written."""


def blocks_of(connection: Connection, documents: Sequence[str]) -> set[str]:
    """The blocks of the agreements of documents that are about to go or to be dated anew, all to be merged anew.

    Their agreements are deleted, and those that stand alone: an account that is of another month now is of another
    block, and an agreement may be called by it there before its old block is merged.
    """
    blocks, alone = set(), []
    for id_, block in connection.execute(
        select(AgreedRow.id, AgreedRow.block).where(AgreedRow.document.in_(documents))
    ):
        if block:
            blocks.add(block)
        else:
            alone.append(id_)
    delete_rows(connection, AgreementRow.id, alone)
    delete_rows(connection, AgreementRow.block, blocks)
    return blocks


def blocks_naming(connection: Connection, profiles: Iterable[str]) -> set[str]:
    """The blocks of the agreements that name one of the profiles as a party."""
    query = select(AgreedRow.block).distinct().join(AgreedActorRow, AgreedActorRow.account == AgreedRow.id)
    return {block for (block,) in rows_of(connection, query, AgreedActorRow.profile, profiles) if block}


def merge_blocks(connection: Connection, blocks: Iterable[str]) -> set[str]:
    """Merge anew the accounts of each of these blocks.

    Returns: the documents that tell of an agreement that is made up of other accounts now.
    """
    changed = set()
    for block in sorted(blocks):
        accounts = [account for account, _ in _accounts(connection, AgreedRow.block == block)]
        known = select(AgreedRow.id, AgreedRow.agreement).where(AgreedRow.block == block)
        was = {id_: agreement for id_, agreement in connection.execute(known)}  # noqa: C416
        groups = {agreement_id(group): group for group in merge_agreements(accounts)}
        before: dict[str | None, set[str]] = {}
        for account in accounts:
            before.setdefault(was[account.id], set()).add(account.id)
        for id_, group in groups.items():
            if before.get(id_) != {account.id for account in group}:
                changed |= {account.document for account in group}
        connection.execute(delete(AgreementRow).where(AgreementRow.block == block))
        if groups:
            fresh = []
            for id_, group in groups.items():
                dates = [account.date for account in group if account.date]
                first = min((d.start for d in dates), default=UNDATED)
                last = max((d.end for d in dates), default=UNDATED)
                fresh.append({"id": id_, "block": block, "date_from": first, "date_to": last})
            connection.execute(insert(AgreementRow), fresh)
        moved = [
            {"this": account.id, "now": id_}
            for id_, group in groups.items()
            for account in group
            if was[account.id] != id_
        ]
        if moved:
            query = update(AgreedRow.__table__).where(AgreedRow.id == bindparam("this"))  # type: ignore[arg-type]
            connection.execute(query.values(agreement=bindparam("now")), moved)
    return changed


# -- reading ----------------------------------------------------------------------------------------------------------


def positions(connection: Connection, ids: list[str]) -> Iterator[Position]:
    """The positions with these ids, in the order of the documents' names and texts."""
    party, teller, addressee = aliased(ProfileRow), aliased(ProfileRow), aliased(ProfileRow)
    rows = connection.execute(
        select(
            PositionRow.id,
            PositionRow.document,
            PositionRow.position,
            PositionRow.data,
            party.actor,
            teller.actor,
            addressee.actor,
        )
        .join(DocumentRow, DocumentRow.id == PositionRow.document)
        .join(party, party.id == PositionRow.party)
        .outerjoin(teller, teller.id == PositionRow.teller)
        .outerjoin(addressee, addressee.id == PositionRow.addressee)
        .where(PositionRow.id.in_(ids))
        .order_by(DocumentRow.name, PositionRow.position)
    ).all()
    pages = _Pages(connection)
    for id_, document, position, data, held_by, told_by, asked_of in rows:
        if data is None:
            text, found, said = pages.of(document)
            kept = _position(id_, document, text, found.positions[position], said)
        else:
            kept = Position.model_validate_json(data)
        yield kept.model_copy(update={"party": held_by or "", "teller": told_by, "addressee": asked_of})


def _position(id_: str, document: str, text: str, stand: PositionFound, said: Mapping[int, str]) -> Position:
    """A stand as the record has it, but for whose it is, who tells it and whom it is asked of."""
    statement = None if stand.statement is None else said.get(stand.statement)
    return entries.position(id_, document, text, stand, "", None, None, statement)


def outlooks(connection: Connection, ids: list[str]) -> Iterator[Outlook]:
    """The outlooks with these ids, in the order of the documents' names and texts."""
    holder = aliased(ProfileRow)
    rows = connection.execute(
        select(OutlookRow.id, OutlookRow.document, OutlookRow.position, holder.actor)
        .join(DocumentRow, DocumentRow.id == OutlookRow.document)
        .outerjoin(holder, holder.id == OutlookRow.holder)
        .where(OutlookRow.id.in_(ids))
        .order_by(DocumentRow.name, OutlookRow.position)
    ).all()
    pages = _Pages(connection)
    for id_, document, position, held_by in rows:
        text, found, said = pages.of(document)
        outlook = found.outlooks[position]
        statement = None if outlook.statement is None else said.get(outlook.statement)
        yield entries.outlook(id_, document, text, outlook, held_by, statement)


def agreements(connection: Connection, ids: list[str]) -> Iterator[Agreement]:
    """The agreements with these ids, in this order."""
    told: dict[str, list[tuple[AgreedAccount, list[QuoteT]]]] = {}
    for account, (agreement, cited) in _accounts(connection, AgreedRow.agreement.in_(ids)):
        told.setdefault(agreement or "", []).append((account, cited))
    for id_ in ids:
        if id_ in told:
            yield entries.agreement(told[id_])


class _Pages:
    """The text, findings and statement ids of the last document asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._document: str | None = None
        self._page: tuple[str, Findings, dict[int, str]] | None = None

    def of(self, document: str) -> tuple[str, Findings, dict[int, str]]:
        if self._page is None or document != self._document:
            text, found = page_of(self._connection, document, ("positions", "outlooks"))
            said = select(StatementRow.position, StatementRow.id).where(StatementRow.document == document)
            self._document = document
            self._page = text, found, {number: id_ for number, id_ in self._connection.execute(said)}  # noqa: C416
        return self._page


def _accounts(
    connection: Connection, condition: Any
) -> Iterator[tuple[AgreedAccount, tuple[str | None, list[QuoteT]]]]:
    """The accounts of agreements that meet a condition, each with its agreement and its citations."""
    parties: dict[str, list[str]] = {}
    for account, actor in connection.execute(
        select(AgreedActorRow.account, ProfileRow.actor)
        .join(AgreedRow, AgreedRow.id == AgreedActorRow.account)
        .join(ProfileRow, ProfileRow.id == AgreedActorRow.profile)
        .where(condition)
        .order_by(AgreedActorRow.account, AgreedActorRow.number)
    ):
        named = parties.setdefault(account, [])
        if actor and actor not in named:
            named.append(actor)
    rows = connection.execute(
        select(
            AgreedRow.id,
            AgreedRow.document,
            AgreedRow.agreement,
            AgreedRow.data,
            AccountRow.meeting,
            DocumentRow.dated_to,
        )
        .join(DocumentRow, DocumentRow.id == AgreedRow.document)
        .outerjoin(AccountRow, AccountRow.id == AgreedRow.met)
        .where(condition)
        .order_by(AgreedRow.document, AgreedRow.id)
    ).all()
    for id_, document, agreement, data, meeting, dated in rows:
        found = json.loads(data)
        cited = [(document, start, end, quote) for start, end, quote in found["spans"]]
        steps = [
            StepFound(step["status"], [(start, end) for start, end, _ in step["spans"]], _day(step["date"]))
            for step in found["steps"]
        ]
        told = AgreedAccount(
            id=id_,
            document=document,
            issue=found["issue"],
            content=found["content"],
            status=found["status"],
            quantity=(found["quantity"][0], found["quantity"][1]) if found["quantity"] else None,
            parties=tuple(parties.get(id_, ())),
            meeting=meeting,
            date=_day(found["date"]),
            until=_day(found["until"]),
            condition=found["condition"],
            steps=tuple(steps),
            step_quotes=tuple(tuple((document, *quote) for quote in step["spans"]) for step in found["steps"]),
            dated=dated,
        )
        yield told, (agreement, cited)


def _day(value: dict[str, str] | None) -> DateFound | None:
    return DateFound(**value) if value else None
