"""Statements for Discourse Network Analyzer (DNA) and its R package rDNA: a table with a row a statement.

A statement of DNA has the variables person, organization, concept and agreement (1 or 0), a document, and a place in
its text. DNA reads no statements from CSV; rDNA adds them one by one to a database that has the documents already
(`dna_addStatement` with documentID, startCaret, endCaret and the variables), and R, visone or a spreadsheet make
networks of the table itself. The README has the lines of R.

Only a party's own words of the day are statements of its. What others say of it and reprints are left out: they would
count as talk of the party's own.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TextIO

from dragoman.record import Citation, Position
from dragoman.report.export import defused
from dragoman.report.source import Source
from dragoman.report.spool import Spool, Told
from dragoman.report.words import flat, short, side_of
from dragoman.resolve.gist import Gist, alike, gist

COLUMNS = (
    "document", "date", "speaker", "organisation", "concept", "agreement", "quote",
    "startCaret", "endCaret", "issue", "stance", "content", "documentId", "id",
)  # fmt: skip
"""The columns: DNA's, then where the quote stands, then what else the record says of it."""

_THINGS = 200  # concepts of an issue that a content is compared with; beyond that each content is a concept of its own
_LONG = 80


def write_dna(source: Source, out: TextIO) -> int:
    """Write the stands that parties take in their own words.

    `concept` is the issue with the content of the first stand on the same thing, whoever takes it (as
    `dragoman.resolve.gist` tells things apart): two sides that both demand something of an issue do not by that
    agree. `agreement` is 0 for what is rejected, else 1; `stance` tells more. `startCaret` and `endCaret` count UTF-16
    units from 0, as DNA does. Rows come in the order of the documents' names and texts.

    Args:
        source: the record.
        out: takes text; opened with newline="" if it is a file.

    Returns: how many rows were written.
    """
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    many = 0
    concepts = _Concepts()
    text = lru_cache(maxsize=1)(source.text)
    with Spool(source) as spool:
        spool.take_speakers(source)
        for told in spool.positions(source):
            if told.own and not told.reprint:
                row = _row(told, spool, concepts.of(told.position), text)
                writer.writerow([defused(cell) for cell in row])
                many += 1
    return many


def _carets(cited: Citation, text: Callable[[str], str]) -> tuple[int, int]:
    """Where a citation begins and ends, in UTF-16 units; as the record has it where the text is not at hand."""
    try:
        before = text(cited.document)[: cited.start]
    except KeyError:
        before = ""
    start = cited.start + _pairs(before)
    return start, start + len(cited.quote) + _pairs(cited.quote)


def _pairs(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\uffff" for character in text)


class _Concepts:
    """The things that stands are about."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[Gist, str]]] = {}

    def of(self, position: Position) -> str:
        """The name of what a position is about: the same for all that are about the same."""
        about = gist(position)
        known = self._known.setdefault(position.issue, [])
        for other, name in known:
            if about == other or alike(about, other):
                return name
        name = f"{position.issue}: {short(position.content, _LONG)}"
        if len(known) < _THINGS:
            known.append((about, name))
        return name


def _row(told: Told, spool: Spool, concept: str, text: Callable[[str], str]) -> Sequence[str | int | None]:
    position, known = told.position, spool.actors
    cited = position.citations[0]
    where = spool.document(cited.document)
    speaker = known.get(spool.speaker(position.statement) or "")
    if speaker is None or speaker.kind != "person":
        holder = known.get(position.party)
        speaker = holder if holder is not None and holder.kind == "person" else None
    side = side_of(known.get(position.party), known)
    organisation = known[side].name if side else "" if position.party in known else position.party
    start, end = _carets(cited, text)
    return (
        where.name,
        told.day.start if told.day else None,
        flat(speaker.name) if speaker else None,
        flat(organisation),
        concept,
        0 if position.stance == "rejects" else 1,
        cited.quote,
        start,
        end,
        position.issue,
        position.stance,
        position.content,
        cited.document,
        position.id,
    )
