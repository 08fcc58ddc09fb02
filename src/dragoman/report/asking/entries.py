"""Entries of a record as they can be asked for: whose they are, of which days, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dragoman.record import Actor, Citation, Outlook, Position, Statement
from dragoman.report import signs, words
from dragoman.report.agreements import Commitment
from dragoman.report.changes import Change
from dragoman.report.disagreements import Question
from dragoman.report.encounters import Told

_CITED = 40  # pieces of an entry's words that are looked at

Name = Callable[[str], str]
Subject = Position | Commitment | Told | Outlook | Question | Statement | Actor | Change


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as it can be asked for.

    `who` are those whose it is (the party, the speaker, who meets), `others` who else is named with it; `stance` is
    that of a position or the status of an agreement or encounter.
    """

    kind: str
    id: str
    subject: Subject
    who: frozenset[str]
    others: frozenset[str]
    issue: str
    stance: str
    first: str | None
    last: str | None
    own: bool = True


def text_of(item: Item, name: Name) -> str:
    """The words of an entry that are looked through.

    Args:
        item: the entry.
        name: the name of an actor by the id.
    """
    s = item.subject
    if isinstance(s, Statement):
        return f"{_joined(s.content)} {s.channel or ''} {s.speaker_text or ''}"
    said = _joined(citations(item))
    if isinstance(s, Told):
        m = s.meeting
        fields = (m.title, m.kind, m.level, m.format, m.place, m.country, m.venue, m.outcome, m.status)
        return f"{' '.join(f or '' for f in fields)} {said}"
    if isinstance(s, Commitment):
        stages = " ".join(signs.STATUSES[stage.status] for stage in s.stages)
        return f"{s.agreement.content} {s.agreement.condition or ''} {said} {stages} {signs.issue(item.issue)}"
    if isinstance(s, Question):
        return f"{s.text} {' '.join(a.text for a in s.answers)} {said}"
    if isinstance(s, Change):
        return f"{s.text} {said}"
    if isinstance(s, Actor):
        titles = " ".join(f"{r.title} {name(r.actor) if r.actor else ''}" for r in s.roles)
        return f"{' '.join(s.names)} {titles} {name(s.side) if s.side else ''} {s.part}"
    if isinstance(s, Position):
        return f"{s.content} {said} {signs.issue(item.issue)}"
    return f"{said} {s.holder_text or ''}"


def citations(item: Item) -> list[Citation]:
    """The words of an entry, each piece once."""
    s = item.subject
    if isinstance(s, Statement):
        return list(s.content)
    if isinstance(s, Told):
        m = s.meeting
        return _once(m.citations, *(a.citations for a in m.accounts), *(step.citations for step in m.steps))
    if isinstance(s, Commitment):
        return _once(s.agreement.citations, *(stage.citations for stage in s.stages))
    if isinstance(s, Question):
        return _once(*(a.citations for a in s.answers))
    if isinstance(s, Actor):
        return [c for r in sorted(s.roles, key=lambda r: words.rank(r.title)) for c in r.citations[:1]]
    return list(s.citations)


def _once(*some: Iterable[Citation]) -> list[Citation]:
    found = {(c.document, c.start, c.end): c for cited in reversed(some) for c in reversed(list(cited))}
    return list(found.values())[::-1][:_CITED]


def _joined(cited: Iterable[Citation]) -> str:
    return " … ".join(c.quote for c in cited)
