"""From the text of a document to its findings, and from many texts to many findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language

from dragoman.extract import DEFAULT_PIPELINE, pipeline
from dragoman.extract.actors import find_cast
from dragoman.extract.agreements import find_agreements
from dragoman.extract.attribution import find_attributions
from dragoman.extract.claims import find_claims
from dragoman.extract.dating import date_page
from dragoman.extract.findings import Attribution, Findings, Layout, SpanT
from dragoman.extract.issues import DEFAULT_ISSUES, issues_of
from dragoman.extract.language import is_read, language_of
from dragoman.extract.layout import lay_out
from dragoman.extract.meetings import find_meetings
from dragoman.extract.outlooks import find_outlooks
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc
from dragoman.extract.positions import find_positions
from dragoman.extract.sketch import sketch
from dragoman.extract.statements import find_statements
from dragoman.extract.told import Told

MAX_CHARACTERS = 1_000_000
"""A longer text is a dump, not an article (a novel has half as many): parsed it would take gigabytes."""

PIECE = 6_000
"""Characters that are parsed at once. A longer paragraph is cut, at the end of a sentence where there is one."""

BATCH = 32
"""Pieces that go through the pipeline together. Always pieces of one document, so that no other document can change
the last digits of what the parser computes, and with them a close decision."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


class TooLongError(ValueError):
    """The text is longer than anything that is read."""


def read_text(text: str, name: str | None = None, issues: str | None = None) -> Findings:
    """All that is found in one text; the same text always gives the same findings.

    A text that is not English is laid out, measured and named as what it is, but nothing is looked for in it.

    Args:
        text: the stored text.
        name: of the spaCy pipeline, or its path; None for the one that comes with dragoman.
        issues: name of a set of issues, or the path of a file that holds one; None for that of the specification.

    Raises:
        TooLongError: for more than `MAX_CHARACTERS` characters.
        OSError: there is no such pipeline.
        IssueSetError: there is no such set of issues, or the file does not hold one.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLongError(
            f"{len(text):,} characters are too long to be an article (at most {MAX_CHARACTERS:,} are read)"
        )
    layout = lay_out(text)
    findings = Findings(
        language=language_of("\n".join(text[start:end] for start, end in layout.paragraphs) or text),
        words=sum(len(_WORD.findall(text, start, end)) for start, end in layout.paragraphs),
        title=text[slice(*layout.title)] if layout.title else None,
        outlet=layout.outlet,
        credits=list(layout.credits),
        furniture=list(layout.furniture),
    )
    if not findings.words or not is_read(findings.language, findings.words):
        return findings
    nlp = pipeline.load(name or DEFAULT_PIPELINE)
    [page] = parse(nlp, [(text, layout)])
    attributions = find_attributions(page)
    cast = find_cast(page, attributions)
    findings.dated, findings.clues, findings.reasons = date_page(page)
    findings.actors = cast.actors
    findings.statements = find_statements(page, cast, attributions, findings.dated)
    findings.meetings = find_meetings(page, cast, findings.dated)
    about = issues_of(issues or DEFAULT_ISSUES)
    told = Told(page, cast, attributions, findings.statements, findings.meetings, findings.dated, about)
    findings.positions = find_positions(told)
    findings.agreements = find_agreements(told)
    findings.outlooks = find_outlooks(told)
    findings.claims = find_claims(told)
    findings.sketch = sketch(text, layout, findings.dated)
    return findings


def attributions_of(
    texts: Iterable[str], thoughts: bool = False, name: str | None = None, batch: int = 64
) -> Iterator[list[Attribution]]:
    """The attributions of each text, in the order of the texts; `batch` texts are parsed together.

    Args:
        texts: any texts in English.
        thoughts: beliefs and intentions too, which nobody is said to have voiced.
        name: of the spaCy pipeline, or its path; None for the one that comes with dragoman.
        batch: how many texts go through the pipeline together.
    """
    nlp = pipeline.load(name or DEFAULT_PIPELINE)
    waiting: list[tuple[str, Layout]] = []

    def found() -> list[list[Attribution]]:
        with nlp.memory_zone():
            return [find_attributions(page, thoughts=thoughts) for page in parse(nlp, waiting)]

    for text in texts:
        waiting.append((text, lay_out(text)))
        if len(waiting) >= batch:
            yield from found()
            waiting = []
    if waiting:
        yield from found()


def parse(nlp: Language, laid_out: list[tuple[str, Layout]]) -> list[Page]:
    """The texts as pages. All pieces of all texts go through the pipeline together."""
    pipeline.make_room(nlp, sum(len(text) for text, _ in laid_out))
    pages = [Page(text, layout) for text, layout in laid_out]
    places = [
        (page, piece)
        for page in pages
        for paragraph in page.layout.paragraphs
        for piece in pieces(page.text, paragraph)
    ]
    docs = nlp.pipe((page.text[start:end] for page, (start, end) in places), batch_size=BATCH)
    for (page, (start, end)), doc in zip(places, docs, strict=True):
        page.blocks.append(Block(start, end, Doc(doc)))
    return pages


def pieces(text: str, paragraph: SpanT) -> list[SpanT]:
    """The paragraph, cut where it is longer than `PIECE`: after a sentence, else after a word, else anywhere."""
    start, end = paragraph
    found = []
    while end - start > PIECE:
        limit = start + PIECE
        ends = [m.end() for m in _SENTENCE_END.finditer(text, start + PIECE // 2, limit)]
        space = text.rfind(" ", start + PIECE // 2, limit) + 1
        cut = ends[-1] if ends else space or limit
        found.append((start, cut))
        start = cut
    if text[start:end].strip():
        found.append((start, end))
    return found
