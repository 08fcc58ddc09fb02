"""Which state of a record is shown, and when a new one is made.

A small record is gone through at once, whenever it has changed. Of a large one the index is built by a process of its
own (or was kept since the last time: `dragoman.web.caching`); until the first one is there `NotReadyError` says how far
it is, from then on the state before is shown until the next one is ready. A state is shown as soon as its index is
there; the brief, which takes long, follows.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
import time
from collections.abc import Iterator

from dragoman.library import Record
from dragoman.report.page import Brief
from dragoman.store import Database
from dragoman.web import indexing
from dragoman.web.building import Builder, BuildError
from dragoman.web.caching import Cache, IndexFile
from dragoman.web.state import State, brief_in

LARGE = 200
"""From so many documents on a record is large; fewer are gone through in about a second."""

REST = 1.0
"""So many times as long as it took to make a state of a large record it is left alone before a new one is made."""

AGAIN = 10.0
"""Seconds after which it is tried again where a state could not be made."""

_TURN = 0.0005  # seconds that Python lets a thread run where others wait, while a large state is being loaded
_IN_USE = 120.0  # seconds that we wait for whoever still looks at a state that is shown no more


UNFINISHED = Brief("The record", "What it says in brief is still being put together.", "")
"""Stands for the brief of a large record that is shown for the first time."""


class NotReadyError(Exception):
    """No state can be shown yet; `done` documents are, of `total`. `failed` is a line on why, if it went wrong."""

    def __init__(self, done: int, total: int, failed: str | None = None) -> None:
        """How far it is."""
        super().__init__(failed or f"reading the record: {done} of {total} documents")
        self.done, self.total, self.failed = done, total, failed


class Keeper:
    """Keeps the state of a record that is shown, and makes a new one when the record has changed."""

    def __init__(self, record: Record) -> None:
        """Of an open record; `state` reads it."""
        self._record = record
        self._cache = Cache(record.place)
        self._lock = threading.Lock()
        self._shown: State | None = None
        self._making: threading.Thread | None = None
        self._builder: Builder | None = None
        self._closed = False
        self._after = 0.0
        self._done = self._total = 0
        self._failed: str | None = None

    def state(self) -> State:
        """The state to show.

        Raises:
            NotReadyError: there is none yet.
        """
        shown = self._shown
        if shown is not None and shown.version == self._record.version():
            return shown
        with self._lock:
            shown, version = self._shown, self._record.version()
            if shown is not None and shown.version == version:
                return shown
            many = len(self._record.documents)
            if many < LARGE and self._making is None:
                self._shown = self._made_here(version)
                return self._shown
            if self._making is None and not self._closed and time.monotonic() > self._after:
                self._total = many
                self._making = threading.Thread(target=self._renew, daemon=True)
                self._making.start()
            if shown is None:
                raise NotReadyError(self._done, self._total, self._failed)
            return shown

    def close(self) -> None:
        """Let go of what is kept on disk, and end what is being built."""
        with self._lock:
            self._closed = True
            if self._builder is not None:
                self._builder.stop()
            self._shown = None

    def _made_here(self, version: int) -> State:
        """A state of a small record, with an index made by the way."""
        file = IndexFile()
        database = Database(self._record.place, create=False)
        try:
            indexing.build(database, file.path)
        finally:
            database.close()
        return State(file.path, version, self._record.text, file)

    def _renew(self) -> None:
        """Make a new state of a large record and show it."""
        began = time.monotonic()
        before = self._shown
        try:
            fresh = self._kept() if before is None else None
            if fresh is not None:
                self._shown = fresh
            else:
                fresh = self._built(before)
            with _in_passing():
                fresh.foresee()
            self._failed = None
            self._after = time.monotonic() + REST * (time.monotonic() - began)
            self._making = None
        except Exception as error:  # shown to whoever asks
            self._failed = " ".join(str(error).split()) or type(error).__name__
            self._after = time.monotonic() + AGAIN
            self._making = None
            return
        if before is not None:
            del fresh
            states = [before]
            del before
            _let_go(states)

    def _kept(self) -> State | None:
        """The state by the index that was kept since the last time."""
        version = self._record.version()
        file = self._cache.take()
        if file is None:
            return None
        try:
            return self._loaded(file, version)
        except Exception:  # a damaged file is as good as none
            self._cache.drop()
            return None

    def _built(self, before: State | None) -> State:
        """A state by a new index, shown as soon as that is there; the brief, which takes long, comes a little later:
        until then that of the state before is shown. Both are kept for the next time if the record did not change."""
        self._cache.settle()
        version = self._record.version()
        file, whole = IndexFile(), IndexFile()
        fresh: list[State] = []
        files: list[str | None] = []

        def there() -> None:
            files.append(self._cache.state() if self._record.version() == version else None)
            with _in_passing():
                made = State(file.path, version, self._record.text, file)
            made.coming = UNFINISHED if before is None else before.brief
            self._warmed(made)
            fresh.append(made)
            self._shown = made

        with self._lock:
            if self._closed:
                raise NotReadyError(0, 0)
            self._builder = Builder(self._record.place, file.path, whole.path, gently=before is not None)
        try:
            self._builder.wait(self._progress, there)
            if not fresh:
                raise BuildError("no index was made")
            self._cache.keep(whole, files[0])
            fresh[0].made["whole_brief"] = brief_in(whole.path)
        finally:
            self._builder = None
            whole.close()
            for made in fresh:
                made.coming = None
        return fresh[0]

    def _progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total

    def _loaded(self, file: IndexFile, version: int) -> State:
        """A state with all that most pages need."""
        with _in_passing():
            made = State(file.path, version, self._record.text, file)
        return self._warmed(made)

    def _warmed(self, made: State) -> State:
        with _in_passing():
            made.warm()
        return made


@contextlib.contextmanager
def _in_passing() -> Iterator[None]:
    """While a large state is loaded others get their turn soon, and Python does not go through all of its millions of
    objects, again and again, to see whether any are garbage (which stops everybody for a second at a time)."""
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(turn)


def _let_go(states: list[State]) -> None:
    """Take a large state apart, once nobody looks at it any more, a little at a time: to free millions of objects at
    one go would stop everybody for as long."""
    until = time.monotonic() + _IN_USE
    while sys.getrefcount(states[0]) > 2 and time.monotonic() < until:
        time.sleep(0.2)
    if sys.getrefcount(states[0]) > 2:
        states.clear()  # it goes with whoever looks at it
        return
    state = states.pop()
    whole = [p for p in vars(state).values() if isinstance(p, dict)]
    worked_out = [vars(some) for some in state.made.values() if hasattr(some, "__dict__")]
    for part in (*(p for some in worked_out for p in some.values()), *whole):
        if isinstance(part, dict | list):
            _empty(part)


def _empty(some: dict[object, object] | list[object]) -> None:
    while some:
        if isinstance(some, dict):
            for _ in range(min(200, len(some))):
                some.popitem()
        else:
            del some[-200:]
        time.sleep(0.001)
