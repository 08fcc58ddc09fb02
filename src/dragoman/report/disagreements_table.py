"""Disagreements in the terminal and as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from dragoman.report import words
from dragoman.report.disagreements import Differences, Question, Said
from dragoman.report.paper import put
from dragoman.report.rows import Row

COLUMNS = [
    *("id", "kind", "question", "about_kind", "about", "field", "values", "sources", "told_by", "days"),
    *("documents", "quotes"),
]
"""The columns of the rows."""

LIMIT = 100  # questions on the terminal; the other formats are whole
_VOICES = 4  # sources of one answer that are quoted
_QUOTE = 220


def rows(differences: Differences, questions: Sequence[Question]) -> list[Row]:
    """A question a row. `values`, `told_by`, `quotes` hold an answer's text with each of its sources and quotes:
    "answer: source", "answer: quote"."""
    found: list[Row] = []
    for question in questions:
        entry = question.entry
        voices = [(said, voice) for said in question.answers for voice in said.voices]
        found.append(
            {
                "id": question.id,
                "kind": entry.kind,
                "question": words.flat(question.text),
                "about_kind": entry.about.kind,
                "about": entry.about.id,
                "field": entry.about.field,
                "values": [said.text for said in question.answers],
                "sources": question.sources,
                "told_by": [f"{said.text}: {differences.label(voice)}" for said, voice in voices],
                "days": list(question.days),
                "documents": list(dict.fromkeys(d for _, voice in voices for d in voice.documents)),
                "quotes": [f"{said.text}: {words.flat(c.quote)}" for said, voice in voices for c in voice.citations],
            }
        )
    return found


def show(differences: Differences, questions: Sequence[Question], console: Console) -> None:
    """Prints the questions, each with its answers, their sources and words; of very many the first `LIMIT`."""
    if not questions:
        console.print("no disagreements")
        return
    parts: list[RenderableType] = []
    for question in questions[:LIMIT]:
        parts.append(head(question))
        parts += [answer(differences, said, 2) for said in question.answers]
        parts.append(Text())
    counts = [(kind, sum(q.entry.kind == kind for q in questions)) for kind in ("conflict", "revision", "framing")]
    summary = ", ".join(words.count(number, kind) for kind, number in counts if number)
    if len(questions) > LIMIT:
        summary += f"; the first {LIMIT}: --kind, --actor, --since or --text narrow it, --format csv has all"
    parts.append(Text(summary, style="dim"))
    put(console, Group(*parts))


def head(question: Question) -> Text:
    """The question on one line: its kind, its words, its id."""
    made = Text(question.entry.kind, style="bold yellow")
    made.append(f"  {words.short(question.text, 200)}", style="not bold default")
    made.append(f"  {question.id}", style="not bold dim default")
    return made


def answer(differences: Differences, said: Said, indent: int) -> Text:
    """An answer, then each source that gives it with its words, a line each; of many sources the first ones."""
    before = "\n" + " " * (indent + 4)
    made = Text(f"{' ' * indent}≠ {words.short(said.text, 160)}", style="bold")
    for voice in said.voices[:_VOICES]:
        quotes = " … ".join(words.short(c.quote, _QUOTE) for c in voice.citations[:2])
        made.append(f"{before}{differences.label(voice)}", style="not bold green")
        made.append(f"  “{quotes}”", style="not bold default")
        if len(voice.citations) > 2:
            made.append(f" and {words.count(len(voice.citations) - 2, 'more passage')}", style="not bold dim default")
    more = len(said.voices) - _VOICES
    if more > 0:
        made.append(f"{before}and {words.count(more, 'more source')}", style="not bold dim default")
    return made
