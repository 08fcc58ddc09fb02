"""Questions in plain words: read as they were meant, answered with entries and their words, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import dragoman
from dragoman.cli import app
from dragoman.library import Record, open_record
from dragoman.report.asking import Known, Reply, reply
from dragoman.report.asking.days import days_in
from dragoman.report.asking.lexicon import stem
from dragoman.report.asking.question import understood
from web_records import client

EXAMPLES = Path(__file__).parents[1] / "examples"
QUESTIONS = Path(__file__).with_name("questions.yaml")
FLOOR = 0.9
"""So many of the questions must be answered rightly: among the first three, or by silence where nothing is known."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ask") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), made).close()
    return made


@pytest.fixture(scope="module")
def record(place: Path) -> Iterator[Record]:
    with open_record(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(record: Record) -> Known:
    return Known(record)


@pytest.fixture(scope="module")
def web(place: Path) -> Iterator[TestClient]:
    with client(place) as made:
        yield made


def shown(made: Reply) -> str:
    """The first three answers as a reader sees them."""
    first = (*made.answers, *made.near)[:3]
    return "\n".join(f"{a.day} {a.line} {' | '.join(c.quote for c in a.citations[:3])}" for a in first)


def test_most_questions_are_answered_rightly_and_what_is_not_known_is_not_answered(known: Known) -> None:
    asked = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    wrong = []
    for question, *wanted in asked:
        made = reply(known, question)
        right = all(re.search(w, shown(made)) for w in wanted) if wanted else not shown(made)
        if not right:
            wrong.append(question)
    claimed = [q for q, *wanted in asked if not wanted and shown(reply(known, q))]
    assert 1 - len(wrong) / len(asked) >= FLOOR, wrong
    assert not claimed


def test_every_answer_quotes_its_documents(known: Known, record: Record) -> None:
    for question in ("What did Taverra demand?", "Who mediates?", "What was agreed?", "Who is Teodor Halvic?", "water"):
        made = reply(known, question)
        assert made.answers
        for answer in (*made.answers, *made.near):
            assert answer.citations
            for c in answer.citations:
                assert record.text(c.document)[c.start : c.end] == c.quote


def test_what_was_asked_for_is_what_is_answered(known: Known) -> None:
    demands = reply(known, "What did Taverra demand?")
    assert all(a.kind == "position" and "demands" in a.line for a in demands.answers)
    led = reply(known, "Who led the delegations in June?")
    assert all(a.kind in ("meeting", "actor") and a.day is not None for a in led.answers)
    assert all("led by" in a.line for a in led.answers)
    ahead = reply(known, "When is the next round?")
    assert ahead.answers[0].day == "2024-09-03"


@pytest.mark.parametrize(
    ("question", "understood_as"),
    [
        ("What did Taverra demand in June?", "Positions (demands) of Taverra, Jun 2024"),
        ("what did the taverrans demand in june", "Positions (demands) of Taverra, Jun 2024"),
        ("latest statement by Danica Rusul", "Statements of Danica Rusul, the latest first"),
        ("What did Halvič say after the third round?", "Statements of Teodor Halvic, since 9 Jul 2024"),
        ("talks between 1 June and 20 June", "Encounters, 1–20 Jun 2024"),
        ("What was agreed before 1 June?", "Agreements, until 31 May 2024"),
    ],
)
def test_it_says_what_it_understood(known: Known, question: str, understood_as: str) -> None:
    assert reply(known, question).understood == understood_as


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Khalvich", "Teodor Halvic"),
        ("kestrelünd", "Irja Kestrelund"),
        ("Sorrel-Dane", "Joaquim Sorrel Dane"),
        ("the Luranians", "Lurania"),
        ("Bellecort", "Isaura Bellecourt"),
        ("the Irrigaters League", "Irrigators' League"),
    ],
)
def test_names_are_known_by_every_spelling_and_through_typing_errors(known: Known, written: str, name: str) -> None:
    asked = understood(known, f"What did {written} say?")
    assert [known.name(one.ids[0]) for one in asked.subjects] == [name]


def test_a_name_that_was_read_as_another_is_told(known: Known) -> None:
    made = reply(known, "What did Bellecort say?")
    assert made.answers
    assert "“Bellecort” was read as Isaura Bellecourt." in made.notes


def test_an_unknown_name_is_no_answer_but_names_like_it_are_offered(known: Known) -> None:
    made = reply(known, "What did Benedikta Assorian demand?")
    assert made.silent
    assert any("Benedikta Assorian" in note for note in made.notes)
    assert "What did Benedita Assor demand?" in made.corrections


