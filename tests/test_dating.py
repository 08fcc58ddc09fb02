"""The day a document was written: from its page, and from what other documents state."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.dating import against, infer
from dragoman.extract.dating_solver import EVER, Limit, interval, meet, solve, union, writing_days
from dragoman.extract.findings import ClueFound, DateFound, Findings, ReasonFound
from dragoman.extract.reader import read_text
from dragoman.extract.time_days import settle
from dragoman.extract.times import times_in
from dragoman.resolve.dating import EventFact, date_document, facts_of, keys_of, lookups_of

LEAD = (
    "Talks between Tarvia and Lusmark on the water of the lake went on for many hours behind closed doors, and nobody "
    "who left the building would say whether the two sides had come any closer.\n\n"
)


@functools.cache
def read(text: str) -> Findings:
    return read_text(text)


def days(found: DateFound | None) -> tuple[str, str] | None:
    return (found.start, found.end) if found else None


# -- one page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "Strike\nBy Ada Merrin\nUpdated 4:15 p.m., Monday, June 3, 2024\n\n",
        "Strike\nPosted on 2024-06-03T08:12:00+02:00\n\n",
        "Strike\n3rd June 2024 | 14:02\n\n",
        "By A. Writer, 03.06.2024\n\n",
        "3 June, 2024\n\nStrike\n\n",
        "Strike\nKelmar / 3 June 2024\n",
        "(KELMAR) June 3, 2024 -- ",
        "KELMAR, 3 June 2024 (XPA) — ",
    ],
)
def test_the_date_that_a_page_bears(head: str) -> None:
    found = read(head + LEAD)
    assert days(found.dated) == ("2024-06-03", "2024-06-03")
    [reason] = found.reasons
    assert "3" in "".join((head + LEAD)[s:e] for s, e in reason.spans)


def test_a_line_of_copyright_dates_nothing() -> None:
    assert read(f"Strike\n{LEAD}© 2019 Kelmar Post, 3 June 2019. All rights reserved.\n").dated is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a date without its year, and a year told beside it
        (f"Dam talks fail\n\nSunday 12 May\n\n{LEAD}The dam was begun two years ago, in 2022.\n", "2024-05-12"),
        (f"LORNE, May 12 (XPA) — {LEAD}The treaty of 2014, ten years old, is not touched by it.\n", "2024-05-12"),
        # the post that the page embeds
        (f"{LEAD}“We will not yield,” she wrote.\n\n— Mara Destrin (@destrin) May 12, 2024\n", "2024-05-12 2024-05-14"),
        (f'{LEAD}<post author="@destrin" datetime="2024-05-12">We will not yield</post>\n', "2024-05-12 2024-05-14"),
        # the weekday of the first paragraph, counted from the latest day told with its weekday
        (
            f"Mr Vantor left the talks with Tarvia on Tuesday and {LEAD}The strike of 2021, three years ago, began "
            "with less. Nobody has sailed since Saturday, May 11, the union said.\n",
            "2024-05-14",
        ),
        # a bound on either side, in one year
        (f"{LEAD}They met in Orvelle in March 2024. They will meet again in June 2024.\n", "2024-03-01 2024-06-30"),
        # a plan of that year and a full date with its weekday
        (f"{LEAD}Both delegations arrived on Sunday, May 12, 2024. They will sign in 2024.\n", "2024-05-12 2024-06-12"),
    ],
)
def test_a_page_without_a_date_is_dated_by_its_clues(text: str, wanted: str) -> None:
    found = read(text)
    first, _, last = wanted.partition(" ")
    assert days(found.dated) == (first, last or first)
    assert found.dated is not None
    assert found.dated.basis == "inferred"
    assert found.reasons
    assert all(reason.says and not reason.against and reason.spans for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"{LEAD}They met on March 3 and will meet on Tuesday.\n",
        f"{LEAD}They met in Orvelle in March 2024.\n",
        f"{LEAD}They will meet again in June 2024.\n",
        f"{LEAD}The dam was begun two years ago, in 2022.\n",
        f"{LEAD}They had never met since 2019, and in 2021 the bridge was closed.\n",
        # a comparison is no plan, and what was planned of old says nothing of now
        f"{LEAD}In 2012 they met. Prices will rise more than they did in 2012, she said.\n",
        # clues that contradict each other
        f"{LEAD}The dam was begun two years ago, in 2022. They will sign in 2019. They met in March 2023.\n",
        # a man's age
        f"LORNE, May 12 (XPA) — {LEAD}He was 20 years old when the war of 2001 began.\n",
    ],
)
def test_where_nothing_bounds_the_day_on_both_sides_it_is_unknown(text: str) -> None:
    found = read(text)
    assert found.dated is None
    assert found.reasons == []


def test_the_date_of_the_head_stands_and_what_contradicts_it_is_shown() -> None:
    text = f"Published: 12 May 2024\n\n{LEAD}The dam was begun five years ago, in 2012.\n"
    found = read(text)
    assert days(found.dated) == ("2024-05-12", "2024-05-12")
    stated, wrong = found.reasons
    assert (stated.against, [text[s:e] for s, e in stated.spans]) == (False, ["12 May 2024"])
    assert wrong.against
    assert [text[s:e] for s, e in wrong.spans] == ["five years ago, in 2012"]


def test_what_a_text_has_against_the_date_of_a_sidecar() -> None:
    found = read(f"{LEAD}They met in Orvelle on 3 March 2024.\n")
    sidecar = DateFound("2023-01-05", "2023-01-05", "2023-01-05", "metadata")
    assert [reason.against for reason in against(sidecar, found.clues)] == [True]
    assert against(replace(sidecar, start="2024-03-04", end="2024-03-04"), found.clues) == []


def test_findings_with_clues_and_reasons_survive_json() -> None:
    found = read(f"{LEAD}The dam was begun two years ago, in 2022.\n\n— A. Writer (@writer) May 12, 2024\n")
    assert {clue.rule for clue in found.clues} >= {"ago", "stamp"}
    assert Findings.from_json(found.to_json()) == found


# -- the solver --------------------------------------------------------------------------------------------------------

INTERVALS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda p: (p[0], p[0] + p[1])), max_size=5)


def numbers(found: Iterable[tuple[int, int]]) -> set[int]:
    return {n for low, high in found for n in range(low, high + 1)}


@given(INTERVALS, INTERVALS)
def test_meet_and_union_are_those_of_sets(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    assert numbers(union(a)) == numbers(a)
    assert numbers(meet(union(a), union(b))) == numbers(a) & numbers(b)
    assert meet(union(a), EVER) == () or not a or a[0][0] > 60


@given(st.permutations(range(6)))
def test_the_order_of_limits_is_nothing(order: list[int]) -> None:
    start = date(2024, 1, 1).toordinal()
    limits = [
        Limit("a", ((start, start + 90),), ((0, 1),), 1),
        Limit("b", ((start + 30, start + 200),), ((1, 2),), 1),
        Limit("c", ((start + 40, start + 45), (start + 60, start + 70)), ((2, 3),), 2),
        Limit("d", ((start + 300, start + 310),), ((3, 4),), 4),
        Limit("e", ((start + 42, start + 50),), ((4, 5),), 3, "other"),
        Limit("a", ((start, start + 90),), ((0, 1),), 1),
    ]
    left, reasons = solve(limits[i] for i in order)
    assert left == ((start + 42, start + 45),)
    assert [r.says for r in reasons] == ["a", "b", "c", "e"]


def test_a_year_is_given_and_what_is_longer_is_not() -> None:
    first, last = date(2024, 1, 1).toordinal(), date(2024, 12, 31).toordinal()
    assert days(interval(((first, first), (last, last)))) == ("2024-01-01", "2024-12-31")
    assert interval(((first - 1, last),)) is None
    assert days(interval(((first - 5, first + 5),))) == ("2023-12-27", "2024-01-06")


@given(st.integers(0, 20_000), st.sampled_from(["yesterday", "on Tuesday", "last Friday", "two weeks ago", "tomorrow"]))
def test_the_writing_days_of_an_expression_are_those_on_which_it_means_the_day(number: int, words: str) -> None:
    [time] = times_in(words)
    time = replace(time, direction=time.direction or -1)
    day = date(1980, 1, 1) + timedelta(number)
    found = numbers(writing_days(time, day))
    for near in range(-30, 31):
        here = (day + timedelta(near)).isoformat()
        meant = settle(time, DateFound(here, here, "", "metadata"))
        means = meant is not None and meant.start <= day.isoformat() <= meant.end
        assert means == ((day + timedelta(near)).toordinal() in found)


def test_infer_takes_its_clues_in_any_order() -> None:
    clues = read(f"LORNE, May 12 (XPA) — {LEAD}It began two years ago, in 2022. They met in May 2023.\n").clues
    assert len(clues) > 2
    found = {repr(infer(list(order))) for order in itertools.permutations(clues)}
    assert len(found) == 1


# -- several documents -------------------------------------------------------------------------------------------------

MEN = "Tarvia's foreign minister, Mara Destrin, met Lusmark's foreign minister, Oleg Vantor, "
REST = " The water of the lake, which both of the countries want, was what the two ministers talked of for hours.\n"
DATED = f"Published: 20 May 2024\n\n{MEN}in Orvelle on Tuesday, 14 May 2024.{REST}"
WEEKDAY = f"{MEN}in Orvelle on Tuesday.{REST}"
DAY = f"{MEN}in Orvelle on May 14.{REST}"
YESTERDAY = f"{MEN}in Orvelle yesterday.{REST}"
AHEAD = f"{MEN}in Orvelle on Tuesday.{REST}".replace("met", "will meet").replace("was what", "is what")
MONTH = (
    "Tarvia and Lusmark have talked before. Delegations of Tarvia and Lusmark held talks in May 2024, and nothing was "
    "signed by the two.\n"
)


def together(*texts: str) -> list[tuple[tuple[str, str] | None, list[ReasonFound]]]:
    """What each text is dated by all of them, by way of keys, as a store does it; the same in whatever order."""
    found = {}
    for order in (range(len(texts)), reversed(range(len(texts)))):
        facts = {i: _facts(str(i), read(texts[i])) for i in order}
        for i in facts:
            wanted = {key for fact in facts[i] for key in lookups_of(fact)}
            others = [f for j in facts if j != i for f in facts[j] if keys_of(f) & wanted]
            dated, reasons = date_document(read(texts[i]).dated, read(texts[i]).clues, facts[i], others)
            assert found.setdefault(i, (days(dated), reasons)) == (days(dated), reasons)
    return [found[i] for i in range(len(texts))]


def _facts(name: str, findings: Findings) -> list[EventFact]:
    return facts_of(name, findings, [actor.name.rpartition(" ")[2] for actor in findings.actors])


def test_an_encounter_that_another_document_dates_dates_the_writing() -> None:
    (first, reasons), _ = together(WEEKDAY, DATED)
    assert first == ("2024-05-14", "2024-05-16")
    reason = next(r for r in reasons if r.document)
    assert reason.document == "1"
    [(start, end), *_] = reason.spans
    assert "14 May 2024" in DATED[start:end] or "14 May" in DATED


def test_yesterday_is_the_day_after_where_the_page_tells_of_days_near_it() -> None:
    near = f"{YESTERDAY}Tarvia shut the sluices of the lake on May 8, and Lusmark protested.\n"
    assert together(near, DATED)[0][0] == ("2024-05-15", "2024-05-15")


@pytest.mark.parametrize("more", ["", "Tarvia shut the sluices of the lake on March 8, and Lusmark protested.\n"])
def test_yesterday_can_be_another_round_of_the_same_people_in_the_same_place(more: str) -> None:
    assert together(YESTERDAY + more, DATED)[0][0] is None


def test_a_plan_is_told_before_it_is_held() -> None:
    assert together(AHEAD, DATED)[0][0] == ("2024-05-08", "2024-05-14")


def test_a_day_without_its_year_is_of_the_year_that_another_gives() -> None:
    found = together(DAY, DATED)[0][0]
    assert found is not None
    assert found[0] == "2024-05-14"
    assert found[1] < "2025"


def test_month_and_day_weekday_and_year_from_three_documents() -> None:
    day, weekday, month = together(DAY, WEEKDAY, MONTH)
    assert day[0] is not None
    assert day[0][0] == "2024-05-14"
    assert weekday[0] == ("2024-05-14", "2024-05-16")
    assert {r.document for r in weekday[1] if r.document} == {"0", "2"}
    assert month[0] is None


def test_two_of_the_three_are_not_enough() -> None:
    assert [found for found, _ in together(DAY, WEEKDAY)] == [None, None]
    assert [found for found, _ in together(WEEKDAY, MONTH)] == [None, None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14 May 2024", "15 May 2024"),  # a Wednesday
        ("in Orvelle", "in Lorne"),
        ("Lusmark's foreign minister, Oleg Vantor", "Quorland's foreign minister, Jo Pell"),
        (
            "Mara Destrin, met Lusmark's foreign minister, Oleg Vantor",
            "Ada Merrin, met Lusmark's foreign minister, Jo Pell",
        ),
        ("met Lusmark's foreign minister, Oleg Vantor, in Orvelle", "phoned Lusmark's foreign minister, Oleg Vantor,"),
    ],
)
def test_what_is_not_the_same_encounter_dates_nothing(old: str, new: str) -> None:
    other = DATED.replace("Tuesday, 14", "14").replace(old, new)
    assert other != DATED
    assert together(WEEKDAY, other)[0][0] is None


def test_two_rounds_in_one_place_leave_the_days_of_both() -> None:
    later = DATED.replace("14 May", "28 May").replace("20 May", "30 May")
    assert together(WEEKDAY, DATED, later)[0][0] == ("2024-05-14", "2024-05-30")


def test_an_encounter_that_the_document_tells_apart_is_not_its_own() -> None:
    last = "The delegations of Tarvia and Lusmark had last met in Orvelle in May 2024, in vain.\n"
    apart = f"{YESTERDAY}Tarvia shut the sluices on May 8. {last}"
    assert together(apart, DATED)[0][0] is None


def test_what_was_inferred_dates_no_third_document() -> None:
    near = f"{WEEKDAY}\nOn Friday Destrin met Vantor again in Lorne, where they talked of the lake and nothing else.\n"
    third = f"{MEN}in Lorne on Friday.{REST}"
    found = [given for given, _ in together(near, DATED, third)]
    assert found[0] is not None
    assert found[2] is None


def test_a_page_that_bears_its_date_is_not_dated_by_others() -> None:
    text = f"Published: 17 June 2024\n\n{WEEKDAY}"
    assert together(text, DATED)[0] == (("2024-06-17", "2024-06-17"), [])


def test_a_date_in_the_head_without_its_year_finds_it() -> None:
    text = f"Orvelle Courier\nThe lake again\n16 May\n\n{LEAD}{WEEKDAY}"
    assert read(text).dated is None
    assert together(text, DATED)[0][0] == ("2024-05-16", "2024-05-16")


def test_actors_that_the_record_does_not_know_are_nobody() -> None:
    facts = facts_of("0", read(WEEKDAY), [""] * len(read(WEEKDAY).actors))
    assert all(fact.actors == () for fact in facts)
    assert not any(keys_of(fact) | lookups_of(fact) for fact in facts)


def test_clues_alone_are_left_to_the_page() -> None:
    clue = ClueFound("stamp", (0, 5), times_in("May 12, 2024")[0])
    assert date_document(None, [clue], [], []) == (None, [])
