"""Speech that the layout attributes: interviews, transcripts, lists, a headline's "Name: …".

No verb of saying stands in these; what shows who speaks is a dash, a label or a bullet at the head of a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from dragoman.extract.attribution_cues import Cues
from dragoman.extract.attribution_speakers import Speakers
from dragoman.extract.attribution_tree import Tree
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block, Page

BULLETS = frozenset("•-–—*·◦▪")
_DASHES = frozenset("—–-")
_LABEL = re.compile(r"([A-Z][\w.’'-]*(?:,? [A-Z(][\w.’')-]*){0,4})(?:\s?\([^)]{1,20}\))?:\s+(?=\S)")
_CREW = frozenset(("correspondent", "reporter", "presenter", "anchor", "anchorman", "newsreader", "moderator", "host"))
_ASKING = _CREW | {"q", "question", "interviewer", "editor", "journalist", "newsroom", "studio"}
_ANSWERING = frozenset(("a", "answer"))
_SELF = frozenset(("we", "i", "you", "it", "our"))
_OWN = frozenset(("i", "we", "my", "our", "me", "us", "myself", "ourselves", "mine", "ours"))
_MEETING = frozenset(("meet", "met", "visit", "visited", "interviewed", "join", "joined", "find", "found", "caught"))
_YOU = frozenset(("you", "your", "yours", "yourself"))
_ASKED = 220
"""Characters: a paragraph longer than this is no question of an interview."""
_NAME = r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|de|da|dos|van|von|der|al|bin|of)){0,4}"
_ABOUT = re.compile(
    rf"(?:(?i:.{{0,60}}\b(?:interview|conversation|talk|talks|speaks|speaking) (?:with|to) ))?({_NAME}) (?=on |about )"
)
_WITH = re.compile(rf"(?:^|.{{0,80}}\b)(?i:interview|conversation) with (?:the )?(?:[a-z-]+ ){{0,4}}({_NAME})")


@dataclass(slots=True)
class Turn:
    """What one speaker says without a cue, paragraph by paragraph."""

    source: list[SpanT]
    content: list[SpanT]
    cue: list[SpanT] = field(default_factory=list)


def interview(page: Page, cues: Cues) -> dict[int, Turn]:
    """The answers of an interview whose questions and answers begin with dashes, by paragraph.

    The first turn is a question; a turn that ends in a question mark asks, the others answer. Who answers is read from
    the paragraphs before the first question, as the subject of a verb of answering or telling.
    """
    text, blocks = page.text, page.blocks
    spoken = [i for i, b in enumerate(blocks) if text[b.start] in _DASHES and text[b.start + 1 : b.start + 2].isspace()]
    questions = {i for i in spoken if text[blocks[i].start : blocks[i].end].rstrip().endswith("?")}
    if len(questions) < 2:
        return {}
    answers: list[int] = []
    for i in spoken:
        if i not in questions and (i - 1 in questions or (answers and answers[-1] == i - 1)):
            answers.append(i)
    if len(answers) < 2:
        return {}
    source = _interviewee(page, spoken[0] - 1, cues)
    return {i: Turn(list(source), [_inner(text, blocks[i], 1)]) for i in answers}


def _inner(text: str, block: Block, skip: int) -> SpanT:
    """The words of a paragraph after its first `skip` characters."""
    start, end = block.start + skip, block.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _interviewee(page: Page, lead: int, cues: Cues) -> list[SpanT]:
    for number in range(lead, max(-1, lead - 4), -1):
        tree = Tree(page.blocks[number], [])
        frames = Speakers(tree, cues, False)
        for i in range(tree.n):
            if cues.lemma.get(tree.low[i]) in cues.verbs["answering"] and tree.pos[i] == "VERB":
                subject = frames.subject(i)
                to = tree.kid(i, "prep")
                other = tree.kid(to, "pobj") if to >= 0 and tree.low[to] == "with" else -1
                if other >= 0 and tree.pos[other] == "PROPN":
                    subject = other  # the Gazette spoke with X
                if subject >= 0 and tree.low[subject] not in _SELF:
                    return [tree.place(*piece) for piece in frames.source(subject, i)]
    return []


def unmarked(page: Page, cues: Cues) -> dict[int, Turn]:
    """The answers of an interview printed without dashes and labels, by paragraph.

    Short paragraphs that end in a question mark alternate with answers that are longer and speak of themselves ("I",
    "our"). Once that is clear, a short sentence between two answers asks too ("Your president cancelled it."). Who
    answers is read from the headings ("Ann Bell on the strike") or from the lead ("the minister receives us").
    """
    text, blocks = page.text, page.blocks
    words = [[t.lower_ for t in b.doc] for b in blocks]
    paragraphs = [text[b.start : b.end].strip() for b in blocks]

    def note(i: int) -> bool:
        return paragraphs[i][:1] in "[(" or any(c in paragraphs[i][:1] for c in '“"«‘„')

    def short(i: int) -> bool:
        return len(paragraphs[i]) <= _ASKED and not note(i) and not any(c in paragraphs[i] for c in '“”«»"')

    def own(i: int) -> bool:
        return not note(i) and not any(c in paragraphs[i] for c in '“«"') and any(w in _OWN for w in words[i])

    asked = [i for i in range(1, len(blocks) - 1) if paragraphs[i].endswith("?") and short(i)]
    met = [i for i in asked if not paragraphs[i + 1].endswith("?") and not note(i + 1)]
    if len(met) < 2 or sum(own(i + 1) for i in met) * 3 < len(met) * 2:
        return {}
    longer = sum(len(paragraphs[i + 1]) > len(paragraphs[i]) for i in met)
    if longer * 3 < len(met) * 2:
        return {}
    source = _about(page, met[0]) or _interviewee(page, met[0] - 1, cues) or _host(page, met[0] - 1, cues)
    if not source and len(met) < 3:
        return {}
    turns: dict[int, Turn] = {}
    turn: Turn | None = None
    waiting = False
    for i in range(met[0], len(blocks)):
        statement = _statement(page, i) and not (set(words[i]) & {"i", "my", "me", "our", "us"})
        follows = i + 1 < len(blocks) and not note(i + 1) and len(paragraphs[i + 1]) > len(paragraphs[i])
        if paragraphs[i].endswith("?") and short(i):
            turn, waiting = None, True
        elif note(i):
            turn = None
        elif waiting:
            turn, waiting = Turn(list(source), [_inner(text, blocks[i], 0)]), False
            turns[i] = turn
        elif short(i) and statement and (follows or set(words[i]) & _YOU) and i < len(blocks) - 1:
            turn, waiting = None, True  # a question in the form of a statement
        elif turn is not None and own(i) and not statement:
            turn.content.append(_inner(text, blocks[i], 0))
        else:
            turn = None
    return turns if len(turns) >= 2 else {}


def _statement(page: Page, i: int) -> bool:
    """Whether a paragraph is one plain sentence."""
    words = page.text[page.blocks[i].start : page.blocks[i].end].strip()
    return words[-1:] in ".…" and not re.search(r"[.!?…] [A-Z]", re.sub(r"\b(?:Mr|Mrs|Ms|Dr|St)\. ", "", words))


def _about(page: Page, lead: int) -> list[SpanT]:
    """The name in a heading such as "Ann Bell on the strike" or "Interview with Ann Bell"."""
    for block in page.blocks[:lead]:
        if block.end - block.start > 160:
            continue
        for pattern in (_ABOUT, _WITH):
            found = pattern.match(page.text, block.start, block.end)
            if found and found.group(1).count(" ") > 0:
                return [found.span(1)]
    return []


def _host(page: Page, lead: int, cues: Cues) -> list[SpanT]:
    """Who meets the people who ask, in the lead: the minister receives us in her office; we visit the minister."""
    for number in range(max(0, lead - 3), lead + 1):
        tree = Tree(page.blocks[number], [])
        frames = Speakers(tree, cues, False)
        for i in range(tree.n):
            if tree.low[i] in ("we", "i") and tree.dep[i] == "nsubj" and tree.low[tree.head[i]] in _MEETING:
                met = tree.kid(tree.head[i], "dobj")
                if met >= 0 and frames.person(met):
                    return [tree.place(*piece) for piece in frames.source(met, tree.head[i])]
            if tree.low[i] not in ("us", "me") or tree.dep[i] not in ("dobj", "pobj", "dative"):
                continue
            verb = tree.head[i] if tree.dep[i] != "pobj" else tree.head[tree.head[i]]
            subject = frames.subject(verb) if tree.pos[verb] in ("VERB", "AUX") else -1
            if subject >= 0 and subject < verb and tree.low[subject] not in _SELF:
                return [tree.place(*piece) for piece in frames.source(subject, verb)]
    return []


def transcript(page: Page, cues: Cues) -> dict[int, Turn]:
    """The turns of a transcript whose paragraphs begin with a label ("KORRIN: …", "A: …"), by paragraph.

    A transcript has at least three labelled paragraphs and a label that comes again. Whoever mostly asks is no speaker.
    """
    text = page.text
    labels: dict[int, re.Match[str]] = {}
    for i, block in enumerate(page.blocks):
        found = _LABEL.match(text, block.start, block.end)
        if found:
            labels[i] = found
    count = Counter(found.group(1) for found in labels.values())
    if len(labels) < 3 or len(count) < 2 or count.most_common(1)[0][1] < 2:
        return {}
    first = min(i for i, found in labels.items() if count[found.group(1)] > 1)
    labels = {i: found for i, found in labels.items() if i >= first}  # "Interview: Ann Bell" is a heading
    asking = _asking(page, labels)
    turns: dict[int, Turn] = {}
    open_turn: Turn | None = None
    last = max(labels)
    for i in range(min(labels), last + 1):
        block = page.blocks[i]
        if i not in labels:
            if open_turn is not None:
                open_turn.content.append(_inner(text, block, 0))
            continue
        found = labels[i]
        if found.group(1) in asking:
            open_turn = None
            continue
        source = [found.span(1)]
        if found.group(1).lower() in _ANSWERING:
            source = _interviewee(page, min(labels) - 1, cues) or source
        open_turn = Turn(source, [_inner(text, block, found.end() - block.start)])
        turns[i] = open_turn
    return turns


def _asking(page: Page, labels: dict[int, re.Match[str]]) -> set[str]:
    """The labels of a transcript that stand for the people who make it: who asks, hosts or reports."""
    text = page.text
    order = [labels[i].group(1) for i in sorted(labels)]
    count = Counter(order)
    asked = Counter(f.group(1) for i, f in labels.items() if "?" in text[page.blocks[i].end - 2 : page.blocks[i].end])
    asking = {name for name in count if name.lower() in _ASKING or asked[name] * 2 > count[name]}
    asking |= {name for name in count if page.layout.outlet and name.lower() in page.layout.outlet.lower().split()}
    if len(count) == 2 and not asking:
        first, second = order[0], next(name for name in order if name != order[0])
        if asked[first] * 3 >= count[first] and asked[first] > asked[second]:
            asking.add(first)
    for name in count:
        last = name.split()[-1]
        title = rf"\b(?i:{'|'.join(sorted(_CREW))}),? (?:[A-Z][\w.’'-]+ ){{0,2}}(?i:{re.escape(last)})\b"
        if re.search(title, text):
            asking.add(name)
    return asking


def listed(page: Page, number: int, tree: Tree, cues: Cues) -> Turn | None:
    """The items of a list that a paragraph ending in a cue and a colon leads up to ("It asks:"), or None."""
    if not tree.n or tree.low[-1] != ":":
        return None
    items: list[SpanT] = []
    for block in page.blocks[number + 1 :]:
        if page.text[block.start] not in BULLETS:
            break
        items.append(_inner(page.text, block, 1))
    if not items:
        return None
    a, b = tree.stretches[-1]
    for i in range(b - 1, a - 1, -1):
        lemma = cues.lemma.get(tree.low[i])
        if (
            (lemma in cues.speaking or lemma in cues.verbs["listing"])
            and tree.tag[i] in ("VBD", "VBZ", "VBP")
            and tree.quoted[i] < 0
        ):
            frames = Speakers(tree, cues, False)
            source = [tree.place(*piece) for piece in frames.source(frames.subject(i), i)]
            return Turn(source, items, [tree.place(i, i)])
    return None


def headline(page: Page) -> Turn | None:
    """A first paragraph like "Korrin: No troops will stay", or None."""
    if not page.blocks:
        return None
    block = page.blocks[0]
    found = _LABEL.match(page.text, block.start, block.end)
    if found is None or block.end - block.start > 160:
        return None
    doc, skip = block.doc, found.end() - block.start
    before = [t for t in doc if t.idx < skip]
    if len(before) < 2 or before[-2].pos_ not in ("PROPN", "NOUN"):
        return None
    colon = found.end(1)
    return Turn([found.span(1)], [_inner(page.text, block, skip)], [(colon, colon + 1)])
