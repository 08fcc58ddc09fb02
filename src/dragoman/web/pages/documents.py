"""Documents: the list, and one with its text: furniture greyed, every finding marked, a click away from its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Actor, Agreement, Disagreement, Document, Entry, Meeting, Outlook, Position
from dragoman.report import signs, words
from dragoman.web.asked import Asked
from dragoman.web.marking import KINDS, Finding, pieces
from dragoman.web.pages.sources import KINDS as FAMILY_KINDS
from dragoman.web.rendering import listing, missing, page, state_of
from dragoman.web.state import State

router = APIRouter(include_in_schema=False)

SIZE = 100
LONGEST = 60_000
"""Characters of a text that stand on one page; of a longer one the page with what was asked for is shown."""

LETTERS = dict(zip(KINDS, "SPMAORD", strict=True))
NAMES = {
    "statement": "Statements",
    "position": "Positions",
    "meeting": "Encounters",
    "agreement": "Agreements",
    "outlook": "Outlooks",
    "role": "Roles",
    "disagreement": "Disagreements",
}
FILTERS = ("outlet", "q", "since", "until")
_AT = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@router.get("/documents", response_class=HTMLResponse)
def documents(request: Request) -> Response:
    """All documents, the latest first."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = chosen(state, asked)
    return listing(
        request,
        "documents.html",
        state,
        asked,
        found,
        SIZE,
        FILTERS,
        outlets=[o for o in state.outlets if o][:200],
    )


@router.get("/documents/{id}", response_class=HTMLResponse)
def document(request: Request, id: str) -> Response:
    """One document: its text and what was found in it."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = state.documents.get(id)
    if found is None:
        return missing(request, state, f"{id}: no document has this id.")
    try:
        text = state.text(id)
    except KeyError:  # it went while the page was asked for
        return missing(request, state, f"{id}: this document has just been taken out of the record.")
    at = _AT.fullmatch(asked.text("at"))
    here = (int(at[1]), int(at[2])) if at and int(at[1]) < int(at[2]) <= len(text) else None
    shown = asked.one("show", KINDS)
    everything = list(findings(state, id))
    some = [f for f in everything if shown in (None, f.kind)]
    parts = max(1, -(-len(text) // LONGEST))
    part = asked.number("part", here[0] // LONGEST + 1 if here else 1, 1, parts)
    first, last = (part - 1) * LONGEST, min(part * LONGEST, len(text))
    within = [
        Finding(max(f.start, first) - first, min(f.end, last) - first, f.kind, f.id, f.label)
        for f in some
        if f.start < last and f.end > first
    ]
    made = pieces(
        text[first:last],
        within,
        [(s.start - first, s.end - first) for s in found.furniture if s.start < last and s.end > first],
        (max(here[0] - first, 0), here[1] - first) if here and first <= here[0] < last else None,
    )
    entries: dict[str, dict[str, Finding]] = {kind: {} for kind in KINDS}
    for f in sorted(everything, key=lambda f: (f.start, f.end)):
        entries[f.kind].setdefault(f.id, f)
    order, at_index = state.newest, state.place[id]
    family = state.families.get(found.family or "")
    return page(
        request,
        "document.html",
        state,
        asked,
        document=found,
        pieces=made,
        offset=first,
        part=part,
        parts=parts,
        entries={kind: list(some.values()) for kind, some in entries.items() if some},
        names=NAMES,
        letters=LETTERS,
        shown=shown,
        family=family,
        family_kinds=FAMILY_KINDS,
        newer=order[at_index - 1] if at_index else None,
        older=order[at_index + 1] if at_index + 1 < len(order) else None,
    )


def chosen(state: State, asked: Asked) -> list[Document]:
    """The documents that a request asks for, the latest first."""
    outlet, text = asked.text("outlet"), asked.text("q").casefold()
    since, until = asked.day("since"), asked.day("until", last=True)

    def wanted(d: Document) -> bool:
        if outlet and (d.outlet or "-") != outlet:
            return False
        if since and not (d.dated and d.dated.to >= since):
            return False
        if until and not (d.dated and d.dated.from_ <= until):
            return False
        return not text or text in f"{d.title or ''} {d.name} {d.outlet or ''}".casefold()

    return [d for d in state.newest if wanted(d)]


def findings(state: State, document: str) -> Iterator[Finding]:
    """All that was found in a document, each stretch of words once for each entry."""
    for s in state.index.of_document(document):
        label = f"{state.name(s.speaker) if s.speaker else s.speaker_text or 'unnamed'}: {words.said(s, 90)}"
        for c in s.content:
            yield Finding(c.start, c.end, "statement", s.id, label)
    for kind, entry, citations in state.by_document.get(document, ()):
        label = describe(state, entry)
        for c in citations:
            if c.document == document:
                yield Finding(c.start, c.end, kind, str(getattr(entry, "id", "")), label)


def describe(state: State, entry: Entry) -> str:
    """An entry in a line."""
    if isinstance(entry, Meeting):
        return f"{words.flat(entry.title)}, {words.when(entry.date)} ({entry.status})"
    if isinstance(entry, Position):
        said = f"{signs.STANCES[entry.stance]}: {words.short(entry.content, 90)}"
        return f"{state.name(entry.party)} on {signs.issue(entry.issue)}: {said}"
    if isinstance(entry, Agreement):
        return f"{signs.issue(entry.issue)}, {signs.STATUSES[entry.status]}: {words.short(entry.content, 90)}"
    if isinstance(entry, Outlook):
        return f"{state.name(entry.holder) if entry.holder else entry.holder_text or 'unnamed'}: {entry.direction}"
    if isinstance(entry, Disagreement):
        return f"{entry.kind}: {entry.question or ' / '.join(words.short(v.value, 40) for v in entry.values)}"
    if isinstance(entry, Actor):
        return f"{entry.name}: {'; '.join(words.titles(entry.roles))}"
    return str(getattr(entry, "id", ""))
