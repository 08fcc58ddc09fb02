"""Many texts read at once, by as many processes as there are cores, in bounded memory."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

K = TypeVar("K")

Answer = tuple[str | None, str | None]
"""The findings as JSON, or None and one line on why there are none."""

Failed = tuple[None, str]
"""In place of an answer: one line on why there is none."""

FEW = 180_000
"""Characters (some 30,000 words) up to which starting processes costs more than it brings."""

CHUNK = 40_000
"""Characters that a process is given at once, some seconds of work: enough to make the passing of them cheap."""

LONG_CHUNK = 200_000
"""The same where texts of one chunk are parsed together: the more of them, the less each parse costs."""

WORKER = ("-m", "dragoman.extract.worker")
"""What a process is started with, after the interpreter."""

Job = tuple[str | bool | None, ...]
"""What a process is to do with texts: the name of a job of `worker.JOBS` and the arguments of it."""

DIED = "the process that read it died over it (too little memory?)"


def processors() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def reason_of(error: BaseException) -> str:
    """One line on what went wrong."""
    said = " ".join(str(error).split())
    return said if type(error).__name__ == "TooLongError" else f"{type(error).__name__}: {said}"[:200]


def read_texts(
    texts: Iterable[tuple[K, str]],
    processes: int | None = None,
    pipeline: str | None = None,
    issues: str | None = None,
) -> Generator[tuple[K, Answer], None, None]:
    """Read texts, each with a key of the caller's; answers come as they are ready, in no certain order.

    Texts are taken from the iterable only as they can be worked on, so that only a few are held at any time.

    Args:
        texts: pairs of key and text.
        processes: how many to use; None for one for each core. With one, or little to read, no process is started.
        pipeline: name or path of the spaCy pipeline.
        issues: name or path of the set of issues.
    """
    yield from work(texts, ("read", pipeline, issues), processes)


def work(
    texts: Iterable[tuple[K, str]], job: Job, processes: int | None = None, together: bool = False
) -> Generator[tuple[K, Any], None, None]:
    """Do a job on texts, each with a key of the caller's; answers come as they are ready, in no certain order.

    Args:
        texts: pairs of key and text; taken from the iterable only as they can be worked on.
        job: what to do. Its answer for a text is a `Failed` where the process died over it.
        processes: how many to use; None for one for each core. With one, or little to do, no process is started.
        together: whether the texts of a chunk are parsed together, so that longer chunks pay.
    """
    source = iter(texts)
    count = processes or processors()
    first: list[tuple[K, str]] = []
    length = 0
    if count > 1:
        for item in source:
            first.append(item)
            length += len(item[1])
            if length > FEW:
                with _Pool[K](count, job) as pool:
                    yield from pool.read(_chunks(_chain(first, source), LONG_CHUNK if together else CHUNK))
                return
    from dragoman.extract.worker import do

    for some in _chunks(_chain(first, source), LONG_CHUNK if together else 0):
        yield from zip([key for key, _ in some], do(job, [text for _, text in some]), strict=True)


def _chain(first: list[tuple[K, str]], rest: Iterator[tuple[K, str]]) -> Iterator[tuple[K, str]]:
    while first:
        yield first.pop(0)  # and let go of it
    yield from rest


def _chunks(texts: Iterator[tuple[K, str]], characters: int) -> Iterator[list[tuple[K, str]]]:
    chunk: list[tuple[K, str]] = []
    length = 0
    for item in texts:
        chunk.append(item)
        length += len(item[1])
        if length >= characters:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


class _Pool(Generic[K]):
    """Processes that read, and a thread for each that talks to it."""

    def __init__(self, count: int, job: Job) -> None:
        self._count = count
        self._job = job
        self._chunks: queue.SimpleQueue[list[tuple[K, str]] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[list[tuple[K, Any]] | BaseException] = queue.SimpleQueue()
        self._workers: list[_Worker] = []

    def __enter__(self) -> _Pool[K]:
        for _ in range(self._count):
            worker = _Worker(self._job)
            self._workers.append(worker)
            threading.Thread(target=self._serve, args=(worker,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._chunks.put(None)
            worker.stop()

    def read(self, chunks: Iterator[list[tuple[K, str]]]) -> Iterator[tuple[K, Any]]:
        waiting = 0
        for chunk in chunks:
            self._chunks.put(chunk)
            waiting += 1
            # One chunk in work and one in wait for each process; what is ready goes on before more is taken.
            while waiting >= 2 * self._count:
                yield from self._next()
                waiting -= 1
        for _ in range(waiting):
            yield from self._next()

    def _next(self) -> list[tuple[K, Any]]:
        answers = self._answers.get()
        if isinstance(answers, BaseException):
            raise answers
        return answers

    def _serve(self, worker: _Worker) -> None:
        try:
            while chunk := self._chunks.get():
                answers = worker.ask([text for _, text in chunk])
                if answers is None:  # one of them killed it: find out which, so that the others are read
                    alone = [worker.ask([text]) or [(None, DIED)] for _, text in chunk]
                    answers = [answer for [answer] in alone]
                self._answers.put([(key, answer) for (key, _), answer in zip(chunk, answers, strict=True)])
        except BaseException as error:  # whatever it is, the one who waits must hear of it
            self._answers.put(error)


class _Worker:
    """One process, started when it is first asked and again after it died."""

    def __init__(self, job: Job) -> None:
        self._command = [sys.executable, *WORKER, json.dumps(job)]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def ask(self, texts: list[str]) -> list[Any] | None:
        """The answers for the texts, or None where the process died over them."""
        with self._lock:
            if self._stopped:
                return None
            process = self._process = self._process or self._start()
        try:
            pickle.dump(texts, cast(IO[bytes], process.stdin), pickle.HIGHEST_PROTOCOL)
            cast(IO[bytes], process.stdin).flush()
            answers: list[Any] = pickle.load(cast(IO[bytes], process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._end()
            return None
        return answers

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
        self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        package = str(Path(__file__).parents[2])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # One thread each: the processes share the cores between them.
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
            # Not in the terminal's foreground group: Ctrl-C is for us to handle.
            start_new_session=True,
        )

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], stream).close()
