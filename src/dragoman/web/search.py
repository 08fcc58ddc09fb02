"""The statements of a record, indexed to be searched as one types: full text with stemming, facets, pages.

The index is a SQLite database with FTS5 in a file of its own that is gone when the server ends: whatever keeps the
record (SQLite, PostgreSQL, a file that cannot be written to), the search is the same.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import weakref
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.record import Actor, Document, Statement
from dragoman.report import words

FACETS = ("side", "speaker", "issue", "channel", "kind", "outlet", "year")
"""What statements can be narrowed by, each with counts."""

MOST_VALUES = 40
"""Values of a facet that are counted for a page."""

OTHERS = "-"
"""The value of a facet for those that have none."""

_TABLES = """
create table said (number integer primary key, id text, document text, data text);
create virtual table words using fts5(
  content, speaker, tokenize = "porter unicode61 remove_diacritics 2", prefix = "2 3"
);
"""
_INDEXES = """
create unique index said_id on said (id);
create index said_document on said (document);
"""
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


class _Facet:
    """The values of a facet, and for each statement the number of its value."""

    def __init__(self) -> None:
        """Without any."""
        self.values: list[str] = []
        self.number: dict[str, int] = {}
        self.codes = array("i")

    def add(self, value: str) -> int:
        """The number of a value."""
        if value not in self.number:
            self.number[value] = len(self.values)
            self.values.append(value)
        return self.number[value]


class Search:
    """An index of statements; many may ask at once.

    Words are looked up in the file; facets and days are arrays in memory, 50 bytes a statement, so that counting them
    costs a few milliseconds however many fit. `days` says for each side and day how many statements are of it, `spoken`
    how many each actor makes, `quoted` how many each outlet has of each side.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        documents: Mapping[str, Document],
        actors: Mapping[str, Actor],
        issues: Mapping[str, set[str]],
    ) -> None:
        """Index statements.

        Args:
            statements: all of them.
            documents: those they are in, by id.
            actors: by id.
            issues: for statements that positions are taken in, which issues those are on.
        """
        handle, self._file = tempfile.mkstemp(prefix="dragoman-", suffix=".index")
        os.close(handle)
        self._gone = weakref.finalize(self, _remove, self._file)
        facets = {name: _Facet() for name in FACETS}
        firsts, lasts, on = array("i"), array("i"), array("i")
        days: Counter[tuple[str, str]] = Counter()
        self.spoken: Counter[str] = Counter()
        self.quoted: dict[str, Counter[str]] = {}
        with closing(sqlite3.connect(self._file)) as made:
            made.execute("pragma journal_mode = off")
            made.execute("pragma synchronous = off")
            made.executescript(_TABLES)
            rows: list[tuple[Any, ...]] = []
            said: list[tuple[Any, ...]] = []
            for number, one in enumerate(statements):
                document = documents.get(one.document)
                dated = one.date or (document.dated if document else None)
                first, last = (dated.from_, dated.to) if dated else ("", "")
                side = words.side_of(actors.get(one.on_behalf_of or one.speaker or ""), actors) or OTHERS
                speaker = actors.get(one.speaker or "")
                outlet = (document.outlet if document else None) or OTHERS
                own = {
                    **{"side": side, "speaker": one.speaker or OTHERS, "channel": one.channel or OTHERS},
                    **{"kind": one.kind, "outlet": outlet, "year": first[:4] or OTHERS},
                }
                for name, value in own.items():
                    facets[name].codes.append(facets[name].add(value))
                for issue in sorted(issues.get(one.id, ())):
                    on.append(number)
                    facets["issue"].codes.append(facets["issue"].add(issue))
                firsts.append(_number(first))
                lasts.append(_number(last))
                self.spoken[own["speaker"]] += 1
                self.quoted.setdefault(outlet, Counter())[side] += 1
                if first and first == last:
                    days[side, first] += 1
                rows.append((number, one.id, one.document, one.model_dump_json(by_alias=True)))
                who = f"{speaker.name if speaker else ''} {one.speaker_text or ''}"
                said.append((number, " … ".join(c.quote for c in one.content), who))
                if len(rows) == 2000:
                    _insert(made, rows, said)
            _insert(made, rows, said)
            made.executescript(_INDEXES)
            made.commit()
        self.days = [(side, day, many) for (side, day), many in days.items()]
        self._values = {name: facet.values for name, facet in facets.items()}
        self._numbers = {name: facet.number for name, facet in facets.items()}
        self._codes = {name: np.array(facet.codes, dtype=np.int32) for name, facet in facets.items()}
        self._on = np.array(on, dtype=np.int32)  # the statements of the codes of issues
        self._first, self._last = np.array(firsts, dtype=np.int32), np.array(lasts, dtype=np.int32)
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
            found &= self._last >= _number(query.since)
        if query.until:
            found &= (self._first <= _number(query.until)) & (self._first > 0)
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

    def close(self) -> None:
        """Remove the file; nothing can be looked up from then on."""
        self._gone()

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
        return sqlite3.connect(f"file:{self._file}?mode=ro&immutable=1", uri=True)


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


def _number(day: str) -> int:
    """A day as a number that sorts as it does; 0 for none."""
    return int(day.replace("-", "")) if day else 0


def _insert(made: sqlite3.Connection, rows: list[tuple[Any, ...]], said: list[tuple[Any, ...]]) -> None:
    made.executemany("insert into said values (?,?,?,?)", rows)
    made.executemany("insert into words (rowid, content, speaker) values (?,?,?)", said)
    rows.clear()
    said.clear()


def _remove(file: str) -> None:
    if os.path.exists(file):
        os.unlink(file)
