"""What one document reprints of another: runs of the same words, wherever paragraphs were moved to.

Greedy string tiling (Wise 1993): the longest runs that both texts have, each word used once. Slips of a scanner, an
editor's cuts and house style tear runs; runs that follow each other closely in both texts are therefore one passage.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from dragoman.extract.findings import SpanT
from dragoman.extract.sketch import SHINGLE
from dragoman.resolve.copy_text import Copy

_GAP = 8
"""Words between two runs that are still one passage."""
_DENSE = 0.4
"""Share of a passage's words that must be the same."""
_LEAST = 6
"""Words of a passage that must be the same: fewer are a turn of phrase, or a title and a name."""

_OFTEN = 12
"""What a text says more often than this is a refrain, at which no run begins."""


@dataclass(slots=True)
class Reprinted:
    """How much of each text is in the other, of all words and of those outside quotations (0 to 1); and where."""

    whole_a: float
    whole_b: float
    narrated_a: float
    narrated_b: float
    passages: tuple[tuple[SpanT, SpanT], ...]


@dataclass(slots=True)
class _Run:
    a: int
    b: int
    a_end: int
    b_end: int
    same: int


def reprinted(a: Copy, b: Copy) -> Reprinted:
    """What the two texts have in common, word for word but for slips."""
    runs = [run for run in _joined(_runs(a, b)) if run.same >= _LEAST and run.same >= _DENSE * (run.a_end - run.a)]
    runs = [run for run in runs if run.same >= _DENSE * (run.b_end - run.b)]
    in_a = {i for run in runs for i in range(run.a, run.a_end)}
    in_b = {i for run in runs for i in range(run.b, run.b_end)}
    return Reprinted(
        len(in_a) / len(a.words),
        len(in_b) / len(b.words),
        sum(not a.quoted[i] for i in in_a) / max(1, a.narrated),
        sum(not b.quoted[i] for i in in_b) / max(1, b.narrated),
        tuple(pair for run in runs for pair in _spans(a, b, run)),
    )


def _runs(a: Copy, b: Copy) -> list[_Run]:
    """Runs of the same words in the order of `a`; where there is a choice the longest, else the one that goes on."""
    first, second = [w[0] for w in a.words], [w[0] for w in b.words]
    used = bytearray(len(second))
    runs: list[_Run] = []
    i, expected = 0, 0
    while i + SHINGLE <= len(first):
        best, length = -1, 0
        places = b.places.get(tuple(first[i : i + SHINGLE]), ())
        for j in places if len(places) <= _OFTEN else ():
            if used[j]:
                continue
            k = 0
            while i + k < len(first) and j + k < len(second) and not used[j + k] and first[i + k] == second[j + k]:
                k += 1
            if (k, -abs(j - expected)) > (length, -abs(best - expected)):
                best, length = j, k
        if length < SHINGLE:
            i += 1
            continue
        a_start = i
        while a_start and best and not used[best - 1] and first[a_start - 1] == second[best - 1]:
            if runs and runs[-1].a_end >= a_start:
                break
            a_start, best, length = a_start - 1, best - 1, length + 1
        used[best : best + length] = b"\1" * length
        runs.append(_Run(a_start, best, a_start + length, best + length, length))
        i, expected = a_start + length, best + length
    return runs


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs that follow each other in both texts with few words between them, as one."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and run.a - last.a_end <= _GAP and 0 <= run.b - last.b_end <= _GAP:
            last.a_end, last.b_end, last.same = run.a_end, run.b_end, last.same + run.same
        else:
            joined.append(run)
    return joined


def _spans(a: Copy, b: Copy, run: _Run) -> list[tuple[SpanT, SpanT]]:
    """The run as pairs of spans in the texts: cut wherever furniture stands between its words in either of them.

    The two sides of a cut are found by going the same share of the way through the run in both.
    """
    cuts = {0.0, 1.0}
    for copy, start, end in ((a, run.a, run.a_end), (b, run.b, run.b_end)):
        holes = [hole for hole in copy.furniture if copy.words[start][1] < hole[0] < copy.words[end - 1][1]]
        places = [word[1] for word in copy.words[start:end]] if holes else []
        cuts |= {bisect_right(places, hole[0]) / (end - start) for hole in holes}
    shares = sorted(cuts)
    found = []
    for low, high in pairwise(shares):
        spans = []
        for copy, start, end in ((a, run.a, run.a_end), (b, run.b, run.b_end)):
            words = copy.words[start + round(low * (end - start)) : start + round(high * (end - start))]
            if words:
                spans.append((words[0][1], words[-1][2]))
        if len(spans) == 2 and not any(_torn(copy, span) for copy, span in zip((a, b), spans, strict=True)):
            found.append((spans[0], spans[1]))
    return found


def _torn(copy: Copy, span: SpanT) -> bool:
    return any(start < span[1] and span[0] < end for start, end in copy.furniture)
