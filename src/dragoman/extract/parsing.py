"""From laid-out texts to pages: the parse, paragraph by paragraph."""

from __future__ import annotations

import re

from spacy.language import Language

from dragoman.extract import pipeline
from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc

PIECE = 6_000
"""Characters that are parsed at once. A longer paragraph is cut, at the end of a sentence where there is one."""

BATCH = 32
"""Pieces that go through the pipeline together. Always pieces of one document, so that no other document can change
the last digits of what the parser computes, and with them a close decision."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


def parse(nlp: Language, laid_out: list[tuple[str, Layout]]) -> list[Page]:
    """The texts as pages. All pieces of all texts go through the pipeline together."""
    pipeline.make_room(nlp, sum(len(text) for text, _ in laid_out))
    pages = [Page(text, layout) for text, layout in laid_out]
    places = [
        (page, piece)
        for page in pages
        for paragraph in page.layout.paragraphs
        for piece in pieces(page.text, paragraph)
    ]
    docs = nlp.pipe((page.text[start:end] for page, (start, end) in places), batch_size=BATCH)
    for (page, (start, end)), doc in zip(places, docs, strict=True):
        page.blocks.append(Block(start, end, Doc(doc)))
    return pages


def pieces(text: str, paragraph: SpanT) -> list[SpanT]:
    """The paragraph, cut where it is longer than `PIECE`: after a sentence, else after a word, else anywhere."""
    start, end = paragraph
    found = []
    while end - start > PIECE:
        limit = start + PIECE
        ends = [m.end() for m in _SENTENCE_END.finditer(text, start + PIECE // 2, limit)]
        space = text.rfind(" ", start + PIECE // 2, limit) + 1
        cut = ends[-1] if ends else space or limit
        found.append((start, cut))
        start = cut
    if text[start:end].strip():
        found.append((start, end))
    return found
