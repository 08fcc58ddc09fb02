"""Agreements: the ledger with quantities, deadlines and status steps; and one agreement."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.report import words
from dragoman.report.agreements import Commitment, implementation
from dragoman.report.disagreements import beside
from dragoman.web.asked import Asked
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 50
STATUSES = ("in_principle", "agreed", "implemented", "partly_implemented", "breached", "lapsed", "denied")
FILTERS = ("q", "status", "issue", "actor", "since", "until")


@router.get("/agreements", response_class=HTMLResponse)
def agreements(request: Request) -> Response:
    """The ledger, the latest first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = chosen(state, asked)
    return listing(
        request,
        "agreements.html",
        state,
        asked,
        found,
        SIZE,
        FILTERS,
        statuses=STATUSES,
        issues=sorted({c.agreement.issue for c in state.commitments}),
        kept=implementation(found),
        fate=fate,
        deadline=lambda c: deadline(state, c),
    )


def chosen(state: State, asked: Asked) -> list[Commitment]:
    """The agreements that a request asks for, the latest first; those without a day at the end."""
    status, text, issue = asked.one("status", STATUSES), asked.text("q").casefold(), asked.text("issue")
    since, until = asked.day("since"), asked.day("until", last=True)
    party = asked.text("actor")
    who = state.stands.party_of(party) if party in state.actors else None
    if party and who is None:
        asked.ignored.append(f"actor: nobody in the record has the id “{party}”")

    def wanted(c: Commitment) -> bool:
        if status not in (None, c.status) or (issue and c.agreement.issue != issue) or (who and who not in c.parties):
            return False
        days = [day for day in (c.day, *(s.day for s in c.stages)) if day]
        if (since or until) and not any((since or "") <= day <= (until or "9999") for day in days):
            return False
        return (
            not text or text in "\n".join([c.agreement.content, *(x.quote for x in c.agreement.citations)]).casefold()
        )

    found = [c for c in state.commitments if wanted(c)]
    return [c for c in found if c.day][::-1] + [c for c in found if not c.day]


@router.get("/agreements/{id}", response_class=HTMLResponse)
def agreement(request: Request, id: str) -> Response:
    """One agreement."""
    state = state_of(request)
    found = next((c for c in state.commitments if c.id == id), None)
    if found is None:
        return missing(request, state, f"{id}: no agreement has this id.")
    ids = {d.id for d in beside(found.agreement, state.disagreements.values())}
    return page(
        request,
        "agreement.html",
        state,
        c=found,
        said=fate(found),
        left=deadline(state, found),
        questions=[q for q in state.questions if q.id in ids],
    )


def fate(c: Commitment) -> str:
    """What is known of an agreement beyond its status: who denies it, and whether anybody says that it is kept."""
    said = []
    if c.disputed:
        said.append("others tell of it" if c.status == "denied" else "denied by some")
    if c.unknown:
        said.append(
            "no word on whether it is kept" + (f", for {words.count(c.unknown_days, 'day')}" if c.unknown_days else "")
        )
    return "; ".join(said)


def deadline(state: State, c: Commitment) -> str:
    """How far its deadline is from the day of the latest document; nothing where it has none."""
    until = c.agreement.until
    if until is None or state.today is None:
        return ""
    days = (date.fromisoformat(until.to) - date.fromisoformat(state.today)).days
    if days < 0:
        return f"{words.count(-days, 'day')} past at the latest document"
    return f"{words.count(days, 'day')} left at the latest document" if days else "the day of the latest document"
