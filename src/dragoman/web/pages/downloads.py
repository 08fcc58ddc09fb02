"""Downloads: every table as CSV and JSON, encounters for calendars and TimelineJS, the brief, the whole record."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from types import SimpleNamespace
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from dragoman.record import PARTS, SCHEMA, Entry
from dragoman.report import brief_html
from dragoman.report.csv_parts import write_part
from dragoman.report.export import plain
from dragoman.report.source import Source
from dragoman.web import filtering
from dragoman.web.asked import Asked
from dragoman.web.calendars import calendar, timeline
from dragoman.web.pages.encounters import chosen
from dragoman.web.pages.statements import PARAMETERS
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SOME = 500
"""Entries that are written at a time."""


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
    made = calendar(state, chosen(state, Asked(request.query_params)))
    return Response(made, media_type="text/calendar; charset=utf-8", headers=_attached("encounters.ics"))


@router.get("/downloads/timeline.json")
def timeline_json(request: Request) -> Response:
    """Encounters and agreements for TimelineJS."""
    state = state_of(request)
    return JSONResponse(
        timeline(state, chosen(state, Asked(request.query_params))), headers=_attached("timeline.json")
    )  # fmt: skip


@router.get("/downloads/brief.html")
def brief(request: Request) -> Response:
    """The brief as one file; it has its styles in it, so it is to be saved, not shown here."""
    made = brief_html.rendered(state_of(request).brief)
    return HTMLResponse(made.encode("utf-8", "replace"), headers=_attached("brief.html"))


@router.get("/downloads/record.json")
def record(request: Request) -> Response:
    """The whole record, dragoman-record/1."""
    return StreamingResponse(
        _record(state_of(request)), media_type="application/json", headers=_attached("record.json")
    )  # fmt: skip


@router.get("/downloads/{part}.{form}")
def table(request: Request, part: str, form: str) -> Response:
    """A part as CSV or JSON; statements and encounters as far as they fit the parameters of their page."""
    state = state_of(request)
    if part not in PARTS or form not in ("csv", "json"):
        return missing(request, state, f"{part}.{form}: no such table.")
    some = _entries(state, part, Asked(request.query_params))
    name = _attached(f"{part}.{form}")
    if form == "json":
        return StreamingResponse(_json(some), media_type="application/json", headers=name)
    return StreamingResponse(_csv(state, part, some), media_type="text/csv; charset=utf-8", headers=name)


def _entries(state: State, part: str, asked: Asked) -> Iterator[Entry]:
    since, until = asked.day("since"), asked.day("until", last=True)
    if part == "statements":
        query = filtering.statements(state, asked.given(*PARAMETERS), since, until)
        number = 1
        while found := state.index.find(query, number, SOME, facets=False).statements:
            yield from found
            number += 1
    elif part == "meetings":
        yield from (told.meeting for told in chosen(state, asked))
    else:
        yield from filtering.entries(state, part, asked.text("actor") or None, since, until, asked.text("q"))


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
