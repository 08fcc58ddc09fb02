"""A small model of outlooks: which words judge the talks though no phrase of the lexicon is in them, and which way.

People judge talks in images that no lexicon lists; who speaks, how shortly and where in the text tells as much. The
model weighs the words with these: a multinomial logistic regression (McCullagh & Nelder 1989, ch. 5), trained on
invented texts of our own only (tools/train_outlooks.py). It is a table of weights, and runs wherever numpy does.
"""

from __future__ import annotations

import functools
import importlib.resources
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

KINDS = ("none", "hopeful", "doubtful", "mixed")
"""What words can be."""

LIKELY = 0.45
"""How likely an outlook must be that no rule found: below it more wrong ones than right ones came in."""

LONGEST = 45
"""Words of more are a speech or a report, which only phrases of the lexicon are looked for in."""

SCALE = 3.0
"""What the features of some words weigh together, however many they are: keeps long sentences from being surer."""

FILE = "outlooks.npz"
_WORD = re.compile(r"[a-z]+|'[a-z]+|\d+|[\"“”?!]")


@dataclass(slots=True)
class Told:
    """What is known of some words beside themselves.

    `said` is whether somebody says them, `standing` where he stands (see outlooks.py), `expert` whether he is described
    as one who is asked for a judgement, `part` and `kind` those of the actor, `where` how far down the page they stand
    (0 to 1).
    """

    said: bool
    standing: str
    expert: bool
    part: str
    kind: str
    where: float


@dataclass(slots=True)
class OutlookModel:
    """Weights: a row for each feature, a column for each of `KINDS`."""

    rows: dict[str, int]
    weights: npt.NDArray[np.float32]

    def likely(self, found: Collection[str]) -> npt.NDArray[np.float32]:
        """How likely each of `KINDS` is for words with these features; adds up to 1."""
        known = [row for feature in found if (row := self.rows.get(feature)) is not None]
        sums = self.weights[known].sum(axis=0) * (SCALE / math.sqrt(max(1, len(known))))
        raised = np.exp(sums - sums.max())
        likely: npt.NDArray[np.float32] = raised / raised.sum()
        return likely


def features(text: str, told: Told) -> set[str]:
    """The features of some words: themselves, their pairs and beginnings, their number, who says them and where."""
    words = ["#" if w.isdigit() else w for w in _WORD.findall(text.lower().replace("’", "'"))]
    kind = "said" if told.said else "told"
    found = {kind, f"{kind} {told.standing}", f"{kind} expert {told.expert}", f"{kind} part {told.part}"}
    found |= {f"{kind} kind {told.kind}", f"{kind} words {min(6, len(words) // 6)}", f"{kind} at {int(told.where * 4)}"}
    found.add(f"{kind} {told.part} {min(3, len(words) // 10)}")
    found.update(words)
    found.update(f"{a} {b}" for a, b in pairwise(words))
    found.update(w[:5] + "-" for w in words if len(w) > 5)
    return found


@functools.cache
def load() -> OutlookModel | None:
    """The model that comes with dragoman; None where its file is missing (while it is being made)."""
    file = importlib.resources.files("dragoman.extract").joinpath("lexicon", FILE)
    if not file.is_file():
        return None
    with importlib.resources.as_file(file) as path, np.load(path) as kept:
        names = bytes(kept["features"]).decode().split("\n")
        return OutlookModel({name: row for row, name in enumerate(names)}, kept["weights"].astype(np.float32))
