"""The web app in a real browser: Debian's Chromium, driven by Playwright. Skipped where there is none."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import dragoman
from browsing import DESK, LISTS, MORE, Seen, look, opened, served
from dragoman.store import Database
from many_scripts import many_scripts

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = sync_api.expect
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (apt-get install chromium)")

EXAMPLES = Path(__file__).parents[1] / "examples"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browser") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), place).close()
    return place


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


@pytest.fixture(scope="module", params=["examples", "seeds"])
def seen(
    request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Seen]]:
    """All pages of a record, each looked at once, in all ways."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        Axe = None  # noqa: N806
    if request.param == "examples":
        place, address = request.getfixturevalue("examples"), request.getfixturevalue("site")
        yield look(browser, address, [*LISTS, *MORE, *opened(place)], Axe and Axe())
        return
    if not SEEDS.is_dir():
        pytest.skip("there is no ../shared/seeds here")
    place = tmp_path_factory.mktemp("seeds") / "record.db"
    dragoman.read(sorted(SEEDS.glob("*.txt")), place).close()
    with served(place) as address:
        yield look(browser, address, [*LISTS, *MORE, *opened(place)], Axe and Axe())


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails its test when its own scripts or its security policy complain."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not wrong


def in_sight(page: Any, selector: str) -> bool:
    """Whether an element is within the window."""
    box = page.locator(selector).first.bounding_box()
    height = page.viewport_size["height"]
    return box is not None and box["y"] > -1 and box["y"] + min(box["height"], 20) <= height


def test_every_page_is_there_and_nothing_complains(seen: dict[str, Seen]) -> None:
    assert len(seen) > 20
    assert not {path: one for path, one in seen.items() if one.status != 200 or one.headings != 1 or one.complaints}


def test_no_page_is_wider_than_a_phone(seen: dict[str, Seen]) -> None:
    assert not {path: one.wide for path, one in seen.items() if one.wide > 0}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(seen: dict[str, Seen], scheme: str) -> None:
    pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    assert not {path: one.axe[scheme] for path, one in seen.items() if one.axe.get(scheme)}


def test_on_paper_nothing_is_cut_and_nothing_is_there_only_to_be_clicked(seen: dict[str, Seen]) -> None:
    assert not {path: one.cut for path, one in seen.items() if one.cut}
    assert not {path: one.furniture for path, one in seen.items() if one.furniture}


def test_names_that_are_long_or_in_other_scripts_fit_everywhere(browser: Any, tmp_path: Path) -> None:
    place = many_scripts(tmp_path / "record.db")
    with served(place) as address:
        found = look(browser, address, [*LISTS, *MORE, *opened(place)])
        assert not {path: one for path, one in found.items() if one.status != 200 or one.wide > 0 or one.cut}
        # Each name is isolated, so that one of them cannot turn around what stands beside it.
        context = browser.new_context()
        page = context.new_page()
        page.goto(address + "/encounters")
        assert page.locator("main a.actor").count() > 2
        assert page.evaluate(
            """() => [...document.querySelectorAll("main a.actor")]
                .every(a => a.querySelector("bdi") && getComputedStyle(a.firstChild).unicodeBidi === "isolate")"""
        )
        context.close()


def test_an_empty_record_fits_a_phone(browser: Any, tmp_path: Path) -> None:
    Database(tmp_path / "empty.db").close()
    with served(tmp_path / "empty.db") as address:
        found = look(browser, address, ["/", "/encounters", "/positions", "/statements"])
    assert not {path: one for path, one in found.items() if one.status != 200 or one.wide > 0}


