"""A small model of stances: which clauses hold a stand that no rule finds, and of what kind.

The rules of stance_reading.py know words and constructions of stance; many stands in real articles are told in other
words. The model weighs the clauses in which the rules found none: a multinomial logistic regression (McCullagh & Nelder
1989, ch. 5) over the features of stance_features.py. It was trained on invented texts of our own only (see
tools/train_stances.py, which also says what it is worth), is a table of weights, and runs wherever numpy does.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.extract.stance_candidates import Candidate, candidates_on
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_stand import Stand, is_past
from dragoman.extract.told import Told

KINDS = ("none", "demands", "proposes", "accepts", "open_to", "conditions", "rejects")
"""What a clause can be."""

LIKELY = 0.6
"""How likely a stand must be that no rule found."""

REFUSED = 0.35
"""The same for a refusal: these matter most, and are missed most."""


@dataclass(slots=True)
class Model:
    """Weights: a row for each feature, a column for each of `KINDS`."""

    rows: dict[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def likely(self, features: Iterable[str]) -> npt.NDArray[np.float32]:
        """How likely each of `KINDS` is for a clause with these features; adds up to 1."""
        known = [row for row in map(self.rows.get, features) if row is not None]
        sums = self.bias + np.add.reduce(self.weights.take(np.array(known, np.intp), axis=0))
        raised = np.exp(sums - np.maximum.reduce(sums))
        found: npt.NDArray[np.float32] = raised / np.add.reduce(raised)
        return found


@functools.cache
def load() -> Model:
    """The model that comes with dragoman."""
    file = importlib.resources.files("dragoman.extract").joinpath("lexicon", "stances.npz")
    with importlib.resources.as_file(file) as path, np.load(path) as kept:
        names = bytes(kept["features"]).decode().split("\n")
        weights = kept["weights"].astype(np.float32)
        return Model({name: row for row, name in enumerate(names)}, weights, kept["bias"].astype(np.float32))


def with_likely(told: Told, voices: Voices, stands: list[Stand], model: Model) -> Iterator[Stand]:
    """The stands that rules found on a page, then those that no rule found but are likely.

    Rules are never overruled: weighing them as well was tried, and lost more right stands than wrong ones.

    Args:
        told: the page.
        voices: who speaks where on it.
        stands: what the rules found on it.
        model: what weighs clauses; one without weights adds nothing.
    """
    yield from stands
    if not model.rows:
        return
    known: set[tuple[int, int, int, bool]] = set()
    for candidate in candidates_on(told, voices, stands):
        if candidate.stands:
            for stand in candidate.stands:
                known.add(_key(candidate, candidate.head.i, stand.stance == "rejects"))
            continue
        likely = model.likely(candidate.features)
        sure = 1.0 - float(likely[0])
        against = float(likely[-1]) > sure - float(likely[-1])
        if sure < (REFUSED if against else LIKELY):
            continue
        # A clause below one that already holds this stand is a part of it.
        above = [candidate.head, *candidate.head.ancestors]
        if any(_key(candidate, token.i, against) in known for token in above):
            continue
        known.add(_key(candidate, candidate.head.i, against))
        yield _as_stand(candidate, "rejects" if against else KINDS[1 + int(likely[1:-1].argmax())])


def _key(candidate: Candidate, i: int, against: bool) -> tuple[int, int, int, bool]:
    return candidate.block.start, i, candidate.holder, against


def _as_stand(candidate: Candidate, stance: str) -> Stand:
    return Stand(
        block=candidate.block,
        head=candidate.head,
        stance=stance,
        holders=[candidate.holder],
        content=candidate.content,
        whole=candidate.content,
        statement=candidate.statement,
        voiced=False,
        form="model",
        past=is_past(candidate.head),
        weak=True,
    )
