"""What `positions`, `agreements`, `changes` and `disagreements` write, as a table or as rows for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from rich.console import Console

from dragoman.report import changes as changed
from dragoman.report import disagreements_table, gaps, ledger, positions_table, rows
from dragoman.report import positions as placed
from dragoman.report.agreements import Commitment
from dragoman.report.agreements import ledger as ledger_of
from dragoman.report.disagreements import Differences
from dragoman.report.measures import between as compared
from dragoman.report.positions import Only
from dragoman.report.source import Source
from dragoman.report.stands import Stands


class UnknownError(LookupError):
    """A party or an issue that the record does not know; the text is one line for the user."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks to see: days as YYYY-MM-DD, an actor by any of its names or its id."""

    actor: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """How and where to write: "table", "json", "jsonl" or "csv"; a table goes to the console, others to the stream."""

    format: str
    out: TextIO
    console: Console


def positions(
    source: Source,
    to: Written,
    wanted: Wanted | None = None,
    history: str | None = None,
    between: tuple[str, str] | None = None,
    at: str | None = None,
) -> None:
    """Write where the sides stand: the matrix, the history of an issue, or the gaps between two parties.

    Args:
        source: the record.
        to: how and where to write.
        wanted: what of it; for gaps only `since`, from which moves are counted.
        history: an issue.
        between: two parties.
        at: as it was known on that day: from documents dated up to it.

    Raises:
        UnknownError: an actor or issue is not in the record.
    """
    wanted = wanted or Wanted()
    stands = Stands.of(source, at)
    if between is not None:
        first, second = (_party(stands, name) for name in between)
        if first == second:
            raise UnknownError(f"{between[0]} and {between[1]} are one party")
        made = compared(stands, first, second, ledger_of(source.agreements, stands), wanted.since)
        if to.format == "table":
            gaps.show(stands, made, to.console)
        else:
            rows.write(gaps.rows(stands, made), gaps.COLUMNS, to.format, to.out)
        return
    only = Only(_parties(stands, wanted), wanted.since, wanted.until, wanted.text)
    if history is not None:
        issue = placed.issue_named(stands, history)
        if issue is None:
            raise UnknownError(
                f"{history}: no position on that issue (there are: {', '.join(stands.issues) or 'none'})"
            )
        steps = placed.history(stands, issue, only)
        if to.format == "table":
            positions_table.show_history(stands, steps, issue, to.console)
        else:
            rows.write(placed.history_rows(stands, steps), placed.HISTORY, to.format, to.out)
        return
    matrix = placed.matrix(stands, only)
    if to.format == "table":
        positions_table.show_matrix(stands, matrix, to.console)
    else:
        rows.write(placed.matrix_rows(stands, matrix), placed.MATRIX, to.format, to.out)


def agreements(source: Source, to: Written, wanted: Wanted | None = None) -> None:
    """Write the ledger.

    Args:
        source: the record.
        to: how and where to write.
        wanted: what of it; an agreement is of the day on which it was made, and of those on which something became of
            it.

    Raises:
        UnknownError: the actor is not in the record.
    """
    wanted = wanted or Wanted()
    stands = Stands.of(source)
    parties = _parties(stands, wanted)
    made = [c for c in ledger_of(source.agreements, stands) if _chosen(c, wanted, parties)]
    if to.format == "table":
        ledger.show(stands, made, to.console)
    else:
        rows.write(ledger.rows(stands, made), ledger.COLUMNS, to.format, to.out)


def changes(source: Source, to: Written, wanted: Wanted | None = None) -> None:
    """Write what changed.

    Args:
        source: the record.
        to: how and where to write.
        wanted: since when, until when, whose, with which words.

    Raises:
        UnknownError: the actor is not in the record.
    """
    wanted = wanted or Wanted()
    stands = Stands.of(source)
    made = changed.changes(
        stands,
        ledger_of(source.agreements, stands),
        wanted.since,
        wanted.until,
        _parties(stands, wanted),
        wanted.text,
    )
    if to.format == "table":
        changed.show(stands, made, to.console)
    else:
        rows.write(changed.rows(stands, made), changed.COLUMNS, to.format, to.out)


def disagreements(source: Source, to: Written, wanted: Wanted | None = None, kind: str | None = None) -> None:
    """Write what the documents disagree about.

    Args:
        source: the record.
        to: how and where to write.
        wanted: whose, told when, with which words.
        kind: only conflicts, revisions or framings.

    Raises:
        UnknownError: the actor is not in the record.
    """
    wanted = wanted or Wanted()
    differences = Differences.of(source)
    actor = None
    if wanted.actor is not None:
        named = wanted.actor.casefold()
        known = differences.actors.values()
        actor = next(
            (a.id for a in known if named in (a.id, a.name.casefold())),
            next((a.id for a in known if named in map(str.casefold, a.names)), None),
        )
        if actor is None:
            raise UnknownError(f"{wanted.actor}: no actor of that name (dragoman actors lists them)")
    found = differences.questions(kind, actor, wanted.since, wanted.until, wanted.text)
    if to.format == "table":
        disagreements_table.show(differences, found, to.console)
    else:
        rows.write(disagreements_table.rows(differences, found), disagreements_table.COLUMNS, to.format, to.out)


def _party(stands: Stands, name: str) -> str:
    found = stands.find(name)
    if found is None:
        raise UnknownError(f"{name}: no actor of that name (dragoman actors lists them)")
    return found


def _parties(stands: Stands, wanted: Wanted) -> frozenset[str] | None:
    return None if wanted.actor is None else frozenset({_party(stands, wanted.actor)})


def _chosen(c: Commitment, wanted: Wanted, parties: frozenset[str] | None) -> bool:
    if parties is not None and not parties & set(c.parties):
        return False
    days = [day for day in (c.day, *(stage.day for stage in c.stages)) if day]
    if (wanted.since or wanted.until) and not any(
        (wanted.since or "") <= day <= (wanted.until or "9999") for day in days
    ):
        return False
    said = [c.agreement.content, c.agreement.condition or "", *(x.quote for x in c.agreement.citations)]
    return wanted.text is None or wanted.text.casefold() in "\n".join(said).casefold()
