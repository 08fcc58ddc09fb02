"""When encounters were: which time a sentence says of which encounter, and in which tense."""

from __future__ import annotations

import pytest

from dragoman.extract.findings import DateFound, MeetingFound
from dragoman.extract.reader import read_text
from dragoman.extract.redating import redate

WRITTEN = DateFound("2024-05-15", "2024-05-15", "15 May 2024", "metadata")  # a Wednesday
INTRO = (
    "Talks between Marenia and Ordonia on the tolls of the Sill canal go on, mediated by Veld. The Marenian foreign "
    "minister is Anna Brell; the Ordonian foreign minister is Jonas Tarr.\n\n"
)


def told(text: str) -> list[MeetingFound]:
    found = redate(read_text(f"{INTRO}{text}\n"), WRITTEN)
    return [m for m in found.meetings if any(start >= len(INTRO) for start, _ in m.spans)]


CASES = """
Marenia and Ordonia ended two days of talks in Lorne on Tuesday without a deal. | 2024-05-14 | 2024-05-14
Brell flew to Vesk on Monday and met Tarr for an hour. | 2024-05-13 | 2024-05-13
On Sunday, the ministry said, Brell spoke with Tarr by telephone. | 2024-05-12 | 2024-05-12
Brell said on Tuesday that she had met Tarr in Vesk last month. | 2024-04-01 | 2024-04-30
Brell said on Tuesday that she will meet Tarr in Vesk next week. | 2024-05-20 | 2024-05-26
Brell told reporters on Tuesday that she would meet Tarr in Vesk on Friday. | 2024-05-17 | 2024-05-17
The two sides will resume negotiations in Lorne in early June, Veld said on Tuesday. | 2024-06-01 | 2024-06-10
Brell and Tarr met in Vesk on 3 May, a week before the vote. | 2024-05-03 | 2024-05-03
The delegations last met in Lorne in February. | 2024-02-01 | 2024-02-29
The talks, the first since March, were held in Lorne on Monday. | 2024-05-13 | 2024-05-13
Marenia and Ordonia agreed on Tuesday to sit down for another round in Lorne on 28 May. | 2024-05-28 | 2024-05-28
A meeting of Brell with Tarr, which had been planned for Thursday, was called off on Tuesday. | 2024-05-16 | 2024-05-16
The meeting between Brell and Tarr has been put off from Thursday to 30 May. | 2024-05-30 | 2024-05-30
Delegations of Marenia and Ordonia met from Thursday to Saturday in Lorne. | 2024-05-09 | 2024-05-11
Marenia and Ordonia held talks in Lorne between 3 and 5 May. | 2024-05-03 | 2024-05-05
Marenia and Ordonia held talks in Lorne from 28 April to 3 May. | 2024-04-28 | 2024-05-03
On Saturday Brell will travel to Vesk, where she will meet Tarr. | 2024-05-18 | 2024-05-18
Tarr is expected in Lorne on Thursday for talks with Brell. | 2024-05-16 | 2024-05-16
Brell met Tarr in Vesk a fortnight ago. | 2024-04-30 | 2024-05-02
Brell received Tarr in Lorne earlier on Wednesday. | 2024-05-15 | 2024-05-15
Yesterday's meeting between Brell and Tarr in Vesk lasted four hours. | 2024-05-14 | 2024-05-14
Friday's round in Lorne between Marenia and Ordonia will be the third. | 2024-05-17 | 2024-05-17
Brell, who met Tarr in Vesk on Monday, flew home on Tuesday. | 2024-05-13 | 2024-05-13
After meeting Tarr in Vesk on Monday, Brell flew home. | 2024-05-13 | 2024-05-13
Brell and Tarr had met in Vesk in 2019, but nothing came of it. | 2019-01-01 | 2019-12-31
Talks between Marenia and Ordonia, suspended in March, will restart on Monday in Lorne. | 2024-05-20 | 2024-05-20
The strike began on 2 May. Brell met Tarr in Vesk three days later. | 2024-05-05 | 2024-05-05
Brell spoke on Tuesday, four days after she met Tarr in Vesk. | 2024-05-10 | 2024-05-10
As Brell and Tarr talked in Vesk on Tuesday, the ships waited. | 2024-05-14 | 2024-05-14
Brell met Tarr in Vesk in the past few days. | 2024-05-08 | 2024-05-15
Veld has invited both delegations to Lorne for a round of talks on 22 May. | 2024-05-22 | 2024-05-22
At a meeting in Vesk last Friday, Brell gave Tarr a list of names. | 2024-05-10 | 2024-05-10
Brell and Tarr are to meet on the sidelines of the forum in Vesk on 4 June. | 2024-06-04 | 2024-06-04
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_an_encounter_has_the_days_that_its_sentence_says(line: str) -> None:
    sentence, first, last = (part.strip() for part in line.split("|"))
    dates = [m.date for m in told(sentence)]
    assert (first, last) in [(d.start, d.end) for d in dates if d is not None]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brell, speaking in Lorne on Tuesday, said she and Tarr had met in secret in Vesk.",
        "Ordonia said on Tuesday it was ready for talks with Marenia in Vesk.",
        "Brell spoke with Tarr by telephone, her office announced on Tuesday.",
        "A round of talks between Marenia and Ordonia that was due on 20 May has been postponed, Veld said.",
    ],
)
def test_when_it_was_said_or_once_planned_is_no_date_of_an_encounter(sentence: str) -> None:
    found = told(sentence)
    assert found
    assert [m.date for m in found] == [None] * len(found)


def test_a_repeat_counts_from_what_it_repeats() -> None:
    text = "Marenia and Ordonia met in Lorne on Tuesday, as they had in the same town a week before."
    days = {m.date.start for m in told(text) if m.date}
    assert days == {"2024-05-14", "2024-05-07"}


PORT = """Dockers walk out again as pay talks stall

