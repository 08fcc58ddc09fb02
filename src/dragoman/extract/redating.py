"""Dates settled anew for another day of writing, from the expressions that the findings keep: no new parse.

A document's own words often do not say when it was written; other documents, or what comes with it, may. Everything
that a date rests on is kept unsettled in `when` (the expressions with the tense they are said in, and the event that
they count from, see `WhenFound`), so that a date is a pure function of `when` and the day of writing.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.extract.findings import AgreementFound, DateFound, Findings, MeetingFound, WhenFound
from dragoman.extract.time_days import settle_past, settle_when


def redate(findings: Findings, dated: DateFound | None) -> Findings:
    """The findings as they are if the document was written then: every date settled anew, all else as it was.

    Which mentions tell of one encounter, or of one agreement, is not asked again.

    Args:
        findings: of one document; they are left as they are.
        dated: when it was written, as an interval of days; None if that is not known.
    """
    meetings = [replace(m, date=_again(m.when, m.date, dated)) for m in findings.meetings]
    claims = [
        replace(c, date=meetings[c.meeting].date)
        if c.meeting is not None and c.date is not None and c.date == findings.meetings[c.meeting].date
        else c
        for c in findings.claims
    ]
    return replace(
        findings,
        dated=dated,
        meetings=meetings,
        claims=claims,
        statements=[replace(s, date=_before(s.when, s.date, dated)) for s in findings.statements],
        positions=[replace(p, date=_before(p.when, p.date, dated)) for p in findings.positions],
        agreements=[_agreement(a, dated) for a in findings.agreements],
    )


def undated(findings: Findings) -> list[MeetingFound]:
    """The encounters that would have a date if the day of writing were known."""
    return [m for m in findings.meetings if m.date is None and m.when is not None and m.when.times]


def _agreement(found: AgreementFound, dated: DateFound | None) -> AgreementFound:
    return replace(
        found,
        date=_before(found.when, found.date, dated),
        until=_again(found.until_when, found.until, dated),
        steps=[replace(s, date=_before(s.when, s.date, dated)) for s in found.steps],
    )


def _again(when: WhenFound | None, date: DateFound | None, dated: DateFound | None) -> DateFound | None:
    """The days of something that may lie ahead; a date that rests on no expression stays."""
    return date if when is None else settle_when(when, dated)


def _before(when: WhenFound | None, date: DateFound | None, dated: DateFound | None) -> DateFound | None:
    """The days of something that had been done when the document was written."""
    return date if when is None else settle_past(when, dated)
