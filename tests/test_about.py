"""Reading only what names somebody of a list: nothing that does is lost, nothing else is parsed or kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

import articles
import dragoman
from dragoman.cli import app
from dragoman.extract import worker
from dragoman.extract.relevance import FilterError, relevance

PROCESS = """
title: Talks on the Sarn
parties: [Orlavia, Peru, "Halvmark Steel", "Furnace and Rail Workers' Union"]
people:
  - name: Dmitri Qoralkoff
  - Šárka Halvič
  - Han Ji-ho
places: [Port Ilmen]
"""

NAMED = [
    "Orlavia's envoy left early.",
    "The Orlavians left early.",
    "An Orlavian trawler was seized.",
    "ORLAVIA SAYS NO",
    "Anti-Orlavian crowds marched.",
    "Lima has not answered.",
    "Peruvian officials were calm.",
    "In Peru’s view it is over.",
    "Mr Koralkov shrugged.",
    "Koralkov’s plane landed.",
    "It was Dmitry Koralkow who asked.",
    "Halvich, the mediator, spoke.",
    "Halvic spoke.",
    "The envoy, Han, nodded.",
    "Han Ji-ho nodded.",
    "Halvmark shares fell.",
    "The Union of Furnace and Rail Workers struck.",
    "The FRWU struck.",
    "They met in Port Ilmen.",
    "Ilmen was quiet.",
]
UNNAMED = [
    "The furnace was lit at dawn, and steel ran.",
    "A union of workers met at a port.",
    "Oral exams began; coral died.",
    "The handle broke.",
    "He met his lima bean.",
]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("about") / "sarn.yaml"
    file.write_text(PROCESS, encoding="utf-8")
    return file


@pytest.mark.parametrize("text", NAMED)
def test_every_spelling_of_a_name_is_found(process: Path, text: str) -> None:
    assert relevance(process)(text)


@pytest.mark.parametrize("text", UNNAMED)
def test_common_words_are_no_names(process: Path, text: str) -> None:
    assert not relevance(process)(text)


def test_a_filter_is_names_or_a_file_or_the_name_of_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, process: Path
) -> None:
    lines = tmp_path / "names.txt"
    lines.write_text("Orlavia  # the islands\n\nHan Ji-ho\n", encoding="utf-8")
    assert relevance(lines).names == relevance("Han Ji-ho, Orlavia").names == ("Han Ji-ho", "Orlavia")
    assert relevance(["Orlavia", "Orlavia"]).names == ("Orlavia",)
    monkeypatch.chdir(process.parent)
    assert relevance("sarn").names == relevance(process).names
    assert "Talks on the Sarn" not in relevance(process).names


@pytest.mark.parametrize("asked", ["", " , ", "missing.yaml"])
def test_a_filter_without_names_is_refused(asked: str) -> None:
    with pytest.raises(FilterError):
        relevance(asked)


def pile(folder: Path, many: int = 300) -> set[str]:
    """Articles of which one in fifty, and no other, names somebody of the process; the names of these files."""
    chance = random.Random(5)
    folder.mkdir()
    told = set()
    for number in range(many):
        lines = [f"{chance.choice(UNNAMED)} The harvest of {1900 + number} was poor." for _ in range(12)]
        if number % 50 == 7:
            lines.insert(chance.randrange(13), chance.choice(NAMED))
            told.add(f"{number:03}.txt")
        (folder / f"{number:03}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return told


def test_of_a_pile_only_what_is_relevant_is_read_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, process: Path
) -> None:
    read: list[str] = []

    def quick(text: str, *rest: object) -> tuple[str | None, str | None]:
        read.append(text)
        return articles.quick_read(text, *rest)

    monkeypatch.setattr(worker, "read_one", quick)
    relevant = pile(tmp_path / "pile")
    with dragoman.read(tmp_path / "pile", about=process, processes=1) as record:
        report = record.last_read
        assert {Path(d.name).name for d in record.documents} == relevant
        assert report.read == len(read) == len(relevant) == 6
        assert len(report.passed_over) == 294
        assert relevant.isdisjoint(Path(name).name for name in report.passed_over)


def test_what_the_record_has_is_followed_even_if_it_names_nobody_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_one", articles.quick_read)
    file = tmp_path / "a.txt"
    file.write_text("Orlavia waits. It has been quiet in the harbour for a week.", encoding="utf-8")
    with dragoman.Record(tmp_path / "r.db") as record:
        assert record.read(file, about="Orlavia").read == 1
        file.write_text("Nobody waits. It has been quiet in the harbour for a week.", encoding="utf-8")
        report = record.read(file, about="Orlavia")
        assert (report.changed, report.passed_over) == (1, [])


def test_the_command_counts_and_names_what_it_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harvest was poor, and nobody came to the fair.", encoding="utf-8")
    place = str(tmp_path / "r.db")
    result = CliRunner().invoke(app, ["read", str(tmp_path / "a.txt"), "--record", place, "--about", "Orlavia"])
    assert result.exit_code == 0, result.output
    assert "1 passed over" in result.output
    assert "a.txt: passed over" in " ".join(result.output.split())
