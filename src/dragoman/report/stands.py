"""The stands of each party, put together from the positions that the documents report.

A position is what one document says. Here reprints collapse to their first, the rest is put in the order of time, and
what a party says about one thing becomes a thread, so that it can be told what it wants now, since when, in whose
words, and what it said before. All functions are pure, and what they give does not depend on the order of what they
get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from dragoman.record import Actor, Document, Family, Position
from dragoman.report import words
from dragoman.report.own_words import OwnWords
from dragoman.report.source import Source
from dragoman.report.threads import NEVER, Course, Stand, Step, Telling, Thread
from dragoman.resolve.gist import Firsts, Interval, gist, other_number, stems

__all__ = ["Course", "Stand", "Stands", "Step", "Telling", "Thread", "collapsed", "latest_day", "sources_of"]

_REPRINTED = 80  # how near two contents of a family must be, of 100, to be one text (rapidfuzz, token sets)
_KEPT = 5_000  # so many lists of what a party held on an issue are kept
_SAME_TEXT = ("duplicate", "near_duplicate")


class Stands:
    """The stands of a record as it was known on a day: threads by party and issue."""

    def __init__(
        self,
        positions: Iterable[Position],
        documents: Iterable[Document],
        actors: Iterable[Actor],
        families: Iterable[Family] = (),
        at: str | None = None,
    ) -> None:
        """Put together what the positions say.

        Args:
            positions: all of them; what they cite says in which documents they are.
            documents: all of them.
            actors: all of them.
            families: the documents that are not independent of each other.
            at: a day; only documents dated up to then are known.
        """
        self.at = at
        self.actors = {actor.id: actor for actor in actors}
        self.documents = {d.id: d for d in documents if at is None or (d.dated is not None and d.dated.to <= at)}
        self.sources = sources_of(self.documents, families)
        self._first = _first_days(self.documents, families)
        skip = stems(
            name for a in self.actors.values() if a.part == "party" and self.party_of(a.id) == a.id for name in a.names
        )
        known = [p for p in positions if p.citations[0].document in self.documents]
        self.tellings = collapsed([self._placed(position, skip) for position in known])
        self.threads = _threads(self.tellings)
        self.forget()

    @classmethod
    def of(cls, source: Source, at: str | None = None) -> Stands:
        """The stands of a record, as they were known on a day."""
        return cls(source.positions, source.documents, source.actors, source.families, at)

    def forget(self) -> None:
        """Start anew with what is worked out when it is asked for: the tellings have changed."""
        self._members: dict[tuple[str, ...], frozenset[str]] = {}
        self._spans: dict[str, dict[str, Interval]] | None = None
        self._own: dict[tuple[str, str], OwnWords] = {}
        self._held: dict[tuple[str, str, bool, str | None], list[Stand]] = {}
        for name in ("issues", "parties"):
            self.__dict__.pop(name, None)

    def party_of(self, actor: str) -> str:
        """Whom an actor stands for: the head of its side, or itself."""
        return words.side_of(self.actors.get(actor), self.actors) or actor

    def members(self, *parties: str) -> frozenset[str]:
        """The ids of some parties and of all who act for them."""
        if parties not in self._members:
            acting = (id_ for id_ in self.actors if self.party_of(id_) in parties)
            self._members[parties] = frozenset({*parties, *acting})
        return self._members[parties]

    def name(self, actor: str) -> str:
        """An actor's name."""
        return words.flat(self.actors[actor].name) if actor in self.actors else actor

    @cached_property
    def issues(self) -> list[str]:
        """The issues that any stand is on: those with most independent sources first."""
        sources: dict[str, set[str]] = {}
        for telling in self.tellings:
            sources.setdefault(telling.position.issue, set()).add(telling.source)
        return self.issues_in_order({issue: len(some) for issue, some in sources.items()})

    @staticmethod
    def issues_in_order(sources: Mapping[str, int]) -> list[str]:
        """Issues by how many sources each has."""
        return sorted(sources, key=lambda issue: (issue == "other", -sources[issue], issue))

    @cached_property
    def parties(self) -> list[str]:
        """Who has a stand: the negotiating parties first, then mediators and others; those told of most first."""
        sources: dict[str, set[tuple[str, str]]] = {}
        for telling in self.tellings:
            sources.setdefault(telling.party, set()).add((telling.source, telling.position.issue))
        return self.parties_in_order({party: len(some) for party, some in sources.items()})

    def parties_in_order(self, told: Mapping[str, int]) -> list[str]:
        """Parties by of how many issues how many sources tell of each."""

        def order(party: str) -> tuple[object, ...]:
            part = self.actors[party].part if party in self.actors else "outside"
            return part != "party", part != "mediator", -told[party], self.name(party), party

        return sorted(told, key=order)

    def on(self, party: str, issue: str) -> list[Thread]:
        """A party's threads on an issue."""
        return self.threads.get((party, issue), [])

    def held(self, party: str, issue: str, own: bool = True, until: str | None = None) -> list[Stand]:
        """What a party holds on an issue, the latest first and present before past: one stand a thing, or several that
        were told on one day."""
        key = party, issue, own, until
        found = self._held.get(key)
        if found is None:  # measures ask again and again, and what thousands of documents tell takes a while
            found = [stand for thread in self.on(party, issue) for stand in thread.stands(own, until)]
            found.sort(key=lambda s: (not s.past, *s.last.order()), reverse=True)
            if len(self._held) >= _KEPT:
                self._held.clear()
            self._held[key] = found
        return list(found)

    def present(self, party: str, issue: str, until: str | None = None) -> list[Stand]:
        """What a party by its own words holds now, or on a day: the only stands that any measure looks at."""
        return [stand for stand in self.held(party, issue, True, until) if not stand.past]

    def steps(self, party: str, issue: str, own: bool = True) -> list[Step]:
        """How a party's stands on an issue went, in time."""
        found = [step for thread in self.on(party, issue) for step in thread.steps(own)]
        return sorted(found, key=lambda step: step.stand.tellings[0].order())

    def own_words(self, party: str, issue: str) -> OwnWords:
        """A party's own words on an issue."""
        if (party, issue) not in self._own:
            self._own[party, issue] = OwnWords(t for thread in self.on(party, issue) for t in thread.tellings if t.own)
        return self._own[party, issue]

    def spans(self, issue: str) -> dict[str, Interval]:
        """Of each unit the least and the greatest number known on an issue, past ones included. Own words only: what
        others claim moves no measure, so it must not widen the range either."""
        if self._spans is None:  # of all issues at one go
            made: dict[str, dict[str, Interval]] = {}
            for telling in self.tellings:
                if telling.gist.amounts and telling.own:
                    found = made.setdefault(telling.position.issue, {})
                    for unit, (low, high) in telling.gist.amounts.items():
                        least, greatest = found.get(unit, (low, high))
                        found[unit] = (min(least, low), max(greatest, high))
            self._spans = made
        return self._spans.get(issue, {})

    def find(self, name: str) -> str | None:
        """The party that goes by a name or an id, in any case; of several the one with most to say. None for none."""
        folded = " ".join(name.split()).casefold()
        found = {
            self.party_of(a.id) for a in self.actors.values() if a.id == name or folded in map(str.casefold, a.names)
        }
        known = [party for party in self.parties if party in found]
        return known[0] if known else min(found, default=None)

    def _placed(self, position: Position, skip: frozenset[str]) -> Telling:
        document = self.documents[position.citations[0].document]
        written = document.dated.to if document.dated else None
        day = self._first.get(document.id) or written
        if position.date is not None:
            # "This month" is no later than the day on which it was written.
            day = max(position.date.from_, min(position.date.to, day or position.date.to))
        elif position.past:
            day = None
        party = self.party_of(position.party)
        return Telling(position, party, day, written, self.sources[document.id], gist(position, skip))


