"""The brief for programs: of a record, as a text or as the bytes of a PDF."""

from __future__ import annotations

from typing import Literal, overload

from dragoman.report.brief import gather
from dragoman.report.source import Source


@overload
def brief(record: Source, form: Literal["html", "md"] = "html") -> str: ...


@overload
def brief(record: Source, form: Literal["pdf"]) -> bytes: ...


def brief(record: Source, form: Literal["html", "md", "pdf"] = "html") -> str | bytes:
    """The record on a page, every line with its source.

    Args:
        record: or anything that has its parts.
        form: "html", one file that needs nothing else; "md", Markdown; "pdf".

    Returns:
        A text; of a PDF its bytes.

    Raises:
        ValueError: there is no such form.
    """
    if form not in ("html", "md", "pdf"):
        raise ValueError(f"{form}: not one of html, md, pdf")
    page = gather(record)
    if form == "pdf":
        from dragoman.report import brief_pdf

        return brief_pdf.rendered(page)
    from dragoman.report import brief_html, brief_md

    return brief_html.rendered(page) if form == "html" else brief_md.rendered(page)
