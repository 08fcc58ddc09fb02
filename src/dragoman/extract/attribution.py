"""Who said what, by which words: the attributions of a page.

Each paragraph's cues are judged by `attribution_frames`; what is left to see here is what only shows from further off:
quotations that go on in the next sentence or paragraph, lists after "It demands:", interviews, and which attribution
stands inside which.
"""

from __future__ import annotations

from dragoman.extract.attribution_cues import Cues, cues
from dragoman.extract.attribution_frames import Draft, Frames
from dragoman.extract.attribution_tree import Tree
from dragoman.extract.findings import Attribution, SpanT
from dragoman.extract.page import Page
from dragoman.extract.quotes import MARKS, Quotation, find_quotations

_BULLETS = ("•", "-", "–", "—", "*", "·", "◦", "▪")
_DASHES = ("—", "–", "-")
_TRIM = " \t\n\r\xa0\u2009\u202f,;:"


class _Finder:
    """One page's search; holds what it has found so far."""

    def __init__(self, page: Page, lexicon: Cues, thoughts: bool) -> None:
        self.page, self.text, self.cues, self.thoughts = page, page.text, lexicon, thoughts
        self.quotations = find_quotations(page.text, [(b.start, b.end) for b in page.blocks])
        self.found: list[Attribution] = []
        self.holder: dict[int, int] = {}  # quotation → the attribution whose content it is
        self.trees: list[Tree] = []

    def run(self) -> list[Attribution]:
        """All attributions in the order of the text."""
        outer = [(i, q) for i, q in enumerate(self.quotations) if q.depth == 0]
        at = 0
        answers = self._interview()
        for number, block in enumerate(self.page.blocks):
            mine: list[tuple[int, Quotation]] = []
            while at < len(outer) and outer[at][1].start < block.end:
                if outer[at][1].start >= block.start:
                    mine.append(outer[at])
                at += 1
            tree = Tree(block, mine)
            first = len(self.found)
            if number in answers:
                self._answer(tree, answers[number])
            frames = Frames(tree, self.cues, self.thoughts)
            for draft in frames.find():
                self._keep(tree, draft)
            self._loose(tree, first)
            self._list(number, tree)
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
        self.found.append(Attribution(source, cue, content, "indirect", draft.thought))
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
        while start < end and (text[start] in _TRIM or text[start] in "–—-" and text[start + 1 : start + 2].isspace()):
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
        return [q for q in self.quotations if q.start <= place <= q.end]

    def _closes(self, end: int) -> bool:
        return any(q.end == end and q.closed for q in self._near(end))

    def _opens(self, start: int) -> bool:
        return any(q.start == start for q in self._near(start))

    def _one_quotation(self, start: int, end: int) -> bool:
        return any(q.start == start and q.end >= end - 1 for q in self._near(start))

    # -- quotations without a cue of their own ----------------------------------------------------------------------

    def _loose(self, tree: Tree, first: int) -> None:
        """Quotations that stand as sentences by themselves go with the speaker who is quoted before in the paragraph."""
        for q, (number, quotation) in enumerate(tree.quotes):
            if number in self.holder or quotation.follows is not None:
                continue
            begin, end = tree.spans[q]
            a, b = tree.stretches[tree.stretch[begin]]
            if begin - a > 1 or any(tree.low[k] not in ".,;:)–—-" for k in range(end, b)) or end - begin < 4:
                continue
            if any(quotation.start < c[1] and c[0] < quotation.end and not self._within(quotation, i) for i, c in self._contents(first)):
                continue
            owner = self._before(quotation.start, first)
            if owner is None:
                continue
            held = self.found[owner]
            direct = any(self.holder.get(n) == owner for n, _ in tree.quotes)
            if direct:
                held.content = self._clean([*held.content, quotation.inner])
                self.holder[number] = owner
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
        self._whole_paragraphs()
        for number, quotation in enumerate(self.quotations):
            if quotation.follows is None:
                continue
            before, here = self.holder.get(quotation.follows), self.holder.get(number)
            if before is None and here is not None:
                self.found[here].content = self._clean([self.quotations[quotation.follows].inner, *self.found[here].content])
                self.holder[quotation.follows] = here
            elif before is not None and here is None:
                self.found[before].content = self._clean([*self.found[before].content, quotation.inner])
                self.holder[number] = before

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
            if quotation.start - block.start > 1 or block.end - quotation.end > 2 or quotation.end - quotation.start < 20:
                continue
            owner = next((self.holder[i] for i in reversed(by_block.get(number - 1, [])) if i in self.holder), None)
            if owner is not None and not self.found[owner].thought:
                self.found[owner].content = self._clean([*self.found[owner].content, quotation.inner])
                self.holder[held[0]] = owner

    # -- lists and interviews -----------------------------------------------------------------------------------------

    def _list(self, number: int, tree: Tree) -> None:
        """It demands: and then paragraphs with bullets."""
        if not tree.n or tree.low[-1] != ":":
            return
        blocks = self.page.blocks
        items: list[SpanT] = []
        for block in blocks[number + 1 :]:
            if self.text[block.start] not in _BULLETS:
                break
            start, end = self._trim(block.start + 1, block.end)
            items.append((start, end))
        if not items:
            return
        a, b = tree.stretches[-1]
        for i in range(b - 1, a - 1, -1):
            lemma = self.cues.lemma.get(tree.low[i])
            if lemma and tree.tag[i] in ("VBD", "VBZ", "VBP") and tree.quoted[i] < 0:
                frames = Frames(tree, self.cues, False)
                subject = frames.subject(i)
                source = [tree.place(*piece) for piece in frames._source(subject, i)]
                self.found.append(Attribution(source, [tree.place(i, i)], items, "indirect"))
                return

    def _interview(self) -> dict[int, int]:
        """The paragraphs that answer a question in an interview, each with the paragraph that introduces it."""
        blocks = self.page.blocks
        spoken = [i for i, b in enumerate(blocks) if self.text[b.start] in _DASHES and self.text[b.start + 1 : b.start + 2].isspace()]
        questions = {i for i in spoken if self.text[blocks[i].start : blocks[i].end].rstrip().endswith("?")}
        if len(questions) < 2:
            return {}
        answers: dict[int, int] = {}
        for i in spoken:
            if i not in questions and (i - 1 in questions or i - 1 in answers):
                answers[i] = spoken[0] - 1
        return answers if len(answers) >= 2 else {}

    def _answer(self, tree: Tree, lead: int) -> None:
        block = self.page.blocks[tree.block is not None and self._index(tree)]
        content = self._clean([(block.start + 1, block.end)])
        if not content:
            return
        end = block.end
        while self.text[end - 1].isspace():
            end -= 1
        content = [(content[0][0], end)]
        self.found.append(Attribution(self._interviewee(lead), [], content, "direct"))

    def _index(self, tree: Tree) -> int:
        return self.page.blocks.index(tree.block)

    def _interviewee(self, lead: int) -> list[SpanT]:
        """Who answers, as the paragraphs before the first question name him."""
        for number in range(lead, max(-1, lead - 4), -1):
            tree = Tree(self.page.blocks[number], [])
            frames = Frames(tree, self.cues, False)
            for i in range(tree.n):
                if self.cues.lemma.get(tree.low[i]) in self.cues.verbs["answering"] and tree.pos[i] == "VERB":
                    subject = frames.subject(i)
                    if subject >= 0 and tree.low[subject] not in ("we", "i", "you"):
                        return [tree.place(*piece) for piece in frames._source(subject, i)]
        return []

    # -- the order ----------------------------------------------------------------------------------------------------

    def _order(self) -> None:
        """In the order of the text; kinds and parents set."""

        def first(a: Attribution) -> tuple[int, int]:
            spans = a.content + a.cue + a.source[:1]
            return min(s for s, _ in spans), -max(e for _, e in a.content)

        self.found.sort(key=first)
        outer = [q for q in self.quotations if q.depth == 0]
        for i, a in enumerate(self.found):
            a.kind = self._kind(a, outer)
            own = a.cue[0] if a.cue else a.content[0]
            size = None
            for j, b in enumerate(self.found):
                if i == j or not any(s <= own[0] and own[1] <= e for s, e in b.content):
                    continue
                inside = sum(any(s <= x[0] and x[1] <= e for s, e in b.content) for x in a.content)
                if inside == 0:
                    continue
                length = sum(e - s for s, e in b.content)
                if size is None or length < size:
                    a.parent, size = j, length
        if self.thoughts:
            self._drop_nested_thoughts()

    def _drop_nested_thoughts(self) -> None:
        """A thought inside what somebody says is part of what he says, voiced by him and nobody's own."""
        keep = [i for i, a in enumerate(self.found) if not (a.thought and a.parent is not None)]
        place = {old: new for new, old in enumerate(keep)}
        self.found = [self.found[i] for i in keep]
        for a in self.found:
            while a.parent is not None and a.parent not in place:
                a.parent = None
            if a.parent is not None:
                a.parent = place[a.parent]

    def _kind(self, a: Attribution, outer: list[Quotation]) -> str:
        if not a.cue and a.kind == "direct":
            return "direct"
        own = a.cue[0][0] if a.cue else -1
        inside = quoted = 0
        for start, end in a.content:
            for q in outer:
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

    Args:
        page: the parsed page.
        thoughts: also find beliefs, wishes and intentions that nobody is said to have voiced (flagged `thought`).

    """
    return _Finder(page, cues(), thoughts).run()
