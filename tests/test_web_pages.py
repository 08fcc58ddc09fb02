"""Every page of a record of the examples: it is there, leads only to what is there, and says what the record says."""

from __future__ import annotations

import csv
import html as entities
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

import dragoman
from articles import article
from dragoman.library import open_record
from dragoman.record import Export
from dragoman.web.entries import words as words_of
from dragoman.web.pages import api
from dragoman.web.rendering import PAGES
from dragoman.web.search import Query
from dragoman.web.state import State
from web_records import addresses, client, linked

EXAMPLES = Path(__file__).parents[1] / "examples"
HEAVIEST = 300_000


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("web") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), place).close()
    return place


@pytest.fixture(scope="module")
def web(record: Path) -> Iterator[TestClient]:
    with client(record) as made:
        yield made


@pytest.fixture(scope="module")
def state(web: TestClient) -> State:
    found: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
    return found


def test_every_page_is_there_and_light_and_leads_only_to_what_is_there(web: TestClient, state: State) -> None:
    wanted: set[str] = set()
    known = addresses(state)
    for address in known:
        answer = web.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) <= HEAVIEST, address
        wanted |= linked(answer.text)
    assert len(wanted) > 100
    for address in sorted(wanted - set(known))[::3]:
        assert web.get(address).status_code in (200, 303), address


