"""Exports for other programs: PLOVER's events, statements for Discourse Network Analyzer, a table for each part."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import dragoman
import made_up
import stood
from dragoman import cli
from dragoman.extract.findings import ActorFound, AgreementFound, DateFound, Findings, MeetingFound, PositionFound
from dragoman.library import Record
from dragoman.record import PARTS, Export, Family, Meeting, Statement
from dragoman.report import csv_parts, dna, exporting, plover
from dragoman.report.countries import alpha2_of, alpha3_of
from dragoman.report.source import ExportSource

DAY = "2031-05-05"  # a Monday
NEXT = "2031-05-06"
LATER = "2031-05-20"
DOCUMENTS = [stood.document(f"d{n}", day) for n, day in enumerate([DAY, NEXT, LATER], 1)]


def met(id: str = "m1", document: str = "d1", **fields: Any) -> Meeting:
    told = {"kind": "talks", "level": "ministers", "status": "held", "parties": ["orvale", "keth"]}
    told |= {"date": stood.date(DAY), **fields}
    cited = [stood.cite(document, "met in Dunmere")]
    account = {**told, "document": document, "citations": cited}
    made = {"id": id, "title": "Talks", **told, "accounts": [account], "citations": cited}
    return Meeting.model_validate(made)


def record(**parts: Any) -> ExportSource:
    return ExportSource(Export(**{"documents": DOCUMENTS, "actors": stood.actors(), **parts}))


def coded(left_out: Counter[str] | None = None, **parts: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    counted = plover.write_plover(record(**parts), out)
    if left_out is not None:
        left_out.update(counted)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def code(entry: dict[str, Any]) -> tuple[str, list[str]]:
    return entry["event"][0], entry["mode"]


def legal(event: dict[str, Any]) -> None:
    """What the manual says of a record's fields and values."""
    known = plover.mapping()
    assert tuple(event) == plover.FIELDS
    assert event["date"] <= event["enddate"]
    assert all(len(event[day]) == 10 for day in ("date", "enddate"))
    assert event["actor"]
    assert all(actor["actor_text"] for actor in event["actor"] + event["recipient"])
    (kind,) = event["event"]
    assert kind in known["quads"][event["quad_code"]]
    assert set(event["mode"]) <= set(known["modes"].get(kind, []))
    assert set(event["context"]) <= set(known["contexts"])
    assert event["event_loc"] is None or event["event_loc"]["name"]
    assert event["event_text"] == list(dict.fromkeys(c["quote"] for c in event["dragoman"]["citations"]))
    assert event["text"] == "\n".join(event["event_text"])
    assert event["dragoman"]["sources"] >= 1


# -- PLOVER: what becomes what ----------------------------------------------------------------------------------------


def test_the_mapping_has_only_the_manual_s_values() -> None:
    known = plover.mapping()
    types = {event for events in known["quads"].values() for event in events}
    assert len(types) == 16
    assert set(known["modes"]) <= types
    for about in [*known["issues"].values(), known["unknown_issue"]]:
        assert about["ask"] in (None, *known["modes"]["REQUEST"])
        assert about["context"] in (None, *known["contexts"])
        assert {about["accept"], about["agreed"]} <= types
        event, mode = about["done"] or ("AGREE", None)
        assert event in types
        assert mode is None or mode in known["modes"][event]
    assert known["modes"]["REQUEST"] == known["modes"]["REJECT"], "the manual has one list for both"


