"""From time expressions to days."""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.extract.findings import DateFound, TimeFound, WhenFound
from dragoman.extract.lexicon import load
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN

_FEW = 31
_LONGEST = 366
"""Days: so many may the day of writing be unsure by for everything to be settled, and for anything to be."""

_NEAR = 150
"""As `_FAR`, where all that is known of the writing is about the year."""

_SPAN = 2
"""Days, at most, between the two that make a span."""

_FAR = 300
"""A day without a year is not put further than this many days from the writing: the tense was misread, or the year is
told elsewhere."""


def settle(
    time: TimeFound, written: DateFound | None, anchor: DateFound | None = None, direction: int | None = None
) -> DateFound | None:
    """The days that an expression means, or None where the text does not say.

    `written` is the day of writing; `anchor` the days of the event that an anchored expression ("a week earlier")
    counts from; `direction` overrides the tense (a session that was put off lies ahead though its verb is past).
    The basis is "stated" where the words alone give the days, else "inferred".
    """
    way = time.direction if direction is None else direction
    if time.form == "calendar" and time.year is not None:
        first, last = _calendar(time, time.year)
        return _found(first, last, time.text, "stated")
    if time.form == "anchored":
        anchor = anchor if time.anchor is None else settle(time.anchor, written)
        if anchor is None:
            return None
        first, last = _shift(date.fromisoformat(anchor.start), date.fromisoformat(anchor.end), time)
        return _found(first, last, time.text, "inferred")
    if written is None:
        return None
    low, high = date.fromisoformat(written.start), date.fromisoformat(written.end)
    found = _over(time, low, high, way) if (high - low).days <= _LONGEST else None
    return _found(*found, time.text, "inferred") if found else None


@functools.lru_cache(4096)
def _over(time: TimeFound, low: date, high: date, way: int) -> tuple[date, date] | None:
    """The days that an expression can mean if it was written on any day from `low` to `high`.

    What would be another year's day on some of them is unknown, and so is what would be left so open that it says
    next to nothing; "last month", written some time in May, is April.
    """
    far = _FAR if (high - low).days <= _FEW else _NEAR
    days = [_from_day(time, low + timedelta(n), way, far) for n in range((high - low).days + 1)]
    known = [d for d in days if d is not None]
    if not known or (2 * len(known) < len(days) and time.form != "calendar"):
        return None
    first, last = min(d[0] for d in known), max(d[1] for d in known)
    own = max((d[1] - d[0]).days for d in known)
    return (first, last) if (last - first).days <= own + _FEW else None


def settle_when(when: WhenFound, written: DateFound | None) -> DateFound | None:
    """The days that several expressions say together (see `WhenFound`), or None where they do not say.

    A pair ("on Monday and Tuesday") is one date only where the two lie no more than two days apart; what is not counts
    by its first expression that gives days. What went on since some time went on up to the day of writing.
    """
    days = [found for time in when.times if (found := settle(time, written)) is not None]
    if when.how == "since":
        if not days or written is None or days[0].start > written.end:
            return None
        return DateFound(days[0].start, written.end, f"since {days[0].text}", days[0].basis)
    if when.how == "span" and len(days) == 2 and days[0].start <= days[1].end:
        return DateFound(days[0].start, days[1].end, f"{days[0].text} to {days[1].text}", days[0].basis)
    if when.how == "pair" and len(days) == 2:
        low, high = sorted(days, key=lambda d: d.start)
        if (date.fromisoformat(high.start) - date.fromisoformat(low.start)).days <= _SPAN:
            return DateFound(low.start, max(low.end, high.end), days[0].text, days[0].basis)
    return days[0] if days else None


def settle_past(when: WhenFound, written: DateFound | None) -> DateFound | None:
    """The days of something that was done before the document was written: the first that do not lie after that."""
    for time in when.times:
        found = settle(time, written)
        if found is not None and (written is None or found.start <= written.end):
            return found
    return None


