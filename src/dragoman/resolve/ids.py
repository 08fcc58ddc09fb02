"""Short, stable ids: a kind and a hash of what makes an entry that entry.

Reading the same documents in any order gives the same ids, because nothing goes into them but the documents
themselves: no counters, no clocks.
"""

from __future__ import annotations

import base64
import hashlib
import json

LENGTH = 12
"""Characters of the hash: 60 bits, so that a million entries collide about once in two million records."""


def make_id(kind: str, *parts: object) -> str:
    """The id of an entry: `make_id("m", document, spans)` is "m-" and twelve characters.

    Args:
        kind: a letter or two for the kind of entry: a(ctor), d(ocument), m(eeting), s(tatement) …
        parts: what makes it that entry, as JSON values (tuples count as lists).
    """
    said = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return f"{kind}-{base64.b32encode(digest).decode().lower()[:LENGTH]}"


class Numbered:
    """Makes ids that stay apart even where two entries of one document have the same parts."""

    def __init__(self) -> None:
        """Nothing met yet."""
        self._met: dict[tuple[str, str], int] = {}

    def make_id(self, kind: str, *parts: object) -> str:
        """`make_id`; the second entry with these parts gets another id than the first."""
        first = make_id(kind, *parts)
        times = self._met.get((kind, first), 0)
        self._met[kind, first] = times + 1
        return make_id(kind, *parts, times) if times else first
