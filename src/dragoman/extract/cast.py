"""The cast of one page: its actors, every mention of them, and its places."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from dragoman.extract.findings import ActorFound, SpanT

_start = attrgetter("start")


@dataclass(slots=True, frozen=True)
class Mention:
    """A place where an actor is meant; `form` is name, adjective ("Russian"), nominal ("the minister") or pronoun."""

    start: int
    end: int
    actor: int
    form: str


@dataclass(slots=True, frozen=True)
class PlaceFound:
    """A place: a town, region or country where things happen; `country` is its country's name where that is known."""

    start: int
    end: int
    name: str
    country: str | None = None


@dataclass(slots=True)
class Cast:
    """Who is on the page; an actor is named by its index into `actors`."""

    actors: list[ActorFound] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    parties: list[int] = field(default_factory=list)
    mediators: list[int] = field(default_factory=list)
    unnamed: dict[int, SpanT] = field(default_factory=dict)
    """Where a pronoun means somebody unnamed ("a Varonian negotiator … he"): its start, and his description."""
    called: dict[str, int] = field(default_factory=dict)
    """What an actor is called besides its names ("the airline Tarn Blue"): noun -> actor."""

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly between two offsets, in the order of the text."""
        first = bisect_left(self.mentions, start, key=_start)
        found = []
        for mention in islice(self.mentions, first, None):
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append(mention)
        return found

    def places_within(self, span: SpanT) -> list[PlaceFound]:
        """The places named in a span."""
        return [p for p in self.places if span[0] <= p.start and p.end <= span[1]]
