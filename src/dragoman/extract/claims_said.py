"""Words that somebody is quoted with, and firsts that the same text breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dragoman.extract.claims_words import Report, Said
from dragoman.extract.findings import ClaimFound, MeetingFound, SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.quotes import MARKS
from dragoman.extract.time_words import times_in

LEAST = 1
"""Concepts that a quotation must have: "yes" is said of anything."""

_SINCE = re.compile(r"\bfirst\b[^.;:!?]{0,60}?\bsince\b", re.IGNORECASE)


def utterances(report: Report) -> list[ClaimFound]:
    """What is quoted, sentence by sentence, with whose words it gives."""
    found = []
    for sentence in report.sentences:
        if not any(mark in sentence.text for mark in MARKS - {"'", "’"}):
            continue
        for number in sentence.statements:
            statement = report.told.statements[number]
            if statement.speaker is None:
                continue
            places = [(max(a, sentence.place[0]), min(b, sentence.place[1])) for a, b in statement.content]
            places = [(a, b) for a, b in places if a < b and _quoted(report, (a, b))]
            about = sorted(sentence.about)
            if not places or len(about) < LEAST:
                continue
            found.append(
                ClaimFound(
                    "words",
                    [],
                    " ".join(report.told.page.quote(p) for p in places),
                    places,
                    about=about,
                    actors=[statement.speaker],
                    teller=statement.speaker,
                    statement=number,
                    question=f"what {report.told.cast.actors[statement.speaker].name} said",
                )
            )
    return found


def _quoted(report: Report, place: SpanT) -> bool:
    """Whether some words stand in quotation marks: an odd number of them opens before, in the paragraph."""
    block = next((b for b in report.told.page.blocks if b.start <= place[0] < b.end), None)
    if block is None:
        return False
    before = report.told.page.text[block.start : place[0]]
    opened = before.count("“") + before.count("«") - before.count("”") - before.count("»")
    return opened > 0 or before.count('"') % 2 == 1


def name_key(name: str) -> str:
    """The beginning of the last name, without diacritics: what spellings have in common."""
    plain = unicodedata.normalize("NFKD", name)
    last = "".join(c for c in plain if not unicodedata.combining(c)).lower().split() or [""]
    return last[-1][:5]


def broken_firsts(report: Report, number: int) -> list[ClaimFound]:
    """A first encounter since some day, with a later one that the same text tells of; `number` claims precede."""
    claims: list[ClaimFound] = []
    for sentence in report.sentences:
        match = _SINCE.search(sentence.text) if {"first", "since"} <= sentence.words else None
        if match is None or not any(w in sentence.text.lower() for w in words("claims", "in_person")):
            continue
        since = next((t for t in times_in(sentence.text, 0) if t.start >= match.end() and t.month and t.day), None)
        if since is None or since.month is None or since.day is None:
            continue
        parties = {report.side(a) for a in report.actors(sentence.place)} | set(report.told.cast.parties)
        for meeting in _between(report, sentence, (since.month, since.day), since.year, parties):
            about = sorted(sentence.about)
            for kind, spans in (("told", [sentence.place]), ("gainsaid", meeting.spans[:2])):
                claim = ClaimFound(
                    kind, [], " ".join(report.told.page.quote(s) for s in spans), spans, rule="broken first"
                )
                claim.about, claim.denied = about, kind == "gainsaid"
                claims.append(claim)
            claims[-1].answers = number + len(claims) - 2
    return claims


def _between(
    report: Report, sentence: Said, day: tuple[int, int], year: int | None, parties: set[int]
) -> Iterator[MeetingFound]:
    for meeting in report.told.meetings:
        if meeting.status != "held" or meeting.format in ("phone", "video", "indirect") or meeting.kind == "call":
            continue
        if any(a < sentence.place[1] and sentence.place[0] < b for a, b in meeting.spans):
            continue
        if (
            len({report.side(p) for p in meeting.parties} & parties) < 2
            or meeting.when is None
            or not meeting.when.times
        ):
            continue
        time = meeting.when.times[0]
        if time.month is None or time.day is None or (time.year and year and time.year != year):
            continue
        if day < (time.month, time.day) <= (min(day[0] + 5, 12), 31):
            yield meeting
            return
