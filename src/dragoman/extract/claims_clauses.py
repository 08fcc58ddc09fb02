"""What a verb of a claim says of time and truth, and what hangs on it."""

from __future__ import annotations

from dragoman.extract.claims_words import Said
from dragoman.extract.findings import SpanT
from dragoman.extract.parsed import Token


def object_of(verb: Token) -> Token | None:
    """What a verb is done to: its object, or the subject where it is in the passive."""
    return next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)


def is_finite(verb: Token) -> bool:
    """Whether a verb has an auxiliary, so that a participle is no mere attribute."""
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def is_past(verb: Token) -> bool:
    """Whether a verb tells of what was: past tense or perfect, or "did not …"."""
    if any(c.tag_ == "MD" for c in verb.children if c.dep_ in ("aux", "auxpass")):
        return False
    return verb.tag_ in ("VBD", "VBN") or any(c.lower_ in ("did", "had", "has", "have") for c in verb.children)


def is_unreal(verb: Token) -> bool:
    """Whether a verb stands under a condition, a question or a modal."""
    step = verb
    for _ in range(4):
        if any(c.tag_ == "MD" or c.lower_ in ("if", "unless", "whether") for c in step.children):
            return True
        if step.head is step or step.dep_ not in ("ccomp", "conj", "advcl", "xcomp"):
            return False
        step = step.head
    return False


def place_of(sentence: Said, token: Token) -> SpanT:
    """The place in the text of a word with all that hangs on it."""
    return sentence.block.place_of(token.left_edge, token.right_edge)


def of_nobody(verb: Token) -> bool:
    """Whether a verb has a subject for everybody, so that the deed alone tells which it is: "nobody walked out"."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("nobody", "none") for c in verb.children)
