"""Positions: found by reading clauses."""

from __future__ import annotations

from dragoman.extract.findings import PositionFound
from dragoman.extract.told import Told


def find_positions(told: Told) -> list[PositionFound]:
    """The positions on a page, in the order of the text."""
    return []
