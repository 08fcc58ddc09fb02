"""What changed since a day: new, moved, withdrawn, claimed; agreed, kept, broken, denied."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dragoman.record import Agreement, Position
from dragoman.report.agreements import ledger
from dragoman.report.changes import Change, changes, rows, show
from dragoman.report.stands import Stands
from stood import agreed, date, document, source, stand

DOCUMENTS = [
    document("a", "2024-03-01"),
    document("b", "2024-03-08"),
    document("c", "2024-03-15"),
    document("d", None),
]


def changed(
    positions: list[Position], agreements: list[Agreement] | None = None, **asked: object
) -> tuple[Stands, list[Change]]:
    stands = Stands.of(source(DOCUMENTS, positions, agreements))
    return stands, changes(stands, ledger(agreements or [], stands), **asked)  # type: ignore[arg-type]


SAID = [
    stand("p1", "a", "keth", "labour", "demands", "a pay rise of 10 percent", (10, "percent")),
    stand("p2", "b", "keth", "labour", "demands", "a pay rise of 8 percent", (8, "percent")),
    stand("p3", "c", "keth", "labour", "demands", "the pay rise of 8 percent", (8, "percent")),
    stand("p4", "a", "orvale", "process", "proposes", "a venue by the lake"),
    stand("p5", "c", "orvale", "process", "rejects", "the venue by the lake"),
    stand("p6", "a", "orvale", "arms", "rejects", "inspections"),
    stand("p7", "c", "orvale", "arms", "accepts", "some inspections"),
    stand("p8", "b", "keth", "justice", "demands", "a tribunal"),
    stand("p9", "c", "orvale", "justice", "rejects", "a tribunal", told_by="outlet"),
]


def test_stands_are_new_moved_withdrawn_or_claimed() -> None:
    _, found = changed(SAID, since="2024-03-02")
    assert [(c.day, c.kind, c.issue, c.ids) for c in found] == [
        ("2024-03-08", "moved", "labour", ("p2", "p1")),
        ("2024-03-08", "new", "justice", ("p8",)),
        ("2024-03-15", "claimed", "justice", ("p9",)),
        ("2024-03-15", "moved", "arms", ("p7", "p6")),
        ("2024-03-15", "withdrawn", "process", ("p5", "p4")),
    ]
    assert found[0].text == "! a pay rise of 8 percent"
    assert found[0].before == "! a pay rise of 10 percent"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"since": "2024-03-09"}, {"p5", "p7", "p9"}),
        ({"until": "2024-03-01"}, {"p1", "p4", "p6"}),
        ({"since": "2024-03-02", "parties": {"keth"}}, {"p2", "p8"}),
        ({"text": "TRIBUNAL"}, {"p8", "p9"}),
        ({"since": "2024-04-01"}, set()),
    ],
)
def test_changes_are_narrowed(asked: dict[str, object], expected: set[str]) -> None:
    assert {c.id for c in changed(SAID, **asked)[1]} == expected


def test_what_was_taken_before_is_no_change_though_it_is_told_after() -> None:
    said = [
        stand("p1", "c", "keth", "arms", "rejects", "inspections", date=date("2024-02-01")),
        stand("p2", "c", "keth", "labour", "demands", "a rise", past=True),
        stand("p3", "d", "keth", "justice", "demands", "a tribunal"),
        stand("p4", "c", "keth", "labour", "accepts", "a rise"),
    ]
    _, found = changed(said, since="2024-03-01")
    assert [(c.id, c.kind, c.before) for c in found] == [("p4", "moved", "! a rise")]


def test_what_became_of_an_agreement_is_told_once() -> None:
    deals = [
        agreed("g1", "a", "prisoners", "an exchange", "implemented",
               (("b", "implemented", None), ("c", "implemented", None))),
        agreed("g2", "b", "ceasefire", "a truce", "breached", (("c", "breached", "2024-03-12"), ("c", "denied", None))),
        agreed("g3", "c", "arms", "an old treaty", date=date("1999-01-01")),
        agreed("g4", "c", "arms", "a list of guns", "in_principle"),
    ]  # fmt: skip
    stands, found = changed([], deals, since="2024-03-02")
    assert [(c.day, c.kind, c.id) for c in found] == [
        ("2024-03-08", "agreed", "g2"),
        ("2024-03-08", "kept", "g1"),
        ("2024-03-12", "broken", "g2"),
        ("2024-03-15", "agreed", "g4"),
        ("2024-03-15", "denied", "g2"),
    ]
    out = io.StringIO()
    show(stands, found, Console(file=out, width=80))
    assert max(map(len, out.getvalue().splitlines())) <= 80
    assert "agreed in principle: a list of guns" in out.getvalue()
    assert rows(stands, found)[0]["parties"] == ["Orvale", "Keth"]


def test_the_table_shows_before_and_every_id() -> None:
    stands, found = changed(SAID)
    out = io.StringIO()
    show(stands, found, Console(file=out, width=80))
    assert "before: ! a pay rise of 10 percent" in out.getvalue()
    for id_ in ("p1", "p2", "p4", "p5", "p9"):
        assert id_ in out.getvalue()
    out = io.StringIO()
    show(stands, [], Console(file=out))
    assert out.getvalue() == "no changes\n"
