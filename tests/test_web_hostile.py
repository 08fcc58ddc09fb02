"""Hostile texts, hostile parameters, hostile visitors: nothing acts, nothing breaks, nobody gets in."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.web.security import POLICY, Limit, cookie, inside
from dragoman.web.serving import ServeError, password_in, serve
from dragoman.web.state import State
from dragoman.web.words import outward, visible
from web_records import addresses, client, hostile, linked


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(hostile(tmp_path_factory.mktemp("web") / "hostile.db")) as made:
        yield made


@pytest.fixture(scope="module")
def state(web: TestClient) -> State:
    found: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
    return found


def test_nothing_of_a_text_acts(web: TestClient, state: State) -> None:
    known = addresses(state)
    assert len(known) > 25
    for address in known:
        answer = web.get(address)
        assert answer.status_code == 200, address
        html = answer.text
        assert "<script>" not in html, address
        assert "<img" not in html, address
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', html)), address
        assert not re.search(r"""(?:href|src|action)=["']?\s*(?:javascript|data|vbscript):""", html, re.I), address
        assert "style=" not in re.sub(r'"[^"]*"', '""', html), address
        assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|49(?= \{%)", html), address
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f]", html), address


def test_every_page_that_a_hostile_record_leads_to_is_there(web: TestClient, state: State) -> None:
    wanted: set[str] = set()
    for address in addresses(state):
        wanted |= linked(web.get(address).text)
    for address in wanted:
        assert web.get(address).status_code in (200, 303), address


def test_every_answer_has_the_policy(web: TestClient) -> None:
    for address in ("/", "/nothing", "/static/app.css", "/static/nothing", "/api/v1/meetings", "/downloads/brief.html"):
        answer = web.get(address)
        assert answer.headers["content-security-policy"] == POLICY, address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert answer.headers["referrer-policy"] == "same-origin", address
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    "path", ["/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%5capp.py", "/static"]
)
def test_no_listing_and_no_way_out_of_the_static_files(web: TestClient, path: str) -> None:
    answer = web.get(path, follow_redirects=True)
    assert answer.status_code in (404, 405)
    assert "create_app" not in answer.text


def test_cells_are_no_formulas(web: TestClient) -> None:
    for part in ("actors", "meetings", "positions", "agreements", "documents", "statements"):
        for row in csv.reader(io.StringIO(web.get(f"/downloads/{part}.csv").text)):
            for cell in row:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (part, cell)


def test_calendar_and_timeline_hold_no_markup_and_no_new_lines(web: TestClient) -> None:
    assert "<script" not in web.get("/downloads/timeline.json").text
    names = {
        line.partition(":")[0].partition(";")[0] for line in web.get("/downloads/encounters.ics").text.split("\r\n")
    }
    known = {"BEGIN", "END", "VERSION", "PRODID", "UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "STATUS", "TRANSP"}
    assert {n for n in names if n and not n.startswith(" ")} <= known | {"LOCATION", "DESCRIPTION", "X-WR-CALNAME"}


PATHS = (
    *("/", "/encounters", "/positions", "/positions/between", "/positions/issue/process", "/agreements", "/statements"),
    *("/people", "/disagreements", "/sources", "/documents", "/documents/d-0123456789ab", "/ask", "/outlooks"),
    *("/login", "/entry/x", "/downloads/statements.json", "/downloads/meetings.csv", "/downloads/positions.csv"),
    *("/api/v1/statements", "/api/v1/meetings", "/api/v1/positions", "/families/f", "/statements/s"),
)
NAMES = (
    *("q", "page", "since", "until", "at", "zoom", "side", "speaker", "issue", "channel", "kind", "outlet", "year"),
    *("order", "actor", "party", "parties", "a", "b", "part", "show", "status", "level", "families", "limit", "offset"),
    *("direction", "standing", "next", "wrong", "document"),
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *(
                "0",
                "-1",
                "99999999999999999999",
                "1e9",
                "0001-01-01",
                "9999-12-31",
                "2024-02-30",
                "2024",
                "all",
                "week",
            ),
            *('"', '"a', "a*", "AND OR NOT", "NEAR(a b)", "content:x", "^", "'; drop table said; --", "%00", "\x00"),
            *(
                "5-2",
                "0-999999999",
                "1-2",
                "٣",
                "ＡＢ",
                "conflict",
                "held",
                "Who led in May?",
                "since 31 February 2024",
            ),
        ]
    ),
    st.integers(-(10**12), 10**12).map(str),
    st.dates().map(str),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), query=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_no_parameter_breaks_a_page(web: TestClient, path: str, query: dict[str, str]) -> None:
    answer = web.get(path, params={k: v.encode("utf-8", "replace").decode() for k, v in query.items()})
    assert answer.status_code < 500
    if not path.startswith(("/api/", "/downloads/")):
        assert answer.status_code in (200, 303, 404)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_path_is_answered(web: TestClient, text: str) -> None:
    from urllib.parse import quote

    path = quote(text.encode("utf-8", "replace").decode(), safe="/")
    for prefix in ("/", "/people/", "/documents/", "/positions/issue/", "/api/v1/actors/", "/static/", "/downloads/"):
        assert web.get(prefix + path.lstrip("/")).status_code < 500


