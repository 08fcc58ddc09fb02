"""The gaps between two parties, in the terminal and as rows: what is open first, red lines before any mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.report import signs, words
from dragoman.report.measures import ENOUGH_COVERAGE, ENOUGH_ISSUES, Between, IssueGap, Moved, Pair
from dragoman.report.paper import put
from dragoman.report.rows import Row
from dragoman.report.stands import Stand, Stands

COLUMNS = ["item", "issue", "party", "how", "value", "low", "high", "coverage", "text", "ids"]
"""The columns of the rows."""

_CONTENT = 70
_LATEST = 2  # stands of a party on an issue that are shown with their content


def rows(stands: Stands, made: Between) -> list[Row]:
    """Every item of a comparison as a row; `item` is open, agreed, one_sided, red_line, gap, not_measured, distance,
    moved or talk.

    Args:
        stands: of the record.
        made: the comparison.
    """
    first, second = made.parties
    found: list[Row] = []

    def add(item: str, issue: str | None, text: str, ids: Iterable[str], **more: str | float | None) -> None:
        blank = dict.fromkeys(COLUMNS[2:8])
        found.append({**blank, "item": item, "issue": issue, "text": text, "ids": list(ids), **more})

    for gap in made.open:
        text = "; ".join(_stand(stands, stand) for stand in (*gap.first, *gap.second))
        add("open", gap.issue, text, signs.ids((*gap.first, *gap.second)))
    for covered in made.covered:
        ids = (*(c.id for c in covered.agreements), *signs.ids(covered.since))
        add("agreed", covered.issue, "; ".join(words.flat(c.agreement.content) for c in covered.agreements), ids)
    for gap in made.issues:
        if not gap.open:
            add("one_sided", gap.issue, _silent(stands, made, gap), signs.ids((*gap.first, *gap.second)))
    for line in made.red_lines:
        text = f"{_stand(stands, line.rejects)}; {_stand(stands, line.wants)}"
        how = "same" if line.sure else "unsure"
        add("red_line", line.issue, text, (line.rejects.id, line.wants.id), party=line.rejects.last.party, how=how)
    for gap in made.open:
        for pair in gap.pairs:
            ids = (pair.first.id, pair.second.id)
            add("gap", gap.issue, _how(pair), ids, how=pair.apart.how, value=pair.apart.d)
        if not gap.pairs:
            add("not_measured", gap.issue, _NOT_COMPARABLE, signs.ids((*gap.first, *gap.second)))
    d = made.distance
    add(
        "distance", None, _distance(made), d.ids, value=d.value, low=d.low, high=d.high, coverage=d.coverage
    )  # fmt: skip
    for move in made.moves:
        ids = signs.ids((*move.before, *move.after))
        for party, value in ((first, move.first), (second, move.second)):
            add("moved", move.issue, _moved(stands, made, move), ids, party=party, value=value)
    if made.talk:
        add("talk", None, _TALK, made.talk.ids, how="congruence", value=made.talk.congruence)
        add("talk", None, _TALK, made.talk.ids, how="conflict", value=made.talk.conflict)
    return found


def show(stands: Stands, made: Between, console: Console) -> None:
    """Prints a comparison: open items, red lines, the gap of each issue, the distance if any, and who moved."""
    first, second = made.parties
    title = f"{stands.name(first)} – {stands.name(second)}"
    if stands.at:
        title += f", as known on {words.day(stands.at)}"
    parts: list[RenderableType] = [Text(title, style="bold")]
    if not made.issues and not made.covered:
        put(console, Group(*parts, Text("no positions of theirs")))
        return
    opened = [
        (signs.issue(gap.issue) if not n else "", _all_said(stands, own))
        for gap in made.open
        for n, own in enumerate((gap.first, gap.second))
    ]
    count = f"{len(made.open)} of {words.count(len(made.issues) + len(made.covered), 'issue')}"
    _section(parts, f"Open items: {count}", opened or [("", Text("none on which both have spoken"))])
    for covered in made.covered:
        agreed = "; ".join(f"{words.short(c.agreement.content, _CONTENT)} {c.id}" for c in covered.agreements)
        said = Text(agreed + "".join(f"\nsince then {_stand(stands, stand)}" for stand in covered.since))
        _section(parts, "Agreed" if covered is made.covered[0] else "", [(signs.issue(covered.issue), said)])
    silent = [(signs.issue(g.issue), Text(_silent(stands, made, g))) for g in made.issues if not g.open]
    _section(parts, "Not said by both", silent)
    for sure, title in ((True, _RED), (False, "Refusals that may be red lines: their words do not show of what")):
        red = [
            (signs.issue(line.issue), Text("\n").join((_said(stands, line.rejects), _said(stands, line.wants))))
            for line in made.red_lines
            if line.sure is sure
        ]
        _section(parts, title, red or ([("", Text("none found"))] if sure else []))
    gaps = [
        (signs.issue(gap.issue), Text(_gap(gap)))
        for gap in sorted(made.open, key=lambda g: (g.d is None, -(g.d or 0), g.issue))
    ]
    _section(parts, "Gaps, from 0 (none) to 1", gaps)
    parts.extend([Text(), Text(_distance(made), style="bold" if made.distance.value is not None else "")])
    moved = [(signs.issue(move.issue), Text(_moved(stands, made, move))) for move in made.moves]
    _section(parts, "Who moved", moved)
    if made.talk:
        talk = f"congruence {signs.figure(made.talk.congruence)}, conflict {signs.figure(made.talk.conflict)}: {_TALK} "
        talk += f"[{words.listing(made.talk.ids, 6)}]"
        parts.extend([Text(), Text(talk, style="dim")])
    parts.append(Text(f"\n{signs.LEGEND}", style="dim"))
    put(console, Group(*parts))


_RED = "Red lines: one rejects what the other wants"
_NOT_COMPARABLE = "no figure: their words do not show that they speak of the same thing"
_TALK = "talk (as Discourse Network Analyzer counts it), not positions"


def _section(parts: list[RenderableType], title: str, lines: Sequence[tuple[str, Text]]) -> None:
    if not lines:
        return
    if title:
        parts.extend([Text(), Text(title, style="bold cyan")])
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=14, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for left, right in lines:
        table.add_row(Text(left), right)
    parts.append(Padding(table, (0, 0, 0, 1)))


def _stand(stands: Stands, stand: Stand) -> str:
    teller = signs.teller(stand.last, stands)
    by = f" as {teller} says" if teller else ""
    who = stands.name(stand.last.party)
    return f"{who} {signs.sign(stand)} {signs.content(stand, _CONTENT)}{by} [{stand.id}]"


def _said(stands: Stands, stand: Stand) -> Text:
    made = Text(f"{stands.name(stand.last.party)} ")
    made.append(f"{signs.sign(stand)} ", style="bold")
    made.append(signs.content(stand, _CONTENT))
    return made.append(f"  {signs.day(stand.last)} · {signs.told(stand)} · {stand.id}", style="dim")


def _all_said(stands: Stands, own: Sequence[Stand]) -> Text:
    """The latest stands of a party on an issue; of more only signs and ids."""
    made = Text("\n").join(_said(stands, stand) for stand in own[:_LATEST])
    if len(own) > _LATEST:
        rest = ", ".join(f"{signs.sign(stand)} {stand.id}" for stand in own[_LATEST:])
        made.append(f"\nalso {rest}", style="dim")
    return made


def _silent(stands: Stands, made: Between, gap: IssueGap) -> str:
    """Who has not said where it stands, and what the other one says."""
    silent = [stands.name(p) for p, own in zip(made.parties, (gap.first, gap.second), strict=True) if not own]
    said = "; ".join(_stand(stands, stand) for stand in (*gap.first, *gap.second))
    return f"not {' and not '.join(silent)}" + (f"; {said}" if said else " in words of their own")


def _gap(gap: IssueGap) -> str:
    if not gap.pairs:
        return f"–     {_NOT_COMPARABLE}"
    weight = f" (weighs {signs.number(gap.weight)})" if gap.weight != 1 else ""
    return (
        "\n".join(
            f"{signs.figure(pair.apart.d)}  {_how(pair)} [{pair.first.id}, {pair.second.id}]" for pair in gap.pairs
        )
        + weight
    )


def _how(pair: Pair) -> str:
    """What a figure is made from."""
    far = pair.apart
    if far.how == "stance":
        return f"{signs.SIGNS[pair.first.stance]} and {signs.SIGNS[pair.second.stance]} on the same thing"
    if far.how == "option":
        return "each names another: " + " / ".join(signs.content(stand, 40) for stand in (pair.first, pair.second))
    assert far.unit is not None
    assert far.span is not None
    ours, theirs = (_interval(stand.gist.amounts[far.unit]) for stand in (pair.first, pair.second))
    zone = f"; both within {_interval(far.zone)}" if far.zone else ""
    return f"{ours} and {theirs} {far.unit}, of {_interval(far.span)} known{zone}"


def _interval(of: tuple[float, float]) -> str:
    low, high = map(signs.number, of)
    return low if low == high else f"{low}–{high}"


def _distance(made: Between) -> str:
    """The distance with its bounds, or why there is none."""
    d = made.distance
    known = f"{d.measured} of {words.count(d.of, 'issue')} measured, coverage {signs.figure(d.coverage)}"
    if d.value is None or d.low is None or d.high is None:
        least = f"{ENOUGH_ISSUES} issues and a coverage of {signs.figure(ENOUGH_COVERAGE)}"
        return f"No distance: too little is known ({known}; it takes {least})"
    return (
        f"Distance {signs.figure(d.value)}: {known}; with the others "
        f"between {signs.figure(d.low)} and {signs.figure(d.high)}"
    )


def _moved(stands: Stands, made: Between, move: Moved) -> str:
    since = f"since {words.day(move.day)}" if move.day else "since the first"
    each = [
        f"{stands.name(party)} {_nearer(value)}"
        for party, value in zip(made.parties, (move.first, move.second), strict=True)
    ]
    left = "what is left cannot be told" if move.left is None else f"{signs.figure(move.left)} is left"
    rest = f"{', '.join(signs.ids(move.before))} → {', '.join(signs.ids(move.after))}"
    return f"{since}, from {signs.figure(move.start)}: {', '.join(each)}; {left} [{rest}]"


def _nearer(value: float | None) -> str:
    if value is None:
        return "cannot be told"
    if abs(value) < 0.005:
        return "did not move"
    return f"came {signs.figure(value)} nearer" if value > 0 else f"went {signs.figure(-value)} away"
