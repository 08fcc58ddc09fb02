"""What the documents disagree about, as the command, `show` and the brief tell it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from dragoman.record import Citation, Disagreement, Export, Family, Meeting, Position
from dragoman.report import brief_html, brief_md, brief_text, show, views
from dragoman.report.brief import gather
from dragoman.report.disagreements import Differences, beside
from dragoman.report.disagreements_table import LIMIT
from dragoman.report.source import ExportSource
from stood import actors, document, stand

TEXTS = {
    "a": "The sides sat for nine hours. Orvale asks for 8 per cent. They meet again on Monday.",
    "b": "The sides sat for nine hours, it is said. Orvale asks for 7 per cent.",
    "c": "It was barely four hours. The next session is on Wednesday.",
    "d": "The sides sat for nine hours. Orvale asks for 8 per cent, it says.",
}


def cite(document: str, quote: str) -> Citation:
    start = TEXTS[document].index(quote)
    return Citation(document=document, start=start, end=start + len(quote), quote=quote)


def differ(
    id: str, kind: str, about: tuple[str, str, str], *values: tuple[str, list[Citation]], **more: Any
) -> Disagreement:
    return Disagreement.model_validate(
        {
            "id": id,
            "kind": kind,
            "about": dict(zip(("kind", "id", "field"), about, strict=True)),
            "values": [{"value": value, "citations": cited} for value, cited in values],
            **more,
        }
    )


def record() -> Export:
    """A session whose length, and the day of the next, are told differently; a demand that changed; d copies a."""
    hours = [cite(d, "The sides sat for nine hours") for d in ("a", "b", "d")]
    four = [cite("c", "barely four hours")]
    fields = {"kind": "talks", "level": "delegations", "status": "held", "parties": ["orvale", "keth"]}
    session = Meeting.model_validate(
        {
            "id": "m-session",
            "title": "Talks of Orvale and Keth",
            **fields,
            "accounts": [{"document": c.document, "citations": [c]} for c in [*hours, *four]],
            "citations": [*hours, *four],
        }
    )
    demand: Position = stand("p-pay", "a", "orvale", "labour", "demands", "8 per cent").model_copy(
        update={"citations": [cite("a", "Orvale asks for 8 per cent")]}
    )
    return Export(
        documents=[
            document("a", "2031-05-05", "f"),
            document("b", "2031-05-06"),
            document("c", "2031-05-07"),
            document("d", "2031-05-05", "f"),
        ],
        actors=actors(),
        meetings=[session],
        positions=[demand],
        disagreements=[
            differ(
                "x-pay",
                "revision",
                ("position", "p-pay", "quantities"),
                ("8 per cent", [cite("a", "Orvale asks for 8 per cent"), cite("d", "Orvale asks for 8 per cent")]),
                ("7 per cent", [cite("b", "Orvale asks for 7 per cent")]),
            ),
            differ("x-hours", "conflict", ("meeting", "m-session", "duration_minutes"), ("9 h", hours), ("4 h", four)),
            differ(
                "x-next",
                "revision",
                ("claim", "claim-1", "day"),
                ("Monday", [cite("a", "on Monday")]),
                ("Wednesday", [cite("c", "on Wednesday")]),
                question="when they meet again",
            ),
        ],
        families=[Family(id="f", documents=["a", "d"], kind="near_duplicate")],
    )


@pytest.fixture
def source() -> ExportSource:
    return ExportSource(record(), TEXTS)


def written(source: ExportSource, format: str = "table", kind: str | None = None, **wanted: str) -> str:
    out = io.StringIO()
    console = Console(file=out, width=110, highlight=False, markup=False)
    views.disagreements(source, views.Written(format, out, console), views.Wanted(**wanted), kind)
    return out.getvalue()


def shown(source: ExportSource, entry: Any) -> str:
    out = io.StringIO()
    show.show(entry, source, Console(file=out, width=110, highlight=False, markup=False))
    return out.getvalue()


def test_the_weightiest_questions_come_first(source: ExportSource) -> None:
    assert [q.id for q in Differences.of(source).questions()] == ["x-hours", "x-pay", "x-next"]


def test_copies_of_one_text_are_one_voice(source: ExportSource) -> None:
    (question,) = Differences.of(source).questions(kind="conflict")
    nine, four = question.answers
    assert [v.documents for v in nine.voices] == [("a", "d"), ("b",)]
    assert [v.documents for v in four.voices] == [("c",)]
    assert question.sources == 3
    assert Differences.of(source).label(nine.voices[0]) == "A, 5 May 2031 and 1 copy of it"


def test_a_reader_sees_the_question_each_answer_who_gives_it_and_the_words(source: ExportSource) -> None:
    page = written(source)
    assert "conflict  Talks of Orvale and Keth: how long  x-hours" in page
    assert "≠ 9 h" in page
    assert "B, 6 May 2031  “The sides sat for nine hours”" in page
    assert "C, 7 May 2031  “barely four hours”" in page
    assert "Orvale on labour: how much" in page
    assert "when they meet again" in page
    assert page.rstrip().endswith("1 conflict, 2 revisions")


def test_filters(source: ExportSource) -> None:
    def found(kind: str | None = None, **wanted: str) -> list[str]:
        return [row["id"] for row in json.loads(written(source, "json", kind, **wanted))]

    assert found("revision") == ["x-pay", "x-next"]
    assert found(actor="Keth") == ["x-hours"]
    assert found(actor="Orvale") == ["x-hours", "x-pay"]
    assert found(text="again") == ["x-next"]
    assert found(since="2031-05-07") == ["x-hours", "x-next"]
    assert found(until="2031-05-04") == []
    with pytest.raises(views.UnknownError):
        found(actor="Nobody")


def test_rows_name_the_sources_and_quotes_of_each_answer(source: ExportSource) -> None:
    rows = list(csv.DictReader(io.StringIO(written(source, "csv"))))
    assert [row["id"] for row in rows] == ["x-hours", "x-pay", "x-next"]
    assert rows[1]["values"] == "8 per cent; 7 per cent"
    assert rows[1]["documents"] == "a; d; b"
    assert rows[1]["told_by"] == "8 per cent: A, 5 May 2031 and 1 copy of it; 7 per cent: B, 6 May 2031"
    assert rows[0]["sources"] == "3"


def test_a_long_list_is_cut_with_a_count() -> None:
    made = record()
    many = [made.disagreements[0].model_copy(update={"id": f"x-{n:04}"}) for n in range(LIMIT + 3)]
    page = written(ExportSource(made.model_copy(update={"disagreements": many}), TEXTS))
    assert page.count("Orvale on labour") == LIMIT
    assert f"{LIMIT + 3} revisions; the first {LIMIT}" in page


def test_none() -> None:
    assert written(ExportSource(Export())).strip() == "no disagreements"


def test_they_stand_beside_the_entry_in_show(source: ExportSource) -> None:
    (session,), (demand,) = source.meetings, source.positions
    assert [d.id for d in beside(session, source.disagreements)] == ["x-hours"]
    assert "told differently" in shown(source, session)
    assert "“barely four hours”" in shown(source, session).partition("told differently")[2]
    assert "7 per cent" in shown(source, demand).partition("told differently")[2]
    (alone,) = ExportSource(record().model_copy(update={"disagreements": []}), TEXTS).meetings
    assert "told differently" not in shown(ExportSource(Export(meetings=[alone]), TEXTS), alone)


def test_a_disagreement_is_shown_with_its_quotes_in_context(source: ExportSource) -> None:
    page = shown(source, source.disagreements[2])
    assert page.startswith("when they meet again  x-next")
    assert "They meet again ⟦on Monday⟧." in page
    assert "The next session is ⟦on Wednesday⟧." in page


def test_the_brief_has_a_part_on_where_the_reports_differ(source: ExportSource) -> None:
    brief = gather(source)
    (part,) = [s for s in brief.sections if s.key == "differ"]
    lines = part.groups[0].lines
    assert [line.id for line in lines] == ["x-hours", "x-pay", "x-next"]
    assert [str(d) for d in lines[0].differs] == ["9 h: [1][3]", "4 h: [4]"]
    assert [c.quote for c in lines[0].sources[: lines[0].shown]] == [
        "The sides sat for nine hours",
        "barely four hours",
    ]
    texts = "\n".join(TEXTS.values())
    assert all(c.quote in texts for line in lines for c in line.sources)
    (met,) = [line for s in brief.sections if s.key == "encounters" for g in s.groups for line in g.lines]
    assert [str(d) for d in met.differs] == ["duration: 9 h [1][3]; 4 h [4]"]
    out = io.StringIO()
    brief_text.show(brief, Console(file=out, width=100))
    for page in (out.getvalue().casefold(), brief_md.rendered(brief).casefold(), brief_html.rendered(brief).casefold()):
        assert "where the reports differ" in page
        assert "barely four hours" in page


def test_the_command(tmp_path: Path) -> None:
    import dragoman
    from dragoman.cli import app

    text = tmp_path / "note.txt"
    text.write_text("Orvale and Keth met in Lorn on 3 May 2031, the ministry said.", encoding="utf-8")
    dragoman.read(text, tmp_path / "r.db", processes=1).close()
    runner = CliRunner()
    answer = runner.invoke(app, ["disagreements", "--record", str(tmp_path / "r.db")])
    assert answer.exit_code == 0, answer.output
    assert "no disagreements" in answer.output
    rows = runner.invoke(app, ["disagreements", "--kind", "conflict", "-f", "json", "--record", str(tmp_path / "r.db")])
    assert json.loads(rows.output) == []
