"""The brief as a PDF: typst sets it, with its own fonts, from a template that takes the page as data."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst

from dragoman.report import words
from dragoman.report.page import Brief, Cited, Line

QUOTE, HEADER = 300, 100
"""Characters of a quote, and of the title over each page, that are set."""
LONG = 1_500
"""Characters from which on a line may run over two pages; a shorter one stands on one."""

NARROW, WIDE = 16, 40
"""Characters without a place to break at that fit in the column at the left, and in the one at the right."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rendered(brief: Brief) -> bytes:
    """The brief as a PDF: numbered pages, headings as bookmarks, each [number] a link to its document at the end.

    There each document stands with the words that the lines had no room for, and each of them leads back to its line.
    The same brief gives the same bytes, as long as typst's own fonts have all its characters (Latin, Greek, Cyrillic,
    Hebrew, Arabic); others are set in what fonts the machine has.

    Args:
        brief: the page.
    """
    data = json.dumps(_data(brief), ensure_ascii=False).encode("utf-8", "replace").decode()
    made = typst.compile(_template(), font_paths=_fonts(), sys_inputs={"brief": data}, timestamp=_EPOCH)
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("dragoman.report") / "templates" / "brief.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True)  # looking for them takes longer than setting the page


def _data(brief: Brief) -> dict[str, Any]:
    """What the template takes. Its texts are fit to be set; lines are counted through, so that they can be led to."""
    listed = [int(line.lead[1:-1]) for line in brief.documents]
    later: dict[int, dict[str, list[int]]] = {number: {} for number in listed}
    sections = []
    at = 0
    for section in brief.sections:
        groups = []
        for group in section.groups:
            lines = []
            for line in group.lines:
                at += 1
                lines.append(_line(line, at))
                for cited in _unshown(line):
                    if cited.number in later:
                        later[cited.number].setdefault(_quote(cited), []).append(at)
            groups.append(
                {"title": _set(group.title), "note": _set(group.note), "rest": _set(group.rest), "lines": lines}
            )
        sections.append({"title": _set(section.title), "groups": groups})
    documents = [
        {
            "number": number,
            "lead": line.lead,
            "text": _set(line.text),
            "notes": " · ".join(_set(note) for note in line.notes),
            "quotes": [{"quote": quote, "lines": lines} for quote, lines in later[number].items()],
        }
        for number, line in zip(listed, brief.documents, strict=True)
    ]
    return {
        "name": words.flat(brief.title),
        "header": _set(words.short(brief.title, HEADER)),
        "title": " – ".join(_set(name) for name in brief.title.split(" – ")),  # each in its own direction
        "subtitle": _set(brief.subtitle),
        "caution": _set(brief.caution),
        "sections": sections,
        "documents": documents,
        "documents_rest": _set(brief.documents_rest),
        "listed": listed,
    }


def _line(line: Line, at: int) -> dict[str, Any]:
    said = [line.text, *line.notes, *map(str, line.differs)]
    quotes = [
        # what stands in the line as it was said needs no second quote, only its document
        {"number": c.number, "label": _set(c.label), "quote": "" if line.verbatim else _quote(c)}
        for c in line.sources[: line.shown]
    ]
    return {
        "at": at,
        "lead": _set(line.lead, NARROW),
        "text": _set(line.text),
        "notes": [_set(note) for note in line.notes],
        "differs": [
            {"field": _set(d.field), "values": [[_set(value), [c.number for c in cited]] for value, cited in d.values]}
            for d in line.differs
        ],
        "quotes": quotes,
        "numbers": list(line.numbers),
        "more": f"and {line.more:,} more" if line.more else "",
        "long": sum(map(len, said)) > LONG,
    }


def _unshown(line: Line) -> list[Cited]:
    """The words behind a line that it has no room for."""
    behind = [c for difference in line.differs for _, cited in difference.values for c in cited]
    shown = {(c.document, c.quote) for c in line.sources[: line.shown]}
    some = {(c.document, c.quote): c for c in (*line.sources[line.shown :], *behind)}
    return [c for key, c in some.items() if key not in shown]


def _quote(cited: Cited) -> str:
    return _set(f"“{words.short(cited.quote, QUOTE)}”")


def _set(text: str, width: int = WIDE) -> str:
    """A text fit to be set: on one line, apart from the direction of what is beside it, no word wider than a column."""
    line = words.flat(text)
    if len(line) > width:
        line = re.sub(rf"([^\s-]{{{width}}})(?=[^\s-])", "\\1\u200b", line)
    return line if line.isascii() else f"\u2068{line}\u2069"
