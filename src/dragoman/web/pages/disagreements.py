"""Disagreements: side by side, by kind; which sources stand on which side."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.report.disagreements import Question
from dragoman.web.asked import Asked
from dragoman.web.pages.statements import context
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 25
VOICES = 12
KINDS = {
    "conflict": "cannot both be so",
    "revision": "a later word replaces an earlier one",
    "framing": "the same, named otherwise",
}
FILTERS = ("q", "kind", "actor", "since", "until")


@router.get("/disagreements", response_class=HTMLResponse)
def disagreements(request: Request) -> Response:
    """The questions that are answered differently, the weightiest first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = chosen(state, asked)
    return listing(
        request,
        "disagreements.html",
        state,
        asked,
        found,
        SIZE,
        FILTERS,
        kinds=KINDS,
    )


def chosen(state: State, asked: Asked) -> list[Question]:
    """The questions that a request asks for, the weightiest first."""
    kind, actor, text = asked.one("kind", KINDS), asked.text("actor"), asked.text("q")
    since, until = asked.day("since"), asked.day("until", last=True)
    if actor and actor not in state.actors:
        asked.ignored.append(f"actor: nobody in the record has the id “{actor}”")
        actor = ""
    if actor or text or since or until:
        return state.differences.narrowed(state.questions, kind, actor or None, since, until, text or None)
    return [q for q in state.questions if kind in (None, q.entry.kind)]


@router.get("/disagreements/{id}", response_class=HTMLResponse)
def disagreement(request: Request, id: str) -> Response:
    """One question: its answers with their words in their places."""
    state = state_of(request)
    found = next((q for q in state.asked_of.get(id, ()) if q.id == id), None)
    if found is None:
        return missing(request, state, f"{id}: no disagreement has this id.")
    around = {
        (c.document, c.start, c.end): context(state, c.document, c.start, c.end, 160)
        for said in found.answers
        for voice in said.voices[:VOICES]
        for c in voice.citations[:1]
    }
    about = found.entry.about
    return page(
        request,
        "disagreement.html",
        state,
        question=found,
        around=around,
        voices=VOICES,
        about=about if about.kind != "claim" else None,
        kinds=KINDS,
    )
