"""Which own words of one party are about the same thing as any of another's: as if each were compared with each."""

from __future__ import annotations

import random

from dragoman.record import Citation, Position
from dragoman.report.own_words import OwnWords
from dragoman.report.stands import Telling
from dragoman.resolve.gist import Gist, alike


def telling(number: int, words: frozenset[str]) -> Telling:
    cited = Citation(document=f"d-{number}", start=0, end=3, quote="yes")
    position = Position(
        id=f"p-{number}", party="a-1", issue="arms", stance="demands", content="it", told_by="own", citations=[cited]
    )
    return Telling(position, "a-1", None, None, f"d-{number}", Gist(words, frozenset(), {}))


def test_what_is_alike_is_found_as_if_each_were_compared_with_each() -> None:
    chance = random.Random(4)
    letters = "abcdefghijklmnopqrstuvwxyz"

    def some(most: int) -> list[Telling]:
        return [telling(n, frozenset(chance.sample(letters, chance.randint(0, most)))) for n in range(12)]

    found = wanted = 0
    for most in (3, 7, 12):
        for _ in range(30):
            ours, theirs = some(most), some(most)
            expected = [t for t in ours if any(alike(t.gist, other.gist) for other in theirs)]
            assert OwnWords(ours).alike(OwnWords(theirs)) == expected
            found, wanted = found + len(expected), wanted + len(ours)
    assert 0 < found < wanted
