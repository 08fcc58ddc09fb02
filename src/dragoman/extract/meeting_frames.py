"""Encounters told without a word for one: who faced whom, who will be back at whose table, who carried the papers.

Each frame is a shape of a clause (a verb with its subjects, objects and adverbials) that means an encounter whatever
its verb, in the manner of the frames Meet_with, Contacting and Come_together of FrameNet (Fillmore 1982); the closed
lists that they lean on are in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dragoman.extract.cast import Cast, Mention
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_clauses import before_verb, below, has, joined, mentions_of, subjects_of, unnamed, with_conjoined
from dragoman.extract.page import Block


@dataclass(slots=True, frozen=True)
class Frame:
    """A verb that tells of an encounter by the shape of its clause, and what the shape says of it.

    `both` is true where the parties are meant though they are not named ("they will be back on Monday"); `sure` where
    the shape is enough for an entry even without a day, a place or two sides; `host` is the third that brings them
    together, if it is named.
    """

    token: Token
    kind: str | None = None
    status: str | None = None
    format: str | None = None
    level: str | None = None
    both: bool = False
    sure: bool = False
    host: int | None = None


def frames(block: Block, sentence: Span, cast: Cast) -> Iterator[Frame]:
    """The verbs of a sentence that tell of an encounter by the shape of their clauses."""
    lowered = {t.lower_ for t in sentence}
    tests = [test for keys, test in _TESTS if keys is None or not keys.isdisjoint(lowered)]
    if not tests:
        return
    for token in sentence:
        if token.pos_ in ("VERB", "AUX"):
            found = next((f for test in tests if (f := test(token, block, cast)) is not None), None)
            if found is not None:
                yield found


# -- who and where ----------------------------------------------------------------------------------------------------

_ALL = frozenset({"they", "we", "both", "all", "everyone", "everybody", "them", "us", "ones"})


def _named(block: Block, token: Token, cast: Cast) -> list[Mention]:
    return mentions_of(list(below(token, token)), block, cast)


def sides_of(found: list[Mention], cast: Cast) -> set[int]:
    """The sides that mentions stand for; a person without a side stands for himself."""
    return {
        side if (side := cast.actors[m.actor].side) is not None else m.actor for m in found if m.form != "adjective"
    }


def _subjects(verb: Token) -> list[Token]:
    found = [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "nsubjpass", "agent")]
    if found or verb.dep_ not in ("advcl", "relcl", "ccomp", "pcomp"):
        return [verb.head if c.lower_ in ("who", "that", "which") and verb.dep_ == "relcl" else c for c in found]
    return subjects_of(verb.head)


def _together(heads: list[Token], block: Block, cast: Cast) -> bool:
    """Whether subjects or objects are several who can meet: two sides, "they", "the delegations", "everyone"."""
    for head in heads:
        if unnamed(head) or has("delegations", head.lower_) or head.lower_ in _ALL:
            return True
        if head.tag_ in ("NNS", "NNPS") and any(c.lower_ in ("both", "two", "their") for c in head.subtree):
            return True
    return len(sides_of([m for h in heads for m in _named(block, h, cast)], cast)) > 1


def _prep(verb: Token, *names: str) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("prep", "agent", "dative") and c.lower_ in names]


def _partner(verb: Token, block: Block, cast: Cast) -> bool:
    """Whether somebody of the cast, other than the subject, stands after "with"."""
    own = sides_of([m for s in _subjects(verb) for m in _named(block, s, cast)], cast)
    withs = [t for t in verb.subtree if t.lower_ == "with" and t.i > verb.i]
    return bool(sides_of([m for p in withs for m in _named(block, p, cast)], cast) - own)


def _host(verb: Token, block: Block, cast: Cast) -> int | None:
    """The third that the subject stands for or belongs to, where it is none of the parties."""
    found = [m for s in _subjects(verb) for m in _named(block, s, cast)] or before_verb(verb, block, cast)
    for mention in found:
        actor = cast.actors[mention.actor]
        ref = actor.side if actor.kind in ("person", "body") else mention.actor
        if ref is not None and ref not in cast.parties and cast.actors[ref].part != "party":
            return ref
    return None


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


# -- the frames -------------------------------------------------------------------------------------------------------


def _each_other(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "They faced each other for three hours", "were to see one another on Tuesday"."""
    if has("not_reciprocal", verb.lower_):
        return None
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    heads += [t for p in _prep(verb, "opposite", "across", "with", "to", "from") for t in p.children]
    for head in heads:
        pair = {head.lower_, *(c.lower_ for c in head.children)}
        if {"each", "other"} <= pair or {"one", "another"} <= pair:
            known = has("faces", verb.lower_)
            anchored = any(has("lengths", t.lower_) or has("rooms", t.lower_) for t in verb.subtree)
            if (known or anchored) and _together(_subjects(verb), block, cast):
                return Frame(verb, "talks", both=True, sure=known)
    return None