@pytest.mark.parametrize(
    ("issue", "stance", "content", "expected"),
    [
        ("ceasefire", "demands", "a truce of thirty days", ("REQUEST", ["yield"])),
        ("prisoners", "rejects", "handing over the crew", ("REJECT", ["yield"])),
        ("economy", "demands", "lower tolls on the canal", ("REQUEST", ["assist"])),
        ("governance", "demands", "new elections", ("REQUEST", ["change"])),
        ("leaders_meeting", "rejects", "a summit this year", ("REJECT", ["meet"])),
        ("territory", "proposes", "a joint lease", ("AGREE", [])),
        ("territory", "open_to", "a joint lease", ("AGREE", [])),
        ("ceasefire", "accepts", "the truce", ("CONCEDE", [])),
        ("security_guarantees", "accepts", "three guarantors", ("AGREE", [])),
        ("a users own issue", "demands", "more bread", ("REQUEST", [])),
        ("withdrawal", "demands", "issued an ultimatum to leave the hills", ("THREATEN", ["relations"])),
        ("process", "rejects", "broke off the talks", ("SANCTION", ["withdraw"])),
        ("process", "rejects", "walked out of the negotiations", ("SANCTION", ["withdraw"])),
        ("process", "rejects", "threatened to walk out of the talks", ("THREATEN", ["relations"])),
        ("process", "rejects", "refused to break off the talks", ("REJECT", ["meet"])),
        ("ceasefire", "rejects", "ending the shelling during talks", ("REJECT", ["yield"])),
        ("alliances", "accepts", "dropped its demand for a base", ("CONCEDE", [])),
        ("labour", "open_to", "would give up the claim to a bonus", ("CONCEDE", [])),
    ],
)
def test_stands_become_events(issue: str, stance: str, content: str, expected: tuple[str, list[str]]) -> None:
    (event,) = coded(positions=[stood.stand("p1", "d1", "orvale", issue, stance, content, addressee="keth")])
    legal(event)
    assert code(event) == expected
    assert [actor["actor_text"] for actor in event["recipient"]] == ["Keth"]
    assert (event["date"], event["dragoman"]["date_basis"]) == (DAY, "report")


def test_a_condition_is_a_hypothetical_yes() -> None:
    (event,) = coded(positions=[stood.stand("p1", "d1", "orvale", "ceasefire", "conditions", "a truce")])
    assert code(event) == ("AGREE", [])
    assert event["context"] == ["military", "hypothetical"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("CONSULT", [])),
        ({"mediators": ["dun"]}, ("CONSULT", ["third-party"])),
        ({"kind": "forum"}, ("CONSULT", ["multilateral"])),
        ({"kind": "call"}, ("CONSULT", ["phone"])),
        ({"format": "video", "mediators": ["dun"]}, ("CONSULT", ["phone"])),
        ({"kind": "visit", "country": "Keth"}, ("CONSULT", ["visit"])),
        ({"kind": "visit", "country": "Elsewhere"}, ("CONSULT", [])),
        ({"status": "scheduled"}, ("AGREE", [])),
        ({"status": "postponed"}, ("AGREE", [])),
        ({"status": "proposed"}, ("REQUEST", ["meet"])),
        ({"status": "cancelled"}, ("REJECT", ["meet"])),
        ({"status": "declined"}, ("REJECT", ["meet"])),
    ],
)
def test_encounters_become_events(fields: dict[str, Any], expected: tuple[str, list[str]]) -> None:
    (event,) = coded(meetings=[met(place="Dunmere", date=stood.date("2031-05-03"), **fields)])
    legal(event)
    assert code(event) == expected
    held = fields.get("status", "held") == "held"
    assert event["date"] == ("2031-05-03" if held else DAY), "what is only announced happened when it was reported"
    assert event["dragoman"]["planned"] == (None if held else ["2031-05-03"] * 2)
    assert ("future" in event["context"]) == (fields.get("status") in ("scheduled", "postponed"))
    assert event["event_loc"]["name"] == "Dunmere"
    assert [m["name"] for m in event["dragoman"]["mediators"]] == ["Dunmere"] * len(fields.get("mediators", []))


