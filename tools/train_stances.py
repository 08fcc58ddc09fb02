"""Train the model of stances (extract/lexicon/stances.npz) on invented texts of our own, and say what it is worth.

    train_stances.py [--check] [--folds N] [--likely P]

What it learns from: tools/stances/*.jsonl (passages and articles with what each party wants, written for this) and the
articles of tests/gold, but for the last batches there. `--check` trains on all folds but one in turn, and prints what
the whole reading finds in the fold left out, with the model and with the rules alone; without it the model is trained
on all and written.
The method is multinomial logistic regression with an L2 penalty, by full-batch gradient steps (Adam, Kingma & Ba 2015):
no chance is in it, the same texts give the same weights. numpy is all it takes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.extract import lexicon, reader, stance_model
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import ActorFound, PositionFound
from dragoman.extract.issues import DEFAULT_ISSUES, issues_of
from dragoman.extract.positions import find_positions
from dragoman.extract.stance_candidates import Candidate, candidates_on
from dragoman.extract.stance_model import KINDS, Model
from dragoman.extract.stance_reading import StanceReader
from dragoman.extract.statements import find_statements
from dragoman.extract.told import Told

ROOT = Path(__file__).parents[1]
UNLEARNED = ("s", "u", "v", "w", "x")
"""The batches of tests/gold that are kept from learning, so that the quality floors there mean something."""
TARGET = ROOT / "src/dragoman/extract/lexicon/stances.npz"
RAREST = 3
"""Features that stand in fewer clauses are left out: nothing can be learned of them."""
PENALTY = 3.0
STEPS = 250
SMALLEST = 0.03
"""Features whose weights are all smaller are left out of the file."""
ARTICLES_COUNT = 2.0
"""What a clause of an article counts, of what one of a short passage does: articles are what is read."""


@dataclasses.dataclass(slots=True)
class Sample:
    """A text, and what a careful reader found in it.

    `parties` are those that the reader is told of before it learns: in a passage nothing else tells of them, and in an
    article a stand must not be lost to learning because its holder was not recognised. An article is judged without.
    """

    name: str
    group: str
    text: str
    positions: list[dict[str, Any]]
    parties: dict[str, str]
    article: bool


@dataclasses.dataclass(slots=True)
class Example:
    """A clause for the model: its features and its kind."""

    features: list[str]
    kind: str
    weight: float


# -- texts ------------------------------------------------------------------------------------------------------------


def samples() -> Iterator[Sample]:
    """Everything that can be learned from."""
    for path in sorted((ROOT / "tests/gold/answers").glob("*-*.json")):
        if path.name.startswith(UNLEARNED):
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (ROOT / "tests/gold/texts" / gold["document"]).read_text(encoding="utf-8")
        yield Sample(path.stem, path.stem[:2], text, gold["positions"], {}, True)
    for path in sorted((ROOT / "tools/stances").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            number = int(re.sub(r"\D", "", data["id"].partition("-")[2]) or 0)
            group = f"{path.stem}-{number % 10}"
            parties = data.get("parties") or data.get("parties_") or {}
            yield Sample(data["id"], group, data["text"], data["positions"], parties, "parties_" in data)


def places(text: str, position: dict[str, Any]) -> list[set[int]]:
    """Where the words of a gold position stand: for each of its quotes the offsets."""
    found = []
    for piece in position.get("quotes") or [position["quote"]]:
        words, _, nth = piece.partition("@@")
        start = -1
        for _ in range(int(nth or 1)):
            start = text.index(words, start + 1)
        found.append(set(range(start, start + len(words))))
    return found


def told_of(sample: Sample, introduced: bool) -> Told:
    """The page read up to its positions. To be called in a memory zone of the pipeline."""
    nlp = reader.pipeline.load()
    layout = reader.lay_out(sample.text)
    layout = dataclasses.replace(layout, paragraphs=layout.paragraphs or [(0, len(sample.text))])
    [page] = reader.parse(nlp, [(sample.text, layout)])
    attributions = reader.find_attributions(page)
    cast = reader.find_cast(page, attributions)
    if introduced and sample.parties:
        _introduce(cast, sample)
    statements = find_statements(page, cast, attributions)
    return Told(page, cast, attributions, statements, [], None, issues_of(DEFAULT_ISSUES))


def _introduce(cast: Cast, sample: Sample) -> None:
    """Make the parties of a passage known, which a whole article would have told of before."""
    known = []
    for name, kind in sample.parties.items():
        there = [i for i, actor in enumerate(cast.actors) if fold(name) in names_of(actor)]
        if not there:
            cast.actors.append(ActorFound(name, {name: (0, 1)}, kind))
        index = there[0] if there else len(cast.actors) - 1
        cast.actors[index].part, cast.actors[index].side = "party", None
        known.append(index)
        for match in re.finditer(re.escape(name), sample.text):
            start, end = match.span()
            cast.mentions = [m for m in cast.mentions if m.end <= start or end <= m.start]
            cast.mentions.append(Mention(start, end, index, "name"))
    cast.mentions.sort(key=lambda m: (m.start, m.end))
    cast.parties = known
    if len(known) == 1:
        for i, actor in enumerate(cast.actors):
            if actor.kind == "person" and actor.side is None and i != known[0]:
                actor.side = known[0]


def fold(name: str) -> str:
    """A name to be compared: no case, no article."""
    return re.sub(r"^(the|an?) ", "", " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split()))


def names_of(actor: ActorFound) -> set[str]:
    """All names of an actor, folded."""
    return {fold(name) for name in [actor.name, *actor.names]}


# -- examples ---------------------------------------------------------------------------------------------------------


def examples_of(sample: Sample) -> list[Example]:
    """The clauses of a text with what they are."""
    nlp = reader.pipeline.load()
    with nlp.memory_zone():
        told = told_of(sample, True)
        stance_reader = StanceReader(told)
        candidates = list(candidates_on(told, stance_reader.voices, list(stance_reader.stands())))
        kinds = _kinds(told, candidates, sample)
        weight = ARTICLES_COUNT if sample.article else 1.0
        return [
            Example(c.features, kind, weight) for c, kind in zip(candidates, kinds, strict=True) if kind is not None
        ]


def _kinds(told: Told, candidates: list[Candidate], sample: Sample) -> list[str | None]:
    """What each clause is: the stance of the words that it carries most of, "none", or None for what is in between.

    Of the clauses that share a quote the one that has most of it is the stand; the others are left out.
    """
    kinds: list[str | None] = ["none"] * len(candidates)
    shares: list[tuple[float, int, str]] = []
    at = [{c.block.start + t.idx + k for t in c.tokens for k in range(len(t))} for c in candidates]
    for position in sample.positions:
        party = fold(position["party"])
        for piece in places(sample.text, position):
            near = []
            for i, candidate in enumerate(candidates):
                common = len(at[i] & piece)
                if common >= min(8, len(piece), len(at[i])) and party in names_of(told.cast.actors[candidate.holder]):
                    near.append((common / len(piece), -len(list(candidate.head.ancestors)), i))
            if near:
                best = max(near)
                shares.append((best[0], best[2], position["stance"]))
                for _, _, i in near:
                    if kinds[i] == "none":
                        kinds[i] = None
    for _, i, stance in sorted(shares):
        kinds[i] = stance
    return kinds


# -- training ---------------------------------------------------------------------------------------------------------


def train(examples: list[Example]) -> Model:
    """A model that fits the examples."""
    counts = Counter(f for e in examples for f in e.features)
    names = sorted(f for f, count in counts.items() if count >= RAREST)
    rows = {name: row for row, name in enumerate(names)}
    examples = [e for e in examples if any(f in rows for f in e.features)]
    known = [[rows[f] for f in e.features if f in rows] for e in examples]
    columns = np.array([row for some in known for row in some])
    lines = np.repeat(np.arange(len(examples)), [len(some) for some in known])
    wanted = np.zeros((len(examples), len(KINDS)))
    wanted[np.arange(len(examples)), [KINDS.index(e.kind) for e in examples]] = 1
    importance = np.array([e.weight for e in examples])[:, None]

    weights, bias = np.zeros((len(names), len(KINDS))), np.zeros(len(KINDS))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    first_bias, second_bias = np.zeros_like(bias), np.zeros_like(bias)
    starts = np.concatenate([[0], np.cumsum([len(some) for some in known])[:-1]])
    for step in range(1, STEPS + 1):
        sums = np.add.reduceat(weights[columns], starts, axis=0) + bias
        likely = np.exp(sums - sums.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        error = (likely - wanted) * importance
        slope = np.stack(
            [np.bincount(columns, weights=error[lines, kind], minlength=len(names)) for kind in range(len(KINDS))],
            axis=1,
        )
        slope += PENALTY * weights
        slope_bias = error.sum(axis=0)
        rate = 0.05 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step) * (1 if step < STEPS * 0.7 else 0.3)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        first_bias, second_bias = 0.9 * first_bias + 0.1 * slope_bias, 0.999 * second_bias + 0.001 * slope_bias**2
        weights -= rate * first / (np.sqrt(second) + 1e-8)
        bias -= rate * first_bias / (np.sqrt(second_bias) + 1e-8)
    kept = np.abs(weights).max(axis=1) >= SMALLEST
    names = [name for name, keep in zip(names, kept, strict=True) if keep]
    return Model(
        {name: row for row, name in enumerate(names)}, weights[kept].astype(np.float32), bias.astype(np.float32)
    )


def write(model: Model, path: Path) -> None:
    """Write the model where dragoman looks for it."""
    names = np.frombuffer("\n".join(model.rows).encode(), dtype=np.uint8)
    np.savez_compressed(path, features=names, weights=model.weights.astype(np.float16), bias=model.bias)


# -- what it is worth -------------------------------------------------------------------------------------------------

FIGURES = ("right", "found", "to find", "exact", "rejections right", "rejections to find")


def judged(sample: Sample, model: Model | None) -> Counter[str]:
    """What the reading finds in a text: right is the party, the issue and for or against, in overlapping words."""
    nlp = reader.pipeline.load()
    with nlp.memory_zone():
        told = told_of(sample, False)
        found = find_positions(told, model)
    actors = told.cast.actors
    gold = [(p, set[int]().union(*places(sample.text, p))) for p in sample.positions]

    def quality(position: dict[str, Any], at: set[int], ours: PositionFound) -> int:
        same = (
            fold(position["party"]) in names_of(actors[ours.party])
            and position["issue"] == ours.issue
            and (position["stance"] == "rejects") == (ours.stance == "rejects")
            and any(at & set(range(*span)) for span in ours.spans)
        )
        return 1 + (position["stance"] == ours.stance) if same else 0

    ranked = sorted(
        ((quality(p, at, ours), i, j) for i, (p, at) in enumerate(gold) for j, ours in enumerate(found)), reverse=True
    )
    tally = Counter({"found": len(found), "to find": len(gold)})
    used: set[tuple[str, int]] = set()
    for good, i, j in ranked:
        if good and ("gold", i) not in used and ("ours", j) not in used:
            used |= {("gold", i), ("ours", j)}
            tally["right"] += 1
            tally["exact"] += good == 2
            tally["rejections right"] += gold[i][0]["stance"] == "rejects"
    tally["rejections to find"] = sum(p["stance"] == "rejects" for p, _ in gold)
    return tally


def line(name: str, tally: Counter[str]) -> str:
    """One line of figures."""
    f1 = 2 * tally["right"] / max(1, tally["found"] + tally["to find"])
    exact = tally["exact"] / max(1, tally["right"])
    rejections = tally["rejections right"] / max(1, tally["rejections to find"])
    return (
        f"{name:<28} F1 {f1:.3f}  exact {exact:.2f}  rejections found {rejections:.2f}"
        f"  ({tally['right']} right of {tally['found']}, {tally['to find']} to find)"
    )


_MODEL: Model | None = None
NO_MODEL = Model({}, np.zeros((0, len(KINDS)), np.float32), np.zeros(len(KINDS), np.float32))


def _judge(job: tuple[Sample, bool]) -> Counter[str]:
    sample, with_model = job
    return judged(sample, _MODEL if with_model else NO_MODEL)


def check(everything: list[Sample], found: list[list[Example]], folds: int) -> None:
    """Print what the reading finds in texts that the model was not trained on."""
    global _MODEL
    groups = sorted({s.group for s in everything})
    totals: dict[str, Counter[str]] = {}
    for fold_ in range(folds):
        out = {group for i, group in enumerate(groups) if i % folds == fold_}
        _MODEL = train([e for s, some in zip(everything, found, strict=True) for e in some if s.group not in out])
        left = [s for s in everything if s.group in out and s.article]
        with ProcessPoolExecutor(2) as pool:  # forked here, so that it has the model
            for with_model in (True, False):
                for sample, tally in zip(
                    left, pool.map(_judge, [(s, with_model) for s in left], chunksize=4), strict=True
                ):
                    name = "tests/gold" if "-" not in sample.group else "other articles"
                    totals.setdefault(f"{name}, {'model' if with_model else 'rules alone'}", Counter()).update(tally)
    for name, tally in totals.items():
        print(line(name, tally))


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--likely", type=float, default=stance_model.LIKELY, help="see stance_model.LIKELY")
    args = parser.parse_args()
    stance_model.LIKELY = args.likely
    everything = list(samples())
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(examples_of, everything, chunksize=16))
    kinds = Counter(e.kind for some in found for e in some)
    print(f"{len(everything)} texts, {sum(kinds.values())} clauses: {dict(kinds.most_common())}", file=sys.stderr)
    if args.check:
        check(everything, found, args.folds)
        return
    model = train([e for some in found for e in some])
    write(model, TARGET)
    print(f"{len(model.rows)} features, {TARGET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    lexicon.load("stances")
    stance_model.load.cache_clear()
    main()
