"""Claims with what a record knows around them, and whether two of them can be about one thing at all."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.extract.findings import ClaimFound
from dragoman.record import Citation

Kind = Literal["conflict", "revision", "framing"]

DAYS = 60
"""Documents written further apart tell of different events, unless the words say the year."""

CAST = 3
"""Actors that two documents must have in common where no party is."""

NEAR = 21
"""Days within which documents must be written to mean one event by a word as common as "the talks"."""


@dataclass(frozen=True)
class Claim:
    """A claim with what a record knows around it.

    `parties` are the sides of its document, `cast` all actors in it, `actors` whom it is about and `teller` who says
    it (actor ids); `dated` is when the document was written, first and last day; `answers` the id of the claim that it
    gainsays; `family` that of the copies its document belongs to.
    """

    id: str
    document: str
    found: ClaimFound
    citations: tuple[Citation, ...]
    actors: frozenset[str] = frozenset()
    teller: str | None = None
    parties: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    dated: tuple[date, date] | None = None
    answers: str | None = None
    family: str | None = None

    # A claim is compared with thousands: what is asked of it each time is made once.

    @functools.cached_property
    def about(self) -> frozenset[str]:
        """The concepts of its words."""
        return frozenset(self.found.about)

    @functools.cached_property
    def said(self) -> str:
        """Its words, as they are compared with those of others: letters and figures only."""
        return "".join(c for citation in self.citations for c in citation.quote.casefold() if c.isalnum())

    @property
    def source(self) -> str:
        """Its document, or the family of copies that it is one of."""
        return self.family or self.document


@dataclass(slots=True)
class Pair:
    """Two claims that cannot both be so."""

    one: Claim
    two: Claim
    rule: str
    kind: Kind
    shared: frozenset[str]


def may_be_one_negotiation(one: Claim, two: Claim) -> bool:
    """Whether claims of the documents of these two can be of one negotiation: what no claim in them can change."""
    if one.document == two.document or apart(one, two) > DAYS:
        return False
    return bool(one.parties & two.parties) or len(one.cast & two.cast) >= CAST - 1


def one_negotiation(one: Claim, two: Claim, days: int = DAYS) -> bool:
    """Whether two claims can be of one negotiation: parties in common, written within some days."""
    if one.document == two.document:
        return False
    if not one.parties & two.parties:
        shared = len(one.cast & two.cast)
        if shared < CAST and not (
            shared == CAST - 1 and (one.actors | {one.teller}) & (two.actors | {two.teller}) - {None}
        ):
            return False
    return apart(one, two) <= days


def apart(one: Claim, two: Claim) -> int:
    """Days between the writing of two documents; none where one is not dated."""
    if one.dated is None or two.dated is None:
        return 0
    return max(0, (two.dated[0] - one.dated[1]).days, (one.dated[0] - two.dated[1]).days)
