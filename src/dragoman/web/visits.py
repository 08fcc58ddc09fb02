"""What is new since somebody's last visit: a cookie that holds two numbers and a time.

The numbers are those of the latest document (`Record.arrivals`) that the record had at the visit before and at this
one; a visit ends half an hour after its last look. Nothing is kept on the server, and nothing tells who it was.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "dragoman_visit"
PAUSE = 30 * 60
"""Seconds after which a look is a new visit."""

_FORM = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """`before` is the number of the latest document at the visit before (None if there was none), `now` at this one,
    `at` when it was last looked, in seconds."""

    before: int | None
    now: int
    at: int


def visit(request: Request, latest: int, now: float | None = None) -> Visit:
    """The visit that a request belongs to.

    Args:
        request: what was asked.
        latest: the greatest number of a document.
        now: the time in seconds.
    """
    moment = int(time.time() if now is None else now)
    known = _FORM.fullmatch(request.cookies.get(COOKIE, ""))
    if known is None:
        return Visit(None, latest, moment)
    before, seen, at = (int(part) for part in known.groups())
    return Visit(seen if moment - at > PAUSE else before, latest, moment)


def remember(answer: Response, made: Visit) -> None:
    """Set the cookie; a first visit counts as one that has seen what is there."""
    before = made.now if made.before is None else made.before
    answer.set_cookie(COOKIE, f"{before}.{made.now}.{made.at}", max_age=365 * 24 * 3600, httponly=True, samesite="lax")
