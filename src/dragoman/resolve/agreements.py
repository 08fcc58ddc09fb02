"""Agreements across documents: which accounts tell of the same one, and what the record then says of it.

Accounts are merged only where something definite says that they mean the same: the same number of the same thing, or
like words of about the same day, on the same issue and with no different parties. All functions are pure, and what they
return does not depend on the order of what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as calendar_day

from rapidfuzz import fuzz

from dragoman.extract.findings import AgreementFound, DateFound, StepFound

# What is told of an agreement in the course of time; the later word stands where dates do not tell.
_STATUSES = ("denied", "in_principle", "agreed", "partly_implemented", "implemented", "breached", "lapsed")
_ALIKE = 60
"""How near two contents must be, of 100, where only the day says that they may be one (rapidfuzz, token sets)."""
_THE_SAME = 85
"""The same where the days differ: a report of the day after often tells of the day before as its own."""
_NEAR = 3
"""Days that accounts of one agreement may be apart."""


@dataclass(frozen=True, slots=True)
class AgreedAccount:
    """What one document says of an agreement; `parties` are actor ids, `meeting` is the id of an encounter's entry.

    `dated` is the last day the document can be of. `steps` are the finding's steps, `step_quotes` the words of each.
    """

    id: str
    document: str
    issue: str
    content: str
    status: str
    quantity: tuple[float, str] | None = None
    parties: tuple[str, ...] = ()
    meeting: str | None = None
    date: DateFound | None = None
    until: DateFound | None = None
    condition: str | None = None
    steps: tuple[StepFound, ...] = field(default=(), compare=False)
    step_quotes: tuple[tuple[tuple[str, int, int, str], ...], ...] = field(default=(), compare=False)
    dated: str | None = None


def agreement_block(found: AgreementFound) -> str | None:
    """What accounts are compared by: their issue with their number, else with their month; None for neither."""
    if found.quantity is not None:
        return f"{found.issue}:{found.quantity[0]:g}"
    if found.date is not None and found.date.start[:7] == found.date.end[:7]:
        return f"{found.issue}:{found.date.start[:7]}"
    return None


def agreement_id(accounts: Iterable[AgreedAccount]) -> str:
    """An agreement's id: the first of its accounts' ids."""
    return min(account.id for account in accounts)


def merge_agreements(accounts: Iterable[AgreedAccount]) -> list[list[AgreedAccount]]:
    """The accounts of one block, grouped by agreement; groups sorted by document, and by the id of their agreement."""
    groups: list[list[AgreedAccount]] = []
    for account in sorted(accounts, key=lambda a: a.id):
        for group in groups:
            if all(same_agreement(account, other) for other in group):
                group.append(account)
                break
        else:
            groups.append([account])
    return sorted((sorted(g, key=lambda a: (a.document, a.id)) for g in groups), key=agreement_id)


def same_agreement(a: AgreedAccount, b: AgreedAccount) -> bool:
    """Whether two accounts tell of one agreement: those of one document never do, it keeps them apart itself."""
    if a.document == b.document or a.issue != b.issue:
        return False
    if a.parties and b.parties and not set(a.parties) & set(b.parties):
        return False
    apart = _days_apart(a, b)
    if apart > _NEAR:
        return False
    if a.quantity and b.quantity:
        return a.quantity[0] == b.quantity[0] and fuzz.partial_ratio(_unit(a), _unit(b)) >= 80
    return fuzz.token_set_ratio(a.content, b.content) >= (_ALIKE if apart == 0 else _THE_SAME)


def _days_apart(a: AgreedAccount, b: AgreedAccount) -> int:
    """The days between two accounts' dates; 0 where these meet, or one has none."""
    if a.date is None or b.date is None:
        return 0
    first, second = sorted((a.date, b.date), key=lambda d: (d.start, d.end))
    return max(
        0, calendar_day.fromisoformat(second.start).toordinal() - calendar_day.fromisoformat(first.end).toordinal()
    )


def _unit(account: AgreedAccount) -> str:
    return account.quantity[1].lower().rstrip("s") if account.quantity else ""


def settle_agreement(accounts: Sequence[AgreedAccount]) -> AgreedAccount:
    """The fields of an agreement from its accounts: the latest status, everybody named, the words of the first."""
    latest = max(accounts, key=lambda a: (a.dated or "", _STATUSES.index(a.status), a.id))
    counts = Counter(party for account in accounts for party in account.parties)
    first = min(accounts, key=lambda a: (a.date is None, a.quantity is None, a.dated or "9", a.id))
    return AgreedAccount(
        id=agreement_id(accounts),
        document=first.document,
        issue=first.issue,
        content=first.content,
        status=latest.status,
        quantity=next((a.quantity for a in _by_id(accounts) if a.quantity), None),
        parties=tuple(sorted(counts, key=lambda party: (-counts[party], party))),
        meeting=next((a.meeting for a in _by_id(accounts) if a.meeting), None),
        date=next((a.date for a in _by_id(accounts) if a.date), None),
        until=next((a.until for a in _by_id(accounts) if a.until), None),
        condition=next((a.condition for a in _by_id(accounts) if a.condition), None),
    )


def _by_id(accounts: Sequence[AgreedAccount]) -> list[AgreedAccount]:
    return sorted(accounts, key=lambda a: a.id)


def steps_in_order(
    accounts: Sequence[AgreedAccount],
) -> list[tuple[AgreedAccount, StepFound, tuple[tuple[str, int, int, str], ...]]]:
    """All that became of an agreement, each step with who tells it and its words, by its date, else its document's."""
    told = [
        (account, step, cited)
        for account in accounts
        for step, cited in zip(account.steps, account.step_quotes, strict=True)
    ]

    def when(item: tuple[AgreedAccount, StepFound, object]) -> tuple[object, ...]:
        account, step, _ = item
        day = step.date.start if step.date else account.dated or "9999"
        return day, _STATUSES.index(step.status), account.document, step.spans

    return sorted(told, key=when)
