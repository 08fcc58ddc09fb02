"""Pictures of every page of the web app: `make screenshots` writes them to build/screenshots.

    screenshots.py [--record FILE] [--only WORD]

Without --record the examples are read into a record for it. Every kind of page is taken at a desktop's width, at a
phone's (390 px), dark, and printed (PDF); then the same of a record whose names are long, Cyrillic and right-to-left,
and of an empty one. A page that is wider than the phone is named at the end, and the exit status is then 1.
Where there is no Chromium nothing is done, and why is said.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build/screenshots"
sys.path.insert(0, str(ROOT / "tests"))

LOOKS: dict[str, dict[str, object]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def chromium() -> str | None:
    """Where Debian's Chromium is, None where there is none."""
    return shutil.which("chromium")


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The web app over a record, on a free port of this machine; yields its address."""
    import socket

    import uvicorn

    from dragoman.web.app import create_app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(place), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def pages_of(place: Path) -> dict[str, str]:
    """The address of one page of every kind, by a name for its picture."""
    from dragoman.library import open_record
    from dragoman.web.state import Keeper

    record = open_record(place)
    keeper = Keeper(record)
    state = keeper.state()
    found = {
        "overview": "/",
        "overview-month": "/?zoom=month",
        "encounters": "/encounters",
        "positions": "/positions",
        "between": "/positions/between",
        "agreements": "/agreements",
        "outlooks": "/outlooks",
        "statements": "/statements",
        "search": "/statements?q=talks",
        "search-none": "/statements?q=zzzz",
        "people": "/people",
        "disagreements": "/disagreements",
        "sources": "/sources",
        "documents": "/documents",
        "ask": "/ask",
        "ask-answer": "/ask?q=Who+led+the+delegations%3F",
        "downloads": "/downloads",
        "api": "/api/v1",
        "missing": "/encounters/m-none",
    }
    some = {
        "document": (state.documents, "/documents/"),
        "encounter": (state.meetings, "/encounters/"),
        "position": (state.positions, "/positions/"),
        "agreement": (state.agreements, "/agreements/"),
        "disagreement": (state.disagreements, "/disagreements/"),
        "family": (state.families, "/families/"),
    }
    for name, (entries, address) in some.items():
        if entries:
            # The one of which most is told: the hardest to lay out.
            fullest = max(entries.values(), key=lambda e: (len(e.model_dump_json()), e.id))
            found[name] = address + fullest.id
    for kind in ("person", "state"):
        heads = [a for a in state.actors.values() if a.kind == kind]
        if heads:
            found[kind] = "/people/" + max(heads, key=lambda a: (len(a.model_dump_json()), a.id)).id
    said = next(iter(state.index.all()), None)
    if said is not None:
        found["statement"] = f"/statements/{said.id}"
    if state.matrix.issues:
        found["history"] = f"/positions/issue/{state.matrix.issues[0]}"
    mapped = next((m for m in state.meetings.values() if m.place and _on_map(m.place, m.country)), None)
    if mapped is not None:
        found["encounter-map"] = f"/encounters/{mapped.id}"
    keeper.close()
    record.close()
    return found


def _on_map(place: str, country: str | None) -> bool:
    from dragoman.web.charts.map import town

    return town(place, country) is not None


def take(place: Path, folder: Path, only: str, looks: tuple[str, ...]) -> list[str]:
    """Pictures of a record's pages into a folder; gives those that are wider than the window."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    wide: list[str] = []
    wanted = {name: path for name, path in pages_of(place).items() if only in name}
    with served(place) as address, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for look in looks:
            context = browser.new_context(bypass_csp=True, **LOOKS.get(look, LOOKS["desktop"]))  # type: ignore[arg-type]
            page = context.new_page()
            for name, path in wanted.items():
                page.goto(address + path)
                if look == "print":
                    page.pdf(path=folder / f"{name}-print.pdf", format="A4", margin=dict.fromkeys(SIDES, "14mm"))
                    continue
                # What is not in sight is not laid out; a picture of the whole page needs it.
                page.add_style_tag(content="* { content-visibility: visible !important }")
                page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if over > 0:
                    wide.append(f"{folder.name}/{name} ({look}): {over} px too wide")
            context.close()
        browser.close()
    return wide


SIDES = ("top", "bottom", "left", "right")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", type=Path, help="the record to show; the examples without it")
    parser.add_argument("--only", default="", help="only pages with this word in their name")
    parser.add_argument("--looks", default="desktop,phone,dark,print", help="some of these, with commas between")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    if chromium() is None:
        print("screenshots: skipped, there is no chromium here (apt-get install chromium)")
        return 0
    import dragoman
    from dragoman.store import Database
    from many_scripts import many_scripts

    looks = tuple(given.looks.split(","))
    with tempfile.TemporaryDirectory() as work:
        place = given.record
        if place is None:
            place = Path(work) / "examples.db"
            dragoman.read(sorted((ROOT / "examples").glob("20*")), place).close()
        wide = take(place, given.output / "examples", given.only, looks)
        wide += take(many_scripts(Path(work) / "scripts.db"), given.output / "scripts", given.only, looks[:3])
        empty = Path(work) / "empty.db"
        Database(empty).close()
        wide += take(empty, given.output / "empty", given.only, looks[:2])
    for line in wide:
        print(line)
    print(f"screenshots: {sum(1 for _ in given.output.rglob('*.p*'))} files in {given.output}")
    return 1 if wide else 0


if __name__ == "__main__":
    sys.exit(main())
