"""What changed since a day: stands that are new, moved or withdrawn, and what was agreed, kept, broken or denied.

Stands change by a party's own words only; what others newly say of one that has not spoken is a claim. What has no day
of its own has that of the document that tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.record import Citation
from dragoman.report import signs, words
from dragoman.report.agreements import Commitment
from dragoman.report.paper import put
from dragoman.report.rows import Row
from dragoman.report.stands import Stand, Stands, Step

Kind = Literal["new", "moved", "withdrawn", "claimed", "agreed", "kept", "broken", "lapsed", "denied"]

STANDS = ("new", "moved", "withdrawn", "claimed")
"""The kinds of changes of stands; the others are of agreements."""

COLUMNS = ["day", "kind", "issue", "parties", "text", "before", "id", "ids", "quote"]
"""The columns of the rows."""

_LEFT = ("demands", "proposes", "accepts")  # to reject what one put on the table or said yes to is to withdraw it
_BECAME: dict[str, Kind] = {
    "in_principle": "agreed",
    "agreed": "agreed",
    "implemented": "kept",
    "partly_implemented": "kept",
    "breached": "broken",
    "lapsed": "lapsed",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed on a day: a stand, with what it was before if anything, or what became of an agreement."""

    day: str
    kind: Kind
    issue: str
    parties: tuple[str, ...]
    text: str
    id: str
    ids: tuple[str, ...]
    citations: tuple[Citation, ...]
    before: str | None = None


def changes(
    stands: Stands,
    commitments: Iterable[Commitment] = (),
    since: str | None = None,
    until: str | None = None,
    parties: Collection[str] | None = None,
    text: str | None = None,
) -> list[Change]:
    """What changed, in the order of time.

    Args:
        stands: of the record.
        commitments: its ledger.
        since: not before that day; None for everything that has a day.
        until: not after that day.
        parties: only of these.
        text: only with these words, in any case.
    """
    found = [*_of_stands(stands), *(change for c in commitments for change in _of_agreement(stands, c))]
    wanted = [
        change
        for change in found
        if (since is None or change.day >= since)
        and (until is None or change.day <= until)
        and (parties is None or set(parties) & set(change.parties))
        and (text is None or text.casefold() in _words(change))
    ]
    return sorted(wanted, key=lambda c: (c.day, c.kind, c.issue, c.id))


def rows(stands: Stands, made: Sequence[Change]) -> list[Row]:
    """A change a row; `before` is what a stand was before, `ids` are all entries that it rests on."""
    return [
        {
            "day": c.day,
            "kind": c.kind,
            "issue": c.issue,
            "parties": [stands.name(party) for party in c.parties],
            "text": c.text,
            "before": c.before,
            "id": c.id,
            "ids": list(c.ids),
            "quote": " … ".join(words.flat(one.quote) for one in c.citations),
        }
        for c in made
    ]


def show(stands: Stands, made: Sequence[Change], console: Console) -> None:
    """Prints changes, the latest last."""
    if not made:
        console.print("no changes")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    table.add_column("day", width=12, overflow="fold")
    table.add_column("what", width=9, style="bold")
    table.add_column("issue", width=12, overflow="fold")
    table.add_column("", ratio=1, overflow="fold")
    for c in made:
        said = Text(line(stands, c))
        if c.before:
            said.append(f"\nbefore: {c.before}", style="yellow")
        said.append(f"\n{', '.join(c.ids)}", style="dim")
        table.add_row(Text(words.day(c.day)), Text(c.kind), Text(signs.issue(c.issue)), said)
    put(console, table)


def line(stands: Stands, change: Change) -> str:
    """A change in one line: a party and its stand, or an agreement and its parties."""
    who = " and ".join(stands.name(party) for party in change.parties)
    if change.kind in STANDS:
        return f"{who} {change.text}"
    return f"{change.text} ({who})" if who else change.text


def _words(change: Change) -> str:
    return "\n".join([change.text, change.before or "", *(c.quote for c in change.citations)]).casefold()


def _of_stands(stands: Stands) -> Iterable[Change]:
    for (party, issue), threads in sorted(stands.threads.items()):
        for thread in threads:
            own = thread.steps()
            for step in own:
                yield from _step(stands, step, party, issue)
            if not own:
                for step in thread.steps(own=False)[:1]:
                    yield from _step(stands, step, party, issue)


def _step(stands: Stands, step: Step, party: str, issue: str) -> Iterable[Change]:
    first = step.stand.tellings[0]
    if first.day is None:
        return
    kind: Kind = "claimed" if not first.own else "moved" if step.before else "new"
    if step.before and step.before.stance in _LEFT and step.stand.stance == "rejects":
        kind = "withdrawn"
    before = step.before
    yield Change(
        day=first.day,
        kind=kind,
        issue=issue,
        parties=(party,),
        text=_said(stands, Stand((first,))),
        id=first.id,
        ids=(first.id, before.id) if before else (first.id,),
        citations=tuple(first.position.citations),
        before=_said(stands, before) if before else None,
    )


def _said(stands: Stands, stand: Stand) -> str:
    teller = signs.teller(stand.last, stands)
    return f"{signs.sign(stand)} {signs.content(stand)}" + (f" (as {teller} says)" if teller else "")


def _of_agreement(stands: Stands, c: Commitment) -> Iterable[Change]:
    """The first time that each thing is told to have become of an agreement: a later document that tells it again tells
    nothing new."""
    met: set[str] = set()
    for stage in c.stages:
        day = c.day if stage.status in ("in_principle", "agreed") else stage.day
        if stage.status in met or day is None:
            continue
        met.add(stage.status)
        yield Change(
            day=day,
            kind=_BECAME[stage.status],
            issue=c.agreement.issue,
            parties=c.parties,
            text=f"{signs.STATUSES[stage.status]}: {words.short(c.agreement.content, 90)}",
            id=c.id,
            ids=(c.id,),
            citations=stage.citations,
        )
