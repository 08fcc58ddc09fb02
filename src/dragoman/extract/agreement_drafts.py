"""Agreements in the making, and what their words are about."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.extract.agreement_clauses import Seed
from dragoman.extract.agreement_fields import status_in
from dragoman.extract.agreement_words import agreement_words, among
from dragoman.extract.findings import AgreementFound, SpanT
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.told import Told

_WORD = re.compile(r"[A-Za-z]{4,}|\d+")
_PROCESS, _LEADERS = "process", "leaders_meeting"


@dataclass(slots=True)
class Draft:
    """An agreement in the making; `group` is shared by those that one sentence tells together."""

    found: AgreementFound
    group: int
    kind: str
    noun: str | None
    stems: set[str]
    last: int
    vague: bool = False
    dated: bool = False


def stems_of(text: str) -> set[str]:
    """The content words of some text, cut to six letters so that forms of one word meet."""
    return {w.lower()[:6] for w in _WORD.findall(text) if not among("common", w.lower())}


def spare(words: str) -> str:
    """Words without those that tell of agreements as such."""
    return agreement_words().patterns["spare"].sub(" ", words)


def supposed(sentence: Span) -> bool:
    """Whether a sentence says what would be, not what is."""
    return any(t.lower_ in ("would", "could", "if", "should", "must", "may", "might", "unless") for t in sentence)


def trimmed(sentence: Span, block: Block) -> SpanT:
    """The place of a sentence without the punctuation at its end."""
    last = sentence[-1]
    while last.i > sentence[0].i and (last.is_punct or last.is_space):
        last = last.nbor(-1)
    return block.place_of(sentence[0], last)


def year_in(text: str) -> str | None:
    """The first year in some text."""
    found = re.search(r"\b(?:19|20)\d\d\b", text)
    return found.group() if found else None


class Words:
    """What the words of a page's agreements are about."""

    def __init__(self, told: Told) -> None:
        """`told` is the page with its cast, statements, meetings and issues."""
        self.told = told
        self.starts = [b.start for b in told.page.blocks]

    def without(self, seed: Seed) -> str:
        """The sentence without what was agreed in it: what is left tells what became of it."""
        low, high = seed.block.place(seed.sentence)
        text = self.told.page.text
        for start, end in sorted(seed.pieces, reverse=True):
            if low <= start and end <= high and end - start < high - low - 12:
                text = text[:start] + " " * (end - start) + text[end:]
        return text[low:high]

    def issue(self, span: SpanT, place: SpanT, before: SpanT | None = None) -> str:
        """The issue of a piece of content: its words but for those of every agreement, which say nothing of it.

        Args:
            span: the content.
            place: the sentence that it stands in.
            before: the sentence before, which decides where this one says nothing ("the relevant agreement was …").
        """
        page = self.told.page
        words = spare(page.quote(span))
        known, patterns = self.told.issues.issues, agreement_words().patterns
        if patterns["talking"].match(words.lstrip(" ,“”\"'‘")):
            if _LEADERS in known and patterns["chiefs"].search(page.quote(place)):
                return _LEADERS
            if _PROCESS in known:
                return _PROCESS
        around = page.quote(place)
        if before is not None and not self.told.issues.scores(words) and not self.told.issues.scores(spare(around)):
            around = page.quote(before)
        at = bisect_right(self.starts, place[0]) - 1
        if at >= 0:
            around = page.blocks[at].text
        return self.told.issues.of(words, spare(around), self.told.about())

    def halves(self, piece: SpanT) -> list[SpanT]:
        """The two things that are exchanged for each other, or done together."""
        text = self.told.page.quote(piece)
        found = re.search(
            r",? (?:in return for|in exchange for|against) |, with (?=an? )"
            r"|[\"”’]? and (?=(?:would|will|are to|is to) )",
            text,
        )
        if found is None or found.start() < 12 or len(text) - found.end() < 8:
            return [piece]
        return [(piece[0], piece[0] + found.start()), (piece[0] + found.end(), piece[1])]

    def only_fate(self, piece: SpanT) -> bool:
        """Whether a piece says nothing but what became of the agreement: "stays in force until 2026"."""
        text = self.told.page.quote(piece)
        return len(stems_of(text)) <= 3 and status_in(text, True) is not None

    def said(self, place: SpanT) -> bool:
        """Whether somebody says what stands in a place."""
        return any(a < place[1] and place[0] < b for s in self.told.statements for a, b in s.content)

    def is_person(self, token: Token, block: Block) -> bool:
        """Whether a person is meant."""
        at = block.start + token.idx
        return token.lower_ in ("he", "she") or any(
            m.start <= at < m.end and self.told.cast.actors[m.actor].kind == "person"
            for m in self.told.cast.within(at - 60, at + 60)
        )

    def is_side(self, token: Token, block: Block) -> bool:
        """Whether one of the parties is meant."""
        at = block.start + token.idx
        near = self.told.cast.within(at - 60, at + 60)
        return any(m.start <= at < m.end and m.actor in self.told.cast.parties for m in near)
