"""Who rests on whom, by their own words: credit lines, mastheads, and whom what is told is ascribed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.extract.findings import Findings, StatementFound
from dragoman.extract.lexicon import words
from dragoman.extract.spelling import acronym_of, fold, skeleton
from dragoman.resolve.copy_text import Copy

_BULK = 0.4
"""Share of what a document has people say that one outlet must have reported for the document to rest on it."""
_LEAST_STATEMENTS = 3


def rests_on(findings: Findings) -> tuple[str, ...]:
    """The outlets that reported the bulk of what is said in a document ("…, the weekly X wrote"), sorted.

    An outlet is who relayed a statement (`via`), or a speaker that is described, or named, as an outlet. "The weekly"
    by itself is the outlet that was named last.
    """
    said = [statement for statement in findings.statements if statement.content]
    if len(said) < _LEAST_STATEMENTS:
        return ()
    outlets = _outlets(findings, said)
    carried: dict[str, int] = {}
    last = min(outlets.values()) if len(outlets) == 1 else None
    for statement in said:
        name = statement.via
        if name is None and statement.speaker is not None:
            name = outlets.get(statement.speaker)
        if name is None and statement.speaker is None and _is_outlet(statement.speaker_text):
            name = last
        if name is not None:
            carried[name] = carried.get(name, 0) + 1
            last = name
    outlet = findings.outlet
    bulk = (name for name, count in carried.items() if count >= max(2, _BULK * len(said)))
    return tuple(sorted(name for name in bulk if not (outlet and names_outlet(name, outlet))))


def _outlets(findings: Findings, said: Sequence[StatementFound]) -> dict[int, str]:
    """The actors that are outlets, by their index.

    Those that are described or named as one; where none is, and yet "the weekly" says something, the one firm or
    organisation that says anything.
    """
    speakers = {statement.speaker for statement in said} - {None}
    names = {number: findings.actors[number].name for number in speakers if number is not None}
    described = {statement.speaker for statement in said if _is_outlet(statement.speaker_text)}
    found = {number: name for number, name in names.items() if number in described or _named_outlet(name)}
    if not found and None in described:
        alone = [number for number in names if findings.actors[number].kind in ("company", "organisation")]
        found = {number: names[number] for number in alone if len(alone) == 1}
    return found


def _is_outlet(described: str | None) -> bool:
    text = f" {fold(described or '')} "
    return any(f" {word} " in text for word in words("copies", "outlets"))


def _named_outlet(name: str) -> bool:
    parts = fold(name).split()
    return len(parts) > 1 and bool(words("outlets", "masthead").intersection(parts[-1:]))


def _core(name: str) -> frozenset[str]:
    parts = fold(name).split()
    return frozenset(
        skeleton(part) or part for part in parts if part not in words("copies", "outlet_words")
    ) or frozenset(parts)


def names_outlet(credit: str, outlet: str) -> bool:
    """Whether a credit is to this outlet: by its name, a part of it that tells it, or its initials."""
    one, other = _core(credit), _core(outlet)
    if one and other and (one <= other or other <= one):
        return True
    return any(part.isupper() and len(part) > 1 and acronym_of(part, outlet) for part in credit.split())


def _is_own(credit: str, copy: Copy) -> bool:
    return copy.outlet is not None and names_outlet(credit, copy.outlet)


def _others(copy: Copy) -> list[str]:
    """Whom a document credits, or rests on, besides itself."""
    return [credit for credit in (*copy.credits, *copy.sources) if not _is_own(credit, copy)]


def same_outlet(a: Copy, b: Copy) -> bool:
    """Whether the two appeared in one outlet."""
    return bool(a.outlet and b.outlet and names_outlet(a.outlet, b.outlet))


def credit_between(a: Copy, b: Copy) -> str | None:
    """The document of the two that the other credits, if exactly one credits the other."""
    to_a = a.outlet is not None and any(names_outlet(credit, a.outlet) for credit in _others(b))
    to_b = b.outlet is not None and any(names_outlet(credit, b.outlet) for credit in _others(a))
    if to_a == to_b:
        return None
    return a.document if to_a else b.document


def shared_credit(a: Copy, b: Copy) -> str | None:
    """A third outlet that both credit, or rest on, in the shorter of its spellings."""
    common = _same(_others(a), _others(b))
    return min(common, key=lambda name: (len(name), name)) if common else None


def _same(ones: Iterable[str], others: Iterable[str]) -> set[str]:
    kept = list(others)
    return {name for one in ones for other in kept if names_outlet(one, other) for name in (one, other)}
