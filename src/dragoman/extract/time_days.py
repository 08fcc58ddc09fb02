"""From time expressions to days."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.lexicon import load
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN

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
        if anchor is None:
            return None
        first, last = _shift(date.fromisoformat(anchor.start), date.fromisoformat(anchor.end), time)
        return _found(first, last, time.text, "inferred")
    if written is None:
        return None
    low, high = date.fromisoformat(written.start), date.fromisoformat(written.end)
    if (high - low).days > 7:
        return None
    ends = [_from_day(time, day, way) for day in {low, high}]
    known = [e for e in ends if e is not None]
    if not known:
        return None
    return _found(min(e[0] for e in known), max(e[1] for e in known), time.text, "inferred")


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


def _from_day(time: TimeFound, day: date, way: int) -> tuple[date, date] | None:
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
    if time.day is not None and time.month is None:
        return _month_of(time, day, way)
    return _year_of(time, day, way)


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


def _until(time: TimeFound, day: date) -> tuple[date, date] | None:
    if time.unit == "week":
        return day, day + timedelta(6 - day.weekday())
    if time.unit == "year":
        return day, date(day.year, 12, 31)
    month = time.month or day.month
    return day, _month_end(day.year + (month < day.month), month)


def _year_of(time: TimeFound, day: date, way: int) -> tuple[date, date] | None:
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
    return nearest if abs((nearest[0] - day).days) <= _FAR else None
