"""What a text is found by among the copies of it: a few short keys, of which copies share several.

Two sketches in one. The first is of the words: MinHash (Broder 1997, "On the resemblance and containment of documents")
over shingles of three words, for what is reprinted. The share of its values that two texts have in common is their
Jaccard similarity, and reprints have a third of their shingles in common, or less (Silcock et al. 2023, "Noise-robust
de-duplication at scale"). Single values are therefore kept as keys and counted, instead of being banded together: of
pairs with a similarity of .3 "three of 24 are shared" finds 98 in 100, of those with one of .02 it takes 1 in 80.
The second is of names and numbers, which a rewriting keeps: bands of two values (Leskovec et al., Mining of Massive
Datasets, 3.4), since texts on one affair share many names, and only copies most of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from rensa import RMinHash
from spacy.lang.en.stop_words import STOP_WORDS

from dragoman.extract.findings import Layout, SketchFound
from dragoman.extract.sketch_marks import Unit, report, units

SHINGLE = 3
"""Words in a shingle: more would be torn by every slip of a scanner, fewer are in every report."""
WORD_KEYS = 18
HEAD_KEYS = 6
MARK_KEYS = 14
HEAD = 100
"""Words at the head of a report that have keys of their own: who cuts, cuts from the end."""
ROWS = 2
"""MinHash values in one key of the sketch of names and numbers."""
LEAST_WORDS = 30
"""A text with fewer words of report is a headline or a caption, and has no keys."""
_LEAST_SHINGLES = 12
_LEAST_MARKS = 10
_SEED = 1
_VERSION = RMinHash.ALGORITHM_VERSION
"""Of the library's hashing: keys of two versions must never look alike."""

NEEDED = 3
"""What two documents' shared keys must weigh (`weight`) for the two to be compared."""
CROWD = 250
"""A key that more documents have than this tells nothing, and is passed over."""


def sketch(text: str, layout: Layout) -> SketchFound:
    """The keys of a text.

    The first begins with `=` and is the same for two texts only if their reports are, word for word (headline,
    furniture, punctuation and case aside). Those that begin with `t` come from the words, those with `h` from the first
    words, those with `m` from names and numbers.

    Args:
        text: the stored text.
        layout: how it is laid out; furniture and headlines are left out.
    """
    heads = [*layout.headlines, *([layout.title] if layout.title else [])]
    body = units(text, report(text, [*layout.furniture, *heads]))
    words = [folded for unit in body for folded, _, _ in unit.words]
    if len(words) < LEAST_WORDS:
        return SketchFound()
    keys = ["=" + hashlib.blake2b(" ".join(words).encode(), digest_size=9).hexdigest()]
    shingles = _shingles(words)
    if len(shingles) >= _LEAST_SHINGLES:
        keys += [f"t{_VERSION}.{i}.{value:x}" for i, value in enumerate(_digest(shingles, WORD_KEYS))]
        head = _shingles(words[:HEAD]) or shingles
        keys += [f"h{_VERSION}.{i}.{value:x}" for i, value in enumerate(_digest(head, HEAD_KEYS))]
    marks = _distinctive(body)
    if len(marks) >= _LEAST_MARKS:
        values = _digest(marks, MARK_KEYS * ROWS)
        for i in range(MARK_KEYS):
            band = ".".join(map(str, values[i * ROWS : (i + 1) * ROWS]))
            keys.append(f"m{_VERSION}.{i}.{hashlib.blake2b(band.encode(), digest_size=5).hexdigest()}")
    return SketchFound(bands=keys)


def weight(key: str) -> int:
    """What it weighs that two documents share this key: enough of them (`NEEDED`) and the documents are compared."""
    return NEEDED if key[0] == "=" else 1


def _shingles(words: list[str]) -> set[str]:
    """Runs of `SHINGLE` words of which at most one is a mere function word, so that turns of phrase do not count."""
    told = [word not in STOP_WORDS for word in words]
    return {
        " ".join(words[i : i + SHINGLE])
        for i in range(len(words) - SHINGLE + 1)
        if told[i] + told[i + 1] + told[i + 2] >= SHINGLE - 1
    }


def _distinctive(body: list[Unit]) -> set[str]:
    """The names and numbers of a report."""
    return {mark for unit in body for mark in unit.marks if mark[0] in "@#"}


def _digest(features: Iterable[str], values: int) -> list[int]:
    sketched = RMinHash(num_perm=values, seed=_SEED)
    sketched.update(sorted(features))
    return list(sketched.digest())
