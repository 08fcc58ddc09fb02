"""What a text says on questions that others may answer otherwise, and what several texts then disagree on."""

from __future__ import annotations

import functools
from datetime import date
from itertools import permutations

import pytest

from dragoman.extract.claims_numbers import ABOUT, AT_LEAST, AT_MOST, EXACT, differ
from dragoman.extract.claims_words import concept
from dragoman.extract.findings import Findings
from dragoman.extract.reader import read_text
from dragoman.record import Citation
from dragoman.resolve.claims import Claim, DisagreementDraft, as_entry, compare_claims

HEAD = (
    "ORVELLE, 14 May 2031 – Delegations of Tarvia and Lusmark met in Orvelle on 13 May 2031 for a third round of talks."
    " Tarvia's foreign minister, Mara Destrin, and Lusmark's foreign minister, Oleg Vantor, led them.\n\n"
)


@functools.cache
def read(text: str) -> Findings:
    """What is found in a report that ends with this text."""
    return read_text(HEAD + text)


def claims_of(name: str, text: str, day: date = date(2031, 5, 14)) -> list[Claim]:
    """The claims of a document, with actors named by their names."""
    findings, full = read(text), HEAD + text
    names = [actor.name for actor in findings.actors]
    parties = frozenset(a.name for a in findings.actors if a.part == "party" and a.side is None)
    return [
        Claim(
            id=f"{name}:{i:03}",
            document=name,
            found=claim,
            citations=tuple(Citation(document=name, start=a, end=b, quote=full[a:b]) for a, b in claim.spans),
            actors=frozenset(names[a] for a in claim.actors),
            teller=names[claim.teller] if claim.teller is not None else None,
            parties=parties,
            cast=frozenset(names),
            dated=(day, day),
            answers=f"{name}:{claim.answers:03}" if claim.answers is not None else None,
        )
        for i, claim in enumerate(findings.claims)
    ]


def disagreements(*texts: str) -> list[DisagreementDraft]:
    """What reports that end with these texts disagree on."""
    return compare_claims(claim for i, text in enumerate(texts) for claim in claims_of(f"d{i}", text))


def quotes(draft: DisagreementDraft) -> list[str]:
    """The words of each value."""
    return [" | ".join(c.quote for c in citations) for _, citations in draft.values]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Destrin had rung him on Sunday night, Vantor said. A spokesman for Tarvia denied any call of that sort.",
            "had rung him",
            "denied any",
        ),
        (
            "Lusmark's ministry said that Tarvia had offered to hand over the two lighthouses. No such offer was ever"
            " made, Destrin said.",
            "two lighthouses",
            "No such offer",
        ),
        (
            "A broken lift kept the experts out of the room, Vantor said. Tarvia sees it differently: the experts of"
            " Lusmark, it said, stayed at breakfast.",
            "A broken lift",
            "sees it differently",
        ),
        (
            "Tarvia accuses Lusmark of having cut the cable; Lusmark says that the cable was rotten.",
            "having cut the cable",
            "was rotten",
        ),
        (
            "“You have read that the session took six hours. It took barely two,” Vantor said.",
            "six hours",
            "barely two",
        ),
        (
            "Some 300 boats took part, the harbour office said. The police put the number at 120.",
            "300 boats",
            "120",
        ),
        (
            "Asked about reports of a secret map, Vantor said that there was no map.",
            "reports of a secret map",
            "no map",
        ),
        (
            "Vantor's people left the hall before noon, a Tarvian diplomat said. “Nobody walked out,” Vantor"
            " told reporters.",
            "left the hall",
            "Nobody walked out",
        ),
    ],
)
def test_two_answers_in_one_text(text: str, first: str, second: str) -> None:
    """One side tells it, the other gainsays it: one disagreement, each with its words."""
    found = [d for d in disagreements(text) if first in quotes(d)[0] and second in quotes(d)[1]]
    assert len(found) == 1
    assert found[0].kind == "conflict"


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia denied the monitors access to the harbour. Vantor said he was sorry.",
        "Vantor proposed a joint patrol. Destrin rejected the plan.",
        "No such meeting had been held since the spring. The experts were glad of it, Vantor said.",
        "If Tarvia denied that, Vantor said, he would publish the letter.",
        "Destrin did not deny that a letter had come. It came on Monday, Vantor said.",
        "Tarvia offered 40 boats. Lusmark wants 90.",
    ],
)
def test_no_contradiction(text: str) -> None:
    """Refusals, conditions and stands that differ are no two answers to one question."""
    assert disagreements(text) == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Vantor called the blockade a siege, Destrin a precaution.", "a siege", "a precaution"),
        ("It was an hour which Vantor called “fruitful” – a term which, Destrin said, “belongs to orchards”.",
         "fruitful", "orchards"),
        ("Tarvia calls the landing an invasion, while Lusmark speaks of a rescue.", "an invasion", "a rescue"),
    ],
)  # fmt: skip
def test_one_thing_under_two_names(text: str, first: str, second: str) -> None:
    """Each side has its own name for it: a framing."""
    [found] = disagreements(text)
    assert found.kind == "framing"
    assert first in quotes(found)[0]
    assert second in quotes(found)[1]


