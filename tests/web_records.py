"""Records for tests of the web app: one of the examples, one that is hostile; and all the addresses a record has."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from fastapi.testclient import TestClient

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
)
from dragoman.store.writing import Kept
from dragoman.web.state import State
from made_up import keep

SCRIPT = "<script>alert(1)</script>"
IMAGE = '<img src=x onerror="alert(2)">'
FORMULA = '=HYPERLINK("http://evil.example")'
BIDI = "evil\u202egnp.exe\u2066\u0007"
TOKEN = "x" * 5000
BREAKOUT = "\"' onmouseover='alert(3)' {{ 7*7 }} {% raw %}"
HOSTILE = f"{SCRIPT} said {IMAGE}. {BIDI} «{TOKEN}» {BREAKOUT} 國 שלום \n\n{FORMULA}\n"


def hostile(place: Path) -> Path:
    """A record whose every text is an attempt on whoever shows it."""
    day = DateFound("2031-05-04", "2031-05-04", SCRIPT, "stated")
    text = (0, len(SCRIPT))
    image = (HOSTILE.index(IMAGE), HOSTILE.index(IMAGE) + len(IMAGE))
    found = Findings(
        'en"><script>',
        40,
        title=f"{SCRIPT} {BIDI}",
        outlet=f"{IMAGE}",
        credits=[SCRIPT],
        dated=day,
        furniture=[(len(HOSTILE) - 4, len(HOSTILE))],
        actors=[
            ActorFound(SCRIPT, {SCRIPT: text}, "state", part="party"),
            ActorFound(IMAGE, {IMAGE: image, BIDI: image}, "state", part="party"),
            ActorFound(f"{FORMULA} B", {FORMULA: text}, "person", side=0, roles=[RoleFound(IMAGE, 0, image)]),
        ],
        statements=[
            StatementFound([text], "direct", [text], 0, cue=IMAGE, channel=SCRIPT, date=day),
            StatementFound([image, (0, len(HOSTILE))], "indirect", [image], None, speaker_text=SCRIPT, via=IMAGE),
        ],
        meetings=[
            MeetingFound(
                [text], "talks", "leaders", "held", date=day, place=FORMULA, venue=SCRIPT, outcome=IMAGE,
                parties=[0, 1], participants=[2],
            ),
            MeetingFound([image], "call", "ministers", "proposed", place=SCRIPT, parties=[0, 1]),
        ],
        positions=[
            PositionFound([text], 0, SCRIPT, "demands", f"@SUM(A1) {IMAGE}", date=day, statement=0, told_by="own"),
            PositionFound([image], 1, "../../etc?x=1#y", "rejects", BIDI, date=day, told_by="own"),
        ],
        agreements=[
            AgreementFound([text], SCRIPT, f"-{IMAGE}", "agreed", quantity=(3.0, IMAGE), parties=[0, 1], date=day)
        ],
        outlooks=[OutlookFound([text], "hopeful", holder=0)],
    )  # fmt: skip
    sidecar = json.dumps({"url": "javascript:alert(4)", "title": f"{SCRIPT} {BIDI}", "outlet": IMAGE})
    name = f"{SCRIPT}/../../etc/passwd"
    sha256 = hashlib.sha256(HOSTILE.encode()).hexdigest()
    keep(
        place,
        [Kept("d-0123456789ab", name, sha256, HOSTILE, "1", "1", "read", json.dumps(found.to_json()), None, sidecar)],
    )
    return place


def addresses(state: State) -> list[str]:
    """Every kind of page of a record, and every entry's."""
    found = [
        *("/", "/?zoom=year", "/?zoom=month&at=2024-06", "/?zoom=week&at=2031-05-04", "/encounters", "/positions"),
        *(
            "/positions?at=2024-06",
            "/positions/between",
            "/agreements",
            "/statements",
            "/statements?q=talks",
            "/people",
        ),
        *("/disagreements", "/sources", "/documents", "/ask", "/ask?q=Who+led+the+delegations%3F", "/outlooks"),
        *("/downloads", "/api/v1"),
    ]
    parts = {
        "documents": "documents",
        "actors": "people",
        "meetings": "encounters",
        "positions": "positions",
        "agreements": "agreements",
        "outlooks": "outlooks",
        "disagreements": "disagreements",
        "families": "families",
    }
    for part, page in parts.items():
        found.extend(f"/{page}/{id_}" for id_ in getattr(state, part))
    found.extend(f"/statements/{s.id}" for s in state.index.all())
    return found


def linked(html: str) -> set[str]:
    """The addresses that a page leads to on this server, but for the one that only takes a form."""
    return {a.replace("&amp;", "&") for a in re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', html)} - {"/theme"}


def client(place: Path | str, password: str | None = None) -> TestClient:
    """The app over a record, asked without a network."""
    from dragoman.web.app import create_app

    return TestClient(create_app(place, password), follow_redirects=False)
