"""The documents say what is there: commands, options, files, and code that runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from dragoman import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.S | re.M)


def options(command: str) -> set[str]:
    return {name for parameter in COMMANDS[command].params for name in parameter.opts} | {"--help"}


def test_every_command_has_its_line() -> None:
    documented = set(re.findall(r"^\| `dragoman (\w+)", README, re.M))
    assert documented == set(COMMANDS)


def test_every_option_is_documented_and_every_documented_one_exists() -> None:
    there = {option for command in COMMANDS for option in options(command) if option.startswith("--")}
    there |= {"--version"}
    documented = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README))
    assert documented == there


def test_a_command_s_line_names_only_its_options() -> None:
    rows = re.findall(r"^\| `dragoman (\w+)[^`]*` \|[^|]*\|([^|]*)\|$", README, re.M)
    assert rows
    for command, named in rows:
        assert set(re.findall(r"--[a-z-]+", named)) <= options(command), command
        assert ("filters" in named) == ("--since" in options(command)), command


def test_the_commands_shown_can_be_called() -> None:
    lines = [line.split("#")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    called = [shlex.split(line) for line in lines if re.match(r"(\.venv/bin/)?dragoman ", line)]
    assert len(called) >= 5
    for _, command, *words in called:
        COMMANDS[command].make_context(command, list(words))  # parses, and raises on what it does not know


def test_the_make_targets_shown_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)", "\n".join(blocks("sh")), re.M)) | set(
        re.findall(r"`make (\w+)`", CONTRIBUTING)
    )
    assert {"demo", "test"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("snippet", blocks("python"))
def test_the_python_shown_runs(
    snippet: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(snippet, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip(), "the snippet shows something"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "examples/README.md", "CHANGELOG.md"])
def test_the_files_named_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src|tests|tools|examples)/[\w./-]+)`", text))
    named |= set(re.findall(r"\]\(([^)#:]+)\)", text))
    for name in named:
        assert (ROOT / name).exists(), name


def test_the_examples_are_as_many_as_is_said() -> None:
    articles = [p for p in (ROOT / "examples").iterdir() if p.name.startswith("20")]
    outlets = {re.sub(r"^[\d-]+-|\.\w+$", "", p.name) for p in articles}
    assert len(articles) == 15
    assert len(outlets) == 4
    for article in articles:
        assert 200 <= len(article.read_text(encoding="utf-8").split()) <= 520, article.name


def test_the_changelog_has_this_version() -> None:
    from dragoman import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
