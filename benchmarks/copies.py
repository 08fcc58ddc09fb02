"""How finding copies grows with the number of documents: time, comparisons and recall of planted families.

    copies.py [--affair] [SIZE …]   (default 1000 10000 100000; a hundred thousand take some minutes and 1.5 GB)

The documents are made up of words drawn by Zipf's law, with names and numbers of some hundreds of affairs. One in ten
is a copy: a reprint with slips, cuts and moved paragraphs, that has 30 to 60 % of its runs of three words in common
with what it was made of, or a retelling that keeps names, numbers, order and a third of the other words; one report is
reprinted very often. Prints one line a size, in seconds of the processor: a lookup is the finding of candidates, recall
the share of the copies that are in a family with what they were made of, wrong the links between documents that are not
copies.

With `--affair` all documents are of one negotiation of two years, with the same few hundred people and six states
(`bench.varied`), one in twenty a reprint: what makes candidates rare there is not the names.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from bench import REPRINTED, varied

from dragoman.extract.findings import DateFound, Layout
from dragoman.extract.layout import lay_out
from dragoman.extract.sketch import sketch
from dragoman.resolve.copies import Copy, candidates, compare, families

SENTENCES = 18
WORDS = 22
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
FUNCTION = [
    "the",
    "of",
    "to",
    "in",
    "and",
    "a",
    "that",
    "for",
    "on",
    "with",
    "was",
    "by",
    "at",
    "from",
    "as",
    "it",
    "is",
    "not",
]


class Maker:
    """Makes documents; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        """Draw the vocabulary."""
        self.rng = random.Random(seed)
        self.words = sorted({"".join(self.rng.choices(SYLLABLES, k=self.rng.randint(2, 4))) for _ in range(30_000)})
        self.rng.shuffle(self.words)
        self.zipf = list(accumulate(1 / (rank + 20) for rank in range(len(self.words))))

    def drawn(self, count: int) -> list[str]:
        """Words by Zipf's law, half of them function words."""
        told = self.rng.choices(self.words, cum_weights=self.zipf, k=count)
        return [self.rng.choice(FUNCTION) if self.rng.random() < 0.5 else word for word in told]

    def affair(self) -> list[str]:
        """The names of those who have to do with an affair."""
        return [self.rng.choice(self.words).capitalize() for _ in range(40)]

    def report(self, affair: list[str]) -> list[list[str]]:
        """Sentences of a report on an affair."""
        named = self.rng.sample(affair, 14)
        sentences = []
        for _ in range(SENTENCES):
            words = self.drawn(self.rng.randint(WORDS - 8, WORDS + 8))
            for _ in range(self.rng.randint(1, 3)):
                words.insert(self.rng.randrange(1, len(words)), self.rng.choice(named))
            if self.rng.random() < 0.5:
                words.insert(self.rng.randrange(1, len(words)), str(self.rng.randint(3, 2000)))
            sentences.append(words)
        return sentences

    def reprint(self, sentences: list[list[str]]) -> list[list[str]]:
        """A reprint: slips in a tenth to a fifth of the words, some sentences cut, the last paragraphs moved up."""
        slips, kept = self.rng.uniform(0.08, 0.2), self.rng.uniform(0.75, 1)
        made = [
            [word[:-1] + self.rng.choice("lrtc") if self.rng.random() < slips else word for word in sentence]
            for sentence in sentences
            if self.rng.random() < kept
        ]
        turn = self.rng.choice((0, 0, len(made) // 3))
        return made[turn:] + made[:turn]

    def retelling(self, sentences: list[list[str]]) -> list[list[str]]:
        """A retelling: names and numbers stay, of the other words a third; within a sentence the order is another."""
        made = []
        for sentence in sentences:
            fresh = self.drawn(len(sentence))
            words = [
                old if not old.islower() or self.rng.random() < 1 / 3 else new
                for old, new in zip(sentence, fresh, strict=True)
            ]
            self.rng.shuffle(words)
            made.append(words)
        return made

    def text(self, sentences: list[list[str]]) -> str:
        """Sentences as a text, three to a paragraph."""
        said = [" ".join([sentence[0].capitalize(), *sentence[1:]]) + "." for sentence in sentences]
        return "\n\n".join(" ".join(said[i : i + 3]) for i in range(0, len(said), 3))

    def corpus(self, size: int) -> tuple[dict[str, str], list[list[str]]]:
        """So many texts by their names, and the families among them."""
        affairs = [self.affair() for _ in range(max(5, size // 200))]
        texts: dict[str, str] = {}
        planted: list[list[str]] = []
        crowd = size // 250  # one text that is reprinted very often
        while len(texts) < size:
            report = self.report(self.rng.choice(affairs))
            others = []
            if crowd:
                others, crowd = [self.reprint(report) for _ in range(crowd)], 0
            elif self.rng.random() < 0.05:
                make = self.rng.choice((self.reprint, self.reprint, self.retelling))
                others = [make(report) for _ in range(self.rng.choice((1, 1, 2, 4)))]
            group = []
            for sentences in (report, *others):
                name = f"{self.rng.getrandbits(64):016x}"
                texts[name] = self.text(sentences)
                group.append(name)
            if len(group) > 1:
                planted.append(group)
        return texts, planted


def affair(size: int) -> tuple[dict[str, str], list[list[str]]]:
    """So many texts on one affair by their names, and the reprints among them with what they were made of."""
    texts = {f"{random.Random(i).getrandbits(64):016x}": varied(i) for i in range(size)}
    names = list(texts)
    return texts, [[names[i - REPRINTED // 2], names[i]] for i in range(REPRINTED - 1, size, REPRINTED)]


_DAY = re.compile(r" on (\d+ \w+ 20\d\d), ")


def dated(text: str) -> DateFound | None:
    """The date that a text of one affair bears."""
    found = _DAY.search(text)
    if found is None:
        return None
    day = datetime.strptime(found.group(1), "%d %B %Y").date().isoformat()
    return DateFound(day, day, found.group(1), "stated")


def measure(size: int, on_one: bool) -> None:
    """Print the figures for so many documents."""
    texts, planted = affair(size) if on_one else Maker(1).corpus(size)
    layouts = {name: lay_out(text) if on_one else Layout([(0, len(text))]) for name, text in texts.items()}
    dates = {name: dated(text) if on_one else None for name, text in texts.items()}
    began = time.process_time()
    keys = {name: sketch(text, layouts[name], dates[name]).bands for name, text in texts.items()}
    sketched = time.process_time()
    pairs = candidates(keys)
    looked_up = time.process_time()

    @lru_cache(maxsize=2000)
    def copy(name: str) -> Copy:
        day = dates[name]
        return Copy(name, texts[name], dated=(day.start, day.end) if day else None)

    links = [link for one, other in pairs if (link := compare(copy(one), copy(other)))]
    found = families(links)
    compared = time.process_time()
    family = {document: number for number, draft in enumerate(found) for document in draft.documents}
    together = [family.get(name, name) == family.get(group[0]) for group in planted for name in group[1:]]
    truth = {name: number for number, group in enumerate(planted) for name in group}
    wrong = sum(truth.get(link.first, link.first) != truth.get(link.second) for link in links)
    kinds: dict[str, int] = defaultdict(int)
    for draft in found:
        kinds[draft.kind] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    shown = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    print(
        f"{len(texts):>9,}  {sketched - began:8.1f}  {looked_up - sketched:8.1f}  {compared - looked_up:8.1f}  "
        f"{len(pairs):>11,}  {len(links):>8,}  {sum(together) / len(together):6.3f}  {wrong:>5}  {peak:6.1f}  {shown}",
        flush=True,
    )


if __name__ == "__main__":
    print("documents  sketch s  lookup s  compare s  comparisons     links  recall  wrong  GB      families")
    for wanted in [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [1_000, 10_000, 100_000]:
        measure(wanted, "--affair" in sys.argv)
