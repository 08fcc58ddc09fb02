"""A stand as one clause tells it, and what every reader of clauses asks: is it asserted, is it of earlier days."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.stance_content import trimmed
from dragoman.extract.stance_words import is_verb

_HYPOTHETICAL = frozenset({"if", "unless", "once", "until", "whether", "provided", "should", "lest", "till"})
_PAST = re.compile(
    r"\b(?:had|earlier|previously|formerly|originally|initially|at first|once|used to|until recently|back then|"
    r"in (?:19|20)\d\d|last year|years? ago|months? ago|at the time)\b",
    re.I,
)


@dataclass(slots=True)
class Stand:
    """A stand as a clause tells it; `content` are the words of what is wanted or refused, `whole` the clause's.

    A `weak` one counts only where its content is a matter of the negotiation. `points` are the words that content which
    only points back ("it", "that idea", a bare "no") is about, `after` the stand that it answers or takes up; it is
    cited by its own clause all the same.
    """

    block: Block
    head: Token
    stance: str
    holders: list[int]
    content: list[Token]
    whole: list[Token]
    statement: int | None
    voiced: bool
    form: str
    past: bool = False
    weak: bool = False
    addressee: int | None = None
    covered: set[int] = field(default_factory=set)
    points: str = ""
    after: Stand | None = None


def plain_stand(
    head: Token,
    block: Block,
    stance: str,
    holders: list[int],
    content: list[Token],
    statement: int | None,
    form: str,
    *,
    addressee: int | None = None,
    whole: list[Token] | None = None,
    weak: bool = True,
) -> Stand:
    """A stand that no word of stance tells, but what ought to be, will or will not be done, or is said of a matter."""
    content = trimmed(sorted(set(content), key=lambda t: t.i)) or [head]
    return Stand(
        block,
        head,
        stance,
        holders,
        content,
        whole or content,
        statement,
        False,
        form,
        past=is_past(head),
        weak=weak,
        addressee=addressee,
        covered={t.i for t in content},
    )


def is_past(head: Token) -> bool:
    """Whether a stand is told as one of earlier days: in the pluperfect, or with a word or date of the past."""
    verb = head if is_verb(head) else head.head
    if any(c.lower_ in ("had", "'d") and c.dep_ == "aux" for c in verb.children):
        return verb.dep_ != "ccomp"  # there it may be no more than the past of indirect speech
    words = [t.lower_ for t in verb.children if t.dep_ in ("advmod", "npadvmod")]
    for child in verb.children:
        if child.dep_ == "prep":
            words += [child.lower_, *(c.lower_ for c in child.subtree if c != child)]
    return bool(_PAST.search(" ".join(words)))


def is_hypothetical(token: Token) -> bool:
    """Whether a word stands in a clause that is not asserted: after if, unless, once, whether."""
    for step in (token, *token.ancestors):
        if step.dep_ in ("advcl", "ccomp", "pcomp") and any(
            c.dep_ in ("mark", "advmod", "aux")
            and c.lower_ in _HYPOTHETICAL
            and c.i <= step.i
            and (c.dep_ != "aux" or c.i == step.left_edge.i)
            for c in step.children
        ):
            return True
    return False
