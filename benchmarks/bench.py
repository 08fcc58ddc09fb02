"""How fast dragoman reads, what memory it takes, and what one more document costs. Writes the table in README.md.

    bench.py [--quick] [--texts FILE.jsonl]

Speed: a whole read (parse, find, resolve, keep) against bare `nlp.pipe` of the same spaCy pipeline over the same texts
with as many processes, each in a fresh process, start-up counted for all of them. The texts are the PolNeAR news corpus
where it lies beside the repository, else made-up articles.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psutil

HERE = Path(__file__).parent
POLNEAR = HERE.parents[1] / "shared" / "polnear" / "train.jsonl"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"

WHOLE = """
import sys, dragoman
from pathlib import Path
processes = int(sys.argv[3])
with dragoman.read(sys.argv[1], sys.argv[2], processes=processes) as record:
    report = record.last_read
    print(report.read, *report.failed, sep="\\n", file=sys.stderr if report.failed else sys.stdout)
"""

ABOUT = """
import sys, dragoman
with dragoman.read(sys.argv[1], sys.argv[2], processes=int(sys.argv[3]), about=sys.argv[4]) as record:
    report = record.last_read
    if report.failed or (report.read, report.read + len(report.passed_over)) != tuple(map(int, sys.argv[5:])):
        sys.exit(f"{report.read} read, {len(report.passed_over)} passed over, {report.failed}")
