"""One disagreement for one question, however many sentences answer it.

Two claims that stand against each other (`Pair`) are a question with two sides. Questions that have a claim in common,
or cite the same denied words, are one question if they were found by one rule. A question can be kept as it is and
grow: putting what came later to it gives the same as beginning anew with all pairs.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from dragoman.record import Citation
from dragoman.resolve.claims_pairs import NEAR, Claim, Kind, Pair, one_negotiation

DENIALS = frozenset({"denial", "untrue", "none such"})
"""Rules of claims that say that something is not so."""

_KINDS: tuple[Kind, ...] = ("conflict", "revision", "framing")
"""Where the answers to a question stand against each other in several ways, it is of the first."""


@dataclass
class DisagreementDraft:
    """A disagreement before it has an id: what it is about, and each answer with its words."""

    kind: Kind
    about_kind: str
    about_key: str
    field: str
    question: str
    values: list[tuple[str, list[Citation]]]
    rule: str = ""
    claims: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that claims answer: `told` are their ids, each with whether it is the one that gainsays."""

    rule: str
    kind: Kind
    told: frozenset[tuple[str, bool]]

    def order(self) -> tuple[object, ...]:
        """A fixed order."""
        return self.rule, sorted(self.told)


def one_for_each(asked: Iterable[Asked], pairs: Iterable[Pair], claims: Mapping[str, Claim]) -> list[Asked]:
    """Each question once, in a fixed order.

    Args:
        asked: questions that were put together before.
        pairs: claims that stand against each other.
        claims: all that these are about, by id.
    """
    before, found = list(asked), list(pairs)
    denials = {id_ for one in before for id_, gainsays in one.told if gainsays and claims[id_].answers}
    denials |= {pair.two.id for pair in found if pair.two.answers}
    same = _Joined()
    for first, second in combinations(sorted(denials), 2):
        if _one_denial(claims[first], claims[second]):
            same.join(first, second)
    # There are thousands of pairs of a hundred claims: each mark is looked at once, each pair twice.
    whole = _Joined()
    parts: list[tuple[object, str, Kind, tuple[tuple[str, bool], ...]]] = []
    marks: dict[tuple[str, str, bool], object] = {}
    for rule, kind, told in (
        *((one.rule, one.kind, tuple(one.told)) for one in before),
        *((pair.rule, pair.kind, ((pair.one.id, False), (pair.two.id, True))) for pair in found),
    ):
        first_mark: object = None
        for id_, gainsays in told:
            mark = marks.get((rule, id_, gainsays))
            if mark is None:
                mark = marks[rule, id_, gainsays] = _marked(rule, claims[id_], gainsays, same, whole)
            if first_mark is None:
                first_mark = mark
            elif mark != first_mark:
                whole.join(first_mark, mark)
        parts.append((first_mark, rule, kind, told))
    groups: dict[object, tuple[set[str], set[Kind], set[tuple[str, bool]]]] = {}
    for first_mark, rule, kind, told in parts:
        rules, kinds, all_told = groups.setdefault(whole.root(first_mark), (set(), set(), set()))
        rules.add(rule)
        kinds.add(kind)
        all_told.update(told)
    together = [
        Asked(min(rules), min(kinds, key=_KINDS.index), frozenset(told)) for rules, kinds, told in groups.values()
    ]
    return sorted(together, key=Asked.order)


def _marked(rule: str, claim: Claim, gainsays: bool, same: _Joined, whole: _Joined) -> object:
    """What questions that are one have in common: a claim, or the words that are denied; these are made one here."""
    if rule not in DENIALS:
        return rule, same.root(claim.id)
    mark = "denial", same.root(claim.id)
    if not gainsays:
        whole.join(mark, ("denial", claim.document, claim.found.spans[0]))
    return mark


class _Joined:
    """Things that are one with each other (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[object, object] = {}

    def root(self, thing: object) -> object:
        """The one that stands for all that are one with this."""
        parent = self._parent
        while (above := parent.get(thing, thing)) != thing:
            parent[thing] = thing = parent.get(above, above)
        return thing

    def join(self, one: object, two: object) -> None:
        """They are one."""
        first, second = self.root(one), self.root(two)
        if first != second:
            self._parent[second] = first


def _one_denial(one: Claim, two: Claim) -> bool:
    """Whether two documents give one denial."""
    if one.found.rule != two.found.rule and not {one.found.rule, two.found.rule} <= DENIALS:
        return False
    if one.document != two.document and one.about == two.about and one.parties & two.parties:
        return True  # copies
    return len(one.about & two.about) >= 3 and one_negotiation(one, two, NEAR)


# -- as a disagreement ------------------------------------------------------------------------------------------------


def draft_of(asked: Asked, claims: Mapping[str, Claim]) -> DisagreementDraft:
    """A question as a disagreement.

    Args:
        asked: the question.
        claims: by id; at least those that answer it.
    """
    answers: dict[object, dict[str, Claim]] = defaultdict(dict)
    for id_, second in asked.told:
        claim = claims[id_]
        answers[_value(claim, asked.rule, second)][id_] = claim
    told = [sorted(same.values(), key=_place) for same in answers.values()]
    values = []
    for same in sorted(told, key=lambda same: _place(same[0])):
        cited = {(c.document, c.start, c.end): c for claim in same for c in claim.citations}
        values.append((same[0].found.value, list(cited.values())))
    ids = sorted({id_ for id_, _ in asked.told})
    questions = {question for id_ in ids if (question := claims[id_].found.question)}
    question = min(questions, key=lambda q: (len(q), q), default=_QUESTIONS.get(asked.rule, ""))
    question = question or f"whether it is so: {_short(values[0][0])}"
    return DisagreementDraft(asked.kind, "claim", asked.rule, asked.rule, question, values, asked.rule, ids)


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.document, claim.found.spans, claim.id


def _value(claim: Claim, rule: str, second: bool) -> object:
    """What tells one answer from another: the number, who asked, so or not so."""
    found = claim.found
    if rule in ("number", "lasted", "round"):
        return found.number
    if rule in ("asked", "led"):
        return found.denied, tuple(sorted(claim.actors))
    if rule == "outcome":
        return found.rule
    if rule == "since":
        return tuple(a for a in found.about if a.startswith("^since:"))
    if rule in ("deed", "first", "came"):
        return found.denied
    if rule == "words":
        return found.value
    return second


def _short(words: str) -> str:
    """The beginning of some words, to a whole word."""
    return words if len(words) <= MOST else words[:MOST].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


MOST = 90
"""Characters of an answer that are quoted in a question."""

_QUESTIONS = {
    "counted": "how many or how much",
    "number": "how many or how much",
    "asked": "who asked for it",
    "first": "since when it is the first",
    "deed": "whether it was done",
}
