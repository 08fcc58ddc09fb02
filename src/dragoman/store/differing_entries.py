"""The entries that are compared with each other, as they come out of a record: each is made once for a conclusion."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, literal, select

from dragoman.extract.findings import DateFound
from dragoman.record import Agreement, Citation, Date, Disagreement, Meeting, Outlook, Position
from dragoman.resolve.claims import Asked, Claim, Compared, as_entry, compare_claims, draft_of, questions_of
from dragoman.resolve.disagreements import (
    Known,
    of_agreement,
    of_agreements,
    of_meeting,
    of_meetings,
    of_outlooks,
    of_positions,
)
from dragoman.resolve.entries import citations, date_of
from dragoman.store.claims import claims_of
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    AgreedActorRow,
    AgreedRow,
    DocumentRow,
    MemberRow,
    OutlookRow,
    PositionRow,
    ProfileRow,
)
from dragoman.store.queries import rows_of
from dragoman.store.reading import entries_with, names_of, sides_of


@dataclass
class Entries:
    """The entries of blocks, each made once."""

    connection: Connection
    _made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _listed: dict[str, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)
    _claimed: dict[str, list[Claim]] = field(default_factory=dict)
    _compared: Compared = field(default_factory=Compared)
    _heard: dict[str, set[str]] = field(default_factory=dict)
    _dated: dict[str, Date | None] = field(default_factory=dict)
    _family: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _looked_up: set[str] = field(default_factory=set)
    _sides: dict[str, str] = field(default_factory=dict)
    _worded: dict[str, dict[str, dict[str, list[Citation]]]] = field(default_factory=dict)

    def prepare(self, asked: Iterable[tuple[str, list[str]]]) -> None:
        """Make what some blocks will ask for, each with its documents, many entries with one query."""
        if len(self._claimed) > _DOCUMENTS:
            self._claimed, self._compared = {}, Compared()
        documents: dict[str, set[str]] = {}
        wanted: dict[str, set[str]] = {}
        claiming: set[str] = set()
        for block, members in asked:
            kind = block.partition("|")[0]
            if kind == "claim":
                claiming.update(members)
            else:
                documents.setdefault(_PART_OF.get(kind, ""), set()).update(members)
        for part, theirs in documents.items():
            self._list(part, theirs)
        for block, members in asked:
            part, ids = self._wanted(block, members)
            wanted.setdefault(part, set()).update(ids)
        for part, ids_ in wanted.items():
            if part:
                self._known(self._some(part, ids_), sorted(documents.get(part, ())))
        self._load_claims(claiming)

    def disagreements(self, block: str, members: list[str]) -> list[Disagreement]:
        """What the entries of some documents in a block differ about."""
        kind, _, rest = block.partition("|")
        if kind == "claim":  # those of one document that gainsay each other
            theirs = self._claims(members)
            answered = {claim.answers for claim in theirs}
            return [as_entry(d) for d in compare_claims(c for c in theirs if c.answers or c.id in answered)]
        part, ids = self._wanted(block, members)
        found = self._some(part, ids) if part else []
        if kind == "meeting":
            return [d for m in found for d in of_meeting(m, self._known([m], members))]
        if kind == "meetings":
            pair = set(rest.split("|"))
            met: list[Meeting] = [m for m in found if pair <= {*m.parties, *m.mediators}]
            return of_meetings(met, self._known(met, members)) if len(met) > 1 else []
        if kind == "agreement":
            return [d for a in found for d in of_agreement(a, self._known(found, members))]
        if kind == "agreements":
            agreed: list[Agreement] = [a for a in found if a.issue == rest]
            return of_agreements(agreed, self._known(agreed, members, named=True)) if len(agreed) > 1 else []
        if kind == "positions":
            sides = self._known(found, members).sides
            side = rest.partition("|")[0]
            stands: list[Position] = [p for p in found if sides.get(p.party, p.party) == side]
            return of_positions(stands, self._known(stands, members, named=True))
        if kind == "outlooks":
            seen: list[Outlook] = found
            return of_outlooks(seen, self._known(seen, members))
        return []

    def _wanted(self, block: str, members: list[str]) -> tuple[str, list[str]]:
        """The kind of entries that a block compares, and which of them may be in it."""
        kind, _, rest = block.partition("|")
        part = _PART_OF.get(kind, "")
        if not part or kind in ("meeting", "agreement"):
            return part, [rest] if part else []
        issue = rest.partition("|")[2] if kind == "positions" else ""
        self._list(part, members)
        told = self._listed[part]
        return part, sorted({id_ for document in members for id_, about in told[document] if about == issue})

    def _list(self, part: str, documents: Iterable[str]) -> None:
        """Look up which entries of a part some documents tell of, and of stands the issue."""
        listed = self._listed.setdefault(part, {})
        missing = [document for document in documents if document not in listed]
        if not missing or part not in _LISTS:
            return
        listed |= {document: [] for document in missing}
        query, column = _LISTS[part]
        for document, id_, about in rows_of(self.connection, query, column, missing):
            if id_:
                listed[document].append((id_, about))

    def questions(
        self, members: list[str], before: list[tuple[str, Asked]], known: set[str]
    ) -> tuple[list[tuple[str, Asked]], list[Disagreement]]:
        """The questions that the claims of some documents answer differently.

        Args:
            members: the documents.
            before: the questions between some of them, as they were found before, each with its disagreement.
            known: these documents, none of whose claims is another now.

        Returns: the questions, each with its disagreement, and those of the disagreements that are not as before.
        """
        theirs = self._claims(members)
        by_id = {claim.id: claim for claim in theirs}
        found = []
        made = []
        # Two questions with all their words in common have one disagreement, which then is made again.
        ids = [id_ for id_, _ in before]
        as_before = {asked: id_ for id_, asked in before if ids.count(id_) == 1}
        for asked in questions_of(theirs, self._compared, (asked for _, asked in before), known):
            id_ = as_before.get(asked)
            if id_ is None:
                made.append(as_entry(draft_of(asked, by_id)))
                id_ = made[-1].id
            found.append((id_, asked))
        return found, made

    def _claims(self, documents: list[str]) -> list[Claim]:
        self._load_claims(documents)
        return [claim for document in documents for claim in self._claimed[document]]

    def _load_claims(self, documents: Iterable[str]) -> None:
        if missing := [document for document in documents if document not in self._claimed]:
            self._claimed |= {document: [] for document in missing}
            for claim in claims_of(self.connection, missing):
                self._claimed[claim.document].append(claim)

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

    def _known(self, entries: Iterable[Any], members: list[str], named: bool = False) -> Known:
        """What is known of documents and actors beside the entries; `named`: also what those are called who are heard.

        Whatever is asked of it depends on the entries and members alone, not on what was asked before.
        """
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
        if unknown := actors - self._looked_up:
            self._looked_up |= unknown
            self._sides |= sides_of(self.connection, unknown)
        return Known(
            dated=self._dated,
            family=self._family,
            names=self._names_in(members) if named else {},
            sides=self._sides,
            words=self._words([entry.id for entry in entries if isinstance(entry, Meeting)]),
        )

    def _names_in(self, members: list[str]) -> dict[str, str]:
        """The names of those who meet, agree or take a stand in some documents."""
        if missing := [document for document in members if document not in self._heard]:
            self._heard |= {document: set() for document in missing}
            met = select(AccountRow.document, ProfileRow.actor).distinct()
            met = met.join(AccountActorRow, AccountActorRow.account == AccountRow.id)
            agreed = select(AgreedRow.document, ProfileRow.actor).distinct()
            agreed = agreed.join(AgreedActorRow, AgreedActorRow.account == AgreedRow.id)
            held = select(PositionRow.document, ProfileRow.actor).distinct()
            for query, model, profile in (
                (met, AccountRow, AccountActorRow.profile),
                (agreed, AgreedRow, AgreedActorRow.profile),
                (held, PositionRow, PositionRow.party),
                (held, PositionRow, PositionRow.teller),
                (held, PositionRow, PositionRow.addressee),
            ):
                named = query.join(ProfileRow, ProfileRow.id == profile)
                for document, actor in rows_of(self.connection, named, model.document, missing):
                    if actor:
                        self._heard[document].add(actor)
        heard = set().union(*(self._heard[document] for document in members))
        if unknown := heard - self._names.keys():
            self._names |= names_of(self.connection, unknown)
        return {actor: self._names[actor] for actor in heard if actor in self._names}

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


_PART_OF = {
    "meeting": "meetings",
    "meetings": "meetings",
    "agreement": "agreements",
    "agreements": "agreements",
    "positions": "positions",
    "outlooks": "outlooks",
}
"""The kind of entries that each kind of block compares."""

_LISTS: dict[str, tuple[Any, Any]] = {
    "meetings": (select(AccountRow.document, AccountRow.meeting, literal("")).distinct(), AccountRow.document),
    "agreements": (select(AgreedRow.document, AgreedRow.agreement, literal("")).distinct(), AgreedRow.document),
    "positions": (select(PositionRow.document, PositionRow.id, PositionRow.issue), PositionRow.document),
    "outlooks": (select(OutlookRow.document, OutlookRow.id, literal("")), OutlookRow.document),
}
"""How the entries of documents are looked up: document, entry, and of a stand its issue."""

_DOCUMENTS = 1_500
"""Documents whose claims are held at once."""

_HELD = 20_000
"""Entries of a part that are held at once."""


def _actors_of(entry: Any) -> Iterator[str]:
    for name in ("parties", "participants", "mediators"):
        yield from getattr(entry, name, ())
    for name in ("party", "teller", "addressee", "holder"):
        actor = getattr(entry, name, None)
        if actor:
            yield actor
