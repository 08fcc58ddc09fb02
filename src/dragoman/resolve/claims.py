"""What several documents say on one question, put side by side where it cannot all be so.

Claims (`dragoman.extract.claims`) of two documents answer one question only where a good deal agrees: parties of the
negotiation, the days about which they were written, what is counted or done, and further words. A number of another
thing is no contradiction. Nothing here depends on the order of the claims.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations, combinations_with_replacement, product

from dragoman.extract import lexicon
from dragoman.extract.claims_numbers import differ
from dragoman.extract.claims_words import concept
from dragoman.record import About, Disagreement, Value
from dragoman.resolve.claims_events import SOON, block_of, event_pair
from dragoman.resolve.claims_groups import DENIALS, Asked, DisagreementDraft, draft_of, one_for_each
from dragoman.resolve.claims_pairs import DAYS, NEAR, Claim, Kind, Pair, apart, may_be_one_negotiation, one_negotiation
from dragoman.resolve.ids import make_id

__all__ = ["Asked", "Claim", "Compared", "DisagreementDraft", "as_entry", "compare_claims", "draft_of", "questions_of"]


def compare_claims(claims: Iterable[Claim]) -> list[DisagreementDraft]:
    """All disagreements among some claims: one for a question, however many sentences answer it.

    Args:
        claims: those that share keys, and those joined by `answers`; any others do no harm.
    """
    some = list(claims)
    by_id = {claim.id: claim for claim in some}
    return [draft_of(asked, by_id) for asked in questions_of(some)]


def questions_of(
    claims: Iterable[Claim],
    compared: Compared | None = None,
    before: Iterable[Asked] = (),
    known: Collection[str] = (),
) -> list[Asked]:
    """The questions that some claims answer differently.

    Args:
        claims: all claims of some documents.
        compared: what earlier calls found between two documents, where each call has all claims of its documents.
        before: the questions between the claims of some of the documents, as an earlier call gave them.
        known: these documents; they are not compared with each other again.
    """
    by_document: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.document, c.found.spans, c.found.kind, c.id)):
        by_document.setdefault(claim.document, []).append(claim)
    pairs = (Compared() if compared is None else compared).across(by_document, known)
    return one_for_each(before, pairs, {claim.id: claim for theirs in by_document.values() for claim in theirs})


def as_entry(draft: DisagreementDraft) -> Disagreement:
    """A draft as the record has it; its id is of the rule and all its words, whatever the order."""
    places = sorted((c.document, c.start, c.end) for _, citations in draft.values for c in citations)
    about = About(kind=draft.about_kind, id=min(draft.claims, default=draft.about_key), field=draft.field)
    values = [Value(value=text, citations=citations) for text, citations in draft.values]
    return Disagreement(
        id=make_id("x", draft.rule, places), about=about, kind=draft.kind, question=draft.question, values=values
    )


# -- which claims stand against each other ----------------------------------------------------------------------------


class _Told:
    """The claims of one document, by what a question is told by: only claims that share it are compared."""

    def __init__(self) -> None:
        self.any: Claim | None = None  # what is of the document all its claims have alike
        self.numbers: list[Claim] = []
        self._by: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        self._all: dict[str, Claim] = {}

    def add(self, claim: Claim) -> None:
        """One more."""
        self.any = self.any or claim
        self._all[claim.id] = claim
        found = claim.found
        if claim.answers is not None and found.kind != "gainsaid":
            return
        if found.kind == "number":
            self.numbers.append(claim)
            self._by["unit", found.unit].append(claim)
            for word in claim.about:
                self._by["counts", word].append(claim)
        elif found.kind in ("deed", "first"):
            self._by[found.kind, found.unit].append(claim)
        elif found.kind == "words":
            self._by["words", claim.teller].append(claim)
        elif found.kind == "gainsaid":
            for word in claim.about:
                self._by["gainsaid", word].append(claim)
        elif (block := block_of(claim)) is not None:
            self._by[("event", *block)].append(claim)

    def answered(self) -> Iterator[Pair]:
        """What gainsays something that the document itself tells."""
        for claim in self._all.values():
            if claim.answers is not None and claim.answers in self._all:
                kind: Kind = "conflict" if claim.found.denied else "framing"
                yield Pair(self._all[claim.answers], claim, claim.found.rule, kind, claim.about)

    def with_itself(self) -> Iterator[tuple[Claim, Claim]]:
        """Two voices of one document: only on what came of it."""
        for key, mine in self._by.items():
            if key[:2] == ("event", "outcome"):
                yield from combinations(mine, 2)

    def facing(self, other: _Told) -> Iterator[tuple[Claim, Claim]]:
        """The claims of this document, each with those of another that may answer the same; some twice."""
        for key in self._by.keys() & other._by.keys():
            if key[0] not in ("unit", "counts", "gainsaid"):
                yield from product(self._by[key], other._by[key])
        for one, two in ((self, other), (other, self)):
            for kind, unit in [key for key in one._by if key[0] == "deed"]:
                for a, b in product(one._by[kind, unit], two._by.get(("gainsaid", unit), ())):
                    yield (a, b) if one is self else (b, a)
        for claim in self.numbers:
            unit = claim.found.unit
            for key in (("unit", unit), ("counts", unit), *(("unit", word) for word in claim.about)):
                for answer in other._by.get(key, ()):
                    yield claim, answer


class Compared:
    """What was found between the claims of two documents; each two are compared once."""

    def __init__(self) -> None:
        """Nothing was compared yet."""
        self._told: dict[str, _Told] = {}
        self._pairs: dict[tuple[str, str], list[Pair]] = {}

    def across(self, claims: Mapping[str, list[Claim]], known: Collection[str] = ()) -> Iterator[Pair]:
        """The pairs of claims that stand against each other.

        Args:
            claims: of each document all.
            known: documents that are not compared with each other.
        """
        for document, theirs in claims.items():
            if document not in self._told:
                self._told[document] = _Told()
                for claim in theirs:
                    self._told[document].add(claim)
        ordered = sorted(claims)
        for both in (
            combinations_with_replacement(ordered, 2)
            if not known
            else ((min(a, b), max(a, b)) for a in ordered if a not in known for b in ordered if b in known or a <= b)
        ):
            if both not in self._pairs:
                self._pairs[both] = list(self._between(*both))
            yield from self._pairs[both]

    def _between(self, first: str, second: str) -> Iterator[Pair]:
        one, two = self._told[first], self._told[second]
        if first == second:
            yield from one.answered()
            facing = one.with_itself()
        elif one.any is not None and two.any is not None and may_be_one_negotiation(one.any, two.any):
            facing = one.facing(two)
        else:
            return
        seen: set[tuple[str, str]] = set()
        for a, b in facing:
            # a sentence that two reports have word for word contradicts nothing
            if (a.id, b.id) in seen or a.said == b.said:
                continue
            seen.add((a.id, b.id))
            pair = _RULES.get((a.found.kind, b.found.kind), event_pair)(a, b)
            if pair is not None:
                yield pair


def _numbers(one: Claim, two: Claim) -> Pair | None:
    a, b = one.found, two.found
    if a.number is None or b.number is None or not one_negotiation(one, two, NEAR):
        return None
    if not differ(a.number, a.exact, b.number, b.exact) or _other_days(one.about, two.about):
        return None
    if f"{a.number:g}" in b.value and f"{b.number:g}" in a.value:
        return None  # both tell both
    base = {c for c in one.about & two.about if c.startswith("%")}
    if a.unit == b.unit and base:  # "from 22 to 14", "from 22 to 16"
        return Pair(one, two, "number", "conflict", frozenset({a.unit or ""}))
    if _told(a.rule) != _told(b.rule):
        return None
    units = {a.unit or "", b.unit or ""}
    shared = (one.about & two.about) - units
    if a.unit != b.unit:
        shared = (one.about | {a.unit or ""}) & (two.about | {b.unit or ""})
        if (
            min(a.number, b.number) < 20  # small numbers count many things
            or not (a.unit in two.about or b.unit in one.about)
            or not 0.5 <= a.number / b.number <= 2
        ):
            return None
        if a.unit in _TIMES or b.unit in _TIMES or "percent" in units:
            return None
    wanted = a.rule in ("offering", "wanting") and a.unit == b.unit == "percent"
    counted = a.unit == b.unit and a.unit not in _TIMES | {"percent"} and not _told(a.rule)
    near = b.number != 0 and 0.4 <= a.number / b.number <= 2.5
    many = counted and min(a.number, b.number) >= 20 and near
    words = {c for c in shared if c[0] not in "@!%"}
    placed = {c for c in shared if c[0] == "@"}
    if not words and not (many and placed):
        return None
    if "percent" in units and not wanted and not any(c[0] == "!" for c in shared):
        return None
    shared = frozenset(c for c in shared if c[0] not in "!%")
    if len(shared) < (1 if wanted or many else 2) or (a.unit in _TIMES and len(shared) < 3):
        return None
    if a.unit == b.unit and a.rule and not (one.actors & two.actors or not one.actors or not two.actors):
        return None
    kind: Kind = "revision" if a.rule and apart(one, two) else "conflict"
    return Pair(one, two, "number", kind, shared | {u for u in units if u})


def _told(rule: str) -> str:
    """Whether a number is told, wanted or offered: "will pay" and "is to pay" tell it as "pays" does."""
    return "" if rule in ("would", "plan", "expect", "promise") else rule


def _other_days(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two claims name days of the week, and not one of them is the same."""
    mine, theirs = one & _WEEKDAYS, two & _WEEKDAYS
    return bool(mine and theirs and not mine & theirs)


