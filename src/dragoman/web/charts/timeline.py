"""The timeline: encounters in lanes by level, agreements and breaches, statements of each side by day beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from dragoman.report.words import MONTHS
from dragoman.web.charts.svg import symbol, tag

WIDTH = 1100.0
LEFT = 126.0  # for the names of the lanes
RIGHT = 12.0
ROW = 17.0
DEEPEST = 6
"""Rows of a lane; what finds no place in them is counted."""
MOST = 400
"""Marks that are drawn one by one; in a longer stretch encounters are counted by bins."""
BARS = 34.0
"""The height of one side's histogram."""
KEYS = (
    ("held", "held"),
    ("scheduled", "coming, as announced"),
    ("postponed", "put off"),
    ("proposed", "wished for"),
    ("declined", "refused or cancelled"),
    ("agreed", "agreed or carried out"),
    ("in_principle", "agreed in principle, or run out"),
    ("breached", "broken or denied"),
)
"""A status for each kind of mark, and what it means; those of encounters first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the timeline: in a lane, from a day to a day, with a status, a line of text and an address."""

    lane: str
    first: date
    last: date
    status: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where a day begins."""
        return LEFT + (WIDTH - LEFT - RIGHT) * ((day - self.first).days / self.days)

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return self.x(day) + (WIDTH - LEFT - RIGHT) / self.days / 2


def timeline(
    marks: Sequence[Mark],
    lanes: Sequence[str],
    window: Window,
    bars: Sequence[tuple[str, Mapping[str, int]]] = (),
    title: str = "Timeline",
    today: date | None = None,
) -> Markup:
    """The picture.

    Args:
        marks: what is marked; those outside of the window are left out.
        lanes: the names of the lanes, from above.
        window: the days shown.
        bars: for each side its name and how many statements are of each day (YYYY-MM-DD).
        title: what the picture is called by a screen reader.
        today: the day of the latest document: what lies after it was still to come.
    """
    shown = [m for m in marks if m.first <= window.last and m.last >= window.first]
    parts: list[Markup] = []
    top = 22.0
    for number, lane in enumerate(lanes):
        own = sorted((m for m in shown if m.lane == lane), key=lambda m: (m.first, m.last, m.text))
        drawn, height = _marks(own, window, top) if len(shown) <= MOST else _bins(own, window, top)
        if number % 2 == 0:
            parts.append(tag("rect", class_="lane", x=0.0, y=top, width=WIDTH, height=height))
        parts.append(tag("text", lane, x=6.0, y=top + 15))
        parts.extend(drawn)
        top += height
    for number, (name, counts) in enumerate(bars, 1):
        parts.append(_histogram(name, counts, window, top, f"side{(number - 1) % 4 + 1}"))
        top += BARS + 6
    grid = Markup("").join(_axis(window, top))
    if today is not None and window.first <= today < window.last:
        x = window.x(today + timedelta(days=1))
        said = f"The latest document is of {_said(today)}: what lies to the right was still to come"
        parts.append(tag("path", tag("title", said), class_="today", d=f"M{x:.1f} 18V{top:.1f}"))
    return tag(
        "svg",
        tag("title", title),
        *(p for p in parts if 'class="lane"' in p),
        grid,
        *(p for p in parts if 'class="lane"' not in p),
        class_="chart timeline",
        viewBox=f"0 0 {WIDTH:.0f} {top + 4:.0f}",
        role="group",
        aria_label=title,
    )


def keys() -> list[tuple[Markup, str]]:
    """The legend: each mark with what it means."""
    return [
        (tag("svg", symbol(status, 10, 10), class_="chart key", viewBox="0 0 20 20", aria_hidden="true"), said)
        for status, said in KEYS
    ]


def _marks(marks: Sequence[Mark], window: Window, top: float) -> tuple[list[Markup], float]:
    """The marks of a lane in as few rows as keep them apart, and the lane's height."""
    rows: list[float] = []
    drawn: list[Markup] = []
    crowded = 0
    for mark in marks:
        start = window.middle(max(mark.first, window.first))
        end = window.middle(min(mark.last, window.last))
        row = next((n for n, taken in enumerate(rows) if taken < start - 8), len(rows))
        if row == DEEPEST:
            crowded += 1
            continue
        if row == len(rows):
            rows.append(0.0)
        rows[row] = max(end, start) + 8
        y = top + 11 + row * ROW
        inside = [tag("title", mark.text)]
        if end > start + 1:
            line = tag("path", class_="edge", d=f"M{start:.1f} {y:.1f}H{end:.1f}", stroke_width=2)
            inside.extend([line, tag("path", class_="edge", d=f"M{end:.1f} {y - 4:.1f}V{y + 4:.1f}", stroke_width=2)])
        inside.append(symbol(mark.status, start, y))
        drawn.append(tag("a", *inside, href=mark.href, aria_label=mark.text))
    height = max(1, len(rows)) * ROW + 6
    if crowded:
        drawn.append(tag("text", f"and {crowded:,} more", class_="soft", x=6.0, y=top + 30))
    return drawn, height


