"""How far one document tells what another tells, sentence by sentence and in its order, in whatever words.

Sentences are aligned by the names, numbers and stems that they share, each weighed by how few sentences have it. Two
reports of one event, written by two people, share facts and quotations too; but each chooses and orders for itself.
What counts is therefore how much of everything the shorter text tells stands in the other *in the same order*: the
heaviest chain of pairs of sentences that goes forward in both (an alignment after Needleman and Wunsch 1970), as a
share of all that the shorter one tells. Quotations, which two reporters at one press conference share, count less.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.findings import SpanT
from dragoman.resolve.copy_text import Copy, weights

_ALIKE = 0.25
"""Share of what the poorer of two sentences tells that must be in the other."""
_LEAST_TOLD = 8.0
"""A sentence that tells less than this (three rare features) is weighed as if it told as much."""
_QUOTED = 0.5
"""What a feature counts that stands in quotations in both."""
_LEAST_UNITS = 5
_MOST_UNITS = 500
"""A text of more sentences is a book; the time of an alignment grows with the square."""
_UNEQUAL = 4.0
"""A text of more times as many sentences finds something like everything in itself."""


@dataclass(slots=True)
class Retold:
    """How much of what the shorter text tells is told in the other in the same order (`told`, 0 to 1).

    `covered` is the share of sentences that have a counterpart, in the text where it is smaller if the two are of about
    one length; `anyhow` is how much is told in both in any order, `ordered` how much of that in the same order;
    `passages` are the pairs of sentences.
    """

    told: float
    covered: float
    anyhow: float
    ordered: float
    passages: tuple[tuple[SpanT, SpanT], ...]


def retold(a: Copy, b: Copy, least: int = _LEAST_UNITS) -> Retold | None:
    """How far the two tell the same; None where one is too short, or too long beside the other, to say so.

    Args:
        a: a document, or a part of one.
        b: another.
        least: sentences that each must have.
    """
    few, many = sorted((len(a.told), len(b.told)))
    if few < least or many > min(_UNEQUAL * few, _MOST_UNITS):
        return None
    shared, tells_a, tells_b = _shared(a, b)
    every = min(sum(tells_a), sum(tells_b))
    if not shared or every <= 0:
        return None
    rows, columns = len(a.told), len(b.told)
    covered_a = len({i for i, _ in shared}) / rows
    covered_b = len({j for _, j in shared}) / columns
    covered = min(covered_a, covered_b) if many <= 1.5 * few else (covered_a if rows < columns else covered_b)
    best_a, best_b = [0.0] * rows, [0.0] * columns
    for (i, j), value in shared.items():
        best_a[i], best_b[j] = max(best_a[i], value), max(best_b[j], value)
    total, chain = _chain(shared, rows, columns)
    moved = {(i, j) for (i, j), value in shared.items() if value == best_a[i] == best_b[j]}
    taken = {i for i, _ in chain}, {j for _, j in chain}
    chain = sorted({*chain, *((i, j) for i, j in moved if i not in taken[0] and j not in taken[1])})
    anyhow = max(total, min(sum(best_a), sum(best_b)))
    pairs = tuple(((a.told[i].start, a.told[i].end), (b.told[j].start, b.told[j].end)) for i, j in chain)
    return Retold(total / every, covered, anyhow / every, total / anyhow, pairs)


def _shared(a: Copy, b: Copy) -> tuple[dict[tuple[int, int], float], list[float], list[float]]:
    """What each pair of sentences that are alike has in common; and what each sentence tells."""
    weight = weights(a, b)
    tells_a = [sum(weight[mark] for mark in unit.marks) for unit in a.told]
    tells_b = [sum(weight[mark] for mark in unit.marks) for unit in b.told]
    having: dict[str, list[tuple[int, int]]] = {}
    for j, unit in enumerate(b.told):
        for mark, span in unit.marks.items():
            having.setdefault(mark, []).append((j, span[0]))
    sums: dict[tuple[int, int], float] = {}
    for i, unit in enumerate(a.told):
        for mark, span in unit.marks.items():
            value = weight[mark]
            quoted = span[0] in a.quoted_starts
            for j, start in having.get(mark, ()):
                counts = value * _QUOTED if quoted and start in b.quoted_starts else value
                sums[i, j] = sums.get((i, j), 0.0) + counts
    return (
        {
            (i, j): value
            for (i, j), value in sums.items()
            if value >= _ALIKE * max(_LEAST_TOLD, min(tells_a[i], tells_b[j]))
        },
        tells_a,
        tells_b,
    )


def _chain(shared: dict[tuple[int, int], float], rows: int, columns: int) -> tuple[float, list[tuple[int, int]]]:
    """The heaviest chain of pairs that goes forward in both texts, and its weight."""
    table = [[0.0] * (columns + 1)]
    for i in range(rows):
        above = table[-1]
        row = [0.0] * (columns + 1)
        for j in range(columns):
            value = shared.get((i, j))
            best = above[j + 1] if above[j + 1] >= row[j] else row[j]
            if value is not None and above[j] + value > best:
                best = above[j] + value
            row[j + 1] = best
        table.append(row)
    i, j, pairs = rows, columns, []
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        elif table[i][j] == table[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return table[rows][columns], pairs[::-1]
