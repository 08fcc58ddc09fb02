"""Families of documents: which copies which, who came first and how that is known, what is copied, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.text import Text

from dragoman.record import Citation, Document, Family
from dragoman.report import rows, words
from dragoman.report.brief_md import escaped
from dragoman.report.paper import put
from dragoman.report.rows import Row
from dragoman.report.source import Source
from dragoman.resolve.copy_credits import names_outlet

KINDS = {
    "duplicate": "the same text",
    "near_duplicate": "reprinted, with changes",
    "rewrite": "told again in other words",
    "shared_source": "resting on one source",
}
"""What each kind of family is, in words; the surest first."""

COLUMNS = [
    *("family", "kind", "document", "name", "outlet", "dated_from", "dated_to", "first", "first_known_by", "source"),
    *("copied", "passages", "longest"),
]
"""The columns of the CSV: a document a row."""

LIMIT = 100  # families on the terminal; the other formats are whole
PASSAGES = 3
_QUOTE = 260


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a family: `copied` is the share of its words that stand in a passage of the family (0 to 1)."""

    document: Document
    copied: float


@dataclass(frozen=True, slots=True)
class Kin:
    """A family with what a reader needs.

    `known_by` says how it is known which document came first, or why it is not. `members` are in the order in which
    they were written, the first one first; `passages` the pairs that match, the longest first.
    """

    family: Family
    members: tuple[Member, ...]
    known_by: str
    passages: tuple[tuple[Citation, Citation], ...]


def gather(source: Source, kind: str | None = None) -> list[Kin]:
    """The families of a record: the surest kinds first, then the largest.

    Args:
        source: the record.
        kind: only families of this kind; None for all.
    """
    documents = {document.id: document for document in source.documents}
    found = [kin(family, documents, source) for family in source.families if kind in (None, family.kind)]
    order = list(KINDS)
    return sorted(found, key=lambda k: (order.index(k.family.kind), -len(k.members), k.family.id))


def kin(family: Family, documents: Mapping[str, Document], source: Source) -> Kin:
    """One family with what a reader needs.

    Args:
        family: of the record.
        documents: the record's, by id.
        source: the record, for its texts.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for passage in family.passages:
        for cited in passage:
            spans.setdefault(cited.document, []).append((cited.start, cited.end))
    there = [documents[id_] for id_ in family.documents if id_ in documents]
    there.sort(key=lambda d: (d.id != family.first, d.dated.from_ if d.dated else "9999", d.name))
    members = tuple(Member(d, _share(d, spans.get(d.id, ()), source)) for d in there)
    pairs = [(pair[0], pair[1]) for pair in family.passages if len(pair) == 2]
    pairs.sort(key=lambda pair: (-min(len(c.quote) for c in pair), *((c.document, c.start) for c in pair)))
    return Kin(family, members, _known_by(family, there), tuple(pairs))


def _share(document: Document, spans: Iterable[tuple[int, int]], source: Source) -> float:
    """The share of a document's words that stand in the spans."""
    text = source.text(document.id)
    place = copied = 0
    for start, end in sorted(spans):
        copied += len(text[max(start, place) : end].split())
        place = max(place, end)
    return min(1.0, copied / document.words) if document.words else 0.0


def _known_by(family: Family, members: Sequence[Document]) -> str:
    first = next((d for d in members if d.id == family.first), None)
    if first is None:
        if family.kind == "shared_source":
            return "both rest on another" if len(members) == 2 else "all rest on another"
        return "no dates that differ, no credit"
    others = [d for d in members if d is not first]
    crediting = [d for d in others if first.outlet and any(names_outlet(credit, first.outlet) for credit in d.credits)]
    if crediting:
        return f"credited by {words.listing([label(d) for d in crediting], 3)}"
    return "by its date"


def label(document: Document) -> str:
    """A document in a few words: its outlet, else its file."""
    return words.short(document.outlet or document.name.rsplit("/", 1)[-1], 40)


# -- writing ----------------------------------------------------------------------------------------------------------


def show(found: Sequence[Kin], console: Console) -> None:
    """Prints families with their longest passages; of very many the first `LIMIT`."""
    if not found:
        console.print("no families: every document is independent of the others")
        return
    parts: list[RenderableType] = []
    for one in found[:LIMIT]:
        parts += [told(one, PASSAGES), Text()]
    summary = f"{words.count(len(found), 'family', 'families')}, {_independent(found)}"
    if len(found) > LIMIT:
        summary += f"; the first {LIMIT}: --kind narrows it, --format csv has all"
    put(console, Group(*parts, Text(summary, style="dim")))


def _independent(found: Sequence[Kin]) -> str:
    several = sum(len(one.members) for one in found)
    return f"{words.count(several, 'document')} that count as {words.count(len(found), 'source')}"


