"""Copies: which documents are compared with which, and the families that come of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from dragoman.extract.sketch import CROWD, MARKS_NEEDED, NEEDED, OF_MARKS, OF_WORDS, SOURCES_NEEDED
from dragoman.record import Citation, Family
from dragoman.resolve.copies import Copy, FamilyDraft, Link, beside, candidates, compare, copy_of, families
from dragoman.resolve.ids import make_id
from dragoman.store.dates import own_page
from dragoman.store.due import take
from dragoman.store.models import BandRow, DocumentRow, FamilyRow, LinkRow, MemberRow
from dragoman.store.queries import delete_rows, rows_of

_FEW = 100
"""Fresh documents up to which it is looked up first which others may make a pair with one."""

_HELD = 2_000
"""Texts that are held at once, prepared for comparing."""


def settle_families(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Compare what came with what may be a copy of it, and make the families anew that this touches.

    Args:
        connection: in a transaction that writes.
        documents: that came.

    Returns: the documents whose family is another now.
    """
    orphans = take(connection, "member")  # who stood for them in comparisons may be gone
    there = {id_ for (id_,) in rows_of(connection, select(DocumentRow.id), DocumentRow.id, {*documents, *orphans})}
    fresh, having = _around(connection, there)
    links = {(first, second): data for first, second, data in _links_of(connection, fresh)}
    copies = _Copies(connection)
    now: dict[tuple[str, str], str] = {}
    for first, second in candidates(_keys(connection, having, fresh), fresh, having):
        if first in there or second in there:
            link = compare(copies.of(first), copies.of(second))
            if link is not None:
                now[first, second] = _dump(link)
        elif (first, second) in links:  # two that were compared before, whatever came beside them
            now[first, second] = links[first, second]
    for first, second in sorted(links.keys() - now.keys()):
        connection.execute(delete(LinkRow).where(LinkRow.first == first, LinkRow.second == second))
    changed = [pair for pair, data in now.items() if links.get(pair) != data]
    for first, second in changed:
        connection.execute(delete(LinkRow).where(LinkRow.first == first, LinkRow.second == second))
    if changed:
        rows = [{"first": first, "second": second, "data": now[first, second]} for first, second in changed]
        connection.execute(insert(LinkRow), rows)
    return _regroup(connection, fresh | orphans, copies)


def _links_of(connection: Connection, documents: set[str]) -> Iterator[tuple[str, str, str]]:
    """The links of some documents; some twice."""
    for column in (LinkRow.first, LinkRow.second):
        yield from rows_of(connection, select(LinkRow.first, LinkRow.second, LinkRow.data), column, documents)


def _having(connection: Connection, bands: set[str]) -> dict[str, list[str]]:
    """For each key the documents that have it, sorted."""
    # In one string for each key: there are keys that nearly all documents have, and a row costs more than an id.
    query = select(BandRow.band, func.aggregate_strings(BandRow.document, " ")).group_by(BandRow.band)
    return {band: sorted(members.split()) for band, members in rows_of(connection, query, BandRow.band, bands)}


def _around(connection: Connection, came: set[str]) -> tuple[set[str], dict[str, list[str]]]:
    """The documents whose pairs can be others now, and who has each of their keys.

    Beside what came these are, of texts that are the same word for word, all (one of them stands for the others), and
    under keys that very many have those that stand next to a new one, or all where they just became very many.
    """
    bands = {band for (band,) in rows_of(connection, select(BandRow.band), BandRow.document, came)}
    having = _having(connection, bands)
    fresh = set(came)
    for band, members in having.items():
        if band.startswith("=") or len(members) > CROWD >= len(set(members) - came):
            fresh.update(members)
        elif len(members) > CROWD and band[0] in OF_WORDS:
            fresh |= beside(members, came)
    if fresh != came:
        more = {band for (band,) in rows_of(connection, select(BandRow.band), BandRow.document, fresh - came)}
        having |= _having(connection, more - bands)
    return fresh, having


def _keys(connection: Connection, having: dict[str, list[str]], fresh: set[str]) -> dict[str, list[str]]:
    """The keys, of those in question, of each document that may make a pair with a fresh one, and its signature."""
    near = _near(having, fresh) if len(fresh) <= _FEW else {document for those in having.values() for document in those}
    whole = select(BandRow.document, BandRow.band).where(
        or_(and_(BandRow.band >= "=", BandRow.band < ">"), BandRow.band >= "~")
    )
    of_whole = list(rows_of(connection, whole, BandRow.document, near))
    same = _having(connection, {band for _, band in of_whole if band[0] == "="})
    more = {document for members in same.values() for document in members} - near
    of_whole += rows_of(connection, whole, BandRow.document, more)
    keys: dict[str, list[str]] = {document: [] for document in near | more}
    for document, band in of_whole:
        keys[document].append(band)
    for band, members in sorted(having.items()):
        if band[0] not in "=~":
            for document in keys.keys() & set(members):
                keys[document].append(band)
    return keys


