"""Ask: a question in plain words, answered with entries and their words, or with "the record does not say"."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.web.asked import Asked
from dragoman.web.asking import links, reply
from dragoman.web.rendering import page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)


@router.get("/ask", response_class=HTMLResponse)
def ask(request: Request) -> Response:
    """The question, and the answer."""
    state = state_of(request)
    asked = Asked(request.query_params)
    question = asked.text("q")
    made = reply(state, question) if question else None
    return page(
        request,
        "ask.html",
        state,
        asked,
        question=question,
        reply=made,
        links=links(state, made) if made else [],
        examples=examples(state),
    )


def examples(state: State) -> list[str]:
    """Questions that this record may answer."""
    parties = [state.name(p) for p in state.matrix.parties[:2]]
    return [
        *(f"What did {name} demand?" for name in parties[:1]),
        *(f"What has {name} rejected?" for name in parties[1:2]),
        *(f"What divides {parties[0]} and {name}?" for name in parties[1:2]),
        "Who led the delegations?",
        "Who mediates?",
        "What was agreed?",
        "When is the next meeting?",
        "What changed last?",
    ]
