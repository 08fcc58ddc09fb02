"""Who said what, by which words: the attributions of a page.

Each paragraph's cues are judged by `attribution_frames`; what is left to see here is what only shows from further off:
quotations that go on in the next sentence or paragraph, lists after "It asks:", interviews, and which attribution
stands inside which.
"""

from __future__ import annotations

from bisect import bisect_right

from dragoman.extract.attribution_cues import Cues, cues
from dragoman.extract.attribution_dialogue import headline, interview, listed, transcript, unmarked
from dragoman.extract.attribution_frames import Frames
from dragoman.extract.attribution_spans import widen
from dragoman.extract.attribution_speakers import Draft
from dragoman.extract.attribution_tree import Tree
from dragoman.extract.findings import Attribution, SpanT
from dragoman.extract.page import Page
from dragoman.extract.quotes import MARKS, Quotation

_TRIM = " \t\n\r\xa0\u2009\u202f,;:"


class _Finder:
    """One page's search; holds what it has found so far."""

    def __init__(self, page: Page, lexicon: Cues, thoughts: bool) -> None:
        self.page, self.text, self.cues, self.thoughts = page, page.text, lexicon, thoughts
        self.quotations = page.quotations()
        self.outer = [q for q in self.quotations if q.depth == 0]
        self.starts, self.outer_starts = [q.start for q in self.quotations], [q.start for q in self.outer]
        self.found: list[Attribution] = []
        self.holder: dict[int, int] = {}  # quotation → the attribution whose content it is
        self.whole_cue: dict[int, list[SpanT]] = {}  # by the attribution's identity

    def run(self) -> list[Attribution]:
        """All attributions in the order of the text."""
        outer = [(i, q) for i, q in enumerate(self.quotations) if q.depth == 0]
        at = 0
        turns = interview(self.page, self.cues) or transcript(self.page, self.cues) or unmarked(self.page, self.cues)
        title = headline(self.page) if self.thoughts and 0 not in turns else None
        if title is not None:
            turns[0] = title
        for number, block in enumerate(self.page.blocks):
            mine: list[tuple[int, Quotation]] = []
            while at < len(outer) and outer[at][1].start < block.end:
                if outer[at][1].start >= block.start:
                    mine.append(outer[at])
                at += 1
            tree = Tree(block, mine)
            first = len(self.found)
            turn = turns.get(number)
            if turn is not None:
                self.found.append(Attribution(turn.source, turn.cue, turn.content, "direct"))
            frames = Frames(tree, self.cues, self.thoughts)
            for draft in frames.find():
                self._keep(tree, draft)
            self._loose(tree, first)
            items = listed(self.page, number, tree, self.cues)
            if items is not None:
                self.found.append(Attribution(items.source, items.cue, self._clean(items.content), "indirect"))
        self._continue()
        self._order()
        return self.found

    # -- from drafts ----------------------------------------------------------------------------------------------

    def _keep(self, tree: Tree, draft: Draft) -> None:
        content = [tree.place(*piece) for piece in draft.content]
        whole = [tree.quotes[q] for q in draft.quotes]
        content += [quotation.inner for _, quotation in whole]
        content = self._clean(content)
        if not content:
            return
        cue = [tree.place(*piece) for piece in draft.cue]
        source = [tree.place(*piece) for piece in draft.source]
        number = len(self.found)
        found = Attribution(source, cue, content, "indirect", draft.thought)
        self.found.append(found)
        if self.thoughts:
            self.whole_cue[id(found)] = [tree.place(*piece) for piece in widen(tree, draft)]
        for q, _ in whole:
            self.holder.setdefault(q, number)

    def _clean(self, spans: list[SpanT]) -> list[SpanT]:
        """In order, without the marks and commas at their ends; a piece that is one quotation loses its marks."""
        kept: list[SpanT] = []
        for start, end in sorted(spans):
            if kept and start < kept[-1][1]:
                start = kept[-1][1]
            start, end = self._trim(start, end)
            if start < end:
                kept.append((start, end))
        return kept

    def _trim(self, start: int, end: int) -> SpanT:
        text = self.text
        while start < end and (
            text[start] in _TRIM or (text[start] in "–—-" and text[start + 1 : start + 2].isspace())
        ):
            start += 1
        final = end
        while start < end and text[end - 1] in _TRIM + "–—":
            end -= 1
        if start < end and text[end - 1] == "." and self._sentence_stop(end):
            end -= 1
        while start < end and text[end - 1] in MARKS and (text[end - 1] not in "'’" or self._closes(end)):
            end -= 1
            inside = end
            while start < end and text[end - 1] in _TRIM:
                end -= 1
            if inside == start:
                break
        if start < end and text[start] in MARKS and self._opens(start) and self._one_quotation(start, final):
            start += 1
        while start < end and text[start].isspace():
            start += 1
        return start, end

    def _sentence_stop(self, end: int) -> bool:
        """Whether the stop before `end` ends a sentence outside quotations (and is no abbreviation's)."""
        word = self.text[max(0, end - 5) : end].split(" ")[-1]
        if word.count(".") > 1:
            return False
        return not any(q.inner[0] <= end - 1 < q.inner[1] for q in self._near(end))

    def _near(self, place: int) -> list[Quotation]:
        """The quotations that begin, end or stand around a place: the outer one and what it encloses there."""
        found: list[Quotation] = []
        for quotations, starts, back in ((self.outer, self.outer_starts, 2), (self.quotations, self.starts, 4)):
            at = bisect_right(starts, place)
            found += [q for q in quotations[max(0, at - back) : at] if place <= q.end and q not in found]
        return found

    def _closes(self, end: int) -> bool:
        return any(q.end == end and q.closed for q in self._near(end))

    def _opens(self, start: int) -> bool:
        return any(q.start == start for q in self._near(start))

    def _one_quotation(self, start: int, end: int) -> bool:
        return any(q.start == start and q.end >= end - 1 for q in self._near(start))

    # -- quotations without a cue of their own ----------------------------------------------------------------------

    def _loose(self, tree: Tree, first: int) -> None:
        """Quotations that stand as sentences by themselves go with who is quoted before in the paragraph."""
        for q, (number, quotation) in enumerate(tree.quotes):
            if number in self.holder or quotation.follows is not None:
                continue
            begin, end = tree.spans[q]
            a, b = tree.stretches[tree.stretch[begin]]
            if begin - a > 1 or any(tree.low[k] not in ".,;:)–—-" for k in range(end, b)) or end - begin < 4:
                continue
            if any(
                quotation.start < c[1] and c[0] < quotation.end and not self._within(quotation, i)
                for i, c in self._contents(first)
            ):
                continue
            owner = self._before(quotation.start, first)
            if owner is None:
                continue
            held = self.found[owner]
            direct = any(self.holder.get(n) == owner for n, _ in tree.quotes)
            if direct:
                self._give(number, owner)
            else:
                self.holder[number] = len(self.found)
                self.found.append(Attribution(list(held.source), [], self._clean([quotation.inner]), "direct"))

    def _contents(self, first: int) -> list[tuple[int, SpanT]]:
        return [(i, c) for i in range(first, len(self.found)) for c in self.found[i].content]

    def _within(self, quotation: Quotation, i: int) -> bool:
        """Whether the attribution's own words stand inside the quotation: then it does not hold it."""
        marks = self.found[i].cue or self.found[i].content
        return all(quotation.start <= s and e <= quotation.end for s, e in marks)

    def _before(self, place: int, first: int) -> int | None:
        """The attribution of this paragraph that stands last before a place, and is not nested in another."""
        best, at = None, -1
        holders = set(self.holder.values())
        held = False
        for i in range(first, len(self.found)):
            found = self.found[i]
            if found.thought or not found.cue:
                continue
            where = max(e for _, e in found.content + found.cue)
            if held and i not in holders:
                continue
            if i in holders and not held and where <= place:
                held, at = True, -1
            if at < where <= place and not any(q.start < found.cue[0][0] < q.end for q in self._near(found.cue[0][0])):
                best, at = i, where
        return best

    def _continue(self) -> None:
        """Quotations of several paragraphs are one content."""
        follow = [(i, q.follows) for i, q in enumerate(self.quotations) if q.follows is not None]
        for number, before in reversed(follow):
            owner = self.holder.get(number)
            if owner is not None and before not in self.holder:
                self._give(before, owner)
        for number, before in follow:
            owner = self.holder.get(before)
            if owner is not None and number not in self.holder:
                self._give(number, owner)
        self._whole_paragraphs()

    def _give(self, number: int, owner: int) -> None:
        """Make a quotation part of what an attribution holds."""
        found = self.found[owner]
        found.content = self._clean([*found.content, self.quotations[number].inner])
        self.holder[number] = owner

    def _whole_paragraphs(self) -> None:
        """A paragraph that is nothing but a quotation goes on with the one that was quoted in the paragraph before."""
        outer = [i for i, q in enumerate(self.quotations) if q.depth == 0]
        by_block: dict[int, list[int]] = {}
        at = 0
        blocks = self.page.blocks
        for i in outer:
            while at < len(blocks) and blocks[at].end <= self.quotations[i].start:
                at += 1
            by_block.setdefault(at, []).append(i)
        for number, held in sorted(by_block.items()):
            block, quotation = blocks[number], self.quotations[held[0]]
            if len(held) != 1 or held[0] in self.holder or quotation.follows is not None or number == 0:
                continue
            if (
                quotation.start - block.start > 1
                or block.end - quotation.end > 2
                or quotation.end - quotation.start < 20
            ):
                continue
            owner = next((self.holder[i] for i in reversed(by_block.get(number - 1, [])) if i in self.holder), None)
            if owner is not None and not self.found[owner].thought:
                self._give(held[0], owner)

    # -- the order ----------------------------------------------------------------------------------------------------

    def _order(self) -> None:
        """In the order of the text; kinds and parents set."""

        def first(a: Attribution) -> tuple[int, int]:
            spans = a.content + a.cue
            return min(s for s, _ in spans), -max(e for _, e in a.content)

        self.found.sort(key=first)
        for a in self.found:
            a.kind = self._kind(a)
        self._nest()
        if self.thoughts:
            self._flatten()
            for a in self.found:
                a.content = [self._printed(*piece) for piece in a.content]
                a.source = self._joined(a.source)
                a.cue = self.whole_cue.get(id(a), a.cue)

    def _nest(self) -> None:
        """Set the parents: the smallest content in which an attribution's cue and some of its content stand."""
        pieces = sorted((start, end, i) for i, a in enumerate(self.found) for start, end in a.content)
        own = sorted((a.cue[0] if a.cue else a.content[0], i) for i, a in enumerate(self.found))
        size = [sum(end - start for start, end in a.content) for a in self.found]
        active: list[tuple[int, int, int]] = []
        at = 0
        for (start, end), i in own:
            while at < len(pieces) and pieces[at][0] <= start:
                active.append(pieces[at])
                at += 1
            active = [p for p in active if p[1] >= end]
            mine = self.found[i]
            around = [j for _, _, j in active if j != i and self._covers(self.found[j], mine)]
            mine.parent = min(around, key=lambda j: size[j], default=None)

    def _covers(self, outer: Attribution, inner: Attribution) -> bool:
        return any(s <= x[0] and x[1] <= e for s, e in outer.content for x in inner.content)

    def _flatten(self) -> None:
        """Only the outermost attributions, as corpora that mark thoughts have them: what stands inside is content."""
        self.found = [a for a in self.found if a.parent is None]

    def _printed(self, start: int, end: int) -> SpanT:
        """A piece of content as corpora mark it: with "that", and with the marks of a quotation that it fills."""
        text = self.text
        if start and self._opens(start - 1):
            start -= 1 + (text[start - 2 : start] in ("''", "``"))
        after = end
        while after < len(text) and text[after] in ",.;!?" and after < end + 2:
            after += 1
        if after < len(text) and text[after] in MARKS and self._closes(after + 1):
            end = after + 1 + (text[after : after + 2] == "''")
        if text[start - 5 : start] == "that ":
            start -= 5
        return start, end

    def _joined(self, spans: list[SpanT]) -> list[SpanT]:
        """A source in one piece with what is said of it, the commas around that included."""
        if not any("," in self.text[start:end] for start, end in spans) and len(spans) < 2:
            return spans
        joined: list[SpanT] = []
        for start, end in spans:
            if joined and start >= joined[-1][1] and not self.text[joined[-1][1] : start].strip(" ,(—–-"):
                start = joined.pop()[0]
            joined.append((start, end))
        start, end = joined[-1]
        if self.text[end : end + 1] in (",", ")"):
            end += 1
        elif self.text[end : end + 2] in (" —", " –"):
            end += 2
        return [*joined[:-1], (start, end)]

    def _kind(self, a: Attribution) -> str:
        if not a.cue and a.kind == "direct":
            return "direct"
        own = a.cue[0][0] if a.cue else -1
        inside = quoted = 0
        for start, end in a.content:
            first = max(0, bisect_right(self.outer_starts, start) - 1)
            for q in self.outer[first : bisect_right(self.outer_starts, end)]:
                if q.start < end and start < q.end and not (q.start < own < q.end):
                    quoted += 1
                    if q.inner[0] <= start and end <= q.inner[1] + 1:
                        inside += 1
        if not quoted:
            return "indirect"
        return "direct" if inside == len(a.content) else "mixed"


def find_attributions(page: Page, thoughts: bool = False) -> list[Attribution]:
    """Every attribution on a page, in the order of the text.

    Content leaves out the cue and the marks around a quotation; what a cue breaks in two, or what goes on in the next
    sentence or paragraph of the same quotation, is one attribution with several pieces. The source's first span is the
    plain noun phrase; spans after it hold what is said of the speaker (a relative clause, an apposition).

    With `thoughts` the spans are those of the corpora that mark thoughts too (PolNeAR: Newell et al. 2018): only the
    outermost attributions; the cue with its auxiliaries, adverbs and governing verbs; the content with "that" and with
    the marks of a quotation; the source in one piece, a relative pronoun standing for itself.

    Args:
        page: the parsed page.
        thoughts: also find beliefs, attitudes, wishes and intentions that nobody is said to have voiced (flagged
            `thought`), in the wider spans above.

    """
    return _Finder(page, cues(), thoughts).run()
