"""Encounters across documents: told without a day, by different days, as moved or held; which are one and which not."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.findings import DateFound
from dragoman.extract.reader import read_text
from dragoman.resolve import entries
from dragoman.resolve.encounters import attach, encounters, join_days, keys_of, loose, window
from dragoman.resolve.meetings import Account, settle, steps_of


def days(first: int, last: int | None = None, month: int = 5) -> DateFound:
    return DateFound(f"2031-{month:02}-{first:02}", f"2031-{month:02}-{last or first:02}", "then", "stated")


def told(document: str, day: DateFound | int | None, written: int | None = None, **more: object) -> Account:
    """What a document says of delegations' talks in Ambry; `written` is its day in May 2031."""
    number = sum(map(ord, document)) + sum(map(ord, repr(sorted(more.items(), key=str)) + repr(day)))
    fields = {
        "id": f"m-{document}-{number}",
        "document": document,
        "kind": "talks",
        "level": "delegations",
        "status": "held",
        "date": days(day) if isinstance(day, int) else day,
        "place": "Ambry",
        "parties": ("velcora", "tashmere"),
        "written": days(written) if written else None,
    }
    return Account(**{**fields, **more})  # type: ignore[arg-type]


def together(*accounts: Account) -> list[set[str]]:
    """The documents of each encounter."""
    return sorted(({a.document for a in group} for group in encounters(accounts)), key=sorted)


ONE = [{"a", "b"}]
TWO = [{"a"}, {"b"}]


@pytest.mark.parametrize(
    ("one", "other", "documents"),
    [
        pytest.param(told("a", 13, 14), told("b", None, 15), ONE, id="held in the days before"),
        pytest.param(told("a", 13, 14), told("b", None, 30), TWO, id="too long before"),
        pytest.param(told("a", 13, 14), told("b", None, 12), TWO, id="written before it was"),
        pytest.param(told("a", 13, 14), told("b", None), TWO, id="nobody knows when"),
        pytest.param(told("a", 13, 14), told("b", None, 15, place="Port Ilvane"), TWO, id="another town"),
        pytest.param(told("a", 13, 14), told("b", None, 15, place=None), ONE, id="the only talks of the two"),
        pytest.param(told("a", 13, 14), told("b", None, 15, place=None, level="experts"), TWO, id="of experts"),
        pytest.param(told("a", 13, 14, round=2), told("b", None, 15, round=3), TWO, id="another round"),
        pytest.param(told("a", 13, 14, round=2), told("b", 13, 15, round=3), ONE, id="rounds counted otherwise"),
        pytest.param(told("a", 13, 14), told("b", None, 15, series=True), TWO, id="a series"),
        pytest.param(told("a", 13, 14), told("b", days(12, 14), 15), ONE, id="a session of three days"),
        pytest.param(told("a", days(12, 14), 14), told("b", days(13, 15), 15), ONE, id="intervals that overlap"),
        pytest.param(told("a", days(1, 31), 31), told("b", days(1, 31), 31), ONE, id="the same month, the same town"),
        pytest.param(told("a", 20, 14, status="scheduled"), told("b", None, 16, status="scheduled"), ONE, id="planned"),
        pytest.param(told("a", 13, 14), told("b", None, 15, parties=("velcora", "quorl")), TWO, id="another side"),
    ],
)
def test_an_account_without_a_day_finds_its_encounter(one: Account, other: Account, documents: list[set[str]]) -> None:
    assert together(one, other) == together(other, one) == documents
    if documents == ONE:
        assert keys_of(one) & keys_of(other)


def test_of_two_that_fit_it_takes_neither_unless_one_fits_better() -> None:
    first, second = told("a", 13, 14), told("b", 16, 17)
    assert together(first, second, told("c", None, 18, place=None)) == [{"a"}, {"b"}, {"c"}]
    led = [dataclasses.replace(a, participants=(p, "orme")) for a, p in ((first, "destrin"), (second, "vantor"))]
    assert together(*led, told("c", None, 18, participants=("orme", "vantor"))) == [{"a"}, {"b", "c"}]


def test_the_round_before_is_the_latest_before() -> None:
    earlier = told("c", None, 31, earlier=True)
    assert together(told("a", 3, 4), told("b", 12, 13), earlier) == [{"a"}, {"b", "c"}]
    assert together(told("a", 3, 4), dataclasses.replace(earlier, place="Port Ilvane")) == [{"a"}, {"c"}]


