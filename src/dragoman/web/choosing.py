"""What a page of positions or outlooks shows of the record, by its parameters: the same for the page and its files."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record import Outlook, Position
from dragoman.report import positions
from dragoman.report.agreements import ledger
from dragoman.report.measures import Between
from dragoman.report.measures import between as compared
from dragoman.report.stands import Stands, Step
from dragoman.web import filtering
from dragoman.web.asked import Asked
from dragoman.web.state import State

DIRECTIONS = ("hopeful", "doubtful", "mixed")
STANDINGS = ("official", "outside")
FORESEEN = 5
"""Of so many parties the gaps between each two are worked out before anybody asks."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two parties, where they stood, and how far they are from each other; None where there are no two."""

    a: str | None
    b: str | None
    stands: Stands
    made: Between | None


def known(state: State, asked: Asked) -> tuple[Stands, positions.Matrix]:
    """Where the sides stand, and the matrix, now or as known on a day (`at`)."""
    at = asked.day("at", last=True)
    stands = state.known(at) if at else state.stands
    return stands, positions.matrix(stands) if at else state.matrix


def course(state: State, asked: Asked, issue: str) -> tuple[str, list[Step]]:
    """The party that is asked for ("" for all), and how the stands on an issue went, in time."""
    party = asked.text("party")
    if party and party not in state.actors:
        asked.ignored.append(f"party: nobody in the record has the id “{party}”")
        party = ""
    only = positions.Only(
        frozenset({state.stands.party_of(party)}) if party else None,
        asked.day("since"),
        asked.day("until", last=True),
        asked.text("q") or None,
    )
    return party, positions.history(state.stands, issue, only)


def comparison(state: State, asked: Asked) -> Comparison:
    """The two parties that are asked for (`a`, `b`; at first the two of whom most is known), compared."""
    parties = state.matrix.parties
    a, b = (_party(state, asked, name) for name in ("a", "b"))
    a = a or (parties[0] if parties else None)
    b = b or next((p for p in parties if p != a), None)
    at = asked.day("at", last=True)
    if a and a == b:
        asked.ignored.append("a, b: one party is no distance from itself")
        b = None
    if not (a and b):
        return Comparison(a, b, state.known(at) if at else state.stands, None)
    return compare(state, a, b, at, asked.day("since"))


def compare(state: State, a: str, b: str, at: str | None = None, since: str | None = None) -> Comparison:
    """Two parties compared.

    Args:
        state: of the record.
        a: a party's id.
        b: another one's.
        at: a day: as known then.
        since: a day: who moved since then.
    """
    stands = state.known(at) if at else state.stands

    def made() -> Between:
        commitments = ledger(state.agreements.values(), stands) if at else state.commitments
        return compared(stands, a, b, commitments, since)

    return Comparison(a, b, stands, state.kept("between", (a, b, at, since), made))


def outlooks(state: State, asked: Asked) -> list[Outlook]:
    """The outlooks that are asked for."""
    direction, standing = asked.one("direction", DIRECTIONS), asked.one("standing", STANDINGS)
    return [o for o in state.outlooks.values() if direction in (None, o.direction) and standing in (None, o.standing)]


def taken(state: State, asked: Asked) -> list[Position]:
    """The positions that are asked for: as known on a day (`at`), on an `issue`, of a `party`, of days, with words."""
    at, issue = asked.day("at", last=True), asked.text("issue")
    party, actor = asked.text("party"), asked.text("actor")
    since, until = asked.day("since"), asked.day("until", last=True)
    documents = state.known(at).documents if at else state.documents
    parties = state.stands.members(state.stands.party_of(party)) if party in state.actors else frozenset({party})

    def wanted(p: Position) -> bool:
        return p.citations[0].document in documents and issue in ("", p.issue) and (not party or p.party in parties)

    found = filtering.entries(state, "positions", actor or None, since, until, asked.text("q"))
    return [p for p in found if isinstance(p, Position) and wanted(p)]


def _party(state: State, asked: Asked, name: str) -> str | None:
    given = asked.text(name)
    if not given:
        return None
    if given in state.actors:
        return state.stands.party_of(given)
    found = state.stands.find(given)
    if found is None:
        asked.ignored.append(f"{name}: nobody in the record is called “{given}”")
    return found
