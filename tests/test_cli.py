"""The commands: what they print, how they end, and that an error is one line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from dragoman import cli, record
from dragoman.library import Record
from dragoman.report import export, following, show, words

STRIKE = """Ferry crews and Blue Line to meet on Friday

HALLVIK, 6 March 2023 - The Seafarers' Union and the ferry company Blue Line will hold a second round of talks in
Hallvik on Friday, the labour mediator Agda Rosmarin said on Monday.

“We are not far apart, we are only tired,” Ms Rosmarin told reporters. The union's chief negotiator, Tor Binnemark, said
that the crews wanted nine hours of rest between two shifts.

Share this: Facebook Twitter
"""
QUARRY = """Quarry dispute goes on

LOMBE, 9 May 2023 - The mayor of Lombe, Pia Ketteler, met the owners of the quarry on Tuesday.

“Nobody signed anything,” Ketteler said. “=1+1 is not an offer,” she added.
"""


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def run_(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return Ended(int(ended.value.code or 0), told.out, told.err)

    return run_


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles and a file that is none."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "strike.txt").write_text(STRIKE, encoding="utf-8")
    (folder / "quarry.txt").write_text(QUARRY, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


@pytest.fixture(scope="module")
def kept(articles: Path) -> Path:
    """The record of the two articles; tests must not change it."""
    place = articles.parent / "kept.db"
    with Record(place) as made:
        made.read([articles / "strike.txt", articles / "quarry.txt"], processes=1)
    return place


def test_reading_says_what_came_of_it_and_again_that_nothing_changed(run: Run, articles: Path, tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    first = run("read", articles, "--record", place)
    assert first.code == 0
    assert first.out.startswith("2 read, 0 unchanged, 0 changed")
    assert "documents a second" in first.out
    assert f"{place}: 2 documents" in first.out
    (line,) = [line for line in first.err.splitlines() if "scan.pdf" in line]
    assert line.startswith("dragoman: ")

    again = run("read", articles / "strike.txt", articles / "quarry.txt", "-r", place)
    assert again.code == 0
    assert again.out.startswith("0 read, 2 unchanged, 0 changed, 0 refused")
    assert again.err == ""

    name = json.loads(run("documents", "--format", "json", "-r", place).out)[0]["name"]
    assert run("forget", name, "-r", place).out == f"forgotten: {name}\n"
    assert len(json.loads(run("documents", "--format", "json", "-r", place).out)) == 1
    gone = run("forget", name, "-r", place)
    assert (gone.code, gone.err.count("\n")) == (1, 1)


def test_where_nothing_can_be_read_the_command_fails(run: Run, articles: Path, tmp_path: Path) -> None:
    assert run("read", articles / "scan.pdf", "-r", tmp_path / "r.db").code == 1
    assert run("read", tmp_path / "nowhere.txt", "-r", tmp_path / "r.db").code == 1


def test_an_interrupted_reading_says_that_what_was_done_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, articles: Path
) -> None:
    def interrupted(self: Record, *_: object, **__: object) -> None:
        self.last_read.read = 7
        raise KeyboardInterrupt

    monkeypatch.setattr(Record, "read", interrupted)
    out, err = io.StringIO(), io.StringIO()
    code = following.follow([str(articles)], tmp_path / "r.db", Console(file=out), Console(file=err))
    assert code == 130
    assert out.getvalue().startswith("7 read")
    assert "stopped; what was done is kept in" in err.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        ["brief", "-r", "nowhere.db"],
        ["show", "x", "-r", "nowhere.db"],
        ["export", "-r", "nowhere.db"],
        ["meetings", "--since", "yesterday"],
        ["meetings", "--since", "2023", "--until", "2022"],
        ["meetings", "--format", "xml"],
        ["brief", "--colour"],
        ["read"],
        ["frobnicate"],
    ],
)
def test_an_error_is_one_line(run: Run, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*words)
    assert ended.code in (1, 2)
    assert ended.out == ""
    assert ended.err.startswith("dragoman: ")
    assert ended.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [], "a look makes no record"


def test_what_is_no_record_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("these are not the tables you are looking for\n" * 50)
    ended = run("brief", "-r", tmp_path / "r.db")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert ended.err.startswith("dragoman: ")


def test_an_unknown_id_is_one_line(run: Run, kept: Path) -> None:
    ended = run("show", "s-nobody", "-r", kept)
    assert (ended.code, ended.err.count("\n")) == (1, 1)


@pytest.mark.parametrize("part", ["documents", "actors", "meetings", "statements"])
def test_a_list_is_the_same_in_every_format(run: Run, kept: Path, part: str) -> None:
    as_json = json.loads(run(part, "--format", "json", "-r", kept).out)
    as_lines = [json.loads(line) for line in run(part, "-f", "jsonl", "-r", kept).out.splitlines()]
    as_rows = list(csv.DictReader(io.StringIO(run(part, "-f", "csv", "-r", kept).out, newline="")))
    assert as_json == as_lines
    assert [entry["id"] for entry in as_json] == [row["id"] for row in as_rows]
    assert as_json, f"no {part} found in the two articles"
    table = run(part, "-r", kept).out
    assert all(entry["id"] in table for entry in as_json)
    for entry in as_json:
        record.PARTS[part].model_validate(entry)


def test_lists_are_narrowed(run: Run, kept: Path) -> None:
    def said(*options: str) -> list[str]:
        told = json.loads(run("statements", "-f", "json", "-r", kept, *options).out)
        return [statement["content"][0]["quote"] for statement in told]

    assert any("Nobody signed" in quote for quote in said("--text", "nobody signed"))
    assert not any("tired" in quote for quote in said("--since", "2023-05"))
    assert not any("Nobody" in quote for quote in said("--until", "2023-03"))
    ketteler = said("--actor", "Pia Ketteler")
    assert ketteler
    assert not any("tired" in quote for quote in ketteler)
    assert said("--text", "zebra") == []
    nobody = run("statements", "--actor", "Nobody Atall", "-r", kept)
    assert (nobody.code, nobody.out, nobody.err.count("\n")) == (1, "", 1)
    assert run("statements", "--text", "zebra", "-r", kept).out == "no statements\n"


def test_an_option_that_names_a_month_means_all_of_it() -> None:
    assert cli._day("2024-02", "--until", last=True) == "2024-02-29"
    assert cli._day("2024", "--since", last=False) == "2024-01-01"
    with pytest.raises(cli.UserError):
        cli._day("2024-02-30", "--until", last=True)


def test_a_cell_is_never_a_formula() -> None:
    for text in ("=1+1", "+49 30", "-cmd", "@SUM(A1)", "\t=1"):
        assert export.defused(text) == "'" + text
    assert export.defused("1+1") == "1+1"
    assert export.defused(-5) == "-5"
    assert export.defused(None) == ""


def test_the_export_is_what_the_schema_says(run: Run, kept: Path, tmp_path: Path) -> None:
    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    written = run("export", "--format", "json", "-r", kept).out
    jsonschema.validate(json.loads(written), schema)
    assert len(record.Export.model_validate_json(written).documents) == 2
    run("export", "--output", tmp_path / "out.json", "-r", kept)
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == written
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"], "no unfinished file stays"


def test_the_brief_comes_in_four_forms(run: Run, kept: Path, tmp_path: Path) -> None:
    assert "LATEST STATEMENTS" in run("brief", "-r", kept).out
    assert "## Latest statements" in run("brief", "--format", "md", "-r", kept).out
    ended = run("brief", "--format", "html", "-o", tmp_path / "brief.html", "-r", kept)
    assert (ended.code, ended.out) == (0, "")
    assert "<h2>Latest statements</h2>" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    ended = run("brief", "--format", "pdf", "-o", tmp_path / "brief.pdf", "-r", kept)
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_a_pdf_is_not_for_a_terminal(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ended = run("brief", "--format", "pdf", "-r", kept)
    assert ended.code
    assert "--output FILE" in ended.err
    assert not ended.out


def test_showing_an_entry_marks_its_words_in_their_sentence(run: Run, kept: Path) -> None:
    (tired,) = json.loads(run("statements", "--text", "only tired", "-f", "json", "-r", kept).out)
    told = run("show", tired["id"], "-r", kept).out
    assert "⟦We are not far apart, we are only tired" in told
    assert "told reporters" in told
    text = run("show", tired["document"], "-r", kept).out
    assert "⟨Share this: Facebook Twitter" in text
    assert "only tired" in text
    with Record(kept, create=False) as made:
        out = io.StringIO()
        entry = made.find(tired["id"])
        assert entry is not None
        show.show(entry, made, Console(file=out, force_terminal=True, width=100, color_system="standard"))
    assert "\x1b[1;7mWe are not far apart" in out.getvalue()


def test_context_is_the_sentence_around_a_quote() -> None:
    text = "One came. Two said: “Three? Yes.” Then four left.\nFive."
    start = text.index("Yes")
    first, last = show.context(text, start, start + 3)
    assert text[first:last] == "Yes.”"
    start = text.index("said")
    first, last = show.context(text, start, text.index("Yes") + 3)
    assert text[first:last] == "Two said: “Three? Yes.”"


def test_an_article_cannot_command_the_terminal() -> None:
    assert words.flat("a\x1b[2Jb\u202ec\x9b") == "a\ufffd[2Jb\ufffdc\ufffd"
    assert len(words.showable("\x1b\n\t\x00")) == 4


def test_help_and_schema_load_no_pipeline() -> None:
    code = (
        "import sys, dragoman.cli as c\n"
        "sys.argv = ['dragoman', 'schema']\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'spacy', 'thinc'} & set(sys.modules)))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ended.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes of a POSIX shell")
def test_a_closed_pipe_is_nobodys_error(kept: Path) -> None:
    command = [sys.executable, "-c", "import dragoman.cli; dragoman.cli.main()", "schema"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()
    process.stderr.close()


def test_the_version_is_the_package_s(run: Run) -> None:
    from dragoman import __version__

    assert run("--version").out == f"dragoman {__version__}\n"
    assert "Usage" in run().out
