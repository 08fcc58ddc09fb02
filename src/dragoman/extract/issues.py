"""What a negotiation is about: sets of issues, and which of them some words belong to."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

DEFAULT_ISSUES = "general"
"""The set of the specification."""

OTHER = "other"
"""Where everything goes that fits no issue of the set."""


@dataclass(slots=True)
class Issues:
    """A set of issues."""

    name: str
    issues: list[str] = field(default_factory=list)

    def of(self, words: str, around: str = "") -> str:
        """The issue that words belong to; `around` is what stands about them, which counts for less."""
        return OTHER


@functools.cache
def issues_of(name: str) -> Issues:
    """The set of this name, or the set in the file at this path."""
    return Issues(name)
