"""The day a document was written, by days of the calendar that it shares with documents that bear their date.

Two reports of one affair name the same days in sentences of the same words: the one has "on 4 March", the other "since
Monday". Every day on which a document can have been written puts its expressions on days; on the right one those days
fall on days that others tell of in like words. What a sentence says is compared by its marks (`sketch_marks`), leaving
out those that are all over either document: who the parties are says nothing of when.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.extract.dating_solver import FIRST, LAST, USUAL, Days, Limit, days_of, meet, union, years_of
from dragoman.extract.findings import DateFound, Findings, SpanT, TimeFound
from dragoman.extract.lexicon import words
from dragoman.extract.sketch_marks import NAME_STEM, STEM, report, units
from dragoman.extract.spelling import skeleton
from dragoman.extract.time_days import settle

NEAR = 60
"""Days: a document tells of days this near, and is compared with documents that were written this near to it."""

_STAGE = 14
"""Days: of a day this near to what others wrote tense is believed; far from them a misread one would move all."""

SHARED = 3
"""Actors that two documents must share, at least, to tell of one affair."""

_SPECIFIC = 3
"""Sentences: a mark that more of one document's sentences have says nothing of any."""

_LEAST = 2
"""Marks that two sentences must share to be told of one thing."""

_MOST = 3
"""What one sentence can weigh: more shared marks are the same evidence, told at greater length."""

ENOUGH, FREE = (4, 2), (6, 3)
"""What all sentences that agree must weigh, and how many they must be: to choose the year of a date at the head, and
where nothing else is known. The same people in the same hall tell like things of every round."""

FEW, COPIED = (3, 1), (2, 1)
"""The same where the year is known, and where a copy of the document is dated."""

_FIGURED = 6
"""Actors that are to be shared where a figure that is in both stands for sentences that agree."""

_BUCKET = 10
"""Days under one key."""

_BUCKETS = 366 // _BUCKET + 1


@dataclass(frozen=True, slots=True)
class Point:
    """An expression that means one day or a few, and the marks of its sentence, which has the number `sentence`."""

    time: TimeFound
    marks: frozenset[str]
    sentence: int


@dataclass(frozen=True, slots=True)
class Dated:
    """What one document tells of days: `dated` is the date that it bears itself, `actors` the ids of all it names.

    `figures` are the numbers in it that are not round about any affair: thousands, and such with decimals.
    """

    document: str
    dated: tuple[str, str] | None
    actors: frozenset[str]
    points: tuple[Point, ...]
    figures: frozenset[str] = frozenset()


def times_of(findings: Findings) -> list[TimeFound]:
    """The expressions of a document that mean a day or a few, in its order."""
    return [clue.time for clue in findings.clues if clue.rule == "point"]


