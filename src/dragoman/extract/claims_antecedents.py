"""What a denial answers: the earlier sentence of a report that it stands against."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.claims_clauses import is_past, is_unreal
from dragoman.extract.claims_words import Report, Said, concept, negated, trimmed
from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.offices import singular
from dragoman.extract.parsed import Token

BACK = 8
"""Sentences: how far back a denial with words of its own may answer."""

ENCOUNTERS = frozenset({concept("meet"), concept("call"), concept("talk")})
"""What two sides do together, which a denial needs no more words to point at."""

POINTING = frozenset({"it", "that", "this", "them", "these", "those", "which", "all"})
"""Words by which a denial points back."""


@dataclass(slots=True)
class Answer:
    """What is said, and what is said against it; `rule` names how they were found.

    `first` is empty where what is denied is not in the text.
    """

    rule: str
    first: list[SpanT]
    second: list[SpanT]
    about: frozenset[str]
    kind: str = "conflict"


def against(
    report: Report, sentence: Said, mark: Token, below: Token, inside: frozenset[str], rule: str
) -> Answer | None:
    """The denial with what it answers: an earlier sentence, the claim told inside it, or the sentence before it."""
    if inside:
        found = earlier(report, sentence, inside, BACK, min(2, len(inside)))
        if found is None and inside & ENCOUNTERS:
            found = told_encounter(report, sentence, inside & ENCOUNTERS)
        if found is None:
            near = earlier(report, sentence, inside, 2, (len(inside) + 1) // 2)
            found = near if near is not None and near.paragraph == sentence.paragraph else None
        if found is not None:
            return Answer(rule, _whole(report, found, sentence), [sentence.place], inside)
        clause = next((c for c in below.children if c.dep_ in ("acl", "ccomp", "relcl", "appos", "prep")), None)
        if is_report(below) and clause is not None and len(inside) >= 2:
            inner = sentence.block.place_of(below.left_edge, below.right_edge)
            ahead = sentence.block.at(mark)[0] < inner[0]
            second = (sentence.place[0], inner[0]) if ahead else (inner[1], sentence.place[1])
            cut = trimmed(report.told.page.text, second)
            if cut is not None:
                return Answer(rule, [inner], [cut], inside)
        if sentence.statements or report.actors(sentence.place):
            return Answer(rule, [], [sentence.place], inside)  # what it denies may stand in another document
        return None
    if below.lower_ in POINTING or is_report(below):
        found = previous(report, sentence)
        said = found is not None and (found.statements or sentence.statements)
        if found is not None and (said or (rule == "denial" and found.paragraph == sentence.paragraph)):
            first = [found.place]
            before = previous(report, found)
            if len(found.about) < 3 and before is not None and before.paragraph == found.paragraph:
                first.insert(0, before.place)  # "We met on Monday. It was he who had asked. Now they deny it."
            return Answer(rule, first, [sentence.place], found.about)
    return None


def _whole(report: Report, found: Said, sentence: Said) -> list[SpanT]:
    """A sentence that is denied; one of a few words ("Now the observers.") with those that say what it announces."""
    if sum(t.is_alpha for t in found.span) > 3 or found.paragraph != sentence.paragraph:
        return [found.place]
    return [s.place for s in report.sentences[found.at : sentence.at]]


def earlier(report: Report, sentence: Said, inside: frozenset[str], most: int, least: int) -> Said | None:
    """The earlier sentence with most of these words that the same side does not say; the nearest of several."""
    best: tuple[float, Said] | None = None
    for other in report.before(sentence, most):
        shared = len(other.about & inside)
        if shared < least or (other.speakers and other.speakers <= sentence.speakers and sentence.speakers):
            continue
        weight = shared - 0.2 * (sentence.at - other.at)
        if best is None or weight > best[0]:
            best = weight, other
    return best[1] if best is not None else None


def told_encounter(report: Report, sentence: Said, which: frozenset[str]) -> Said | None:
    """The sentence by another side, anywhere before, that tells as past of an encounter of this sort."""
    mine = {report.side(a) for a in report.actors(sentence.place)}
    for other in report.before(sentence, len(report.sentences)):
        if not other.about & which or (other.speakers and other.speakers <= sentence.speakers):
            continue
        verbs = [t for t in other.span if t.pos_ == "VERB" and concept(t.lower_) in which]
        together = any(t.lower_ in ("each", "together", "myself") for t in other.span)
        if any(is_past(v) and not negated(v) and not is_unreal(v) for v in verbs) and (
            together or len(mine & {report.side(a) for a in report.actors(other.place)}) > 1
        ):
            return other
    return None


def previous(report: Report, sentence: Said) -> Said | None:
    """The sentence before one, in its paragraph or at the end of the one before."""
    if not sentence.at:
        return None
    found = report.sentences[sentence.at - 1]
    if sentence.paragraph - found.paragraph > 1 or sum(t.is_alpha for t in found.span) < 3:
        return None
    return found


def following_one(report: Report, sentence: Said) -> Said | None:
    """The sentence after one, in its paragraph or at the beginning of the next."""
    if sentence.at + 1 >= len(report.sentences):
        return None
    found = report.sentences[sentence.at + 1]
    return found if found.paragraph - sentence.paragraph <= 1 else None


def is_report(token: Token) -> bool:
    """Whether a word is for something that has been said, or points back to it."""
    return singular(token.lower_) in words("claims", "reports") or token.lower_ in POINTING
