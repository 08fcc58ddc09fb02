"""Who counts as one source: what copies say counts once, and so does what several took from the same third one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.record import Citation, Family

COPIES = ("duplicate", "near_duplicate", "rewrite")
"""Kinds of families whose documents are one source in all that they say."""


@dataclass(frozen=True)
class Witnesses:
    """What each document, or place in it, counts as: an id of a family, or of the document itself.

    Documents of a family that shares a source are one source only for what stands in the family's passages: the rest of
    each is its own.
    """

    copies: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, families: Iterable[Family]) -> Witnesses:
        """Those of a record's families."""
        copies: dict[str, str] = {}
        shared: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
        for family in families:
            if family.kind in COPIES:
                copies |= dict.fromkeys(family.documents, family.id)
                continue
            cited = [citation for passage in family.passages for citation in passage]
            for document in family.documents:
                spans = sorted({(c.start, c.end) for c in cited if c.document == document})
                shared[document] = family.id, tuple(spans)
        return cls(copies, shared)

    def source(self, citation: Citation) -> str:
        """What a cited place counts as."""
        document = citation.document
        if document in self.shared:
            family, spans = self.shared[document]
            if any(start < citation.end and citation.start < end for start, end in spans):
                return family
        return self.copies.get(document, document)

    def count(self, citations: Iterable[Citation]) -> int:
        """How many independent sources the cited places are of."""
        return len({self.source(citation) for citation in citations})
