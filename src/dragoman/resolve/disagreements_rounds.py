"""Where documents differ across encounters: a day to which one was moved, which round one is, "the first since …".

The encounters compared are of the same sides. What is only told of another sitting of the same series is no
disagreement, so an encounter counts as another's new day only where nothing speaks for two sittings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as calendar_day

from dragoman.extract.findings import DateFound
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import PAST, times_in
from dragoman.record import About, Citation, Disagreement, Meeting, MeetingAccount
from dragoman.resolve.differing import Answer, Known, disagreement
from dragoman.resolve.disagreements_meetings import any_of, counted, day_answers, one_night, told_days
from dragoman.resolve.meetings import NEAR_LEVELS

_NEAR = 7
"""Days that a plan and what came of it may be apart, at most."""
_SEASON = 60
"""Days within which rounds are counted together, at most."""
_REMOTE = {"phone", "video"}
_AFTER = 90
"""Characters after "for the first time since" in which its day is looked for."""
_SERIES = re.compile(
    r"\b(?:several|previous|earlier|past|two|three|four|five|six|many|numerous|preceding|more than one)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:rounds|meetings|sessions)\b",
    re.IGNORECASE,
)
_FACES = re.compile(r"\b(?:face[- ]to[- ]face|in[- ]person|direct)\b", re.IGNORECASE)


def of_meetings(meetings: Iterable[Meeting], known: Known) -> list[Disagreement]:
    """The questions that several encounters of the same sides answer differently, sorted by id.

    Args:
        meetings: of a record, or of its part about some sides; those that share no two sides are not compared.
        known: of the documents.
    """
    ordered = sorted(meetings, key=lambda m: m.id)
    found = [*_moved(ordered, known), *_other_day(ordered, known), *_since(ordered, known), *_rounds(ordered, known)]
    return sorted({d.id: d for d in found}.values(), key=lambda d: d.id)


def _moved(meetings: Sequence[Meeting], known: Known) -> Iterator[Disagreement]:
    """A plan for one day, and a later word that the same encounter is, or was, on another."""
    days = {m.id: day_answers(m, known) for m in meetings}
    for plan in meetings:
        if plan.status not in ("scheduled", "proposed", "postponed") or not days[plan.id]:
            continue
        others = [m for m in meetings if m.id != plan.id and days[m.id] and _alike(plan, m) and _apart(plan, m, known)]
        told = [m for m in others if _told_as_moved(days[plan.id], days[m.id])]
        if not told:
            told = [m for m in others if _instead(plan, m, days, known)]
            if len(told) != 1:
                continue
        answers = [a for m in (plan, *told[:1]) for a in days[m.id]]
        late = {a.key for m in told[:1] for a in days[m.id]} - {a.key for a in days[plan.id]}
        ranked = [replace(a, rank=int(a.key in late)) for a in told_days(answers)]
        made = disagreement(About(kind="meeting", id=plan.id, field="date"), "revision", ranked, known)
        if made is not None:
            yield made


def _told_as_moved(old: Sequence[Answer], new: Sequence[Answer]) -> bool:
    """Whether one names the other's day as the day from which it was moved."""
    return any(a.rank for a in new) and bool({a.key for a in old} & {a.key for a in new if not a.rank})


def _instead(plan: Meeting, other: Meeting, days: dict[str, list[Answer]], known: Known) -> bool:
    """Whether an encounter of about the day of a plan is what came of it: told later, where and as was planned."""
    if plan.date is None or other.date is None or plan.date.from_ != plan.date.to or other.date.from_ != other.date.to:
        return False
    if plan.date.from_ == other.date.from_ or plan.kind != other.kind or plan.level != other.level:
        return False
    gap = abs((calendar_day.fromisoformat(other.date.from_) - calendar_day.fromisoformat(plan.date.from_)).days)
    placed = bool(plan.place and other.place and plan.place.casefold() == other.place.casefold())
    placed = placed or bool(plan.round and plan.round == other.round)
    first, later = ([known.written(a.document) for a in m.accounts] for m in (plan, other))
    if gap > _NEAR or not placed or None in first or None in later:
        return False
    return max(d.to for d in first if d) < min(d.from_ for d in later if d)


def _other_day(meetings: Sequence[Meeting], known: Known) -> Iterator[Disagreement]:
    """One encounter that two sources put on days next to each other, each of them knowing of one only."""
    held = [m for m in meetings if m.status == "held" and m.date and m.date.from_ == m.date.to]
    for n, a in enumerate(held):
        for b in held[n + 1 :]:
            if a.date is None or b.date is None or a.kind != b.kind or a.level != b.level:
                continue
            if (
                not 0 < abs(_days_between(a.date.from_, b.date.from_)) <= 2
                or not _alike(a, b)
                or not _apart(a, b, known)
            ):
                continue
            marked = (
                a.level == "experts"
                or bool(set(a.participants) & set(b.participants))
                or bool(a.round and a.round == b.round)
            )
            if not marked or any(_close(m, a, b) for m in held if m.id not in (a.id, b.id)):
                continue
            answers = [x for m in (a, b) for x in told_days(day_answers(m, known))]
            if one_night(answers):
                continue
            made = disagreement(About(kind="meeting", id=min(a.id, b.id), field="date"), "conflict", answers, known)
            if made is not None:
                yield made


