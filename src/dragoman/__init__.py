"""dragoman: the record of a negotiation, from what is written about it.

>>> import dragoman
>>> record = dragoman.read("articles/", "talks.db")
>>> for meeting in record.meetings.where(since="2024-01-01"):
...     print(meeting.date, meeting.title)
"""

from dragoman.library import Entries, ReadReport, Record, RecordError, attributions, attributions_of, read
from dragoman.library import open_record as open

__version__ = "0.1.0"

__all__ = [
    "Entries",
    "ReadReport",
    "Record",
    "RecordError",
    "__version__",
    "attributions",
    "attributions_of",
    "open",
    "read",
]
