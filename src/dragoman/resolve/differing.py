"""What all kinds of disagreement share: answers to one question, put together by what they say.

An answer is a value with the words it stands in. Documents that copy one text are one source: of each family the first
that answers speaks, and the others may only join what it says. Nothing here depends on the order of what it gets.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dragoman.record import About, Citation, Date, Disagreement, Value
from dragoman.resolve.ids import make_id

_EDGES = " \t\n,;:"
Kind = Literal["conflict", "revision", "framing"]
Words = Mapping[str, Sequence[Citation]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the documents and actors that entries name; whatever is missing is not known.

    `dated` are documents' days, `family` the families of copies, `names` and `sides` those of actors (a side is the
    actor that somebody speaks for), `words` gives for an encounter and a document the words that say a field.
    """

    dated: Mapping[str, Date | None] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, str], Words] = field(default_factory=dict)

    def source(self, document: str) -> str:
        """The family of a document that is a copy, else the document."""
        return self.family.get(document, document)

    def written(self, document: str) -> Date | None:
        """When a document was written, if that is known."""
        return self.dated.get(document)

    def side(self, actor: str) -> str:
        """The party that an actor speaks for, itself if that is nobody else."""
        return self.sides.get(actor, actor)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, how it is written, and the words it stands in; all of one document.

    `key` is what is compared: answers of one key are one value. `rank` is where the answer comes in time, where the
    words themselves say so (the old day, the new day). What is said `aside`, in words that say another value, counts
    only where nothing else says it.
    """

    key: str
    text: str
    citations: tuple[Citation, ...]
    rank: int = 0
    aside: bool = False

    @property
    def document(self) -> str:
        """The document that says it."""
        return self.citations[0].document

    def order(self) -> tuple[object, ...]:
        """A fixed order."""
        first = self.citations[0]
        return first.document, first.start, first.end, self.key, self.text


def disagreement(
    about: About, kind: Kind, answers: Iterable[Answer], known: Known, key: Sequence[object] = ()
) -> Disagreement | None:
    """The disagreement of some answers, or None where they say the same or only copies of one text differ.

    Args:
        about: the question.
        kind: conflict, revision or framing.
        answers: of one question; equal keys are one value.
        known: of the documents.
        key: what else makes the question that question, for the id.
    """
    values = grouped(answers, known)
    if len(values) < 2:
        return None
    made = [
        Value(value=text, citations=_citations(c for a in said for c in a.citations))
        for text, said in sorted(values, key=lambda v: (v[1][0].rank, _earliest(v[1], known), v[0]))
    ]
    words = [[(c.document, c.start, c.end) for c in value.citations] for value in made]
    if any(a == b for i, a in enumerate(words) for b in words[i + 1 :]):
        return None  # the same words are no two answers
    first = sorted(w[0] for w in words)
    return Disagreement(id=make_id("x", about.kind, about.field, *key, first), about=about, kind=kind, values=made)


def grouped(answers: Iterable[Answer], known: Known) -> list[tuple[str, list[Answer]]]:
    """Answers by what they say, each group in a fixed order under its commonest text.

    Of copies of one text the first in order that answers is heard; what the others say beyond it is a misreading of the
    same words.
    """
    ordered = sorted(set(answers), key=Answer.order)
    speaker: dict[str, str] = {}
    for answer in ordered:
        speaker.setdefault(known.source(answer.document), answer.document)
    said = {a.key for a in ordered if speaker[known.source(a.document)] == a.document}
    groups: dict[str, list[Answer]] = {}
    for answer in ordered:
        if answer.key in said:
            groups.setdefault(answer.key, []).append(answer)
    return [(min((a.text for a in group), key=lambda t: (len(t), t)), group) for group in groups.values()]


def by_time(values: Sequence[Sequence[Answer]], known: Known) -> bool:
    """Whether one group of answers is wholly later than another, by the days of their documents."""
    spans = [_span(group, known) for group in values]
    dated = sorted(span for span in spans if span is not None)
    return len(dated) == len(spans) > 1 and all(a[1] < b[0] for a, b in itertools.pairwise(dated))


def backing(citations: Sequence[Citation], says: Callable[[str], bool]) -> Citation | None:
    """Of some citations the shortest that says something, or None."""
    found = [c for c in citations if says(c.quote)]
    return min(found, key=lambda c: (len(c.quote), c.document, c.start)) if found else None


def piece(citation: Citation, start: int, end: int) -> Citation:
    """A part of a citation's words, by offsets into its quote, without white space or commas at its edges."""
    quote = citation.quote[start:end]
    start += len(quote) - len(quote.lstrip(_EDGES))
    quote = quote.strip(_EDGES)
    at = citation.start + start
    return Citation(document=citation.document, start=at, end=at + len(quote), quote=quote)


def _span(group: Sequence[Answer], known: Known) -> tuple[str, str] | None:
    days = [known.written(a.document) for a in group]
    dated = [d for d in days if d is not None]
    if len(dated) < len(days):
        return None
    return min(d.from_ for d in dated), max(d.to for d in dated)


def _earliest(group: Sequence[Answer], known: Known) -> str:
    days = [known.written(a.document) for a in group]
    return min((d.from_ for d in days if d is not None), default="9999")


def _citations(citations: Iterable[Citation]) -> list[Citation]:
    """None twice, and none within another that says no more for it."""
    unique = {(c.document, c.start, c.end): c for c in citations}
    return [unique[place] for place in sorted(unique)]
