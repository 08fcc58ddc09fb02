"""Families of documents as the command and `show` tell them, and what counts sources counts each of them once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import dragoman
from dragoman.cli import app
from dragoman.record import Citation, Family, Meeting
from dragoman.report import encounters, families
from dragoman.report.brief import gather
from dragoman.report.show import show
from dragoman.report.stands import Stands
from dragoman.report.tables import show as table
from dragoman.report.witnesses import Witnesses

TEXTS = Path(__file__).parent / "copies"
NAMES = ["water-source", "water-rewrite", "water-independent", "ferry-one", "ferry-two", "ferry-three"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a retelling, of two reports that share a source, and of independent ones; with a reprint."""
    folder = tmp_path_factory.mktemp("families")
    reprint = (TEXTS / "water-source.txt").read_text(encoding="utf-8")
    (folder / "water-reprint.txt").write_text(f"UPLAND EVENING MAIL\n\n{reprint}", encoding="utf-8")
    with dragoman.Record(folder / "r.db") as record:
        record.read([*(TEXTS / f"{name}.txt" for name in NAMES), folder / "water-reprint.txt"], processes=1)
    return folder / "r.db"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_families_are_told_with_what_is_shared_and_who_came_first(kept: Path) -> None:
    said = run("families", "-r", str(kept))
    assert "shared source" in said
    assert "source: Coastal News Agency" in said
    assert "came first: not known" in said
    assert "ISLAND ECONOMIST" in said
    assert "more passage" in said
    assert "2 families, 5 documents that count as 2 sources" in said
    assert "ferry-three" not in said
    assert "water-independent" not in said
    only = run("families", "-r", str(kept), "--kind", "shared_source")
    assert "1 family, 2 documents that count as 1 source" in only
    assert "no families" in run("families", "-r", str(kept), "-k", "duplicate")


def test_the_formats_say_the_same(kept: Path, tmp_path: Path) -> None:
    entries = json.loads(run("families", "-r", str(kept), "-f", "json"))
    run("families", "-r", str(kept), "-f", "csv", "-o", str(tmp_path / "f.csv"))
    lines = list(csv.DictReader(io.StringIO((tmp_path / "f.csv").read_text(encoding="utf-8"))))
    page = run("families", "-r", str(kept), "-f", "md")
    assert len(entries) == page.count("\n## ") == 2
    assert list(lines[0]) == families.COLUMNS
    assert {(e["id"], m["document"]) for e in entries for m in e["members"]} == {
        (line["family"], line["document"]) for line in lines
    }
    with dragoman.open(kept) as record:
        texts = {d.id: record.text(d.id) for d in record.documents}
    for line in lines:
        assert 0.1 < float(line["copied"]) <= 1
        assert line["longest"] in " ".join(texts[line["document"]].split())
    assert "| --- | --- |" in page


def test_show_tells_a_family_and_a_document_of_one(kept: Path) -> None:
    with dragoman.open(kept) as record:
        [family] = [f for f in record.families if f.kind == "shared_source"]
        out = io.StringIO()
        show(family, record, Console(file=out, width=200))
        assert out.getvalue().count("≈") == len(family.passages) >= 3
        document = next(d for d in record.documents if d.id == family.documents[0])
        alone = next(d for d in record.documents if d.name.endswith("ferry-three.txt"))
        for one, there in ((document, True), (alone, False)):
            out = io.StringIO()
            show(one, record, Console(file=out, width=200))
            assert (family.id in out.getvalue()) is there
        assert family.id in run("documents", "-r", str(kept))


def test_the_longest_passages_come_first_and_shares_count_no_word_twice() -> None:
    from dragoman.record import Document, Export
    from dragoman.report.source import ExportSource
    from stood import document

    texts = {"a": "one two three four five six seven eight nine ten", "b": "one two three four five, and more of it"}

    def cite(id_: str, start: int, end: int) -> Citation:
        return Citation(document=id_, start=start, end=end, quote=texts[id_][start:end])

    pairs = [[cite("a", 0, 7), cite("b", 0, 7)], [cite("a", 0, 23), cite("b", 0, 23)]]
    family = Family(id="f", documents=["a", "b"], kind="near_duplicate", first="b", passages=pairs)
    documents: list[Document] = [
        document("a", "2031-05-14").model_copy(update={"words": 10, "credits": ["Ambry Press"]}),
        document("b", "2031-05-14").model_copy(update={"words": 9, "outlet": "AMBRY PRESS"}),
    ]
    source = ExportSource(Export(documents=documents, families=[family]), texts)
    [one] = families.gather(source)
    assert [(m.document.id, round(m.copied, 2)) for m in one.members] == [("b", 0.56), ("a", 0.5)]
    assert one.known_by.startswith("credited by")
    assert [a.quote for a, _ in one.passages] == [texts["a"][:23], "one two"]


# -- counting ---------------------------------------------------------------------------------------------------------


def test_copies_are_one_source_and_what_shares_a_source_is_one_for_what_is_shared() -> None:
    def cite(id_: str, start: int) -> Citation:
        return Citation(document=id_, start=start, end=start + 5, quote="words")

    shared = [[cite("c", 10), cite("d", 10)]]
    witnesses = Witnesses.of(
        [
            Family(id="f1", documents=["a", "b"], kind="rewrite"),
            Family(id="f2", documents=["c", "d"], kind="shared_source", passages=shared),
        ]
    )
    assert witnesses.count([cite("a", 0), cite("b", 50)]) == 1
    assert witnesses.count([cite("c", 12), cite("d", 8)]) == 1
    assert witnesses.count([cite("c", 12), cite("d", 30)]) == 2
    assert witnesses.count([cite("a", 0), cite("e", 0)]) == 2


def test_an_encounter_that_a_copy_tells_again_is_told_by_one_source(kept: Path) -> None:
    with dragoman.open(kept) as record:
        [family] = [f for f in record.families if f.kind != "shared_source"]
        copies = set(family.documents)
        documents = {d.id: d for d in record.documents}
        account = {"kind": "talks", "level": "delegations", "status": "held", "parties": []}
        told_in = [*family.documents, next(d for d in documents if d not in copies)]

        def told(names: list[str]) -> Meeting:
            accounts = [
                {**account, "document": d, "citations": [{"document": d, "start": 0, "end": 1, "quote": "x"}]}
                for d in names
            ]
            return Meeting.model_validate(
                {"id": "m", "title": "Talks", **account, "accounts": accounts, "citations": accounts[0]["citations"]}
            )

        witnesses = Witnesses.of(record.families)
        once = encounters.told(told(family.documents), documents, None, witnesses)
        assert once.state.endswith(f"by {len(family.documents)} documents that count as 1 source")
        twice = encounters.told(told(told_in), documents, None, witnesses)
        assert twice.state.endswith("that count as 2 sources")
        out = io.StringIO()
        table([told(told_in)], "meetings", Console(file=out, width=200), {}, documents)
        assert f"{len(told_in)} (2)" in out.getvalue()


def test_stands_and_the_brief_count_a_family_once(kept: Path) -> None:
    with dragoman.open(kept) as record:
        [family] = [f for f in record.families if f.kind != "shared_source"]
        stands = Stands.of(record)
        assert len({stands.sources[document] for document in family.documents}) == 1
        page = gather(record)
    assert "7 documents" in page.subtitle
    assert "that count as 5 sources" in page.subtitle
