"""A report on talks that nobody ever held, for tests of what is found in the sentence after its opening."""

from __future__ import annotations

import functools

from dragoman.extract.findings import Findings
from dragoman.extract.reader import read_text

HEAD = (
    "ORVELLE, 14 May 2031 – Delegations of Tarvia and Lusmark met in Orvelle on 13 May 2031 for a third round of talks."
    " Tarvia's foreign minister, Mara Destrin, and Lusmark's foreign minister, Oleg Vantor, led them.\n\n"
)


@functools.cache
def read_report(text: str) -> Findings:
    """What is found in the report that ends with this text."""
    return read_text(HEAD + text)
