"""How the reports put things into words: days, durations, names, roles, and quotes cut to a length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from dragoman.record import Actor, Date, MeetingFields, Role, Statement

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Which of several roles says most about somebody at the table. The first pattern that a title matches ranks it; a
# person is shown by the best of his roles, and a delegation is listed in this order.
_RANKS = (
    re.compile(r"\b(head of (the |its )?\w* ?delegation|delegation (head|leader)|(chief|lead) negotiator)\b", re.I),
    re.compile(
        r"\b(?<!vice[ -])(president|prime minister|chancellor|premier|king|queen|emir|sultan|head of state)\b", re.I
    ),
    re.compile(r"\b(secretary[ -]general|director[ -]general|chair\w*|chief executive|general secretary)\b", re.I),
    re.compile(r"\bforeign (minister|secretary)\b|\bminister (of|for) foreign\b|\bsecretary of state\b", re.I),
    re.compile(r"\b(?<!deputy )(minister|secretary|commissioner|envoy|representative)\b", re.I),
    re.compile(r"\b(negotiator|delegate|ambassador|adviser|advisor|aide|deputy|councillor)\b", re.I),
)
# Speaks for an office rather than holding it: "the president's spokeswoman" must not outrank a minister.
_VOICE = re.compile(r"\b(spokes\w+|press secretary|press officer)\b", re.I)
_ARTICLE = re.compile(r"^(the|an?|its|his|her|their|our|my|your|who is)\s+", re.I)
_SPACES = re.compile(r"\s+")
# Control characters (an escape sequence in an article would run in the reader's terminal) and overrides of the
# direction of writing, which make a line show what it does not say.
_UNSHOWABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F)), "\ufffd")


def day(value: str) -> str:
    """2024-06-18 as "18 Jun 2024"."""
    y, m, d = value.split("-")
    return f"{int(d)} {MONTHS[int(m) - 1]} {y}"


def interval(start: str, end: str) -> str:
    """A closed interval of days in the shortest words: a day, a month, a year, or from–to."""
    if start == end:
        return day(start)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        return f"{MONTHS[first.month - 1]} {first.year} – {MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def when(value: Date | None) -> str:
    """A date in words; one that the text does not state is marked with "~"; "no date" if there is none."""
    if value is None:
        return "no date"
    return ("" if value.basis == "stated" else "~") + interval(value.from_, value.to)


def span_of_time(minutes: int) -> str:
    """90 as "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part) or "0 min"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 document", "3 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(names: Sequence[str], limit: int = 6, between: str = ", ") -> str:
    """Names with commas; those beyond the limit become a number."""
    shown = list(names[:limit])
    return between.join(shown) + (f" and {len(names) - limit} more" if len(names) > limit else "")


def showable(text: str) -> str:
    """A text as long as it was, in which nothing is a command to a terminal."""
    return text.translate(_UNSHOWABLE)


def flat(text: str) -> str:
    """A text on one line, fit to be shown."""
    return _SPACES.sub(" ", showable(text)).strip()


def short(text: str, length: int) -> str:
    """A text on one line, cut at a word if it is longer than `length`, with an ellipsis that counts."""
    line = flat(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    at_word = cut.rfind(" ")
    return (cut[:at_word] if at_word > length * 0.6 else cut).rstrip(" ,;:–-") + "…"


def rank(title: str) -> int:
    """How much a title says about somebody at the table; smaller is more."""
    if _VOICE.search(title):
        return len(_RANKS)
    return next((place for place, pattern in enumerate(_RANKS) if pattern.search(title)), len(_RANKS) + 1)


def bare(title: str) -> str:
    """A title without the article or possessive that it was written with: "its foreign minister"."""
    return _ARTICLE.sub("", flat(title)).strip(" ,;:")


def titles(roles: Iterable[Role], limit: int = 2) -> list[str]:
    """The titles of somebody's roles, the most telling first; those that another one contains are left out."""
    distinct: dict[str, Role] = {}
    for role in roles:
        distinct.setdefault(bare(role.title).casefold(), role)
    kept = [
        role
        for key, role in distinct.items()
        if not any(set(key.split()) < set(other.split()) for other in distinct if other != key)
    ]
    return [bare(role.title) for role in sorted(kept, key=lambda r: rank(r.title))][:limit]


def standing(actor: Actor) -> int:
    """The best rank among somebody's roles."""
    return min((rank(role.title) for role in actor.roles), default=len(_RANKS) + 2)


def side_of(actor: Actor | None, actors: Mapping[str, Actor]) -> str | None:
    """The id of whom somebody speaks for: the side, or itself if it is no person; sides of sides are followed.

    A state has no side; if the record gives it one all the same, that is not believed.
    """
    seen: set[str] = set()
    while actor is not None and actor.kind != "state" and actor.side and actor.side in actors and actor.id not in seen:
        seen.add(actor.id)
        actor = actors[actor.side]
    if actor is None or (actor.kind == "person" and not seen):
        return None
    return actor.id


def speaker(statement: Statement, actors: Mapping[str, Actor]) -> str:
    """Who speaks, as a name if there is one, else in the document's words."""
    found = actors.get(statement.speaker or "")
    if found is not None:
        return found.name
    return short(statement.speaker_text, 60) if statement.speaker_text else "unnamed"


def said(statement: Statement, length: int = 10_000) -> str:
    """What is said, on one line, cut to a length: its pieces joined; in quotation marks where all of it was in them."""
    whole = short(" … ".join(flat(piece.quote) for piece in statement.content), length)
    return f"“{whole}”" if statement.kind == "direct" else _closed(whole)


def told_as(statement: Statement, length: int) -> str:
    """What is said; where the words are the document's with its verb, or a denial would read as what it denies."""
    cue = flat(statement.cue or "")
    if statement.kind == "direct" or not cue or cue.casefold().startswith("according"):
        return said(statement, length)
    return f"{cue}: {said(statement, length)}"


def _closed(text: str) -> str:
    """A text with the quotation marks closed that its citation cut off."""
    for opening, closing in ("“”", "«»", "„“"):
        if text.count(opening) > text.count(closing):
            text += closing
    return text + '"' if text.count('"') % 2 else text


def placed(meeting: MeetingFields) -> bool:
    """Whether it is known where an encounter is; one by telephone or video is nowhere."""
    return bool(meeting.place or meeting.country or meeting.venue or meeting.format in ("phone", "video"))


def encounter(meeting: MeetingFields) -> str:
    """The kind of an encounter in words: "Talks, round 2 (ministers)"."""
    made = (meeting.kind or "encounter").capitalize()
    if meeting.kind == "call" and meeting.format == "video":
        made = "Video call"
    elif meeting.kind == "call":
        made = "Phone call"
    if meeting.round:
        made += f", round {meeting.round}"
    return f"{made} ({meeting.level})" if meeting.level else made
