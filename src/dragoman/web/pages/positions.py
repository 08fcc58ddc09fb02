"""Positions: the matrix, by date, the history of a cell, the gaps between two sides; and one position or outlook."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.report import positions, signs
from dragoman.report.measures import ENOUGH_COVERAGE, ENOUGH_ISSUES, Pair
from dragoman.web import choosing
from dragoman.web.asked import Asked
from dragoman.web.charts.svg import bar
from dragoman.web.pages.statements import context
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.words import with_query

router = APIRouter(include_in_schema=False)

PARTIES = 6
ISSUES = 40
STEPS = 100
SIZE = 50


@router.get("/positions", response_class=HTMLResponse)
def matrix(request: Request) -> Response:
    """The matrix, as known now or on a day.

    A slider gives the number of a day: `step`, and `was` as it stood before. Where it was moved it counts, else the
    date beside it (without scripts neither knows of the other); it leads on to the address of that day.
    """
    state = state_of(request)
    asked = Asked(request.query_params)
    days = sorted({d.dated.to for d in state.documents.values() if d.dated})
    if len(days) > 200:  # a slider has no finer steps than that
        days = [days[n * (len(days) - 1) // 199] for n in range(200)]
    step = asked.number("step", -1, 0, len(days) - 1) if days else -1
    if step >= 0:
        moved = step != asked.number("was", -1, -1, len(days))
        day = days[step] if moved else asked.day("at", last=True)
        given = {"at": None if day and day >= days[-1] else day, "parties": asked.one("parties", ("all",))}
        return RedirectResponse(with_query("/positions", given), 303)
    stands, made = choosing.known(state, asked)
    at = stands.at
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
        asked_all=everyone,
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
    party, steps = choosing.course(state, asked, name)
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
    found = choosing.comparison(state, asked)
    return page(
        request,
        "between.html",
        state,
        asked,
        a=found.a,
        b=found.b,
        parties=state.matrix.parties[:60],
        made=found.made,
        apart=apart,
        bar=bar,
        needed=(ENOUGH_ISSUES, round(100 * ENOUGH_COVERAGE)),
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
        questions=[q for q in state.asked_of.get(id, ()) if q.entry.about.id == id],
        signs=signs,
    )


@router.get("/outlooks", response_class=HTMLResponse)
def outlooks(request: Request) -> Response:
    """Who thinks that the talks go where."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = choosing.outlooks(state, asked)
    return listing(
        request,
        "outlooks.html",
        state,
        asked,
        found,
        SIZE,
        ("direction", "standing"),
        directions=choosing.DIRECTIONS,
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
        directions=choosing.DIRECTIONS,
    )


def apart(pair: Pair) -> str:
    """What the figure of a gap is made from, in words."""
    far = pair.apart
    if far.how == "stance":
        first, second = (signs.STANCES[stand.stance] for stand in (pair.first, pair.second))
        return f"one {first}, the other {second}, and both speak of the same thing"
    if far.how == "option" or far.unit is None or far.span is None:
        return "each names another thing"
    ours, theirs = (_numbers(stand.gist.amounts[far.unit]) for stand in (pair.first, pair.second))
    zone = f"; both could live with {_numbers(far.zone)}" if far.zone else ""
    return f"{ours} against {theirs} {far.unit}; all that was ever named lies within {_numbers(far.span)}{zone}"


def _numbers(of: tuple[float, float]) -> str:
    low, high = map(signs.number, of)
    return low if low == high else f"{low}–{high}"
