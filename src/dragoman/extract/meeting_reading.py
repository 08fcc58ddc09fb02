"""One mention of an encounter read: what its clause says of it, and whether that is enough for an entry."""

from __future__ import annotations

import re

from dragoman.extract.cast import Cast, PlaceFound
from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_clauses import (
    Clause,
    belongs,
    below,
    carrier,
    clause_of,
    has,
    joined,
    mentions_of,
    unnamed,
    with_conjoined,
)
from dragoman.extract.meeting_fields import (
    denied,
    format_of,
    level_by_words,
    minutes_of,
    rank_of,
    round_of,
    status_by_time,
    status_of,
    was_to_have,
)
from dragoman.extract.meeting_mentions import Told, partakers, partaking, place_in, place_of, venue_of
from dragoman.extract.meeting_parts import Frame
from dragoman.extract.meeting_strength import add, framed, outsider, strong
from dragoman.extract.meeting_times import after_since
from dragoman.extract.ordinals import ordinal
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Token
from dragoman.extract.times import FUTURE, TimeFound


def read(
    token: Token,
    noun: bool,
    block: Block,
    page: Page,
    cast: Cast,
    times: list[TimeFound],
    frame: Frame | None = None,
) -> Told | None:
    """What stands around one trigger; None where it tells of no encounter in particular."""
    lefts = {c.lower_ for c in token.lefts}
    none = noun and denied(token)
    told = worded(token, noun, block, page, cast, times)
    if noun and _opened(token, told.times):
        return None
    refused = told.status == "declined" and (len(told.people) > 1 or len(told.sides) > 1)
    if noun and "any" in lefts and "such" not in lefts and not refused:
        return None  # "any meeting" is none in particular; "ruled out any meeting with X" is a refusal
    if none:
        # "No meeting between X and Y is planned": somebody had one in mind.
        if len(told.people) < 2 or not any(c.lower_ in ("between", "of", "with") for c in token.children):
            return None
        told.status = "declined"
    if frame is not None:
        _by_frame(told, frame, cast)
    if not noun and _no_intention(token):
        told.status = "declined"
    negated = not noun and any(has("negations", c.lower_) for c in token.children)
    past = told.status == "held" or any(c.lower_ in ("did", "had", "have", "has") for c in token.children)
    if negated and past and not _not_since(told):
        return None  # "have never negotiated", "did not meet on Sunday"
    if (
        noun
        and told.status == "cancelled"
        and len(told.times) > 1
        and (own := _own_day(token, block, told)) is not None
    ):
        told.status, told.times = "held", [own]
    if noun and told.status in ("scheduled", "held", None) and (once := _first_plan(token)) is not None:
        # "The round that was meant for the 27th will be on 3 June": it is put off.
        low, high = block.at(once.left_edge)[0], block.at(once.right_edge)[1]
        anew = [t for t in told.times if not low <= t.start < high and t.direction != -FUTURE]
        if token.head.lower_ in ("is", "be") or any(c.lower_ in ("will", "'ll", "’ll") for c in token.head.children):
            told.status, told.times, told.moved = "postponed", anew, bool(anew)
    if told.status == "postponed" and (new := _put_off_to(token, block, times)) is not None:
        told.times, told.moved = [new], True
    if noun and told.status == "proposed" and _guest(token):
        told.status = None
    told.definite = noun and bool(lefts & {"the", "this", "these", "those", "such", "that"}) and not told.later
    back = noun and token.dep_ == "attr" and any(c.lower_ in ("it", "this", "that") for c in token.head.lefts)
    if back:
        told.definite, told.later = True, False  # "it was their fourth meeting" speaks of one told before
    day = _day_of(token) if noun else None
    if day is not None and not told.later and told.status in (None, "held"):
        for ref in cast.parties[:2]:
            if len(told.sides) < 2:
                add(told, ref, cast)
        told.status, told.definite = "held", bool(told.sides)
        if len(told.sides) > 1 and any(ordinal(c.lower_) for c in day.lefts):
            told.strong = True
            if len(times) == 1 and not told.times and times[0].direction != FUTURE:
                told.times = list(times)
            low = block.start + token.sent.start_char
            around = list(cast.places_within((low, low + len(token.sent.text))))
            around = [p for p in around if not any(has("no_towns", word) for word in p.name.lower().split())]
            if told.place is None and len({p.name for p in around}) == 1 and (span := block.tokens(*_ends(around[0]))):
                told.place, told.country = place_in(around[0], span, cast)
            return told
    told.strong = (
        not back
        and (strong(told, cast, lefts) or framed(told, frame, cast))
        and not (noun and outsider(token, told, block, cast))
    )
    bare = bool(told.times) and all(t.form == "calendar" and not t.month for t in told.times)
    if noun and told.strong and bare and not (told.people or told.place or told.round or told.earlier):
        told.strong = told.status != "held"  # "has chaired the talks since 2021"
    asked = page.text[told.span[0] : told.span[1] + 2].rstrip().endswith("?")
    if noun and asked and not (told.people or told.times or told.place or told.sides):
        told.strong = False
    if told.status == "declined" and told.format == "indirect":
        # "were never in one room": they met, but not so.
        told.status, told.strong, told.definite = "held", False, True
    return told


