"""What is found where a sentence tells of an agreement, and what hangs on its words in the parse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.extract.agreement_words import among
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token

NEW, OLD, LINK, PROMISE, EXCHANGE = "new", "old", "link", "promise", "exchange"
SUBJECTS = ("nsubj", "nsubjpass")

YEAR = re.compile(r"(?:19|20)\d\d$")

_VAGUE = frozenset(
    {
        "much",
        "point",
        "need",
        "importance",
        "nothing",
        "necessity",
        "principle",
        "urgency",
        "little",
        "everything",
        "him",
        "her",
        "them",
        "me",
        "us",
        "it",
        "that",
        "this",
    }
)

BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "’s", "'re"})


@dataclass(slots=True)
class Seed:
    """A place that tells of an agreement.

    `pieces` are the spans of its content; `span` the clause that is cited; `noun` the word for the agreement, if there
    is one, `definite` whether it points back ("the deal"), `dated` whether it has a year or day of its own; `told` what
    became of it where that is part of the sign, `own` that it is an agreement by itself though it names a part of one,
    `alone` that only one side is told to agree or promise, which counts only beside an agreement of both;
    `apart` that each piece is an agreement of its own even where they are of one issue.
    """

    block: Block
    sentence: Span
    trigger: Token
    kind: str
    span: SpanT
    pieces: list[SpanT]
    noun: str | None = None
    definite: bool = False
    dated: bool = False
    past: bool = False
    present: bool = False
    denied: bool = False
    vague: bool = False
    joined: bool = False
    told: str | None = None
    own: bool = False
    alone: bool = False
    apart: bool = False


def clause_is(verb: Token, dep: str) -> bool:
    """Whether a clause of this kind hangs on a verb, after it."""
    return any(c.dep_ == dep and c.i > verb.i for c in verb.children)


def dated_by(noun: Token) -> bool:
    """Whether a noun has a year or a day of its own: "the accord of 2019", "last March's truce"."""
    for child in noun.children:
        if YEAR.match(child.text) or among("standing", child.lower_):
            return True
        if child.dep_ in ("prep", "acl", "relcl") or child.dep_ == "poss":
            for token in child.subtree:
                if token.i - noun.i > 14:
                    break
                if YEAR.match(token.text) or (token.lower_ in _TIMES and child.dep_ != "relcl"):
                    return True
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    return (
        after is not None
        and after.lower_ in ("of", "in")
        and any(YEAR.match(t.text) for t in noun.doc[noun.i + 2 : noun.i + 5])
    )


_TIMES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "spring", "summer", "autumn", "winter", "easter", "christmas", "ago", "last",
    "earlier", "decade", "century",
})  # fmt: skip


def subjects_over(verb: Token) -> list[Token]:
    """The subjects of a verb, or of the verb that it shares them with."""
    step, hops = verb, 0
    while hops < 4:
        own = [c for c in step.children if c.dep_ in SUBJECTS]
        if own or step.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep"):
            return own
        step, hops = step.head, hops + 1
    return []


def among_together(subjects: list[Token]) -> bool:
    """Whether subjects are several sides: joined names, "both", "the two", a plural of those who negotiate."""
    for subject in subjects:
        if any(t.dep_ == "conj" and t.pos_ in ("NOUN", "PROPN") and t.i < subject.head.i for t in subject.subtree):
            return True
        first = subject.left_edge
        if first.i > 1 and first.nbor(-1).lower_ == "and" and first.nbor(-2).pos_ in ("PROPN", "NOUN"):
            return True  # the parser has torn "A and B" apart
        if any(t.lower_ in ("both", "two") for t in subject.subtree if abs(t.i - subject.i) < 6):
            return True
        if among("together", subject.lower_) and (
            subject.tag_ in ("NNS", "NNPS", "PRP", "CD", "DT") or subject.lower_ in ("both", "two", "all", "neither")
        ):
            return True
        if any(c.lower_ in ("both", "two", "all", "each", "three") for c in subject.lefts):
            return True
    return False


def single_person(subjects: list[Token]) -> bool:
    """Whether one person, or one thing, is the only subject."""
    return (
        bool(subjects)
        and not among_together(subjects)
        and subjects[0].tag_ in ("NNP", "NN", "PRP")
        and subjects[0].lower_ not in ("they", "we", "it")
    )


def deontic(verb: Token) -> bool:
    """Whether a clause says what will or shall be, not what is."""
    aux = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a in ("will", "would", "shall", "should", "must", "may", "'ll", "can", "could") for a in aux):
        return not (
            verb.lower_ in ("be", "have")
            and "would" in aux
            and not any(c.dep_ in ("acomp",) for c in verb.children)
            and any(c.lower_ in ("useful", "wrong", "mistake") for c in verb.children)
        )
    if "to" in aux or verb.tag_ == "VB":
        return True
    return verb.tag_ in ("VBZ", "VBP") and verb.lower_ not in BE | {"has", "have", "needs", "need", "seems", "remains"}


def infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return verb.pos_ in ("VERB", "AUX") and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def empty(token: Token) -> bool:
    """Whether a word says nothing of what was agreed: "the need for", "nothing"."""
    return token.lower_ in _VAGUE or any(c.lower_ in ("no", "nothing") for c in token.lefts)


def has_no(verb: Token) -> bool:
    """Whether a verb is negated."""
    return any(c.dep_ == "neg" for c in verb.children)


def conjoined(head: Token) -> list[Token]:
    """A head and the verbs or nouns that are joined to it."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.i > head.i:
            found += conjoined(child)
    return found


