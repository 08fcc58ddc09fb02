"""One paragraph's parse as plain lists, with its quotations: what attribution works on.

Token objects of spaCy are slow to walk over and over; the finder visits every token of every paragraph, so it reads the
parse once into lists of strings and integers. Everything here counts in tokens of one block.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.attribution_cues import cues
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block
from dragoman.extract.quotes import Quotation

STOP = frozenset(".!?")
_OPENERS = frozenset(("he", "she", "it", "they", "we", "the", "this", "that", "in", "on", "at", "but", "and"))
_NAMING = frozenset(("PROPN", "NOUN", "PRON", "DET", "ADJ", "PART", "NUM"))
_DEEP = 40
"""Phrases nested deeper than this are no phrases but lists without end."""

_NP_RIGHT = frozenset(
    ("prep", "conj", "cc", "appos", "acl", "punct", "amod", "nummod", "case", "poss", "compound", "nmod", "advmod",
     "flat", "npadvmod", "det", "quantmod", "pobj", "agent", "pcomp", "dobj", "xcomp", "aux", "advcl", "acomp", "attr",
     "neg", "oprd")
)  # fmt: skip


class Tree:
    """A block as lists; `low`, `pos`, `tag`, `dep`, `head` by token, `kids` the tokens below each."""

    __slots__ = (
        "_left",
        "_right",
        "block",
        "dep",
        "head",
        "idx",
        "kids",
        "low",
        "mark_of",
        "n",
        "pos",
        "quoted",
        "quotes",
        "sent",
        "spans",
        "start",
        "stop",
        "stretch",
        "stretches",
        "tag",
    )  # fmt: skip

    def __init__(self, block: Block, quotes: Sequence[tuple[int, Quotation]]) -> None:
        """Read a block's parse; `quotes` are its outer quotations with their places in the page's list."""
        doc = block.doc
        self.block, self.start, self.n = block, block.start, len(doc)
        self.low = [t.lower_ for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.tag = [t.tag_ for t in doc]
        self.dep = [t.dep_ for t in doc]
        self.head = [t.head.i for t in doc]
        self.idx = [t.idx for t in doc]
        self.stop = [t.idx + len(t) for t in doc]
        self.sent = [bool(t.is_sent_start) for t in doc]
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.kids[h].append(i)
        self._left = [-1] * self.n
        self._right = [-1] * self.n
        self._quote(quotes)
        self._stretch()

    # -- quotations -----------------------------------------------------------------------------------------------

    def _quote(self, quotes: Sequence[tuple[int, Quotation]]) -> None:
        """Which quotation each token stands in (-1: none), and from which token to which each quotation runs."""
        self.quoted = [-1] * self.n
        self.quotes: list[tuple[int, Quotation]] = []
        self.spans: list[tuple[int, int]] = []  # token from, to (exclusive), marks included
        i = 0
        for number, quotation in quotes:
            start, end = quotation.start - self.start, quotation.end - self.start
            while i < self.n and self.stop[i] <= start:
                i += 1
            j = i
            while j < self.n and self.idx[j] < end:
                j += 1
            if j > i:
                k = len(self.quotes)
                self.quoted[i:j] = [k] * (j - i)
                self.quotes.append((number, quotation))
                self.spans.append((i, j))
            i = j

    def place(self, first: int, last: int) -> SpanT:
        """The place in the page's text of the tokens first to last, both included."""
        return self.start + self.idx[first], self.start + self.stop[last]

    # -- stretches ------------------------------------------------------------------------------------------------

    def _stretch(self) -> None:
        """Sentences that respect quotations: never cut inside one, and never between "…," and its cue."""
        starts = [0] if self.n else []
        low, quoted = self.low, self.quoted
        for i in range(1, self.n):
            q, before = quoted[i], quoted[i - 1]
            if q >= 0 and q == before:
                continue
            if before >= 0 and q != before:
                last = self.last_inner(before)
                ends = low[last] if last >= 0 else ""
                if (
                    ends == ","
                    or self.block.doc[i].is_lower
                    or low[i] in (",", ";", ")", "—", "–", "-", ":")
                    or low[i] in STOP
                ):
                    cut = False
                elif ends in STOP or ends == "…" or ends.endswith("."):
                    cut = ends not in ("?", "!") or not self._cue_clause(i)
                else:
                    cut = self.sent[i] and self.block.doc[i].text[:1].isupper()
            elif low[i - 1] == ";" and before < 0:
                cut = True
            else:
                cut = self.sent[i] and low[i - 1] not in (",", ":")
                if (
                    not cut
                    and low[i - 1] in STOP
                    and (q >= 0 or self.block.doc[i].text[:1].isupper())
                    and i - starts[-1] > 3
                ):
                    cut = True
                if cut and low[i - 1] not in STOP and low[i][:1].isalpha() and self.block.doc[i].text[:1].islower():
                    cut = False  # the parser starts a sentence in the middle of one
            if len(low[i - 1]) == 2 and low[i - 1][1] == "." and before < 0 and i - starts[-1] > 3:
                # "…, he wrote on X. She …": an initial to the tokenizer
                cut = cut or (low[i] in _OPENERS and self.block.doc[i].is_title)
            if cut and i > starts[-1]:
                starts.append(i)
        if starts:
            starts[0] = self._after_dateline(starts[1] if len(starts) > 1 else self.n)
        self.stretches = [(a, b) for a, b in zip(starts, [*starts[1:], self.n], strict=True)]
        self.stretch = [0] * self.n
        for k, (a, b) in enumerate(self.stretches):
            self.stretch[a:b] = [k] * (b - a)

    def _cue_clause(self, i: int) -> bool:
        """Whether a sentence from i only says whose words stand before it: “…?” Ann Bell said of the tolls."""
        k = i
        while k < self.n and self.quoted[k] < 0 and k - i < 12:
            if self.pos[k] == "VERB" and self.tag[k] in ("VBD", "VBZ"):
                break
            if self.pos[k] not in _NAMING and self.low[k] not in (",", "of", "for"):
                return False
            k += 1
        lexicon = cues()
        if not i < k < self.n or self.pos[k] != "VERB" or lexicon.lemma.get(self.low[k]) not in lexicon.speaking:
            return False
        if any(c > k and self.dep[c] in ("ccomp", "dobj") and self.pos[c] != "PROPN" for c in self.kids[k]):
            return lexicon.lemma[self.low[k]] in lexicon.verbs["addressed"] and not any(
                c > k and self.dep[c] in ("ccomp", "xcomp") for c in self.kids[k]
            )
        return self.low[min(k + 1, self.n - 1)] not in (":", "that", "it", "he", "she", "they", "there")

    def _after_dateline(self, end: int) -> int:
        """Where the first sentence begins after "VIENNA, May 2 (ABC) — "; 0 where there is no dateline."""
        if not self.block.doc[0].text[:2].isupper() or len(self.block.doc[0].text) < 3:
            return 0
        for k in range(1, min(14, end - 1)):
            if (
                self.low[k] in ("—", "–", "-", "--")
                and self.stop[k - 1] < self.idx[k]
                and self.stop[k] < self.idx[k + 1]
            ):
                return k + 1
            if self.tag[k] in ("VBD", "VBZ", "VBP", "MD"):
                break
        return 0

    def last_inner(self, q: int) -> int:
        """The last token of a quotation before its closing mark, or -1."""
        a, b = self.spans[q]
        closed = self.quotes[q][1].closed
        last = b - 2 if closed else b - 1
        return last if last > a else -1

    # -- the tree -------------------------------------------------------------------------------------------------

    def left(self, i: int) -> int:
        """The first token of the subtree of i."""
        if self._left[i] < 0:
            self._edges(i)
        return self._left[i]

    def right(self, i: int) -> int:
        """The last token of the subtree of i."""
        if self._right[i] < 0:
            self._edges(i)
        return self._right[i]

    def _edges(self, top: int) -> None:
        order, at = [top], 0
        while at < len(order):
            order.extend(self.kids[order[at]])
            at += 1
        for i in reversed(order):
            self._left[i] = min([i, *(self._left[k] for k in self.kids[i])])
            self._right[i] = max([i, *(self._right[k] for k in self.kids[i])])

    def kid(self, i: int, *deps: str) -> int:
        """The first token below i with one of these relations, or -1."""
        for k in self.kids[i]:
            if self.dep[k] in deps:
                return k
        return -1

    def noun_phrase(
        self, head: int, low: int = 0, high: int | None = None
    ) -> tuple[tuple[int, int], tuple[int, int] | None]:
        """The plain noun phrase of a head, and what is said of it after a comma or a relative, as inclusive ranges.

        The phrase never leaves low..high (inclusive) nor the head's quotation.
        """
        high = self.n - 1 if high is None else high
        first = max(self.left(head), low)
        for k in range(head, first - 1, -1):
            if self.quoted[k] != self.quoted[head]:
                first = k + 1
                break
        while first < head and (
            self.low[first] in (",", "-", "—", "–", ":", "•")
            or (
                self.low[first] in ("and", "but", "for", "as")
                and self.head[first] == head
                and self.dep[first] in ("cc", "mark", "prep")
            )
        ):
            first += 1
        last, cut = self._np_end(head, high)
        extra = None
        if cut is not None:
            end = min(self.right(head), high)
            while end > cut and self.low[end] in (",", "-", "—", "–"):
                end -= 1
            if cut <= end and all(self.quoted[k] == self.quoted[head] for k in range(cut, end + 1)):
                extra = (cut, end)
        return (first, last), extra

    def _np_end(self, head: int, high: int, depth: int = 0) -> tuple[int, int | None]:
        """The last token of the plain phrase, and where what is only added to it begins (or None)."""
        end = head
        if depth > _DEEP:
            return end, None
        for k in self.kids[head]:
            if k < head:
                continue
            if k > high or self.quoted[k] != self.quoted[head]:
                break
            dep, before = self.dep[k], self.low[self.left(k) - 1] if self.left(k) else ""
            comma = before in (",", "(", "—", "–", "-", "--")
            if dep in ("relcl", "parataxis", "ccomp", "nsubj") or self.left(k) <= head:
                if dep == "punct":
                    continue
                return end, max(self.left(k), head + 1)
            if dep == "punct":
                if self.low[k] in (")", "]"):
                    end = k
                continue
            if dep == "advcl" and self.low[self.left(k)] in ("as", "when", "after", "while", "before"):
                return end, self.left(k)
            if comma and dep in ("acl", "advcl", "amod", "prep", "advmod", "npadvmod"):
                return end, self.left(k)
            if dep == "appos" and comma and not (self.pos[head] != "PROPN" and self.pos[k] == "PROPN"):
                return end, self.left(k)
            if dep == "cc":
                continue
            if dep not in _NP_RIGHT:
                return end, self.left(k)
            inner, cut = self._np_end(k, high, depth + 1)
            end = max(end, min(inner, high))
            if cut is not None:
                return end, cut
        return end, None
