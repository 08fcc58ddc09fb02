#!/usr/bin/env python3
"""How well layout tells furniture from report: character F1 (white space apart) on every set there is.

    score_furniture.py [--show]

The sets: the gold of ../shared (seeds, practice) where it is, that of tests/gold, and tests/pages (furniture between
⟦ and ⟧). `--show` prints for every page what was taken wrongly (+) and what was missed (-).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.extract.layout import lay_out

ROOT = Path(__file__).parents[1]


def marked(text: str) -> tuple[str, set[int]]:
    """A page without its marks, and the places of what they mark."""
    plain: list[str] = []
    places: set[int] = set()
    inside = False
    for c in text:
        if c in "⟦⟧":
            inside = c == "⟦"
            continue
        if inside:
            places.add(len(plain))
        plain.append(c)
    return "".join(plain), places


def located(text: str, piece: str) -> tuple[int, int]:
    piece, _, nth = piece.partition("@@")
    if "…" in piece and piece not in text:
        a, b = piece.split("…", 1)
        return located(text, a)[0], located(text, b)[1]
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(piece, start + 1)
    return start, start + len(piece)


def pages() -> Iterator[tuple[str, str, str, set[int]]]:
    """(set, name, text, places of furniture) of every page."""
    shared = ROOT.parent / "shared"
    for name, gold, texts in (("seeds", "gold", "seeds"), ("practice", "practice/gold", "practice/texts")):
        for path in sorted((shared / gold).glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if "document" in data:
                text = (shared / texts / data["document"]).read_text(encoding="utf-8")
                spans = [located(text, piece) for piece in data["furniture"]]
                yield name, data["document"], text, {i for a, b in spans for i in range(a, b)}
    gold_set = ROOT / "tests" / "gold"
    for path in sorted((gold_set / "answers").glob("*.json")):
        if path.name == "corpus.json":
            continue
        data = json.loads(path.read_text(encoding="utf-8"))
        text = (gold_set / "texts" / data["document"]).read_text(encoding="utf-8")
        spans = [located(text, piece) for piece in data["furniture"]]
        yield f"gold/{path.name[0]}", data["document"], text, {i for a, b in spans for i in range(a, b)}
    for path in sorted((ROOT / "tests" / "pages").glob("*.txt")):
        text, places = marked(path.read_text(encoding="utf-8"))
        yield "own", path.name, text, places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--show", action="store_true", help="print what was wrong")
    args = parser.parse_args()
    tally: dict[str, list[int]] = {}
    for name, page, text, gold in pages():
        layout = lay_out(text)
        seen = {i for a, b in layout.furniture for i in range(a, b) if not text[i].isspace()}
        gold = {i for i in gold if not text[i].isspace()}
        row = tally.setdefault(name, [0, 0, 0])
        for k, n in enumerate((len(gold & seen), len(seen), len(gold))):
            row[k] += n
        own = 2 * len(gold & seen) / ((len(seen) + len(gold)) or 1) if seen or gold else 1.0
        print(f"{own:6.3f}  {name:<9}{page}")
        if args.show:
            for sign, wrong in (("+", seen - gold), ("-", gold - seen)):
                shown = "".join(text[i] if i in wrong or text[i].isspace() else "\0" for i in range(len(text)))
                for piece in re.split(r"\0+|\n+", shown):
                    if piece.strip():
                        print(f"        {sign} {piece.strip()[:150]}")
            print(
                "       ",
                {
                    k: v
                    for k, v in (
                        ("title", layout.title and text[slice(*layout.title)]),
                        ("outlet", layout.outlet),
                        ("credits", layout.credits),
                        ("dateline", layout.dateline and text[slice(*layout.dateline)]),
                        ("byline", layout.byline and text[slice(*layout.byline)]),
                        ("headlines", [text[slice(*s)] for s in layout.headlines][1:]),
                    )
                    if v
                },
            )
    for name, (right, found, there) in tally.items():
        print(f"{2 * right / (found + there):6.3f}  {name}: {right} right of {found} taken, {there} to take")


if __name__ == "__main__":
    main()
