"""What a position is about, and whether two are about one thing: by the stems of their words, their names and numbers.

Nothing here knows parties or days.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Generic, TypeVar

import yaml

from dragoman.record import Position, Quantity

T = TypeVar("T")
Interval = tuple[float, float]

_SHARED = 3  # one word in so many of the shorter content must be shared
_STEM = 6  # letters: withdraw, withdrawal and withdrawn are one word, and so are inspectors and inspections
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|%")


@functools.cache
def _lexicon() -> Any:
    text = files("dragoman.resolve").joinpath("gist.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@functools.cache
def _little() -> frozenset[str]:
    return frozenset(_stem(str(word)) for group in _lexicon()["little"] for word in group)


@functools.cache
def _units() -> dict[str, tuple[str, float]]:
    return {
        str(word): (str(unit), float(worth))
        for unit, known in _lexicon()["units"].items()
        for word, worth in known.items()
    }


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word.lower())
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


def unit_of(unit: str) -> tuple[str, float]:
    """A unit as it is compared, and how many of it the unit written is: "weeks" is ("day", 7).

    Of a unit of several words that is not known as a whole ("lorries a day") all words count, each without its plural.
    """
    plain = " ".join(unit.lower().replace("-", " ").replace(".", "").split())
    for form in (plain, plain[:-1] if plain.endswith("s") else plain):
        if form in _units():
            return _units()[form]
    return " ".join(sorted(_stem(word) for word in plain.split())) or plain, 1.0


def amounts(quantities: Iterable[Quantity]) -> dict[str, Interval]:
    """The numbers of a stand by unit, as the interval from least to greatest: "8 to 10 %" is percent (8, 10)."""
    found: dict[str, Interval] = {}
    for quantity in quantities:
        unit, worth = unit_of(quantity.unit)
        value = quantity.value * worth
        low, high = found.get(unit, (value, value))
        found[unit] = (min(low, value), max(high, value))
    return found


@dataclass(frozen=True, slots=True)
class Gist:
    """What a position is about: the stems of its telling words and units, the names in it, and its numbers by unit."""

    words: frozenset[str]
    names: frozenset[str]
    amounts: Mapping[str, Interval]


def gist(position: Position, skip: frozenset[str] = frozenset()) -> Gist:
    """What a position is about.

    Args:
        position: its content and numbers are looked at.
        skip: stems that say nothing here: those of the parties' names (see `stems`).
    """
    numbers = amounts(position.quantities)
    found = _WORD.findall(position.content)
    words = {_stem(word) for word in found if not word[0].isdigit() and word != "%"} - _little() - skip
    names = set()
    for place, word in enumerate(found):
        stem = _stem(word)
        # A first word's capital may be the sentence's; where the next has one too ("Port Alder") it is a name's.
        named = word[0].isupper() and (place > 0 or (len(word) > 1 and word.isupper()) or _goes_on(found))
        if named and stem not in _little() and stem not in skip:
            names.add(stem)
    return Gist(frozenset(words | set(numbers)), frozenset(names), numbers)


def _goes_on(words: list[str]) -> bool:
    return len(words) > 1 and words[1][0].isupper()


def stems(names: Iterable[str]) -> frozenset[str]:
    """The stems of the words of some names, to be passed over when contents are compared."""
    return frozenset(_stem(word) for name in names for word in _WORD.findall(name))


def alike(a: Gist, b: Gist) -> bool:
    """Whether two contents are about the same thing: one word in three of the shorter one stands in the other too."""
    return _enough(len(a.words & b.words), a, b)


def _enough(shared: int, a: Gist, b: Gist) -> bool:
    return shared > 0 and shared * _SHARED >= min(len(a.words), len(b.words))


class Index(Generic[T]):
    """Finds what is about the same thing without comparing everything with everything: things by their words."""

    def __init__(self, things: Iterable[tuple[Gist, T]] = ()) -> None:
        """With these things in it, each with what it is about."""
        self._things: list[tuple[Gist, T]] = []
        self._by_word: dict[str, list[int]] = {}
        for about, thing in things:
            self.add(about, thing)

    def add(self, about: Gist, thing: T) -> None:
        """Takes up a thing."""
        for word in about.words:
            self._by_word.setdefault(word, []).append(len(self._things))
        self._things.append((about, thing))

    def sharing(self, about: Gist) -> list[T]:
        """The things that share a word with it, in the order in which they were taken up."""
        return [self._things[n][1] for n in sorted(self._shared(about))]

    def alike(self, about: Gist) -> list[T]:
        """The things that are about the same, in that order."""
        shared = self._shared(about)
        return [self._things[n][1] for n in sorted(shared) if _enough(shared[n], about, self._things[n][0])]

    def _shared(self, about: Gist) -> Counter[int]:
        return Counter(n for word in about.words for n in self._by_word.get(word, ()))


class Firsts:
    """Finds the first (the one with the least number) of some things that are about the same as another.

    As `min(Index.alike(…))`, but without looking at all that share a word: of contents of few words one shared word is
    enough, so that of those only the least number by word is kept.
    """

    def __init__(self, things: Iterable[tuple[Gist, int]] = ()) -> None:
        """With these things in it, each with what it is about."""
        self._known: dict[frozenset[str], int] = {}
        self._least: dict[str, int] = {}  # by word, of all
        self._least_short: dict[str, int] = {}  # of those of which one shared word is enough
        self._long: list[tuple[int, int]] = []  # of the others: how many words they have, and their number
        self._by_word: dict[str, list[int]] = {}  # their places in that list
        for about, number in things:
            self.add(about, number)

    def add(self, about: Gist, number: int) -> None:
        """Takes up a thing."""
        words = about.words
        if self._known.get(words, number + 1) <= number:
            return
        self._known[words] = number
        short = len(words) <= _SHARED
        for word in words:
            self._least[word] = min(self._least.get(word, number), number)
            if short:
                self._least_short[word] = min(self._least_short.get(word, number), number)
            else:
                self._by_word.setdefault(word, []).append(len(self._long))
        if not short:
            self._long.append((len(words), number))

    def alike(self, about: Gist) -> int | None:
        """The least number of a thing that is about the same; None if there is none."""
        few = len(about.words) <= _SHARED
        least = self._least if few else self._least_short
        found = min((least[word] for word in about.words if word in least), default=None)
        if few:
            return found
        shared = Counter(place for word in about.words for place in self._by_word.get(word, ()))
        for place, many in shared.items():
            words, number = self._long[place]
            if (found is None or number < found) and many * _SHARED >= min(len(about.words), words):
                found = number
        return found


def other_number(a: Gist, b: Gist) -> bool:
    """Whether they give different numbers of the same unit."""
    return any(a.amounts[unit] != b.amounts[unit] for unit in a.amounts.keys() & b.amounts.keys())
