"""Entries of the record made from findings: spans become citations, actors get their ids.

Everything here is pure; the store calls it with what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dragoman.extract.findings import DateFound, OutlookFound, PositionFound, SpanT, StatementFound
from dragoman.record import (
    Actor,
    Agreement,
    Citation,
    Date,
    Meeting,
    MeetingAccount,
    Outlook,
    Position,
    Quantity,
    Reason,
    Role,
    Span,
    Statement,
)
from dragoman.resolve.agreements import AgreedAccount, settle_agreement, steps_in_order
from dragoman.resolve.meetings import PEOPLE, Account, QuoteT, meeting_id, settle, steps_of, title


def quotes(document: str, text: str, spans: Iterable[SpanT]) -> list[QuoteT]:
    """Spans with their words; white space at their edges is cut off, and what then is empty is left out."""
    found = []
    for start, end in spans:
        words = text[start:end]
        kept = words.strip()
        if kept:
            start += len(words) - len(words.lstrip())
            found.append((document, start, start + len(kept), kept))
    return found


def citations(kept: Iterable[QuoteT]) -> list[Citation]:
    """Citations from what `quotes` made; none twice, in the order of their documents and texts."""
    return [
        Citation(document=document, start=start, end=end, quote=quote)
        for document, start, end, quote in sorted(set(kept))
    ]


def spans_within(spans: Iterable[SpanT], length: int) -> list[Span]:
    """Spans as the record has them, cut to the text."""
    return [Span(start=start, end=min(end, length)) for start, end in spans if start < min(end, length)]


def date_of(found: DateFound | None) -> Date | None:
    """A date as the record has it."""
    if found is None:
        return None
    return Date.model_validate({"from": found.start, "to": found.end, "text": found.text, "basis": found.basis})


def reason(given: Mapping[str, Any]) -> Reason:
    """Why a document has its date: what the store keeps of it (`quotes` are citations)."""
    return Reason(
        says=given["says"],
        date=date_of(DateFound(**given["date"])) if given["date"] else None,
        against=given["against"],
        citations=citations((d, start, end, quote) for d, start, end, quote in given["quotes"]),
    )


def statement(
    id: str, document: str, text: str, found: StatementFound, speaker: str | None, on_behalf_of: str | None
) -> Statement:
    """A statement from what was found; its speaker and principal are given as actor ids."""
    content = quotes(document, text, found.content)
    return Statement(
        id=id,
        document=document,
        speaker=speaker,
        speaker_text=found.speaker_text,
        on_behalf_of=on_behalf_of,
        cue=found.cue,
        content=[Citation(document=d, start=s, end=e, quote=q) for d, s, e, q in content],
        kind=found.kind,  # type: ignore[arg-type]  # pydantic checks it
        channel=found.channel,
        via=found.via,
        date=date_of(found.date),
        citations=citations(quotes(document, text, found.spans) or content),
    )


def meeting(accounts: Sequence[tuple[Account, list[QuoteT]]], name_of: Callable[[str], str]) -> Meeting:
    """An encounter from its accounts, each with its citations."""
    settled = settle([account for account, _ in accounts])
    return Meeting.model_validate(
        {
            "id": meeting_id(account for account, _ in accounts),
            "title": title(settled, name_of),
            **{name: getattr(settled, name) for name in settled.__dataclass_fields__ if name != "date"},
            "date": date_of(settled.date),
            "accounts": [_account(account, kept) for account, kept in accounts],
            "steps": _steps(accounts),
            "rounds": _rounds(accounts),
            "citations": citations(quote for _, kept in accounts for quote in kept),
        }
    )


def _steps(accounts: Sequence[tuple[Account, list[QuoteT]]]) -> list[dict[str, Any]]:
    """The moves of an encounter's status: each is dated as the document is that tells of it first."""
    cited = {account.id: account.words.get("status") or kept for account, kept in accounts}
    return [
        {
            "document": step.document,
            "status": step.status,
            "date": date_of(step.written),
            "citations": citations(cited[step.id]),
        }
        for step in steps_of([account for account, _ in accounts])
    ]


