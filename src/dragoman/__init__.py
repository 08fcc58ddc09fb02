"""dragoman: the record of a negotiation, from what is written about it.

>>> import dragoman
>>> record = dragoman.read("articles/", "talks.db")
>>> for meeting in record.meetings.where(since="2024-01-01"):
...     print(meeting.date, meeting.title)
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Entries",
    "IssueSetError",
    "ReadReport",
    "Record",
    "RecordError",
    "__version__",
    "ask",
    "attributions",
    "attributions_of",
    "brief",
    "export",
    "open",
    "read",
    "times",
]

if TYPE_CHECKING:
    from dragoman.library import (
        Entries,
        IssueSetError,
        ReadReport,
        Record,
        RecordError,
        attributions,
        attributions_of,
        read,
        times,
    )
    from dragoman.library import open_record as open
    from dragoman.report.asking import ask
    from dragoman.report.briefing import brief
    from dragoman.report.exporting import export


def __getattr__(name: str) -> Any:
    """The library, imported when it is first asked for: commands that need no record, and readers, start sooner."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "brief":
        from dragoman.report.briefing import brief

        return brief
    if name == "ask":
        from dragoman.report.asking import ask

        return ask
    if name == "export":
        from dragoman.report.exporting import export

        return export
    from dragoman import library

    return getattr(library, "open_record" if name == "open" else name)
