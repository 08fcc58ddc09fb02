"""Reading a record: rows become entries, a few at a time, whatever the size of the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.orm import aliased

from dragoman.extract.findings import DateFound
from dragoman.record import (
    Actor,
    Agreement,
    Disagreement,
    Document,
    Entry,
    Family,
    Meeting,
    Outlook,
    Position,
    Span,
    Statement,
)
from dragoman.resolve import entries
from dragoman.resolve.meetings import Account, QuoteT
from dragoman.store.dates import page_of
from dragoman.store.encounters import load_account, people_of
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    ActorRow,
    AgreedActorRow,
    AgreedRow,
    AgreementRow,
    DatingRow,
    DisagreementRow,
    DocumentRow,
    FamilyRow,
    KeyRow,
    LocalActorRow,
    MeetingRow,
    MemberRow,
    OutlookRow,
    PositionRow,
    ProfileKeyRow,
    ProfileRow,
    RoleRow,
    StatementRow,
)
from dragoman.store.queries import UNDATED, rows_of, several
from dragoman.store.stands import agreements, outlooks, positions

PAGE = 100
"""Rows that are made into entries together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted: of these actors (ids), of days from `since` to `until`, containing words, of an id."""

    actors: frozenset[str] | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    id: str | None = None


def count(connection: Connection, part: str, wanted: Wanted) -> int:
    """How many entries of a part are wanted; `wanted.text` is left aside (see `entries_of`)."""
    query = _ids(part, wanted)
    return (
        0
        if query is None
        else connection.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    )


def entries_of(
    connection: Connection, part: str, wanted: Wanted, offset: int = 0, limit: int | None = None
) -> Iterator[Entry]:
    """The wanted entries of a part, in its order.

    Meetings come in the order of time, undated ones last; statements in the order of the documents' names and texts;
    actors parties first, then by how many documents name them; documents by name.

    Args:
        connection: its transaction is what is seen.
        part: a key of `dragoman.record.PARTS`; parts that nothing fills yet are empty.
        wanted: what is wanted of it.
        offset: how many to pass over (before `wanted.text` is looked at).
        limit: how many to give at most (before `wanted.text` is looked at).
    """
    query = _ids(part, wanted)
    if query is None:
        return
    rows = connection.execute(query.offset(offset).limit(limit).execution_options(yield_per=PAGE))
    make = _MAKERS[part]
    needle = wanted.text.casefold() if wanted.text else None
    for some in several((row[0] for row in rows), PAGE):
        for entry in make(connection, some):
            if needle is None or needle in _words(connection, entry):
                yield entry


def entries_with(connection: Connection, part: str, ids: Iterable[str]) -> Iterator[Entry]:
    """The entries of a part with these ids, in any order; ids of what is no more are passed over."""
    for some in several(ids, PAGE):
        yield from _MAKERS[part](connection, some)


def names_of(connection: Connection, actors: Iterable[str]) -> dict[str, str]:
    """The names of actors by their ids."""
    return dict(rows_of(connection, select(ActorRow.id, ActorRow.name), ActorRow.id, actors))


def sides_of(connection: Connection, actors: Iterable[str]) -> dict[str, str]:
    """For each of these actors that speaks for another: whom it speaks for."""
    query = select(ActorRow.id, ActorRow.side_key)
    keys = {id_: key for id_, key in rows_of(connection, query, ActorRow.id, actors) if key}
    owners = _owners(connection, set(keys.values()))
    return {id_: owners[key] for id_, key in keys.items() if key in owners and owners[key] != id_}


def actors_named(connection: Connection, name: str) -> frozenset[str]:
    """The ids of the actors with this id or (in any case) one of whose names this is."""
    folded = " ".join(name.split()).casefold()
    found = connection.execute(select(ActorRow.id, ActorRow.names))
    return frozenset(id_ for id_, names in found if id_ == name or any(n.casefold() == folded for n in names))


def text_of(connection: Connection, document: str) -> str | None:
    """A document's stored text."""
    return connection.scalar(select(DocumentRow.text).where(DocumentRow.id == document))


# -- which, and in what order -----------------------------------------------------------------------------------------


