"""Encounters told without a word for one: who faced whom, who will be back at whose table, who carried the papers.

Each frame is a shape of a clause (a verb with its subjects, objects and adverbials) that means an encounter whatever
its verb, in the manner of the frames Meet_with, Contacting and Come_together of FrameNet (Fillmore 1982); the closed
lists that they lean on are in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dragoman.extract import meeting_contacts as contacts
from dragoman.extract import meeting_plans as plans
from dragoman.extract import meeting_wishes as wishes
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_clauses import has, subjects_of, unnamed, with_conjoined
from dragoman.extract.meeting_parts import (
    ALL,
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
from dragoman.extract.parsed import Span, Token
from dragoman.extract.times import times_in


def frames(block: Block, sentence: Span, cast: Cast) -> Iterator[Frame]:
    """The verbs of a sentence that tell of an encounter by the shape of their clauses."""
    tokens = list(sentence)
    lowered = {t.lower_ for t in tokens}
    tests = [shape for shape in _TESTS if not shape[0].isdisjoint(lowered)]
    if not tests:
        return
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            word = token.lower_
            fit = (test for keys, test in tests if test in _ANYWHERE or word in keys)
            found = next((f for test in fit if (f := test(token, block, cast)) is not None), None)
            if found is not None:
                yield found


# -- the frames -------------------------------------------------------------------------------------------------------


def _each_other(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "They faced each other for three hours", "were to see one another on Tuesday"."""
    if has("not_reciprocal", verb.lower_):
        return None
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    heads += [t for p in preps(verb, "opposite", "across", "with", "to", "from") for t in p.children]
    for head in heads:
        pair = {head.lower_, *(c.lower_ for c in head.children)}
        if {"each", "other"} <= pair or {"one", "another"} <= pair:
            known = has("faces", verb.lower_)
            anchored = any(has("lengths", t.lower_) or has("rooms", t.lower_) for t in verb.subtree)
            if (known or anchored) and several(subjects(verb), block, cast):
                return Frame(verb, "talks", both=True, sure=known)
    return None


def _spent(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X spent an hour with Y", "the delegations spent a whole day in …"."""
    if verb.lower_ not in ("spent", "spend", "spends", "spending"):
        return None
    spans = [t for c in verb.children if c.dep_ in ("dobj", "npadvmod") for t in c.subtree]
    if any(times_in(t.text) for t in spans):
        host = host_of(verb, block, cast)
        placed = any(cast.places_within((block.start + verb.idx, block.start + verb.idx + 60)))
        return Frame(verb, "visit", host=host) if host is not None and placed else None
    if not any(has("lengths", t.lower_) for t in spans):
        return None
    if has_partner(verb, block, cast) or several(subjects(verb), block, cast):
        people = {m.actor for s in subjects(verb) for m in named(block, s, cast)}
        return Frame(verb, both=not has_partner(verb, block, cast), sure=len(people) > 1)
    return None


def _back(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Both will be back at this hotel on Saturday", "she wants everyone back", "the parties return to the table"."""
    returning = has("returning", verb.lower_)
    backs = [t for t in verb.doc[verb.i + 1 : verb.i + 7] if t.lower_ == "back"]
    if not returning and not backs:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj", "ccomp") and c.i > verb.i]
    heads = objects if has("expecting", verb.lower_) and objects else subjects(verb)
    inner = [c for head in heads if head.dep_ == "ccomp" for c in subjects_of(head)]
    after = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 6]}
    eager = has("expecting", verb.lower_) and "back" in after and bool(after & ALL or {"both", "sides"} <= after)
    if not several(heads + inner, block, cast) and not eager:
        return None
    if not returning and verb.lower_ not in (
        "be",
        "is",
        "are",
        "were",
        "come",
        "came",
        "go",
        "coming",
        "get",
        "bring",
        "brought",
    ):
        if not has("expecting", verb.lower_):
            return None
        status = "scheduled" if verb.lower_.startswith("expect") else "proposed"
        return Frame(verb, "talks", status, both=True, host=host_of(verb, block, cast))
    table = any(has("rooms", t.lower_) or has("nouns", t.lower_) for t in verb.subtree)
    place = bool(preps(verb, "to", "in", "at", "on") or backs)
    return Frame(verb, "talks", both=True, sure=table) if table or place else None


