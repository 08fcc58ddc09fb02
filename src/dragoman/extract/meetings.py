"""Encounters: every meeting, call or visit between sides or with a mediator that a text tells of.

Triggers are found and read one by one (meeting_triggers, meeting_reading), told apart or joined where one sentence
tells of several or twice of one (here), gathered into encounters (meeting_groups) and made into entries
(meeting_entries).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from dragoman.extract.cast import Cast
from dragoman.extract.findings import DateFound, MeetingFound, SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_asked import note_roles
from dragoman.extract.meeting_clauses import Clause, carrier, has
from dragoman.extract.meeting_ellipses import last_before, stretches, unnamed_ones
from dragoman.extract.meeting_entries import entry
from dragoman.extract.meeting_fields import was_to_have
from dragoman.extract.meeting_followups import follow_words, told_on
from dragoman.extract.meeting_frames import frame_words
from dragoman.extract.meeting_groups import Group, group
from dragoman.extract.meeting_mentions import Told, place_in
from dragoman.extract.meeting_reading import read
from dragoman.extract.meeting_strength import add
from dragoman.extract.meeting_times import look_beside
from dragoman.extract.meeting_triggers import trigger_words, triggers
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span, Token
from dragoman.extract.time_order import order_of
from dragoman.extract.times import TimeFound, tensed, times_in

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def find_meetings(page: Page, cast: Cast, written: DateFound | None) -> list[MeetingFound]:
    """Every encounter between sides or with a mediator that the text tells of, one entry each, in the text's order.

    `written` is the day of writing, if it is known: without it, days that need it stay unknown.
    """
    told = mentions(page, cast)
    groups = _put_off(group(told, written))
    found = [entry(g, groups, cast, page) for g in groups]
    note_roles(page, cast, groups, found)
    # Where nobody is named, only a text about talks is believed.
    return [m for m in found if m.parties or m.participants or m.mediators or _of_talks(page)]


def _put_off(groups: list[Group]) -> list[Group]:
    """What "was to have been held on Thursday" is, where it was put off, the encounter that is put off."""
    moved = next((g for g in groups if g.status == "postponed"), None)
    if moved is None:
        return groups
    kept = []
    for g in groups:
        unmet = g.status == "cancelled" and all(t.noun and was_to_have(t.trigger.head) for t in g.told)
        sides = set(moved.together("sides"))
        if g is not moved and unmet and (not sides or set(g.together("sides")) <= sides):
            moved.told += g.told
        else:
            kept.append(g)
    return kept


def mentions(page: Page, cast: Cast) -> list[Told]:
    """Every mention of an encounter, in the order of the text."""
    found: list[Told] = []
    of_talks, (head, report), written = _of_talks(page), _head(page), order_of(page.text)
    for block, sentence in _telling(page):
        taken: list[Told] = []
        low, high = block.start + sentence.start_char, block.start + sentence.end_char
        here = [tensed(t, block) for t in times_in(page.text[low:high], low, written) if not head <= t.start < report]
        for token, noun, frame in triggers(block, sentence, cast):
            if has("rounds", token.lower_) and not of_talks:
                continue  # the rounds of an election, of golf
            told = read(token, noun, block, page, cast, here, frame)
            if told is None:
                continue
            if taken and _same_words(taken[-1], told):
                _take_over(taken[-1], told)
                continue
            taken.append(told)
        taken += unnamed_ones(sentence, block, page, found, taken, here, cast)
        if of_talks:
            taken += [
                s
                for s in stretches(sentence, block, page, cast, here)
                if not any(s.span[0] <= t.start < s.span[1] for t in taken)
            ]
        taken.sort(key=lambda t: t.start)
        for one in taken:
            _there(one, found + taken)
            look_beside(one, taken, here)
            if one.earlier and one.clause_alone:
                for other in taken:
                    if other is not one and other.span[0] <= one.span[0] < other.start:
                        other.span = (_past(page.text, one.span[1]), other.span[1])
        taken += [then for one in taken if (then := last_before(one, found + taken, cast)) is not None]
        repeats = echoed(sentence, block, found + taken, here, cast)
        again = {id(t) for one in repeats for t in one.times}
        for told in taken:
            told.times = [t for t in told.times if id(t) not in again]
        told_on(sentence, block, found, taken, here, cast)
        for told in taken:
            found += _split(told, cast, page)
        found += repeats
    for order, told in enumerate(found):
        told.order = order
    return found


def _there(told: Told, before: list[Told]) -> None:
    """ "The two ministers will also meet there": where, and around when, the encounter is that is told just before."""
    if told.place or told.country or told.noun:
        return
    if not any(c.lower_ == "there" and c.dep_ == "advmod" for c in told.trigger.children):
        return
    near = [t for t in before if t.start < told.start and told.start - t.start < 400 and (t.place or t.country)]
    if near:
        told.place, told.country = near[-1].place, near[-1].country
        told.beside = told.beside if told.times else list(near[-1].times)


_DASH = re.compile(r"[^\n]{0,60}?(?:\s[-–—]{1,2}\s|[–—]{1,2})")


def _head(page: Page) -> SpanT:
    """Where the dateline stands with all that follows it up to the dash: the day in it is that of the report."""
    if page.layout.dateline is None:
        return 0, 0
    start = page.layout.dateline[0]
    dash = _DASH.match(page.text, start)
    return start, dash.end() if dash else start


def _of_talks(page: Page) -> bool:
    return (
        re.search(
            r"\b(?:talks|negotiat|mediat|consultations|bargain|concilia|arbitrat|ceasefire|truce|compromise|stoppage|strike|"
            r"agreement|treaty|tariff|quota|ministers?\b|delegation)",
            page.text,
            re.I,
        )
        is not None
    )


def _telling(page: Page) -> Iterator[tuple[Block, Span]]:
    """The sentences with a word that can tell of an encounter; most have none, and need no closer look."""
    possible = (
        trigger_words()
        | frame_words()
        | words("meetings", "echoes")
        | {"done"}
        | follow_words()
        | words("meetings", "elliptic")
        | words("meetings", "lengths")
    )
    for block in page.blocks:
        if possible.isdisjoint(_WORD.findall(block.text.lower())):
            continue
        sentences = block.sentences()
        for sentence in sentences:
            if len(sentences) == 1 or not possible.isdisjoint(_WORD.findall(sentence.text.lower())):
                yield block, sentence


def _past(text: str, place: int) -> int:
    """The next place that is neither a comma nor a blank."""
    while text[place] in ", \n":
        place += 1
    return place


def _same_words(one: Told, two: Told) -> bool:
    """Whether two triggers of a sentence are one telling ("the delegations met for talks")."""
    if one.kind == "call" and two.kind == "call":
        return one.span == two.span
    verb, noun = (one, two) if not one.noun else (two, one)
    if verb.noun == noun.noun:
        return (
            one.span == two.span and one.noun and (one.trigger.head == two.trigger or two.trigger.head == one.trigger)
        )
    if noun.trigger.head.lower_ == "for" and noun.trigger.head.head == verb.trigger:
        return True  # "is expected for lunch with X"
    return carrier(noun.trigger) == verb.trigger and not (verb.people and noun.people and verb.people != noun.people)


def _take_over(one: Told, two: Told) -> None:
    for ref in two.sides:
        if ref not in one.sides:
            one.sides.append(ref)
    for ref in two.people:
        if ref not in one.people:
            one.people.append(ref)
    for ref in two.mediators:
        if ref not in one.mediators:
            one.mediators.append(ref)
    one.place, one.country = one.place or two.place, one.country or two.country
    one.status = one.status or two.status
    one.round = one.round or two.round
    one.strong = one.strong or two.strong
    one.later, one.series, one.earlier = one.later or two.later, one.series or two.series, one.earlier or two.earlier
    if one.kind == "talks":
        one.kind = two.kind


def _split(told: Told, cast: Cast, page: Page) -> list[Told]:
    """One telling of encounters with several, each by himself, is several: "with A on Monday and B on Tuesday"."""
    low, high = told.span
    clause = page.text[low:high].lower()
    apart = any(
        word in clause for word in ("separately", "with each", "each of them", "one after the other", "in turn")
    )
    days = [t for t in told.times if t.form == "calendar" and t.day is not None]
    if told.noun and told.trigger.tag_ == "NNS" and told.trigger.lower_ != "talks" and told.status == "held" and days:
        ends = [(t, d) for t in days for d in ((t.day, t.last) if _pairs(t, page) else (t.day,))]
        if len(ends) > 1:
            # "the earlier meetings, on 14 and 21 February"
            return [
                dataclasses.replace(told, times=[dataclasses.replace(t, day=d, last=None)], series=False)
                for t, d in ends
            ]
    third = told.mediators or told.others or any(cast.actors[p].side is None for p in told.people)
    if (third and not told.noun) or told.kind == "call":
        _reach(told, cast)
    serial = told.kind in ("call", "visit") or (len(told.times) >= 2 and not told.noun)
    if not third or len(told.sides) < 2 or not (apart or serial):
        return [told]
    if told.level == "leaders" and told.status == "proposed":
        return [told]  # "wants the two prime ministers to speak"
    if any(word in clause for word in ("trilateral", "three-way", "joint", "together")):
        return [told]
    out = []
    for side in told.sides:
        one = dataclasses.replace(told)
        mine = [p for p in told.people if cast.actors[p].side == side]
        one.sides, one.people = [side], [p for p in told.people if cast.actors[p].side not in told.sides] + mine
        one.mediators, one.others = list(told.mediators), list(told.others)
        named = [m.start for m in cast.within(told.start, high) if m.actor in (*mine, side)]
        if len(told.times) == len(told.sides) and named:
            after = [t for t in told.times if t.start > named[0]]
            one.times = after[:1] or told.times[:1]
        out.append(one)
    return out


def _pairs(time: TimeFound, page: Page) -> bool:
    """ "On 14 and 21 February" names two days, of which no others lie between."""
    return (
        time.last is not None
        and time.day is not None
        and " and " in page.text[time.start : time.end]
        and (time.last - time.day > 1)
    )


def _reach(told: Told, cast: Cast) -> None:
    """Take in people of other sides that the parse hung elsewhere: "saw A on Thursday and B on Saturday"."""
    if len(told.times) < 2:
        return
    for mention in cast.within(told.start, told.span[1]):
        actor = cast.actors[mention.actor]
        if (
            actor.kind == "person"
            and mention.form == "name"
            and actor.side in cast.parties
            and actor.side not in told.sides
        ):
            add(told, mention.actor, cast)


_SAME = re.compile(r"\b(?:in|at)\s+the\s+same\s+(?:city|town|place|hotel|building|palace|capital|hall|room)\b", re.I)


def _elliptic(token: Token) -> bool:
    """Whether the verb stands for the one before it: "as they had in Tarn", "as both did a week ago"."""
    doc, i = token.doc, token.i
    if token.lower_ not in ("had", "did") or i < 2 or i + 1 >= len(doc) or doc[i - 2].lower_ != "as":
        return False
    return doc[i - 1].lower_ in ("they", "both", "we") and doc[i + 1].tag_ in ("IN", "DT", "JJ", "NNP")


def echoed(sentence: Span, block: Block, told: list[Told], times: list[TimeFound], cast: Cast) -> list[Told]:
    """Encounters told as repeats of one before: "as they did in that town last week and in X on May 3".

    Each place with its time makes one; who met, and how, is taken over from the encounter they repeat.
    """
    past = [t for t in told if t.status == "held"]
    hints = words("meetings", "echoes") | {"done", "had", "did"}
    if not past or hints.isdisjoint(_WORD.findall(sentence.text.lower())):
        return []
    cue = next(
        (
            t
            for t in sentence
            if (t.lower_ == "done" and any(c.lower_ in ("had", "have") for c in t.children))
            or _elliptic(t)
            or (has("echoes", t.lower_) and t.dep_ in ("nsubj", "nsubjpass") and t.head.tag_ == "VBN")
        ),
        None,
    )
    if cue is None:
        return []
    model = next((t for t in reversed(past) if t.place), past[-1])
    form = next((t.format for t in reversed(past[-3:]) if t.format), None)
    mediators = sorted({r for t in past[-3:] for r in t.mediators})
    low, high = block.start + cue.idx, block.start + sentence.end_char
    items: list[tuple[int, int, str, object]] = [(t.start, t.end, "time", t) for t in times if t.start > low]
    clause = Clause(cue, [t for t in sentence if t.i >= cue.i], block)
    for place in cast.places_within((low, high)):
        span = block.tokens(place.start, place.end)
        if span is not None and len(span):
            items.append((place.start, place.end, "place", place_in(place, span, cast)))
    if (same := _SAME.search(clause.block.text, cue.idx, sentence.end_char)) is not None:
        items.append((block.start + same.start(), block.start + same.end(), "place", (model.place, model.country)))
    groups: list[dict[str, tuple[int, int, str, object]]] = []
    for item in sorted(items, key=lambda i: i[0]):
        if not groups or item[2] in groups[-1]:
            groups.append({})
        groups[-1][item[2]] = item
    found = []
    for parts in groups:
        ends = [(i[0], i[1]) for i in parts.values()]
        one = dataclasses.replace(
            model, trigger=cue, block=block, noun=False, strong=True, definite=False, earlier=True
        )
        one.span = (min(e[0] for e in ends), max(e[1] for e in ends))
        one.round = one.minutes = one.venue = None
        one.model, one.beside, one.counted = model, [], None
        one.format, one.mediators = form, list(mediators)
        one.times = [t for i in parts.values() if isinstance(t := i[3], TimeFound)]
        one.place, one.country = parts["place"][3] if "place" in parts else (None, None)  # type: ignore[misc]
        found.append(one)
    return found
