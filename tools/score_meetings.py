"""Where the finder of meetings stands: misses, false finds and wrong fields per document, against a gold.

    tools/score_meetings.py [NAME…] [--spans] [--own] [--shared DIR]

NAME is the beginning of a document's name; without one, all of them. `--spans` prints the words of every entry.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

from dragoman.extract import pipeline
from dragoman.extract.actors import find_cast
from dragoman.extract.findings import ActorFound, MeetingFound
from dragoman.extract.layout import lay_out
from dragoman.extract.meetings import find_meetings, mentions
from dragoman.extract.reader import parse
from dragoman.extract.times import written_on

FIELDS = ("kind", "status", "level", "format")
ACTORS = ("participants", "mediators", "parties")


class Share:
    """What the scorer asks of a document's share of a record, answered from its findings."""

    def __init__(self, scorer: Any, actors: list[ActorFound]) -> None:  # noqa: D107
        self.scorer, self.actors = scorer, actors

    def spans(self, entry: dict[str, Any]) -> list[tuple[int, int]]:  # noqa: D102
        return entry["spans"]  # type: ignore[no-any-return]

    def is_actor(self, ref: int | None, name: str) -> bool:  # noqa: D102
        if ref is None:
            return False
        actor = self.actors[ref]
        return self.scorer.fold(name) in {self.scorer.fold(n) for n in (actor.name, *actor.names)}


def plain(m: MeetingFound) -> dict[str, Any]:
    day = {"from": m.date.start, "to": m.date.end} if m.date else None
    return {f: getattr(m, f) for f in (*FIELDS, *ACTORS, "place", "spans", "venue", "round")} | {"date": day}


def report(scorer: Any, gold: dict[str, Any], text: str, tally: dict[str, list[int]], spans: bool) -> None:
    [page] = parse(pipeline.load(), [(text, lay_out(text))])
    cast = find_cast(page)
    share = Share(scorer, cast.actors)
    ours = [plain(m) for m in find_meetings(page, cast, written_on(page))]
    for entry in gold["meetings"]:
        entry["spans"] = [scorer.locate(text, quote) for quote in entry["quotes"]]
    pairs = scorer.pair_up(gold["meetings"], ours, lambda g, e: scorer.same_meeting(g, e, share))

    def count(name: str, *numbers: int) -> None:
        tally[name] = [a + b for a, b in zip(tally.get(name, [0] * len(numbers)), numbers, strict=True)]

    def names(refs: list[int]) -> list[str]:
        return [cast.actors[r].name for r in refs]

    if spans:
        for t in mentions(page, cast):
            days = [x.text for x in t.times]
            print("  told ", t.trigger, t.kind, t.status, t.level, t.format, t.place, t.country, t.round, days)
            print("         ", names(t.sides), names(t.people), names(t.mediators), repr(text[t.span[0] : t.span[1]]))
            flags = [f for f in ("strong", "definite", "series", "earlier", "later") if getattr(t, f)]
            print("         ", *flags)
    print(f"== {gold['document']}: {len(pairs)} right of {len(ours)} found, {len(gold['meetings'])} to find")
    count("meetings", len(pairs), len(ours), len(gold["meetings"]))
    for g, e in pairs:
        count("dates", int(scorer.dates_meet(g["date"], e["date"])), 1)
        wrong = [f"{f} {g[f]} -> {e[f]}" for f in FIELDS if g[f] != e[f]]
        for f in FIELDS:
            count(f, int(g[f] == e[f]), 1)
        for f in ACTORS:
            right = sum(any(share.is_actor(r, n) for r in e[f]) for n in g[f])
            count(f, right, len(e[f]), len(g[f]))
            if not right == len(e[f]) == len(g[f]):
                wrong.append(f"{f} {g[f]} -> {names(e[f])}")
        print("  ok   ", g["kind"], g["date"], g["place"], "|", e["date"], e["place"], "|", "; ".join(wrong))
        if spans:
            print("         ", [text[a:b] for a, b in e["spans"]])
    for g in gold["meetings"]:
        if all(g is not p[0] for p in pairs):
            print("  miss ", *(g[f] for f in (*FIELDS, "date", "place", "participants", "quotes")))
    for e in ours:
        if all(e is not p[1] for p in pairs):
            print("  false", *(e[f] for f in (*FIELDS, "date", "place")), names(e["participants"]))
            print("         ", [text[a:b] for a, b in e["spans"]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--spans", action="store_true")
    parser.add_argument("--own", action="store_true", help="the articles in tests/gold, not those of the issue")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.shared / "score" / "score.py")
    if spec is None or spec.loader is None or not (args.shared / "gold").exists():
        sys.exit(f"no gold in {args.shared}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tally: dict[str, list[int]] = {}
    shared, own = args.shared, Path(__file__).parents[1] / "tests" / "gold"
    issue = [(shared / "gold", shared / "seeds"), (shared / "practice/gold", shared / "practice/texts")]
    for answers, texts in [(own / "answers", own / "texts")] if args.own else issue:
        for path in sorted(answers.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "document" in gold and (not args.names or path.stem.startswith(tuple(args.names))):
                text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
                report(scorer, gold, text, tally, args.spans)
    for name, numbers in tally.items():
        value = scorer.f1(*numbers) if len(numbers) == 3 else numbers[0] / (numbers[1] or 1)
        print(f"{value or 0:5.3f}  {name:<14} {numbers}")


if __name__ == "__main__":
    main()
