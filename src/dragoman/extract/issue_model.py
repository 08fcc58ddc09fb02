"""A small model of issues: what a stand is about, where the lexicon's plain words are missing.

A journalist tells most issues in words that no lexicon lists. The model weighs all words of a stand and of what stands
about it, and what the lexicon finds in both and on the page: a multinomial logistic regression (McCullagh & Nelder
1989, ch. 5), trained on invented texts of our own only (tools/train_issues.py, which also says what it is worth). It is
a table of weights, and runs wherever numpy does. It knows the issues of the set `general` alone; every other set goes
by its lexicon.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dragoman.extract.issue_words import NUMBER, tokens_of

Vector = npt.NDArray[np.float32]

MOST_OWN, MOST_AROUND = 5.0, 6.0
"""The score from which the lexicon is as sure as it can be, of the words of a stand and of those around it."""

LETTERS = (4, 5)
"""How many letters the pieces of words have by which forms and compounds that were not met are known."""

_SHORTEST = 4
"""Words of fewer letters are not cut into pieces."""

REMEMBERED = 200
"""Surroundings whose weights are kept: a paragraph stands around each of its stands."""


@dataclass(slots=True)
class IssueModel:
    """Weights: a row for each feature, a column for each of `issues`."""

    issues: list[str]
    rows: dict[str, int]
    weights: Vector
    bias: Vector
    _around: dict[str, Vector] = field(default_factory=dict)

    def likely(
        self,
        words: str,
        around: str,
        own: Mapping[str, float],
        near: Mapping[str, float],
        page: Mapping[str, float],
        first: str,
    ) -> Vector:
        """How likely each of `issues` is, as logarithms.

        Args:
            words: the stand's own words.
            around: what stands about them.
            own: the lexicon's scores of the words.
            near: its scores of what stands about them.
            page: what the page is about.
            first: the issue that the lexicon would choose.
        """
        sums = self.bias + self._sum(own_features(words))
        if around:
            there = self._around.get(around)
            if there is None:
                if len(self._around) >= REMEMBERED:
                    self._around.clear()
                there = self._around[around] = self._sum(around_features(around))
            sums = sums + there
        known = [
            (row, value)
            for feature, value in lexicon_features(own, near, page, first)
            if (row := self.rows.get(feature)) is not None
        ]
        rows, values = [row for row, _ in known], [value for _, value in known]
        sums = sums + np.array(values, np.float32) @ self.weights[rows]
        sums = sums - sums.max()
        found: Vector = sums - np.log(np.exp(sums).sum())
        return found

    def _sum(self, features: Iterator[str]) -> Vector:
        get = self.rows.get
        known = sorted({row for feature in features if (row := get(feature)) is not None})
        found: Vector = np.add.reduce(self.weights.take(known, axis=0))
        return found


def own_features(words: str) -> Iterator[str]:
    """The words of a stand as stems, pairs of them, and pieces of them; names are all the same."""
    stems = []
    for word, root, named, _ in tokens_of(words):
        stems.append("NAME" if named else root)
        if not named and root != NUMBER and len(word) >= _SHORTEST:
            yield from _pieces(word)
    for stem in stems:
        yield "o=" + stem
    for one, other in pairwise(stems):
        yield f"b={one} {other}"


@functools.lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    return tuple("c=" + edged[at : at + length] for length in LETTERS for at in range(len(edged) - length + 1))


def around_features(around: str) -> Iterator[str]:
    """The words around a stand as stems."""
    for _, root, named, _ in tokens_of(around):
        yield "a=NAME" if named else "a=" + root


def lexicon_features(
    own: Mapping[str, float], near: Mapping[str, float], page: Mapping[str, float], first: str
) -> Iterator[tuple[str, float]]:
    """What the lexicon finds, with values from 0 to 1."""
    for issue, score in own.items():
        yield "so=" + issue, min(score, MOST_OWN) / MOST_OWN
    for issue, score in near.items():
        yield "sa=" + issue, min(score, MOST_AROUND) / MOST_AROUND
    for issue, share in page.items():
        yield "pr=" + issue, share
    yield "first=" + first, 1.0


@functools.cache
def load() -> IssueModel:
    """The model that comes with dragoman."""
    file = importlib.resources.files("dragoman.extract").joinpath("lexicon", "issues.npz")
    with importlib.resources.as_file(file) as path, np.load(path) as kept:
        names = bytes(kept["features"]).decode().split("\n")
        return IssueModel(
            issues=bytes(kept["issues"]).decode().split("\n"),
            rows={name: row for row, name in enumerate(names)},
            weights=kept["weights"].astype(np.float32),
            bias=kept["bias"].astype(np.float32),
        )
