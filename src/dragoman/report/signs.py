"""How stands, agreements and figures are put into words and signs."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.record import Citation
from dragoman.report import words
from dragoman.report.stands import Stand, Stands, Telling

SIGNS = {"demands": "!", "proposes": "»", "accepts": "✓", "open_to": "○", "conditions": "◐", "rejects": "✗"}
"""A sign for each stance: none of them is a mark that the reports use otherwise, and none begins a formula."""

STANCES = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "open_to": "is open to",
    "conditions": "makes conditions",
    "rejects": "rejects",
}
STATUSES = {
    "in_principle": "agreed in principle",
    "agreed": "agreed",
    "implemented": "carried out",
    "partly_implemented": "partly carried out",
    "breached": "broken",
    "lapsed": "run out",
    "denied": "denied",
}
LEGEND = (
    "! demands  » proposes  ✓ accepts  ○ is open to  ◐ makes conditions  ✗ rejects\n"
    "(✗) not in the party's own words  ~ a day that was inferred\n"
    "3× (2) told three times, by two sources that are independent of each other"
)
_TELLERS = {
    "other_side": "the other side",
    "mediator": "the mediator",
    "unnamed": "an unnamed source",
    "outlet": "the outlet",
}


def sign(stand: Stand) -> str:
    """The sign of a stand's stance; in brackets where it is not in the party's own words."""
    return SIGNS[stand.stance] if stand.own else f"({SIGNS[stand.stance]})"


def issue(name: str) -> str:
    """An issue's name to be read: "security guarantees"."""
    return words.flat(name).replace("_", " ")


def content(stand: Stand, length: int = 90) -> str:
    """What a stand is about, in short."""
    return words.short(stand.last.position.content, length)


def day(telling: Telling) -> str:
    """When a stand was taken; marked where the text does not state it, such as where it is the day of the report."""
    date = telling.position.date
    if telling.day is None:
        return "earlier" if telling.position.past else "no date"
    if date is not None:
        return words.when(date)
    return f"~{words.day(telling.day)}"


def told(stand: Stand) -> str:
    """How often a stand is told, and by how many independent sources."""
    return f"{stand.times}× ({stand.sources})"


def teller(telling: Telling, stands: Stands) -> str:
    """Whose word it is, where it is not the party's own; nothing for its own."""
    if telling.own:
        return ""
    if telling.position.teller:
        return stands.name(telling.position.teller)
    return _TELLERS[telling.position.told_by]


def ids(stands: Iterable[Stand]) -> tuple[str, ...]:
    """The ids of the positions that speak for some stands, each once."""
    return tuple(dict.fromkeys(stand.id for stand in stands))


def citations(stand: Stand) -> list[Citation]:
    """The words of a stand, its latest first."""
    return [c for t in reversed(stand.tellings) for c in t.position.citations]


def figure(value: float) -> str:
    """A figure of a measure with two decimals: 0.67."""
    return f"{value:.2f}"


def number(value: float) -> str:
    """A number as one writes it: 1,000 and 4.5."""
    return f"{value:,.10g}" if abs(value) >= 1000 else f"{value:.6g}"