def _ids(part: str, wanted: Wanted) -> Select[str] | None:
    """The query for the ids of the wanted entries in the order of their part."""
    if part == "documents":
        query = select(DocumentRow.id).order_by(DocumentRow.name)
        if wanted.actors is not None:
            named = select(LocalActorRow.document).where(LocalActorRow.profile.in_(_profiles(wanted.actors)))
            query = query.where(DocumentRow.id.in_(named))
        return _identified(_within(query, DocumentRow.dated_from, DocumentRow.dated_to, wanted), DocumentRow.id, wanted)
    if part == "actors":
        by_name = select(ActorRow.id).order_by(ActorRow.rank, ActorRow.places.desc(), ActorRow.id)
        if wanted.actors is not None:  # they, and who is on their side
            theirs = select(ProfileKeyRow.key).where(ProfileKeyRow.profile.in_(_profiles(wanted.actors)))
            by_name = by_name.where(or_(ActorRow.id.in_(wanted.actors), ActorRow.side_key.in_(theirs)))
        if wanted.since or wanted.until:  # named in documents of these days
            dated = select(LocalActorRow.profile).join(DocumentRow, DocumentRow.id == LocalActorRow.document)
            within = _within(dated, DocumentRow.dated_from, DocumentRow.dated_to, wanted)
            by_name = by_name.where(ActorRow.id.in_(select(ProfileRow.actor).where(ProfileRow.id.in_(within))))
        return _identified(by_name, ActorRow.id, wanted)
    if part == "meetings":
        in_time = select(MeetingRow.id).order_by(MeetingRow.date_from, MeetingRow.date_to, MeetingRow.id)
        if wanted.actors is not None:
            met = (
                select(AccountRow.meeting)
                .join(AccountActorRow, AccountActorRow.account == AccountRow.id)
                .where(AccountActorRow.profile.in_(_profiles(wanted.actors)))
            )
            in_time = in_time.where(MeetingRow.id.in_(met))
        if wanted.since or wanted.until:
            in_time = in_time.where(MeetingRow.date_from != UNDATED)
        return _identified(_within(in_time, MeetingRow.date_from, MeetingRow.date_to, wanted), MeetingRow.id, wanted)
    if part == "statements":
        said = (
            select(StatementRow.id)
            .join(DocumentRow, DocumentRow.id == StatementRow.document)
            .order_by(DocumentRow.name, StatementRow.position)
        )
        if wanted.actors is not None:
            profiles = _profiles(wanted.actors)
            said = said.where(or_(StatementRow.speaker.in_(profiles), StatementRow.on_behalf_of.in_(profiles)))
        # One that does not say when is of the day its document is of.
        first = func.coalesce(StatementRow.date_from, DocumentRow.dated_from)
        last = func.coalesce(StatementRow.date_to, DocumentRow.dated_to)
        return _identified(_within(said, first, last, wanted), StatementRow.id, wanted)
    if part == "positions":
        held = (
            select(PositionRow.id)
            .join(DocumentRow, DocumentRow.id == PositionRow.document)
            .order_by(DocumentRow.name, PositionRow.position)
        )
        if wanted.actors is not None:
            held = held.where(PositionRow.party.in_(_profiles(wanted.actors)))
        first = func.coalesce(PositionRow.date_from, DocumentRow.dated_from)
        last = func.coalesce(PositionRow.date_to, DocumentRow.dated_to)
        return _identified(_within(held, first, last, wanted), PositionRow.id, wanted)
    if part == "outlooks":
        seen = (
            select(OutlookRow.id)
            .join(DocumentRow, DocumentRow.id == OutlookRow.document)
            .order_by(DocumentRow.name, OutlookRow.position)
        )
        if wanted.actors is not None:
            seen = seen.where(OutlookRow.holder.in_(_profiles(wanted.actors)))
        within = _within(seen, DocumentRow.dated_from, DocumentRow.dated_to, wanted)
        return _identified(within, OutlookRow.id, wanted)
    if part == "agreements":
        agreed = select(AgreementRow.id).order_by(AgreementRow.date_from, AgreementRow.date_to, AgreementRow.id)
        if wanted.actors is not None:
            by_them = (
                select(AgreedRow.agreement)
                .join(AgreedActorRow, AgreedActorRow.account == AgreedRow.id)
                .where(AgreedActorRow.profile.in_(_profiles(wanted.actors)))
            )
            agreed = agreed.where(AgreementRow.id.in_(by_them))
        if wanted.since or wanted.until:
            agreed = agreed.where(AgreementRow.date_from != UNDATED)
        within = _within(agreed, AgreementRow.date_from, AgreementRow.date_to, wanted)
        return _identified(within, AgreementRow.id, wanted)
    if part == "disagreements":
        query = select(DisagreementRow.id).where(DisagreementRow.hidden.is_(False)).group_by(DisagreementRow.id)
        query = query.order_by(func.min(DisagreementRow.rank), DisagreementRow.id)
        return _identified(_citing(query, DisagreementRow.id, wanted), DisagreementRow.id, wanted)
    if part == "families":
        query = select(FamilyRow.id).order_by(FamilyRow.id)
        return _identified(_citing(query, FamilyRow.id, wanted), FamilyRow.id, wanted)
    return None


