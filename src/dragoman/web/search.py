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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from dragoman.record import Actor, Document, Statement
from dragoman.report import words

FACETS = ("side", "speaker", "issue", "channel", "kind", "outlet", "year")
"""What statements can be narrowed by, each with counts."""

OTHERS = "-"
"""The value of a facet for those that have none."""

_TABLES = """
create table said (number integer primary key, id text, document text, speaker text, side text, channel text, kind text,
  outlet text, year text, day text, until text, data text);
create table issues (number integer, issue text, primary key (issue, number)) without rowid;
create virtual table words using fts5(content, speaker, tokenize = "porter unicode61 remove_diacritics 2");
"""
_INDEXES = """
create unique index said_id on said (id);
create index said_document on said (document);
create index said_day on said (day, number);
create index said_speaker on said (speaker, day, number);
create index said_side on said (side, day, number);
create index issues_number on issues (number);
analyze;
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


class Search:
    """An index of statements; many may ask at once.

    `days` says for each side and day how many statements are of it, `spoken` how many each actor makes, `quoted` how
    many each outlet has of each side.
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
        with closing(sqlite3.connect(self._file)) as made:
            made.execute("pragma journal_mode = off")
            made.execute("pragma synchronous = off")
            made.executescript(_TABLES)
            rows: list[tuple[Any, ...]] = []
            said: list[tuple[Any, ...]] = []
            on: list[tuple[int, str]] = []
            for number, one in enumerate(statements, 1):
                document = documents.get(one.document)
                dated = one.date or (document.dated if document else None)
                side = words.side_of(actors.get(one.on_behalf_of or one.speaker or ""), actors)
                speaker = actors.get(one.speaker or "")
                who = speaker.name if speaker else ""
                first, last = (dated.from_, dated.to) if dated else ("", "")
                rows.append(
                    (
                        *(number, one.id, one.document, one.speaker or OTHERS, side or OTHERS, one.channel or OTHERS),
                        *(one.kind, (document.outlet if document else None) or OTHERS),
                        *(first[:4] or OTHERS, first, last),
                        one.model_dump_json(by_alias=True),
                    )
                )
                said.append((number, " … ".join(c.quote for c in one.content), f"{who} {one.speaker_text or ''}"))
                on.extend((number, issue) for issue in sorted(issues.get(one.id, ())))
                if len(rows) == 2000:
                    _insert(made, rows, said, on)
            _insert(made, rows, said, on)
            made.executescript(_INDEXES)
            made.commit()
            counted = "select side, day, count(*) from said where day = until and day <> '' group by side, day"
            self.days: list[tuple[str, str, int]] = made.execute(counted).fetchall()
            self.spoken: dict[str, int] = dict(made.execute("select speaker, count(*) from said group by speaker"))
            self.quoted: dict[str, dict[str, int]] = {}
            for outlet, side, many in made.execute("select outlet, side, count(*) from said group by outlet, side"):
                self.quoted.setdefault(outlet, {})[side] = many

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
            chosen = dict(query.facets or {})
            where, values = _where(query, chosen)
            total = asked.execute(f"select count(*) from said {where}", values).fetchone()[0]
            order = "desc" if query.newest else "asc"
            rows = asked.execute(
                f"select data from said {where} order by day {order}, number limit ? offset ?",
                (*values, size, (page - 1) * size if offset is None else offset),
            ).fetchall()
            counts: dict[str, list[tuple[str, int]]] = {}
            for facet in FACETS if facets else ():
                others = {name: value for name, value in chosen.items() if name != facet}
                where, values = _where(query, others)
                counts[facet] = asked.execute(_counted(facet, where), values).fetchall()
        return Found([Statement.model_validate_json(row[0]) for row in rows], total, counts)

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


def _where(query: Query, facets: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    conditions, values = [], []
    matched = expression(query.text)
    if query.text and not matched:
        conditions.append("0")
    elif matched:
        # A whole last word is found stemmed, one that is still being typed by its beginning.
        conditions.append("number in (select rowid from words where words match ?)")
        stemmed = matched[:-1] if matched.endswith("*") else matched
        values.append(f"({matched}) OR ({stemmed})" if stemmed != matched else matched)
    for facet, value in sorted(facets.items()):
        if facet == "issue":
            if value == OTHERS:
                conditions.append("not exists (select 1 from issues i where i.number = said.number)")
                continue
            conditions.append("number in (select number from issues where issue = ?)")
        else:
            conditions.append(f"{facet} = ?")  # a name out of FACETS, never what was typed
        values.append(value)
    if query.since:
        conditions.append("until >= ?")
        values.append(query.since)
    if query.until:
        conditions.append("day <= ? and day <> ''")
        values.append(query.until)
    return ("where " + " and ".join(conditions) if conditions else ""), tuple(values)


def _counted(facet: str, where: str) -> str:
    if facet == "issue":
        return (
            f"select issue, count(*) as many from issues where number in (select number from said {where}) "
            "group by issue order by many desc, issue limit 40"
        )
    return f"select {facet}, count(*) as many from said {where} group by {facet} order by many desc, {facet} limit 40"


def _insert(
    made: sqlite3.Connection, rows: list[tuple[Any, ...]], said: list[tuple[Any, ...]], on: list[tuple[int, str]]
) -> None:
    made.executemany("insert into said values (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    made.executemany("insert into words (rowid, content, speaker) values (?,?,?)", said)
    made.executemany("insert into issues values (?,?)", on)
    for done in (rows, said, on):
        done.clear()


def _remove(file: str) -> None:
    if os.path.exists(file):
        os.unlink(file)