def _close(other: Meeting, a: Meeting, b: Meeting) -> bool:
    """Whether there is a third of the same kind about these days, so that there may have been several."""
    if other.date is None or a.date is None or b.date is None or other.level != a.level or not _sides(other, a):
        return False
    return min(abs(_days_between(other.date.from_, m.date.from_)) for m in (a, b) if m.date) <= 3


def _since(meetings: Sequence[Meeting], known: Known) -> Iterator[Disagreement]:
    """ "For the first time since March 7", and an encounter of the same sides after that day."""
    for meeting in meetings:
        claims = (_contradicted(meeting, a, c, meetings, known) for a in meeting.accounts for c in a.citations)
        made = next((found for found in claims if found is not None), None)
        if made is not None:
            yield made


def _contradicted(
    meeting: Meeting, account: MeetingAccount, citation: Citation, meetings: Sequence[Meeting], known: Known
) -> Disagreement | None:
    """The disagreement of words that call an encounter the first since a day with those that tell of one between."""
    written = known.written(account.document)
    day = DateFound(written.from_, written.to, written.text, written.basis) if written else None
    said = _first_since(citation, day)
    date = account.date or meeting.date or written
    if said is None or date is None:
        return None
    answers = [Answer(said.end, f"none since {said.text}", (citation,))]
    for other in meetings:
        if other.id != meeting.id and other.date and _in_between(other, meeting, said, date.to):
            told = [c for a in other.accounts for c in _dated(a.citations, other.date.text)][:3]
            answers += [Answer("between", f"{other.title}, {other.date.from_}", (c,)) for c in told]
    return disagreement(About(kind="meeting", id=meeting.id, field="first since"), "conflict", answers, known)


def _first_since(citation: Citation, written: DateFound | None) -> DateFound | None:
    """The day since when there was none, if words say so."""
    for found in any_of("first_since").finditer(citation.quote):
        for time in times_in(citation.quote):
            if 0 <= time.start - found.end() <= _AFTER:
                return settle(time, written, direction=PAST)
    return None


def _in_between(other: Meeting, meeting: Meeting, since: DateFound, until: str) -> bool:
    if other.status != "held" or other.date is None or not _sides(other, meeting):
        return False
    if other.kind == "call" or other.format in _REMOTE | {"indirect"} or other.level == "experts":
        return False
    return since.end < other.date.from_ and other.date.to < until


def _dated(citations: Sequence[Citation], text: str) -> list[Citation]:
    return [c for c in citations if text.casefold() in c.quote.casefold()][:1] or list(citations[:1])


def _rounds(meetings: Sequence[Meeting], known: Known) -> Iterator[Disagreement]:
    """A round that others count differently: several before what is called the second."""
    for meeting in meetings:
        told = counted(meeting)
        if not told:
            continue
        number = min(n for n, _ in told)
        words = [c for n, c in told if n == number]
        sources = {known.source(c.document) for c in words}
        for other in meetings:
            if other.id == meeting.id or not _sides(other, meeting):
                continue
            against = _series_before(other, meeting, number, words, known)
            against = [c for c in against if known.source(c.document) not in sources]
            if against:
                answers = [Answer(str(number), f"round {number}", (c,)) for c in words]
                answers += [Answer("other", "several before it", (c,)) for c in against]
                made = disagreement(About(kind="meeting", id=meeting.id, field="round"), "conflict", answers, known)
                if made is not None:
                    yield made
                    break


def _series_before(
    other: Meeting, meeting: Meeting, number: int, words: Sequence[Citation], known: Known
) -> list[Citation]:
    """The words that tell of several earlier rounds, where this one is called the second."""
    if number > 2 or other.status != "held" or (other.date and meeting.date and other.date.to >= meeting.date.from_):
        return []
    faces = any(_FACES.search(c.quote) for c in words)
    told = [c for a in other.accounts for c in a.citations if _SERIES.search(c.quote)]
    told = [c for c in told if bool(_FACES.search(c.quote)) >= faces]
    days = [known.written(c.document) for c in (*words[:1], *told[:1])]
    if not told or any(d is None for d in days):
        return []
    first, second = (d for d in days if d is not None)
    return told[:3] if abs(_days_between(first.from_, second.from_)) <= 2 * _NEAR else []


def _days_between(first: str, last: str) -> int:
    return (calendar_day.fromisoformat(last) - calendar_day.fromisoformat(first)).days


def _sides(a: Meeting, b: Meeting) -> bool:
    """Whether they are of the same two, parties or a party and who mediates; of a visit its people count too."""
    return len({*a.parties, *a.mediators, *a.participants} & {*b.parties, *b.mediators, *b.participants}) >= 2


def _alike(a: Meeting, b: Meeting) -> bool:
    """Whether two encounters may be one: sides, manner and level go together."""
    if not _sides(a, b) or (a.kind == "call") != (b.kind == "call"):
        return False
    if a.level != b.level and {a.level, b.level} not in NEAR_LEVELS:
        return False
    if a.place and b.place and a.place.casefold() != b.place.casefold():
        return False
    if a.participants and b.participants and not set(a.participants) & set(b.participants):
        return False
    return (a.format in _REMOTE) == (b.format in _REMOTE)


def _apart(a: Meeting, b: Meeting, known: Known) -> bool:
    """Whether no source tells of both: a document keeps its own encounters apart."""
    return not {known.source(x.document) for x in a.accounts} & {known.source(x.document) for x in b.accounts}
