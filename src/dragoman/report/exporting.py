"""A whole record, written for other programs in a form of their choice."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Literal, TextIO, cast, get_args

from dragoman.library import Record
from dragoman.record import PARTS
from dragoman.report.csv_parts import write_part
from dragoman.report.dna import write_dna
from dragoman.report.plover import write_plover
from dragoman.report.spool import Spool

ExportFormat = Literal["json", "plover", "dna", "csv"]


def export(
    record: Record, format: ExportFormat, target: str | Path | TextIO, part: str | None = None
) -> dict[str, int]:
    """Write a whole record; the same record gives the same bytes, whatever order its documents were read in.

    Args:
        record: the record.
        format: "json" (dragoman-record/1), "plover" (events, a JSON object a line), "dna" (a table of statements for
            Discourse Network Analyzer) or "csv" (a table for each part).
        target: a file, or a stream that takes text; for "csv" without `part` a folder, made where there is none.
        part: of "csv", the only part wanted: a key of `dragoman.record.PARTS`.

    Returns: of "plover", how many entries are no event there, by reason; else nothing.

    Raises:
        ValueError: no such format or part, or a target that does not fit it.
        OSError: a file cannot be written.
    """
    if format not in get_args(ExportFormat):
        raise ValueError(f"{format}: not one of {', '.join(get_args(ExportFormat))}")
    if part is not None and (format != "csv" or part not in PARTS):
        raise ValueError(f"{part}: a part goes with csv, and is one of {', '.join(PARTS)}")
    if format == "csv" and part is None:
        if not isinstance(target, str | Path):
            raise ValueError("csv has a file for each part: a folder is needed, or a part")
        export_parts(record, Path(target), _replacing)
        return {}
    with _replacing(Path(target)) if isinstance(target, str | Path) else nullcontext(target) as out:
        return write(record, format, out, part)


def write(record: Record, format: str, out: TextIO, part: str | None = None) -> dict[str, int]:
    """Write a record in a format that is one file; see `export`."""
    if format == "plover":
        return dict(write_plover(record, out))
    if format == "dna":
        write_dna(record, out)
    elif format == "csv":
        write_part(record, cast(str, part), out)
    else:
        record.write_json(out)
    return {}


def export_parts(record: Record, folder: Path, writing: Callable[[Path], AbstractContextManager[TextIO]]) -> None:
    """Write a CSV file for each part into a folder, PART.csv; empty parts have their header.

    Args:
        record: the record.
        folder: made where there is none.
        writing: opens a file for writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Spool(record) as spool:
        for part in PARTS:
            with writing(folder / f"{part}.csv") as out:
                write_part(record, part, out, spool.actors)


class _replacing(AbstractContextManager[TextIO]):  # noqa: N801  # a function to whoever uses it
    """A file that is there only when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> TextIO:
        self._out = self._unfinished.open("w", encoding="utf-8", newline="")
        return self._out

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        self._out.close()
        if kind is None:
            self._unfinished.replace(self._path)
        self._unfinished.unlink(missing_ok=True)