def _citing(query: Select[str], id_: Any, wanted: Wanted) -> Select[str]:
    """Only disagreements or families with a document of the wanted days, and that names a wanted actor."""
    if wanted.actors is None and not (wanted.since or wanted.until):
        return query
    documents = _ids("documents", Wanted(wanted.actors, wanted.since, wanted.until))
    assert documents is not None
    cited = select(KeyRow.owner).where(KeyRow.kind == "cited", KeyRow.document.in_(documents.order_by(None)))
    return query.where(id_.in_(cited))


def _profiles(actors: frozenset[str]) -> Select[str]:
    return select(ProfileRow.id).where(ProfileRow.actor.in_(actors))


def _within(query: Select[Any], first: Any, last: Any, wanted: Wanted) -> Select[Any]:
    """Only what has a date that meets the days wanted."""
    if wanted.since:
        query = query.where(last >= wanted.since)
    if wanted.until:
        query = query.where(first <= wanted.until)
    return query


def _identified(query: Select[Any], id_: Any, wanted: Wanted) -> Select[Any]:
    return query if wanted.id is None else query.where(id_ == wanted.id)


def _words(connection: Connection, entry: Entry) -> str:
    """All that a search for words looks at."""
    if isinstance(entry, Document):
        said = [entry.name, entry.title, entry.outlet, text_of(connection, entry.id)]
    elif isinstance(entry, Actor):
        said = [*entry.names, *(role.title for role in entry.roles)]
    elif isinstance(entry, Meeting):
        said = [
            entry.title,
            entry.place,
            entry.country,
            entry.venue,
            entry.outcome,
            *(c.quote for c in entry.citations),
        ]
    elif isinstance(entry, Statement):
        said = [entry.speaker_text, entry.cue, *(c.quote for c in entry.content), *(c.quote for c in entry.citations)]
    elif isinstance(entry, Position | Agreement):
        said = [entry.issue, entry.content, *(c.quote for c in entry.citations)]
    elif isinstance(entry, Outlook):
        said = [entry.holder_text, *(c.quote for c in entry.citations)]
    else:
        said = []
    return "\n".join(filter(None, said)).casefold()


# -- rows into entries ------------------------------------------------------------------------------------------------


def _documents(connection: Connection, ids: list[str]) -> Iterator[Document]:
    columns = [c for c in DocumentRow.__table__.columns if c.name != "text"]
    rows = connection.execute(
        select(*columns, DatingRow.url, DatingRow.reasons, MemberRow.family)
        .outerjoin(DatingRow, DatingRow.document == DocumentRow.id)
        .outerjoin(MemberRow, MemberRow.document == DocumentRow.id)
        .where(DocumentRow.id.in_(ids))
        .order_by(DocumentRow.name)
    )
    for row in rows.all():
        yield Document(
            id=row.id,
            name=row.name,
            title=row.title,
            outlet=row.outlet,
            credits=row.credits,
            language=row.language,
            url=row.url,
            reasons=[entries.reason(given) for given in row.reasons or ()],
            family=row.family,
            dated=entries.date_of(DateFound(**row.dated)) if row.dated else None,
            sha256=row.sha256,
            words=row.words,
            furniture=[Span(start=start, end=end) for start, end in row.furniture],
        )


