"""What a report is made from: the few things it asks of a record, whoever keeps it.

`dragoman.library.Record` has them over the store; `ExportSource` has them over an export held in memory, for tests and
for programs that have only the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from dragoman.record import (
    Actor,
    Agreement,
    Disagreement,
    Document,
    Export,
    Family,
    Meeting,
    Outlook,
    Position,
    Statement,
)


class Source(Protocol):
    """A record as the reports see it. The parts may be lazy, and are gone through more than once."""

    @property
    def documents(self) -> Iterable[Document]:
        """All documents."""

    @property
    def actors(self) -> Iterable[Actor]:
        """All actors."""

    @property
    def meetings(self) -> Iterable[Meeting]:
        """All encounters."""

    @property
    def statements(self) -> Iterable[Statement]:
        """All statements."""

    @property
    def positions(self) -> Iterable[Position]:
        """All positions."""

    @property
    def agreements(self) -> Iterable[Agreement]:
        """All agreements."""

    @property
    def outlooks(self) -> Iterable[Outlook]:
        """All outlooks."""

    @property
    def disagreements(self) -> Iterable[Disagreement]:
        """All disagreements."""

    @property
    def families(self) -> Iterable[Family]:
        """Groups of documents that are not independent of each other."""

    def text(self, document_id: str, /) -> str:
        """The stored text of a document. Raises KeyError if there is none."""

    def notes(self) -> list[tuple[str, str]]:
        """The names of documents that are kept but were not read, each with one line on why."""


@dataclass(frozen=True)
class ExportSource:
    """A `Source` over an export and the stored texts by document id."""

    export: Export
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents(self) -> list[Document]:
        """The export's documents."""
        return self.export.documents

    @property
    def actors(self) -> list[Actor]:
        """The export's actors."""
        return self.export.actors

    @property
    def meetings(self) -> list[Meeting]:
        """The export's meetings."""
        return self.export.meetings

    @property
    def statements(self) -> list[Statement]:
        """The export's statements."""
        return self.export.statements

    @property
    def positions(self) -> list[Position]:
        """The export's positions."""
        return self.export.positions

    @property
    def agreements(self) -> list[Agreement]:
        """The export's agreements."""
        return self.export.agreements

    @property
    def outlooks(self) -> list[Outlook]:
        """The export's outlooks."""
        return self.export.outlooks

    @property
    def disagreements(self) -> list[Disagreement]:
        """The export's disagreements."""
        return self.export.disagreements

    @property
    def families(self) -> list[Family]:
        """The export's families."""
        return self.export.families

    def text(self, document_id: str, /) -> str:
        """The stored text. Raises KeyError."""
        return self.texts[document_id]

    def notes(self) -> list[tuple[str, str]]:
        """Documents in a language that is not read; an export says nothing of other reasons."""
        foreign = [d for d in self.export.documents if d.language not in (None, "en")]
        return [(d.name, f"in a language that is not read yet ({d.language})") for d in foreign]
