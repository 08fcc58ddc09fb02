"""Claims: how they are kept, and how they come back with the actors that the record knows."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from dragoman.extract.findings import ClaimFound, Findings
from dragoman.resolve.claims import Claim
from dragoman.resolve.entries import citations, quotes
from dragoman.resolve.ids import Numbered
from dragoman.store.models import ActorRow, ClaimRow, DocumentRow, KeyRow, LocalActorRow, MemberRow, ProfileRow
from dragoman.store.queries import rows_of

_CLAIM = TypeAdapter(ClaimFound)


def add_claims(row: Callable[..., None], document: str, text: str, found: Findings, numbered: Numbered) -> None:
    """Make the rows for the claims of one document, and for the keys under which they are compared.

    Args:
        row: takes a model and the values of its columns.
        document: its id.
        text: its stored text.
        found: what was found in it.
        numbered: makes the document's ids.
    """
    ids = [numbered.make_id("c", document, claim.kind, claim.spans) for claim in found.claims]
    # One that gainsays another of its document is compared with it, whatever keys the two have.
    paired = {number for number, claim in enumerate(found.claims) if claim.answers is not None}
    paired |= {claim.answers for claim in found.claims if claim.answers is not None}
    for number, (id_, claim) in enumerate(zip(ids, found.claims, strict=True)):
        quoted = [list(quote[1:]) for quote in quotes(document, text, claim.spans)]
        if not quoted:
            continue
        data = dataclasses.asdict(claim) | {
            "quotes": quoted,
            "answered": None if claim.answers is None else ids[claim.answers],
        }
        row(ClaimRow, id=id_, document=document, data=json.dumps(data, ensure_ascii=False, separators=(",", ":")))
        keys = {*claim.keys, within(document)} if number in paired else set(claim.keys)
        for key in sorted(keys):
            row(KeyRow, kind="claim", key=key, owner=id_, document=document)


def within(document: str) -> str:
    """The key of the claims of one document that gainsay one another."""
    return f"@{document}"


def claims_of(connection: Connection, documents: Iterable[str]) -> list[Claim]:
    """The claims of some documents, in the order of their ids."""
    wanted = sorted(set(documents))
    local: dict[str, dict[int, str]] = {}
    parties: dict[str, set[str]] = {}
    actors = (
        select(LocalActorRow.document, LocalActorRow.position, ProfileRow.actor, ActorRow.part, ActorRow.kind)
        .join(ProfileRow, ProfileRow.id == LocalActorRow.profile)
        .join(ActorRow, ActorRow.id == ProfileRow.actor)
    )
    for document, position, actor, part, kind in rows_of(connection, actors, LocalActorRow.document, wanted):
        local.setdefault(document, {})[position] = actor
        if part == "party" and kind != "person":
            parties.setdefault(document, set()).add(actor)
    about = select(DocumentRow.id, DocumentRow.dated_from, DocumentRow.dated_to, MemberRow.family).outerjoin(
        MemberRow, MemberRow.document == DocumentRow.id
    )
    known = {row[0]: row[1:] for row in rows_of(connection, about, DocumentRow.id, wanted)}
    found = []
    for id_, document, data in rows_of(
        connection, select(ClaimRow.id, ClaimRow.document, ClaimRow.data), ClaimRow.document, wanted
    ):
        told: dict[str, Any] = json.loads(data)
        quoted, answered = told.pop("quotes"), told.pop("answered")
        claim = _CLAIM.validate_python(told)
        first, last, family = known[document]
        names = local.get(document, {})
        found.append(
            Claim(
                id=id_,
                document=document,
                found=claim,
                citations=tuple(citations((document, start, end, quote) for start, end, quote in quoted)),
                actors=frozenset(names[i] for i in claim.actors if i in names),
                teller=None if claim.teller is None else names.get(claim.teller),
                parties=frozenset(parties.get(document, ())),
                dated=(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
                answers=answered,
                family=family,
                cast=frozenset(names.values()),
            )
        )
    return sorted(found, key=lambda claim: claim.id)