def _no_intention(verb: Token) -> bool:
    """ "Has no intention of meeting X", "sees no reason to sit down with him"."""
    for step, _ in zip(verb.ancestors, range(2), strict=False):
        if has("intentions", step.lower_) and any(c.lower_ == "no" for c in step.lefts):
            return True
    return False


def _first_plan(token: Token) -> Token | None:
    """The relative clause that tells for when an encounter was planned at first: "which was to open on the 26th"."""
    inner = [c for p in token.children if p.lower_ == "of" for t in p.children for c in t.children]
    for child in [*token.children, *inner]:
        if child.dep_ not in ("relcl", "acl"):
            continue
        parts = {child.lower_, *(c.lower_ for c in child.children)}
        planned = parts & words("times", "planned_words") or has("scheduled", child.lower_)
        was = bool(parts & {"was", "were", "had"})
        if was and (planned or any(c.dep_ == "xcomp" and "to" in {d.lower_ for d in c.lefts} for c in child.children)):
            return child
    return None


def _own_day(token: Token, block: Block, told: Told) -> TimeFound | None:
    """The day of "Tuesday's round, which was to have been held on the 17th": it was held, on Tuesday."""
    if not any(was_to_have(a) for a in (*token.ancestors, *token.children)):
        return None
    end = block.start + token.idx
    whose = [t for t in told.times if t.end < end and block.text[t.end - block.start :][:2] in ("'s", "’s")]
    return whose[0] if whose and whose[0].direction != FUTURE else None


def _opened(token: Token, times: list[TimeFound]) -> bool:
    """ "Since negotiations opened in 2023": the beginning of the process, told by its month or year, is no session."""
    if token.lower_ not in ("talks", "negotiations", "process", "dialogue", "mediation", "consultations"):
        return False
    doc = token.doc
    marked = any(t.lower_ == "since" for t in doc[max(0, token.i - 3) : token.i])
    marked = marked and any(has("beginning", t.lower_) for t in doc[token.i + 1 : token.i + 9])
    return marked and bool(times) and all(t.form == "calendar" and t.day is None for t in times)


def _not_since(told: Told) -> bool:
    """ "They had not seen each other since May": what is denied from then on tells of an encounter then."""
    since = [t for t in told.times if after_since(t, told.block)]
    if not since or not (len(told.people) > 1 or len(told.sides) > 1):
        return False
    told.times, told.beside = since[:1], []
    told.status, told.earlier, told.place, told.country, told.venue = "held", True, None, None, None
    return True


def _put_off_to(token: Token, block: Block, times: list[TimeFound]) -> TimeFound | None:
    """The time that an encounter is put off to: "has been moved from Monday to the first half of June"."""
    for time in reversed(times):
        before = block.text[: time.start - block.start].lower().split()[-2:]
        if words("times", "planned_words") & set(before):
            continue  # "foreseen for Monday" tells what it was put off from
        if time.start > block.start + token.idx and {"to", "until", "till", "for"} & set(before):
            return time
    return None


def _ends(place: PlaceFound) -> SpanT:
    return place.start, place.end


def _day_of(token: Token) -> Token | None:
    """The day that "an eighth day of talks" counts, if a noun is told so."""
    day = token.head.head if token.head.lower_ == "of" else None
    return day if day is not None and day.lower_ in ("day", "days", "night", "hours", "evening") else None


