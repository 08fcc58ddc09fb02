"""Sidecars: what somebody wrote beside a document of its title, outlet, address, day and language.

Two forms are read: `NAME.meta.json`, an object beside the document (`talk.meta.json` or `talk.txt.meta.json` for
`talk.txt`), and `documents.csv`, a table for all documents of its folder, told apart by the column `name`. Where both
speak of a document, what the first gives counts. What is wrong with them is said, and never stops a document.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.ingest.decode import Undecodable, decode

TABLE = "documents.csv"
"""The name of the table in a folder."""

LIMIT = 50_000_000
"""Bytes; a larger sidecar is not read."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_NAMED = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAYS = (
    re.compile(rf"{_YEAR}[-/.](?P<n>\d\d?)[-/.](?P<d>\d\d?)(?:[t\s].*)?"),
    re.compile(rf"{_YEAR}(?P<n>\d\d)(?P<d>\d\d)(?:t.*)?"),
    re.compile(rf"(?P<d>\d\d?)\.\s?(?P<n>\d\d?)\.\s?{_YEAR}(?:\s.*)?"),
    re.compile(
        rf"(?:[a-z]+\.?,?\s+)?(?P<d>\d\d?)(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?{_NAMED},?[\s-]+{_YEAR}(?:[,\s].*)?"
    ),
    re.compile(rf"(?:[a-z]+\.?,?\s+)?{_NAMED}\s+(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}(?:[,\s].*)?"),
)
_SLASHED = re.compile(rf"(?P<a>\d\d?)[/-](?P<b>\d\d?)[/-]{_YEAR}(?:[,\s].*)?")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is said of a document beside it; None where nothing is. `published` is a day, ISO 8601."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def digest(self) -> str:
        """A fingerprint of what is said: another one means that the document is to be read as a changed one."""
        data = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(data.encode()).hexdigest()[:16]


FIELDS = tuple(f.name for f in fields(Sidecar))


def is_sidecar(entry: str, documents: set[str]) -> bool:
    """Whether an entry of a folder is a sidecar and no document; `documents` are the names of those, with and without
    their suffixes."""
    if entry.lower() == TABLE:
        return True
    return entry.endswith(".meta.json") and entry.removesuffix(".meta.json") in documents


def sidecar_of(path: str | Path) -> tuple[Sidecar | None, list[str]]:
    """What is said of a document beside it, and what is wrong with that.

    Args:
        path: of the document.

    Returns: the sidecar, None where there is none that says anything; and notes, a line each, which name the file that
        they are about. Notes on a table as a whole come with every document of its folder, in the same words. Nothing
        is raised.
    """
    path = Path(path)
    said: dict[str, str] = {}
    notes: list[str] = []
    try:
        table = path.parent / TABLE
        about = _stamp(table)
        if about is not None and path.name.lower() != TABLE:
            rows, wrong = _table(str(table), about)
            notes += wrong
            row = rows.get(path.name) or rows.get(path.name.casefold()) or rows.get(path.stem.casefold())
            if row is not None:
                said, more = row
                said = dict(said)
                notes += more
        for name in dict.fromkeys((f"{path.stem}.meta.json", f"{path.name}.meta.json")):
            beside = path.parent / name
            if _stamp(beside) is not None:
                given, wrong = _object(beside)
                said.update(given)
                notes += wrong
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        notes.append(f"{path.name}: its sidecar cannot be read ({_reason(error)})")
    return (Sidecar(**said) if said else None), notes


