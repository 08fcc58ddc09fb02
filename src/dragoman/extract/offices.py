"""The lexicons of titles, roles and organisations as sets, and how their words are looked up."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.extract import lexicon

if TYPE_CHECKING:  # spaCy is slow to import, and resolving needs these words without it
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Roles:
    """lexicon/roles.yaml as sets."""

    male: frozenset[str]
    female: frozenset[str]
    honorifics: frozenset[str]
    level: dict[str, str]
    outside: frozenset[str]
    mediating: frozenset[str]
    heads: frozenset[str]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    acting_for: frozenset[str]
    acting_outside: frozenset[str]


@functools.cache
def roles() -> Roles:
    """The lexicon of titles and roles; `level` maps a role's head to leaders, ministers, delegates, officials or outside."""
    data = lexicon.load("roles")
    honorifics = {k: frozenset(v) for k, v in data["honorifics"].items()}
    level: dict[str, str] = {}
    for name in ("leaders", "ministers", "delegates", "officials", "outside"):
        for word in data[name]:
            level.setdefault(word, name)
    level["counterpart"] = level["colleague"] = "officials"
    return Roles(
        honorifics["male"],
        honorifics["female"],
        honorifics["male"] | honorifics["female"] | honorifics["any"],
        level,
        frozenset(data["outside"]),
        frozenset(data["mediating"]),
        frozenset(data["heads"]),
        frozenset(data["modifiers"]),
        frozenset(data["portfolios"]),
        frozenset(data["acting_for"]),
        frozenset(data["acting_outside"]),
    )


@dataclass(frozen=True, slots=True)
class Organisations:
    """lexicon/organisations.yaml: head nouns with their kind, and bodies."""

    heads: dict[str, str]
    bodies: frozenset[str]
    governments: frozenset[str]
    workers: frozenset[str]
    states: frozenset[str]
    media: frozenset[str]
    nominals: dict[str, str]


@functools.cache
def organisations() -> Organisations:
    """The lexicon of organisations."""
    data = lexicon.load("organisations")
    heads: dict[str, str] = {}
    for kind in ("union", "bloc", "armed_group", "company", "organisation", "court"):
        for word in data[kind]:
            heads.setdefault(word, "organisation" if kind == "court" else kind)
    nominals = {word: kind for kind, words in data["nominals"].items() for word in words}
    return Organisations(
        heads,
        frozenset(data["bodies"]),
        frozenset(data["governments"]),
        frozenset(data["workers"]),
        frozenset(data["states"]),
        frozenset(data["media"]),
        nominals,
    )


@functools.lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The word without a plural ending, for looking role and head nouns up."""
    word = word.lower().rstrip(".")
    known = roles().level
    if word in known or word in organisations().heads:
        return word
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def role_level(token: Token) -> str | None:
    """The level of the role that this token is the head of, or None."""
    return roles().level.get(singular(token.lower_))
