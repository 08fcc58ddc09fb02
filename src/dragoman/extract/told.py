"""Everything that has been found on a page so far: what the finders of positions, agreements and outlooks work on."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.cast import Cast
from dragoman.extract.findings import Attribution, DateFound, MeetingFound, StatementFound
from dragoman.extract.issues import Issues
from dragoman.extract.page import Page


@dataclass(slots=True)
class Told:
    """A page with its cast, statements and meetings.

    `statements` holds one statement for each attribution that is no mere thought and has content, in the order of
    `attributions`; `dated` is when the document was written, where that is known; `issues` what stands are sorted by.
    """

    page: Page
    cast: Cast
    attributions: list[Attribution]
    statements: list[StatementFound]
    meetings: list[MeetingFound]
    dated: DateFound | None
    issues: Issues
