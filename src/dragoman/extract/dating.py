"""The day a document was written, from its page alone: what it says outright, else what its clues leave.

A year wrong is worse than none: where the clues leave more than a year, or contradict each other, it is unknown.
"""

from __future__ import annotations

from datetime import date

from dragoman.extract.dating_clues import clues_of
from dragoman.extract.dating_head import stated_on
from dragoman.extract.dating_solver import Days, Limit, interval, limit_of, solve, usual_of
from dragoman.extract.findings import ClueFound, DateFound, ReasonFound
from dragoman.extract.page import Page
from dragoman.extract.time_words import times_in

KNOWN = 1100
"""Days: where the clues leave no more than this, what is usual is asked too."""

_ENDING = ("ago", "stamp", "caption")
"""Rules of clues that leave no day after some year; without such a one, or a plan with its year, no year is known."""


def date_page(page: Page) -> tuple[DateFound | None, list[ClueFound], list[ReasonFound]]:
    """The date of a page, the clues on it that bound its day of writing, and the reasons for the date.

    The date is what the page states (basis "metadata" or "stated"), else what all clues together leave ("inferred"):
    some days, or part of one year; None where they leave more, or contradict each other.
    """
    clues = clues_of(page)
    stated = stated_on(page)
    if stated is not None:
        found, span = stated
        says = "dated in its dateline" if found.basis == "stated" else "dated at its head or foot"
        return found, clues, [ReasonFound(says, found, False, [span]), *against(found, clues)]
    found_, reasons = infer(clues, spoken_weekdays(page))
    return found_, clues, reasons


def written_on(page: Page) -> DateFound | None:
    """The date of a page alone, see `date_page`."""
    return date_page(page)[0]


def infer(clues: list[ClueFound], spoken: frozenset[int] = frozenset()) -> tuple[DateFound | None, list[ReasonFound]]:
    """The date that clues leave, and the reasons; (None, []) where they leave none that is of use.

    `spoken` are weekdays that the first paragraph names: of several days that are left they choose.
    """
    if not any(clue.rule in _ENDING or (clue.rule == "planned" and clue.time.year) for clue in clues):
        return None, []
    limits = [limit for clue in clues if (limit := limit_of(clue)) is not None]
    left, reasons = solve(limits)
    if left and left[-1][1] - left[0][0] < KNOWN:
        left, reasons = solve([*limits, *(usual for clue in clues for usual in usual_of(clue))])
    left = _chosen(left, limits, spoken)
    found = interval(left)
    if found is None:
        return None, []
    found.text = reasons[0].says if reasons else ""
    return found, reasons


def _chosen(left: Days, limits: list[Limit], spoken: frozenset[int]) -> Days:
    """One of a few single days: of those that fall on a weekday that is spoken of if there are such, the first."""
    if not 1 < len(left) <= 2 or any(first != last for first, last in left) or all(limit.rank for limit in limits):
        return left
    agree = [d for d in left if date.fromordinal(d[0]).weekday() in spoken]
    return ((agree or list(left))[0],)


def spoken_weekdays(page: Page) -> frozenset[int]:
    """The weekdays that the first paragraph of the report names."""
    lead = next((b for b in page.blocks if len(b.doc) >= 25), None)
    near = times_in(lead.text, lead.start) if lead is not None else []
    return frozenset(t.weekday for t in near if t.form == "weekday" and t.weekday is not None)


def against(dated: DateFound, clues: list[ClueFound]) -> list[ReasonFound]:
    """What in a text contradicts a date that it is given: full dates told as past after it, "ago" that does not fit."""
    low, high = (date.fromisoformat(d).toordinal() for d in (dated.start, dated.end))
    found = []
    for clue in clues:
        full = clue.time.year is not None and clue.time.month is not None and clue.time.day is not None
        if not (clue.rule in ("ago", "stamp", "head", "same") or (clue.rule == "past" and full)):
            continue
        limit = limit_of(clue)
        # A day of grace: papers are dated ahead, and the world has more than one date at a time.
        if limit is not None and not any(first <= high + 1 and low - 1 <= last for first, last in limit.days):
            found.append(ReasonFound(limit.says, None, True, list(limit.spans)))
    return found