def _rounds(accounts: Sequence[tuple[Account, list[QuoteT]]]) -> list[dict[str, Any]]:
    """Which round it is by those who count: every number with all that give it."""
    told: dict[int, list[QuoteT]] = {}
    for account, kept in accounts:
        if account.round is not None:
            told.setdefault(account.round, []).extend(account.words.get("round") or kept)
    return [{"round": number, "citations": citations(kept)} for number, kept in sorted(told.items())]


_NOT_TOLD = frozenset({"id", "document", "written", "words", "series", "earlier", "date", *PEOPLE})
"""What of an account is no field of the record's, or is made into one."""


def _account(account: Account, kept: list[QuoteT]) -> MeetingAccount:
    return MeetingAccount.model_validate(
        {
            "document": account.document,
            "date": date_of(account.date),
            **{name: getattr(account, name) for name in account.__dataclass_fields__ if name not in _NOT_TOLD},
            "parties": list(account.parties),
            "participants": list(account.participants),
            "mediators": list(account.mediators),
            "asked": list(account.asked),
            "led": list(account.led),
            "citations": citations(kept),
        }
    )


def position(
    id: str,
    document: str,
    text: str,
    found: PositionFound,
    party: str,
    teller: str | None,
    addressee: str | None,
    statement: str | None,
) -> Position:
    """A position from what was found; actors are given as actor ids, the statement as an entry's id."""
    return Position(
        id=id,
        party=party,
        issue=found.issue,
        stance=found.stance,  # type: ignore[arg-type]  # pydantic checks it
        content=found.content,
        date=date_of(found.date),
        statement=statement,
        told_by=found.told_by,  # type: ignore[arg-type]
        teller=teller,
        addressee=addressee,
        past=found.past,
        quantities=[Quantity(value=value, unit=unit) for value, unit in found.quantities],
        citations=citations(quotes(document, text, found.spans)),
    )


def outlook(
    id: str, document: str, text: str, found: OutlookFound, holder: str | None, statement: str | None
) -> Outlook:
    """An outlook from what was found; its holder is given as an actor id, the statement as an entry's id."""
    return Outlook(
        id=id,
        holder=holder,
        holder_text=found.holder_text,
        direction=found.direction,  # type: ignore[arg-type]  # pydantic checks it
        standing=found.standing,  # type: ignore[arg-type]
        statement=statement,
        citations=citations(quotes(document, text, found.spans)),
    )


def agreement(accounts: Sequence[tuple[AgreedAccount, list[QuoteT]]]) -> Agreement:
    """An agreement from its accounts, each with its citations."""
    told = [account for account, _ in accounts]
    settled = settle_agreement(told)
    return Agreement.model_validate(
        {
            "id": settled.id,
            **_agreed(settled),
            "accounts": [
                {"document": account.document, **_agreed(account), "citations": citations(kept)}
                for account, kept in accounts
            ],
            "steps": [
                {
                    "document": account.document,
                    "status": step.status,
                    "date": date_of(step.date),
                    "citations": citations(cited),
                }
                for account, step, cited in steps_in_order(told)
            ],
            "citations": citations(quote for _, kept in accounts for quote in kept),
        }
    )


def _agreed(account: AgreedAccount) -> dict[str, Any]:
    return {
        "issue": account.issue,
        "content": account.content,
        "quantity": {"value": account.quantity[0], "unit": account.quantity[1]} if account.quantity else None,
        "parties": list(account.parties),
        "status": account.status,
        "meeting": account.meeting,
        "date": date_of(account.date),
        "until": date_of(account.until),
        "condition": account.condition,
    }


def actor(
    id: str,
    name: str,
    names: Sequence[str],
    kind: str,
    part: str,
    side: str | None,
    roles: Iterable[tuple[str, str | None, QuoteT]],
) -> Actor:
    """An actor; `roles` gives for every place where a title is given the title, the actor it is held at, the words."""
    cited: dict[tuple[str, str | None], list[QuoteT]] = {}
    for title_, of, quote in roles:
        cited.setdefault((title_, of), []).append(quote)
    return Actor(
        id=id,
        name=name,
        names=list(names),
        kind=kind,  # type: ignore[arg-type]  # pydantic checks it
        part=part,  # type: ignore[arg-type]
        side=side,
        roles=[
            Role(title=title_, actor=of, citations=citations(kept))
            for (title_, of), kept in sorted(cited.items(), key=lambda item: (item[0][0], item[0][1] or ""))
        ],
    )
