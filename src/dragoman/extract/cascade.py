"""Which sentences can attribute anything at all: found by a scan of the plain text, so that only these are parsed.

The cues of `attribution_cues` are what the rules start from, and words of attitude where thoughts are looked for. A
sentence without any of their forms, without quotation mark and colon gives nothing, whatever its parse; one that has
only words which hardly ever attribute by themselves (`lexicon/cascade.yaml`) next to nothing. Sentences are cut by a
rule that cuts too rarely rather than too often: what hangs together must be parsed together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language

from dragoman.extract import lexicon, pipeline
from dragoman.extract.attribution_attitudes import attitude_words
from dragoman.extract.attribution_cues import cues
from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc
from dragoman.extract.parsing import pieces

_END = re.compile(r"[.!?…]([\"'”’»)\]]*)\s+(?=[A-Z\"“‘'«(\[0-9])")
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[\"“”„«»‘:]|''|``|(?<!\w)['’]")
_BEFORE = re.compile(r"[\w.&’'-]*$")

GAP = 30
"""Characters: a sentence shorter than this between two that are parsed is parsed with them."""

BATCH = 128
"""Stretches that go through the pipeline together: those of like length, of whatever text."""

LEAD = 4
"""Paragraphs before the first question of an interview in which the one who answers may be named."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """The words to look for, and those after whose stop no sentence ends."""

    words: frozenset[str]
    abbreviations: frozenset[str]


@functools.cache
def _scan(thoughts: bool) -> _Scan:
    lexical, data = cues(), lexicon.load("cascade")
    words = set(lexical.lemma) | set(lexical.noun_forms) | lexical.nouns["certain"] | lexical.nouns["holding_nouns"]
    words |= {word for nouns in lexical.measures.values() for word in nouns} | {"according"}
    if thoughts:
        words |= attitude_words()
    else:
        words -= set(data["idle"].split())
        thinking = {verb for key, verbs in lexical.verbs.items() if key.startswith("thought_") for verb in verbs}
        thinking |= set(lexical.thought_prepositional)
        voiced = {verb for key, verbs in lexical.verbs.items() if not key.startswith("thought_") for verb in verbs}
        voiced |= lexical.phrasal.keys() | lexical.prepositional.keys() | lexical.judging_plain.keys()
        silent = thinking - voiced
        words -= {form for form, verb in lexical.lemma.items() if verb in silent}
        unsaid = lexical.nouns["thought_nominal"] - lexical.nouns["nominal"]
        words -= {form for form, noun in lexical.noun_forms.items() if noun in unsaid}
    # Words are cut at hyphens: "re-stated", "e-mailed" are known by their last part.
    return _Scan(frozenset(word.rpartition("-")[2] for word in words), frozenset(data["abbreviations"].split()))


def sentences(text: str, start: int, end: int) -> list[SpanT]:
    """The sentences of a paragraph, roughly; the space after one belongs to it."""
    known = _scan(True).abbreviations
    found: list[SpanT] = []
    for match in _END.finditer(text, start, end):
        stop = match.start()
        if text[stop] == "." and not match[1]:
            [before] = _BEFORE.findall(text, max(start, stop - 20), stop)[:1]
            if len(before) < 2 or before in known or "." in before:
                continue
        found.append((start, match.end()))
        start = match.end()
    if start < end:
        found.append((start, end))
    return found


def attributing(text: str, start: int, end: int, thoughts: bool) -> bool:
    """Whether a stretch of text may hold an attribution."""
    if _MARK.search(text, start, end):
        return True
    return not _scan(thoughts).words.isdisjoint(_WORD.findall(text[start:end].lower()))


def stretches(text: str, paragraph: SpanT, thoughts: bool) -> list[tuple[int, int, bool]]:
    """A paragraph as stretches: sentences in a row that are to be parsed, or one that is not (False)."""
    found: list[tuple[int, int, bool]] = []
    for start, end in sentences(text, *paragraph):
        wanted = attributing(text, start, end, thoughts)
        if wanted and found and found[-1][2]:
            found[-1] = (found[-1][0], end, True)
        elif wanted and len(found) > 1 and found[-2][2] and found[-1][1] - found[-1][0] < GAP:
            found.pop()
            found[-1] = (found[-1][0], end, True)
        else:
            found.append((start, end, wanted))
    return found


def plan(text: str, paragraphs: Iterable[SpanT], thoughts: bool) -> list[list[tuple[int, int, bool]]]:
    """For each paragraph its stretches, each with whether it is to be parsed.

    Where paragraphs ask questions the page may be an interview: what stands before the first of them is parsed whole,
    as it tells who answers.
    """
    spans = list(paragraphs)
    asked = [i for i, (start, end) in enumerate(spans) if text[start:end].rstrip().endswith("?")]
    whole = range(asked[0] - LEAD, asked[0]) if len(asked) > 1 else range(0)
    return [[(*span, True)] if i in whole else stretches(text, span, thoughts) for i, span in enumerate(spans)]


def parse_attributing(
    nlp: Language, laid_out: list[tuple[str, Layout]], thoughts: bool, batch: int = BATCH
) -> list[Page]:
    """Texts as pages in which only those sentences are parsed that may attribute; the others are mere words.

    Args:
        nlp: the pipeline.
        laid_out: texts with their layouts.
        thoughts: whether beliefs and intentions are looked for too.
        batch: stretches that go through the pipeline together; those of like length do.
    """
    pipeline.make_room(nlp, sum(len(text) for text, _ in laid_out))
    pages = [Page(text, layout) for text, layout in laid_out]
    wanted: list[tuple[Page, int, int]] = []
    blocks: list[
        tuple[Page, SpanT, list[tuple[int, int, int]]]
    ] = []  # …, stretches with their place in `wanted`, or -1
    for page in pages:
        cut = [piece for paragraph in page.layout.paragraphs for piece in pieces(page.text, paragraph)]
        for piece, planned in zip(cut, plan(page.text, cut, thoughts), strict=True):
            parts: list[tuple[int, int, int]] = []
            for start, end, parsed in planned:
                end = start + len(page.text[start:end].rstrip())
                parts.append((start, end, len(wanted) if parsed else -1))
                if parsed:
                    wanted.append((page, start, end))
            blocks.append((page, piece, parts))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i][2] - wanted[i][1])
    texts = (wanted[i][0].text[wanted[i][1] : wanted[i][2]] for i in order)
    docs = dict(zip(order, nlp.pipe(texts, batch_size=batch), strict=True))
    for page, (start, end), parts in blocks:
        text = page.text[start:end]
        if len(parts) == 1 and parts[0][2] >= 0 and parts[0][1] == end:
            page.blocks.append(Block(start, end, Doc(docs.pop(parts[0][2]))))
            continue
        joined = ((a - start, docs.pop(n) if n >= 0 else page.text[a:b]) for a, b, n in parts)
        page.blocks.append(Block(start, end, Doc.joined(text, joined)))
    return pages
