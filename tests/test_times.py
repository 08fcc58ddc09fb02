"""Time expressions: what is found, which days they are, and the day a document was written."""

from __future__ import annotations

import pytest

from dragoman.extract import pipeline
from dragoman.extract.dating import written_on
from dragoman.extract.findings import DateFound, Layout
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc
from dragoman.extract.times import FUTURE, PAST, find_times, settle, times_in

WEDNESDAY = DateFound("2024-05-15", "2024-05-15", "15 May 2024", "metadata")


def page_of(text: str) -> Page:
    """Every line a paragraph."""
    page, start = Page(text, Layout([])), 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            end = start + len(line.rstrip())
            page.layout.paragraphs.append((start, end))
            page.blocks.append(Block(start, end, Doc(pipeline.load()(text[start:end]))))
        start += len(line)
    return page


def days(text: str, written: DateFound | None = WEDNESDAY) -> list[tuple[str, str] | None]:
    found = [settle(time, written) for time in find_times(page_of(text))]
    return [(d.start, d.end) if d else None for d in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The envoys met in Lorne on 3 March 2021.", "2021-03-03", "2021-03-03"),
        ("The envoys met on Feb. 28, 2023 in Lorne.", "2023-02-28", "2023-02-28"),
        ("The truce of 2019-11-04 held.", "2019-11-04", "2019-11-04"),
        ("Signed 7.10.2022 in Lorne.", "2022-10-07", "2022-10-07"),
        ("They parted in March 2022 in anger.", "2022-03-01", "2022-03-31"),
        ("The tariff began in the summer of 2020.", "2020-06-01", "2020-08-31"),
        ("They will meet in the second half of August 2025.", "2025-08-16", "2025-08-31"),
        ("The round of May 3-5, 2022 failed.", "2022-05-03", "2022-05-05"),
    ],
)
def test_dates_that_say_their_year_need_nothing_else(text: str, first: str, last: str) -> None:
    assert days(text, None) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The delegations met on Monday.", "2024-05-13", "2024-05-13"),
        ("The delegations will meet on Monday.", "2024-05-20", "2024-05-20"),
        ("The ministers are due at the castle on Friday.", "2024-05-17", "2024-05-17"),
        ("The session was put off until Friday.", "2024-05-17", "2024-05-17"),
        ("The two met yesterday.", "2024-05-14", "2024-05-14"),
        ("They will meet tomorrow.", "2024-05-16", "2024-05-16"),
        ("He wrote to her last Monday.", "2024-05-13", "2024-05-13"),
        ("They meet again next week.", "2024-05-20", "2024-05-26"),
        ("The talks broke off on March 27.", "2024-03-27", "2024-03-27"),
        ("The talks broke off on 24 October.", "2023-10-24", "2023-10-24"),
        ("They will meet again on 31 May.", "2024-05-31", "2024-05-31"),
        ("The court ruled last month.", "2024-04-01", "2024-04-30"),
        ("A round may come before the month is out.", "2024-05-15", "2024-05-31"),
        ("They spoke three days ago.", "2024-05-12", "2024-05-12"),
    ],
)
def test_days_that_hang_on_the_day_of_writing(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    "text", ["The delegations met on Monday.", "They met on 24 October.", "They met a week ago.", "In May they parted."]
)
def test_without_a_day_of_writing_they_stay_unknown(text: str) -> None:
    assert days(text, None) == [None]


def test_a_week_earlier_counts_from_another_event() -> None:
    [time] = times_in("as they had done a week earlier")
    assert settle(time, WEDNESDAY) is None
    anchor = DateFound("2024-05-14", "2024-05-14", "Tuesday", "inferred")
    found = settle(time, WEDNESDAY, anchor)
    assert found is not None
    assert (found.start, found.end, found.basis) == ("2024-05-07", "2024-05-07", "inferred")


