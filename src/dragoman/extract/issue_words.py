"""Words and phrases found in a text by their stems, all at once, with what they weigh for which issue."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from dragoman.extract.alternation import alternation
from dragoman.extract.issue_sets import RawIssues
from dragoman.extract.lexicon import load

GAPS = {"..": 4, ".": 1}
"""What stands in a phrase for other words, and for how many at most."""

NUMBER = "0"
"""What any number becomes, in digits or letters, in phrases as in texts."""

NAMED = 0.3
"""What a single word counts that is written as a name within a sentence: a party may be called after a thing."""

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[%£$€]")
_BEFORE_SENTENCE = frozenset('.!?…:;\n"“”«»‘(')
_NUMBERS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "dozen",
    ]
)
_VOWELS = frozenset("aeiou")
_UNDOUBLED = frozenset("bdgmnprt")
_SHORTEST_PREFIX = 3

MOST_KNOWN = 20_000
"""Words for which is kept what can begin with them."""

ASIDE = 0.6
"""What words count in a clause that says what a stand is tied to."""

LATER, LATEST = 0.01, 0.6
"""What each word takes from the weight of those after it, and what is left at least: the head comes first."""

Token = tuple[str, str, bool, float]
"""A word, its stem, whether it is written as a name (with a capital, though no sentence begins with it), its share."""

Phrase = tuple[str, ...]

_Ranked = tuple[int, Phrase, int]
"""A phrase that can begin with some word, with its place among those that can, and its number."""


@dataclass(slots=True)
class _Beginnings:
    """The phrases that can begin with some word: whatever follows, and by the stem (or "=word") that must follow."""

    any_next: list[_Ranked]
    by_next: dict[str, list[_Ranked]]


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a lower-case English word shares with its other forms: without plural, -ing, -ed and a last e."""
    if len(word) <= 3:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    for ending, shortest in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("eed"):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] in _UNDOUBLED:
                return word[:-1]
            if len(word) == 3 and word[1] in _VOWELS and word[2] not in _VOWELS and word[2] not in "wxy":
                return word + "e"  # voting is of vote, as hiring is of hire
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@functools.lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[str, str]:
    """A word as it is compared, and its stem."""
    if word[0].isdigit() or word in _NUMBERS:
        return word, NUMBER
    if word == "%":
        return "percent", "percent"
    if word in "£$€":
        return "money", "€"
    return word, stem(word)


@functools.lru_cache(maxsize=20_000)
def _plain(word: str, share: float) -> Token:
    """A word that is not written as a name."""
    return (*_known(word.lower()), False, share)


@functools.cache
def _opener() -> re.Pattern[str]:
    """Clauses that say what a stand is tied to, up to their end."""
    openers = sorted(load("issue_clauses")["openers"], key=lambda words: -len(words))
    words = alternation(r"\s+".join(map(re.escape, opener.split())) for opener in openers)
    return re.compile(rf"\b(?:{words})\b[^,;:.!?…]*", re.IGNORECASE)


@functools.lru_cache(maxsize=64)  # a stand's words are scored by the lexicon and weighed by the model
def tokens_of(text: str) -> list[Token]:
    """The words of a text, lower case, with their stems; hyphens part words, and 's is dropped. Not to be changed."""
    asides = [match.span() for match in _opener().finditer(text)]
    asides.append((len(text), len(text)))
    low, high = asides[0]
    number = 0
    found: list[Token] = []
    capitals = 0
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        while high <= start:
            number += 1
            low, high = asides[number]
        if word == "s":
            continue
        share = ASIDE if low <= start else 1.0
        if (
            word[0].isupper()
            and start > 1
            and text[start - 1] in " -"
            and text[start - 2] not in _BEFORE_SENTENCE
            and not (len(word) > 1 and word.isupper())
        ):
            capitals += 1
            found.append((*_known(word.lower()), True, share))
        else:
            found.append(_plain(word, share))
    if 2 * capitals > len(found) > 3:  # a headline
        return [(word, root, False, share) for word, root, _, share in found]
    return found