def _bins(marks: Sequence[Mark], window: Window, top: float) -> tuple[list[Markup], float]:
    """How many of a lane there are in each of some bins: for stretches with too many to draw."""
    many: Counter[int] = Counter()
    width = (WIDTH - LEFT - RIGHT) / 100
    for mark in marks:
        many[min(99, int((max(mark.first, window.first) - window.first).days / window.days * 100))] += 1
    most = max(many.values(), default=1)
    height = 30.0
    return [
        tag(
            "rect",
            tag("title", f"{number} in this stretch"),
            class_="held",
            x=LEFT + place * width,
            y=top + height - 4 - (height - 8) * number / most,
            width=width - 1,
            height=(height - 8) * number / most,
        )
        for place, number in sorted(many.items())
    ], height


def _histogram(name: str, counts: Mapping[str, int], window: Window, top: float, kind: str) -> Markup:
    """How many statements of a side there are in each bin: a day, or as many days as are still told apart."""
    per = max(1, -(-window.days // 120))
    binned: Counter[int] = Counter()
    for day, number in counts.items():
        at = date.fromisoformat(day)
        if window.first <= at <= window.last:
            binned[(at - window.first).days // per] += number
    most = max(binned.values(), default=0)
    width = (WIDTH - LEFT - RIGHT) * per / window.days
    cut = name if len(name) <= 16 else name[:15] + "…"
    total = sum(binned.values())
    parts = [
        tag("text", tag("title", name), cut, x=6.0, y=top + BARS / 2),
        tag(
            "text",
            f"{total:,} said, at most {most:,}" if most > 1 else f"{total:,} said",
            class_="soft",
            x=6.0,
            y=top + BARS / 2 + 13,
        ),
        tag("path", class_="grid", d=f"M{LEFT:.0f} {top + BARS:.1f}H{WIDTH - RIGHT:.0f}"),
    ]
    for place, number in sorted(binned.items()):
        height = max(2.0, (BARS - 6) * number / most)
        first = window.first + timedelta(days=place * per)
        said = (
            f"{name}: {number} on {_said(first)}" if per == 1 else f"{name}: {number} from {_said(first)}, {per} days"
        )
        x = window.x(first)
        parts.append(
            tag(
                "rect",
                tag("title", said),
                class_=kind,
                x=x,
                y=top + BARS - height,
                width=max(1.0, min(width, WIDTH - RIGHT - x) - 0.6),
                height=height,
            )
        )
    return tag("g", *parts)


def _axis(window: Window, bottom: float) -> Iterator[Markup]:
    """Lines and names of years, months or days, as many as there is room for."""
    last = -100.0
    for day, name in _ticks(window):
        x = window.x(day)
        yield tag("path", class_="grid", d=f"M{x:.1f} 18V{bottom:.1f}")
        if x > WIDTH - 62:  # there is no room for a name to its right
            if x - last > 112:
                yield tag("text", name, class_="soft", x=x - 3, y=13.0, text_anchor="end")
        elif x - last > 62:
            yield tag("text", name, class_="soft", x=x + 3, y=13.0)
            last = x


def _ticks(window: Window) -> Iterator[tuple[date, str]]:
    if window.days <= 10:
        step = 1
    elif window.days <= 45:
        step = 7
    else:
        step = 0
    if step:
        day = window.first
        while day <= window.last:
            yield day, f"{day.day} {MONTHS[day.month - 1]}"
            day += timedelta(days=step)
        return
    months = 1 if window.days <= 800 else 3 if window.days <= 2500 else 12
    year, month = window.first.year, (window.first.month - 1) // months * months + 1
    while (year, month) <= (window.last.year, window.last.month):
        day = date(year, month, 1)
        if day >= window.first:
            yield day, f"{MONTHS[month - 1]} {year}" if months < 12 else str(year)
        month += months
        if month > 12:
            year, month = year + 1, month - 12
            if year > date.max.year:
                return


def _said(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