def _carried(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The envoys carried the papers between them": they met through others."""
    if verb.lower_.startswith("shuttl") and preps(verb, "between"):
        return Frame(verb, "talks", None, "indirect", both=True, sure=True, host=host_of(verb, block, cast))
    if not has("carrying", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(has("papers", o.lower_) for o in objects):
        return None
    ways = {t.lower_ for t in verb.subtree}
    if not ways & {"between", "corridor", "corridors", "floors", "upstairs", "rooms", "fro", "forth", "across"}:
        return None
    return Frame(verb, "talks", None, "indirect", both=True, sure=True, host=host_of(verb, block, cast))


def _parted(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The delegations broke up before lunch", "both left the ministry on Monday night"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep") and c.i == verb.i + 1), "")
    if not (has("parting", verb.lower_) or has("parting", f"{verb.lower_}_{particle}")) or passive(verb):
        return None
    heads = subjects(verb)
    if verb.lower_ in ("left", "leave", "leaves"):
        house = [c for c in verb.children if c.dep_ == "dobj"]
        roomy = any(has("venues", t.lower_) or has("rooms", t.lower_) for h in house for t in h.subtree)
        found = [m for h in heads for m in named(block, h, cast)]
        conjoined = any(c.dep_ == "conj" for h in heads for c in h.children)
        if not roomy or not (len(sides_of(found, cast)) > 1 or (found and conjoined)):
            return None
        return Frame(verb, "talks", both=True)
    many = several(heads, block, cast) or any(
        has("joint_bodies", h.lower_.rstrip("s")) or has("joint_bodies", h.lower_) for h in heads
    )
    return Frame(verb, "talks", both=True) if many else None


