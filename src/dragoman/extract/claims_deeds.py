"""What a text says was done or was not, who asked for it, and what it calls the first of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.extract.claims_antecedents import ENCOUNTERS
from dragoman.extract.claims_clauses import is_past, is_unreal
from dragoman.extract.claims_words import Report, Said, concept, concepts, forms, negated
from dragoman.extract.findings import ClaimFound
from dragoman.extract.lexicon import words
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
            [f"d:{root}:{c}" for c in sorted(about - {root}) if c[0] != "@"] + [f"d:{root}"] * met,
            "",
            [sentence.place],
            denied=negated(verb),
            about=sorted(about),
            actors=sides,
            unit=root,
        )


def asked(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """Who asked for an encounter or for a break in it: "A had asked for the meeting", "at the request of A"."""
    for token in sentence.span:
        if token.pos_ == "VERB" and token.lower_ in forms("asking"):
            yield from _asked_by(report, sentence, token)
        elif token.lower_ in words("claims", "wish_nouns") and token.pos_ in ("NOUN", "PROPN"):
            yield from _wish_of(report, sentence, token)


def _asked_by(report: Report, sentence: Said, verb: Token) -> Iterator[ClaimFound]:
    if not is_past(verb) or is_unreal(verb):
        return
    what = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if what is None:
        preposition = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for"), None)
        what = next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition is not None else None
    if what is None:
        infinitive = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        what = infinitive if infinitive is not None and infinitive.lower_ in ("stop", "pause", "adjourn") else None
    if what is None or what.lower_ not in words("claims", "asked_for"):
        return
    by = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if by is None or by.lower_ in ("that", "which", "who"):
        by = verb.head if verb.dep_ in ("relcl", "acl") else by
        if by is not None and by.dep_ == "nsubj" and by.head.lower_ in ("was", "is"):
            pass
        cleft = verb.head if verb.dep_ in ("relcl", "ccomp") else None
        if cleft is not None and cleft.lower_ in ("was", "is"):  # "it was A that asked for the break"
            by = next((c for c in cleft.children if c.dep_ == "attr"), by)
    if by is None:
        return
    who = _side(report, sentence, by)
    if who is None:
        return
    yield _asking(report, sentence, what, who, negated(verb))


def _wish_of(report: Report, sentence: Said, noun: Token) -> Iterator[ClaimFound]:
    at = noun.head if noun.dep_ == "pobj" else None
    owner: Token | None = None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "from", "by")), None)
    if of is not None:
        owner = next((c for c in of.children if c.dep_ == "pobj"), None)
    if owner is None:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    about: Token | None = None
    if at is not None and at.lower_ in ("at", "on", "upon", "by"):
        verb = at.head
        if verb.pos_ not in ("VERB", "AUX"):
            return
        about = next(
            (c for c in verb.children if c.dep_ in (*_SUBJECTS, "dobj") and c.lower_ in words("claims", "asked_for")),
            None,
        )
    elif noun.dep_ == "nsubj" and noun.head.lower_ in ("came", "comes", "was", "is"):
        source = next((c for c in noun.head.children if c.dep_ == "prep" and c.lower_ == "from"), None)
        if source is not None:
            owner = next((c for c in source.children if c.dep_ == "pobj"), owner)
        about = next((t for t in sentence.span if t.lower_ in words("claims", "asked_for") and t.i != noun.i), None)
        about = about or noun
    if owner is None or about is None:
        return
    who = _side(report, sentence, owner)
    if who is not None:
        yield _asking(report, sentence, about, who, False)


def _asking(report: Report, sentence: Said, what: Token, who: int, denied: bool) -> ClaimFound:
    """The claim that one asked for something. A break is asked for by one word or another, and so is an encounter."""
    stop = concept(what.lower_) in {
        concept(w) for w in ("break", "adjournment", "postponement", "delay", "pause", "recess", "stop", "halt")
    }
    matter = "break" if stop else "encounter"
    around = concepts(sentence.span) | report.anchors(sentence)
    for near in report.sentences[max(0, sentence.at - 1) : sentence.at]:
        around |= near.about | report.anchors(near)
    return ClaimFound(
        "asked",
        [f"i:{matter}:{c}" for c in sorted(around)],
        "",
        [sentence.place],
        denied=denied,
        about=sorted(around),
        actors=[who],
        unit=matter,
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
        [f"f:{year}"],
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