def test_where_no_entry_answers_sentences_with_the_words_are_shown_for_what_they_are(
    known: Known, record: Record, web: TestClient
) -> None:
    question = "Who owns Murel Kraft?"
    made = reply(known, question)
    assert made.silent
    quoted = [c for a in made.near for c in a.citations]
    assert any("owned half by the canton" in c.quote for c in quoted)
    assert all(record.text(c.document)[c.start : c.end] == c.quote for c in quoted)
    assert "No entry says, but these sentences have the words" in web.get("/ask", params={"q": question}).text
    assert not reply(known, "What is the weather in Tirrun?").near  # a word of the page's furniture


@pytest.mark.parametrize("question", ["", "?", "who", "hello", "🙂", "x" * 5000, "the of and", "\x00"])
def test_what_is_no_question_is_answered_by_silence(known: Known, question: str) -> None:
    assert reply(known, question).silent


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in march", "2031-03-01", "2031-03-31"),
        ("since 3 April", "2031-04-03", None),
        ("after 3 April", "2031-04-04", None),
        ("before 2 May 2030", None, "2030-05-01"),
        ("until june 10", None, "2031-06-10"),
        ("between 2 March and 4 April", "2031-03-02", "2031-04-04"),
        ("the 2029 deal", "2029-01-01", "2029-12-31"),
        ("on april 18th", "2031-04-18", "2031-04-18"),
        ("what may they do", None, None),
        ("they march on", None, None),
    ],
)
def test_days_of_questions(text: str, since: str | None, until: str | None) -> None:
    days, _ = days_in(text, "2031-05-20", lambda first, last: first <= "2031-05-20")
    assert (days.since, days.until) == (since, until)


def test_a_month_is_the_next_one_where_only_that_has_entries() -> None:
    ahead, _ = days_in("talks in September", "2031-07-17", lambda first, last: first.startswith("2031"))
    assert (ahead.since, ahead.until) == ("2031-09-01", "2031-09-30")


def test_reprints_do_not_crowd_out_other_answers(known: Known) -> None:
    made = reply(known, "What does Wilma Anstruther-Kay say?")
    first = [stem(a.citations[0].quote) for a in made.answers]
    once = list(dict.fromkeys(first))
    assert first[: len(once)] == once


def test_the_library_and_the_command_answer_alike(place: Path, record: Record) -> None:
    question = "Who mediates?"
    made = dragoman.ask(record, question)
    printed = CliRunner().invoke(app, ["ask", question, "--record", str(place), "--format", "json"])
    assert printed.exit_code == 0
    told = json.loads(printed.stdout)
    assert [a["id"] for a in told["answers"]] == [a.id for a in made.answers]
    assert told["answers"][0]["citations"][0]["quote"] == made.answers[0].citations[0].quote
    text = CliRunner().invoke(app, ["ask", question, "--record", str(place)]).stdout
    assert made.understood in text
    assert made.answers[0].id in text
    silent = CliRunner().invoke(app, ["ask", "What was agreed on submarines?", "--record", str(place)])
    assert silent.exit_code == 0
    assert "The record does not say." in silent.stdout


def test_the_page_and_the_api_answer_with_words_and_lists(web: TestClient, known: Known) -> None:
    question = "What did Lurania say in June?"
    page = web.get("/ask", params={"q": question})
    assert page.status_code == 200
    assert "Understood: <bdi>Statements of Lurania, Jun 2024</bdi>" in page.text
    lists = re.findall(r'<a href="(/statements\?[^"]+)">(\d+) in', page.text)
    assert lists
    address, count = lists[0]
    assert f"{count} statement" in web.get(address.replace("&amp;", "&")).text
    told = web.get("/api/v1/ask", params={"q": question}).json()
    assert told["answers"]
    assert told["understood"] == reply(known, question).understood
    assert web.get("/api/v1/ask").status_code == 422
    silent = web.get("/ask", params={"q": "What did Zzyzx want?"}).text
    assert "The record does not say." in silent
    assert "Looked for:" in silent


def test_the_same_with_and_without_an_index_of_statements(web: TestClient, known: Known) -> None:
    for question in ("What does Kestrelund say about the protocol?", "What did Temnik say on Telegram?"):
        indexed = web.get("/api/v1/ask", params={"q": question}).json()["answers"]
        assert indexed[0]["id"] == reply(known, question).answers[0].id