@given(st.text())
def test_what_is_shown_is_no_command(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible(text))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.example",
        "https:",
        "//a.example",
        "ftp://a",
        "https://a\u202eb",
        "http://[",
        None,
    ],
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert outward(url) is None


def test_a_web_address_is_a_link() -> None:
    assert outward("https://a.example/x?y=1") == "https://a.example/x?y=1"


# -- who gets in ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile(tmp_path_factory.mktemp("locked") / "record.db")


def test_nothing_is_shown_without_the_password(record: Path) -> None:
    with client(record, "correct horse") as web:
        for address in ("/", "/documents", "/downloads/record.json", "/ask?q=x"):
            answer = web.get(address)
            assert answer.status_code == 303, address
            assert answer.headers["location"].startswith("/login?next=%2F"), address
        assert web.get("/api/v1/meetings").status_code == 401
        assert web.get("/api/v1/meetings", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert web.get("/api/v1/meetings", headers={"Authorization": "Bearer correct horse"}).status_code == 200
        assert web.get("/login").status_code == 200
        assert web.get("/static/app.css").status_code == 200


def test_the_password_opens_and_a_forged_session_does_not(record: Path) -> None:
    with client(record, "correct horse") as web:
        assert web.post("/login", data={"password": "wrong"}).headers["location"].startswith("/login?wrong=1")
        answer = web.post("/login", data={"password": "correct horse", "next": "/people"})
        assert answer.headers["location"] == "/people"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "samesite=lax" in answer.headers["set-cookie"].lower()
        assert web.get("/people").status_code == 200
        for forged in (f"{int(time.time()) + 999}.00", "x", "9.9.9", f"{int(time.time()) + 999}.é", ""):
            web.cookies.clear()
            sent = {"Cookie": f"dragoman_session={forged}".encode("latin-1")}
            assert web.get("/people", headers=sent).status_code == 303, forged


def test_guessing_is_slowed(record: Path) -> None:
    with client(record, "correct horse") as web:
        codes = [web.post("/login", data={"password": f"guess {n}"}).status_code for n in range(8)]
        assert codes[:5] == [303] * 5
        assert codes[5:] == [429] * 3
        assert "retry-after" in web.post("/login", data={"password": "correct horse"}).headers


def test_a_bucket_fills_again() -> None:
    limit = Limit(rate=2, burst=3)
    assert [limit.take("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert limit.take("a", 0.0) == pytest.approx(0.5)
    assert limit.take("b", 0.0) == 0
    assert limit.take("a", 0.6) == 0


def test_other_sites_and_other_names_are_refused(record: Path) -> None:
    from dragoman.web.app import create_app

    with TestClient(create_app(record, hosts=("localhost", "127.0.0.1", "::1")), base_url="http://localhost") as web:
        assert web.get("/documents").status_code == 200
        for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
            assert web.get("/documents", headers={"Host": host}).status_code == 400, host
        for host in ("127.0.0.1:8765", "[::1]:8765", "LOCALHOST"):
            assert web.get("/documents", headers={"Host": host}).status_code == 200, host
        assert web.post("/theme", data={"theme": "dark"}, headers={"Origin": "http://evil.example"}).status_code == 403
        assert web.post("/theme", data={"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@given(st.text(max_size=50))
def test_the_way_on_stays_here(address: str) -> None:
    assert re.match(r"/(?![/\\])|/$", inside(address))


@given(st.text(max_size=80))
def test_any_cookie_header_is_read(header: str) -> None:
    assert isinstance(cookie(header, "dragoman_session"), str)


def test_serving_to_others_wants_a_password(tmp_path: Path, record: Path) -> None:
    with pytest.raises(ServeError, match="password-file"):
        serve(record, "0.0.0.0")
    short = tmp_path / "password"
    short.write_text("short\n")
    with pytest.raises(ServeError, match="8 characters"):
        password_in(short)
    short.write_text("long enough\nrest\n")
    assert password_in(short) == "long enough"
    with pytest.raises(ServeError, match="No such file"):
        password_in(tmp_path / "nothing")
