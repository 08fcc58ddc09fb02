"""The day a document was written, where other documents date what it tells of.

One hop only: a fact is what a document states itself (with a year, without one, or settled by the date that the
document itself bears), never what was inferred from a third. So the result does not depend on the order of reading,
and an error does not travel. All functions are pure, and take their arguments in any order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.extract.dating_solver import (
    NEWS,
    USUAL,
    Days,
    Limit,
    after,
    interval,
    limit_of,
    meet,
    solve,
    union,
    usual_of,
    writing_days,
)
from dragoman.extract.findings import ClueFound, DateFound, ReasonFound, TimeFound
from dragoman.resolve.dating_facts import EventFact, alike, facts_of, keys_of, lookups_of, one_encounter
from dragoman.resolve.dating_kin import Kin, kin_limits
from dragoman.resolve.dating_points import (
    COPIED,
    ENOUGH,
    FEW,
    FREE,
    Dated,
    aligned,
    framed,
    point_keys,
    point_lookups,
    points_of,
)

_WEEKS = 10
"""Days: where no more are left, the weekday that a report begins with tells which of them."""

_FRESH = 4
"""Days: a weekday without its date is told of this soon after it, mostly."""

_PUT_OFF = 45
"""Days: so much later may something be held that was put off."""

_NEAR = 120
"""Days: a date without its year is told of this near to it, mostly."""

_RECENT = 14
"""Days: what is told as past by month and day, and is to bear out that an encounter is the latest, is this near it."""


def date_document(
    own: DateFound | None,
    clues: Iterable[ClueFound],
    accounts: Iterable[EventFact],
    facts: Iterable[EventFact],
    kin: Iterable[Kin] = (),
    told: Dated | None = None,
    others: Iterable[Dated] = (),
) -> tuple[DateFound | None, list[ReasonFound]]:
    """The day a document was written, from its clues and what others state of what it tells.

    Args:
        own: the date that the document itself gives; it stands where it is a narrow one.
        clues: the document's.
        accounts: what the document tells of encounters (`facts_of`).
        facts: what others state (those under `lookups_of` its accounts, or more; its own are passed over).
        kin: documents that share its text.
        told: what it tells of days (`points_of`).
        others: what other documents tell of days.

    Returns: the date and why; (own, []) where others add nothing, or contradict it or each other. Where kin contradict
    what others say of encounters, kin are believed: a text is not mistaken for another, a round is.
    """
    if own is not None and _length(own) <= 3:
        return own, []
    clues = list(clues)
    mine = sorted(set(accounts), key=_order)
    here = {a.document for a in mine}
    facts = sorted({f for f in facts if f.document not in here}, key=_order)
    page = _page_of(clues)
    stated = [limit for clue in clues if (limit := limit_of(clue)) is not None]
    usual = [limit for clue in clues for limit in usual_of(clue)]
    events = [limit for account in mine for limit in _limits(account, mine, facts, page)]
    if events:
        events += _eves(clues, mine, facts, page)
    copies = kin_limits(kin)
    left, _ = solve([*stated, *(limit for limit in copies if limit.rank != USUAL)])
    points: list[Limit] = []
    if told is not None and left:
        others = list(others)
        frame = framed(told, others, left)
        within = meet(left, frame[0].days) if frame else left
        points = aligned(
            told, others, within, page.headed, COPIED if copies else FEW if frame else ENOUGH if page.headed else FREE
        )
        if copies or frame:
            points = [replace(limit, rank=USUAL) for limit in points]
        points += frame
    trials = [[*events, *copies, *points]]
    if copies:
        trials += [[*copies, *points]]
    for limits in trials:
        given = _date_by(own, [*stated, *limits, *usual], page) if limits else None
        if given is not None:
            return given
    return own, []


def _page_of(clues: Sequence[ClueFound]) -> _Page:
    # "Yesterday, 28 March" is one day twice; a head is the day of writing.
    twice = [clue.span for clue in clues if clue.rule in ("same", "head")]
    doubled = {clue.span for clue in clues for start, end in twice if start <= clue.span[0] and clue.span[1] <= end}
    return _Page(
        tuple(clue for clue in clues if clue.rule == "weekday"),
        next((limit.days for clue in clues if clue.rule == "head" and (limit := limit_of(clue))), ()),
        union(
            span
            for clue in clues
            if clue.rule == "past" and clue.time.day is not None and clue.time.year is None
            for span in after(clue.time, _RECENT)
        ),
        frozenset(
            (clue.time.month, clue.time.day)
            for clue in clues
            if clue.rule == "point" and clue.time.month and clue.time.day and clue.span not in doubled
        ),
    )


def _date_by(
    own: DateFound | None, limits: Sequence[Limit], page: _Page
) -> tuple[DateFound | None, list[ReasonFound]] | None:
    """The date that limits leave, if it is one, nothing speaks against it, and others made it narrower."""
    left, reasons = solve(limits)
    if left and left[-1][1] - left[0][0] <= _WEEKS:
        left, reasons = solve([*limits, *_fresh(left, page.weekdays)])
    found = interval(left)
    if found is None or any(r.against for r in reasons) or not any(r.document for r in reasons):
        return None
    if own is not None and _length(found) >= _length(own):
        return None
    found.text = next(r.says for r in reversed(reasons) if r.document)
    return found, reasons


def _fresh(left: Days, weekdays: Sequence[ClueFound]) -> list[Limit]:
    """What is usual of a weekday in the first words of a report: that it is news."""
    inside = range(left[0][0], left[-1][1] + 1)
    for clue in weekdays:
        if _words(clue.time).lower().startswith("this ") and len(clue.time.text.split()) > 2:  # "this Sunday morning"
            today = union((d, d) for d in inside if date.fromordinal(d).weekday() == clue.time.weekday)
            return [Limit(f"tells of “{_words(clue.time)}” as of its own day", today, (clue.span,), USUAL)]
    first = next((clue for clue in weekdays if clue.strict and not clue.time.step), None)
    if first is None:
        return []
    back = ((day, (date.fromordinal(day).weekday() - (first.time.weekday or 0)) % 7) for day in inside)
    says = f"begins with “{_words(first.time)}”, so it is news"
    return [Limit(says, union((day, day) for day, ago in back if ago <= _FRESH), (first.span,), USUAL)]


def _order(fact: EventFact) -> tuple[str, str]:
    return fact.document, repr(fact)


def _length(found: DateFound) -> int:
    return (date.fromisoformat(found.end) - date.fromisoformat(found.start)).days


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page says that helps to tell one round from another.

    `weekdays` are the clues of those; `headed` the days of a date at its head that lacks the year; `recent` those that
    are soon after a day that it tells of; `named` the months and days that it names: where it says "Tuesday" besides
    "27 May", its Tuesday is another day.
    """

    weekdays: tuple[ClueFound, ...] = ()
    headed: Days = ()
    recent: Days = ()
    named: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What one fact says of an encounter: the days it can have had, each with the words here that mean that day."""

    fact: EventFact
    days: frozenset[tuple[TimeFound, date]]
    says: str


def _limits(
    account: EventFact,
    accounts: Sequence[EventFact],
    facts: Sequence[EventFact],
    page: _Page,
) -> list[Limit]:
    """What others say of one account, as limits on the day on which it was written."""
    found = []
    for given in _evidence(account, accounts, facts, page):
        left = union(s for time, day in given.days for s in _written(account, time, day))
        if left:
            found.append(Limit(given.says, left, given.fact.spans, 3, given.fact.document))
            found += _usual(given, page.weekdays)
    return found


def _usual(given: _Evidence, weekdays: Sequence[ClueFound]) -> list[Limit]:
    """What is usual of an encounter's day: a weekday is named soon after it, the next weekday told of is the day after.

    In 574 American articles the first weekday told of was at most four days back in 95 of 100 (two days, where it was
    among the first 80 words, in 91); the next weekday in the calendar was the day after, not six days before, in 92.
    """
    pairs = sorted(((time, day.toordinal()) for time, day in given.days), key=lambda p: (p[0].start, p[1]))
    spans = [(time, day) for time, day in pairs if time.form == "weekday" and time.direction < 0]
    near = [(time, day) for time, day in pairs if time.form == "calendar"]
    found = []
    if spans and len(spans) == len(given.days):
        early = any(clue.strict and clue.span == (time.start, time.end) for clue in weekdays for time, _ in spans)
        days = union((day, day + (NEWS if early else _FRESH)) for _, day in spans)
        says = f"tells of “{_words(spans[0][0])}” without the date, so it is near"
        found.append(Limit(says, days, ((spans[0][0].start, spans[0][0].end),), USUAL))
        for clue in weekdays:
            if all((clue.time.weekday or 0) == (date.fromordinal(day).weekday() + 1) % 7 for _, day in spans):
                days = union((day + 1, day + 6) for _, day in spans)
                says = f"tells of “{_words(clue.time)}” as past too"
                found.append(Limit(says, days, (clue.span,), USUAL))
    if near and len(near) == len(given.days):
        sides = [(day - (time.direction >= 0) * _NEAR, day + (time.direction <= 0) * _NEAR) for time, day in near]
        says = f"tells of “{_words(near[0][0])}” without the year, so it is near"
        found.append(Limit(says, union(sides), ((near[0][0].start, near[0][0].end),), USUAL))
    return found


def _tellings(account: EventFact) -> list[TimeFound]:
    """The expressions by which an account can be dated: all its dates without a year, else the first relative one."""
    if account.date is not None:
        return []
    dates = {
        (t.month, t.day): t for t in account.times if t.form == "calendar" and t.month and t.day and t.last is None
    }
    near = [
        t for t in account.times if (t.form == "weekday" and t.last is None) or (t.form == "offset" and t.unit == "day")
    ]
    return list(dates.values()) or near[:1]


def _written(account: EventFact, time: TimeFound, day: date) -> Days:
    """The days on which an expression that means this day can have been written; a held encounter is past."""
    return writing_days(time, day, None if time.direction else -1 if account.status == "held" else 1)


def _evidence(
    account: EventFact, accounts: Sequence[EventFact], facts: Sequence[EventFact], page: _Page
) -> list[_Evidence]:
    """What other documents say of the day of an encounter that this one does not date to the year.

    Facts of one kind that differ (two rounds in one place, a week apart) leave the days of all of them.
    """
    times = _tellings(account)
    if not times:
        return []
    rivals = [a for a in accounts if a is not account]
    free = [f for f in facts if not any(_covers(a, f) for a in rivals)]
    same = [f for f in free if one_encounter(account, f)]
    return _dated_by(times, account, free, page) or _pieced(times, account, same, facts)


def _dated_by(times: list[TimeFound], account: EventFact, facts: Sequence[EventFact], page: _Page) -> list[_Evidence]:
    """What documents that know the day of the encounter say of it.

    Where the page bears month and day, "yesterday" names a day of a month, and what agrees in that needs no
    place; what does not is of another encounter.
    """
    exact = []
    for fact, time in itertools.product(facts, times):
        day = _single(fact)
        if day is None or not _agrees(time, day):
            continue
        if page.headed and time.form != "calendar":
            same = alike(account, fact) and bool(meet(_written(account, time, day), page.headed))
        else:
            same = one_encounter(account, fact) and _sure(account, fact, time, day, page)
        if same and time.form != "calendar":
            same = (day.month, day.day) not in page.named and not _overtaken(account, fact, day, facts)
        if same:
            exact.append((fact, time, day))
    days = frozenset((time, day) for _, time, day in exact)
    return [
        _Evidence(fact, days, f"what it tells of “{_words(time)}” is dated {day.isoformat()} by another document")
        for fact, time, day in exact
    ]


def _overtaken(account: EventFact, fact: EventFact, day: date, facts: Sequence[EventFact]) -> bool:
    """Whether what is told as held was only planned for this day, and somebody tells of another day soon after it."""
    if account.status != "held" or fact.status == "held":
        return False
    days = [date.fromisoformat(f.date[1]) for f in facts if f.date is not None and alike(account, f)]
    days += [_nearest(day, t) for f in facts if f.date is None and alike(account, f) for t in f.times]
    return any(0 < (other - day).days <= _PUT_OFF for other in days)


def _nearest(day: date, time: TimeFound) -> date:
    """The day of a month that an expression names, in the year of another day; that day itself where it names none."""
    named = _day(day.year, time) if time.form == "calendar" and time.month and time.day else None
    return named or day


def _pieced(
    times: list[TimeFound], account: EventFact, same: Sequence[EventFact], facts: Sequence[EventFact]
) -> list[_Evidence]:
    """The days that fit where one document gives month and day, another the weekday, and perhaps a third the year."""
    options: dict[tuple[TimeFound, date], None] = {}
    quoted: dict[tuple[EventFact, str], None] = {}
    for fact in same:
        for time, other in itertools.product(times, fact.times if fact.date is None else ()):
            if {time.form, other.form} != {"calendar", "weekday"} or other.last is not None:
                continue
            dated, weekday = (time, other.weekday) if time.form == "calendar" else (other, time.weekday)
            if not (dated.month and dated.day) or dated.weekday not in (None, weekday):
                continue
            for year in range(1950, 2100):
                day = _day(year, dated)
                if day is not None and day.weekday() == weekday:
                    options[time, day] = None
                    says = f"what it tells of “{_words(time)}” another document tells of “{_words(other)}”"
                    quoted[fact, says] = None
    found = [_Evidence(fact, frozenset(options), says) for fact, says in quoted]
    # Talks of the same parties that somebody dates with month and year: the year of those that fit by their weekday.
    months = {(day.year, day.month) for _, day in options}
    tellers = {(f, m) for f in facts if (m := _month_told(f)) in months and m is not None and alike(f, account)}
    fitting = frozenset((t, d) for t, d in options if any((d.year, d.month) == m for _, m in tellers))
    for fact, (year, month) in sorted(tellers, key=lambda t: (_order(t[0]), t[1])):
        says = f"another document dates talks of the same parties to {year}-{month:02d}"
        found.append(_Evidence(fact, fitting, says))
    return found


def _words(time: TimeFound) -> str:
    return " ".join(time.text.split())


def _eves(
    clues: Sequence[ClueFound], accounts: Sequence[EventFact], facts: Sequence[EventFact], page: _Page
) -> list[Limit]:
    """What happened "on the eve of the talks" that lie ahead has happened: it is their eve or their day."""
    ahead = [a for a in accounts if a.status == "scheduled" and _tellings(a)]
    eves = [c for c in clues if c.rule == "eve"]
    if not eves or len(ahead) != 1:
        return []
    return [
        Limit(
            "tells of the eve of what lies ahead as past",
            union((d.toordinal() - 1, d.toordinal()) for _, d in given.days),
            (eves[0].span,),
            3,
        )
        for given in _evidence(ahead[0], accounts, facts, page)
    ]


def _covers(account: EventFact, fact: EventFact) -> bool:
    """Whether a fact is of another encounter that the document dates by itself ("unlike the talks of March 2021")."""
    if account.date is None or not alike(fact, account):
        return False
    if fact.date is not None:
        return account.date[0] <= fact.date[1] and fact.date[0] <= account.date[1]
    first, last = (date.fromisoformat(d) for d in account.date)
    told = [t for t in fact.times if t.month]
    return bool(told) and (last - first).days <= 31 and all(t.month in (first.month, last.month) for t in told)


def _single(fact: EventFact) -> date | None:
    return date.fromisoformat(fact.date[0]) if fact.date and fact.date[0] == fact.date[1] else None


def _agrees(time: TimeFound, day: date) -> bool:
    """Whether an expression can mean a day."""
    if time.form == "calendar":
        return time.day == day.day and time.month in (None, day.month) and time.weekday in (None, day.weekday())
    return time.weekday in (None, day.weekday())


def _sure(account: EventFact, fact: EventFact, time: TimeFound, day: date, page: _Page) -> bool:
    """Whether two facts that agree in place and people are of one encounter and not of two rounds of it.

    A weekday or a month's day that agrees says so. "Yesterday" says nothing, since the same people sit in the same
    hall in every round: it wants a round that both count alike, or a day soon before it that the page tells of.
    """
    if time.form != "offset" or (account.round is not None and account.round == fact.round):
        return True
    return bool(meet(_written(account, time, day), page.recent))


def _day(year: int, time: TimeFound) -> date | None:
    try:
        return date(year, time.month or 1, time.day or 1)
    except ValueError:
        return None


def _month_told(fact: EventFact) -> tuple[int, int] | None:
    """The year and the month that a fact names."""
    if fact.date is None or fact.date[0][:7] != fact.date[1][:7]:
        return None
    return int(fact.date[0][:4]), int(fact.date[0][5:7])


__all__ = [
    "Dated",
    "EventFact",
    "Kin",
    "date_document",
    "facts_of",
    "keys_of",
    "lookups_of",
    "one_encounter",
    "point_keys",
    "point_lookups",
    "points_of",
]
