"""Outlooks: who judges where talks are going, and which way, on short texts about talks that nobody ever held."""

from __future__ import annotations

import pytest

from dragoman.extract.findings import OutlookFound
from talks import read_report


def found(text: str) -> list[OutlookFound]:
    """The outlooks in a report that ends with this text."""
    return read_report(text).outlooks


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("“We are cautiously optimistic about the talks,” Destrin said.", "hopeful"),
        ("Destrin called the talks “constructive”.", "hopeful"),
        ("“An agreement is within reach,” Destrin told reporters.", "hopeful"),
        ("Destrin said the two sides had never been closer to a deal.", "hopeful"),
        ("“The talks are going nowhere,” Destrin said.", "doubtful"),
        ("“There has been no progress in the talks,” Destrin said.", "doubtful"),
        ("Destrin said that she was not optimistic about the talks.", "doubtful"),
        ("“The positions are worlds apart,” Destrin said of the negotiations.", "doubtful"),
        ("“The chances of a deal are fifty-fifty,” Destrin said.", "mixed"),
        ("“We have made real progress, but we are still far apart,” Destrin said after the talks.", "mixed"),
        ("“Two steps forward, one step back,” Destrin said.", "mixed"),
    ],
)
def test_direction(text: str, direction: str) -> None:
    """Phrases of judgement lean one way; a negation turns them, a contrast mixes them."""
    [outlook] = found(text)
    assert outlook.direction == direction
    assert outlook.holder is not None
    assert read_report(text).actors[outlook.holder].name == "Mara Destrin"
    assert outlook.statement is not None
    assert outlook.standing == "official"


@pytest.mark.parametrize(
    "text",
    [
        "“The front line has not moved for a week,” Destrin said.",
        "“We want our prisoners back,” Destrin said.",
        "“The economy is going nowhere,” Destrin said.",
        "“We will never accept that border,” Destrin said.",
        "Destrin said the talks would go on at noon.",
        "“Are you optimistic about the talks?” Destrin asked.",
    ],
)
def test_none(text: str) -> None:
    """A fact, a demand, a refusal, a plan, a question, the judgement of something else: none is an outlook of talks."""
    assert found(text) == []


def test_outside() -> None:
    """An expert stands outside, and what he says of the talks is a judgement though no single phrase says so."""
    text = "“Neither of them is tired enough to sign,” said Jorun Hask, a professor at the University of Orvelle."
    [outlook] = found(text)
    assert (outlook.direction, outlook.standing) == ("doubtful", "outside")


def test_narration() -> None:
    """The mood, which nobody holds; and what somebody expects, whom the reporter names."""
    [mood] = found("The mood in the corridors was gloomy.")
    assert (mood.direction, mood.holder, mood.holder_text) == ("doubtful", None, None)
    [expected] = found("One veteran mediator expects no quick end to the talks.")
    assert (expected.direction, expected.holder_text) == ("doubtful", "One veteran mediator")


def test_one_holder() -> None:
    """What one holder says in two neighbouring sentences is one outlook."""
    text = "“We are hopeful about the talks,” Destrin said. “An agreement is within reach,” she added."
    [outlook] = found(text)
    assert len(outlook.spans) == 2
