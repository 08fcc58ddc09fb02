"""Entries written for programs: JSON, JSON lines and CSV, one entry at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from dragoman.record import Actor, Date, Document, Entry, Meeting, Statement
from dragoman.report import words

Row = dict[str, str | int | None]


def plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values, named as the export names them."""
    return entry.model_dump(mode="json", by_alias=True)


def write_json(entries: Iterable[Entry], out: TextIO) -> None:
    """A JSON array, an entry a line, never more than one of them in memory."""
    out.write("[")
    first = True
    for entry in entries:
        out.write("\n" if first else ",\n")
        out.write(json.dumps(plain(entry), ensure_ascii=False))
        first = False
    out.write("]\n" if first else "\n]\n")


def write_jsonl(entries: Iterable[Entry], out: TextIO) -> None:
    """An entry a line."""
    for entry in entries:
        out.write(json.dumps(plain(entry), ensure_ascii=False) + "\n")


def write_csv(entries: Iterable[Entry], out: TextIO, part: str, actors: Mapping[str, Actor]) -> None:
    """A table for spreadsheets: a row an entry, dates as two columns, names for ids, quotes joined by " | ".

    Args:
        entries: of the part.
        out: where to; opened with newline="" if it is a file.
        part: "documents", "actors", "meetings" or "statements".
        actors: by id, for the names.
    """
    columns, row = _ROWS[part]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for entry in entries:
        values = row(entry, actors)
        writer.writerow([defused(values.get(column)) for column in columns])


def defused(value: str | int | None) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins with = + - @ (or a tab, or a carriage return)
    gets an apostrophe in front. After OWASP, "CSV injection"."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not isinstance(value, int) else text


def _names(ids: Iterable[str | None], actors: Mapping[str, Actor]) -> str:
    return "; ".join(actors[i].name if i in actors else i for i in ids if i)


def _days(name: str, date: Date | None) -> Row:
    """A date as columns; those that a part does not have are left out when the row is written."""
    if date is None:
        return {}
    return {f"{name}_from": date.from_, f"{name}_to": date.to, f"{name}_basis": date.basis}


def _document(entry: Any, actors: Mapping[str, Actor]) -> Row:
    d: Document = entry
    return {
        "id": d.id,
        "name": d.name,
        "title": d.title and words.flat(d.title),
        "outlet": d.outlet,
        "credits": "; ".join(d.credits),
        "language": d.language,
        **_days("dated", d.dated),
        "words": d.words,
        "family": d.family,
        "sha256": d.sha256,
    }


def _actor(entry: Any, actors: Mapping[str, Actor]) -> Row:
    a: Actor = entry
    return {
        "id": a.id,
        "name": a.name,
        "names": "; ".join(a.names),
        "kind": a.kind,
        "side": _names([a.side], actors),
        "part": a.part,
        "roles": "; ".join(words.flat(r.title) for r in a.roles),
        "quotes": " | ".join(words.flat(c.quote) for r in a.roles for c in r.citations[:1]),
    }


def _meeting(entry: Any, actors: Mapping[str, Actor]) -> Row:
    m: Meeting = entry
    return {
        "id": m.id,
        "title": m.title,
        "kind": m.kind,
        "level": m.level,
        "format": m.format,
        "status": m.status,
        **_days("date", m.date),
        "place": m.place,
        "country": m.country,
        "venue": m.venue,
        "parties": _names(m.parties, actors),
        "participants": _names(m.participants, actors),
        "mediators": _names(m.mediators, actors),
        "round": m.round,
        "duration_minutes": m.duration_minutes,
        "outcome": m.outcome and words.flat(m.outcome),
        "documents": "; ".join(dict.fromkeys(a.document for a in m.accounts)),
        "quotes": " | ".join(words.flat(c.quote) for c in m.citations),
    }


def _statement(entry: Any, actors: Mapping[str, Actor]) -> Row:
    s: Statement = entry
    return {
        "id": s.id,
        "document": s.document,
        "speaker": _names([s.speaker], actors),
        "speaker_text": s.speaker_text and words.flat(s.speaker_text),
        "on_behalf_of": _names([s.on_behalf_of], actors),
        "cue": s.cue,
        "content": " | ".join(words.flat(c.quote) for c in s.content),
        "kind": s.kind,
        "channel": s.channel,
        "via": s.via,
        **_days("date", s.date),
        "start": s.content[0].start,
        "end": s.content[-1].end,
    }


_COLUMNS: dict[str, str] = {
    "documents": "id name title outlet credits language dated_from dated_to dated_basis words family sha256",
    "actors": "id name names kind side part roles quotes",
    "meetings": "id title kind level format status date_from date_to date_basis place country venue parties "
    "participants mediators round duration_minutes outcome documents quotes",
    "statements": "id document speaker speaker_text on_behalf_of cue content kind channel via date_from date_to "
    "start end",
}
_MAKERS: dict[str, Callable[[Any, Mapping[str, Actor]], Row]] = {
    "documents": _document,
    "actors": _actor,
    "meetings": _meeting,
    "statements": _statement,
}
_ROWS = {part: (_COLUMNS[part].split(), _MAKERS[part]) for part in _COLUMNS}
