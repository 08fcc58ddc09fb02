"""Where the sides stand: the matrix of issues and parties, and how their stands on an issue went."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dragoman.report import signs, words
from dragoman.report.rows import Row
from dragoman.report.stands import Stand, Stands, Step

_STAND = ["stance", "own", "told_by", "teller", "past", "content", "told", "sources", "id", "ids", "quote"]

MATRIX = ["issue", "party", "party_name", "day", *_STAND]
"""The columns of the matrix's rows."""

HISTORY = ["day", "issue", "party", "party_name", "moved_from", *_STAND]
"""The columns of the rows of a history."""


@dataclass(frozen=True, slots=True)
class Only:
    """What is to be shown: of these parties, taken from a day or until one, with these words; None for all."""

    parties: Collection[str] | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None

    def wants(self, stand: Stand) -> bool:
        """Whether a stand is to be shown."""
        last = stand.last
        if (self.since or self.until) and last.day is None:
            return False
        if self.since and (last.day or "") < self.since:
            return False
        if self.until and (stand.tellings[0].day or "") > self.until:
            return False
        if not self.text:
            return True
        said = (q for t in stand.tellings for q in (t.position.content, *(c.quote for c in t.position.citations)))
        return self.text.casefold() in "\n".join(said).casefold()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party stands for on an issue: in its own words, the latest first (present before past), and what others
    claim, shown only where it has no present stand of its own."""

    own: tuple[Stand, ...]
    claims: tuple[Stand, ...]

    @property
    def shown(self) -> tuple[Stand, ...]:
        """The stands to show, the one that counts first."""
        return (*self.own, *self.claims)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Issues × parties; cells with nothing in them are not there."""

    issues: tuple[str, ...]
    parties: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]


def matrix(stands: Stands, only: Only | None = None) -> Matrix:
    """The matrix of a record's stands.

    Args:
        stands: of the record, as known on some day if they were made so.
        only: what is to be shown.
    """
    only = only or Only()
    cells: dict[tuple[str, str], Cell] = {}
    for issue in stands.issues:
        for party in stands.parties:
            if only.parties is not None and party not in only.parties:
                continue
            own = tuple(s for s in stands.held(party, issue) if only.wants(s))
            present = any(not stand.past for stand in own)
            claims = () if present else tuple(s for s in stands.held(party, issue, own=False) if only.wants(s))
            if own or claims:
                cells[issue, party] = Cell(own, claims)
    return Matrix(
        tuple(issue for issue in stands.issues if any(key[0] == issue for key in cells)),
        tuple(party for party in stands.parties if any(key[1] == party for key in cells)),
        cells,
    )


def matrix_rows(stands: Stands, made: Matrix) -> list[Row]:
    """A row for each stand in the matrix, by issue and party, the one that counts first."""
    return [
        {"issue": issue, "party": party, **_row(stands, stand)}
        for issue in made.issues
        for party in made.parties
        if (issue, party) in made.cells
        for stand in made.cells[issue, party].shown
    ]


def history(stands: Stands, issue: str, only: Only | None = None) -> list[Step]:
    """How all stands on an issue went, in time: own words with the stand that was left for each, and others' claims.

    Args:
        stands: of the record.
        issue: its name.
        only: what is to be shown.
    """
    only = only or Only()
    steps = [
        step
        for party in stands.parties
        if only.parties is None or party in only.parties
        for own in (True, False)
        for step in stands.steps(party, issue, own)
        if only.wants(step.stand)
    ]
    return sorted(steps, key=lambda step: step.stand.tellings[0].order())


def history_rows(stands: Stands, steps: list[Step]) -> list[Row]:
    """A row for each step; what others claim moves nothing."""
    return [
        {
            **_row(stands, step.stand),
            "issue": step.stand.last.position.issue,
            "party": step.stand.last.party,
            "day": step.day,
            "moved_from": step.before.id if step.before and step.stand.own else None,
        }
        for step in steps
    ]


def issue_named(stands: Stands, name: str) -> str | None:
    """The issue that a user means: by its name, with blanks or underscores, in any case; None if no stand is on it."""
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return next((i for i in stands.issues if i.casefold().replace(" ", "_").replace("-", "_") == wanted), None)


def _row(stands: Stands, stand: Stand) -> Row:
    position = stand.last.position
    return {
        "party_name": stands.name(stand.last.party),
        "stance": stand.stance,
        "own": stand.own,
        "told_by": position.told_by,
        "teller": stands.name(position.teller) if position.teller else None,
        "past": stand.past,
        "content": words.flat(position.content),
        "day": stand.day,
        "told": stand.times,
        "sources": stand.sources,
        "id": stand.id,
        "ids": list(stand.ids),
        "quote": " … ".join(words.flat(c.quote) for c in position.citations),
    }


def line(stands: Stands, stand: Stand, length: int = 90) -> str:
    """A stand in one line: sign, stance, content, whose word it is."""
    teller = signs.teller(stand.last, stands)
    said = f"{signs.sign(stand)} {signs.STANCES[stand.stance]}: {signs.content(stand, length)}"
    return f"{said} (as {teller} says)" if teller else said