_SMALL = ("#0", "#1", "#2", "#3")
"""Numbers that are in too many sentences to say anything of one."""


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

    named = {
        "@" + skeleton(token)[:NAME_STEM]
        for actor in findings.actors
        for name in actor.names
        for token in re.findall(r"[^\W\d_]+", name)
    }

    def says(unit_marks: dict[str, SpanT]) -> set[str]:
        return {
            mark
            for mark, (start, end) in unit_marks.items()
            if len(mark) > 2
            and mark not in common
            and mark not in named
            and mark not in _SMALL
            and not any(a < end and start < b for a, b in inside)
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
    figures = frozenset(mark for mark in often if mark[0] == "#" and _telling(mark[1:]))
    return Dated(document, dated, frozenset(ids) - {""}, tuple(points), figures)


def _telling(figure: str) -> bool:
    return "." in figure or (len(figure) > 3 and not 1900 <= float(figure) <= 2100)


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
            here = _bucket(date(2000, time.month, time.day))
            buckets |= {here, (here - 1) % _BUCKETS, (here + 1) % _BUCKETS}
    return {f"p{bucket:02d}|{party}" for bucket in buckets for party in parties}


def _bucket(day: date) -> int:
    return (day.timetuple().tm_yday - 1) // _BUCKET


# -- alignment ---------------------------------------------------------------------------------------------------------


def framed(page: Dated, others: Iterable[Dated], left: Days) -> list[Limit]:
    """The days near the reports of the same people, where a day that the page names with its weekday chooses the year.

    A date with its weekday is of every sixth year or so: those who are named do not stay the same for as long.
    """
    fixed = [p for p in page.points if p.time.month and p.time.day and p.time.weekday is not None]
    bearing = sorted((o for o in others if _is_near_kind(page, o)), key=lambda o: o.document)
    if not fixed or not bearing:
        return []
    days = meet(_around(bearing), left)
    for time in (point.time for point in fixed):
        near = [days_of(time, year) for year in _years(time, days)]
        days = meet(days, union((span[0] - 2 * NEAR, span[1] + 2 * NEAR) for span in near if span))
    if not days or days[-1][1] - days[0][0] > 3 * NEAR:
        return []
    words_ = " ".join(fixed[0].time.text.split())
    says = f"names whom another document names, and “{words_}”"
    found = [Limit(says, days, _head_span(o), 3, o.document) for o in bearing[:1]]
    left = days
    for time in (point.time for point in fixed if point.time.direction):
        spans = [span for year in _years(time, days) if (span := days_of(time, year))]
        if not meet(union(spans), _around(bearing, _STAGE)):
            continue
        past = time.direction < 0
        sides = union((span[0], LAST) if past else (FIRST, span[1]) for span in spans)
        text = f"tells of “{' '.join(time.text.split())}” as {'past' if past else 'to come'}"
        found.append(Limit(text, sides, ((time.start, time.end),), USUAL))
        left = meet(left, sides)
    if not left:  # a tense was misread, nobody knows which
        return [limit for limit in found if limit.rank != USUAL]
    return found


def aligned(
    page: Dated, others: Iterable[Dated], left: Days, headed: Days, enough: tuple[int, int] = FREE
) -> list[Limit]:
    """The days of writing on which what a document tells falls on days that others tell of in like words.

    Args:
        page: the document, which bears no date.
        others: documents of the same affair; those that bear no date are passed over.
        left: the days that its own clues leave.
        headed: the days, in every year, of a date at its head without the year; () where it has none.
        enough: what the sentences that agree must weigh, and how many they must be.

    Returns: for each document that agrees most a limit; none where too little agrees, or in two years.
    """
    bearing = sorted((o for o in others if _is_near_kind(page, o)), key=lambda o: o.document)
    told = _told_by(bearing)
    if not told:
        return []
    figured = [o for o in bearing if page.figures & o.figures and len(page.actors & o.actors) >= _FIGURED]
    if headed and figured:
        enough = (1, 1)
    weights = _weights(page, told)
    if headed and figured:
        weights = {**_coinciding(page, _told_by(figured)), **weights}
    scores: dict[int, int] = {}
    used: dict[int, set[tuple[str, SpanT]]] = {}
    sentences: dict[int, int] = {}
    for day in _candidates(page, bearing, left, headed):
        best = _agreement(page, day, weights)
        if best:
            scores[day] = sum(value for value, _ in best.values())
            sentences[day] = len(best)
            used[day] = {place for _, places in best.values() for place in places}
    good = {d: s for d, s in scores.items() if s >= enough[0] and sentences[d] >= enough[1]}
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


def _head_span(other: Dated) -> tuple[SpanT, ...]:
    return tuple((point.time.start, point.time.end) for point in other.points[:1])


def _around(others: Sequence[Dated], near: int = NEAR) -> Days:
    """The days near those on which others were written."""
    written = [date.fromisoformat(o.dated[0]).toordinal() for o in others if o.dated]
    return union((day - near, day + near) for day in written)


def _is_near_kind(page: Dated, other: Dated, shared: int = SHARED) -> bool:
    return (
        other.document != page.document
        and other.dated is not None
        and other.dated[0] == other.dated[1]
        and len(page.actors & other.actors) >= shared
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
    """The days that an expression means, if they are few, as numbers.

    Of a date without its year the nearest: tense is misread too often to put it a year away.
    """
    meant = settle(time, here, direction=0 if time.form == "calendar" and time.month else None)
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
            best = 0
            places: list[tuple[str, SpanT]] = []
            for document, other in tellers:
                value = min(_MOST, len(point.marks & other.marks))
                if value < _LEAST:
                    continue
                if value > best:
                    best, places = value, []
                if value == best:
                    places.append((document, (other.time.start, other.time.end)))
            if best:
                found[point, day] = best, places
    return found


def _coinciding(page: Dated, told: dict[int, list[tuple[str, Point]]]) -> WeightsT:
    """The days of the calendar of which both tell, whatever their words."""
    return {
        (point, day): (1, [(document, (other.time.start, other.time.end)) for document, other in tellers])
        for point in page.points
        if point.time.month is not None
        for day, tellers in told.items()
    }


def _candidates(page: Dated, others: Sequence[Dated], left: Days, headed: Days) -> list[int]:
    """The days of writing to be tried: near a day that it names, and to a document that tells of the affair."""
    around = _around(others)
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