class Matcher:
    """All phrases of a set of issues, by the first word that a phrase can begin with."""

    def __init__(self, raw: RawIssues) -> None:
        """Compile a set as it is written."""
        self._starts: dict[str, list[tuple[Phrase, int]]] = {}
        self._prefixes: dict[str, list[tuple[Phrase, int]]] = {}
        self._numbers: dict[Phrase, int] = {}
        self._weights: list[list[tuple[str, float]]] = []  # of each phrase: the issues it speaks for
        self._levels: list[int] = []
        # What, if anything, can begin with a word that was met; by its stem too, since "€" is compared as "money".
        self._known: dict[tuple[str, str], _Beginnings | None] = {}
        self._groups: list[list[int]] = []  # of each phrase: the halves of pairs it belongs to
        self._pairs: list[tuple[int, int, str, float]] = []
        for issue, entry in raw.issues.items():
            for phrase, weight in sorted(entry.words.items(), key=lambda item: -item[1]):
                number, level = self._number(phrase), entry.levels.get(phrase, 0)
                if level > self._levels[number]:  # what extends a set takes words from it
                    self._levels[number] = level
                    self._weights[number].clear()
                weights = self._weights[number]
                if level == self._levels[number] and all(other != issue for other, _ in weights):
                    weights.append((issue, weight))
        ignored = {self._number(phrase) for phrase in raw.ignore}
        self._listed = ignored | {number for number, weights in enumerate(self._weights) if weights}
        for issue, entry in raw.issues.items():
            for pair in entry.together:
                group = 2 * len(self._pairs)
                for half, phrases in enumerate((pair.one, pair.other)):
                    for phrase in phrases:
                        self._groups[self._number(phrase)].append(group + half)
                self._pairs.append((group, group + 1, issue, pair.weight))
        for found in chain(self._starts.values(), self._prefixes.values()):
            found.sort(key=lambda entry: (-len(entry[0]), entry[1]))

    def _number(self, phrase: str) -> int:
        """The number of a phrase, which is taken in where it is new."""
        parts = tuple(_part(word) for word in re.sub(r"['’]s\b", "", phrase.lower()).replace("-", " ").split())
        number = self._numbers.get(parts)
        if number is None:
            number = self._numbers[parts] = len(self._weights)
            self._weights.append([])
            self._levels.append(0)
            self._groups.append([])
            first = parts[0]
            if first.endswith("*"):
                self._prefixes.setdefault(first[:_SHORTEST_PREFIX], []).append((parts, number))
            else:
                self._starts.setdefault(first, []).append((parts, number))
        return number

    def weights(self, tokens: list[Token]) -> dict[str, list[float]]:
        """What the matches in a text weigh, for each issue that has any; the longest of overlapping ones count."""
        found: list[tuple[int, int, int, int, int, int]] = []  # the longest first, then as they stand, then as listed
        known = self._known
        for place, token in enumerate(tokens):
            met = token[:2]
            beginnings = known[met] if met in known else self._begun(*met)
            if beginnings is None:
                continue
            candidates = beginnings.any_next
            if beginnings.by_next and place + 1 < len(tokens):
                following = tokens[place + 1]
                candidates = [
                    *candidates,
                    *beginnings.by_next.get(following[1], ()),
                    *beginnings.by_next.get("=" + following[0], ()),
                ]
            for rank, parts, number in candidates:
                end = place + 1 if len(parts) == 1 else _end(parts, tokens, place)
                if end:
                    found.append((place - end, place, -self._levels[number], rank, end, number))
        found.sort()
        weights: dict[str, list[float]] = {}
        groups: dict[int, set[int]] = {}
        taken: dict[int, tuple[int, int, int]] = {}
        for _, start, _, _, end, number in found:
            for group in self._groups[number]:
                groups.setdefault(group, set()).add(start)
            span = (start, end, self._levels[number])
            if number not in self._listed:
                continue
            if end - start == 1:
                if taken.setdefault(start, span) != span:
                    continue
            elif any(taken.get(place, span) != span for place in range(start, end)):
                continue
            else:
                taken.update(dict.fromkeys(range(start, end), span))
            factor = tokens[start][3] * max(1.0 - LATER * start, LATEST)
            if end - start == 1 and tokens[start][2]:
                factor *= NAMED
            for issue, weight in self._weights[number]:
                weights.setdefault(issue, []).append(weight * factor)
        for one, other, issue, weight in self._pairs:
            if one in groups and other in groups and len(groups[one] | groups[other]) > 1:
                weights.setdefault(issue, []).append(weight)
        return weights

    def _begun(self, word: str, root: str) -> _Beginnings | None:
        """What can begin with a word, by what must follow it; None where nothing can."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        begun = _Beginnings([], {})
        for rank, (parts, number) in enumerate(self._candidates(word, root)):
            if len(parts) == 1 or parts[1] in GAPS or parts[1].endswith("*"):
                begun.any_next.append((rank, parts, number))
            else:
                begun.by_next.setdefault(parts[1], []).append((rank, parts, number))
        self._known[word, root] = begun if begun.any_next or begun.by_next else None
        return self._known[word, root]

    def _candidates(self, word: str, root: str) -> Iterable[tuple[Phrase, int]]:
        yield from self._starts.get(root, ())
        yield from self._starts.get("=" + word, ())
        if len(word) >= _SHORTEST_PREFIX:
            for parts, number in self._prefixes.get(word[:_SHORTEST_PREFIX], ()):
                if word.startswith(parts[0][:-1]):
                    yield parts, number


def _part(word: str) -> str:
    """A phrase's word as it is compared: its stem, or as it is after "=", before "*" and for gaps and numbers."""
    if word in GAPS or word == NUMBER or word.endswith("*") or word.startswith("="):
        return word
    return _known(word)[1]


def _end(parts: Phrase, tokens: list[Token], place: int) -> int:
    """Where a phrase that begins at a place ends; 0 if it does not stand there."""
    at = place + 1
    for number, part in enumerate(parts[1:], 1):
        if part in GAPS:
            rest = parts[number + 1 :]
            for start in range(at, min(at + GAPS[part] + 1, len(tokens))):
                if _fits(rest[0], tokens[start]):
                    end = _end(rest, tokens, start)
                    if end:
                        return end
            return 0
        if at >= len(tokens) or not _fits(part, tokens[at]):
            return 0
        at += 1
    return at


def _fits(part: str, token: Token) -> bool:
    if part.endswith("*"):
        return token[0].startswith(part[:-1])
    return part == token[1] or (part[0] == "=" and part[1:] == token[0])
