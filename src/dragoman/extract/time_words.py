"""The words of time expressions: patterns, and what they say by themselves."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from datetime import date

from dragoman.extract.findings import TimeFound
from dragoman.extract.lexicon import load

PAST, UNKNOWN, FUTURE = -1, 0, 1
DAY_FIRST, MONTH_FIRST = "day first", "month first"


def _either(values: list[str]) -> str:
    return "|".join(sorted((re.escape(v) for v in values), key=len, reverse=True))


def _named(names: list[str], longest: int) -> str:
    """Names as they are written; only an abbreviation takes a full stop along."""
    full = [n for n in names if not any(o != n and o.startswith(n) for o in names)]
    short = [n for n in names if n not in full]
    upper = [n.upper() for n in full if 3 < len(n) <= longest]
    whole, short_forms = _either([n.capitalize() for n in full] + upper), _either([n.capitalize() for n in short])
    return rf"(?:{whole})\b|(?:{short_forms})\b\.?"


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
    number = "(?:(?i:" + _either(list(numbers)) + r")|\d{1,3})"
    year = r"(?:19|20)\d\d"
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
    nth = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
    to = r"\s?(?:-|–|—|to|and|until|till)\s?"
    unit = r"(?:day|week|fortnight|month|year)"
    some = "(?i:" + _either(list(load("times")["some_words"])) + ")"
    season = "(?:" + _either(list(load("times")["seasons"])) + ")"
    daytime = r"(?:morning|afternoon|evening|night|midnight|noon)"
    shapes = [
        ("dotted", rf"\b(?P<d>0?[1-9]|[12]\d|3[01])\s?\|\s?(?P<mn>0?[1-9]|1[0-2])\s?\|\s?(?P<y>{year})\b"),
        ("iso", rf"\b(?P<y>{year})[-/](?P<mn>0[1-9]|1[0-2])[-/](?P<d>0[1-9]|[12]\d|3[01])\b"),
        ("dotted", rf"\b(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<mn>0?[1-9]|1[0-2])\.(?P<y>{year})\b"),
        ("slashed", rf"(?<![\d/])(?P<a>\d\d?)(?P<sep>[/-])(?P<b>\d\d?)(?P=sep)(?P<y>{year}|\d\d)(?![\d/])"),
        (
            "day_month",
            rf"(?:\b(?P<wd>{weekday}),?\s+)?(?:\bthe\s+)?(?<![\d.,:])\b(?P<d>{day})(?:{to}(?:the\s+)?(?P<d2>{day}))?\s+(?:of\s+)?"
            rf"(?P<m>{month})(?:,?\s+(?P<y>{year})\b)?",
        ),
        (
            "month_day",
            rf"(?:\b(?P<wd>{weekday}),?\s+)?\b(?P<m>{month})\s+(?P<d>{day})(?!\d|[:.]\d)(?:{to}(?P<d2>{day})(?!\d))?\b"
            rf"(?:,?\s+(?P<y>{year})\b)?",
        ),
        ("decade", r"\b(?:the\s+)?(?:(?P<p>[Ee]arly|[Mm]id|[Ll]ate)[-\s]+)?(?P<y>(?:19|20)\d0)s\b"),
        (
            "quarter",
            rf"\b(?:the\s+)?(?P<q>first|second|third|fourth|last|final)\s+(?P<of>quarter|half)\s+of\s+(?P<y>{year})\b",
        ),
        ("quarter", rf"\b(?:Q(?P<n>[1-4])|H(?P<h>[12]))\s+(?P<y>{year})\b"),
        (
            "week_of",
            rf"\b(?:the\s+)?(?P<w>first|second|third|fourth|last|final)\s+(?P<u>week|decade|ten\s+days|third|days)\s+"
            rf"of\s+(?P<m>{month})(?:,?\s+(?P<y>{year})\b)?",
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
        ("later_in", r"\b[Ll]ater\s+(?:this|in\s+the)\s+(?P<u>week|month|year)\b"),
        ("earlier_in", r"\b[Ee]arlier\s+(?:this|in\s+the)\s+(?P<u>week|month|year)\b"),
        (
            "near",
            rf"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|[Tt]hroughout)\s+(?:the\s+)?(?:(?P<n>{number})\s+)?"
            r"(?P<mod>recent|past|last|coming|next|following)\s+"
            rf"(?:(?:few|several|couple\s+of)\s+|(?P<n2>{number})\s+)?(?P<u>day|week|month|year)s\b",
        ),
        ("overnight", r"\b[Oo]vernight\b"),
        ("some", rf"\b(?P<s>{some})\s+(?P<u>day|week|month|year)s\s+(?P<way>ago|back)\b"),
        ("some", rf"\b[Ii]n\s+(?P<s>{some})\s+(?P<u>day|week|month|year)s(?:['’]\s+time)?\b"),
        ("season_by", rf"\b(?P<mod>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming)\s+(?P<s>{season})\b"),
        (
            "part_unit",
            r"\b(?:(?P<p>[Ee]arly|[Ll]ate)(?:\s+in)?|(?:[Tt]he\s+)?(?P<p2>start|beginning|middle|end)\s+of)\s+"
            r"(?P<mod>last|next|this|the\s+coming|the\s+past)\s+(?P<u>week|month|year)\b",
        ),
        ("month_year", rf"\b(?P<m>{month}),?\s+(?:of\s+)?(?P<y>{year})\b"),
        ("season", rf"\b(?:the\s+)?(?P<s>{season})(?:\s+of|,)?\s+(?P<y>{year})\b"),
        ("before_yesterday", r"\b[Tt]he\s+day\s+before\s+yesterday\b"),
        ("after_tomorrow", r"\b[Tt]he\s+day\s+after\s+tomorrow\b"),
        ("near_day", rf"\b(?:[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)\b(?:\s+{daytime})?"),
        ("near_night", r"\b(?:[Ll]ast\s+night|[Tt]his\s+(?:morning|afternoon|evening))\b"),
        ("weekday", rf"\b(?P<mod>)(?P<ago>[Aa]\s+week\s+ago\s+)(?:on\s+)?(?P<wd>{weekday})"),
        ("weekday", rf"\b(?P<mod>)(?P<ago>[Aa]\s+week\s+)on\s+(?P<wd>{weekday})"),
        (
            "weekdays",
            rf"(?<=\b(?:[Ff]rom|[Bb]etween)\s)(?P<wd>{weekday})\s+(?:to|till|until|and|through)\s+(?P<wd2>{weekday})"
            r"(?P<ago>\s+(?:last|next)\b(?:\s+week\b)?)?",
        ),
        (
            "nth_day",
            rf"\b(?:(?P<wd>{weekday}),?\s+)?(?<!\w-)the\s+(?P<d>{nth})(?=\s*[,.;:!?]|\s+(?:in|at|of\s+(?:this|next)\s+month)\b)",
        ),
        (
            "weekday",
            rf"\b(?:[Ll]ate\s+|[Ee]arly\s+)?(?:(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Pp]revious|[Ff]ollowing)\s+)?(?P<wd>{weekday})"
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
        ("anchored", rf"\b[Tt]he\s+(?P<u>{unit}|evening|night)\s+(?P<way>before|earlier|previously|after)\b"),
        (
            "anchored",
            r"\b[Tt]he\s+(?P<way>previous|preceding|following|next)\s+(?P<u>day|week|month|year|evening|morning)\b",
        ),
        ("anchored", r"\b[Tt]he\s+(?P<way>same)\s+(?P<u>day|week|month|evening|morning|afternoon)\b"),
        ("eve", r"\b(?:[Oo]n\s+)?[Tt]he\s+eve\s+of\b"),
        ("last_month", rf"\b(?P<mod>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<m>{month})(?!\s+\d)"),
        ("month", rf"(?<=\b(?:[Ii]n|[Bb]y)\s)(?P<m>{month})(?!\s+\d)"),
        ("month", rf"(?<=\b(?:[Ss]ince|[Uu]ntil|[Aa]fter|[Dd]uring|[Bb]efore)\s)(?P<m>{month})(?!\s+\d)"),
        ("year", rf"(?<=\b(?:[Ii]n|of|to)\s)(?P<y>{year})\b(?![-/.]\d|\s+(?:people|workers|tons|tonnes))"),
        (
            "year",
            rf"(?<=\b(?:[Ss]ince|[Uu]ntil|[Ff]rom|[Aa]fter|[Bb]efore|[Dd]uring|early|late)\s)(?P<y>{year})\b(?![-/.]\d)",
        ),
    ]
    return [(kind, re.compile(_widths(shape))) for kind, shape in shapes]


def _widths(shape: str) -> str:
    """`re` wants look-behinds of one width: an alternation inside one becomes an alternation of look-behinds."""

    def spread(found: re.Match[str]) -> str:
        return "(?:" + "|".join(rf"(?<=\b{w}\s)" for w in found[1].split("|")) + ")"

    return re.sub(r"\(\?<=\\b\(\?:([^)]*)\)\\s\)", spread, shape)


def number(text: str) -> int | None:
    """A number in words or figures; None for anything else."""
    return _lists()[2].get(text.lower()) or (int(text) if text.isdigit() else None)


def _month(text: str) -> int:
    return _lists()[0][text.lower().rstrip(".")]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _read(kind: str, found: re.Match[str], order: str | None) -> TimeFound | None:
    """What a match means; None where it is no day that there is."""
    g = found.groupdict()
    base = TimeFound(found.start(), found.end(), found.group(), "calendar")
    year = int(g["y"]) if g.get("y") else None
    if kind in ("iso", "dotted"):
        return _real(replace(base, year=year, month=int(g["mn"]), day=int(g["d"])))
    if kind == "slashed":
        a, b = int(g["a"]), int(g["b"])
        year = int(g["y"]) if len(g["y"]) == 4 else 2000 + int(g["y"])
        if (len(g["y"]) == 2 and g["sep"] != "/") or max(a, b) > 31 or min(a, b) > 12 or not min(a, b):
            return None
        if a > 12 or a == b:
            return _real(replace(base, year=year, month=b, day=a))
        if b > 12:
            return _real(replace(base, year=year, month=a, day=b))
        if order is None:
            return None
        return _real(replace(base, year=year, month=b if order == DAY_FIRST else a, day=a if order == DAY_FIRST else b))
    if kind in ("day_month", "month_day"):
        weekday = _lists()[1][g["wd"].lower().rstrip(".")] if g.get("wd") else None
        last = _day(g["d2"]) if g.get("d2") else None
        time = replace(base, year=year, month=_month(g["m"]), day=_day(g["d"]), last=last, weekday=weekday)
        return _real(time)
    if kind == "part_month":
        part = (g["p"] or g["p2"] or g["p3"]).lower()
        part = {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(part, part)
        return replace(base, year=year, month=_month(g["m1"] or g["m2"] or g["m3"]), part=part)
    if kind == "decade":
        part = (g["p"] or "").lower()
        return replace(base, year=year, part=f"{part}_decade" if part else "decade")
    if kind == "quarter":
        return replace(base, year=year, part=_quarter(g))
    if kind == "week_of":
        which = {"final": "last"}.get(g["w"], g["w"])
        if g["u"] != "week":
            which = {"first": "early", "second": "mid", "third": "late", "last": "late"}.get(which, "")
            return replace(base, year=year, month=_month(g["m"]), part=which) if which else None
        return replace(base, year=year, month=_month(g["m"]), part=f"{which}_week")
    if kind == "season_by":
        return replace(base, part=g["s"].lower(), direction=_mod(g["mod"]))
    if kind == "earlier_in":
        return replace(base, form="offset", unit=g["u"], part="before", direction=PAST)
    if kind == "part_unit":
        word = (g["p"] or g["p2"]).lower()
        part = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}.get(word, word)
        sign = _mod(g["mod"].split()[-1])
        return replace(base, form="offset", unit=g["u"], step=sign, part=part, direction=sign)
    if kind == "near":
        sign = FUTURE if g["mod"] in ("coming", "next", "following") else PAST
        count = number(g["n"] or g["n2"] or "")
        return replace(base, form="near", unit=g["u"], step=sign * (count or 0), direction=sign)
    if kind == "overnight":
        return replace(base, form="near", unit="day", step=-1, direction=PAST)
    if kind == "some":
        sign = PAST if g.get("way") else FUTURE
        return replace(base, form="some", unit=g["u"], part=g["s"].lower(), step=sign, direction=sign)
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
    if kind == "nth_day":
        weekday = _lists()[1][g["wd"].lower().rstrip(".")] if g.get("wd") else None
        return replace(base, day=_day(g["d"]), weekday=weekday)
    if kind == "weekdays":
        first, last = (_lists()[1][g[name].lower().rstrip(".")] for name in ("wd", "wd2"))
        sign = FUTURE if g["ago"] and "next" in g["ago"] else PAST if g["ago"] else UNKNOWN
        return replace(base, form="weekday", weekday=first, last=last, step=sign, direction=sign)
    if kind == "weekday":
        step = _mod(g["mod"])
        if g["ago"]:
            step = FUTURE if "next" in g["ago"] or ("ago" not in g["ago"] and "week" in g["ago"]) else PAST
        weekday = _lists()[1][g["wd"].lower().rstrip(".")]
        back = 2 if g["ago"] and "a week" in g["ago"].lower() else 1
        return replace(base, form="weekday", weekday=weekday, step=step * back, direction=step)
    return _distance(kind, g, base)


def _quarter(g: dict[str, str | None]) -> str:
    """A part of a year as its first and last month: "1-3"."""
    if g.get("of"):
        halves = g["of"] == "half"
        which = {"first": 1, "second": 2, "third": 3}.get(g["q"] or "", 2 if halves else 4)
    else:
        halves = bool(g.get("h"))
        which = int(g.get("h") or g.get("n") or 1)
    months = 6 if halves else 3
    return f"{(min(which, 12 // months) - 1) * months + 1}-{min(which, 12 // months) * months}"


def _distance(kind: str, g: dict[str, str | None], base: TimeFound) -> TimeFound:
    """Expressions that count from the day of writing or from another event."""
    unit, step = (g.get("u") or "day").lower(), 0
    if unit == "fortnight":
        unit, step = "week", 2
    if unit in ("evening", "night", "morning", "afternoon"):
        unit = "day"
    if g.get("n"):
        step = (number(g["n"] or "") or 1) * (step or 1)
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


def times_in(text: str, start: int = 0, order: str | None = None) -> list[TimeFound]:
    """Every time expression of a text, without tense, in its order.

    Args:
        text: any.
        start: is added to the offsets.
        order: `DAY_FIRST` or `MONTH_FIRST` where the document shows which it writes (see `order_of`); with None,
            "3/4/2025" is no expression.
    """
    found = _times_in(text, order)
    return [replace(t, start=t.start + start, end=t.end + start) for t in found] if start else list(found)


@functools.lru_cache(4096)
def _times_in(text: str, order: str | None) -> tuple[TimeFound, ...]:
    hints = {
        name
        for name, (pieces, pattern) in _hints().items()
        if any(piece in text for piece in pieces) and pattern.search(text) is not None
    }
    if not hints:
        return ()
    taken: list[TimeFound] = []
    low = text.lower()
    for kind, pattern in _patterns():
        if not _NEEDS.get(kind, _UNIT) <= hints:
            continue
        if kind in _HOLDS and not any(word in low for word in _HOLDS[kind]):
            continue
        for found in pattern.finditer(text):
            if all(found.end() <= t.start or t.end <= found.start() for t in taken):
                time = _read(kind, found, order)
                if time is not None:
                    taken.append(time)
    return tuple(sorted(taken, key=lambda t: t.start))


_UNIT = frozenset(("unit",))
_NEEDS = {
    **dict.fromkeys(
        ("iso", "dotted", "slashed", "season", "year", "nth_day", "decade", "quarter"), frozenset(("digit",))
    ),
    "week_of": frozenset(("month",)),
    "season_by": frozenset(("season",)),
    **dict.fromkeys(("day_month", "month_day", "month_year"), frozenset(("digit", "month"))),
    **dict.fromkeys(("part_month", "until_month", "last_month", "month"), frozenset(("month",))),
    **dict.fromkeys(("weekday", "weekdays"), frozenset(("weekday",))),
}
"""What a text must hold for a kind of expression to stand in it; a word for a unit of time where nothing is said."""


_HOLDS = {
    "iso": ("-", "/"),
    "slashed": ("-", "/"),
    "dotted": (".", "|"),
    "year": ("19", "20"),
    "decade": ("0s",),
    "quarter": ("quarter", "half", "q1", "q2", "q3", "q4", "h1", "h2"),
    "week_of": ("week", "decade", "days", "third"),
    "part_month": ("early", "mid", "late", "half", "begin", "start", "end"),
    "until_month": ("before",),
    "until_unit": ("before", "end"),
    "later_in": ("later",),
    "earlier_in": ("earlier",),
    "near": ("recent", "past", "last", "coming", "next", "following"),
    "overnight": ("overnight",),
    "some": ("couple", "few", "some", "several"),
    "part_unit": ("last", "next", "this", "coming", "past"),
    "next_unit": ("last", "next", "this", "coming", "past"),
    "last_month": ("last", "next", "this"),
    "before_yesterday": ("yesterday",),
    "after_tomorrow": ("tomorrow",),
    "near_day": ("today", "tonight", "yesterday", "tomorrow"),
    "near_night": ("night", "this"),
    "weekdays": ("from", "between"),
    "weekend": ("weekend",),
    "ago": ("ago",),
    "anchored": ("before", "earlier", "previous", "after", "later", "post", "following", "preceding", "next", "same"),
    "eve": ("eve",),
}
"""Words, or pieces of them, of which a text must hold one: looking for these is many times faster than the pattern."""


@functools.cache
def _hints() -> dict[str, tuple[list[str], re.Pattern[str]]]:
    """What a text must hold to hold a time at all: most sentences do not, and need no closer look.

    For each kind of hint a pattern, and pieces of words one of which a text must hold, which are looked for first.
    """
    months, weekdays, _ = _lists()

    def names(words_: dict[str, int]) -> tuple[list[str], re.Pattern[str]]:
        starts = {w[:3].capitalize() for w in words_}
        found = sorted(starts | {w.upper() for w in starts})
        return found, re.compile(rf"\b(?:{'|'.join(found)})")

    return {
        "digit": ([""], re.compile(r"\d")),
        "weekday": names(weekdays),
        "month": names(months),
        "season": (
            ["spring", "summer", "autumn", "fall", "winter"],
            re.compile(r"spring|summer|autumn|\bfall\b|winter"),
        ),
        "unit": (
            ["day", "week", "month", "year", "ight", "noon", "orrow", "ning", "eve"],
            re.compile(
                r"[Oo]vernight|day\b|days|[Tt]oday|week|month\b|months|year|[Nn]ight|noon|[Tt]omorrow|morning|evening|\beve\b"
            ),
        ),
    }