def _spent(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X spent an hour with Y", "the delegations spent a whole day in …"."""
    if verb.lower_ not in ("spent", "spend", "spends", "spending"):
        return None
    if not any(has("lengths", t.lower_) for c in verb.children if c.dep_ in ("dobj", "npadvmod") for t in c.subtree):
        return None
    if _partner(verb, block, cast) or _together(_subjects(verb), block, cast):
        return Frame(verb, both=not _partner(verb, block, cast))
    return None


def _back(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Both will be back at this hotel on Saturday", "she wants everyone back", "the parties return to the table"."""
    returning = has("returning", verb.lower_)
    backs = [t for t in verb.doc[verb.i + 1 : verb.i + 7] if t.lower_ == "back"]
    if not returning and not backs:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj", "ccomp") and c.i > verb.i]
    heads = objects if has("expecting", verb.lower_) and objects else _subjects(verb)
    inner = [c for head in heads if head.dep_ == "ccomp" for c in subjects_of(head)]
    after = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 6]}
    eager = has("expecting", verb.lower_) and "back" in after and bool(after & _ALL or {"both", "sides"} <= after)
    if not _together(heads + inner, block, cast) and not eager:
        return None
    if not returning and verb.lower_ not in ("be", "is", "are", "were", "come", "came", "go", "coming", "get", "bring", "brought"):
        if not has("expecting", verb.lower_):
            return None
        status = "scheduled" if verb.lower_.startswith("expect") else "proposed"
        return Frame(verb, "talks", status, both=True, host=_host(verb, block, cast))
    table = any(has("rooms", t.lower_) or has("nouns", t.lower_) for t in verb.subtree)
    place = bool(_prep(verb, "to", "in", "at", "on") or backs)
    return Frame(verb, "talks", both=True, sure=table) if table or place else None


def _carried(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The envoys carried the papers between them": they met through others."""
    if verb.lower_.startswith("shuttl") and _prep(verb, "between"):
        return Frame(verb, "talks", None, "indirect", both=True, sure=True, host=_host(verb, block, cast))
    if not has("carrying", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(has("papers", o.lower_) for o in objects):
        return None
    ways = {t.lower_ for t in verb.subtree}
    if not ways & {"between", "corridor", "corridors", "floors", "upstairs", "rooms", "fro", "forth"}:
        return None
    return Frame(verb, "talks", None, "indirect", both=True, sure=True, host=_host(verb, block, cast))


def _parted(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The delegations broke up before lunch", "both left the ministry on Monday night", "the committees parted in …"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep") and c.i == verb.i + 1), "")
    if not (has("parting", verb.lower_) or has("parting", f"{verb.lower_}_{particle}")) or _passive(verb):
        return None
    heads = _subjects(verb)
    if verb.lower_ in ("left", "leave", "leaves"):
        house = [c for c in verb.children if c.dep_ == "dobj"]
        roomy = any(has("venues", t.lower_) or has("rooms", t.lower_) for h in house for t in h.subtree)
        found = [m for h in heads for m in _named(block, h, cast)]
        conjoined = any(c.dep_ == "conj" for h in heads for c in h.children)
        if not roomy or not (len(sides_of(found, cast)) > 1 or (found and conjoined)):
            return None
        return Frame(verb, "talks", both=True)
    several = _together(heads, block, cast) or any(
        has("joint_bodies", h.lower_.rstrip("s")) or has("joint_bodies", h.lower_) for h in heads
    )
    return Frame(verb, "talks", both=True) if several else None


