"""Pieces of SVG: elements with escaped attributes and text. Nothing is styled inline: classes are in static/app.css."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from dragoman.web.words import visible


def tag(name: str, *inside: Markup | str, **attributes: str | float | None) -> Markup:
    """An element; `class_` is class, other underscores are dashes, floats have at most one decimal."""
    given = Markup("").join(
        Markup(' {}="{}"').format(Markup(key.rstrip("_").replace("_", "-")), _value(value))
        for key, value in attributes.items()
        if value is not None
    )
    if not inside:
        return Markup("<{}{}/>").format(Markup(name), given)
    body = Markup("").join(one if isinstance(one, Markup) else escape(visible(one)) for one in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, body)


def _value(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else visible(str(value))


def bar(shares: Sequence[tuple[str, float]]) -> Markup:
    """A bar of some shares of one, each in a class; what they lack to one stays blank. Words beside it say the same."""
    parts = [tag("rect", class_="track", x=0, y=0, width=100, height=6)]
    at = 0.0
    for kind, share in shares:
        width = 100 * min(max(share, 0.0), 1.0)
        parts.append(tag("rect", class_=kind, x=at, y=0, width=max(0.0, width - 0.6), height=6))
        at += width
    return tag("svg", *parts, class_="chart bar", viewBox="0 0 100 6", preserveAspectRatio="none", aria_hidden="true")


def symbol(status: str, x: float, y: float, size: float = 6.0) -> Markup:
    """The mark of an encounter by its status, or of what became of an agreement: told apart by shape."""
    if status in ("declined", "cancelled", "breached", "denied"):
        a, b, c, e = (f"{v:.1f}" for v in (x - size, y - size, x + size, y + size))
        d = f"M{a} {b}L{c} {e}M{a} {e}L{c} {b}"
        return tag("path", class_=f"mark {'bad' if status in ('breached', 'denied') else status}", d=d)
    if status == "proposed":
        return tag("path", class_="mark proposed", d=_diamond(x, y, size + 1))
    if status in ("agreed", "in_principle", "implemented", "partly_implemented", "lapsed"):
        kind = "open" if status in ("in_principle", "lapsed") else "good"
        return tag("path", class_=f"mark {kind}", d=_triangle(x, y, size + 1))
    return tag("circle", class_=f"mark {status}", cx=x, cy=y, r=size)


def _diamond(x: float, y: float, size: float) -> str:
    return f"M{x:.1f} {y - size:.1f}L{x + size:.1f} {y:.1f}L{x:.1f} {y + size:.1f}L{x - size:.1f} {y:.1f}Z"


def _triangle(x: float, y: float, size: float) -> str:
    return f"M{x:.1f} {y - size:.1f}L{x + size:.1f} {y + size:.1f}L{x - size:.1f} {y + size:.1f}Z"
