"""Reading the clauses of a page for stands: who wants, offers, accepts, refuses what."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract import lexicon
from dragoman.extract.meeting_clauses import subjects_of
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_clauses import ClauseReader
from dragoman.extract.stance_conditions import condition_on, condition_tokens
from dragoman.extract.stance_content import is_pointing, with_antecedent
from dragoman.extract.stance_contrast import contrasted, elliptic
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_lexical import LexicalReader
from dragoman.extract.stance_lists import announced, bulleted, stretch
from dragoman.extract.stance_own_words import OwnWordsReader, predicate_of
from dragoman.extract.stance_stand import Stand, is_hypothetical
from dragoman.extract.stance_words import Trigger, forms_of, is_verb, triggers_in
from dragoman.extract.told import Told

_CONDITIONED = frozenset({"accepts", "open_to", "proposes", "rejects"})
_KEPT = frozenset({"accepts", "demands", "proposes"})
_WITHOUT_CONDITION = frozenset({"noun", "fragment", "answer", "figure", "judgement", "contrast"})
_THIRD = frozenset({"it", "he", "she", "they"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})
_LONGEST = 70
"""Tokens of a stand with what it waits on."""

_BACK = 2
"""Sentences back that words may point to."""


class StanceReader:
    """Reads a page."""

    def __init__(self, told: Told) -> None:
        """For one page."""
        self.told = told
        self.voices = Voices(told)
        self._lexical = LexicalReader(told, self.voices)
        self._clauses = ClauseReader(told, self.voices)
        self._own = OwnWordsReader(told, self.voices)

    def stands(self) -> Iterator[Stand]:
        """All stands, in the order of the text; the same may come more than once."""
        before: list[str] = []
        recent: list[tuple[int, Stand]] = []
        number = 0
        blocks = self.told.page.blocks
        for place, block in enumerate(blocks):
            for sentence in block.sentences():
                number += 1
                recent = [pair for pair in recent if number - pair[0] <= _BACK]
                found = self._in_sentence(block, sentence)
                found += contrasted(found, recent[-1][1] if recent else None, block, sentence)
                found.sort(key=lambda s: s.head.i)
                for stand in found:
                    self._point(stand, sentence, before, [earlier for _, earlier in recent])
                    recent.append((number, stand))
                    stand.holders = stand.holders or self._reported(stand)
                    if stand.holders:
                        yield stand
                if sentence.end == len(block.doc):
                    yield from bulleted(found, sentence, blocks[place + 1 : place + 13])
                before = [*before, self.told.page.quote(block.place(sentence))][-_BACK:]

    def _in_sentence(self, block: Block, sentence: Span) -> list[Stand]:
        found: list[Stand] = []
        covered: set[int] = set()
        if not _asks(sentence):
            self._by_words(block, sentence, found, covered)
            for token in sentence:
                if (token.pos_ == "AUX" or is_verb(token)) and token.i not in covered:
                    self._by_clause(token, block, found, covered)
        for stand in found:
            stretch(stand, sentence)
            stand.content = with_antecedent(stand.content)
            if stand.stance in _KEPT and _is_secret(stand.content):
                stand.stance = "rejects"  # secrecy refuses disclosure
        listed = announced(block, sentence, self.voices, covered)
        if listed is not None:
            found.append(listed)
            covered |= listed.covered
        for stand in self._own.fragments(block, sentence, covered):
            found.append(stand)
        if all(s.stance != "conditions" for s in found):
            for stand in found:
                self._condition(stand, sentence)
        for stand in found:
            if stand.stance == "conditions" and stand.form not in ("fragment", "list", "noun", "contrast"):
                waits = [*stand.whole, *condition_tokens(stand.head, sentence)]
                low, high = min(t.i for t in waits), max(t.i for t in waits)
                if high - low < _LONGEST:
                    stand.whole = list(sentence.doc[low : high + 1])
        return found

    def _by_words(self, block: Block, sentence: Span, found: list[Stand], covered: set[int]) -> None:
        """By words of stance."""
        for trigger in triggers_in(sentence):
            if trigger.head.i in covered and not self._of_another(trigger, block):
                continue
            if is_hypothetical(trigger.head):
                continue
            judged = trigger.form == "verb" and trigger.head.lower_ in forms_of("judging")
            stand = (self._own.judged(trigger.head, block) if judged else None) or self._lexical.of(trigger, block)
            if stand is not None:
                found.append(stand)
                covered |= stand.covered

    def _by_clause(self, token: Token, block: Block, found: list[Stand], covered: set[int]) -> None:
        """By what the clause of a verb says without such a word."""
        if is_hypothetical(token):
            return
        for read in (self._elliptic, self._own.moved, self._own.judged, self._own.predicate, self._clauses.of):
            stand = read(token, block)
            if stand is not None:
                found.append(stand)
                covered |= stand.covered
                return

    def _elliptic(self, verb: Token, block: Block) -> Stand | None:
        return elliptic(verb, block, self.voices)

    def _of_another(self, trigger: Trigger, block: Block) -> bool:
        """Whether a word inside another stand is of a stand of its own, by a holder that is named with it."""
        if trigger.form == "verb" and trigger.head.dep_ in ("relcl", "acl", "conj"):
            return bool(self.voices.parties_at(next(iter(subjects_of(trigger.head)), trigger.head), block))
        return trigger.form == "noun" and bool(self.voices.owners(trigger.head, block))

    def _reported(self, stand: Stand) -> list[int]:
        """Who holds a stand whose subject is a bare pronoun in reported speech: "said it was willing to …"."""
        index = stand.statement if stand.statement is not None else self._statement_of(stand)
        if index is None or stand.form == "noun":
            return []
        statement = self.told.statements[index]
        party = self.voices.speaking(index)
        subject = self.voices.subject_of(stand.head)
        if party is None or subject is None:
            return []
        if subject.lower_ in _THIRD and statement.kind != "direct" and not self._named(subject, stand.block):
            return [party]
        own = any(c.dep_ == "poss" and c.lower_ in _OWN and not self._named(c, stand.block) for c in subject.children)
        return [party] if own and subject.lower_ in lexicon.words("stances", "own_side") else []

    def _statement_of(self, stand: Stand) -> int | None:
        return self.voices.statement_at(stand.block.start + stand.content[-1].idx)

    def _named(self, token: Token, block: Block) -> bool:
        """Whether a pronoun is known to stand for somebody of another party."""
        return bool(self.voices.parties_at(token, block))

    def _point(self, stand: Stand, sentence: Span, before: list[str], recent: list[Stand]) -> None:
        """Content that only points back ("it", "the idea") is about the stand, or the words, before it."""
        if not is_pointing(stand.content, self.told.issues.scores(self.told.page.quote(_span(stand)))):
            return
        start = stand.block.start + min(stand.content[0].idx, stand.head.idx)
        earlier = self.told.page.text[stand.block.start + sentence.start_char : start]
        if self.told.issues.scores(earlier):
            stand.points = earlier
        else:
            stand.points = next((words for words in reversed(before) if self.told.issues.scores(words)), "")
        stand.after = next((s for s in reversed(recent) if s.holders != stand.holders), recent[-1] if recent else None)

    def _condition(self, stand: Stand, sentence: Span) -> None:
        if stand.stance not in _CONDITIONED or stand.form in (
            "noun",
            "fragment",
            "answer",
            "figure",
            "judgement",
            "contrast",
        ):
            return
        strength = condition_on(stand.head, sentence)
        if (stand.stance == "rejects" and strength in ("weak", "without") and stand.form != "predicate") and any(
            t.lower_ == "without" for t in stand.content
        ):
            strength = "strong"  # "will sign nothing without …"
        if strength == "strong" or (strength == "weak" and stand.stance in ("accepts", "open_to")):
            stand.stance = "conditions"


def _span(stand: Stand) -> tuple[int, int]:
    return stand.block.place_of(stand.content[0], stand.content[-1])


def _is_secret(tokens: list[Token]) -> bool:
    """Whether words tell that something is to be kept from the public."""
    said = " ".join(t.lower_ for t in tokens if not t.is_punct)
    return any(phrase in said for phrase in lexicon.words("stances", "secrecy"))


def _asks(sentence: Span) -> bool:
    """Whether a sentence is a question."""
    return any(t.text == "?" for t in sentence[-3:])


__all__ = ["StanceReader", "Stand", "is_hypothetical", "predicate_of"]
