"""The map of an encounter's place: only where it is plain which town is meant, and drawn without a network."""

from __future__ import annotations

import re

import pytest

from dragoman.web.charts.map import HEIGHT, WIDTH, Town, town, town_map


@pytest.mark.parametrize(
    ("place", "country", "code"),
    [
        ("Geneva", "Switzerland", "CH"),
        ("Istanbul", None, "TR"),
        ("Washington", None, "US"),
        ("Tbilisi", "Georgia", "GE"),
        (" istanbul ", None, "TR"),
    ],
)
def test_a_town_that_is_plain_is_found(place: str, country: str | None, code: str) -> None:
    found = town(place, country)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Springfield", None),  # many, none of them much bigger than the others
        ("Tirrun", None),  # invented
        ("Geneva", "Velcora"),  # a state that is none
        ("Geneva", "Japan"),
        (None, "Switzerland"),
        ("", None),
        ("<script>", None),
    ],
)
def test_no_map_is_better_than_a_wrong_one(place: str | None, country: str | None) -> None:
    assert town(place, country) is None


@pytest.mark.parametrize(("north", "east"), [(46.2, 6.1), (-18.1, 178.4), (64.1, -21.9), (78.2, 15.6), (-53.2, -70.9)])
def test_land_is_drawn_around_a_town_wherever_it_lies(north: float, east: float) -> None:
    drawn = str(town_map(Town("Port <b>", "XX", north, east, 1)))
    assert 'class="land"' in drawn
    assert "<b>" not in drawn
    assert "Port &lt;b&gt;" in drawn
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in drawn
    assert len(drawn) < 120_000
    places = [
        tuple(map(float, p)) for p in re.findall(r"(-?[\d.]+) (-?[\d.]+)", "".join(re.findall(r' d="([^"]*)', drawn)))
    ]
    assert any(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


def test_the_map_lies_the_right_way_up() -> None:
    """North is up: Norway goes on beyond the picture above Oslo, and Denmark lies wholly below it."""
    found = town("Oslo", "Norway")
    assert found is not None
    paths = re.findall(r' d="([^"]*)', str(town_map(found)))
    heights = [float(y) for path in paths for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
    assert min(heights) < 0 < HEIGHT < max(heights)
    below = [p for p in paths if all(float(y) > HEIGHT / 2 for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", p))]
    assert below
