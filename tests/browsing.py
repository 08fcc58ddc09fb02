"""A browser that goes through the pages of a served record and writes down what it sees of each."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.library import open_record
from dragoman.web.keeping import Keeper
from dragoman.web.state import State

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PAPER = {"width": 718, "height": 1047}
"""A page of A4 within Chromium's margins, in CSS pixels."""
BROAD = {"width": 1047, "height": 718}
"""The same on its side: tables of positions are set so."""

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

ALIKE = [["tbody tr:nth-child(n+7)"], ["article:nth-of-type(n+7)"], [".entry:nth-of-type(n+7)"], ["li:nth-child(n+9)"]]
"""What is made like what stands before it: axe, which is slow, need not look at it."""

# What of the content is not to be seen on paper: an element that hides what does not fit into it, a piece of text that
# ends beyond the edge. What is there for screen readers only is no bigger than a pixel.
_CUT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const cut = [];
  for (const one of document.querySelectorAll("main, main *")) {
    if (!one.checkVisibility() || one.clientWidth < 2) continue;
    const {overflowX, overflowY} = getComputedStyle(one);
    const hides = (way, all, room) => way !== "visible" && all > room + 1;
    if (hides(overflowX, one.scrollWidth, one.clientWidth) || hides(overflowY, one.scrollHeight, one.clientHeight))
      cut.push(one.outerHTML.slice(0, 120));
  }
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim() || !texts.currentNode.parentElement.checkVisibility()) continue;
    range.selectNodeContents(texts.currentNode);
    for (const {left, right, width} of range.getClientRects())
      if (width > 2 && (right > edge || left < -1)) cut.push("text: " + texts.currentNode.data.slice(0, 80));
  }
  return cut.slice(0, 3);
}"""
_FURNITURE = """() => [".top nav", ".find", "form", ".theme", ".pager", ".downloads", ".skip", ".foot a"]
  .filter(one => [...document.querySelectorAll(one)].some(e => e.checkVisibility()))"""


@dataclass
class Seen:
    """What was seen of a page: its status, complaints of scripts and of the security policy, how many first headings,
    by how many pixels it is wider than a phone, what of it is cut and what does not belong on paper, and what axe
    finds, by colours."""

    status: int
    complaints: list[str] = field(default_factory=list)
    headings: int = 0
    wide: float = 0
    cut: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    axe: dict[str, list[str]] = field(default_factory=dict)


@contextmanager
def served(place: Path) -> Iterator[str]:
    """A record, served for as long as this lasts; gives the address."""
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


def opened(place: Path) -> list[str]:
    """The addresses of the fullest entry of each kind: the hardest to lay out; and of the history of a cell."""
    with open_record(place) as record:
        keeper = Keeper(record)
        state = keeper.state()
        found = [*_fullest(state), *_history(state)]
        keeper.close()
    return found


def look(browser: Any, address: str, paths: list[str], axe: Any = None) -> dict[str, Seen]:
    """Go to each page and write down what is seen.

    Args:
        browser: of Playwright.
        address: of the server.
        paths: of the pages.
        axe: of axe_playwright_python; without it accessibility is not looked at.
    """
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    again = axe and type(axe)("0")  # the page has axe's half a megabyte of script by then
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    found: dict[str, Seen] = {}
    for path in paths:
        complaints.clear()
        page.set_viewport_size(DESK)
        page.emulate_media(media="screen", color_scheme="light")
        found[path] = seen = Seen(page.goto(address + path).status)
        if seen.status != 200:
            continue
        seen.headings = page.locator("main h1").count()
        if axe is not None:
            # In other colours only contrast can be otherwise.
            seen.axe["light"] = _violations(axe, page)
            page.emulate_media(color_scheme="dark")
            seen.axe["dark"] = _violations(again, page, {"runOnly": ["color-contrast"]})
        page.set_viewport_size(PHONE)
        seen.wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.set_viewport_size(BROAD if page.locator("#results table.matrix").count() else PAPER)
        page.emulate_media(media="print", color_scheme="dark")
        seen.cut = page.evaluate(_CUT)
        seen.furniture = page.evaluate(_FURNITURE)
        seen.complaints = list(complaints)
    context.close()
    return found


def _violations(axe: Any, page: Any, only: Mapping[str, object] | None = None) -> list[str]:
    """What axe calls serious or critical."""
    options = {"resultTypes": ["violations"], "preload": False, "iframes": False, **(only or {})}
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in axe.run(page, {"exclude": ALIKE}, options).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def _fullest(state: State) -> list[str]:
    kinds = {
        "documents": state.documents,
        "people": state.actors,
        "encounters": state.meetings,
        "positions": state.positions,
        "agreements": state.agreements,
        "outlooks": state.outlooks,
        "disagreements": state.disagreements,
        "families": state.families,
        "statements": {s.id: s for s in state.index.all()},
    }
    return [
        f"/{name}/{max(some.values(), key=lambda e: (len(e.model_dump_json()), e.id)).id}"
        for name, some in kinds.items()
        if some
    ]


def _history(state: State) -> list[str]:
    if not state.matrix.cells:
        return []
    issue, party = max(state.matrix.cells, key=lambda cell: (len(state.matrix.cells[cell].shown), cell))
    return [f"/positions/issue/{issue}?party={party}"]
