"""What reports tell differently of one encounter: who asked for it, who led, who ended it, who was there, how long it
took, which round it was, since when it was the first, what came of it.

Two reports mean one encounter where the days that they give for it have a day in common; where one of them gives none,
they must have been written within a few days of each other. A call is no session, and experts' talks are not those of
their masters.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

from dragoman.extract.findings import DateFound
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, times_in
from dragoman.resolve.claims_pairs import Claim, Pair, apart, one_negotiation

SOON = 4
"""Days within which reports must be written to mean one encounter whose day one of them does not give."""

WEEKS = 14
"""Days within which reports are of one event whose day both give."""

SEASON = 45
"""Days within which "their first meeting since …" is said of one meeting."""

_LONG = 10
"""Days: a longer interval does not tell which encounter is meant."""

_ROUGHLY, _PART = 0.85, 5.0
"""Lengths nearer than the first to each other are one; a length so many times another is that of a part of it."""

_DAY = timedelta(1)

Days = tuple[tuple[date, date], ...]


def block_of(claim: Claim) -> tuple[object, ...] | None:
    """What two claims on encounters must have in common to answer one question; None for other claims."""
    found = claim.found
    if found.kind in ("asked", "lasted", "outcome"):
        return found.kind, found.unit
    if found.kind == "led":
        return (found.kind, claim.teller) if claim.teller is not None else None
    if found.kind == "came":
        return found.kind, *sorted(claim.actors)
    if found.kind in ("round", "since"):
        return (found.kind,)
    return None


def event_pair(one: Claim, two: Claim) -> Pair | None:
    """Two claims of one block as a pair, where they cannot both be so (or name one thing differently)."""
    kind = one.found.kind
    if one.document == two.document:
        return _outcome(one, two) if kind == "outcome" else None
    if not one_negotiation(one, two, SEASON):
        return None
    if kind == "asked":
        return _asked(one, two)
    if kind == "since":
        return _since(one, two)
    if kind == "outcome":
        return _outcome(one, two)
    if not one_event(one, two):
        return None
    if kind == "led":
        differ_ = bool(one.actors) and bool(two.actors) and not one.actors & two.actors
    elif kind == "came":
        differ_ = one.found.denied != two.found.denied
    elif kind == "lasted":
        differ_ = _lengths_differ(one.found.number or 0, two.found.number or 0)
    else:
        differ_ = one.found.number != two.found.number and _one_round(one, two)
    return Pair(one, two, kind, "conflict", frozenset({kind})) if differ_ else None


def one_event(one: Claim, two: Claim) -> bool:
    """Whether two claims can be of one encounter: by its days, and by how and by whom it was held."""
    mine, theirs = _manner(one), _manner(two)
    if mine != theirs and (mine | theirs) & {"^experts", "^by_phone", "^by_video", "^alone"}:
        return False
    sure, days = days_of(one, "@="), days_of(two, "@=")
    if sure and days:
        return _meet(sure, days) and apart(one, two) <= WEEKS
    near = apart(one, two) <= SOON
    a, b = sure or days_of(one, "@~"), days or days_of(two, "@~")
    if a and b:
        wider = tuple((x - _DAY, y + _DAY) for x, y in a)
        return near and _meet(wider, b)  # a day that was told before may be another's
    return near and (one.found.kind != "lasted" or (_one_day(one) and _one_day(two)))


def _one_day(claim: Claim) -> bool:
    """Whether it is known to a few days when a claim's document was written."""
    return claim.dated is not None and (claim.dated[1] - claim.dated[0]).days <= SOON


def days_of(claim: Claim, mark: str) -> Days:
    """The days that a claim's words name, settled by when its document was written."""
    texts = tuple(sorted(a[2:] for a in claim.found.about if a.startswith(mark)))
    return _settled(texts, claim.dated, "^ahead" in claim.found.about) if texts else ()


@functools.lru_cache(20_000)
def _settled(texts: tuple[str, ...], written: tuple[date, date] | None, ahead: bool) -> Days:
    day = DateFound(written[0].isoformat(), written[1].isoformat(), "", "inferred") if written else None
    found = []
    for text in texts:
        for time in times_in(text):
            for way in (PAST, FUTURE) if ahead and time.form == "weekday" else (PAST,):
                settled = settle(time, day, None, way)
                if settled is not None:
                    first, last = date.fromisoformat(settled.start), date.fromisoformat(settled.end)
                    if (last - first).days <= _LONG:
                        found.append((first, last))
    return tuple(found)


def _meet(one: Days, two: Days) -> bool:
    return any(a[0] <= b[1] and b[0] <= a[1] for a in one for b in two)


def _manner(claim: Claim) -> set[str]:
    return {a for a in claim.found.about if a in ("^experts", "^by_phone", "^by_video", "^alone")}


def _asked(one: Claim, two: Claim) -> Pair | None:
    """One wanted it, or the other, or both together; a postponement may be told of weeks later."""
    same = bool(one.actors & two.actors) or one.actors == two.actors
    if same == (one.found.denied == two.found.denied) or (one.found.denied and two.found.denied):
        return None
    if one.found.unit != "delay" and not one_event(one, two):
        return None
    if one.found.unit == "delay" and apart(one, two) > 3 * WEEKS // 2:
        return None
    return Pair(one, two, "asked", "conflict", frozenset({one.found.unit or ""}))


def _one_round(one: Claim, two: Claim) -> bool:
    """Rounds follow each other: two numbers are of one only where both tell its day, or neither does, on one day."""
    mine, theirs = (days_of(c, "@=") or days_of(c, "@~") for c in (one, two))
    if mine and theirs:
        return _meet(mine, theirs)
    return (
        not mine and not theirs and apart(one, two) <= 1 and abs((one.found.number or 0) - (two.found.number or 0)) == 1
    )


def _lengths_differ(one: float, two: float) -> bool:
    low, high = sorted((one, two))
    return bool(low) and low / high < _ROUGHLY and high / low <= _PART


def _since(one: Claim, two: Claim) -> Pair | None:
    """Other months since which there was none."""
    mine, theirs = _ago(one), _ago(two)
    if mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1]):
        return None
    if {a for a in one.about if a.startswith("^sort:")} != {a for a in two.about if a.startswith("^sort:")}:
        return None  # the first direct talks are no first high-level contact
    own, other = days_of(one, "@~"), days_of(two, "@~")
    if own and other and not _meet(own, other) and apart(one, two) <= SOON:
        return None
    return Pair(one, two, "since", "conflict", frozenset({"since"}))


def _ago(claim: Claim) -> tuple[date, date] | None:
    texts = [a.removeprefix("^since:") for a in claim.found.about if a.startswith("^since:")]
    written = claim.dated
    day = DateFound(written[0].isoformat(), written[1].isoformat(), "", "inferred") if written else None
    for text in texts:
        for time in times_in(text):
            settled = settle(time, day, None, PAST)
            if settled is not None:
                return date.fromisoformat(settled.start), date.fromisoformat(settled.end)
    return None


def _outcome(one: Claim, two: Claim) -> Pair | None:
    """Two voices that name one outcome differently."""
    if one.found.rule == two.found.rule or apart(one, two) > 10:
        return None
    if one.teller == two.teller and (one.teller is not None or one.document == two.document):
        return None
    mine, theirs = days_of(one, "@="), days_of(two, "@=")
    if mine and theirs and not _meet(mine, theirs):
        return None
    return Pair(one, two, "outcome", "framing", frozenset({one.found.unit or ""}))
