"""Where an encounter is told differently: its day, place, length, round, and whether it took place.

A status that changes over time is a course of events; only what takes back an earlier word (put off, called off), or
cannot both be so, is a disagreement.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as calendar_day

from dragoman.extract.findings import DateFound, TimeFound
from dragoman.extract.lexicon import load
from dragoman.extract.meeting_fields import minutes_of
from dragoman.extract.time_days import settle
from dragoman.extract.time_words import FUTURE, PAST, times_in
from dragoman.record import About, Citation, Date, Disagreement, Meeting, MeetingAccount
from dragoman.resolve.differing import Answer, Kind, Known, backing, by_time, disagreement, grouped, piece

_AHEAD = ("scheduled", "proposed", "postponed")
_UNDONE = ("cancelled", "declined")
_LONG_DAYS = {True: 2, False: 15}
"""An interval of more days is none that another day contradicts: of what was held, and of what is planned."""
_ROUGHLY = 0.85
"""Lengths that are nearer than this to each other are one length, told more or less exactly."""
_PART = 5
"""A length so many times another is that of a part of the encounter, or of something else in it."""
_GAP = 45
"""Characters, at most, between the word of a plan and its day."""


_MEANT = re.compile(
    r"\b(?:had|was|were|is|been|originally|initially|first)\s+(?:been\s+)?(?:originally\s+|initially\s+|first\s+)?"
    r"(?:called|planned|scheduled|set|due|arranged|foreseen|slated|meant|expected|fixed|convened|billed|supposed|to)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:my|our|your|his|her|its|their|own|same|there|here)\b", re.IGNORECASE)
_NIGHT = re.compile(
    r"\b(?:morning|midnight|nights?|small hours|dawn|overnight|early|late|evening|a\.m|p\.m|am|noon)\b", re.IGNORECASE
)
_COMING = re.compile(r"(?:a|an|another|any|the next)\s+(?:[\w-]+\s+){1,3}\w+", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:only|but|instead|finally|eventually|now|later|not (?:until|before)|began|begun|started|opened|took place|"
    r"was held)\b",
    re.IGNORECASE,
)


@functools.cache
def any_of(key: str) -> re.Pattern[str]:
    """A pattern for the words under a key of lexicon/differing.yaml."""
    found = sorted((str(w) for w in load("differing")[key]), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in found) + r")\b", re.IGNORECASE)


@functools.cache
def _lengths() -> re.Pattern[str]:
    n = r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)"
    return re.compile(
        rf"\b(?P<half>half an hour)\b|\b(?P<quarter>a quarter of an hour)\b|\b(?P<quarters>three quarters of an hour)\b"
        rf"|\b(?P<an>an hour)(?P<more> and a half)?\b|\b(?P<n>{n})(?P<and> and a half)?[-\s](?P<u>hour|minute)s?\b",
        re.IGNORECASE,
    )


def of_meeting(meeting: Meeting, known: Known) -> list[Disagreement]:
    """The questions about an encounter that its accounts answer differently, sorted by id.

    Args:
        meeting: with its accounts.
        known: of the documents; `words` helps to cite the words of a field, without it they are looked for.
    """
    days, status = _days(meeting, known), _status(meeting, known)
    if days and status and {v.value for v in status.values} == {"scheduled", "postponed"}:
        status = None  # that it was put off is told by its days
    found = [
        days,
        _named(meeting, known, "place", lambda a: a.place),
        _named(meeting, known, "venue", lambda a: a.venue),
        _length(meeting, known),
        _round(meeting, known),
        status,
    ]
    return sorted((d for d in found if d is not None), key=lambda d: d.id)


def day_answers(meeting: Meeting, known: Known) -> list[Answer]:
    """The days that accounts and their words give an encounter; `rank` 1 is a day to which it was moved."""
    found: list[Answer] = []
    for account in meeting.accounts:
        written = known.written(account.document)
        way = PAST if account.status == "held" else FUTURE
        dates = list(known.words.get((meeting.id, account.document), {}).get("date", ()))
        moved = []
        for citation in account.citations:
            told = [*_moved(citation, written, way), *_late(citation, written, way)]
            moved += told
            if not told and account.status in _AHEAD:
                found += _planned(citation, written)
        found += moved
        date = account.date
        if date and _short(date, account.status == "held") and not any(a.key == _interval(date) for a in moved):
            says = _contains(date.text)
            cited = backing(account.citations, says) or backing(dates, says)
            if cited is not None:
                found.append(Answer(_interval(date), _interval(date), (cited,), 1 if moved else 0))
    return found


def _contains(text: str) -> Callable[[str], bool]:
    return lambda quote: text.casefold() in quote.casefold()


def _about(meeting: Meeting, field: str) -> About:
    return About(kind="meeting", id=meeting.id, field=field)


def _days(meeting: Meeting, known: Known) -> Disagreement | None:
    """Days that exclude each other; one that takes the place of another is a revision."""
    answers = told_days(day_answers(meeting, known))
    groups = [group for _, group in grouped(answers, known)]
    if one_night([a for a in answers if not a.rank]):
        return None
    held = {a.document for a in meeting.accounts if a.status == "held"}
    told = [any(a.document in held for a in group) for group in groups]
    revised = any(a.rank for a in answers) or not all(told)
    return disagreement(_about(meeting, "date"), "revision" if revised else "conflict", answers, known)


def one_night(answers: Sequence[Answer]) -> bool:
    """Whether two days next to each other may be the two ends of one night."""
    days = sorted({a.key for a in answers})
    if len(days) != 2 or any("/" in day for day in days):
        return False
    first, last = (calendar_day.fromisoformat(day) for day in days)
    return (last - first).days == 1 and any(_NIGHT.search(c.quote) for a in answers for c in a.citations)


def told_days(answers: Sequence[Answer]) -> list[Answer]:
    """Answers without those whose days others fall into: "next week" does not contradict "on Thursday".

    The old day in the words of its change is left out too where others tell it by itself.
    """
    alone = {a.key for a in answers if not a.aside}
    answers = [a for a in answers if not (a.aside and a.key in alone)]

    def within(a: Answer, b: Answer) -> bool:
        (a0, a1), (b0, b1) = (_ends(x.key) for x in (a, b))
        return b0 <= a1 and a0 <= b1

    narrow = sorted(answers, key=lambda a: (_wide(a.key), a.order()))
    kept: list[Answer] = []
    for answer in narrow:
        if all(a.key == answer.key or not within(answer, a) for a in kept):
            kept.append(answer)
    return kept


def _moved(citation: Citation, written: Date | None, way: int) -> Iterator[Answer]:
    """The old and the new day where words say that something was moved from one to the other."""
    quote = citation.quote
    for move in any_of("moved").finditer(quote):
        times = [(t, _settled(t, written, way)) for t in times_in(quote)]
        after = [(t, d) for t, d in times if d and 0 <= t.start - move.end() <= 30]
        new = next(((t, d) for t, d in after if any_of("to_day").search(quote, move.end() - 1, t.start + 1)), None)
        if new is None:
            continue
        before = [(t, d) for t, d in times if d and t.end <= move.start()]
        before += [(t, d) for t, d in after if re.search(r"\bfrom\s+(?:\w+\s+)?$", quote[move.end() : t.start])]
        old = next(((t, d) for t, d in reversed(before) if d != new[1]), None)
        yield Answer(_found(new[1]), _found(new[1]), (piece(citation, move.start(), new[0].end),), 1)
        if old is not None and _found(old[1]) != _found(new[1]):
            # "moved from Monday to Tuesday": the old day stands behind the word of its change.
            behind = old[0].start > move.start()
            said = piece(citation, old[0].start, old[0].end) if behind else piece(citation, 0, move.start())
            yield Answer(_found(old[1]), _found(old[1]), (said,), aside=True)
        return


def _late(citation: Citation, written: Date | None, way: int) -> Iterator[Answer]:
    """The old and the new day of what "had been called for Tuesday" and "began only on Wednesday"."""
    quote = citation.quote
    meant = _MEANT.search(quote)
    if meant is None:
        return
    behind = [t for t in times_in(quote) if t.start >= meant.end()]
    if len(behind) < 2 or behind[0].start - meant.end() > _GAP:
        return
    first, last = behind[:2]
    old = _settled(first, written, way)
    new = _settled(last, written, way, old)
    if old is None or new is None or _found(old) == _found(new) or not _INSTEAD.search(quote, first.end, last.end):
        return
    yield Answer(_found(new), _found(new), (piece(citation, first.end, last.end),), 1)
    yield Answer(_found(old), _found(old), (piece(citation, 0, first.end),), aside=True)


def _planned(citation: Citation, written: Date | None) -> Iterator[Answer]:
    """The one day that a plan names: "the talks would start on 4 May", not "…, it was announced on 2 May"."""
    quote = citation.quote
    if any_of("moved").search(quote):
        return
    for time in times_in(quote):
        day = _settled(time, written, FUTURE)
        if day is None or (calendar_day.fromisoformat(day.end) - calendar_day.fromisoformat(day.start)).days > 0:
            continue
        before = quote[max(0, time.start - _GAP) : time.start]
        plan = max((m.end() for m in any_of("planned").finditer(before)), default=None)
        if plan is None or any_of("other_event").search(before, plan - 1):
            continue
        yield Answer(_found(day), _found(day), (citation,))


def _settled(time: TimeFound, written: Date | None, way: int, anchor: DateFound | None = None) -> DateFound | None:
    day = DateFound(written.from_, written.to, written.text, written.basis) if written else None
    return settle(time, day, anchor, way)


def _named(
    meeting: Meeting, known: Known, field: str, value: Callable[[MeetingAccount], str | None]
) -> Disagreement | None:
    """Names of places of which none is another, shorter or longer."""
    answers = []
    for account in meeting.accounts:
        name = value(account)
        if name:
            words = known.words.get((meeting.id, account.document), {}).get(field, ())
            cited = backing(account.citations, _contains(name)) or backing(words, _contains(name))
            if cited is not None:
                answers.append(Answer(name.casefold(), name, (cited,)))
    keys = {a.key for a in answers}
    if any(_one_name(a, b) for a in keys for b in keys if a < b):
        return None
    groups = [group for _, group in grouped(answers, known)]
    kind: Kind = "revision" if meeting.status != "held" and by_time(groups, known) else "conflict"
    return disagreement(_about(meeting, field), kind, answers, known)


def _one_name(a: str, b: str) -> bool:
    """Whether two names of a place share a word that is more than "the" or "hotel"."""
    if _POINTING.search(a) or _POINTING.search(b):
        return True  # whose office "my office" is, the words do not say
    little = {
        "the",
        "a",
        "of",
        "in",
        "at",
        "on",
        "hotel",
        "palace",
        "building",
        "house",
        "hall",
        "centre",
        "center",
        "city",
    }
    first, second = (set(re.findall(r"[^\W_]+", name)) - little for name in (a, b))
    return not first or not second or bool(first & second) or a in b or b in a


def _length(meeting: Meeting, known: Known) -> Disagreement | None:
    """How long it lasted, where that is told with other figures."""
    told: list[tuple[int, Citation]] = []
    for account in meeting.accounts:
        if account.status == "held":
            told += [found for c in account.citations for found in _lasted(c)]
    answers: list[Answer] = []
    bases: list[int] = []
    for minutes, citation in sorted(told, key=lambda t: (t[0], t[1].document, t[1].start)):
        base = next((b for b in bases if b / minutes >= _ROUGHLY), None)
        if base is None:
            base = minutes
            bases.append(minutes)
        answers.append(Answer(str(base), _minutes(base), (citation,)))
    if len(bases) < 2 or max(bases) > _PART * min(bases):
        return None
    return disagreement(_about(meeting, "duration_minutes"), "conflict", answers, known)


def _lasted(citation: Citation) -> Iterator[tuple[int, Citation]]:
    """The lengths, in minutes, that words give an encounter, each with its clause."""
    quote = citation.quote
    for found in _lengths().finditer(quote):
        count = 30 if found["half"] else 15 if found["quarter"] else 45 if found["quarters"] else None
        if found["an"]:
            count = 90 if found["more"] else 60
        if found["n"]:
            count = minutes_of(f"{found['n']} {found['u']}s") or 0
            count += 30 if count and found["and"] else 0
        if not count:
            continue
        before, after = quote[: found.start()].rstrip(), quote[found.end() :].lstrip()
        word = re.search(r"[\w-]+$", before)
        if word and any_of("no_length_before").fullmatch(word.group()):
            continue
        if any_of("no_length_after").match(after):
            continue
        yield count, citation


def _minutes(count: int) -> str:
    hours, minutes = divmod(count, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join(parts + ([f"{minutes} min"] if minutes else []))


def _round(meeting: Meeting, known: Known) -> Disagreement | None:
    """Which round it is, where accounts count differently."""
    answers = [Answer(str(n), f"round {n}", (c,)) for n, c in counted(meeting)]
    return disagreement(_about(meeting, "round"), "conflict", answers, known)


def counted(meeting: Meeting) -> list[tuple[int, Citation]]:
    """The rounds that an encounter is counted as, each with words that count it."""
    told = [(t.round, c) for t in meeting.rounds for c in t.citations]
    told = told or [(a.round, c) for a in meeting.accounts if a.round for c in a.citations]
    found = []
    for number, citation in told:
        around = _around(citation, meeting.citations)
        # "A third round" alone is one that is yet to come, more often than this one.
        coming = all(_COMING.fullmatch(c.quote.strip()) for c in around or [citation])
        if _ordinal(number)(citation.quote) and not coming:
            found.append((number, min(around, key=lambda c: (len(c.quote), c.start)) if around else citation))
    return found


def _around(citation: Citation, told: Sequence[Citation]) -> list[Citation]:
    """The longer citations that a citation is part of: they can be read by themselves."""
    same = [c for c in told if c.document == citation.document]
    return [c for c in same if c.start <= citation.start and citation.end <= c.end and c != citation]


@functools.cache
def _ordinal(round_: int) -> Callable[[str], bool]:
    named = [str(w) for w, n in load("meetings")["ordinals"].items() if n == round_]
    pattern = re.compile(rf"\b(?:{'|'.join([*map(re.escape, named), rf'{round_}(?:st|nd|rd|th)'])})\b", re.IGNORECASE)
    return lambda quote: pattern.search(quote) is not None


def _status(meeting: Meeting, known: Known) -> Disagreement | None:
    """Called off or put off after it was set: a revision. Held, and by no earlier report not held: a conflict."""
    told = [(str(s.status), s.citations[0]) for s in meeting.steps]
    told = told or [(str(a.status), a.citations[0]) for a in meeting.accounts if a.status]
    statuses = {status for status, _ in told}
    answers = [Answer(status, status, (citation,)) for status, citation in told]
    undone = statuses & {"cancelled", "declined"}
    if "held" in statuses and undone:
        # What was called off and then held after all is a course of events.
        held = [a for a in answers if a.key == "held"]
        against = [a for a in answers if a.key in undone]
        if by_time([against, held], known) and _first(against, known) < _first(held, known):
            return None
        return disagreement(_about(meeting, "status"), "conflict", [*held, *against], known)
    if len(statuses & {"scheduled", "postponed", "cancelled"}) > 1:
        kept = [a for a in answers if a.key in ("scheduled", "postponed", "cancelled")]
        ranked = [Answer(a.key, a.text, a.citations, int(a.key != "scheduled")) for a in kept]
        return disagreement(_about(meeting, "status"), "revision", ranked, known)
    return None


def _first(answers: Iterable[Answer], known: Known) -> str:
    days = [known.written(a.document) for a in answers]
    return min((d.from_ for d in days if d is not None), default="9999")


def _short(date: Date, held: bool) -> bool:
    first, last = calendar_day.fromisoformat(date.from_), calendar_day.fromisoformat(date.to)
    return (last - first).days <= _LONG_DAYS[held]


def _interval(date: Date) -> str:
    return date.from_ if date.from_ == date.to else f"{date.from_}/{date.to}"


def _found(date: DateFound) -> str:
    return date.start if date.start == date.end else f"{date.start}/{date.end}"


def _ends(key: str) -> tuple[str, str]:
    first, _, last = key.partition("/")
    return first, last or first


def _wide(key: str) -> int:
    first, last = (calendar_day.fromisoformat(day) for day in _ends(key))
    return (last - first).days
