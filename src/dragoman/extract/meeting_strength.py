"""Whether a mention of an encounter says enough for an entry of its own, and who is put where by it."""

from __future__ import annotations

from dragoman.extract.cast import Cast
from dragoman.extract.meeting_clauses import (
    BARE,
    below,
    carrier,
    has,
    mentions_of,
    standing_for,
    unnamed,
    with_conjoined,
)
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.meeting_parts import Frame
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token


def strong(told: Told, cast: Cast, lefts: set[str]) -> bool:
    """Whether a mention says enough for an entry: a day, a place, a number, or who met whom."""
    word = told.trigger.lower_
    if told.noun and _of_one_body(told.trigger):
        return False
    loose = [p for p in told.people if cast.actors[p].side is None and cast.actors[p].part != "outside"]
    several = len(told.sides) >= 2 or (
        len(told.sides) >= 1 and bool(told.mediators or (told.others and told.people) or loose)
    )
    on_it = any(cast.actors[p].part != "outside" for p in told.people)
    pair = len(told.people) >= 2 and (bool(told.sides) or not cast.parties or on_it)
    if not told.noun:
        if told.kind == "call":
            return pair or several or _they_spoke(told, cast)
        plural = any(c.dep_ == "nsubj" and c.lower_ in ("we", "they") for c in with_conjoined(told.trigger))
        mine = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in with_conjoined(told.trigger))
        if mine and on_it and told.times:
            return True
        plural = plural or (not any(with_conjoined(told.trigger)) and not told.people)
        if told.people and on_it and told.status in ("proposed", "declined") and _of_pronouns(told.trigger):
            return True
        if told.times and told.place and (told.sides or told.mediators) and has("meet_verbs", word):
            return True
        return several or pair or (plural and (bool(told.times) or told.place is not None))
    if told.kind == "trilateral":
        return told.status is not None or pair
    if told.kind == "visit":
        named = any(cast.actors[p].part != "outside" for p in told.people)
        if len(told.people) >= 2 and told.times:
            return True
        if named and told.place is not None and told.status is not None:
            return True
        if told.times and (told.place or told.country) and told.status in ("scheduled", "postponed", "cancelled"):
            return True
        return (bool(told.sides) and any(cast.actors[p].side not in told.sides for p in told.people)) or pair
    if told.kind == "call":
        firm = bool(told.people) or bool(told.times) or told.status in ("proposed", "declined")
        whose = bool(told.sides or told.people or told.mediators)
        if told.minutes is not None and told.people and not told.definite and told.status in (None, "held"):
            return True
        return pair or (several and firm) or (told.series and whose) or (bool(told.times) and not told.definite)
    anchored = bool(told.times) or told.place is not None or (told.minutes is not None and told.status == "held")
    if word in BARE and not lefts and not anchored:
        return several and told.status in ("held", "scheduled", "proposed", "declined", "postponed", "cancelled")
    if has("loose_nouns", word):
        return several or pair
    if has("weak_nouns", word):
        return (several and (anchored or told.status is not None)) or (anchored and told.status is not None)
    if "such" in lefts and not anchored:
        return False
    if told.round is not None or pair or told.earlier:
        return True
    if _that_one_proposed(told, cast):
        return True
    if told.mediators and told.status in ("proposed", "scheduled", "declined"):
        return True
    if told.kind == "summit" and told.status is not None and not lefts & {"the", "this", "that", "these", "those"}:
        return told.trigger.lower_ not in ("meeting", "meetings", "talks") or bool(told.people) or several
    if told.later:
        return told.status is not None or anchored
    return (several and (told.status is not None or not lefts & {"the", "these"})) or (
        anchored and told.status is not None
    )


def _of_pronouns(verb: Token) -> bool:
    """ "X has refused to see him", "they would sit down with X himself, or go home": one of the two is a pronoun."""
    if not has("meet_verbs", verb.lower_) and not has("receive_verbs", verb.lower_):
        return False
    others = [c for c in verb.children if c.dep_ == "dobj"]
    others += [t for c in verb.children if c.lower_ in ("with", "opposite", "to") for t in c.children]
    if any(t.lower_ in ("him", "her", "them") for t in others):
        return True
    own = [c for c in with_conjoined(verb) if c.dep_ == "nsubj"]
    own += [t for t in verb.head.lefts if t.dep_ == "poss"]
    named = any(t.pos_ == "PROPN" for t in others)
    return named and any(t.lower_ in ("he", "she", "they", "his", "her", "their") for t in own)


def _of_one_body(trigger: Token) -> bool:
    """ "Parliament will hold a session": who sits there is one body by itself."""
    verb = carrier(trigger)
    heads = [c for c in with_conjoined(verb) if c.dep_ == "nsubj" and c != trigger] if verb is not None else []
    heads += [c for c in trigger.lefts if c.dep_ == "poss"]
    heads += [t for c in trigger.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    return any(
        has("inner", t.lower_) and not any(has("joint_words", c.lower_) for c in t.lefts) and t.pos_ == "NOUN"
        for t in heads
    )


def _that_one_proposed(told: Told, cast: Cast) -> bool:
    """ "The meeting that X proposed in April": X is one of those who would meet, and the parties are meant."""
    verbs = [c for c in told.trigger.children if c.dep_ == "relcl" and has("proposed", c.lower_)]
    heads = [s for v in verbs for s in v.children if s.dep_ == "nsubj"]
    found = [m for s in heads for m in mentions_of(list(below(s, s)), told.block, cast)]
    if not any(m.actor in cast.parties or cast.actors[m.actor].side in cast.parties for m in found):
        return False
    told.status, told.definite = "proposed", False
    for ref in [m.actor for m in found] + cast.parties[:2]:
        add(told, ref, cast)
    return True


def _they_spoke(told: Told, cast: Cast) -> bool:
    """ "We spoke on the telephone on Friday"; "the envoys have phoned"."""
    verb = told.trigger
    plural = any(c.dep_ == "nsubj" and c.lower_ in ("we", "they") for c in with_conjoined(verb))
    return plural and bool(told.times)


def framed(told: Told, frame: Frame | None, cast: Cast) -> bool:
    """Whether a frame is enough for an entry: it is by itself, or there is a day or a place."""
    if frame is None:
        return False
    known = frame.both or bool(told.people) or len(told.sides) > 1
    return known and (frame.sure or bool(told.times) or told.place is not None or told.country is not None)


def outsider(trigger: Token, told: Told, block: Block, cast: Cast) -> bool:
    """Whether the one partner that is named is none of the cast ("a meeting with the works council")."""
    partners = [t for c in trigger.children if c.lower_ == "with" for t in c.children if t.dep_ == "pobj"]
    partners = [t for t in partners if not standing_for(t, block, cast)]
    return (
        len(told.sides) < 2
        and not told.mediators
        and any(
            t.pos_ in ("NOUN", "PROPN")
            and not unnamed(t)
            and "counterpart" not in t.lower_
            and t.lower_ not in ("side", "participation", "view", "aim")
            for t in partners
        )
    )


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