def _actors(connection: Connection, ids: list[str]) -> Iterator[Actor]:
    found = {row.id: row for row in connection.execute(select(ActorRow.__table__).where(ActorRow.id.in_(ids)))}
    sides = _owners(connection, {row.side_key for row in found.values() if row.side_key})
    holder, principal = aliased(ProfileRow), aliased(ProfileRow)
    roles: dict[str, list[tuple[str, str | None, QuoteT]]] = {}
    for actor, title, of, document, start, end, quote in connection.execute(
        select(
            holder.actor, RoleRow.title, principal.actor, RoleRow.document, RoleRow.start, RoleRow.end, RoleRow.quote
        )
        .join(holder, holder.id == RoleRow.profile)
        .outerjoin(principal, principal.id == RoleRow.of)
        .where(holder.actor.in_(ids))
    ):
        roles.setdefault(actor or "", []).append((title, of, (document, start, end, quote)))
    for id_ in ids:
        row = found[id_]
        side = sides.get(row.side_key)
        yield entries.actor(
            id_, row.name, row.names, row.kind, row.part, side if side != id_ else None, roles.get(id_, ())
        )


def _owners(connection: Connection, keys: set[str]) -> dict[str, str]:
    """The actor behind each key: of several, the one that most documents name."""
    query = (
        select(ProfileKeyRow.key, ActorRow.places, ActorRow.id)
        .join(ProfileRow, ProfileRow.id == ProfileKeyRow.profile)
        .join(ActorRow, ActorRow.id == ProfileRow.actor)
        .distinct()
    )
    owners = sorted(rows_of(connection, query, ProfileKeyRow.key, keys), key=lambda row: (row[1], row[2]))
    return {key: actor for key, _, actor in owners}


def _statements(connection: Connection, ids: list[str]) -> Iterator[Statement]:
    speaker, principal = aliased(ProfileRow), aliased(ProfileRow)
    rows = connection.execute(
        select(StatementRow.id, StatementRow.document, StatementRow.position, speaker.actor, principal.actor)
        .join(DocumentRow, DocumentRow.id == StatementRow.document)
        .outerjoin(speaker, speaker.id == StatementRow.speaker)
        .outerjoin(principal, principal.id == StatementRow.on_behalf_of)
        .where(StatementRow.id.in_(ids))
        .order_by(DocumentRow.name, StatementRow.position)
    ).all()
    document = text = found = None
    for id_, where, position, said_by, said_for in rows:
        if where != document:
            document = where
            text, found = page_of(connection, document, ("statements",))
        assert text is not None
        assert found is not None
        yield entries.statement(id_, where, text, found.statements[position], said_by, said_for)


def _meetings(connection: Connection, ids: list[str]) -> Iterator[Meeting]:
    of_these = AccountRow.meeting.in_(ids)
    people = people_of(connection, of_these)
    accounts: dict[str, list[tuple[Account, list[QuoteT]]]] = {}
    for id_, document, meeting, data, dated in connection.execute(
        select(AccountRow.id, AccountRow.document, AccountRow.meeting, AccountRow.data, DocumentRow.dated)
        .join(DocumentRow, DocumentRow.id == AccountRow.document)
        .where(of_these)
        .order_by(AccountRow.document, AccountRow.id)
    ):
        found: dict[str, Any] = json.loads(data)
        cited = [(document, start, end, quote) for start, end, quote in found["spans"]]
        account = load_account(id_, document, found, people.get(id_, {}), dated)
        accounts.setdefault(meeting or "", []).append((account, cited))
    names = names_of(connection, {a for fields in people.values() for actors in fields.values() for a in actors})
    for id_ in ids:
        if id_ in accounts:
            yield entries.meeting(accounts[id_], names.__getitem__)


def _disagreements(connection: Connection, ids: list[str]) -> Iterator[Disagreement]:
    data = dict(rows_of(connection, select(DisagreementRow.id, DisagreementRow.data), DisagreementRow.id, ids))
    for id_ in ids:
        yield Disagreement.model_validate_json(data[id_])


def _families(connection: Connection, ids: list[str]) -> Iterator[Family]:
    data = dict(rows_of(connection, select(FamilyRow.id, FamilyRow.data), FamilyRow.id, ids))
    for id_ in ids:
        yield Family.model_validate_json(data[id_])


_MAKERS: dict[str, Callable[[Connection, list[str]], Iterator[Entry]]] = {
    "documents": _documents,
    "actors": _actors,
    "meetings": _meetings,
    "statements": _statements,
    "positions": positions,
    "agreements": agreements,
    "outlooks": outlooks,
    "disagreements": _disagreements,
    "families": _families,
}
