"""Whose voice a sentence is told in that names nobody: labels ("Ruhl: not before June") and free indirect speech.

"Ruhl said the offer was too low. Four per cent would have to be on the table by Friday." The second sentence is Ruhl's
too: nobody else is named in it, and it tells of what must, may or will not be (Banfield 1982 on represented speech).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.extract import lexicon
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token

if TYPE_CHECKING:
    from dragoman.extract.stance_holders import Voices

_MODAL = lexicon.words("holders", "represented")
_NEGATIVE = lexicon.words("holders", "negative")
_LABEL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PART", "NUM", "PUNCT", "SPACE", "SYM", "X", "ADP", "PRON"})
_LONGEST_LABEL = 8


class Heard:
    """Whose voice each sentence of a page is told in, where it names nobody."""

    def __init__(self, voices: Voices) -> None:
        """For the voices of a page."""
        self.voices = voices
        self._known: dict[tuple[int, int], int | None] = {}

    def at(self, block: Block, sentence: Span) -> int | None:
        """The party whose voice a sentence is told in, or None: its label's, else that of the sentence before it."""
        key = block.start, sentence.start
        if key not in self._known:
            self._known[key] = None
            labelled = self._label(block, sentence)
            self._known[key] = labelled if labelled is not None else self._going_on(block, sentence)
        return self._known[key]

    def _label(self, block: Block, sentence: Span) -> int | None:
        """The party of a label before a colon ("Government:", "Ruhl's spokesman:"), or of "For the union, …"."""
        first = sentence[0]
        if first.lower_ == "for":
            named = next((c for c in first.children if c.dep_ == "pobj"), None)
            comma = named is not None and any(t.text == "," for t in sentence.doc[named.i + 1 : named.i + 6])
            found = self.voices.parties_at(named, block) if named is not None and comma else []
            return found[0] if len(found) == 1 else None
        head: list[Token] = []
        for token in list(sentence)[:_LONGEST_LABEL]:
            if token.text == ":":
                break
            if token.pos_ not in _LABEL or token.text in '“”"':
                return None
            head.append(token)
        else:
            return None
        nouns = [t for t in head if t.pos_ in ("NOUN", "PROPN")]
        if not nouns:
            return None
        found = self.voices.parties_at(nouns[-1], block)
        return found[0] if len(found) == 1 else None

    def _going_on(self, block: Block, sentence: Span) -> int | None:
        if sentence.start == 0 or not _represented(sentence) or self._of_another(block, sentence):
            return None
        before = block.sentence(sentence.start - 1)
        ends = [t for t in before if not t.is_space]
        if ends and ends[-1].text == ":":
            return self._label(block, before)
        said = None
        for token in reversed(ends):
            said = self.voices.statement_at(block.start + token.idx)
            if said is None:
                said = self.voices.cued_at(block.start + token.idx)
            if said is not None:
                break
        if said is not None:
            return self.voices.speaking(said)
        for token in before:
            if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
                found = self.voices.parties_at(token, block)
                if found:
                    return found[0] if len(found) == 1 else None
        return self.at(block, before)

    def _of_another(self, block: Block, sentence: Span) -> bool:
        """Whether somebody is named as who acts or speaks in a sentence."""
        for token in sentence:
            if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ in ("ROOT", "ccomp"):
                named = any(m.form == "name" for m in self.voices.named(token, block))
                if named or token.pos_ == "PROPN":
                    return True
            said = self.voices.cued_at(block.start + token.idx)
            teller = self.voices.told.statements[said].speaker_text if said is not None else None
            if teller and teller.lower() not in ("he", "she", "they"):
                return True
        return False


def _represented(sentence: Span) -> bool:
    """Whether a sentence tells of what must, may or will not be, or is a mere fragment: what people say."""
    words = [t for t in sentence if not t.is_space and not t.is_punct]
    if not words or len(words) > 45:
        return False
    if any(t.lower_ in _MODAL or t.lower_ in _NEGATIVE or t.tag_ == "MD" for t in words):
        return True
    return not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in words)
