"""Encounters: which mentions tell of the same one, and what they say of it together."""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from dragoman.extract.cast import Cast
from dragoman.extract.findings import DateFound, MeetingFound, SpanT
from dragoman.extract.meeting_fields import (
    denied,
    format_of,
    level_by_words,
    minutes_of,
    rank_of,
    round_of,
    status_by_time,
    status_of,
)
from dragoman.extract.meeting_groups import Group, group
from dragoman.extract.meeting_mentions import (
    BARE,
    with_conjoined,
    mentions_of,
    unnamed,
    Clause,
    Told,
    belongs,
    carrier,
    clause_of,
    has,
    partakers,
    partaking,
    place_of,
    triggers,
    venue_of,
)
from dragoman.extract.page import Block, Page
from dragoman.extract.times import FUTURE, TimeFound, find_times, settle

HIGHER = {"leaders": 3, "ministers": 2, "delegations": 1, "experts": 0}


def find_meetings(page: Page, cast: Cast, written: DateFound | None) -> list[MeetingFound]:
    """Every encounter between sides or with a mediator that the text tells of, one entry each, in the text's order.

    `written` is the day of writing, if it is known: without it, days that need it stay unknown.
    """
    told = mentions(page, cast)
    groups = group(told, written)
    return [entry(g, cast, page, written) for g in groups]


def mentions(page: Page, cast: Cast) -> list[Told]:
    """Every mention of an encounter, in the order of the text."""
    times = find_times(page)
    found: list[Told] = []
    for block, sentence in page.sentences():
        taken: list[Told] = []
        here = [t for t in times if block.start + sentence.start_char <= t.start < block.start + sentence.end_char]
        for token, noun in triggers(block, sentence, cast):
            told = read(token, noun, block, page, cast, here)
            if told is None:
                continue
            if taken and _same_words(taken[-1], told):
                _take_over(taken[-1], told)
                continue
            taken.append(told)
        for told in taken:
            found += _split(told, cast, page)
    for order, told in enumerate(found):
        told.order = order
    return found


def read(token: Token, noun: bool, block: Block, page: Page, cast: Cast, times: list[TimeFound]) -> Told | None:
    """What stands around one trigger; None where it tells of no encounter in particular."""
    clause = clause_of(token, noun, block)
    told = Told(token, block, clause.span, noun)
    low, high = clause.span
    told.times = [
        t
        for t in times
        if low <= t.start
        and t.end <= high + 2
        and (span := block.doc.char_span(t.start - block.start, t.end - block.start, alignment_mode="expand")) is not None
        and belongs(span.root, token, clause)
    ]
    told.status = status_of(token, noun)
    told.round, told.earlier, told.later, told.series = round_of(token) if noun else (None, False, False, False)
    _who(told, clause, cast)
    if len(told.sides) < 2 and _unnamed_sides(token, noun):
        for ref in cast.parties[:2]:
            add(told, ref, cast)
    outside = noun and _outsider(token, told)
    _arrangers(told, clause, cast)
    if told.earlier and told.status in (None, "scheduled"):
        told.status = "held"
    place = place_of(token, clause, cast)
    if place is not None:
        state = any(a.kind == "state" and place.name in (a.name, *a.names) for a in cast.actors)
        if token.lower_ in ("host", "hosts") or state or place.name == place.country:
            told.country = place.name
        else:
            told.place, told.country = place.name, place.country
    told.venue = venue_of(clause, page, token)
    told.level = level_by_words(_naming(token, noun))
    told.format = format_of(clause, token)
    told.minutes = minutes_of(page.text[low:high])
    told.kind = _kind(told, clause)
    words = {t.lower_ for t in clause.tokens}
    if not noun and words & {"daily", "times", "previously", "repeatedly", "often"}:
        told.series = True
    lefts = {c.lower_ for c in token.lefts}
    told.definite = noun and bool(lefts & {"the", "this", "these", "those", "such", "that"}) and not told.later
    told.strong = _strong(told, cast, lefts) and not outside
    if noun and denied(token):
        return None
    if told.status is None:
        told.status = status_by_time(token, (t.direction for t in told.times))
    if told.status == "scheduled" and page.text[low : high + 2].rstrip().endswith("?"):
        told.status = "proposed"
    if told.status == "declined" and told.format == "indirect":
        told.status, told.strong, told.definite = "held", False, True
    return told


