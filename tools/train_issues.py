"""Train the model of issues (extract/lexicon/issues.npz) on invented texts of our own, and say what it is worth.

    train_issues.py [--check]

It learns from the texts that train_stances.py learns from: what each party wants in tests/gold (but for the batch kept
apart) and in tools/stances. `--check` trains on all folds but one in turn, and prints how often the issue of a stand
in the fold left out is right by the lexicon alone, by the model alone and by both as they are used; without it the
model is trained on everything and written. It is to be trained anew when the set `general` has changed.

The method is multinomial logistic regression with an L2 penalty, by accelerated gradient steps (Nesterov 1983) on the
kernel of the features, which are more than the stands: no chance is in it. numpy is all it takes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import train_stances
from dragoman.extract import issue_model
from dragoman.extract.issue_model import IssueModel, around_features, lexicon_features, own_features
from dragoman.extract.issues import DEFAULT_ISSUES, issues_of

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/dragoman/extract/lexicon/issues.npz"
FOLDS = 5
RAREST = 2
"""Features that stand with fewer stands are left out: nothing can be learned of them."""
RAREST_PIECES = 3
PENALTY = 1.5
STEPS = 150
STRENGTHS = {"o": 1.0, "b": 0.6, "c": 0.25, "a": 0.4, "so": 3.0, "sa": 2.0, "pr": 6.0, "first": 1.0}
"""What a feature of each kind counts in learning: the lexicon's finds most, since they hold for words not met."""
COMMONNESS = 0.3
"""How much of what makes an issue likely by being common here is taken back: elsewhere others are common."""
SMALLEST = 0.03
"""Features whose weights are all smaller are left out of the file."""

Matrix = npt.NDArray[np.float32]


@dataclass(slots=True)
class Stand:
    """The words of a stand, the paragraph they stand in, and their issue."""

    batch: str
    group: str
    words: str
    around: str
    page: dict[str, float]
    issue: str
    first: str

    def features(self) -> dict[str, float]:
        """The features as `IssueModel.likely` sees them, with their values."""
        issues = issues_of(DEFAULT_ISSUES)
        found = dict.fromkeys(own_features(self.words), 1.0)
        found |= dict.fromkeys(around_features(self.around), 1.0)
        found |= dict(lexicon_features(issues.scores(self.words), issues.scores(self.around), self.page, self.first))
        return found


def stands() -> list[Stand]:
    """Every stand that can be learned from."""
    issues = issues_of(DEFAULT_ISSUES)
    found = []
    for sample in train_stances.samples():
        page = dict(issues.prior(sample.text)) if sample.article else {}
        batch = "tests/gold" if "-" not in sample.group else sample.group.rpartition("-")[0]
        for position in sample.positions:
            at = train_stances.places(sample.text, position)[0]
            start, end = min(at), max(at) + 1
            low, high = sample.text.rfind("\n", 0, start) + 1, sample.text.find("\n", end)
            around = sample.text[low : high if high >= 0 else len(sample.text)]
            words = sample.text[start:end]
            first = issues.by_words(words, around, page)
            found.append(Stand(batch, sample.group, words, around, page, position["issue"], first))
    return found


@dataclass(slots=True)
class Table:
    """Stands as rows of values: `names` are the columns."""

    names: list[str]
    strengths: Matrix
    values: Matrix
    kernel: Matrix

    @classmethod
    def of(cls, found: list[Stand]) -> Table:
        """The table of all features that are not too rare."""
        each = [stand.features() for stand in found]
        counts = Counter(feature for features in each for feature in features)
        names = sorted(
            name for name, count in counts.items() if count >= (RAREST_PIECES if name[:2] == "c=" else RAREST)
        )
        column = {name: i for i, name in enumerate(names)}
        values = np.zeros((len(each), len(names)), np.float32)
        for row, features in enumerate(each):
            for name, value in features.items():
                if name in column:
                    values[row, column[name]] = value
        strengths = np.array([STRENGTHS[name.partition("=")[0]] for name in names], np.float32)
        values *= strengths
        return cls(names, strengths, values, values @ values.T)


