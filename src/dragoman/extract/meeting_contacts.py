"""Frames of contact from afar and of the way to an encounter: calls, journeys, invitations, refusals."""

from __future__ import annotations

from dragoman.extract.cast import Cast
from dragoman.extract.meeting_clauses import before_verb, has, joined, standing_for, unnamed
from dragoman.extract.meeting_parts import (
    Frame,
    has_partner,
    host_of,
    named,
    passive,
    preps,
    several,
    sides_of,
    subjects,
)
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token


def by_wire(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X settled it with Y by telephone", "they spoke by video link": any verb, by wire, with somebody."""
    telling = verb.lower_ in ("told", "assured", "warned", "informed", "asked", "promised")
    if has("call_verbs", verb.lower_):
        return None
    if has("saying", verb.lower_) and not (has("speak_verbs", verb.lower_) or telling):
        return None
    wire = None
    for prep in (t for t in verb.subtree if t.lower_ in ("by", "over", "via", "on", "through", "in")):
        if prep.head != verb and not (prep.head.head == verb or prep.head.dep_ in ("dobj", "prep", "pobj")):
            continue
        for head in (c for c in prep.children if c.dep_ == "pobj"):
            text = [t.lower_ for t in head.subtree]
            if any(has("video", w) for w in text):
                wire = "video"
            elif (
                any(has("phone_words", w) for w in text)
                and "record" not in text
                and prep.lower_ not in ("in", "through")
            ):
                wire = wire or "phone"
    if wire is None:
        return None
    heads = subjects(verb)
    own = sides_of([m for h in heads for m in named(block, h, cast)], cast)
    faced = [m for c in verb.children if c.dep_ in ("dobj", "dative") for m in standing_for(c, block, cast)]
    faced = [m for m in faced if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
    if telling and not any(cast.actors[m.actor].part in ("party", "mediator", "host") for m in faced):
        return None  # somebody "told this paper by telephone"
    if faced and own - {m.actor for m in faced} and (own - sides_of(faced, cast)):
        return Frame(verb, "call", None, wire, sure=True)
    if has_partner(verb, block, cast) and (own or any(h.pos_ == "PRON" for h in heads)):
        return Frame(verb, "call", None, wire, sure=True)
    tree = {t.lower_ for h in heads for t in h.subtree}
    if wire == "video" and any(has("experts", w) or has("delegations", w) for w in tree):
        return Frame(verb, "talks", None, wire, both=True, sure=True)
    if len(own) > 1 or (any(h.lower_ in ("they", "we") for h in heads) and has("speak_verbs", verb.lower_)):
        return Frame(verb, "call", None, wire, both=not own, sure=len(own) > 1)
    if several(heads, block, cast) and wire == "video":
        return Frame(verb, "talks", None, wire, both=True)
    return None


def on_the_line(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X picked up the telephone to Y", "was on the phone to Y for an hour", "both hung up"."""
    phones = [t for c in verb.children if c.dep_ == "dobj" or c.lower_ in ("on", "up") for t in (c, *c.children)]
    phones = [t for t in phones if has("phone_words", t.lower_) and t.pos_ == "NOUN" and t.i > verb.i]
    if not phones or has("saying", verb.lower_):
        return None
    heads = [m for s in subjects(verb) for m in named(block, s, cast)]
    ends = [t for t in verb.subtree if t.lower_ in ("to", "with") and t.i > phones[0].i]
    other = [m for t in ends for m in named(block, t, cast) if cast.actors[m.actor].kind == "person"]
    own = {m.actor for m in heads or before_verb(verb, block, cast)}
    return Frame(verb, "call", None, "phone", sure=True) if own and {m.actor for m in other} - own else None


def phoned(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "We sat in the airport when the mediators phoned"."""
    if verb.lower_ not in ("phoned", "telephoned", "rang") or any(c.dep_ in ("dobj", "prt") for c in verb.children):
        return None
    found = [m for s in subjects(verb) for m in named(block, s, cast)]
    known = any(cast.actors[m.actor].part in ("party", "mediator", "host") for m in found)
    return Frame(verb, "call", "held", "phone", sure=True) if known else None


def invited(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Invited the president to visit his country", "asked both leaders to the palace"."""
    if verb.lower_ not in ("invited", "invites", "invite", "inviting"):
        return None
    guests = [
        m
        for c in verb.children
        if c.dep_ in ("dobj", "nsubjpass", "nsubj") and c.i != verb.i
        for m in named(block, c, cast)
    ]
    if not guests or not sides_of(guests, cast):
        return None
    goal = {t.lower_ for t in verb.subtree if t.i > verb.i}
    if "to" not in goal and "for" not in goal:
        return None
    kind = (
        "visit"
        if goal & {"visit", "country", "capital", "palace", "come"} and len(sides_of(guests, cast)) == 1
        else None
    )
    place = any(cast.places_within((block.start + verb.idx, block.start + verb.idx + 150)))
    if kind is None and not place and not any(has("nouns", w) or has("loose_nouns", w) for w in goal):
        return None
    return Frame(verb, kind, "proposed", sure=True)


def comes(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The envoy will fly to … on Thursday": a go-between who travels to a side or to where it sits."""
    if not has("travelling", verb.lower_) or any(c.dep_ == "neg" for c in verb.children):
        return None
    goals = [t for p in preps(verb, "to", "in", "into", "for") for t in p.children if t.dep_ == "pobj"]
    if not goals and not any(c.lower_ == "in" and c.dep_ in ("prt", "advmod", "prep") for c in verb.children):
        return None
    found = [m for s in subjects(verb) for m in named(block, s, cast)]
    people = [m for m in found if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
    third = [
        m for m in people if cast.actors[m.actor].side not in cast.parties and cast.actors[m.actor].part != "party"
    ]
    with_them = has_partner(verb, block, cast) and any(t.lower_ in ("for", "to") for t in verb.subtree)
    if people and with_them:
        return Frame(verb, "visit", sure=True)
    other = {m.actor for g in goals for m in named(block, g, cast) if cast.actors[m.actor].kind in ("state", "body")}
    spans = [(block.at(g.left_edge)[0], block.at(g.right_edge)[1]) for g in goals]
    lands = {p.name for span in spans for p in cast.places_within(span)}
    other |= {p for p in cast.parties if lands & {cast.actors[p].name, *cast.actors[p].names}}
    if people and other & set(cast.parties) - sides_of(people, cast):
        return Frame(verb, "visit", sure=True)  # "offered to travel to the other's capital"
    if third and other:
        return Frame(verb, "visit")
    if third and any(cast.places_within((block.start + verb.idx, block.start + verb.idx + 100))):
        return Frame(verb, "visit")
    return None


def declined(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Turned down an invitation to …", "will not come to … on Friday"."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    if not negated and not (has("declined", verb.lower_) or has("declined", joined(verb))):
        return None
    found = [m for s in subjects(verb) for m in named(block, s, cast)]
    if negated and has("travelling", verb.lower_) and any(c.lower_ in ("will", "wo", "would") for c in verb.children):
        sides = {cast.actors[m.actor].side if cast.actors[m.actor].side is not None else m.actor for m in found}
        sides &= set(cast.parties)
        return Frame(verb, "talks", "declined", both=True) if sides and preps(verb, "to", "in") else None
    if negated:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    to = [
        t
        for o in objects
        if has("invitations", o.lower_)
        for p in o.children
        if p.lower_ in ("to", "for")
        for t in p.subtree
    ]
    if not to or not (sides_of(found, cast) or passive(verb)):
        return None
    low, high = block.at(to[0])[0], block.at(max(to, key=lambda t: t.i))[1]
    event = any(
        has(n, t.lower_) for t in to for n in ("nouns", "weak_nouns", "call_nouns", "visit_nouns", "travelling")
    )
    return Frame(verb, "talks", "declined", both=True, sure=True) if event or cast.places_within((low, high)) else None


def summoned(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The mediator summoned both delegations to … for Friday"."""
    if not has("summoning", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(
        unnamed(o) or o.lower_ in ("both", "two") or {"both", "sides"} <= {t.lower_ for t in o.subtree} for o in objects
    ) and (len(sides_of([m for o in objects for m in named(block, o, cast)], cast)) < 2):
        return None
    host = host_of(verb, block, cast)
    calls = preps(verb, "to", "for", "in", "at") or [
        c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.lower_ in ("come", "appear", "attend")
    ]
    return Frame(verb, "talks", "scheduled", both=True, host=host) if calls else None