def test_all_who_meet_are_actors_but_a_host_is_the_recipient() -> None:
    def named(**fields: Any) -> tuple[list[str], list[str]]:
        (event,) = coded(meetings=[met(**fields)])
        return tuple([a["actor_text"] for a in event[key]] for key in ("actor", "recipient"))  # type: ignore[return-value]

    assert named() == (["Orvale", "Keth"], [])
    assert named(kind="visit", country="Keth") == (["Orvale"], ["Keth"])
    assert named(mediators=["dun"]) == (["Orvale", "Keth"], []), "a mediator between two is no party to it"
    assert named(parties=["orvale"], mediators=["dun"]) == (["Orvale", "Dunmere"], [])
    assert named(parties=[], participants=["minister"]) == (["Ana Brill"], [])


@pytest.mark.parametrize(
    ("issue", "content", "expected"),
    [
        ("ceasefire", "a truce of ten days", [("CONCEDE", []), ("RETREAT", ["ceasefire"])]),
        ("withdrawal", "leaving the two bridges", [("CONCEDE", []), ("RETREAT", ["withdraw"])]),
        ("prisoners", "swapping forty sailors", [("AGREE", []), ("RETREAT", ["release"])]),
        ("humanitarian", "opening a road", [("AGREE", []), ("RETREAT", ["access"])]),
        ("economy", "a cut of the toll", [("AGREE", []), ("COOPERATE", [])]),
        ("economy", "a protocol signed in Dunmere", [("SUPPORT", []), ("COOPERATE", [])]),
        ("economy", "a protocol to be signed in Dunmere", [("AGREE", []), ("COOPERATE", [])]),
        ("economy", "a protocol that has not been signed", [("AGREE", []), ("COOPERATE", [])]),
    ],
)
def test_an_agreement_is_an_event_when_made_and_when_kept(
    issue: str, content: str, expected: list[tuple[str, list[str]]]
) -> None:
    steps = (("d1", "agreed", DAY), ("d3", "implemented", "2031-05-18"))
    left_out: Counter[str] = Counter()
    found = coded(left_out, agreements=[stood.agreed("g1", "d1", issue, content, "implemented", steps)])
    for event in found:
        legal(event)
    assert [code(event) for event in found] == expected
    assert [(e["id"], e["date"]) for e in found] == [("g1", DAY), ("g1/implemented", "2031-05-18")]
    assert {e["dragoman"]["entry"] for e in found} == {"g1"}
    assert not left_out


def test_a_breach_names_no_actor_and_is_left_out_with_a_count() -> None:
    left_out: Counter[str] = Counter()
    broken = stood.agreed("g1", "d2", "ceasefire", "the truce", "breached", date=stood.date(DAY))
    found = coded(left_out, agreements=[broken])
    assert [code(event) for event in found] == [("CONCEDE", [])], "it was agreed before it was broken"
    assert found[0]["dragoman"]["latest_status"] == "breached"
    assert list(left_out.values()) == [1]


# -- PLOVER: nothing is inflated --------------------------------------------------------------------------------------


def test_a_reprint_is_no_second_event() -> None:
    text = "all troops must leave the two bridges at once"
    stands = [
        stood.stand("p2", "d2", "orvale", "withdrawal", "demands", text),
        stood.stand("p1", "d1", "orvale", "withdrawal", "demands", text + " and for good"),
        stood.stand("p3", "d3", "orvale", "withdrawal", "demands", text),
    ]
    family = Family(id="f1", documents=["d1", "d2"], kind="near_duplicate")
    left_out: Counter[str] = Counter()
    first, other = coded(left_out, positions=stands, families=[family])
    assert (first["id"], first["dragoman"]["copies"]) == ("p1", ["p2"]), "the earliest stands for its reprints"
    assert first["dragoman"]["sources"] == 1
    assert other["id"] == "p3", "a document of its own is a witness of its own"
    assert left_out == {"positions that are reprints": 1}
    assert len(coded(positions=stands)) == 3, "without the family they are three"
    numbered = [
        stood.stand(f"p{n}", f"d{n}", "orvale", "ceasefire", "demands", f"{n}0 days", (n * 10, "days")) for n in (1, 2)
    ]
    assert len(coded(positions=numbered, families=[family])) == 2, "another number is another stand"


