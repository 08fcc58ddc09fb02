"""Pictures of every page of the web app: `make screenshots` writes them to build/screenshots.

    screenshots.py [--record FILE] [--only WORD] [--sets WORDS] [--looks WORDS]

Every kind of page is taken at a desktop's width, at a phone's (390 px), dark, and as it is printed (a picture, and the
PDF), of several records: the examples (or FILE), the articles of ../shared where they lie, one whose names are long,
Cyrillic and right-to-left, one that is crowded, one of a single document, and an empty one. A page that is wider than
its window is named at the end, and the exit status is then 1. Where there is no Chromium nothing is done, and why is
said.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build/screenshots"
sys.path.insert(0, str(ROOT / "tests"))

from browsing import served  # noqa: E402

LOOKS: dict[str, dict[str, object]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 718, "height": 1000}},  # A4 without its margins
}
SETS = ("examples", "seeds", "scripts", "crowded", "one", "empty")
"""The records; those for which a picture more or less is no matter are last, and are not taken in every look."""
SHARED = ROOT.parent / "shared/seeds"


def chromium() -> str | None:
    """Where Debian's Chromium is, None where there is none."""
    return shutil.which("chromium")


def pages_of(place: Path) -> dict[str, str]:
    """The address of one page of every kind, by a name for its picture."""
    from dragoman.library import open_record
    from dragoman.web.keeping import Keeper
    from dragoman.web.words import place as place_of

    record = open_record(place)
    keeper = Keeper(record)
    state = keeper.state()
    found = {
        "overview": "/",
        "overview-year": "/?zoom=year",
        "overview-month": "/?zoom=month",
        "overview-week": "/?zoom=week",
        "encounters": "/encounters",
        "positions": "/positions",
        "between": "/positions/between",
        "agreements": "/agreements",
        "positions-all": "/positions?parties=all",
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
        "login": "/login",
        "login-wrong": "/login?wrong=1",
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
    for outlet in list(state.outlets)[:1]:
        found["outlet"] = f"/sources?outlet={quote(outlet or '-', safe='')}"
    days = sorted(d.dated.to for d in state.documents.values() if d.dated)
    if days:
        found["positions-then"] = f"/positions?at={days[len(days) // 2]}"
    if state.matrix.issues:
        found["history"] = f"/positions/issue/{quote(state.matrix.issues[0], safe='')}"
    words = next((c for s in state.index.all() for c in s.content), None)
    if words is not None:
        found["document-words"] = place_of(words.document, words.start, words.end)
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
                    page.emulate_media(media="print")
                # What is not in sight is not laid out; a picture of the whole page needs it.
                page.add_style_tag(content="* { content-visibility: visible !important }")
                page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if over > 0:
                    wide.append(f"{folder.name}/{name} ({look}): {over} px too wide")
            context.close()
        browser.close()
    return wide


def _record(name: str, work: Path, given: Path | None) -> Path | None:
    """The record of a set, made in a folder; None where what it is made of is missing."""
    import dragoman
    from crowded import UNDATED, crowded
    from dragoman.store import Database
    from many_scripts import many_scripts

    place = work / f"{name}.db"
    articles = work / name
    articles.mkdir()
    if name == "examples":
        if given is not None:
            return given
        dragoman.read(sorted((ROOT / "examples").glob("20*")), place).close()
    elif name == "seeds":
        if not SHARED.is_dir():
            return None
        dragoman.read(SHARED, place).close()
    elif name == "scripts":
        many_scripts(place)
    elif name == "crowded":
        crowded(place, articles)
    elif name == "one":
        (articles / "note.txt").write_text(UNDATED, encoding="utf-8")
        dragoman.read(articles, place).close()
    else:
        Database(place).close()
    return place


SIDES = ("top", "bottom", "left", "right")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", type=Path, help="the record to show; the examples without it")
    parser.add_argument("--only", default="", help="only pages with this word in their name")
    parser.add_argument("--looks", default="desktop,phone,dark,print", help="some of these, with commas between")
    parser.add_argument("--sets", default=",".join(SETS), help="some of these, with commas between")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    if chromium() is None:
        print("screenshots: skipped, there is no chromium here (apt-get install chromium)")
        return 0
    looks, sets = tuple(given.looks.split(",")), tuple(given.sets.split(","))
    with tempfile.TemporaryDirectory() as name:
        wide = []
        for one in sets:
            place = _record(one, Path(name), given.record)
            if place is None:
                print(f"screenshots: {one} skipped, {SHARED} is not there")
                continue
            some = looks if one in SETS[:4] else tuple(look for look in looks if look in ("desktop", "phone"))
            wide += take(place, given.output / one, given.only, some)
    for line in wide:
        print(line)
    print(f"screenshots: {sum(1 for _ in given.output.rglob('*.p*'))} files in {given.output}")
    return 1 if wide else 0


if __name__ == "__main__":
    sys.exit(main())
