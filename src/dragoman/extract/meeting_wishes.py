"""Frames of what somebody wants of others, of what is to be signed, and of how long it took those who met.

They complement the frames of what is to come (meeting_plans).
"""

from __future__ import annotations

from dragoman.extract.cast import Cast
from dragoman.extract.meeting_clauses import has, subjects_of, unnamed
from dragoman.extract.meeting_parts import ALL, Frame, has_partner, host_of, named, preps, sides_of, subjects
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.times import times_in

_CAN_MEET = frozenset({"meet", "talk", "speak", "sit", "see", "face", "negotiate", "confer"})


def wished(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X would like the two prime ministers to speak", "he wants everybody in the port on Friday"."""
    if not has("wishing", verb.lower_) or verb.pos_ != "VERB":
        return None
    refused = any(c.dep_ == "neg" for c in verb.children)
    inner = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > verb.i]
    inner += [
        t
        for c in verb.children
        if c.dep_ == "dobj"
        for t in c.children
        if t.dep_ in ("relcl", "acl") and any(a.lower_ == "to" for a in t.lefts)
    ]
    for act in inner:
        heads = [c for c in subjects_of(act) if c.i > verb.i] or [c for c in verb.children if c.dep_ == "dobj"]
        if not heads or not (_many(heads, block, cast)):
            continue
        tree = {t.lower_ for t in act.subtree}
        phone = any(has("phone_words", w) for w in tree)
        said = act.lower_ in _CAN_MEET and not any(c.dep_ == "dobj" and not _mutual(c) for c in act.children)
        chat = any(
            c.dep_ == "dobj" and (has("loose_nouns", c.lower_) or has("nouns", c.lower_) or has("call_nouns", c.lower_))
            for c in act.children
        )
        if said or chat:
            words = {t.lower_ for h in heads for t in h.subtree}
            level = "leaders" if any(has("leaders", w) for w in words) or {"prime", "ministers"} <= words else None
            call = phone or (act.lower_ == "speak" and not tree & {"person", "table", "room"})
            kind = "call" if call else None
            return Frame(verb, kind, "declined" if refused else "proposed", None, level, both=True, sure=True)
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    eager = verb.lower_ in ("want", "wants", "wanted", "expects", "expect", "expected")
    if eager and _many(objects, block, cast) and preps(verb, "in", "at"):
        low, high = block.at(verb)[0], block.at(verb.right_edge)[1]
        if times_in(block.text[low - block.start : high - block.start]):
            return Frame(verb, None, "proposed", both=True, sure=True, host=host_of(verb, block, cast))
    return None


def _many(heads: list[Token], block: Block, cast: Cast) -> bool:
    """Whether these are both who would meet: "the two leaders", "everybody", "the PMs", two names of two sides."""
    return any(
        unnamed(h) or h.lower_ in ALL or has("leaders", h.lower_) or has("ministers", h.lower_) for h in heads
    ) or (len(sides_of([m for h in heads for m in named(block, h, cast)], cast)) > 1)


def _mutual(token: Token) -> bool:
    return token.lower_ in ("other", "another", "face")


def to_be_signed(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The agreement is to be signed in X on 11 July", "signatures are to follow in X on 11 July"."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if verb.lower_ in ("signed", "initialled", "initialed", "sealed"):
        deal = any(has("bargains", o.lower_) or o.lower_ in ("it", "text", "document") for o in subjects(verb))
        if not passive or not deal:
            return None
    elif not any(o.dep_ == "nsubj" and o.lower_ in ("signatures", "signing", "ceremony") for o in _own(verb)):
        return None
    low, high = block.at(verb.left_edge)[0], block.at(verb.right_edge)[1]
    if not times_in(block.text[low - block.start : high - block.start]) or not preps(verb, "in", "at"):
        return None
    if not cast.places_within((low, high)):
        return None
    past = any(c.dep_ == "auxpass" and c.lower_ in ("was", "were") for c in verb.children)
    return Frame(verb, "summit" if not past else "talks", "held" if past else "scheduled", both=True, sure=True)


def _own(verb: Token) -> list[Token]:
    """The subjects of a verb or of the "is to" above it."""
    return subjects_of(verb) or (subjects_of(verb.head) if verb.dep_ == "xcomp" else [])


def it_took(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "It took the pair 40 minutes on their own to find the figure"."""
    if verb.lower_ not in ("took", "take", "taken") or not any(
        c.lower_ == "it" and c.dep_ in ("nsubj", "expl") for c in verb.children
    ):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative", "npadvmod")]
    if not any(has("lengths", t.lower_) for o in objects for t in o.subtree):
        return None
    many = [o for o in objects if unnamed(o) or o.lower_ in {*ALL, "pair", "two", "duo", "ministers", "leaders"}]
    return Frame(verb, "talks", "held", both=True, sure=True) if many else None


def shared(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "He does not share a table with X", "the two shared a room for an hour"."""
    if verb.lower_ not in ("share", "shares", "shared", "sharing"):
        return None
    goal = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ in ("table", "room", "sofa", "bench", "car")]
    if not goal or not (has_partner(verb, block, cast) or _many(subjects(verb), block, cast)):
        return None
    refused = any(c.dep_ == "neg" for c in verb.children)
    return Frame(verb, "talks", "declined" if refused else None, "in_person", both=True, sure=refused)