def told(one: Kin, limit: int | None) -> Text:
    """A family in lines: its kind, its documents, who came first, passages side by side (`limit` of them)."""
    made = Text(one.family.kind.replace("_", " "), style="bold yellow")
    made.append(f"  {KINDS[one.family.kind]}", style="not bold default")
    made.append(f"  {one.family.id}", style="not bold dim default")
    if one.family.source:
        made.append(f"\n  source: {words.flat(one.family.source)}", style="not bold default")
    for member in one.members:
        first = member.document.id == one.family.first
        made.append(f"\n  {'first  ' if first else '       '}{label(member.document)}", style="not bold green")
        made.append(f", {words.when(member.document.dated)}", style="not bold default")
        made.append(f", {member.copied:.0%} shared", style="not bold default")
        made.append(f"  {PurePath(member.document.name).name}  {member.document.id}", style="not bold dim default")
    made.append(f"\n  came first: {_first(one)}", style="not bold default")
    names = {member.document.id: label(member.document) for member in one.members}
    for pair in one.passages[:limit]:
        for sign, cited in zip("≈ ", pair, strict=True):
            made.append(f"\n  {sign} {names.get(cited.document, cited.document)}: ", style="not bold green")
            made.append(f"“{words.short(cited.quote, _QUOTE)}”", style="not bold default")
    more = len(one.passages) - len(one.passages[:limit])
    if more:
        made.append(f"\n    and {words.count(more, 'more passage')}", style="not bold dim default")
    return made


def _first(one: Kin) -> str:
    first = next((m.document for m in one.members if m.document.id == one.family.first), None)
    return f"{label(first)} ({one.known_by})" if first else f"not known ({one.known_by})"


def table(found: Sequence[Kin]) -> list[Row]:
    """A document a row, for CSV."""
    made: list[Row] = []
    for one in found:
        longest = {cited.document: cited.quote for pair in reversed(one.passages) for cited in pair}
        for member in one.members:
            document = member.document
            made.append(
                {
                    "family": one.family.id,
                    "kind": one.family.kind,
                    "document": document.id,
                    "name": document.name,
                    "outlet": document.outlet,
                    "dated_from": document.dated.from_ if document.dated else None,
                    "dated_to": document.dated.to if document.dated else None,
                    "first": document.id == one.family.first,
                    "first_known_by": one.known_by,
                    "source": one.family.source,
                    "copied": round(member.copied, 3),
                    "passages": sum(document.id in (a.document, b.document) for a, b in one.passages),
                    "longest": words.flat(longest.get(document.id, "")) or None,
                }
            )
    return made


def write(found: Sequence[Kin], format: str, out: TextIO) -> None:
    """Write families.

    Args:
        found: from `gather`.
        format: "json" (the record's entries, with `members` and `known_by`), "csv" (a document a row) or "md".
        out: where to; opened with newline="" if it is a file.
    """
    if format == "csv":
        rows.write(table(found), COLUMNS, "csv", out)
    elif format == "md":
        out.write(markdown(found))
    else:
        entries = [
            {
                **one.family.model_dump(by_alias=True),
                "known_by": one.known_by,
                "members": [{"document": m.document.id, "copied": round(m.copied, 3)} for m in one.members],
            }
            for one in found
        ]
        out.write(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")


def markdown(found: Sequence[Kin]) -> str:
    """Families as a Markdown page, passages in tables side by side."""
    if not found:
        return "# Families of documents\n\nEvery document is independent of the others.\n"
    lines = ["# Families of documents", "", f"{words.count(len(found), 'family', 'families')}, {_independent(found)}."]
    for one in found:
        lines += ["", f"## {one.family.kind.replace('_', ' ').capitalize()}: {KINDS[one.family.kind]}", ""]
        if one.family.source:
            lines.append(f"- source: {escaped(one.family.source)}")
        for member in one.members:
            document = member.document
            lines.append(
                f"- {escaped(label(document))}, {words.when(document.dated)}: {member.copied:.0%} shared"
                f" (`{document.name}`, `{document.id}`)"
            )
        lines.append(f"- came first: {escaped(_first(one))}")
        names = {member.document.id: label(member.document) for member in one.members}
        for pair in one.passages[:PASSAGES]:
            heads = (escaped(names.get(cited.document, cited.document)) for cited in pair)
            quotes = (escaped(words.short(cited.quote, 2 * _QUOTE)) for cited in pair)
            lines += ["", f"| {' | '.join(heads)} |", "| --- | --- |", f"| {' | '.join(quotes)} |"]
        if len(one.passages) > PASSAGES:
            lines += ["", f"and {words.count(len(one.passages) - PASSAGES, 'more passage')}"]
    return "\n".join(lines) + "\n"
