"""The day a document was written, by days of the calendar that it shares with documents that bear their date.

Two reports of one affair name the same days in sentences of the same words: the one has "on 4 March", the other "since
Monday". Every day on which a document can have been written puts its expressions on days; on the right one those days
fall on days that others tell of in like words. What a sentence says is compared by its marks (`sketch_marks`), leaving
out those that are all over either document: who the parties are says nothing of when.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.extract.dating_solver import Days, Limit, days_of, meet, union, years_of
from dragoman.extract.findings import DateFound, Findings, SpanT, TimeFound
from dragoman.extract.lexicon import words
from dragoman.extract.sketch_marks import STEM, report, units
from dragoman.extract.time_days import settle

NEAR = 60
"""Days: a document tells of days this near, and is compared with documents that were written this near to it."""

SHARED = 3
"""Actors that two documents must share, at least, to tell of one affair."""

_SPECIFIC = 3
"""Sentences: a mark that more of one document's sentences have says nothing of any."""

_MOST = 3
"""What one sentence can weigh: more shared marks are the same evidence, told at greater length."""

ENOUGH, _SENTENCES = 4, 2
"""What all sentences that agree must weigh, and how many they must be."""

WITH_KIN = 2
"""What they must weigh where all that is left is a few days, since a copy of the document is dated."""

_BUCKET = 10
"""Days under one key."""


@dataclass(frozen=True, slots=True)
class Point:
    """An expression that means one day or a few, and the marks of its sentence, which has the number `sentence`."""

    time: TimeFound
    marks: frozenset[str]
    sentence: int


@dataclass(frozen=True, slots=True)
class Dated:
    """What one document tells of days: `dated` is the date that it bears itself, `actors` the ids of all it names."""

    document: str
    dated: tuple[str, str] | None
    actors: frozenset[str]
    points: tuple[Point, ...]


def times_of(findings: Findings) -> list[TimeFound]:
    """The expressions of a document that mean a day or a few, in its order."""
    return [clue.time for clue in findings.clues if clue.rule == "point"]


def points_of(document: str, text: str, findings: Findings, ids: Sequence[str]) -> Dated:
    """What a document tells of days.

    Args:
        document: its id.
        text: of it.
        findings: by its own date.
        ids: for each of its actors the id by which the record knows it, "" where it knows none.
    """
    times = times_of(findings)
    found = units(text, report(text, findings.furniture)) if times else []
    starts = [unit.start for unit in found]
    common = {word[:STEM] for word in words("times", "any_affair")}
    inside = [(time.start, time.end) for time in times]

    def says(unit_marks: dict[str, SpanT]) -> set[str]:
        return {
            mark
            for mark, (start, end) in unit_marks.items()
            if mark not in common and not any(a < end and start < b for a, b in inside)
        }

    marks = [says(unit.marks) for unit in found]
    often = Counter(mark for some in marks for mark in some)
    points = []
    for time in times:
        place = bisect_right(starts, time.start) - 1
        if place >= 0 and time.start < found[place].end:
            specific = frozenset(mark for mark in marks[place] if often[mark] <= _SPECIFIC)
            points.append(Point(time, specific, place))
    dated = (findings.dated.start, findings.dated.end) if findings.dated else None
    return Dated(document, dated, frozenset(ids) - {""}, tuple(points))


# -- keys --------------------------------------------------------------------------------------------------------------


def point_keys(findings: Findings, parties: Iterable[str]) -> set[str]:
    """The strings under which the days that a dated document tells of are kept: about when, and for whom."""
    if findings.dated is None or findings.dated.start != findings.dated.end:
        return set()
    here = findings.dated
    found = (_meant(time, here) for time in times_of(findings))
    buckets = {_bucket(date.fromordinal(day)) for span in found if span for day in span}
    return {f"p{bucket:02d}|{party}" for bucket in buckets for party in parties}


def point_lookups(findings: Findings, parties: Iterable[str]) -> set[str]:
    """The keys of what can date a document that names days without their year."""
    buckets: set[int] = set()
    for clue in findings.clues:
        time = clue.time
        if clue.rule in ("point", "head") and time.month is not None and time.day is not None:
            span = days_of(time, time.year or 2000)
            if span is not None:
                here = _bucket(date.fromordinal(span[0]))
                buckets |= {here, (here - 1) % 37, (here + 1) % 37}
    return {f"p{bucket:02d}|{party}" for bucket in buckets for party in parties}


def _bucket(day: date) -> int:
    return (day.timetuple().tm_yday - 1) // _BUCKET


# -- alignment ---------------------------------------------------------------------------------------------------------


