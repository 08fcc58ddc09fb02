"""The JSON API under /api/v1: every part of the record, in pages, with its OpenAPI description."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import PARTS, Entry, Statement
from dragoman.report.asking import Reply
from dragoman.web import filtering
from dragoman.web.asked import Asked
from dragoman.web.asking import reply
from dragoman.web.rendering import page, state_of
from dragoman.web.search import FACETS, Search
from dragoman.web.search import Query as Wanted
from dragoman.web.state import State

router = APIRouter(prefix="/api/v1", tags=["record"])

T = TypeVar("T", bound=Entry)

MOST = 200
HEAVIEST = 250_000
"""Bytes of entries after which an answer ends; one entry is always given."""

DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"

Day = Annotated[str | None, Query(pattern=DAY, description="A day, a month or a year: 2024-06-18, 2024-06, 2024.")]
Limit = Annotated[
    int, Query(ge=1, le=MOST, description="How many entries at most; fewer are given where they are long (see `next`).")
]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to leave out at the beginning.")]
Words = Annotated[str, Query(max_length=200, description="Words that stand in it, in any case.")]
ActorId = Annotated[str | None, Query(max_length=80, description="Only what concerns this actor or who acts for it.")]


class Page(BaseModel, Generic[T]):
    """Some entries of a part; `total` says how many fit in all. `next` is the offset of the entries after these; null
    after the last: where entries are long there are fewer than `limit`, so that no answer has more than about 250 kB.
    """

    total: int
    offset: int
    next: int | None
    entries: list[T]


class Overview(BaseModel):
    """How many entries there are of each part, and the day of the latest document."""

    record: dict[str, int]
    latest: str | None


class Text(BaseModel):
    """A document's stored text: what all citations point into."""

    document: str
    text: str


@router.get("", response_class=HTMLResponse, include_in_schema=False)
def description(request: Request) -> Response:
    """What there is, for people."""
    paths: dict[str, Any] = request.app.openapi()["paths"]
    return page(request, "api.html", state_of(request), paths=paths)


@router.get("/overview")
def overview(request: Request) -> Overview:
    """How much there is."""
    state = state_of(request)
    counts = {part: len(getattr(state, part)) for part in PARTS if part != "statements"}
    return Overview(record=counts | {"statements": sum(state.index.spoken.values())}, latest=state.today)


@router.get("/statements")
def statements(
    request: Request,
    q: Words = "",
    side: ActorId = None,
    speaker: ActorId = None,
    issue: Annotated[str | None, Query(max_length=80)] = None,
    channel: Annotated[str | None, Query(max_length=80)] = None,
    kind: Annotated[str | None, Query(pattern="^(direct|indirect|mixed)$")] = None,
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    document: Annotated[str | None, Query(max_length=80, description="Only those of a document.")] = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[Statement]:
    """Statements, the latest first: full text with stemming, "phrases", facets."""
    state = state_of(request)
    index: Search = state.index
    if document is not None:
        some = index.of_document(document)
        return _page(some[offset : offset + limit], len(some), offset)
    given = {"side": side, "speaker": speaker, "issue": issue, "channel": channel, "kind": kind, "outlet": outlet}
    facets = {name: value for name, value in given.items() if value and name in FACETS}
    first, last = _days(request)
    found = index.find(Wanted(" ".join(q.replace("\x00", " ").split()), facets, first, last), 1, limit, False, offset)
    return _page(found.statements, found.total, offset)


@router.get("/statements/{id}")
def statement(request: Request, id: str) -> Statement:
    """One statement."""
    found = state_of(request).index.one(id)
    if found is None:
        raise HTTPException(404, f"no statement {id}")
    return found


@router.get("/ask")
def ask(
    request: Request, q: Annotated[str, Query(min_length=1, max_length=300, description="A question in plain words.")]
) -> Reply:
    """What answers a question, with its words; without answers the record does not say."""
    return reply(state_of(request), q.replace("\x00", " "))


@router.get("/documents/{id}/text")
def text(request: Request, id: str) -> Text:
    """A document's stored text."""
    try:
        return Text(document=id, text=state_of(request).text(id))
    except KeyError:
        raise HTTPException(404, f"no document {id}") from None


def _days(request: Request) -> tuple[str | None, str | None]:
    asked = Asked(request.query_params)
    first, last = asked.day("since"), asked.day("until", last=True)
    if asked.ignored:
        raise HTTPException(422, asked.ignored[0])
    return first, last


def _page(some: list[T], total: int, offset: int) -> Page[T]:
    """As many of some entries as an answer may weigh."""
    weight, many = 0, 0
    for one in some:
        weight += len(one.model_dump_json(by_alias=True).encode("utf-8", "replace"))
        if many and weight > HEAVIEST:
            break
        many += 1
    after = offset + many
    return Page(total=total, offset=offset, next=after if after < total else None, entries=some[:many])


def _part(part: str, kind: type[Entry]) -> None:
    """The two routes of a part."""

    def several(
        request: Request,
        actor: ActorId = None,
        since: Day = None,
        until: Day = None,
        q: Words = "",
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Any:
        state: State = state_of(request)
        first, last = _days(request)
        found = filtering.entries(state, part, actor, first, last, q.strip())
        return _page(found[offset : offset + limit], len(found), offset)

    def one(request: Request, id: str) -> Any:
        found = getattr(state_of(request), part).get(id)
        if found is None:
            raise HTTPException(404, f"no entry {id} in {part}")
        return found

    several.__name__, one.__name__ = part, f"one_of_{part}"
    several.__doc__ = f"The {part}, in the order of the record."
    one.__doc__ = f"One of the {part} by its id."
    router.add_api_route(f"/{part}", several, methods=["GET"], response_model=Page[kind])  # type: ignore[valid-type]
    router.add_api_route(f"/{part}/{{id}}", one, methods=["GET"], response_model=kind)


for _name, _kind in PARTS.items():
    if _name != "statements":
        _part(_name, _kind)
