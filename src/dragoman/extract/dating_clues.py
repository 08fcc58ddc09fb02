"""What a page says, in passing or outright, of the day on which it was written."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.extract.dating_head import head_times
from dragoman.extract.findings import ClueFound, TimeFound
from dragoman.extract.lexicon import words
from dragoman.extract.page import Block, Page
from dragoman.extract.time_words import FUTURE, PAST, UNKNOWN, number, times_in
from dragoman.extract.times import tensed

EARLY = 80
"""Words from the beginning of a report: weekdays named in them are at most two days back in 91 of 100 articles."""

FIRST_WORDS = 30
"""Words: a weekday with its date is news only among these; what is named so fully later in a report is often older."""

_YEAR = re.compile(r"\b(?:(?P<m>[A-Z][a-z]{2,8})\.?\s+)?(?P<y>(?:19|20)\d\d)\b")
_AGO = re.compile(
    r"\b(?P<n>[a-z]+|\d{1,2})\s+(?:years?|summers|winters)(?:\s+and\s+(?P<k>[a-z]+|\d{1,2})\s+months?)?\s+"
    r"(?:ago|back|earlier\s+than\s+this|(?P<old>old))\b"
)
_STOP = re.compile(r"[.!?]\s")
# The date of a post that a page embeds: in the markup, or after the name and the handle of who posted it.
_POSTED = re.compile(r"""(?:date(?:time)?=["']?|\(@\w{1,20}\)\s*[,·|-]?\s*|@\w{1,20}\s*[·|]\s*)$""")


def clues_of(page: Page) -> list[ClueFound]:
    """Everything on a page that bounds the day on which it was written, in the order of the text.

    The rules (`ClueFound.rule`):

    * head: a day without its year at the head, alone or in the dateline; `way` 0
    * ago: "three years ago, in 2019"; the time is the distance, its anchor the year
    * past, planned: an event of this date is told as past or as to come (`way` 1 and -1)
    * stamp: the date of a post that the page embeds
    * caption: a full date with its weekday, as news has it under pictures and of what has just happened
    * same: "yesterday, 28 March": the time is the relative expression, its anchor the date
    * lead: the weekday of the first paragraph, where the report tells of a weekday with its date; that is its anchor
    * weekday: a weekday told of as past, "on Tuesday"
    * eve: "on the eve of the talks"
    * point: every expression that means a day or a few; it bounds nothing by itself (see `resolve.dating_points`)

    Of past events and weekdays `strict` marks those in the first words of the report: they are the news.
    """
    heads = [time for time, _ in head_times(page)]
    found = [ClueFound("head", (t.start, t.end), t) for t in heads if t.year is None and t.month]
    told: list[tuple[TimeFound, Block]] = []
    place = 0
    for block in page.blocks:
        times = [tensed(t, block) for t in times_in(block.text, block.start)]
        told += [(t, block) for t in times]
        found += _ago(block)
        found += _same(times, page.text)
        points = [ClueFound("point", (t.start, t.end), t) for t in times if _names_days(t)]
        events = [clue for t in times if (clue := _of_event(t, block, page.text)) is not None]
        for clue in (*points, *events):
            if clue.rule in ("past", "weekday"):
                early = EARLY if clue.rule == "weekday" else FIRST_WORDS
                clue.strict = place < early and place + page.text.count(" ", block.start, clue.time.start) < early
            found.append(clue)
        place += block.text.count(" ") + 1
    lead = None if any(t.month for t in heads) else _lead(page, told)
    if lead is not None:
        found.append(lead)
    posts = [c for c in found if c.rule == "stamp"]
    latest = max(posts, key=lambda c: (c.time.year or 0, c.time.month or 0, c.time.day or 0, -c.span[0]), default=None)
    found = [c for c in found if c.rule != "stamp" or c is latest]
    return sorted(found, key=lambda c: (c.span, c.rule))


def _names_days(time: TimeFound) -> bool:
    """Whether an expression means a day or a few once the day of writing is known."""
    if time.form == "calendar":
        return time.day is not None
    return time.form == "weekday" or (time.form == "offset" and time.unit == "day")


def _of_event(time: TimeFound, block: Block, text: str) -> ClueFound | None:
    """What the tense around a date says; None where it says nothing."""
    span = (time.start, time.end)
    if time.form == "anchored":
        return ClueFound("eve", span, time, 1) if time.direction == PAST and "eve" in time.text.lower() else None
    if time.form == "weekday" and time.last is None and not time.step and time.direction == PAST:
        return ClueFound("weekday", span, time)
    if time.form != "calendar" or (time.month is None and time.year is None):
        return None
    whole = time.year is not None and time.month is not None and time.day is not None
    if whole and _POSTED.search(text, max(0, time.start - 40), time.start):
        return ClueFound("stamp", span, time, 1)
    if whole and time.weekday is not None and _in_sentence(time, block):
        return ClueFound("caption", span, time)
    if time.day is None and time.month is None and (time.year is None or time.year > 2100):
        return None
    if time.year is None and time.day is None:
        return None
    if time.direction == PAST and _plainly_past(time, block):
        return ClueFound("past", span, time, 1)
    if time.direction == FUTURE and _plainly_to_come(time, block):
        return ClueFound("planned", span, time, -1)
    return None


def _in_sentence(time: TimeFound, block: Block) -> bool:
    """Whether a date stands in a sentence, not alone at the end of a report (there, it can be that of a correction)."""
    return len(block.text) - (time.end - time.start) > 30


@functools.cache
def _modals() -> frozenset[str]:
    return frozenset(("will", "'ll", "’ll", "shall"))


def _plainly_past(time: TimeFound, block: Block) -> bool:
    """Whether a day hangs on a verb in the past, with at most a preposition between them that looks back.

    Days that hang on nouns may lie ahead though the verb is past ("they spoke of the vote of 4 June"), as do those that
    something was moved or called to ("was put off until 4 June", "voted to strike on 4 June").
    """
    span = block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    verb = span.root.head
    if verb.pos_ == "ADP":
        if verb.lower_ not in ("on", "in", "since", "at", "between", "from"):
            return False
        if verb.lower_ == "since":
            return True
        verb = verb.head
    ahead = words("times", "moved_words") | words("times", "future_words") | words("times", "arranging_words")
    if verb.pos_ not in ("VERB", "AUX") or verb.lower_ in ahead:
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if "to" in helpers or helpers & words("times", "future_auxiliaries"):
        return False
    return verb.tag_ == "VBD" or bool(helpers & {"was", "were", "has", "have", "had", "did", "'d", "’d", "'ve", "’ve"})


def _plainly_to_come(time: TimeFound, block: Block) -> bool:
    """Whether a date hangs on a verb in the future or on a set appointment, with at most a preposition between them.

    Dates that hang on nouns ("since the floods of 2019, as in 2004") stand in such sentences too.
    """
    span = block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    verb = span.root.head
    if verb.pos_ == "ADP":
        if verb.lower_ in ("as", "than", "like", "unlike", "since", "of"):
            return False
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helpers & _modals() or verb.lower_ in _modals():
        return "have" not in helpers
    return verb.lower_ in ("scheduled", "due", "slated") and not helpers & {"had", "were", "was"}


def _ago(block: Block) -> Iterator[ClueFound]:
    """How many years ago a year was, where both stand in one sentence."""
    for ago in _AGO.finditer(block.text):
        count, more = number(ago["n"]), number(ago["k"] or "") or 0
        told = [y for y in _YEAR.finditer(block.text) if -70 < ago.start() - y.end() < 50]
        told = [y for y in told if not _STOP.search(block.text, min(y.end(), ago.end()), max(y.start(), ago.start()))]
        if ago["old"]:
            # Of a thing just named with its year ("the treaty of 2016, ten years old"), not of a person.
            told = [y for y in told if 0 < ago.start() - y.end() < 4]
        if count is None or len({y["y"] for y in told}) != 1:
            continue
        month = next((t.month for t in times_in(told[0].group()) if t.month), None)
        start, end = sorted((ago.start(), told[0].start()))[0], max(ago.end(), told[0].end())
        span = (block.start + start, block.start + end)
        year = int(told[0]["y"])
        exact = bool(more and month)
        if exact:
            year += ((month or 1) + more - 1) // 12
        anchor = TimeFound(span[0], span[1], told[0].group(), "calendar", year=year)
        time = TimeFound(
            block.start + ago.start(),
            block.start + ago.end(),
            ago.group(),
            "offset",
            PAST,
            unit="year",
            step=-count,
            anchor=anchor,
        )
        yield ClueFound("ago", span, time, 0, strict=exact)


_APPOSED = re.compile(r"^(?:,?\s*\(?(?:that\s+is\s*,?\s*|i\.e\.\s*|on\s+)?)$")


def _same(times: list[TimeFound], text: str) -> Iterator[ClueFound]:
    """A relative expression and a date side by side: "today, 3 March", "yesterday (28 March)", "Feb. 2 (Tuesday)"."""
    for one, other in itertools.pairwise(times):
        if not _APPOSED.match(text[one.end : other.start]):
            continue
        near, dated = (one, other) if one.form in ("offset", "weekday") else (other, one)
        if near.form == "weekday" and near.last is not None:
            continue
        if near.form not in ("offset", "weekday") or (near.form == "offset" and near.unit != "day"):
            continue
        if dated.form == "calendar" and dated.month is not None and dated.day is not None and dated.last is None:
            if near.form == "weekday":
                way = near.direction or dated.direction
                both = replace(dated, weekday=near.weekday)
                if way != UNKNOWN:
                    yield ClueFound("past" if way == PAST else "planned", (one.start, other.end), both, -way)
            else:
                yield ClueFound("same", (one.start, other.end), replace(near, anchor=dated))


def _lead(page: Page, told: list[tuple[TimeFound, Block]]) -> ClueFound | None:
    """The weekday of the first paragraph, to be counted from the latest day told with weekday and date."""
    lead = next((b for b in page.blocks if len(b.doc) >= 25), None)
    dated = [t for t, _ in told if t.weekday is not None and t.month is not None and t.day is not None]
    dated = [t for t in dated if t.direction == PAST or (t.year is not None and t.direction == UNKNOWN)]
    if lead is None or not dated:
        return None
    near = [t for t, b in told if b is lead and t.form == "weekday" and t.direction == PAST and t.last is None]
    if not near:
        return None
    # Of two on one weekday the one with its date may be a week back.
    dated = [t for t in dated if t.weekday != near[0].weekday]
    if not dated:
        return None
    latest = max(dated, key=lambda t: ((t.year or 0), t.month or 0, t.day or 0, -t.start))
    return ClueFound("lead", (near[0].start, near[0].end), replace(near[0], anchor=latest))