def stretch(head: Token, others: Iterable[Token] = ()) -> tuple[int, int]:
    """The indices of the first and last token of a head's phrase, without what is joined to it.

    Reporting clauses ("…, X said") and clauses run on with a semicolon are left out.
    """
    first = last = head.i
    stop = {t.i for t in others}
    waiting = [head]
    while waiting:
        token = waiting.pop()
        first, last = min(first, token.i), max(last, token.i)
        for child in token.children:
            if child.i in stop or child.dep_ in ("parataxis", "cc", "preconj"):
                continue
            if child.dep_ in ("ccomp", "advcl", "relcl", "conj") and token == head and child.i < head.i:
                continue
            waiting.append(child)
    while last > first and head.doc[last].is_punct:
        last -= 1
    while first < last and head.doc[first].is_punct:
        first += 1
    return first, last


def made_seed(
    verb: Token, block: Block, sentence: Span, kind: str, heads: list[Token], subjects: list[Token],
    noun: str | None = None, definite: bool = False, dated: bool = False, denied: bool = False, vague: bool = False,
) -> Seed:  # fmt: skip
    """A seed whose clause runs from its subject to the end of its content."""
    pieces = []
    low, high = verb.i, verb.i
    for head in heads:
        first, last = stretch(head, [h for h in heads if h != head])
        first, last = max(first, sentence.start), min(last, sentence.end - 1)
        low, high = min(low, first), max(high, last)
        pieces.append(block.place_of(sentence.doc[first], sentence.doc[last]))
    for subject in subjects:
        if sentence.start <= subject.i < sentence.end:
            a, b = stretch(subject)
            low, high = min(low, max(a, sentence.start)), max(high, b if b < verb.i else high)
    high = min(high, sentence.end - 1)
    for token in sentence.doc[low : min(low + 14, verb.i)]:  # "PORT TOWN, May 3 (Agency) – "
        dash = token.text in ("-", "–", "—", "--") and token.i > low and token.i + 1 < verb.i
        if dash and low == sentence.start and token.whitespace_ and token.nbor(-1).whitespace_:
            low = token.i + 1
            break
    edge = block.start + sentence.doc[low].idx
    pieces = [(max(a, edge), b) if b > edge else (a, b) for a, b in pieces]
    return Seed(
        block, sentence, verb, kind, block.place_of(sentence.doc[low], sentence.doc[high]), pieces, noun, definite,
        dated, denied=denied, vague=vague, joined=among_together(subjects),
    )  # fmt: skip
