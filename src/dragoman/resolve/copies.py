"""Which documents are not independent of each other: from shared keys to pairs, from pairs to families.

First pass: documents whose sketches share keys (`candidates`). Second pass: each such pair is read side by side
(`compare`; the work is in copy_passages.py and copy_retold.py). Pairs make families (`families`). All functions are
pure and give the same whatever the order of what they are given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.extract.findings import Findings, SpanT
from dragoman.extract.sketch import (
    CROWD,
    DAYS,
    HEAD_NEEDED,
    LEAST_TAKEN,
    MARKS_NEEDED,
    NEEDED,
    OF_MARKS,
    OF_WORDS,
    SOURCES_NEEDED,
    Signature,
)
from dragoman.resolve.copy_credits import credit_between, rests_on, same_outlet, shared_credit
from dragoman.resolve.copy_passages import reprinted
from dragoman.resolve.copy_retold import retold
from dragoman.resolve.copy_text import Copy, days_apart

__all__ = ["Copy", "FamilyDraft", "Link", "candidates", "compare", "copy_of", "families"]

KINDS = ("duplicate", "near_duplicate", "rewrite", "shared_source")
"""From the surest to the least sure."""

BESIDE = 2
"""How many of those that come next by id a document is paired with under a key that very many have."""
_WHOLE = 0.95
_REPRINTED, _REPRINTED_NARRATION = 0.45, 0.4
_LEAST_NARRATION = 40
"""With fewer words outside quotations a text is a speech or a communiqué: then more of all of it must be the same."""
_REPRINTED_SPEECH = 0.7
_QUICK_MARKS, _QUICK_SHINGLES = 0.4, 0.12


@dataclass(frozen=True, slots=True)
class _Bar:
    """What a retelling must reach: see `copy_retold.Retold`."""

    told: float
    covered: float
    ordered: float


# Set on invented pairs: rewritings reach .29 to .52 told, two reports of one event .05 to .18, also where both are an
# agency's and tell of one press conference.
_REWRITE = _Bar(told=0.23, covered=0.5, ordered=0.45)
_SHUFFLED = _Bar(told=0.15, covered=0.7, ordered=0.0)
_SHUFFLED_ANYHOW = 0.42
"""What must be told in any order where the order is another."""
_CREDITED = _Bar(told=0.19, covered=0.45, ordered=0.45)
"""Enough where one credits the other, or both the same third."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents that are not independent.

    `first` < `second` are their ids; `kind` one of `KINDS`; `passages` the places that match, in the order of the
    first's text; `score` how much of the one is in the other (0 to 1); `earlier` is the one that came first, and
    `source` whom both rest on, where known.
    """

    first: str
    second: str
    kind: str
    passages: tuple[tuple[SpanT, SpanT], ...]
    score: float
    earlier: str | None = None
    source: str | None = None


@dataclass(slots=True)
class FamilyDraft:
    """A family before it has an id: documents in the order of their ids, and pairs of a document and a span in it."""

    documents: list[str]
    kind: str
    first: str | None = None
    source: str | None = None
    passages: list[tuple[tuple[str, SpanT], tuple[str, SpanT]]] = field(default_factory=list)


_TAKEN = _Bar(told=0.12, covered=0.3, ordered=0.0)
"""Enough of what both have from one outlet by their own words, if it is three sentences too."""


def copy_of(document: str, text: str, findings: Findings) -> Copy:
    """What is compared of a document: made once for each, and kept while its pairs are compared."""
    return Copy(
        document=document,
        text=text,
        furniture=tuple(findings.furniture),
        title=findings.title,
        outlet=findings.outlet,
        credits=tuple(findings.credits),
        dated=(findings.dated.start, findings.dated.end) if findings.dated else None,
        sources=rests_on(findings),
    )


def candidates(
    keys: Mapping[str, Sequence[str]],
    fresh: Collection[str] | None = None,
    having: Mapping[str, Sequence[str]] | None = None,
) -> list[tuple[str, str]]:
    """The pairs of documents that may be copies of each other, sorted; the smaller id first in each.

    These are documents that share enough keys of words, or of what they have from a source that they name, or enough
    keys of names and numbers where their signatures are alike too. Of documents that are the same word for word one
    stands for all, and each other is paired with that one only. A key that more than `CROWD` documents have counts only
    between those that are next to each other in the order of ids, and only if it is one of words: so a text that was
    reprinted a thousand times still makes one family, at some thousand comparisons. Whether two documents are a pair is
    decided by their own keys, and by which keys very many have.

    Args:
        keys: each document's `SketchFound.bands`.
        fresh: only pairs with one of these are wanted, and these have all their keys; None for all.
        having: for each key all documents that have it, sorted, where `keys` leaves out some that are in no pair.
    """
    same: dict[str, list[str]] = defaultdict(list)
    signed: dict[str, Signature] = {}
    those: dict[str, list[str]] = defaultdict(list)
    for document in sorted(keys):
        for key in keys[document]:
            if key[0] == "=":
                same[key].append(document)
            elif key[0] == "~":
                signed[document] = Signature.load(key)
            else:
                those[key].append(document)
    having = those if having is None else having
    pairs = {(group[0], other) for group in same.values() for other in group[1:]}
    standing = {other: group[0] for group in same.values() for other in group}
    wanted = frozenset(fresh) if fresh is not None else None
    pairs |= _in_crowds(keys, having, standing, wanted)
    heads = sorted(document for document, head in standing.items() if document == head)
    few = {
        key: [document for document in documents if standing.get(document) == document]
        for key, documents in having.items()
        if 1 < len(documents) <= CROWD and key[0] not in "=~"
    }
    for head in heads if wanted is None else sorted(wanted.intersection(heads)):
        words, heads_shared, sources, marks = (Counter[str]() for _ in range(4))
        bands: dict[str, set[str]] = {}  # one band has a key by itself, and some by days
        for key in keys[head]:
            documents = few.get(key, [])
            if wanted is None and documents:  # the later ones are met when it is their turn
                documents = documents[: bisect_left(documents, head)]
            if key[0] in OF_WORDS:
                words.update(documents)
                if key[0] == "h":
                    heads_shared.update(documents)
            elif key[0] in OF_MARKS:
                bands.setdefault(key.partition(".")[2], set()).update(documents)
            else:
                sources.update(documents)
        for sharing in bands.values():
            marks.update(sharing)
        own = signed[head]
        found = {other for other, count in sources.items() if count >= SOURCES_NEEDED}
        found |= {
            other
            for other, count in words.items()
            if count >= NEEDED and (own.may_be_reprinted(signed[other]) or heads_shared[other] >= HEAD_NEEDED)
        }
        found |= {
            other
            for other, count in marks.items()
            if count >= MARKS_NEEDED and other not in found and own.may_be_retold(signed[other])
        }
        pairs.update((min(head, other), max(head, other)) for other in found if other != head)
    if wanted is not None:
        pairs = {pair for pair in pairs if pair[0] in wanted or pair[1] in wanted}
    return sorted(pairs)


def _in_crowds(
    keys: Mapping[str, Sequence[str]],
    having: Mapping[str, Sequence[str]],
    standing: Mapping[str, str],
    wanted: Collection[str] | None,
) -> set[tuple[str, str]]:
    """Pairs of those that stand next to each other under keys of words that very many have."""
    near: set[tuple[str, str]] = set()
    for key, documents in having.items():
        if len(documents) > CROWD and key[0] in OF_WORDS:
            for place in range(len(documents)) if wanted is None else _places(documents, wanted):
                one = documents[place]
                near.update((one, other) for other in documents[place + 1 : place + BESIDE + 1])
                near.update((other, one) for other in documents[max(0, place - BESIDE) : place])
    return {
        (one, other)
        for one, other in near
        if standing.get(one) != standing.get(other) and _words_shared(keys[one], keys[other]) >= NEEDED
    }


def beside(documents: Sequence[str], some: Collection[str]) -> set[str]:
    """Those of some documents, in order, that a key joins with one of some of them where very many have it."""
    return {
        other for place in _places(documents, some) for other in documents[max(0, place - BESIDE) : place + BESIDE + 1]
    }


def _places(documents: Sequence[str], some: Collection[str]) -> list[int]:
    """Where in a sequence, in order, some documents are."""
    places = [(bisect_left(documents, document), document) for document in some]
    return [place for place, document in places if place < len(documents) and documents[place] == document]


def _words_shared(ones: Sequence[str], others: Sequence[str]) -> int:
    return sum(key[0] in OF_WORDS for key in {*ones}.intersection(others))


def compare(a: Copy, b: Copy) -> Link | None:
    """What joins two documents, or None where they tell of the same thing independently, or of different things.

    Reprints are told by the words they share outside quotations, retellings by the order and choice of what they tell;
    two reports of one event share facts and quotations, but neither the choice nor the order of nearly everything.
    """
    if b.document < a.document:
        a, b = b, a
    if not a.words or not b.words:
        return None
    shared_marks = len(a.marks & b.marks) / max(1, min(len(a.marks), len(b.marks)))
    shared_shingles = len(a.places.keys() & b.places.keys()) / max(1, min(len(a.places), len(b.places)))
    link = None
    if shared_shingles >= _QUICK_SHINGLES / 2:
        link = _reprint(a, b)
    if link is None and shared_marks >= _QUICK_MARKS:
        link = _retelling(a, b)
    return link or _resting(a, b)


def _reprint(a: Copy, b: Copy) -> Link | None:
    found = reprinted(a, b)
    if found.whole_a >= _WHOLE and found.whole_b >= _WHOLE:
        kind = "duplicate"
    else:
        shorter = found.whole_a if len(a.words) <= len(b.words) else found.whole_b
        narrated, words = found.narrated_a, a.narrated
        if (len(b.words), b.document) < (len(a.words), a.document):
            narrated, words = found.narrated_b, b.narrated
        if words >= _LEAST_NARRATION:
            if shorter < _REPRINTED or narrated < _REPRINTED_NARRATION:
                return None
        elif shorter < _REPRINTED_SPEECH:
            return None
        kind = "near_duplicate"
    score = max(found.whole_a, found.whole_b)
    return Link(a.document, b.document, kind, found.passages, round(score, 4), _earlier(a, b))


def _retelling(a: Copy, b: Copy) -> Link | None:
    if (days_apart(a, b) or 0) > DAYS:
        return None
    found = retold(a, b)
    if found is None:
        return None

    def reaches(bar: _Bar) -> bool:
        return found.told >= bar.told and found.covered >= bar.covered and found.ordered >= bar.ordered

    source = shared_credit(a, b)
    credited = credit_between(a, b) is not None
    shuffled = reaches(_SHUFFLED) and found.anyhow >= _SHUFFLED_ANYHOW
    if reaches(_REWRITE) or shuffled or (credited and reaches(_CREDITED)):
        kind = "shared_source" if source is not None and not credited else "rewrite"
    elif source is not None and not same_outlet(a, b) and reaches(_CREDITED):
        kind = "shared_source"
    else:
        return None
    named = source if kind == "shared_source" else None
    return Link(a.document, b.document, kind, found.passages, round(found.told, 4), _earlier(a, b), named)


def _resting(a: Copy, b: Copy) -> Link | None:
    """Two reports that tell the same by the word of one other outlet, which both name."""
    if same_outlet(a, b) or (days_apart(a, b) or 0) > DAYS:
        return None
    for outlet in sorted(a.taken.keys() & b.taken.keys()):
        (name, one), (other_name, other) = a.taken[outlet], b.taken[outlet]
        found = retold(one, other, LEAST_TAKEN)
        if found is None or found.anyhow < _TAKEN.told or found.covered < _TAKEN.covered:
            continue
        if len(found.passages) >= LEAST_TAKEN:
            named = max(name, other_name, key=lambda n: (len(n), n))
            score = round(found.anyhow, 4)
            return Link(a.document, b.document, "shared_source", found.passages, score, _earlier(a, b), named)
    return None


def _earlier(a: Copy, b: Copy) -> str | None:
    """Which came first: by who credits whom, else by the dates, where their intervals do not overlap."""
    credited = credit_between(a, b)
    if credited is not None:
        return credited
    if a.dated and b.dated:
        if a.dated[1] < b.dated[0]:
            return a.document
        if b.dated[1] < a.dated[0]:
            return b.document
    return None


def families(links: Iterable[Link]) -> list[FamilyDraft]:
    """The families that the links make, in the order of their first documents.

    A family's kind is that of the weakest link that is needed to hold it together. It is told who came first where one
    document is before all others that are linked to it and none is before it.
    """
    ordered = sorted(links, key=lambda link: (KINDS.index(link.kind), -link.score, link.first, link.second))
    root: dict[str, str] = {}

    def find(document: str) -> str:
        while root.setdefault(document, document) != document:
            root[document] = root[root[document]]
            document = root[document]
        return document

    needed: list[Link] = []
    for link in ordered:
        one, other = find(link.first), find(link.second)
        if one != other:
            root[max(one, other)] = min(one, other)
            needed.append(link)
    tree, every = defaultdict(list), defaultdict(list)
    for link in needed:
        tree[find(link.first)].append(link)
    for link in ordered:
        every[find(link.first)].append(link)
    return [_family(tree[head], every[head]) for head in sorted(tree)]


def _family(tree: Sequence[Link], every: Sequence[Link]) -> FamilyDraft:
    documents = sorted({document for link in every for document in (link.first, link.second)})
    kind = max((link.kind for link in tree), key=KINDS.index)
    first = _first(documents, every)
    degree: dict[str, float] = defaultdict(float)
    for link in every:
        degree[link.first] += link.score
        degree[link.second] += link.score
    head = first or min(documents, key=lambda document: (-round(degree[document], 6), document))
    best: dict[str, Link] = {}
    for link in every:  # from the surest on: the first one met with the head stays, else the first one met
        for document, other in ((link.first, link.second), (link.second, link.first)):
            if document != head and (document not in best or (other == head and head not in _ends(best[document]))):
                best[document] = link
    chosen = sorted(set(best.values()), key=lambda link: (link.first, link.second))
    passages = [((link.first, one), (link.second, other)) for link in chosen for one, other in link.passages]
    named = sorted(link.source for link in every if link.source) if kind == "shared_source" else []
    source = max(named, key=lambda name: (named.count(name), name)) if named else None
    return FamilyDraft(documents, kind, first, source, passages)


def _ends(link: Link) -> tuple[str, str]:
    return link.first, link.second


def _first(documents: Sequence[str], every: Sequence[Link]) -> str | None:
    """The one document that is not after any other and before every one that it is linked to, if there is one."""
    later = {link.second if link.earlier == link.first else link.first for link in every if link.earlier}
    unsettled = {document for link in every if not link.earlier for document in _ends(link)}
    heads = [document for document in documents if document not in later]
    return heads[0] if len(heads) == 1 and heads[0] not in unsettled else None
