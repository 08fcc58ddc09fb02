"""When an encounter was, as its mentions say it: which of their times are its own, and what those count from."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from dragoman.extract.findings import DateFound, TimeFound, WhenFound
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.time_days import settle_when
from dragoman.extract.times import FUTURE, PAST, UNKNOWN, tensed, times_in

_DAYS = {"day": 1, "weekend": 2, "week": 7, "month": 30, "year": 365}


def when_of(told: Told, anchor: TimeFound | None) -> WhenFound | None:
    """What a mention's own words say of when the encounter was, the narrowest first; None where they say nothing.

    Args:
        told: the mention.
        anchor: when the encounter was that its anchored expressions ("the day before") count from, if there is one.
    """
    way = _tense(told)
    times = [t for t in told.times if told.counted is None or t.start != told.counted.start]
    since = [t for t in times if told.block.text[: t.start - told.block.start].lower().endswith("since ")]
    helpers = {c.lower_ for c in told.trigger.children if c.dep_ == "aux"}
    lasting = not told.noun and told.trigger.tag_ == "VBN" and bool(helpers & {"has", "have"})
    if (told.series or lasting) and since:
        return WhenFound([replace(since[0], direction=PAST)], "since")
    then = told.earlier and not told.noun and len(since) == len(times)  # "had not met since May": they met in May
    if (
        (told.noun or told.trigger.tag_ != "VBG")
        and not then
        and (len(times) > len(since) or not told.noun or not told.strong)
    ):
        times = [t for t in times if t not in since]
    if told.status in ("postponed", "cancelled", "declined") and told.noun and not told.moved and told.kind != "call":
        # "was put off on Monday" dates the decision; "Monday's session" and "until Wednesday" the encounter.
        times = [t for t in times if _of_encounter(t, told) or _once_planned(t, told)]
    if told.status == "proposed" and told.noun:
        times = [t for t in times if not _of_proposal(t, told)]
    if told.status == "postponed":
        # The day that it was once planned for is not its day any more.
        times = [t for t in times[-1:] if told.moved or not _once_planned(t, told)]
    off = told.status in ("cancelled", "declined")
    times = [replace(t, direction=_way(t, way, off)) for t in times]
    if (ends := _from_to(times, told)) is not None:
        return WhenFound(ends, "span")
    own = sorted((t for t in times if t.form != "anchored"), key=grain)
    counted = [replace(t, anchor=t.anchor or anchor) for t in times if t.form == "anchored"]
    if not own and not counted:
        return None
    if told.status == "held" and len(own) == 2 and not counted and grain(own[0]) == 1 and grain(own[1]) <= 3:
        return WhenFound(own, "pair")
    return WhenFound(own + counted)


def _from_to(times: list[TimeFound], told: Told) -> list[TimeFound] | None:
    """The two ends of "from 28 April to 3 May", if the mention is dated so."""
    for first, last in pairwise(times):
        text = told.block.text
        between = text[first.end - told.block.start : last.start - told.block.start].strip().lower()
        before = text[: first.start - told.block.start].rstrip().lower()
        joined = between in ("to", "until", "till", "through") or (between == "and" and before.endswith("between"))
        if joined and before.endswith(("from", "between")) and told.status != "postponed":
            return [first, last]
    return None


def grain(time: TimeFound) -> int:
    """About how many days an expression leaves open."""
    if time.form == "weekday":
        return 1 if time.last is None else (time.last - (time.weekday or 0)) % 7 + 1
    if time.form == "calendar":
        if time.day is not None:
            return 1 if time.last is None else time.last - time.day + 1
        return (10 if time.part else 30) if time.month is not None else 90 if time.part else 365
    days = _DAYS.get(time.unit or "day", 1)
    if time.form in ("near", "some"):
        return 7 * days
    if time.form == "until":
        return max(days, 7) // 2
    if time.form == "offset" and time.unit == "week" and time.text.lower().rstrip().endswith("ago"):
        return 3
    return days


def together(a: WhenFound | None, b: WhenFound | None, written: DateFound | None) -> WhenFound | None:
    """What two mentions of one encounter say of when it was: the narrower counts, as far as it gives days."""
    if a is None or b is None:
        return a or b
    if a.how == b.how == "one":
        times = a.times + [t for t in b.times if t not in a.times]
        return WhenFound(sorted(times, key=lambda t: (t.form == "anchored", grain(t))))
    if written is not None and (settle_when(a, written) is None) != (settle_when(b, written) is None):
        return b if settle_when(a, written) is None else a
    wide = {"since": 1000, "pair": 2, "span": 3}
    return min(a, b, key=lambda w: wide.get(w.how) or grain(w.times[0]))


def when_beside(told: Told) -> WhenFound | None:
    """What the words around a mention say of when the encounter was, or None."""
    way = _tense(told)
    times = sorted((replace(t, direction=_way(t, way)) for t in told.beside), key=grain)
    return WhenFound(times) if times else None


def look_beside(told: Told, taken: list[Told], here: list[TimeFound]) -> None:
    """Note the times of a sentence that are said of what an encounter hangs on, and what counts from it.

    Args:
        told: a mention.
        taken: all mentions of its sentence.
        here: the times of its sentence.
    """
    told.counted = _counting(told, here)
    told.times = [_from_before(t, told) if t is not told.counted and t.form == "anchored" else t for t in told.times]
    if any(told.counted is None or t.start != told.counted.start for t in told.times) or told.series or told.earlier:
        return
    # What is to come is not dated by the day on which it was announced: that day is free for what came before.
    others = {
        id(t)
        for other in taken
        if other is not told
        for t in other.times
        if not (other.status in ("scheduled", "proposed") and tensed(t, other.block).direction == PAST)
    }
    free = [t for t in here if id(t) not in others and (told.counted is None or t.start != told.counted.start)]
    told.times = [t for t in free if t.form == "anchored" and told.start < t.start < told.span[1]]
    free = [t for t in free if t.form != "anchored" and not _within_since(t, told)]
    if told.status == "held":
        free = [t for t in free if t.direction != FUTURE]
    elif told.status in ("scheduled", "proposed"):
        free = [t for t in free if t.direction != PAST]
    if told.noun and told.status in ("held", "scheduled", None):
        told.times += [t for t in free if _adjoining(t, told)]
    if told.counted is not None:
        return
    if told.status == "cancelled" and told.noun:
        told.times += [t for t in free if t not in told.times and _once_planned(t, told)]
    if told.status not in ("cancelled", "declined", "postponed"):  # they are dated by what became of them
        told.beside = [t for t in free if t not in told.times and _beside(t, told)]


def _counting(told: Told, here: list[TimeFound]) -> TimeFound | None:
    """The distance of something else from the encounter, with the time of that: "on Tuesday, four days after they met".

    It runs on to the encounter without a break, and the encounter is in a clause or phrase under its "after".
    """
    for time in here:
        if time.form != "anchored" or not time.text.lower().endswith(_TO_EVENT) or time.end > told.start:
            continue
        between = told.block.text[time.end - told.block.start : told.start - told.block.start]
        span = told.block.tokens(time.start, time.end)
        if span is None or ";" in between or ". " in between:
            continue
        under = any(
            (m.dep_ == "mark" and m.head == told.trigger) or (m.dep_ == "prep" and m in told.trigger.ancestors)
            for m in span
        )
        if under or (len(between.split()) < 4 and not any(c in between for c in ",:")):
            rest = [t for t in here if t.form != "anchored" and (t.end <= time.start or t.start >= told.span[1])]
            known = min(rest, key=lambda t: abs(t.start - time.start), default=None)
            return replace(time, anchor=known)
    return None


_TO_EVENT = ("before", "after", "post", "following")


def _beside(time: TimeFound, told: Told) -> bool:
    """Whether a time that the parse hangs elsewhere dates an encounter all the same."""
    block, trigger = told.block, told.trigger
    span = block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    if told.span[0] <= time.start and time.end <= told.span[1] and told.status in ("held", "scheduled"):
        return time.start > told.start
    if _adjoining(time, told) or _announced_after(time, told):
        return True
    if told.status == "proposed" or (told.status == "scheduled" and time.form in ("until", "offset")):
        return time.start > told.start and time.direction == FUTURE
    over = _verb_over(span.root)
    if over.dep_ in ("ccomp", "parataxis") and over.head == trigger and time.end < told.start:
        # "On Sunday, I can report, X and Y spoke": the parse hangs the time on what is put in.
        subject = next((c for c in over.children if c.dep_ == "nsubj"), None)
        return subject is not None and time.end <= block.start + subject.idx
    step = trigger
    while step.dep_ != "ROOT":
        if step.pos_ in ("VERB", "AUX") and step.dep_ == "ccomp" and step.head == over:
            return _leading(time, over, trigger, block)
        upward = step.dep_ in (
            "advcl",
            "relcl",
            "acl",
            "conj",
            "pcomp",
            "prep",
            "pobj",
            "dobj",
            "xcomp",
            "appos",
            "dep",
        )
        if not (upward or step.dep_ in ("nsubj", "nsubjpass", "attr", "compound")):
            return False
        if step.dep_ in ("advcl", "prep") and _after(step) is False:
            return False
        step = step.head
        if step == over:
            return step.pos_ == "VERB" or step.pos_ == "AUX"
    return False


def _within_since(time: TimeFound, told: Told) -> bool:
    """ "For the first time since a chat in the capital in September": the time is that of the chat."""
    between = told.block.text[max(0, told.start - told.block.start) : max(0, time.start - told.block.start)].lower()
    return " since " in between and "," not in between.rsplit(" since ", 1)[1]


def after_since(time: TimeFound, block: Block) -> bool:
    """Whether a time stands right after "since"."""
    before = block.text[max(0, time.start - block.start - 12) : time.start - block.start].lower().rstrip()
    return before.endswith(("since", "since last", "since early", "since late", "since mid-"))


def _from_before(time: TimeFound, told: Told) -> TimeFound:
    """What "three days later" counts from where it names no event: the day told last before it, in its paragraph."""
    block = told.block
    if names_event(time, told):
        return time
    before = [t for t in times_in(block.text, block.start) if t.end <= time.start and t.form != "anchored"]
    if not before or grain(before[-1]) > 1:
        return time
    return replace(time, anchor=tensed(before[-1], block))


def names_event(time: TimeFound, told: Told) -> bool:
    """Whether an anchored expression says what it counts from: "a week before the vote", not "a week before"."""
    if not time.text.lower().endswith((" before", " after", " of", "post", "following")):
        return False
    rest = told.block.text[time.end - told.block.start :].lstrip()
    return bool(rest) and rest[0] not in ",.;:)"


def _announced_after(time: TimeFound, told: Told) -> bool:
    """Whether somebody spoke on that day straight after the encounter: "the office said on 3 May following a call"."""
    between = told.block.text[time.end - told.block.start : told.start - told.block.start]
    lead = between.lower().split()
    return told.status == "held" and 0 < len(lead) <= 4 and lead[0] in ("after", "following") and "," not in between


def _adjoining(time: TimeFound, told: Told) -> bool:
    """Whether a time stands right after the words of an encounter."""
    if not 0 <= time.start - told.span[1] <= 5:
        return False
    between = told.block.text[told.span[1] - told.block.start : time.start - told.block.start]
    return between.strip(" ,").lower() in ("", "on", "at", "in")


def _after(step: Token) -> bool | None:
    """Whether a clause or phrase is of what was right before; False for what is of any other time, None for neither."""
    words = {step.lower_} if step.dep_ == "prep" else {c.lower_ for c in step.children if c.dep_ in ("mark", "advmod")}
    if words & {"before", "until", "till", "since", "unless", "if", "like", "than", "despite", "ahead", "pending"}:
        return False
    return True if words & {"after", "following", "as", "when", "while"} else None


def _leading(time: TimeFound, verb: Token, trigger: Token, block: Block) -> bool:
    """Whether a time that the parse gives to a verb of saying is of what is said.

    As in "On Friday, the minister told us, he spoke …" and "he rang her on Wednesday evening, his office confirmed".
    """
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    at = block.start + subject.idx
    if block.start + trigger.idx < time.start < at:
        return True
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return (
        time.end <= at
        and after is not None
        and after.text == ","
        and block.start + verb.idx < block.start + trigger.idx
    )


def _verb_over(token: Token) -> Token:
    step = token.head
    while step.head != step and step.pos_ not in ("VERB", "AUX"):
        step = step.head
    return step


def _of_proposal(time: TimeFound, told: Told) -> bool:
    """Whether a time is when an encounter was proposed: "a summit, first proposed in 2021"."""
    span = told.block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    over = _verb_over(span.root)
    return over.dep_ == "acl" and over.head == told.trigger and over.tag_ == "VBN"


def _once_planned(time: TimeFound, told: Told) -> bool:
    """Whether a time is the one that was planned first: "originally foreseen for the 18th", "due on Monday"."""
    span = told.block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    before = told.block.doc[max(0, span.start - 4) : span.start]
    return any(t.lower_ in words("times", "planned_words") for t in before)


def _tense(told: Told) -> int | None:
    """Where the encounter lies by its status; None where the words around the time decide."""
    if told.status in ("scheduled", "postponed", "proposed"):
        return FUTURE
    return PAST if told.status == "held" else None


def _of_encounter(time: TimeFound, told: Told) -> bool:
    doc, span = told.block.doc, told.block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    before = doc[span.start - 1].lower_ if span.start else ""
    anew = span.root.dep_ == "pobj" and span.root.head.head.lower_ in ("held", "place", "moved", "open", "resume")
    return told.trigger.is_ancestor(span.root) or before in ("until", "till", "to", "for") or (before == "on" and anew)


def _way(time: TimeFound, way: int | None, told_off: bool = False) -> int:
    """The tense of the encounter rules that of the clause, save where the words themselves say."""
    bare = (time.form == "weekday" and time.step == 0) or (time.form == "calendar" and time.year is None)
    if way is None and time.form == "calendar" and time.year is None and told_off:
        return UNKNOWN
    return way if way is not None and bare else time.direction
