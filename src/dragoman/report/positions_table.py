"""The matrix of positions and the history of an issue in the terminal; legible at 80 columns."""

from __future__ import annotations

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.report import signs, words
from dragoman.report.paper import put
from dragoman.report.positions import Cell, Matrix
from dragoman.report.stands import Stand, Stands, Step

WIDTH = 100  # where there is no terminal to ask
_ISSUE = 12  # columns for the issues; longer names go on in the next line
_PARTY = 27  # columns that a party needs at least
_CONTENT = 110  # characters of a content
_OTHERS = 3  # further stands in one cell; the other formats have all


def show_matrix(stands: Stands, made: Matrix, console: Console) -> None:
    """Prints the matrix: parties side by side as far as the console is wide, the others below."""
    if not made.cells:
        console.print("no positions")
        return
    many = max(1, (console.width - _ISSUE - 3) // (_PARTY + 2))
    parts: list[RenderableType] = []
    if stands.at:
        parts.append(Text(f"as known on {words.day(stands.at)}", style="dim"))
    for start in range(0, len(made.parties), many):
        parties = made.parties[start : start + many]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
        table.add_column("issue", width=_ISSUE, overflow="fold", style="bold")
        for party in parties:
            table.add_column(Text(words.short(stands.name(party), 40)), ratio=1, overflow="fold")
        for issue in made.issues:
            cells = [made.cells.get((issue, party)) for party in parties]
            if any(cells):
                table.add_row(Text(signs.issue(issue)), *(_cell(stands, cell) for cell in cells))
                table.add_row()
        parts.append(table)
    parts.append(Text(signs.LEGEND, style="dim"))
    put(console, Group(*parts))


def _cell(stands: Stands, cell: Cell | None) -> Text:
    if cell is None:
        return Text("–", style="dim")
    first, *others = cell.shown
    made = Text()
    made.append(f"{signs.sign(first)} ", style="bold" if first.own else "")
    made.append(signs.day(first.last) + ("" if not first.past or first.last.day is None else ", earlier"))
    made.append(f" · {signs.told(first)}\n", style="dim")
    teller = signs.teller(first.last, stands)
    made.append((f"as {teller} says: " if teller else "") + signs.content(first, _CONTENT) + "\n")
    made.append(first.id, style="dim")
    if others:
        more = [f"{signs.sign(stand)} {stand.id}" for stand in others]
        made.append(f"\nalso {words.listing(more, _OTHERS)}", style="dim")
    return made


def show_history(stands: Stands, steps: list[Step], issue: str, console: Console) -> None:
    """Prints how the stands on an issue went; a move shows what it was from."""
    if not steps:
        console.print("no positions")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    table.add_column("day", width=12, overflow="fold")
    table.add_column("party", width=12, overflow="fold")
    table.add_column("stand", ratio=1, overflow="fold")
    table.add_column("told", no_wrap=True, style="dim")
    table.add_column("id", no_wrap=True, style="dim", min_width=14)
    for step in steps:
        table.add_row(
            Text(signs.day(step.stand.tellings[0])),
            Text(words.short(stands.name(step.stand.last.party), 40)),
            _step(stands, step),
            Text(signs.told(step.stand)),
            Text(step.stand.tellings[0].id),
        )
    put(console, Group(Text(signs.issue(issue), style="bold"), table, Text(signs.LEGEND, style="dim")))


def _step(stands: Stands, step: Step) -> Text:
    stand = step.stand
    made = Text(f"{signs.sign(stand)} ", style="bold" if stand.own else "")
    teller = signs.teller(stand.last, stands)
    made.append((f"as {teller} says: " if teller else "") + signs.content(stand, _CONTENT), style="not bold")
    if stand.past:
        made.append(" (told as earlier)", style="not bold dim")
    if step.before is not None and stand.own:
        made.append(f"\nmoved from {signs.sign(step.before)} {_short(step.before)}", style="not bold yellow")
    return made


def _short(stand: Stand) -> str:
    return f"{signs.content(stand, 60)} [{stand.id}]"
