"""Trains the model of outlooks (extract/outlook_model.py) on the invented texts of tools/stances.

The odd articles and all passages are learnt from. The even articles are kept back: on them (47 outlooks) rules alone
find .25 of the outlooks' places and .16 with their direction too, rules and model .36 and .19 (F1). Usage:

    python tools/train_outlooks.py
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.extract import outlook_model, reader
from dragoman.extract.outlooks import candidates

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "dragoman" / "extract" / "lexicon" / outlook_model.FILE
RIDGE, STEPS, RATE, LEAST = 1.0, 150, 0.05, 2


def texts() -> list[dict[str, Any]]:
    """The texts to learn from."""
    found = []
    for path in sorted((HERE / "stances").glob("*.jsonl")):
        entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found += entries[::2] if path.name.startswith("articles") else entries
    return found


def examples(entry: dict[str, Any]) -> list[tuple[set[str], int]]:
    """The candidates of a text: their features, and which of the kinds they are."""
    pages: list[Any] = []
    original = reader.find_outlooks
    try:
        reader.find_outlooks = lambda told: pages.append(told) or original(told)  # type: ignore[func-returns-value]
        reader.read_text(entry["text"])
    finally:
        reader.find_outlooks = original
    found = []
    for outlook, text, beside in [c for told in pages for c in candidates(told)]:
        kind = 0
        for gold in entry.get("outlooks", []):
            at = entry["text"].find(gold["quote"])
            if at >= 0 and any(a < at + len(gold["quote"]) and at < b for a, b in outlook.spans):
                kind = outlook_model.KINDS.index(gold["direction"])
        found.append((outlook_model.features(text, beside), kind))
    return found


def train(rows: list[tuple[set[str], int]]) -> tuple[list[str], np.ndarray]:
    """The features that count and their weights, by gradient descent with Adam (Kingma & Ba 2015) on the whole."""
    counts = Counter(f for features, _ in rows for f in features)
    names = sorted(f for f, n in counts.items() if n >= LEAST)
    place = {f: i for i, f in enumerate(names)}
    table = np.zeros((len(rows), len(names)), np.float32)
    for i, (features, _) in enumerate(rows):
        known = [place[f] for f in features if f in place]
        table[i, known] = outlook_model.SCALE / np.sqrt(max(1, len(known)))
    wanted = np.eye(len(outlook_model.KINDS), dtype=np.float32)[[kind for _, kind in rows]]
    weights = np.zeros((len(names), len(outlook_model.KINDS)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        sums = table @ weights
        likely = np.exp(sums - sums.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = table.T @ (likely - wanted) + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return names, weights


def main() -> None:
    """Trains and writes the model."""
    rows = [row for entry in texts() for row in examples(entry)]
    names, weights = train(rows)
    weighty = np.abs(weights).max(axis=1) > 0.02
    names = [n for n, keep in zip(names, weighty, strict=True) if keep]
    weights = weights[weighty].astype(np.float16)
    np.savez_compressed(TARGET, features=np.frombuffer("\n".join(names).encode(), np.uint8), weights=weights)
    print(f"{len(rows)} candidates, {sum(k > 0 for _, k in rows)} of them outlooks; {len(names)} features")


if __name__ == "__main__":
    main()