def _found(first: date, last: date, text: str, basis: str) -> DateFound:
    return DateFound(first.isoformat(), last.isoformat(), " ".join(text.split()), basis)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _calendar(time: TimeFound, year: int) -> tuple[date, date]:
    """The days of a calendar expression in a year. Raises ValueError where the year has no such day."""
    if time.month is None:
        seasons: dict[str, list[int]] = load("times")["seasons"]
        if time.part in seasons:
            first, last = seasons[time.part or ""]
            return date(year, first, 1), _month_end(year + (last < first), last)
        if time.part is not None and "-" in time.part:  # a quarter or a half, as months
            first, last = map(int, time.part.split("-"))
            return date(year, first, 1), _month_end(year, last)
        if time.part is not None and time.part.endswith("decade"):
            low, high = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}.get(time.part.split("_")[0], (0, 9))
            return date(year + low, 1, 1), date(year + high, 12, 31)
        return date(year, 1, 1), date(year, 12, 31)
    if time.day is not None:
        return date(year, time.month, time.day), date(year, time.month, time.last or time.day)
    start, end = date(year, time.month, 1), _month_end(year, time.month)
    if time.part == "early":
        return start, start.replace(day=7 if "begin" in time.text or "start" in time.text else 10)
    if time.part == "mid":
        return start.replace(day=11), start.replace(day=20)
    if time.part == "late":
        return start.replace(day=21), end
    if time.part is not None and time.part.endswith("_week"):
        which = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(time.part.split("_")[0])
        if which is None:
            return end - timedelta(6), end
        return start.replace(day=7 * which + 1), start.replace(day=7 * which + 7)
    if time.part == "first":
        return start, start.replace(day=15)
    if time.part == "second":
        return start.replace(day=16), end
    return start, end


