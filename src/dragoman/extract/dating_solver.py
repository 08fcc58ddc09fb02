"""From clues to the days on which a text can have been written.

Every clue leaves some days: closed intervals of day numbers (`datetime.date.toordinal`), sorted and disjoint. A date
without its year leaves an interval in every year, a year that lies `n` years back one year, a plan all days before it.
The text was written on the days that all of them leave: plain interval constraints, as in Allen's and Dechter's work
on temporal networks (Dechter, Meiri, Pearl 1991), with one variable.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dragoman.extract.findings import ClueFound, DateFound, ReasonFound, SpanT, TimeFound
from dragoman.extract.time_days import settle

Days = tuple[tuple[int, int], ...]

FIRST, LAST = date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
EVER: Days = ((FIRST, LAST),)

NEAR = 300
"""Days: a date without its year is told of this much from it at most. Later, a writer would name the year."""

USUALLY = 120
"""Days: what a date without its year mostly is within."""

NEWS = 2
"""Days: what a report begins with is this old at most, mostly."""

CLOSE = 31
"""Days: a date with both weekday and year, in a text, is of something this near (captions, what has just happened)."""

FRESH = 2
"""Days: the latest post that a text quotes is this old at most."""

NARROW = 31
"""Days: what is longer is given only if it lies in one year, so that at least the year is known."""


USUAL = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """What one clue leaves of all days, in words, and where it stands; `document` is None for the text itself.

    `rank` says how far it is believed: 0 what the page states of itself, 1 what words say, 2 what tense and tone say, 3
    what other documents say, 4 what is usual in news, which counts only where nothing speaks against it.
    """

    says: str
    days: Days
    spans: tuple[SpanT, ...] = ()
    rank: int = 1
    document: str | None = None


def meet(a: Days, b: Days) -> Days:
    """The days that are in both."""
    found, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        low, high = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if low <= high:
            found.append((low, high))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def union(days: Iterable[tuple[int, int]]) -> Days:
    """Intervals in any order, as sorted disjoint ones."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(days):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return tuple(found)


def interval(days: Days) -> DateFound | None:
    """The days as a date if they are few enough to be of use: no longer than `NARROW`, or all of one year."""
    if not days:
        return None
    first, last = date.fromordinal(days[0][0]), date.fromordinal(days[-1][1])
    if (last - first).days >= NARROW and first.year != last.year:
        return None
    return DateFound(first.isoformat(), last.isoformat(), "", "inferred")


def solve(limits: Iterable[Limit]) -> tuple[Days, list[ReasonFound]]:
    """The days that all limits leave, and for each limit that took some away a reason; the order of limits is nothing.

    Limits of a lower rank are believed first. One that leaves nothing of what is left is not believed, and is a reason
    against; where it is of the same rank as one that is believed, the text contradicts itself, and no day is left.
    """
    left, reasons = EVER, []
    highest = -1
    for limit in sorted(set(limits), key=_order):
        both = meet(left, limit.days)
        against = not both
        if against and limit.rank == USUAL:
            continue
        if against and limit.rank <= highest:
            return (), []
        if against or both != left:
            spans = list(limit.spans)
            reasons.append(ReasonFound(limit.says, _hull(limit), against, spans, limit.document))
        if not against:
            left, highest = both, max(highest, limit.rank)
    return left, reasons


def _order(limit: Limit) -> tuple[object, ...]:
    # Of what others say the wider comes first: then each step of the argument is a reason.
    width = _width(limit.days)
    return limit.rank, -width if limit.rank >= 3 else width, limit.days, limit.says, limit.spans, limit.document or ""


def _width(days: Days) -> int:
    return sum(high - low + 1 for low, high in days)


def _hull(limit: Limit) -> DateFound | None:
    """The days of a limit that is bounded on both sides and stands in one year or nearly."""
    if not limit.days or limit.days[-1][1] - limit.days[0][0] > 730:
        return None
    first, last = (date.fromordinal(d).isoformat() for d in (limit.days[0][0], limit.days[-1][1]))
    return DateFound(first, last, "", "inferred")


# -- what expressions leave --------------------------------------------------------------------------------------------


def days_of(time: TimeFound, year: int) -> tuple[int, int] | None:
    """The first and the last day of a calendar expression in a year; None where that year has no such day."""
    found = settle(_in_year(time, year), None) if time.form == "calendar" else None
    if found is None:
        return None
    first, last = date.fromisoformat(found.start), date.fromisoformat(found.end)
    if time.day is not None and time.weekday is not None and first.weekday() != time.weekday:
        return None
    return first.toordinal(), last.toordinal()


def _in_year(time: TimeFound, year: int) -> TimeFound:
    if time.day is not None and time.day > calendar.monthrange(year, time.month or 1)[1]:
        return replace(time, form="none")
    return replace(time, year=year)


def years_of(time: TimeFound) -> range:
    """The years that a calendar expression can be of."""
    return range(time.year, time.year + 1) if time.year is not None else range(1900, 2101)


