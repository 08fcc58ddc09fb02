"""Made-up records of positions and agreements, for the tests of what is shown and measured of them."""

from __future__ import annotations

from typing import Any

from dragoman.record import (
    Actor,
    Agreement,
    AgreementStep,
    Citation,
    Date,
    Document,
    Export,
    Family,
    Position,
    Quantity,
)
from dragoman.report.source import ExportSource

PARTIES = ("Orvale", "Keth")
"""Two states that face each other, with the ids orvale and keth; dun is the mediator."""


def actors() -> list[Actor]:
    """Two sides, the minister of one, and a mediator."""

    def made(id: str, name: str, kind: str, part: str, side: str | None = None) -> Actor:
        return Actor.model_validate({"id": id, "name": name, "names": [name], "kind": kind, "part": part, "side": side})

    return [
        made("orvale", "Orvale", "state", "party"),
        made("keth", "Keth", "state", "party"),
        made("minister", "Ana Brill", "person", "party", "orvale"),
        made("dun", "Dunmere", "state", "mediator"),
    ]


def date(day: str, last: str | None = None) -> Date:
    """A day, or an interval."""
    return Date(from_=day, to=last or day, text=day, basis="stated")


def document(id: str, dated: str | None, family: str | None = None) -> Document:
    """A document of a day."""
    return Document(
        id=id,
        name=f"{id}.txt",
        outlet=id.title(),
        dated=date(dated) if dated else None,
        sha256=id,
        words=9,
        family=family,
    )


def cite(document: str, quote: str, start: int = 0) -> Citation:
    """Words in a document."""
    return Citation(document=document, start=start, end=start + len(quote), quote=quote)


def stand(
    id: str,
    document: str,
    party: str,
    issue: str,
    stance: str,
    content: str,
    *numbers: tuple[float, str],
    told_by: str = "own",
    **more: Any,
) -> Position:
    """A position as one document has it."""
    return Position.model_validate(
        {
            "id": id,
            "party": party,
            "issue": issue,
            "stance": stance,
            "content": content,
            "told_by": told_by,
            "quantities": [Quantity(value=value, unit=unit) for value, unit in numbers],
            "citations": [cite(document, content)],
            **more,
        }
    )


def agreed(
    id: str,
    document: str,
    issue: str,
    content: str,
    status: str = "agreed",
    steps: tuple[tuple[str, str, str | None], ...] = (),
    **more: Any,
) -> Agreement:
    """An agreement of both; `steps` are (document, status, day)."""
    fields = {"issue": issue, "content": content, "parties": ["orvale", "keth"], "status": status, **more}
    made = [
        AgreementStep.model_validate({"document": d, "status": s, "date": date(day) if day else None,
                                      "citations": [cite(d, f"{content}: {s}")]})
        for d, s, day in steps
    ]  # fmt: skip
    account = {
        **fields,
        "status": "agreed" if steps else status,
        "document": document,
        "citations": [cite(document, content)],
    }
    return Agreement.model_validate(
        {"id": id, **fields, "accounts": [account], "steps": made, "citations": [cite(document, content)]}
    )


def source(
    documents: list[Document],
    positions: list[Position] | None = None,
    agreements: list[Agreement] | None = None,
    families: list[Family] | None = None,
) -> ExportSource:
    """A record of these."""
    export = Export(
        documents=documents,
        actors=actors(),
        positions=positions or [],
        agreements=agreements or [],
        families=families or [],
    )
    texts: dict[str, str] = {}
    for citation in [c for p in export.positions for c in p.citations] + [
        c for a in export.agreements for c in a.citations
    ]:
        texts[citation.document] = texts.get(citation.document, "")
    return ExportSource(export, texts)
