"""Which accounts tell of one encounter: what is compared with what, and how what comes out is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.extract.findings import DateFound
from dragoman.resolve.encounters import encounters
from dragoman.resolve.meetings import PEOPLE, Account, meeting_id, settle
from dragoman.store.models import AccountActorRow, AccountRow, DocumentRow, MeetingRow, ProfileRow, SettingRow
from dragoman.store.queries import UNDATED, delete_rows, rows_of

WHOLE = 2_000
"""Accounts up to which all of a record are compared; in a larger one only those of one month are, by which an encounter
on the last of a month may stand twice, but one more document costs no more than the month it is of."""

_BY_MONTH = "encounters by month"


def month_of(found: DateFound | None, dated: DateFound | None) -> str:
    """The month of an account: of its own date, else of its document's; "" where neither is known."""
    return found.start[:7] if found else dated.end[:7] if dated else ""


def months_naming(connection: Connection, profiles: Iterable[str]) -> set[str]:
    """The months of the accounts that name one of the profiles."""
    months = select(AccountRow.month).distinct().join(AccountActorRow, AccountActorRow.account == AccountRow.id)
    return {month for (month,) in rows_of(connection, months, AccountActorRow.profile, profiles)}


def merge_encounters(connection: Connection, months: Iterable[str]) -> set[str]:
    """Merge anew the accounts of these months; in a small record, all.

    Whether a record is small is a matter of what is in it alone, so that the order of reading cannot matter.

    Args:
        connection: in a transaction that writes.
        months: in which an account came or went, or is told otherwise.

    Returns: the documents with an account of an encounter that now is made up otherwise.
    """
    touched = set(months)
    if not touched:
        return set()
    all_months = set(connection.scalars(select(AccountRow.month).distinct()))
    many = (connection.scalar(select(func.count()).select_from(AccountRow)) or 0) > WHOLE
    was_many = connection.scalar(select(SettingRow.value).where(SettingRow.name == _BY_MONTH)) is not None
    if many and not was_many:
        connection.execute(insert(SettingRow), [{"name": _BY_MONTH, "value": "yes"}])
    if was_many and not many:
        connection.execute(delete(SettingRow).where(SettingRow.name == _BY_MONTH))
    if not many or many != was_many:
        touched |= all_months
    parts = [{month} for month in sorted(touched)] if many else [touched]
    return set().union(*(_merge(connection, part) for part in parts))


def _merge(connection: Connection, months: set[str]) -> set[str]:
    """Merge the accounts of some months with each other."""
    within = AccountRow.month.in_(sorted(months))
    people = people_of(connection, within)
    rows = connection.execute(
        select(AccountRow.id, AccountRow.document, AccountRow.data, AccountRow.meeting, DocumentRow.dated)
        .join(DocumentRow, DocumentRow.id == AccountRow.document)
        .where(within)
    ).all()
    was: dict[str | None, set[str]] = {}
    accounts, documents = {}, {}
    for id_, document, data, meeting, dated in rows:
        accounts[id_] = load_account(id_, document, json.loads(data), people.get(id_, {}), dated)
        documents[id_] = document
        was.setdefault(meeting, set()).add(id_)
    now = {meeting_id(group): group for group in encounters(accounts.values())}
    moved = {id_: {account.id for account in group} for id_, group in now.items()}
    changed = [id_ for id_, group in moved.items() if was.get(id_) != group]
    gone = {id_ for id_ in was if id_ is not None} - now.keys()
    # Dates may have changed though the accounts are the same: the rows are written anew, the accounts only where moved.
    delete_rows(connection, MeetingRow.id, gone | now.keys())
    connection.execute(delete(MeetingRow).where(~select(AccountRow.id).where(AccountRow.id == MeetingRow.id).exists()))
    if now:
        connection.execute(insert(MeetingRow), [_row(id_, group) for id_, group in sorted(now.items())])
    if updates := [{"this": account, "now": id_} for id_ in changed for account in sorted(moved[id_])]:
        query = update(AccountRow.__table__).where(AccountRow.id == bindparam("this"))  # type: ignore[arg-type]
        connection.execute(query.values(meeting=bindparam("now")), updates)
    return {documents[account] for id_ in changed for account in moved[id_] | was.get(id_, set())}


def _row(id_: str, group: list[Account]) -> dict[str, Any]:
    date = settle(group).date
    return {"id": id_, "date_from": date.start if date else UNDATED, "date_to": date.end if date else UNDATED}


def people_of(connection: Connection, condition: Any) -> dict[str, dict[str, list[str]]]:
    """For each account that meets a condition: the actors that it names, by field, in its order."""
    found: dict[str, dict[str, list[str]]] = {}
    query = (
        select(AccountActorRow.account, AccountActorRow.field, ProfileRow.actor)
        .join(AccountRow, AccountRow.id == AccountActorRow.account)
        .join(ProfileRow, ProfileRow.id == AccountActorRow.profile)
        .where(condition)
        .order_by(AccountActorRow.account, AccountActorRow.number)
    )
    for account, field, actor in connection.execute(query):
        named = found.setdefault(account, {}).setdefault(field, [])
        if actor and actor not in named:  # two of a document's actors may have turned out to be one
            named.append(actor)
    return found


def load_account(
    id_: str,
    document: str,
    data: dict[str, Any],
    people: Mapping[str, list[str]],
    written: dict[str, Any] | None,
) -> Account:
    """An account from its row: what was found, with its actors and the day its document is of."""
    fields = {name: value for name, value in data.items() if name not in ("spans", "date", "when", "words")}
    named: dict[str, Any] = {name: tuple(people.get(name, ())) for name in PEOPLE}
    return Account(
        id=id_,
        document=document,
        date=DateFound(**data["date"]) if data["date"] else None,
        written=DateFound(**written) if written else None,
        words={field: [(document, *quote) for quote in quoted] for field, quoted in data.get("words", {}).items()},
        **fields,
        **named,
    )
