"""The index of a large record is built by a process of its own, so that pages are answered at their usual speed."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from dragoman.web import indexing


class BuildError(Exception):
    """The index could not be built; the message is one line."""


class Builder:
    """A process that builds an index; `stop` ends it from another thread."""

    def __init__(self, place: str, target: Path, whole: Path, gently: bool = False) -> None:
        """Start it.

        Args:
            place: the record.
            target: the file to make.
            whole: the file to make of it in the end: the same, and in it what takes longest, the brief.
            gently: leave the processors to others where they want them.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server, which then ends this
        )
        assert self._process.stdin is not None
        # Not as arguments, which everybody on the machine can see: a database URL may hold a password.
        self._process.stdin.write(json.dumps([place, str(target), str(whole), gently]) + "\n")
        self._process.stdin.flush()

    def wait(self, told: indexing.Told, there: Callable[[], None]) -> None:
        """Wait until it is done.

        Args:
            told: called now and then with how many documents are done, of how many.
            there: called once the index is there, and only the brief is not.

        Raises:
            BuildError: it failed, or was stopped.
        """
        assert self._process.stdout is not None
        said: list[Any] = []
        with self._process:
            for line in self._process.stdout:
                said = json.loads(line)
                if len(said) == 2:
                    told(*said)
                elif not said:
                    there()
        if self._process.returncode:
            raise BuildError(said[0] if len(said) == 1 else f"ended with {self._process.returncode}")

    def stop(self) -> None:
        """End it."""
        self._process.kill()


def main() -> None:
    """Build an index, as the first line of the standard input says; ends when the input does."""
    place, target, whole, gently = json.loads(sys.stdin.readline())
    threading.Thread(target=_until_alone, daemon=True).start()
    gc.disable()  # it ends soon, and to go through millions of objects again and again takes half of the time
    if gently:
        with contextlib.suppress(AttributeError, OSError):  # not everywhere
            os.nice(10)
    last = -1

    def told(done: int, total: int) -> None:
        nonlocal last
        if done != last:
            last = done
            print(json.dumps([done, total]), flush=True)

    try:
        _build(place, Path(target), Path(whole), told)
    except Exception as error:
        print(json.dumps([" ".join(str(error).split()) or type(error).__name__]), flush=True)
        sys.exit(1)


def _build(place: str, target: Path, whole: Path, told: indexing.Told) -> None:
    """The index, said to be there by an empty list; then another of it with what is dear and the same for everybody."""
    import sqlite3

    from dragoman.store import Database
    from dragoman.web.state import BRIEF, State

    database = Database(place, create=False)
    try:
        indexing.build(database, target, told)
    finally:
        database.close()
    print("[]", flush=True)
    brief = State(target).brief
    shutil.copyfile(target, whole)  # the first one is being looked at by now, and must stay as it is
    with closing(sqlite3.connect(whole)) as made:
        indexing.put(made, "brief", BRIEF.dump_json(brief))
        made.commit()


def _until_alone() -> None:
    """Whoever wanted the index holds the input open; a server that is killed wants none any more."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
