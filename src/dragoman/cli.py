"""The commands. Everything heavy is imported by the command that needs it, so that --help and schema are quick."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from typer.exceptions import TyperException

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.library import Record
    from dragoman.report.views import Wanted, Written

app = typer.Typer(
    name="dragoman",
    help="Keeps a negotiation's record, from what is written about it, with the words behind every entry.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DEFAULT_RECORD = "dragoman.db"


class UserError(Exception):
    """Something the user can mend; its text is one line."""


class BriefFormat(StrEnum):
    """How the brief can be written."""

    text = "text"
    md = "md"
    html = "html"
    pdf = "pdf"


class AnswerFormat(StrEnum):
    """How an answer can be written."""

    text = "text"
    json = "json"


class ListFormat(StrEnum):
    """How a list can be written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class DifferenceKind(StrEnum):
    """The kinds of disagreement."""

    conflict = "conflict"
    revision = "revision"
    framing = "framing"


class FamilyFormat(StrEnum):
    """How families of documents can be written."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"


class CopyKind(StrEnum):
    """The kinds of families."""

    duplicate = "duplicate"
    near_duplicate = "near_duplicate"
    rewrite = "rewrite"
    shared_source = "shared_source"


class ExportFormat(StrEnum):
    """How the whole record can be written."""

    json = "json"
    plover = "plover"
    dna = "dna"
    csv = "csv"


class ExportPart(StrEnum):
    """The parts of a record; the names of `dragoman.record.PARTS`, which a command's --help should not have to load."""

    documents = "documents"
    actors = "actors"
    meetings = "meetings"
    statements = "statements"
    positions = "positions"
    agreements = "agreements"
    outlooks = "outlooks"
    disagreements = "disagreements"
    families = "families"


RecordOption = Annotated[
    str,
    typer.Option(
        "--record", "-r", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record; for a team's, a database URL."
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the terminal.")
]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help="A table, or a format for programs.")]
ActorOption = Annotated[
    str | None,
    typer.Option("--actor", "-a", metavar="NAME", help="Only those of an actor, by any of its names or its id."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Not before that day: 2024-06-18, 2024-06 or 2024.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Not after that day, that month or that year.")
]
TextOption = Annotated[str | None, typer.Option("--text", "-t", metavar="WORDS", help="Only those with these words.")]


@app.callback(invoke_without_command=True)
def _dragoman(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        from dragoman import __version__

        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or patterns in quotes.")],
    record: RecordOption = DEFAULT_RECORD,
    issues: Annotated[
        str | None,
        typer.Option(
            "--issues",
            metavar="NAME|FILE",
            envvar="DRAGOMAN_ISSUES",
            help="What stands can be about: general (at first), peace, trade, nuclear, labour, or a file of yours. "
            "The record keeps to it; what was read with another set is read anew.",
        ),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            "--about",
            metavar="NAMES|FILE",
            help="Read only new articles that name one of these: names with commas between them, a file with a name a "
            "line, or a YAML file with lists of parties, people and places. The others are counted, not kept.",
        ),
    ] = None,
) -> None:
    """Read articles into the record; what did not change since the last time costs nothing."""
    from dragoman.extract.issue_sets import IssueSetError, digest_of
    from dragoman.extract.relevance import FilterError
    from dragoman.report.following import follow

    try:
        if issues is not None:
            digest_of(issues)  # before a record is made
        with _opening():
            raise typer.Exit(follow(paths, record, _console(sys.stdout), _console(sys.stderr), issues, about))
    except (IssueSetError, FilterError) as error:
        raise UserError(str(error)) from error