def test_the_skip_link_comes_first_and_leads_past_the_header(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert in_sight(page, ".skip")
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
    assert not in_sight(page, f'[id="{entry[1:]}"]')
    mark.focus()
    page.keyboard.press("Enter")
    assert in_sight(page, f'[id="{entry[1:]}"]')
    page.evaluate("scrollTo(0, 0)")
    back = page.locator(f'[id="{entry[1:]}"] a.meta')
    words = back.get_attribute("href")
    back.focus()
    page.keyboard.press("Enter")
    assert in_sight(page, f'[id="{words[1:]}"]')


def test_the_words_of_a_citation_are_marked_and_scrolled_into_view(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(site + "/encounters")
    page.locator("tbody th a").first.click()
    page.locator("main .quote a").last.click()
    page.wait_for_url("**/documents/*at=*")
    assert page.locator(".text mark").count() >= 1
    assert in_sight(page, ".text mark")


def test_a_filter_swaps_the_list_without_a_new_page_and_can_be_sent_as_an_address(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.evaluate("window.stayed = true")
    before = page.locator("#results tbody tr").count()
    page.select_option('select[name="status"]', "scheduled")
    page.wait_for_url("**/encounters?*status=scheduled*")
    expect(page.locator("#results tbody tr")).not_to_have_count(before)
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


def test_the_printed_page_is_black_on_white(browser: Any, site: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + "/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    context.close()


def test_a_page_as_pdf_has_all_its_text_within_its_edges(browser: Any, site: str, examples: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.emulate_media(media="print")
    document = next(path for path in opened(examples) if path.startswith("/documents/"))
    for path in ("/encounters", "/positions", document):
        page.goto(site + path)
        page.evaluate(
            "for (const one of document.querySelectorAll('.hidden')) one.remove()"
        )  # it is for screen readers
        text = page.locator("main").inner_text()
        made = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        found: list[str] = []
        for sheet in made.pages:
            width = float(sheet.mediabox.width)

            def place(said: str, ctm: list[float], at: list[float], *_: object, width: float = width) -> None:
                if said.strip():
                    assert 0 <= at[4] * ctm[0] + ctm[4] <= width, said

            found.append(sheet.extract_text(visitor_text=place))
        whole = "".join(c for c in unicodedata.normalize("NFKC", "".join(found)) if c.isalnum())  # ligatures as letters
        words = set(re.findall(r"[^\W_]{4,}", text))
        assert len(words) > 50
        assert not {word for word in words if word not in whole}, path
    context.close()


def test_marked_words_lead_to_their_entry(page: Any, site: str, examples: Path) -> None:
    document = next(path for path in opened(examples) if path.startswith("/documents/"))
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(site + document)
    marked = page.locator(".text a.f").last
    entry = marked.get_attribute("href")
    marked.click()
    assert page.url.endswith(entry)
    assert in_sight(page, f'[id="{entry[1:]}"]')
    page.locator(f'[id="{entry[1:]}"] a').first.click()
    assert page.locator("main h1").count() == 1
    assert "/documents/" not in page.url


def test_a_cell_of_the_matrix_opens_its_history_with_words(page: Any, site: str) -> None:
    page.goto(site + "/positions")
    cell = page.locator("table.matrix tbody td a").first
    party = page.locator("table.matrix thead th a").first.inner_text()
    said = cell.locator("bdi").first.inner_text().rstrip("…")
    cell.click()
    page.wait_for_url("**/positions/issue/*?party=*")
    assert party in page.locator("h1").inner_text()
    assert said in page.locator("main table").inner_text()
    page.locator("main table .quote a").first.click()
    page.wait_for_url("**/documents/*at=*")
    assert in_sight(page, ".text mark")


def test_the_slider_moves_by_keyboard_and_its_day_is_in_the_address(page: Any, site: str) -> None:
    page.goto(site + "/positions")
    now = page.locator("#results > .meta").first.inner_text()
    page.evaluate("window.stayed = true")
    page.focus("#slider")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"/positions\?(.*&)?at=20\d\d-\d\d-\d\d"))
    expect(page.locator("#results > .meta").first).not_to_have_text(now)
    assert page.evaluate("window.stayed") is True
    page.wait_for_load_state("networkidle")
    there = page.locator("#results").inner_text()
    page.goto(page.url)
    assert page.locator("#results").inner_text() == there


def test_a_day_that_is_set_by_hand_counts_whatever_the_slider_was_set_to(page: Any, site: str) -> None:
    page.goto(site + "/positions")
    page.focus("#slider")
    page.keyboard.press("Home")
    page.wait_for_url("**/positions?at=2024-05-13")
    page.fill("#at", "2024-06-12")
    page.locator("form.slider button").click()
    page.wait_for_url("**/positions?at=2024-06-12")
    expect(page.locator("#results")).to_contain_text("12 Jun 2024")


def test_the_slider_is_a_form_without_scripts(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/positions")
    page.fill("#at", "2024-06-01")
    page.locator("form.slider button").click()
    assert "at=2024-06-01" in page.url
    assert "1 Jun 2024" in page.locator("#results").inner_text()
    page.focus("#slider")
    page.keyboard.press("Home")
    page.locator("form.slider button").click()
    assert "at=2024-05-13" in page.url
    context.close()


def test_a_facet_narrows_to_as_many_as_it_says(page: Any, site: str) -> None:
    page.goto(site + "/statements")
    first = page.locator(".facets li").first
    many = first.locator(".meta").inner_text()
    first.locator("a").click()
    page.wait_for_url("**/statements?*=*")
    assert page.locator("#results [role=status]").inner_text().startswith(f"{many} statement")
    assert page.locator('.facets [aria-current="true"]').count() == 1


def test_what_is_typed_is_searched_for_at_once(page: Any, site: str) -> None:
    page.goto(site + "/statements")
    page.evaluate("window.stayed = true")
    before = page.locator("#results [role=status]").inner_text()
    page.focus("#q")
    page.keyboard.type("wate", delay=20)
    page.wait_for_url("**/statements?*q=wate*")
    expect(page.locator("#results [role=status]")).not_to_have_text(before)
    assert page.evaluate("window.stayed") is True
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["q", "wate"]
    found = page.locator("#rows article").count()
    assert 0 < found < int(before.split()[0])
    assert page.locator("#rows article", has_text=re.compile("wate", re.IGNORECASE)).count() > found / 2
    page.goto(page.url)
    assert page.locator("#q").input_value() == "wate"
    assert page.locator("#rows article").count() == found


def test_more_statements_come_as_one_scrolls(page: Any, site: str) -> None:
    page.goto(site + "/statements")
    before = page.locator("#rows article").count()
    page.locator("#rows .more").scroll_into_view_if_needed()
    expect(page.locator(f"#rows article:nth-of-type({before + 1})")).to_be_attached()
    ids = page.evaluate("[...document.querySelectorAll('#rows article')].map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_two_documents_of_a_family_stand_side_by_side_with_their_passages_joined(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(site + "/sources")
    page.locator("figure figcaption a").first.click()
    page.wait_for_url("**/families/f-*")
    left, right = page.locator(".together > section").all()
    assert abs(left.bounding_box()["y"] - right.bounding_box()["y"]) < 2
    assert left.bounding_box()["x"] + left.bounding_box()["width"] <= right.bounding_box()["x"]
    passage = left.locator(".tag").last
    other = passage.get_attribute("href")
    passage.click()
    assert in_sight(page, f'[id="{other[1:]}"]')
    page.locator(f'[id="{other[1:]}"]').click()
    assert page.url.endswith(passage.get_attribute("id"))
    assert in_sight(page, f'[id="{passage.get_attribute("id")}"]')


def test_the_timeline_zooms_and_its_marks_lead_to_entries(page: Any, site: str) -> None:
    page.goto(site + "/")
    page.locator("nav.zoom a", has_text="month").click()
    page.wait_for_url("**/?zoom=month&at=*")
    month = page.url
    page.locator('nav.zoom a[rel="prev"]').click()
    page.wait_for_url(lambda url: url != month and "zoom=month" in url)
    page.locator("nav.zoom a", has_text="all").click()
    mark = page.locator('svg a[href^="/encounters/"]').first
    address = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + address)


def test_a_question_is_asked_by_keyboard_and_its_answer_leads_to_the_words(page: Any, site: str) -> None:
    page.goto(site + "/ask")
    page.keyboard.press("/")
    page.keyboard.type("What was agreed?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?q=What+was+agreed%3F")
    page.locator("#results .quote a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*at=*")
    assert in_sight(page, ".text mark")


def test_files_follow_the_filter_that_was_set_without_a_new_page(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    page.select_option('select[name="status"]', "held")
    page.wait_for_url("**/encounters?*status=held*")
    expect(page.locator("#results .downloads a").first).to_have_attribute("href", re.compile("status=held"))
    shown = page.locator("#results tbody tr").count()
    with page.expect_download() as begun:
        page.locator("#results .downloads a", has_text="iCalendar").click()
    assert begun.value.suggested_filename == "encounters.ics"
    with page.expect_download() as begun:
        page.locator("#results .downloads a", has_text="JSON").click()
    assert Path(begun.value.path()).read_text(encoding="utf-8").count('"id": "m-') == shown


def test_back_leads_to_the_list_as_it_was(page: Any, site: str) -> None:
    page.goto(site + "/encounters")
    everything = page.locator("#results tbody tr").count()
    page.select_option('select[name="status"]', "scheduled")
    page.wait_for_url("**/encounters?*status=scheduled*")
    expect(page.locator("#results tbody tr")).not_to_have_count(everything)
    page.go_back()
    expect(page.locator("#results tbody tr")).to_have_count(everything)
    assert page.locator('select[name="status"]').input_value() == ""
