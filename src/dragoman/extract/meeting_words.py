"""Where the words stand that say each thing of an encounter: its day, its place, who came, which round it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.cast import Cast
from dragoman.extract.findings import MeetingFound, SpanT
from dragoman.extract.meeting_clauses import has
from dragoman.extract.meeting_fields import length_in
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.ordinals import ordinal
from dragoman.extract.page import Page

OUTCOME = re.compile(r"\b(?:without|with (?:no|nothing|little))\s+(?!delay)(?:[\w-]+\s?){1,6}", re.I)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FAR = 3
_FIELDS = ("parties", "participants", "mediators")


def words_of(found: MeetingFound, told: Sequence[Told], cast: Cast, page: Page) -> dict[str, list[SpanT]]:
    """The spans of the words that say each field, as far as the mentions of the encounter hold them.

    Args:
        found: the encounter as it is told; only its fields are asked.
        told: its mentions.
        cast: of the page.
        page: the text.

    Returns: spans by field, sorted, none empty; fields that no mention says in words of its own are left out.
    """
    words: dict[str, list[SpanT]] = {}

    def note(field: str, span: SpanT) -> None:
        if span[0] < span[1] and span not in words.setdefault(field, []):
            words[field].append(span)

    when = {(t.start, t.end) for t in found.when.times} if found.when else set()
    for one in told:
        low, high = one.span
        at = one.start, one.start + len(one.trigger)
        note("kind", at)
        if one.status == found.status:
            note("status", one.span)
        if one.level == found.level:
            note("level", at)
        for time in one.times:
            if (time.start, time.end) in when:
                note("date", (time.start, time.end))
        for place in cast.places_within(one.span):
            if page.layout.dateline is not None and place.start == page.layout.dateline[0]:
                continue  # where the report was sent from
            if found.place and (place.name == found.place or found.place.startswith(f"{place.name} ")):
                note("place", (place.start, place.end))
            elif found.country and place.name == found.country:
                note("country", (place.start, place.end))
        if one.venue and one.venue == found.venue and (at_ := _loosely(page.quote(one.span), one.venue)):
            note("venue", (low + at_[0], low + at_[1]))
        for mention in cast.within(low, high):
            for field in _FIELDS:
                if mention.form != "pronoun" and mention.actor in getattr(found, field):
                    note(field, (mention.start, mention.end))
        if one.round is not None and one.round == found.round and (counted := _counted(one, page)):
            note("round", counted)
        if one.minutes is not None and one.minutes == found.duration_minutes:
            length = length_in(page.quote(one.span))
            if length is not None:
                note("duration_minutes", (low + length[1], low + length[2]))
        if found.outcome and one.status == "held" and "outcome" not in words:
            outcome = OUTCOME.search(page.quote(one.span))
            if outcome is not None:
                note("outcome", (low + outcome.start(), low + len(outcome.group().rstrip()) + outcome.start()))
    return {field: sorted(spans) for field, spans in sorted(words.items()) if spans}


def _loosely(text: str, phrase: str) -> SpanT | None:
    """Where a phrase stands, whatever white space is between its words."""
    found = re.search(r"\s+".join(map(re.escape, phrase.split())), text)
    return found.span() if found else None


def _counted(one: Told, page: Page) -> SpanT | None:
    """The ordinal and what it counts ("the third round"); the nearest one to the trigger in its clause."""
    low, text = one.span[0], page.quote(one.span)
    spans = []
    for word in _WORD.finditer(text):
        if ordinal(word.group().lower()) == one.round:
            after = [m for m, _ in zip(_WORD.finditer(text, word.end()), range(_FAR), strict=False)]
            counted = next((m for m in after if has("rounds", m.group().lower())), word)
            spans.append((low + word.start(), low + counted.end()))
    return min(spans, key=lambda s: abs(s[0] - one.start), default=None)
