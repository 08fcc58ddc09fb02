"""What a request asks for: its parameters, read leniently: what cannot be meant is named on the page, no error."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date

from starlette.datastructures import QueryParams

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
LONGEST = 200
"""Characters of a parameter that are looked at."""


class Asked:
    """The parameters of a request; `ignored` collects lines on those that were not understood."""

    def __init__(self, parameters: QueryParams) -> None:
        """Of these."""
        self._given = parameters
        self.ignored: list[str] = []

    def text(self, name: str) -> str:
        """Words, without blanks around them; "" if there are none."""
        value = " ".join(self._given.get(name, "").replace("\x00", " ").split())
        if len(value) > LONGEST:
            self.ignored.append(f"{name}: only its first {LONGEST} characters were looked at")
        return value[:LONGEST]

    def day(self, name: str, last: bool = False) -> str | None:
        """A day (YYYY-MM-DD); of a month or a year its first day, or its last."""
        value = self.text(name)
        if not value:
            return None
        match = _DAY.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            year, month = int(match[1]), int(match[2] or (12 if last else 1))
            return date(year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))).isoformat()
        except (ValueError, calendar.IllegalMonthError):
            self.ignored.append(f"{name}: “{value}” is no date (2024-06-18, 2024-06 or 2024)")
            return None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.text(name)
        if not value:
            return default
        if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            self.ignored.append(f"{name}: “{value}” is no number")
            return default
        return min(max(int(value), least), most)

    def one(self, name: str, choices: Collection[str], default: str | None = None) -> str | None:
        """One of a few words."""
        value = self.text(name)
        if value and value not in choices:
            self.ignored.append(f"{name}: “{value}” is not known here")
            return default
        return value or default

    def given(self, *names: str) -> dict[str, str]:
        """Those of these parameters that were given, as they were."""
        return {name: value for name in names if (value := self.text(name))}
