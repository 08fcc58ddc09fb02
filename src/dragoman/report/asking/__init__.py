"""Questions in plain words, answered from a record with its entries and their words, or not at all.

Nothing is made up and nothing is put into new words. `question.py` reads a question (names: `names.py`, days:
`days.py`, the words of asking: `words.yaml`), `finding.py` says which entries of `known.py` answer it,
`reply.py` tells them.
"""

from __future__ import annotations

from dragoman.report.asking.known import Known
from dragoman.report.asking.reply import Answer, More, Reply, reply
from dragoman.report.source import Source

__all__ = ["Answer", "Known", "More", "Reply", "ask", "reply"]


def ask(record: Source, question: str) -> Reply:
    """The answer to a question in plain words, from a record.

    Args:
        record: an open record. It is gone through anew for each question: for many make a `Known` once, and `reply`.
        question: in English: "What did Taverra demand in June?".

    Returns:
        what was understood, the entries that answer with their words, the best first; none if the record does not say.
    """
    return reply(Known(record), question)
