"""From what a person names (files, folders, patterns) to the files that are to be read."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.ingest.documents import name_of, unfit
from dragoman.ingest.formats import not_read, reader_of
from dragoman.ingest.sidecar import is_sidecar

_LEFTOVERS = ("~", ".bak", ".tmp", ".swp", ".part", ".orig")
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__pycache__", "__macosx"})
_SIDECARS = frozenset({".json", ".yaml", ".yml", ".xml", ".meta", ".sha256", ".md5", ".license"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read and the name it will have as a document."""

    path: Path
    name: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something named, or met in a folder, that is not read, and why; str() is one line."""

    name: str
    reason: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.name}: {self.reason}"


def find(paths: Iterable[str | Path]) -> Iterator[Found | Refusal]:
    """The files behind some paths, each once, in the order of the paths and sorted within each.

    A folder stands for all that is in it and below, save hidden files, leftovers of editors and the sidecars of
    documents (`talk.meta.json` or `talk.json` beside `talk.txt`, `documents.csv`). A path that does not exist but has
    `*`, `?` or `[` is a pattern (`**` for any depth). What cannot be read comes as a Refusal; nothing is raised.
    """
    seen: set[str] = set()
    for given in paths:
        for found in _behind(Path(given)):
            if found.name not in seen:
                seen.add(found.name)
                yield found


def _behind(path: Path) -> Iterator[Found | Refusal]:
    reason = unfit(path)
    if reason == "a folder":
        met = False
        for found in _below(path, ()):
            met = True
            yield found
        if not met:
            yield Refusal(name_of(path), "a folder with nothing to read in it")
    elif reason == "no such file or folder" and glob.has_magic(str(path)):
        matches = sorted(glob.glob(str(path), recursive=True))
        for match in matches:
            if unfit(Path(match)) != "a folder" or "**" not in path.parts:
                yield from _behind(Path(match))
        if not matches:
            yield Refusal(name_of(path), "no file matches")
    else:
        yield _one(path, reason)


def _one(path: Path, reason: str | None) -> Found | Refusal:
    if reason is None and reader_of(path) is None:
        reason = not_read(path)
    if reason is None:
        try:
            about = path.stat()
        except OSError as error:
            reason = (error.strerror or "gone").lower()
        else:
            return Found(path, name_of(path), about.st_size, about.st_mtime_ns)
    return Refusal(name_of(path), reason)


def _below(folder: Path, within: tuple[tuple[int, int], ...]) -> Iterator[Found | Refusal]:
    """Everything in a folder; `within` are the folders around it, by which a link that leads back is known."""
    try:
        about = folder.stat()
        entries = sorted(os.listdir(folder))
    except OSError as error:
        denied = isinstance(error, PermissionError)
        yield Refusal(name_of(folder), "may not be listed (permission denied)" if denied else "cannot be listed")
        return
    here = (about.st_dev, about.st_ino)
    if here in within:
        yield Refusal(name_of(folder), "a link back to a folder that it is in")
        return
    stems = {Path(entry).stem for entry in entries if reader_of(Path(entry)) is not None and Path(entry).suffix}
    stems |= {entry for entry in entries if reader_of(Path(entry)) is not None}
    for entry in entries:
        path = folder / entry
        if _skipped(entry, stems):
            continue
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError:
            is_folder = False
        if is_folder:
            yield from _below(path, (*within, here))
        else:
            yield _one(path, unfit(path))


def _skipped(entry: str, stems: set[str]) -> bool:
    """Whether an entry of a folder is passed over in silence."""
    lower = entry.lower()
    if lower.startswith((".", "~$", "#")) or lower.endswith(_LEFTOVERS) or lower in _OF_THE_SYSTEM:
        return True
    if is_sidecar(entry, stems):
        return True
    path = Path(entry)
    return path.suffix.lower() in _SIDECARS and (path.stem in stems or path.stem.removesuffix(".meta") in stems)
