"""The statements of a record, searched as one types: full text with stemming, facets, pages.

What is searched is the index of a record (`dragoman.web.indexing`), a file that nobody else writes to.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.record import Statement
from dragoman.web.indexing import FACETS, OTHERS, day_number

__all__ = ["FACETS", "OTHERS", "Found", "Query", "Search", "expression"]

MOST_VALUES = 40
"""Values of a facet that are counted for a page."""

_TOKEN = re.compile(r'"([^"]*)"|(\w[\w’\'-]*)(\*?)', re.UNICODE)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: words or "phrases", facets, days; a blank one asks for all."""

    text: str = ""
    facets: Mapping[str, str] | None = None
    since: str | None = None
    until: str | None = None
    newest: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A page of statements, how many there are in all, and for each facet its values with counts, the most first."""

    statements: list[Statement]
    total: int
    facets: dict[str, list[tuple[str, int]]]


class Search:
    """The statements of an index; many may ask at once.

    Words are looked up in the file; facets and days are arrays in memory, 50 bytes a statement, so that counting them
    costs a few milliseconds however many fit. `days` says for each side and day how many statements are of it, `spoken`
    how many each actor makes, `quoted` how many each outlet has of each side.
    """

    def __init__(self, file: Path) -> None:
        """Of an index's file, which stays as it is for as long as this is used."""
        self._file = file
        with closing(self._open()) as asked:
            kept: dict[str, Any] = dict(asked.execute("select name, data from about"))
        self.days: list[tuple[str, str, int]] = [(s, d, n) for s, d, n in json.loads(kept["days"])]
        self.spoken: Counter[str] = Counter(json.loads(kept["spoken"]))
        self.quoted: dict[str, Counter[str]] = {o: Counter(c) for o, c in json.loads(kept["quoted"]).items()}

        def numbers(name: str) -> NDArray[np.int32]:
            return np.frombuffer(kept[f"numbers of {name}"], dtype=np.int32)

        self._values: dict[str, list[str]] = json.loads(kept["facets"])
        self._numbers = {name: {v: n for n, v in enumerate(values)} for name, values in self._values.items()}
        self._codes = {name: numbers(name) for name in FACETS}
        self._on = numbers("on")  # the statements of the codes of issues
        self._first, self._last = numbers("firsts"), numbers("lasts")
        self._newest = np.argsort(-self._first, kind="stable")
        self._oldest = np.argsort(self._first, kind="stable")

    def find(
        self, query: Query, page: int = 1, size: int = 50, facets: bool = True, offset: int | None = None
    ) -> Found:
        """A page of what is looked for, the latest first.

        Args:
            query: what.
            page: which page, from 1.
            size: statements of a page.
            facets: whether to count the values of facets: each under all the other conditions.
            offset: statements to leave out at the beginning; None for what `page` says.
        """
        with closing(self._open()) as asked:
            base = self._matched(asked, query)
            masks = {name: self._having(name, value) for name, value in (query.facets or {}).items()}
            fitting = base.copy()
            for mask in masks.values():
                fitting &= mask
            order = self._newest if query.newest else self._oldest
            start = (page - 1) * size if offset is None else offset
            wanted = [int(n) for n in order[fitting[order]][start : start + size]]
            query_rows = f"select number, data from said where number in ({','.join('?' * len(wanted))})"
            rows = dict(asked.execute(query_rows, wanted).fetchall())
        counts: dict[str, list[tuple[str, int]]] = {}
        for name in FACETS if facets else ():
            some = base.copy()
            for other, mask in masks.items():
                if other != name:
                    some &= mask
            counts[name] = self._counted(name, some)
        return Found([Statement.model_validate_json(rows[n]) for n in wanted], int(fitting.sum()), counts)

    def _matched(self, asked: sqlite3.Connection, query: Query) -> NDArray[np.bool_]:
        """Which statements have the words, and are of the days."""
        if query.text:
            found = np.zeros(len(self._first), dtype=np.bool_)
            matched = expression(query.text)
            if matched:
                # A whole last word is found stemmed, one that is still being typed by its beginning.
                stemmed = matched.removesuffix("*")
                either = matched if stemmed == matched else f"({matched}) OR ({stemmed})"
                numbers = asked.execute("select rowid from words where words match ?", (either,)).fetchall()
                found[np.fromiter((n for (n,) in numbers), dtype=np.int64, count=len(numbers))] = True
        else:
            found = np.ones(len(self._first), dtype=np.bool_)
        if query.since:
            found &= self._last >= day_number(query.since)
        if query.until:
            found &= (self._first <= day_number(query.until)) & (self._first > 0)
        return found

    def _having(self, name: str, value: str) -> NDArray[np.bool_]:
        """Which statements have a value of a facet."""
        code = self._numbers[name].get(value, -1)
        if name != "issue":
            having: NDArray[np.bool_] = self._codes[name] == code
            return having
        found = np.zeros(len(self._first), dtype=np.bool_)
        if value == OTHERS:
            found[self._on] = True
            return ~found
        found[self._on[self._codes[name] == code]] = True
        return found

    def _counted(self, name: str, some: NDArray[np.bool_]) -> list[tuple[str, int]]:
        """The values of a facet among some statements, the most frequent first."""
        codes = self._codes[name][some[self._on] if name == "issue" else some]
        many = np.bincount(codes, minlength=len(self._values[name]))
        found = [(value, int(count)) for value, count in zip(self._values[name], many, strict=True) if count]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:MOST_VALUES]

    def holding(self, part: str, words: str) -> list[int]:
        """The places of the entries of a part but statements that hold some words, in their order.

        Args:
            part: "documents", "actors" … but not "statements".
            words: in small letters, as they are to stand there.
        """
        query = "select number from wording where part = ? and instr(words, ?) order by number"
        with closing(self._open()) as asked:
            return [number for (number,) in asked.execute(query, (part, words))]

    def all(self) -> Iterator[Statement]:
        """All of them, in the order of the documents and of their texts."""
        with closing(self._open()) as asked:
            for row in asked.execute("select data from said order by number"):
                yield Statement.model_validate_json(row[0])

    def of_document(self, document: str) -> list[Statement]:
        """The statements of a document, in the order of its text."""
        return self._some("document = ?", document)

    def one(self, id: str) -> Statement | None:
        """The statement with an id."""
        return next(iter(self._some("id = ?", id)), None)

    def some(self, ids: Iterable[str]) -> dict[str, Statement]:
        """Statements by their ids; at most some hundreds."""
        wanted = list(dict.fromkeys(ids))[:900]
        return {s.id: s for s in self._some(f"id in ({','.join('?' * len(wanted))})", *wanted)}

    def _some(self, condition: str, *values: str) -> list[Statement]:
        with closing(self._open()) as asked:
            rows = asked.execute(f"select data from said where {condition} order by number", values).fetchall()
        return [Statement.model_validate_json(row[0]) for row in rows]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def expression(text: str) -> str:
    """What somebody typed as an FTS5 query: all words, "phrases" as they stand, and the last word as a beginning."""
    parts = []
    tokens = list(_TOKEN.finditer(text))
    for number, token in enumerate(tokens):
        phrase, word, star = token[1], token[2], token[3]
        if phrase is not None:
            if re.search(r"\w", phrase):
                parts.append('"' + phrase + '"')
            continue
        open_ended = star or (number == len(tokens) - 1 and text.endswith(word) and len(word) > 1)
        parts.append('"' + word + '"' + ("*" if open_ended else ""))
    return " ".join(parts)
