"""The answers that a text gives to questions which it, or another text, may answer differently.

Claims of different documents are compared only where they share a key; see `dragoman.resolve.claims`. Their kinds:

* told, gainsaid: two halves of a contradiction inside the document (`answers` joins them)
* number: how many or how much of something
* deed: somebody did something, or (`denied`) did not
* asked: who asked for an encounter, a break …
* first: the first of its kind since some year, or (`denied`) that it is not
* words: what somebody said, in quotation marks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from dragoman.extract.claims_answers import answers
from dragoman.extract.claims_antecedents import ENCOUNTERS
from dragoman.extract.claims_deeds import asked, deeds, firsts
from dragoman.extract.claims_numbers import numbers_in
from dragoman.extract.claims_said import broken_firsts, utterances
from dragoman.extract.claims_words import Report, Said, concept
from dragoman.extract.findings import ClaimFound, SpanT
from dragoman.extract.told import Told

MOST_CONCEPTS = 8
"""Concepts of which the keys of one claim are made: longer sentences would be found by anything."""

MOST_KEYS = 160
"""Keys by which a denial is found from a deed told elsewhere."""

WHOLE = frozenset({"denial", "untrue", "none such"})
"""Rules whose second half says itself what is denied."""

_SPACE = re.compile(r"\s+")


def find_claims(told: Told) -> list[ClaimFound]:
    """The claims of a page: pairs that gainsay each other first, then single ones, in the order of the text.

    Args:
        told: the page with its actors and statements.
    """
    report = Report(told)
    claims: list[ClaimFound] = []
    for answer in answers(report):
        about = answer.about | _about(report, answer.second) if answer.rule in WHOLE else answer.about
        keys = _pairs("a", about)
        second = ClaimFound("gainsaid", keys, _words(report, answer.second), answer.second, rule=answer.rule)
        second.denied = answer.kind == "conflict"
        both = [second]
        if answer.first:
            second.answers = len(claims)
            first = ClaimFound("told", keys, _words(report, answer.first), answer.first, rule=answer.rule)
            both.insert(0, first)
        for claim in both:
            claim.about = sorted(about)
            claim.actors = _sides(report, claim.spans)
            claims.append(claim)
        second.actors = sorted({*second.actors, *(a for span in second.spans for a in report.actors(span))})
        second.keys = keys + [f"d:{a}:{b}" for a in sorted(about) for b in sorted(about) if a != b][:MOST_KEYS]
        second.keys += [f"d:{c}" for c in sorted(about & ENCOUNTERS)]
    for sentence in report.sentences:
        claims += _numbers(report, sentence)
        for found in (*deeds(report, sentence), *asked(report, sentence), *firsts(report, sentence)):
            found.value = _words(report, found.spans)
            found.teller = _teller(report, sentence)
            claims.append(found)
    claims += utterances(report)
    claims += broken_firsts(report, len(claims))
    return claims


def _numbers(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    for number in numbers_in(sentence):
        if not number.unit or not number.about:
            continue
        with_unit = {":".join(sorted((number.unit, c))) for c in number.about if c != number.unit}
        keys = sorted({*(f"n:{pair}" for pair in with_unit), *_pairs("n", number.about)})
        about = number.about | report.anchors(sentence)
        if number.verb is not None:
            about |= {f"!{concept(number.verb.lower_)}"}
        yield ClaimFound(
            "number",
            keys,
            _words(report, [sentence.place]),
            [sentence.place],
            number=number.value,
            unit=number.unit,
            exact=number.exact,
            about=sorted(about),
            actors=_sides(report, [sentence.place]),
            teller=_teller(report, sentence),
            rule=number.stance,
        )


def _about(report: Report, spans: list[SpanT]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for sentence in report.sentences:
        if any(a < sentence.place[1] and sentence.place[0] < b for a, b in spans):
            found |= sentence.about
    return found


def _pairs(kind: str, about: Iterable[str]) -> list[str]:
    """A key for each two concepts."""
    chosen = sorted(about, key=lambda c: (-len(c), c))[:MOST_CONCEPTS]
    return [f"{kind}:{a}:{b}" for a, b in combinations(sorted(chosen), 2)]


def _sides(report: Report, spans: list[SpanT]) -> list[int]:
    return sorted({report.side(actor) for span in spans for actor in report.actors(span)})


def _teller(report: Report, sentence: Said) -> int | None:
    voices = sorted(v for v in sentence.speakers if isinstance(v, int))
    return voices[0] if len(voices) == 1 else None


def _words(report: Report, spans: list[SpanT]) -> str:
    return _SPACE.sub(" ", " … ".join(report.told.page.quote(span) for span in spans)).strip()
