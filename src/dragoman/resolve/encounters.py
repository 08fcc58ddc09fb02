"""Encounters told without one certain day, or with different ones: which of them are one all the same.

What gives a single day is first grouped by it (meetings.py). Groups of different days are then joined where a plan was
moved or two tell of one session by different days; accounts that give no single day join the one group that fits them;
and what is left of these is grouped among itself. Every step asks for agreement on who met and on where or by whose
help, and takes nothing where two answers are as good: an encounter told twice does less harm than two made one. The
clustering is that of event coreference across documents (within a block of candidates, hard limits first, then the
best link; see Cybulska and Vossen 2014 on what time, place and participants tell of it).

All functions are pure, and what they return does not depend on the order of what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date as calendar_day
from itertools import combinations

from dragoman.resolve.meetings import (
    Account,
    block_of,
    compatible,
    detail,
    kind_class,
    length_of,
    meeting_id,
    merge_accounts,
    same_name,
)

Days = tuple[int, int]
"""A closed interval of days, as ordinals of the proleptic Gregorian calendar."""

GroupT = list[Account]

BACK = 10
"""Days that a report looks back to what it tells as held without saying when."""

AHEAD = 28
"""Days in which what is planned without a day is looked for."""

LONG_AGO = 62
"""Days that "the previous round" may lie back."""

MOVED = 31
"""Days by which an encounter can be put off and be the same one still."""

NEAR = 3
"""Days by which two outlets may differ on the day of one encounter."""

VAGUE = 62
"""An interval that is longer (days) says too little of when it was."""

_SPREAD = 100
_EXACT = 7

_CLEARLY = 2
_PLANNED = ("scheduled", "proposed", "postponed")


# -- where to look ----------------------------------------------------------------------------------------------------


def loose(account: Account) -> bool:
    """Whether an account names no single day."""
    return block_of(account.date) is None


def window(account: Account) -> tuple[str, str] | None:
    """The days in which an encounter must lie by what an account says: first and last (ISO 8601), None if any may be.

    Its date, if it gives one. Else what was held lies in the days before the writing (an earlier one in the two
    months before), what is planned in the weeks after it.
    """
    days = _window(account)
    return None if days is None else (_iso(days[0]), _iso(days[1]))


def keys_of(account: Account) -> set[str]:
    """Keys by which accounts find each other that may be of one encounter: who meets, and in which month.

    Two accounts that may be one share at least one key. Series have keys of their own.
    """
    kind = ("series" if account.series else kind_class(account).replace("visit", "talks")) + (
        " of leaders" if account.level == "leaders" else ""
    )
    days = _window(account)
    months = _months(days) if days is not None and days[1] - days[0] <= _SPREAD else ["-"]
    return {f"{kind}|{who}|{month}" for who in _who(account) for month in months}


def _who(account: Account) -> list[str]:
    """Pairs of those who meet; sides before mediators, people and places only where no two sides are known."""
    orgs = (
        sorted(set(account.parties))
        if len(set(account.parties)) > 1
        else sorted({*account.parties, *account.mediators})
    )
    pairs = list(combinations(orgs[:3], 2)) or list(combinations(sorted(set(account.participants))[:3], 2))
    if pairs:
        return ["+".join(pair) for pair in pairs]
    return ["@" + (account.place or account.country or "").casefold()]


def _months(days: Days) -> list[str]:
    first, last = (calendar_day.fromordinal(day) for day in days)
    found = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in found]


def _window(account: Account) -> Days | None:
    if account.date is not None:
        return _days(account.date.start, account.date.end)
    written = _written(account)
    if account.series or written is None or written[1] - written[0] > MOVED:
        return None
    first, last = written
    if account.earlier:
        return first - LONG_AGO, last
    if account.status == "held":
        return first - BACK, last
    return (first if account.status in _PLANNED else first - BACK), last + AHEAD


def _written(account: Account) -> Days | None:
    return None if account.written is None else _days(account.written.start, account.written.end)


def _days(start: str, end: str) -> Days:
    return calendar_day.fromisoformat(start).toordinal(), calendar_day.fromisoformat(end).toordinal()


def _iso(day: int) -> str:
    return calendar_day.fromordinal(max(1, day)).isoformat()


# -- days that differ -------------------------------------------------------------------------------------------------


def join_days(groups: Iterable[Sequence[Account]]) -> list[GroupT]:
    """Groups of single days, joined where two tell of one encounter by different days.

    A plan that was moved, a session over midnight or of two days, a day's difference between outlets: only where place
    (or whoever mediates), sides and level agree, and no document tells of both.

    Returns: groups, each sorted by document, sorted by the id of their encounter.
    """
    found = sorted((sorted(group, key=_in_order) for group in groups), key=lambda g: (_day(g), meeting_id(g)))
    days = [_day(group) for group in found]
    put_off = [any(a.status == "postponed" for a in group) for group in found]
    links: dict[tuple[int, int], int] = {}
    following: Counter[int] = Counter()
    for i, one in enumerate(found):
        for j in range(i + 1, len(found)):
            apart = days[j] - days[i]
            if apart > MOVED:
                break
            if 0 < apart <= (MOVED if put_off[j] else NEAR) and _moved(one, found[j], apart):
                links[i, j] = apart
                if _held(one) and _held(found[j]):
                    following.update((i, j))
    home = list(range(len(found)))
    members = {i: [i] for i in home}
    for (i, j), _ in sorted(links.items(), key=lambda link: (link[1], link[0])):
        a, b = home[i], home[j]
        # Every two of a cluster must be linked, and two days may be one session; three on end are a daily affair.
        if a == b or any((min(k, m), max(k, m)) not in links for k in members[a] for m in members[b]):
            continue
        if _held(found[i]) and _held(found[j]) and max(following[i], following[j]) > 1:
            continue
        members[a] += members.pop(b)
        for k in members[a]:
            home[k] = a
    return _ordered([account for k in those for account in found[k]] for those in members.values())


def _held(group: Sequence[Account]) -> bool:
    return any(a.status == "held" for a in group)


def _moved(first: Sequence[Account], last: Sequence[Account], apart: int) -> bool:
    """Whether two groups that differ by so many days tell of one encounter."""
    before, after = _held(first), _held(last)
    if before and after:
        return apart == 1 and _agree(first, last)
    if any(a.status in ("cancelled", "declined") for g in (first, last) for a in g):
        return False
    put_off = not before and any(a.status == "postponed" for a in last)
    if (apart > NEAR and not put_off) or not _agree(first, last):
        return False
    # What was planned before the first of the two days may have become the other; what was planned later is the next.
    plans = [a for g, held in ((first, before), (last, after)) if not held for a in g]
    told = [w for a in plans if (w := _written(a)) is not None and w[1] - w[0] <= _EXACT]
    if len(told) < len(plans):
        return bool(_round(first) & _round(last))
    if put_off:
        plans = [a for a in plans if a.status != "postponed"]
        told = [w for a in plans if (w := _written(a)) is not None]
    return all(w[0] <= _day(first) - before for w in told)


def _agree(one: Sequence[Account], two: Sequence[Account]) -> bool:
    """Whether place or mediator, sides and level of two groups agree, and no document is in both."""
    sides = {p for a in one for p in a.parties} & {p for b in two for p in b.parties}
    if len(sides) < 2 or any(a.series or kind_class(a) == "call" for a in one):
        return False
    places = {a.place.casefold() for a in one if a.place} & {b.place.casefold() for b in two if b.place}
    helpers = {m for a in one for m in a.mediators} & {m for b in two for m in b.mediators}
    rounds = _round(one) & _round(two)
    if not (places or helpers or rounds) or not {a.level for a in one} & {b.level for b in two}:
        return False
    if {a.document for a in one} & {b.document for b in two}:
        return False
    if _round(one) and _round(two) and not _round(one) & _round(two):
        return False
    return all(compatible(a, b) for a in one for b in two)


def _round(group: Iterable[Account]) -> set[int]:
    return {a.round for a in group if a.round is not None}


def _day(group: Sequence[Account]) -> int:
    """The first certain day of a group."""
    return min(days[0] for a in group if a.date is not None and (days := _window(a)) is not None)


# -- no certain day ---------------------------------------------------------------------------------------------------


def attach(accounts: Iterable[Account], groups: Iterable[Sequence[Account]]) -> list[GroupT]:
    """Loose accounts put to the groups of certain days that they tell of; the rest is grouped among itself.

    Those that give a few days ("from Monday to Wednesday") come first, and are found by the others.

    Args:
        accounts: loose ones (see `loose`).
        groups: those that share a key with them.

    Returns: all groups, the given ones with what joined them, each sorted by document, sorted by their ids.
    """
    told = sorted(accounts, key=lambda a: (-detail(a), a.id))
    some_days = [a for a in told if _within_days(a)]
    joined = _joined(some_days, groups)
    return _joined([a for a in told if not _within_days(a)], joined)


def _within_days(account: Account) -> bool:
    return account.date is not None and length_of(account.date) <= _EXACT and not account.series


def _joined(accounts: Sequence[Account], groups: Iterable[Sequence[Account]]) -> list[GroupT]:
    certain = sorted((sorted(group, key=_in_order) for group in groups), key=meeting_id)
    by_key: dict[str, set[int]] = {}
    for i, group in enumerate(certain):
        for key in set().union(*map(keys_of, group)) if accounts else ():
            by_key.setdefault(key, set()).add(i)
    wanted: list[tuple[int, Account, int]] = []
    for account in accounts:
        near = set().union(*(by_key.get(key, ()) for key in keys_of(account)))
        fits = sorted(((fit, i) for i in near if (fit := _fit(account, certain[i]))), reverse=True)
        if account.earlier and len(fits) > 1:
            fits = _latest_of(fits, certain)
        if fits and (len(fits) == 1 or fits[0][0] >= fits[1][0] + _CLEARLY):
            wanted.append((-fits[0][0], account, fits[0][1]))
    taken = set()
    for _, account, i in sorted(wanted, key=lambda w: (w[0], w[1].id)):
        if all(may_be_one(account, other) for other in certain[i]):
            certain[i].append(account)
            taken.add(account.id)
    return _ordered([*certain, *_among_themselves(a for a in accounts if a.id not in taken)])


def encounters(accounts: Iterable[Account]) -> list[GroupT]:
    """All encounters that some accounts tell of: of one day, of days that differ, of no certain day.

    Right for accounts that are closed under shared keys and days.
    """
    days: dict[str, GroupT] = {}
    rest = []
    for account in accounts:
        day = block_of(account.date)
        if day is None:
            rest.append(account)
        else:
            days.setdefault(day, []).append(account)
    return attach(rest, join_days(group for day in days.values() for group in merge_accounts(day)))


def may_be_one(a: Account, b: Account) -> bool:
    """Whether nothing but the days can keep two accounts apart."""
    return a.document != b.document and compatible(a, b)


def _fit(account: Account, group: Sequence[Account]) -> int:
    """How well a loose account fits a group of certain days; 0 where something is against it, or too little for it."""
    if account.series or not all(may_be_one(account, other) for other in group):
        return 0
    days = _window(account)
    if days is None or (account.date is not None and length_of(account.date) > VAGUE):
        return 0
    certain = [_window(a) for a in group if not loose(a) or _within_days(a)]
    if not any(d is not None and days[0] <= d[1] and d[0] <= days[1] for d in certain):
        return 0
    if not _can_become(account, group):
        return 0
    near = account.date is not None and length_of(account.date) <= 7
    rounds = _round(group)
    if account.round and rounds and account.round not in rounds and not near:
        return 0
    orgs = {p for a in group for p in (*a.parties, *a.mediators)} & {*account.parties, *account.mediators}
    people = {p for a in group for p in a.participants} & set(account.participants)
    if len(orgs) < 2 and len(people) < 2:
        return 0
    place = account.place is not None and any(a.place and same_name(a.place, account.place) for a in group)
    known = place or bool(people) or account.round in rounds or near
    wish = account.date is None and account.status in ("proposed", "declined")
    if (account.earlier and not place) or (wish and not place and len(people) < 2):
        return 0
    level = any(a.level == account.level for a in group)
    if not known and not (level and len(orgs) > 1):
        return 0
    return 3 * place + 2 * min(2, len(people)) + 2 * (account.round in rounds) + 2 * (len(orgs) > 1) + level + 2 * near


def _can_become(account: Account, group: Sequence[Account]) -> bool:
    """Whether what a loose account says of the status and what the group says can both be so, each in its time."""
    statuses = {a.status for a in group}
    held = "held" in statuses
    written = _written(account)
    if account.status == "held":
        return held or (not statuses & {"cancelled", "declined"} and (written is None or _day(group) <= written[1]))
    if account.status in ("cancelled", "declined"):
        # "There will be no third round" is a step on the way of the third round that was held after all.
        if held and account.round and account.round in _round(group):
            return written is not None and written[1] <= _day(group)
        return not held and (account.status in statuses or account.status == "cancelled" or account.date is not None)
    if statuses & {"cancelled", "declined"}:
        return account.date is not None
    return account.date is not None or (written is not None and written[0] <= _day(group))


def _latest_of(fits: list[tuple[int, int]], groups: Sequence[GroupT]) -> list[tuple[int, int]]:
    """Of the groups that fit "the previous round" equally well the latest."""
    best = [f for f in fits if f[0] == fits[0][0]]
    return [max(best, key=lambda f: (_day(groups[f[1]]), -f[1]))]


def _among_themselves(accounts: Iterable[Account]) -> list[GroupT]:
    groups: list[GroupT] = []
    by_key: dict[str, list[int]] = {}
    for account in accounts:
        keys = keys_of(account)
        near = sorted({i for key in keys for i in by_key.get(key, ())})
        fits = [i for i in near if all(_one_loose(account, other) for other in groups[i])]
        if fits:
            home = min(fits, key=lambda i: (-max(_shared(account, other) for other in groups[i]), i))
            groups[home].append(account)
        else:
            home = len(groups)
            groups.append([account])
        for key in keys:
            by_key.setdefault(key, []).append(home)
    return groups


def _one_loose(a: Account, b: Account) -> bool:
    """Whether two accounts without a single day are of one encounter."""
    if not may_be_one(a, b) or (a.round and b.round and a.round != b.round):
        return False
    if a.earlier != b.earlier and not (a.date and b.date):
        return False
    if not _who_shared(a, b):
        return False
    mine, theirs = _window(a), _window(b)
    if mine is not None and theirs is not None and (mine[1] < theirs[0] or theirs[1] < mine[0]):
        return False
    place = bool(a.place and b.place)
    if a.series:
        return place or (a.format is not None and a.format == b.format and a.date is not None and b.date is not None)
    if a.date is not None and b.date is not None:
        return max(length_of(a.date), length_of(b.date)) <= VAGUE and (a.status == "held") == (b.status == "held")
    wishes = all(x.status in ("proposed", "declined") for x in (a, b))
    if wishes and a.level == b.level == "leaders":
        return (a.written is None) == (b.written is None)
    if mine is None or theirs is None or (a.status == "held") != (b.status == "held"):
        return False
    if place or len(set(a.participants) & set(b.participants)) > 1 or (a.round and b.round):
        return True
    ahead = all(x.status in ("proposed", "scheduled") for x in (a, b))
    return ahead and a.level == b.level and _written_near(a, b)


def _written_near(a: Account, b: Account) -> bool:
    mine, theirs = _written(a), _written(b)
    return mine is not None and theirs is not None and mine[0] - BACK <= theirs[1] and theirs[0] - BACK <= mine[1]


def _who_shared(a: Account, b: Account) -> bool:
    orgs = {*a.parties, *a.mediators} & {*b.parties, *b.mediators}
    return len(orgs) > 1 or len(set(a.participants) & set(b.participants)) > 1


def _shared(a: Account, b: Account) -> int:
    return len({*a.parties, *a.mediators, *a.participants} & {*b.parties, *b.mediators, *b.participants}) + 2 * bool(
        a.place and b.place
    )


def _in_order(account: Account) -> tuple[str, str]:
    return account.document, account.id


def _ordered(groups: Iterable[Iterable[Account]]) -> list[GroupT]:
    by_id: Callable[[GroupT], str] = meeting_id
    return sorted((sorted(group, key=_in_order) for group in groups), key=by_id)
