"""A report cut into sentences, with those of their features that outlive a rewriting: names, numbers and stems.

A rewrite desk, or a machine, changes the words and the headline and keeps the facts; a transliterator changes the
letters of a name, and a house style "fourteen" into "14". A feature is therefore what is left of a word when that is
taken off: the skeleton of a name, the value of a number, the first letters of any other word that says something.
No parse is needed: a comparison of two texts must not cost one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.spelling import skeleton
from dragoman.extract.stop_words import stop_words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_CUT = re.compile(r"\n\s*|(?<=[.!?…])([\"'”’»)\]]*)\s+(?=[\"'“‘«(\[]*[A-ZÀ-Þ0-9])")
_LAST = re.compile(r"(?:^|(?<=\W))(\w+)\.$")
STEM = 5
"""Letters of a word that count: mediator, mediated and mediation are one."""
NAME_STEM = 6
"""The same of a name's skeleton: a land and its people are one."""

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: value for value, word in enumerate(_UNITS.split())}
_NUMBERS |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
_NUMBERS["dozen"] = 12
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ABBREVIATIONS = words("copies", "abbreviations")


@functools.cache
def _common() -> frozenset[str]:
    return stop_words() | words("copies", "common")


WordT = tuple[str, int, int]
"""A word of the report, folded (lower case, no diacritics, no 's), and its place in the text: start and end."""


@dataclass(slots=True)
class Unit:
    """A sentence, or what is set as one: its place, its words, and its features with the place where each is first."""

    start: int
    end: int
    words: list[WordT]
    marks: dict[str, SpanT] = field(default_factory=dict)


@functools.lru_cache(maxsize=262_144)
def _folded(token: str) -> str:
    if not token.isascii():
        token = token.replace("’", "'")
        token = token if token.isascii() else anyascii(token)
    token = token.lower()
    return token[:-2] if token.endswith("'s") else token.replace("'", "")


@functools.lru_cache(maxsize=262_144)
def _name(token: str) -> str:
    return "@" + skeleton(token[:-2] if token.endswith(("'s", "’s")) else token)[:NAME_STEM]


def report(text: str, furniture: Iterable[SpanT]) -> list[SpanT]:
    """What is left of the text without its furniture: stretches that are not empty, in the order of the text."""
    found, place = [], 0
    for start, end in [*sorted(furniture), (len(text), len(text))]:
        if text[place:start].strip():
            found.append((place, start))
        place = max(place, end)
    return found


def content(folded: str) -> bool:
    """Whether a folded word says something of its own."""
    return folded not in _common() and len(folded) > 1


def sentences(text: str, spans: Sequence[SpanT]) -> list[SpanT]:
    """The sentences of these stretches of the text; a line's end ends a sentence."""
    found = []
    for start, end in spans:
        place = start
        for match in _CUT.finditer(text, start, end):
            if "\n" not in match.group() and _abbreviated(text[max(place, match.start() - 8) : match.start()]):
                continue
            stop = match.end(1) if match.group(1) else match.start()
            if text[place:stop].strip():
                found.append((place, stop))
            place = match.end()
        if text[place:end].strip():
            found.append((place, end))
    return [_trimmed(text, span) for span in found]


def _abbreviated(end: str) -> bool:
    last = _LAST.search(end)
    if last is None:
        return False
    word = last.group(1)
    return (len(word) == 1 and word.isupper()) or (word[0].isupper() and word.lower() in _ABBREVIATIONS)


def _trimmed(text: str, span: SpanT) -> SpanT:
    inner = text[slice(*span)]
    return span[0] + len(inner) - len(inner.lstrip()), span[1] - len(inner) + len(inner.rstrip())


def units(text: str, spans: Sequence[SpanT]) -> list[Unit]:
    """The report's sentences with their features, in the order of the text.

    Features: `@` and the skeleton of a name, `#` and the value of a number, else the stem of a word.
    """
    cut = [(span, list(_TOKEN.finditer(text, *span))) for span in sentences(text, spans)]
    named, lower = set(), set()
    found = []
    for (start, end), tokens in cut:
        told = []
        for i, match in enumerate(tokens):
            token = match.group()
            folded = _folded(token)
            told.append((folded, match.start(), match.end()))
            if token[0].islower():
                lower.add(folded)
            elif i and token[0].isupper():
                named.add(folded)
        found.append(Unit(start, end, told))
    named -= lower
    for unit in found:
        unit.marks = _marks(text, unit.words, named)
    return found


def _marks(text: str, told: Sequence[WordT], named: set[str]) -> dict[str, SpanT]:
    marks: dict[str, SpanT] = {}
    value: float | None = None
    began, place = 0.0, (0, 0)
    for folded, start, end in told:
        number = _value(folded)
        if value is not None:
            if folded in _TIMES:
                value, place = value * _TIMES[folded], (place[0], end)
                continue
            if number is not None and 20 <= began < 100 and 0 < number < 10 and folded.isalpha():
                value, began, place = value + number, number, (place[0], end)  # twenty-five
                continue
            marks.setdefault(f"#{value:.10g}", place)
            value = None
        if number is not None:
            value, place = number, (start, end)
            began = number if folded.isalpha() else 0.0
        elif folded in named and text[start].isupper():
            marks.setdefault(_name(text[start:end]), (start, end))
        elif content(folded):
            marks.setdefault(folded[:STEM], (start, end))
    if value is not None:
        marks.setdefault(f"#{value:.10g}", place)
    return marks


@functools.lru_cache(maxsize=65_536)
def _value(folded: str) -> float | None:
    if not folded[0].isdigit():
        return _NUMBERS.get(folded)
    plain = folded.replace(",", "") if _GROUPED.fullmatch(folded) else folded.replace(",", ".")
    try:
        return float(plain)
    except ValueError:  # 12.5.2024
        return None