def sources_of(documents: Mapping[str, Document], families: Iterable[Family]) -> dict[str, str]:
    """For each document what it counts as: itself, or its family. Families that share a document are one source."""
    groups: dict[str, list[str]] = {family.id: list(family.documents) for family in families}
    for document in documents.values():
        if document.family:
            groups.setdefault(document.family, []).append(document.id)
    parent = {id_: id_ for id_ in documents}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            id_ = parent[id_]
        return id_

    for members in groups.values():
        roots = {root(id_) for id_ in members if id_ in parent}
        for one in roots:
            parent[one] = min(roots)
    return {id_: root(id_) for id_ in documents}


def _first_days(documents: Mapping[str, Document], families: Iterable[Family]) -> dict[str, str]:
    """For each document that is another one's text the day of the first: a reprint says nothing later than that."""
    found: dict[str, str] = {}
    for family in families:
        days = [d.dated.to for id_ in family.documents if (d := documents.get(id_)) and d.dated]
        if family.kind in _SAME_TEXT and days:
            for id_ in family.documents:
                found[id_] = min(min(days), found.get(id_, "9999"))
    return found


def collapsed(tellings: Iterable[Telling]) -> list[Telling]:
    """Tellings in the order of time; a position that another document of the family has too is a copy of the first."""
    kept: dict[tuple[object, ...], list[Telling]] = {}
    for telling in sorted(tellings, key=lambda t: (t.written or NEVER, *t.order())):
        p = telling.position
        same = kept.setdefault((telling.source, telling.party, p.issue, p.stance, telling.own, p.past), [])
        for place, first in enumerate(same):
            if _reprint(telling, first):
                same[place] = Telling(
                    first.position,
                    first.party,
                    first.day,
                    first.written,
                    first.source,
                    first.gist,
                    (*first.copies, telling.id),
                )
                break
        else:
            same.append(telling)
    return sorted((telling for same in kept.values() for telling in same), key=Telling.order)


def _reprint(one: Telling, first: Telling) -> bool:
    a, b = one.position, first.position
    if a.citations[0].document == b.citations[0].document or other_number(one.gist, first.gist):
        return False
    return a.content == b.content or fuzz.token_set_ratio(a.content, b.content) >= _REPRINTED


def _threads(tellings: Sequence[Telling]) -> dict[tuple[str, str], list[Thread]]:
    """Tellings by party and issue, and there by thing: each joins the first thread that is about the same.

    Own words come first, so that no claim of others decides which of them belong together.
    """
    found: dict[tuple[str, str], list[Thread]] = {}
    indexes: dict[tuple[str, str], Firsts] = {}
    said: dict[tuple[str, str, str], int] = {}  # a content that shows nothing ("it") is about the same as itself only
    for telling in sorted(tellings, key=lambda t: not t.own):
        key = telling.party, telling.position.issue
        threads, index = found.setdefault(key, []), indexes.setdefault(key, Firsts())
        again = said.get((*key, telling.position.content))
        number = index.alike(telling.gist) if again is None else again
        if number is None:
            number = len(threads)
        if number == len(threads):
            threads.append(Thread(*key))
        threads[number].tellings.append(telling)
        if again is None:
            index.add(telling.gist, number)
            said[*key, telling.position.content] = number
    return found


def latest_day(documents: Iterable[Document]) -> str | None:
    """The day of the latest document: the record's own "today", so that a report of the same record never changes."""
    return max((d.dated.to for d in documents if d.dated), default=None)
