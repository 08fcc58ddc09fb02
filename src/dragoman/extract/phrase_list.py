"""Long lists of phrases, each a regular expression, of which only those are tried that a text has the words for.

Python's engine tries the branches of an alternation one by one at every place of a text. Hardly any sentence holds a
word that a phrase cannot do without, so these words are looked up first, in one step for the whole list: the way in
which full-text engines answer regular expressions from an index of words (Cho & Rajagopalan 2002).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.extract.stop_words import stop_words

try:  # what `re` itself parses expressions with; it has no public name
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - an interpreter without it: every phrase is tried on every text
    _parser = None

_WORD = re.compile(r"\w+")
_KEY = 4
"""Letters by which a word is found of which only the beginning is known; of fewer, nothing is said."""

_COMMON = 20
"""How many rare words a common one is worth: the one whose absence says most is looked up."""

_LIKE_ASCII = str.maketrans("ıİſ\u212a", "iisk")
_ODD = re.compile("[ıİſ\u212a]")
"""Letters that match others where case does not count, and that `str.lower` does not turn into them."""

_Item = tuple[Any, Any]
"""A step of an expression as the parser gives it: its kind and what belongs to it."""


@dataclass(slots=True, frozen=True)
class Words:
    """The words of a text in lower case, and what they begin with."""

    whole: frozenset[str]
    keys: frozenset[str]


def words_of(text: str) -> Words:
    """The words of a text, as `PhraseList` looks them up."""
    if not text.isascii() and _ODD.search(text):
        text = text.translate(_LIKE_ASCII)
    whole = frozenset(_WORD.findall(text.lower()))
    return Words(whole, frozenset([word[:_KEY] for word in whole]))


class PhraseList:
    """Matches what `before + "(?:" + "|".join(phrases) + ")" + after` matches, the same one first."""

    def __init__(
        self,
        phrases: Iterable[str],
        *,
        before: str = r"(?<![\w-])",
        after: str = r"(?![\w-])",
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Look up which words each phrase needs; a phrase is compiled when it is tried first.

        Args:
            phrases: regular expressions.
            before: what stands before each; where it is empty, a phrase may begin within a word.
            after: what stands after each; where it is empty, a phrase may end within a word.
            flags: for all of them.
        """
        self._sources = [f"{before}(?:{phrase}){after}" for phrase in phrases]
        self._flags = flags
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        self._besides: list[list[Words]] = []  # of each phrase: what it needs besides
        for number, phrase in enumerate(self._sources):
            needed = needed_words(phrase)
            self._besides.append(needed[1:])
            if not needed:
                self._always.append(number)
                continue
            for word in needed[0].whole:
                self._by_word.setdefault(word, []).append(number)
            for key in needed[0].keys:
                self._by_key.setdefault(key, []).append(number)
        self._words, self._keys = frozenset(self._by_word), frozenset(self._by_key)

    def search(self, text: str, words: Words | None = None) -> re.Match[str] | None:
        """The first match in a text, or None.

        Args:
            text: in which it is looked for.
            words: `words_of` the text, or of more than it; None to have them looked up.
        """
        return next(self.finditer(text, words), None)

    def match(self, text: str, place: int, words: Words | None = None) -> re.Match[str] | None:
        """The match that begins at a place in a text, or None; the other arguments are those of `search`."""
        tried = sorted(self._tried(words_of(text) if words is None else words))
        return next((m for number in tried if (m := self._pattern(number).match(text, place)) is not None), None)

    def finditer(self, text: str, words: Words | None = None) -> Iterator[re.Match[str]]:
        """The matches in a text that do not overlap, in its order; the arguments are those of `search`."""
        found: list[tuple[int, int, re.Match[str]]] = []
        for number in self._tried(words_of(text) if words is None else words):
            match = self._pattern(number).search(text)
            if match is not None:
                found.append((match.start(), number, match))
        while found:
            first = min(found)  # no two have the same number, so that matches are never compared
            yield first[2]
            end = max(first[2].end(), first[0] + 1)
            later = [entry for entry in found if entry[0] >= end]
            for start, number, _ in found:
                if start < end and (match := self._pattern(number).search(text, end)) is not None:
                    later.append((match.start(), number, match))
            found = later

    def _tried(self, words: Words) -> Iterable[int]:
        """The numbers of the phrases that a text with these words may hold."""
        begun = set(self._always)
        for word in words.whole & self._words:
            begun.update(self._by_word[word])
        for key in words.keys & self._keys:
            begun.update(self._by_key[key])
        if not begun:
            return begun
        return [
            number
            for number in begun
            if all(
                not (words.whole.isdisjoint(needed.whole) and words.keys.isdisjoint(needed.keys))
                for needed in self._besides[number]
            )
        ]

    def _pattern(self, number: int) -> re.Pattern[str]:
        pattern = self._patterns.get(number)
        if pattern is None:
            pattern = self._patterns[number] = re.compile(self._sources[number], self._flags)
        return pattern