Published: 2023-10-19

Dockers at the port of Hesselby stopped work again on Thursday after a fourth round of talks between the Harbour \
Workers' Union and the operator Norquay Terminals ended without agreement shortly before midnight.

The union's general secretary, Petra Holm, and Norquay's chief executive, Alan Frith, sat across from one another for \
nine hours at the Hesselby labour board. They are due back at the board on Monday.

The two had last met on 6 October, a day before the first walkout. An earlier session, planned for 29 September, was \
cancelled when the mediator fell ill.

In 2019 a dispute over rosters ended after eleven days when the union and the company met in secret in a hotel in Varn.
"""

RIVER = """Basin states to sit down again in April

Published: 8 March 2024

Tarland and Imbria will hold a third round of negotiations on the Ossel river in Corvo from 22 to 24 April, Imbria's \
water ministry said on Friday.

The announcement came two days after the water ministers of the two states, Lena Oduya of Tarland and Pavel Dresk of \
Imbria, met for the first time since the dam was filled last July. Their meeting in Port Essel on Wednesday lasted \
five hours.

The second round, held in Corvo in late January, broke up after a day. Delegations had met there for the first time in \
November.

She spoke with the Union's envoy, Carl Wain, on the eve of their meeting. A working group last convened on 12 December \
2023. A summit of the two presidents, first proposed by the Union in 2021, is not planned for now.
"""


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (PORT, {"2023-10-19", "2023-10-23", "2023-10-06", "2023-09-29", "2019-01-01"}),
        (RIVER, {"2024-04-22", "2024-03-06", "2024-01-21", "2023-11-01", "2024-03-05", "2023-12-12"}),
    ],
    ids=["port", "river"],
)
def test_the_encounters_of_an_article_keep_their_days_apart(text: str, starts: set[str]) -> None:
    assert {m.date.start for m in read_text(text).meetings if m.date} == starts
