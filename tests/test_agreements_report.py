"""The ledger of agreements: what became of each, how long nobody has said, and how far commitments are kept."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dragoman.record import Agreement
from dragoman.report import ledger as written
from dragoman.report.agreements import Commitment, implementation, ledger
from dragoman.report.stands import Stands
from stood import agreed, date, document, source

DOCUMENTS = [document("a", "2024-03-01"), document("b", "2024-03-11"), document("c", "2024-03-21")]


def followed(*agreements: Agreement, at: str | None = None) -> list[Commitment]:
    return ledger(agreements, Stands.of(source(DOCUMENTS, agreements=list(agreements)), at))


@pytest.mark.parametrize(
    ("steps", "score", "disputed"),
    [
        ((), None, False),
        ((("b", "implemented", None),), 3, False),
        ((("b", "partly_implemented", None),), 2, False),
        ((("b", "breached", None),), 0, False),
        ((("b", "partly_implemented", None), ("c", "breached", None)), 1, False),
        ((("b", "breached", None), ("c", "implemented", None)), 3, False),
        ((("b", "breached", None), ("c", "implemented", "2024-03-11")), None, True),
        ((("b", "lapsed", None),), None, False),
        ((("b", "denied", None),), None, True),
        ((("b", "implemented", None), ("c", "denied", None)), 3, True),
    ],
)
def test_how_far_a_commitment_is_kept(
    steps: tuple[tuple[str, str, str | None], ...], score: int | None, disputed: bool
) -> None:
    (made,) = followed(agreed("g", "a", "prisoners", "an exchange", steps=steps))
    assert (made.score, made.disputed) == (score, disputed)


def test_what_nobody_speaks_of_is_unknown_for_so_many_days() -> None:
    (made,) = followed(agreed("g", "b", "prisoners", "an exchange", date=date("2024-03-05")))
    assert made.unknown
    assert made.unknown_days == 16
    assert "unknown, for 16 days" in written.state(made)
    (known,) = followed(agreed("g", "a", "prisoners", "an exchange", "implemented", (("b", "implemented", None),)))
    assert known.unknown_days is None
    (promise,) = followed(agreed("g", "a", "prisoners", "an exchange", "in_principle"))
    assert not promise.binding
    assert promise.unknown_days is None


def test_steps_stand_in_the_order_of_time_with_their_documents() -> None:
    steps = (("c", "breached", None), ("b", "partly_implemented", "2024-03-06"))
    (made,) = followed(agreed("g", "a", "ceasefire", "a truce", "breached", steps))
    assert [(s.day, s.status, s.document) for s in made.stages] == [
        ("2024-03-01", "agreed", "a"),
        ("2024-03-06", "partly_implemented", "b"),
        ("2024-03-21", "breached", "c"),
    ]


def test_the_ledger_as_known_on_a_day() -> None:
    deal = agreed("g", "a", "ceasefire", "a truce", "breached", (("c", "breached", None),))
    late = agreed("h", "c", "arms", "inspections")
    (made,) = followed(deal, late, at="2024-03-15")
    assert (made.id, made.status, made.unknown_days) == ("g", "agreed", 10)


def test_the_mean_of_keeping_stands_beside_what_is_unknown_and_disputed() -> None:
    def became(id: str, *steps: str) -> Agreement:
        return agreed(
            id, "a", "arms", "guns away", steps[-1] if steps else "agreed", tuple(("b", s, None) for s in steps)
        )

    three = [became("g1", "implemented"), became("g2", "partly_implemented"), became("g3", "breached")]
    made = implementation(followed(*three, became("g4"), became("g5", "denied")))
    assert made.percent == pytest.approx(100 * (3 + 2 + 0) / 9)
    assert (made.scored, made.unknown, made.disputed, made.of) == (3, 1, 1, 5)
    assert made.share(made.unknown) == pytest.approx(0.2)
    assert made.ids == ("g1", "g2", "g3")

    principle = agreed("g9", "a", "arms", "more talks", "in_principle")
    assert implementation(followed(*three, principle)).of == 3
    assert implementation(followed(*three[:2])).percent is None, "two are too few"
    assert implementation(followed(*three, *(became(f"h{n}") for n in range(4)))).percent is None, "less than half"
    assert implementation([]).percent is None


def test_the_ledger_shows_who_what_until_when_and_on_what_condition() -> None:
    made = followed(
        agreed("g-1", "a", "humanitarian", "a corridor for lorries", "breached", (("b", "breached", None),),
               quantity={"value": 60, "unit": "lorries a day"}, until=date("2024-04-01"), condition="no shelling"),
        agreed("g-2", "a", "ceasefire", "a truce", "agreed", (("c", "denied", None),)),
    )  # fmt: skip
    stands = Stands.of(source(DOCUMENTS))
    out = io.StringIO()
    written.show(stands, made, Console(file=out, width=80))
    page = out.getvalue()
    for words in (
        "Orvale and Keth",
        "60 lorries a day",
        "until 1 Apr 2024",
        "on condition: no shelling",
        "g-1",
        "11 Mar 2024 broken: B",
        "agreed, disputed",
        "21 Mar 2024 denied: C",
        "kept: no figure",
    ):
        assert words in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= 80
    first, second = written.rows(stands, made)
    assert (first["value"], first["unit"], first["until"], first["score"]) == (60, "lorries a day", "2024-04-01", 0)
    assert second["disputed"] is True
    assert first["steps"] == ["2024-03-01 agreed a", "2024-03-11 breached b"]
