"""The latest statements of each side, each told once.

The same words in several documents (a reprint, an agency's copy) are one line with several sources. Memory stays
bounded: of each side only a few candidates are kept while the statements go by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.record import Actor, Citation, Document, Statement
from dragoman.report import words

_KEPT = 60  # candidates of a side; pruned to half when full
_LETTERS = re.compile(r"[^\w]+")
_LEAST_WORDS = 5  # a scrap like "“limited”" tells a reader nothing on a page of a few lines


@dataclass
class _Candidate:
    """A statement, the day to sort it by, how well it reads, and the citations of its copies."""

    statement: Statement
    day: str
    merit: int
    citations: list[Citation]

    def order(self) -> tuple[str, int, str]:
        return (self.day, self.merit, self.statement.id)


@dataclass
class Latest:
    """Goes through statements with `add` and gives the latest of a side with `of`."""

    actors: Mapping[str, Actor]
    documents: Mapping[str, Document]
    _sides: dict[str | None, dict[str, _Candidate]] = field(default_factory=dict)

    def add(self, statement: Statement) -> None:
        """Takes a statement into account."""
        said = words.said(statement)
        key = _LETTERS.sub("", said).casefold()
        if len(said.split()) < _LEAST_WORDS:
            return
        actor = self.actors.get(statement.on_behalf_of or statement.speaker or "")
        side = words.side_of(actor, self.actors)
        kept = self._sides.setdefault(self._bucket(side), {})
        same = kept.get(key)
        if same is not None:
            same.citations.extend(statement.content[:1])
            return
        named = actor is not None or bool(statement.speaker_text)
        merit = 2 * (statement.kind == "direct") + (statement.kind == "mixed") + named
        kept[key] = _Candidate(statement, self._day(statement), merit, list(statement.content[:1]))
        if len(kept) > _KEPT:
            best = sorted(kept.items(), key=lambda item: item[1].order(), reverse=True)[: _KEPT // 2]
            self._sides[self._bucket(side)] = dict(best)

    def of(self, side: str | None, limit: int) -> list[tuple[Statement, list[Citation]]]:
        """The latest of a side (None: of those who belong to none), the latest first, at most two of one speaker and
        none within another, each with the citations of all its copies."""
        chosen: list[_Candidate] = []
        spoken: dict[str, int] = {}
        for candidate in sorted(self._sides.get(side, {}).values(), key=_Candidate.order, reverse=True):
            who = candidate.statement.speaker or (candidate.statement.speaker_text or "").casefold()
            if spoken.get(who, 0) >= 2 or any(_overlap(candidate.statement, c.statement) for c in chosen):
                continue
            spoken[who] = spoken.get(who, 0) + 1
            chosen.append(candidate)
            if len(chosen) == limit:
                break
        return [(c.statement, c.citations) for c in chosen]

    def _bucket(self, side: str | None) -> str | None:
        """A side that has a heading of its own on the page; experts and the media have none."""
        return None if side is None or self.actors[side].part == "outside" else side

    def _day(self, statement: Statement) -> str:
        dated = statement.date or self.documents[statement.document].dated
        return dated.to if dated else ""


def _overlap(a: Statement, b: Statement) -> bool:
    """Whether two statements of one document share words (what an office said that its president said)."""
    return a.document == b.document and any(x.start < y.end and y.start < x.end for x in a.content for y in b.content)
