"""The formats that are read: by a file's suffix, which reader takes its text out of it.

To add one, write a function from bytes to `Decoded` and enter it in `READERS`. The text it returns is the document's
stored text: every citation is an offset into it, so a reader never leaves out part of what it has taken out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dragoman.ingest.decode import Decoded, decode

Reader = Callable[[bytes], Decoded]


def plain(data: bytes) -> Decoded:
    """Plain text and Markdown: the text as it is, marks and all. Raises decode.Undecodable."""
    return decode(data)


READERS: dict[str, Reader] = {
    ".txt": plain,
    ".text": plain,
    ".md": plain,
    ".markdown": plain,
    "": plain,  # without a suffix: if it is text
}
"""The reader for each suffix, lower case."""


def reader_of(path: Path) -> Reader | None:
    """The reader for a file, by its suffix; None for formats that are not read."""
    return READERS.get(path.suffix.lower())


def not_read(path: Path) -> str:
    """Why a file is refused: its format, and those that are read."""
    known = " ".join(suffix for suffix in READERS if suffix)
    return f"{path.suffix or 'this'} is not read; what is read: {known}"