def test_a_denial_without_its_other_half_answers_another_document() -> None:
    """One document tells of an encounter, another only that it is denied."""
    one = "Vantor had met Destrin on Friday in a boathouse, a porter said."
    two = "Vantor denied that he had met Destrin in private."
    assert disagreements(two) == []
    [found] = disagreements(one, two)
    assert "boathouse" in quotes(found)[0]
    assert "denied" in quotes(found)[1]


def test_a_denial_elsewhere_answers_what_is_told_here() -> None:
    """Two documents: the clause is kept, the clause was never kept."""
    [found] = disagreements(
        "The fishing clause of the harbour accord was never applied, Destrin said.",
        "Vantor said that the fishing rule of the harbour accord had been honoured.",
    )
    assert found.kind == "conflict"
    assert [citations[0].document for _, citations in found.values] == ["d0", "d1"]


def test_numbers_of_one_thing() -> None:
    """The same thing counted otherwise in another document; a copy of either adds no value."""
    one = "The storm sank 85 trawlers in the harbour of Orvelle."
    two = "More than 140 trawlers were sunk in the harbour by the storm."
    [found] = disagreements(one, two, two)
    assert [len(citations) for _, citations in found.values] == [1, 2]
    assert "85" in quotes(found)[0]


@pytest.mark.parametrize(
    "other",
    [
        "More than 60 trawlers were sunk in the harbour by the storm.",
        "The owners insured 140 trawlers.",
        "Tarvia asked for 140 trawlers from the harbour after the storm that sank them.",
    ],
)
def test_numbers_that_can_both_be_so(other: str) -> None:
    """A lower bound, a number of another thing, a number that is only wanted."""
    assert disagreements("The storm sank 85 trawlers in the harbour of Orvelle.", other) == []


@pytest.mark.parametrize(
    ("one", "exact", "two", "other", "differs"),
    [
        (700, ABOUT, 640, EXACT, True),
        (700, ABOUT, 690, EXACT, False),
        (600, AT_LEAST, 640, EXACT, False),
        (700, AT_LEAST, 640, EXACT, True),
        (700, AT_MOST, 640, EXACT, False),
        (15_000, AT_MOST, 40_000, EXACT, True),
    ],
)
def test_how_exactly_a_number_is_meant(one: float, exact: str, two: float, other: str, differs: bool) -> None:
    """Whether two numbers can both be so depends on the words before them, and not on their order."""
    assert differ(one, exact, two, other) is differs
    assert differ(two, other, one, exact) is differs


def test_who_asked() -> None:
    """Either side says that the other wanted the meeting."""
    [found] = disagreements(
        "Experts met in Orvelle on Sunday. Tarvia had asked for the meeting, Vantor said.",
        "Experts held a consultation in Orvelle on Sunday. The consultation took place at the request of Lusmark,"
        " Destrin said.",
    )
    assert found.rule == "asked"
    assert found.kind == "conflict"


def test_first_since() -> None:
    """A first since a year, and who says that it is none."""
    [found] = disagreements(
        "It is the first strike in the harbour since 2019.",
        "This is not the first since 2019, Vantor said.",
    )
    assert found.rule == "first"


def test_one_utterance_in_other_words() -> None:
    """The same speaker is quoted with two wordings; the same wording is none."""
    one = "“We have gone as far as honest men could wish,” Vantor said."
    two = "“We have gone further than I dared wish,” Vantor told reporters."
    [found] = disagreements(one, two)
    assert found.kind == "framing"
    assert disagreements(one, one) == []


def test_other_parties() -> None:
    """What is told of another negotiation is no answer."""
    claims = claims_of("a", "The storm sank 85 trawlers in the harbour.")
    others = claims_of("b", "The storm sank 140 trawlers in the harbour.")
    assert len(compare_claims([*claims, *others])) == 1
    strangers = [
        Claim(
            c.id, c.document, c.found, c.citations, frozenset({"X"}), None, frozenset({"X"}), frozenset({"X"}), c.dated
        )
        for c in others
    ]
    assert compare_claims([*claims, *strangers]) == []


def test_order_does_not_matter() -> None:
    """The same claims in any order give the same disagreements."""
    texts = [
        "The storm sank 85 trawlers in the harbour. Destrin had rung him, Vantor said. Tarvia denied the call.",
        "The storm sank 140 trawlers in the harbour. “Nobody rang anybody,” Destrin said.",
        "The storm sank 30 trawlers in the harbour.",
    ]
    documents = [claims_of(f"d{i}", text) for i, text in enumerate(texts)]
    results = [compare_claims(c for d in order for c in reversed(d)) for order in permutations(documents)]
    assert results[0]
    assert len({len(d.values) for d in results[0] if d.rule == "number"} & {3}) == 1
    assert all(result == results[0] for result in results)
    ids = [as_entry(draft).id for draft in results[0]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("one", "two"), [("rang", "telephoned"), ("cancelled", "scrapping"), ("households", "families"), ("met", "saw")]
)
def test_words_for_one_thing(one: str, two: str) -> None:
    """Forms and near synonyms are compared as one."""
    assert concept(one) == concept(two)
    assert concept(one) != concept("harbour")
