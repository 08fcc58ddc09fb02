"""Tables of the pages that are no part of the record but are worked out of it, as rows for files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.report import gaps, positions, words
from dragoman.report.rows import Row
from dragoman.web.asked import Asked
from dragoman.web.choosing import comparison, course, known
from dragoman.web.pages import sources
from dragoman.web.state import State


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, each with all the columns."""

    columns: Sequence[str]
    rows: Sequence[Row]


def made(name: str, state: State, asked: Asked) -> Table | None:
    """A table by its name, as far as it fits what is asked for.

    Args:
        name: one of `TABLES`.
        state: of the record.
        asked: the parameters, those of its page.

    Returns: the table; None where there is none of that name, or the record does not know what it would be about.
    """
    make = TABLES.get(name)
    return make(state, asked) if make else None


def _matrix(state: State, asked: Asked) -> Table:
    stands, matrix = known(state, asked)
    return Table(positions.MATRIX, positions.matrix_rows(stands, matrix))


def _history(state: State, asked: Asked) -> Table | None:
    issue = positions.issue_named(state.stands, asked.text("issue"))
    if issue is None:
        return None
    _, steps = course(state, asked, issue)
    return Table(positions.HISTORY, positions.history_rows(state.stands, steps[::-1]))


def _between(state: State, asked: Asked) -> Table:
    found = comparison(state, asked)
    return Table(gaps.COLUMNS, gaps.rows(found.stands, found.made) if found.made else [])


def _answers(state: State, asked: Asked) -> Table | None:
    """Of one question each answer with each of its sources."""
    question = next((q for q in state.questions if q.id == asked.text("disagreement")), None)
    if question is None:
        return None
    rows: list[Row] = [
        {
            "answer": words.flat(said.text),
            "source": state.differences.label(voice),
            "document": citation.document,
            "start": citation.start,
            "end": citation.end,
            "quote": words.flat(citation.quote),
        }
        for said in question.answers
        for voice in said.voices
        for citation in voice.citations
    ]
    return Table(["answer", "source", "document", "start", "end", "quote"], rows)


def _accounts(state: State, asked: Asked) -> Table | None:
    """What each document says of one encounter."""
    told = state.told.get(asked.text("encounter"))
    if told is None:
        return None
    columns = ["document", "label", "status", "from", "to", "place", "country", "venue", "quotes"]
    rows: list[Row] = [
        {
            "document": a.document,
            "label": state.label(a.document),
            "status": a.status,
            "from": a.date.from_ if a.date else None,
            "to": a.date.to if a.date else None,
            "place": a.place,
            "country": a.country,
            "venue": a.venue,
            "quotes": [words.flat(c.quote) for c in a.citations],
        }
        for a in told.meeting.accounts
    ]
    return Table(columns, rows)


def _outlets(state: State, asked: Asked) -> Table:
    """Each outlet, and each side that it quotes: a row for each of both."""
    columns = [
        "outlet",
        "documents",
        "first",
        "last",
        "statements",
        "in_families",
        "side",
        "side_name",
        "quoted",
        "share",
    ]
    rows: list[Row] = []
    for name in sources.named(state, asked.text("outlet")):
        found = sources.outlet(state, name, None)
        own: dict[str, str | int | None] = {
            "outlet": found.name,
            "documents": found.documents,
            "first": found.first,
            "last": found.last,
            "statements": found.statements,
            "in_families": found.copies,
        }
        for side, many, share in found.quoted or (("", 0, 0.0),):
            side_of = side if side in state.actors else None
            rows.append(
                {
                    **own,
                    "side": side_of,
                    "side_name": state.name(side) if side_of else "of no side" if side else "",
                    "quoted": many,
                    "share": round(share, 4),
                }
            )
    return Table(columns, rows)


def _words(state: State, asked: Asked) -> Table:
    """The words of outlets for the same act: of each question a row for each document."""
    wanted = asked.text("outlet")
    outlet = next(iter(sources.named(state, wanted)), wanted) if wanted else None
    rows: list[Row] = [
        {
            "act": words.flat(question.text),
            "id": question.id,
            "words": words.flat(said.text),
            "document": document,
            "outlet": state.documents[document].outlet if document in state.documents else None,
        }
        for question, answers in sources.framings(state, outlet)
        for said in answers
        for voice in said.voices
        for document in voice.documents
    ]
    return Table(["act", "id", "words", "document", "outlet"], rows)


TABLES: Mapping[str, Callable[[State, Asked], Table | None]] = {
    "matrix": _matrix,
    "history": _history,
    "between": _between,
    "answers": _answers,
    "accounts": _accounts,
    "outlets": _outlets,
    "words": _words,
}
"""The tables by name. `history` wants an `issue`; `answers`, `accounts` the id of a `disagreement`, an `encounter`."""
