"""How quickly `dragoman serve` answers over a large record, and what it takes. Writes its table into README.md.

    web.py [--documents 10000 | --record FILE] [--quick] [--write]

The server is a process of its own, asked over the loopback; the record is a copy. What a page costs is the server's own
time (its Server-Timing header: until the answer begins, without what others on the machine make it wait for the
network). Each kind of page is asked for in up to 25 different ways, a single page ten times.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
from bench import varied, write

HERE = Path(__file__).parent
BEGIN, END = "<!-- web: begin -->", "<!-- web: end -->"
LIMIT, SEARCH_LIMIT, HEAVIEST = 150, 100, 300
"""Milliseconds that 95 of 100 answers may take, pages and searches; kilobytes that a page may have."""

SERVE = "from dragoman.cli import main; main()"
WAYS = 25
PATIENCE = 3600
PAGES = {
    "overview": "/", "encounters": "/encounters", "positions": "/positions", "agreements": "/agreements",
    "statements": "/statements", "people": "/people", "disagreements": "/disagreements", "sources": "/sources",
    "documents": "/documents", "outlooks": "/outlooks", "ask": "/ask", "downloads": "/downloads", "API": "/api/v1",
}  # fmt: skip
ENTRIES = {
    "documents": "a document", "actors": "a person or party", "meetings": "an encounter", "positions": "a position",
    "agreements": "an agreement", "disagreements": "a disagreement", "families": "a family", "outlooks": "an outlook",
    "statements": "a statement",
}  # fmt: skip
PATHS = {"actors": "people", "meetings": "encounters"}
QUESTIONS = (
    "What did {} demand in June?",
    "What did {} reject?",
    "Who led the delegations in May?",
    "What was agreed on prisoners?",
    "When is the next meeting?",
)


@dataclass
class Times:
    """What answers took, in milliseconds, and the weight of the heaviest, in bytes."""

    took: list[float] = field(default_factory=list)
    weight: int = 0

    def share(self, part: float) -> float:
        """What so many of them took at most."""
        return sorted(self.took)[min(len(self.took) - 1, int(part * len(self.took)))]


@contextmanager
def served(place: Path, cache: Path) -> Iterator[tuple[psutil.Process, httpx.Client]]:
    """The server on a free port, and a client of it."""
    command = [sys.executable, "-c", SERVE, "serve", "--record", str(place), "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert child.stdout is not None
        found = re.search(r"http://\S+?(?=/ )", child.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        with httpx.Client(base_url=found[0], timeout=PATIENCE, headers={"Accept-Encoding": "identity"}) as client:
            yield psutil.Process(child.pid), client
    finally:
        child.terminate()
        child.wait(30)


def ask(client: httpx.Client, address: str, into: Times | None = None) -> httpx.Response:
    """Ask for a page, and note what it took."""
    answer = client.get(address)
    if into is not None:
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        into.took.append(float(answer.headers["server-timing"].partition("dur=")[2]))
        into.weight = max(into.weight, len(answer.content))
    return answer


def until(wanted: Callable[[], bool], rest: float = 0.1) -> float:
    """Seconds until something is so."""
    began = time.monotonic()
    while not wanted():
        if time.monotonic() - began > PATIENCE:
            raise SystemExit("it took too long")
        time.sleep(rest)
    return time.monotonic() - began


def kinds(client: httpx.Client) -> dict[str, list[str]]:
    """The addresses to ask for, by kind of page."""
    chance = random.Random(1)
    found: dict[str, list[str]] = {name: [address] for name, address in PAGES.items()}
    found["overview, zoomed"] = [f"/?zoom={z}&at=2031-{m:02}" for z in ("year", "month", "week") for m in range(1, 9)]
    entries: dict[str, list[dict[str, Any]]] = {}
    for part, name in ENTRIES.items():
        total = client.get(f"/api/v1/{part}?limit=1").json()["total"]
        at = [0, *(chance.randrange(max(total, 1)) for _ in range(WAYS - 1))]
        entries[part] = [
            e for n in at for e in client.get(f"/api/v1/{part}", params={"limit": 1, "offset": n}).json()["entries"]
        ]
        if entries[part]:
            found[name] = [f"/{PATHS.get(part, part)}/{e['id']}" for e in entries[part]]
    parties = [a for a in client.get("/api/v1/actors?limit=200").json()["entries"] if a["part"] == "party"][:5]
    ids = [a["id"] for a in parties]
    found["between two parties"] = [f"/positions/between?a={a}&b={b}" for a in ids for b in ids if a != b]
    found["between, as known on a day"] = [f"/positions/between?at=2031-{m:02}" for m in range(1, 13)]
    cells = {(p["issue"], p["party"]) for p in entries["positions"]}
    found["history of a cell"] = [f"/positions/issue/{quote(issue)}?party={party}" for issue, party in sorted(cells)]
    found["positions as known on a day"] = [f"/positions?at=2031-{m:02}-{d:02}" for m in range(1, 13) for d in (7, 21)]
    found["lists of an actor or with words"] = [
        f"/{page}?{asked}"
        for page in ("encounters", "agreements", "disagreements", "documents", "people")
        for asked in ("q=port", *(f"actor={i}" for i in ids[:2] if page not in ("documents", "people")))
    ]
    found["a question"] = [f"/ask?q={quote(q.format(parties[n % len(parties)]['name']))}"
                           for n, q in enumerate(QUESTIONS)] if parties else []  # fmt: skip
    words = [w for s in entries["statements"] for c in s["content"] for w in c["quote"].split() if w.isalpha()]
    words = list(dict.fromkeys(w.lower() for w in words if len(w) > 4))[:12]
    found["search as typed"] = [f"/statements?q={w[:n]}" for w in words for n in range(2, len(w) + 1)]
    found["search, narrowed"] = [f"/statements?q={w}&side={i}&since=2031-03" for w in words for i in ids[:2]]
    return found


def measured(client: httpx.Client, some: dict[str, list[str]]) -> dict[str, Times]:
    """What each kind of page took."""
    found = {}
    for name, addresses in some.items():
        times = found[name] = Times()
        many = addresses if "search" in name else random.Random(2).sample(addresses, min(WAYS, len(addresses)))
        for address in many * (10 if len(many) == 1 else 1):
            ask(client, address, times)
    return found


def two_at_once(client: httpx.Client, some: dict[str, list[str]]) -> Times:
    """What pages took where two people look at once, through all kinds of pages."""
    all_times = Times()

    def look(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=client.base_url, timeout=PATIENCE, headers=client.headers) as own:
            for _ in range(100):
                ask(own, chance.choice(some[chance.choice([k for k in some if some[k]])]), all_times)

    people = [threading.Thread(target=look, args=(seed,)) for seed in (3, 4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return all_times


def new_document(place: Path, client: httpx.Client, folder: Path) -> tuple[float, float, Times]:
    """Seconds that one more document took to read, and from then on to be shown; what pages took meanwhile."""
    import dragoman

    def documents() -> int:
        return int(ask(client, "/api/v1/overview").json()["record"]["documents"])

    write(folder, (varied(10**6 + n) for n in range(1)))
    before, meanwhile, done = documents(), Times(), threading.Event()

    def look() -> None:
        with httpx.Client(base_url=client.base_url, timeout=PATIENCE, headers=client.headers) as own:
            for n in range(10**9):
                if done.is_set():
                    return
                ask(own, ("/", "/statements?q=minister", "/encounters", "/positions", "/documents")[n % 5], meanwhile)
                time.sleep(0.2)

    began = time.monotonic()
    with dragoman.read(folder, place, processes=1):
        reading = time.monotonic() - began
        looking = threading.Thread(target=look)
        looking.start()
        shown = until(lambda: documents() > before)
    time.sleep(5)  # what was shown before is being let go of
    done.set()
    looking.join()
    return reading, shown, meanwhile


def run(place: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """The rows of the table: what, and its figures."""
    with closing(sqlite3.connect(place)) as some:
        counts = {t: some.execute(f"select count(*) from {t}").fetchone()[0] for t in ("documents", "statements")}
    yield "**record**", ", ".join(f"{many:,} {name}" for name, many in counts.items())
    cache = scratch / "cache"
    with served(place, cache) as (_, client):
        began = time.monotonic()
        ask(client, "/")
        yield "first start: an answer (how far it is) after", f"{time.monotonic() - began:.1f} s"
        until(lambda: ask(client, "/").status_code == 200)
        yield "first start: the first page after", f"{time.monotonic() - began:.0f} s"
        until(lambda: ask(client, "/downloads/brief.html").status_code == 200)
        yield "first start: the brief after", f"{time.monotonic() - began:.0f} s"
    with served(place, cache) as (process, client):
        began = time.monotonic()
        until(lambda: ask(client, "/").status_code == 200)
        yield "later starts: the first page after", f"{time.monotonic() - began:.1f} s"
        index = sum(f.stat().st_size for f in (cache / "dragoman").glob("*.index")) if cache.exists() else 0
        yield "index that is kept", f"{index / 1e6:.0f} MB"
        some = kinds(client)
        for name, times in measured(client, some).items():
            limit = SEARCH_LIMIT if "search" in name else LIMIT
            over = " **over**" if times.share(0.95) > limit or times.weight > 1000 * HEAVIEST else ""
            p50, p95 = statistics.median(times.took), times.share(0.95)
            yield name, f"{p50:.0f} ms, {p95:.0f} ms, {times.weight / 1000:.0f} kB{over}"
        both = two_at_once(client, some)
        yield "all kinds, two at once", f"{statistics.median(both.took):.0f} ms, {both.share(0.95):.0f} ms"
        yield "memory of the server", f"{process.memory_info().rss / 1e6:.0f} MB"
        reading, shown, meanwhile = new_document(place, client, scratch / "new")
        yield "one more document: reading it", f"{reading:.0f} s"
        yield "one more document: shown after", f"{shown:.1f} s"
        p50, p95 = statistics.median(meanwhile.took), meanwhile.share(0.95)
        yield "pages while a new state is made", f"{p50:.0f} ms, {p95:.0f} ms"
        yield "memory of the server afterwards", f"{process.memory_info().rss / 1e6:.0f} MB"


def main() -> None:
    """Measure, print, and where that is asked for write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000, help="how many made-up articles to read first")
    parser.add_argument("--record", type=Path, help="a record that is there; it is copied")
    parser.add_argument("--quick", action="store_true", help="300 documents")
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-web-") as folder:
        scratch = Path(folder)
        place = scratch / "record.db"
        if options.record is not None:
            if not options.record.exists():
                raise SystemExit(f"{options.record}: there is no record here")
            with closing(sqlite3.connect(options.record)) as old, closing(sqlite3.connect(place)) as new:
                old.backup(new)
        else:
            import dragoman

            write(scratch / "texts", (varied(n) for n in range(300 if options.quick else options.documents)))
            dragoman.read(scratch / "texts", place).close()
            shutil.rmtree(scratch / "texts")
        rows = []
        for name, value in run(place, scratch):
            print(f"{name}: {value}".replace("**", ""), flush=True)
            rows.append(f"| {name} | {value} |")
    if options.write:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        machine = f"Python {platform.python_version()}, {cores} cores, {platform.machine()}, {date.today().isoformat()}"
        table = "\n".join(["| | median, 95 of 100, heaviest |", "| --- | ---: |", *rows, "", machine])
        readme = HERE / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
        readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
