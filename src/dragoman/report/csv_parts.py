"""The parts of a record as tables: a CSV file for each, with all that the JSON has.

How an entry becomes a row follows from the types in `dragoman.record`, so that no field is forgotten. After its id:

- a date is four columns: FIELD_from, FIELD_to, FIELD_text, FIELD_basis;
- a number with its unit is two: FIELD_value, FIELD_unit; several are "30.0 days; 40.0 trucks";
- citations are two: FIELD, "document:start-end" joined by "; ", and FIELD_quotes (`quotes` for `citations`), their
  words joined by " | ", exactly as they stand in the text, line breaks and quotation marks included;
- a list of words or ids is joined by "; "; beside each column of actors' ids, FIELD_name has their names;
- places in the text are "start-end" joined by "; "; what an entry is about is FIELD_kind, FIELD_id, FIELD_field;
- lists of entries within an entry (roles, accounts, steps, values, passages) are JSON in one cell;
- what is not known is empty; yes and no are "true" and "false".

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) has an apostrophe
in front; who needs the exact words of such a cell takes one apostrophe off, or the JSON.
"""

from __future__ import annotations

import csv
import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO, Union, get_args, get_origin

from pydantic import BaseModel

from dragoman.record import PARTS, About, Actor, Citation, Date, Entry, Quantity, Span
from dragoman.report.export import defused
from dragoman.report.source import Source
from dragoman.report.spool import Spool

Cells = tuple[str | int | None, ...]
Names = Mapping[str, Actor]
Column = tuple[tuple[str, ...], Callable[[Any, Names], Cells]]
"""The columns that a field becomes, and what is in them for a value."""

_ACTORS = {
    "side", "speaker", "on_behalf_of", "party", "teller", "addressee", "holder", "parties", "participants", "mediators",
}  # fmt: skip


def columns(part: str) -> tuple[str, ...]:
    """The columns of a part's table. Raises KeyError for what is no part."""
    return tuple(name for _, (names, _) in _fields(part) for name in names)


def write_part(source: Source, part: str, out: TextIO, names: Names | None = None) -> int:
    """Write the table of a part.

    Args:
        source: the record.
        part: one of `dragoman.record.PARTS`.
        out: takes text; opened with newline="" if it is a file.
        names: the actors by id, where they are at hand; else they are looked up on disk.

    Returns: how many entries were written.

    Raises:
        KeyError: no such part.
    """
    if names is None:
        with Spool(source) as spool:
            return write_part(source, part, out, spool.actors)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns(part))
    many = 0
    for row in _rows(part, getattr(source, part), names):
        writer.writerow([defused(cell) for cell in row])
        many += 1
    return many


def _rows(part: str, entries: Iterable[Entry], names: Names) -> Iterator[list[str | int | None]]:
    fields = _fields(part)
    for entry in entries:
        yield [cell for field, (_, cells) in fields for cell in cells(getattr(entry, field), names)]


def _fields(part: str) -> list[tuple[str, Column]]:
    model = PARTS[part]
    fields = sorted(model.model_fields.items(), key=lambda field: field[0] != "id")  # else in the JSON's order
    return [(name, _column(name.rstrip("_"), field.annotation)) for name, field in fields]


def _column(name: str, annotation: Any) -> Column:
    """How a field of a type is written."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    kind = next(k for k in kinds if k is not type(None))
    of = get_args(kind)[0] if get_origin(kind) is list else None
    if kind is Date:
        return tuple(f"{name}_{end}" for end in ("from", "to", "text", "basis")), _date
    if kind is Quantity:
        return (f"{name}_value", f"{name}_unit"), _quantity
    if kind is About:
        return (f"{name}_kind", f"{name}_id", f"{name}_field"), lambda v, _: (v.kind, v.id, v.field)
    if of is Citation:
        return (name, "quotes" if name == "citations" else f"{name}_quotes"), _citations
    if of is Quantity:
        return (name,), lambda v, _: ("; ".join(f"{q.value} {q.unit}" for q in v),)
    if of is Span:
        return (name,), lambda v, _: ("; ".join(f"{s.start}-{s.end}" for s in v),)
    if of is str and name in _ACTORS:
        return (name, f"{name}_name"), lambda v, names: ("; ".join(v), "; ".join(_name(i, names) for i in v))
    if of is str:
        return (name,), lambda v, _: ("; ".join(v),)
    if of is not None:
        return (name,), _json
    if name in _ACTORS:
        return (name, f"{name}_name"), lambda v, names: (v, _name(v, names) if v else None)
    if kind is bool:
        return (name,), lambda v, _: (str(v).lower(),)
    return (name,), lambda v, _: (v,)


def _date(value: Date | None, _: Names) -> Cells:
    return (value.from_, value.to, value.text, value.basis) if value else (None,) * 4


def _quantity(value: Quantity | None, _: Names) -> Cells:
    return (str(value.value), value.unit) if value else (None, None)


def _citations(value: list[Citation], _: Names) -> Cells:
    return "; ".join(f"{c.document}:{c.start}-{c.end}" for c in value), " | ".join(c.quote for c in value)


def _json(value: list[Any], _: Names) -> Cells:
    def plain(item: Any) -> Any:
        if isinstance(item, BaseModel):
            return item.model_dump(mode="json", by_alias=True)
        return [plain(one) for one in item] if isinstance(item, list) else item

    return (json.dumps(plain(value), ensure_ascii=False) if value else None,)


def _name(id_: str, names: Names) -> str:
    return names[id_].name if id_ in names else id_
