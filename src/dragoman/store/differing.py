"""Disagreements: which entries are compared with which, and how what comes out is kept.

Entries that may answer one question are in one block: an encounter, the encounters of two parties, the stands of a
party on an issue … A document lists the blocks that it is in as keys; where it comes, goes or reads differently, its
blocks are worked out anew and no others. A block of very many documents is cut by the month they were written in, and a
month of very many by the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from dragoman.record import Disagreement
from dragoman.resolve.disagreements import Question, same_question
from dragoman.store.compared import Compared, compared_before, forget, of_these, replace_compared
from dragoman.store.differing_entries import Entries
from dragoman.store.due import replace_keys, take
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    AgreedRow,
    ComparedRow,
    DisagreementRow,
    DocumentRow,
    KeyRow,
    OutlookRow,
    PositionRow,
    ProfileRow,
)
from dragoman.store.queries import rows_of, several
from dragoman.store.reading import sides_of

_TOGETHER = 50
"""Blocks whose entries are made together."""

MANY = 60
"""Documents of one block that are compared with each other; a larger block is cut by time."""

_RANKS = {"meeting": 0, "meetings": 1, "agreement": 2, "agreements": 3, "claim": 4, "positions": 5, "outlooks": 6}
"""The weightiest first."""


_ALL = frozenset({*_RANKS})
_HEARD = frozenset({"positions", "agreements"})
"""Kinds of blocks in which it matters what those who are heard are called."""
_SIDED = frozenset({"positions", "outlooks"})
"""Where it matters for whom somebody speaks."""
_MET = frozenset({"meeting", "meetings", "agreement", "agreements"})
"""Where it matters which accounts are of one encounter."""

_COMPARED = "compared|"
"""The beginning of a key that only says that a document was compared before: it is a block of its own."""


def blocks_of_documents(connection: Connection, documents: Iterable[str]) -> dict[str, set[str]]:
    """For each document the blocks that its entries are in."""
    found = {document: {_COMPARED + document} for document in documents}
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


def settle_disagreements(
    connection: Connection, documents: Iterable[str], moved: Iterable[str] = (), regrouped: Iterable[str] = ()
) -> list[str]:
    """Work out anew the disagreements that these documents have part in, and those of the blocks that are due.

    Of a block that is cut by time only the parts with one of the documents are asked again, unless one left it.

    Args:
        connection: in a transaction that writes.
        documents: that came, or of which anything reads differently now.
        moved: those of them whose date is another now.
        regrouped: documents with an account of an encounter that now is made up otherwise.

    (Documents in which somebody is heard who only has another name or side now are noted as due themselves.)

    Returns: a line for each block that a rule failed on; the others are not touched by that.
    """
    wholly = set(documents)
    kinds: dict[str, frozenset[str]] = dict.fromkeys(wholly, _ALL)
    for some_kinds, those in (
        (_HEARD, take(connection, "heard")),
        (_SIDED, take(connection, "sided")),
        (_MET, set(regrouped)),
    ):
        for document in those:
            kinds[document] = kinds.get(document, frozenset()) | some_kinds
    there = {id_ for (id_,) in rows_of(connection, select(DocumentRow.id), DocumentRow.id, kinds)}
    problems = []
    others: dict[str, list[Question]] = {}
    asked, gone = _asked(connection, {document: kinds[document] for document in there}, set(moved))
    for part in gone:
        _replace(connection, part, _kept(connection, [part]).get(part, {}), [], others)
    forget(connection, gone)
    entries = Entries(connection)
    for some in several(asked, _TOGETHER):
        kept = _kept(connection, [part for _, part, _ in some])
        compared = compared_before(connection, [part for _, part, _ in some])
        fresh: dict[str, Compared] = {}
        try:
            entries.prepare([(block, members) for block, _, members in some])
        except Exception:  # it comes again where it belongs
            entries = Entries(connection)
        for block, part, members in some:
            was = kept.get(part, {})
            now = None
            try:
                if block.startswith("claim|") and not block.startswith("claim|@"):
                    before = of_these(compared.get(part), members, there & wholly)
                    asked_now, found = entries.questions(members, before.asked, before.documents)
                    now = Compared(set(members), asked_now)
                    staying = {id_ for id_, _ in asked_now} - {one.id for one in found}
                    was = {id_: data for id_, data in was.items() if id_ not in staying}
                else:
                    found = entries.disagreements(block, members)
            except Exception as error:
                line = " ".join(f"{type(error).__name__}: {error}".split())
                problems.append(f"{part}: kept, but not compared: {line}")
                found = []
            if now is not None:
                fresh[part] = now
            _replace(connection, part, was, found, others)
        replace_compared(connection, compared, fresh)
    _hide(connection, others)
    return sorted(problems)


def _asked(
    connection: Connection, there: dict[str, frozenset[str]], moved: set[str]
) -> tuple[list[tuple[str, str, list[str]]], list[str]]:
    """What has to be asked again: block, part and documents of each, and the parts that are no more.

    What is of one time comes together, so that entries are made once without holding all of a record.

    Args:
        connection: in a transaction that writes.
        there: documents that are others now, each with the kinds of blocks in which that matters.
        moved: those of them whose date is another now.
    """
    was = select(KeyRow.document, KeyRow.key).where(KeyRow.kind == "block")
    before: dict[str, set[str]] = {}
    for document, block in rows_of(connection, was, KeyRow.document, there):
        before.setdefault(document, set()).add(block)
    now = blocks_of_documents(connection, there)
    replace_keys(connection, "block", {document: {document: blocks} for document, blocks in now.items()})
    left = take(connection, "block").union(*(blocks - now[document] for document, blocks in before.items()))
    mine: dict[str, set[str]] = {block: set() for block in left}
    for document, blocks in now.items():
        for block in blocks:
            if block.partition("|")[0] in there[document]:
                mine.setdefault(block, set()).add(document)
    for key, document in _shared(connection, {document for document, kinds in there.items() if "claim" in kinds}):
        mine.setdefault(f"claim|{key}", set()).add(document)
    elsewhere = moved & before.keys()  # one that was in no part before is in none that it left
    days = _Days(connection)
    asked: list[tuple[str, str, list[str]]] = []
    gone: set[str] = set()
    for some in several(sorted(block for block in mine if not block.startswith(_COMPARED)), 100):
        for block, members in _members(connection, some).items():
            all_of_it = block in left or not mine[block].isdisjoint(elsewhere)
            parts, cut, all_of_it = _cut(block, members, mine[block], all_of_it, days)
            asked += [(block, part, those) for part, those in parts.items()]
            gone |= cut | (_parts_of(connection, block) - parts.keys() if all_of_it else set())
    known = {
        part
        for column in (DisagreementRow.block, ComparedRow.block)
        for (part,) in rows_of(connection, select(column).distinct(), column, gone)
    }
    return sorted(asked, key=lambda a: (a[1].partition("#")[2], a[1])), sorted(known)


def _kept(connection: Connection, parts: list[str]) -> dict[str, dict[str, str]]:
    """The disagreements that are kept of each part, as JSON by id."""
    found: dict[str, dict[str, str]] = {}
    query = select(DisagreementRow.block, DisagreementRow.id, DisagreementRow.data)
    for part, id_, data in rows_of(connection, query, DisagreementRow.block, parts):
        found.setdefault(part, {})[id_] = data
    return found


def _replace(
    connection: Connection,
    part: str,
    was: dict[str, str],
    found: list[Disagreement],
    others: dict[str, list[Question]],
) -> None:
    """Keep the disagreements of a block, or of a part of one, in the place of those it had.

    Args:
        connection: in a transaction that writes.
        part: of a block.
        was: those it had, as JSON by id (some that stay may be left out).
        found: those it has (without those that stay).
        others: takes the questions that came, went, or are others now, by the disagreement's id.
    """
    now = {one.id: one for one in found}
    data = {id_: one.model_dump_json(by_alias=True) for id_, one in now.items()}
    changed = sorted(id_ for id_ in was.keys() | data.keys() if was.get(id_) != data.get(id_))
    for id_ in changed:
        questions = [Question.from_json(json.loads(each[id_])) for each in (was, data) if id_ in each]
        others.setdefault(id_, []).extend(questions)
    for some in several([id_ for id_ in changed if id_ in was]):
        cited = and_(KeyRow.kind == "cited", KeyRow.key == part, KeyRow.owner.in_(some))
        connection.execute(delete(KeyRow).where(cited))
        gone = and_(DisagreementRow.block == part, DisagreementRow.id.in_(some))
        connection.execute(delete(DisagreementRow).where(gone))
    fresh = [now[id_] for id_ in changed if id_ in now]
    if not fresh:
        return
    kind = part.partition("|")[0]
    rows = [
        {
            "id": one.id,
            "block": part,
            "kind": one.kind,
            "about": one.about.id,
            "rank": _RANKS[kind],
            "hidden": False,
            "data": data[one.id],
        }
        for one in fresh
    ]
    connection.execute(insert(DisagreementRow), rows)
    cites = sorted({(one.id, c.document) for one in fresh for value in one.values for c in value.citations})
    connection.execute(
        insert(KeyRow),
        [{"kind": "cited", "key": part, "owner": id_, "document": document} for id_, document in cites],
    )


def _hide(connection: Connection, others: dict[str, list[Question]]) -> None:
    """Of those that ask one question, show the one with most words behind it.

    Args:
        connection: in a transaction that writes.
        others: the questions that came, went, or are others now, by the disagreement's id: only they, and what asks the
            same as one of them, may have to be shown or hidden.
    """
    loaded: dict[str, Question] = {}

    def citing(some: set[str]) -> dict[str, set[str]]:
        owners = select(KeyRow.owner, KeyRow.document).where(KeyRow.kind == "cited")
        found: dict[str, set[str]] = {}
        for owner, document in rows_of(connection, owners, KeyRow.document, some):
            found.setdefault(document, set()).add(owner)
        fresh = set().union(*found.values()) - loaded.keys()
        data = select(DisagreementRow.id, DisagreementRow.data)
        for id_, one in rows_of(connection, data, DisagreementRow.id, fresh):
            if id_ not in loaded:
                loaded[id_] = Question.from_json(json.loads(one))
        return found

    questions = [question for each in others.values() for question in each]
    by_document = citing({document for question in questions for document in question.documents})
    asked = others.keys() & loaded.keys()
    for question in questions:
        for id_ in set().union(*(by_document.get(document, ()) for document in question.documents)) - asked:
            if same_question(question, loaded[id_]):
                asked.add(id_)
    by_document |= citing({document for id_ in asked for document in loaded[id_].documents} - by_document.keys())
    hidden = {
        id_
        for id_ in asked
        if any(
            loaded[other].weight < loaded[id_].weight and same_question(loaded[id_], loaded[other])
            for other in set().union(*(by_document[document] for document in loaded[id_].documents))
        )
    }
    for flag, ids in ((True, hidden), (False, asked - hidden)):
        for some in several(sorted(ids)):
            query = update(DisagreementRow).where(DisagreementRow.id.in_(some), DisagreementRow.hidden.is_(not flag))
            connection.execute(query.values(hidden=flag))


def _shared(connection: Connection, documents: set[str]) -> list[tuple[str, str]]:
    """The keys of claims of some documents that others have too, or under which claims of one gainsay each other."""
    query = select(KeyRow.key, KeyRow.document).distinct().where(KeyRow.kind == "claim")
    mine = list(rows_of(connection, query, KeyRow.document, documents))
    having = select(KeyRow.key).where(KeyRow.kind == "claim").group_by(KeyRow.key)
    having = having.having(or_(func.count(KeyRow.document.distinct()) > 1, KeyRow.key.like("@%")))
    shared = {key for (key,) in rows_of(connection, having, KeyRow.key, {key for key, _ in mine})}
    return [(key, document) for key, document in mine if key in shared]


# -- parts of a block -------------------------------------------------------------------------------------------------


class _Days:
    """The days that documents are of, asked for once, where a block has very many."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] | None = None

    def of(self, document: str) -> str:
        """The first day that a document is of, "" if that is not known."""
        if self._known is None:
            days = select(DocumentRow.id, DocumentRow.dated_from).where(DocumentRow.dated_from.is_not(None))
            self._known = {id_: day or "" for id_, day in self._connection.execute(days)}
        return self._known.get(document, "")


