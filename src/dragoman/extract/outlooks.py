"""Outlooks: found by reading clauses."""

from __future__ import annotations

from dragoman.extract.findings import OutlookFound
from dragoman.extract.told import Told


def find_outlooks(told: Told) -> list[OutlookFound]:
    """The outlooks on a page, in the order of the text."""
    return []
