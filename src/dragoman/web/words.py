"""Text for the page: nothing from a document acts, misleads or hides; every address is one that may be followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from dragoman.report import words

# Control characters, overrides and isolates of the direction of writing, and what is no character: shown, not obeyed.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b(?![-.\w])", re.ASCII)

_PAGES = {
    "d": "documents",
    "a": "people",
    "m": "encounters",
    "s": "statements",
    "p": "positions",
    "g": "agreements",
    "o": "outlooks",
    "x": "disagreements",
    "f": "families",
}
"""The page of an entry by the first letter of its id."""


def visible(text: str) -> str:
    """A text in which what would act unseen stands as its code: ⟨U+202E⟩. Line breaks and tabs stay."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))


def link(id: str) -> str:
    """The address of an entry's page."""
    page = _PAGES.get(id[:1]) if id[1:2] == "-" else None
    return f"/{page or 'entry'}/{quote(id, safe='')}"


def place(document: str, start: int, end: int) -> str:
    """The address of a stretch of a document's text: marked there, and scrolled into view."""
    return f"/documents/{quote(document, safe='')}?at={start}-{end}#c-{start}-{end}"


def outward(url: str | None) -> str | None:
    """An address on the web that may be a link: http or https with a host; None for anything else."""
    if not url or _HIDDEN.search(url) or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def with_query(path: str, given: Mapping[str, str | int | None]) -> str:
    """A path with those of its parameters that have a value."""
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def days(text: str) -> str:
    """A text in which days are written as they are elsewhere on the pages: 18 Jun 2024 for 2024-06-18."""
    return _DAY.sub(lambda found: words.day(found[0]), text)


def plural(number: int, one: str, many: str | None = None) -> str:
    """ "1 document", "3 documents"."""
    return words.count(number, one, many)


def spelled(name: str) -> str:
    """A word of the record's vocabulary to be read: "open to" for open_to."""
    return name.replace("_", " ")
