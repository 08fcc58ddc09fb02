"""What a text says was done or was not, who asked for it, and what it calls the first of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.extract.claims_antecedents import ENCOUNTERS
from dragoman.extract.claims_clauses import is_past, is_unreal
from dragoman.extract.claims_words import Report, Said, concept, concepts, negated
from dragoman.extract.findings import ClaimFound
from dragoman.extract.parsed import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_FIRST = re.compile(
    r"\bfirst\b[^.;:!?]{0,80}?\bsince\b[^.;:!?]{0,90}\b(?P<year>(?:19|20)\d\d)\b|"
    r"\bfirst since (?P<year2>(?:19|20)\d\d)\b"
)
_DOUBT = re.compile(
    r"\b(?:not|n't|n’t|never|no,|stop (?:writing|saying|calling|claiming)|wrong(?:ly)?|forg[eo]t\w*|untrue|hardly|"
    r"contrary)\b",
    re.IGNORECASE,
)


def deeds(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """What was done, as told in past tense or perfect, with what was denied to have been done.

    Only clauses with some words of their own are taken: two deeds are told to be one by these.
    """
    for verb in sentence.span:
        if verb.pos_ != "VERB" or verb.dep_ in ("amod", "acl", "compound") or not is_past(verb) or is_unreal(verb):
            continue
        clause = _clause(verb)
        root = concept(verb.lower_)
        about = concepts(clause) | concepts([verb])
        met = root in ENCOUNTERS
        if (len(about) < 2 and not met) or root not in about:
            continue
        sides = _actors(report, sentence, clause)
        about |= report.anchors(sentence)
        if met and sentence.at:  # "On Monday I was in Arle. I did not meet him."
            before = report.sentences[sentence.at - 1]
            about |= report.anchors(before) if before.paragraph == sentence.paragraph else frozenset()
        yield ClaimFound(
            "deed",
            [],
            "",
            [sentence.place],
            denied=negated(verb),
            about=sorted(about),
            actors=sides,
            unit=root,
        )


def firsts(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """ "the first strike since 1998", and "it was not the first since 1998"."""
    match = _FIRST.search(sentence.text) if {"first", "since"} <= sentence.words else None
    if match is None:
        return
    year = match["year"] or match["year2"]
    denied = _DOUBT.search(sentence.text[: match.end() + 60]) is not None
    yield ClaimFound(
        "first",
        [],
        "",
        [sentence.place],
        number=float(year),
        denied=denied,
        about=sorted(sentence.about),
        actors=_sides(report, sentence, list(sentence.span)),
        unit=year,
    )


def _side(report: Report, sentence: Said, token: Token) -> int | None:
    """The one side that the words around a token mean."""
    own = [token, *(c for c in token.children if c.dep_ in ("compound", "amod", "poss", "nmod"))]
    found: list[int] = []
    for word in sorted(own, key=lambda t: t.i):
        start, end = sentence.block.at(word)
        found += [
            report.side(m.actor)
            for m in report.told.cast.within(start - 40, end + 40)
            if m.start < end and start < m.end
        ]
    if not found and token.lower_ in report.told.cast.called:  # "the union", "the airline"
        found.append(report.side(report.told.cast.called[token.lower_]))
    return found[-1] if found else None


def _sides(report: Report, sentence: Said, tokens: list[Token]) -> list[int]:
    places = {sentence.block.at(t)[0] for t in tokens}
    return sorted(
        {
            report.side(m.actor)
            for m in report.told.cast.within(*sentence.place)
            if any(m.start <= p < m.end for p in places)
        }
    )


def _actors(report: Report, sentence: Said, tokens: list[Token]) -> list[int]:
    """The actors that some words mean, themselves: who met whom is not a matter of sides."""
    places = {sentence.block.at(t)[0] for t in tokens}
    mentions = report.told.cast.within(*sentence.place)
    return sorted({m.actor for m in mentions if any(m.start <= p < m.end for p in places)})


def _clause(verb: Token) -> list[Token]:
    found, rest = [], [verb]
    while rest:
        token = rest.pop()
        found.append(token)
        rest += [
            c
            for c in token.children
            if not (c.pos_ in ("VERB", "AUX") and c.dep_ in ("ccomp", "advcl", "parataxis", "relcl", "conj"))
        ]
    return found
