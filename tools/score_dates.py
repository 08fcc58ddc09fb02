"""How often the day a document was written is right, on articles whose names hold their dates.

usage: score_dates.py [--set train|dev] [--pages FILE] [--list]

Prints for the articles of ../shared/polnear: how many are dated at all, how many intervals hold the day (give or take
one), how many are as narrow as three days and of those how many hold it, and how many name a year and of those how many
the right one; the names are not in the texts. --pages keeps the parsed pages in a file and takes them from there the
next time; --list shows each that is dated, with its reasons.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dragoman.extract import DEFAULT_PIPELINE, pipeline
from dragoman.extract.dating import date_page
from dragoman.extract.layout import lay_out
from dragoman.extract.page import Page
from dragoman.extract.reader import parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
DAY = re.compile(r"_(\d{4}-\d\d-\d\d)_")
BATCH = 16
NARROW = timedelta(3)
GRACE = timedelta(1)


def parsed(path: Path) -> Iterator[tuple[str, Page]]:
    nlp = pipeline.load(DEFAULT_PIPELINE)
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for i in range(0, len(articles), BATCH):
        some = articles[i : i + BATCH]
        with nlp.memory_zone():
            pages = parse(nlp, [(a["text"], lay_out(a["text"])) for a in some])
        yield from ((a["article"], page) for a, page in zip(some, pages, strict=True))


def kept(path: Path) -> Iterator[tuple[str, Page]]:
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def keeping(pages: Iterator[tuple[str, Page]], path: Path) -> Iterator[tuple[str, Page]]:
    with path.open("wb") as file:
        for page in pages:
            pickle.dump(page, file)
            yield page


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("train", "dev"), default="train")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    path = SHARED / "polnear" / f"{given.set}.jsonl"
    if not path.is_file():
        sys.exit(f"no {path}")
    if given.pages is None:
        pages = parsed(path)
    else:
        pages = kept(given.pages) if given.pages.exists() else keeping(parsed(path), given.pages)
    count: Counter[str] = Counter()
    rules: Counter[tuple[str, bool]] = Counter()
    for name, page in pages:
        stated = DAY.search(name)
        if stated is None:
            continue
        day = date.fromisoformat(stated[1])
        found, _, reasons = date_page(page)
        count["all"] += 1
        if found is None:
            continue
        first, last = date.fromisoformat(found.start), date.fromisoformat(found.end)
        right = first - GRACE <= day <= last + GRACE
        count["dated"] += 1
        count["holds"] += right
        count["narrow"] += last - first <= NARROW
        count["narrow holds"] += right and last - first <= NARROW
        count["year"] += first.year == last.year
        count["year right"] += first.year == last.year == day.year
        rules[re.sub(r"“[^”]*”|\d.*", "…", reasons[-1].says if reasons else ""), right] += 1
        if given.list or not right:
            says = "; ".join(reason.says for reason in reasons)
            print(f"{'right' if right else 'WRONG'}  {name[:60]}  {found.start}..{found.end}  {says}")
    print(f"dated                  {share(count['dated'], count['all'])}")
    print(f"  holds the day        {share(count['holds'], count['dated'])}")
    print(f"three days or less     {share(count['narrow'], count['all'])}")
    print(f"  holds the day        {share(count['narrow holds'], count['narrow'])}")
    print(f"names a year           {share(count['year'], count['all'])}")
    print(f"  the right one        {share(count['year right'], count['year'])}")
    for (rule, right), times in sorted(rules.items()):
        print(f"  {'right' if right else 'wrong'} {times:4}  {rule}")


if __name__ == "__main__":
    main()
