"""A family of documents as a small graph: who came first, and who followed, from above in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dragoman.report.words import short
from dragoman.web.charts.svg import tag

WIDTH = 460.0
ROW = 26.0
MOST = 12
LABEL = 52
"""Characters of a label."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document: its label, its address, when it was written (a day, or None)."""

    label: str
    href: str
    day: str | None


def family(members: Sequence[Member], first: int | None, kind: str, source: str | None = None) -> Markup:
    """The graph: the first at the top, the others beneath it in the order of time, joined by lines.

    Args:
        members: the documents.
        first: which of them came first; None where that is not known.
        kind: how they hang together, in words.
        source: whom they all rest on, where that is no document of them.
    """
    others = [m for n, m in enumerate(members) if n != first]
    others = sorted(others, key=lambda m: (m.day or "9999", m.label))
    shown = others[:MOST]
    top, left, right = 16.0, 12.0, 44.0
    parts: list[Markup] = [tag("title", f"Family of {len(members)} documents, {kind}")]
    for number, member in enumerate(shown, 1):
        y = top + number * ROW
        parts.append(
            tag(
                "path",
                class_="edge",
                d=f"M{left:.0f} {top:.0f}V{y - 10:.0f}Q{left:.0f} {y:.0f} {left + 10:.0f} {y:.0f}H{right:.0f}",
            )
        )
        parts.append(tag("circle", class_="mark scheduled", cx=right, cy=y, r=5.0))
        parts.append(_name(member, right + 12, y))
    if first is not None:
        parts.append(tag("circle", class_="mark held", cx=left, cy=top, r=7.0))
        parts.append(_name(members[first], left + 14, top, "first"))
    else:
        parts.append(tag("circle", class_="mark proposed", cx=left, cy=top, r=7.0))
        said = f"all rest on {source}" if source else "which came first is not known"
        parts.append(tag("text", tag("title", said), short(said, LABEL), class_="soft", x=left + 14, y=top + 4))
    if len(others) > MOST:
        y = top + (MOST + 1) * ROW
        parts.append(tag("text", f"and {len(others) - MOST} more", class_="soft", x=right + 12, y=y + 4))
    height = top + (len(shown) + (len(others) > MOST)) * ROW + 14
    return tag("svg", *parts, class_="chart family", viewBox=f"0 0 {WIDTH:.0f} {height:.0f}", role="group")


def _name(member: Member, x: float, y: float, kind: str | None = None) -> Markup:
    text = tag("text", tag("title", member.label), short(member.label, LABEL), class_=kind, x=x, y=y + 4)
    return tag("a", text, href=member.href)
