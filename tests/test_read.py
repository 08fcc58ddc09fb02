"""Reading into a record, and what a program can ask of it."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import jsonschema
import pytest

import dragoman
from articles import article, write_articles
from dragoman import reading
from dragoman.extract import pool
from dragoman.extract.findings import Findings
from dragoman.record import PARTS, Actor, schema
from dragoman.resolve.actors import Profile
from dragoman.store import writing

RUSSIAN = (
    "Переговоры между делегациями начались утром и продолжались весь день. Стороны обсудили обмен пленными, "
    "прекращение огня и гуманитарные коридоры, сообщила пресс-служба министерства."
)


def exported(record: dragoman.Record) -> str:
    stream = io.StringIO()
    record.write_json(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    write_articles(folder, range(12))
    return folder


@pytest.fixture(scope="module")
def record(folder: Path) -> dragoman.Record:
    return dragoman.read(folder)


def test_reads_a_folder(record: dragoman.Record) -> None:
    assert record.last_read.read == len(record.documents) == 12
    assert record.last_read.failed == record.last_read.refused == []
    assert record.last_read.words == sum(d.words for d in record.documents) > 600
    assert len(record.statements) >= 24
    assert len(record.meetings) >= 3
    assert {"Velcora", "Tashmere"} <= {name for actor in record.actors for name in actor.names}


def test_export_follows_the_schema_and_is_the_same_each_time(record: dragoman.Record) -> None:
    written = exported(record)
    export = json.loads(written)
    jsonschema.validate(export, schema())
    assert list(export) == ["schema", *PARTS]
    assert [len(export[part]) for part in PARTS] == [len(getattr(record, part)) for part in PARTS]
    assert exported(record) == written


def test_every_citation_quotes_its_document(record: dragoman.Record) -> None:
    texts = {d.id: record.text(d.id) for d in record.documents}
    cited = 0
    stack = [json.loads(exported(record))]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "quote" in node:
                assert texts[node["document"]][node["start"] : node["end"]] == node["quote"]
                assert node["quote"] == node["quote"].strip() != ""
                cited += 1
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    assert cited > 50


def test_parts_are_sequences(record: dragoman.Record) -> None:
    statements = list(record.statements)
    assert record.statements[0] == statements[0]
    assert record.statements[-1] == statements[-1]
    assert record.statements[2:7:2] == statements[2:7:2]
    assert record.statements[::-1] == statements[::-1]
    with pytest.raises(IndexError):
        record.statements[len(statements)]
    assert not record.actors.where(text="nobody has this name")
    assert [d.name for d in record.documents] == sorted(d.name for d in record.documents)


def test_statements_come_in_the_order_of_the_texts(record: dragoman.Record) -> None:
    names = {d.id: d.name for d in record.documents}
    documents = [names[s.document] for s in record.statements]
    assert documents == sorted(documents)


def test_meetings_come_in_the_order_of_time(record: dragoman.Record) -> None:
    days = [m.date.from_ if m.date else "9999" for m in record.meetings]
    assert days == sorted(days)
    assert days[0] != "9999"


def test_where(record: dragoman.Record) -> None:
    speaker = next(s.speaker for s in record.statements if s.speaker)
    actor = record.find(speaker)
    assert isinstance(actor, Actor)
    wanted = [s for s in record.statements if speaker in (s.speaker, s.on_behalf_of)]
    assert list(record.statements.where(actor=speaker)) == wanted
    assert list(record.statements.where(actor=actor)) == wanted
    named = list(record.statements.where(actor=actor.names[-1].upper()))
    assert all(statement in named for statement in wanted)
    assert len(record.statements.where(actor="Nobody Anyone Knows")) == 0
    said = record.statements.where(text="PRISONERS must")
    assert 0 < len(said) < len(record.statements)
    assert all("prisoners must" in json.dumps(s.model_dump(mode="json")).lower() for s in said)
    assert said[0] == next(iter(said))
    late = record.meetings.where(since=datetime.date(2031, 5, 12), until="2031-05-20")
    assert list(late) == [
        m for m in record.meetings if m.date and m.date.to >= "2031-05-12" and m.date.from_ <= "2031-05-20"
    ]
    with pytest.raises(ValueError, match="soon"):
        record.meetings.where(since="soon")


def test_find(record: dragoman.Record) -> None:
    for part in ("documents", "actors", "meetings", "statements"):
        entry = getattr(record, part)[0]
        assert record.find(entry.id) == entry
    assert record.find("m-nothing") is None
    with pytest.raises(KeyError):
        record.text("d-nothing")


def test_reading_again_costs_only_what_changed(tmp_path: Path) -> None:
    files = write_articles(tmp_path / "in", range(4))
    with dragoman.read(tmp_path / "in", tmp_path / "r.db") as record:
        before = exported(record)
        asked: list[tuple[int, int]] = []
        report = record.read(tmp_path / "in", progress=lambda done, total: asked.append((done, total)))
        assert (report.unchanged, report.read, report.changed) == (4, 0, 0)
        assert asked == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert exported(record) == before
        files[1].write_text(article(77), encoding="utf-8")
        report = record.read(tmp_path / "in")
        assert (report.unchanged, report.read, report.changed) == (3, 0, 1)
        assert len(record.documents) == 4
        assert exported(record) != before
        files[1].write_text(article(1), encoding="utf-8")
        record.read(tmp_path / "in")
        assert exported(record) == before


def test_a_file_that_vanished_stays_until_it_is_forgotten(tmp_path: Path) -> None:
    files = write_articles(tmp_path / "in", range(3))
    with dragoman.read(files[:2]) as never:
        expected = exported(never)
    with dragoman.read(tmp_path / "in") as record:
        files[2].unlink()
        record.read(tmp_path / "in")
        assert len(record.documents) == 3
        assert record.forget("0002.txt")
        assert exported(record) == expected
        assert not record.forget("0002.txt")


def test_two_files_of_one_name_are_not_confused(tmp_path: Path) -> None:
    write_articles(tmp_path / "a", range(1))
    write_articles(tmp_path / "b", range(1))
    with dragoman.read(tmp_path) as record:
        assert len(record.documents) == 2
        with pytest.raises(dragoman.RecordError, match=r"2 documents are called 0000\.txt"):
            record.forget("0000.txt")
        assert record.forget(record.documents[0].name)
        assert len(record.documents) == 1
        assert len(record.statements) > 0


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, range(2))
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "russian.txt").write_text(RUSSIAN, encoding="utf-8")
    (tmp_path / "zz.txt").write_text("BOOM " + article(3), encoding="utf-8")
    from dragoman.extract import reader  # which loads spaCy

    lay_out = reader.lay_out

    def breaks(text: str) -> object:
        if text.startswith("BOOM"):
            raise ZeroDivisionError("of all\nthings")
        return lay_out(text)

    monkeypatch.setattr(reader, "lay_out", breaks)
    with dragoman.read([tmp_path, tmp_path / "nowhere.txt"]) as record:
        report = record.last_read
        assert report.read == 4
        [empty, nowhere] = sorted(report.refused)
        assert "empty.txt" in empty
        assert "nowhere.txt" in nowhere
        [failed] = report.failed
        assert failed.endswith("zz.txt: kept, but could not be read: ZeroDivisionError: of all things")
        [russian] = [d for d in record.documents if d.name.endswith("russian.txt")]
        assert russian.language == "ru"
        assert not [s for s in record.statements if s.document == russian.id]
        assert [name.rpartition("/")[2] for name, _ in record.notes()] == ["russian.txt", "zz.txt"]
        assert any("russian.txt" in note for note in report.notes)
        [broken] = [d for d in record.documents if d.name.endswith("zz.txt")]
        assert record.text(broken.id).startswith("BOOM")
        assert len(record.statements) > 0


def test_what_cannot_be_resolved_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, range(3))
    (tmp_path / "zz.txt").write_text(f"{article(3)}\n\nXanthe Quell did not come, she said.", encoding="utf-8")
    profiles_of = writing.profiles_of

    def breaks(found: Findings) -> list[Profile]:
        if any("Quell" in actor.name for actor in found.actors):
            raise ZeroDivisionError("of people")
        return profiles_of(found)

    monkeypatch.setattr(writing, "profiles_of", breaks)
    with dragoman.read(tmp_path) as record:
        [failed] = record.last_read.failed
        assert failed.endswith("zz.txt: kept, but could not be read: ZeroDivisionError: of people")
        assert len(record.documents) == 4
        assert {s.document for s in record.statements} == {d.id for d in record.documents[:3]}


def test_a_better_extractor_reads_again_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = write_articles(tmp_path / "in", range(3))
    with dragoman.read(tmp_path / "in", tmp_path / "r.db") as record:
        before = exported(record)
        files[0].unlink()  # its text is in the record
        monkeypatch.setattr(reading, "extractor", lambda *_: "better")
        monkeypatch.setattr(reading, "reader_version", lambda *_: "better/still")
        report = record.read(files[1:2])
        assert (report.again, report.read, report.unchanged) == (3, 0, 0)
        assert exported(record) == before
        report = record.read(files[1:])
        assert (report.again, report.unchanged) == (0, 2)


def test_many_texts_are_read_by_processes_as_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, range(30))
    with dragoman.read(tmp_path, processes=1) as alone:
        expected = exported(alone)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(pool, "CHUNK", 2_000)
    with dragoman.read(tmp_path, processes=2) as together:
        assert exported(together) == expected


DYING = """
import os
from dragoman.extract import worker
worker.read_one = lambda text, *_: os._exit(9) if text == "deadly" else (text.upper(), None)
worker.main()
"""


def test_a_process_that_dies_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(pool, "WORKER", ("-c", DYING))
    texts = [(1, "one"), (2, "deadly"), (3, "three")]
    assert dict(pool.read_texts(texts, processes=2)) == {1: ("ONE", None), 2: (None, pool.DIED), 3: ("THREE", None)}


def test_attributions() -> None:
    text = "The minister was tired. “We will sign on Friday,” said Mara Destrin, who chairs the talks."
    [found] = dragoman.attributions(text)
    assert "We will sign on Friday" in text[slice(*found.content[0])]
    assert "Mara Destrin" in text[slice(*found.source[0])]
    assert text[slice(*found.cue[0])] == "said"
    texts = [article(n) for n in range(5)]
    assert list(dragoman.attributions_of(texts)) == [dragoman.attributions(t) for t in texts]