def test_what_others_tell_counts_once_and_not_beside_own_words() -> None:
    def told(id: str, document: str, told_by: str = "outlet", **more: Any) -> Any:
        return stood.stand(id, document, "orvale", "territory", "rejects", f"any lease {id}", told_by=told_by, **more)

    own = told("p1", "d1", "own")
    claims = [told("p2", "d2"), told("p3", "d2", "other_side"), told("p4", "d3", "unnamed")]
    assert [e["id"] for e in coded(positions=[own, *claims])] == ["p1", "p4"], "p4 is told two weeks later"
    assert [e["id"] for e in coded(positions=claims)] == ["p2", "p4"]
    assert coded(positions=[own, *claims])[0]["dragoman"]["sources"] == 2
    delegate = stood.stand("p5", "d1", "minister", "territory", "rejects", "any lease")
    assert [e["id"] for e in coded(positions=[*claims, delegate])] == ["p4", "p5"], "a delegate's words are the party's"


def test_earlier_days_retold_are_one_historical_event() -> None:
    def past(id: str, document: str, **more: Any) -> Any:
        return stood.stand(id, document, "keth", "alliances", "demands", f"the base {id}", past=True, **more)

    then = stood.date("2029-01-01", "2029-12-31")
    left_out: Counter[str] = Counter()
    (event,) = coded(left_out, positions=[past("p1", "d1", date=then), past("p2", "d2", date=then), past("p3", "d3")])
    legal(event)
    assert (event["id"], event["date"], event["enddate"]) == ("p1", "2029-01-01", "2029-12-31")
    assert "historical" in event["context"]
    assert event["dragoman"]["sources"] == 2
    assert left_out == {"positions told elsewhere": 1, "positions without a date": 1}


def test_sources_of_an_encounter_are_independent_documents() -> None:
    one = met()
    accounts = [one.accounts[0].model_copy(update={"document": d}) for d in ("d1", "d2", "d3")]
    told = one.model_copy(update={"accounts": accounts})
    family = Family(id="f1", documents=["d3", "d1"], kind="duplicate")
    (event,) = coded(meetings=[told], families=[family])
    assert event["dragoman"]["sources"] == 2
    assert [d["name"] for d in event["dragoman"]["documents"]] == ["d1.txt", "d2.txt", "d3.txt"]


def test_what_has_no_date_or_no_actor_is_left_out_with_a_count() -> None:
    left_out: Counter[str] = Counter()
    assert coded(left_out, meetings=[met(date=None)]) == [], (
        "an encounter was not on the day of a report that names none"
    )
    undated = [stood.document("d1", None)]
    stand = stood.stand("p1", "d1", "orvale", "economy", "demands", "x")
    assert (
        coded(left_out, documents=undated, positions=[stand], agreements=[stood.agreed("g1", "d1", "economy", "y")])
        == []
    )
    assert left_out == {"meetings without a date": 1, "positions without a date": 1, "agreements without a date": 1}
    left_out.clear()
    assert coded(left_out, meetings=[met("m2", parties=[])]) == []
    assert left_out == {"meetings without an actor": 1}


def test_actors_have_codes_where_they_are_known() -> None:
    actors = stood.actors()
    actors[0] = actors[0].model_copy(update={"names": ["Orvale", "Norway"]})
    (event,) = coded(
        actors=actors,
        positions=[stood.stand("p1", "d1", "minister", "economy", "demands", "x", addressee="keth")],
    )
    assert event["actor"] == [
        {"code": "NOR", "sector": "GOV", "actor_text": "Ana Brill", "side": "Orvale", "dragoman_id": "minister"}
    ]
    assert event["recipient"][0]["code"] is None, "no country's code is guessed"
    assert (alpha2_of("Norway"), alpha3_of("Norway"), alpha3_of("Orvale"), alpha3_of(None)) == ("NO", "NOR", None, None)