"""

BARE = """
import importlib, sys
from pathlib import Path
from dragoman.extract import DEFAULT_PIPELINE
left_out = sys.argv[4:]
nlp = importlib.import_module(DEFAULT_PIPELINE).load(exclude=left_out)
texts = (path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).iterdir()))
print(sum(1 for _ in nlp.pipe(texts, n_process=int(sys.argv[3]), batch_size=32)))
"""


# -- texts ------------------------------------------------------------------------------------------------------------

GIVEN = "Mara Oleg Ines Pavo Tessa Jorun Lucan Sibel Anton Petra Davit Roza Hal Wenda Emil Noor Kira Stefan Yara Bram"
FAMILY = "Destrin Vantor Calloway Lindrum Orme Hask Belisar Quorra Tamsin Ferrow Ulvane Merrin Sadko Rusk Ondry Pell"
SIDES = ("Velcora", "Tashmere", "Quorland", "Ostrevia", "Marrowdale", "Pelland")
TOWNS = ("Port Ilvane", "Ambry", "Castel Orso", "Lower Hythe", "Sant Verrin", "Kolmar Bay")
TITLES = ("foreign minister", "chief negotiator", "deputy prime minister", "defence minister", "spokesman", "envoy")
THINGS = [
    "ceasefire",
    "truce",
    "exchange",
    "withdrawal",
    "quota",
    "toll",
    "price",
    "corridor",
    "inspection",
    "border",
    "archive",
    "tanker",
    "settlement",
    "allotment",
    "crossing",
    "tariff",
    "canal",
    "reservoir",
    "convoy",
    "garrison",
    "pipeline",
    "harbour",
    "airfield",
    "ferry",
    "fishery",
    "vineyard",
    "orchard",
    "quarry",
    "prison",
    "census",
    "curriculum",
    "pension",
    "wage",
    "licence",
    "patent",
    "visa",
    "subsidy",
    "loan",
    "debt",
    "grain",
    "timber",
    "copper",
    "salt",
    "wool",
    "cement",
]
KINDS = [
    "northern",
    "southern",
    "disputed",
    "frozen",
    "joint",
    "separate",
    "temporary",
    "permanent",
    "written",
    "secret",
    "public",
    "promised",
    "delayed",
    "partial",
    "complete",
    "costly",
    "modest",
    "larger",
    "smaller",
    "earlier",
    "final",
    "coastal",
    "inland",
    "rural",
    "military",
    "civilian",
    "foreign",
    "local",
    "former",
    "new",
]
DEEDS = [
    "accept",
    "reject",
    "widen",
    "narrow",
    "postpone",
    "finance",
    "inspect",
    "suspend",
    "reopen",
    "divide",
    "monitor",
    "register",
    "abolish",
    "extend",
    "guarantee",
    "measure",
    "repair",
    "relocate",
    "publish",
    "defend",
    "question",
    "restore",
    "tax",
    "insure",
    "license",
    "limit",
    "double",
    "halve",
    "survey",
    "rename",
]
PEOPLE = [
    "fishermen",
    "farmers",
    "shopkeepers",
    "veterans",
    "teachers",
    "dockers",
    "pensioners",
    "drivers",
    "nurses",
    "miners",
    "students",
    "bakers",
    "sailors",
    "brewers",
    "judges",
    "tailors",
    "widows",
    "refugees",
    "engineers",
    "priests",
    "weavers",
    "porters",
    "clerks",
    "smugglers",
    "herders",
    "masons",
]
PLACES = [
    "parliament",
    "harbour",
    "market",
    "station",
    "bridge",
    "camp",
    "barracks",
    "cathedral",
    "hospital",
    "library",
    "warehouse",
    "stadium",
    "mill",
    "lighthouse",
    "tunnel",
    "cemetery",
    "museum",
    "school",
    "depot",
    "tavern",
    "bakery",
    "courthouse",
    "theatre",
    "shipyard",
    "orchard",
    "vineyard",
    "monastery",
    "airport",
]
MOODS = [
    "quietly",
    "angrily",
    "patiently",
    "openly",
    "rarely",
    "again",
    "slowly",
    "together",
    "bitterly",
    "calmly",
    "often",
    "hurriedly",
    "stubbornly",
]


def _wish(chance: random.Random) -> str:
    """What somebody says is to be done; so varied that two articles share few words in a row, as real ones do."""
    kind, thing, deed = chance.choice(KINDS), chance.choice(THINGS), chance.choice(DEEDS)
    modal = chance.choice(("must", "will", "cannot", "should", "might"))
    return f"{chance.choice(SIDES)} {modal} {deed} the {kind} {thing}"


def _filler(chance: random.Random) -> str:
    """A sentence of the sort that fills reports."""
    who, other = chance.sample(PEOPLE, 2)
    return (
        f"{chance.choice(KINDS).capitalize()} {who} {chance.choice(MOODS)} {chance.choice(DEEDS)}"
        f" {chance.choice(THINGS)}"
        f" near the {chance.choice(KINDS)} {chance.choice(PLACES)}, while {other} {chance.choice(DEEDS)}"
        f" {chance.choice(KINDS)} {chance.choice(THINGS)} {chance.choice(MOODS)}."
    )


REPRINTED = 20
"""One article in so many is a reprint of an earlier one: another headline, a paragraph less."""


def varied(number: int) -> str:
    """An article of some 350 words out of a long negotiation: a few hundred people, six states, two years."""
    if number % REPRINTED == REPRINTED - 1:
        paragraphs = varied(number - REPRINTED // 2).split("\n\n")
        del paragraphs[random.Random(number).randrange(3, len(paragraphs))]
        return "\n\n".join([f"Talks drag on, {random.Random(number).choice(PEOPLE)} wait", *paragraphs[1:]])
    chance = random.Random(number)
    side, other, third = chance.sample(SIDES, 3)
    day = date(2031, 1, 1) + timedelta(chance.randrange(700))
    told = f"{day.day} {day:%B %Y}"
    paragraphs = [
        f"{side} and {other} meet in {chance.choice(TOWNS)}",
        f"{chance.choice(TOWNS).upper()}, {told} – The {chance.choice(TITLES)}s of {side} and {other} met in"
        f" {chance.choice(TOWNS)} on {told}, {third} announced, which mediates. {_filler(chance)}",
    ]
    for speaks_for in (side, other, third, side):
        who = f"{chance.choice(GIVEN.split())} {chance.choice(FAMILY.split())}"
        said = [_wish(chance) for _ in range(4)]
        paragraphs += [
            f"“{said[0].capitalize()},” {speaks_for}'s {chance.choice(TITLES)} {who} told reporters. “We have said so"
            f" {number} times.” {_filler(chance)}",
            f"{who.split()[1]} said that {said[1]}. According to {who.split()[1]}, {said[2]}; {said[3]}, {speaks_for}"
            f" insisted. {_filler(chance)}",
        ]
    return "\n\n".join(paragraphs)


def write(folder: Path, texts: Iterator[str]) -> int:
    """Texts as files; how many words they have."""
    folder.mkdir()
    words = 0
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


# -- measuring --------------------------------------------------------------------------------------------------------


def run(program: str, *arguments: object) -> tuple[float, int]:
    """Seconds a program took, and the most memory (bytes, of it and its children together) that it had."""
    began = time.monotonic()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.DEVNULL, env=environment
    )
    most = 0
    tree = psutil.Process(child.pid)
    while child.poll() is None:
        held = 0
        try:
            for process in (tree, *tree.children(recursive=True)):
                held += process.memory_info().rss
        except psutil.NoSuchProcess:
            pass
        most = max(most, held)
        time.sleep(0.05)
    if child.returncode:
        raise SystemExit(f"failed: {program}")
    return time.monotonic() - began, most


def speed(scratch: Path, texts: list[str], processes: int) -> Iterator[tuple[str, str]]:
    """Words per second, whole and bare."""
    folder = scratch / "speed"
    words = write(folder, iter(texts))
    figures = {}
    for name, program, arguments in (
        ("bare `nlp.pipe`, the pipeline as it ships", BARE, ()),
        ("bare `nlp.pipe`, only the components we use", BARE, ("ner", "lemmatizer")),
        ("`dragoman read`", WHOLE, ()),
    ):
        seconds, _ = run(program, folder, scratch / "speed.db", processes, *arguments)
        figures[name] = words / seconds
        yield f"{name}: words per second", f"{words / seconds:,.0f}"
    bare, used, whole = figures.values()
    yield "**ratio: `dragoman read` to bare `nlp.pipe` as it ships**", f"**{whole / bare:.2f}**"
    yield "ratio: `dragoman read` to bare `nlp.pipe` with what we use", f"{whole / used:.2f}"
    yield "texts, words, processes", f"{len(texts):,}, {words:,}, {processes}"


def about(scratch: Path, texts: list[str], processes: int) -> Iterator[tuple[str, str]]:
    """Words per second where one document in fifty is about the negotiation that is asked for; none may be lost."""
    mixed, relevant = list(texts), 0
    for place in range(0, len(mixed), 50):
        mixed[place] = varied(2 * 10**6 + 2 * place)
        relevant += 1
    folder = scratch / "mixed"
    words = write(folder, iter(mixed))
    asked = (",".join(SIDES), relevant, len(mixed))
    bare, ours = [], []
    for number in range(3):
        bare.append(run(BARE, folder, scratch / "none.db", processes)[0])
        ours.append(run(ABOUT, folder, scratch / f"about-{number}.db", processes, *asked)[0])
    yield (
        "`dragoman read --about`, one document in fifty is: words per second",
        f"{words / statistics.median(ours):,.0f}",
    )
    ratio = statistics.median(one / other for one, other in zip(bare, ours, strict=True))
    yield "**ratio: `dragoman read --about` to bare `nlp.pipe` as it ships, over the same pile**", f"**{ratio:.1f}**"
    yield "relevant documents in the pile, and read", f"{relevant} of {len(mixed):,}, {relevant}"


def memory(scratch: Path, counts: list[int], processes: int) -> Iterator[tuple[str, str]]:
    """Peak memory of a read by number of documents; leaves the last record behind."""
    for count in counts:
        folder = scratch / f"articles-{count}"
        write(folder, (varied(n) for n in range(count)))
        seconds, most = run(WHOLE, folder, scratch / f"{count}.db", processes)
        yield f"peak memory, {count:,} documents (all processes)", f"{most / 1e6:,.0f} MB, {seconds:.0f} s"


def one_more(scratch: Path, count: int, tries: int = 9) -> Iterator[tuple[str, str]]:
    """What one more document costs with an empty record and with a large one, all being loaded."""
    import dragoman

    folder = scratch / "more"
    write(folder, (varied(10**6 + n) for n in range(2 * tries + 1)))
    files = sorted(folder.iterdir())
    with dragoman.read(files.pop(), processes=1):
        pass  # everything is loaded now
    empty, full = [], []
    with dragoman.open(scratch / f"{count}.db") as large:
        for number in range(tries):
            with dragoman.Record(scratch / f"empty-{number}.db") as record:
                empty.append(record.read(files.pop(), processes=1).seconds)
            full.append(large.read(files.pop(), processes=1).seconds)
    yield "one more document, empty record", f"{1000 * statistics.median(empty):.0f} ms"
    yield f"one more document, record of {count:,}", f"{1000 * statistics.median(full):.0f} ms"
    yield "**ratio**", f"**{statistics.median(full) / statistics.median(empty):.2f}**"


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer texts; the table is printed, not written")
    parser.add_argument("--texts", type=Path, default=POLNEAR, help='JSON lines with a "text" each')
    options = parser.parse_args()
    if options.texts.exists():
        with options.texts.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    else:
        texts = ["\n\n".join(varied(n * 6 + m) for m in range(6)) for n in range(840)]
    counts = [100, 400] if options.quick else [100, 1_000, 5_000]
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    rows = []
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as folder:
        scratch = Path(folder)
        for part in (
            speed(scratch, texts[:120] if options.quick else texts, processes),
            about(scratch, texts[:240] if options.quick else texts, processes),
            memory(scratch, counts, processes),
            one_more(scratch, counts[-1]),
        ):
            for name, value in part:
                print(f"{name}: {value}".replace("**", ""), flush=True)
                rows.append((name, value))
    if options.quick:
        return
    machine = f"Python {platform.python_version()}, {processes} cores, {platform.machine()}, {date.today().isoformat()}"
    table = "\n".join(["| | |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows), "", machine])
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