def after(time: TimeFound, near: int = NEAR) -> Days:
    """The days on which an event can be told as past: from its first day on; without a year, `near` days long."""
    spans = [s for year in years_of(time) if (s := days_of(time, year))]
    if time.year is not None:
        return ((spans[0][0], LAST),) if spans else ()
    return union((low, high + near) for low, high in spans)


def before(time: TimeFound, near: int = NEAR) -> Days:
    """The days on which an event can be told as to come: up to its last day; without a year, `near` days long."""
    spans = [s for year in years_of(time) if (s := days_of(time, year))]
    if time.year is not None:
        return ((FIRST, spans[0][1]),) if spans else ()
    return union((low - near, high) for low, high in spans)


def writing_days(time: TimeFound, day: date, way: int | None = None) -> Days:
    """The days on which an expression that means this day can have been written.

    The inverse of `settle`, found by trying every day that is near enough. `way` overrides the tense.
    """
    if time.form == "calendar" and time.month is not None and time.day is not None:
        direction = time.direction if way is None else way
        there = days_of(time, day.year)
        if there is None or not there[0] <= day.toordinal() <= there[1] or time.year not in (None, day.year):
            return ()
        low, high = day.toordinal() - NEAR, day.toordinal() + NEAR
        return ((low if direction >= 0 else day.toordinal(), high if direction <= 0 else day.toordinal()),)
    if time.form not in ("weekday", "offset"):
        return ()
    reach = {"year": 800, "month": 100}.get(time.unit or "", 40) if time.form == "offset" else 21
    found = []
    for number in range(day.toordinal() - reach, day.toordinal() + reach + 1):
        here = date.fromordinal(number).isoformat()
        meant = settle(time, DateFound(here, here, "", "inferred"), direction=way)
        if meant is not None and meant.start <= day.isoformat() <= meant.end:
            found.append((number, number))
    return union(found)


def whole_years(first: int, last: int) -> Days:
    """From the first day of one year to the last of another."""
    return ((date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()),)


def limit_of(clue: ClueFound) -> Limit | None:
    """What a clue leaves; None for one that says something only together with others."""
    time, words = clue.time, " ".join(clue.time.text.split())
    spans = (clue.span,)
    if clue.rule == "head":
        exact = union(s for year in years_of(time) if (s := days_of(time, year)))
        return Limit(f"dated “{words}” without the year", exact, spans, 0)
    if clue.rule == "past":
        rank = 1 if time.year is not None else 2
        return Limit(f"tells of “{words}” as past", after(time), spans, rank)
    if clue.rule == "planned":
        return Limit(f"tells of “{words}” as to come", before(time), spans, 2)
    if clue.rule == "ago" and time.anchor is not None and time.anchor.year is not None:
        first = time.anchor.year - time.step
        more = 0 if clue.strict else 1
        return Limit(f"“{words}” was in {time.anchor.year}", whole_years(first, first + more), spans, 1)
    if clue.rule == "same" and time.anchor is not None:
        found: list[tuple[int, int]] = []
        for year in years_of(time.anchor):
            there = days_of(time.anchor, year)
            if there is not None:
                found += writing_days(time, date.fromordinal(there[0]), None if time.direction else clue.way or None)
        return Limit(f"“{words}” is {' '.join(time.anchor.text.split())}", union(found), spans, 1)
    if clue.rule in ("stamp", "caption"):
        there = days_of(time, time.year or 0)
        if there is None:
            return None
        if clue.rule == "stamp":
            return Limit(f"quotes what was posted on {words}", ((there[0], there[0] + FRESH),), spans, 2)
        low, high = (there[0] if time.direction <= 0 else there[0] - CLOSE), there[1] + CLOSE
        return Limit(f"gives weekday and year of {words}, as of something near", ((low, high),), spans, 2)
    if clue.rule == "lead" and time.anchor is not None and time.weekday is not None:
        days = [there[0] for year in years_of(time.anchor) if (there := days_of(time.anchor, year))]
        ends = [d + (time.weekday - date.fromordinal(d).weekday()) % 7 for d in days]
        dated = " ".join(time.anchor.text.split())
        return Limit(f"begins with “{words}”, the first since {dated}", union((d, d) for d in ends), spans, 2)
    return None


def usual_of(clue: ClueFound) -> list[Limit]:
    """What is usual of a date without its year (`limit_of` says what must be): that the event is not far.

    It is the news of the day where the first words of a report tell of it with its weekday.
    """
    time = clue.time
    if clue.rule not in ("past", "planned") or time.year is not None or time.day is None:
        return []
    words = " ".join(time.text.split())
    days = after(time, USUALLY) if clue.rule == "past" else before(time, USUALLY)
    found = [Limit(f"tells of “{words}” without the year, so it is near", days, (clue.span,), USUAL)]
    if clue.rule == "past" and clue.strict and time.weekday is not None:
        found.append(Limit(f"begins with “{words}”, so it is news", after(time, NEWS), (clue.span,), USUAL))
    return found


__all__ = [
    "EVER",
    "NEWS",
    "USUAL",
    "Days",
    "Limit",
    "after",
    "before",
    "days_of",
    "interval",
    "limit_of",
    "meet",
    "solve",
    "union",
    "usual_of",
    "whole_years",
    "writing_days",
]
