"""Statements: search as one types, facets with counts; and one statement with what rests on it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Outlook, Position
from dragoman.report import signs, words
from dragoman.web.asked import Asked
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.search import FACETS, OTHERS, Query
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 50
FACET_NAMES = {
    "side": "Side",
    "speaker": "Speaker",
    "issue": "Issue",
    "channel": "Channel",
    "kind": "Kind",
    "outlet": "Outlet",
    "year": "Year",
}
PARAMETERS = ("q", *FACETS, "since", "until", "order")


@router.get("/statements", response_class=HTMLResponse)
def statements(request: Request) -> Response:
    """The statements that fit, the latest first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    number = asked.number("page", 1, 1, 100_000)
    query = wanted(asked)
    found = state.index.find(query, number, SIZE)
    return page(
        request,
        "statements.html",
        state,
        asked,
        found=found,
        total=found.total,
        number=number,
        size=SIZE,
        query=asked.given(*PARAMETERS),
        facet_names=FACET_NAMES,
        label=lambda facet, value: label(state, facet, value),
    )


@router.get("/statements/{id}", response_class=HTMLResponse)
def statement(request: Request, id: str) -> Response:
    """One statement: its words in their place, the positions and outlooks that rest on it."""
    state = state_of(request)
    found = state.index.one(id)
    if found is None:
        return missing(request, state, f"{id}: no statement has this id.")
    return page(
        request,
        "statement.html",
        state,
        statement=found,
        around=context(state, found.document, found.content[0].start, found.content[-1].end),
        positions=[p for p in state.resting.get(id, ()) if isinstance(p, Position)],
        outlooks=[o for o in state.resting.get(id, ()) if isinstance(o, Outlook)],
    )


def wanted(asked: Asked) -> Query:
    """The search that a request asks for."""
    return Query(
        text=asked.text("q"),
        facets=asked.given(*FACETS),
        since=asked.day("since"),
        until=asked.day("until", last=True),
        newest=asked.one("order", ("newest", "oldest"), "newest") == "newest",
    )


def label(state: State, facet: str, value: str) -> str:
    """The value of a facet in words."""
    if value == OTHERS:
        return {"side": "of no side", "speaker": "nobody known"}.get(facet, "not said")
    if facet in ("side", "speaker"):
        return state.name(value)
    return signs.issue(value) if facet == "issue" else words.flat(value).replace("_", " ")


def context(state: State, document: str, start: int, end: int, around: int = 240) -> tuple[str, str, str]:
    """A stretch of a text with some of what stands before and after it; empty where the text is gone."""
    try:
        text = state.text(document)
    except KeyError:
        return "", "", ""
    return text[max(0, start - around) : start], text[start:end], text[end : end + around]
