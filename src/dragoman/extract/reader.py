"""From the text of a document to its findings, and from many texts to many findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.extract import DEFAULT_PIPELINE, pipeline, pool
from dragoman.extract.actors import find_cast
from dragoman.extract.agreements import find_agreements
from dragoman.extract.attribution import find_attributions
from dragoman.extract.cascade import parse_attributing
from dragoman.extract.claims import find_claims
from dragoman.extract.dating import date_page
from dragoman.extract.findings import Attribution, Findings
from dragoman.extract.issues import DEFAULT_ISSUES, issues_of
from dragoman.extract.language import is_read, language_of
from dragoman.extract.layout import lay_out
from dragoman.extract.meetings import find_meetings
from dragoman.extract.outlooks import find_outlooks
from dragoman.extract.parsing import parse
from dragoman.extract.positions import find_positions
from dragoman.extract.sketch import sketch
from dragoman.extract.statements import find_statements
from dragoman.extract.told import Told

MAX_CHARACTERS = 1_000_000
"""A longer text is a dump, not an article (a novel has half as many): parsed it would take gigabytes."""

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
    texts: Iterable[str],
    thoughts: bool = False,
    name: str | None = None,
    processes: int | None = None,
    cascade: bool = True,
) -> Iterator[list[Attribution]]:
    """The attributions of each text, in the order of the texts.

    Args:
        texts: any texts in English.
        thoughts: beliefs and intentions too, which nobody is said to have voiced.
        name: of the spaCy pipeline, or its path; None for the one that comes with dragoman.
        processes: how many to use; None for one for each core. With one, or little to read, no process is started.
        cascade: parse only sentences that may attribute (see cascade.py).

    Raises:
        RuntimeError: a process died over a text.
    """
    job = ("attributions", thoughts, name, cascade)
    ready: dict[int, list[Attribution]] = {}
    number = 0
    for key, found in pool.work(enumerate(texts), job, processes, together=True):
        if isinstance(found, tuple):
            raise RuntimeError(f"text {key}: {found[1]}")
        ready[key] = found
        while number in ready:
            yield ready.pop(number)
            number += 1


def attributions_in(
    texts: list[str], thoughts: bool, name: str | None = None, cascade: bool = True
) -> Iterator[list[Attribution]]:
    """The attributions of texts that are parsed together; the arguments are those of `attributions_of`."""
    nlp = pipeline.load(name or DEFAULT_PIPELINE)
    laid_out = [(text, lay_out(text)) for text in texts]
    pages = parse_attributing(nlp, laid_out, thoughts) if cascade else parse(nlp, laid_out)
    return (find_attributions(page, thoughts=thoughts) for page in pages)
