"""What a text is found by among the copies of it: a few short keys, of which copies share several.

Two sketches in one. The first is of the words: MinHash (Broder 1997, "On the resemblance and containment of documents")
over shingles of three words, for what is reprinted. The share of its values that two texts have in common is their
Jaccard similarity, and reprints have a third of their shingles in common, or less (Silcock et al. 2023, "Noise-robust
de-duplication at scale"). Single values are therefore kept as keys and counted, instead of being banded together: of
pairs with a similarity of .3 "three of 24 are shared" finds 98 in 100, of those with one of .02 it takes 1 in 80.

The second is of names and numbers, which a rewriting keeps: bands of two values (Leskovec et al., Mining of Massive
Datasets, 3.4). All documents on one negotiation share many names, though, and there may be thousands of those. So a
document that bears its date has its bands by the days around it as well, and two that bear dates far apart are not
compared for their names at all. And whoever shares bands is weighed by a signature before anything is read: 4-bit
MinHash (Li and König 2010, "b-Bit minwise hashing") of the names and numbers, and of the pairs of them that stand in
one sentence. Of the former two reports of one affair share up to .43, of the latter .05 to .23; rewritings share .53
to .93 and .2 to .53.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rensa import RMinHash

from dragoman.extract.findings import DateFound, Layout, SketchFound
from dragoman.extract.sketch_marks import Unit, report, units
from dragoman.extract.sketch_sources import borrowed
from dragoman.extract.stop_words import stop_words

SHINGLE = 3
"""Words in a shingle: more would be torn by every slip of a scanner, fewer are in every report."""
WORD_KEYS = 18
HEAD_KEYS = 6
MARK_KEYS = 14
SOURCE_KEYS = 8
"""Keys for what a report has from one other outlet."""
LEAST_TAKEN = 3
"""Sentences of it, at least: with fewer a report mentions another, and does not rest on it."""
HEAD = 100
"""Words at the head of a report that have keys of their own: who cuts, cuts from the end."""
ROWS = 2
"""MinHash values in one key of the sketch of names and numbers."""
LEAST_WORDS = 30
"""A text with fewer words of report is a headline or a caption, and has no keys."""
_LEAST_SHINGLES = 12
_LEAST_MARKS = 10
_MOST_TOGETHER = 40
"""Names and numbers of one sentence that make pairs: what has more is a list."""
_SEED = 1
_VERSION = RMinHash.ALGORITHM_VERSION
"""Of the library's hashing: keys of two versions must never look alike."""

OF_WORDS, OF_MARKS = "th", "mw"
"""First letters of keys, by what they are of."""
NEEDED = 3
"""How many keys of words two documents must share to be compared."""
MARKS_NEEDED = 2
"""The same of keys of names and numbers, if the signatures are alike too."""
SOURCES_NEEDED = 2
"""The same of keys of what a document has from a source that it names."""
WORDS_ALIKE = 0.11
"""The similarity that two signatures of words must show: a reprint has .2 and more, turns of phrase make .06."""
HEAD_NEEDED = 3
"""So many keys of the first words say the same as a signature: the rest was cut."""
ALIKE, MARKS_ALIKE, TOGETHER_ALIKE = 0.66, 0.45, 0.12
"""What the similarities of two signatures, of names and numbers and of pairs of them, must come to; and each."""
CROWD = 250
"""A key that more documents have than this tells nothing, and is passed over."""
DAYS = 7
"""What bears a date more days from another's is not its retelling."""
_MOST_DAYS = 4
"""A date that is less sure than this many days is none."""
_SIGNED = (128, 192, 128)
"""Values in the signature of the words, of the names and numbers, and of their pairs."""


def sketch(text: str, layout: Layout, dated: DateFound | None = None) -> SketchFound:
    """The keys of a text.

    The first begins with `=` and is the same for two texts only if their reports are, word for word (headline,
    furniture, punctuation and case aside). The second, with `~`, is the signature (`Signature`), and no key. Those that
    begin with `t` come from the words, those with `h` from the first words, those with `m` from names and numbers, and
    those with `w` from these and the days around the document's own date, those with `s` from what it has from another
    outlet that it names.

    Args:
        text: the stored text.
        layout: how it is laid out; furniture and headlines are left out.
        dated: when it was written, by itself.
    """
    heads = [*layout.headlines, *([layout.title] if layout.title else [])]
    body = units(text, report(text, [*layout.furniture, *heads]))
    words = [folded for unit in body for folded, _, _ in unit.words]
    if len(words) < LEAST_WORDS:
        return SketchFound()
    days = _days(dated)
    marks, together = _distinctive(body)
    shingles = _shingles(words)
    taken = _taken(text, body, layout.outlet)
    of_each = zip((shingles, marks, together), _SIGNED, strict=True)
    signed = Signature(days, *(_nibbles(features, values) for features, values in of_each))
    keys = ["=" + hashlib.blake2b(" ".join(words).encode(), digest_size=9).hexdigest(), signed.dump()]
    if len(shingles) >= _LEAST_SHINGLES:
        keys += [f"t{_VERSION}.{i}.{value:x}" for i, value in enumerate(_digest(shingles, WORD_KEYS))]
        head = _shingles(words[:HEAD]) or shingles
        keys += [f"h{_VERSION}.{i}.{value:x}" for i, value in enumerate(_digest(head, HEAD_KEYS))]
    if len(marks) >= _LEAST_MARKS:
        values = _digest(marks, MARK_KEYS * ROWS)
        for i in range(MARK_KEYS):
            band = ".".join(map(str, values[i * ROWS : (i + 1) * ROWS]))
            hashed = hashlib.blake2b(band.encode(), digest_size=5).hexdigest()
            keys.append(f"m{_VERSION}.{i}.{hashed}")
            keys += [f"w{window}.{i}.{hashed}" for window in _windows(days)]
    return SketchFound(bands=[*keys, *taken])


