"""Disagreements: which entries are compared with which, and how what comes out is kept.

Entries that may answer one question are in one block: an encounter, the encounters of two parties, the stands of a
party on an issue … A document lists the blocks that it is in as keys; where it comes, goes or reads differently, its
blocks are worked out anew and no others. A block of very many documents is cut by the month they were written in, and a
month of very many by the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select, update

from dragoman.extract.findings import DateFound
from dragoman.record import Agreement, Citation, Date, Disagreement, Meeting, Outlook, Position
from dragoman.resolve.claims import Claim, as_entry, compare_claims
from dragoman.resolve.disagreements import (
    Known,
    of_agreement,
    of_agreements,
    of_meeting,
    of_meetings,
    of_outlooks,
    of_positions,
    same_question,
    weight,
)
from dragoman.resolve.entries import citations, date_of
from dragoman.store.claims import claims_of
from dragoman.store.due import keys_of, replace_keys, take
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    AgreedRow,
    DisagreementRow,
    DocumentRow,
    KeyRow,
    MemberRow,
    OutlookRow,
    PositionRow,
    ProfileRow,
)
from dragoman.store.queries import rows_of, several
from dragoman.store.reading import entries_with, names_of, sides_of

MANY = 60
"""Documents of one block that are compared with each other; a larger block is cut by time."""

_RANKS = {"meeting": 0, "meetings": 1, "agreement": 2, "agreements": 3, "claim": 4, "positions": 5, "outlooks": 6}
"""The weightiest first."""


def blocks_of_documents(connection: Connection, documents: Iterable[str]) -> dict[str, set[str]]:
    """For each document the blocks that its entries are in."""
    found: dict[str, set[str]] = {document: set() for document in documents}
    met: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    accounts = (
        select(AccountRow.document, AccountRow.meeting, AccountRow.id, AccountActorRow.field, ProfileRow.actor)
        .outerjoin(AccountActorRow, AccountActorRow.account == AccountRow.id)
        .outerjoin(ProfileRow, ProfileRow.id == AccountActorRow.profile)
    )
    for document, meeting, account, role, actor in rows_of(connection, accounts, AccountRow.document, found):
        found[document].add(f"meeting|{meeting}")
        parties, mediators = met.setdefault((document, account), (set(), set()))
        if role == "parties" and actor:
            parties.add(actor)
        elif role == "mediators" and actor:
            mediators.add(actor)
    for (document, _), (parties, mediators) in met.items():
        pairs = [*combinations(sorted(parties), 2), *((p, m) for p in parties for m in mediators)]
        found[document] |= {f"meetings|{a}|{b}" for a, b in map(sorted, pairs)}
    agreed = select(AgreedRow.document, AgreedRow.agreement, AgreedRow.data)
    for document, agreement, data in rows_of(connection, agreed, AgreedRow.document, found):
        found[document] |= {f"agreement|{agreement}", f"agreements|{json.loads(data)['issue']}"}
    stands = select(PositionRow.document, PositionRow.issue, ProfileRow.actor).join(
        ProfileRow, ProfileRow.id == PositionRow.party
    )
    held = list(rows_of(connection, stands, PositionRow.document, found))
    sides = sides_of(connection, {actor for _, _, actor in held})
    for document, issue, actor in held:
        found[document].add(f"positions|{sides.get(actor, actor)}|{issue}")
    for (document,) in rows_of(connection, select(OutlookRow.document).distinct(), OutlookRow.document, found):
        found[document].add("outlooks|")
    return found


def settle_disagreements(connection: Connection, documents: Iterable[str], moved: Iterable[str] = ()) -> list[str]:
    """Work out anew the disagreements that these documents have part in, and those of the blocks that are due.

    Of a block that is cut by time only the parts with one of the documents are asked again, unless one left it.

    Args:
        connection: in a transaction that writes.
        documents: that came, or of which anything reads differently now.
        moved: those of them whose date is another now.

    Returns: a line for each block that a rule failed on; the others are not touched by that.
    """
    problems = []
    there = {id_ for (id_,) in rows_of(connection, select(DocumentRow.id), DocumentRow.id, set(documents))}
    elsewhere = there & set(moved)
    was = select(KeyRow.document, KeyRow.key).where(KeyRow.kind == "block")
    before = list(rows_of(connection, was, KeyRow.document, there))
    now = blocks_of_documents(connection, there)
    replace_keys(connection, "block", {document: {document: blocks} for document, blocks in now.items()})
    left = take(connection, "block") | {block for document, block in before if block not in now[document]}
    due = left | {block for blocks in now.values() for block in blocks}
    due |= {f"claim|{key}" for key in _shared(connection, keys_of(connection, "claim", there))}
    made = _Entries(connection)
    had: dict[str, set[str]] = {}
    for part in connection.scalars(select(DisagreementRow.block).distinct()):
        had.setdefault(part.partition("#")[0], set()).add(part)
    touched: set[str] = set()
    for some in several(sorted(due)):
        members = _members(connection, some)
        for block in some:
            parts = dict(_parts(block, members.get(block, [])))
            known = had.get(block, set())
            anew = block in left or not known <= parts.keys() or any(elsewhere & set(p) for p in parts.values())
            for part in known if anew else known & {p for p, those in parts.items() if there & set(those)}:
                touched |= _forget(connection, part)
            for part, those in parts.items():
                if not anew and not there & set(those):
                    continue
                try:
                    found = made.disagreements(block, those)
                except Exception as error:
                    line = " ".join(f"{type(error).__name__}: {error}".split())
                    problems.append(f"{part}: kept, but not compared: {line}")
                    continue
                touched |= _keep(connection, part, found)
    _hide(connection, touched)
    return problems


def _forget(connection: Connection, part: str) -> set[str]:
    """Delete the disagreements of a block, or of a part of one; gives the documents that they cited."""
    cited = and_(KeyRow.kind == "cited", KeyRow.key == part)
    documents = set(connection.scalars(select(KeyRow.document).where(cited)))
    connection.execute(delete(KeyRow).where(cited))
    connection.execute(delete(DisagreementRow).where(DisagreementRow.block == part))
    return documents


def _keep(connection: Connection, part: str, found: list[Disagreement]) -> set[str]:
    """Keep the disagreements of a block, or of a part of one; gives the documents that they cite."""
    kept = {one.id: one for one in found}
    rows = [
        {
            "id": id_,
            "block": part,
            "kind": one.kind,
            "about": one.about.id,
            "rank": _RANKS[part.partition("|")[0]],
            "hidden": False,
            "data": one.model_dump_json(by_alias=True),
        }
        for id_, one in sorted(kept.items())
    ]
    cited = {(id_, c.document) for id_, one in kept.items() for value in one.values for c in value.citations}
    if rows:
        connection.execute(insert(DisagreementRow), rows)
        connection.execute(
            insert(KeyRow),
            [{"kind": "cited", "key": part, "owner": id_, "document": document} for id_, document in sorted(cited)],
        )
    return {document for _, document in cited}


def _hide(connection: Connection, documents: set[str]) -> None:
    """Of those that ask one question, show the one with most words behind it; only what cites a document is asked."""
    loaded: dict[str, Disagreement] = {}

    def citing(some: set[str]) -> dict[str, set[str]]:
        owners = select(KeyRow.owner, KeyRow.document).where(KeyRow.kind == "cited")
        found: dict[str, set[str]] = {}
        for owner, document in rows_of(connection, owners, KeyRow.document, some):
            found.setdefault(owner, set()).add(document)
        fresh = found.keys() - loaded.keys()
        data = select(DisagreementRow.id, DisagreementRow.data)
        for id_, one in rows_of(connection, data, DisagreementRow.id, fresh):
            loaded[id_] = Disagreement.model_validate_json(one)
        return found

    asked = citing(documents)
    near = {c.document for id_ in asked for value in loaded[id_].values for c in value.citations}
    by_document: dict[str, set[str]] = {}
    for id_, theirs in citing(near).items():
        for document in theirs:
            by_document.setdefault(document, set()).add(id_)

    def order(id_: str) -> tuple[object, ...]:
        return weight(loaded[id_]), id_

    hidden = {
        id_
        for id_ in asked
        if any(
            order(other) < order(id_) and same_question(loaded[id_], loaded[other])
            for other in set().union(*(by_document[document] for document in asked[id_]))
        )
    }
    for flag, ids in ((True, hidden), (False, asked.keys() - hidden)):
        for some in several(sorted(ids)):
            query = update(DisagreementRow).where(DisagreementRow.id.in_(some), DisagreementRow.hidden.is_(not flag))
            connection.execute(query.values(hidden=flag))


def _shared(connection: Connection, keys: set[str]) -> set[str]:
    """Of the keys of claims those that several documents have, or under which claims of one gainsay each other."""
    query = select(KeyRow.key).where(KeyRow.kind == "claim").group_by(KeyRow.key)
    query = query.having(or_(func.count(KeyRow.document.distinct()) > 1, KeyRow.key.like("@%")))
    return {key for (key,) in rows_of(connection, query, KeyRow.key, keys)}


def _members(connection: Connection, blocks: list[str]) -> dict[str, list[tuple[str, str]]]:
    """For each block its documents, each with the day it is of ("" if unknown), in the order of their ids."""
    query = select(KeyRow.key, DocumentRow.id, DocumentRow.dated_from).distinct()
    query = query.join(DocumentRow, DocumentRow.id == KeyRow.document)
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, prefix in (("block", ""), ("claim", "claim|")):
        keys = [block.removeprefix(prefix) for block in blocks if block.startswith("claim|") == bool(prefix)]
        for key, document, day in rows_of(connection, query.where(KeyRow.kind == kind), KeyRow.key, keys):
            found.setdefault(prefix + key, []).append((document, day or ""))
    return {block: sorted(members) for block, members in found.items()}


def _parts(block: str, members: list[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """The documents of a block, cut by month and day where they are very many."""
    if len(members) == 1 and block.startswith("claim|") and not block.startswith("claim|@"):
        return  # nothing in it can differ unless several documents have part in it
    if len(members) <= MANY:
        yield block, [id_ for id_, _ in members]
        return
    for month, in_month in _by(members, 7):
        if len(in_month) <= MANY:
            yield f"{block}#{month}", [id_ for id_, _ in in_month]
            continue
        for day, on_day in _by(in_month, 10):
            # Of one day and one matter more reports than this say nothing that these do not.
            yield f"{block}#{day}", [id_ for id_, _ in on_day[:MANY]]


def _by(members: list[tuple[str, str]], characters: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Documents by the first characters of their day."""
    found: dict[str, list[tuple[str, str]]] = {}
    for member in members:
        found.setdefault(member[1][:characters], []).append(member)
    return sorted(found.items())


