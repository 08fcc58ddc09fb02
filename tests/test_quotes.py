"""Quotation marks: what is a quotation, what an apostrophe, and what goes on in the next paragraph."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.quotes import Quotation, find_quotations


def paragraphs(text: str) -> list[tuple[int, int]]:
    spans, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((place, place + len(line)))
        place += len(line) + 1
    return spans


def found(text: str) -> list[Quotation]:
    return find_quotations(text, paragraphs(text))


def inner(text: str, depth: int = 0) -> list[str]:
    return [text[q.inner[0] : q.inner[1]] for q in found(text) if q.depth == depth]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("„", "”"), ("“", '"')],
)
def test_every_pair_of_marks(opening: str, closing: str) -> None:
    text = f"The envoy said {opening}we are ready{closing} and left."
    assert inner(text) == ["we are ready"]


def test_apostrophes_are_no_quotations() -> None:
    assert inner("It's the drivers' list, and the ministry's answer hasn't come; rock 'n' roll of the '90s.") == []
    assert inner("It’s the drivers’ list, and the ministry’s answer hasn’t come.") == []


def test_apostrophes_within_single_marks() -> None:
    text = "‘The growers’ demands aren’t new,’ she said. ‘We’ll wait.’"
    assert inner(text) == ["The growers’ demands aren’t new,", "We’ll wait."]
    text = "'The growers' demands aren't new,' she said. 'We'll wait.'"
    assert inner(text) == ["The growers' demands aren't new,", "We'll wait."]


def test_doubled_single_marks_stand_for_a_double_one() -> None:
    assert inner("''We are done,'' he said, ''for today.''") == ["We are done,", "for today."]


def test_nested_marks_are_one_deeper() -> None:
    text = "“They told us ‘never’ and meant it,” he said."
    assert inner(text) == ["They told us ‘never’ and meant it,"]
    assert inner(text, depth=1) == ["never"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = 'He hopes for a truce "for our children.\nThe talks go on.'
    (only,) = found(text)
    assert not only.closed
    assert text[only.inner[0] : only.inner[1]] == "for our children."


def test_a_new_opening_mark_without_a_closing_one_goes_on() -> None:
    text = "“One sentence.\n\n“Another sentence,” she said."
    first, second = found(text)
    assert (first.closed, second.closed) == (False, True)
    assert second.follows == 0


def test_a_closed_quotation_does_not_go_on() -> None:
    assert [q.follows for q in found("“One.”\n“Another,” she said.")] == [None, None]


def test_a_lost_opening_mark() -> None:
    assert inner("We will not sign,” he said. “Never.”") == ["We will not sign,", "Never."]


def test_inches_are_no_quotation() -> None:
    assert inner('A pipe of 24" feeds the town, said the mayor.') == []


@given(st.text(alphabet="ab .,\n“”\"'‘’«»„s", max_size=60))
def test_any_text_gives_sound_quotations(text: str) -> None:
    quotations = found(text)
    assert [q.start for q in quotations] == sorted(q.start for q in quotations)
    for i, q in enumerate(quotations):
        assert 0 <= q.start <= q.inner[0] < q.inner[1] <= q.end <= len(text)
        assert "\n" not in text[q.start : q.end]
        assert q.follows is None or q.follows < i
    outer = [q for q in quotations if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer))
