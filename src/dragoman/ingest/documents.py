"""One document: from a path to its text, or to the reason why it cannot be read."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.ingest.decode import Undecodable
from dragoman.ingest.formats import not_read, reader_of
from dragoman.ingest.sidecar import Sidecar, sidecar_of

LIMIT = 20_000_000
"""Bytes; a larger file is refused. An article has some thousand, a book a million."""


class BadDocument(Exception):  # noqa: N818
    """A document that cannot be read; str() is one line that names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        """A document's name and the reason, in words for a person."""
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        """One line."""
        return f"{self.name}: {self.reason}"


@dataclass(slots=True)
class RawDocument:
    """A document as it was read.

    `text` is the stored text; `sha256` is of that text in UTF-8; `bytes` is the size of the file; `notes` say what was
    unusual about it or is wrong with its sidecar, a line each; `sidecar` is what is said of it beside it, if anything.
    """

    name: str
    text: str
    sha256: str
    bytes: int
    notes: list[str] = field(default_factory=list)
    sidecar: Sidecar | None = None


def name_of(path: str | Path) -> str:
    """What a document is called: its path as given, normalised; relative if it is below the working folder."""
    given = os.path.normpath(os.fspath(path))
    if os.path.isabs(given):
        here = os.getcwd()
        if given.startswith(here.rstrip(os.sep) + os.sep):
            given = os.path.relpath(given, here)
    return os.fsencode(given.replace(os.sep, "/")).decode("utf-8", "replace")


def document_id(name: str, sha256: str) -> str:
    """The id of a document: of its name and its text, since two files with one text are two documents."""
    return "d-" + hashlib.sha256(f"{sha256}\n{name}".encode()).hexdigest()[:12]


def load(path: str | Path, limit: int = LIMIT) -> RawDocument:
    """Read a document.

    `limit` is the most bytes a file may have. Raises BadDocument, which names it and says in one line what is wrong:
    missing, not a file, not permitted, too large, empty, of a format that is not read, binary, in an unknown encoding.
    """
    path = Path(path)
    name = name_of(path)
    reader = reader_of(path)
    reason = unfit(path)
    if reason is None and reader is None:
        reason = not_read(path)
    if reason is not None or reader is None:
        raise BadDocument(name, reason or "")
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise BadDocument(name, _why(error)) from error
    if len(data) > limit:
        raise BadDocument(name, f"larger than {_size(limit)}, the most that is read")
    if not data:
        raise BadDocument(name, "empty")
    try:
        decoded = reader(data)
    except Undecodable as error:
        raise BadDocument(name, str(error)) from error
    if not decoded.text.strip():
        raise BadDocument(name, "nothing but white space")
    if decoded.encoding != "utf-8":
        decoded.notes.insert(0, f"read as {decoded.encoding}")
    sha256 = hashlib.sha256(decoded.text.encode("utf-8")).hexdigest()
    sidecar, wrong = sidecar_of(path)
    return RawDocument(name, decoded.text, sha256, len(data), [*decoded.notes, *wrong], sidecar)


def unfit(path: Path) -> str | None:
    """Why a path is no file that can be read at all; None if it is one."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
    except OSError as error:
        return _why(error)
    except ValueError:
        return "no such file or folder"  # a NUL in the name
    if stat.S_ISDIR(mode):
        return "a folder"
    return None if stat.S_ISREG(mode) else "not a regular file"


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return (error.strerror or type(error).__name__).lower()


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 100_000 else f"{count} bytes"
