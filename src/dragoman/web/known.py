"""Where the sides stood as it was known on a day, from what is already put together."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Hashable, Iterable
from functools import cached_property

from dragoman.report.stands import Stands


class Knowing:
    """The stands of a whole record, made ready to be looked at as known on any day.

    As `Stands.of(source, at)`, but fast: which tellings speak of one thing is taken over from the whole record, instead
    of being found again from fewer of them.
    """

    def __init__(self, stands: Stands) -> None:
        """Of the stands of the whole record."""
        self._stands = stands

    def on(self, at: str) -> Stands:
        """The stands as the documents dated up to a day tell them.

        Args:
            at: a day (YYYY-MM-DD).
        """
        stands = self._stands
        made = copy.copy(stands)
        made.at = at
        made.documents = {i: d for i, d in stands.documents.items() if d.dated is not None and d.dated.to <= at}
        made.tellings = [t for t in stands.tellings if t.written is not None and t.written <= at]
        made.threads = {}
        for key, threads in stands.threads.items():
            known = [some for t in threads if (some := t.known(at)).tellings]
            if known:
                made.threads[key] = known
        made.forget()
        issues, parties = self._sources
        made.__dict__["issues"] = made.issues_in_order(_until(at, issues))
        made.__dict__["parties"] = made.parties_in_order(_until(at, parties))
        return made

    @cached_property
    def _sources(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """For each issue the days on which its sources first told of it, in order; and so for each party, by issue."""
        told = [(t.position.issue, t.party, t.source, t.written) for t in self._stands.tellings if t.written]
        return (
            _firsts((issue, source, written) for issue, _, source, written in told),
            _firsts((party, (source, issue), written) for issue, party, source, written in told),
        )


def _firsts(told: Iterable[tuple[str, Hashable, str]]) -> dict[str, list[str]]:
    firsts: dict[str, dict[Hashable, str]] = {}
    for what, source, written in told:
        days = firsts.setdefault(what, {})
        if written < days.get(source, "~"):
            days[source] = written
    return {what: sorted(days.values()) for what, days in firsts.items()}


def _until(at: str, firsts: dict[str, list[str]]) -> dict[str, int]:
    """How many sources had told of each by a day; without those of which none had."""
    return {what: many for what, days in firsts.items() if (many := bisect_right(days, at))}
