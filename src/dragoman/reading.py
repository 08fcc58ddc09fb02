"""Reading documents into a record: what is new or changed goes through extraction and is kept, batch by batch."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from dragoman.extract import extractor, source_of
from dragoman.extract.issue_sets import digest_of, shipped
from dragoman.extract.language import is_read
from dragoman.extract.pool import DIED, Answer, read_texts, reason_of
from dragoman.ingest import BadDocument, Found, Refusal, document_id, find, load
from dragoman.store import Database, RecordError
from dragoman.store.concluding import conclude
from dragoman.store.models import DatingRow, DocumentRow, FindingsRow, SettingRow
from dragoman.store.queries import rows_of, several
from dragoman.store.writing import Kept, put

AHEAD = 50
"""Files that are looked up together."""

BATCH_DOCUMENTS = 400
BATCH_CHARACTERS = 4_000_000
BATCH_SECONDS = 1.0
"""What is kept in one transaction, at most. (It lasts longer where keeping takes long: see `_Batch.due`.)"""


@dataclass(slots=True)
class ReadReport:
    """What came of a reading; the lists hold one line for each document that something was wrong with.

    `read` counts new documents, `changed` those with new content, `again` those read anew by a better extractor;
    `passed_over` names those that a filter (`about`) left out.
    """

    read: int = 0
    changed: int = 0
    again: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0


Progress = Callable[[int, int], None]
"""Called with how many documents are done, and how many there are in all."""


@dataclass(slots=True)
class _Waiting:
    """A document that waits for its findings."""

    id: str
    name: str
    sha256: str
    text: str
    came: str  # which count of the report it belongs to
    notes: list[str]
    sidecar: str | None = None  # JSON


def read_into(
    database: Database,
    paths: list[str | Path],
    report: ReadReport,
    progress: Progress | None = None,
    processes: int | None = None,
    pipeline: str | None = None,
    issues: str | None = None,
    about: Callable[[str], bool] | None = None,
) -> None:
    """Read documents into a record.

    Documents that an older extractor read are read again, from their stored text where their files are not among those
    named. Each batch is kept in one transaction, with all that follows from it, so that the record is whole whenever
    the process ends.

    Args:
        database: the record's.
        paths: files, folders and globs.
        report: is filled in.
        progress: called after each document.
        processes: how many to read with; None for one for each core.
        pipeline: name or path of another spaCy pipeline.
        issues: name or path of another set of issues, which the record then keeps to; None for the one it has.
        about: says of a text whether it is to be read; others are passed over, if the record has none of their name.

    Raises:
        RecordError: the record cannot be used.
        IssueSetError: the set of issues cannot be used.
        KeyboardInterrupt: Ctrl-C, after what was done has been kept.
    """
    issues = _kept_issues(database, issues)
    _Reading(database, report, progress, pipeline, issues, about).run(paths, processes)


def reader_version(pipeline: str | None = None, issues: str | None = None) -> str:
    """What reads a document: the extractor, and what makes entries of findings."""
    return f"{extractor(pipeline, issues)}/{source_of('dragoman.resolve')[:8]}{source_of('dragoman.store')[:8]}"


def _kept_issues(database: Database, issues: str | None) -> str | None:
    """The set of issues that the record is read with: the one named now, which it keeps, or the one it has."""
    asked = select(SettingRow.value).where(SettingRow.name == "issues")
    with database.reading() as connection:
        known = connection.scalar(asked)
    if issues is None or issues == known:
        return known
    digest_of(issues)  # one that cannot be used is not kept
    kept = issues if issues in shipped() else str(Path(issues).resolve())

    def keep(connection: Connection) -> None:
        connection.execute(delete(SettingRow).where(SettingRow.name == "issues"))
        connection.execute(insert(SettingRow).values(name="issues", value=kept))

    database.write(keep)
    return kept


class _Reading:
    """One reading."""

    def __init__(
        self,
        database: Database,
        report: ReadReport,
        progress: Progress | None,
        pipeline: str | None,
        issues: str | None,
        about: Callable[[str], bool] | None,
    ) -> None:
        self._about = about
        self._database = database
        self._report = report
        self._progress = progress
        self._options = pipeline, issues
        self._extractor = extractor(pipeline, issues)
        self._reader = reader_version(pipeline, issues)
        self._batch: list[tuple[Kept, _Waiting]] = []
        self._characters = 0
        self._kept_at = time.monotonic()
        self._keeping_took = 0.0
        self._done = self._total = 0
        self._names: set[str] = set()

    def run(self, paths: list[str | Path], processes: int | None) -> None:
        began = time.monotonic()
        try:
            # Leaving it ends the processes that read.
            with contextlib.closing(read_texts(self._waiting(paths), processes, *self._options)) as answers:
                for waiting, answer in answers:
                    self._take(waiting, answer)
        finally:  # on Ctrl-C too
            self._keep()
            self._conclude()
            self._report.seconds += time.monotonic() - began

    def _conclude(self) -> None:
        """Work out what follows across documents; where that fails it stays due, and what was read is kept."""
        try:
            self._report.failed += self._database.write(conclude)
        except RecordError:
            raise
        except Exception as error:
            self._report.failed.append(f"{self._database.place}: kept, but not compared: {reason_of(error)}")

    # -- what has to be read ------------------------------------------------------------------------------------------

    def _waiting(self, paths: list[str | Path]) -> Iterator[tuple[_Waiting, str]]:
        files = list(find(paths))
        self._total = len(files)
        for some in several(files, AHEAD):
            yield from self._new(self._loaded(some))
        yield from self._outdated()

    def _loaded(self, files: Iterable[Found | Refusal]) -> Iterator[_Waiting]:
        for file in files:
            try:
                if isinstance(file, Refusal):
                    raise BadDocument(file.name, file.reason)
                raw = load(file.path)
            except BadDocument as error:
                self._report.refused.append(str(error))
                self._tell()
                continue
            self._names.add(raw.name)
            id_ = document_id(raw.name, raw.sha256)
            beside = json.dumps(asdict(raw.sidecar), ensure_ascii=False) if raw.sidecar else None
            yield _Waiting(id_, raw.name, raw.sha256, raw.text, "read", list(raw.notes), beside)

    def _new(self, loaded: Iterable[_Waiting]) -> Iterator[tuple[_Waiting, str]]:
        documents = list(loaded)
        with self._database.reading() as connection:
            known = select(DocumentRow.name, DocumentRow.id, DocumentRow.reader, DatingRow.sidecar)
            known = known.outerjoin(DatingRow, DatingRow.document == DocumentRow.id)
            names = [document.name for document in documents]
            there = {name: row for name, *row in rows_of(connection, known, DocumentRow.name, names)}
        fresh = []
        for document in documents:
            id_, reader, sidecar = there.get(document.name, (None, None, None))
            if (id_, reader, sidecar) == (document.id, self._reader, document.sidecar):
                self._report.unchanged += 1
                self._tell()
                continue
            if id_ is None and self._about is not None and not self._about(document.text):
                self._report.passed_over.append(document.name)
                self._tell()
                continue
            if id_ is not None:
                same = id_ == document.id and sidecar == document.sidecar
                document.came = "again" if same else "changed"
            fresh.append(document)
        yield from self._unfound(fresh)

    def _outdated(self) -> Iterator[tuple[_Waiting, str]]:
        """What is in the record, was not among the files, and was read by something older."""
        after = ""
        columns = (DocumentRow.id, DocumentRow.name, DocumentRow.sha256, DocumentRow.text, DatingRow.sidecar)
        known = select(*columns).outerjoin(DatingRow, DatingRow.document == DocumentRow.id)
        stale = known.where(DocumentRow.reader != self._reader).order_by(DocumentRow.id).limit(AHEAD)
        with self._database.reading() as connection:
            more = connection.scalar(select(func.count()).where(DocumentRow.reader != self._reader)) or 0
        while more:
            with self._database.reading() as connection:
                rows = connection.execute(stale.where(DocumentRow.id > after)).all()
            if not rows:
                return
            after = rows[-1].id
            documents = [
                _Waiting(id_, name, sha256, text, "again", [], sidecar)
                for id_, name, sha256, text, sidecar in rows
                if name not in self._names
            ]
            self._total += len(documents)
            yield from self._unfound(documents)

    def _unfound(self, documents: list[_Waiting]) -> Iterator[tuple[_Waiting, str]]:
        """Those of the documents that have to be extracted; for the others the findings are there already."""
        with self._database.reading() as connection:
            query = select(FindingsRow.sha256, FindingsRow.data).where(FindingsRow.extractor == self._extractor)
            texts = {document.sha256 for document in documents}
            cached = dict(rows_of(connection, query, FindingsRow.sha256, texts))
        for document in documents:
            found = cached.get(document.sha256)
            if found is not None:
                self._take(document, (found, None))
            else:
                yield document, document.text

    # -- what was read ------------------------------------------------------------------------------------------------

    def _take(self, waiting: _Waiting, answer: Answer) -> None:
        """Findings came: note them, and keep what has come where it is time."""
        findings, problem = answer
        state, note = "read", None
        if problem is not None:
            state, note = "failed", problem
        elif findings is not None:
            found = json.loads(findings)
            language = found["language"]
            if not is_read(language, found["words"]):
                unknown = "what language it is in cannot be told"
                other = f"it is in a language that is not read yet ({language})"
                state, note = "unread", unknown if language is None else other
        kept = Kept(
            id=waiting.id,
            name=waiting.name,
            sha256=waiting.sha256,
            text=waiting.text,
            # What a process died over may be read where there is more memory.
            reader="" if problem == DIED else self._reader,
            extractor=self._extractor,
            state=state,
            findings=findings,
            note=note,
            sidecar=waiting.sidecar,
        )
        self._batch.append((kept, waiting))
        self._characters += len(waiting.text)
        self._tell()
        if self._due():
            self._keep()

    def _due(self) -> bool:
        # Keeping a batch resolves anew whom it names: where that takes long, it is done less often.
        patience = max(BATCH_SECONDS, 5 * self._keeping_took)
        return (
            len(self._batch) >= BATCH_DOCUMENTS
            or self._characters >= BATCH_CHARACTERS
            or time.monotonic() - self._kept_at > patience
        )

    def _keep(self) -> None:
        """Keep what has come, in one transaction."""
        if not self._batch:
            return
        began = time.monotonic()
        self._put()
        batch, self._batch, self._characters = self._batch, [], 0
        self._kept_at = time.monotonic()
        self._keeping_took = self._kept_at - began
        for kept, waiting in batch:
            report = self._report
            setattr(report, waiting.came, getattr(report, waiting.came) + 1)
            report.words += json.loads(kept.findings)["words"] if kept.findings else 0
            if kept.state == "failed":
                report.failed.append(f"{kept.name}: kept, but could not be read: {kept.note}")
            elif kept.note:
                report.notes.append(f"{kept.name}: kept, but {kept.note}")
            report.notes += [f"{kept.name}: {note}" for note in waiting.notes]

    def _put(self) -> None:
        """Put the batch into the record; a document that the resolver cannot take is kept as one that failed."""
        documents = [kept for kept, _ in self._batch]
        try:
            self._database.write(lambda connection: put(connection, documents))
        except RecordError:
            raise
        except Exception:
            for number, (kept, waiting) in enumerate(self._batch):
                self._batch[number] = self._put_alone(kept), waiting

    def _put_alone(self, kept: Kept) -> Kept:
        try:
            self._database.write(lambda connection: put(connection, [kept]))
        except RecordError:
            raise
        except Exception as error:
            kept = replace(kept, findings=None, state="failed", note=reason_of(error))
            self._database.write(lambda connection: put(connection, [kept]))
        return kept

    def _tell(self) -> None:
        """One more is done."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)
