"""The ledger of agreements in the terminal and as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dragoman.report import signs, words
from dragoman.report.agreements import ENOUGH_SCORED, Commitment, Implementation, implementation
from dragoman.report.paper import put
from dragoman.report.rows import Row
from dragoman.report.stands import Stands

COLUMNS = [
    *("id", "day", "issue", "content", "value", "unit", "parties", "status", "until", "condition", "meeting"),
    *("score", "disputed", "unknown_days", "steps", "documents", "quotes"),
]
"""The columns of the rows."""

_QUOTES = 3


def rows(stands: Stands, made: Sequence[Commitment]) -> list[Row]:
    """An agreement a row; `steps` are "day status document", in the order of time."""
    found: list[Row] = []
    for c in made:
        a = c.agreement
        found.append(
            {
                "id": c.id,
                "day": c.day,
                "issue": a.issue,
                "content": words.flat(a.content),
                "value": a.quantity.value if a.quantity else None,
                "unit": a.quantity.unit if a.quantity else None,
                "parties": [stands.name(party) for party in c.parties],
                "status": c.status,
                "until": a.until.to if a.until else None,
                "condition": words.flat(a.condition) if a.condition else None,
                "meeting": a.meeting,
                "score": c.score,
                "disputed": c.disputed,
                "unknown_days": c.unknown_days,
                "steps": [f"{s.day or 'no date'} {s.status} {s.document}" for s in c.stages],
                "documents": list(dict.fromkeys(s.document for s in c.stages)),
                "quotes": [words.flat(x.quote) for x in a.citations],
            }
        )
    return found


def show(stands: Stands, made: Sequence[Commitment], console: Console) -> None:
    """Prints the ledger, an agreement after the other, then how far they are kept."""
    if not made:
        console.print("no agreements")
        return
    parts: list[RenderableType] = []
    for c in made:
        head = Text(signs.issue(c.agreement.issue), style="bold")
        head.append(f"  {words.short(c.agreement.content, 200)}", style="not bold")
        head.append(f"  {c.id}", style="not bold dim")
        parts.extend([head, Padding(Text("\n".join(_facts(stands, c))), (0, 0, 1, 2))])
    parts.append(Text(kept(implementation(made)), style="dim"))
    put(console, Group(*parts))


def _facts(stands: Stands, c: Commitment) -> list[str]:
    a = c.agreement
    facts = []
    if c.parties:
        facts.append(" and ".join(stands.name(party) for party in c.parties))
    if a.quantity:
        facts.append(f"{signs.number(a.quantity.value)} {words.flat(a.quantity.unit)}")
    if a.until:
        facts.append(f"until {words.when(a.until)}")
    if a.condition:
        facts.append(f"on condition: {words.short(a.condition, 120)}")
    if a.meeting:
        facts.append(f"made at {a.meeting}")
    lines = [" · ".join(facts)] if facts else []
    lines.append(state(c))
    for stage in c.stages:
        day = words.day(stage.day) if stage.day else "no date"
        quote = f" “{words.short(stage.citations[0].quote, 70)}”" if stage.citations else ""
        lines.append(f"{day}  {signs.STATUSES[stage.status]}: {_document(stands, stage.document)}{quote}")
    return lines


def state(c: Commitment) -> str:
    """What is known of an agreement in words: its status, and what nobody says."""
    said = signs.STATUSES[c.status]
    if c.disputed:
        said += ", disputed" if c.status != "denied" else ", though others tell of it"
    if c.unknown:
        said += "; whether it is kept is unknown"
        if c.unknown_days:
            said += f", for {words.count(c.unknown_days, 'day')}"
    return said


def kept(made: Implementation) -> str:
    """How far commitments are kept, or why there is no figure; always with what is unknown and disputed."""
    if not made.of:
        return "no commitments yet: nothing agreed in more than principle"
    rest = (
        f"of {words.count(made.of, 'commitment')} {made.scored} scored, "
        f"unknown {100 * made.share(made.unknown):.0f} %, disputed {100 * made.share(made.disputed):.0f} %"
    )
    if made.percent is None:
        return f"kept: no figure ({rest}; it takes {ENOUGH_SCORED} scored ones, and half of all)"
    return f"kept: {made.percent:.0f} % ({rest}; broken 0, broken after a part 1, in part 2, in full 3)"


def _document(stands: Stands, id: str) -> str:
    document = stands.documents[id]
    return words.short(document.outlet or document.name, 40)