def test_a_document_keeps_apart_what_it_tells_apart() -> None:
    first, vague = told("a", 13, 14), told("a", None, 14, outcome="none")
    assert len(encounters([first, vague])) == 2
    two = [told("b", None, 15), told("b", None, 15, venue="the town hall")]
    groups = encounters([first, *two])
    assert sorted(len(g) for g in groups) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "documents"),
    [
        pytest.param(
            told("a", 20, 14, status="scheduled"), told("b", 21, 15, status="scheduled"), ONE, id="a plan that moved"
        ),
        pytest.param(told("a", 20, 14, status="scheduled"), told("b", 21, 22), ONE, id="held a day later"),
        pytest.param(told("a", 20, 21), told("b", 22, 21, status="scheduled"), TWO, id="held, and the next planned"),
        pytest.param(told("a", 20, 14, status="scheduled"), told("b", 25, 26), TWO, id="five days later"),
        pytest.param(
            told("a", 20, 14, status="scheduled"), told("b", 28, 18, status="postponed"), ONE, id="put off by a week"
        ),
        pytest.param(
            told("a", 20, 14, status="scheduled"),
            told("b", 22, 21, status="scheduled"),
            TWO,
            id="planned after the first day was over",
        ),
        pytest.param(told("a", 20, 20), told("b", 21, 21), ONE, id="over midnight"),
        pytest.param(told("a", 20, 20, round=2), told("b", 21, 21, round=3), TWO, id="two rounds"),
        pytest.param(told("a", 20, 20, place=None), told("b", 21, 21, place=None), TWO, id="nobody says where"),
        pytest.param(
            told("a", 20, 20, place=None, mediators=("board",)),
            told("b", 21, 21, place=None, mediators=("board",)),
            ONE,
            id="before the same board",
        ),
        pytest.param(
            told("a", 20, 20, kind="call", place=None, mediators=("quorl",)),
            told("b", 21, 21, kind="call", place=None, mediators=("quorl",)),
            TWO,
            id="a call a day",
        ),
        pytest.param(told("a", 20, 20), told("b", 21, 21, level="leaders"), TWO, id="leaders the day after"),
    ],
)
def test_different_days_of_one_encounter(one: Account, other: Account, documents: list[set[str]]) -> None:
    assert together(one, other) == together(other, one) == documents


def test_daily_sessions_and_days_that_a_document_tells_apart_are_not_joined() -> None:
    assert len(encounters([told("a", 20, 20), told("b", 21, 21), told("c", 22, 22)])) == 3
    assert len(encounters([told("a", 20, 21), told("a", 21, 21), told("b", 21, 22)])) == 2


def wish(document: str, written: int | None = 14, **more: object) -> Account:
    people = {
        "kind": "summit",
        "level": "leaders",
        "status": "proposed",
        "place": None,
        "participants": ("orme", "hask"),
    }
    return told(document, None, written, **{**people, **more})


def test_a_wish_told_by_several_is_one() -> None:
    assert together(wish("a"), wish("b", 20, status="declined"), wish("c", participants=("orme", "vantor"))) == [
        {"a", "b"},
        {"c"},
    ]
    assert together(wish("a"), wish("b", 15, level="delegations", kind="talks", participants=())) == TWO
    assert together(wish("a"), wish("b", None)) == TWO, "from any year"


def test_those_who_see_one_each_by_himself_are_not_one() -> None:
    call = {"kind": "call", "level": "leaders", "format": "phone", "place": None, "mediators": ("quorl",)}
    first = told("a", 13, 14, **{**call, "parties": ("velcora",), "participants": ("orme", "calloway")})
    second = told("b", 13, 14, **{**call, "parties": ("tashmere",), "participants": ("hask", "calloway")})
    assert together(first, second) == TWO
    assert together(first, dataclasses.replace(first, document="b", id="m-2")) == ONE


def test_two_who_name_but_one_each_may_tell_of_one_session() -> None:
    one, other = told("a", 13, 14, participants=("orme",)), told("b", 13, 14, participants=("hask",))
    assert together(one, other) == ONE
    assert together(*(dataclasses.replace(a, parties=()) for a in (one, other))) == TWO


PLANNED = told("a", 20, 10, status="proposed", round=3)
FIRM = told("b", 20, 14, status="scheduled", round=3)
PUT_OFF = told("c", 22, 18, status="postponed", round=2)
WAS = told("d", 22, 23, venue="the customs house")