def _cut(
    block: str, members: list[str], mine: set[str], anew: bool, days: _Days
) -> tuple[dict[str, list[str]], set[str], bool]:
    """What of a block has to be asked again; one of very many documents is cut by month, a month of very many by day.

    Args:
        block: its name.
        members: its documents, sorted.
        mine: those of them that came into it, or are others now.
        anew: ask all of it again: a document left it, or is in another part now.
        days: of the documents.

    Returns: the documents by part; parts that are cut now; whether all of the block is asked.
    """
    if len(members) <= MANY:
        if not members or (len(members) == 1 and block.startswith("claim|") and not block.startswith("claim|@")):
            return {}, {block}, anew  # nothing in it can differ unless several documents have part in it
        return {block: members}, set(), anew
    anew = anew or len(members) - len(mine) <= MANY  # until now it was whole
    parts: dict[str, list[str]] = {}
    cut = {block}
    for month, in_month in _by(members, days, 7):
        came = len(mine.intersection(in_month))
        if not came and not anew:
            continue
        if len(in_month) <= MANY:
            parts[f"{block}#{month}"] = in_month
            continue
        cut.add(f"{block}#{month}")
        all_days = anew or len(in_month) - came <= MANY
        for day, on_day in _by(in_month, days, 10):
            if all_days or not mine.isdisjoint(on_day):
                # Of one day and one matter more reports than this say nothing that these do not.
                parts[f"{block}#{day}"] = on_day[:MANY]
    return parts, cut - parts.keys(), anew


