"""What attribution tests share: a page of any text, its attributions, and these as source and content."""

from __future__ import annotations

from dragoman.extract import pipeline
from dragoman.extract.attribution import find_attributions
from dragoman.extract.findings import Attribution, Layout
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc


def page_of(text: str) -> Page:
    blocks, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = place + len(line) - len(line.lstrip())
            blocks.append(Block(start, start + len(line.strip()), Doc(pipeline.load()(line.strip()))))
        place += len(line) + 1
    return Page(text, Layout(paragraphs=[(b.start, b.end) for b in blocks]), blocks)


def found(text: str, thoughts: bool = False) -> list[Attribution]:
    return find_attributions(page_of(text), thoughts)


def said(text: str, thoughts: bool = False) -> list[tuple[str, list[str]]]:
    """Source (its plain phrase) and content pieces of every attribution."""
    return [
        (text[a.source[0][0] : a.source[0][1]] if a.source else "", [text[s:e] for s, e in a.content])
        for a in found(text, thoughts)
    ]
