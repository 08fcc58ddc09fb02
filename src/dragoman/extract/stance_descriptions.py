"""How people and sides are described who are not named: offices, counterparts, nameless sources."""

from __future__ import annotations

import functools

from dragoman.extract import lexicon
from dragoman.extract.offices import organisations, roles, singular
from dragoman.extract.parsed import Token

BOTH = lexicon.words("holders", "both")
SIDE = lexicon.words("holders", "side")
FACING = lexicon.words("holders", "facing")
ASIDE = lexicon.words("holders", "aside")
SPEAKING_FOR = lexicon.words("holders", "speaking_for")
ANYBODY = lexicon.words("holders", "anybodys")
NAMELESS = lexicon.words("holders", "nameless")
LINKS = lexicon.words("holders", "links")


@functools.cache
def mediating() -> frozenset[str]:
    """What those are called who stand between the sides by themselves; a judge may only judge."""
    return roles().mediating - {"judge", "magistrate"}


def in_office(words: str) -> bool:
    """Whether somebody without a name is told by an office that only one holds: "its chairwoman", not "an official".

    A spokesman is nobody in particular either, but what he says is said for all to hear.
    """
    said = words.lower().replace("’s", "").replace("'s", "").split()
    if not said:
        return False
    heads = said[
        : next((k for k, w in enumerate(said) if w in ("of", "for", "to", "at", "in", "who") and k), len(said))
    ]
    if any(singular(w).startswith(("spokes", "spox")) for w in heads):
        return True
    definite = said[0] not in ("a", "an", "one", "another", "some", "many")
    alone = singular(heads[-1]) == heads[-1] or heads[-1] in organisations().bodies
    return definite and alone and heads[-1] not in ("source", "insider", "person") and not (set(said[:1]) & NAMELESS)


def is_plural(words: str) -> bool:
    """Whether a speaker is many people: "the doctors", "union officials"."""
    said = words.split()
    head = next((k for k, w in enumerate(said) if w.lower() in ("of", "for", "at", "in", "from") and k), len(said))
    last = said[head - 1].lower() if said else ""
    return singular(last) != last and (last.islower() or last == "they") and not words[:1].isupper()


def is_empty(token: Token) -> bool:
    """Whether an "it" means nothing: "it is clear that …", "it would be wrong to …", "it takes two"."""
    head = token.head
    if token.lower_ != "it":
        return False
    clauses = any(c.dep_ in ("ccomp", "csubj", "xcomp", "acl", "advcl") and c.i > head.i for c in head.children)
    if head.lower_ in (
        "is",
        "was",
        "be",
        "been",
        "'s",
        "’s",
        "seems",
        "seemed",
        "appears",
        "appeared",
        "takes",
        "took",
    ):
        return clauses or any(c.dep_ in ("acomp", "attr") and list(c.children) for c in head.children)
    return head.lower_ in ("rain", "rains", "rained", "snow", "happens", "happened", "turns", "turned")