def _naming(trigger: Token, noun: bool) -> set[Token]:
    """The words that say who meets: subjects, what stands before the noun, "of …", "between …", "at … level"."""
    parts = partaking(trigger, noun) + [c for c in trigger.children if c.lower_ == "at"]
    return {t for part in parts for t in part.subtree} | {trigger}


def _who(told: Told, clause: Clause, cast: Cast) -> None:
    for mention in partakers(told.trigger, told.noun, clause, cast):
        add(told, mention.actor, cast, person=mention.form != "adjective")


def _unnamed_sides(trigger: Token, noun: bool) -> bool:
    """Whether "the delegations", "the two ministers", "both sides" are said to meet."""
    verb = carrier(trigger) if noun else trigger
    between = [t for c in trigger.children if c.lower_ in ("between", "of") for t in c.children]
    if any(unnamed(t) for t in between):
        return True
    if verb is None or has("arranging", verb.lower_):
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and c != trigger and unnamed(c) for c in with_conjoined(verb))


def _outsider(trigger: Token, told: Told) -> bool:
    """Whether the one partner that is named is none of the cast ("a meeting with the works council")."""
    partners = [t for c in trigger.children if c.lower_ == "with" for t in c.children if t.dep_ == "pobj"]
    return len(told.sides) < 2 and not told.mediators and any(
        t.pos_ in ("NOUN", "PROPN") and not unnamed(t) and "counterpart" not in t.lower_ and t.lower_ not in ("side", "participation", "view", "aim")
        for t in partners
    )


def _arrangers(told: Told, clause: Clause, cast: Cast) -> None:
    """Who brings the encounter about, or opens and leads it: mediators; the person who leads it takes part."""
    verb = carrier(told.trigger) if told.noun else None
    if told.trigger.dep_ == "dobj" and verb is None:
        verb = told.trigger.head
    if verb is None or not (has("arranging", verb.lower_) or has("presiding", verb.lower_)):
        return
    heads = [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "agent")]
    heads = [verb.head if c.lower_ in ("who", "which", "that") else c for c in heads]
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        heads.append(verb.head)
    for head in heads:
        for mention in mentions_of([head, *(t for c in head.lefts for t in c.subtree), *(c for c in head.rights if c.dep_ == "appos")], clause.block, cast):
            actor = cast.actors[mention.actor]
            org = mention.actor if actor.kind != "person" else actor.side
            if org is None or org in cast.parties or cast.actors[org].part == "party":
                continue
            add(told, mention.actor, cast, person=has("presiding", verb.lower_))


def add(told: Told, ref: int, cast: Cast, person: bool = True) -> None:
    """Put an actor where it belongs: sides, people or mediators; a person brings his or her side along."""
    actor = cast.actors[ref]
    if actor.kind == "person":
        if person and ref not in told.people:
            told.people.append(ref)
        if actor.side is not None:
            add(told, actor.side, cast)
        return
    if actor.side is not None and actor.kind == "body":
        add(told, actor.side, cast)
        return
    if ref in cast.parties or actor.part == "party":
        if ref not in told.sides:
            told.sides.append(ref)
    elif ref in cast.mediators or actor.part in ("mediator", "host"):
        if ref not in told.mediators:
            told.mediators.append(ref)
    elif actor.kind in ("state", "bloc", "organisation") and ref not in told.others:
        told.others.append(ref)


