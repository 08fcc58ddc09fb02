"""The first of some things that are about the same as another: the same as a search through all of them finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.gist import Firsts, Gist, Index

abouts = st.builds(
    lambda words: Gist(frozenset(words), frozenset(), {}), st.sets(st.sampled_from("abcdefghij"), max_size=8)
)


@given(st.lists(st.tuples(abouts, st.integers(0, 5)), max_size=25), abouts)
def test_the_first_alike_is_the_least_of_all_alike(things: list[tuple[Gist, int]], about: Gist) -> None:
    assert Firsts(things).alike(about) == min(Index(things).alike(about), default=None)
