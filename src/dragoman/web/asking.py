"""Questions in plain words, for the pages: over what a state of the record has worked out already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from dragoman.record import Statement
from dragoman.report.asking import Known, Reply
from dragoman.report.asking import reply as answered
from dragoman.web.asked import Asked
from dragoman.web.search import Query
from dragoman.web.state import State

FORESEEN = (
    "Who led the delegations?",
    "What changed in May?",
    "What was agreed?",
    "When is the next meeting?",
    "Who mediates?",
)
"""Questions that are answered before anybody asks: what their answers need is then there for others."""

_FOUND = 40  # statements of each way of looking for them


@dataclass(frozen=True, slots=True)
class Link:
    """A list that shows all of a kind that fit a question: its address, what it shows, and how many."""

    address: str
    part: str
    count: int | None


def known(state: State) -> Known:
    """What is known, for questions; made once for each state of the record. It holds the index, never the state."""
    index = state.index
    channels = {name.casefold(): name for name, _ in index.find(Query(), 1, 1).facets.get("channel", [])}

    def find(text: str, facets: Mapping[str, str], since: str | None, until: str | None) -> Iterable[Statement]:
        typed = text.split()
        through = [channels[w.casefold()] for w in typed if w.casefold() in channels]
        rest = " ".join(w for w in typed if w.casefold() not in channels)
        query = Query(rest, {**facets, **({"channel": through[0]} if through else {})}, since, until)
        return index.find(query, 1, _FOUND, facets=False).statements

    def make() -> Known:
        told = state.told.values()
        return Known(state.source, state.stands, state.commitments, state.questions, told, state.changes, find)

    return state.kept("asking", "", make, 1)


def reply(state: State, question: str) -> Reply:
    """The answer to a question.

    Args:
        state: of the record.
        question: in English, in plain words.
    """
    return answered(known(state), question)


def links(state: State, made: Reply) -> list[Link]:
    """Where all that fits an answer stands, each list with as many as it shows."""
    return [link for more in made.more if (link := _link(state, more.part, more.filters)) is not None]


def _link(state: State, part: str, filters: Mapping[str, str]) -> Link | None:
    given = {name: value for name, value in filters.items() if name in ("actor", "since", "until", "q")}
    if part == "positions":
        if "issue" not in filters:
            return None
        party = {"party": given.pop("actor")} if "actor" in given else {}
        address = f"/positions/issue/{quote(filters['issue'], safe='')}"
        return Link(_with(address, party | given), "the history of " + filters["issue"].replace("_", " "), None)
    if part == "statements":
        actor = given.pop("actor", None)
        facet = {"side" if state.side(actor) == actor else "speaker": actor} if actor else {}
        query = Query(given.get("q", ""), facet, given.get("since"), given.get("until"))
        count = state.index.find(query, 1, 1, facets=False).total
        return Link(_with("/statements", facet | given), "Statements", count) if count else None
    if not given:  # the whole list: its length says nothing
        path = {"meetings": "/encounters"}.get(part, f"/{part}")
        return Link(path, path[1:].capitalize(), None)
    params = Asked(QueryParams(given))
    if part == "meetings":
        from dragoman.web.pages.encounters import chosen as encounters

        return Link(_with("/encounters", given), "Encounters", len(encounters(state, params)))
    if part == "agreements":
        from dragoman.web.pages.agreements import chosen as agreements

        return Link(_with("/agreements", given), "Agreements", len(agreements(state, params)))
    return Link(_with("/disagreements", given), "Disagreements", None)


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