def _by_frame(told: Told, frame: Frame, cast: Cast) -> None:
    """Take over what the shape of the clause says."""
    told.kind, told.status = frame.kind or told.kind, frame.status or told.status
    told.format, told.level = frame.format or told.format, frame.level or told.level
    if frame.host is not None and frame.host not in (*told.mediators, *told.sides):
        told.mediators.append(frame.host)
        told.others = [r for r in told.others if r != frame.host]
    third = told.people and any(cast.actors[p].side not in cast.parties for p in told.people) and not frame.host
    if frame.both and len(told.sides) < 2 and not (told.sides and third):
        for ref in cast.parties[:2]:
            add(told, ref, cast)


def worded(token: Token, noun: bool, block: Block, page: Page, cast: Cast, times: list[TimeFound]) -> Told:
    """A trigger with all that its clause says of the encounter: when, who, where, how."""
    alone = noun and any(_just_before(t, token, block) for t in times)
    clause = clause_of(token, noun, block, alone)
    told = Told(token, block, clause.span, noun, clause_alone=alone)
    told.times = [t for t in times if _its_time(t, token, clause)]
    entry = _heading(block, times)
    if entry is not None and not told.times:
        told.times = [entry]
    told.status = "held" if alone else status_of(token, noun)
    if entry is not None and told.status is None and entry in told.times and not has("negations", token.lower_):
        told.status = "held"
    told.round, told.earlier, told.later, told.series = round_of(token) if noun else (None, False, False, False)
    told.when = not noun and any(c.lower_ == "when" for c in token.children)
    adverbs = {c.lower_ for c in token.children if c.dep_ == "advmod"}
    _who(told, clause, cast)
    if len(told.sides) < 2 and _unnamed_sides(token, noun, block, cast):
        for ref in cast.parties[:2]:
            add(told, ref, cast)
    _arrangers(told, clause, cast)
    if not noun and told.status == "held" and told.times and adverbs & {"too", "already", "previously"}:
        told.earlier = True  # "they sat together in that town in May too"
    if told.earlier and told.status in (None, "scheduled"):
        told.status = "held"
    told.place, told.country = place_of(token, clause, cast)
    if told.place is None and page.layout.dateline and any(t.lower_ == "here" for t in clause.tokens):
        told.place = next((p.name for p in cast.places if p.start == page.layout.dateline[0]), None)
    told.venue = venue_of(clause, page, token)
    told.level = level_by_words(_naming(token, noun))
    told.format = format_of(clause, token)
    told.minutes = minutes_of(page.quote(told.span))
    if told.minutes is not None and told.status not in (None, "held") and _AFTER_LENGTH.search(page.quote(told.span)):
        told.minutes = None  # "will sit down again after eight hours on Friday"
    told.kind = _kind(told, clause, cast)
    if not told.times and told.when:
        told.times = [t for t in times if token.idx + block.start - t.end >= 0 and _when(t, token, block)]
    words = {t.lower_ for t in clause.tokens}
    told.apart = not noun and has("meet_verbs", token.lower_) and any(has("aside", t.lower_) for t in token.subtree)
    told.apart = told.apart or (not noun and len(told.people) > 1 and "also" in adverbs)
    told.apart = told.apart or (noun and any(has("aside", c.lower_) for c in token.children))
    often = {"daily", "weekly", "every", "repeatedly", "regularly"}
    latest = "recently" in words or {"last", "time"} <= words
    if (words & often or (not noun and words & {"times", "previously", "often"})) and not latest:
        told.series = True
    if told.status is None:
        told.status = status_by_time(token, (t.direction for t in told.times))
    verb = token.head if noun and token.dep_ in ("nsubj", "nsubjpass") else None
    if told.status is None and verb is not None and verb.tag_ in ("VBZ", "VBP") and not told.earlier:
        fresh = any(c.lower_ in ("a", "an", "another", "further") for c in token.lefts)
        told.status = "proposed" if fresh else None
    if told.status == "scheduled" and not (noun or told.times) and "would" in {c.lower_ for c in token.children}:
        told.status = "proposed"  # "said that he would see her anywhere" is an offer as long as there is no day
    if told.status == "scheduled" and page.text[told.span[0] : told.span[1] + 2].rstrip().endswith("?"):
        told.status = "proposed"
    return told


def _heading(block: Block, times: list[TimeFound]) -> TimeFound | None:
    """The day that an entry of a chronicle opens with ("5 March: night session in …")."""
    for time in times[:1]:
        before = block.text[: max(0, time.start - block.start)].strip(" -–—•*·\t")
        after = block.text[time.end - block.start :].lstrip()[:1]
        if not before and after in (":", "–", "—"):
            return time
    return None