def _by(members: list[str], days: _Days, characters: int) -> list[tuple[str, list[str]]]:
    """Documents by the first characters of their day."""
    found: dict[str, list[str]] = {}
    for member in members:
        found.setdefault(days.of(member)[:characters], []).append(member)
    return sorted(found.items())


def _members(connection: Connection, blocks: list[str]) -> dict[str, list[str]]:
    """For each block its documents, in the order of their ids."""
    # In one string for each block: a row costs more than an id.
    query = select(KeyRow.key, func.aggregate_strings(KeyRow.document, " ")).group_by(KeyRow.key)
    found: dict[str, list[str]] = {block: [] for block in blocks}
    for kind, prefix in (("block", ""), ("claim", "claim|")):
        keys = [block.removeprefix(prefix) for block in blocks if block.startswith("claim|") == bool(prefix)]
        for key, documents in rows_of(connection, query.where(KeyRow.kind == kind), KeyRow.key, keys):
            found[prefix + key] = sorted(set(documents.split()))
    return found


def _parts_of(connection: Connection, block: str) -> set[str]:
    """The parts of a block, or the block, that anything is kept of."""
    found: set[str] = set()
    for column in (DisagreementRow.block, ComparedRow.block):
        parts = and_(column > f"{block}#", column < f"{block}$")  # "$" is what follows "#"
        found |= set(connection.scalars(select(column).distinct().where(or_(column == block, parts))))
    return found
