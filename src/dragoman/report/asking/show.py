"""An answer in the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import IO, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dragoman.record import Document
from dragoman.report import words
from dragoman.report.asking.reply import Answer, Reply
from dragoman.report.paper import put

SILENT = "The record does not say."
"""What is said where nothing answers."""


def show(reply: Reply, documents: Mapping[str, Document], console: Console) -> None:
    """Prints what was understood, then each answer with its words, or that the record does not say.

    Args:
        reply: the answer.
        documents: by id, for the names of sources.
        console: to print to.
    """
    parts: list[RenderableType] = [Text(f"Understood: {reply.understood or 'nothing'}", style="dim")]
    parts += [Text(note, style="yellow") for note in reply.notes]
    if reply.silent:
        parts.append(Text(SILENT, style="bold"))
    parts += [_told(n, one, documents) for n, one in enumerate(reply.answers, 1)]
    if reply.total > len(reply.answers):
        parts.append(Text(f"{reply.total - len(reply.answers)} more", style="dim"))
    if reply.near:
        near = "No entry says, but these sentences have the words:" if reply.silent else "Near to it:"
        parts.append(Text(near, style="dim"))
        parts += [_told(n, one, documents) for n, one in enumerate(reply.near[:3], len(reply.answers) + 1)]
    parts += [Text(f"Ask instead: {one}", style="dim") for one in reply.corrections]
    put(console, Group(*parts))


def _told(number: int, answer: Answer, documents: Mapping[str, Document]) -> RenderableType:
    head = Text(f"{number}. ")
    head.append(f"{words.day(answer.day)}  " if answer.day and answer.kind != "meeting" else "", style="bold")
    head.append(words.flat(answer.line))
    head.append(f"  {answer.id}", style="dim")
    quoted = Text()
    for c in answer.citations[:3]:
        document = documents.get(c.document)
        source = words.short(document.outlet or document.name.rsplit("/", 1)[-1], 40) if document else c.document
        quoted.append(f"“{words.short(c.quote, 240)}” {source}\n")
    return Group(head, Padding(Text(quoted.plain.rstrip("\n"), style="italic"), (0, 0, 0, 3)))


def plain(reply: Reply) -> dict[str, Any]:
    """An answer as JSON has it: the fields of `Reply`, and `silent`."""
    made = asdict(reply)
    for name, answers in (("answers", reply.answers), ("near", reply.near)):
        for row, one in zip(made[name], answers, strict=True):
            row["citations"] = [c.model_dump(mode="json") for c in one.citations]
    return made | {"silent": reply.silent}


def write(reply: Reply, stream: IO[str]) -> None:
    """Writes an answer as JSON."""
    json.dump(plain(reply), stream, ensure_ascii=False, indent=2)
    stream.write("\n")
