"""The brief for the terminal."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.console import Group as Stack
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.report import words
from dragoman.report.page import Brief, Group, Line, Section
from dragoman.report.paper import put

WIDTH = 100  # where there is no terminal to ask
_FLOWING = ("parties", "mediators")
_LEAD = {
    "glance": 16,
    "stands": 16,
    "agreed": 16,
    "changed": 16,
    "unsaid": 20,
    "differ": 10,
    "encounters": 16,
    "statements": 22,
    "parties": 24,
    "mediators": 24,
    "unknown": 26,
}


def show(brief: Brief, console: Console) -> None:
    """Prints the brief; as wide as the console, but no wider than one reads."""
    width = min(console.width, 120)
    put(console, rendered(brief, width), width)


def rendered(brief: Brief, width: int) -> RenderableType:
    """The brief as something that Rich prints."""
    parts: list[RenderableType] = [Text(brief.title, style="bold"), Text(brief.subtitle)]
    if brief.caution:
        parts.append(Text(brief.caution, style="dim italic"))
    for section in brief.sections:
        parts.extend([Text(), Rule(Text(section.title.upper(), style="bold"), align="left", style="dim")])
        parts.extend(_group(section, group, width) for group in section.groups)
    if brief.documents:
        parts.extend([Text(), Rule(Text("DOCUMENTS", style="bold"), align="left", style="dim")])
        parts.append(_table([_row(line, True, 0) for line in brief.documents], 5))
        if brief.documents_rest:
            parts.append(Text(f"  {brief.documents_rest}", style="dim"))
    return Stack(*parts)


def _group(section: Section, group: Group, width: int) -> RenderableType:
    lead = min(_LEAD.get(section.key, 24), width // 4)
    parts: list[RenderableType] = []
    if group.title or group.note:
        heading = Text(group.title, style="bold cyan")
        if group.note:
            heading.append(f"  {group.note}", style="dim not bold")
        parts.append(Padding(heading, (0, 0, 0, 1)))
    flowing = section.key in _FLOWING
    rows = [_row(line, flowing, max(30, width - lead - 12)) for line in group.lines]
    if section.key == "stands":  # an issue is named once, as in a table
        rows = [(Text() if n and rows[n - 1][0] == left else left, right) for n, (left, right) in enumerate(rows)]
    parts.append(_table(rows, lead))
    if group.rest:
        parts.append(Padding(Text(group.rest, style="dim"), (0, 0, 0, lead + 3)))
    return Stack(*parts)


def _table(rows: list[tuple[Text, Text]], lead: int) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(width=lead, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for left, right in rows:
        table.add_row("", left, right)
    return table


def _row(line: Line, flowing: bool, space: int) -> tuple[Text, Text]:
    """A line: who or when at the left; what, more about it and its source at the right.

    Args:
        line: of the brief.
        flowing: everything in one paragraph (people), not a paragraph for each (encounters, statements).
        space: characters that a quote may take.
    """
    right = Text(line.text)
    between = "  " if flowing else "\n"
    if line.notes and not line.verbatim:
        right.append(between + " · ".join(line.notes), style="dim")
    for difference in line.differs:
        right.append("\n≠ ", style="bold yellow")
        right.append(str(difference), style="yellow")
    for place, cited in enumerate(line.sources[: line.shown]):
        # What stands in the line as it was said needs no second quote, only the document.
        said = line.verbatim or line.text == cited.quote
        before = "\n" if place else between if line.text else ""
        right.append(f"{before}[{cited.number}]", style="green")
        right.append(f" {cited.label}" if said else f" “{words.short(cited.quote, space)}”", style="dim")
    right.append("".join(f" [{n}]" for n in line.numbers), style="green")
    if line.more:
        right.append(f" and {line.more:,} more", style="dim")
    if line.notes and line.verbatim:
        right.append(f" · {' · '.join(line.notes)}", style="dim")
    return Text(line.lead), right