def _near(having: dict[str, list[str]], fresh: set[str]) -> set[str]:
    """Fresh documents, and those that have as many keys of one sort in common with one as a pair must have, or more.

    Under a key that very many have only those count that stand next to a fresh one. Texts that are the same word for
    word are always near.
    """
    near = set(fresh)
    shared: dict[str, dict[str, list[list[str]]]] = {document: {} for document in fresh}
    for band, members in having.items():
        if band[0] == "=":
            near.update(members)
        elif len(members) > CROWD:
            near |= beside(members, fresh)
        elif band[0] != "~":
            sort = OF_WORDS if band[0] in OF_WORDS else OF_MARKS if band[0] in OF_MARKS else ""
            for document in fresh.intersection(members):
                shared[document].setdefault(sort, []).append(members)
    needed = {OF_WORDS: NEEDED, OF_MARKS: MARKS_NEEDED, "": SOURCES_NEEDED}
    for sorts in shared.values():
        for sort, lists in sorts.items():
            counts: Counter[str] = Counter()
            for members in lists:
                counts.update(members)
            near.update(document for document, count in counts.items() if count >= needed[sort])
    return near


class _Copies:
    """Documents, prepared for comparing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: dict[str, Copy] = {}

    def of(self, document: str) -> Copy:
        """A document, as it is compared."""
        if document not in self._made:
            if len(self._made) >= _HELD:
                self._made.clear()
            # By its own date: dates that others give rest on copies in their turn.
            text, found = own_page(self._connection, document, ("actors", "statements"))
            self._made[document] = copy_of(document, text, found)
        return self._made[document]


def _dump(link: Link) -> str:
    return json.dumps([link.kind, link.passages, link.score, link.earlier, link.source], ensure_ascii=False)


def _load(first: str, second: str, data: str) -> Link:
    kind, passages, score, earlier, source = json.loads(data)
    spans = tuple(((a[0], a[1]), (b[0], b[1])) for a, b in passages)
    return Link(first, second, kind, spans, score, earlier, source)


def _regroup(connection: Connection, touched: set[str], copies: _Copies) -> set[str]:
    """Make the families anew that hang together with these documents.

    Returns: the documents whose family is another now, or another kind of family.
    """
    belong = select(MemberRow.document, MemberRow.family)
    was = dict(rows_of(connection, belong, MemberRow.document, touched))
    was |= dict(rows_of(connection, belong, MemberRow.family, set(was.values())))
    links: dict[tuple[str, str], Link] = {}
    met: set[str] = set()
    frontier = touched | was.keys()
    while frontier:
        met |= frontier
        rows = select(LinkRow.first, LinkRow.second, LinkRow.data)
        reached: set[str] = set()
        for column in (LinkRow.first, LinkRow.second):
            for first, second, data in rows_of(connection, rows, column, frontier):
                if (first, second) not in links:
                    links[first, second] = _load(first, second, data)
                reached |= {first, second}
        frontier = reached - met
    was |= dict(rows_of(connection, belong, MemberRow.document, met))
    kinds = dict(rows_of(connection, select(FamilyRow.id, FamilyRow.data), FamilyRow.id, set(was.values())))
    made = [_family(draft, copies) for draft in families(links.values())]
    delete_rows(connection, FamilyRow.id, kinds)
    delete_rows(connection, MemberRow.family, kinds)
    if made:
        rows_ = [{"id": family.id, "data": family.model_dump_json(by_alias=True)} for family in made]
        connection.execute(insert(FamilyRow), rows_)
        connection.execute(
            insert(MemberRow), [{"document": d, "family": family.id} for family in made for d in family.documents]
        )
    now = {document: family for family in made for document in family.documents}
    before = {document: kinds.get(family) for document, family in was.items()}
    return {
        document
        for document in now.keys() | before.keys()
        if (now[document].model_dump_json(by_alias=True) if document in now else None) != before.get(document)
    }


def _family(draft: FamilyDraft, copies: _Copies) -> Family:
    """A family as the record has it, with the words of its passages."""

    def cited(place: tuple[str, tuple[int, int]]) -> Citation:
        document, (start, end) = place
        return Citation(document=document, start=start, end=end, quote=copies.of(document).text[start:end])

    return Family.model_validate(
        {
            "id": make_id("f", draft.documents[0]),
            "documents": list(draft.documents),
            "kind": draft.kind,
            "first": draft.first,
            "source": draft.source,
            "passages": [[cited(one), cited(other)] for one, other in draft.passages],
        }
    )
