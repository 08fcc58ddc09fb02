"""The words of questions (`words.yaml`), and how words are compared: without case, accents and endings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from dragoman.extract.issue_sets import resolved
from dragoman.extract.spelling import fold

_STEM = 6  # letters, as in resolve/gist.py: withdraw, withdrawal and withdrawn are one word
_PLAIN = 3  # from this weight on a word of the issue set is a plain word for its issue
WORD = re.compile(r"\w+(?:[-'’.]\w+)*", re.UNICODE)
"""A word: of a question as of an entry."""

_FORMS = re.compile(r"[^\W_]+", re.UNICODE)


@functools.cache
def load() -> Any:
    """The lexicon as it stands in the file."""
    text = files("dragoman.report.asking").joinpath("words.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word as it is compared: "Prisoners" and "prisoner's" are one, and so are leak, leaked and leaking."""
    word = fold(re.sub(r"['’]s?$", "", word)).replace(" ", "")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("eed"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return (word[:-1] if len(word) > 4 and word.endswith("e") else word)[:_STEM]


def stems(text: str) -> set[str]:
    """The stems of the words of a text; of a compound its parts too."""
    return {stem(word) for word in _FORMS.findall(text)}


@functools.cache
def pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some forms as whole words, the longest first; one that matches nothing for none."""
    if not forms:
        return re.compile(r"(?!)")
    made = [
        re.escape(form.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if form.endswith("*") else "")
        for form in sorted(forms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(made)})(?![\w’'-])", re.IGNORECASE)


@functools.cache
def listed(*path: str) -> re.Pattern[str]:
    """The pattern of a list of the lexicon."""
    found = load()
    for name in path:
        found = found[name]
    return pattern(tuple(str(form) for form in found))


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """A list of single words: those that say nothing ("stop"), those that say little ("light", by their stems)."""
    found = (str(word) for word in load()[name])
    return frozenset(stem(word) for word in found) if name == "light" else frozenset(found)


@functools.cache
def same(word: str) -> frozenset[str]:
    """The stems of the words that may stand for a word, its own among them."""
    own = stem(word)
    groups = [{stem(str(w)) for w in group} for group in load()["same"]]
    return frozenset({own}.union(*(group for group in groups if own in group)))


@functools.cache
def _named() -> dict[str, frozenset[str]]:
    """The issues by the stems of the words of their names."""
    found: dict[str, set[str]] = {}
    for name in resolved("general").issues:
        for part in name.split("_"):
            found.setdefault(stem(part), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@functools.cache
def _issues() -> dict[str, frozenset[str]]:
    """The issues of the set that comes with dragoman by the stems of their plain words."""
    found: dict[str, set[str]] = {}
    for name, issue in resolved("general").issues.items():
        for word, weight in issue.words.items():
            if weight >= _PLAIN and " " not in word:
                found.setdefault(stem(word.strip("=*")), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def named_by(word: str) -> frozenset[str]:
    """The issues of whose names a word is one."""
    return _named().get(stem(word), frozenset())


def issues_of(word: str) -> frozenset[str]:
    """The issues that a word speaks for; "process" is on every page and counts for none."""
    key = stem(word)
    return (_issues().get(key, frozenset()) | _named().get(key, frozenset())) - {"process", "other"}


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that an answer should hold: as it was typed, how much it counts, its stems, the issues it speaks for."""

    text: str
    weight: float
    stems: frozenset[str]
    issues: frozenset[str]


def coverage(keywords: Iterable[Keyword], found: Iterable[str], issue: str = "") -> float:
    """How much of some words stands in the stems of a text, by weight: 0 to 1; 1 where there are none."""
    all_ = list(keywords)
    whole = sum(k.weight for k in all_)
    if not whole:
        return 1.0
    here = set(found)
    got = sum(k.weight * worth(k, here, issue) for k in all_)
    return got / whole


def worth(keyword: Keyword, found: set[str], issue: str = "") -> float:
    """1 for the word itself, a little less for one that may stand for it, and for its issue."""
    if stem(keyword.text) in found:
        return 1.0
    if not keyword.stems.isdisjoint(found):
        return 0.85
    if issue and issue in keyword.issues:
        return 0.8 if issue in named_by(keyword.text) else 0.35
    return 0.0
