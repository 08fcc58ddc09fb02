"""Encounters: the list, and one: delegations by rank, place, status, outcome, what each document says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Actor, Meeting, MeetingAccount
from dragoman.report import words
from dragoman.report.disagreements import Question, beside
from dragoman.report.encounters import Told
from dragoman.web.asked import Asked
from dragoman.web.charts.map import town, town_map
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 60
STATUSES = ("held", "scheduled", "proposed", "postponed", "cancelled", "declined")
LEVELS = ("leaders", "ministers", "delegations", "experts")
KINDS = ("talks", "trilateral", "call", "visit", "summit", "forum")
FILTERS = ("q", "status", "level", "kind", "actor", "since", "until", "order")
ACCOUNTS = 40


@dataclass(frozen=True, slots=True)
class Delegation:
    """A side at an encounter: whom it is, and its people there, the highest in rank first, with their roles; `part` is
    what it does there: "party", "mediator", or "" for those who came of neither."""

    side: str | None
    people: tuple[tuple[Actor, str], ...]
    part: str = "party"


@router.get("/encounters", response_class=HTMLResponse)
def encounters(request: Request) -> Response:
    """The list, the latest first; those without a day at the end."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = chosen(state, asked)
    return listing(
        request,
        "encounters.html",
        state,
        asked,
        found,
        SIZE,
        FILTERS,
        statuses=STATUSES,
        levels=LEVELS,
        kinds=KINDS,
        sides=_sides(state),
    )


@router.get("/encounters/{id}", response_class=HTMLResponse)
def encounter(request: Request, id: str) -> Response:
    """One encounter."""
    state = state_of(request)
    told = state.told.get(id)
    if told is None:
        return missing(request, state, f"{id}: no encounter has this id.")
    m = told.meeting
    order = list(state.told)
    at = order.index(id)
    return page(
        request,
        "encounter.html",
        state,
        told=told,
        meeting=m,
        delegations=delegations(state, m),
        agreements=[c for c in state.commitments if c.agreement.meeting == id],
        questions=questions_beside(state, m),
        accounts=m.accounts[:ACCOUNTS],
        further=lambda account: further(state, account),
        before=state.told[order[at - 1]] if at else None,
        after=state.told[order[at + 1]] if at + 1 < len(order) else None,
        map=where_it_was(state, m),
    )


def chosen(state: State, asked: Asked) -> list[Told]:
    """The encounters that a request asks for, in the order that it asks for."""
    status, level, kind = asked.one("status", STATUSES), asked.one("level", LEVELS), asked.one("kind", KINDS)
    since, until = asked.day("since"), asked.day("until", last=True)
    text = asked.text("q").casefold()
    who = asked.text("actor")
    members = state.stands.members(who) if who in state.actors else None
    if who and members is None:
        asked.ignored.append(f"actor: nobody in the record has the id “{who}”")

    def wanted(told: Told) -> bool:
        m = told.meeting
        if status not in (None, m.status) or level not in (None, m.level) or kind not in (None, m.kind):
            return False
        if (since or until) and m.date is None:
            return False
        if m.date and ((since and m.date.to < since) or (until and m.date.from_ > until)):
            return False
        if members is not None and members.isdisjoint({*m.parties, *m.participants, *m.mediators}):
            return False
        said = (m.title, m.place or "", m.country or "", m.venue or "", m.outcome or "")
        return not text or text in " ".join(said).casefold() or any(text in c.quote.casefold() for c in m.citations)

    found = [told for told in state.told.values() if wanted(told)]
    if asked.one("order", ("newest", "oldest"), "newest") == "oldest":
        return found
    dated = [t for t in found if t.meeting.date]
    return dated[::-1] + [t for t in found if not t.meeting.date]


def delegations(state: State, meeting: Meeting) -> list[Delegation]:
    """The sides of an encounter, parties first, then mediators, each with its people by rank; then people of others."""
    people: dict[str | None, list[Actor]] = {}
    sides = [*meeting.parties, *(m for m in meeting.mediators if m not in meeting.parties)]
    for id_ in meeting.participants:
        actor = state.actors.get(id_)
        if actor is None:
            continue
        side = state.side(id_)
        owner = next((s for s in sides if side in (s, state.side(s))), None)
        people.setdefault(owner or (side if side != id_ else None), []).append(actor)
    made = [
        Delegation(side, _ranked(people.pop(side, ())), "party" if side in meeting.parties else "mediator")
        for side in sides
    ]
    others = sorted(people.items(), key=lambda one: (one[0] is None, state.name(one[0])))
    return made + [Delegation(side, _ranked(some), "") for side, some in others]


def further(state: State, account: MeetingAccount) -> list[str]:
    """What a document says of an encounter beyond when and where: round, duration, who was there, what came of it."""
    there = [state.name(a) for a in (*account.participants, *account.mediators)]
    said = [
        f"round {account.round}" if account.round else "",
        words.span_of_time(account.duration_minutes) if account.duration_minutes else "",
        f"there: {words.listing(list(dict.fromkeys(there)), 6)}" if there else "",
        f"outcome: {words.flat(account.outcome)}" if account.outcome else "",
    ]
    return [one for one in said if one]


def where_it_was(state: State, meeting: Meeting) -> Markup | None:
    """The map of an encounter's place, where it is plain which town is meant."""
    found = town(meeting.place, meeting.country)
    return state.kept("map", found, lambda: town_map(found)) if found is not None else None


def questions_beside(state: State, entry: Meeting) -> list[Question]:
    """What is told differently of an entry."""
    ids = {d.id for d in beside(entry, state.disagreements.values())}
    return [q for q in state.questions if q.id in ids]


def _ranked(people: Iterable[Actor]) -> tuple[tuple[Actor, str], ...]:
    ordered = sorted(people, key=lambda a: (words.standing(a), a.name, a.id))
    return tuple((a, "; ".join(words.titles(a.roles))) for a in ordered)


def _sides(state: State) -> list[str]:
    """The parties and mediators that speak for themselves, by name."""
    heads = [a for a in state.actors.values() if a.part in ("party", "mediator") and state.side(a.id) == a.id]
    return [a.id for a in sorted(heads[:60], key=lambda a: (a.part != "party", a.name))]
