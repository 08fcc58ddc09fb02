"""Everything that has been found on a page so far: what the finders of positions, agreements and outlooks work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.cast import Cast
from dragoman.extract.findings import Attribution, DateFound, MeetingFound, SpanT, StatementFound
from dragoman.extract.issues import Issues
from dragoman.extract.page import Page
from dragoman.extract.phrase_list import Words, words_of


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
    _words: dict[SpanT, Words] = field(default_factory=dict, repr=False)

    def about(self) -> dict[str, float]:
        """What the page is about (see `Issues.prior`): worked out where there is something whose issue is asked for."""
        return self.issues.prior(self.page.text)

    def words(self, place: SpanT) -> Words:
        """The words of a place in the text, which several finders ask for sentence by sentence."""
        found = self._words.get(place)
        if found is None:
            found = self._words[place] = words_of(self.page.quote(place))
        return found
