"""What two reports tell differently of one encounter: pairs of short reports in fields of their own."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.extract.reader import read_text
from dragoman.record import Citation
from dragoman.resolve.claims import Claim, DisagreementDraft, compare_claims

DAY = date(2031, 11, 7)  # a Friday
LEAD = (
    "BRIESTADT, 7 November 2031 – The Union of Nurses met the Hospital Association of Brie in Briestadt on Wednesday. "
)
PEOPLE = "Hanna Vired is the union's chair, Anton Seel the president of the Hospital Association.\n\n"


def claims(name: str, text: str) -> list[Claim]:
    """The claims of a report that ends with this text, with actors named by their names."""
    full = LEAD + PEOPLE + text
    found = read_text(full)
    names = [a.name for a in found.actors]
    return [
        Claim(
            id=f"{name}:{i:03}",
            document=name,
            found=claim,
            citations=tuple(Citation(document=name, start=a, end=b, quote=full[a:b]) for a, b in claim.spans),
            actors=frozenset(names[a] for a in claim.actors),
            teller=names[claim.teller] if claim.teller is not None else None,
            parties=frozenset(a.name for a in found.actors if a.kind != "person"),
            cast=frozenset(names),
            dated=(DAY, DAY),
            answers=None if claim.answers is None else f"{name}:{claim.answers:03}",
        )
        for i, claim in enumerate(found.claims)
    ]


def differ(one: str, two: str) -> list[DisagreementDraft]:
    """What two reports that end with these texts differ on."""
    return compare_claims([*claims("a", one), *claims("b", two)])


@pytest.mark.parametrize(
    ("rule", "one", "two"),
    [
        (
            "asked",
            "Wednesday's meeting was held at the request of the Union of Nurses.",
            "It was the Hospital Association that had asked for the meeting on Wednesday.",
        ),
        (
            "asked",
            "The session on Wednesday was broken off by the Union of Nurses.",
            "Late on Wednesday the Hospital Association asked for an adjournment of the session.",
        ),
        (
            "lasted",
            "On Wednesday the talks went on for nine hours.",
            "The talks on Wednesday were over after barely four hours.",
        ),
        ("round", "Wednesday's meeting was the sixth round.", "The session on Wednesday was the fifth of this year."),
        (
            "came",
            "Anton Seel came in person to the session on Wednesday.",
            "Anton Seel was not in the room for Wednesday's session.",
        ),
        ("since", "It was their first meeting since March 2029.", "The two sides had last met in October 2030."),
        (
            "outcome",
            "The talks on Wednesday ended without a breakthrough.",
            "Wednesday's talks were a fiasco.",
        ),
        (
            "words",
            "“We would rather close the wards than count them,” Hanna Vired said.",
            "“We'd sooner close the wards than count them again,” Hanna Vired told reporters.",
        ),
    ],
)
def test_one_encounter_told_in_two_ways(rule: str, one: str, two: str) -> None:
    """Each question that reports of one encounter can answer differently is found, in either order of them."""
    found = differ(one, two)
    assert rule in {d.rule for d in found}
    assert {d.question for d in found} == {d.question for d in differ(two, one)}
    assert rule not in {d.rule for d in differ(one, one)}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("On Monday the talks went on for nine hours.", "The talks on Wednesday were over after four hours."),
        ("On Wednesday the talks went on for nine hours.", "A telephone call on Wednesday lasted four hours."),
        ("The third round was held on Monday.", "Wednesday's meeting was the fourth round."),
        ("Anton Seel came in person on Monday.", "Anton Seel was not in the room on Wednesday."),
        ("The fee falls from 90 to 60 crowns.", "The fee of 90 crowns is to be 60 crowns."),
    ],
)
def test_two_encounters_are_no_disagreement(one: str, two: str) -> None:
    """Another day, another manner, or the same numbers in other words: nothing differs."""
    assert differ(one, two) == []


def test_keys_are_few_and_names() -> None:
    """A document is found by at most six names, whatever it claims."""
    found = claims("a", "Anton Seel came in person on Wednesday. 3,000 nurses marched. Nine hours of talks followed.")
    assert 1 <= len({key for c in found for key in c.found.keys}) <= 6


def test_no_encounter_no_claims() -> None:
    """A text in which nobody meets anybody answers no question of a negotiation."""
    assert (
        read_text("The baker sold 300 loaves on Monday. The rumour that he sold 400 is untrue, he said.").claims == []
    )
