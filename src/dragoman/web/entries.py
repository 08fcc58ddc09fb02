"""What of an entry is looked through for words."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.record import Citation, Entry

_WORDS = ("name", "title", "content", "place", "country", "venue", "outcome", "issue", "question", "outlet")


def citations(entry: Entry) -> Iterable[Citation]:
    """The words behind an entry."""
    yield from getattr(entry, "citations", ())
    for value in getattr(entry, "values", ()) if hasattr(entry, "about") else ():
        yield from value.citations
    for role in getattr(entry, "roles", ()):
        yield from role.citations


def words(entry: Entry) -> str:
    """All that a search for words looks at, in small letters."""
    said = [value for name in _WORDS if isinstance(value := getattr(entry, name, None), str)]
    said.extend(getattr(entry, "names", ()))
    said.extend(c.quote for c in citations(entry))
    return "\n".join(said).casefold()