def _its_time(time: TimeFound, token: Token, clause: Clause) -> bool:
    """Whether a time stands in the clause and is said of the encounter."""
    low, high = clause.span
    between = clause.block.text[token.idx + len(token) : time.start - clause.block.start]
    after = time.start > clause.block.start + token.idx
    if after and time.end <= high + 2 and between.strip().lower() in ("", "on", "in", "of", "for", "late"):
        return True
    span = clause.block.tokens(time.start, time.end)
    return low <= time.start and time.end <= high + 2 and span is not None and belongs(span.root, token, clause)


def _when(time: TimeFound, token: Token, block: Block) -> bool:
    """ "Since 12 September, when they first sat down": the time stands right before "when"."""
    when = next((c for c in token.children if c.lower_ == "when"), None)
    if when is None:
        return False
    between = block.text[max(0, time.end - block.start) : when.idx]
    # "on Sunday, she added, when X telephoned Y"
    aside = between.count(",") == 2 and len(between) < 40 and between.startswith(",") and between.endswith(", ")
    return 0 <= block.start + when.idx - time.end <= 2 or (aside and when.idx > time.end - block.start)


def _naming(trigger: Token, noun: bool) -> set[Token]:
    """The words that say who meets: subjects, what stands before the noun, "of …", "between …", "at … level"."""
    parts = partaking(trigger, noun) + [c for c in trigger.children if c.lower_ == "at"]
    return {t for part in parts for t in part.subtree} | {trigger}


def _just_before(time: TimeFound, trigger: Token, block: Block) -> bool:
    """ "Two weeks after the first round, …": the encounter is what the time counts from."""
    if time.form != "anchored" or not time.text.lower().endswith(("after", "before", "post", "following")):
        return False
    gap = block.text[max(0, time.end - block.start) : trigger.idx]
    return time.end - block.start <= trigger.idx and len(gap.split()) <= 4 and not any(c in gap for c in ",.;")


def _who(told: Told, clause: Clause, cast: Cast) -> None:
    for mention in partakers(told.trigger, told.noun, clause, cast):
        add(told, mention.actor, cast, person=mention.form != "adjective")
    if told.noun and not told.sides:
        _who_else(told, clause, cast)


def _who_else(told: Told, clause: Clause, cast: Cast) -> None:
    """Who must be meant where the noun names nobody.

    The subjects in "X and Y agreed on Monday after a long meeting", and both parties where one of them proposes a
    meeting and says with whom no more than "a meeting".
    """
    trigger, verb = told.trigger, carrier(told.trigger)
    if trigger.dep_ == "pobj" and trigger.head.lower_ in ("after", "following", "at", "during", "in"):
        above = next((a for a in trigger.ancestors if a.pos_ in ("VERB", "AUX")), None)
        heads = [c for c in with_conjoined(above) if c.dep_ == "nsubj"] if above is not None else []
        found = [m for c in heads for m in mentions_of(list(below(c, c)), clause.block, cast)]
        sides = {cast.actors[m.actor].side if cast.actors[m.actor].kind == "person" else m.actor for m in found}
        if not found and any(unnamed(c) for c in heads):
            for ref in cast.parties[:2]:
                add(told, ref, cast)
        if len(sides & set(cast.parties)) > 1:
            for mention in found:
                add(told, mention.actor, cast, person=mention.form != "adjective")
    elif verb is not None and trigger.dep_ == "dobj" and told.status == "proposed" and verb == trigger.head:
        heads = [c for c in with_conjoined(verb) if c.dep_ == "nsubj"]
        found = [m for c in heads for m in mentions_of(list(below(c, c)), clause.block, cast)]
        fresh = {c.lower_ for c in trigger.lefts} & {"a", "an", "another", "direct", "new", "further", "fresh"}
        partner = any(c.lower_ in ("with", "between", "of", "for") for c in trigger.children)
        if fresh and not partner and any(m.actor in cast.parties for m in found):
            for ref in cast.parties[:2]:
                add(told, ref, cast)


