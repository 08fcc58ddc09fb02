"""Printing to where there may be no terminal."""

from __future__ import annotations

from rich.console import Console, RenderableType


def put(console: Console, made: RenderableType, width: int | None = None) -> None:
    """Prints something; in a file or a pipe without the blanks with which Rich fills lines and frames tables."""
    if console.is_terminal:
        console.print(made, width=width)
        return
    with console.capture() as captured:
        console.print(made, width=width)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    console.file.write("\n".join(lines).strip("\n") + "\n")
