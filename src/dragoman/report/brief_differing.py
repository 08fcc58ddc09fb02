"""The brief's section on where the reports differ, and the differences beside the lines that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dragoman.record import Citation
from dragoman.report import words
from dragoman.report.disagreements import Differences, Question
from dragoman.report.page import Cited, Differing, Group, Line, Section

QUESTIONS = 8  # on the page
BESIDE = 3  # beside one line
_FIELDS = {
    "duration_minutes": "duration",
    "status": "whether it took place",
    "quantities": "number",
    "quantity": "number",
    "stance": "yes or no",
}
"""Fields as the lines of the brief name them."""

Cite = Callable[[Iterable[Citation]], tuple[Cited, ...]]
"""Makes sources of citations, one for each document."""


def section(differences: Differences, cite: Cite) -> Section:
    """Where the reports differ: the weightiest questions, each answer with its sources, a quote of each."""
    questions = differences.questions()
    shown = [_line(q, cite) for q in questions[:QUESTIONS]]
    rest = f"{len(questions) - len(shown):,} more: dragoman disagreements" if len(questions) > len(shown) else ""
    return Section("differ", "Where the reports differ", (Group("", tuple(shown), rest=rest),) if shown else ())


def by_entry(differences: Differences, cite: Cite) -> Mapping[str, tuple[Differing, ...]]:
    """For each entry that a disagreement is about, what is told differently of it; of very much the weightiest."""
    found: dict[str, list[Differing]] = {}
    for question in differences.questions():
        beside = found.setdefault(question.entry.about.id, [])
        if len(beside) < BESIDE:
            beside.append(_differing(question, cite))
    return {id_: tuple(beside) for id_, beside in found.items()}


def merged(told: Iterable[Differing], found: Iterable[Differing]) -> tuple[Differing, ...]:
    """What accounts show by themselves, where the record does not say more of the same field."""
    found = tuple(found)
    fields = {d.field for d in found}
    return (*found, *(d for d in told if d.field not in fields))


def _differing(question: Question, cite: Cite) -> Differing:
    about = question.entry.about
    values = tuple((words.short(said.text, 60), cite(said.citations)) for said in question.answers)
    return Differing(_FIELDS.get(about.field, about.field.replace("_", " ")), values)


def _line(question: Question, cite: Cite) -> Line:
    """A question; its answers stand below it, and a quote of each where the page has room."""
    answers = [(words.short(said.text, 90), cite(said.citations)) for said in question.answers]
    first = [cited[0] for _, cited in answers if cited]
    others = [c for _, cited in answers for c in cited[1:] if c not in first]
    differs = tuple(Differing(text, (("", cited),)) for text, cited in answers)
    return Line(
        question.entry.kind,
        words.short(question.text, 140),
        differs=differs,
        sources=(*first, *others),
        shown=len(first),
        id=question.id,
    )
