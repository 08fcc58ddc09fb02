"""A record made ready to be asked: its entries by their words, whom they are about, and their days.

The words of all entries lie in one inverted index (stem → entries): a question looks at the entries that hold one of
its words, not at all of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice

from dragoman.extract.spelling import fold
from dragoman.record import Actor, Citation, Document, Position, Statement
from dragoman.report import words
from dragoman.report.agreements import Commitment, ledger
from dragoman.report.asking.entries import Item, text_of
from dragoman.report.asking.lexicon import named_by, same, stems
from dragoman.report.asking.names import Names
from dragoman.report.asking.passages import Passages
from dragoman.report.changes import Change, changes
from dragoman.report.disagreements import Differences, Question
from dragoman.report.encounters import Told, told
from dragoman.report.source import Source
from dragoman.report.stands import Stands, latest_day

Find = Callable[[str, Mapping[str, str], str | None, str | None], Iterable[Statement]]
"""Finds statements by words (all of them), facets (`speaker`, `side`) and days."""


class Known:
    """What a record knows, for questions. Of what is worked out already (for the web's pages) nothing is done again."""

    def __init__(
        self,
        source: Source,
        stands: Stands | None = None,
        commitments: list[Commitment] | None = None,
        questions: list[Question] | None = None,
        encounters: Iterable[Told] | None = None,
        made: list[Change] | None = None,
        find: Find | None = None,
    ) -> None:
        """Of a record.

        Args:
            source: the record.
            stands: where the sides stand.
            commitments: the ledger of agreements.
            questions: the disagreements.
            encounters: the encounters as they are told.
            made: what changed, in the order of time.
            find: finds statements in an index; without it they are gone through with the other entries.
        """
        self._source = source
        self.actors: dict[str, Actor] = {a.id: a for a in source.actors}
        self.documents: dict[str, Document] = {d.id: d for d in source.documents}
        self.today = latest_day(self.documents.values())
        self.stands = stands or Stands.of(source)
        self.commitments = commitments if commitments is not None else ledger(source.agreements, self.stands)
        self._questions = questions
        self._changes = made
        self.find = find
        self.passages = Passages(source, self.documents.values())
        if encounters is None:
            encounters = [told(m, self.documents, self.today) for m in source.meetings]
        self._encounters = list(encounters)
        held = [t.meeting for t in self._encounters]
        places = {key for m in held for key in stems(f"{m.place or ''} {m.country or ''}")}
        self.names = Names(self.actors.values(), places)
        self.items: list[Item] = []
        self._words: set[str] = set()
        self._by_word: dict[str, array[int]] = {}
        self._by_actor: dict[str, array[int]] = {}
        self._by_issue: dict[str, array[int]] = {}
        self._by_statement: dict[str, list[int]] = {}
        for item in self._all():
            self._add(item)

    def _add(self, item: Item) -> None:
        number = len(self.items)
        self.items.append(item)
        if item.issue:
            self._by_issue.setdefault(item.issue, array("i")).append(number)
        if isinstance(item.subject, Position) and item.subject.statement:
            self._by_statement.setdefault(item.subject.statement, []).append(number)
        text = text_of(item, self.name)
        self._words.update(fold(text).split())
        for key in stems(text):
            self._by_word.setdefault(key, array("i")).append(number)
        for actor in item.who | item.others:
            self._by_actor.setdefault(actor, array("i")).append(number)

    # -- looking up ----------------------------------------------------------------------------------------------------

    def has(self, word: str) -> bool:
        """Whether a word stands in an entry or a statement, letter by letter but for case and accents."""
        if all(part in self._words for part in fold(word).split()):
            return True
        return self.find is not None and any(True for _ in self.find(word, {}, None, None))

    def says(self, word: str) -> bool:
        """Whether a word, or one that may stand for it, stands in an entry or a statement."""
        if any(key in self._by_word for key in same(word.lower())) or any(i in self._by_issue for i in named_by(word)):
            return True
        return self.find is not None and any(True for _ in self.find(word, {}, None, None))

    def holding(self, keys: Iterable[str]) -> Iterator[int]:
        """The numbers of the entries that hold one of some stems; one that holds several comes several times."""
        for key in keys:
            yield from self._by_word.get(key, ())

    def of(self, actors: Iterable[str]) -> set[int]:
        """The numbers of the entries that some actors are named with."""
        return {number for actor in actors for number in self._by_actor.get(actor, ())}

    def latest(
        self,
        kinds: Collection[str],
        among: Collection[int] | None,
        fits: Callable[[Item], bool],
        most: int,
        oldest: bool = False,
    ) -> list[int]:
        """The numbers of entries, of each kind so many: the latest, those without a day last.

        Args:
            kinds: only entries of these kinds.
            among: only these; None for all.
            fits: only entries of which this is true.
            most: how many of a kind.
            oldest: the earliest instead.
        """
        found: list[int] = []
        for kind, (dated, undated) in self._kinds.items():
            if kind not in kinds:
                continue
            of_kind = chain(dated if oldest else reversed(dated), undated)
            some = (n for n in of_kind if (among is None or n in among) and fits(self.items[n]))
            found.extend(islice(some, most))
        return found

    @cached_property
    def _kinds(self) -> dict[str, tuple[list[int], list[int]]]:
        """For each kind of entry the numbers of those with a day, in the order of time, and of those without."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for n, item in enumerate(self.items):
            found.setdefault(item.kind, ([], []))[0 if item.last else 1].append(n)
        for dated, _ in found.values():
            dated.sort(key=lambda n: (self.items[n].last or "", self.items[n].id))
        return found

    @cached_property
    def _days(self) -> list[tuple[str, str]]:
        return sorted({(i.first, i.last) for i in self.items if i.first and i.last})

    def any_within(self, first: str, last: str) -> bool:
        """Whether anything is of some days."""
        return any(a <= last and b >= first for a, b in self._days)

    def on(self, issue: str) -> Iterable[int]:
        """The numbers of the entries on an issue."""
        return self._by_issue.get(issue, ())

    def around(self, citation: Citation, width: int) -> str:
        """The report around some words: so many characters before and behind them, without the page's furniture."""
        text = self._source.text(citation.document)
        document = self.documents.get(citation.document)
        first, last = max(0, citation.start - width), citation.end + width
        pieces, at = [], first
        for span in sorted(document.furniture, key=lambda s: s.start) if document else ():
            if span.end > first and span.start < last:
                pieces.append(text[at : max(at, span.start)])
                at = max(at, span.end)
        return " ".join([*pieces, text[at:last]])

    def name(self, actor: str) -> str:
        """An actor's name."""
        return words.flat(self.actors[actor].name) if actor in self.actors else actor

    def side(self, actor: str) -> str | None:
        """Whom an actor speaks for."""
        return words.side_of(self.actors.get(actor), self.actors)

    def members(self, actor: str) -> frozenset[str]:
        """An actor, and of a side all who act for it."""
        found = self.actors.get(actor)
        return self.stands.members(actor) | {actor} if found and found.kind != "person" else frozenset({actor})

    def voiced(self, person: str) -> set[int]:
        """The numbers of the positions that somebody takes in words of his own."""
        if self.find is not None:
            said = [s.id for s in self.find("", {"speaker": person}, None, None)]
        else:
            some = (self.items[n] for n in self.of([person]))
            said = [i.id for i in some if i.kind == "statement" and person in i.who]
        return {number for id_ in said for number in self._by_statement.get(id_, ())}

    def round_days(self, number: int) -> tuple[str, str] | None:
        """The first and the last day of the round of talks with a number: of the one that most documents tell of."""
        found = [
            (len(i.subject.meeting.accounts), i.first, i.last)
            for i in self.items
            if isinstance(i.subject, Told) and i.subject.meeting.round == number and i.first and i.last
        ]
        return max(found)[1:] if found else None

    def last_round(self) -> int | None:
        """The number of the last round that was held."""
        told_ = [i.subject.meeting for i in self.items if isinstance(i.subject, Told)]
        return max((m.round for m in told_ if m.round and m.status == "held"), default=None)

    @cached_property
    def changes(self) -> list[Change]:
        """All that changed, in the order of time."""
        return changes(self.stands, self.commitments) if self._changes is None else self._changes

    # -- the entries ---------------------------------------------------------------------------------------------------

    def _all(self) -> Iterator[Item]:
        yield from self._positions()
        yield from self._agreements()
        yield from self._meetings()
        yield from self._outlooks()
        yield from self._disagreements()
        yield from self._people()
        if self.find is None:
            for statement in self._source.statements:
                yield self.statement(statement)

    def _positions(self) -> Iterator[Item]:
        for t in self.stands.tellings:
            p = t.position
            who, others = frozenset({p.party, t.party}), frozenset(a for a in (p.addressee, p.teller) if a)
            yield Item("position", p.id, p, who, others, p.issue, p.stance, t.day, t.day, t.own)

    def _agreements(self) -> Iterator[Item]:
        for c in self.commitments:
            days = [d for d in (c.day, *(s.day for s in c.stages)) if d]
            first, last = (min(days), max(days)) if days else (None, None)
            who = frozenset(c.parties)
            yield Item("agreement", c.id, c, who, frozenset(), c.agreement.issue, c.status, first, last)

    def _meetings(self) -> Iterator[Item]:
        for t in self._encounters:
            m = t.meeting
            dates = [m.date] if m.date else [a.date for a in m.accounts if a.date]
            first = min((d.from_ for d in dates), default=None)
            last = max((d.to for d in dates), default=None)
            who = frozenset((*m.parties, *m.participants, *m.mediators, *m.led))
            yield Item("meeting", m.id, t, who, frozenset(m.asked), "", m.status, first, last)

    def _outlooks(self) -> Iterator[Item]:
        for o in self._source.outlooks:
            document = self.documents.get(o.citations[0].document)
            dated = document.dated if document else None
            who = frozenset({o.holder} if o.holder else ())
            days = (dated.from_, dated.to) if dated else (None, None)
            yield Item("outlook", o.id, o, who, frozenset(), "", o.direction, *days)

    def _disagreements(self) -> Iterator[Item]:
        found = self._questions if self._questions is not None else Differences.of(self._source).questions()
        for q in found:
            days = (min(q.days), max(q.days)) if q.days else (None, None)
            yield Item("disagreement", q.id, q, q.actors, frozenset(), "", q.entry.kind, *days)

    def _people(self) -> Iterator[Item]:
        for a in self.actors.values():
            if any(r.citations for r in a.roles):
                others = frozenset(x for x in (a.side, *(r.actor for r in a.roles)) if x)
                yield Item("actor", a.id, a, frozenset({a.id}), others, "", a.part, None, None)

    def statement(self, s: Statement) -> Item:
        """A statement as an entry to be asked for."""
        document = self.documents.get(s.document)
        dated = s.date or (document.dated if document else None)
        who = [a for a in (s.speaker, s.on_behalf_of) if a]
        side = self.side(who[-1]) if who else None
        days = (dated.from_, dated.to) if dated else (None, None)
        return Item("statement", s.id, s, frozenset(who), frozenset({side} if side else ()), "", s.kind, *days)
