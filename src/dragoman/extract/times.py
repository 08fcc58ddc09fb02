"""Time expressions: where they stand, what they mean, and which days that is once the day of writing is known.

An expression is read in two steps, as TIMEX3 does (TimeML, ISO 24617-1): `find_times` gives what the words say by
themselves (a calendar date that may lack its year, a weekday, a distance from the day of writing or from another event)
and `settle` turns that into days. A year that neither the words nor the day of writing give stays unknown: a wrong year
is worse than none.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Token

from dragoman.extract.findings import DateFound
from dragoman.extract.lexicon import load, words
from dragoman.extract.page import Block, Page

PAST, UNKNOWN, FUTURE = -1, 0, 1
_FAR = 300
"""A day without a year is not put further than this many days from the writing: the tense was misread, or the year is
told elsewhere."""


@dataclass(slots=True, frozen=True)
class TimeFound:
    """One time expression.

    `form` says how it is to be read:

    * calendar: `year`, `month`, `day`, `last` (last day of a range), `part` (early, mid, late, first, second, a
      season); each None where the words do not say
    * weekday: `weekday` (0 is Monday); `step` is -1 for "last", 1 for "next"
    * offset: `step` units of `unit` from the day of writing
    * anchored: `step` units of `unit` from another event, told elsewhere
    * until: from the day of writing to the end of the `unit` it is in, or of `month`

    `direction` is the tense around it: -1 past, 1 future, 0 unknown.
    """

    start: int
    end: int
    text: str
    form: str
    direction: int = UNKNOWN
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    part: str | None = None
    weekday: int | None = None
    unit: str | None = None
    step: int = 0


def _either(values: list[str]) -> str:
    return "|".join(sorted((re.escape(v) for v in values), key=len, reverse=True))


def _named(names: list[str], longest: int) -> str:
    """Names as they are written; only an abbreviation takes a full stop along."""
    full = [n for n in names if not any(o != n and o.startswith(n) for o in names)]
    short = [n for n in names if n not in full]
    upper = [n.upper() for n in full if 3 < len(n) <= longest]
    return (
        _either([n.capitalize() for n in full] + upper) + r"|(?:" + _either([n.capitalize() for n in short]) + r")\b\.?"
    )


@functools.cache
def _lists() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Month, weekday and number by word."""
    data = load("times")
    months = {w: i + 1 for i, group in enumerate(data["months"]) for w in group}
    weekdays = {w: i for i, group in enumerate(data["weekdays"]) for w in group}
    return months, weekdays, dict(data["numbers"])


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every kind of expression with its pattern; a kind that comes earlier wins where two match at one place."""
    months, weekdays, numbers = _lists()
    # Month and weekday names are matched as they are written: capitalised ("may" and "march" are words too).
    month = "(?:" + _named(list(months), 9) + ")"
    weekday = "(?:" + _named(list(weekdays), 9) + ")"
    number = "(?:" + _either(list(numbers)) + r"|\d{1,3})"
    year = r"(?:19|20)\d\d"
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
    to = r"\s?(?:-|–|—|to|and|until|till)\s?"
    unit = r"(?:day|week|fortnight|month|year)"
    season = "(?:" + _either(list(load("times")["seasons"])) + ")"
    daytime = r"(?:morning|afternoon|evening|night|midnight|noon)"
    shapes = [
        ("iso", rf"\b(?P<y>{year})[-/](?P<mn>0[1-9]|1[0-2])[-/](?P<d>0[1-9]|[12]\d|3[01])\b"),
        ("dotted", rf"\b(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<mn>0?[1-9]|1[0-2])\.(?P<y>{year})\b"),
        ("slashed", rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{year})\b"),
        (
            "day_month",
            rf"(?:\b(?P<wd>{weekday}),?\s+)?(?:\bthe\s+)?(?<![\d.,:])\b(?P<d>{day})(?:{to}(?P<d2>{day}))?\s+(?:of\s+)?"
            rf"(?P<m>{month})(?:,?\s+(?P<y>{year})\b)?",
        ),
        (
            "month_day",
            rf"(?:\b(?P<wd>{weekday}),?\s+)?\b(?P<m>{month})\s+(?P<d>{day})(?!\d|[:.]\d)(?:{to}(?P<d2>{day})(?!\d))?\b"
            rf"(?:,?\s+(?P<y>{year})\b)?",
        ),
        (
            "part_month",
            rf"\b(?:(?:the\s+)?(?P<p>[Ee]arly|[Mm]id|[Ll]ate)[-\s]+(?P<m1>{month})"
            rf"|the\s+(?P<p2>first|second)\s+half\s+of\s+(?P<m2>{month})"
            rf"|the\s+(?P<p3>beginning|start|end|middle)\s+of\s+(?P<m3>{month}))(?:,?\s+(?P<y>{year})\b)?",
        ),
        ("until_month", rf"\bbefore\s+(?P<m>{month})\s+(?:is\s+(?:over|out)|ends|is\s+up)\b"),
        ("until_unit", r"\bbefore\s+(?:the|this)\s+(?P<u>week|month|year)\s+(?:is\s+(?:over|out)|ends|is\s+up)\b"),
        ("until_unit", r"\b(?:by|before)\s+the\s+end\s+of\s+(?:the|this)\s+(?P<u>week|month|year)\b"),
        ("later_in", r"\blater\s+this\s+(?P<u>week|month|year)\b"),
        ("month_year", rf"\b(?P<m>{month}),?\s+(?:of\s+)?(?P<y>{year})\b"),
        ("season", rf"\b(?:the\s+)?(?P<s>{season})(?:\s+of|,)?\s+(?P<y>{year})\b"),
        ("before_yesterday", r"\b[Tt]he\s+day\s+before\s+yesterday\b"),
        ("after_tomorrow", r"\b[Tt]he\s+day\s+after\s+tomorrow\b"),
        ("near_day", rf"\b(?:[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)\b(?:\s+{daytime})?"),
        ("near_night", r"\b(?:[Ll]ast\s+night|[Tt]his\s+(?:morning|afternoon|evening))\b"),
        (
            "weekday",
            rf"\b(?:(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Pp]revious|[Ff]ollowing)\s+)?(?P<wd>{weekday})"
            rf"(?:\s+{daytime})?(?P<ago>\s+last\b|\s+next\b|\s+a\s+week\s+ago\b)?",
        ),
        (
            "next_unit",
            r"\b(?:[Ee]arlier\s+|[Ll]ater\s+)?(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming)\s+(?P<u>week|weekend|month|year)\b",
        ),
        ("weekend", r"\b(?:[Aa]t|[Oo]ver|[Oo]n|[Dd]uring)\s+the\s+(?P<u>weekend)\b"),
        ("ago", rf"\b(?P<n>{number})\s+(?P<u>{unit})s?\s+ago\b"),
        ("ahead", rf"\b(?:[Ii]n|[Ww]ithin)\s+(?P<n>{number})\s+(?P<u>{unit})s?(?:['’]\s+time)?\b(?!\s+of\b)"),
        (
            "anchored",
            rf"\b(?P<n>{number})\s+(?P<u>{unit})s?\s+(?P<way>before|earlier|previously|after|later|post|following)\b",
        ),
        ("anchored", rf"\bthe\s+(?P<u>{unit}|evening|night)\s+(?P<way>before|earlier|previously|after)\b"),
        (
            "anchored",
            r"\bthe\s+(?P<way>previous|preceding|following|next)\s+(?P<u>day|week|month|year|evening|morning)\b",
        ),
        ("anchored", r"\bthe\s+(?P<way>same)\s+(?P<u>day|week|month|evening|morning|afternoon)\b"),
        ("eve", r"\b(?:[Oo]n\s+)?[Tt]he\s+eve\s+of\b"),
        ("last_month", rf"\b(?P<mod>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<m>{month})(?!\s+\d)"),
        ("month", rf"(?<=\b(?:in|by)\s)(?P<m>{month})(?!\s+\d)"),
        ("month", rf"(?<=\b(?:since|until|after|during|before)\s)(?P<m>{month})(?!\s+\d)"),
        ("year", rf"(?<=\b(?:[Ii]n|of|to)\s)(?P<y>{year})\b(?![-/.]\d|\s+(?:people|workers|tons|tonnes))"),
        ("year", rf"(?<=\b(?:since|until|from|after|before|during|early|late)\s)(?P<y>{year})\b(?![-/.]\d)"),
    ]
    return [(kind, re.compile(_widths(shape))) for kind, shape in shapes]


def _widths(shape: str) -> str:
    """`re` wants look-behinds of one width: an alternation inside one becomes an alternation of look-behinds."""

    def spread(found: re.Match[str]) -> str:
        return "(?:" + "|".join(rf"(?<=\b{w}\s)" for w in found[1].split("|")) + ")"

    return re.sub(r"\(\?<=\\b\(\?:([^)]*)\)\\s\)", spread, shape)


def _number(text: str) -> int:
    return _lists()[2].get(text.lower()) or int(text)


def _month(text: str) -> int:
    return _lists()[0][text.lower().rstrip(".")]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _read(kind: str, found: re.Match[str], start: int) -> TimeFound | None:
    """What a match means; None where it is no day that there is."""
    g = found.groupdict()
    base = TimeFound(start + found.start(), start + found.end(), found.group(), "calendar")
    year = int(g["y"]) if g.get("y") else None
    if kind in ("iso", "dotted"):
        return _real(replace(base, year=year, month=int(g["mn"]), day=int(g["d"])))
    if kind == "slashed":
        a, b = int(g["a"]), int(g["b"])
        if a > 12 >= b:
            return _real(replace(base, year=year, month=b, day=a))
        if b > 12 >= a or a == b:
            return _real(replace(base, year=year, month=a, day=b))
        return None
    if kind in ("day_month", "month_day"):
        weekday = _lists()[1][g["wd"].lower().rstrip(".")] if g.get("wd") else None
        last = _day(g["d2"]) if g.get("d2") else None
        time = replace(base, year=year, month=_month(g["m"]), day=_day(g["d"]), last=last, weekday=weekday)
        return _real(time)
    if kind == "part_month":
        part = (g["p"] or g["p2"] or g["p3"]).lower()
        part = {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(part, part)
        return replace(base, year=year, month=_month(g["m1"] or g["m2"] or g["m3"]), part=part)
    if kind in ("month_year", "month"):
        return replace(base, year=year, month=_month(g["m"]))
    if kind == "last_month":
        return replace(base, month=_month(g["m"]), direction=_mod(g["mod"]))
    if kind == "season":
        return replace(base, year=year, part=g["s"].lower())
    if kind == "year":
        return replace(base, year=year)
    if kind in ("until_month", "until_unit", "later_in"):
        month = _month(g["m"]) if g.get("m") else None
        return replace(base, form="until", month=month, unit=g.get("u") or "month", direction=FUTURE)
    if kind == "weekday":
        step = _mod(g["mod"])
        if g["ago"]:
            step = FUTURE if "next" in g["ago"] else PAST
        weekday = _lists()[1][g["wd"].lower().rstrip(".")]
        back = 2 if g["ago"] and "week" in g["ago"] else 1
        return replace(base, form="weekday", weekday=weekday, step=step * back, direction=step)
    return _distance(kind, g, base)


def _distance(kind: str, g: dict[str, str | None], base: TimeFound) -> TimeFound:
    """Expressions that count from the day of writing or from another event."""
    unit, step = (g.get("u") or "day").lower(), 0
    if unit == "fortnight":
        unit, step = "week", 2
    if unit in ("evening", "night", "morning", "afternoon"):
        unit = "day"
    if g.get("n"):
        step = _number(g["n"] or "") * (step or 1)
    step = step or 1
    if kind in ("ago", "ahead"):
        sign = PAST if kind == "ago" else FUTURE
        return replace(base, form="offset", unit=unit, step=sign * step, direction=sign)
    if kind in ("next_unit", "weekend"):
        sign = _mod(g.get("mod"))
        step = sign if g.get("mod") else 0
        if base.text.lower().startswith("earlier"):
            sign = PAST
        return replace(base, form="offset", unit=unit, step=step, direction=sign)
    if kind == "anchored":
        way = (g["way"] or "").lower()
        sign = {"same": 0}.get(
            way, PAST if way in ("before", "earlier", "previously", "previous", "preceding") else FUTURE
        )
        return replace(base, form="anchored", unit=unit, step=sign * step)
    if kind == "eve":
        return replace(base, form="anchored", unit="day", step=-1)
    text = base.text.lower()
    step = {"before_yesterday": -2, "after_tomorrow": 2}.get(kind, 0)
    if text.startswith(("yesterday", "last")):
        step = -1
    elif text.startswith("tomorrow"):
        step = 1
    return replace(base, form="offset", unit="day", step=step, direction=(step > 0) - (step < 0))


def _mod(word: str | None) -> int:
    return {"last": PAST, "past": PAST, "previous": PAST, "next": FUTURE, "coming": FUTURE, "following": FUTURE}.get(
        (word or "").lower(), UNKNOWN
    )


def _real(time: TimeFound) -> TimeFound | None:
    """The time if there is such a day (29 February without a year is one)."""
    try:
        first = date(time.year or 2000, time.month or 1, time.day or 1)
        if time.last is not None and date(time.year or 2000, time.month or 1, time.last) <= first:
            return None
    except ValueError:
        return None
    return time


def times_in(text: str, start: int = 0) -> list[TimeFound]:
    """Every time expression of a text, without tense, in its order; `start` is added to the offsets."""
    taken: list[TimeFound] = []
    for kind, pattern in _patterns():
        for found in pattern.finditer(text):
            here = (start + found.start(), start + found.end())
            if all(here[1] <= t.start or t.end <= here[0] for t in taken):
                time = _read(kind, found, start)
                if time is not None:
                    taken.append(time)
    return sorted(taken, key=lambda t: t.start)


def find_times(page: Page) -> list[TimeFound]:
    """Every time expression of the report, in the order of the text, each with the tense of its clause."""
    return [_tensed(time, block) for block in page.blocks for time in times_in(block.doc.text, block.start)]


def _tensed(time: TimeFound, block: Block) -> TimeFound:
    if time.direction != UNKNOWN:
        return time
    span = block.doc.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
    return replace(time, direction=tense(span.root)) if span is not None and len(span) else time


def tense(token: Token) -> int:
    """Whether the clause that a token stands in is past (-1), to come (1) or neither (0)."""
    for step in _up(token):
        if (
            step.dep_ == "prep"
            and step.lower_ in ("until", "till", "to", "for", "by")
            and step.head.lower_ in words("times", "moved_words")
        ):
            return FUTURE
        if step.lower_ in ("since", "ago"):
            return PAST
        if step.lower_ in words("times", "future_words") and step.i != token.i and step.pos_ != "AUX":
            return FUTURE
        if step.lower_ in ("is", "are", "be") and any(c.lower_ in words("times", "future_words") for c in step.rights):
            return FUTURE
        if any(c.lower_ in ("next", "upcoming", "coming", "planned", "forthcoming") for c in step.lefts):
            return FUTURE
        if step.pos_ in ("VERB", "AUX"):
            way = _tense_of(step)
            if way != UNKNOWN:
                return way
    return UNKNOWN


def _up(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors


def _tense_of(verb: Token) -> int:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "cop")]
    modal = next((h for h in helpers if h.lower_ in words("times", "future_auxiliaries")), None)
    if verb.lower_ in words("times", "future_auxiliaries"):
        modal = verb
    if modal is not None:
        # "would have met", "could have come" did not come to pass: neither.
        return UNKNOWN if any(h.lower_ == "have" for h in helpers) else FUTURE
    if any(h.lower_ == "to" for h in helpers):
        governor = verb.head
        if governor.lower_ in words("times", "future_words") | words("times", "wish_words"):
            return FUTURE
        if governor.lower_ in ("is", "are", "was", "were", "be"):
            return FUTURE
        return UNKNOWN
    if verb.tag_ == "VBD" or any(h.tag_ == "VBD" for h in helpers):
        return PAST
    if verb.tag_ in ("VBN", "VBD") and any(h.lower_ in ("has", "have", "had", "'ve", "’ve") for h in helpers):
        return PAST
    if verb.tag_ == "VBG" and any(h.lower_ in ("has", "have", "had") for h in helpers):
        return PAST
    return UNKNOWN


# -- from words to days -----------------------------------------------------------------------------------------------


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
    if time.form == "weekday" and time.weekday is not None:
        back = (day.weekday() - time.weekday) % 7
        if way == UNKNOWN:
            # Without a tense: the day itself if it is today's, else it could be either.
            return (day, day) if back == 0 else None
        if time.step == -2:
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
    return _year_of(time, day, way)


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


# -- the day of writing -----------------------------------------------------------------------------------------------

_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|\b)")
_YEARS_AGO = re.compile(
    r"\b(?P<y1>(?:19|20)\d\d)\b,?\s+(?:\w+\s+){0,1}?(?P<n1>[a-z]+|\d{1,2})\s+(?:years|summers|winters)\s+ago\s+this\s+month"
    r"|\b(?P<n2>[a-z]+|\d{1,2})\s+(?:years|summers|winters)\s+ago,?\s+in\s+(?:the\s+\w+\s+of\s+|[A-Z][a-z]+\s+(?:of\s+)?)?"
    r"(?P<y2>(?:19|20)\d\d)\b"
)


def written_on(page: Page) -> DateFound | None:
    """The day a document was written, by its own words: a date that stands alone at its head or foot, or its dateline.

    Only a date with its year counts, or one whose year the text gives beyond doubt ("two years ago, in 2022" with a
    weekday that agrees). Nothing is inferred from what the report tells; where there is no such date it is None.
    """
    text = page.text
    heads = list(_head_times(page))
    for time, marked in sorted(heads, key=lambda h: (not h[1], h[0].start)):
        if time.year is not None and time.day is not None and time.last is None:
            in_report = any(s <= time.start < e for s, e in page.layout.paragraphs)
            dateline = in_report and not marked and len(_line(text, time.start).split()) > 14
            day = date(time.year, time.month or 1, time.day).isoformat()
            return DateFound(day, day, time.text, "stated" if dateline else "metadata")
    url = _URL_DAY.search(text)
    if url is not None:
        try:
            day = date(int(url[1]), int(url[2]), int(url[3])).isoformat()
        except ValueError:
            return None
        return DateFound(day, day, url.group().strip("/"), "metadata")
    year = _year_told(page)
    for time, _ in heads:
        if year is not None and time.year is None and time.day is not None and time.month is not None:
            try:
                found = date(year, time.month, time.day)
            except ValueError:
                continue
            if time.weekday is None or found.weekday() == time.weekday:
                return DateFound(found.isoformat(), found.isoformat(), time.text, "inferred")
    return None


def _year_told(page: Page) -> int | None:
    """The year of writing where the text says how many years ago a year was, and says it of one year only."""
    told = set()
    for found in _YEARS_AGO.finditer(page.text):
        word = found["n1"] or found["n2"]
        count = _lists()[2].get(word.lower()) or (int(word) if word.isdigit() else None)
        if count is not None:
            told.add(int(found["y1"] or found["y2"]) + count)
    return told.pop() if len(told) == 1 else None


def _line(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _head_times(page: Page) -> Iterator[tuple[TimeFound, bool]]:
    """Times that stand alone: in short lines before the report is under way or after it, and in the dateline.

    With each, whether a word like "published" stands in its line.
    """
    text = page.text
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    body = [i for i, (_, line) in enumerate(lines) if len(line.split()) >= 25]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    for i, (start, line) in enumerate(lines):
        marked = any(w.strip(":;,.").lower() in words("times", "published_words") for w in line.split()[:4])
        alone = len(line.split()) <= 14 and (i < first or (i > last and marked))
        if i == first and body:
            # "CITY, Feb. 19 (AGENCY) - …": what stands before the first dash of the first paragraph.
            head = re.match(r"[^–—\n]{0,60}?(?:\s[-–—]\s|—|–|\)\s?[-–—])", line)
            line, alone = (head.group() if head else ""), head is not None
        if alone:
            for time in times_in(line, start):
                if time.form == "calendar" and time.day is not None:
                    yield time, marked
