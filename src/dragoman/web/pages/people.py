"""People and parties: the list, and one: spellings, roles over time, statements, encounters, positions, agreements."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Actor, Citation, Role
from dragoman.report import words
from dragoman.report.stands import Stand
from dragoman.web.asked import Asked
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.search import Query
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 100
SHOWN = 15
KEPT = 2_000
"""So many actors' titles are kept: of somebody who is named in thousands of documents they take a while."""

FILTERS = ("q", "part", "kind", "side")
PARTS = ("party", "mediator", "host", "supporter", "outside")
KINDS = ("person", "state", "armed_group", "bloc", "organisation", "company", "union", "body")


@dataclass(frozen=True, slots=True)
class Office:
    """A role: its title, where it is held (an actor), the days of the first and last document that give it, words."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    citations: tuple[Citation, ...]


@router.get("/people", response_class=HTMLResponse)
def people(request: Request) -> Response:
    """All actors: parties first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = chosen(state, asked)
    return listing(
        request,
        "people.html",
        state,
        asked,
        found,
        SIZE,
        FILTERS,
        parts=PARTS,
        kinds=KINDS,
        spoken=state.index.spoken,
        titles=lambda a: state.kept("titles", a.id, lambda: words.titles(a.roles), KEPT),
    )


def chosen(state: State, asked: Asked) -> list[Actor]:
    """The actors that a request asks for, in the record's order."""
    part, kind = asked.one("part", PARTS), asked.one("kind", KINDS)
    text, side = asked.text("q").casefold(), asked.text("side")

    def wanted(a: Actor) -> bool:
        if part not in (None, a.part) or kind not in (None, a.kind):
            return False
        if side and state.side(a.id) != side:
            return False
        return not text or any(text in n.casefold() for n in (*a.names, *(r.title for r in a.roles)))

    return [a for a in state.actors.values() if wanted(a)]


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
        roles=offices(state, found),
        people=sorted((state.actors[a] for a in members if a in state.actors and a != id), key=_by_rank),
        statements=spoken,
        met=[t for t in met[::-1] if t.meeting.date] + [t for t in met if not t.meeting.date],
        shown=SHOWN,
        stands=stands(state, id) if head else [],
        positions=[p for p in state.positions.values() if id in (p.party, p.teller)][: 3 * SHOWN] if not head else [],
        agreements=[c for c in state.commitments if id in c.parties],
        outlooks=[o for o in state.outlooks.values() if o.holder == id][:SHOWN],
    )


def offices(state: State, found: Actor) -> list[Office]:
    """An actor's roles in the order in which documents first give them; titles that differ by an article or by capital
    letters alone are one."""
    grouped: dict[tuple[str, str | None], list[Role]] = {}
    for role in found.roles:
        grouped.setdefault((words.bare(role.title).casefold(), role.actor), []).append(role)
    made = []
    for (_, of), some in grouped.items():
        citations = [c for role in some for c in role.citations]
        days = sorted(
            d.dated.to for c in citations if (d := state.documents.get(c.document)) is not None and d.dated is not None
        )
        first, last = (days[0], days[-1]) if days else (None, None)
        made.append(Office(words.bare(some[0].title), of, first, last, tuple(citations)))
    return sorted(made, key=lambda one: (one.first or "9999", one.title))


def stands(state: State, party: str) -> list[tuple[str, Stand]]:
    """Where a party stands, issue by issue."""
    matrix = state.matrix
    return [
        (issue, stand)
        for issue in matrix.issues
        if (issue, party) in matrix.cells
        for stand in matrix.cells[issue, party].shown[:3]
    ]


def _by_rank(actor: Actor) -> tuple[object, ...]:
    return words.standing(actor), actor.name, actor.id


def _present(meeting: object) -> list[str]:
    return [id_ for name in ("parties", "participants", "mediators") for id_ in getattr(meeting, name)]
