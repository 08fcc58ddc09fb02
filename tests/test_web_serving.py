"""`dragoman serve` as a process of its own; and how a record too large to be gone through at once is shown."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

import dragoman
from articles import article
from dragoman.library import Record, open_record
from dragoman.web import caching, keeping
from dragoman.web.keeping import Keeper, NotReadyError
from dragoman.web.state import State
from web_records import client

DRAGOMAN = (sys.executable, "-c", "from dragoman.cli import main; main()")
PATIENCE = 60.0
"""Seconds that a busy machine is given; nothing here takes as long."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving")
    for number in range(3):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")
    place = folder / "record.db"
    dragoman.read(sorted(folder.glob("*.txt")), place, processes=1).close()
    return place


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "dragoman"


@contextmanager
def served(place: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command on a free port, and its address."""
    command = [*DRAGOMAN, "serve", "--record", str(place), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield process, found[0]
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def until(wanted: object, ask: object) -> None:
    """Ask until it is what is wanted."""
    end = time.monotonic() + PATIENCE
    while (found := ask()) != wanted:  # type: ignore[operator]
        assert time.monotonic() < end, (found, wanted)
        time.sleep(0.05)


def copied(place: Path, to: Path) -> Path:
    to.write_bytes(place.read_bytes())
    return to


def documents(of: httpx.Client | TestClient) -> int:
    return int(of.get("/api/v1/overview").json()["record"]["documents"])


def test_what_is_read_meanwhile_shows_without_a_restart_and_ctrl_c_ends_it(record: Path, tmp_path: Path) -> None:
    place = copied(record, tmp_path / "served.db")
    (tmp_path / "new.txt").write_text(article(7), encoding="utf-8")
    with served(place) as (process, address), httpx.Client(base_url=address, timeout=PATIENCE) as one:
        assert one.get("/").status_code == 200
        assert documents(one) == 3
        command = [*DRAGOMAN, "read", str(tmp_path / "new.txt"), "--record", str(place)]
        subprocess.run(command, check=True, capture_output=True)
        assert documents(one) == 4
        names = [d["name"] for d in one.get("/api/v1/documents").json()["entries"]]
        assert [name for name in names if name.endswith("new.txt")]
        process.send_signal(signal.SIGINT)
        said, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, 130, -signal.SIGINT)
        assert "Traceback" not in said + errors


def test_two_people_at_once(record: Path) -> None:
    pages = ("/", "/statements?q=talks", "/positions", "/encounters", "/documents")
    wrong: list[object] = []

    def look(address: str) -> None:
        with httpx.Client(base_url=address, timeout=PATIENCE) as one:
            for _ in range(3):
                wrong.extend((page, answer) for page in pages if (answer := one.get(page).status_code) != 200)

    with served(record) as (_, address):
        people = [threading.Thread(target=look, args=(address,)) for _ in range(2)]
        for one in people:
            one.start()
        for one in people:
            one.join(PATIENCE)
        assert not any(one.is_alive() for one in people)
    assert not wrong


def test_a_port_that_is_taken_is_said_in_one_line(record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*DRAGOMAN, "serve", "--record", str(record), "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode != 0
    assert f"127.0.0.1:{port}" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


# -- large records ----------------------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LARGE", 1)
    monkeypatch.setattr(keeping, "REST", 0.0)


def ready(keeper: Keeper) -> State:
    """The state, once there is one and nothing of it is still being put together."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(NotReadyError):
            state = keeper.state()
            if state.coming is None:
                return state
        time.sleep(0.05)
    raise AssertionError("there is no state")


@contextmanager
def kept(place: Path) -> Iterator[tuple[Record, Keeper]]:
    with open_record(place) as record:
        keeper = Keeper(record)
        yield record, keeper
        keeper.close()


def same(one: State, other: State) -> bool:
    parts = ("documents", "actors", "meetings", "positions", "agreements", "outlooks", "disagreements", "families")
    return (
        all(getattr(one, p) == getattr(other, p) for p in parts)
        and list(one.index.all()) == list(other.index.all())
        and (one.brief, one.notes, one.arrived, one.days) == (other.brief, other.notes, other.arrived, other.days)
    )


def test_until_a_large_record_is_gone_through_every_page_says_how_far_it_is(record: Path, large: None) -> None:
    with client(record) as web:
        asked = web.get("/statements?q=talks")
        assert asked.status_code == 503
        assert int(asked.headers["retry-after"]) >= 1
        assert re.search(r'http-equiv="refresh"', asked.text)
        assert re.search("Reading the record: 0 of 3 documents", asked.text)
        answer = web.get("/api/v1/documents")
        assert (answer.status_code, answer.json()["total"]) == (503, 3)
        assert int(answer.headers["retry-after"]) >= 1
        until(200, lambda: web.get("/").status_code)
        assert documents(web) == 3


def test_a_large_record_is_shown_as_a_small_one_is(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kept(record) as (_, keeper):
        small = keeper.state()
        monkeypatch.setattr(keeping, "LARGE", 1)
        with kept(record) as (_, other):
            assert same(small, ready(other))


def test_while_the_brief_of_a_large_record_is_put_together_all_else_is_shown(
    record: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept(record) as (_, keeper):
        state = ready(keeper)
        assert state.brief is not keeping.UNFINISHED
        with client(record) as web:
            monkeypatch.setattr(web.app.state, "keeper", keeper)  # type: ignore[attr-defined]
            assert "Still being put together" not in web.get("/").text
            assert web.get("/downloads/brief.html").status_code == 200
            state.coming = keeping.UNFINISHED
            page = web.get("/")
            assert page.status_code == 200
            assert "Still being put together" in page.text
            assert web.get("/encounters").status_code == 200
            assert web.get("/downloads/brief.html").status_code == 503


def test_the_second_start_takes_the_index_that_was_kept(
    record: Path, large: None, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept(record) as (_, keeper):
        first = ready(keeper)
        assert len(list(cache.glob("*.index"))) == 1
        monkeypatch.setattr(keeping, "Builder", None)  # none is built any more
        with kept(record) as (_, other):
            assert same(first, ready(other))


def test_an_index_of_another_state_or_a_damaged_one_is_not_taken(
    record: Path, large: None, cache: Path, tmp_path: Path
) -> None:
    place = copied(record, tmp_path / "some.db")
    with kept(place) as (_, keeper):
        ready(keeper)
    gone = dragoman.open(place)
    name = gone.documents[0].name
    assert gone.forget(name)
    gone.close()
    assert caching.Cache(str(place)).take() is None
    with kept(place) as (_, keeper):
        assert len(ready(keeper).documents) == 2
    for index in cache.glob("*.index"):
        index.write_bytes(index.read_bytes()[:5000] + b"\x00" * 5000)
    with kept(place) as (_, keeper):
        assert len(ready(keeper).documents) == 2


def test_without_a_folder_for_it_no_index_is_kept(
    record: Path, large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no folder"))
    with kept(record) as (_, keeper):
        assert len(ready(keeper).documents) == 3


def test_a_large_record_that_changes_is_shown_as_it_was_until_the_new_state_is_there(
    record: Path, large: None, tmp_path: Path
) -> None:
    place = copied(record, tmp_path / "some.db")
    (tmp_path / "new.txt").write_text(article(9), encoding="utf-8")
    with client(place) as web:
        until(200, lambda: web.get("/").status_code)
        dragoman.read(tmp_path / "new.txt", place, processes=1).close()
        found = documents(web)
        assert found in (3, 4)
        until(4, lambda: documents(web))


def test_a_record_that_cannot_be_gone_through_says_so(
    record: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(keeping, "Builder", failing)
    with client(record) as web:
        until(True, lambda: "the disk is full" in web.get("/").text)
        assert web.get("/").status_code == 503


def test_what_a_killed_server_left_behind_is_removed(cache: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    file = caching.IndexFile()
    left, own = cache / f"{ended.pid}-abc.open", file.path
    left.write_bytes(b"")
    assert own.name.startswith(f"{os.getpid()}-")
    caching.Cache("nothing.db").keep(file, "0" * 40)
    assert not left.exists()
    assert own.exists()
    file.close()
    assert not own.exists()
