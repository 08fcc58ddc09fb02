"""Who rests on whom, by their own words: credit lines, mastheads, and whom what is told is ascribed to."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.extract.findings import Findings
from dragoman.extract.lexicon import words
from dragoman.extract.spelling import acronym_of, fold, skeleton
from dragoman.resolve.copy_text import Copy

_BULK = 0.5
"""Share of what a document has people say that must come through one outlet for the document to rest on it."""
_LEAST_STATEMENTS = 3


def rests_on(findings: Findings) -> tuple[str, ...]:
    """The outlets through which the bulk of what is said in a document reached it ("…, X reported"), sorted."""
    said = [statement for statement in findings.statements if statement.content]
    if len(said) < _LEAST_STATEMENTS:
        return ()
    carried: dict[str, set[int]] = {}
    for i, statement in enumerate(said):
        names = {statement.via} if statement.via else set()
        if statement.speaker is not None and _is_outlet(findings.actors[statement.speaker].name):
            names.add(findings.actors[statement.speaker].name)
        for name in names:
            carried.setdefault(name, set()).add(i)
    outlet = findings.outlet
    return tuple(
        sorted(
            name
            for name, which in carried.items()
            if len(which) >= _BULK * len(said) and not (outlet and names_outlet(name, outlet))
        )
    )


def _is_outlet(name: str) -> bool:
    parts = name.lower().split()
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