def _deeds(one: Claim, two: Claim) -> Pair | None:
    if one.found.denied == two.found.denied or not one_negotiation(one, two, NEAR):
        return None
    shared = one.about & two.about
    if one.found.unit != two.found.unit:
        return None
    both = one.actors & two.actors
    words = {c for c in shared if c[0] != "@"}
    if _other_days(one.about, two.about):
        return None
    if one.found.unit in _ENCOUNTERS:
        if len(both) < 2 or len(shared) < 2:
            return None
    elif len(shared) + len(both) < 4 or len(words) < 2:
        return None
    return Pair(one, two, "deed", "conflict", shared)


def _denied_deed(one: Claim, two: Claim) -> Pair | None:
    """A denial in one document, the deed told in another."""
    denial, deed = (one, two) if one.found.kind == "gainsaid" else (two, one)
    if denial.found.rule not in DENIALS or deed.found.denied:
        return None
    shared = one.about & two.about
    met = deed.found.unit in _ENCOUNTERS and len(deed.actors & denial.actors) > 1
    if (len(shared) < 3 and not met) or deed.found.unit not in shared or not one_negotiation(one, two, NEAR):
        return None
    if _other_days(one.about, two.about):
        return None
    return Pair(deed, denial, denial.found.rule, "conflict", shared)