def test_steps_rounds_and_the_day_it_came_to_be() -> None:
    accounts = [WAS, PUT_OFF, FIRM, dataclasses.replace(FIRM, id="m-e", document="e"), PLANNED]
    settled = settle(accounts)
    assert (settled.status, settled.round, settled.venue) == ("held", 3, "the customs house")
    assert settled.date == days(22), "not the day that was planned and moved"
    assert [(a.document, a.status) for a in steps_of(accounts)] == [
        ("a", "proposed"),
        ("b", "scheduled"),
        ("c", "postponed"),
        ("d", "held"),
    ]
    assert settle([PLANNED, FIRM, PUT_OFF]).date == days(22)
    assert settle([PLANNED, FIRM, PUT_OFF]).status == "postponed"
    assert settle([FIRM, dataclasses.replace(FIRM, id="m-e", date=days(21))]).date == days(21)
    assert settle(
        [WAS, dataclasses.replace(WAS, id="m-e", date=days(21)), dataclasses.replace(WAS, id="m-f")]
    ).date == days(22)


def test_the_entry_cites_each_step_and_each_count() -> None:
    words = {"status": [("a", 5, 9, "talk")], "round": [("a", 0, 5, "third")]}
    accounts = [
        (dataclasses.replace(PLANNED, words=words), [("a", 0, 9, "third tal")]),
        (PUT_OFF, [("c", 3, 7, "moved"[:4])]),
    ]
    made = entries.meeting(accounts, str.title)
    assert [(s.document, s.status, s.date and s.date.from_) for s in made.steps] == [
        ("a", "proposed", "2031-05-10"),
        ("c", "postponed", "2031-05-18"),
    ]
    assert [c.quote for c in made.steps[0].citations] == ["talk"]
    assert [(r.round, [c.quote for c in r.citations]) for r in made.rounds] == [(2, ["move"]), (3, ["third"])]


def test_windows() -> None:
    assert window(told("a", None, 20)) == ("2031-05-10", "2031-05-20")
    assert window(told("a", None, 20, status="scheduled")) == ("2031-05-20", "2031-06-17")
    assert window(told("a", days(3, 5), 20)) == ("2031-05-03", "2031-05-05")
    assert window(told("a", None)) is window(told("a", None, 20, series=True)) is None
    assert loose(told("a", days(3, 5)))
    assert not loose(told("a", 3))


ACCOUNTS = st.lists(
    st.builds(
        lambda document, day, length, written, status, place, side, round_: told(
            document,
            None if day is None else days(day, day + length),
            written,
            status=status,
            place=place,
            parties=("velcora", side),
            round=round_,
        ),
        st.sampled_from("abcdefgh"),
        st.one_of(st.none(), st.integers(10, 16)),
        st.sampled_from((0, 0, 0, 2)),
        st.integers(9, 20),
        st.sampled_from(("held", "scheduled", "postponed", "proposed", "cancelled")),
        st.sampled_from(("Ambry", "Ambry", "Port Ilvane", None)),
        st.sampled_from(("tashmere", "tashmere", "quorl")),
        st.sampled_from((None, None, 1, 2)),
    ),
    max_size=14,
    unique_by=lambda a: a.id,
)


@given(ACCOUNTS, st.integers(0, 99))
def test_the_order_is_nothing_and_each_account_is_in_one_encounter(accounts: list[Account], seed: int) -> None:
    groups = encounters(accounts)
    assert sorted(a.id for g in groups for a in g) == sorted(a.id for a in accounts)
    shuffled = random.Random(seed).sample(accounts, len(accounts))
    assert encounters(shuffled) == groups
    for group in groups:
        assert len({a.place for a in group if a.place}) < 2, "two towns"
        certain = [a for a in group if not loose(a)]
        assert len({a.document for a in certain}) == len({(a.document, repr(a.date)) for a in certain}), "told apart"


def test_groups_given_stay_whole() -> None:
    group = [told("a", 13, 14), told("b", 13, 15)]
    assert join_days([group]) == [group]
    assert attach([], [group]) == [group]


def test_the_words_of_each_field_are_at_hand() -> None:
    text = (
        "ORVELLE, 14 May 2031 – Negotiators from Tarvia and Lusmark met for seven hours at the Hotel Meridian in"
        " Orvelle on 13 May 2031 for a third round of talks. The talks ended without an agreement.\n\n"
        "Tarvia's foreign minister, Mara Destrin, and Lusmark's foreign minister, Oleg Vantor, led them.\n"
    )
    [met] = read_text(text).meetings
    said = {field: [text[start:end] for start, end in spans] for field, spans in met.words.items()}
    assert said["date"] == ["13 May 2031"], "not the day of the dateline"
    assert said["place"] == ["Orvelle"]
    assert said["duration_minutes"] == ["seven hours"]
    assert said["round"] == ["third round"]
    assert said["outcome"] == ["without an agreement"]
    assert {"Tarvia", "Lusmark"} <= set(said["parties"])
    assert met.words["place"] != [(0, 7)], "not the place that the report was sent from"
