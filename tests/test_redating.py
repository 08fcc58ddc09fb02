"""Dates settled anew for another day of writing, without reading the text again."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.findings import DateFound, Findings
from dragoman.extract.reader import read_text
from dragoman.extract.redating import redate

TEXTS = sorted((Path(__file__).parent / "gold" / "texts").glob("*.txt"))[::4]
HEAD = "Tolls: Marenia and Ordonia still apart\n\n"
DATE_LINE = "Published 15 May 2024\n\n"
BODY = """LORNE — Marenia and Ordonia held talks on the tolls of the Sill canal on Tuesday, and the two delegations \
will meet again in Lorne on 21 May. The Marenian foreign minister, Anna Brell, met her Ordonian counterpart, Jonas \
Tarr, in Vesk on 2 April. The talks broke off after four hours without an agreement.

The day before, Brell had spoken with Tarr by telephone. "We reject the toll on grain," Brell said on Monday.

Marenia and Ordonia agreed last week to exchange 40 detained sailors. A truce between Marenia and Ordonia, which they \
signed on 3 March, is to last until 30 June.
"""


def day(text: str) -> DateFound:
    return DateFound(text, text, text, "metadata")


@functools.cache
def found_in(path: Path) -> Findings:
    return read_text(path.read_text(encoding="utf-8"))


@functools.cache
def canal(date_line: str) -> Findings:
    return read_text(HEAD + date_line + BODY)


def dates(findings: Findings) -> list[DateFound | None]:
    found = [m.date for m in findings.meetings] + [p.date for p in findings.positions]
    found += [s.date for s in findings.statements]
    for agreement in findings.agreements:
        found += [agreement.date, agreement.until, *(s.date for s in agreement.steps)]
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_with_its_own_day_of_writing_nothing_changes(path: Path) -> None:
    found = found_in(path)
    assert redate(found, found.dated) == found


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_what_was_settled_for_another_day_leaves_no_trace(path: Path) -> None:
    found = found_in(path)
    assert redate(redate(found, day("1931-02-11")), found.dated) == found


def test_a_text_whose_date_line_is_gone_gets_the_same_dates_from_outside() -> None:
    whole, bare = canal(DATE_LINE), canal("")
    assert whole.dated is not None
    assert bare.dated is None
    assert [d for d in dates(bare) if d is not None] == []
    later = redate(bare, whole.dated)
    assert dates(later) == dates(whole)
    assert len([d for d in dates(whole) if d is not None]) >= 5


def test_days_that_count_from_another_event_move_with_it() -> None:
    met, by_telephone = (
        next(m for m in redate(canal(""), day("2023-05-17")).meetings if m.kind == kind) for kind in ("talks", "call")
    )
    assert met.date is not None
    assert by_telephone.date is not None
    assert date.fromisoformat(by_telephone.date.start).year == 2023


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 12))
def test_no_day_of_writing_is_too_odd_and_what_is_past_is_not_ahead(start: date, length: int) -> None:
    written = DateFound(start.isoformat(), (start + timedelta(length)).isoformat(), "", "inferred")
    found = redate(canal(""), written)
    assert found.dated == written
    for meeting in found.meetings:
        if meeting.status == "held" and meeting.date is not None:
            assert meeting.date.start <= written.end
    for position in found.positions:
        assert position.date is None or position.date.start <= written.end


def test_the_findings_given_stay_as_they_were() -> None:
    bare = canal("")
    before = bare.to_json()
    redate(bare, day("2024-05-15"))
    assert bare.to_json() == before
    assert Findings.from_json(redate(bare, day("2024-05-15")).to_json()) == redate(bare, day("2024-05-15"))
