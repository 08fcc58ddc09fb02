"""Flat rows, the same in JSON, JSON lines and CSV: for reports that are not entries of the record."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from typing import TextIO

from dragoman.report.export import defused

Value = str | int | float | bool | None | list[str]
Row = Mapping[str, Value]


def write(rows: Sequence[Row], columns: Sequence[str], format: str, out: TextIO) -> None:
    """Write rows.

    Args:
        rows: each with all columns.
        columns: in their order.
        format: "json", "jsonl" or "csv"; in CSV lists are joined by "; ", and nothing is a formula.
        out: where to; opened with newline="" if it is a file.
    """
    if format == "csv":
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)
        return
    lines = [json.dumps({column: row[column] for column in columns}, ensure_ascii=False) for row in rows]
    if format == "jsonl":
        out.writelines(f"{line}\n" for line in lines)
    else:
        out.write("[" + ",".join(f"\n{line}" for line in lines) + ("\n]\n" if lines else "]\n"))


def _cell(value: Value) -> str:
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value)  # a number below 0 is a number, no formula
    return defused(value)
