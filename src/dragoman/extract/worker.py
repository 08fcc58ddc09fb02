"""A process that reads texts for another: chunks of texts come in, their findings go out (see pool.py).

It is a program of its own (`python -m dragoman.extract.worker`) and not a fork, so that it neither depends on how the
caller's program is written nor on the threads that it runs, and ends by itself when the caller is gone.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
from collections.abc import Callable
from typing import Any

from dragoman.extract.pool import Answer, Job, reason_of


def read_one(text: str, pipeline: str | None, issues: str | None = None) -> Answer:
    """The findings of a text as JSON, or why there are none."""
    from dragoman.extract.reader import read_text

    try:
        found = read_text(text, pipeline, issues).to_json()
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")), None
    except Exception as error:
        return None, reason_of(error)


def _read(texts: list[str], pipeline: str | None, issues: str | None) -> list[Answer]:
    return [read_one(text, pipeline, issues) for text in texts]


def _attributions(texts: list[str], thoughts: bool, pipeline: str | None, cascade: bool) -> list[Any]:
    from dragoman.extract.reader import attributions_in

    return list(attributions_in(texts, thoughts, pipeline, cascade))


JOBS: dict[str, Callable[..., list[Any]]] = {"read": _read, "attributions": _attributions}
"""What can be done with a chunk of texts: an answer for each."""


def do(job: Job, texts: list[str]) -> list[Any]:
    """The answers of a job for some texts."""
    name, *arguments = job
    return JOBS[str(name)](texts, *arguments)


def main() -> None:
    """Answer until there is nothing more to read."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not end up between the answers
    job = tuple(json.loads(sys.argv[1]))
    # Tokens refer to each other in circles and are freed only by the collector, but once a document is enough: run
    # after every 700 new objects, as it comes, it takes a twentieth of the time.
    gc.set_threshold(20_000, 20, 100)
    try:
        while True:
            texts: list[str] = pickle.load(asked)
            pickle.dump(do(job, texts), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):
        os._exit(0)


if __name__ == "__main__":
    main()
