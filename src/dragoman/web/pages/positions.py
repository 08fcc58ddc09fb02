"""Positions: the matrix, by date, the history of a cell, the gaps between two sides; and one position or outlook."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.report import gaps, positions, signs
from dragoman.report.agreements import ledger
from dragoman.report.measures import between as compared
from dragoman.web.asked import Asked
from dragoman.web.pages.statements import context
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

PARTIES = 8
ISSUES = 40
STEPS = 100
SIZE = 50
ITEMS = {
    "open": "Open: both have spoken, nothing is agreed",
    "agreed": "Agreed",
    "red_line": "Red lines: one rejects what the other wants",
    "gap": "Gaps, from 0 (none) to 1",
    "not_measured": "Not measured",
    "distance": "Distance over all measured issues",
    "moved": "Who moved (more than 0: nearer)",
    "one_sided": "Only one has spoken",
    "talk": "Climate of talk",
}
DIRECTIONS = ("hopeful", "doubtful", "mixed")


@router.get("/positions", response_class=HTMLResponse)
def matrix(request: Request) -> Response:
    """The matrix, as known now or on a day."""
    state = state_of(request)
    asked = Asked(request.query_params)
    at = asked.day("at", last=True)
    stands = state.known(at) if at else state.stands
    made = positions.matrix(stands) if at else state.matrix
    days = sorted({d.dated.to for d in state.documents.values() if d.dated})
    if len(days) > 200:  # a slider has no finer steps than that
        days = [days[n * (len(days) - 1) // 199] for n in range(200)]
    everyone = asked.one("parties", ("all",)) == "all"
    parties = made.parties if everyone else made.parties[:PARTIES]
    return page(
        request,
        "positions.html",
        state,
        asked,
        matrix=made,
        parties=parties[: 4 * PARTIES],
        more=len(made.parties) - len(parties),
        issues=made.issues[:ISSUES],
        at=at,
        days=days,
        step=max((n for n, day in enumerate(days) if at is None or day <= at), default=0),
    )


@router.get("/positions/issue/{issue:path}", response_class=HTMLResponse)
def history(request: Request, issue: str) -> Response:
    """How the stands on an issue went, of all or of one party."""
    state = state_of(request)
    asked = Asked(request.query_params)
    name = positions.issue_named(state.stands, issue)
    if name is None:
        return missing(request, state, f"{issue}: no position is on an issue of that name.")
    party = asked.text("party")
    if party and party not in state.actors:
        asked.ignored.append(f"party: nobody in the record has the id “{party}”")
        party = ""
    only = positions.Only(
        frozenset({state.stands.party_of(party)}) if party else None,
        asked.day("since"),
        asked.day("until", last=True),
        asked.text("q") or None,
    )
    steps = positions.history(state.stands, name, only)
    number = asked.number("page", 1, 1, 10_000)
    return page(
        request,
        "history.html",
        state,
        asked,
        issue=name,
        party=party,
        steps=steps[::-1][(number - 1) * STEPS : number * STEPS],
        total=len(steps),
        number=number,
        size=STEPS,
        query=asked.given("party", "since", "until", "q"),
        parties=[p for p in state.matrix.parties if (name, p) in state.matrix.cells],
        agreements=[c for c in state.commitments if c.agreement.issue == name],
    )


@router.get("/positions/between", response_class=HTMLResponse)
def between(request: Request) -> Response:
    """The gaps between two parties: coverage and bounds, red lines, who moved."""
    state = state_of(request)
    asked = Asked(request.query_params)
    parties = state.matrix.parties
    a, b = (_party(state, asked, name) for name in ("a", "b"))
    a = a or (parties[0] if parties else None)
    b = b or next((p for p in parties if p != a), None)
    at = asked.day("at", last=True)
    if a and a == b:
        asked.ignored.append("a, b: one party is no distance from itself")
        b = None
    rows = []
    if a and b:
        stands = state.known(at) if at else state.stands
        commitments = ledger(state.agreements.values(), stands) if at else state.commitments
        rows = gaps.rows(stands, compared(stands, a, b, commitments, asked.day("since")))
    grouped = {item: some for item in ITEMS if (some := [r for r in rows if r["item"] == item])}
    return page(
        request,
        "between.html",
        state,
        asked,
        a=a,
        b=b,
        parties=parties[:60],
        grouped=grouped,
        items=ITEMS,
        query=asked.given("a", "b", "at", "since"),
    )


@router.get("/positions/{id}", response_class=HTMLResponse)
def position(request: Request, id: str) -> Response:
    """One position."""
    state = state_of(request)
    found = state.positions.get(id)
    if found is None:
        return missing(request, state, f"{id}: no position has this id.")
    first = found.citations[0]
    return page(
        request,
        "position.html",
        state,
        position=found,
        around=context(state, first.document, first.start, first.end),
        statement=state.index.one(found.statement) if found.statement else None,
        questions=[q for q in state.questions if q.entry.about.id == id],
        signs=signs,
    )


@router.get("/outlooks", response_class=HTMLResponse)
def outlooks(request: Request) -> Response:
    """Who thinks that the talks go where."""
    state = state_of(request)
    asked = Asked(request.query_params)
    direction, standing = asked.one("direction", DIRECTIONS), asked.one("standing", ("official", "outside"))
    found = [
        o
        for o in state.outlooks.values()
        if direction in (None, o.direction) and standing in (None, o.standing)
    ]  # fmt: skip
    number = asked.number("page", 1, 1, 10_000)
    return page(
        request,
        "outlooks.html",
        state,
        asked,
        found=found[(number - 1) * SIZE : number * SIZE],
        total=len(found),
        number=number,
        size=SIZE,
        query=asked.given("direction", "standing"),
        directions=DIRECTIONS,
    )


@router.get("/outlooks/{id}", response_class=HTMLResponse)
def outlook(request: Request, id: str) -> Response:
    """One outlook."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = state.outlooks.get(id)
    if found is None:
        return missing(request, state, f"{id}: no outlook has this id.")
    return page(
        request,
        "outlooks.html",
        state,
        asked,
        found=[found],
        total=1,
        number=1,
        size=SIZE,
        query={},
        directions=DIRECTIONS,
    )


def _party(state: State, asked: Asked, name: str) -> str | None:
    given = asked.text(name)
    if not given:
        return None
    if given in state.actors:
        return state.stands.party_of(given)
    found = state.stands.find(given)
    if found is None:
        asked.ignored.append(f"{name}: nobody in the record is called “{given}”")
    return found
