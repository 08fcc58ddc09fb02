"""The answers that a text gives to questions which it, or another text, may answer differently.

Claims of different documents are compared only where the documents share a key, a name of who negotiates, which stands
at the first claim; see `dragoman.resolve.claims`. Their kinds:

* told, gainsaid: two halves of a contradiction inside the document (`answers` joins them)
* number: how many or how much of something
* deed: somebody did something, or (`denied`) did not
* asked, led, came, lasted, round, since, outcome: of an encounter, see `dragoman.extract.claims_events`
* first: the first of its kind since some year, or (`denied`) that it is not
* words: what somebody said, in quotation marks
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.extract.claims_answers import answers
from dragoman.extract.claims_deeds import deeds, firsts
from dragoman.extract.claims_events import events, negotiated
from dragoman.extract.claims_numbers import Number, numbers_in
from dragoman.extract.claims_said import broken_firsts, name_key, utterances
from dragoman.extract.claims_words import Report, Said, concept
from dragoman.extract.findings import ClaimFound, SpanT
from dragoman.extract.told import Told

MOST_PARTIES = 3
MOST_PEOPLE = 3
"""Parties and persons of a report by whose names it is found when others are compared with it."""

WHOLE = frozenset({"denial", "untrue", "none such"})
"""Rules whose second half says itself what is denied."""


def find_claims(told: Told) -> list[ClaimFound]:
    """The claims of a page: pairs that gainsay each other first, then single ones, in the order of the text.

    Args:
        told: the page with its actors and statements.
    """
    report = Report(told)
    if not told.meetings and not negotiated(report):
        return []  # where nobody deals with anybody, there is no negotiation whose reports could differ
    claims: list[ClaimFound] = []
    for answer in answers(report):
        about = answer.about | _about(report, answer.second) if answer.rule in WHOLE else answer.about
        second = ClaimFound("gainsaid", [], _words(report, answer.second), answer.second, rule=answer.rule)
        second.denied = answer.kind == "conflict"
        both = [second]
        if answer.first:
            second.answers = len(claims)
            first = ClaimFound("told", [], _words(report, answer.first), answer.first, rule=answer.rule)
            both.insert(0, first)
        for claim in both:
            claim.about = sorted(about)
            claim.actors = _sides(report, claim.spans)
            claims.append(claim)
        second.actors = sorted({*second.actors, *(a for span in second.spans for a in report.actors(span))})
    for sentence in report.sentences:
        claims += _numbers(report, sentence)
        for found in (*deeds(report, sentence), *firsts(report, sentence)):
            found.value = _words(report, found.spans)
            found.teller = _teller(report, sentence)
            claims.append(found)
    for found in events(report):
        found.value = _words(report, found.spans)
        claims.append(found)
    claims += utterances(report)
    claims += broken_firsts(report, len(claims))
    if claims:
        claims[0].keys = _keys(told)
    return claims


def _keys(told: Told) -> list[str]:
    """The names by which reports on one negotiation find each other: of its parties and of those named most often."""
    actors = told.cast.actors
    named = Counter(m.actor for m in told.cast.mentions if actors[m.actor].kind == "person")
    people = [a for a, _ in sorted(named.items(), key=lambda n: (-n[1], n[0]))[:MOST_PEOPLE]]
    parties = sorted(told.cast.parties, key=lambda a: (actors[a].kind == "person", a))[:MOST_PARTIES]
    return sorted({f"p:{name_key(actors[a].name)}" for a in (*parties, *people)})


def _numbers(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    for number in numbers_in(sentence):
        if not number.unit or not number.about:
            continue
        about = number.about | report.anchors(sentence)
        if number.verb is not None:
            about |= {f"!{concept(number.verb.lower_)}"}
        if number.base is not None:
            about |= {f"%{number.base:g}"}
        yield ClaimFound(
            "number",
            [],
            _words(report, [sentence.place]),
            [sentence.place],
            number=number.value,
            unit=number.unit,
            exact=number.exact,
            about=sorted(about),
            actors=_sides(report, [sentence.place]),
            teller=_teller(report, sentence),
            rule=number.stance,
            question=_how_many(number),
        )


def _how_many(number: Number) -> str:
    """The question that a number answers, in words."""
    if number.unit == "percent":
        return "what share, or by how much"
    if number.noun is None or not number.noun.is_alpha:
        return "how much"
    own = [c.text for c in number.noun.children if c.dep_ in ("amod", "compound") and c.is_alpha and not c.like_num]
    named = " ".join([*own, number.noun.text])
    return f"how many {named}" if number.noun.tag_ in ("NNS", "NNPS") else f"how much {named}"


def _about(report: Report, spans: list[SpanT]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for sentence in report.sentences:
        if any(a < sentence.place[1] and sentence.place[0] < b for a, b in spans):
            found |= sentence.about
    return found


def _sides(report: Report, spans: list[SpanT]) -> list[int]:
    return sorted({report.side(actor) for span in spans for actor in report.actors(span)})


def _teller(report: Report, sentence: Said) -> int | None:
    voices = sorted(v for v in sentence.speakers if isinstance(v, int))
    return voices[0] if len(voices) == 1 else None


def _words(report: Report, spans: list[SpanT]) -> str:
    return " ".join(" … ".join(report.told.page.quote(span) for span in spans).split())
