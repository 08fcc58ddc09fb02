"""The model of stances: what it sees of a clause, what it adds to the rules, and that its training learns."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from dragoman.extract import positions, reader, stance_model
from dragoman.extract.findings import Findings, PositionFound
from dragoman.extract.stance_candidates import candidates_on
from dragoman.extract.stance_model import KINDS, Model
from dragoman.extract.stance_reading import StanceReader
from dragoman.extract.told import Told

ROOT = Path(__file__).parents[1]

ARTICLE = """Orlanda and Vestmark meet again over the Sarn canal

PORT ELWIN, 3 March 2031 - Negotiators from Orlanda and Vestmark met on Monday for talks on the Sarn canal.

The foreign minister of Orlanda, Tomas Breck, spoke of the canal tolls afterwards. "The tolls can gather dust," he said.

Vestmark rejected the toll of nine crowns. The weather in Port Elwin was fine.
"""


def model_of(weights: dict[str, float], kind: str) -> Model:
    """A model that knows these features only, and only this kind by them."""
    table = np.zeros((len(weights), len(KINDS)), np.float32)
    table[:, KINDS.index(kind)] = list(weights.values())
    bias = np.zeros(len(KINDS), np.float32)
    bias[0] = 4.0
    return Model({name: row for row, name in enumerate(weights)}, table, bias)


def found_with(model: Model, monkeypatch: pytest.MonkeyPatch) -> tuple[Findings, list[PositionFound]]:
    monkeypatch.setattr(positions, "load", lambda: model)
    found = reader.read_text(ARTICLE)
    return found, found.positions


def seen(look: Callable[[Told], list[str]], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is seen of the article's page on the way."""
    kept: list[str] = []

    def watched(told: Told) -> list[PositionFound]:
        kept.extend(look(told))
        return []

    monkeypatch.setattr(reader, "find_positions", watched)
    reader.read_text(ARTICLE)
    return kept


def test_no_name_and_no_number_is_ever_a_feature(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(told: Told) -> list[str]:
        read = StanceReader(told)
        return [f for c in candidates_on(told, read.voices, list(read.stands())) for f in c.features]

    features = seen(look, monkeypatch)
    assert len(features) > 50
    said = " ".join(features).lower()
    assert not [name for name in ("orlanda", "vestmark", "breck", "tomas", "elwin", "sarn", "nine") if name in said]
    assert "w=HOLDER" in features
    assert "w=NUM" in features


def test_a_clause_has_a_feature_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(told: Told) -> list[str]:
        read = StanceReader(told)
        found = list(candidates_on(told, read.voices, list(read.stands())))
        assert all(len(c.features) == len(set(c.features)) for c in found)
        return [c.relation for c in found]

    assert {"speaker", "subject"} <= set(seen(look, monkeypatch))


def test_it_adds_what_no_rule_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = model_of({}, "rejects")
    without = found_with(nothing, monkeypatch)[1]
    assert not [p for p in without if "dust" in p.content]
    found, with_it = found_with(model_of({"w=dust": 9.0}, "rejects"), monkeypatch)
    [added] = [p for p in with_it if "dust" in p.content]
    assert (found.actors[added.party].name, added.stance, added.told_by) == ("Orlanda", "rejects", "own")
    assert added.issue == "economy"
    assert ARTICLE[slice(*added.spans[0])] == "The tolls can gather dust"


def test_it_takes_nothing_from_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    without = found_with(model_of({}, "rejects"), monkeypatch)[1]
    assert [p.stance for p in without] == ["rejects"]
    assert found_with(model_of({"w=toll": 99.0}, "none"), monkeypatch)[1] == without


def test_what_is_unlikely_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [p for p in found_with(model_of({"w=dust": 1.0}, "rejects"), monkeypatch)[1] if "dust" in p.content]


def test_likelihoods_add_up_and_unknown_features_say_nothing() -> None:
    model = stance_model.load()
    assert stance_model.load() is model
    for features in ([], ["w=never seen anywhere"], list(model.rows)[:40]):
        likely = model.likely(features)
        assert likely.shape == (len(KINDS),)
        assert likely.sum() == pytest.approx(1, abs=1e-5)
        assert (likely >= 0).all()
    assert (model.likely([]) == model.likely(["w=never seen anywhere"])).all()


# -- its training -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def training() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_stances", ROOT / "tools" / "train_stances.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_training_learns_what_goes_together_and_drops_what_is_rare(training: ModuleType) -> None:
    examples = [training.Example(["a", "common"], "rejects", 1.0) for _ in range(30)]
    examples += [training.Example(["b", "common"], "none", 1.0) for _ in range(30)]
    examples += [training.Example(["c", "once"], "demands", 1.0)]
    model = training.train(examples)
    assert KINDS[int(model.likely(["a"]).argmax())] == "rejects"
    assert KINDS[int(model.likely(["b"]).argmax())] == "none"
    assert "once" not in model.rows
    assert model.likely(["a"])[-1] > 0.8
    again = training.train(examples)
    assert (again.weights == model.weights).all()


def test_what_is_written_is_what_is_loaded(training: ModuleType, tmp_path: Path) -> None:
    examples = [training.Example([f"f{i % 5}"], KINDS[i % 5], 1.0) for i in range(100)]
    model = training.train(examples)
    training.write(model, tmp_path / "m.npz")
    with np.load(tmp_path / "m.npz") as kept:
        names = bytes(kept["features"]).decode().split("\n")
        assert names == list(model.rows)
        assert np.allclose(kept["weights"].astype(np.float32), model.weights, atol=0.01)


def test_every_label_to_learn_from_stands_in_its_text(training: ModuleType) -> None:
    texts = list(training.samples())
    assert len(texts) > 1000
    assert not [s.name for s in texts if s.name.startswith(training.UNLEARNED)]
    for sample in texts:
        for position in sample.positions:
            assert position["stance"] in KINDS
            assert all(training.places(sample.text, position))
