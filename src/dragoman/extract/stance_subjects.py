"""Subjects of verbs and predicates, followed through what leaves them out: sharing, control, relative clauses."""

from __future__ import annotations

from dragoman.extract.meeting_clauses import subjects_of, with_conjoined
from dragoman.extract.parsed import Token


def is_imperative(verb: Token) -> bool:
    """Whether a verb stands at the head of its sentence in its base form, without a subject."""
    return (
        verb.tag_ in ("VB", "VBP")
        and not subjects_of(verb)
        and verb.dep_ in ("ROOT", "ccomp", "conj")
        and not any(c.tag_ in ("MD", "TO") for c in verb.children)
    )


def subject_of(head: Token) -> Token | None:
    """The active subject of a verb, shared, controlled or its own; of an adjective, that of its copula."""
    step = head
    for _ in range(4):
        for child in with_conjoined(step):
            if child.dep_ in ("nsubj", "nsubjpass") and child != head:
                if child.lower_ in ("who", "which", "that") and step.dep_ == "relcl":
                    return step.head
                if child.lower_ in ("who", "which", "that") and step.head.dep_ == "relcl":
                    return step.head.head
                return child
        if step.dep_ == "acl":
            return step.head
        if (
            step.dep_ in ("acomp", "attr", "oprd", "xcomp", "conj", "prep", "pcomp", "advcl", "ccomp")
            and step.head != step
        ):
            if step.dep_ == "ccomp" and any(c.dep_ == "mark" for c in step.children):
                return None
            step = step.head
        else:
            return None
    return None
