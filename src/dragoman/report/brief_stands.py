"""The brief's sections on stands and agreements: a small matrix, the ledger, what changed last, what nobody said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.report import changes as changed
from dragoman.report import ledger, signs, words
from dragoman.report.agreements import Commitment, implementation
from dragoman.report.page import Group, Line, Section
from dragoman.report.positions import Cell, Matrix, matrix
from dragoman.report.stands import Stand, Stands

SIDES = 3  # whose stands are shown, of the negotiating parties
ISSUES = 6
AGREED = 5
CHANGES = 6
NOTE = "! demands  » proposes  ✓ accepts  ○ is open to  ◐ makes conditions  ✗ rejects  (✗) not in its own words"

Cite = Callable[..., Line]
"""Makes a line of the brief from a lead, a text and citations."""


def sections(stands: Stands, commitments: Sequence[Commitment], line: Cite) -> tuple[Section, ...]:
    """The sections, in their order; one without lines has no groups.

    Args:
        stands: of the record.
        commitments: its ledger.
        line: makes a line with its sources.
    """
    made = matrix(stands)
    parties = [p for p in made.parties if p in stands.actors and stands.actors[p].part == "party"]
    return (
        Section("stands", "Where the sides stand", _stands(stands, made, parties, line)),
        Section("agreed", "What is agreed", _agreed(stands, commitments, line)),
        Section("changed", "What changed last", _changed(stands, commitments, line)),
        Section("unsaid", "What nobody has said", _unsaid(stands, parties, line)),
    )


def _stands(stands: Stands, made: Matrix, parties: Sequence[str], line: Cite) -> tuple[Group, ...]:
    """The issues on which most parties speak, each with the stand of each party that counts."""
    shown = parties[:SIDES]

    def order(issue: str) -> tuple[int, int]:
        own = sum(bool((cell := made.cells.get((issue, p))) and cell.own) for p in shown)
        return -own, made.issues.index(issue)

    issues = sorted((i for i in made.issues if any((i, p) in made.cells for p in shown)), key=order)
    lines = []
    for issue in issues[:ISSUES]:
        cells = [(party, made.cells[issue, party]) for party in shown if (issue, party) in made.cells]
        lines += [_cell(stands, signs.issue(issue), party, cell, line) for party, cell in cells]
    if not lines:
        return ()
    left = len(made.issues) - len(issues[:ISSUES])
    rest = [f"{words.count(left, 'more issue')}: dragoman positions"] if left else []
    rest += (
        [f"{len(made.parties) - len(shown)} more with stands of their own"] if len(made.parties) > len(shown) else []
    )
    return (Group("", tuple(lines), note=NOTE, rest="; ".join(rest)),)


def _cell(stands: Stands, lead: str, party: str, cell: Cell, line: Cite) -> Line:
    first, *others = cell.shown
    # The day of a report stands beside its number already.
    notes = [signs.day(first.last)] if first.last.position.date else []
    if first.times > 1:
        notes.append(f"told {first.times} times, by {words.count(first.sources, 'independent source')}")
    if first.past:
        notes.append("told as earlier")
    if others:
        notes.append("also " + words.listing([f"{signs.sign(s)} {signs.content(s, 40)}" for s in others], 2, "; "))
    citations = signs.citations(first)
    content, quote = (words.flat(text).casefold() for text in (first.last.position.content, citations[0].quote))
    return line(
        lead,
        _said(stands, party, first),
        citations,
        1,
        notes=(" · ".join(notes),) if notes else (),
        verbatim=content in quote,  # its own words need not be quoted once more
        id=first.id,
    )


def _said(stands: Stands, party: str, stand: Stand) -> str:
    teller = signs.teller(stand.last, stands)
    by = f", as {teller} says" if teller else ""
    return f"{words.short(stands.name(party), 30)} {signs.sign(stand)} {signs.content(stand)}{by}"


def _agreed(stands: Stands, commitments: Sequence[Commitment], line: Cite) -> tuple[Group, ...]:
    shown = commitments[-AGREED:]
    lines = []
    for c in shown:
        a = c.agreement
        facts = [" and ".join(words.short(stands.name(party), 30) for party in c.parties)]
        facts.append(f"until {words.when(a.until)}" if a.until else "")
        facts.append(f"on condition: {words.short(a.condition, 80)}" if a.condition else "")
        day = words.day(c.day) if c.day else "no date"
        text = f"{words.short(a.content, 120)} — {ledger.state(c)}"
        notes = tuple(fact for fact in facts if fact)
        lines.append(line(day, text, [x for s in c.stages for x in s.citations[:1]], 1, notes=notes, id=c.id))
    if not lines:
        return ()
    made = implementation(commitments)
    rest = [f"{len(commitments) - len(shown)} more: dragoman agreements"] if len(commitments) > len(shown) else []
    rest += [ledger.kept(made)] if made.percent is not None else []
    return (Group("", tuple(lines), rest="; ".join(rest)),)


def _changed(stands: Stands, commitments: Sequence[Commitment], line: Cite) -> tuple[Group, ...]:
    """The latest changes. What is new on the first day is no change, and a claim by others is none of a stand."""
    everything = changed.changes(stands, commitments)
    begins = min((d.dated.from_ for d in stands.documents.values() if d.dated), default="")
    found = [c for c in everything if c.kind != "claimed" and not (c.kind == "new" and c.day <= begins)]
    shown = sorted(found, key=lambda c: (c.day, c.kind != "new"))[-CHANGES:]
    lines = [
        line(
            words.day(c.day),
            f"{signs.issue(c.issue)}{f', {c.kind}' if c.kind in changed.STANDS else ''}: {changed.line(stands, c)}",
            c.citations,
            1,
            notes=(f"before: {c.before}",) if c.before else (),
            id=c.id,
        )
        for c in reversed(shown)
    ]
    if not lines:
        return ()
    rest = f"{len(found) - len(shown)} earlier: dragoman changes" if len(found) > len(shown) else ""
    return (Group("", tuple(lines), rest=rest),)


def _unsaid(stands: Stands, parties: Sequence[str], line: Cite) -> tuple[Group, ...]:
    """Where one party has said in its own words what it wants now and another has not; and where nobody has."""
    held = {
        (issue, party): present
        for issue in stands.issues
        for party in parties
        if (present := stands.present(party, issue))
    }
    lines = []
    for party in parties[:SIDES]:
        silent = {
            issue: others
            for issue in stands.issues
            if (issue, party) not in held
            and (others := [held[issue, other][0] for other in parties if (issue, other) in held])
        }
        if silent:
            named = words.listing([signs.issue(issue) for issue in silent], 6)
            heard = [others[0].last.position.citations[0] for others in silent.values()]
            text = f"has not said where it stands on {named}; the other side has"
            lines.append(line(words.short(stands.name(party), 30), text, heard, 0))
    spoken = {issue for issue, _ in held}
    nobody = [issue for issue in stands.issues if issue not in spoken and parties]
    if nobody:
        told = {t.position.issue: t.position.citations[0] for t in reversed(stands.tellings)}
        text = words.listing([signs.issue(issue) for issue in nobody], 6)
        lines.append(line("Told only by others", text, [told[issue] for issue in nobody], 0))
    return (Group("", tuple(lines)),) if lines else ()
