"""The record's parts as tables in the terminal."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.record import Actor, Document, Entry, Meeting, Statement
from dragoman.report import words
from dragoman.report.paper import put

WIDTH = 140  # where there is no terminal to ask
LIMIT = 200  # rows; a table for eyes, the other formats are whole


def show(
    entries: Iterable[Entry],
    part: str,
    console: Console,
    actors: Mapping[str, Actor],
    documents: Mapping[str, Document],
) -> None:
    """Prints entries of a part as a table; of very many the first `LIMIT`.

    Args:
        entries: of the part, in the order in which they are to be shown.
        part: "documents", "actors", "meetings" or "statements".
        console: where to.
        actors: by id, for names.
        documents: by id, for where a statement stands.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=part == "statements")
    table.add_column("id", no_wrap=True, style="dim")
    for name, options in _COLUMNS[part]:
        table.add_column(name, **options)
    some = list(itertools.islice(entries, LIMIT + 1))
    for entry in some[:LIMIT]:
        table.add_row(*map(Text, _CELLS[part](entry, actors, documents)))
    if not some:
        console.print(f"no {part}")
        return
    put(console, table)
    if len(some) > LIMIT:
        console.print(
            Text(f"the first {LIMIT}: --since, --actor or --text narrow it, --format csv has all", style="dim")
        )


def _document(entry: Any, actors: Mapping[str, Actor], documents: Mapping[str, Document]) -> list[str]:
    d: Document = entry
    return [
        d.id,
        words.when(d.dated),
        words.short(d.outlet or "not said", 30),
        words.short(d.title or "no title", 60),
        f"{d.words:,}",
        d.language or "?",
        d.family or "",
        words.short(Path(d.name).name, 40),
    ]


def _actor(entry: Any, actors: Mapping[str, Actor], documents: Mapping[str, Document]) -> list[str]:
    a: Actor = entry
    others = [n for n in a.names if n != a.name]
    return [
        a.id,
        words.short(a.name, 40),
        a.kind.replace("_", " "),
        actors[a.side].name if a.side and a.side in actors else "",
        a.part,
        words.short("; ".join(words.titles(a.roles)), 50),
        words.short(words.listing(others, 4), 60),
    ]


def _told(told: set[str], documents: Mapping[str, Document]) -> str:
    """How many documents tell it, and in brackets how many of them are independent, if not all are."""
    sources = {(documents[d].family or d) if d in documents else d for d in told}
    return str(len(told)) if len(sources) == len(told) else f"{len(told)} ({len(sources)})"


def _meeting(entry: Any, actors: Mapping[str, Actor], documents: Mapping[str, Document]) -> list[str]:
    m: Meeting = entry

    def names(ids: Iterable[str]) -> str:
        return words.listing([actors[i].name if i in actors else i for i in ids], 4)

    return [
        m.id,
        words.when(m.date),
        words.encounter(m),
        m.status,
        ", ".join(p for p in (m.place or m.venue, m.country) if p),
        names(m.parties),
        names(m.mediators),
        _told({a.document for a in m.accounts}, documents),
    ]


def _statement(entry: Any, actors: Mapping[str, Actor], documents: Mapping[str, Document]) -> list[str]:
    s: Statement = entry
    document = documents.get(s.document)
    said = words.said(s, 150)
    return [
        s.id,
        words.when(s.date or (document.dated if document else None)),
        words.speaker(s, actors),
        words.short(s.cue or "", 20),
        said,
        words.short(Path(document.name).name if document else s.document, 40),
    ]


_COLUMNS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "documents": [
        ("written", {"no_wrap": True}),
        ("outlet", {}),
        ("title", {"ratio": 1}),
        ("words", {"justify": "right"}),
        ("in", {}),
        ("family", {"no_wrap": True, "style": "dim"}),
        ("file", {"overflow": "fold"}),
    ],
    "actors": [
        ("name", {}),
        ("kind", {}),
        ("side", {}),
        ("part", {}),
        ("roles", {"max_width": 44}),
        ("also", {"overflow": "fold"}),
    ],
    "meetings": [
        ("date", {}),
        ("encounter", {}),
        ("status", {}),
        ("place", {}),
        ("parties", {}),
        ("mediators", {}),
        ("docs", {"justify": "right"}),
    ],
    "statements": [
        ("date", {"min_width": 11}),
        ("speaker", {"min_width": 12, "max_width": 24}),
        ("cue", {"max_width": 12}),
        ("said", {"min_width": 24, "ratio": 1}),
        ("document", {"overflow": "fold", "max_width": 30}),
    ],
}
_CELLS = {"documents": _document, "actors": _actor, "meetings": _meeting, "statements": _statement}
