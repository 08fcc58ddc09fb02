"""Time expressions: what is found, which days they are, and the day a document was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dragoman
from dragoman import cli
from dragoman.extract import pipeline
from dragoman.extract.dating import written_on
from dragoman.extract.findings import DateFound, Layout
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc
from dragoman.extract.times import FUTURE, PAST, TimeSaid, expressions, find_times, settle, times_in

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
        ("They will meet during the second half of April 2025.", "2025-04-16", "2025-04-30"),
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


# ruff: noqa: E501  (a table has its line lengths)
# -- every expression of time -----------------------------------------------------------------------------------------

# Written on Wednesday, 15 May 2024. Each line: a sentence; the words; the kind; the first and last day; what they rest on
# ("stated", "writing", "event"), or the minutes of a duration. The days were worked out by hand, with a calendar.
SAID = """
The envoys met on 27 March. | 27 March | absolute | 2024-03-27 | 2024-03-27 | writing
The truce was signed on March 27, 2019. | March 27, 2019 | absolute | 2019-03-27 | 2019-03-27 | stated
The truce of 2019-11-04 held. | 2019-11-04 | absolute | 2019-11-04 | 2019-11-04 | stated
They broke off on the 3rd of February. | the 3rd of February | absolute | 2024-02-03 | 2024-02-03 | writing
They broke off on 24 October. | 24 October | absolute | 2023-10-24 | 2023-10-24 | writing
They will sign on 24 October. | 24 October | absolute | 2024-10-24 | 2024-10-24 | writing
The levy began in March 2021. | March 2021 | absolute | 2021-03-01 | 2021-03-31 | stated
The levy was doubled in February. | February | absolute | 2024-02-01 | 2024-02-29 | writing
The dam was begun in 1998. | 1998 | absolute | 1998-01-01 | 1998-12-31 | stated
The pact was drawn up in the summer of 2020. | the summer of 2020 | absolute | 2020-06-01 | 2020-08-31 | stated
The mine was shut in the winter of 2020. | the winter of 2020 | absolute | 2020-12-01 | 2021-02-28 | stated
They quarrelled all through the 1990s. | the 1990s | absolute | 1990-01-01 | 1999-12-31 | stated
Exports fell in the first quarter of 2023. | the first quarter of 2023 | absolute | 2023-01-01 | 2023-03-31 | stated
Exports fell in Q4 2022. | Q4 2022 | absolute | 2022-10-01 | 2022-12-31 | stated
Output rose in the second half of 2023. | the second half of 2023 | absolute | 2023-07-01 | 2023-12-31 | stated
They parted in early April 2022. | early April 2022 | absolute | 2022-04-01 | 2022-04-10 | stated
They parted in mid-April 2022. | mid-April 2022 | absolute | 2022-04-11 | 2022-04-20 | stated
They will meet in late June. | late June | absolute | 2024-06-21 | 2024-06-30 | writing
They will meet in the last week of June. | the last week of June | absolute | 2024-06-24 | 2024-06-30 | writing
They met in the first week of April. | the first week of April | absolute | 2024-04-01 | 2024-04-07 | writing
They will meet in the first ten days of July. | the first ten days of July | absolute | 2024-07-01 | 2024-07-10 | writing
They met at the end of March. | the end of March | absolute | 2024-03-21 | 2024-03-31 | writing
They signed on Friday, 3 May. | Friday, 3 May | absolute | 2024-05-03 | 2024-05-03 | writing
They will sign on Friday the 17th. | Friday the 17th | relative | 2024-05-17 | 2024-05-17 | writing
The two met yesterday. | yesterday | relative | 2024-05-14 | 2024-05-14 | writing
The two meet today. | today | relative | 2024-05-15 | 2024-05-15 | writing
They will meet tomorrow morning. | tomorrow morning | relative | 2024-05-16 | 2024-05-16 | writing
They met the day before yesterday. | the day before yesterday | relative | 2024-05-13 | 2024-05-13 | writing
They will meet the day after tomorrow. | the day after tomorrow | relative | 2024-05-17 | 2024-05-17 | writing
They met last night. | last night | relative | 2024-05-14 | 2024-05-14 | writing
They met this morning. | this morning | relative | 2024-05-15 | 2024-05-15 | writing
The delegations met on Monday. | Monday | relative | 2024-05-13 | 2024-05-13 | writing
The delegations met on Thursday. | Thursday | relative | 2024-05-09 | 2024-05-09 | writing
The delegations will meet on Monday. | Monday | relative | 2024-05-20 | 2024-05-20 | writing
The talks ended late Tuesday. | late Tuesday | relative | 2024-05-14 | 2024-05-14 | writing
He wrote to her last Monday. | last Monday | relative | 2024-05-13 | 2024-05-13 | writing
They will meet next Friday. | next Friday | relative | 2024-05-17 | 2024-05-17 | writing
They met a week ago. | a week ago | relative | 2024-05-07 | 2024-05-09 | writing
They spoke three days ago. | three days ago | relative | 2024-05-12 | 2024-05-12 | writing
They fell out two years ago. | two years ago | relative | 2022-01-01 | 2022-12-31 | writing
They fell out two months ago. | two months ago | relative | 2024-03-01 | 2024-03-31 | writing
They will answer in ten days. | in ten days | relative | 2024-05-25 | 2024-05-25 | writing
They worked overnight. | overnight | relative | 2024-05-14 | 2024-05-15 | writing
They will answer within 48 hours. | within 48 hours | relative | 2024-05-15 | 2024-05-17 | writing
Two ships sank in the past three days. | in the past three days | relative | 2024-05-12 | 2024-05-15 | writing
Two ships sank in the last 24 hours. | in the last 24 hours | relative | 2024-05-14 | 2024-05-15 | writing
The court ruled last month. | last month | vague | 2024-04-01 | 2024-04-30 | writing
They meet again next week. | next week | vague | 2024-05-20 | 2024-05-26 | writing
The court ruled last year. | last year | vague | 2023-01-01 | 2023-12-31 | writing
They met at the weekend. | at the weekend | vague | 2024-05-11 | 2024-05-12 | writing
The fighting grew in recent days. | in recent days | vague | 2024-05-08 | 2024-05-15 | writing
The fighting grew in the past few weeks. | in the past few weeks | vague | 2024-04-10 | 2024-05-15 | writing
They will meet in the coming days. | in the coming days | vague | 2024-05-15 | 2024-05-22 | writing
They met earlier this week. | earlier this week | vague | 2024-05-13 | 2024-05-14 | writing
They met earlier this month. | earlier this month | vague | 2024-05-01 | 2024-05-14 | writing
They will meet later this week. | later this week | vague | 2024-05-15 | 2024-05-19 | writing
They will meet later in the month. | later in the month | vague | 2024-05-15 | 2024-05-31 | writing
They will meet early next week. | early next week | vague | 2024-05-20 | 2024-05-22 | writing
They broke up late last month. | late last month | vague | 2024-04-20 | 2024-04-30 | writing
They met a few days ago. | a few days ago | vague | 2024-05-09 | 2024-05-13 | writing
They met a couple of weeks ago. | a couple of weeks ago | vague | 2024-04-24 | 2024-05-01 | writing
They quarrelled last winter. | last winter | vague | 2023-12-01 | 2024-02-29 | writing
A deal may come before the month is out. | before the month is out | vague | 2024-05-15 | 2024-05-31 | writing
They must sign by the end of the year. | by the end of the year | vague | 2024-05-15 | 2024-12-31 | writing
They sat from Monday to Wednesday. | Monday to Wednesday | range | 2024-05-13 | 2024-05-15 | writing
They sat from Thursday to Saturday last week. | Thursday to Saturday last week | range | 2024-05-09 | 2024-05-11 | writing
The fair runs between 3 and 5 March 2025. | 3 and 5 March 2025 | range | 2025-03-03 | 2025-03-05 | stated
The round of May 3-5, 2022 failed. | May 3-5, 2022 | range | 2022-05-03 | 2022-05-05 | stated
They met from 28 April to 3 May. | 28 April to 3 May | range | 2024-04-28 | 2024-05-03 | writing
The mission lasted from March 2019 to June 2021. | March 2019 to June 2021 | range | 2019-03-01 | 2021-06-30 | stated
The mission lasted from 2009 to 2012. | 2009 to 2012 | range | 2009-01-01 | 2012-12-31 | stated
The dam broke on 3 May. A week later the talks began. | A week later | event | 2024-05-10 | 2024-05-10 | event
They met on 3 May. The day before, he had resigned. | The day before | event | 2024-05-02 | 2024-05-02 | event
They met on 3 May and parted the next day. | the next day | event | 2024-05-04 | 2024-05-04 | event
They met on 3 May and signed the same day. | the same day | event | 2024-05-03 | 2024-05-03 | event
The talks began on 3 May. He resigned two days before the talks. | two days before | event | 2024-05-01 | 2024-05-01 | event
The summit was held on 3 May. On the eve of the summit he resigned. | On the eve of | event | 2024-05-02 | 2024-05-02 | event
He resigned a week before the talks. | a week before | event | - | - | -
It was a 90-minute meeting. | 90-minute | duration | - | - | 90
They held three days of talks. | three days | duration | - | - | 4320
They sat for four hours. | four hours | duration | - | - | 240
They sat for an hour and a half. | an hour and a half | duration | - | - | 90
They sat for two and a half hours. | two and a half hours | duration | - | - | 150
They sat for half an hour. | half an hour | duration | - | - | 30
They sat for two hours and twenty minutes. | two hours and twenty minutes | duration | - | - | 140
A two-week truce was offered. | two-week | duration | - | - | 20160
A year-long truce was offered. | A year-long | duration | - | - | 525600
A months-long truce was offered. | months-long | duration | - | - | -
They haggled for several hours. | several hours | duration | - | - | -
They meet almost daily. | almost daily | recurring | - | - | -
They meet twice a week. | twice a week | recurring | - | - | -
They meet three or four times a week. | three or four times a week | recurring | - | - | -
They meet every Thursday. | every Thursday | recurring | - | - | -
They meet on Tuesdays and Fridays. | on Tuesdays and Fridays | recurring | - | - | -
They meet every two weeks. | every two weeks | recurring | - | - | -
They meet every other month. | every other month | recurring | - | - | -
They met day after day. | day after day | recurring | - | - | -
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_every_expression_of_time_is_an_interval_with_its_basis(line: str) -> None:
    sentence, words, kind, first, last, basis = (part.strip() for part in line.split("|"))
    found = [t for t in expressions(sentence, WEDNESDAY) if t.text == words]
    assert [t.kind for t in found] == [kind], [(t.text, t.kind) for t in expressions(sentence, WEDNESDAY)]
    [time] = found
    assert sentence[time.start : time.end] == words
    days = (time.date.start, time.date.end) if time.date else ("-", "-")
    assert days == (first, last)
    if kind == "duration":
        assert time.minutes == (None if basis == "-" else int(basis))
    else:
        assert time.basis == (None if basis == "-" else basis)


