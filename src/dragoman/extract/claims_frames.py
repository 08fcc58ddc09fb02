"""Who is meant next to the words of a set frame, and of which day and kind of encounter a sentence tells."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from dragoman.extract.claims_words import Report, Said, phrases
from dragoman.extract.findings import ClaimFound
from dragoman.extract.lexicon import words
from dragoman.extract.phrase_list import PhraseList
from dragoman.extract.time_words import times_in

BACK = 3
"""Sentences before one in which its day is looked for."""
NOT = re.compile(r"\b(?:not|never|nor|nobody|neither|no longer|denied|denies)\b|n[’']t\b", re.IGNORECASE)
AHEAD = re.compile(r"\b(?:will|would|shall|is to|are to|may|might|should|could|plans? to|due to)\b", re.IGNORECASE)
UNREAL = re.compile(r"\b(?:if|unless|whether|in case|had .{3,30} been)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[;:–—]|, (?:but|while|and|whereas|who|which)\b|\b(?:while|whereas|although|after|because|since)\b"
)
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:said|says|told [^,.;]{0,25}|announced|confirmed|reported|stressed|wrote|added|statement|press conference)"
    r"\s+(?:late |early )?(?:on |in )?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^a-z]{2,}.{0,50}?[–—-] ")


@functools.cache
def any_of(key: str) -> PhraseList:
    """The phrases under a key of the lexicon."""
    return phrases(key)


def claim_of(
    report: Report, sentence: Said, kind: str, unit: str | None, actors: Iterable[int], denied: bool = False
) -> ClaimFound:
    """A claim of a sentence: `kind` and `unit` name the question, `actors` whom the answer names."""
    about = {*times_of(report, sentence), *manner(sentence)}
    if AHEAD.search(sentence.text):
        about.add("^ahead")
    found = ClaimFound(kind, [], sentence.text, [sentence.place], unit=unit, denied=denied, about=sorted(about))
    found.actors = sorted(set(actors))
    found.teller = teller_of(report, sentence)
    if kind == "asked":
        found.question = {
            "break": "who ended it", "delay": "who asked for another date", "call": "who asked for the call",
        }.get(unit or "", "who asked for the meeting")  # fmt: skip
    return found


def times_of(report: Report, sentence: Said) -> list[str]:
    """The days that a sentence names, marked as such; else those of the sentences before it, marked as less sure."""
    own = days_in(sentence)
    if own:
        return [f"@={day}" for day in own]
    for other in report.before(sentence, BACK):
        near = days_in(other)
        if near:
            return [f"@~{day}" for day in near[:2]]
    return []


def days_in(sentence: Said) -> list[str]:
    """The expressions in a sentence that name a day or a week; that of a dateline is the day of writing."""
    text, start = sentence.text, 0
    if not sentence.at:
        dash = _DATELINE.match(text)
        start = dash.end() if dash is not None else 0
    return [
        t.text
        for t in times_in(text)
        if t.start >= start
        and t.form != "anchored"
        and _SAYING.search(text[: t.start]) is None
        and not (t.form == "calendar" and t.day is None)
        and t.unit not in ("year", "month", "decade", "quarter")
    ]


def manner(sentence: Said) -> set[str]:
    """How and by whom an encounter is held, where that tells it from others."""
    return {f"^{key}" for key in ("by_phone", "by_video", "experts", "alone") if words("claims", key) & sentence.words}


def has(sentence: Said, *keys: str) -> bool:
    """Whether a sentence has a word under one of these keys of the lexicon."""
    return any(words("claims", key) & sentence.words for key in keys)


def teller_of(report: Report, sentence: Said) -> int | None:
    """The side whose words a sentence gives, if it is one."""
    voices = sorted(v for v in sentence.speakers if isinstance(v, int))
    return voices[0] if len(voices) == 1 else None


def sides_in(report: Report, sentence: Said) -> list[int]:
    """The sides that a sentence names."""
    return sorted({report.side(a) for a in report.actors(sentence.place)})


def people_in(report: Report, sentence: Said, start: int, end: int) -> list[int]:
    """The persons meant between two offsets into a sentence, in order; pronouns left out where a name is there."""
    at = sentence.place[0]
    found = report.told.cast.within(at + start, min(at + end, sentence.place[1]))
    actors = report.told.cast.actors
    owners = ("’s", "'s")  # whose adviser, not who
    people = [
        m for m in found if actors[m.actor].kind == "person" and not report.told.page.text.startswith(owners, m.end)
    ]
    named = [m for m in people if m.form != "pronoun"]
    return list(dict.fromkeys(m.actor for m in named or people))


def side_before(report: Report, sentence: Said, position: int) -> int | None:
    """The side that stands nearest before an offset, in its clause; "we" is the side that speaks."""
    text = sentence.text[:position]
    low = max((m.end() for m in _BREAK.finditer(text)), default=0)
    found = side_in(report, sentence, low, position, last=True)
    return found if found is not None else side_in(report, sentence, max(0, position - 80), position, last=True)


def side_after(report: Report, sentence: Said, position: int) -> int | None:
    """The side named first after an offset into a sentence."""
    return side_in(report, sentence, position, position + 70)


def side_in(report: Report, sentence: Said, start: int, end: int, last: bool = False) -> int | None:
    """The side named first, or last, between two offsets into a sentence; "we" is the side that speaks."""
    at = sentence.place[0]
    found = report.told.cast.within(at + start, min(at + end, sentence.place[1]))
    actors = [m.actor for m in found]
    words_ = sentence.text[start:end]
    if _WE.search(words_) and (not actors or last):
        we = teller_of(report, sentence)
        if we is not None:
            return we
    if not actors:
        return None
    return report.side(actors[-1] if last else actors[0])