class _Outline(HTMLParser):
    """Whether elements close, ids are unique, and what a page has."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "rect", "path", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open, tag
        assert self.open.pop() == tag, (tag, self.open[-3:])


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_a_page_is_well_formed_and_has_its_landmarks(web: TestClient, path: str) -> None:
    outline = _Outline()
    outline.feed(web.get(path).text)
    assert outline.open == ["html"] or not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert landmark in outline.tags


def test_the_overview_names_the_parties_and_draws_encounters(web: TestClient, state: State) -> None:
    html = web.get("/").text
    for party in state.matrix.parties[:2]:
        assert state.name(party) in html
    dated = [m for m in state.meetings.values() if m.date]
    drawn = set(re.findall(r'<a href="(/encounters/[^"]+)" aria-label=', html))
    assert drawn == {f"/encounters/{m.id}" for m in dated}


def test_zooming_shows_less(web: TestClient) -> None:
    def drawn(path: str) -> int:
        return len(re.findall(r"aria-label=\"[^\"]*\d{4}:", web.get(path).text))

    assert drawn("/?zoom=week&at=2024-06-19") < drawn("/?zoom=month&at=2024-06-19") < drawn("/?zoom=year&at=2024-06-19")


def test_what_is_new_since_the_last_visit(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(article(number), encoding="utf-8")
    dragoman.read(files[0], place, processes=1).close()
    with client(place) as web:
        first = web.get("/")
        assert "Latest changes" in first.text
        before, now, at = first.cookies["dragoman_visit"].split(".")
        hour_ago = f"{before}.{now}.{int(at) - 3600}"
        web.cookies.set("dragoman_visit", hour_ago)
        assert "No new documents" in web.get("/").text
        dragoman.read(files[1], place, processes=1).close()  # while the server runs
        web.cookies.clear()
        web.cookies.set("dragoman_visit", hour_ago)
        assert "1 new document" in web.get("/").text
        assert "2 documents" in web.get("/documents").text


def test_a_document_is_whole_and_every_finding_leads_to_its_words(web: TestClient, state: State) -> None:
    for document in list(state.documents)[:5]:
        html = web.get(f"/documents/{document}").text
        body = html[html.index('id="text"') : html.index("<aside")]
        body = body[body.index(">") + 1 :]
        body = re.sub(r'<a class="tag[^>]*><span class="hidden">[^<]*</span>[A-Z]</a>', "", body)
        shown = re.sub(r"<[^>]+>", "", body)
        assert entities.unescape(shown).strip() == state.text(document).replace("\r\n", "\n").strip()
        anchors = set(re.findall(r'id="(c-\d+-\d+)"', html))
        asked = set(re.findall(r'href="#(c-\d+-\d+)"', html))
        assert asked <= anchors
        entries = set(re.findall(r'href="#(e-[^"]+)"', html))
        assert entries <= set(re.findall(r'id="(e-[^"]+)"', html))


def test_the_words_that_were_asked_for_are_marked(web: TestClient, state: State) -> None:
    statement = next(state.index.all())
    c = statement.content[0]
    html = web.get(f"/documents/{c.document}?at={c.start}-{c.end}").text
    marked = "".join(re.sub(r"<[^>]+>", "", m) for m in re.findall(r"<mark>(.*?)</mark>", html, re.S))
    assert len(marked) >= c.end - c.start
    assert f'id="c-{c.start}-{c.end}"' in html


def test_statements_are_found_stemmed_by_phrase_and_by_facet(web: TestClient, state: State) -> None:
    everything = list(state.index.all())

    def found(**query: str) -> int:
        answer: int = web.get("/api/v1/statements", params=query).json()["total"]
        return answer

    assert found() == len(everything)
    word = next(w for s in everything for w in s.content[0].quote.split() if len(w) > 6 and w.isalpha())
    assert found(q=word) >= 1
    assert found(q=word[:5]) >= found(q=word)  # while it is typed
    words = next(s.content[0].quote for s in everything if len(s.content[0].quote.split()) > 6).split()[1:4]
    phrase = " ".join(words)
    assert found(q=f'"{phrase}"') >= 1
    assert found(q=f'"{" ".join(reversed(words))}"') == 0
    sides = state.index.find(Query()).facets["side"]
    assert sum(many for _, many in sides) == len(everything)
    for side, many in sides:
        assert found(side=side) == many


def test_tables_come_as_csv_and_json(web: TestClient, state: State) -> None:
    for part, many in (("documents", len(state.documents)), ("meetings", len(state.meetings))):
        rows = list(csv.reader(io.StringIO(web.get(f"/downloads/{part}.csv").text)))
        assert len(rows) == many + 1
        assert len(web.get(f"/downloads/{part}.json").json()) == many
    whole = web.get("/downloads/record.json").json()
    assert Export.model_validate(whole).statements == list(state.index.all())
    with open_record(web.app.state.record.place) as kept:  # type: ignore[attr-defined]
        stream = io.StringIO()
        kept.write_json(stream)
    assert json.loads(stream.getvalue()) == whole


def test_a_download_keeps_to_what_the_page_shows(web: TestClient) -> None:
    held = web.get("/downloads/meetings.json?status=held").json()
    assert held
    assert {m["status"] for m in held} == {"held"}
    some = web.get("/downloads/statements.json?q=water").json()
    assert len(some) == web.get("/api/v1/statements?q=water").json()["total"]


def test_encounters_as_a_calendar_and_a_timeline(web: TestClient, state: State) -> None:
    calendar = Calendar.from_ical(web.get("/downloads/encounters.ics").content)
    events = list(calendar.walk("VEVENT"))
    dated = {m.id: m for m in state.meetings.values() if m.date}
    assert {str(e["uid"]) for e in events} == {f"{id_}@dragoman" for id_ in dated}
    one = next(iter(dated.values()))
    event = next(e for e in events if str(e["uid"]).startswith(one.id))
    assert one.date is not None
    assert event["dtstart"].dt.isoformat() == one.date.from_
    assert event["dtend"].dt.isoformat() > one.date.to
    timeline = web.get("/downloads/timeline.json").json()
    assert dated.keys() <= {e["unique_id"] for e in timeline["events"]}


def test_the_api_serves_the_record_in_pages(web: TestClient, state: State) -> None:
    ids: list[str] = []
    while len(ids) < len(state.meetings):
        some = web.get("/api/v1/meetings", params={"limit": 7, "offset": len(ids)}).json()
        assert some["total"] == len(state.meetings)
        assert some["next"] == (len(ids) + 7 if len(ids) + 7 < len(state.meetings) else None)
        assert some["entries"]
        ids.extend(m["id"] for m in some["entries"])
    assert ids == list(state.meetings)
    one = web.get(f"/api/v1/meetings/{ids[0]}").json()
    assert one == state.meetings[ids[0]].model_dump(mode="json", by_alias=True)
    assert web.get("/api/v1/meetings/nothing").status_code == 404
    assert web.get("/api/v1/meetings?since=soon").status_code == 422
    described = web.get("/api/v1/openapi.json").json()
    assert "/api/v1/statements" in described["paths"]
    document = next(iter(state.documents))
    assert web.get(f"/api/v1/documents/{document}/text").json()["text"] == state.text(document)


def test_an_answer_of_the_api_ends_where_it_would_get_too_heavy(
    web: TestClient, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "HEAVIEST", 4_000)
    ids: list[str] = []
    offset: int | None = 0
    while offset is not None:
        some = web.get("/api/v1/positions", params={"limit": 200, "offset": offset}).json()
        assert 0 < len(some["entries"]) < len(state.positions)
        ids.extend(p["id"] for p in some["entries"])
        offset = some["next"]
    assert ids == list(state.positions)


def test_words_are_found_in_all_that_an_entry_says(web: TestClient, state: State) -> None:
    one = next(iter(state.positions.values()))
    word = one.citations[0].quote.split()[0]
    found = web.get("/api/v1/positions", params={"q": word.upper(), "limit": 200}).json()
    wanted = [p.id for p in state.positions.values() if word.casefold() in words_of(p)]
    assert [p["id"] for p in found["entries"]] == wanted[: len(found["entries"])]
    assert found["total"] == len(wanted)
    assert web.get("/api/v1/positions?q=zzzz").json()["entries"] == []


def test_a_step_of_the_slider_that_is_no_number_is_named(web: TestClient) -> None:
    answer = web.get("/positions?step=zz")
    assert answer.status_code == 200
    assert "step: “zz” is no number" in answer.text


def test_questions_are_answered_with_words_or_not_at_all(web: TestClient, state: State) -> None:
    from dragoman.web.asking import reply

    party = next(
        p
        for p in state.matrix.parties
        if any(t.position.stance == "demands" for t in state.stands.tellings if t.party == p)
    )
    demands = reply(state, f"What did {state.name(party)} demand?")
    assert demands.answers
    for answer in demands.answers:
        found = state.positions[answer.id]
        assert found.stance == "demands"
        assert answer.citations
    agreed = reply(state, "What was agreed?")
    assert {a.id for a in agreed.answers} <= set(state.agreements)
    assert not reply(state, "What was agreed on submarines?").answers
    assert "The record does not say" in web.get("/ask?q=What+was+agreed+on+submarines%3F").text
    months = reply(state, "Which encounters were there in June 2024?")
    assert all("2024-06" in (a.day or "") or a.kind == "meeting" for a in months.answers)


def test_positions_as_known_on_a_day_are_those_of_the_documents_up_to_it(state: State) -> None:
    from dragoman.report.stands import Stands, Thread

    days = sorted({d.dated.to for d in state.documents.values() if d.dated})
    for day in (days[0], days[len(days) // 2], days[-1]):
        quick, whole = state.known(day), Stands.of(state.source, day)
        assert {t.id for t in quick.tellings} == {t.id for t in whole.tellings}
        assert quick.threads.keys() == whole.threads.keys()
        assert (quick.issues, quick.parties) == (whole.issues, whole.parties)
        for key, threads in quick.threads.items():
            for thread in threads:
                alone = Thread(*key, list(thread.tellings))
                for own in (True, False):
                    assert thread.steps(own) == alone.steps(own)
                    for until in (None, days[0], day):
                        assert thread.stands(own, until) == alone.stands(own, until)


def test_what_is_not_there_is_a_page_too(web: TestClient) -> None:
    for address in ("/nothing", "/encounters/m-nothing", "/people/x", "/entry/zz", "/downloads/nothing.csv"):
        answer = web.get(address)
        assert answer.status_code == 404, address
        assert "<h1>" in answer.text


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    dragoman.Record(tmp_path / "empty.db").close()
    with client(tmp_path / "empty.db") as web:
        assert "Nothing read yet" in web.get("/").text
        for path, _ in PAGES:
            assert web.get(path).status_code == 200, path
        for path in (
            "/downloads/meetings.json",
            "/downloads/encounters.ics",
            "/downloads/brief.html",
            "/positions/between",
        ):
            assert web.get(path).status_code == 200, path


def test_colours_are_kept_in_a_cookie(web: TestClient) -> None:
    answer = web.post("/theme", data={"theme": "dark", "next": "/people?part=party"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/people?part=party"
    assert 'data-theme="dark"' in web.get("/people").text
    assert web.post("/theme", data={"theme": "dark", "next": "//evil.example/"}).headers["location"] == "/"
    web.cookies.clear()
