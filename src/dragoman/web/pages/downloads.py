"""Downloads: every table as CSV and JSON, encounters for calendars and TimelineJS, the brief, the whole record."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from types import SimpleNamespace
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from dragoman.record import PARTS, SCHEMA, Entry
from dragoman.report import brief_html, brief_pdf, rows
from dragoman.report.csv_parts import write_part
from dragoman.report.export import plain
from dragoman.report.page import Brief
from dragoman.report.source import Source
from dragoman.web import choosing, tables
from dragoman.web.asked import Asked
from dragoman.web.calendars import calendar, timeline
from dragoman.web.keeping import UNFINISHED, NotReadyError
from dragoman.web.pages import agreements, disagreements, documents, encounters, people, sources, statements
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SOME = 500
"""Entries that are written at a time."""

CHOSEN: Mapping[str, Callable[[State, Asked], Iterable[Entry]]] = {
    "documents": documents.chosen,
    "actors": people.chosen,
    "meetings": lambda state, asked: (told.meeting for told in encounters.chosen(state, asked)),
    "positions": choosing.taken,
    "agreements": lambda state, asked: (c.agreement for c in agreements.chosen(state, asked)),
    "outlooks": choosing.outlooks,
    "disagreements": lambda state, asked: (question.entry for question in disagreements.chosen(state, asked)),
    "families": lambda state, asked: sources.families(state, asked.text("outlet")),
}
"""What a request asks for of each part but statements, by the parameters of its page and in the order of that page."""


@router.get("/downloads", response_class=HTMLResponse)
def downloads(request: Request) -> Response:
    """What there is to take away."""
    state = state_of(request)
    counts = {part: len(getattr(state, part)) for part in PARTS if part != "statements"}
    counts["statements"] = sum(state.index.spoken.values())
    return page(request, "downloads.html", state, parts={part: counts[part] for part in PARTS})


@router.get("/downloads/encounters.ics")
def encounters_ics(request: Request) -> Response:
    """Encounters as iCalendar; takes the parameters of the page of encounters."""
    state = state_of(request)
    made = calendar(state, encounters.chosen(state, Asked(request.query_params)))
    return Response(made, media_type="text/calendar; charset=utf-8", headers=_attached("encounters.ics"))


@router.get("/downloads/timeline.json")
def timeline_json(request: Request) -> Response:
    """Encounters and agreements for TimelineJS; takes the parameters of the page of encounters.

    Agreements are narrowed by those that they have too; of encounters of a kind, level or status there are none.
    """
    state, asked = state_of(request), Asked(request.query_params)
    agreed = [] if asked.given("kind", "level", "status") else agreements.chosen(state, asked)
    made = timeline(state, encounters.chosen(state, asked), agreed)
    return JSONResponse(made, headers=_attached("timeline.json"))


@router.get("/downloads/brief.html")
def brief(request: Request) -> Response:
    """The brief as one file; it has its styles in it, so it is to be saved, not shown here."""
    made = brief_html.rendered(_brief(state_of(request)))
    return HTMLResponse(made.encode("utf-8", "replace"), headers=_attached("brief.html"))


@router.get("/downloads/brief.pdf")
def brief_as_pdf(request: Request) -> Response:
    """The brief for paper."""
    state = state_of(request)
    made = state.kept("pdf", "brief", lambda: brief_pdf.rendered(_brief(state)))
    return Response(made, media_type="application/pdf", headers=_attached("brief.pdf"))


@router.get("/downloads/record.json")
def record(request: Request) -> Response:
    """The whole record, dragoman-record/1."""
    return StreamingResponse(
        _record(state_of(request)), media_type="application/json", headers=_attached("record.json")
    )  # fmt: skip


@router.get("/downloads/{part}.{form}")
def table(request: Request, part: str, form: str) -> Response:
    """A part of the record, or a table of a page, as CSV or JSON; takes the parameters of its page."""
    state, asked = state_of(request), Asked(request.query_params)
    name = _attached(f"{part}.{form}")
    if form in ("csv", "json") and (made := tables.made(part, state, asked)) is not None:
        out = io.StringIO(newline="")
        rows.write(made.rows, made.columns, form, out)
        kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
        return Response(out.getvalue().encode("utf-8", "replace"), media_type=kind, headers=name)
    if part not in PARTS or form not in ("csv", "json"):
        return missing(request, state, f"{part}.{form}: no such table.")
    some = iter(_entries(state, part, asked))
    if form == "json":
        return StreamingResponse(_json(some), media_type="application/json", headers=name)
    return StreamingResponse(_csv(state, part, some), media_type="text/csv; charset=utf-8", headers=name)


def _brief(state: State) -> Brief:
    """The brief. Raises NotReadyError as long as it is still being put together."""
    made = state.brief
    if made is UNFINISHED:
        raise NotReadyError(len(state.documents), len(state.documents))
    return made


def _entries(state: State, part: str, asked: Asked) -> Iterable[Entry]:
    return _statements(state, asked) if part == "statements" else CHOSEN[part](state, asked)


def _statements(state: State, asked: Asked) -> Iterator[Entry]:
    query = statements.wanted(asked)
    offset = 0
    while found := state.index.find(query, size=SOME, facets=False, offset=offset).statements:
        yield from found
        offset += SOME


def _csv(state: State, part: str, some: Iterator[Entry]) -> Iterator[str]:
    first = True
    while True:
        chunk = list(islice(some, SOME))
        if not chunk and not first:
            return
        out = io.StringIO(newline="")
        write_part(cast(Source, SimpleNamespace(**{part: chunk})), part, out, state.actors)  # it asks for nothing else
        text = out.getvalue()
        yield text if first else text.partition("\r\n")[2]
        first = False


def _json(some: Iterable[Entry]) -> Iterator[str]:
    before = "["
    for entry in some:
        yield f"{before}\n{json.dumps(plain(entry), ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _record(state: State) -> Iterator[str]:
    yield f'{{"schema": {json.dumps(SCHEMA)}'
    for part in PARTS:
        some: Iterable[Entry] = state.index.all() if part == "statements" else getattr(state, part).values()
        yield f',\n"{part}": '
        yield from _json(some)
    yield "}\n"


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