def _kind(told: Told, clause: Clause) -> str:
    word, words = told.trigger.lower_, {t.lower_ for t in clause.tokens}
    near = {t.lower_ for t in clause.tokens if abs(t.i - told.trigger.i) <= 4}
    if has("call_verbs", word) or word in ("call", "calls", "teleconference", "phone-call"):
        return "call"
    if told.format == "phone" and (has("speak_verbs", word) or any(has("phone_words", w) for w in near)):
        return "call"
    if has("speak_verbs", word):
        return "call" if told.format != "in_person" else "talks"
    if has("visit_nouns", word) or (has("receive_verbs", word) and not told.noun and "other" not in near):
        return "visit"
    if "trilateral" in near or "three-way" in near:
        return "trilateral"
    if word.startswith("summit") or told.level == "leaders":
        return "summit"
    return "talks"


def _strong(told: Told, cast: Cast, lefts: set[str]) -> bool:
    """Whether a mention says enough for an entry: a day, a place, a number, or who met whom."""
    word = told.trigger.lower_
    several = len(told.sides) >= 2 or (len(told.sides) >= 1 and bool(told.mediators or (told.others and told.people)))
    pair = len(told.people) >= 2 and bool(told.sides)
    if not told.noun:
        if told.kind == "call":
            return pair or several
        plural = any(c.dep_ == "nsubj" and c.lower_ in ("we", "they") for c in with_conjoined(told.trigger))
        return several or pair or (plural and (bool(told.times) or told.place is not None))
    if told.kind == "trilateral":
        return told.status is not None
    if told.kind == "visit":
        return several and bool(told.people)
    if told.kind == "call":
        return pair or (several and (bool(told.people) or bool(told.times) or told.status in ("proposed", "declined")))
    anchored = bool(told.times) or told.place is not None
    if word in BARE and not lefts and not anchored:
        return several and told.status in ("held", "scheduled", "proposed", "declined", "postponed", "cancelled")
    if has("weak_nouns", word):
        return (several and (anchored or told.status is not None)) or (anchored and told.status is not None)
    if told.round is not None or pair:
        return True
    if told.mediators and told.status in ("proposed", "scheduled", "declined"):
        return True
    if told.later:
        return told.status is not None or anchored
    return (several and (told.status is not None or not lefts & {"the", "these"})) or (anchored and told.status is not None)


def _same_words(one: Told, two: Told) -> bool:
    """Whether two triggers of a sentence are one telling ("the delegations met for talks")."""
    if one.kind == "call" and two.kind == "call":
        return one.span == two.span
    verb, noun = (one, two) if not one.noun else (two, one)
    if verb.noun == noun.noun:
        return one.span == two.span and one.noun and (one.trigger.head == two.trigger or two.trigger.head == one.trigger)
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
    apart = any(word in clause for word in ("separately", "with each", "each of them", "one after the other", "in turn"))
    if told.kind in ("call", "visit") and told.mediators:
        _reach(told, cast)
    if not told.mediators or len(told.sides) < 2 or not (apart or told.kind in ("call", "visit")):
        return [told]
    if any(word in clause for word in ("trilateral", "three-way", "joint", "together")):
        return [told]
    out = []
    for side in told.sides:
        one = dataclasses.replace(told)
        mine = [p for p in told.people if cast.actors[p].side == side]
        one.sides, one.people = [side], [p for p in told.people if cast.actors[p].side not in told.sides] + mine
        one.mediators = list(told.mediators)
        named = [m.start for m in cast.within(told.start, high) if m.actor in (*mine, side)]
        if len(told.times) == len(told.sides) and named:
            after = [t for t in told.times if t.start > named[0]]
            one.times = after[:1] or told.times[:1]
        out.append(one)
    return out


