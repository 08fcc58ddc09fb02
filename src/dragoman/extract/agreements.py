"""Agreements: found by reading clauses."""

from __future__ import annotations

from dragoman.extract.findings import AgreementFound
from dragoman.extract.told import Told


def find_agreements(told: Told) -> list[AgreementFound]:
    """The agreements on a page, in the order of the text."""
    return []