@dataclass
class _Entries:
    """The entries of blocks, each made once."""

    connection: Connection
    _made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _claims: dict[str, Claim] = field(default_factory=dict)
    _claimed: dict[str, list[str]] = field(default_factory=dict)
    _dated: dict[str, Date | None] = field(default_factory=dict)
    _family: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _sides: dict[str, str] = field(default_factory=dict)
    _worded: dict[str, dict[str, dict[str, list[Citation]]]] = field(default_factory=dict)

    def disagreements(self, block: str, members: list[str]) -> list[Disagreement]:
        """What the entries of some documents in a block differ about."""
        kind, _, rest = block.partition("|")
        if kind == "meeting":
            return [d for m in self._meetings([rest]) for d in of_meeting(m, self._known([m], members))]
        if kind == "meetings":
            pair = set(rest.split("|"))
            ids = self._ids(select(AccountRow.meeting).distinct(), AccountRow.document, members)
            met = [m for m in self._meetings(ids) if pair <= {*m.parties, *m.mediators}]
            return of_meetings(met, self._known(met, members))
        if kind == "agreement":
            found: list[Agreement] = self._some("agreements", [rest])
            return [d for a in found for d in of_agreement(a, self._known(found, members))]
        if kind == "agreements":
            ids = self._ids(select(AgreedRow.agreement).distinct(), AgreedRow.document, members)
            agreed: list[Agreement] = [a for a in self._some("agreements", ids) if a.issue == rest]
            return of_agreements(agreed, self._known(agreed, members))
        if kind == "positions":
            side, _, issue = rest.partition("|")
            of_issue = select(PositionRow.id).where(PositionRow.issue == issue)
            stands: list[Position] = self._some("positions", self._ids(of_issue, PositionRow.document, members))
            sides = self._known(stands, members).sides
            stands = [p for p in stands if sides.get(p.party, p.party) == side]
            return of_positions(stands, self._known(stands, members))
        if kind == "outlooks":
            seen: list[Outlook] = self._some("outlooks", self._ids(select(OutlookRow.id), OutlookRow.document, members))
            return of_outlooks(seen, self._known(seen, members))
        if kind == "claim":
            return [as_entry(draft) for draft in compare_claims(self._claims_under(rest, members))]
        return []

    def _claims_under(self, key: str, members: list[str]) -> list[Claim]:
        """The claims of some documents that share a key; documents are loaded where they were not yet."""
        if missing := set(members) - self._claimed.keys():
            for document in missing:
                self._claimed[document] = []
            for claim in claims_of(self.connection, missing):
                self._claims[claim.id] = claim
                self._claimed[claim.document].append(claim.id)
        theirs = [self._claims[id_] for document in members for id_ in self._claimed[document]]
        if key.startswith("@"):
            answered = {claim.answers for claim in theirs}
            return [claim for claim in theirs if claim.answers or claim.id in answered]
        return theirs

    def _ids(self, query: Select[Any], column: Any, members: list[str]) -> list[str]:
        return sorted({id_ for (id_,) in rows_of(self.connection, query, column, members) if id_})

    def _meetings(self, ids: list[str]) -> list[Meeting]:
        return self._some("meetings", ids)

    def _some(self, part: str, ids: Iterable[str]) -> list[Any]:
        """The entries with these ids that there are, made where they were not yet, in the order of the ids."""
        made = self._made.setdefault(part, {})
        wanted = sorted(set(ids))
        if len(made) > _HELD:
            made.clear()
        missing = [id_ for id_ in wanted if id_ not in made]
        fresh: Iterator[Any] = entries_with(self.connection, part, missing)
        made.update((entry.id, entry) for entry in fresh)
        return [made[id_] for id_ in wanted if id_ in made]

    def _known(self, entries: Iterable[Any], members: list[str]) -> Known:
        """What is known of documents and actors beside the entries."""
        entries = list(entries)
        documents = {c.document for entry in entries for c in entry.citations} | set(members)
        actors = {actor for entry in entries for actor in _actors_of(entry)}
        if missing := documents - self._dated.keys():
            dated = select(DocumentRow.id, DocumentRow.dated)
            found = {
                id_: DateFound(**d) if d else None
                for id_, d in rows_of(self.connection, dated, DocumentRow.id, missing)
            }
            self._dated |= {id_: date_of(found.get(id_)) for id_ in missing}
            copies = select(MemberRow.document, MemberRow.family)
            self._family |= dict(rows_of(self.connection, copies, MemberRow.document, missing))
        if unknown := actors - self._names.keys():
            self._names |= names_of(self.connection, unknown)
            self._sides |= sides_of(self.connection, unknown)
        return Known(
            dated=self._dated,
            family=self._family,
            names=self._names,
            sides=self._sides,
            words=self._words([entry.id for entry in entries if isinstance(entry, Meeting)]),
        )

    def _words(self, meetings: list[str]) -> dict[tuple[str, str], dict[str, list[Citation]]]:
        """For each document's account of an encounter the words for each of its fields."""
        if missing := [id_ for id_ in meetings if id_ not in self._worded]:
            self._worded |= {id_: {} for id_ in missing}
            told = select(AccountRow.meeting, AccountRow.document, AccountRow.data, DocumentRow.text)
            told = told.join(DocumentRow, DocumentRow.id == AccountRow.document)
            for meeting, document, data, text in rows_of(self.connection, told, AccountRow.meeting, missing):
                found = json.loads(data)
                fields: dict[str, list[Any]] = {name: list(said) for name, said in found.get("words", {}).items()}
                for time in (found.get("when") or {"times": []})["times"]:
                    place = [time["start"], time["end"], text[time["start"] : time["end"]]]
                    if place not in fields.setdefault("date", []):
                        fields["date"].append(place)
                kept = self._worded[meeting].setdefault(document, {})
                for name, said in fields.items():
                    cited = citations((document, start, end, quote) for start, end, quote in said if quote)
                    kept[name] = [*kept.get(name, []), *cited]
        return {(id_, document): kept for id_ in meetings for document, kept in self._worded[id_].items()}


_HELD = 20_000
"""Entries of a part that are held at once."""


def _actors_of(entry: Any) -> Iterator[str]:
    for name in ("parties", "participants", "mediators"):
        yield from getattr(entry, name, ())
    for name in ("party", "teller", "addressee", "holder"):
        actor = getattr(entry, name, None)
        if actor:
            yield actor