def _words(one: Claim, two: Claim) -> Pair | None:
    """Two quotations of what one speaker said on one matter, in words that are alike and not the same."""
    if (
        one.teller is None
        or one.teller != two.teller
        or one.source == two.source
        or not one_negotiation(one, two, SOON)
    ):
        return None
    mine, theirs = _said(one.found.value), _said(two.found.value)
    short, long_ = sorted((len(mine), len(theirs)))
    run = _common(mine, theirs)
    if not short or long_ > 45 or run >= 0.85 * short:
        return None
    both, own, other = set(mine) & set(theirs), _content(mine), _content(theirs)
    shared = own & other
    if not shared or (own == other and run >= 0.6 * short):
        return None
    alike = len(both) / min(len(set(mine)), len(set(theirs)))
    if not (
        (len(shared) > 1 and alike >= 0.5 and len(shared) >= 0.4 * min(len(own), len(other)))
        or (run >= 4 and alike >= 0.4 and long_ <= 24)
        or (long_ <= 6 and alike >= 0.5 and mine[-1] == theirs[-1])
        or _one_opening(one, two)
        or (len(one.about & two.about) >= 4 and len(one.about & two.about) >= 0.5 * min(len(one.about), len(two.about)))
    ):
        return None
    return Pair(one, two, "words", "framing", frozenset(shared))


@functools.lru_cache(5_000)
def _said(text: str) -> tuple[str, ...]:
    """The words of a quotation as they are compared."""
    return tuple(concept(w) for w in re.findall(r"[^\W_]+", text.lower().replace("n’t", " not").replace("n't", " not")))


def _content(words: Iterable[str]) -> set[str]:
    return {w for w in words if len(w) > 2 and w not in _little()}


@functools.cache
def _little() -> frozenset[str]:
    return frozenset(concept(w) for key in ("idle", "little") for w in lexicon.words("claims", key))


def _common(one: tuple[str, ...], two: tuple[str, ...]) -> int:
    """The length of the longest sequence of words that both have in this order."""
    row = [0] * (len(two) + 1)
    for a in one:
        last = 0
        for j, b in enumerate(two):
            last, row[j + 1] = row[j + 1], last + 1 if a == b else max(row[j + 1], row[j])
    return row[-1]


def _one_opening(one: Claim, two: Claim) -> bool:
    """Whether two quotations begin alike and go on with other words, some of which say the same."""
    mine, theirs = _said(one.found.value), _said(two.found.value)
    if min(len(mine), len(theirs)) < 6 or mine[:3] != theirs[:3] or max(len(mine), len(theirs)) > 40:
        return False
    return bool({w for w in mine[3:] if len(w) > 3} & {w for w in theirs[3:] if len(w) > 3})


def _firsts(one: Claim, two: Claim) -> Pair | None:
    if one.found.denied == two.found.denied or one.found.unit != two.found.unit:
        return None
    if not one_negotiation(one, two, DAYS):
        return None
    return Pair(one, two, "first", "conflict", frozenset({"first", one.found.unit or ""}))


_ENCOUNTERS = frozenset({"meet", "call", "talk"})
_WEEKDAYS = frozenset({f"@{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")})
_TIMES = frozenset({"minut", "hour", "day", "week", "month", "year", "night"})

_RULES: dict[tuple[str, str], Callable[[Claim, Claim], Pair | None]] = {
    ("number", "number"): _numbers,
    ("deed", "deed"): _deeds,
    ("first", "first"): _firsts,
    ("words", "words"): _words,
    ("gainsaid", "deed"): _denied_deed,
    ("deed", "gainsaid"): _denied_deed,
}
