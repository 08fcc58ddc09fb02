"""Agreements: what is one, what it holds, and what became of it, on short texts about talks that nobody ever held."""

from __future__ import annotations

import pytest

from dragoman.extract.findings import AgreementFound
from talks import HEAD, read_report


def found(text: str) -> list[AgreementFound]:
    """The agreements that a report tells which ends with this text."""
    return read_report(text).agreements


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia and Lusmark agreed to exchange 40 prisoners each.",
        "The two sides reached an agreement on the exchange of 40 prisoners.",
        "Both delegations initialled a deal on the release of 40 prisoners.",
        "An exchange of 40 prisoners was agreed on Tuesday.",
        "The two sides will free 40 prisoners each under a deal brokered by the hosts.",
        "Tarvia and Lusmark put their names to the release of 40 prisoners.",
        "The two sides agreed on one thing: 40 prisoners go home on Friday.",
        "The ministers settled on the release of 40 prisoners.",
    ],
)
def test_new(text: str) -> None:
    """Agreements come about by many verbs, with their number and both sides."""
    [agreement] = found(text)
    assert (agreement.status, agreement.quantity) == ("agreed", (40.0, "prisoners"))
    assert {read_report(text).actors[i].name for i in agreement.parties} == {"Tarvia", "Lusmark"}
    words = " ".join((HEAD + text)[start:end] for start, end in agreement.spans)
    assert "40 prisoners" in words


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia hopes to reach an agreement on the exchange of prisoners.",
        "No agreement was reached on the exchange of prisoners.",
        "The two sides failed to agree on the exchange of prisoners.",
        "If an agreement on prisoners is signed, the border will open.",
        "Tarvia proposed a deal on the exchange of prisoners.",
        "The two sides ended the session without an agreement on prisoners.",
        "Both ministers agreed that the atmosphere was good.",
        "Tarvia agreed to release 40 prisoners.",
        "The draft agreement on prisoners lies on the table.",
        "The two sides have yet to agree on the exchange of prisoners.",
        "Would the two sides sign a deal on prisoners?",
    ],
)
def test_none(text: str) -> None:
    """A hope, a proposal, a refusal, a condition, an opinion, one side's own word: none of them is an agreement."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The two sides agreed in principle to exchange 40 prisoners.", "in_principle"),
        ("The truce of March 2029 was broken within hours.", "breached"),
        ("The truce of March 2029 collapsed after a week.", "breached"),
        ("The grain accord of 2027 expired last year.", "lapsed"),
        ("The water treaty of 2019 is still in force.", "implemented"),
        ("Forty prisoners were freed on Monday, as the two sides had agreed.", "implemented"),
        ("Of the 900 rifles promised, 511 have been handed in.", "partly_implemented"),
        ("The prisoner accord of 2027 was only partly implemented.", "partly_implemented"),
        ("Lusmark denied that a deal on prisoners had been reached.", "denied"),
        ("Lusmark denied having signed any agreement on prisoners.", "denied"),
        ("The gas contract of 2020 has not been terminated and is observed by both.", "implemented"),
    ],
)
def test_status(text: str, status: str) -> None:
    """What became of an agreement is told by verbs, adjectives and fractions, and can itself be negated."""
    [agreement] = found(text)
    assert agreement.status == status


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The two sides signed a fishing accord in 2024. It ran out in June 2030.", ["agreed", "lapsed"]),
        (
            "In 2028 both governments agreed to return 30 bodies. The remainder of the pact was never honoured.",
            ["agreed", "part"],
        ),
        ("The two sides settled on a fish quota of 900 tonnes. Nobody has signed it.", ["agreed", "in_principle"]),
        ("The lists were to be swapped on the 9th. They were not.", ["breached"]),
    ],
)
def test_steps(text: str, statuses: list[str]) -> None:
    """Sentences about one agreement are one entry, each told change a step, the last the status."""
    [agreement] = found(text)
    assert len(agreement.steps) == len(statuses)
    assert all(step.status.startswith(status) for step, status in zip(agreement.steps, statuses, strict=True))
    assert agreement.status == agreement.steps[-1].status


def test_two_in_one_sentence() -> None:
    """An agreement on two things is two entries, each with its own words."""
    text = "The two sides agreed that 40 prisoners would be freed and that the tariffs on steel would be halved."
    one, other = found(text)
    assert (one.issue, other.issue) == ("prisoners", "economy")
    assert one.spans != other.spans


def test_list() -> None:
    """Every item of a list of what was agreed is an entry; those of a list of demands are none."""
    items = "\n\n• the port of Sel opens to cargo ships;\n\n• twelve captured sailors go home on Friday."
    assert len(found("This is what both sides signed up to:" + items)) == 2
    assert found("This is what Tarvia demands:" + items) == []


def test_told_twice() -> None:
    """The same agreement said twice is one entry with two places."""
    [agreement] = found(
        "Tarvia and Lusmark agreed to swap 40 prisoners on Friday.\n\nThe talks took nine hours.\n\n"
        "Under the agreement the two sides will swap 40 prisoners on Friday."
    )
    assert len(agreement.spans) == 2


def test_dates() -> None:
    """An old agreement has its own date; an end is no date of it."""
    [agreement] = found("The two sides signed a fishing accord on 3 June 2024 that is valid until 31 May 2032.")
    assert agreement.date is not None
    assert agreement.date.start == "2024-06-03"
    assert agreement.until is not None
    assert agreement.until.end == "2032-05-31"


def test_condition() -> None:
    """What an agreement waits on is kept as it is written."""
    [agreement] = found("Both sides agreed to swap 40 prisoners provided that the lists are complete.")
    assert agreement.condition == "provided that the lists are complete"


@pytest.mark.parametrize(
    "text",
    [
        "The two sides will meet again in Orvelle on 2 June.",
        "Both delegations meet again on Monday.",
        "Next meeting: Thursday, in the town hall.",
        "The next session is to be held in Lusmark.",
    ],
)
def test_next_meeting(text: str) -> None:
    """That both will meet again, told as a fact, has been agreed."""
    [agreement] = found(text)
    assert (agreement.issue, agreement.status) == ("process", "agreed")


@pytest.mark.parametrize(
    "text",
    [
        "The two sides would meet again on 2 June if the shelling stopped.",
        "The hosts expect that both delegations meet again on Monday.",
        "The minister proposed that the next session is to be held in Lusmark.",
    ],
)
def test_no_next_meeting(text: str) -> None:
    """A meeting that is wished for, expected or hangs on something has not been agreed."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The visiting hours agreed in 2029 were broken twice last month.", "breached"),
        ("The truce of March 2029 collapsed after nine weeks.", "lapsed"),
        ("The water accord of 2029 has been kept only in part.", "partly_implemented"),
        ("The gas contract of 2020 was torn up by Tarvia's new government.", "lapsed"),
    ],
)
def test_fate(text: str, status: str) -> None:
    """Terms that a participle says were agreed, and how long something held or how far it was kept."""
    [agreement] = found(text)
    assert agreement.status == status


def test_pointing_back() -> None:
    """As in "That much was agreed": what the sentence before says."""
    [agreement] = found("The border posts open at six. That much was agreed.")
    words = " ".join((HEAD + "The border posts open at six. That much was agreed.")[a:b] for a, b in agreement.spans)
    assert "That much was agreed" in words


def test_talks_that_end_with_an_agreement_end_no_agreement() -> None:
    [agreement] = found("The talks ended on Tuesday with an agreement to exchange 40 prisoners.")
    assert agreement.status == "agreed"
