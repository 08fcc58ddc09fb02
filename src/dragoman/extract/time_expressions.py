"""Every expression of time in a text as an interval with its basis: what `dragoman.times` gives.

The classes are those of TIMEX3 (ISO 24617-1: date, duration, set), with the dates told apart by what they count from.
Points in time are read as everywhere else (time_words.py, time_days.py); durations, repetitions and ranges of two
expressions, which no date of an encounter is taken from, are read here.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from dragoman.extract import DEFAULT_PIPELINE, pipeline
from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.layout import lay_out
from dragoman.extract.lexicon import load, words
from dragoman.extract.page import Block, Page
from dragoman.extract.parsing import parse
from dragoman.extract.time_days import settle
from dragoman.extract.time_order import order_of
from dragoman.extract.time_words import FUTURE, PAST, times_in
from dragoman.extract.times import TimeSaid, tensed

_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "night": 1440, "week": 10080, "fortnight": 20160, "month": 43200,
            "year": 525600}  # fmt: skip
"""A month counts as 30 days, a year as 365."""

_SPELT = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

_TO = re.compile(r"\s*(?:to|until|till|through|and|–|—|-)\s+(?:on\s+)?(?:the\s+)?|\s?[–—-]\s?", re.I)
_FROM = re.compile(r"\b(?:from|between)\s+(?:on\s+)?(?:the\s+)?$", re.I)


@dataclass(slots=True)
class _Read:
    """An expression as it was read, before it is known which of those that overlap stays."""

    start: int
    end: int
    kind: str
    time: TimeFound | None = None
    last: TimeFound | None = None
    minutes: int | None = None


def read_expressions(text: str, written: DateFound | None) -> list[TimeSaid]:
    """See `dragoman.extract.times.expressions`."""
    nlp = pipeline.load(DEFAULT_PIPELINE)
    [page] = parse(nlp, [(text, lay_out(text))])
    if written is None:
        from dragoman.extract.dating import written_on

        written = written_on(page)
    order = order_of(text)
    found = [one for block in page.blocks for one in _in_block(block, order)]
    return [_said(one, i, found, page, written) for i, one in enumerate(found)]


def _in_block(block: Block, order: str | None) -> list[_Read]:
    text = block.text
    points = [
        _Read(t.start - block.start, t.end - block.start, _kind(t), tensed(t, block))
        for t in times_in(text, block.start, order)
    ]
    extra = list(_others(text))
    found: list[_Read] = []
    # The longer one stays where two overlap: "every Thursday" before "Thursday", "three days ago" before "three days".
    for one in sorted(points + extra, key=lambda o: (o.start - o.end, o.start, o.kind)):
        if all(one.end <= f.start or f.end <= one.start for f in found):
            found.append(one)
    found.sort(key=lambda o: o.start)
    found = _ranges(found, text)
    return [replace(o, start=o.start + block.start, end=o.end + block.start) for o in found]


def _kind(time: TimeFound) -> str:
    """The class of a point in time."""
    if time.last is not None:
        return "range"
    if time.form == "anchored":
        return "event"
    if time.form == "calendar":
        if time.day is not None and time.month is None:
            return "relative"
        return "vague" if time.part is not None and not time.month and not time.year else "absolute"
    if time.form in ("near", "some"):
        return "relative" if time.form == "near" and time.step else "vague"
    if time.form == "offset" and (time.part or (time.unit != "day" and not _counted(time))):
        return "vague"
    return "vague" if time.form == "until" else "relative"


def _counted(time: TimeFound) -> bool:
    low = time.text.lower()
    return low.endswith(("ago", "time")) or low.startswith(("in ", "within "))


@functools.cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    number = "|".join(
        [*(f"{ten}(?:-(?:{'|'.join(_SPELT[:9])}))?" for ten in _TENS), *sorted(_SPELT, key=len, reverse=True)]
    )
    some = "|".join(sorted(load("times")["some_words"], key=len, reverse=True))
    count = rf"(?P<n>\d+(?:[.,]\d+)?|{number}|an?\b(?!\s+\w+s\b|\s+\w+s-)|half\s+an?)"
    unit = r"(?P<u>minute|hour|day|night|week|fortnight|month|year)"
    duration = (
        rf"\b(?:{count}(?P<half1>\s+and\s+a\s+half)?(?:\s+|-){unit}s?(?:-long\b)?(?P<half>\s+and\s+a\s+half)?"
        rf"(?:\s+and\s+(?P<n2>\d+|{number})\s+minutes)?"
        rf"|(?P<some>{some}|many|long|countless|dozens\s+of)\s+(?P<u2>minute|hour|day|night|week|month|year)s"
        r"|(?P<u3>hour|day|night|week|month|year)s?-long|(?P<u4>hour|day|week|month|year)s\s+of\b|all\s+(?P<u5>day|night)"
        r"|the\s+(?:whole|entire|better\s+part\s+of\s+the)\s+(?P<u6>day|night|week|month))\b"
    )
    weekday = "|".join(w.capitalize() for group in load("times")["weekdays"] for w in group[:1])
    often = "|".join(words("times", "often"))
    recurring = (
        rf"\b(?:(?:almost|nearly|about|some)\s+)?(?:{often}"
        rf"|(?:every|each)\s+(?:other\s+|second\s+|third\s+|few\s+|single\s+)?(?:{weekday}|day|night|morning|evening|"
        rf"week|fortnight|month|year|hour|weekday|weekend|(?:\d+|{number})\s+(?:hours|days|weeks|months|years))s?"
        rf"|(?:once|twice|(?:(?:\d+|{number})(?:\s+(?:or|to)\s+(?:\d+|{number}))?|several|many)\s+times)\s+"
        r"(?:a|an|per|each|every)\s+(?:hour|day|week|fortnight|month|year)"
        rf"|on\s+(?:{weekday})s(?:\s+and\s+(?:{weekday})s)?|week\s+(?:in|by|after),?\s+week(?:\s+out)?"
        r"|day\s+(?:after|by)\s+day|day\s+in,?\s+day\s+out|month\s+(?:after|by)\s+month|year\s+(?:after|by|in,?)\s+year)\b"
    )
    hours = (
        r"\b(?:(?:with)?in|over|during|for)\s+(?:the\s+)?(?P<mod>past|last|next|coming|following)?\s*"
        rf"(?P<n>\d+|{number}|few)\s+hours\b(?!\s+(?:of|before|after|later|earlier))"
        rf"|\b(?P<n2>\d+|{number}|an|a\s+few|some)\s+hours?\s+(?P<way>ago|earlier|later|before|after)\b"
        r"|\bhours\s+(?P<way2>ago|earlier|later|before|after)\b"
    )
    return re.compile(duration, re.I), re.compile(recurring, re.I), re.compile(hours, re.I)


def _others(text: str) -> list[_Read]:
    """Durations, repetitions, and what counts in hours."""
    if not _hint().search(text):
        return []
    duration, recurring, hours = _shapes()
    found = []
    for m in duration.finditer(text):
        bare = (m["n"] or "").lower() in ("a", "an") and not m.group().lower().endswith(("long", "half"))
        if bare and m["u"].lower() not in ("hour", "minute"):
            continue  # "a day", "a week": mostly "one of them", not how long
        found.append(_Read(m.start(), m.end(), "duration", minutes=_minutes(m)))
    found += [_Read(m.start(), m.end(), "recurring") for m in recurring.finditer(text)]
    for m in hours.finditer(text):
        one = _in_hours(m)
        if one is not None:
            found.append(one)
    return found


@functools.cache
def _hint() -> re.Pattern[str]:
    return re.compile(r"minute|hour|day|night|week|month|year|daily|annual|hourly|quarterly", re.I)


def _minutes(found: re.Match[str]) -> int | None:
    """How many minutes a duration lasts; None where it is not counted."""
    if found["n"] is None:
        return _MINUTES["day"] if (found["u6"] or found["u5"]) == "day" else None
    unit = _MINUTES[found["u"].lower()]
    value = 0.5 if found["n"].lower().startswith("half") else _number(found["n"])
    if value is None:
        return None
    value += 0.5 if found["half"] or found["half1"] else 0
    return round(value * unit) + int(_number(found["n2"] or "0") or 0)


def _number(text: str) -> float | None:
    low = text.lower().replace(",", ".")
    if low in ("a", "an"):
        return 1
    if low in _SPELT:
        return _SPELT.index(low) + 1
    ten, _, one = low.partition("-")
    if ten in _TENS:
        return _TENS[ten] + (_SPELT.index(one) + 1 if one else 0)
    try:
        return float(low)
    except ValueError:
        return None


def _in_hours(found: re.Match[str]) -> _Read | None:
    """What counts in hours, in whole days: "in the next 48 hours" is up to two days ahead."""
    text = found.group()
    way = (found["way"] or found["way2"] or "").lower()
    count = _number(found["n"] or found["n2"] or "") or 12
    days = max(1, -(-int(count) // 24))
    if way and way != "ago":
        kind, sign = "event", PAST if way in ("earlier", "before") else FUTURE
        time = TimeFound(
            found.start(), found.end(), text, "anchored", unit="day", step=sign * (days if count > 12 else 0)
        )
        return _Read(found.start(), found.end(), kind, time)
    mod = (found["mod"] or "").lower()
    if not way and not mod and not text.lower().startswith(("in", "within")):
        return None  # "for three hours" says how long
    sign = PAST if way == "ago" or mod in ("past", "last") else FUTURE
    time = TimeFound(found.start(), found.end(), text, "near", unit="day", step=sign * days, direction=sign)
    return _Read(found.start(), found.end(), "relative", time)


def _ranges(found: list[_Read], text: str) -> list[_Read]:
    """Two expressions made one where the words join them: "from 28 May to 3 June"."""
    out: list[_Read] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and last.time is not None and one.time is not None and last.last is None:
            between, before = text[last.end : one.start], text[: last.start]
            joined = _TO.fullmatch(between) and (_FROM.search(before) or between.strip() in ("–", "—", "-"))
            if joined and last.kind in ("absolute", "relative") and one.kind in ("absolute", "relative", "range"):
                out[-1] = _Read(last.start, one.end, "range", last.time, one.time)
                continue
        out.append(one)
    return out


def _said(one: _Read, i: int, found: list[_Read], page: Page, written: DateFound | None) -> TimeSaid:
    text = page.text[one.start : one.end]
    days: DateFound | None = None
    if one.time is not None:
        time = one.time
        if one.last is not None:
            days = _from_to(time, one.last, written)
        elif time.form == "anchored":
            anchor = _anchor(one, i, found, page)
            days = settle(replace(time, anchor=anchor), written) if anchor is not None else None
        else:
            days = settle(time, written)
    basis = None
    if days is not None:
        days = replace(days, text=" ".join(text.split()))
        basis = "event" if one.kind == "event" else "stated" if days.basis == "stated" else "writing"
    return TimeSaid(one.start, one.end, text, one.kind, days, basis, one.minutes)


def _from_to(first: TimeFound, last: TimeFound, written: DateFound | None) -> DateFound | None:
    """The days from one expression to another; each takes its year or tense from the other where it has none."""
    if first.form == last.form == "calendar":
        first = replace(first, year=first.year or last.year, month=first.month or last.month)
    end = settle(last, written)
    start = settle(first, written)
    if start is not None and end is not None and start.start > end.end and first.form == "weekday":
        start = settle(first, DateFound(end.start, end.start, "", ""), direction=PAST)
    if start is None or end is None or start.start > end.end:
        return None
    return DateFound(start.start, end.end, "", "stated" if start.basis == end.basis == "stated" else "inferred")


def _anchor(one: _Read, i: int, found: list[_Read], page: Page) -> TimeFound | None:
    """What an expression counts from: the time told of the event that it names, else the last day told before it.

    "A week before the talks" looks for a sentence that tells when talks were; "the day before" goes back to the day
    told last, in its paragraph.
    """
    points = [
        f
        for f in found
        if f.time is not None and f.time.form != "anchored" and f.kind in ("absolute", "relative", "range")
    ]
    after = re.match(
        r"\s+(?:of\s+)?(?:the|their|its|his|her|those|these|that|this)\s+((?:[\w-]+\s+){0,2}?)([a-z-]+)\b",
        page.text[one.end :],
    )
    if (
        after is not None
        and one.time is not None
        and one.time.text.lower().endswith(("before", "after", "of", "following"))
    ):
        noun = after[2]
        for block in page.blocks:
            for sentence in block.sentences():
                low, high = block.place(sentence)
                if low <= one.start < high or not re.search(rf"\b{re.escape(noun)}\b", page.text[low:high], re.I):
                    continue
                told = [f for f in points if low <= f.start < high]
                if len(told) == 1 and not (told[0].time and told[0].time.direction == FUTURE):
                    return told[0].time
        return None
    home = next((b for b in page.blocks if b.start <= one.start < b.end), None)
    near = [f for f in points if f.start < one.start and (home is None or f.start >= home.start)]
    return near[-1].time if near else None
