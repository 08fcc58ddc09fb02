"""What the documents disagree about, made ready to be shown: the question, its answers, and who gives each.

Documents that copy one text are one voice. The weightiest questions come first: those about encounters, then
agreements, positions and the rest; conflicts before revisions and framings; then what most independent sources tell.
All functions are pure, and what they give does not depend on the order of what they get.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.record import (
    Actor,
    Agreement,
    Citation,
    Disagreement,
    DisagreementKind,
    Document,
    Entry,
    Meeting,
    Outlook,
    Position,
)
from dragoman.report import signs, words
from dragoman.report.source import Source
from dragoman.report.witnesses import Witnesses

_ABOUT = ("meeting", "agreement", "position", "statement", "outlook")
_KINDS: tuple[DisagreementKind, ...] = ("conflict", "revision", "framing")
_FIELDS = {
    "date": "on what day",
    "place": "where",
    "venue": "in what building",
    "country": "in what country",
    "duration_minutes": "how long",
    "round": "which round",
    "status": "whether it takes or took place",
    "first since": "whether it was the first since then",
    "participants": "who was there",
    "parties": "who negotiated",
    "mediators": "who mediated",
    "level": "at what level",
    "format": "in what form",
    "outcome": "with what outcome",
    "quantity": "how much",
    "quantities": "how much",
    "stance": "whether it says yes or no",
    "direction": "how the talks stand",
}
"""Questions in words by the field of an entry; of the status of an agreement see `_question`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that gives an answer: its documents (copies of one text, the first of them speaks) and its words."""

    documents: tuple[str, ...]
    citations: tuple[Citation, ...]

    @property
    def document(self) -> str:
        """The document that is quoted."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer and the sources that give it."""

    text: str
    voices: tuple[Voice, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """One piece of its words for each source."""
        return tuple(voice.citations[0] for voice in self.voices)


@dataclass(frozen=True)
class Question:
    """A disagreement with what a reader needs: the question in words, who it is about, and its answers."""

    entry: Disagreement
    text: str
    answers: tuple[Said, ...]
    actors: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The disagreement's id."""
        return self.entry.id

    @cached_property
    def words(self) -> str:
        """The question, its answers, and the words behind them."""
        quotes = [c.quote for v in self.entry.values for c in v.citations]
        return "\n".join([self.text, *(s.text for s in self.answers), *quotes])

    @cached_property
    def folded(self) -> str:
        """The same in small letters."""
        return self.words.casefold()

    @cached_property
    def sources(self) -> int:
        """How many independent sources answer."""
        return len({voice.documents for said in self.answers for voice in said.voices})

    def order(self) -> tuple[object, ...]:
        """The weightiest first; of the same weight the latest."""
        about = self.entry.about.kind
        rank = _ABOUT.index(about) if about in _ABOUT else len(_ABOUT)
        latest = max(self.days, default="")
        return rank, _KINDS.index(self.entry.kind), -self.sources, tuple(-ord(c) for c in latest), self.id


@dataclass
class Differences:
    """Makes questions of the disagreements of a record; knows its documents, families, actors and entries."""

    source: Source
    documents: Mapping[str, Document] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    witnesses: Witnesses = field(default_factory=Witnesses)
    _about: dict[str, Entry] | None = None

    @classmethod
    def of(cls, source: Source) -> Differences:
        """Those of a record."""
        documents = {d.id: d for d in source.documents}
        return cls(source, documents, {a.id: a for a in source.actors}, Witnesses.of(source.families))

    def questions(
        self,
        kind: str | None = None,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
    ) -> list[Question]:
        """The questions of the record, the weightiest first.

        Args:
            kind: only conflicts, revisions or framings.
            actor: the id of an actor: only what is about it, or names it.
            since: a day (YYYY-MM-DD): only what a document of that day or later tells.
            until: a day: only what a document of that day or earlier tells.
            text: words that stand in the question, an answer, or the words behind it.
        """
        some = (self.question(d) for d in self.source.disagreements if kind in (None, d.kind))
        return sorted(self.narrowed(some, kind, actor, since, until, text), key=lambda question: question.order())

    def narrowed(
        self,
        questions: Iterable[Question],
        kind: str | None = None,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
    ) -> list[Question]:
        """Of some questions those that fit, as `questions` says, in the order in which they come."""
        own = {a.id for a in self.actors.values() if actor in (a.id, a.side)} | {actor} if actor else set()
        names: list[str] = []
        for name in sorted((n for i in own if i in self.actors for n in self.actors[i].names), key=len):
            if not any(shorter in name for shorter in names):  # where the longer one stands the shorter does too
                names.append(name)
        wanted = text.casefold() if text is not None else None
        return [
            q
            for q in questions
            if kind in (None, q.entry.kind)
            and (not (since or until) or any((since or "") <= day <= (until or "9999") for day in q.days))
            and (wanted is None or wanted in q.folded)
            and (actor is None or not own.isdisjoint(q.actors) or any(name in q.words for name in names))
        ]

    def question(self, entry: Disagreement) -> Question:
        """A disagreement as a question."""
        about = self._entries().get(entry.about.id)
        answers = tuple(Said(words.flat(v.value), self._voices(v.citations)) for v in entry.values)
        dated = {
            self.documents[c.document].dated for v in entry.values for c in v.citations if c.document in self.documents
        }
        days = tuple(sorted({day.to for day in dated if day is not None}))
        return Question(entry, self._question(entry, about), answers, frozenset(_actors(about)), days)

    def label(self, voice: Voice) -> str:
        """A source in words: outlet and day, and how many copies there are of it."""
        document = self.documents.get(voice.document)
        if document is None:
            return voice.document
        name = words.short(document.outlet or document.name.rsplit("/", 1)[-1], 40)
        said = f"{name}, {words.when(document.dated)}" if document.dated else name
        copies = len(voice.documents) - 1
        return f"{said} and {words.count(copies, 'copy', 'copies')} of it" if copies else said

    def _voices(self, citations: Iterable[Citation]) -> tuple[Voice, ...]:
        """Citations by source, in the order in which the documents were written."""
        groups: dict[str, list[Citation]] = {}
        for citation in citations:
            groups.setdefault(self.witnesses.source(citation), []).append(citation)
        made = []
        for group in groups.values():
            ordered = sorted(group, key=lambda c: (self._written(c.document), c.document, c.start))
            found = tuple(dict.fromkeys(c.document for c in ordered))
            made.append(Voice(found, tuple(c for c in ordered if c.document == found[0])))
        return tuple(sorted(made, key=lambda v: (self._written(v.document), v.documents)))

    def _written(self, document: str) -> str:
        known = self.documents.get(document)
        return known.dated.from_ if known and known.dated else "9999"

    def _entries(self) -> dict[str, Entry]:
        """The entries that disagreements are about, by id."""
        if self._about is None:
            wanted = {d.about.id for d in self.source.disagreements}
            parts: tuple[Iterable[Meeting | Agreement | Position | Outlook], ...] = (
                self.source.meetings,
                self.source.agreements,
                self.source.positions,
                self.source.outlooks,
            )
            self._about = {e.id: e for part in parts for e in part if e.id in wanted} if wanted else {}
        return self._about

    def _name(self, actor: str | None) -> str:
        return self.actors[actor].name if actor and actor in self.actors else str(actor)

    def _question(self, entry: Disagreement, about: Entry | None) -> str:
        """The question in words: what it is about, and what of it."""
        if entry.question:
            return words.flat(entry.question)
        what = _FIELDS.get(entry.about.field, entry.about.field.replace("_", " "))
        if isinstance(about, Meeting):
            day = f", {words.when(about.date)}" if about.date and entry.about.field != "date" else ""
            return f"{words.flat(about.title)}{day}: {what}"
        if isinstance(about, Agreement):
            what = "whether it stands and is kept" if entry.about.field == "status" else what
            return f"{words.short(about.content, 100)}: {what}"
        if isinstance(about, Position):
            return f"{self._name(about.party)} on {signs.issue(about.issue)}: {what}"
        return what[:1].upper() + what[1:]


def beside(entry: Entry, disagreements: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """The disagreements that stand beside an entry: about it, or in whose answers its own words stand.

    Args:
        entry: a meeting, an agreement, a position, an outlook or a statement.
        disagreements: of the same record.
    """
    own: dict[str, list[tuple[int, int]]] = {}
    for citation in getattr(entry, "citations", ()):
        own.setdefault(citation.document, []).append((citation.start, citation.end))
    for one in disagreements:
        if one.about.id == getattr(entry, "id", None) or any(
            citation.start < end and start < citation.end
            for value in one.values
            for citation in value.citations
            for start, end in own.get(citation.document, ())
        ):
            yield one


def _actors(entry: Entry | None) -> Iterator[str]:
    """Whom an entry is about."""
    for name in ("parties", "participants", "mediators"):
        yield from getattr(entry, name, ())
    for name in ("party", "addressee", "holder"):
        actor = getattr(entry, name, None)
        if actor:
            yield actor