@app.command()
def forget(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The document's name (see: dragoman documents) or id.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take a document, and all that only it says, out of the record."""
    with _opened(record) as kept:
        if not kept.forget(name):
            raise UserError(f"{name}: no document of that name in {kept.place} (dragoman documents lists them)")
        typer.echo(f"forgotten: {name}")


@app.command()
def brief(
    format: Annotated[BriefFormat, typer.Option("--format", "-f", help="Terminal text, Markdown, HTML or PDF.")] = (
        BriefFormat.text
    ),
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show the record on one page, every line with its source."""
    from dragoman.report.brief import gather

    if format is BriefFormat.pdf and output is None and sys.stdout.isatty():
        raise UserError("a PDF is not for a terminal: --output FILE")
    with _opened(record) as kept:
        page = gather(kept)
    with _writing(output) as out:
        if format is BriefFormat.pdf:
            from dragoman.report import brief_pdf

            out.buffer.write(brief_pdf.rendered(page))
        elif format is BriefFormat.html:
            from dragoman.report import brief_html

            out.write(brief_html.rendered(page))
        elif format is BriefFormat.md:
            from dragoman.report import brief_md

            out.write(brief_md.rendered(page))
        else:
            from dragoman.report import brief_text

            brief_text.show(page, _console(out, brief_text.WIDTH))


@app.command()
def meetings(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List encounters: held, coming, asked for, refused."""
    _list("meetings", actor, since, until, text, format, output, record)


@app.command()
def statements(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List who said what."""
    _list("statements", actor, since, until, text, format, output, record)


@app.command()
def positions(
    history: Annotated[
        str | None, typer.Option("--history", metavar="ISSUE", help="What changed when on one issue.")
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="The gaps between two parties; who moved, since --since."),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="As it was known that day: from documents up to then.")
    ] = None,
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show where the sides stand: issues × parties, the latest stand in each cell."""
    from dragoman.report import views

    if between and (history or actor or until or text):
        raise UserError("--between goes with --at and --since only")
    wanted, known = _wanted(actor, since, until, text), _day(at, "--at", last=True)
    with _viewed(format, output, record) as (kept, to):
        views.positions(kept, to, wanted, history, between, known)


@app.command()
def agreements(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show what was agreed, and what became of it."""
    from dragoman.report import views

    wanted = _wanted(actor, since, until, text)
    with _viewed(format, output, record) as (kept, to):
        views.agreements(kept, to, wanted)


@app.command()
def changes(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show what is new, moved, withdrawn, agreed, kept or broken, by day."""
    from dragoman.report import views

    wanted = _wanted(actor, since, until, text)
    with _viewed(format, output, record) as (kept, to):
        views.changes(kept, to, wanted)


@app.command()
def disagreements(
    kind: Annotated[
        DifferenceKind | None,
        typer.Option(
            "--kind",
            "-k",
            help="Only what cannot both be so, what a later word replaces, or what is only named otherwise.",
        ),
    ] = None,
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show where the reports differ: each question, each answer, who gives it, in what words."""
    from dragoman.report import views

    wanted = _wanted(actor, since, until, text)
    with _viewed(format, output, record) as (kept, to):
        views.disagreements(kept, to, wanted, kind.value if kind else None)


@app.command()
def families(
    kind: Annotated[
        CopyKind | None,
        typer.Option("--kind", "-k", help="Only the same text, reprints, retellings, or what rests on one source."),
    ] = None,
    format: Annotated[
        FamilyFormat, typer.Option("--format", "-f", help="Terminal text, Markdown, or a format for programs.")
    ] = FamilyFormat.text,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show which documents are not independent: what each copies of another, and who came first."""
    from dragoman.report import families as kin
    from dragoman.report.positions_table import WIDTH

    with _opened(record) as kept:
        found = kin.gather(kept, kind.value if kind else None)
    with _writing(output) as out:
        if format is FamilyFormat.text:
            kin.show(found, _console(out, WIDTH))
        else:
            kin.write(found, format.value, out)


@app.command()
def actors(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List who meets, speaks and is spoken for, with all spellings."""
    _list("actors", actor, since, until, text, format, output, record)


@app.command()
def documents(
    actor: ActorOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List what was read."""
    _list("documents", actor, since, until, text, format, output, record)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What did … demand in June? Who mediates?")],
    format: Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to write it.")] = AnswerFormat.text,
    output: OutputOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Answer a question in plain words with entries and their words, or say that the record does not."""
    from dragoman.report.asking import Known, reply
    from dragoman.report.asking import show as shown

    with _opened(record) as kept:
        known = Known(kept)
        made = reply(known, question)
        with _writing(output) as out:
            if format is AnswerFormat.json:
                shown.write(made, out)
            else:
                shown.show(made, known.documents, _console(out))


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a document, actor, meeting, position …")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show one entry with all its quotes in context, or a document with what was found in it."""
    from dragoman.report import show as shown

    with _opened(record) as kept:
        entry = kept.find(id)
        if entry is None:
            raise UserError(f"{id}: no entry of that id in {kept.place}")
        shown.show(entry, kept, _console(sys.stdout))


@app.command()
def export(
    format: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            "-f",
            help="All of it (its form: dragoman schema), events for PLOVER, statements for Discourse Network Analyzer, "
            "or a table for each part.",
        ),
    ] = ExportFormat.json,
    part: Annotated[
        ExportPart | None, typer.Option("--part", "-p", help="Of csv, only the table of this part.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE|FOLDER", help="Write to a file; of csv, the folder of the tables."
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write the whole record for programs."""
    from dragoman.report import exporting

    if part is not None and format is not ExportFormat.csv:
        raise UserError(f"--part {part.value} goes with --format csv")
    with _opened(record) as kept:
        if format is ExportFormat.csv and part is None:
            if output is None:
                raise UserError("csv has a table for each part: name a folder (--output), or a part (--part)")
            if output.exists() and not output.is_dir():
                raise UserError(f"{output}: a file, not a folder")
            exporting.export_parts(kept, output, _writing)
            return
        with _writing(output) as out:
            left_out = exporting.write(kept, format.value, out, part.value if part else None)
    for reason, many in sorted(left_out.items()):
        typer.echo(f"not written: {reason}: {many}", err=True)


@app.command()
def times(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An article; it need not be in the record.")],
    written: Annotated[
        str | None, typer.Option("--written", metavar="DAY", help="When it was written; else as it says itself.")
    ] = None,
    format: ListFormatOption = ListFormat.table,
    output: OutputOption = None,
) -> None:
    """List every expression of time in an article, with the days that it means."""
    from dragoman import library
    from dragoman.ingest import BadDocument, load
    from dragoman.report import times as report

    day = _day(written, "--written", last=False)
    try:
        found = library.times(load(file).text, day)
    except BadDocument as error:
        raise UserError(str(error)) from error
    with _writing(output) as out:
        if format is ListFormat.table:
            report.show(found, _console(out, report.WIDTH))
        else:
            report.write(found, format.value, out)


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen there; not this machine alone: with a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")] = 8765,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="Its first line is what one must know.")
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Open the record in a browser, until Ctrl-C."""
    from dragoman.web.serving import ServeError
    from dragoman.web.serving import serve as served

    try:
        with _opening():
            served(record, host, port, password_file)
    except ServeError as error:
        raise UserError(str(error)) from error


@app.command()
def schema() -> None:
    """Write the JSON Schema of an export."""
    import json

    from dragoman import record

    typer.echo(json.dumps(record.schema(), indent=2, ensure_ascii=False))


# -- what the commands share ------------------------------------------------------------------------------------------


def _list(
    part: str,
    actor: str | None,
    since: str | None,
    until: str | None,
    text: str | None,
    format: ListFormat,
    output: Path | None,
    record: str,
) -> None:
    """One of the four lists."""
    from dragoman.report import export, tables

    first, last = _days(since, until)
    with _opened(record) as kept:
        if actor is not None and not kept.actors.where(actor=actor):
            raise UserError(f"{actor}: no actor of that name in {kept.place} (dragoman actors lists them)")
        found = getattr(kept, part).where(actor=actor, since=first, until=last, text=text)
        with _writing(output) as out:
            if format is ListFormat.json:
                export.write_json(found, out)
            elif format is ListFormat.jsonl:
                export.write_jsonl(found, out)
            else:
                names = {a.id: a for a in kept.actors}
                if format is ListFormat.csv:
                    export.write_csv(found, out, part, names)
                else:
                    titles = {d.id: d for d in kept.documents} if part == "statements" else {}
                    tables.show(found, part, _console(out, tables.WIDTH), names, titles)


def _wanted(actor: str | None, since: str | None, until: str | None, text: str | None) -> Wanted:
    """What the filters ask for. Raises UserError."""
    from dragoman.report.views import Wanted

    return Wanted(actor, *_days(since, until), text)


@contextlib.contextmanager
def _viewed(format: ListFormat, output: Path | None, record: str) -> Iterator[tuple[Record, Written]]:
    """A record and where to write what is seen of it. Raises UserError, also for what the record does not know."""
    from dragoman.report import positions_table, views

    with _opened(record) as kept:
        try:
            with _writing(output) as out:
                yield kept, views.Written(format.value, out, _console(out, positions_table.WIDTH))
        except views.UnknownError as error:
            raise UserError(str(error)) from error


def _days(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The days that --since and --until name. Raises UserError."""
    first, last = _day(since, "--since", last=False), _day(until, "--until", last=True)
    if first and last and last < first:
        raise UserError(f"--until {until} is before --since {since}")
    return first, last


def _day(value: str | None, option: str, last: bool) -> str | None:
    """The day that an option names; of a month or a year its first or last one. Raises UserError."""
    if value is None:
        return None
    import calendar
    from datetime import date

    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value.strip())
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        month = int(match[2]) if match[2] else (12 if last else 1)
        day = int(match[3]) if match[3] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day).isoformat()
    except ValueError:
        raise UserError(f"{option} {value}: not a date (2024-06-18, 2024-06 or 2024)") from None


@contextlib.contextmanager
def _opening() -> Iterator[None]:
    """Turns what a record says of itself into a line for the user."""
    from dragoman.library import RecordError

    try:
        yield
    except RecordError as error:
        raise UserError(str(error)) from error


@contextlib.contextmanager
def _opened(place: str) -> Iterator[Record]:
    """An existing record. Raises UserError."""
    from dragoman.library import open_record

    with _opening(), open_record(place) as kept:
        yield kept


@contextlib.contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there only when it is whole. Raises UserError."""
    if output is None:
        yield sys.stdout
        return
    if output.is_dir():
        raise UserError(f"{output}: a folder, not a file")
    if output.exists() and not output.is_file():  # a pipe or a device: nothing to put in its place
        with output.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            yield out
        unfinished.replace(output)
    except OSError as error:
        raise UserError(f"{output}: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _console(out: TextIO, width: int | None = None) -> Console:
    """A console that shows text as it is; `width` is for where there is no terminal to ask."""
    from rich.console import Console

    known = out.isatty() or "COLUMNS" in os.environ
    return Console(file=out, width=None if known else width, highlight=False, markup=False, emoji=False)


def _stop(text: str, code: int) -> NoReturn:
    print(f"dragoman: {' '.join(text.split())}", file=sys.stderr)
    sys.exit(code)


def main() -> None:
    """The `dragoman` command: errors are one line on standard error, and a closed pipe is nobody's error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code: Any = app(prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except TyperException as error:
        _stop(error.format_message(), getattr(error, "exit_code", 2))
    except UserError as error:
        _stop(str(error), 1)
    except BrokenPipeError:
        # Python flushes standard output once more at the end; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        _stop("stopped", 130)
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), 1)
