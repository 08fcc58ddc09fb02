"""Encounters for other programs: iCalendar (RFC 5545), and the JSON of TimelineJS."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from dragoman.report import signs, words
from dragoman.report.agreements import Commitment
from dragoman.report.encounters import Told
from dragoman.web.state import State
from dragoman.web.words import visible

_STATUS = {"held": "CONFIRMED", "scheduled": "CONFIRMED", "cancelled": "CANCELLED", "declined": "CANCELLED"}


def calendar(state: State, encounters: Iterable[Told]) -> bytes:
    """The encounters that have a day, as whole days; the same record gives the same bytes.

    Args:
        state: of the record.
        encounters: those wanted.
    """
    made = Calendar()
    made.add("prodid", "-//dragoman//record//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", visible(state.brief.title))
    today = date.fromisoformat(state.today) if state.today else date(1970, 1, 1)
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for told in encounters:
        m = told.meeting
        if m.date is None:
            continue
        event = Event()
        event.add("uid", f"{m.id}@dragoman")
        event.add("dtstamp", stamp)
        event.add("dtstart", date.fromisoformat(m.date.from_))
        event.add("dtend", _after(m.date.to))
        event.add("summary", _flat(f"{m.title} ({told.state})"))
        event.add("status", _STATUS.get(m.status, "TENTATIVE"))
        event.add("transp", "TRANSPARENT")
        where = ", ".join(part for part in (m.venue, m.place, m.country) if part)
        if where:
            event.add("location", _flat(where))
        said = [f"“{_flat(c.quote)}” ({state.label(c.document)})" for c in m.citations[:3]]
        event.add("description", visible("\n".join([*([_flat(m.outcome)] if m.outcome else []), *said])))
        made.add_component(event)
    return bytes(made.to_ical())


def timeline(state: State, encounters: Iterable[Told], agreements: Iterable[Commitment]) -> dict[str, Any]:
    """Encounters and agreements as TimelineJS reads them (timeline.knightlab.com/docs/json-format.html).

    That program takes its texts for HTML, so they are escaped.

    Args:
        state: of the record.
        encounters: those wanted; those without a day have no place in it.
        agreements: those wanted, likewise.
    """
    events: list[dict[str, Any]] = []
    for told in encounters:
        m = told.meeting
        if m.date is not None:
            said = "".join(f"<p>“{_html(c.quote)}”<br>{_html(state.label(c.document))}</p>" for c in m.citations[:3])
            event = {
                "unique_id": m.id,
                "group": m.level,
                "start_date": _parts(m.date.from_),
                "text": {"headline": _html(m.title), "text": f"<p>{_html(told.state)}</p>{said}"},
            }
            if m.date.to != m.date.from_:
                event["end_date"] = _parts(m.date.to)
            events.append(event)
    for c in agreements:
        if c.day:
            status = _html(signs.STATUSES[c.status])
            quote = "".join(f"<p>“{_html(x.quote)}”</p>" for x in c.agreement.citations[:1])
            events.append(
                {
                    "unique_id": c.id,
                    "group": "agreements",
                    "start_date": _parts(c.day),
                    "text": {"headline": _html(c.agreement.content), "text": f"<p>{status}</p>{quote}"},
                }
            )
    return {"title": {"text": {"headline": _html(state.brief.title)}}, "events": events}


def _after(day: str) -> date:
    found = date.fromisoformat(day)
    return found + timedelta(days=1) if found < date.max else found


def _parts(day: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "day": number}


def _flat(text: str) -> str:
    return visible(words.flat(text))


def _html(text: str) -> str:
    return html.escape(_flat(text))