def one(text: str, words: str, written: DateFound | None = None) -> TimeSaid:
    return next(t for t in expressions(text, written) if t.text == words)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They met on 03/04/2023 and signed on 28/04/2023.", "2023-04-03"),
        ("They met on 03/04/2023 and signed on 04/28/2023.", "2023-03-04"),
        ("They met on Monday, 03/04/2023, in Lorne.", "2023-04-03"),
        ("They met on Saturday 03/04/2023 in Lorne.", "2023-03-04"),
        ("They met on 03/04/2023. The round of 3 April 2023 failed.", "2023-04-03"),
        ("They met on 03/04/2023. The harbour board of Lorne has its own colours.", "2023-04-03"),
        ("They met on 03/04/2023. The harbor board of Lorne has its own colors.", "2023-03-04"),
        ("They met on 03/04/2023 in Lorne.", None),
        ("They met on 03/04/2023, on 28/04/2023 and on 04/28/2023.", None),
        ("They met on 03/04/2023. The harbour board, or harbor board, is here.", None),
    ],
)
def test_the_document_decides_the_order_of_day_and_month(text: str, day: str | None) -> None:
    found = [t for t in expressions(text) if t.text == "03/04/2023"]
    assert [t.date.start if t.date else None for t in found] == ([day] if day else [])