def test_the_tense_can_be_told_from_outside() -> None:
    [time] = times_in("Monday's session")
    past, future = settle(time, WEDNESDAY, direction=PAST), settle(time, WEDNESDAY, direction=FUTURE)
    assert past is not None
    assert future is not None
    assert (past.start, future.start) == ("2024-05-13", "2024-05-20")


@pytest.mark.parametrize(
    "text", ["They may march on.", "It cost 12.50 marks.", "The 30 February plan", "A second chance", "Room 1984"]
)
def test_what_is_no_time(text: str) -> None:
    assert times_in(text) == []


def test_offsets_quote_the_text() -> None:
    text = "Talks ended.\n\nOn Tuesday, 4 June, they met again; on June 9 they parted."
    assert [text[t.start : t.end] for t in find_times(page_of(text))] == ["Tuesday, 4 June", "June 9"]


LONG = "The delegations of the two sides met again for several hours behind closed doors without coming any closer to "
BODY = LONG + "an agreement on the water of the lake and on the dam that both want to build there.\n"


@pytest.mark.parametrize(
    ("head", "day", "basis"),
    [
        ("Dam talks fail\n\nSunday 12 May 2024\n\n", "2024-05-12", "metadata"),
        ("Dam talks fail\nBy A. Writer | Published: 2024-05-12 | 3 comments\n\n", "2024-05-12", "metadata"),
        ("Dam talks fail\n12.05.2024 18:02 Views: 412\n", "2024-05-12", "metadata"),
        ("Dam talks fail\n\nLORNE, May 12, 2024 (XPA) — ", "2024-05-12", "stated"),
        ("Dam talks fail\nhttps://paper.example/2024/05/12/dam-talks\n", "2024-05-12", "metadata"),
    ],
)
def test_the_day_of_writing_stands_in_the_head(head: str, day: str, basis: str) -> None:
    found = written_on(page_of(head + BODY))
    assert found is not None
    assert (found.start, found.end, found.basis) == (day, day, basis)


def test_published_wins_over_other_dates_of_the_head() -> None:
    found = written_on(page_of(f"Archive 1 January 2020\nPublished 3 May 2024\n\n{BODY}"))
    assert found is not None
    assert found.start == "2024-05-03"


@pytest.mark.parametrize(
    "text",
    [
        f"Dam talks fail\n\n12 May\n\n{BODY}",
        f"Dam talks fail\n\n{BODY}The dam was begun on 4 June 2019.\n",
        f"Dam talks fail\n\n03/05/2024\n\n{BODY}",
        f"Dam talks fail\n\nFriday 12 May\n\n{BODY}It began two years ago, in 2022.\n",
        BODY,
    ],
)
def test_where_the_day_of_writing_is_not_beyond_doubt_it_is_unknown(text: str) -> None:
    assert written_on(page_of(text)) is None


def test_a_year_that_the_text_counts_back_to_completes_the_head() -> None:
    found = written_on(page_of(f"Dam talks fail\n\nSunday 12 May\n\n{BODY}It began two years ago, in 2022.\n"))
    assert found is not None
    assert (found.start, found.basis) == ("2024-05-12", "inferred")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They sat from Thursday to Saturday last week.", "2024-05-09", "2024-05-11"),
        ("They will sit from the 9th to the 13th of June.", "2024-06-09", "2024-06-13"),
        ("They will sign on Friday the 17th.", "2024-05-17", "2024-05-17"),
        ("It was agreed a week ago on Monday.", "2024-05-06", "2024-05-06"),
    ],
)
def test_ranges_and_days_without_a_month(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


def test_years_and_months_ago_give_the_year() -> None:
    text = f"LORNE, Dec 2 (Wire) - {BODY.strip()}\n\nThe levy of March 2019, two years and nine months ago, stays.\n"
    found = written_on(page_of(text))
    assert found is not None
    assert (found.start, found.basis) == ("2021-12-02", "inferred")


def test_a_plan_in_the_head_is_not_the_day_of_writing() -> None:
    assert written_on(page_of(f"Dam talks fail\n\n* Next round pencilled in for 14 Dec 2021\n\n{BODY}")) is None
