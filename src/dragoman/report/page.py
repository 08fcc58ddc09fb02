"""The brief as plain data: a page has sections, a section has groups, a group has lines, a line has sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """The words behind a line: the document's number on this page, its id and label, and the quote."""

    number: int
    document: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Differing:
    """What is told differently: each value with the words behind it."""

    field: str
    values: tuple[tuple[str, tuple[Cited, ...]], ...]

    def __str__(self) -> str:
        """On one line, documents as numbers: "duration: 40 min [1]; 2 h [2]"."""
        said = [
            " ".join(p for p in (value, "".join(f"[{c.number}]" for c in cited)) if p) for value, cited in self.values
        ]
        return f"{self.field}: {'; '.join(said)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief: when or who (`lead`), what (`text`), more about it (`notes`), what is told differently
    (`differs`), the words behind it (`sources`; `shown` says for how many of them a page of text has room) and how
    many further documents say it (`more`). What is `verbatim` is its own quote."""

    lead: str
    text: str
    notes: tuple[str, ...] = ()
    differs: tuple[Differing, ...] = ()
    sources: tuple[Cited, ...] = ()
    shown: int = 1
    more: int = 0
    verbatim: bool = False
    id: str | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The documents for whose words a page of text has no room."""
        return tuple(c.number for c in self.sources[self.shown :])


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading; `rest` says in words what was left out and how to see it."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    key: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The page. `caution` stands under the title and says how to read it."""

    title: str
    subtitle: str
    caution: str
    sections: tuple[Section, ...] = ()
    documents: tuple[Line, ...] = ()
    documents_rest: str = ""
