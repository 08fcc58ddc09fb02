"""Reading as one watches it: a progress bar on a terminal, plain lines elsewhere, and at the end what came of it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from dragoman.extract.relevance import relevance
from dragoman.library import ReadReport, Record
from dragoman.report import words

EVERY = 10.0  # seconds between two lines where there is no terminal
SHOWN = 20  # lines on single documents; more of a kind are counted
STOPPED = 130  # what a shell takes for "interrupted"


def follow(
    paths: Sequence[str], place: str, out: Console, err: Console, issues: str | None = None, about: str | None = None
) -> int:
    """Reads documents into a record and tells of it.

    Args:
        paths: files, folders and globs.
        place: the record, a file or a database URL; made if there is none.
        out: for what came of it.
        err: for the progress and for what is wrong with single documents.
        issues: name or path of another set of issues.
        about: names, or a file of them, of which a new document must have one to be read.

    Returns:
        the exit code: 0 if anything was read or unchanged, 1 if nothing could be read, 130 if it was stopped.

    Raises:
        RecordError: the record cannot be used.
        IssueSetError: the set of issues cannot be used.
        FilterError: `about` holds no names.
    """
    if about is not None:
        relevance(about)  # before a record is made
    stopped = False
    with Record(place) as record:
        try:
            with _progress(err) as progress:
                record.read(list(paths), progress=progress, issues=issues, about=about)
        except KeyboardInterrupt:
            stopped = True
        report = record.last_read
        for line in _single(report):
            err.print(Text(f"dragoman: {words.flat(line)}"), soft_wrap=True)
        out.print(Text(summary(report)), soft_wrap=True)
        if stopped:
            err.print(Text(f"dragoman: stopped; what was done is kept in {record.place}"), soft_wrap=True)
            return STOPPED
        done = report.read + report.changed + report.again + report.unchanged + len(report.passed_over)
        if done:
            documents, meetings, statements = len(record.documents), len(record.meetings), len(record.statements)
            held = [
                words.count(documents, "document"),
                words.count(meetings, "encounter"),
                words.count(statements, "statement"),
                words.count(len(record.positions), "position"),
                words.count(len(record.agreements), "agreement"),
            ]
            out.print(Text(f"{record.place}: {', '.join(held)}"), soft_wrap=True)
        elif not report.refused and not report.failed:
            err.print(Text("dragoman: there is nothing to read there"), soft_wrap=True)
    return 0 if done else 1


def summary(report: ReadReport) -> str:
    """What came of a reading, on one line."""
    said = [f"{report.read:,} read", f"{report.unchanged:,} unchanged", f"{report.changed:,} changed"]
    if report.again:
        said.append(f"{report.again:,} read again by a newer version")
    said.append(f"{len(report.refused):,} refused")
    if report.failed:
        said.append(f"{len(report.failed):,} failed")
    if report.passed_over:
        said.append(f"{len(report.passed_over):,} passed over (none of the names)")
    worked = report.read + report.changed + report.again
    if worked and report.seconds > 0:
        pace = worked / report.seconds
        said.append(f"{report.seconds:,.1f} s ({pace:,.1f} documents a second)")
    return ", ".join(said)


def _single(report: ReadReport) -> Iterator[str]:
    """A line for each document that something is wrong with; very many of a kind are cut."""
    passed = [f"{name}: passed over, it has none of the names" for name in report.passed_over]
    for lines in (report.refused, report.failed, report.notes, passed):
        yield from lines[:SHOWN]
        if len(lines) > SHOWN:
            yield f"… and {len(lines) - SHOWN:,} more like these"


class _Pace(ProgressColumn):
    """Documents per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.1f} documents/s", style="dim")


@contextlib.contextmanager
def _progress(console: Console) -> Iterator[Callable[[int, int], None]]:
    """Something to call with how many documents are done, and of how many."""
    if not console.is_terminal:
        last = time.monotonic()

        def line(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY:
                last = time.monotonic()
                console.print(Text(f"{done:,} of {total:,} documents"), soft_wrap=True)

        yield line
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), _Pace(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def move(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield move
