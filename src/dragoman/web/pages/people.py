"""People and parties: the list, and one: spellings, roles over time, statements, encounters, positions, agreements."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Actor, Role
from dragoman.report import words
from dragoman.report.stands import Stand
from dragoman.web.asked import Asked
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.search import Query
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 100
SHOWN = 15
PARTS = ("party", "mediator", "host", "supporter", "outside")
KINDS = ("person", "state", "armed_group", "bloc", "organisation", "company", "union", "body")


@router.get("/people", response_class=HTMLResponse)
def people(request: Request) -> Response:
    """All actors: parties first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    part, kind = asked.one("part", PARTS), asked.one("kind", KINDS)
    text, side = asked.text("q").casefold(), asked.text("side")
    number = asked.number("page", 1, 1, 10_000)

    def wanted(a: Actor) -> bool:
        if part not in (None, a.part) or kind not in (None, a.kind):
            return False
        if side and state.side(a.id) != side:
            return False
        return not text or any(text in n.casefold() for n in (*a.names, *(r.title for r in a.roles)))

    found = [a for a in state.actors.values() if wanted(a)]
    return page(
        request,
        "people.html",
        state,
        asked,
        found=found[(number - 1) * SIZE : number * SIZE],
        total=len(found),
        number=number,
        size=SIZE,
        query=asked.given("q", "part", "kind", "side"),
        parts=PARTS,
        kinds=KINDS,
        spoken=state.index.spoken,
        titles=words.titles,
    )


@router.get("/people/{id}", response_class=HTMLResponse)
def actor(request: Request, id: str) -> Response:
    """One actor."""
    state = state_of(request)
    found = state.actors.get(id)
    if found is None:
        return missing(request, state, f"{id}: no actor has this id.")
    head = state.side(id) == id
    members = state.stands.members(id) if head else frozenset({id})
    met = [t for t in state.told.values() if not members.isdisjoint((*_present(t.meeting),))]
    spoken = state.index.find(Query(facets={"side" if head else "speaker": id}), 1, SHOWN, facets=False)
    return page(
        request,
        "actor.html",
        state,
        actor=found,
        head=head,
        side=state.side(id),
        roles=roles(state, found),
        people=[a for a in state.actors.values() if a.id in members and a.id != id],
        statements=spoken,
        met=met[::-1],
        shown=SHOWN,
        stands=stands(state, id) if head else [],
        positions=[p for p in state.positions.values() if id in (p.party, p.teller)][: 3 * SHOWN] if not head else [],
        agreements=[c for c in state.commitments if id in c.parties],
        outlooks=[o for o in state.outlooks.values() if o.holder == id][:SHOWN],
    )


def roles(state: State, found: Actor) -> list[tuple[Role, str | None, str | None]]:
    """An actor's roles with the days of the first and the last document that gives them, in that order."""
    made = []
    for role in found.roles:
        dated = [state.documents[c.document].dated for c in role.citations if c.document in state.documents]
        days = sorted(d.to for d in dated if d)
        made.append((role, days[0] if days else None, days[-1] if days else None))
    return sorted(made, key=lambda one: (one[1] or "9999", one[0].title))


def stands(state: State, party: str) -> list[tuple[str, Stand]]:
    """Where a party stands, issue by issue."""
    matrix = state.matrix
    return [
        (issue, stand)
        for issue in matrix.issues
        if (issue, party) in matrix.cells
        for stand in matrix.cells[issue, party].shown[:3]
    ]


def _present(meeting: object) -> list[str]:
    return [id_ for name in ("parties", "participants", "mediators") for id_ in getattr(meeting, name)]
