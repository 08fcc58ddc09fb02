"""What can be taken away: every table of every page as CSV and JSON, with just the entries that the page has."""

from __future__ import annotations

import csv
import html as entities
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from pypdf import PdfReader

import dragoman
from dragoman.web.state import State
from web_records import addresses, client, hostile

EXAMPLES = Path(__file__).parents[1] / "examples"
WITHOUT = ("/downloads", "/api/v1")
"""Pages whose table only lists addresses."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("web") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), place).close()
    with client(place) as made:
        yield made


@pytest.fixture(scope="module")
def state(web: TestClient) -> State:
    found: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
    return found


def offered(web: TestClient, path: str) -> list[str]:
    """The files to which a page leads in its content."""
    html = web.get(path).text
    main = html[html.index("<main") : html.index("</main>")]
    return [entities.unescape(a) for a in re.findall(r'href="(/downloads/[^"]+)"', main)]


def file(web: TestClient, path: str, name: str) -> list[dict[str, object]]:
    """The entries of the file `name` to which a page leads; its CSV has as many."""
    links = offered(web, path)
    (wanted,) = (a for a in links if a.startswith(f"/downloads/{name}.json"))
    (beside,) = (a for a in links if a.startswith(f"/downloads/{name}.csv"))
    assert wanted.partition("?")[2] == beside.partition("?")[2]
    found: list[dict[str, object]] = web.get(wanted).json()
    rows = list(csv.reader(io.StringIO(web.get(beside).text)))
    assert len(rows) == len(found) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    return found


def test_every_page_with_a_table_offers_it(web: TestClient, state: State) -> None:
    seen = 0
    for path in addresses(state):
        if path.startswith(("/statements/", "/documents/", "/people/", "/positions/p-")) or path in WITHOUT:
            continue
        if "<table" in web.get(path).text:
            links = offered(web, path)
            kinds = {link.partition("?")[0].rpartition(".")[2] for link in links}
            assert {"csv", "json"} <= kinds, path
            assert all(web.get(link).status_code == 200 for link in links), path
            seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/encounters?status=held", "meetings"),
        ("/encounters?q=round&since=2024-06&order=oldest", "meetings"),
        ("/agreements?status=agreed&q=protocol", "agreements"),
        ("/statements?q=water&kind=direct", "statements"),
        ("/people?kind=person&part=mediator", "actors"),
        ("/documents?since=2024-06-10&until=2024-06-30", "documents"),
        ("/disagreements?kind=conflict", "disagreements"),
        ("/outlooks?direction=hopeful", "outlooks"),
    ],
)
def test_a_file_has_what_its_page_shows(web: TestClient, page: str, name: str) -> None:
    plain = page.partition("?")[0]
    shown = web.get(page).text
    many = re.search(r'class="meta"[^>]*>\s*([\d,]+) ', shown)  # over the table stands how many there are
    assert many
    found = file(web, page, name)
    assert len(found) == int(many[1].replace(",", ""))
    assert 0 < len(found) < len(file(web, plain, name))
    for entry in found[:10]:
        assert str(entry["id"]) in shown


def test_files_keep_the_order_of_the_page(web: TestClient) -> None:
    page = "/encounters?order=oldest"
    shown = re.findall(r'<tr id="(m-[^"]+)"', web.get(page).text)
    assert [m["id"] for m in file(web, page, "meetings")] == shown


def test_the_matrix_comes_as_known_on_a_day(web: TestClient, state: State) -> None:
    early, now = file(web, "/positions?at=2024-05-20", "matrix"), file(web, "/positions", "matrix")
    assert 0 < len(early) < len(now)
    taken = file(web, "/positions?at=2024-05-20", "positions")
    assert 0 < len(taken) < len(state.positions)
    for position in taken:
        dated = state.documents[state.positions[str(position["id"])].citations[0].document].dated
        assert dated is not None
        assert dated.to <= "2024-05-20"


def test_the_history_of_a_cell(web: TestClient, state: State) -> None:
    (issue, party), _ = max(state.matrix.cells.items(), key=lambda one: len(one[1].shown))
    page = f"/positions/issue/{issue}?party={party}"
    steps = file(web, page, "history")
    assert len(steps) == len(re.findall(r'<tr id="p-', web.get(page).text))
    assert {step["party"] for step in steps} == {party}
    members = state.stands.members(party)
    assert {p["id"] for p in file(web, page, "positions")} == {
        p.id for p in state.positions.values() if p.issue == issue and p.party in members
    }
    assert web.get("/downloads/history.csv?issue=nothing").status_code == 404


def test_two_sides_compared(web: TestClient, state: State) -> None:
    a, b = state.matrix.parties[1:3]
    found = file(web, f"/positions/between?a={a}&b={b}", "between")
    assert "distance" in {row["item"] for row in found}
    other = file(web, "/positions/between", "between")
    assert other != found


def test_sources_of_an_outlet(web: TestClient, state: State) -> None:
    rows = file(web, "/sources", "outlets")
    assert {row["outlet"] for row in rows} == set(state.outlets)
    name = next(o for o in state.outlets if o)
    (one,) = {(row["outlet"], row["documents"]) for row in file(web, f"/sources?outlet={name}", "outlets")}
    assert one == (name, len(state.outlets[name]))
    shares = [row["share"] for row in rows if row["outlet"] == name]
    assert sum(float(str(share)) for share in shares) == pytest.approx(1, abs=0.01)
    assert len(file(web, "/sources", "families")) == len(state.families)


def test_what_documents_say_of_an_encounter_and_of_a_question(web: TestClient, state: State) -> None:
    told = max(state.told.values(), key=lambda t: len(t.meeting.accounts))
    accounts = file(web, f"/encounters/{told.meeting.id}", "accounts")
    assert [a["document"] for a in accounts] == [a.document for a in told.meeting.accounts]
    question = state.questions[0]
    answers = file(web, f"/disagreements/{question.id}", "answers")
    for answer in answers:
        text = state.text(str(answer["document"]))
        said = text[int(str(answer["start"])) : int(str(answer["end"]))]
        assert " ".join(said.split()) == answer["quote"]
    assert len({answer["answer"] for answer in answers}) == len(question.answers)
    for name in ("accounts", "answers"):
        assert web.get(f"/downloads/{name}.json").status_code == 404


def test_calendar_and_timeline_keep_to_the_filters(web: TestClient, state: State) -> None:
    links = offered(web, "/encounters?status=held&since=2024-06-15")
    (ics,) = (a for a in links if ".ics" in a)
    (timeline,) = (a for a in links if "timeline.json" in a)
    events = Calendar.from_ical(web.get(ics).content).walk("VEVENT")
    wanted = {
        m.id
        for m in state.meetings.values()
        if m.status == "held" and m.date is not None and m.date.to >= "2024-06-15"
    }  # fmt: skip
    assert wanted
    assert {str(e["uid"]).removesuffix("@dragoman") for e in events} == wanted
    assert {e["unique_id"] for e in web.get(timeline).json()["events"]} == wanted
    (zoomed,) = (a for a in offered(web, "/?zoom=month&at=2024-07-10") if "timeline.json" in a)
    days = web.get(zoomed).json()["events"]
    assert {e["unique_id"][0] for e in days} == {"m", "g"}
    assert len(days) < len(web.get("/downloads/timeline.json").json()["events"])


def test_the_brief_comes_as_a_pdf(web: TestClient, state: State) -> None:
    answer = web.get("/downloads/brief.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert "attachment" in answer.headers["content-disposition"]
    made = PdfReader(io.BytesIO(answer.content))
    assert made.metadata is not None
    assert made.metadata.title == state.brief.title
    assert "/downloads/brief.pdf" in offered(web, "/downloads")


def test_no_cell_of_any_table_is_a_formula(tmp_path: Path) -> None:
    with client(hostile(tmp_path / "record.db")) as web:
        state: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
        encounter, issue = next(iter(state.meetings)), state.matrix.issues[0]
        for name in (
            "matrix",
            "between",
            "outlets",
            "words",
            f"accounts?encounter={encounter}",
            f"history?issue={issue}",
        ):
            table, _, query = name.partition("?")
            text = web.get(f"/downloads/{table}.csv?{query}").text
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert cells
            for cell in cells:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+(e-?\d+)?", cell), cell
        assert web.get("/downloads/brief.pdf").status_code == 200
