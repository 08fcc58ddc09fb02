"""The web app in a real browser: Debian's Chromium, driven by Playwright. Skipped where there is none."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.library import open_record
from dragoman.store import Database
from dragoman.web.state import Keeper, State
from many_scripts import many_scripts

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (apt-get install chromium)")

EXAMPLES = Path(__file__).parents[1] / "examples"
PHONE = {"width": 390, "height": 844}
LISTS = ("/", "/encounters", "/positions", "/positions/between", "/agreements", "/outlooks", "/statements", "/people")
MORE = (
    "/disagreements",
    "/sources",
    "/documents",
    "/ask",
    "/ask?q=Who+led+the+delegations%3F",
    "/downloads",
    "/api/v1",
)
SERIOUS = ("serious", "critical")


@contextmanager
def served(place: Path) -> Iterator[str]:
    import uvicorn

    from dragoman.web.app import create_app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(place), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def entries(state: State) -> list[str]:
    """The fullest entry of each kind: the hardest to lay out."""
    kinds = {
        "documents": state.documents,
        "people": state.actors,
        "encounters": state.meetings,
        "positions": state.positions,
        "agreements": state.agreements,
        "disagreements": state.disagreements,
        "families": state.families,
    }
    return [
        f"/{name}/{max(some.values(), key=lambda e: (len(e.model_dump_json()), e.id)).id}"
        for name, some in kinds.items()
        if some
    ]


def opened(place: Path) -> list[str]:
    with open_record(place) as record:
        keeper = Keeper(record)
        found = entries(keeper.state())
        keeper.close()
    return found


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browser") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), place).close()
    return place


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many_scripts(tmp_path_factory.mktemp("scripts") / "record.db")


@pytest.fixture(scope="module")
def site(examples: Path) -> Iterator[str]:
    with served(examples) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails its test when its own scripts or its security policy complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not wrong


def seen(page: Any, selector: str) -> bool:
    """Whether an element is within the window."""
    box = page.locator(selector).first.bounding_box()
    height = page.viewport_size["height"]
    return box is not None and box["y"] > -1 and box["y"] + min(box["height"], 20) <= height


def test_the_skip_link_comes_first_and_leads_past_the_header(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert seen(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_goes_through_a_page_in_the_order_of_reading_and_always_shows_where_it_is(
    page: Any, site: str
) -> None:
    page.goto(site + "/encounters")
    places: list[int] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => {
              const at = document.activeElement;
              const {outlineStyle, outlineWidth} = getComputedStyle(at);
              const place = [...document.querySelectorAll("*")].indexOf(at);
              return [place, outlineStyle, parseFloat(outlineWidth), at.outerHTML];
            }"""
        )
        assert where[1] != "none", where[3]
        assert where[2] >= 2
        places.append(where[0])
    assert places == sorted(places)
    assert len(set(places)) > 15  # a date has fields of its own, within one element


def test_an_entry_is_reached_and_searched_for_by_keyboard_alone(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.goto(site + "/encounters")
    page.locator("tbody th a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/encounters/m-*")
    assert page.locator("h1").count() == 1


def test_a_finding_in_the_text_leads_to_its_entry_and_back_to_its_words(page: Any, site: str, examples: Path) -> None:
    document = next(path for path in opened(examples) if path.startswith("/documents/"))
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(site + document)
    mark = page.locator(".text .tag").last
    entry = mark.get_attribute("href")
    assert not seen(page, f'[id="{entry[1:]}"]')
    mark.focus()
    page.keyboard.press("Enter")
    assert seen(page, f'[id="{entry[1:]}"]')
    page.evaluate("scrollTo(0, 0)")
    back = page.locator(f'[id="{entry[1:]}"] a.meta')
    words = back.get_attribute("href")
    back.focus()
    page.keyboard.press("Enter")
    assert seen(page, f'[id="{words[1:]}"]')


def test_the_words_of_a_citation_are_marked_and_scrolled_into_view(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(site + "/encounters")
    page.locator("tbody th a").first.click()
    page.locator("main .quote a").last.click()
    page.wait_for_url("**/documents/*at=*")
    assert page.locator(".text mark").count() >= 1
    assert seen(page, ".text mark")


def test_a_filter_swaps_the_list_without_a_new_page_and_can_be_sent_as_an_address(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.evaluate("window.stayed = true")
    before = page.locator("#results tbody tr").count()
    page.select_option('select[name="status"]', "scheduled")
    page.wait_for_url("**/encounters?*status=scheduled*")
    page.wait_for_function(f"document.querySelectorAll('#results tbody tr').length < {before}")
    assert page.evaluate("window.stayed") is True
    after = page.locator("#results tbody tr").count()
    page.goto(page.url)
    assert page.locator("#results tbody tr").count() == after


def test_every_page_works_without_scripts(browser: Any, site: str, examples: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in (*LISTS, *MORE, *opened(examples)):
        assert page.goto(site + path).status == 200
        assert page.locator("main h1").count() == 1, path
    page.goto(site + "/encounters")
    page.select_option('select[name="status"]', "held")
    page.locator("form.filters button").click()
    assert "status=held" in page.url
    assert set(page.locator("#results tbody .badge").first.all_inner_texts()) == {"held"}
    page.fill("#find", "water")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements?q=water")
    context.close()


@pytest.mark.parametrize("scripts_run", [True, False])
def test_the_colours_can_be_switched(browser: Any, site: str, scripts_run: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts_run)
    page = context.new_page()
    try:
        page.goto(site + "/statements?q=water")
        with page.expect_navigation():
            page.locator('button[value="dark"]').click()
        assert page.url == site + "/statements?q=water"
        assert page.locator("html").get_attribute("data-theme") == "dark"
    finally:
        context.close()


def too_wide(page: Any) -> float:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_no_page_is_wider_than_a_phone(browser: Any, site: str, examples: Path, scripts: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    Database(empty).close()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wide: list[str] = []

    def look(address: str, paths: list[str], name: str) -> None:
        for path in paths:
            page.goto(address + path)
            if too_wide(page) > 0:
                wide.append(f"{name} {path}: {too_wide(page)} px")

    look(site, [*LISTS, *MORE, *opened(examples)], "examples")
    with served(scripts) as address:
        look(address, [*LISTS, *MORE, *opened(scripts)], "scripts")
    with served(empty) as address:
        look(address, ["/", "/encounters", "/positions", "/statements"], "empty")
    context.close()
    assert not wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, site: str, examples: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    found: list[str] = []
    some = [*LISTS, *MORE, *opened(examples)]
    for path in some if scheme == "light" else some[::4]:
        page.goto(site + path)
        for one in axe.run(page).response["violations"]:
            if one["impact"] in SERIOUS:
                found.append(f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}")
    context.close()
    assert not found


def test_the_printed_page_has_no_menus_and_black_on_white(browser: Any, site: str, examples: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    for path in ("/", opened(examples)[0]):
        page.goto(site + path)
        assert not page.locator(".top nav").is_visible()
        assert not page.locator(".find").is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert page.pdf()[:5] == b"%PDF-"
    context.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the picture is of Linux's fonts")
def test_names_in_other_scripts_keep_their_direction(browser: Any, scripts: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(scripts) as address:
        page.goto(address + "/encounters")
        # Each name is isolated, so that one of them cannot turn around what stands beside it.
        assert page.evaluate(
            """() => [...document.querySelectorAll("main a.actor")]
                .every(a => a.querySelector("bdi") && getComputedStyle(a.firstChild).unicodeBidi === "isolate")"""
        )
        assert page.locator("main a.actor").count() > 2
    context.close()
