"""Whom "it" and "they" stand for, where the cast leaves it open.

The centre of attention is what such a pronoun takes up: the subject of the clause or sentence before (Grosz, Joshi and
Weinstein 1995), or, in reported speech, whoever speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dragoman.extract.offices import role_level
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_descriptions import is_empty, is_plural

if TYPE_CHECKING:
    from dragoman.extract.stance_holders import Voices

IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves", "theirs"})


class Antecedents:
    """The parties that the pronouns of a page take up."""

    def __init__(self, voices: Voices) -> None:
        """For the voices of a page."""
        self.voices = voices
        self._blocks = [b.start for b in voices.told.page.blocks]

    def of(self, token: Token, block: Block) -> list[int]:
        """Whom "it" or "they" means: who speaks, in what is reported; else the subject before, or who is there."""
        if token.dep_ == "expl" or (token.dep_ == "nsubj" and is_empty(token)):
            return []
        many = token.lower_ in THEY
        sentence = block.sentence(token.i)
        before = [t for t in sentence if t.i < token.i]
        statement = self.voices.statement_at(block.start + token.idx)
        if statement is not None:
            inside = [t for t in before if self.voices.statement_at(block.start + t.idx) == statement]
            if self.voices.told.statements[statement].kind == "indirect":
                if found := self._reported(statement, inside, block, many):
                    return found
            elif many and (across := self._across(statement, inside)) is not None:
                return across
        found = self.named_among(before, block, many)
        if found:
            return found
        for earlier in self._sentences_before(sentence, block):
            found = self.named_among(list(earlier[1]), earlier[0], many)
            if found or any(t.dep_ == "nsubj" and t.pos_ == "PROPN" for t in earlier[1]):
                return found
        return []

    def _reported(self, statement: int, inside: list[Token], block: Block, many: bool) -> list[int]:
        """In indirect speech: the last subject before it in what is said, else whoever says it."""
        for other in reversed(inside):
            if other.dep_ in ("nsubj", "nsubjpass") and other.lower_ not in IT | THEY:
                found = self._acting(other, block, many)
                if found:
                    return found
        party = self.voices.speaking(statement)
        if party is None:
            return []
        said = self.voices.told.statements[statement]
        alone = said.speaker is None or self.voices.cast.actors[said.speaker].kind != "person"
        return [party] if many == is_plural(said.speaker_text or "") or (many and alone) else []

    def _across(self, statement: int, inside: list[Token]) -> list[int] | None:
        """In somebody's own words "they" are mostly those on the other side; None where it may be anybody."""
        party = self.voices.speaking(statement)
        if party is None or any(t.tag_ in ("NNS", "NNPS") for t in inside):
            return None
        other_side = self.voices.opposite(party)
        return [] if other_side is None else [other_side]

    def _sentences_before(self, sentence: Span, block: Block) -> list[tuple[Block, Span]]:
        """The two sentences before one, the nearer first; at the head of a paragraph, the last of the one above."""
        found: list[tuple[Block, Span]] = []
        start = sentence.start
        while start > 0 and len(found) < 2:
            earlier = block.sentence(start - 1)
            found.append((block, earlier))
            start = earlier.start
        if not found:
            k = bisect_left(self._blocks, block.start) - 1
            if k >= 0 and (above := self.voices.told.page.blocks[k].sentences()):
                found.append((self.voices.told.page.blocks[k], above[-1]))
        return found

    def named_among(self, tokens: list[Token], block: Block, many: bool) -> list[int]:
        """The party that these words are about: their subject, else the last that is named in them."""
        for token in tokens:
            if token.dep_ in ("nsubj", "nsubjpass"):
                found = self._acting(token, block, many)
                if found:
                    return found
        for token in reversed(tokens):
            if token.dep_ in ("dobj", "pobj", "dative", "poss", "agent"):
                found = self._acting(token, block, many)
                if found:
                    return found
        return []

    def _acting(self, token: Token, block: Block, many: bool) -> list[int]:
        """The parties, no persons, that a noun names; for "they", only such as are many."""
        meant = [m for m in self.voices.named(token, block) if self.voices.cast.actors[m.actor].kind != "person"]
        if many and not any(self._is_many(m.actor, token) for m in meant):
            meant = []
        found = self.voices.parties_of(meant)
        official = token.pos_ == "NOUN" and (role_level(token) is not None or self.voices.is_official(token))
        if not found and official and (not many or token.tag_ == "NNS"):
            return self.voices.owners(token, block)
        return found

    def _is_many(self, actor: int, token: Token) -> bool:
        kind = self.voices.cast.actors[actor].kind
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("s")
        return plural or kind in ("union", "armed_group", "company")
