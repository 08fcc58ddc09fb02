"""A process that reads texts for another: chunks of texts come in, their findings go out (see pool.py).

It is a program of its own (`python -m dragoman.extract.worker`) and not a fork, so that it neither depends on how the
caller's program is written nor on the threads that it runs, and ends by itself when the caller is gone.
"""

from __future__ import annotations

import json
import os
import pickle
import sys

from dragoman.extract.pool import Answer, reason_of


def read_one(text: str, pipeline: str | None, issues: str | None = None) -> Answer:
    """The findings of a text as JSON, or why there are none."""
    from dragoman.extract.reader import read_text

    try:
        found = read_text(text, pipeline, issues).to_json()
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")), None
    except Exception as error:
        return None, reason_of(error)


def main() -> None:
    """Answer until there is nothing more to read."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not end up between the answers
    pipeline, issues = (argument or None for argument in (*sys.argv[1:], "", "")[:2])
    try:
        while True:
            texts: list[str] = pickle.load(asked)
            pickle.dump([read_one(text, pipeline, issues) for text in texts], answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):
        os._exit(0)


if __name__ == "__main__":
    main()