# -- the words that an expression cannot do without -------------------------------------------------------------------


def needed_words(expression: str) -> list[Words]:
    """Sets of words of each of which every match of a regular expression has one; first the set that is met least.

    Of a word that is longer than a key only the beginning may be known: it is among the keys then. A word is what
    `\\w+` matches.
    """
    if _parser is None:
        return []
    found = sorted(set(_needed(list(_parser.parse(expression)), False, False)), key=_common)
    return [
        Words(
            frozenset(word for word in words if not word.endswith("*")),
            frozenset(word.rstrip("*") for word in words if word.endswith("*")),
        )
        for words in found
    ]


def _needed(items: list[_Item], left: bool, right: bool) -> list[frozenset[str]]:
    """The needed words of a sequence, with a star where only their beginnings are known.

    `left` and `right`: no letter can stand next to it on that side.
    """
    items = _spread(_flat(items))
    found: list[frozenset[str]] = []
    place = 0
    while place < len(items):
        end = place
        while end < len(items) and _is_letter(items[end]):
            end += 1
        branches = items[place][1][1] if items[place][0] == "BRANCH" else []
        before = _closed(items[:place][::-1], left, -1)
        after = _closed(items[max(end, place + 1) :], right, 1)
        if end > place:
            word = "".join(chr(value) for _, value in items[place:end]).lower()
            # Of other letters than those of ASCII it is not known which match each other where case does not count.
            if before and word.isascii() and (after or len(word) >= _KEY):
                found.append(frozenset({word if after else word[:_KEY] + "*"}))
        elif branches:
            options = [_needed(branch, before, after) for branch in branches]
            if all(options):
                found.append(frozenset().union(*(min(option, key=_common) for option in options)))
        place = max(end, place + 1)
    return found


def _common(words: frozenset[str]) -> tuple[float, list[str]]:
    """How likely one of some words is to be met, roughly."""
    plain = [word.rstrip("*") for word in words]
    return sum((_COMMON if word in stop_words() else 1) + _KEY / len(word) for word in plain), sorted(words)


def _flat(items: Iterable[_Item]) -> list[_Item]:
    """A sequence without groups, which mean nothing here."""
    found: list[_Item] = []
    for kind, value in items:
        found += _flat(value[3]) if str(kind) == "SUBPATTERN" else [(str(kind), value)]
    return found


def _spread(items: list[_Item]) -> list[_Item]:
    """Letters right before and after branches are moved into these, so that "d(?:ead|oomed)" has whole words."""
    place = 0
    while place < len(items):
        kind, value = items[place]
        if kind == "BRANCH":
            low, high = place, place + 1
            while low and _is_letter(items[low - 1]):
                low -= 1
            while high < len(items) and _is_letter(items[high]):
                high += 1
            spread = [[*items[low:place], *_flat(branch), *items[place + 1 : high]] for branch in value[1]]
            items[low:high] = [("BRANCH", (None, spread))]
            place = low
        place += 1
    return items


def _is_letter(item: _Item) -> bool:
    return item[0] == "LITERAL" and (chr(item[1]).isalnum() or item[1] == ord("_"))


def _closed(items: list[_Item], outside: bool, step: int) -> bool:
    """Whether no letter can be the first that is met on a walk away from a place.

    Args:
        items: a sequence, in the order of the walk.
        outside: whether none can be met first beyond the sequence.
        step: -1 for a walk back, 1 for one ahead.
    """
    for at, (kind, value) in enumerate(items):
        if kind == "AT":
            return str(value) != "AT_NON_BOUNDARY"
        if kind == "ASSERT_NOT" and value[0] == step and any(_excludes_letters(inner) for inner in value[1]):
            return True
        if kind in ("ASSERT", "ASSERT_NOT"):
            continue  # of no width: what stands beyond it is met first
        if kind == "LITERAL":
            return not _is_letter((kind, value))
        if kind == "IN":
            return not any(
                _is_letter((str(k), v)) or (str(k) != "LITERAL" and str(v) != "CATEGORY_SPACE") for k, v in value
            )
        if kind == "BRANCH":
            beyond = _closed(items[at + 1 :], outside, step)
            return all(_closed(_flat(branch)[::step], beyond, step) for branch in value[1])
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            inside = _closed(_flat(value[2])[::step], False, step)
            return inside and (value[0] > 0 or _closed(items[at + 1 :], outside, step))
        return False
    return outside


def _excludes_letters(item: _Item) -> bool:
    """Whether what must not stand at a place is any letter at all."""
    return str(item[0]) == "IN" and any(str(value) == "CATEGORY_WORD" for _, value in item[1])