@pytest.mark.parametrize(
    ("words", "written", "days"),
    [
        ("The two met on 3 March.", ("2024-05-01", "2024-05-31"), ("2024-03-03", "2024-03-03")),
        ("The two met on 3 March.", ("2024-01-01", "2024-12-31"), ("2024-03-03", "2024-03-03")),
        ("The two met on 3 November.", ("2024-01-01", "2024-12-31"), None),
        ("The two met yesterday.", ("2024-05-14", "2024-05-16"), ("2024-05-13", "2024-05-15")),
        ("The two met yesterday.", ("2024-01-01", "2024-12-31"), None),
        ("The two met on Tuesday.", ("2024-05-15", "2024-05-18"), ("2024-05-14", "2024-05-14")),
        ("The two met on Tuesday.", ("2024-05-13", "2024-05-18"), ("2024-05-07", "2024-05-14")),
        ("The court ruled last month.", ("2024-05-01", "2024-05-31"), ("2024-04-01", "2024-04-30")),
        ("The court ruled last year.", ("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        ("The court ruled last year.", ("2020-01-01", "2024-12-31"), None),
    ],
)
def test_an_unsure_day_of_writing_gives_intervals_and_never_a_wrong_day(
    words: str, written: tuple[str, str], days: tuple[str, str] | None
) -> None:
    [time] = find_times(page_of(words))
    found = settle(time, DateFound(*written, "", "inferred"))
    assert ((found.start, found.end) if found else None) == days


def test_the_text_s_own_day_of_writing_is_taken_where_none_is_given() -> None:
    text = f"Dam talks fail\n\nPublished 15 May 2024\n\n{BODY}\nThe envoys of both had met on Monday as well.\n"
    monday = one(text, "Monday")
    assert monday.date is not None
    assert (monday.date.start, monday.basis) == ("2024-05-13", "writing")


def test_the_command_shows_what_the_library_finds(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The envoys of the two ports met in Lorne on Monday for three hours.\n", encoding="utf-8")
    found = dragoman.times(article.read_text(encoding="utf-8"), "2024-05-15")
    assert [(t.text, t.kind, t.minutes) for t in found] == [
        ("Monday", "relative", None),
        ("three hours", "duration", 180),
    ]
    run = CliRunner()
    shown = run.invoke(cli.app, ["times", str(article), "--written", "2024-05-15"])
    assert shown.exit_code == 0
    assert "13 May 2024" in shown.stdout
    rows = run.invoke(cli.app, ["times", str(article), "--written", "2024-05-15", "--format", "jsonl"]).stdout
    first = json.loads(rows.splitlines()[0])
    assert (first["text"], first["from"], first["to"], first["basis"]) == (
        "Monday",
        "2024-05-13",
        "2024-05-13",
        "writing",
    )
    with pytest.raises(ValueError, match="no day"):
        dragoman.times("They met on Monday.", "no day")
