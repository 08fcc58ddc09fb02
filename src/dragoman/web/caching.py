"""Where the indexes of large records are kept between two runs, so that the second one starts at once.

They lie in the user's cache folder (XDG_CACHE_HOME, else ~/.cache; never beside the record, which others may have
written), each named after its record and the state that it is of. They may be deleted at any time. An index is used
only if the record's files are exactly those that it was made from and the program is the one that made it; where that
cannot be told for certain, or the folder cannot be written to, none is kept and the record is gone through again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

MOST = 8
"""So many records have an index kept; of more the one that was not used for longest goes."""

_TICK = 0.05  # seconds: what was written within the last ones may be written again without its time changing
_COARSE = 2.0  # the same for file systems that know whole seconds only


class IndexFile:
    """The file of an index that nobody else touches; it is gone with this."""

    def __init__(self) -> None:
        """An empty one, where other indexes are kept if that can be, else among temporary files."""
        folder = _folder()
        try:
            handle, name = tempfile.mkstemp(prefix=f"{os.getpid()}-", suffix=".open", dir=folder)
        except OSError:
            handle, name = tempfile.mkstemp(prefix="dragoman-", suffix=".open")
        os.close(handle)
        self.path = Path(name)
        self._gone = weakref.finalize(self, _remove, self.path)

    def close(self) -> None:
        """Remove it."""
        self._gone()


class Cache:
    """The index that is kept of one record."""

    def __init__(self, place: str) -> None:
        """Of the record in a file; of one in another database none is ever kept."""
        self._record = None if "://" in place else Path(place).absolute()
        self._name = hashlib.sha256(str(self._record).encode("utf-8", "surrogateescape")).hexdigest()[:24]

    def take(self) -> IndexFile | None:
        """The index of the record as it is now, if there is one."""
        folder, state = _folder(), self.state()
        kept = folder / f"{self._name}-{state}.index" if folder and state else None
        if kept is None or not kept.exists():
            return None
        made = IndexFile()
        try:
            _same(kept, made.path)
            kept.touch()
        except OSError:
            made.close()
            return None
        return made

    def keep(self, made: IndexFile, state: str | None) -> None:
        """Keep an index for the next time, in place of the one before.

        Args:
            made: the index.
            state: what `state` said of the record that it was made from; None for one that cannot be kept.
        """
        folder = _folder()
        if folder is None or state is None:
            return
        with contextlib.suppress(OSError):
            new = folder / f"{made.path.name}.new"
            _same(made.path, new)
            os.replace(new, folder / f"{self._name}-{state}.index")
            for old in folder.glob(f"{self._name}-*.index"):
                if old.name != f"{self._name}-{state}.index":
                    old.unlink()
            _tidy(folder)

    def drop(self) -> None:
        """Keep none any more: it turned out to be damaged."""
        folder = _folder()
        with contextlib.suppress(OSError):
            for old in folder.glob(f"{self._name}-*.index") if folder else ():
                old.unlink()

    def settle(self) -> None:
        """Have SQLite put what was written last into the record's own file, which it else does when the last one lets
        go of it; it would look changed then. Does nothing where that cannot be done now."""
        if self._record is None:
            return
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(self._record, timeout=1)) as some:
            some.execute("pragma wal_checkpoint(truncate)").fetchall()
        time.sleep(2 * _TICK)

    def state(self) -> str | None:
        """A name for the record's present state, by its files and by the program; None where that cannot be told."""
        if self._record is None:
            return None
        said = [_program()]
        try:
            for file in (self._record, self._record.with_name(f"{self._record.name}-wal")):
                if file.exists() and (about := file.stat()).st_size:
                    fine = about.st_mtime_ns % 1_000_000_000 != 0
                    if abs(time.time() - about.st_mtime) < (_TICK if fine else _COARSE):
                        return None
                    # They are not to be opened: closing one again would undo the locks that SQLite has on it
                    # (https://sqlite.org/howtocorrupt.html, 2.2).
                    changed = f"{about.st_mtime_ns} {about.st_ctime_ns}"
                    said.append(f"{about.st_dev} {about.st_ino} {about.st_size} {changed}")
        except OSError:
            return None
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:40]


def _folder() -> Path | None:
    """The folder, made if need be and for its owner alone; None where there is none that can be written to."""
    root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(root) / "dragoman"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return None
    return folder if mine and folder.is_absolute() and os.access(folder, os.W_OK) else None


@lru_cache(maxsize=1)
def _program() -> str:
    """Which program this is: its files, with sizes and times."""
    root = Path(__file__).parents[1]
    about = ((str(f.relative_to(root)), f.stat()) for f in sorted(root.rglob("*.py")))
    return hashlib.sha256("\n".join(f"{n} {s.st_size} {s.st_mtime_ns}" for n, s in about).encode()).hexdigest()


def _same(file: Path, other: Path) -> None:
    """The file under another name too, at no cost where the file system can do that."""
    with contextlib.suppress(FileNotFoundError):
        other.unlink()
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)
        other.chmod(0o600)


def _tidy(folder: Path) -> None:
    """Remove what killed processes left behind, and the indexes that were not used for longest."""
    for left in _left_behind(folder):
        left.unlink(missing_ok=True)
    kept = sorted(folder.glob("*.index"), key=lambda f: f.stat().st_mtime, reverse=True)
    for old in kept[MOST:]:
        old.unlink(missing_ok=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    for file in (*folder.glob("*.open"), *folder.glob("*.open.new")):
        process = file.name.partition("-")[0]
        if process.isdigit() and not _alive(int(process)):
            yield file


def _alive(process: int) -> bool:
    """Whether a process of this user runs."""
    if os.name != "posix":
        return True  # to ask is to end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