def _stamp(path: Path) -> tuple[int, int] | None:
    """Size and time of change of a file, by which it is read but once; None where there is no file."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return (about.st_size, about.st_mtime_ns) if path.is_file() else None


def _text(path: Path) -> str:
    """The text of a sidecar. Raises ValueError for one that is too large or no text, OSError where it is not read."""
    with path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError(f"larger than {LIMIT / 1_000_000:g} MB")
    if not data.strip():
        raise ValueError("empty")
    try:
        return decode(data).text
    except Undecodable as error:
        raise ValueError(str(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "permission denied"
    return ((error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__).lower()


def _object(path: Path) -> tuple[dict[str, str], list[str]]:
    """What a `.meta.json` says, and what is wrong with it."""
    try:
        data = json.loads(_text(path))
    except OSError as error:
        return {}, [f"{path.name}: cannot be read ({_reason(error)})"]
    except json.JSONDecodeError as error:
        return {}, [f"{path.name}: not JSON (line {error.lineno}: {error.msg[:1].lower()}{error.msg[1:]})"]
    except (ValueError, RecursionError) as error:
        return {}, [f"{path.name}: not read ({_reason(error)})"]
    if not isinstance(data, dict):
        return {}, [f"{path.name}: not an object of {', '.join(FIELDS)}"]
    said: dict[str, str] = {}
    notes = []
    for key, value in data.items():
        field = _key(key)
        if field in FIELDS:
            note = _put(said, field, value)
            if note is not None:
                notes.append(f"{path.name}: {note}")
        elif field != "name":
            notes.append(f"{path.name}: “{_short(key)}” is ignored (known are {', '.join(FIELDS)})")
    return said, notes


Row = tuple[dict[str, str], list[str]]


@functools.lru_cache(8)
def _table(path: str, stamp: tuple[int, int]) -> tuple[dict[str, Row], list[str]]:
    """The rows of a table by the names of their documents, as they are, in lower case, and without their suffixes.

    `stamp` is of the file as it is now: a changed file is read again.
    """
    try:
        text = _text(Path(path))
        head = text.split("\n", 1)[0]
        mark = max(",;\t", key=head.count)
        lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    except (OSError, ValueError, csv.Error) as error:
        return {}, [f"{TABLE}: not read ({_reason(error)})"]
    columns = [_key(column) for column in lines[0]]
    if "name" not in columns:
        return {}, [f"{TABLE}: not read (it has no column “name”)"]
    notes = []
    for column, given in zip(columns, lines[0], strict=True):
        if column and column not in (*FIELDS, "name"):
            notes.append(f"{TABLE}: the column “{_short(given)}” is ignored (known are name, {', '.join(FIELDS)})")
    rows: dict[str, Row] = {}
    loose: dict[str, list[Row]] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = dict(zip(columns, line, strict=False))
        name = cells.get("name", "").strip()
        if not name:
            if any(cell.strip() for cell in line):
                notes.append(f"{TABLE}: row {number} has no name")
            continue
        said: dict[str, str] = {}
        wrong: list[str] = []
        for field in FIELDS:
            note = _put(said, field, cells.get(field))
            if note is not None:
                wrong.append(f"{TABLE}: {_short(name)}: {note}")
        row = (said, wrong)
        if name in rows and rows[name] != row:
            notes.append(f"{TABLE}: “{_short(name)}” stands in it more than once (the first counts)")
        elif name not in rows:
            rows[name] = row
            for key in {name.casefold(), Path(name).stem.casefold()} - {name}:
                loose.setdefault(key, []).append(row)
    for key, found in loose.items():
        if len(found) == 1:
            rows.setdefault(key, found[0])
    return rows, notes


def _key(column: object) -> str:
    """A column's name without case, spaces and marks around it."""
    return re.sub(r"[\s_-]+", "_", str(column).strip(" \t\r\n\"'\ufeff").casefold())


def _short(text: object) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= 60 else words[:59] + "…"


def _put(said: dict[str, str], field: str, value: Any) -> str | None:
    """Enter a value where it is one; where it is not, the return is what is wrong with it."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        return f"{field} is not text and is ignored"
    text = " ".join(value.split())
    if field == "published":
        found = day_of(text)
        if isinstance(found, str):
            return f"published “{_short(text)}” is ignored ({found})"
        text = found.isoformat()
    elif field == "language":
        tag = _TAG.fullmatch(text)
        if tag is None:
            return f"language “{_short(text)}” is ignored (an ISO 639 code is wanted, as “en”)"
        text = tag[1].lower()
    said[field] = text
    return None


def day_of(text: str) -> date | str:
    """The day that a date or a time names, or why it names none.

    ISO 8601 with or without a time and a zone (the day is that of the zone it is written in), day and month in English
    words in either order, and day.month.year. Slashes say a day only where one of the two numbers can be no month.
    """
    plain = text.strip().casefold()
    for shape in _DAYS:
        found = shape.fullmatch(plain)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["n"]) if parts.get("n") else _MONTHS.index(parts["m"]) + 1
            return _day(int(parts["y"]), month, int(parts["d"]))
    found = _SLASHED.fullmatch(plain)
    if found is None:
        return "not a date with day, month and year"
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    if a != b and a <= 12 and b <= 12:
        return "day or month first? 2024-03-05 would be plain"
    return _day(year, b, a) if b <= 12 else _day(year, a, b)


def _day(year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return "there is no such day"