def aligned(page: Dated, others: Iterable[Dated], left: Days, headed: Days, enough: int = ENOUGH) -> list[Limit]:
    """The days of writing on which what a document tells falls on days that others tell of in like words.

    Args:
        page: the document, which bears no date.
        others: documents of the same affair; those that bear no date are passed over.
        left: the days that its own clues leave.
        headed: the days, in every year, of a date at its head without the year; () where it has none.
        enough: what the sentences that agree must weigh.

    Returns: for each document that agrees most a limit; none where too little agrees, or in two years.
    """
    bearing = sorted((o for o in others if _is_near_kind(page, o)), key=lambda o: o.document)
    told = _told_by(bearing)
    if not told:
        return []
    weights = _weights(page, told)
    scores: dict[int, int] = {}
    used: dict[int, set[tuple[str, SpanT]]] = {}
    sentences: dict[int, int] = {}
    for day in _candidates(page, bearing, left, headed):
        best = _agreement(page, day, weights)
        if best:
            scores[day] = sum(value for value, _ in best.values())
            sentences[day] = len(best)
            used[day] = {place for _, places in best.values() for place in places}
    good = {d: s for d, s in scores.items() if s >= enough and (sentences[d] >= _SENTENCES or enough < ENOUGH)}
    if not good:
        return []
    most = max(good.values())
    days = sorted(d for d, s in good.items() if s == most)
    year = date.fromordinal(days[0]).year
    rivals = [s for d, s in scores.items() if abs(d - days[0]) > NEAR]
    if days[-1] - days[0] > NEAR or (rivals and 2 * max(rivals) > most):
        return []
    spans: dict[str, set[SpanT]] = defaultdict(set)
    for document, span in (place for d in days for place in used[d]):
        spans[document].add(span)
    says = f"tells of days of {year} as another document does"
    inside = union((d, d) for d in days)
    return [Limit(says, inside, tuple(sorted(found)[:3]), 3, document) for document, found in sorted(spans.items())]


def _is_near_kind(page: Dated, other: Dated) -> bool:
    return (
        other.document != page.document
        and other.dated is not None
        and other.dated[0] == other.dated[1]
        and len(page.actors & other.actors) >= SHARED
    )


def _told_by(others: Sequence[Dated]) -> dict[int, list[tuple[str, Point]]]:
    """For each day who tells of it, and how."""
    found: dict[int, list[tuple[str, Point]]] = defaultdict(list)
    for other in others:
        here = DateFound(*(other.dated or ("", "")), "", "stated")
        for point in other.points:
            for day in _meant(point.time, here):
                found[day].append((other.document, point))
    return found


def _meant(time: TimeFound, here: DateFound) -> list[int]:
    """The days that an expression means, if they are few, as numbers."""
    meant = settle(time, here)
    if meant is None:
        return []
    first, last = (date.fromisoformat(d).toordinal() for d in (meant.start, meant.end))
    return list(range(first, last + 1)) if last - first <= 4 else []


WeightsT = dict[tuple[Point, int], tuple[int, list[tuple[str, SpanT]]]]


def _weights(page: Dated, told: dict[int, list[tuple[str, Point]]]) -> WeightsT:
    """How much a sentence of the page has in common with what is told of a day, and where that stands."""
    found: WeightsT = {}
    for point in page.points:
        for day, tellers in told.items():
            best, places = 0, []
            for document, other in tellers:
                value = min(_MOST, len(point.marks & other.marks))
                if value > best:
                    best, places = value, []
                if value and value == best:
                    places.append((document, (other.time.start, other.time.end)))
            if best:
                found[point, day] = best, places
    return found


def _candidates(page: Dated, others: Sequence[Dated], left: Days, headed: Days) -> list[int]:
    """The days of writing to be tried: near a day that it names, and to a document that tells of the affair."""
    around = union((d - NEAR, d + NEAR) for o in others for d in [date.fromisoformat((o.dated or ("", ""))[0]).toordinal()])
    days = meet(around, left)
    if headed:
        days = meet(days, headed)
    else:
        named = union(
            (span[0] - NEAR, span[1] + NEAR)
            for point in page.points
            if point.time.month is not None and point.time.day is not None
            for year in _years(point.time, around)
            if (span := days_of(point.time, year))
        )
        days = meet(days, named)
    return [day for first, last in days for day in range(first, last + 1)]


def _years(time: TimeFound, around: Days) -> list[int]:
    near = {date.fromordinal(d).year for span in around for d in span}
    return [year for year in years_of(time) if year in near]


def _agreement(page: Dated, day: int, weights: WeightsT) -> dict[int, tuple[int, list[tuple[str, SpanT]]]]:
    """For each sentence that agrees with others, were it written on a day: how much, and with what."""
    here = DateFound(date.fromordinal(day).isoformat(), date.fromordinal(day).isoformat(), "", "inferred")
    best: dict[int, tuple[int, list[tuple[str, SpanT]]]] = {}
    for point in page.points:
        for meant in _meant(point.time, here):
            found = weights.get((point, meant))
            if found is not None and found[0] > best.get(point.sentence, (0, []))[0]:
                best[point.sentence] = found
    return best
