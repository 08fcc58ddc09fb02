"""Findings made up for tests of what comes after extraction, and records made from them."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from dragoman.extract.findings import (
    ActorFound,
    AgreementFound,
    DateFound,
    Findings,
    MeetingFound,
    OutlookFound,
    PositionFound,
    RoleFound,
    StatementFound,
    StepFound,
)
from dragoman.library import Record
from dragoman.store import Database
from dragoman.store.writing import Kept, put

TEXT = (
    "Mara Destrin of Velcora met Oleg Vantor of Tashmere in Ambry. Quorland's envoy Ines Calloway was there too, "
    "said Pavo Lindrum. The chief negotiator Destrin spoke of progress; Vantor did not. "
)
STATES = ("Velcora", "Tashmere", "Quorland")
PEOPLE = (
    ("Mara Destrin", "Destrin"),
    ("Oleg Vantor", "Vantor"),
    ("Ines Calloway",),
    ("Destrin",),
    ("Pavo Lindrum", "P. Lindrum"),
)
DAYS = ("2031-05-04", "2031-05-05")


def kept(name: str, findings: Findings | None, extra: str = "", reader: str = "1") -> Kept:
    """A document with these findings."""
    text = f"{TEXT}{name}{extra}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    data = None if findings is None else json.dumps(findings.to_json())
    id_ = "d-" + hashlib.sha256(f"{name}{sha256}".encode()).hexdigest()[:12]
    return Kept(id_, name, sha256, text, reader, reader, "read" if findings else "failed", data)


@functools.cache
def _empty() -> bytes:
    """An empty record: copying one is quicker than making one."""
    with tempfile.TemporaryDirectory() as folder:
        Database(Path(folder) / "r").close()
        return (Path(folder) / "r").read_bytes()


def keep(record: Path, *batches: Iterable[Kept]) -> None:
    """Put documents into a record, each batch in a transaction of its own."""
    if not record.exists():
        record.write_bytes(_empty())
    database = Database(record)
    for batch in batches:
        documents = list(batch)
        database.write(lambda connection, documents=documents: put(connection, documents))
    database.close()


def exported(place: Path) -> str:
    """A whole record as text."""
    stream = io.StringIO()
    with Record(place) as record:
        record.write_json(stream)
    return stream.getvalue()


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where words first stand in the text."""
    start = text.index(words)
    return start, start + len(words)


spans = st.builds(lambda start, length: (start, start + length), st.integers(0, len(TEXT) - 40), st.integers(1, 39))
dates = st.sampled_from(
    [None, *(DateFound(day, day, "then", "stated") for day in DAYS), DateFound(*DAYS, "in May", "inferred")]
)


@st.composite
def findings(draw: st.DrawFn) -> Findings:
    """What some extractor might find in a text that begins with `TEXT`."""
    states = [
        ActorFound(name, {name: (0, 5)}, "state", part=draw(st.sampled_from(["party", "mediator", "outside"])))
        for name in draw(st.lists(st.sampled_from(STATES), min_size=1, unique=True))
    ]
    sides = st.one_of(st.none(), st.integers(0, len(states) - 1))
    people = [
        ActorFound(
            names[0],
            dict.fromkeys(names, (0, 5)),
            "person",
            side=draw(sides),
            roles=[RoleFound("envoy", draw(sides), draw(spans))] if draw(st.booleans()) else [],
        )
        for names in draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    ]
    actors = states + people
    one = st.one_of(st.none(), st.integers(0, len(actors) - 1))
    some = st.lists(st.integers(0, len(actors) - 1), max_size=3)
    statement = st.builds(
        StatementFound,
        content=st.lists(spans, min_size=1, max_size=2),
        kind=st.sampled_from(["direct", "indirect"]),
        spans=st.lists(spans, min_size=1, max_size=2),
        speaker=one,
        on_behalf_of=one,
        date=dates,
    )
    meeting = st.builds(
        MeetingFound,
        spans=st.lists(spans, min_size=1, max_size=2),
        kind=st.sampled_from(["talks", "call", "visit"]),
        level=st.sampled_from(["leaders", "ministers", "delegations"]),
        status=st.sampled_from(["held", "scheduled", "cancelled"]),
        date=dates,
        place=st.sampled_from([None, "Ambry", "Port Ilvane"]),
        parties=some,
        participants=some,
        mediators=some,
    )
    statements = draw(st.lists(statement, max_size=3))
    meetings = draw(st.lists(meeting, max_size=3))
    said = st.one_of(st.none(), st.integers(0, len(statements) - 1)) if statements else st.none()
    position = st.builds(
        PositionFound,
        spans=st.lists(spans, min_size=1, max_size=2),
        party=st.integers(0, len(actors) - 1),
        issue=st.sampled_from(["process", "other"]),
        stance=st.sampled_from(["demands", "rejects"]),
        content=st.sampled_from(["a truce", "thirty days"]),
        date=dates,
        statement=said,
        told_by=st.sampled_from(["own", "outlet"]),
        teller=one,
        addressee=one,
        past=st.booleans(),
        quantities=st.sampled_from([[], [(30.0, "days")]]),
    )
    status = st.sampled_from(["agreed", "implemented", "breached"])
    agreement = st.builds(
        AgreementFound,
        spans=st.lists(spans, min_size=1, max_size=2),
        issue=st.sampled_from(["ceasefire", "other"]),
        content=st.sampled_from(["a truce of thirty days", "to open the bridge"]),
        status=status,
        quantity=st.sampled_from([None, (30.0, "days"), (40.0, "trucks")]),
        parties=some,
        meeting=st.one_of(st.none(), st.integers(0, len(meetings) - 1)) if meetings else st.none(),
        date=dates,
        until=dates,
        steps=st.lists(st.builds(StepFound, status, st.lists(spans, min_size=1, max_size=1), dates), max_size=2),
    )
    outlook = st.builds(
        OutlookFound,
        spans=st.lists(spans, min_size=1, max_size=1),
        direction=st.sampled_from(["hopeful", "doubtful"]),
        holder=one,
        statement=said,
    )
    return Findings(
        "en",
        40,
        dated=draw(dates),
        furniture=[draw(spans)],
        actors=actors,
        statements=statements,
        meetings=meetings,
        positions=draw(st.lists(position, max_size=2)),
        agreements=draw(st.lists(agreement, max_size=2)),
        outlooks=draw(st.lists(outlook, max_size=1)),
    )
