"""The expressions of time of one text, as a table or for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.extract.times import TimeSaid
from dragoman.report import rows, words
from dragoman.report.paper import put

WIDTH = 100
_COLUMNS = ("start", "end", "text", "kind", "from", "to", "basis", "minutes")
_BASES = {"stated": "its words", "writing": "the day of writing", "event": "another event"}


def show(found: Sequence[TimeSaid], console: Console) -> None:
    """Prints the expressions in the order of the text, each with its days and what they rest on."""
    if not found:
        console.print("no times")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in ("at", "words", "kind", "days", "by"):
        table.add_column(name, justify="right" if name == "at" else "left")
    for time in found:
        days = words.interval(time.date.start, time.date.end) if time.date else ""
        lasts = f"{time.minutes} minutes" if time.minutes is not None else ""
        cells = (
            str(time.start),
            " ".join(time.text.split()),
            time.kind,
            days or lasts,
            _BASES.get(time.basis or "", ""),
        )
        table.add_row(*map(Text, cells))
    put(console, table)


def write(found: Sequence[TimeSaid], format: str, out: TextIO) -> None:
    """Write the expressions as "json", "jsonl" or "csv"."""
    flat: list[rows.Row] = [
        {
            "start": t.start,
            "end": t.end,
            "text": t.text,
            "kind": t.kind,
            "from": t.date.start if t.date else None,
            "to": t.date.end if t.date else None,
            "basis": t.basis,
            "minutes": t.minutes,
        }
        for t in found
    ]
    rows.write(flat, _COLUMNS, format, out)