def _body_sits(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The joint commission sits in … from Monday", "the commission was discussing it in …": a body of both sides."""
    if not (has("sitting", verb.lower_) or has("meet_verbs", verb.lower_)) or passive(verb):
        return None
    if has("speak_verbs", verb.lower_):
        return None
    for head in subjects(verb):
        found = named(block, head, cast)
        orgs = [m for m in found if _convenes(m, cast)]
        joint = has("joint_bodies", head.lower_.removesuffix("s")) or has("joint_bodies", head.lower_)
        if not orgs and not joint and head.lower_ != "it":
            continue
        technical = any(has("experts", t.lower_) or has("technical", t.lower_) for t in head.subtree)
        if head.lower_ == "it" and not has("reconvening", verb.lower_):
            continue
        if joint and not technical and not orgs and not any(has("joint_words", t.lower_) for t in head.subtree):
            continue
        host = orgs[0].actor if orgs and orgs[0].actor not in cast.parties else None
        kind = "forum" if verb.lower_ == "sits" and orgs else "talks"
        return Frame(verb, kind, None, None, "experts" if technical else None, both=True, host=host)
    return None


def _convenes(mention: Mention, cast: Cast) -> bool:
    """Whether an organisation is one that sides meet in: a mediator, or a commission or conference by its name."""
    actor = cast.actors[mention.actor]
    if actor.kind not in ("organisation", "body") or actor.part == "party" or mention.form == "adjective":
        return False
    return mention.actor in cast.mediators or any(has("joint_bodies", w.lower()) for w in actor.name.split())


def _experts(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Technicians of the two states worked on it by video link for two hours": experts of both, at work together."""
    if has("saying", verb.lower_) or verb.pos_ == "AUX":
        return None
    for head in [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "agent")]:
        head = next((c for c in head.children if c.dep_ == "pobj"), head) if head.dep_ == "agent" else head
        phrase = [t.lower_ for t in head.subtree]
        if head.tag_ not in ("NNS", "NNPS") or not any(has("experts", w) for w in phrase[:6]):
            continue
        joint = {"both", "two", "their", "sides"} & set(phrase) or len(sides_of(named(block, head, cast), cast)) > 1
        bare = len(phrase) == 1 and verb.lower_ in ("initialled", "initialed", "drafted", "negotiated", "rewrote")
        if not joint and not bare:
            continue
        bound = verb.dep_ == "xcomp" and verb.head.lower_ in ("is", "are", "were")
        if verb.tag_ in ("VBD", "VBN") or bound or any(c.dep_ == "aux" and c.lower_ != "have" for c in verb.children):
            by_video = any(has("video", t.lower_) for t in verb.subtree)
            room = any(has("rooms", t.lower_) or has("lengths", t.lower_) for t in verb.subtree)
            return Frame(
                verb, "talks", None, "video" if by_video else None, "experts", both=True, sure=room or by_video
            )
    return None


def _brought(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Brought the two leaders together", "get both sides round one table"."""
    if not has("bringing", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    ways = {t.lower_ for t in verb.subtree if t.i > verb.i}
    joined = "together" in ways or ({"round", "around", "to", "at"} & ways and "table" in ways)
    if not joined or not several(objects, block, cast):
        return None
    return Frame(verb, both=True, sure=True, host=host_of(verb, block, cast))


def _company(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The two have been in … since Monday", "X and Y had it out in a monastery": both sides in one place, at it."""
    if not has("in_company", verb.lower_) or any(c.dep_ == "neg" for c in verb.children):
        return None
    heads = subjects(verb)
    people = [m for h in heads for m in named(block, h, cast)]
    pair = len(sides_of(people, cast)) > 1 or len({m.actor for m in people if m.form == "name"}) > 1
    joint = any(unnamed(h) and not has("experts", h.lower_) for h in heads)
    partner = has_partner(verb, block, cast) and verb.lower_ not in ("had", "been", "went")
    if not (pair or joint or partner):
        return None
    tree = [t for t in verb.subtree if t.i > verb.i]
    words_ = {t.lower_ for t in tree}
    if verb.lower_ in ("been", "stayed", "lodged") and not preps(verb, "in", "at"):
        return None
    if verb.lower_ == "been" and not cast.places_within((block.start + verb.idx, block.start + verb.idx + 60)):
        return None
    if verb.lower_ == "remained" and not words_ & {"alone", "together", "room", "table"}:
        return None
    if verb.lower_ == "had" and not words_ & {"out", "word", "words"}:
        return None
    if verb.lower_ == "exchanged" and not words_ & {
        "words",
        "word",
        "pleasantries",
        "views",
        "drafts",
        "proposals",
        "papers",
    }:
        return None
    if verb.lower_ in ("traded", "went") and not words_ & {"drafts", "proposals", "papers", "through"}:
        return None
    together = bool(words_ & {"together", "sidelines", "margins", "alone"}) or any(
        has("lengths", t.lower_) for t in tree
    )
    venue = any(has("venues", t.lower_) or has("rooms", t.lower_) for t in tree)
    told = verb.lower_ in ("exchanged", "traded", "thrashed") and pair
    if not (together or venue or told or preps(verb, "in", "at", "until", "till")):
        return None
    return Frame(verb, None, None, both=joint and not pair, sure=together and pair)


def _struck(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The truce agreed in January at …": where and when they struck it, they met."""
    if not has("striking", verb.lower_) or verb.tag_ not in ("VBN", "VBD"):
        return None
    heads = [verb.head] if verb.dep_ in ("acl", "relcl") else subjects_of(verb)
    if not any(has("bargains", h.lower_) for h in heads) or not preps(verb, "in", "at"):
        return None
    high = block.at(verb)[1]
    return Frame(verb, "talks", "held", both=True) if cast.places_within((high, high + 60)) else None


Test = Callable[[Token, Block, Cast], Frame | None]


def _of(*names: str) -> frozenset[str]:
    return frozenset().union(*({re.split("_", w)[0] for w in words("meetings", name)} for name in names))


_ANYWHERE = {_each_other, _back, contacts.by_wire, _experts, contacts.on_the_line, plans.due, wishes.to_be_signed}
"""The shapes whose words may be any of the clause's, not only its verb."""

_TESTS: list[tuple[frozenset[str], Test]] = [
    (frozenset({"other", "another"}), _each_other),
    (frozenset({"spent", "spend", "spends", "spending"}), _spent),
    (frozenset({"back"}) | _of("returning"), _back),
    (_of("carrying") | {"shuttle", "shuttles", "shuttling"}, _carried),
    (_of("video", "phone_words"), contacts.by_wire),
    (_of("bringing"), _brought),
    (frozenset({"invited", "invites", "invite", "inviting"}), contacts.invited),
    (_of("wishing"), wishes.wished),
    (_of("signing"), wishes.to_be_signed),
    (frozenset({"took", "take", "taken"}), wishes.it_took),
    (frozenset({"share", "shares", "shared", "sharing"}), wishes.shared),
    (frozenset({"sat", "sit", "sits", "sitting", "face", "faces", "facing"}), plans.across),
    (frozenset({"meet", "see", "sit", "receive", "talk"}), plans.i_would),
    (_of("agenda"), plans.agenda),
    (frozenset({"held", "open", "begin", "start", "take"}), plans.takes_place),
    (_of("lodging") | {"has", "had", "have"}, plans.lodged),
    (frozenset({"put", "signed", "initialled", "initialed"}), plans.signed),
    (_of("sitting", "meet_verbs"), _body_sits),
    (_of("experts"), _experts),
    (_of("parting"), _parted),
    (_of("travelling"), contacts.comes),
    (_of("striking"), _struck),
    (_of("declined", "travelling"), contacts.declined),
    (_of("summoning"), contacts.summoned),
    (_of("in_company"), _company),
    (_of("phone_words"), contacts.on_the_line),
    (frozenset({"phoned", "telephoned", "rang"}), contacts.phoned),
    (plans.DUE, plans.due),
]


def frame_words() -> frozenset[str]:
    """Every word that a sentence must have one of to be looked at for frames."""
    return frozenset().union(*(keys for keys, _ in _TESTS))
