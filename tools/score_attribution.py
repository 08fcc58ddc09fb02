"""Score `find_attributions` on the development material that stands beside the repository.

usage: score_attribution.py [--polnear dev|train] [--limit N] [--list] [--thoughts/--no-thoughts]

Prints the figures of ../shared/score/attribution.py for the news articles, and for the seeds' and practice gold how
many statements are found (content overlap of at least a half), document by document; --list shows what was missed and
what was found in vain. Paragraphs are lines here, less the gold's furniture, so that the figures hang on nothing else.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.extract import pipeline
from dragoman.extract.attribution import find_attributions
from dragoman.extract.findings import Attribution, Layout, SpanT
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc

SHARED = Path(__file__).resolve().parents[2] / "shared"


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / "score" / f"{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no {name}.py in {SHARED / 'score'}")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def paragraphs(text: str, noise: set[int]) -> list[SpanT]:
    """The lines of a text less its furniture."""
    spans, place = [], 0
    for line in text.split("\n"):
        start, end = place, place + len(line)
        place = end + 1
        while start < end and (text[start].isspace() or start in noise):
            start += 1
        while end > start and (text[end - 1].isspace() or end - 1 in noise):
            end -= 1
        if start < end:
            spans.append((start, end))
    return spans


def page_of(text: str, spans: list[SpanT]) -> Page:
    docs = pipeline.load().pipe([text[s:e] for s, e in spans], batch_size=128)
    blocks = [Block(s, e, Doc(doc)) for (s, e), doc in zip(spans, docs, strict=True)]
    return Page(text, Layout(paragraphs=spans), blocks)


def polnear(part: str, limit: int, thoughts: bool, listing: bool) -> None:
    scorer = module("attribution")
    rows = [json.loads(line) for line in (SHARED / "polnear" / f"{part}.jsonl").open(encoding="utf-8")][:limit]
    pages, parsing = [], time.perf_counter()
    for row in rows:
        pages.append(page_of(row["text"], paragraphs(row["text"], set())))
    parsing, finding = time.perf_counter() - parsing, time.perf_counter()
    found = [find_attributions(page, thoughts) for page in pages]
    finding = time.perf_counter() - finding
    predicted = [
        [{"source": a.source, "cue": a.cue, "content": a.content} for a in attributions] for attributions in found
    ]
    print(f"parsing {parsing:.1f} s, finding {finding:.2f} s ({finding / parsing:.1%})")
    articles = [scorer.Article(row["text"]) for row in rows]
    result = scorer.evaluate(zip(articles, [r["attributions"] for r in rows], predicted, strict=True))
    print(scorer.report(result, False))
    if listing:
        for row, article, attributions in zip(rows, articles, predicted, strict=True):
            unmatched(scorer, row["text"], article, row["attributions"], attributions)


def unmatched(scorer: ModuleType, text: str, article: Any, gold: list[Any], predicted: list[Any]) -> None:
    gold = [g for g in gold if article.tokens(g["content"])]
    predicted = [p for p in predicted if article.tokens(p["content"])]
    known, right = scorer.match(article.index(gold), article.index(predicted), scorer.EDGES["detect"])
    for sign, entries, hits in (("-", gold, known), ("+", predicted, right)):
        for k, entry in enumerate(entries):
            if k not in hits:
                parts = (" / ".join(text[s:e] for s, e in entry[r]) for r in ("source", "cue", "content"))
                print(sign, " | ".join(parts))


def statements(thoughts: bool, listing: bool) -> None:
    scorer = module("score")
    total = [0, 0, 0]
    for gold_dir, text_dir in (("gold", "seeds"), ("practice/gold", "practice/texts")):
        for path in sorted((SHARED / gold_dir).glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "statements" not in gold:
                continue
            text = (SHARED / text_dir / gold["document"]).read_text(encoding="utf-8")
            noise = scorer.characters(scorer.locate(text, p) for p in gold.get("furniture", []))
            found = find_attributions(page_of(text, paragraphs(text, noise)), thoughts)
            said = [
                {**g, "at": scorer.characters(scorer.locate(text, p) for p in g["content"])} for g in gold["statements"]
            ]
            ours = [{"a": a, "at": scorer.characters(a.content)} for a in found]

            def quality(g: dict[str, Any], p: dict[str, Any]) -> float:
                same = scorer.overlap(g["at"], p["at"])
                return same if same >= 0.5 else 0

            pairs = scorer.pair_up(said, ours, quality)
            total = [x + y for x, y in zip(total, (len(pairs), len(ours), len(said)), strict=True)]
            print(
                f"{scorer.f1(len(pairs), len(ours), len(said)):.3f}  {len(pairs)}/{len(ours)}/{len(said)}  {path.stem}"
            )
            if listing:
                show(text, said, ours, pairs)
    print(f"statements {scorer.f1(*total):.3f}  {total[0]} right of {total[1]} found, {total[2]} to find")


def show(text: str, said: list[Any], ours: list[Any], pairs: list[Any]) -> None:
    def words(a: Attribution) -> str:
        return " | ".join(" / ".join(text[s:e] for s, e in spans) for spans in (a.source, a.cue, a.content))

    for g, p in pairs:
        a = p["a"]
        kind = "" if a.kind == g["kind"] else f"  [{a.kind}, not {g['kind']}]"
        print(f"   = {g['speaker']} <- {words(a)}{kind}" + (f" ^{a.parent}" if a.parent is not None else ""))
    for g in said:
        if not any(g is x for x, _ in pairs):
            print("   -", g["speaker"], "|", " / ".join(g["content"]))
    for p in ours:
        if not any(p is x for _, x in pairs):
            print("   +", words(p["a"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--polnear", choices=["dev", "train"])
    parser.add_argument("--limit", type=int, default=10000)
    parser.add_argument("--thoughts", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    if args.polnear:
        polnear(args.polnear, args.limit, args.thoughts is not False, args.list)
    else:
        statements(bool(args.thoughts), args.list)


if __name__ == "__main__":
    main()