def _months_on(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shift(first: date, last: date, time: TimeFound) -> tuple[date, date]:
    """The days `step` units from others: "a week earlier" is the day a week before; "the week before" that week."""
    counted = re.match(r"the\s", time.text.lower()) is None
    if time.unit == "day":
        return first + timedelta(time.step), last + timedelta(time.step)
    if time.unit == "week":
        if counted:
            return first + timedelta(7 * time.step), last + timedelta(7 * time.step)
        monday = first - timedelta(first.weekday()) + timedelta(7 * time.step)
        return monday, monday + timedelta(6)
    months = time.step * (12 if time.unit == "year" else 1)
    if time.unit == "year":
        return date(first.year + time.step, 1, 1), date(first.year + time.step, 12, 31)
    moved = _months_on(first, months)
    return moved.replace(day=1), _month_end(moved.year, moved.month)


def _from_day(time: TimeFound, day: date, way: int, far: int = _FAR) -> tuple[date, date] | None:
    """The days of an expression that was written on a day."""
    if time.form == "weekday" and time.weekday is not None and time.last is not None:
        end = _from_day(replace(time, weekday=time.last, last=None), day, way)
        return (end[0] - timedelta((time.last - time.weekday) % 7), end[0]) if end else None
    if time.form == "weekday" and time.weekday is not None:
        back = (day.weekday() - time.weekday) % 7
        if way == UNKNOWN:
            # Without a tense: the day itself if it is today's, else it could be either.
            return (day, day) if back == 0 else None
        if time.step == 2:
            found = day + timedelta(((time.weekday - day.weekday()) % 7 or 7) + 7)
        elif time.step == -2:
            found = day - timedelta((back or 7) + 7)
        elif way == PAST:
            found = day - timedelta(back or (7 if time.step == PAST else 0))
        else:
            ahead = (time.weekday - day.weekday()) % 7
            found = day + timedelta(ahead or (7 if time.step == FUTURE else 0))
        return found, found
    if time.form == "offset":
        return _offset(time, day, way)
    if time.form == "until":
        return _until(time, day)
    if time.form in ("near", "some"):
        return _about(time, day)
    if time.day is not None and time.month is None:
        return _month_of(time, day, way)
    return _year_of(time, day, way, far)


def _month_of(time: TimeFound, day: date, way: int) -> tuple[date, date] | None:
    """A day without its month: the nearest that tense and weekday leave."""
    around = []
    for month in (-1, 0, 1):
        first = _months_on(day.replace(day=1), month)
        if (time.day or 1) <= calendar.monthrange(first.year, first.month)[1]:
            around.append(first.replace(day=time.day or 1))
    around = [a for a in around if time.weekday in (None, a.weekday()) and (a - day).days * way >= 0]
    best = min(around, key=lambda a: abs((a - day).days), default=None)
    return (best, best) if best else None


def _offset(time: TimeFound, day: date, way: int) -> tuple[date, date] | None:
    if time.part is not None:
        whole = _offset(replace(time, part=None), day, way)
        return _part_of(time, *whole, day) if whole is not None else None
    if time.unit == "day":
        return day + timedelta(time.step), day + timedelta(time.step)
    monday = day - timedelta(day.weekday())
    if time.unit == "weekend":
        weeks = time.step
        if time.step == 0 and way == PAST:
            weeks = -1 if day.weekday() < 5 else 0
        elif time.step == 0 and way == UNKNOWN and day.weekday() < 5:
            return None
        saturday = monday + timedelta(7 * weeks + 5)
        return saturday, saturday + timedelta(1)
    if time.unit == "week":
        if re.match(r"(an?|one|\w+)\s+(week|fortnight)s?\s+ago|(in|within)\s", time.text.lower()):
            around = day + timedelta(7 * time.step)
            return around - timedelta(1), around + timedelta(1)
        first = monday + timedelta(7 * time.step)
        return first, first + timedelta(6)
    if time.unit == "month":
        moved = _months_on(day, time.step)
        return moved.replace(day=1), _month_end(moved.year, moved.month)
    year = day.year + time.step
    return date(year, 1, 1), date(year, 12, 31)


def _about(time: TimeFound, day: date) -> tuple[date, date]:
    """What is told by no more than about how far it is: "in recent days", "a few weeks ago", "in the next 3 days"."""
    unit = {"day": 1, "week": 7, "month": 30, "year": 365}[time.unit or "day"]
    if time.form == "near":
        reach = abs(time.step) * unit or load("times")["near_days"][time.unit or "day"]
        return (day - timedelta(reach), day) if time.direction == PAST else (day, day + timedelta(reach))
    least, most = load("times")["some_words"][time.part or "some"]
    near, far = day + timedelta(time.step * least * unit), day + timedelta(time.step * most * unit)
    return min(near, far), max(near, far)


def _part_of(time: TimeFound, first: date, last: date, day: date) -> tuple[date, date]:
    """A part of a week, a month or a year: "early next week", "late last month", "earlier this year"."""
    if time.part == "before":
        return first, max(first, day - timedelta(1))
    length = (last - first).days + 1
    third = length // 3 if time.unit != "week" else 3
    if time.part == "early":
        return first, first + timedelta(third - 1)
    if time.part == "late":
        return last - timedelta(third), last
    return first + timedelta(third - (time.unit == "week")), last - timedelta(third)


def _until(time: TimeFound, day: date) -> tuple[date, date] | None:
    if time.unit == "week":
        return day, day + timedelta(6 - day.weekday())
    if time.unit == "year":
        return day, date(day.year, 12, 31)
    month = time.month or day.month
    return day, _month_end(day.year + (month < day.month), month)


def _year_of(time: TimeFound, day: date, way: int, far: int) -> tuple[date, date] | None:
    """A calendar date without a year, put into the year that tense and day of writing leave, or None."""
    around = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            around.append(_calendar(time, year))
        except ValueError:
            continue
    if time.weekday is not None:
        around = [a for a in around if a[0].weekday() == time.weekday]
    if way == PAST:
        around = [a for a in around if a[0] <= day]
    elif way == FUTURE:
        around = [a for a in around if a[1] >= day]
    else:
        around = [a for a in around if abs((a[0] - day).days) < 183]
    if not around:
        return None
    nearest = min(around, key=lambda a: abs((a[0] - day).days))
    return nearest if abs((nearest[0] - day).days) <= far else None