def train(table: Table, rows: npt.NDArray[np.intp], found: list[Stand]) -> IssueModel:
    """A model that fits these rows of the table."""
    issues = issues_of(DEFAULT_ISSUES).issues
    kernel = table.kernel[np.ix_(rows, rows)]
    wanted = np.zeros((len(rows), len(issues)), np.float32)
    wanted[np.arange(len(rows)), [issues.index(found[row].issue) for row in rows]] = 1
    direction = np.ones(len(rows), np.float32)
    for _ in range(5):
        direction = kernel @ (direction / np.linalg.norm(direction))
    steepest = 0.3 * float(np.linalg.norm(direction)) + PENALTY
    root = float(np.sqrt(PENALTY / steepest))
    shares, ahead, bias = np.zeros_like(wanted), np.zeros_like(wanted), np.zeros(len(issues), np.float32)
    for step in range(STEPS):
        sums = kernel @ ahead + bias
        likely = np.exp(sums - sums.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        error = likely - wanted
        new = ahead - (error + PENALTY * ahead) / steepest
        bias = bias - 2 * error.mean(axis=0)
        ahead = new + min((1 - root) / (1 + root), step / (step + 3)) * (new - shares)
        shares = new
    weights = (table.values[rows].T @ shares) * table.strengths[:, None]  # so that values are 1 where it is used
    bias = bias - COMMONNESS * np.log(wanted.mean(axis=0) + 1e-3)
    kept = np.abs(weights).max(axis=1) >= SMALLEST
    names = [name for name, keep in zip(table.names, kept, strict=True) if keep]
    return IssueModel(list(issues), {name: i for i, name in enumerate(names)}, weights[kept], bias)


def check(found: list[Stand]) -> None:
    """Print what is right in texts that the model was not trained on."""
    issues = issues_of(DEFAULT_ISSUES)
    groups = sorted({stand.group for stand in found})
    fold = np.array([groups.index(stand.group) % FOLDS for stand in found])
    table = Table.of(found)
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[tuple[str, str]] = Counter()
    for out in range(FOLDS):
        model = train(table, np.where(fold != out)[0], found)
        for stand in (found[i] for i in np.where(fold == out)[0]):
            near = issues.scores(stand.around)
            likely = model.likely(stand.words, stand.around, issues.scores(stand.words), near, stand.page, stand.first)
            alone = model.issues[int(likely.argmax())]
            both = issues.of(stand.words, stand.around, stand.page, model)
            for batch in (stand.batch, "all", "  " + stand.issue):
                tally[batch].update(
                    all=1, lexicon=stand.first == stand.issue, model=alone == stand.issue, both=both == stand.issue
                )
            missed[stand.issue, both] += both != stand.issue
    for batch, counts in sorted(tally.items(), key=lambda item: (item[0][0] == " ", item[0])):
        shares = "  ".join(f"{name} {counts[name] / counts['all']:.3f}" for name in ("lexicon", "model", "both"))
        print(f"{batch:<22} {counts['all']:>5} stands  {shares}")
    print("most often taken for another:", ", ".join(f"{a} for {b} ({n})" for (a, b), n in missed.most_common(12)))


def write(model: IssueModel, path: Path) -> None:
    """Write the model where dragoman looks for it."""

    def packed(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
        return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)

    np.savez_compressed(
        path,
        issues=packed(model.issues),
        features=packed(model.rows),
        weights=model.weights.astype(np.float16),
        bias=model.bias.astype(np.float32),
    )


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    found = stands()
    if args.check:
        check(found)
        return
    model = train(Table.of(found), np.arange(len(found)), found)
    write(model, TARGET)
    print(f"{len(found)} stands, {len(model.rows)} features, {TARGET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    issue_model.load.cache_clear()
    main()
