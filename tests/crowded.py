"""A record in which there is much of everything, for tests of how pages look: an encounter with fourteen delegates,
encounters of every status, a family of five copies, agreements that were kept, broken and never dated, and nothing that
is said of some of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import dragoman
from dragoman.extract.findings import (
    ActorFound,
    AgreementFound,
    DateFound,
    Findings,
    MeetingFound,
    OutlookFound,
    PositionFound,
    RoleFound,
    StepFound,
)
from dragoman.store.writing import Kept
from made_up import keep

COPY = """Talks in Palten end without a signature

{first}The delegations of Norvelia and Ustrava met for eleven hours in the old customs house of Palten on Monday.
"We will not leave our villages to the river," said Norvelia's foreign minister, Ulrich Brandt, on the steps.
His counterpart Wilhelmina Tarsk said that Ustrava had asked for nothing but the water that the treaty gives it.
The mediator, Sister Perpetua of the Order of the Bridge, said that both sides had promised to come back within a month.
Norvelia demanded that the sluice gates at Palten stay open through the dry season, and rejected a toll on barges.
Ustrava agreed to release 40 fishermen who have been held since the spring, the mediator said.
A further round was announced for the autumn, although no day was named, and each side blamed the other for the delay.
"""
UNDATED = (
    "A note without a day\n\nNorvelia would like to meet Ustrava's leaders, its envoy Otto Brink said. Ustrava refused "
    "to meet. A ceasefire was agreed in principle. Ustrava insists on a toll on barges.\n"
)
DELEGATES = (
    *("Anselm Okafor", "Brunhilde Tarsk", "Caspar Nguyen", "Dorothea Lind", "Edvard Pasha", "Fatima Oyelaran"),
    *("Grigor Vance", "Hanneke Morrow", "Isidor Quill", "Jolanta Reeve", "Kwame Stroud", "Leonie Abt"),
    *("Mirko Dusek", "Nadia Ferro-Hinterwaldkirchen von und zu der Oberen und Niederen Ostmark"),
)
OFFICES = (
    *("president", "foreign minister", "ambassador"),
    "deputy head of the joint technical commission on the demarcation of the inner border",
)
FOURTEEN = (
    f"Lurash and Mondovar: fourteen came. {', '.join(DELEGATES)}. They met on 2 May 2031 and called each other names."
)
STATUSES = (
    ("leaders", "scheduled", "2031-06-01", "2031-06-01"),
    ("ministers", "proposed", "2031-06-01", "2031-06-20"),
    ("experts", "declined", "2031-04-01", "2031-04-01"),
    ("delegations", "cancelled", "2031-04-15", "2031-04-15"),
    ("delegations", "postponed", "2031-07-01", "2031-07-31"),
    ("leaders", "proposed", None, None),
)


def crowded(place: Path, work: Path) -> Path:
    """The record, kept at a place; `work` is an empty folder for its articles."""
    for number in range(5):
        first = f"By our correspondent in town number {number}.\n" if number else ""
        (work / f"copy{number}.txt").write_text(COPY.format(first=first), encoding="utf-8")
    (work / "undated.txt").write_text(UNDATED, encoding="utf-8")
    dragoman.read(sorted(work.glob("*.txt")), place, processes=1).close()
    data = json.dumps(_fourteen().to_json())
    sha256 = hashlib.sha256(FOURTEEN.encode()).hexdigest()
    keep(place, [Kept("d-0f0f0f0f0f0f", "fourteen.txt", sha256, FOURTEEN, "1", "1", "read", data, None, None)])
    return place


def _at(words: str) -> tuple[int, int]:
    start = FOURTEEN.index(words)
    return start, start + len(words)


def _fourteen() -> Findings:
    day = DateFound("2031-05-02", "2031-05-02", "2 May 2031", "stated")
    people = [
        ActorFound(
            name, {name: _at(name)}, "person", side=n % 2, roles=[RoleFound(OFFICES[n % 4], n % 2, _at(name))]
        )
        for n, name in enumerate(DELEGATES)
    ]  # fmt: skip
    held = MeetingFound(
        [_at("They met on 2 May 2031")], "talks", "delegations", "held", date=day, place="Paris", country="France",
        parties=[0, 1], participants=list(range(2, 16)), led=[2, 3], duration_minutes=660, round=3,
        outcome="nothing was signed, and a further round is to be called when the snow is gone from the passes",
    )  # fmt: skip
    others = [
        MeetingFound(
            [_at("They met")], "call", level, status,
            date=DateFound(first, last, "", "stated") if first and last else None, parties=[0, 1],
        )
        for level, status, first, last in STATUSES
    ]  # fmt: skip
    steps = [
        StepFound("agreed", [_at("They met")], day),
        StepFound("partly_implemented", [_at("called")], DateFound("2031-06-01", "2031-06-01", "", "stated")),
        StepFound("breached", [_at("names")], DateFound("2031-07-01", "2031-07-01", "", "stated")),
    ]
    return Findings(
        "en",
        60,
        title="Fourteen came",
        outlet="The Outlet",
        dated=day,
        actors=[
            ActorFound("Lurash", {"Lurash": _at("Lurash")}, "state", part="party"),
            ActorFound("Mondovar", {"Mondovar": _at("Mondovar")}, "state", part="party"),
            *people,
        ],
        meetings=[held, *others],
        positions=[
            PositionFound([_at("fourteen came")], side, "prisoners", stance, "40 fishermen", date=day, told_by=whose)
            for side, stance, whose in ((0, "demands", "own"), (1, "rejects", "own"), (1, "accepts", "outlet"))
        ],
        agreements=[
            AgreementFound(
                [_at("They met")], "prisoners", "to free 40 fishermen", "breached", quantity=(40.0, "fishermen"),
                parties=[0, 1], date=day, until=DateFound("2031-12-31", "2031-12-31", "", "stated"),
                condition="if the gates stay open", steps=steps,
            ),
            AgreementFound([_at("names")], "ceasefire", "a ceasefire", "in_principle", parties=[0, 1]),
        ],
        outlooks=[OutlookFound([_at("called each other names")], "hopeful", holder=2)],
    )  # fmt: skip
