"""Whether the text tells of an agreement as a fact: not as a wish, a plan, a condition, or with a "no"."""

from __future__ import annotations

from dragoman.extract.agreement_words import among, among_verbs
from dragoman.extract.parsed import Token

REAL, OPEN, NEGATED, DENIED, PLANNED = "real", "open", "negated", "denied", "planned"
_NONE = frozenset({"no", "nothing", "nobody", "neither", "none", "nor", "hardly", "barely", "little", "without", "few"})
_WHEN = frozenset({"before", "when", "after", "soon"})
_BEFORE = frozenset(
    {
        "without",
        "before",
        "until",
        "till",
        "for",
        "toward",
        "towards",
        "of",
        "at",
        "than",
        "against",
        "about",
        "despite",
        "like",
        "short",
    }
)


def reality(word: Token, noun: bool = False) -> str:
    """How the text tells of what a verb (or a noun that stands for it) means.

    The words on it and over it decide: negation, modal verbs, marks of condition, and the verbs, nouns and adjectives
    that leave open whether it comes about.

    Args:
        word: the verb, or the noun where `noun` is true.
        noun: the word is a noun; its determiners and what governs it count.
    """
    step, hops, last = word, 0, None
    if noun:
        if any(c.lower_ in ("no", "any", "neither", "without") for c in word.lefts):
            return DENIED if _denied(word) else NEGATED
        if any(c.dep_ in ("amod", "compound", "advmod") and among("wished", c.lower_) for c in word.lefts):
            return OPEN
    found = REAL
    while hops < 8:
        if step.pos_ in ("VERB", "AUX"):
            own = _of_verb(step, step == word)
            if own == NEGATED and last is not None and step.dep_ == "ROOT" and last.dep_ == "ccomp":
                own = None  # "did not say that they had agreed"
            if own is not None:
                return own
        if step.dep_ == "pobj" and step.head.lower_ in (
            "without",
            "despite",
            "toward",
            "towards",
            "against",
            "about",
            "short",
        ):
            return NEGATED if step.head.lower_ == "without" else OPEN
        if step.dep_ == "ROOT" or step.head == step:
            break
        head = step.head
        if (
            step.dep_ in ("advcl", "pcomp", "acl")
            and step.tag_ == "VBG"
            and head.pos_ == "ADP"
            and head.lower_ in _BEFORE
        ):
            return NEGATED if head.lower_ == "without" else OPEN
        last, step, hops = step, head, hops + 1
        if last.dep_ in ("conj",) and any(c.dep_ in ("nsubj", "nsubjpass") for c in last.children):
            break  # a clause of its own beside the other
        if last.dep_ in ("ccomp",) and _said(step):
            if among("denials", step.lower_):
                return DENIED
            if _has_negation(step) and step.lower_ in ("true", "mean", "case"):
                return NEGATED
            if last.tag_ in ("VBD", "VBN", "VBZ", "VBP") and not among("open", step.lower_):
                break
        if last.dep_ == "relcl" or (last.dep_ == "advcl" and last.tag_ not in ("VB", "VBG")):
            break
        if step.pos_ in ("VERB", "NOUN", "ADJ", "AUX") and step != word:
            if among_verbs("denials", step) and last.dep_ in ("dobj", "ccomp"):
                return DENIED
            governed = last.dep_ in ("xcomp", "dobj", "ccomp", "acl", "pobj", "prep", "pcomp", "acomp", "attr", "advcl")
            if governed and among_verbs("open", step) and not _settled(step, last):
                return OPEN
    return found


def _denied(word: Token) -> bool:
    """Whether somebody denies what a word means: "denied that a deal had been reached", "denied any"."""
    step = word
    for _ in range(5):
        if step.dep_ == "ROOT":
            break
        step = step.head
        if (
            step.pos_ in ("VERB", "AUX")
            and among_verbs("denials", step)
            and not step.lower_.startswith(("reject", "dismiss"))
        ):
            return not _has_negation(step)
    return False


def _said(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX", "ADJ", "NOUN")


def _settled(step: Token, last: Token) -> bool:
    """Whether a word that leaves things open does not do so here: "due to an agreement", "on time"."""
    if last.dep_ == "prep" and last.lower_ in (
        "by",
        "under",
        "after",
        "following",
        "since",
        "from",
        "because",
        "with",
        "in",
    ):
        return True
    return step.lower_ == "due"


def _has_negation(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("not", "never", "n't", "n’t") for c in verb.children)


def _of_verb(verb: Token, itself: bool) -> str | None:
    """What a verb's own words say of it; None where they say nothing."""
    children = list(verb.children)
    if _has_negation(verb) or any(c.dep_ in ("nsubj", "nsubjpass") and _none(c) for c in children):
        return NEGATED
    if itself and any(c.dep_ in ("dobj", "prep") and c.dep_ == "dobj" and _none(c) for c in children):
        return NEGATED
    if any(
        c.dep_ == "advmod" and c.lower_ in ("nearly", "almost", "hardly", "barely", "yet") and c.i < verb.i
        for c in children
    ):
        return OPEN
    first = verb
    if verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG") and verb.head.pos_ == "VERB":
        first = verb.head
    for aux in [
        *(c for c in children if c.dep_ in ("aux", "auxpass")),
        *(c for c in first.children if first != verb and c.dep_ == "aux"),
    ]:
        if among("modals", aux.lower_):
            return OPEN
        if aux.lower_ in ("will", "'ll", "’ll", "shall", "wo"):
            return PLANNED
    if any(c.dep_ in ("mark", "advmod") and among("marks", c.lower_) and c.i < verb.i for c in children):
        return OPEN
    mark = next((c.lower_ for c in children if c.dep_ in ("mark", "advmod") and c.i < verb.i and c.lower_ in _WHEN), "")
    if mark in _WHEN and verb.tag_ in ("VBP", "VBZ", "VB"):
        return OPEN
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in first.children)
    if to and first.dep_ in ("xcomp", "advcl", "acl", "relcl", "ccomp", "ROOT", "pcomp", "conj"):
        head = first.head
        if head.lower_ in (
            "managed",
            "manage",
            "succeeded",
            "able",
            "enough",
            "came",
            "went",
            "continued",
            "used",
            "proved",
            "happened",
            "found",
            "contrived",
        ):
            return NEGATED if _has_negation(head) else None
        if head.lower_ in ("have", "has", "had", "is", "are", "be", "was", "were", "yet"):
            return OPEN
        return OPEN if itself else None
    if itself and verb.tag_ == "VBG" and any(c.dep_ == "aux" for c in children):
        return OPEN  # "are signing"
    if itself and verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in _BEFORE:
        return NEGATED if verb.head.lower_ == "without" else OPEN
    return None


def _none(token: Token) -> bool:
    return token.lower_ in _NONE or any(
        c.lower_ in ("no", "neither", "nor", "few", "little") and c.dep_ in ("det", "preconj", "cc", "amod")
        for c in token.lefts
    )
