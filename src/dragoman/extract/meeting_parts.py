"""What frames of encounters are made of: who stands on which side of a verb, and what a frame says."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.cast import Cast, Mention
from dragoman.extract.meeting_clauses import before_verb, below, has, mentions_of, subjects_of, unnamed, with_conjoined
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token

ALL = frozenset({"they", "we", "both", "all", "everyone", "everybody", "them", "us", "ones"})
"""Words that stand for those who meet, once the text has told who they are."""


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


def named(block: Block, token: Token, cast: Cast) -> list[Mention]:
    """The mentions in what hangs on a token."""
    return mentions_of(list(below(token, token)), block, cast)


def sides_of(found: list[Mention], cast: Cast) -> set[int]:
    """The sides that mentions stand for; a person without a side stands for himself."""
    return {
        side if (side := cast.actors[m.actor].side) is not None else m.actor for m in found if m.form != "adjective"
    }


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, the noun itself for "who", and those of the clause above where it has none."""
    found = [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "nsubjpass", "agent")]
    if found or verb.dep_ not in ("advcl", "relcl", "ccomp", "pcomp"):
        return [verb.head if c.lower_ in ("who", "that", "which") and verb.dep_ == "relcl" else c for c in found]
    return subjects_of(verb.head)


def several(heads: list[Token], block: Block, cast: Cast) -> bool:
    """Whether subjects or objects are several who can meet: two sides, "they", "the delegations", "everyone"."""
    for head in heads:
        if unnamed(head) or has("delegations", head.lower_) or head.lower_ in ALL:
            return True
        pronoun = head.lower_ in ("he", "she", "i")
        if pronoun and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in head.children):
            return True
        if head.tag_ in ("NNS", "NNPS") and any(c.lower_ in ("both", "two", "their") for c in head.subtree):
            return True
    return len(sides_of([m for h in heads for m in named(block, h, cast)], cast)) > 1


def preps(verb: Token, *names: str) -> list[Token]:
    """The prepositions of a verb that are among some."""
    return [c for c in verb.children if c.dep_ in ("prep", "agent", "dative") and c.lower_ in names]


def has_partner(verb: Token, block: Block, cast: Cast) -> bool:
    """Whether somebody of the cast, other than the subject, stands after "with"."""
    own = sides_of([m for s in subjects(verb) for m in named(block, s, cast)], cast)
    withs = [t for t in verb.subtree if t.lower_ == "with" and t.i > verb.i]
    return bool(sides_of([m for p in withs for m in named(block, p, cast)], cast) - own)


def host_of(verb: Token, block: Block, cast: Cast) -> int | None:
    """The third that the subject stands for or belongs to, where it is none of the parties."""
    found = [m for s in subjects(verb) for m in named(block, s, cast)] or before_verb(verb, block, cast)
    for mention in found:
        actor = cast.actors[mention.actor]
        ref = actor.side if actor.kind in ("person", "body") else mention.actor
        if ref is not None and ref not in cast.parties and cast.actors[ref].part != "party":
            return ref
    return None


def passive(verb: Token) -> bool:
    """Whether a verb is in the passive."""
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