# -- DNA --------------------------------------------------------------------------------------------------------------


def rows(source: Any) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    dna.write_dna(source, out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_dna_has_own_words_with_speaker_organisation_and_agreement() -> None:
    said = Statement(
        id="s1", document="d1", speaker="minister", kind="direct",
        content=[stood.cite("d1", "No")], citations=[stood.cite("d1", "No")],
    )  # fmt: skip
    stands = [
        stood.stand("p1", "d1", "orvale", "territory", "rejects", "a lease of the northern bridge", statement="s1"),
        stood.stand("p2", "d2", "keth", "territory", "demands", "lease of the northern bridge"),
        stood.stand("p3", "d2", "keth", "territory", "accepts", "joint patrols"),
        stood.stand("p4", "d3", "keth", "territory", "accepts", "joint patrols", told_by="other_side"),
        stood.stand("p5", "d3", "keth", "territory", "accepts", "joint patrols", past=True),
    ]
    first, second, third = rows(record(positions=stands, statements=[said]))
    assert list(first) == list(dna.COLUMNS)
    assert list(first)[:7] == ["document", "date", "speaker", "organisation", "concept", "agreement", "quote"]
    assert list(first.values())[:4] == ["d1.txt", DAY, "Ana Brill", "Orvale"]
    assert (second["speaker"], second["organisation"]) == ("", "Keth")
    assert [row["agreement"] for row in (first, second, third)] == ["0", "1", "1"]
    assert first["concept"] == second["concept"] == "territory: a lease of the northern bridge"
    assert third["concept"] != first["concept"], "to want something of an issue is not to agree on it"


def test_dna_counts_characters_as_java_does() -> None:
    text = "🕊 Peace, she said: “Now 🕊 peace.”"
    quote = "Now 🕊 peace"
    start = text.index(quote)
    stand = stood.stand("p1", "d1", "orvale", "ceasefire", "demands", quote)
    stand = stand.model_copy(update={"citations": [stood.cite("d1", quote, start)]})
    source = stood.source(DOCUMENTS, [stand])
    (without,) = rows(source)
    source.texts["d1"] = text  # type: ignore[index]
    (row,) = rows(source)
    assert (int(row["startCaret"]), int(row["endCaret"])) == (start + 1, start + len(quote) + 2)
    units = text.encode("utf-16-le")[2 * (start + 1) : 2 * (start + len(quote) + 2)]
    assert units.decode("utf-16-le") == quote
    assert int(without["startCaret"]) == start, "where the text is not at hand, as the record has it"


# -- tables -----------------------------------------------------------------------------------------------------------

UGLY = 'He wrote:\r\n"=SUM(A1)", and\n\n“no;\tthat | is, never” 🕊'


def table(source: Any, part: str) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    csv_parts.write_part(source.export if isinstance(source, ExportSource) else source, part, out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_tables_come_back_as_they_were_written() -> None:
    stand = stood.stand(
        "p1", "d1", "minister", "territory", "rejects", UGLY, (30, "days"), (2.5, "%"), addressee="keth"
    )
    (row,) = table(record(positions=[stand]), "positions")
    assert (row["content"], row["quotes"]) == (UGLY, UGLY)
    assert row["citations"] == f"d1:0-{len(UGLY)}"
    assert (row["party"], row["party_name"], row["addressee_name"]) == ("minister", "Ana Brill", "Keth")
    assert row["quantities"] == "30.0 days; 2.5 %"
    assert (row["past"], row["date_from"], row["teller_name"]) == ("false", "", "")
    steps = (("d1", "agreed", DAY), ("d3", "implemented", None))
    agreement = stood.agreed("g1", "d1", "prisoners", UGLY, "implemented", steps, quantity={"value": 30, "unit": "men"})
    (row,) = table(record(agreements=[agreement]), "agreements")
    assert json.loads(row["steps"]) == [s.model_dump(mode="json", by_alias=True) for s in agreement.steps]
    assert (row["quantity_value"], row["quantity_unit"]) == ("30.0", "men")
    assert (row["parties"], row["parties_name"]) == ("orvale; keth", "Orvale; Keth")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1 day", "@a", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    stand = stood.stand("p1", "d1", "orvale", "territory", "rejects", formula)
    for row in (table(record(positions=[stand]), "positions")[0], rows(record(positions=[stand]))[0]):
        assert row["content"] == "'" + formula
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize("part", PARTS)
def test_every_field_of_a_part_has_its_column(part: str) -> None:
    columns = csv_parts.columns(part)
    assert columns[0] == "id"
    assert len(set(columns)) == len(columns)
    for name in PARTS[part].model_fields:
        assert any(c == name or c.startswith(f"{name}_") for c in columns), name
    assert table(record(), part) == [] or part in ("documents", "actors")


# -- whole records ----------------------------------------------------------------------------------------------------


def kept() -> list[made_up.Kept]:
    """Three documents that tell of the same two sides."""
    made = []
    for number, stance in enumerate(("demands", "rejects", "demands")):
        actors = [ActorFound(n, {n: (0, 5)}, "state", part="party") for n in made_up.STATES[:2]]
        day = DateFound("2031-05-04", "2031-05-04", "then", "stated")
        spans = [made_up.span("spoke of progress")]
        found = Findings(
            "en", 40, dated=DateFound(DAY, DAY, "on Monday", "stated"), actors=actors,
            meetings=[MeetingFound(spans, "talks", "ministers", "held", date=day, place="Ambry", parties=[0, 1])],
            positions=[PositionFound(spans, number % 2, "ceasefire", stance, "a truce", told_by="own")],
            agreements=[AgreementFound(spans, "prisoners", "a swap", "agreed", (30.0, "men"), [0, 1], date=day)],
        )  # fmt: skip
        made.append(made_up.kept(f"{number}.txt", found))
    return made


def written(place: Path, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    with Record(place) as opened:
        for format in ("json", "plover", "dna"):
            dragoman.export(opened, format, folder / format)  # type: ignore[arg-type]
        dragoman.export(opened, "csv", folder / "csv")
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_exports_are_the_same_in_whatever_order_documents_were_read(tmp_path: Path) -> None:
    seen = []
    for number, order in enumerate(itertools.permutations(kept())):
        made_up.keep(tmp_path / f"{number}.db", *([document] for document in order))
        seen.append(written(tmp_path / f"{number}.db", tmp_path / str(number)))
    assert set(seen[0]) == {"json", "plover", "dna", *(f"csv/{part}.csv" for part in PARTS)}
    assert all(files == seen[0] for files in seen)
    events = [json.loads(line) for line in seen[0]["plover"].splitlines()]
    assert [code(e)[0] for e in events] == ["CONSULT", "AGREE", "REQUEST", "REJECT", "REQUEST"]
    assert events[0]["dragoman"]["sources"] == 3
    assert len(seen[0]["dna"].splitlines()) == 4


@settings(max_examples=10, deadline=None)
@given(made_up.findings(), made_up.findings())
def test_whatever_is_found_every_event_is_legal_and_every_table_whole(one: Findings, other: Findings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made_up.keep(Path(folder) / "r", [made_up.kept("one", one), made_up.kept("other", other)])
        with Record(Path(folder) / "r") as opened:
            events = list(plover.events(opened))
            for event in events:
                legal(event)
            assert len({event["id"] for event in events}) == len(events)
            for part in PARTS:
                assert [row["id"] for row in table(opened, part)] == [e.id for e in getattr(opened, part)]
            assert len(rows(opened)) == sum(p.told_by == "own" and not p.past for p in opened.positions)


class Streamed:
    """A record of so many documents with a stand each, none of them held."""

    actors = stood.actors()
    meetings: tuple[Meeting, ...] = ()
    agreements: tuple[Any, ...] = ()
    families: tuple[Family, ...] = ()

    def __init__(self, many: int) -> None:
        self.many = many

    @property
    def documents(self) -> Iterator[Any]:
        return (stood.document(f"d{n:05}", DAY) for n in range(self.many))

    @property
    def positions(self) -> Iterator[Any]:
        stands = (("orvale", "territory", "rejects"), ("keth", "prisoners", "demands"))
        return (stood.stand(f"p{n:05}", f"d{n:05}", *stands[n % 2], f"number {n}") for n in range(self.many))


class Counting(io.TextIOBase):
    """Takes text and keeps none of it."""

    lines = 0

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        return len(text)


def test_memory_does_not_grow_with_the_record() -> None:
    peaks = []
    for many in (1_800, 600, 1_800):  # the first fills pydantic's own cache of strings, which has a limit
        out = Counting()
        tracemalloc.start()
        plover.write_plover(Streamed(many), out)  # type: ignore[arg-type]  # it has what this export asks for
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert out.lines == many
    assert peaks[2] < 1.2 * peaks[1]


# -- the command and the library --------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made_up.keep(tmp_path / "r.db", kept())
    return tmp_path / "r.db"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["dragoman", "export", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_the_command_writes_what_the_library_writes(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = written(place, tmp_path / "library")
    for format in ("json", "plover", "dna"):
        assert run(monkeypatch, "-f", format, "-r", place, "-o", tmp_path / format) == 0
        assert (tmp_path / format).read_bytes() == files[format]
    assert run(monkeypatch, "-f", "csv", "-r", place, "-o", tmp_path / "tables") == 0
    assert {f"csv/{p.name}": p.read_bytes() for p in (tmp_path / "tables").iterdir()} == {
        name: data for name, data in files.items() if name.startswith("csv/")
    }
    capsys.readouterr()
    assert run(monkeypatch, "-f", "csv", "--part", "positions", "-r", place) == 0
    assert capsys.readouterr().out.replace("\r\n", "\n") == files["csv/positions.csv"].decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["-f", "csv"], "name a folder"),
        (["-f", "plover", "--part", "positions"], "goes with --format csv"),
        (["-f", "csv", "-o", "FILE"], "a file, not a folder"),
    ],
)
def test_what_does_not_fit_is_one_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    given_ = [str(place) if word == "FILE" else word for word in arguments]
    assert run(monkeypatch, *given_, "-r", place) == 1
    error = capsys.readouterr().err
    assert line in error
    assert error.count("\n") == 1


def test_the_parts_of_the_command_are_those_of_the_record() -> None:
    assert [part.value for part in cli.ExportPart] == list(PARTS)


def test_the_library_refuses_what_does_not_fit(place: Path) -> None:
    with Record(place) as opened:
        for arguments in (("xml", io.StringIO()), ("csv", io.StringIO()), ("csv", io.StringIO(), "wishes")):
            with pytest.raises(ValueError, match=r"not one of|folder|one of"):
                exporting.export(opened, *arguments)  # type: ignore[arg-type]


def test_an_export_that_fails_leaves_the_old_file(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "events.jsonl"
    target.write_text("before")
    monkeypatch.setattr(plover.json, "dumps", lambda *_, **__: 1 / 0)
    with Record(place) as opened, pytest.raises(ZeroDivisionError):
        exporting.export(opened, "plover", target)
    assert target.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["events.jsonl", "r.db"]


def test_left_out_entries_are_told_on_the_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Findings("en", 40, meetings=[MeetingFound([made_up.span("met")], "talks", "ministers", "held")])
    made_up.keep(tmp_path / "r.db", [made_up.kept("a.txt", found)])
    assert run(monkeypatch, "-f", "plover", "-r", tmp_path / "r.db") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "not written: meetings without a date: 1\n"
