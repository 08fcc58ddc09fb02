"""Entries of a part that a request to the API asks for; positions also for downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dragoman.record import Date, Document, Entry, Statement
from dragoman.web.entries import citations
from dragoman.web.state import State

ACTORS = ("side", "speaker", "on_behalf_of", "party", "teller", "addressee", "holder")
SEVERAL = ("parties", "participants", "mediators")


def entries(
    state: State,
    part: str,
    actor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    text: str = "",
) -> list[Entry]:
    """The entries of a part but statements (see `Search`), in their order.

    Args:
        state: of the record.
        part: "documents", "actors" … but not "statements".
        actor: the id of an actor: those that concern it, or whoever acts for it.
        since: a day; only what is of that day or later.
        until: a day; only what is of that day or earlier.
        text: words that stand in it, in any case.
    """
    found: Iterable[Entry] = getattr(state, part).values()
    if text:
        everything = list(found)
        found = [everything[number] for number in state.index.holding(part, text.casefold())]
    conditions: list[Callable[[Any], bool]] = []
    if actor:
        members = state.stands.members(state.stands.party_of(actor)) if actor in state.actors else frozenset({actor})
        conditions.append(lambda e: not members.isdisjoint(involved(e)))
    if since or until:
        conditions.append(lambda e: _within(days(state, e), since, until))
    return [e for e in found if all(one(e) for one in conditions)]


def involved(entry: Entry) -> set[str]:
    """The ids of the actors that an entry names."""
    found = {value for name in ACTORS if (value := getattr(entry, name, None))}
    for name in SEVERAL:
        found.update(getattr(entry, name, ()))
    found.add(getattr(entry, "id", ""))
    return found


def days(state: State, entry: Entry) -> Date | None:
    """The days of an entry: its own, else of the first document that it cites."""
    if isinstance(entry, Document):
        return entry.dated
    date: Date | None = getattr(entry, "date", None)
    if date is not None:
        return date
    if isinstance(entry, Statement):
        first: str | None = entry.document
    else:
        first = next((c.document for c in citations(entry)), None)
    document = state.documents.get(first or "")
    return document.dated if document else None


def _within(date: Date | None, since: str | None, until: str | None) -> bool:
    if date is None:
        return False
    return not ((since and date.to < since) or (until and date.from_ > until))