def _reach(told: Told, cast: Cast) -> None:
    """Take in people of other sides that the parse hung elsewhere: "saw A on Thursday and B on Saturday"."""
    if len(told.times) < 2:
        return
    for mention in cast.within(told.start, told.span[1]):
        actor = cast.actors[mention.actor]
        if actor.kind == "person" and mention.form == "name" and actor.side in cast.parties and actor.side not in told.sides:
            add(told, mention.actor, cast)


# -- from a group of mentions to an entry -----------------------------------------------------------------------------


def entry(g: Group, cast: Cast, page: Page, written: DateFound | None) -> MeetingFound:
    """The entry that a group of mentions makes."""
    sides, people, mediators = g.together("sides"), g.together("people"), g.together("mediators")
    told = g.told
    place = g.first("place")
    country = next((t.country for t in told if t.place == place and t.country), None)
    kind = g.kind
    others = [r for r in g.together("others") if r not in mediators]
    # A third that meets one side by itself is taken for one that works on the matter; several are its friends.
    if len(sides) == 1 and not mediators and len(others) == 1:
        mediators += others
    for ref in list(mediators):
        if cast.actors[ref].part == "party":
            mediators.remove(ref)
    if kind not in ("call", "visit") and not (len(sides) == 1 and mediators and len(people) >= 2):
        one_with = len(sides) == 1 and any(t.mediators and t.sides and t.strong for t in told) and not g.first("round")
        for ref in cast.parties[:2]:
            if ref not in sides and len(sides) < 2 and not one_with:
                sides.append(ref)
    if kind in ("talks", "trilateral") and len(sides) >= 2:
        hosts = [i for i, a in enumerate(cast.actors) if a.kind == "state" and a.part != "party" and i not in cast.mediators]
        for ref in [*cast.mediators, *hosts]:
            if ref not in mediators and _mediates(ref, g, cast, page, country):
                mediators.append(ref)
    ranks = [r for p in people if (r := rank_of(p, cast)) and (kind != "talks" or cast.actors[p].side in sides)]
    level = g.level or max(ranks, key=lambda r: HIGHER[r], default=None) or "delegations"
    if kind in ("call", "visit") and ranks:
        level = max(ranks, key=lambda r: HIGHER[r])
    if kind == "talks" and level == "leaders" and len(sides) == 2 and g.status in ("proposed", "declined"):
        kind = "summit"
    spans: list[SpanT] = sorted({t.span for t in told})
    fmt = g.first("format") or ("phone" if kind == "call" else None)
    if fmt is None and (kind == "visit" or g.first("venue") or (place and g.status in ("held", "scheduled"))):
        fmt = "in_person"
    return MeetingFound(
        spans=spans,
        kind=kind,
        level=level,
        status=g.status,
        format=fmt,
        date=g.date,
        place=place,
        country=country,
        venue=g.first("venue"),
        parties=sides,
        participants=people,
        mediators=mediators,
        round=g.first("round"),
        duration_minutes=g.first("minutes"),
        outcome=None,
    )


def _mediates(ref: int, g: Group, cast: Cast, page: Page, country: str | None) -> bool:
    """Whether a mediator of the page is said, or by the place known, to be at this encounter."""
    actor = cast.actors[ref]
    if ref not in cast.mediators:
        return bool(country and country in {actor.name, *actor.names})
    if country and country in {actor.name, *actor.names}:
        return True
    for told in g.told:
        if not told.strong:
            continue
        if told.format == "indirect" and told.status == "held":
            return True
        words = {w.strip(".,;:“”\"'’").lower() for w in page.quote(told.span).split()}
        if any(has("mediating_words", w) for w in words) and any(m.actor == ref for m in cast.within(*told.span)):
            return True
    # A court, a commission or a board that mediates does so throughout; a state does where it is host.
    direct = any("direct" in page.quote(t.span).lower().split() for t in g.told if t.strong)
    return actor.kind != "state" and not direct and g.status != "proposed"


__all__ = ["FUTURE", "find_meetings", "mentions", "settle"]