def _taken(text: str, body: list[Unit], own: str | None) -> list[str]:
    """Keys of what is told by the word of another outlet: the outlet with a name or a number, some for each outlet."""
    keys = []
    for outlet, found in sorted(borrowed(text, body, own).items()):
        marks = {mark for number in found.sentences for mark in body[number].marks if mark[0] in "@#"}
        if len(found.sentences) >= LEAST_TAKEN:
            hashed = (hashlib.blake2b(f"{outlet} {mark}".encode(), digest_size=6).hexdigest() for mark in marks)
            keys += [f"s{value}" for value in sorted(hashed)[:SOURCE_KEYS]]
    return keys


@dataclass(frozen=True, slots=True)
class Signature:
    """What two documents are weighed by before they are read: their dates, if they bear any, and 4-bit MinHashes."""

    days: tuple[int, int] | None
    words: int
    marks: int
    together: int

    def dump(self) -> str:
        """As text."""
        days = f"{self.days[0]:x}.{self.days[1]:x}" if self.days else "."
        return f"~{_VERSION}.{days}.{self.words:x}.{self.marks:x}.{self.together:x}"

    @classmethod
    def load(cls, text: str) -> Signature:
        """What `dump` wrote."""
        _, start, end, *signed = text.split(".")
        words, marks, together = (int(value, 16) for value in signed)
        return cls((int(start, 16), int(end, 16)) if start else None, words, marks, together)

    def may_be_reprinted(self, other: Signature) -> bool:
        """Whether the words of one of the two may be in the other."""
        return _similarity(self.words ^ other.words, 0) >= WORDS_ALIKE

    def may_be_retold(self, other: Signature) -> bool:
        """Whether one of the two may tell what the other does, in its own words."""
        if self.days and other.days and max(self.days[0] - other.days[1], other.days[0] - self.days[1]) > DAYS:
            return False
        marks = _similarity(self.marks ^ other.marks, 1)
        if marks < MARKS_ALIKE:
            return False
        together = _similarity(self.together ^ other.together, 2)
        return together >= TOGETHER_ALIKE and marks + together >= ALIKE


def _days(dated: DateFound | None) -> tuple[int, int] | None:
    """The date as days since the year 1; None where it is not known to a few days."""
    if dated is None:
        return None
    start, end = date.fromisoformat(dated.start).toordinal(), date.fromisoformat(dated.end).toordinal()
    return (start, end) if end - start < _MOST_DAYS else None


def _windows(days: tuple[int, int] | None) -> range:
    """Spans of `DAYS` days, by number, of which documents that are no more than `DAYS` days apart share one."""
    if days is None:
        return range(0)
    before = DAYS // 2
    return range((days[0] - before) // DAYS, (days[1] + DAYS - before) // DAYS + 1)


def weight(key: str) -> int:
    """What it weighs that two documents share this key: enough of them (`NEEDED`) and the documents are compared."""
    return NEEDED if key[0] == "=" else 1


def _shingles(words: list[str]) -> set[str]:
    """Runs of `SHINGLE` words of which at most one is a mere function word, so that turns of phrase do not count."""
    common = stop_words()
    told = [word not in common for word in words]
    return {
        " ".join(words[i : i + SHINGLE])
        for i in range(len(words) - SHINGLE + 1)
        if told[i] + told[i + 1] + told[i + 2] >= SHINGLE - 1
    }


def _distinctive(body: list[Unit]) -> tuple[set[str], set[str]]:
    """The names and numbers of a report, and the pairs of them that stand in one sentence."""
    marks: set[str] = set()
    together: set[str] = set()
    for unit in body:
        found = sorted(mark for mark in unit.marks if mark[0] in "@#")
        marks.update(found)
        together.update(f"{one} {other}" for one, other in combinations(found[:_MOST_TOGETHER], 2))
    return marks, together


def _digest(features: Iterable[str], values: int) -> list[int]:
    sketched = RMinHash(num_perm=values, seed=_SEED)
    sketched.update(sorted(features))
    return list(sketched.digest())


def _nibbles(features: Iterable[str], values: int) -> int:
    """The last four bits of each MinHash value, as one number."""
    signed = 0
    for value in _digest(features, values):
        signed = signed << 4 | value & 15
    return signed


_LOWEST = tuple(sum(1 << 4 * i for i in range(count)) for count in _SIGNED)


def _similarity(differing: int, which: int) -> float:
    """The Jaccard similarity that two signatures show by the bits in which they differ; one value in 16 is alike."""
    differing |= differing >> 2
    differing |= differing >> 1
    alike = 1 - (differing & _LOWEST[which]).bit_count() / _SIGNED[which]
    return max(0.0, (alike - 1 / 16) / (1 - 1 / 16))