def _unnamed_sides(trigger: Token, noun: bool, block: Block, cast: Cast) -> bool:
    """Whether "the delegations", "the two ministers", "both sides" are said to meet, without "of X, Y and Z"."""
    verb = carrier(trigger) if noun else trigger
    between = [t for c in trigger.children if c.lower_ in ("between", "of") for t in c.children]
    if any(unnamed(t) for t in between):
        return True
    if verb is None or has("arranging", verb.lower_):
        return False
    heads = [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c != trigger]
    return any(unnamed(c) and not mentions_of(list(below(c, c)), block, cast) for c in heads)


def _arrangers(told: Told, clause: Clause, cast: Cast) -> None:
    """Who brings the encounter about, or opens and leads it: mediators; the person who leads it takes part."""
    verb = carrier(told.trigger) if told.noun else None
    if told.trigger.dep_ == "dobj" and verb is None:
        verb = told.trigger.head
    if verb is None or not any(
        has(name, form) for name in ("arranging", "presiding", "proposed") for form in (verb.lower_, joined(verb))
    ):
        return
    heads = [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "agent")]
    heads = [verb.head if c.lower_ in ("who", "which", "that") else c for c in heads]
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        heads.append(verb.head)
    for head in heads:
        for mention in mentions_of(
            [head, *(t for c in head.lefts for t in c.subtree), *(c for c in head.rights if c.dep_ == "appos")],
            clause.block,
            cast,
        ):
            actor = cast.actors[mention.actor]
            org = mention.actor if actor.kind != "person" else actor.side
            if org is None or org in cast.parties or cast.actors[org].part == "party":
                continue
            wishes = has("proposed", verb.lower_) or has("proposed", joined(verb))
            if wishes and org not in cast.mediators:
                continue
            add(told, mention.actor, cast, person=False)
            if actor.kind == "person" and has("presiding", verb.lower_) and mention.actor not in told.chairs:
                told.chairs.append(mention.actor)


_AFTER_LENGTH = re.compile(r"\b(?:after|following)\s+(?:[\w-]+\s+){1,4}(?:hour|minute)", re.I)
_REGULAR = frozenset({"annual", "ordinary", "general", "plenary", "biennial", "yearly", "regular"})


def _kind(told: Told, clause: Clause, cast: Cast) -> str:
    word, words = told.trigger.lower_, {t.lower_ for t in clause.tokens}
    near = {t.lower_ for t in clause.tokens if abs(t.i - told.trigger.i) <= 4}
    if has("call_verbs", word) or word in ("call", "calls", "teleconference", "phone-call"):
        return "call"
    if told.format == "phone" and (not told.noun or any(has("phone_words", w) for w in near)):
        return "call"
    if has("speak_verbs", word):
        near_words = words & {"minutes", "hour", "hours", "call", "line"}
        return "call" if told.format == "phone" or (near_words and told.format is None) else "talks"
    if has("visit_nouns", word) or (has("receive_verbs", word) and not told.noun and "other" not in near):
        seen = word in ("saw", "seen", "see", "sees")
        objects = [c for c in told.trigger.children if c.dep_ in ("dobj", "nsubjpass")]
        if any(unnamed(c) and c.tag_ == "NNS" for c in objects):
            return "summit" if any(has("leaders", c.lower_) for c in objects) else "talks"
        led = any(rank_of(p, cast) == "leaders" for p in told.people) and len(told.sides) < 2
        gone = any(has("travelling", a.lower_) for a in told.trigger.ancestors)
        wish = told.status in ("declined", "proposed")
        return "talks" if seen and not gone and (wish or not led) else "visit"
    if any(c.lower_ == "where" for c in told.trigger.children) and told.people and not told.noun:
        return "visit" if len(told.sides) < 2 else "talks"
    if "trilateral" in near or "three-way" in near or ("way" in near and "three" in near):
        return "trilateral"
    if (word in ("session", "conference", "assembly", "congress", "sitting") and near & _REGULAR) or word == "sits":
        return "forum"
    ranks = [rank_of(p, cast) for p in told.people]
    leaders = len(ranks) > 1 and set(ranks) == {"leaders"} and len(told.sides) > 1
    if word.startswith("summit") or told.level == "leaders" or leaders:
        return "summit"
    return "talks"


def _guest(trigger: Token) -> bool:
    """ "Was not invited to Friday's session": it is the guest that is asked, not the encounter."""
    verb = trigger.head.head if trigger.dep_ == "pobj" else None
    own = any(c.dep_ == "poss" or c.lower_ == "the" for c in trigger.lefts)
    return verb is not None and verb.lower_ == "invited" and own and any(c.dep_ == "auxpass" for c in verb.children)
