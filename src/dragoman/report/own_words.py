"""A party's own words on an issue, and which of another's are about the same thing as any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from dragoman.report.threads import Telling
from dragoman.resolve.gist import Gist, alike

_ONE_IS_ENOUGH = 3
"""Of contents of so many words (at most) one shared word makes them alike (see `dragoman.resolve.gist.alike`)."""


class OwnWords:
    """The tellings in own words, in the order of their threads, by what they are about.

    What is alike is found as if each were compared with each, but without doing so: a large record has tens of
    thousands, and most contents are of few words, of which one shared word is enough.
    """

    def __init__(self, tellings: Iterable[Telling]) -> None:
        """Of these tellings."""
        self.tellings = list(tellings)

    def alike(self, others: OwnWords) -> list[Telling]:
        """Those of its tellings that are about the same thing as any of another's."""
        words, of_short, found = others._words, others._of_short, []
        for telling in self.tellings:
            gist = telling.gist
            if gist.words.isdisjoint(words):
                continue
            if len(gist.words) <= _ONE_IS_ENOUGH or not gist.words.isdisjoint(of_short) or others._has_long(gist):
                found.append(telling)
        return found

    @cached_property
    def _words(self) -> set[str]:
        return set().union(*(t.gist.words for t in self.tellings))

    @cached_property
    def _of_short(self) -> set[str]:
        """The words of those of which one shared word is enough."""
        return set().union(*(t.gist.words for t in self.tellings if len(t.gist.words) <= _ONE_IS_ENOUGH))

    @cached_property
    def _long(self) -> tuple[list[Gist], dict[str, list[int]]]:
        """What the others are about, and their places in that list by word."""
        some = list({t.gist.words: t.gist for t in self.tellings if len(t.gist.words) > _ONE_IS_ENOUGH}.values())
        places: dict[str, list[int]] = {}
        for place, gist in enumerate(some):
            for word in gist.words:
                places.setdefault(word, []).append(place)
        return some, places

    def _has_long(self, gist: Gist) -> bool:
        some, places = self._long
        shared = Counter(place for word in gist.words for place in places.get(word, ()))
        return any(alike(gist, some[place]) for place, _ in shared.most_common())
