"""A family of documents as a small graph: who came first, and who followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dragoman.report.words import short
from dragoman.web.charts.svg import tag

WIDTH = 760.0
ROW = 30.0
MOST = 12


@dataclass(frozen=True, slots=True)
class Member:
    """A document: its label, its address, when it was written (a day, or None)."""

    label: str
    href: str
    day: str | None


def family(members: Sequence[Member], first: int | None, kind: str, source: str | None = None) -> Markup:
    """The graph: the first at the left, the others at the right in the order of time, joined by lines.

    Args:
        members: the documents.
        first: which of them came first; None where that is not known.
        kind: how they hang together, in words.
        source: whom they all rest on, where that is no document of them.
    """
    others = [m for n, m in enumerate(members) if n != first]
    others = sorted(others, key=lambda m: (m.day or "9999", m.label))
    left = members[first].label if first is not None else source or "which came first is not known"
    shown = others[:MOST]
    height = max(1, len(shown)) * ROW + 16
    middle = height / 2
    parts: list[Markup] = [tag("title", f"Family of {len(members)} documents, {kind}")]
    for number, member in enumerate(shown):
        y = 20 + number * ROW
        parts.append(
            tag(
                "path", class_="edge", d=f"M300 {middle:.0f}C360 {middle:.0f} 360 {y:.0f} 420 {y:.0f}", stroke_width=1.5
            )
        )
        parts.append(tag("circle", class_="mark scheduled", cx=424.0, cy=y, r=5.0))
        parts.append(tag("a", tag("text", short(member.label, 44), x=436.0, y=y + 4), href=member.href))
    node = (
        tag("circle", class_="mark held", cx=294.0, cy=middle, r=8.0)
        if first is not None
        else tag("circle", class_="mark proposed", cx=294.0, cy=middle, r=8.0)
    )
    name = tag("text", short(left, 40), x=280.0, y=middle + 4, text_anchor="end")
    parts.append(node)
    parts.append(tag("a", name, href=members[first].href) if first is not None else name)
    if len(others) > MOST:
        parts.append(tag("text", f"and {len(others) - MOST} more", class_="soft", x=436.0, y=height - 2))
    return tag("svg", *parts, class_="chart family", viewBox=f"0 0 {WIDTH:.0f} {height:.0f}", role="group")
