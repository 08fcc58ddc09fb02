"""Sentences of the documents that hold the words of a question, for where no entry of the record answers it.

They are no entries: nobody has found out what they say. They are shown for what they are, beside "the record does not
say".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.record import Citation, Document
from dragoman.report.asking.lexicon import stems
from dragoman.report.source import Source

MOST_DOCUMENTS = 500
"""Of a larger record the texts are not gone through: that takes seconds."""

_SENTENCE = re.compile(r"[^\s][^\n]*?(?:[.!?…][\"'”’»)]*(?=\s)|(?=\n|$))")
_LONGEST = 600  # characters of a sentence that can be quoted


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a document's report and the stems of its words."""

    citation: Citation
    stems: frozenset[str]


class Passages:
    """The sentences of a small record's documents, without the furniture of their pages."""

    def __init__(self, source: Source, documents: Iterable[Document]) -> None:
        """Of all documents; nothing is read before something is looked for."""
        self._source = source
        self._documents = list(documents)
        self._read: list[_Sentence] | None = None

    def holding(self, wanted: Iterable[frozenset[str]], most: int) -> list[Citation]:
        """The sentences that hold, of each of some sets of stems, one; those of the latest documents first.

        Args:
            wanted: for each word its stem and those that may stand for it.
            most: how many.
        """
        needed = list(wanted)
        if not needed or len(self._documents) > MOST_DOCUMENTS:
            return []
        if self._read is None:
            self._read = list(self._sentences())
        found: dict[str, Citation] = {}
        for one in self._read:
            if all(not keys.isdisjoint(one.stems) for keys in needed):
                found.setdefault(" ".join(one.citation.quote.split()), one.citation)  # of reprints one
        return list(found.values())[:most]

    def _sentences(self) -> Iterator[_Sentence]:
        order = sorted(self._documents, key=lambda d: (d.dated.to if d.dated else "", d.id), reverse=True)
        for document in order:
            text = self._source.text(document.id)
            report = text
            for span in document.furniture:
                report = report[: span.start] + "\n" * (span.end - span.start) + report[span.end :]
            for found in _SENTENCE.finditer(report):
                start, end = found.span()
                if end - start <= _LONGEST:
                    quote = Citation(document=document.id, start=start, end=end, quote=text[start:end])
                    yield _Sentence(quote, frozenset(stems(found[0])))