def _body_sits(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The joint commission sits in … from Monday", "the commission was discussing it in …": a body of both sides."""
    if not (has("sitting", verb.lower_) or has("meet_verbs", verb.lower_)) or _passive(verb):
        return None
    if has("speak_verbs", verb.lower_):
        return None
    for head in _subjects(verb):
        found = _named(block, head, cast)
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
    for head in [c for c in verb.children if c.dep_ in ("nsubj", "agent")]:
        head = next((c for c in head.children if c.dep_ == "pobj"), head) if head.dep_ == "agent" else head
        phrase = [t.lower_ for t in head.subtree]
        if head.tag_ not in ("NNS", "NNPS") or not any(has("experts", w) for w in phrase[:6]):
            continue
        joint = {"both", "two", "their", "sides"} & set(phrase) or len(sides_of(_named(block, head, cast), cast)) > 1
        bare = len(phrase) == 1 and verb.lower_ in ("initialled", "initialed", "drafted", "negotiated", "rewrote")
        if not joint and not bare:
            continue
        if verb.tag_ in ("VBD", "VBN") or any(c.dep_ == "aux" and c.lower_ != "have" for c in verb.children):
            by_video = any(has("video", t.lower_) for t in verb.subtree)
            room = any(has("rooms", t.lower_) or has("lengths", t.lower_) for t in verb.subtree)
            return Frame(verb, "talks", None, "video" if by_video else None, "experts", both=True, sure=room or by_video)
    return None


def _by_wire(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X settled it with Y by telephone", "they spoke by video link": any verb, by wire, with somebody."""
    if has("call_verbs", verb.lower_) or has("saying", verb.lower_) and not has("speak_verbs", verb.lower_):
        return None
    wire = None
    for prep in (t for t in verb.subtree if t.lower_ in ("by", "over", "via", "on", "through", "in")):
        if prep.head != verb and not (prep.head.head == verb or prep.head.dep_ in ("dobj", "prep", "pobj")):
            continue
        for head in (c for c in prep.children if c.dep_ == "pobj"):
            text = [t.lower_ for t in head.subtree]
            if any(has("video", w) for w in text):
                wire = "video"
            elif any(has("phone_words", w) for w in text) and "record" not in text:
                wire = wire or "phone"
    if wire is None:
        return None
    heads = _subjects(verb)
    own = sides_of([m for h in heads for m in _named(block, h, cast)], cast)
    if _partner(verb, block, cast) and (own or any(h.pos_ == "PRON" for h in heads)):
        return Frame(verb, "call", None, wire, sure=True)
    if len(own) > 1 or (any(h.lower_ in ("they", "we") for h in heads) and has("speak_verbs", verb.lower_)):
        return Frame(verb, "call", None, wire, both=not own, sure=len(own) > 1)
    if _together(heads, block, cast) and wire == "video":
        return Frame(verb, "talks", None, wire, both=True)
    return None


def _brought(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Brought the two leaders together", "get both sides round one table"."""
    if not has("bringing", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    ways = {t.lower_ for t in verb.subtree if t.i > verb.i}
    joined = "together" in ways or ({"round", "around", "to", "at"} & ways and "table" in ways)
    if not joined or not _together(objects, block, cast):
        return None
    return Frame(verb, both=True, sure=True, host=_host(verb, block, cast))


def _invited(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Invited the president to visit his country", "asked both leaders to the palace"."""
    if verb.lower_ not in ("invited", "invites", "invite", "inviting"):
        return None
    guests = [m for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "nsubj") and c.i != verb.i for m in _named(block, c, cast)]
    if not guests or not sides_of(guests, cast):
        return None
    goal = {t.lower_ for t in verb.subtree if t.i > verb.i}
    if "to" not in goal and "for" not in goal:
        return None
    kind = "visit" if goal & {"visit", "country", "capital", "palace", "come"} and len(sides_of(guests, cast)) == 1 else None
    place = any(cast.places_within((block.start + verb.idx, block.start + verb.idx + 150)))
    if kind is None and not place and not any(has("nouns", w) or has("loose_nouns", w) for w in goal):
        return None
    return Frame(verb, kind, "proposed", sure=True)


def _comes(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The envoy will fly to … on Thursday": a go-between who travels to a side or to where it sits."""
    if not has("travelling", verb.lower_) or any(c.dep_ == "neg" for c in verb.children):
        return None
    goals = [t for p in _prep(verb, "to", "in", "into", "for") for t in p.children if t.dep_ == "pobj"]
    if not goals and not any(c.lower_ == "in" and c.dep_ in ("prt", "advmod", "prep") for c in verb.children):
        return None
    found = [m for s in _subjects(verb) for m in _named(block, s, cast)]
    people = [m for m in found if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
    third = [m for m in people if cast.actors[m.actor].side not in cast.parties and cast.actors[m.actor].part != "party"]
    if third and any(cast.places_within((block.start + verb.idx, block.start + verb.idx + 100))):
        return Frame(verb, "visit")
    return None


def _declined(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Turned down an invitation to …", "will not come to … on Friday"."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    found = [m for s in _subjects(verb) for m in _named(block, s, cast)]
    if negated and has("travelling", verb.lower_) and any(c.lower_ in ("will", "wo", "would") for c in verb.children):
        sides = {cast.actors[m.actor].side if cast.actors[m.actor].side is not None else m.actor for m in found}
        sides &= set(cast.parties)
        return Frame(verb, "talks", "declined", both=True) if sides and _prep(verb, "to", "in") else None
    if negated or not (has("declined", verb.lower_) or has("declined", joined(verb))):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    to = [t for o in objects if has("invitations", o.lower_) for p in o.children if p.lower_ in ("to", "for") for t in p.subtree]
    if not to or not (sides_of(found, cast) or _passive(verb)):
        return None
    low, high = block.at(to[0])[0], block.at(max(to, key=lambda t: t.i))[1]
    event = any(has(n, t.lower_) for t in to for n in ("nouns", "weak_nouns", "call_nouns", "visit_nouns", "travelling"))
    return Frame(verb, "talks", "declined", both=True, sure=True) if event or cast.places_within((low, high)) else None


def _summoned(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The mediator summoned both delegations to … for Friday"."""
    if not has("summoning", verb.lower_):
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(unnamed(o) or {"both", "sides"} <= {t.lower_ for t in o.subtree} for o in objects) and (
        len(sides_of([m for o in objects for m in _named(block, o, cast)], cast)) < 2
    ):
        return None
    host = _host(verb, block, cast)
    return Frame(verb, "talks", "scheduled", both=True, host=host) if _prep(verb, "to", "for", "in", "at") else None


def _company(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The two have been in … since Monday", "X and Y had it out in a monastery": both sides in one place, at it."""
    if not has("in_company", verb.lower_) or any(c.dep_ == "neg" for c in verb.children):
        return None
    heads = _subjects(verb)
    people = [m for h in heads for m in _named(block, h, cast)]
    pair = len(sides_of(people, cast)) > 1 or len({m.actor for m in people if m.form == "name"}) > 1
    joint = any(unnamed(h) and not has("experts", h.lower_) for h in heads)
    partner = _partner(verb, block, cast) and verb.lower_ not in ("had", "been", "went")
    if not (pair or joint or partner):
        return None
    tree = [t for t in verb.subtree if t.i > verb.i]
    words_ = {t.lower_ for t in tree}
    if verb.lower_ in ("been", "stayed", "lodged") and not _prep(verb, "in", "at"):
        return None
    if verb.lower_ == "been" and not cast.places_within((block.start + verb.idx, block.start + verb.idx + 60)):
        return None
    if verb.lower_ == "had" and not words_ & {"out", "word", "words"}:
        return None
    if verb.lower_ == "exchanged" and not words_ & {"words", "word", "pleasantries", "views", "drafts", "proposals", "papers"}:
        return None
    if verb.lower_ in ("traded", "went") and not words_ & {"drafts", "proposals", "papers", "through"}:
        return None
    together = bool(words_ & {"together", "sidelines", "margins"}) or any(has("lengths", t.lower_) for t in tree)
    venue = any(has("venues", t.lower_) or has("rooms", t.lower_) for t in tree)
    if not (together or venue or _prep(verb, "in", "at", "until", "till")):
        return None
    return Frame(verb, None, None, both=joint and not pair, sure=together and pair)


def _on_the_line(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "X picked up the telephone to Y", "was on the phone to Y for an hour", "both hung up"."""
    phones = [t for c in verb.children if c.dep_ == "dobj" or c.lower_ in ("on", "up") for t in (c, *c.children)]
    phones = [t for t in phones if has("phone_words", t.lower_) and t.pos_ == "NOUN" and t.i > verb.i]
    if not phones or has("saying", verb.lower_):
        return None
    heads = [m for s in _subjects(verb) for m in _named(block, s, cast)]
    ends = [t for t in verb.subtree if t.lower_ in ("to", "with") and t.i > phones[0].i]
    other = [m for t in ends for m in _named(block, t, cast) if cast.actors[m.actor].kind == "person"]
    own = {m.actor for m in heads or before_verb(verb, block, cast)}
    return Frame(verb, "call", None, "phone", sure=True) if own and {m.actor for m in other} - own else None


def _phoned(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "We sat in the airport when the mediators phoned"."""
    if verb.lower_ not in ("phoned", "telephoned", "rang") or any(c.dep_ in ("dobj", "prt") for c in verb.children):
        return None
    found = [m for s in _subjects(verb) for m in _named(block, s, cast)]
    known = any(cast.actors[m.actor].part in ("party", "mediator", "host") for m in found)
    return Frame(verb, "call", "held", "phone", sure=True) if known else None


def _struck(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The truce agreed in January at …": where and when they struck it, they met."""
    if not has("striking", verb.lower_) or verb.tag_ not in ("VBN", "VBD"):
        return None
    heads = [verb.head] if verb.dep_ in ("acl", "relcl") else subjects_of(verb)
    if not any(has("bargains", h.lower_) for h in heads) or not _prep(verb, "in", "at"):
        return None
    low, high = block.at(verb)
    return Frame(verb, "talks", "held", both=True) if cast.places_within((high, high + 60)) else None


Test = Callable[[Token, Block, Cast], Frame | None]


def _of(*names: str) -> frozenset[str]:
    return frozenset().union(*({re.split("_", w)[0] for w in words("meetings", name)} for name in names))


_TESTS: list[tuple[frozenset[str] | None, Test]] = [
    (frozenset({"other", "another"}), _each_other),
    (frozenset({"spent", "spend", "spends", "spending"}), _spent),
    (frozenset({"back"}) | _of("returning"), _back),
    (_of("carrying") | {"shuttle", "shuttles", "shuttling"}, _carried),
    (_of("video", "phone_words"), _by_wire),
    (_of("bringing"), _brought),
    (frozenset({"invited", "invites", "invite", "inviting"}), _invited),
    (_of("sitting", "meet_verbs"), _body_sits),
    (_of("experts"), _experts),
    (_of("parting"), _parted),
    (_of("travelling"), _comes),
    (_of("striking"), _struck),
    (_of("declined", "travelling"), _declined),
    (_of("summoning"), _summoned),
    (_of("in_company"), _company),
    (_of("phone_words"), _on_the_line),
    (frozenset({"phoned", "telephoned", "rang"}), _phoned),
]


def frame_words() -> frozenset[str]:
    """Every word that a sentence must have one of to be looked at for frames."""
    return frozenset().union(*(keys for keys, _ in _TESTS if keys is not None))
