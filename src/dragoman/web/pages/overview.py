"""Overview: who sits at the table, the timeline, the small matrix, what is new, what is not known."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.report import signs, words
from dragoman.report.changes import STANDS, Change
from dragoman.web.asked import Asked
from dragoman.web.charts.timeline import Mark, Window, keys, timeline
from dragoman.web.keeping import UNFINISHED
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.state import State
from dragoman.web.visits import remember, visit
from dragoman.web.words import link, with_query

router = APIRouter(include_in_schema=False)

LANES = {"leaders": "Leaders", "ministers": "Ministers", "delegations": "Delegations", "experts": "Experts"}
AGREED = "Agreements"
ZOOMS = ("all", "year", "month", "week")
SIDES = 4
ISSUES = 8
NEW = 12
_STANCES = {sign: stance for stance, sign in signs.SIGNS.items()}
_SIGN = re.compile(rf"(?<!\S)\(?([{''.join(signs.SIGNS.values())}])\)? ")
_DAYS = {"year": 366, "month": 31, "week": 7}


@router.get("/", response_class=HTMLResponse)
def overview(request: Request) -> Response:
    """The overview."""
    state = state_of(request)
    asked = Asked(request.query_params)
    if not state.documents:
        return page(request, "empty.html", state, asked)
    seen = visit(request, max(state.arrived.values(), default=0))
    fresh, new_documents = _new(state, seen.before)
    zoom, shown = window(state, asked)
    brief = state.brief
    shown_parties = state.matrix.parties[:SIDES]
    answer = page(
        request,
        "overview.html",
        state,
        asked,
        brief=brief,
        unfinished=brief is UNFINISHED,
        sections={s.key: s for s in brief.sections},
        heads=heads(state),
        picture=state.kept("picture", shown, lambda: picture(state, shown)) if shown else None,
        zooms=_zooms(state, zoom, shown),
        zoom=zoom,
        shown=shown,
        keys=keys(),
        undated=undated(state),
        matrix=state.matrix,
        parties=shown_parties,
        issues=[i for i in state.matrix.issues if any((i, p) in state.matrix.cells for p in shown_parties)][:ISSUES],
        changes=[(c, [state.name(p) for p in c.parties], in_words(c.text), in_words(c.before or "")) for c in fresh],
        of_stands=STANDS,
        new_documents=new_documents,
        returning=seen.before is not None,
        signs=signs,
    )
    remember(answer, seen)
    return answer


@router.get("/entry/{id}", response_class=HTMLResponse)
def entry(request: Request, id: str) -> Response:
    """Any entry by its id: leads to its page."""
    address = link(id)
    if address.startswith("/entry/"):
        return missing(request, state_of(request), f"{id}: no entry has such an id.")
    return RedirectResponse(address, 303)


def window(state: State, asked: Asked) -> tuple[str, Window | None]:
    """How far it is zoomed, and the days shown: those around a day (`at`), at first the day of the latest document."""
    zoom = asked.one("zoom", ZOOMS, "all") or "all"
    days = _days(state)
    if not days:
        return zoom, None
    first, last = days
    if zoom == "all":
        spare = max(1, (last - first).days // 50)
        return zoom, Window(_moved(first, -spare), _moved(last, spare))
    at = date.fromisoformat(asked.day("at") or _now(state, first, last).isoformat())
    if zoom == "year":
        return zoom, Window(date(at.year, 1, 1), date(at.year, 12, 31))
    if zoom == "month":
        return zoom, Window(at.replace(day=1), at.replace(day=calendar.monthrange(at.year, at.month)[1]))
    monday = _moved(at, -at.weekday())
    return zoom, Window(monday, _moved(monday, 6))


def picture(state: State, shown: Window) -> Markup:
    """The timeline of a record over some days."""
    marks = state.kept("marks", None, lambda: _marks(state))
    bars = [(state.name(side), state.days[side]) for side in sides(state)]
    today = date.fromisoformat(state.today) if state.today else None
    title = "Encounters, agreements and statements over time"
    return timeline(marks, [*LANES.values(), AGREED], shown, bars, title, today)


def sides(state: State) -> list[str]:
    """The parties with most statements of a known day."""
    parties = [s for s in state.days if s in state.actors and state.actors[s].part == "party"]
    return sorted(parties, key=lambda s: (-sum(state.days[s].values()), s))[:SIDES]


def undated(state: State) -> list[tuple[str, str]]:
    """What has no day, and so no place on the timeline: how much, and the address of a list that has it."""
    told = sum(1 for t in state.told.values() if not t.meeting.date)
    agreed = sum(1 for c in state.commitments if not c.day)
    said = sum(state.index.spoken.values()) - sum(many for _, _, many in state.index.days)
    found = (
        ("encounter", told, "/encounters"),
        ("agreement", agreed, "/agreements"),
        ("statement", said, "/statements"),
    )
    return [(words.count(many, one), address) for one, many, address in found if many]


def heads(state: State) -> dict[str, str]:
    """The ids of the sides at the table by the titles under which the brief has them."""
    found = {}
    for section in state.brief.sections:
        for group in section.groups if section.key in ("parties", "mediators") else ():
            name = group.title
            while name and name.casefold() not in state.named:
                name = name.rpartition(", ")[0] or name.rpartition(" (")[0]
            if name:
                found[group.title] = state.named[name.casefold()]
    return found


def in_words(text: str) -> str:
    """A line on a change with the stance as a word where it has a sign."""
    return _SIGN.sub(lambda found: f"{signs.STANCES[_STANCES[found[1]]]}: ", text, count=1)


def _marks(state: State) -> list[Mark]:
    """All that a timeline can show, whichever days it shows."""
    marks = []
    for told in state.told.values():
        m = told.meeting
        if m.date:
            text = f"{words.when(m.date)}: {words.flat(m.title)}, {told.state}"
            marks.append(Mark(LANES[m.level], *_span(m.date.from_, m.date.to), m.status, text, link(m.id)))
    for c in state.commitments:
        for stage in c.stages:
            day = c.day if stage.status in ("agreed", "in_principle") else stage.day
            if day:
                text = f"{words.day(day)}: {signs.STATUSES[stage.status]}: {words.short(c.agreement.content, 90)}"
                marks.append(Mark(AGREED, *_span(day, day), stage.status, text, link(c.id)))
    return list(dict.fromkeys(marks))


def _days(state: State) -> tuple[date, date] | None:
    """The first and the last day on which something is known."""
    return state.kept("days of all", None, lambda: _first_and_last(state))


def _first_and_last(state: State) -> tuple[date, date] | None:
    found = [day for t in state.told.values() if t.meeting.date for day in (t.meeting.date.from_, t.meeting.date.to)]
    found.extend(c.day for c in state.commitments if c.day)
    found.extend(day for side in sides(state) for day in state.days[side])
    return (date.fromisoformat(min(found)), date.fromisoformat(max(found))) if found else None


def _now(state: State, first: date, last: date) -> date:
    """The day of the latest document, within what is known: where one looks first."""
    return min(max(date.fromisoformat(state.today), first), last) if state.today else last


def _span(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


def _moved(day: date, by: int) -> date:
    """Some days on, within what a date can be."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _zooms(state: State, zoom: str, shown: Window | None) -> dict[str, str | None]:
    """The addresses of other stretches: by zoom, and the ones before and after."""
    if shown is None:
        return {}
    middle = shown.first + timedelta(days=shown.days // 2)
    days = _days(state)
    at = min(max(middle, days[0]), days[1]) if days else middle
    if zoom == "all" and days:
        at = _now(state, *days)
    found: dict[str, str | None] = {
        one: with_query("/", {"zoom": None if one == "all" else one, "at": None if one == "all" else at.isoformat()})
        for one in ZOOMS
    }
    if zoom != "all":
        before, after = _moved(shown.first, -1), _moved(shown.last, 1)
        found["before"] = with_query("/", {"zoom": zoom, "at": before.isoformat()})
        found["after"] = with_query("/", {"zoom": zoom, "at": after.isoformat()})
    return found


def _new(state: State, before: int | None) -> tuple[list[Change], list[str]]:
    """What changed by documents that came since a visit, and these documents; the latest changes where none came."""
    found = state.changes
    if before is None:
        return found[::-1][:NEW], []
    arrived = {id_ for id_, number in state.arrived.items() if number > before}
    fresh = [c for c in found if c.citations and all(x.document in arrived for x in c.citations)]
    documents = sorted(arrived & state.documents.keys(), key=lambda d: -state.arrived[d])
    if not documents:
        return found[::-1][:NEW], []
    return fresh[::-1][:NEW], documents
