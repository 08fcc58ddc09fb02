"""A record whose names are long, Cyrillic and right-to-left, for tests of how pages look."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

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
from made_up import keep

LONG = (
    "The Provisional Inter-Cantonal Coordination Council for the Reconstruction, Resettlement and Demilitarisation of "
    "the Upper and Lower Ostravian Highlands"
)
WELDED = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
CYRILLIC = "Объединённая Республика Заречье"
HEBREW = "הרפובליקה של עמק הנהר"
ARABIC = "جمهورية الوادي الكبير الديمقراطية"
PERSON = "د. عبد الرحمن بن يوسف الواديّ"
SPEAKER = "Александра Константиновна Переславцева-Заозёрская"

TEXT = f"""{CYRILLIC}, {ARABIC}: переговоры в Женеве

{SPEAKER} заявила, что «мы требуем вывода всех войск до 1 июня».
{PERSON} قال إن «الجمهورية ترفض الانسحاب قبل وقف إطلاق النار».
{HEBREW} דוחה את ההצעה, אמר הדובר.
{LONG} and {WELDED} met in Geneva; "an exchange of 1,200 prisoners was agreed," it said.
"""


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def many_scripts(place: Path) -> Path:
    """The record, kept at a place."""
    day = DateFound("2031-05-04", "2031-05-04", "4 May", "stated")
    later = DateFound("2031-06-09", "2031-06-09", "9 June", "stated")
    russian, arabic, hebrew, exchange = (
        _at("мы требуем вывода всех войск до 1 июня"),
        _at("الجمهورية ترفض الانسحاب قبل وقف إطلاق النار"),
        _at("דוחה את ההצעה"),
        _at("an exchange of 1,200 prisoners was agreed"),
    )
    states = ((name, "state") for name in (CYRILLIC, ARABIC, HEBREW))
    helpers = ((name, "organisation") for name in (LONG, WELDED))
    want, refuse = "вывода всех войск до 1 июня", "الانسحاب قبل وقف إطلاق النار"
    found = Findings(
        "ru",
        80,
        title=TEXT.splitlines()[0],
        outlet=f"Заречный вестник {WELDED}",
        credits=[ARABIC],
        dated=day,
        actors=[
            *(ActorFound(name, {name: _at(name)}, kind, part="party") for name, kind in states),
            *(ActorFound(name, {name: _at(name)}, kind, part="mediator") for name, kind in helpers),
            ActorFound(SPEAKER, {SPEAKER: _at(SPEAKER)}, "person", side=0, roles=[RoleFound(LONG, 0, _at(SPEAKER))]),
            ActorFound(PERSON, {PERSON: _at(PERSON)}, "person", side=1, roles=[RoleFound(ARABIC, 1, _at(PERSON))]),
        ],
        statements=[
            StatementFound([russian], "direct", [russian], 5, cue="заявила", channel="пресс-конференция", date=day),
            StatementFound([arabic], "direct", [arabic], 6, cue="قال", date=day),
            StatementFound([hebrew], "indirect", [hebrew], 2, cue="אמר", date=later, via=WELDED),
        ],
        meetings=[
            MeetingFound(
                [exchange], "talks", "leaders", "held", date=day, place="Geneva", country="Switzerland",
                outcome=TEXT[-90:-2], venue=WELDED, parties=[0, 1], mediators=[3, 4], participants=[5, 6],
            ),
            MeetingFound([hebrew], "summit", "ministers", "proposed", date=later, place=ARABIC, parties=[0, 2]),
        ],
        positions=[
            PositionFound([russian], 0, "withdraw_troops", "demands", want, date=day, statement=0, told_by="own"),
            PositionFound([arabic], 1, "withdraw_troops", "rejects", refuse, date=day, statement=1, told_by="own"),
            PositionFound([hebrew], 2, WELDED, "rejects", TEXT[:80], date=later, told_by="own"),
        ],
        agreements=[
            AgreementFound([exchange], LONG, "prisoners", "agreed", quantity=(1200.0, WELDED), parties=[0, 1], date=day)
        ],
        outlooks=[OutlookFound([hebrew], "doubtful", holder=2)],
    )  # fmt: skip
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    name = "ملف-" + WELDED + ".txt"
    data = json.dumps(found.to_json())
    keep(place, [Kept("d-0a1b2c3d4e5f", name, sha256, TEXT, "1", "1", "read", data, None, None)])
    return place
